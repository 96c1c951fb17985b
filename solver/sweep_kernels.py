"""Many runs in one jitted call: no snapshots, only what becomes of each packet.

The parallel kernel belongs into a process of its own: numba's threading layer does not bear two
callers at a time.
"""

from numba import njit, prange

from solver.kernels import advance


@njit(nogil=True, cache=True)
def follow(psi, factors, segments, limits, weight, axes, absorbed):
    """Advance by each of the segments (steps) until less than its limit is inside; which one."""
    for s in range(segments.size):
        advance(psi, factors, segments[s], axes, absorbed)
        inside = 0.0
        for j in range(psi.size):
            inside += (psi[j].real ** 2 + psi[j].imag ** 2) * weight[j]
        if inside < limits[s]:
            return s
    return segments.size - 1


@njit(nogil=True, cache=True)
def follow_one(i, batch, axes, absorbed, ends):
    """Run i of a batch whose arrays stand behind each other: places[i] to places[i + 1].

    batch: waves (4, N) psi, half, full, kinetic; reals (3, N) half and full loss, weight inside;
    layers (R, 2); places (R + 1,); segments and limits (S,) with parts (R + 1,).
    """
    waves, reals, layers, places, segments, limits, parts = batch
    a, b = places[i], places[i + 1]
    c, d = parts[i], parts[i + 1]
    phases = waves[1, a:b], waves[2, a:b], waves[3, a:b]
    factors = (*phases, reals[0, a:b], reals[1, a:b], layers[i, 0], layers[i, 1])
    ends[i] = follow(
        waves[0, a:b], factors, segments[c:d], limits[c:d], reals[2, a:b], axes, absorbed[i]
    )


@njit(nogil=True, cache=True)
def follow_all(batch, axes, absorbed, ends):
    """All runs of a batch, one after the other."""
    for i in range(ends.size):
        follow_one(i, batch, axes, absorbed, ends)


@njit(nogil=True, cache=True, parallel=True)
def follow_parallel(shares, order, batch, axes, absorbed, ends):
    """All runs of a batch: thread s has the runs order[shares[s] : shares[s + 1]]."""
    for s in prange(shares.size - 1):
        for k in range(shares[s], shares[s + 1]):
            follow_one(order[k], batch, axes, absorbed, ends)
