"""A run, block by block: frames as they are ready, until the packet's fate is settled."""

import itertools
from collections.abc import Callable, Iterator

import numpy as np

from solver.experiment import Experiment
from solver.propagator import Run
from solver.settling import Sides
from solver.trajectory import Block, Trajectory

BLOCK = 40
"""Frames in a block of the main part."""

TAIL = 5
"""Frames in a block of the tail; strides double with every second block."""


def simulate(experiment: Experiment) -> Iterator[Block]:
    """A run as it happens: blocks of frames; stop between any two by dropping the iterator.

    >>> from solver import Experiment, GaussianPacket, RectangularBarrier, simulate
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> blocks = simulate(Experiment(barrier=wall, packet=packet, quality="draft"))
    >>> [round(block.progress, 2) for block in blocks]
    [0.0, 0.17, 0.33, 0.5, 0.67, 0.83, 1.0]

    The first block holds t = 0. After the main part the run goes on in longer and longer strides
    until less than the quality's tolerance is unsettled, or `Experiment.last_step` is reached: a
    resonance or a slow wave may need more than is worth following, and then the fate says so.
    """
    grid = experiment.used_grid
    operator, sides = experiment.operator, Sides.of(experiment)
    psi = experiment.packet.psi(grid.x, experiment.center, experiment.units)
    going = Run(operator, psi)
    yield Block(np.zeros(1, dtype=int), np.zeros(1), psi[None], np.zeros((1, 2)), 0.0)
    step = 0
    for count, stride in blocks(experiment):
        frames, absorbed = going.advance(np.full(count, stride))
        steps = step + stride * np.arange(1, count + 1)
        step = int(steps[-1])
        progress = min(1.0, step / experiment.main_steps)
        yield Block(steps, steps * experiment.used_dt, frames, absorbed, progress)
        if progress == 1 and sides.let_end(frames[-1], grid, experiment.goal.tolerance):
            return


def run(experiment: Experiment, progress: Callable[[float], None] | None = None) -> Trajectory:
    """The whole run; see `Experiment.run`."""
    return Trajectory.of(experiment, watched(simulate(experiment), progress or (lambda done: None)))


def watched(parts: Iterator[Block], progress: Callable[[float], None]) -> Iterator[Block]:
    """The same blocks; how far the run is, is told before each is taken."""
    for part in parts:
        progress(part.progress)
        yield part


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
        if step + stride * TAIL > experiment.last_step:
            return
        yield TAIL, stride
        step += stride * TAIL


def frame_near(experiment: Experiment, time: float) -> Trajectory:
    """Only the frame of a run nearest to `time` (fs), as a run of this one frame."""
    grid, step = experiment.used_grid, round(time / experiment.used_dt)
    step = min(max(step, 0), experiment.last_step)
    psi = experiment.packet.psi(grid.x, experiment.center, experiment.units)
    going = Run(experiment.operator, psi)
    frames, absorbed = going.advance(np.array([step])) if step else (psi[None], np.zeros((1, 2)))
    return Trajectory(experiment, np.array([step]), frames, absorbed, 0.0)
