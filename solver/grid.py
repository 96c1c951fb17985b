"""The periodic grid in space and its wavenumbers."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.errors import InvalidInput, require_finite

Array = NDArray[np.floating[Any]]


def frozen(values: Array) -> Array:
    """The same array, read-only."""
    values.flags.writeable = False
    return values


@dataclass(frozen=True, kw_only=True)
class Grid:
    """n points x_j = left + j dx on [left, right), periodic; k in FFT order, 1/length."""

    left: float
    right: float
    n: int

    def __post_init__(self) -> None:
        require_finite("Grid.left", self.left, "nm")
        require_finite("Grid.right", self.right, "nm")
        if self.right <= self.left:
            raise InvalidInput(
                "Grid.right", f"be greater than left = {self.left:g} nm", self.right, "nm"
            )
        if not isinstance(self.n, int) or self.n < 16 or self.n % 2:
            raise InvalidInput("Grid.n", "be an even number of at least 16", self.n)

    @property
    def length(self) -> float:
        return self.right - self.left

    @property
    def dx(self) -> float:
        return self.length / self.n

    @property
    def k_max(self) -> float:
        """The Nyquist wavenumber pi/dx."""
        return float(np.pi / self.dx)

    @cached_property
    def x(self) -> Array:
        return frozen(self.left + self.dx * np.arange(self.n))

    @cached_property
    def k(self) -> Array:
        return frozen(2 * np.pi * np.fft.fftfreq(self.n, self.dx))
