"""Many runs in one jitted call: no frames, only what becomes of each packet.

The parallel kernel belongs into a process of its own: numba's threading layer does not bear two
callers at a time.
"""

import numpy as np

from solver.jit import njit, prange
from solver.kernels import advance, unsettled_share


@njit(nogil=True, cache=True)
def follow(psi, factors, segments, limit, sides, axes, absorbed):
    """Advance by each of the segments (steps) until less than the limit is unsettled.

    Which segment was the last, and what is unsettled after it (a sum over points).
    """
    work, left = np.empty_like(psi), 0.0
    for s in range(segments.size):
        advance(psi, factors, segments[s], axes, absorbed)
        left = unsettled_share(psi, sides, axes, work)
        if left < limit:
            return s, left
    return segments.size - 1, left


@njit(nogil=True, cache=True)
def follow_one(i, batch, axes, absorbed, ends, unsettled):
    """Run i of a batch whose arrays stand behind each other: places[i] to places[i + 1].

    batch: waves (4, N) psi, half, full, kinetic; reals (7, N) half and full loss, the five arrays
    of `solver.settling.Sides`; layers (R, 2); places (R + 1,); limits (R,); segments, radices and
    turns (of `solver.transform.plan`), each with parts (R + 1,).
    """
    waves, reals, layers, places, limits, segments, parts, radices, passes, turns, ends_of = batch
    a, b = places[i], places[i + 1]
    here = segments[parts[i] : parts[i + 1]]
    plan = radices[passes[i] : passes[i + 1]], turns[ends_of[i] : ends_of[i + 1]]
    room = np.empty(2 * (b - a)), np.empty(2 * (b - a))
    phases = waves[1, a:b], waves[2, a:b], waves[3, a:b]
    losses = reals[0, a:b], reals[1, a:b]
    factors = (*phases, *losses, layers[i, 0], layers[i, 1], (*plan, *room))
    sides = reals[2, a:b], reals[3, a:b], reals[4, a:b], reals[5, a:b], reals[6, a:b]
    psi = waves[0, a:b]
    ends[i], unsettled[i] = follow(psi, factors, here, limits[i], sides, axes, absorbed[i])


@njit(nogil=True, cache=True)
def follow_all(batch, axes, absorbed, ends, unsettled):
    """All runs of a batch, one after the other."""
    for i in range(ends.size):
        follow_one(i, batch, axes, absorbed, ends, unsettled)


@njit(nogil=True, cache=True, parallel=True)
def follow_parallel(shares, order, batch, axes, absorbed, ends, unsettled):
    """All runs of a batch: thread s has the runs order[shares[s] : shares[s + 1]]."""
    for s in prange(shares.size - 1):
        for k in range(shares[s], shares[s + 1]):
            follow_one(order[k], batch, axes, absorbed, ends, unsettled)
