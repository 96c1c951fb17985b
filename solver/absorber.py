"""What stands at both ends of the box: absorbing layers, or walls."""

from dataclasses import dataclass

import numpy as np

from solver.errors import InvalidInput, Rule, require_positive
from solver.grid import Array, Grid


@dataclass(frozen=True, kw_only=True)
class AbsorbingLayer:
    """A complex absorbing potential -i W(x), W = strength (depth/width)^3, at each end of the box.

    `width` in nm, `strength` in eV. W is an energy, so what is absorbed does not depend on dt.
    A packet that crosses the layer, turns at the end of the box and comes back has lost all but
    exp(-strength width / (hbar v)) of its probability; slow packets are reflected at the onset.
    The area under W at one end is strength width / 4.

    >>> from solver import AbsorbingLayer, Grid
    >>> grid = Grid(left=-20.0, right=20.0, n=512)
    >>> W = AbsorbingLayer(width=8.0, strength=6.0).rate(grid)
    >>> float(W[0]), float(W[256]), round(float(W.sum() * grid.dx), 1)
    (6.0, 0.0, 24.0)
    """

    width: float = 8.0
    strength: float = 6.0

    def __post_init__(self) -> None:
        require_positive("AbsorbingLayer.width", self.width, "nm")
        require_positive("AbsorbingLayer.strength", self.strength, "eV")

    def require_room(self, grid: Grid) -> None:
        """Raise InvalidInput unless both layers leave room between them."""
        if 2 * self.width >= grid.length:
            rule = Rule("be less than half of the box, {half:g} nm", half=grid.length / 2)
            raise InvalidInput(f"{type(self).__name__}.width", rule, self.width, "nm")

    def rate(self, grid: Grid) -> Array:
        """W(x_j), (n,) in eV."""
        self.require_room(grid)
        depth = np.maximum(grid.left + self.width - grid.x, grid.x - (grid.right - self.width))
        return self.strength * (np.maximum(depth, 0.0) / self.width) ** 3

    @property
    def absorbs(self) -> bool:
        """Whether what reaches the ends of the box is taken away."""
        return True

    def wall(self, grid: Grid) -> Array:
        """Real potential at the ends of the box, (n,) in eV."""
        return np.zeros(grid.n)

    def cells(self, grid: Grid) -> tuple[int, int]:
        """Indices: the left layer is x[:first], the right layer x[last:]."""
        inside = np.flatnonzero(self.rate(grid) == 0)
        return int(inside[0]), int(inside[-1]) + 1


@dataclass(frozen=True, kw_only=True)
class Walls(AbsorbingLayer):
    """Walls V = strength (depth/width)^2 at each end of the box: everything comes back.

    `width` in nm, `strength` in eV. Nothing is absorbed, so a run needs a `t_end`, and its fate is
    never separated.

    >>> from solver import Experiment, GaussianPacket, RectangularBarrier, Walls
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> closed = Experiment(barrier=wall, packet=packet, layer=Walls(), t_end=10.0, quality="draft")
    >>> round(float(closed.run().norm[-1]), 9)
    1.0
    """

    width: float = 2.0
    strength: float = 80.0

    @property
    def absorbs(self) -> bool:
        return False

    def rate(self, grid: Grid) -> Array:
        return np.zeros(grid.n)

    def wall(self, grid: Grid) -> Array:
        self.require_room(grid)
        depth = np.maximum(grid.left + self.width - grid.x, grid.x - (grid.right - self.width))
        return np.asarray(self.strength * (np.maximum(depth, 0.0) / self.width) ** 2)
