"""A batch of experiments, run at once for their numbers alone."""

from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.experiment import Experiment
from solver.grid import Array, frozen
from solver.kernels import AXES
from solver.observables import regions
from solver.settling import Sides
from solver.simulation import blocks
from solver.sweeps.kernels import follow_all, follow_parallel
from solver.trajectory import Fate

COLUMNS = (
    "transmitted",
    "reflected",
    "remaining",
    "separated",
    "unsettled",
    "exact",
    "tunneled",
    "over_the_top",
    "norm_error",
    "steps",
    "t_end",
)
"""The numbers of one run; t_end in fs, norm_error at the end of the run."""

AT_ONCE = 64
"""Runs that are side by side in memory, a few MB."""

Integers = NDArray[np.int64]


def segments_of(experiment: Experiment) -> list[int]:
    """The steps of a run without frames: the main part at one go, then the tail's blocks."""
    main, tail, step = experiment.main_steps, [], 0
    for count, stride in blocks(experiment):
        if step >= main:
            tail.append(count * stride)
        step += count * stride
    return [main, *tail]


@dataclass(frozen=True, eq=False)
class Batch:
    """Experiments side by side in long arrays, as `solver.sweeps.kernels` wants them.

    arrays: waves (4, N), reals (7, N), layers (R, 2), places (R+1,), limits; segments, radices and
    turns, each with parts (R+1,).
    """

    experiments: Sequence[Experiment]
    segments: list[list[int]]
    arrays: tuple[Any, ...]

    @classmethod
    def of(cls, experiments: Sequence[Experiment]) -> "Batch":
        segments = [segments_of(experiment) for experiment in experiments]
        places = edges([experiment.used_grid.n for experiment in experiments])
        waves, reals = np.empty((4, places[-1]), complex), np.empty((7, places[-1]))
        layers, plans = np.empty((len(experiments), 2), dtype=np.int64), []
        for i, experiment in enumerate(experiments):
            here = slice(places[i], places[i + 1])
            *factors, loss_half, loss_full, first, last, passes = experiment.operator.factors()
            plans.append(passes[:2])
            layers[i] = first, last
            psi = experiment.packet.psi(experiment.used_grid.x, experiment.center, experiment.units)
            waves[:, here] = psi, *factors
            reals[:, here] = loss_half, loss_full, *Sides.of(experiment).arrays
        limits = np.array([(e.goal.tolerance - e.below) / e.used_grid.dx for e in experiments])
        parts = edges([len(one) for one in segments])
        radices, turns = (side_by_side(arrays) for arrays in zip(*plans, strict=True))
        steps = np.concatenate(segments), parts
        arrays = waves, reals, layers, places, limits, *steps, *radices, *turns
        return cls(experiments, segments, arrays)

    def follow(self, threads: int) -> list[list[float]]:
        """Run all of them; a row of COLUMNS without theory for each."""
        count = len(self.experiments)
        found = np.zeros((count, 2)), np.zeros(count, dtype=np.int64), np.zeros(count)
        if threads > 1:
            follow_parallel(*shares(self.experiments, threads), self.arrays, AXES, *found)
        else:
            follow_all(self.arrays, AXES, *found)
        absorbed, ends, unsettled = found
        return [
            self.numbers(i, absorbed[i], int(ends[i]), float(unsettled[i])) for i in range(count)
        ]

    def numbers(self, i: int, absorbed: Array, end: int, unsettled: float) -> list[float]:
        """The fate, norm_error, steps and t_end of run i."""
        experiment, places = self.experiments[i], self.arrays[3]
        psi, dx = self.arrays[0][0, places[i] : places[i + 1]], experiment.used_grid.dx
        there = np.abs(psi) ** 2
        parts = regions(there, absorbed * dx, experiment.barrier, experiment.used_grid)
        steps = sum(self.segments[i][: end + 1])
        t_end = steps * experiment.used_dt
        left = np.array([min(unsettled * dx + experiment.below, 1.0)])
        done = experiment.arrived(np.array([t_end])) & experiment.settles(left)
        fate = Fate.of(parts, experiment.packet.direction, done[0], left[0])
        norm_error = abs(float(there.sum() + absorbed.sum()) * dx - 1)
        return [*vars(fate).values(), norm_error, steps, t_end]


def side_by_side(arrays: Sequence[NDArray[Any]]) -> tuple[NDArray[Any], Integers]:
    """Arrays behind each other, and where they begin and end."""
    return frozen(np.concatenate(arrays)), edges([array.size for array in arrays])


def edges(sizes: Sequence[int]) -> Integers:
    """Where parts of these sizes begin and end, (R+1,)."""
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def shares(experiments: Sequence[Experiment], threads: int) -> tuple[Integers, Integers]:
    """Edges (threads+1,) of each thread's runs in an order that gives all about the same work."""
    piles: list[list[int]] = [[] for _ in range(threads)]
    loads = [0.0] * threads
    costs = [experiment.cost for experiment in experiments]
    for i in sorted(range(len(costs)), key=lambda i: -costs[i]):
        lightest = loads.index(min(loads))
        piles[lightest].append(i)
        loads[lightest] += costs[i]
    order = np.array([i for pile in piles for i in pile], dtype=np.int64)
    return edges([len(pile) for pile in piles]), order


def run_batch(experiments: Iterable[Experiment | None], threads: int = 1) -> dict[str, Array]:
    """COLUMNS of all experiments, (R,) each: what `Experiment.run().summary()` says, to round-off.

    NaN stands for an experiment that is None. `threads` above 1 runs numba's parallel kernel: only
    in a process where nothing else does.
    """
    asked = list(experiments)
    chosen = [experiment for experiment in asked if experiment is not None]
    table = np.full((len(asked), len(COLUMNS)), np.nan)
    if chosen:
        table[[experiment is not None for experiment in asked]] = numbers_of(chosen, threads)
    return dict(zip(COLUMNS, table.T, strict=True))


def numbers_of(experiments: Sequence[Experiment], threads: int) -> list[list[float]]:
    """A row of COLUMNS for each; theory, and the next runs' arrays, are made beside the kernel."""
    with ThreadPoolExecutor(1) as theory, ThreadPoolExecutor(1) as ahead:
        exact = theory.submit(lambda: [experiment.exact for experiment in experiments])
        parts = [experiments[i : i + AT_ONCE] for i in range(0, len(experiments), AT_ONCE)]
        waiting = deque([ahead.submit(Batch.of, parts[0])])
        found: list[list[float]] = []
        for following in [*parts[1:], None]:
            batch = waiting.popleft().result()
            if following is not None:
                waiting.append(ahead.submit(Batch.of, following))
            found += batch.follow(threads)
        return [
            [*run[:5], known.transmitted, known.tunneled, known.over_the_top, *run[5:]]
            for run, known in zip(found, exact.result(), strict=True)
        ]
