"""A finished run: frames at their true times, and what became of the packet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from solver import observables
from solver.experiment import Experiment
from solver.grid import Array, Grid
from solver.interpolation import Drawn, drawn_and_summed, interpolate, spectral_sums
from solver.packet_average import ExactFate
from solver.propagator import Complex
from solver.settling import Sides

MEANS = (
    "position_in_box",
    "position_spread_in_box",
    "momentum_in_box",
    "momentum_spread_in_box",
)
"""Means and spreads of what is still in the box."""

SHORT_TAIL = 16
"""Frames for which there is room besides those of the main part: few runs have more."""

UNTOUCHED = 1e-9
"""The layers have been reached when they have absorbed this much."""


@dataclass(frozen=True, eq=False)
class Block:
    """A part of a run: frames psi (F, n) in nm^(-1/2) at `times` (F,) in fs, after `steps` (F,).

    `absorbed` (F, 2) is the probability taken so far on the left and the right. `progress` is the
    part of the main run that is done, 1 in the tail.

    >>> from solver import Experiment, GaussianPacket, RectangularBarrier, simulate
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> first = next(simulate(Experiment(barrier=wall, packet=packet, quality="draft")))
    >>> first.psi.shape, first.times.tolist(), first.progress
    ((1, 420), [0.0], 0.0)
    """

    steps: np.ndarray
    times: Array
    psi: Complex
    absorbed: Array
    progress: float


@dataclass(frozen=True)
class Fate:
    """Where the packet's probability is: beyond the barrier, sent back, or still inside.

    `transmitted`, `reflected` and `remaining`: what the layers absorbed is booked on its side, so
    the three add to 1. `unsettled` is the probability that could still change them: what is inside,
    moves towards the barrier and would pass, or moves back to it. While it is more than a third
    of what the quality promises, or the packet is still arriving, `separated` is false.

    >>> from solver import Experiment, GaussianPacket, RectangularBarrier
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> fate = Experiment(barrier=wall, packet=packet, quality="draft").run().fate
    >>> round(fate.transmitted + fate.reflected + fate.remaining, 9), fate.separated
    (1.0, True)
    """

    transmitted: float
    reflected: float
    remaining: float
    separated: bool
    unsettled: float

    @classmethod
    def of(cls, regions: Array, direction: int, separated: bool, unsettled: float) -> "Fate":
        """From the probabilities left of, inside and right of the barrier, (3,)."""
        left, inside, right = map(float, regions)
        beyond, back = (right, left) if direction > 0 else (left, right)
        return cls(beyond, back, inside, bool(separated), float(unsettled))


@dataclass(frozen=True)
class FateError:
    """Standard errors of an averaged fate: `transmitted`, `reflected`, `remaining`.

    The spread of the members over the root of their number: four times the members halve it.

    >>> from solver import Dephasing, Ensemble, Experiment, GaussianPacket, RectangularBarrier
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> alone = Experiment(barrier=wall, packet=packet, quality="draft")
    >>> noise = Dephasing(t2=20.0, length=1.0)
    >>> few, many = [
    ...     Ensemble(experiment=alone, environment=noise, members=count, seed=1).run().fate_error
    ...     for count in (8, 32)
    ... ]
    >>> round(few.transmitted / many.transmitted)
    2
    """

    transmitted: float
    reflected: float
    remaining: float


class Source(Protocol):
    """What can be run: an experiment or an ensemble."""

    @property
    def expected_seconds(self) -> float: ...
    @property
    def promised(self) -> float | None: ...
    def run(self, progress: Callable[[float], None] | None = None) -> "Result": ...


class Result(Protocol):
    """What a run and the averages of an ensemble have in common, whoever reads them.

    `run()` of an `Experiment` and of an `Ensemble` give one: a `Trajectory`, an
    `EnsembleTrajectory`. What takes a `Result` need not ask which.

    >>> from solver import Dephasing, Ensemble, Experiment, GaussianPacket, RectangularBarrier
    >>> from solver import Result
    >>> def told(run: Result) -> str:
    ...     error = "" if run.fate_error is None else f" +- {run.fate_error.transmitted:.3f}"
    ...     return f"{run.fate.transmitted:.3f}{error}"
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> alone = Experiment(barrier=wall, packet=packet, quality="draft")
    >>> noise = Dephasing(t2=20.0, length=1.0)
    >>> noisy = Ensemble(experiment=alone, environment=noise, members=8, seed=1)
    >>> [told(source.run()) for source in (alone, noisy)]
    ['0.044', '0.045 +- 0.003']
    """

    @property
    def source(self) -> Source:
        """The input that `run()` was called of."""

    @property
    def experiment(self) -> Experiment:
        """The experiment whose grid was used."""

    @property
    def grid(self) -> Grid:
        """The grid of the run."""

    @property
    def times(self) -> Array:
        """True time of each frame, (F,) in fs."""

    @property
    def t_end(self) -> float:
        """Time of the last frame, fs."""

    @property
    def density(self) -> Array:
        """|psi|^2, (F, n) in 1/nm."""

    def density_on(self, left: float, h: float, count: int) -> Array:
        """|psi|^2 at the places left + h j (nm), (F, count) in 1/nm, never negative."""

    @property
    def regions(self) -> Array:
        """Probability left of, inside and right of the barrier, (F, 3), absorbed parts booked."""

    @property
    def energy(self) -> Array:
        """⟨H⟩ per probability of what is still in the box, (F,) in eV."""

    @property
    def separated(self) -> NDArray[np.bool_]:
        """Whether the fate is settled at each frame, (F,)."""

    @property
    def fate(self) -> Fate:
        """Where the probability is at the end."""

    @property
    def fate_error(self) -> FateError | None:
        """Standard errors of the fate; None for a single run."""

    @property
    def variables(self) -> dict[str, Array]:
        """What a file keeps of it at each frame besides, by name."""

    @property
    def columns(self) -> dict[str, Array]:
        """What a table has of it alone, (F,) each, by name."""

    def summary(self) -> dict[str, float | bool]:
        """Its numbers by name."""


@dataclass(frozen=True, eq=False)
class Trajectory:
    """A finished run: frames `psi` (F, n) in nm^(-1/2) at `times` (F,) in fs, and what it says.

    `experiment` is what was run, `frame_steps` (F,) the steps at the frames, `absorbed` (F, 2)
    what the layers have taken on the left and the right, `seconds` how long it took.

    >>> from solver import ELECTRON, Experiment, GaussianPacket, RectangularBarrier
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> run = Experiment(barrier=wall, packet=packet, quality="draft").run()
    >>> run.norm_error < 1e-9, run.psi.shape == (run.times.size, run.grid.n)
    (True, True)
    >>> x, spread = run.position
    >>> round(float((x[40] - x[0]) / run.times[40]), 3)  # nm/fs, before it meets the barrier
    1.326
    >>> round(ELECTRON.velocity(packet.wavenumber(ELECTRON)), 3)
    1.326
    """

    experiment: Experiment
    frame_steps: np.ndarray
    psi: Complex
    absorbed: Array
    seconds: float

    @classmethod
    def of(cls, experiment: Experiment, blocks: Iterable[Block]) -> "Trajectory":
        """Collect the blocks of a run."""
        start = perf_counter()
        steps, absorbed, count = [], [], 0
        psi = np.empty((experiment.frames + SHORT_TAIL, experiment.used_grid.n), dtype=complex)
        for part in blocks:  # Each is copied while it is at hand: memory is what takes time.
            steps.append(part.steps)
            absorbed.append(part.absorbed)
            first, count = count, count + part.steps.size
            if count > len(psi):
                longer = np.empty((2 * count, psi.shape[1]), dtype=complex)
                longer[:first] = psi[:first]
                psi = longer
            psi[first:count] = part.psi
        return cls(
            experiment=experiment,
            frame_steps=np.concatenate(steps),
            psi=psi[:count],
            absorbed=np.concatenate(absorbed),
            seconds=perf_counter() - start,
        )

    @property
    def source(self) -> Experiment:
        """What was run."""
        return self.experiment

    @property
    def fate_error(self) -> None:
        """None: a single run is not uncertain, as an average is."""
        return None

    @property
    def grid(self) -> Grid:
        """The grid of the run."""
        return self.experiment.used_grid

    @property
    def dt(self) -> float:
        """Time step, fs."""
        return self.experiment.used_dt

    @property
    def steps(self) -> int:
        """Time steps of the whole run."""
        return int(self.frame_steps[-1])

    @property
    def times(self) -> Array:
        """True time of each frame, fs: whole steps times dt."""
        return np.asarray(self.frame_steps * self.dt)

    @property
    def t_end(self) -> float:
        """Time of the last frame, fs."""
        return self.steps * self.dt

    @property
    def exact(self) -> ExactFate:
        """What scattering theory says."""
        return self.experiment.exact

    @cached_property
    def regions(self) -> Array:
        """Probability left of, inside and right of the barrier, (F, 3), absorbed parts booked."""
        return observables.regions(self.density, self.absorbed, self.experiment.barrier, self.grid)

    def unsettled(self, frames: slice) -> Array:
        """Probability that can still change the fate at some of the frames, (F,)."""
        return self._sides.unsettled(self.psi[frames], self.grid)

    @cached_property
    def _sides(self) -> Sides:
        return Sides.of(self.experiment)

    @cached_property
    def separated(self) -> NDArray[np.bool_]:
        """Whether the fate is settled at each frame, (F,) bool; never between walls.

        In most frames what is inside is too much already, and the rest need not be looked for.
        """
        first = int(np.argmax(np.append(self.experiment.arrived(self.times), True)))
        least = self._sides.least(self.psi[first:], self.grid)
        may = first + np.flatnonzero(self.experiment.settles(least))
        found = np.zeros(len(self.psi), dtype=bool)
        if may.size:
            some = slice(may[0], may[-1] + 1)
            found[some] = self.experiment.settles(self.unsettled(some))
        return found

    @cached_property
    def fate(self) -> Fate:
        """Where the probability is at the end of the run."""
        experiment, last = self.experiment, slice(-1, None)
        unsettled = self.unsettled(last)
        separated = experiment.arrived(self.times[last]) & experiment.settles(unsettled)
        return Fate.of(self.regions[-1], experiment.packet.direction, separated[0], unsettled[0])

    @cached_property
    def density(self) -> Array:
        """|psi|^2, (F, n) in 1/nm."""
        return observables.density(self.psi)

    def density_on(self, left: float, h: float, count: int) -> Array:
        """|psi|^2 at the places left + h j (nm), (F, count) in 1/nm: psi's Fourier series there."""
        return observables.density(interpolate(self.psi, self.grid, left, h, count))

    @property
    def norm(self) -> Array:
        """Probability still in the box, (F,)."""
        return np.asarray(self.density.sum(axis=-1) * self.grid.dx)

    @property
    def norm_error(self) -> float:
        """Largest deviation of (in the box + absorbed) from 1 over all frames."""
        return float(np.max(np.abs(self.norm + self.absorbed.sum(axis=1) - 1)))

    @property
    def energy(self) -> Array:
        """⟨H⟩ per probability of what is still in the box, (F,) in eV.

        It is the packet's until the layers take something, fast waves first: then it falls.
        """
        return self.energy_of(slice(None))

    def energy_of(self, frames: slice) -> Array:
        """The same at some of the frames."""
        known = vars(self).get("_sums")
        sums = spectral_sums(self.psi[frames], self._kinetic) if known is None else known[frames]
        potential = self.experiment.operator.potential
        return observables.mean_energy(self.density[frames], potential, sums)

    def drawn(self, points: int, steps: int) -> Drawn:
        """The wave as a screen shows it; see `solver.interpolation.drawn`.

        Of its transforms the energy is kept, which takes as many.
        """
        window = self.experiment.used_window
        seen, sums = drawn_and_summed(self.psi, self.grid, window, points, steps, self._kinetic)
        vars(self)["_sums"] = sums
        return seen

    @property
    def _kinetic(self) -> Array:
        return np.asarray(self.experiment.units.kinetic * self.grid.k**2)

    @property
    def energy_drift(self) -> float:
        """Largest relative change of ⟨H⟩ before the layers are reached."""
        untouched = self.absorbed.sum(axis=1) < UNTOUCHED + self.absorbed[1:2].sum()
        energy = self.energy_of(slice(np.count_nonzero(untouched)))
        return float(np.max(np.abs(energy / energy[0] - 1)))

    def summary(self) -> dict[str, float | bool]:
        """The numbers of the run by name, as the command line and the app report them."""
        fate, exact = self.fate, self.exact
        return {
            "transmitted": fate.transmitted,
            "reflected": fate.reflected,
            "remaining": fate.remaining,
            "separated": fate.separated,
            "unsettled": fate.unsettled,
            "exact": exact.transmitted,
            "tunneled": exact.tunneled,
            "over_the_top": exact.over_the_top,
            "norm_error": self.norm_error,
            "energy_drift": self.energy_drift,
            "n": self.grid.n,
            "dx": self.grid.dx,
            "dt": self.dt,
            "steps": self.steps,
            "t_end": self.t_end,
            "seconds": self.seconds,
        }

    @property
    def variables(self) -> dict[str, Array]:
        """What a file keeps of it at each frame and place, (F, n) each, by name."""
        return {"psi_real": self.psi.real, "psi_imag": self.psi.imag, "density": self.density}

    @property
    def columns(self) -> dict[str, Array]:
        """What a table has of it alone: means and spreads in the box, (F,) each, by name."""
        return dict(zip(MEANS, (*self.position, *self.momentum), strict=True))

    @property
    def position(self) -> tuple[Array, Array]:
        """⟨x⟩ and its spread, (F,) each, nm."""
        return observables.position(self.psi, self.grid)

    @property
    def momentum(self) -> tuple[Array, Array]:
        """⟨p⟩ and its spread, (F,) each, eV fs/nm."""
        return observables.momentum(self.psi, self.grid, self.experiment.units)

    @property
    def current(self) -> Array:
        """Probability current, (F, n) in 1/fs."""
        return observables.current(self.psi, self.grid, self.experiment.units)
