"""A wave sampled for its Wigner function, as finely as that needs it."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.errors import InvalidInput, require_positive
from solver.grid import Array, Grid
from solver.interpolation import interpolate, quick_length
from solver.kernels import AXES
from solver.phase_space.kernels import Single, momentum_frames
from solver.transform.lanes import SINGLES
from solver.transform.plan import lines_of, turned
from solver.transform.sides import passes_of, side_plan

Complex = NDArray[np.complex128]

MARGIN = 6.0
"""Length (nm) beyond the window over which the wave is faded out, if the grid has it."""

SOFT = 0.02
"""The least such length, as a part of the window: without a margin the window's ends are faded."""


@dataclass(frozen=True, eq=False)
class Sampled:
    """A wave sampled for its Wigner function: what the kernels take, and what needs no W."""

    psi: Complex
    first: int
    points: int
    bins: int
    weights: Array
    x: Array
    k: Array
    density_x: Array

    @property
    def h(self) -> float:
        """Spacing of the samples, nm."""
        return float(self.x[1] - self.x[0]) / (2 * self.points)

    @property
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
            s % stride * self.cells + s // stride,
            self.first,
            self.points,
            np.where(mirrored, self.bins - place, place),
            parts.astype(np.float32).ravel(),
            self.bins,
            halves.astype(np.complex64).view(np.float32),
            radices,
            turns.astype(np.float32),
            AXES,
        )

    @property
    def cells(self) -> int:
        """Cells that hold all samples, and SINGLES on either side."""
        return -(-self.psi.shape[1] // (2 * self.points)) + 2 * SINGLES + 1

    @property
    def room(self) -> tuple[Single, ...]:
        """What kernels overwrite."""
        re, im = np.zeros((2, 2 * self.points * self.cells), np.float32)
        x, y = (lines_of(SINGLES * (self.bins + 2), np.float32) for _ in range(2))
        return re, im, x, y, np.empty(3 * SINGLES + 1, np.float32)

    @property
    def density_k(self) -> Array:
        """|phi|^2 averaged over the cells, (F, nk) in nm."""
        frames, count = self.psi.shape
        half = quick_length(count)
        sizes = 2 * half, half, self.bins
        plans = tuple(side_plan(size) for size in sizes)
        density = np.empty((frames, self.k.size))
        weights = self.weights[: half // 2 + 1] * (self.h**2 / (2 * math.pi * half) + 0j)
        weights[0] /= 2
        momentum_frames(self.psi, weights, plans, sizes, AXES, density)
        return density


def sample(
    psi: Complex, grid: Grid, window: tuple[float, float], k_limit: float, rows: int, cells: int
) -> Sampled:
    """psi as finely as W up to k_limit needs it, faded out beyond the window.

    Turned by the least k of the picture, so that the weights of the correlation are real.
    """
    require_positive("k_limit", k_limit, "1/nm")
    if not grid.left <= window[0] < window[1] <= grid.right:
        raise InvalidInput("window", "lie inside the grid", window, "nm")
    width = (window[1] - window[0]) / cells
    points = math.ceil(width * k_limit / math.pi)
    h = width / (2 * points)
    begin, end = max(grid.left, window[0] - MARGIN), min(grid.right, window[1] + MARGIN)
    first = math.floor((window[0] - begin) / h)
    count = first + 2 * points * cells + math.floor((end - window[1]) / h)
    most = math.floor(rows * points * math.pi / (2 * width * k_limit))
    bins = max(2 * (rows // 2), longest_quick(2 * most))
    turn = np.exp(0.5j * math.pi * (1 - 1 / bins) * np.arange(count))
    left = window[0] - first * h
    faded = taper(left + h * np.arange(count), window, (begin, end))
    fine = interpolate(psi, grid, left, h, count, faded * turn)
    at = np.abs(fine[:, first + 1 : first + 2 * points * cells : 2]) ** 2
    density_x = at.reshape(-1, cells, points).mean(axis=2)
    weights = np.sinc(np.arange(count // 2 + 1) / bins)
    k = math.pi / (h * bins) * (np.arange(rows) - (rows - 1) / 2)
    x = window[0] + width * (np.arange(cells) + 0.5)
    return Sampled(fine, first + 1, points, bins, weights, x, k, density_x)


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
