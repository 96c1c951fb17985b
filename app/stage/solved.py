"""One run, solved once for all that a page needs of it: its film, numbers, and sampled density."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from threading import Event

import numpy as np

from app.stage.comparison import Density, sampled_density
from app.stage.film import AveragedSpace, averaged_film, film_of, still
from app.stage.of_run import OF_FRAME, of_run
from lessons.runs import Pictures, numbers_of, space_of
from solver.ensemble import Ensemble
from solver.experiment import Experiment
from solver.grid import Array
from solver.measurement.measured import Measured
from solver.propagator import Complex
from solver.simulation import frame_near
from solver.trajectory import Result

Numbers = Mapping[str, float | bool]


class Abandoned(Exception):
    """The person who asked for this no longer waits for it."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a source: its film, and what a step reads of the same run besides.

    `numbers` are those that a goal is judged by, `sampled` is the density that a table compares;
    each takes a third of the film's time, so that the lab does without. `cards` are those that are
    shown and whose blocks are made of the run itself, by their names.
    """

    source: Experiment | Ensemble | Measured
    numbers: bool = False
    sampled: bool = False
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Solved:
    """What is kept of one run: the film's block, and what else was asked for, else None.

    `beyond` (2, F) are the times of the frames, fs, and the probability beyond the barrier.
    """

    block: bytes
    numbers: Numbers | None = None
    sampled: Density | None = None
    beyond: Array | None = None
    cards: Mapping[str, bytes] = field(default_factory=dict)


def solve(asked: Asked, given_up: Event | None = None) -> Solved:
    """Run the source, once; raises Abandoned soon after `given_up` is set."""
    go_on = partial(stop_if, given_up or Event())
    if isinstance(asked.source, (Experiment, Measured)):
        run = asked.source.run(go_on)
        numbers = numbers_of(run, space_of(run)) if asked.numbers else None
        return kept(asked, run, film_of(run), numbers)
    return averaged(asked, asked.source, go_on)


def film(source: Experiment | Ensemble | Measured, given_up: Event | None = None) -> bytes:
    """Only the block that the browser plays."""
    return solve(Asked(source), given_up).block


def one_frame(experiment: Experiment, time: float, cards: tuple[str, ...] = ()) -> Solved:
    """Only the frame nearest to `time` (fs), and what these cards show of it."""
    run = frame_near(experiment, time)
    return Solved(still(run), cards={name: OF_FRAME[name](run) for name in cards})


def stop_if(given_up: Event, *told: float) -> None:
    if given_up.is_set():
        raise Abandoned


def averaged(asked: Asked, ensemble: Ensemble, go_on: Callable[[float], None]) -> Solved:
    """The same of averages: what film and numbers show of each member is summed in one pass."""
    coherent = ensemble.refined.run(go_on)
    shown = AveragedSpace(ensemble, coherent)
    seen = Pictures(coherent) if asked.numbers else None
    first = shown.of(coherent.psi)

    def also(psi: Complex) -> Array:
        parts = [shown.of(psi)] if seen is None else [shown.of(psi), seen.of(psi)]
        return np.concatenate([part.ravel() for part in parts])

    run = ensemble.run(go_on, also, coherent)
    mean = run.extra.mean(0)
    block = averaged_film(run, shown, mean[: first.size].reshape(first.shape))
    numbers = None if seen is None else numbers_of(run, seen.space(mean[first.size :]))
    return kept(asked, run, block, numbers)


def kept(asked: Asked, run: Result, block: bytes, numbers: Numbers | None) -> Solved:
    """What was asked for."""
    sampled = sampled_density(run) if asked.sampled else None
    beyond = np.stack([run.times, run.regions[:, 2 if run.experiment.packet.direction > 0 else 0]])
    cards = {name: of_run(name, run) for name in asked.cards}
    return Solved(block, numbers, sampled, beyond, cards)
