"""A wave sampled for its Wigner function, as finely as that needs it."""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.errors import InvalidInput, require_positive
from solver.grid import Array, Grid, frozen
from solver.interpolation import interpolate, quick_length
from solver.kernels import AXES
from solver.phase_space.kernels import Single, momentum_frames
from solver.transform.lanes import SINGLES
from solver.transform.plan import lines_of, turned
from solver.transform.sides import passes_of, side_plan

Complex = NDArray[np.complex128]

MARGIN = 6.0
"""Length (nm) beyond the window over which the wave is faded out, if the grid has it."""

KEPT = 8
"""Places that are kept: the next run often has the window of the last."""

SOFT = 0.02
"""The least such length, as a part of the window: without a margin the window's ends are faded."""


@dataclass(frozen=True, eq=False)
class Places:
    """Where a wave is sampled for its Wigner function: at `count` places, the first at `left` (nm).

    `first` is the number of the first point of the first cell, each of which has so many `points`;
    a column has so many `bins`, the correlation a weight for each lag. `x` (cells,) in nm are the
    middles of the cells, `k` (nk,) in 1/nm the rows. The wave is multiplied by `fading` (count,).
    """

    left: float
    count: int
    first: int
    points: int
    bins: int
    weights: Array
    fading: Array
    x: Array
    k: Array

    @property
    def h(self) -> float:
        """Spacing of the samples, nm."""
        return float(self.x[1] - self.x[0]) / (2 * self.points)

    @property
    def cells(self) -> int:
        """Cells that hold all samples, and SINGLES on either side."""
        return -(-self.count // (2 * self.points)) + 2 * SINGLES + 1

    @cached_property
    def layout(self) -> tuple[Any, ...]:
        """How columns are made of the samples: see the kernels."""
        stride, half = 2 * self.points, self.bins // 2
        s = np.arange(stride * self.cells)
        place = np.arange(self.weights.size) % self.bins
        mirrored = 2 * place > self.bins
        weights = self.weights * (self.h / (math.pi * self.points))
        parts = np.stack([weights, np.where(mirrored, -weights, weights)], axis=1)
        parts[2 * place == self.bins] *= 2, 0
        radices, turns = passes_of(half)
        halves = turned(np.arange(half // 2 + 1), self.bins)
        return (
            frozen(s % stride * self.cells + s // stride),
            self.first,
            self.points,
            frozen(np.where(mirrored, self.bins - place, place)),
            frozen(parts.astype(np.float32).ravel()),
            self.bins,
            frozen(halves.astype(np.complex64).view(np.float32)),
            radices,
            frozen(turns.astype(np.float32)),
            AXES,
        )


@dataclass(frozen=True, eq=False)
class Sampled:
    """A wave psi (F, count) at such places: what the kernels take, and what needs no W."""

    psi: Complex
    places: Places

    @property
    def density_x(self) -> Array:
        """|psi|^2 at the points of each cell, averaged, (F, cells) in 1/nm."""
        first, points, cells = self.places.first, self.places.points, self.places.x.size
        at = np.abs(self.psi[:, first : first + 2 * points * cells - 1 : 2]) ** 2
        return np.asarray(at.reshape(-1, cells, points).mean(axis=2))

    @property
    def room(self) -> tuple[Single, ...]:
        """What kernels overwrite."""
        places = self.places
        re, im = np.zeros((2, 2 * places.points * places.cells), np.float32)
        x, y = (lines_of(SINGLES * (places.bins + 2), np.float32) for _ in range(2))
        return re, im, x, y, np.empty(3 * SINGLES + 1, np.float32)

    @property
    def density_k(self) -> Array:
        """|phi|^2 averaged over the cells, (F, nk) in nm."""
        frames, count = self.psi.shape
        places, half = self.places, quick_length(count)
        sizes = 2 * half, half, places.bins
        plans = tuple(side_plan(size) for size in sizes)
        density = np.empty((frames, places.k.size))
        weights = places.weights[: half // 2 + 1] * (places.h**2 / (2 * math.pi * half) + 0j)
        weights[0] /= 2
        momentum_frames(self.psi, weights, plans, sizes, AXES, density)
        return density


def sample(
    psi: Complex, grid: Grid, window: tuple[float, float], k_limit: float, rows: int, cells: int
) -> Sampled:
    """psi as finely as W up to k_limit needs it, faded out beyond the window."""
    require_positive("k_limit", k_limit, "1/nm")
    if not grid.left <= window[0] < window[1] <= grid.right:
        raise InvalidInput("window", "lie inside the grid", window, "nm")
    places = places_for(grid.left, grid.right, window, k_limit, rows, cells)
    h = (window[1] - window[0]) / cells / (2 * places.points)
    return Sampled(interpolate(psi, grid, places.left, h, places.count, places.fading), places)


@lru_cache(maxsize=KEPT)
def places_for(
    begin: float, end: float, window: tuple[float, float], k_limit: float, rows: int, cells: int
) -> Places:
    """Places between the ends of a grid (nm) that hold W up to k_limit (1/nm) in a window.

    The wave is turned by the least k of the picture, so that the weights are real.
    """
    width = (window[1] - window[0]) / cells
    points = math.ceil(width * k_limit / math.pi)
    h = width / (2 * points)
    ends = max(begin, window[0] - MARGIN), min(end, window[1] + MARGIN)
    first = math.floor((window[0] - ends[0]) / h)
    count = first + 2 * points * cells + math.floor((ends[1] - window[1]) / h)
    most = math.floor(rows * points * math.pi / (2 * width * k_limit))
    bins = max(2 * (rows // 2), longest_quick(2 * most))
    turn = np.exp(0.5j * math.pi * (1 - 1 / bins) * np.arange(count))
    left = window[0] - first * h
    faded = taper(left + h * np.arange(count), window, ends)
    weights = np.sinc(np.arange(count // 2 + 1) / bins)
    k = math.pi / (h * bins) * (np.arange(rows) - (rows - 1) / 2)
    x = window[0] + width * (np.arange(cells) + 0.5)
    arrays = map(frozen, (weights, faded * turn, x, k))
    return Places(left, count, first + 1, points, bins, *arrays)


def longest_quick(most: int) -> int:
    """The largest even 2^a 3^b up to `most`, or 2: the lengths of the quickest transforms."""
    powers = [3**b for b in range(most.bit_length())]
    return max((p << a for p in powers for a in range(1, 32) if p << a <= most), default=2)


def taper(x: Array, window: tuple[float, float], ends: tuple[float, float]) -> Array:
    """1 in the window, falling to 0 at the ends as sin^2 over what is outside, SOFT at least."""
    soft = SOFT * (window[1] - window[0])
    left = (x - ends[0]) / max(soft, window[0] - ends[0])
    right = (ends[1] - x) / max(soft, ends[1] - window[1])
    return np.asarray(np.sin(np.pi / 2 * np.clip(np.minimum(left, right), 0, 1)) ** 2)
