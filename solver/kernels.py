"""The jitted loops of the propagator: plain arrays, changed in place, nothing checked."""

import numpy as np
from numba import njit
from rocket_fft import c2c

AXES = np.zeros(1, dtype=np.int64)


@njit(nogil=True, cache=True, fastmath={"reassoc", "contract"})
def apply_potential(psi, factor, loss, first, last, absorbed):
    """psi *= factor; what the layers x[:first] and x[last:] take is added to absorbed[0], [1]."""
    left = right = 0.0
    for j in range(first):
        left += (psi[j].real ** 2 + psi[j].imag ** 2) * loss[j]
    for j in range(last, psi.size):
        right += (psi[j].real ** 2 + psi[j].imag ** 2) * loss[j]
    for j in range(psi.size):
        psi[j] *= factor[j]
    absorbed[0] += left
    absorbed[1] += right


@njit(nogil=True, cache=True)
def advance(psi, half, full, kinetic, loss_half, loss_full, first, last, steps, axes, absorbed):
    """`steps` Strang steps exp(-iV dt/2) exp(-iT dt) exp(-iV dt/2); kinetic holds the 1/n."""
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
def advance_frames(
    psi,
    half,
    full,
    kinetic,
    loss_half,
    loss_full,
    first,
    last,
    strides,
    axes,
    absorbed,
    frames,
    lost,
):
    """Fill frames (F, n) and lost (F, 2): psi and the absorbed sums after each of F strides."""
    for f in range(strides.size):
        advance(
            psi, half, full, kinetic, loss_half, loss_full, first, last, strides[f], axes, absorbed
        )
        frames[f] = psi
        lost[f] = absorbed
