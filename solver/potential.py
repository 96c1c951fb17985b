"""What every barrier is: the profile that is drawn, and the potential that the wave feels.

A barrier has an ideal `profile` V(x) and a *band-limited* potential on a grid, made of its exact
Fourier coefficients up to the grid's Nyquist wavenumber. Point sampling would move every edge to a
grid point; the band-limited potential changes smoothly with the width. A negative height is a well.
Energies in eV, lengths in nm.
"""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from solver.errors import require_finite, require_positive
from solver.grid import Array, Grid

SUPPORT_LEVEL = 1e-3
"""A smooth barrier's inside is where |V| exceeds this part of its peak."""

SMOOTH_CELLS = 160

Pieces = tuple[tuple[float, float, float, float], ...]
"""Straight pieces (x0, x1, V(x0), V(x1)) in nm and eV, left to right."""


@dataclass(frozen=True, kw_only=True)
class Barrier(ABC):
    """What every barrier is: a potential V(x) around `center` (nm) that vanishes far to the left.

    `profile` is the ideal V(x); `potential` is what a wave on a grid feels. Both have the same
    area, wherever the edges lie between the grid points. Frozen; equal barriers hash equally.

    >>> from solver import Barrier, Grid, RectangularBarrier
    >>> wall, grid = RectangularBarrier(height=6.0, width=0.4), Grid(left=-5.0, right=5.0, n=64)
    >>> isinstance(wall, Barrier), wall.top, wall.support
    (True, 6.0, (-0.2, 0.2))
    >>> round(float(wall.potential(grid).sum() * grid.dx), 9)  # height x width
    2.4
    """

    center: float = 0.0

    def __post_init__(self) -> None:
        require_finite(f"{self.name}.center", self.center, "nm")

    @property
    def name(self) -> str:
        """The name of the class, as messages and files call it."""
        return type(self).__name__

    @classmethod
    def sizes(cls) -> tuple[str, ...]:
        """The names of its numbers, its center apart, such as "height" and "width"."""
        return tuple(field.name for field in fields(cls) if field.name != "center")

    @abstractmethod
    def profile(self, x: Array) -> Array:
        """Ideal V(x), eV; x in nm, any shape."""

    @abstractmethod
    def coefficients(self, q: Array, grid: Grid) -> NDArray[np.complex128]:
        """V^(q) = integral of V(x) exp(-i q x) over the periodic box, eV nm; q (m,) in 1/nm."""

    @property
    @abstractmethod
    def support(self) -> tuple[float, float]:
        """[a, b] in nm: left of it, inside, right of it."""

    @property
    @abstractmethod
    def cells(self) -> Array:
        """Edges (m+1,) of cells in nm; V is smooth within each and constant beyond the last."""

    @property
    @abstractmethod
    def extremes(self) -> tuple[float, float]:
        """Lowest and highest value of V anywhere, zero included, eV."""

    @property
    def jumps(self) -> tuple[tuple[float, float], ...]:
        """Places (nm) and sizes (eV) of the discontinuities of V, left to right."""
        return ()

    @property
    def right_level(self) -> float:
        """V far to the right, eV."""
        return 0.0

    @property
    def thickness(self) -> float:
        """Length (nm) that a wave crosses at one go: the thinnest wall."""
        a, b = self.support
        return b - a

    @property
    def clearance(self) -> float:
        """Distance (nm) between its walls; 0 with one, or where they meet."""
        return 0.0

    @property
    def detail(self) -> float:
        """How much finer than a single wall this potential is to be resolved, if it is narrow."""
        return 1.0

    @property
    def steepness(self) -> float:
        """Integral of V'^2 over slopes that ask for shorter steps than any edge, eV^2/nm."""
        return 0.0

    @property
    def top(self) -> float:
        """The highest V, eV: above it a classical particle passes."""
        return self.extremes[1]

    @property
    def band_limited(self) -> bool:
        """Whether `potential` ends at k_max, so that the propagator puts back what is beyond."""
        return True

    def potential(self, grid: Grid) -> Array:
        """Band-limited V(x_j) = (1/L) sum over |q| <= pi/dx of V^(q) exp(i q x_j), (n,) in eV."""
        q = 2 * np.pi / grid.length * np.arange(grid.n // 2 + 1)
        spectrum = self.coefficients(q, grid) * np.exp(1j * q * grid.left)
        return np.fft.irfft(spectrum, grid.n) / grid.dx


@dataclass(frozen=True, kw_only=True)
class PiecewiseBarrier(Barrier):
    """A potential made of straight pieces, with jumps between them where they do not meet."""

    @property
    @abstractmethod
    def pieces(self) -> Pieces:
        """The straight pieces of V, left to right."""

    def pieces_on(self, grid: Grid) -> Pieces:
        """The pieces on a periodic box."""
        return self.pieces

    def profile(self, x: Array) -> Array:
        v = np.zeros_like(x, dtype=float)
        for x0, x1, v0, v1 in self.pieces:
            inside = (x >= x0) & (x < x1)
            v[inside] = v0 + (v1 - v0) * ((x[inside] - x0) / (x1 - x0))
        return v

    def coefficients(self, q: Array, grid: Grid) -> NDArray[np.complex128]:
        total = np.zeros(q.shape, dtype=complex)
        iq = 1j * np.where(q == 0, 1.0, q)
        for x0, x1, v0, v1 in self.pieces_on(grid):
            e0, e1 = np.exp(-1j * q * x0), np.exp(-1j * q * x1)
            slope = (v1 - v0) / (x1 - x0)
            piece = (v0 * e0 - v1 * e1 + slope * (e0 - e1) / iq) / iq
            total += np.where(q == 0, (v0 + v1) * (x1 - x0) / 2, piece)
        return total

    @property
    def support(self) -> tuple[float, float]:
        return (self.pieces[0][0], self.pieces[-1][1]) if self.pieces else (self.center,) * 2

    @property
    def cells(self) -> Array:
        return np.unique([edge for piece in self.pieces for edge in piece[:2]] or [self.center])

    @property
    def extremes(self) -> tuple[float, float]:
        values = [0.0, *(v for piece in self.pieces for v in piece[2:])]
        return min(values), max(values)

    @property
    def jumps(self) -> tuple[tuple[float, float], ...]:
        sizes: dict[float, float] = {}
        for x0, x1, v0, v1 in self.pieces:
            sizes[x0] = sizes.get(x0, 0.0) + v0
            sizes[x1] = sizes.get(x1, 0.0) - v1
        return tuple((x, size) for x, size in sorted(sizes.items()) if size != 0)


@dataclass(frozen=True, kw_only=True)
class SmoothBarrier(Barrier):
    """A bell of peak `height` and equivalent `width` = (area under V)/height."""

    height: float
    width: float

    def __post_init__(self) -> None:
        super().__post_init__()
        require_finite(f"{self.name}.height", self.height, "eV")
        require_positive(f"{self.name}.width", self.width, "nm")

    @property
    @abstractmethod
    def decay(self) -> float:
        """Length (nm) that sets the bell's bandwidth: V^(q) is negligible beyond about 6/decay."""

    @abstractmethod
    def reach(self, level: float) -> float:
        """Distance (nm) from the center at which V has fallen to `level` times the peak."""

    @property
    def support(self) -> tuple[float, float]:
        reach = self.reach(SUPPORT_LEVEL)
        return self.center - reach, self.center + reach

    @property
    def cells(self) -> Array:
        dense = np.sinh(2.5 * np.linspace(-1, 1, SMOOTH_CELLS + 1)) / math.sinh(2.5)
        return self.center + self.reach(1e-14) * dense

    @property
    def extremes(self) -> tuple[float, float]:
        return min(0.0, self.height), max(0.0, self.height)
