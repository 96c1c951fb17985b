"""The members of an ensemble, run one after the other at the frames of its coherent run.

Member i draws from a stream of its own, which the seed and i fix: the same ensemble gives the same
numbers, in whatever order its members run.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter

import numpy as np

from solver import observables
from solver.averages import EnsembleTrajectory, Sums
from solver.ensemble import Ensemble
from solver.grid import Array
from solver.kernels import AXES, advance_kicked
from solver.propagator import Complex
from solver.settling import Sides
from solver.trajectory import Trajectory


@dataclass(frozen=True, eq=False)
class Members:
    """What the members of an ensemble have in common: its coherent run, propagator and sides."""

    ensemble: Ensemble
    coherent: Trajectory

    @cached_property
    def _potential(self) -> Array:
        return self.ensemble.refined.operator.potential

    @cached_property
    def _sides(self) -> Sides:
        return Sides.of(self.ensemble.refined)

    def member(self, index: int) -> tuple[Complex, Array]:
        """psi (F, n) and absorbed (F, 2) of one run, at the frames of the coherent one."""
        ensemble, experiment = self.ensemble, self.ensemble.refined
        rng = np.random.default_rng([ensemble.seed, index])
        strides = np.diff(self.coherent.frame_steps)
        weights = ensemble.environment.weights(experiment.used_grid)
        modes = rng.standard_normal((2 * weights.size - 1, 2)) @ np.array([1, 1j])
        every = ensemble.every
        gather = ensemble.environment.gather(every * experiment.used_dt, ensemble.units)
        psi, absorbed = self.coherent.psi[0].copy(), np.zeros(2)
        frames = np.empty((strides.size, psi.size), dtype=complex)
        lost = np.empty((strides.size, 2))
        noise = (modes, weights, gather, np.empty_like(psi), rng)
        factors = experiment.operator.factors()
        advance_kicked(psi, factors, strides, AXES, absorbed, frames, lost, every, noise)
        start = self.coherent.psi[:1]
        booked = np.concatenate([np.zeros((1, 2)), lost * experiment.used_grid.dx])
        return np.concatenate([start, frames]), booked

    def numbers(self, psi: Complex, absorbed: Array) -> tuple[Array, Array, Array, Array]:
        """Density (F, n), probabilities by region (F, 3), energy, unsettled (F,) of one member."""
        experiment, grid = self.ensemble.refined, self.ensemble.refined.used_grid
        density = observables.density(psi)
        regions = observables.regions(density, absorbed, experiment.barrier, grid)
        energy = observables.energy(psi, grid, self._potential, experiment.units)
        return density, regions, energy, self._sides.unsettled(psi, grid)


def average(
    ensemble: Ensemble,
    progress: Callable[[float], None] | None = None,
    also: Callable[[Complex], Array] | None = None,
    coherent: Trajectory | None = None,
) -> EnsembleTrajectory:
    """The averages over all members; see `Ensemble.run`."""
    start, sums, extra = perf_counter(), Sums(), Sums()
    alone = ensemble.refined.run() if coherent is None else coherent
    members = Members(ensemble, alone)
    for index in range(ensemble.members):
        psi, absorbed = members.member(index)
        sums.add(*members.numbers(psi, absorbed))
        if also is not None:
            extra.add(also(psi))
        if progress is not None:
            progress((index + 1) / ensemble.members)
    return EnsembleTrajectory(ensemble, alone, sums, extra, perf_counter() - start)
