"""The periodic grid in space and its wavenumbers."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.errors import InvalidInput, Rule, require_finite

Array = NDArray[np.floating[Any]]


def frozen(values: NDArray[Any]) -> NDArray[Any]:
    """The same array, read-only."""
    values.flags.writeable = False
    return values


MOST = 100_000_000
"""No grid has more points: 10 GB for one run."""


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Where a wave is known: n points x_j = left + j dx on [left, right), periodic.

    `left` and `right` in nm, n even and at least 16. The grid carries wavenumbers up to
    k_max = pi/dx (H. Nyquist). Raises InvalidInput for another n or for ends out of order.

    >>> from math import pi
    >>> from solver import Grid
    >>> grid = Grid(left=-5.0, right=5.0, n=100)
    >>> grid.dx, grid.x[:3].round(3).tolist(), grid.k_max == pi / grid.dx
    (0.1, [-5.0, -4.9, -4.8], True)
    """

    left: float
    right: float
    n: int

    def __post_init__(self) -> None:
        require_finite("Grid.left", self.left, "nm")
        require_finite("Grid.right", self.right, "nm")
        if self.right <= self.left:
            rule = Rule("be greater than left = {left:g} nm", left=self.left)
            raise InvalidInput("Grid.right", rule, self.right, "nm")
        if not isinstance(self.n, int) or not 16 <= self.n <= MOST or self.n % 2:
            rule = Rule("be an even number from 16 to {most:,}", most=MOST)
            raise InvalidInput("Grid.n", rule, self.n)

    @property
    def length(self) -> float:
        """The box from end to end, nm."""
        return self.right - self.left

    @property
    def dx(self) -> float:
        """Distance of the points, nm."""
        return self.length / self.n

    @property
    def k_max(self) -> float:
        """The Nyquist wavenumber pi/dx, 1/nm."""
        return float(np.pi / self.dx)

    @cached_property
    def x(self) -> Array:
        """The points, (n,) in nm."""
        return frozen(self.left + self.dx * np.arange(self.n))

    @cached_property
    def k(self) -> Array:
        """The wavenumbers in FFT order, (n,) in 1/nm."""
        return frozen(2 * np.pi * np.fft.fftfreq(self.n, self.dx))
