"""An experiment: every physical input of a run, and the numbers that follow from it."""

import math
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from warnings import warn

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from solver import resolution
from solver.absorber import AbsorbingLayer
from solver.errors import (
    CostExceeded,
    InvalidInput,
    Rule,
    require_kind,
    require_numbers,
    require_positive,
)
from solver.grid import Array, Grid
from solver.packet import GaussianPacket
from solver.packet_average import ExactFate, packet_average
from solver.potential import Barrier
from solver.propagator import SplitOperator
from solver.slow import SlowWaves
from solver.units import ELECTRON, Units

if TYPE_CHECKING:
    from solver.trajectory import Trajectory

BUDGET = 1e10
"""Default cost limit in point-steps (grid points x time steps), about a minute of one core."""

PACE = 7e-9
"""Seconds that a point-step takes on one core, roughly."""

TOUCHING = 4.5
"""A packet touches what is less than this many sigma away: 3e-6 of it lies beyond."""

FRAMES = 240
"""Frames of the main part of a run, until the packet has met the barrier and left it."""

INBOUND = 1e-2
"""A packet has arrived when less than this is still on its way to the barrier."""

LONGEST = 80.0
"""A run is followed for at most this many times its main part."""

SLOW = 0.1
"""Slow waves matter if more than this part of the tolerance is inbound when the main part ends."""


def renamed(old: str, new: str) -> property:
    """The old name of a property, for one version: it warns, and gives the value of the new one."""

    def value(experiment: "Experiment") -> Any:
        warn(f"Experiment.{old} is now {new}", DeprecationWarning, stacklevel=2)
        return getattr(experiment, new)

    return property(value, doc=f"The old name of `{new}`.")


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """A packet sent at a barrier: all inputs of a run, and what scattering theory says of it.

    `quality` ("draft", "standard", "fine") promises |transmitted - exact| <= 3e-3, 1e-3, 1e-4 and
    chooses everything else. Five things can be given by hand, None has them chosen: `window`
    (nm, nm) between the layers, `layer` at the ends of the box, `grid`, `dt` (fs), `t_end` (fs).
    What is used, given or chosen, reads `used_window`, `used_layer`, `used_grid`, `used_dt`,
    `used_t_end`. `units` are an electron's. Equal experiments hash equally; `dataclasses.replace`
    makes a changed one.

    Raises InvalidInput for a packet that is not on its own side of the barrier or a window that
    does not hold both, and CostExceeded for a run that would cost more than `budget` point-steps.
    A packet that `touches` the barrier runs, but scattering theory is not about it.

    >>> from solver import Experiment, GaussianPacket, RectangularBarrier
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> experiment = Experiment(barrier=wall, packet=packet, quality="draft")
    >>> run = experiment.run()
    >>> round(run.fate.transmitted, 3), round(experiment.exact.transmitted, 3)
    (0.044, 0.044)
    >>> experiment.dt is None, round(experiment.used_dt, 4)
    (True, 0.0163)
    """

    barrier: Barrier
    packet: GaussianPacket
    quality: str = "standard"
    units: Units = ELECTRON
    window: tuple[float, float] | None = None
    layer: AbsorbingLayer | None = None
    grid: Grid | None = None
    dt: float | None = None
    t_end: float | None = None
    budget: float = BUDGET

    def __post_init__(self) -> None:
        resolution.quality_named(self.quality)
        require_kind("Experiment.barrier", self.barrier, Barrier)
        require_kind("Experiment.packet", self.packet, GaussianPacket)
        for name, unit in (("dt", self.units.time), ("t_end", self.units.time)):
            if getattr(self, name) is not None:
                require_positive(f"Experiment.{name}", getattr(self, name), unit)
        require_positive("Experiment.budget", self.budget, "point-steps")
        if self.window is not None:
            require_numbers("Experiment.window", self.window, 2)
        try:
            self._check_dt()
            self._check_places()
            cost = self.cost
        except ArithmeticError:
            rule = Rule("have numbers that can be computed with")
            raise InvalidInput("Experiment", rule, "too large or too small ones") from None
        if not cost <= self.budget:
            raise CostExceeded("Experiment", cost, self.budget)

    def _check_dt(self) -> None:
        """A step in which a phase turns by more than pi cannot be told from a shorter one."""
        k, heights = self.wave.fastest, map(abs, self.barrier.extremes)
        energy = max(self.units.kinetic * k**2, *heights)
        longest = math.pi * self.units.hbar / energy
        if self.dt is not None and self.dt > longest:
            rule = Rule(
                "be at most {longest:.3g} {unit}, in which its phase turns by pi",
                longest=longest,
                unit=self.units.time,
            )
            raise InvalidInput("Experiment.dt", rule, self.dt, self.units.time)

    def _check_places(self) -> None:
        """The packet must be on its side of the barrier, and within the window."""
        clear, unit = TOUCHING * self.packet.sigma, self.units.length
        resolution.require_before("GaussianPacket.center", self.wave)
        left, right = self.used_window
        a, b = self.barrier.support
        if not (left + clear <= self.center <= right - clear and left < a and b < right):
            rule = Rule(
                "hold the barrier, and the packet's center {center:.4g} {unit}"
                " with {clear:.4g} {unit} on either side",
                center=self.center,
                clear=clear,
                unit=unit,
            )
            found = Rule("[{left:.4g}, {right:.4g}]", left=left, right=right)
            raise InvalidInput("Experiment.window", rule, found, unit)

    @property
    def goal(self) -> resolution.Quality:
        """What the named quality promises, and how it gets there."""
        return resolution.quality_named(self.quality)

    @cached_property
    def wave(self) -> resolution.Wave:
        """The packet before this barrier: its slow and fast waves, where it starts."""
        return resolution.Wave(barrier=self.barrier, packet=self.packet, units=self.units)

    @property
    def center(self) -> float:
        """The packet's center at t = 0, nm."""
        return self.wave.start

    @property
    def touches(self) -> bool:
        """Whether the packet reaches into the barrier at t = 0: theory is of one from afar."""
        return abs(self.wave.near_edge - self.center) < TOUCHING * self.packet.sigma

    @property
    def begun(self) -> tuple[float, float]:
        """Probability inside the barrier, and beyond it, at t = 0.

        >>> from solver import Experiment, GaussianPacket, RectangularBarrier
        >>> wall = RectangularBarrier(height=6.0, width=0.4)
        >>> near = GaussianPacket(energy=5.0, sigma=1.0, center=-1.2)
        >>> experiment = Experiment(barrier=wall, packet=near)
        >>> experiment.touches, [round(part, 3) for part in experiment.begun]
        (True, [0.078, 0.081])
        """
        edges = (abs(edge - self.center) for edge in self.barrier.support)
        near, far = (float(ndtr(-edge / self.packet.sigma)) for edge in sorted(edges))
        return near - far, far

    @property
    def below(self) -> float:
        """Probability below the level of its own side, whose fate theory does not tell."""
        return self.wave.below(abs(self.wave.near_edge - self.center))

    @cached_property
    def used_layer(self) -> AbsorbingLayer:
        """What stands at both ends of the box: given, or made for this packet."""
        return self.layer or resolution.absorbing_layer(self.wave, self._following[1])

    @cached_property
    def used_window(self) -> tuple[float, float]:
        """The window between the layers, nm: a given grid's, else given, or made to hold all."""
        if self.grid is not None:
            width = self.used_layer.width
            return self.grid.left + width, self.grid.right - width
        return self.window or resolution.window(self.wave)

    @cached_property
    def used_grid(self) -> Grid:
        """The grid of the run: given, or as fine as the quality asks."""
        return self.grid or resolution.make_grid(self.used_window, self.used_layer, self._k_max)

    @cached_property
    def _k_max(self) -> float:
        return resolution.needed_k_max(self.wave, self.goal)

    @cached_property
    def slow(self) -> SlowWaves | None:
        """The packet's slow waves, if they matter for what becomes of it."""
        late = self.wave.inbound(self.used_t_end)
        return SlowWaves(wave=self.wave) if late > SLOW * self.goal.tolerance else None

    @cached_property
    def _following(self) -> tuple[float, float]:
        """Time (fs) at which slow waves are given up, and the layers' width (nm) they ask for."""
        if self.slow is None or self.t_end is not None:
            return math.inf, 0.0
        left, right = self.window or resolution.window(self.wave)
        return self.slow.plan(self.goal, right - left, self._k_max, self.used_t_end)

    @cached_property
    def used_t_end(self) -> float:
        """End (fs) of the main part: given, or when the packet has arrived, passed and left.

        A run whose end is given ends there; any other goes on until it is settled.
        """
        if self.t_end is not None:
            return self.t_end
        a, b = self.barrier.support
        crossing = (b - a) / self.units.velocity(self.wave.k0)
        start = abs(self.wave.near_edge - self.center) / self.units.velocity(self.wave.k0)
        return max(self.wave.arrival(INBOUND), 1.6 * start) + 2 * crossing

    @cached_property
    def stride(self) -> int:
        """Steps between two frames of the main part."""
        wanted = self.dt or resolution.time_step(self.wave, self.used_grid, self.goal)
        frames = FRAMES if self.dt is None else min(FRAMES, math.ceil(self.used_t_end / wanted))
        return max(1, math.ceil(self.used_t_end / (frames * wanted) - 1e-9))

    @cached_property
    def frames(self) -> int:
        """Frames of the main part, the first not counted."""
        if self.dt is None:
            return FRAMES
        return max(1, round(self.used_t_end / (self.stride * self.dt)))

    @cached_property
    def used_dt(self) -> float:
        """How long a step is, fs: given, or such that a frame ends where the main part ends."""
        return self.dt or self.used_t_end / (self.stride * self.frames)

    @property
    def main_steps(self) -> int:
        """Time steps of the main part."""
        return self.stride * self.frames

    @property
    def cost(self) -> float:
        """Point-steps of the main part."""
        return float(self.used_grid.n) * self.main_steps

    @property
    def expected_seconds(self) -> float:
        """How long the main part takes on one core, roughly; the rest is small or cut short."""
        return PACE * self.cost

    @cached_property
    def last_step(self) -> int:
        """The step at which a run ends that is not settled before."""
        if self.t_end is not None:
            return self.main_steps
        longest = min(LONGEST * self.used_t_end, self._following[0])
        worth = min(max(self.goal.patience, 2 * self.cost), self.budget) / self.used_grid.n
        return max(self.main_steps, int(min(longest / self.used_dt, worth)))

    def arrived(self, times: Array) -> NDArray[np.bool_]:
        """Whether hardly anything is on its way to the barrier at growing times (F,) fs."""
        left = INBOUND * (1 + 1e-9)
        first = bisect_left(times, True, key=lambda t: self.wave.inbound(t) < left)
        return np.arange(times.size) >= first

    def settles(self, unsettled: Array, share: float | None = None) -> NDArray[np.bool_]:
        """Whether so little (F,) can change: a third of what is promised; never between walls."""
        return (unsettled <= (share or self.goal.error / 3)) & self.used_layer.absorbs

    @cached_property
    def exact(self) -> ExactFate:
        """What scattering theory says becomes of the packet."""
        return packet_average(self.barrier, self.packet, self.units)

    @property
    def operator(self) -> SplitOperator:
        """The propagator of one step, made anew: an input holds no arrays."""
        return SplitOperator(
            self.barrier, self.used_grid, self.used_dt, self.units, self.used_layer
        )

    @property
    def promised(self) -> float | None:
        """The error of the transmitted part that the quality promises; None if it chose not all.

        A given window is one of its choice if it holds the one that it would have chosen.
        """
        given = (self.grid, self.dt, self.layer, self.t_end)
        chosen, (left, right) = resolution.window(self.wave), self.used_window
        whole = left <= chosen[0] and chosen[1] <= right
        derived = whole and all(value is None for value in given) and not self.touches
        return self.goal.error if derived else None

    absorber = renamed("absorber", "used_layer")
    inner = renamed("inner", "used_window")
    box = renamed("box", "used_grid")
    step = renamed("step", "used_dt")
    main_time = renamed("main_time", "used_t_end")

    def run(self, progress: Callable[[float], None] | None = None) -> "Trajectory":
        """The whole run, computed now; `progress` is told the part of it that is done.

        See `simulate` for a run that can be watched.
        """
        from solver.simulation import run  # the one late call: an input stands below its result

        return run(self, progress)
