"""An experiment: every physical input of a run, and the numbers that follow from it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from solver import resolution
from solver.absorber import AbsorbingLayer
from solver.barriers import Barrier
from solver.errors import CostExceeded, InvalidInput, require_finite, require_positive
from solver.grid import Grid
from solver.packet import GaussianPacket
from solver.units import ELECTRON, Units

if TYPE_CHECKING:
    from solver.trajectory import Trajectory

BUDGET = 1e10
"""Default cost limit in point-steps (grid points x time steps), about a minute of one core."""

TOUCHING = 4.5
"""A packet's center must be at least this many sigma away from the barrier and the window's ends."""

MAIN_FRAMES = 100
TAIL_FRAMES = 12
LONGEST = 60.0
"""A run is followed for at most this many times the main part."""


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """A packet sent at a barrier.

    `quality` ("draft", "standard", "fine") promises |transmitted - exact| <= 3e-3, 1e-3, 1e-4 and
    derives everything else. Each derived number can be given by hand: `window` (nm, nm), `layer`,
    `grid`, `dt` (fs), `t_end` (fs). A run that would cost more than `budget` point-steps is refused.
    Equal experiments hash equally.
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
        for name in ("dt", "t_end"):
            if getattr(self, name) is not None:
                require_positive(f"Experiment.{name}", getattr(self, name), self.units.time)
        require_positive("Experiment.budget", self.budget, "point-steps")
        self._check_places()
        self._check_cost()
