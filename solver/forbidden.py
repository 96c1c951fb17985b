"""Where V exceeds the packet's energy, and how probable it is to be found there.

A classical particle of the packet's energy could not be there. For a smooth barrier this is less
than its inside, which reaches as far as V can be noticed.
"""

import math

import numpy as np
from scipy.optimize import brentq

from solver.experiment import Experiment
from solver.grid import Array
from solver.interpolation import parts_left_of
from solver.potential import Barrier

Spans = tuple[tuple[float, float], ...]
"""Stretches of x in nm, left to right; the outermost may be endless."""

INNER = 1e-9
"""Part of a cell from its edge, where V is that of the cell and not of its neighbor."""


def total_energy(experiment: Experiment) -> float:
    """The packet's energy, counted from V = 0, eV."""
    start = experiment.wave.start_level
    return start + experiment.packet.packet_energy(experiment.units)


def spans_above(barrier: Barrier, energy: float) -> Spans:
    """Where V(x) > energy (eV).

    >>> from solver import GaussianBarrier, StepBarrier
    >>> from solver.forbidden import spans_above
    >>> [(round(a, 3), round(b, 3)) for a, b in spans_above(GaussianBarrier(height=2, width=1), 1)]
    [(-0.47, 0.47)]
    >>> spans_above(StepBarrier(height=2.0), 1.0)
    ((0.0, inf),)
    """
    edges = barrier.cells
    found = [(-math.inf, float(edges[0]))] if energy < 0 else []
    skin = INNER * np.diff(edges)
    first, last = edges[:-1] + skin, edges[1:] - skin
    over = np.stack([barrier.profile(first), barrier.profile(last)], axis=1) > energy
    for i in np.flatnonzero(over.any(axis=1)):
        a, b = float(edges[i]), float(edges[i + 1])
        if not over[i].all():
            turn = crossing(barrier, energy, float(first[i]), float(last[i]))
            a, b = (a, turn) if over[i, 0] else (turn, b)
        found.append((a, b))
    if barrier.right_level > energy:
        found.append((float(edges[-1]), math.inf))
    return joined(found)


def crossing(barrier: Barrier, energy: float, a: float, b: float) -> float:
    """The place between a and b at which V = energy."""
    return float(brentq(lambda x: float(barrier.profile(np.array([x]))[0]) - energy, a, b))


def joined(spans: list[tuple[float, float]]) -> Spans:
    """The same stretches, those that touch as one."""
    whole: list[tuple[float, float]] = []
    for a, b in spans:
        if whole and whole[-1][1] == a:
            whole[-1] = (whole[-1][0], b)
        else:
            whole.append((a, b))
    return tuple(whole)


def forbidden(experiment: Experiment, density: Array, regions: Array) -> Array | None:
    """Probability of being where V exceeds the packet's energy, (F,); None where it never does.

    From |psi|^2, `density` (F, n) in 1/nm, and the probabilities `regions` (F, 3) left, inside and
    right, which hold what the layers absorbed: an endless stretch holds all of its side.
    """
    spans = spans_above(experiment.barrier, total_energy(experiment))
    if not spans:
        return None
    (a, b), grid = experiment.barrier.support, experiment.box
    total = np.zeros(len(density))
    for left, right in spans:
        total += regions[:, 0] if left == -math.inf else 0.0
        total += regions[:, 2] if right == math.inf else 0.0
        ends = max(left, a) if left == -math.inf else left, min(right, b)
        before, up_to = (parts_left_of(grid, place) for place in ends)
        total += density @ (up_to - before) * grid.dx
    return total
