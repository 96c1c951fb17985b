"""A run, block by block: snapshots as they are ready, until the packet's fate is settled."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from solver.experiment import Experiment
from solver.grid import Array
from solver.propagator import Complex, Run, SplitOperator

BLOCK = 40
"""Frames in a block of the main part."""

TAIL = 5
"""Frames in a block of the tail; strides double with every second block."""

LONGEST = 80.0
"""A run is followed for at most this many times its main part."""


@dataclass(frozen=True, eq=False)
class Block:
    """A part of a run: snapshots psi (F, n) in nm^(-1/2) at `times` (F,) in fs, after `steps` (F,).

    `absorbed` (F, 2) is the probability taken so far on the left and the right. `progress` is the
    part of the main run that is done, 1 in the tail.

    >>> from solver import Experiment, GaussianPacket, RectangularBarrier, simulate
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> first = next(simulate(Experiment(barrier=wall, packet=packet, quality="draft")))
    >>> first.psi.shape, first.times.tolist(), first.progress
    ((1, 378), [0.0], 0.0)
    """

    steps: np.ndarray
    times: Array
    psi: Complex
    absorbed: Array
    progress: float


def simulate(experiment: Experiment) -> Iterator[Block]:
    """A run as it happens: blocks of snapshots; stop between any two by dropping the iterator.

    >>> from solver import Experiment, GaussianPacket, RectangularBarrier, simulate
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> blocks = simulate(Experiment(barrier=wall, packet=packet, quality="draft"))
    >>> [round(block.progress, 2) for block in blocks]
    [0.0, 0.17, 0.33, 0.5, 0.67, 0.83, 1.0]

    The first block holds t = 0. After the main part the run goes on in longer and longer strides
    until less than the quality's tolerance is inside the barrier or still inbound, the budget is
    spent, or a resonance has been followed for 80 times the main part.
    """
    grid = experiment.box
    operator = make_operator(experiment)
    psi = experiment.packet.psi(grid.x, experiment.center, experiment.units)
    run = Run(operator, psi)
    yield Block(np.zeros(1, dtype=int), np.zeros(1), psi[None], np.zeros((1, 2)), 0.0)
    step = 0
    for count, stride in blocks(experiment):
        frames, absorbed = run.advance(np.full(count, stride))
        steps = step + stride * np.arange(1, count + 1)
        step = int(steps[-1])
        progress = min(1.0, step / experiment.main_steps)
        yield Block(steps, steps * experiment.step, frames, absorbed, progress)
        if progress == 1 and inside(experiment, frames[-1]) < allowed_inside(experiment, step):
            return


def blocks(experiment: Experiment) -> Iterator[tuple[int, int]]:
    """Frames and the steps between them, block by block, as long as a run may last.

    The main part, then, if no end is given, a tail whose strides double with every second block.
    """
    left, stride = experiment.frames, experiment.stride
    while left:
        count = min(BLOCK, left)
        left -= count
        yield count, stride
    step = experiment.main_steps
    for tail in itertools.count():
        stride = experiment.stride * 2 ** (1 + tail // 2)
        spent = (step + stride * TAIL) * experiment.box.n > experiment.budget
        if experiment.t_end is not None or step > LONGEST * experiment.main_steps or spent:
            return
        yield TAIL, stride
        step += stride * TAIL


def make_operator(experiment: Experiment) -> SplitOperator:
    """The propagator of an experiment."""
    return SplitOperator(
        experiment.barrier, experiment.box, experiment.step, experiment.units, experiment.absorber
    )


def instant(experiment: Experiment, time: float) -> Block:
    """Only the snapshot nearest to `time` (fs), as a block of one frame."""
    grid, step = experiment.box, round(time / experiment.step)
    psi = experiment.packet.psi(grid.x, experiment.center, experiment.units)
    run = Run(make_operator(experiment), psi)
    frames, absorbed = run.advance(np.array([step])) if step else (psi[None], np.zeros((1, 2)))
    return Block(np.array([step]), np.array([step * experiment.step]), frames, absorbed, 1.0)


def inside(experiment: Experiment, psi: Complex) -> float:
    """Probability within the barrier's support."""
    return float(np.sum(np.abs(psi) ** 2 * inside_weight(experiment)) * experiment.box.dx)


def allowed_inside(experiment: Experiment, step: int) -> float:
    """A run is settled with less than this inside: the tolerance but for what is inbound."""
    return experiment.goal.tolerance - experiment.wave.inbound(step * experiment.step)


def inside_weight(experiment: Experiment) -> Array:
    """Part of each grid cell that lies within the barrier's support, (n,)."""
    return region_weights(experiment)[1]


def region_weights(experiment: Experiment) -> Array:
    """Parts of each grid cell left of, within and right of the barrier, (3, n), adding to 1."""
    grid, (a, b) = experiment.box, experiment.barrier.support
    left = np.clip((a - grid.x) / grid.dx + 0.5, 0.0, 1.0)
    right = np.clip((grid.x - b) / grid.dx + 0.5, 0.0, 1.0)
    return np.stack([left, np.maximum(1 - left - right, 0.0), right])
