"""Averages over the members of an ensemble, and how uncertain they are."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from solver.ensemble import Ensemble
from solver.experiment import Experiment
from solver.grid import Array, Grid
from solver.interpolation import interpolate
from solver.trajectory import Fate, FateError, Trajectory

UNSETTLED = 1e-2
"""An average is settled if no more than this can still change, beside what kicks do."""

LATELY, MOVED = 0.1, 5e-3
"""An average is settled if in this last part of the time the regions changed by less than this."""

UNTOUCHED = 1e-3
"""What the layers may have taken while the energy in the box still is the packet's."""


class Sums:
    """Running sums of some arrays and of their squares."""

    def __init__(self) -> None:
        self.count = 0
        self._sums: list[Array] = []
        self._squares: list[Array] = []

    def add(self, *arrays: Array) -> None:
        """Add one member's arrays, always of the same shapes."""
        if not self.count:
            self._sums = [np.zeros(a.shape) for a in arrays]
            self._squares = [np.zeros(a.shape) for a in arrays]
        for total, square, array in zip(self._sums, self._squares, arrays, strict=True):
            total += array
            square += array**2
        self.count += 1

    def mean(self, which: int) -> Array:
        """Mean of one of the arrays over the members so far."""
        return np.asarray(self._sums[which] / self.count)

    def error(self, which: int) -> Array:
        """Standard error of the mean."""
        spread = np.maximum(self._squares[which] / self.count - self.mean(which) ** 2, 0.0)
        return np.asarray(np.sqrt(spread / (self.count - 1)))


@dataclass(frozen=True, eq=False)
class EnsembleTrajectory:
    """Averages of an ensemble at the frames of its coherent run, with standard errors.

    Every average `a` has its standard error in `a_error`, of the same shape. `coherent` is the run
    without the environment. `sums` holds the sums they are made of, `extra` those of what `also`
    made, and `seconds` is how long it took.

    >>> from solver import Dephasing, Ensemble, Experiment, GaussianPacket, RectangularBarrier
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> alone = Experiment(barrier=wall, packet=packet, quality="draft")
    >>> noise = Dephasing(t2=20.0, length=1.0)
    >>> noisy = Ensemble(experiment=alone, environment=noise, members=8, seed=1).run()
    >>> noisy.density.shape == noisy.density_error.shape == (noisy.times.size, noisy.grid.n)
    True
    >>> bool(abs(noisy.regions.sum(axis=1) - 1).max() < 1e-9)
    True
    """

    ensemble: Ensemble
    coherent: Trajectory
    sums: Sums
    extra: Sums
    seconds: float

    @property
    def source(self) -> Ensemble:
        """What was run."""
        return self.ensemble

    @property
    def variables(self) -> dict[str, Array]:
        """What a file keeps of it at each frame, (F, n) or (F,) each, by name."""
        return {
            "density": self.density,
            "density_error": self.density_error,
            "energy_in_box": self.energy,
            "energy_in_box_error": self.energy_error,
        }

    @property
    def columns(self) -> dict[str, Array]:
        """What a table has of it alone: standard errors, (F,) each, by name."""
        places = ("left_error", "inside_error", "right_error")
        return {
            **dict(zip(places, self.regions_error.T, strict=True)),
            "energy_in_box_error": self.energy_error,
        }

    @property
    def experiment(self) -> Experiment:
        """What was run, on the grid that was used."""
        return self.ensemble.refined

    @property
    def grid(self) -> Grid:
        """The grid of the runs."""
        return self.coherent.grid

    @property
    def times(self) -> Array:
        """True time of each frame, fs."""
        return self.coherent.times

    @property
    def t_end(self) -> float:
        """Time of the last frame, fs."""
        return self.coherent.t_end

    @cached_property
    def density(self) -> Array:
        """Averaged |psi|^2, (F, n) in 1/nm."""
        return self.sums.mean(0)

    def density_on(self, left: float, h: float, count: int) -> Array:
        """Averaged |psi|^2 at the places left + h j (nm), (F, count) in 1/nm, never negative."""
        shown = interpolate(self.density.astype(complex), self.grid, left, h, count)
        return np.maximum(shown.real, 0.0)

    @cached_property
    def density_error(self) -> Array:
        """Standard error of the density, (F, n) in 1/nm."""
        return self.sums.error(0)

    @cached_property
    def regions(self) -> Array:
        """Averaged probability left of, inside and right of the barrier, (F, 3)."""
        return self.sums.mean(1)

    @cached_property
    def regions_error(self) -> Array:
        """Standard errors of the probabilities by region, (F, 3)."""
        return self.sums.error(1)

    @cached_property
    def energy(self) -> Array:
        """Averaged ⟨H⟩ per probability of what is still in the box, (F,) in eV; kicks heat it."""
        return self.sums.mean(2)

    @cached_property
    def energy_error(self) -> Array:
        """Standard error of the energy, (F,) in eV."""
        return self.sums.error(2)

    @cached_property
    def untouched(self) -> int:
        """The last frame before the layers have taken more than UNTOUCHED."""
        inside = self.density.sum(axis=1) * self.grid.dx
        return max(1, int(np.argmax(np.append(inside < 1 - UNTOUCHED, True))) - 1)

    @property
    def heating_rate(self) -> tuple[float, float]:
        """Mean d⟨H⟩/dt of the whole packet, and its standard error, eV/fs."""
        last = self.untouched
        gained, t = float(self.energy[last] - self.energy[0]), float(self.times[last])
        return gained / t, float(self.energy_error[last]) / t

    @property
    def separated(self) -> NDArray[np.bool_]:
        """Whether the fate is settled at each frame, (F,), and kicks change it no more."""
        before = np.searchsorted(self.times, (1 - LATELY) * self.times)
        moved = np.abs(self.regions - self.regions[before]).max(axis=1)
        arrived = self.experiment.arrived(self.times)
        settled = self.experiment.settles(self.unsettled, UNSETTLED)
        return np.asarray(arrived & settled & (moved < MOVED))

    @property
    def unsettled(self) -> Array:
        """Averaged probability that can still change the fate, kicks apart, (F,)."""
        return self.sums.mean(3)

    @property
    def fate(self) -> Fate:
        """Where the probability is at the end, averaged over the members."""
        direction = self.experiment.packet.direction
        return Fate.of(self.regions[-1], direction, self.separated[-1], self.unsettled[-1])

    @property
    def fate_error(self) -> FateError:
        """Standard errors of the fate."""
        error = Fate.of(self.regions_error[-1], self.experiment.packet.direction, True, 0.0)
        return FateError(error.transmitted, error.reflected, error.remaining)

    def summary(self) -> dict[str, float | bool]:
        """The numbers of the ensemble by name, as the command line and the app report them."""
        error = self.fate_error
        return {
            **self.coherent.summary(),
            **vars(self.fate),
            "transmitted_error": error.transmitted,
            "reflected_error": error.reflected,
            "coherent": self.coherent.fate.transmitted,
            "heating_rate": self.heating_rate[0],
            "heating_rate_error": self.heating_rate[1],
            "members": self.ensemble.members,
            "seconds": self.seconds,
        }
