"""What of a packet can still change its fate: the part inside, and what moves towards the barrier.

A packet's fate is read off as the probability on either side. It is settled when nothing is inside
the barrier, nothing before it still moves towards it and would pass, and nothing beyond it moves
back and would pass. Behind a rise of V there are waves below its level, too: they reach in, have no
direction, and turn round. Near the threshold they hold as much as what moves back above it, so that
is counted twice (at a step the sum is within 10 % of what still leaves).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from solver.experiment import Experiment
from solver.grid import Array, Grid
from solver.interpolation import part_sums
from solver.observables import density, region_weights
from solver.propagator import Complex
from solver.resolution import Wave
from solver.scattering import transmission_coefficient

KEPT = 4
"""Experiments whose sides are kept: a run asks for them, and then who asks what became of it."""

SAMPLES = 257
"""Wavenumbers at which T is worked out behind a rise."""


@dataclass(frozen=True, eq=False)
class Sides:
    """What counts as unsettled on an experiment's grid, arrays (n,).

    `before`, `inside`, `beyond`: parts of each cell on either side of the barrier and in it.
    `toward`: for each wavenumber, in FFT order, the part of a wave before the barrier that may
    pass it: 0 if it moves away, else the largest T(E) up to its energy. `back`: likewise for waves
    beyond the barrier, 0 if they move away, else 1; behind a rise 2 T(E). `below`:
    `Experiment.below`.
    """

    before: Array
    inside: Array
    beyond: Array
    toward: Array
    back: Array
    below: float

    @classmethod
    @lru_cache(maxsize=KEPT)
    def of(cls, experiment: Experiment) -> "Sides":
        grid, direction = experiment.used_grid, experiment.packet.direction
        before, inside, beyond = region_weights(experiment.barrier, grid)[::direction]
        k, slow = grid.k * direction, experiment.slow
        toward = (k > 0).astype(float)
        if slow is not None:
            toward *= np.interp(k, slow.k, slow.passing, left=0.0, right=1.0)
        return cls(before, inside, beyond, toward, returning(experiment.wave, -k), experiment.below)

    @property
    def arrays(self) -> tuple[Array, ...]:
        """All five, as `unsettled_share` takes them."""
        return self.before, self.inside, self.beyond, self.toward, self.back

    def within(self, psi: Complex) -> Array:
        """Sum over the cells of the barrier of each |psi|^2, psi (F, n), (F,) in 1/nm."""
        cells = np.flatnonzero(self.inside)
        span = slice(cells[0], cells[-1] + 1) if cells.size else slice(0)
        return np.asarray(density(psi[:, span]) @ self.inside[span])

    def least(self, psi: Complex, grid: Grid) -> Array:
        """What `unsettled` finds at least, at a small part of its cost, (F,)."""
        return np.minimum(self.within(psi) * grid.dx + self.below, 1.0)

    def let_end(self, psi: Complex, grid: Grid, tolerance: float) -> bool:
        """Whether less than the tolerance can still change the fate of psi (n,)."""
        wave = psi[None]
        return all(part(wave, grid)[0] < tolerance for part in (self.least, self.unsettled))

    def unsettled(self, psi: Complex, grid: Grid) -> Array:
        """Probability that can still change the fate of each of psi (F, n), (F,)."""
        shares = self.within(psi)
        for part, counted in ((self.before, self.toward), (self.beyond, self.back)):
            shares += part_sums(psi, part, counted)[:, 1] / grid.n
        return np.minimum(shares * grid.dx + self.below, 1.0)


def returning(wave: Wave, k: Array) -> Array:
    """How a wave beyond the barrier counts that moves back to it with k (n,), 0 for k <= 0."""
    if wave.rise <= 0:
        return (k > 0).astype(float)
    known = np.linspace(0.0, wave.fastest, SAMPLES)
    energy = wave.far_level + wave.units.kinetic * known[1:] ** 2
    through = transmission_coefficient(wave.barrier, energy, wave.units, wave.packet.direction)
    return np.where(k > 0, 2 * np.interp(k, known, np.append(0.0, through)), 0.0)
