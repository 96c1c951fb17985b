"""A run with a measurement in it: from that frame on it is the wave of the answer."""

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from solver import observables
from solver.errors import InvalidInput, Rule, require_kind
from solver.experiment import Experiment
from solver.grid import Array
from solver.measurement.edge import Edge
from solver.propagator import Complex, Run
from solver.settling import Sides
from solver.simulation import blocks, frame_near, watched
from solver.trajectory import Block, Trajectory

LEAST = 1e-9
"""An answer that is less probable leaves nothing to go on with: round-off alone."""


def frame_step(experiment: Experiment, time: float) -> int:
    """The step of the frame that a run shows at `time` (fs): the last one up to there."""
    steps, wanted = [0], time / experiment.used_dt + 1e-6
    for count, stride in blocks(experiment):
        steps += [steps[-1] + stride * (i + 1) for i in range(count)]
        if steps[-1] > wanted:
            break
    return steps[max(0, bisect_left(steps, wanted) - 1)]


def probability(experiment: Experiment, step: int) -> float:
    """That of "yes" to "is it behind the barrier?" after so many steps."""
    run = frame_near(experiment, step * experiment.used_dt)
    cut, kept = left_by(experiment, run.psi[0], run.absorbed[0], True)
    return share_of(experiment, cut, kept)


def left_by(
    experiment: Experiment, psi: Complex, absorbed: Array, found: bool
) -> tuple[Complex, Array]:
    """What an answer leaves of psi (n,) and of what the layers took (2,), not normalized."""
    beyond = 1 if experiment.packet.direction > 0 else 0
    kept = np.where(np.arange(2) == beyond, found, not found) * absorbed
    return psi * Edge.behind(experiment).factor(experiment.used_grid.x, found), kept


def share_of(experiment: Experiment, cut: Complex, kept: Array) -> float:
    """The probability of the answer that leaves this."""
    return float(observables.norm(cut, experiment.used_grid) + kept.sum())


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a measurement did: the answer's `probability`, and the wave after it, normalized.

    `psi` (n,), and `absorbed` (2,) what the layers had taken on the left and right, which counts as
    found there. Energies per probability in the box (eV): `before`, `after`, and `given`, what a
    measurement gives in the mean over both answers.
    """

    probability: float
    psi: Complex
    absorbed: Array
    before: float
    after: float
    given: float

    @classmethod
    def at(cls, experiment: Experiment, psi: Complex, absorbed: Array, found: bool) -> "Outcome":
        """Ask psi (n,) of this experiment's run, of which the layers took absorbed (2,)."""
        grid, units, edge = experiment.used_grid, experiment.units, Edge.behind(experiment)
        cut, kept = left_by(experiment, psi, absorbed, found)
        share = share_of(experiment, cut, kept)
        if not share >= LEAST:
            if found:
                rule = Rule(
                    "be at least {least:g} for the particle to be found behind the barrier",
                    least=LEAST,
                )
            else:
                rule = Rule(
                    "be at least {least:g} for it not to be found behind the barrier", least=LEAST
                )
            raise InvalidInput("the probability of the answer", rule, share)
        potential = experiment.operator.potential

        def energy(state: Complex) -> float:
            return float(observables.energy(state[None], grid, potential, units)[0])

        given = edge.cost(grid.x, observables.density(psi), units) / observables.norm(psi, grid)
        root = math.sqrt(share)
        return cls(share, cut / root, kept / share, energy(psi), energy(cut), float(given))


@dataclass(frozen=True, kw_only=True)
class Measured:
    """An experiment in which it is asked, after `step` steps, whether the particle is behind.

    `found` is the answer. Until then the run is that of the experiment. Raises InvalidInput where
    no frame of the run is, and, when it is run, for an answer that cannot come.

    >>> from solver import Experiment, GaussianPacket, RectangularBarrier
    >>> from solver.measurement.measured import Measured, frame_step
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> experiment = Experiment(barrier=wall, packet=packet, quality="draft")
    >>> end = frame_step(experiment, experiment.used_t_end)
    >>> run = Measured(experiment=experiment, step=end, found=True).run()
    >>> round(run.outcome.probability, 3), round(run.fate.transmitted, 3)
    (0.044, 1.0)
    """

    experiment: Experiment
    step: int
    found: bool

    def __post_init__(self) -> None:
        require_kind("Measured.experiment", self.experiment, Experiment)
        near = frame_step(self.experiment, self.step * self.experiment.used_dt)
        if near != self.step:
            raise InvalidInput("Measured.step", "be that of a frame of the run", self.step)

    @property
    def expected_seconds(self) -> float:
        """How long the main part takes on one core, roughly."""
        return self.experiment.expected_seconds

    @property
    def promised(self) -> None:
        """None: theory of the packet alone knows nothing of a measurement."""
        return None

    def run(self, progress: Callable[[float], None] | None = None) -> "MeasuredTrajectory":
        """The whole run; `progress` is told the part of it that is done."""
        outcomes: list[Outcome] = []
        parts = watched(simulate(self, outcomes), progress or (lambda done: None))
        run = Trajectory.of(self.experiment, parts)
        return MeasuredTrajectory(**vars(run), measured=self, outcome=outcomes[0])


@dataclass(frozen=True, eq=False)
class MeasuredTrajectory(Trajectory):
    """A run that was measured: from that frame on psi is the wave of the answer.

    Its `exact` fate is that of the packet without it.
    """

    measured: Measured
    outcome: Outcome

    @property
    def source(self) -> Measured:  # type: ignore[override]
        """What was run."""
        return self.measured


def simulate(measured: Measured, outcomes: list[Outcome]) -> Iterator[Block]:
    """The run block by block; what it did, once it is made, is put to `outcomes`."""
    experiment = measured.experiment
    grid, sides = experiment.used_grid, Sides.of(experiment)
    psi = experiment.packet.psi(grid.x, experiment.center, experiment.units)
    going, step = Run(experiment.operator, psi), 0

    def asked(steps: np.ndarray, frames: Complex, absorbed: Array) -> Block:
        if steps[-1] == measured.step:
            outcome = Outcome.at(experiment, frames[-1], absorbed[-1], measured.found)
            outcomes.append(outcome)
            frames[-1], absorbed[-1] = outcome.psi, outcome.absorbed
            going.psi[:], going.absorbed[:] = outcome.psi, outcome.absorbed / grid.dx
        progress = min(1.0, int(steps[-1]) / experiment.main_steps)
        return Block(steps, steps * experiment.used_dt, frames, absorbed, progress)

    yield asked(np.zeros(1, dtype=int), psi[None].copy(), np.zeros((1, 2)))
    for count, stride in blocks(experiment):
        steps = step + stride * np.arange(1, count + 1)
        before = steps <= measured.step
        for part in (steps[before], steps[~before]):
            if part.size:
                block = asked(part, *going.advance(np.full(part.size, stride)))
                yield block
        step = int(steps[-1])
        over = block.progress == 1 and step >= measured.step
        if over and sides.let_end(block.psi[-1], grid, experiment.goal.tolerance):
            return
