"""The two runs of arXiv:2512.22634, made of the same parts as any experiment.

Natural units, a potential read off at the grid points, and a mask that is applied once per step.
The program behind the paper differs from ours in three conventions that its numbers depend on:
its packet has the phase exp(i k0 x), its mask acts fully after a step (ours half before and half
after, which is the same evolution between other wave functions), and it takes one step more than
t = 6 needs.
"""

import math
from dataclasses import dataclass, field
from functools import lru_cache
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from solver.absorber import AbsorbingLayer
from solver.barriers import GaussianBarrier, RectangularBarrier
from solver.errors import InvalidInput, require_positive
from solver.experiment import Experiment
from solver.grid import Array, Grid, frozen
from solver.observables import density
from solver.packet import GaussianPacket
from solver.potential import Barrier
from solver.propagator import Complex, Run
from solver.trajectory import Trajectory
from solver.units import NATURAL

DT = 5e-4
STEPS = 12_001
SNAPSHOTS = 200
T_END = 6.0
POINTS = 2048
EDGE_LEVEL = 0.1
"""The readout takes the barrier to be where V exceeds this part of its peak."""


@dataclass(frozen=True, kw_only=True)
class PointSampled(Barrier):
    """Another barrier's profile at the grid points: every edge moves to the middle of a cell."""

    shape: Barrier
    center: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "center", self.shape.center)

    @property
    def band_limited(self) -> bool:
        return False

    def profile(self, x: Array) -> Array:
        return self.shape.profile(x)

    def potential(self, grid: Grid) -> Array:
        """V(x_j), (n,) in eV."""
        return self.shape.profile(grid.x)

    def coefficients(self, q: Array, grid: Grid) -> NDArray[np.complex128]:
        values = self.potential(grid)
        inside = values != 0
        return np.exp(-1j * np.outer(q, grid.x[inside])) @ values[inside] * grid.dx

    @property
    def support(self) -> tuple[float, float]:
        return self.shape.support

    @property
    def cells(self) -> Array:
        return self.shape.cells

    @property
    def extremes(self) -> tuple[float, float]:
        return self.shape.extremes

    @property
    def jumps(self) -> tuple[tuple[float, float], ...]:
        return self.shape.jumps

    @property
    def right_level(self) -> float:
        return self.shape.right_level

    @property
    def thickness(self) -> float:
        return self.shape.thickness


@dataclass(frozen=True, kw_only=True)
class PublishedMask(AbsorbingLayer):
    """psi *= 1 - strength (1 - sin^4(pi i / 2m)) in every step, i = 0 ... m-1 from either end.

    `strength` has no unit here. W = -(hbar/dt) ln(mask), so a smaller `dt` absorbs more in the same
    time, and reflects more.
    """

    width: float = 3.0
    strength: float = 0.03
    dt: float = DT
    hbar: float = 1.0

    def __post_init__(self) -> None:
        require_positive("PublishedMask.width", self.width)
        require_positive("PublishedMask.strength", self.strength)
        require_positive("PublishedMask.dt", self.dt)
        if self.strength >= 1:
            raise InvalidInput("PublishedMask.strength", "be below 1", self.strength)

    def mask(self, grid: Grid) -> Array:
        """What psi is multiplied with in one step, (n,)."""
        self.require_room(grid)
        m = int(self.width / grid.dx)
        values = np.ones(grid.n)
        rise = np.sin(np.pi * np.arange(m) / (2 * m)) ** 4
        values[:m] -= self.strength * (1 - rise)
        values[grid.n - m :] = values[:m][::-1]
        return values

    def rate(self, grid: Grid) -> Array:
        """W(x_j), (n,) in the units of hbar/dt."""
        return np.asarray(-self.hbar * np.log(self.mask(grid)) / self.dt)


def published_grid(n: int = POINTS) -> Grid:
    """n points from -30 to 30, both included; the period is one cell longer."""
    return Grid(left=-30.0, right=-30.0 + n * (60.0 / (n - 1)), n=n)


def published_case(shape: Barrier, packet: GaussianPacket) -> Experiment:
    """An experiment with the grid, the mask and the step that both cases share."""
    return Experiment(
        barrier=PointSampled(shape=shape),
        packet=packet,
        units=NATURAL,
        layer=PublishedMask(),
        grid=published_grid(),
        dt=DT,
        t_end=T_END,
    )


RECTANGULAR = published_case(
    RectangularBarrier(height=4.5, width=1.0), GaussianPacket(k0=4.0, sigma=0.8, center=-8.0)
)
GAUSSIAN = published_case(
    GaussianBarrier(height=4.0, width=0.8 * math.sqrt(2 * math.pi)),
    GaussianPacket(k0=3.5, sigma=0.6, center=-8.0),
)
CASES = {"rectangular": RECTANGULAR, "gaussian": GAUSSIAN}


def snapshot_steps() -> NDArray[np.int64]:
    """The steps (200,) that are kept: the first at or after each requested time, then the last."""
    wanted = np.arange(SNAPSHOTS) * round(T_END / DT)
    steps = -(-wanted // (SNAPSHOTS - 1))
    steps[-1] = STEPS
    return steps


@lru_cache(maxsize=2)
def published_run(experiment: Experiment) -> Trajectory:
    """The 200 snapshots after each full step and mask, read-only."""
    start, grid, layer = perf_counter(), experiment.used_grid, experiment.used_layer
    assert isinstance(layer, PublishedMask)
    phase = experiment.packet.wavenumber(experiment.units) * experiment.center
    psi = experiment.packet.psi(grid.x, experiment.center, experiment.units) * np.exp(1j * phase)
    steps = snapshot_steps()
    frames, absorbed = Run(experiment.operator, psi).advance(np.diff(steps))
    half = np.sqrt(layer.mask(grid))
    taken = density(frames) * (1 - half**2) * grid.dx
    sides = np.stack([taken[:, : grid.n // 2].sum(axis=1), taken[:, grid.n // 2 :].sum(axis=1)])
    return Trajectory(
        experiment=experiment,
        frame_steps=steps,
        psi=read_only(np.concatenate([psi[None], frames * half])),
        absorbed=frozen(np.concatenate([np.zeros((1, 2)), absorbed + sides.T])),
        seconds=perf_counter() - start,
    )


def read_only(psi: Complex) -> Complex:
    psi.flags.writeable = False
    return psi


def zone_readout(run: Trajectory) -> tuple[float, float, float]:
    """T, R, A as the paper reads them off the last snapshot.

    T and R are what lies between the barrier (V > 0.1 of its peak) and the mask on either side;
    A is what the mask has taken on both sides together.
    """
    grid = run.grid
    v = run.experiment.barrier.potential(grid)
    inside = np.flatnonzero(v > EDGE_LEVEL * v.max())
    clear = math.ceil(run.experiment.used_layer.width / grid.dx)
    cells = density(run.psi[-1]) * grid.dx
    transmitted = float(cells[inside[-1] : grid.n - clear].sum())
    return transmitted, float(cells[clear : inside[0]].sum()), float(run.absorbed[-1].sum())
