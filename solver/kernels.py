"""The jitted loops of the propagator: plain arrays, changed in place, nothing checked."""

import math

import numpy as np
from rocket_fft import c2c

from solver.jit import njit
from solver.transform.passes import back, come_back, go_on, set_out, there, turn

AXES = np.zeros(1, dtype=np.int64)


@njit(nogil=True, cache=True, fastmath={"reassoc", "contract"})
def taken(psi, loss):
    """Sum over the points of loss |psi|^2."""
    total = 0.0
    for j in range(psi.size):
        total += (psi[j].real ** 2 + psi[j].imag ** 2) * loss[j]
    return total


@njit(nogil=True, cache=True)
def apply_potential(psi, factor, loss, first, last, absorbed):
    """psi *= factor; what the layers x[:first] and x[last:] take is added to absorbed[0], [1]."""
    # Slices, for numba asks of each index from `last` on whether it is negative.
    absorbed[0] += taken(psi[:first], loss[:first])
    absorbed[1] += taken(psi[last:], loss[last:])
    for j in range(psi.size):
        psi[j] *= factor[j]


@njit(nogil=True, cache=True)
def advance(psi, factors, steps, axes, absorbed):
    """`steps` Strang steps exp(-iV dt/2) exp(-iT dt) exp(-iV dt/2); kinetic holds the 1/n.

    By the passes of `solver.transform` if n has any. Nothing is lost in x[first:last].
    """
    half, full, kinetic, loss_half, loss_full, first, last, (radices, turns, x, y) = factors
    if radices.size == 0:
        advance_any(psi, factors, steps, axes, absorbed)
        return
    quarter = psi.size // 4
    set_out(psi, x, y, turns, half, loss_half, absorbed, quarter, first, last)
    for step in range(steps):
        x, y, at, m, s = y, x, 12 * ((quarter + 3) // 4), quarter, 1
        for R in radices[:-1]:
            there(x, y, turns, at, m, s, R)
            x, y, at, m, s = y, x, at + m // R * (R - 1), m // R, s * R
        turn(x, kinetic, s, radices[-1])
        for R in radices[:-1][::-1]:
            m, s = m * R, s // R
            at -= m // R * (R - 1)
            back(x, y, turns, at, m, s, R)
            x, y = y, x
        if step < steps - 1:
            go_on(psi, x, y, turns, full, loss_full, absorbed, quarter, first, last)
        else:
            come_back(psi, x, y, turns, half, loss_half, absorbed, quarter, first, last)


@njit(nogil=True, cache=True)
def advance_any(psi, factors, steps, axes, absorbed):
    """As `advance`, for any n."""
    half, full, kinetic, loss_half, loss_full, first, last, _ = factors
    apply_potential(psi, half, loss_half, first, last, absorbed)
    for step in range(steps):
        c2c(psi, psi, axes, True, 1.0, 1)
        for j in range(psi.size):
            psi[j] *= kinetic[j]
        c2c(psi, psi, axes, False, 1.0, 1)
        if step < steps - 1:
            apply_potential(psi, full, loss_full, first, last, absorbed)
    apply_potential(psi, half, loss_half, first, last, absorbed)


@njit(nogil=True, cache=True)
def advance_frames(psi, factors, strides, axes, absorbed, frames, lost):
    """Fill frames (F, n) and lost (F, 2): psi and the absorbed sums after each of F strides."""
    for f in range(strides.size):
        advance(psi, factors, strides[f], axes, absorbed)
        frames[f] = psi
        lost[f] = absorbed


@njit(nogil=True, cache=True)
def unsettled_share(psi, sides, axes, work):
    """Sum over the points of |psi|^2 that may still change sides: see `solver.settling`.

    sides: before, inside, beyond, toward, back, (n,) each; work (n,) is overwritten.
    """
    before, inside, beyond, toward, back = sides
    total = moving = 0.0
    for j in range(psi.size):
        total += (psi[j].real ** 2 + psi[j].imag ** 2) * inside[j]
    for part, counted in ((before, toward), (beyond, back)):
        for j in range(psi.size):
            work[j] = psi[j] * part[j]
        c2c(work, work, axes, True, 1.0, 1)
        for j in range(psi.size):
            moving += (work[j].real ** 2 + work[j].imag ** 2) * counted[j]
    return total + moving / psi.size


@njit(nogil=True, cache=True)
def kick(psi, modes, weights, gather, field, axes, rng):
    """psi *= exp(-i theta); theta is the phase that the modes (2M+1,) gather while they go on.

    Mode m of theta's Fourier sum has index m >= 0 and, for the other sign, M + m. Only the real
    part of the sum is used, so the complex modes need no symmetry.
    """
    memory, fresh, kept, shared, own = gather
    top, n, half = weights.size - 1, psi.size, math.sqrt(0.5)
    field[:] = 0.0
    for i in range(modes.size):
        n1 = complex(rng.standard_normal(), rng.standard_normal())
        n2 = complex(rng.standard_normal(), rng.standard_normal())
        phase = kept * modes[i] + shared * n1 + own * n2
        modes[i] = memory * modes[i] + fresh * n1
        if i <= top:
            field[i] = weights[i] * phase * (half if i else 1.0)
        else:
            field[n - (i - top)] = weights[i - top] * phase * half
    c2c(field, field, axes, False, 1.0, 1)
    for j in range(n):
        theta = field[j].real
        psi[j] *= complex(math.cos(theta), -math.sin(theta))


@njit(nogil=True, cache=True)
def advance_kicked(psi, factors, strides, axes, absorbed, frames, lost, every, noise):
    """As advance_frames, with a kick in the middle of every `every` steps, a part of each stride.

    noise: modes, weights, gather, field and rng of `kick`.
    """
    modes, weights, gather, field, rng = noise
    before = every // 2
    for f in range(strides.size):
        for _ in range(strides[f] // every):
            if before:
                advance(psi, factors, before, axes, absorbed)
            kick(psi, modes, weights, gather, field, axes, rng)
            advance(psi, factors, every - before, axes, absorbed)
        frames[f] = psi
        lost[f] = absorbed


@njit(nogil=True, cache=True)
def squares(psi, found):
    """|psi|^2 of psi (m,) into found (m,)."""
    for j in range(psi.size):
        found[j] = abs2(psi[j])


@njit(nogil=True, cache=True, fastmath={"nnan"})
def largest_part(psi):
    """The largest |Re psi| or |Im psi| of psi (m,)."""
    largest = 0.0
    for j in range(psi.size):
        largest = max(largest, max(abs(psi[j].real), abs(psi[j].imag)))
    return largest


@njit(nogil=True, inline="always")
def abs2(z):
    """|z|^2."""
    return z.real**2 + z.imag**2
