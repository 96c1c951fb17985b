"""Transfer matrices of the stationary Schroedinger equation: psi'' = g psi, g = (V - E)/kinetic.

Sixth-order Magnus step per cell (Blanes, Casas and Ros, BIT 40, 434 (2000)) from V at three Gauss
points, exact where V is constant. Its exponent [[c, b], [d, -c]] is linear in the energy, so what
does not depend on the energy is computed once, outside the jitted loop.
"""

import math
from functools import lru_cache

import numpy as np

from solver.jit import njit
from solver.potential import SmoothBarrier

SERIES = 4.0
"""Largest |w^2| of a step for which the power series of cosh(w) is used."""

E1, E2, E3, E4, E5, E6, E7, E8 = (1 / math.factorial(2 * n) for n in range(1, 9))
O1, O2, O3, O4, O5, O6, O7, O8 = (1 / math.factorial(2 * n + 1) for n in range(1, 9))

BLOCK = 256
DEEPEST = 14

MERGED = 8
"""A smooth barrier's own cells are finer than this step needs: start with so many in one."""

OPAQUE = 200.0
"""|t| below exp(-OPAQUE) is not told from it: T of such a barrier is 0 for any purpose."""

ACCURACY = 1e-9
"""Error of the matrix of one cell at which the cell is no longer halved."""


@njit(nogil=True, cache=True, fastmath={"contract"})
def small_step(c0, c1, b, d0, d1, energies, m):
    """m = exp([[c, b], [d, -c]]) m for small exponents: a power series, no branches."""
    for i in range(energies.size):
        c, d = c0 + c1 * energies[i], d0 + d1 * energies[i]
        y = (c * c + b * d) / 4
        even = E4 + y * (E5 + y * (E6 + y * (E7 + y * E8)))
        odd = O4 + y * (O5 + y * (O6 + y * (O7 + y * O8)))
        even = 1 + y * (E1 + y * (E2 + y * (E3 + y * even)))
        odd = 1 + y * (O1 + y * (O2 + y * (O3 + y * odd)))
        even, odd = 2 * even * even - 1, even * odd
        up, down = even + c * odd, even - c * odd
        right, left = b * odd, d * odd
        m0, m1 = up * m[0, i] + right * m[2, i], up * m[1, i] + right * m[3, i]
        m[2, i], m[3, i] = left * m[0, i] + down * m[2, i], left * m[1, i] + down * m[3, i]
        m[0, i], m[1, i] = m0, m1


@njit(nogil=True, cache=True)
def large_step(c0, c1, b, d0, d1, energies, m, logs):
    """The same for exponents of any size, in parts of at most 100."""
    for i in range(energies.size):
        c, d = c0 + c1 * energies[i], d0 + d1 * energies[i]
        x = c * c + b * d
        parts = max(1, math.ceil(math.sqrt(abs(x)) / 100))
        w = math.sqrt(abs(x)) / parts
        even, odd = 1.0, 1.0
        if w > 1e-8:
            even = math.cosh(w) if x > 0 else math.cos(w)
            odd = math.sinh(w) / w if x > 0 else math.sin(w) / w
        odd /= parts
        up, down, right, left = even + c * odd, even - c * odd, b * odd, d * odd
        for _ in range(parts):
            m0, m1 = up * m[0, i] + right * m[2, i], up * m[1, i] + right * m[3, i]
            m[2, i], m[3, i] = left * m[0, i] + down * m[2, i], left * m[1, i] + down * m[3, i]
            m[0, i], m[1, i] = m0, m1
            rescale(m, logs, i)


@njit(nogil=True, cache=True)
def rescale(m, logs, i):
    """Move the size of a large matrix into its logarithm."""
    size = max(abs(m[0, i]), abs(m[1, i]), abs(m[2, i]), abs(m[3, i]))
    if size > 1e50:
        for j in range(4):
            m[j, i] /= size
        logs[i] += math.log(size)


@njit(nogil=True, cache=True)
def transfer(exponents, small, energies, work, m, logs):
    """(psi, psi') from the left end to the right end at each energy: m (4, E), row by row.

    The true matrix is m exp(logs), so that opaque barriers do not overflow. `work` (4, BLOCK) is
    contiguous, which lets the inner loop use vector instructions.
    """
    for start in range(0, energies.size, BLOCK):
        e, log = energies[start : start + BLOCK], logs[start : start + BLOCK]
        work[:] = 0
        work[0] = work[3] = 1
        for j in range(small.size):
            c0, c1, b = exponents[0, j], exponents[1, j], exponents[2, j]
            d0, d1 = exponents[3, j], exponents[4, j]
            if small[j]:
                small_step(c0, c1, b, d0, d1, e, work)
                if j % 16 == 15:
                    for i in range(e.size):
                        rescale(work, log, i)
            else:
                large_step(c0, c1, b, d0, d1, e, work, log)
        m[:, start : start + BLOCK] = work[:, : e.size]


@njit(nogil=True, cache=True)
def amplitudes(energies, level, kinetic, start, end, m, logs, from_left, t, r, passed):
    """t, r and T (E,) from `transfer`'s m (4, E) and logs: see `scattering.stationary`.

    V is 0 left of `start` and `level` (eV) right of `end`.
    """
    for i in range(energies.size):
        k, q = root(energies[i] / kinetic), root((energies[i] - level) / kinetic)
        ik, iq = 1j * k, 1j * q
        a, b = m[0, i] - ik * m[1, i], m[0, i] + ik * m[1, i]
        c, d = m[2, i] - ik * m[3, i], m[2, i] + ik * m[3, i]
        below = iq * a - c
        out = math.exp(-min(logs[i], OPAQUE)) / below * turned(k.real * start - q.real * end)
        if from_left:
            t[i], r[i] = 2 * ik * out, (d - iq * b) / below * turned(2 * k.real * start)
            passed[i] = q.real / k.real * (t[i].real ** 2 + t[i].imag ** 2)
        else:
            t[i], r[i] = 2 * iq * out, (iq * a + c) / below * turned(-2 * q.real * end)
            passed[i] = k.real / q.real * (t[i].real ** 2 + t[i].imag ** 2)


@njit(nogil=True, inline="always")
def root(square):
    """The root of a real number."""
    return complex(math.sqrt(square), 0.0) if square >= 0 else complex(0.0, math.sqrt(-square))


@njit(nogil=True, inline="always")
def turned(phase):
    """exp(i phase)."""
    return complex(math.cos(phase), math.sin(phase))


def exponents_of(profile, edges, kinetic):
    """c0, c1, b, d0, d1 (5, m): the Magnus exponent [[c0 + c1 E, b], [d0 + d1 E, -c0 - c1 E]]."""
    middle, h = (edges[1:] + edges[:-1]) / 2, np.diff(edges)
    apart = h * math.sqrt(15) / 10
    exponents = np.empty((5, h.size))
    v1, v2, v3 = (profile(middle + shift) for shift in (-apart, 0 * apart, apart))
    write_exponents(v1, v2, v3, h, kinetic, exponents)
    return exponents


@njit(nogil=True, cache=True)
def write_exponents(v1, v2, v3, widths, kinetic, exponents):
    """The exponents (5, m) of cells of such widths (m,) from V at their Gauss points, (m,) each."""
    for j in range(widths.size):
        h, g1, g2, g3 = widths[j], v1[j] / kinetic, v2[j] / kinetic, v3[j] / kinetic
        p, q = math.sqrt(15) / 3 * h * (g3 - g1), 10 / 3 * h * (g3 - 2 * g2 + g1)
        hp = h * p
        tilt, lean = h**2 * hp / 180, h + (20 * h**2 * q + h * hp**2) / 3600
        c0 = -hp / 12 + q * h * hp / 7200
        d0 = q / 12 + (h * q**2 - 30 * hp * p) / 3600
        exponents[0, j], exponents[1, j] = c0 + tilt * g2, -tilt / kinetic
        exponents[2, j] = h + (h * hp**2 - 20 * h**2 * q) / 3600
        exponents[3, j], exponents[4, j] = d0 + lean * g2, -lean / kinetic


def squares_of(exponents, energies):
    """w^2 (E, m) of the exponents (5, m) at energies (E, 1)."""
    c0, c1, b, d0, d1 = exponents
    return (c0 + c1 * energies) ** 2 + b * (d0 + d1 * energies)


def step_matrices(exponents, energies):
    """exp of the exponents (5, m) at energies (E, 1), (4, E, m), w^2 clipped to SERIES; and w^2."""
    x = squares_of(exponents, energies)
    c0, c1, b, d0, d1 = exponents
    c, d = c0 + c1 * energies, d0 + d1 * energies
    w = np.sqrt(np.clip(x, -SERIES, SERIES).astype(complex))
    w = np.where(np.abs(w) < 1e-8, 1e-8, w)
    even, odd = np.cosh(w).real, (np.sinh(w) / w).real
    return np.stack([even + c * odd, b * odd, d * odd, even - c * odd]), x


def parts_of(profile, edges, kinetic, energies):
    """Into how many (m,) to divide each cell: one step and two half steps differ at some energy."""
    inside = edges[:-1] + np.diff(edges) * np.array([[0.01], [0.3], [0.5], [0.7], [0.99]])
    bent = np.ptp(profile(inside), axis=0) / kinetic * np.diff(edges) ** 2 > ACCURACY
    if not bent.any():
        return np.ones(bent.size, dtype=int)
    middle = (edges[1:] + edges[:-1]) / 2
    exponents = exponents_of(profile, edges, kinetic)
    one, x = step_matrices(exponents, energies)
    fine = exponents_of(profile, np.sort(np.concatenate([edges, middle])), kinetic)
    a, b = (step_matrices(fine[:, side::2], energies)[0] for side in (0, 1))
    two = [b[i] * a[j] + b[i + 1] * a[j + 2] for i in (0, 2) for j in (0, 1)]
    k = np.sqrt((energies + np.abs(profile(middle))) / kinetic)
    wrong = np.abs(one - np.stack(two)) * np.stack([k**0, k, 1 / k, k**0])
    turns = np.sqrt(np.abs(x) / SERIES).max(axis=0)
    parts = np.maximum((wrong.max(axis=(0, 1)) / ACCURACY) ** (1 / 7), turns)
    return np.where(bent, np.clip(np.ceil(parts), 1, 4), 1).astype(int)


def divided(edges, parts):
    """The edges of equal parts of each cell."""
    left, h = np.repeat(edges[:-1], parts), np.repeat(np.diff(edges) / parts, parts)
    place = np.arange(left.size) - np.repeat(np.cumsum(parts) - parts, parts)
    return np.append(left + place * h, edges[-1])


def refined(profile, edges, kinetic, energies):
    """The edges of cells small enough for a step at energies (E, 1)."""
    for _ in range(DEEPEST if edges.size > 1 else 0):
        parts = parts_of(profile, edges, kinetic, energies)
        if parts.max() == 1:
            break
        edges = divided(edges, parts)
    return edges


@lru_cache(maxsize=16)
def exponents_for(barrier, kinetic, ceiling):
    """The barrier's ends, the exponents (5, m) of its cells, which are small up to E = ceiling."""
    energies = ceiling * np.array([[1e-9], [0.25], [1.0]])
    edges = np.asarray(barrier.cells, dtype=float)
    edges = edges[::MERGED] if isinstance(barrier, SmoothBarrier) else edges
    edges = refined(barrier.profile, edges, kinetic, energies)
    exponents = exponents_of(barrier.profile, edges, kinetic)
    small = (np.abs(squares_of(exponents, energies)) <= SERIES).all(axis=0)
    exponents.flags.writeable = small.flags.writeable = False
    return float(edges[0]), float(edges[-1]), exponents, small


def transfer_matrices(barrier, energies, kinetic):
    """Ends a, b (nm), matrices (4, E) and logarithms (E,) of their scale; energies (E,) in eV."""
    ceiling = 2.0 ** math.ceil(math.log2(max(float(np.max(np.abs(energies), initial=0.0)), 1e-3)))
    a, b, exponents, small = exponents_for(barrier, kinetic, ceiling)
    m, logs = np.empty((4, energies.size)), np.zeros(energies.size)
    transfer(exponents, small, energies, np.empty((4, BLOCK)), m, logs)
    return a, b, m, logs


def state_inside(barrier, energy, kinetic, places, start, backward):
    """psi and psi' at `places` (n,) between the ends a and b of a barrier, (n, 2), at a and at b.

    From `start`, (psi, psi') at b if it goes `backward`, else at a. That is the way in which the
    solution grows, so that no error does. All are multiplied by the same number, which keeps them
    within what can be written: what is smaller than that is 0.
    """
    level = np.array([[energy]])
    cells = refined(barrier.profile, np.asarray(barrier.cells, dtype=float), kinetic, level)
    edges = np.union1d(cells, places)
    exponents = exponents_of(barrier.profile, edges, kinetic)
    square = np.abs(squares_of(exponents, level)[0])
    edges = divided(edges, np.ceil(np.sqrt(np.maximum(square, 1e-9) / SERIES)).astype(int))
    steps = step_matrices(exponents_of(barrier.profile, edges, kinetic), level)[0][:, 0]
    count = edges.size
    waves, logs = np.empty((count, 2), complex), np.zeros(count)
    (u, v), log = start, 0.0
    order = range(count - 1, -1, -1) if backward else range(count)
    for place, j in enumerate(order):
        if place and backward:
            m0, m1, m2, m3 = steps[:, j]
            u, v = m3 * u - m1 * v, m0 * v - m2 * u
        elif place:
            m0, m1, m2, m3 = steps[:, j - 1]
            u, v = m0 * u + m1 * v, m2 * u + m3 * v
        size = max(abs(u), abs(v))
        if size > 1e50:
            u, v, log = u / size, v / size, log + math.log(size)
        waves[j], logs[j] = (u, v), log
    waves *= np.exp(logs - log)[:, None]
    return waves[np.searchsorted(edges, places)], waves[0], waves[-1]
