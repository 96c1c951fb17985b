"""The Wigner function in a window, as values and as the levels of a screen."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.grid import Array, Grid
from solver.phase_space.bricks import Bricks, room_for
from solver.phase_space.kernels import (
    STEPS,
    Single,
    level_frames,
    quantize,
    to_one_scale,
    wigner_frames,
)
from solver.phase_space.samples import Complex, sample
from solver.transform.lanes import SINGLES

CELLS = 128


@dataclass(frozen=True, eq=False)
class PhaseSpace:
    """The Wigner function: `values` (F, nk, nx) at `k` (nk,) in 1/nm and `x` (nx,) in nm.

    W is dimensionless, between -1/pi and 1/pi. x and k are the middles of cells: in k each value is
    the average over its cell, in x the mean of evenly spaced points in it (one, where that resolves
    the wave), so sums over x are exact. `density_x` (F, nx), 1/nm, is the integral of W over all k:
    |psi|² at the same points. `density_k` (F, nk), nm, is |phi|² averaged over the cells: the
    integral of W over all x, what fades out beyond the window included.

    >>> from solver import Experiment, GaussianPacket, RectangularBarrier, wigner
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> run = Experiment(barrier=wall, packet=packet, quality="draft").run()
    >>> W = wigner(run.psi[-1:], run.grid, run.experiment.used_window, k_limit=20.0)
    >>> over_k = W.values.sum(axis=1) * (W.k[1] - W.k[0])
    >>> bool(abs(over_k - W.density_x).max() < 1e-5)
    True
    """

    x: Array
    k: Array
    values: Single
    density_x: Array
    density_k: Array

    def alike(self, psi: Complex, grid: Grid, window: tuple[float, float]) -> "PhaseSpace":
        """The Wigner function of other frames psi (F, n), on the same cells."""
        limit = float(self.k[-1] + (self.k[1] - self.k[0]) / 2)
        return wigner(psi, grid, window, limit * (1 - 1e-12), self.x.size, self.k.size)

    @property
    def lacking(self) -> Array:
        """Largest difference of |psi|^2 and the sum of the values over k, over the peak, (F,)."""
        sums = self.values.sum(axis=1, dtype=float) * (self.k[1] - self.k[0])
        return part_lacking(sums, self.density_x)

    @property
    def negativity(self) -> Array:
        """(integral of |W| - integral of W)/2, (F,): 0 for a Gaussian, averaged as `values` is."""
        area = (self.k[1] - self.k[0]) * (self.x[1] - self.x[0])
        excess = np.abs(self.values) - self.values
        return np.asarray(excess.sum(axis=(1, 2), dtype=float) * area / 2)


@dataclass(frozen=True, eq=False)
class Levels:
    """The Wigner function as a screen shows it: W = (levels - 128) * scale, to a part of a level.

    `bricks` hold `levels` (F, nk, nx) uint8 at `k` (nk,) in 1/nm and `x` (nx,) in nm; the largest
    |W| is 127 of them. `density_k` (F, nk), `lacking` and `negativity` (F,) are those of
    `PhaseSpace`, unrounded.
    """

    x: Array
    k: Array
    bricks: Bricks
    scale: float
    density_k: Array
    lacking: Array
    negativity: Array

    @classmethod
    def of(cls, space: PhaseSpace) -> "Levels":
        """Of values that are there already, such as averages."""
        scale = float(np.abs(space.values).max()) / STEPS or 1.0
        levels = np.empty(space.values.shape, np.uint8)
        for values, own in zip(space.values, levels, strict=True):
            quantize(values, np.float32(1 / scale), own)
        density, lacking, negativity = space.density_k, space.lacking, space.negativity
        bricks = Bricks.of(levels)
        return cls(space.x, space.k, bricks, scale, density, lacking, negativity)

    @property
    def levels(self) -> NDArray[np.uint8]:
        """All levels, (F, nk, nx)."""
        return self.bricks.levels


def part_lacking(sums: Array, density: Array) -> Array:
    """Largest difference of two densities (F, nx) over the peak of the second, (F,)."""
    off = np.abs(sums - density).max(axis=1)
    return np.asarray(off / np.maximum(density.max(axis=1), 1e-300))


def wigner(
    psi: Complex,
    grid: Grid,
    window: tuple[float, float],
    k_limit: float,
    cells: int = CELLS,
    rows: int | None = None,
) -> PhaseSpace:
    """The Wigner function of psi (F, n) in a window of x (nm, nm), up to +-k_limit (1/nm) or more.

    W(x, k) = (1/pi) integral psi*(x+y) psi(x-y) exp(2iky) dy on `cells` cells in x and `rows` (as
    many, if not given) in k. Without negative parts for a Gaussian; with them behind a barrier,
    where reflected and transmitted wave together are one state:

    >>> from solver import Experiment, GaussianPacket, RectangularBarrier, wigner
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> run = Experiment(barrier=wall, packet=packet, quality="draft").run()
    >>> W = wigner(run.psi[[0, -1]], run.grid, run.experiment.used_window, k_limit=20.0)
    >>> W.negativity.round(3).tolist()
    [0.0, 0.106]

    The wave is faded out beyond the window. The samples hold W up to K >= k_limit: W of two waves
    lies halfway between them, so the few fast ones that a hard edge makes meet the slow ones well
    inside, and only pairs beyond K on average are folded back, most of them outside the picture.
    Raises InvalidInput for a window that is not inside the grid or a k_limit that is not positive.
    """
    sampled = sample(psi, grid, window, k_limit, rows or cells, cells)
    values = np.empty((len(psi), rows or cells, whole_lanes(cells)), np.float32)
    places = sampled.places
    wigner_frames(sampled.psi, places.layout, sampled.room, values)
    shown = values[:, :, :cells]
    return PhaseSpace(places.x, places.k, shown, sampled.density_x, sampled.density_k)


def levels(
    psi: Complex,
    grid: Grid,
    window: tuple[float, float],
    k_limit: float,
    cells: int = CELLS,
    rows: int | None = None,
) -> Levels:
    """As `wigner`, in 255 steps: what a screen shows."""
    sampled = sample(psi, grid, window, k_limit, rows or cells, cells)
    shape = len(psi), rows or cells, cells
    values, spans = room_for(shape)
    scales, excess = np.empty((2, len(psi)))
    sums = np.empty((len(psi), cells), np.float32)
    layout, x, k = sampled.places.layout, sampled.places.x, sampled.places.k
    about = sampled.psi, layout, sampled.room, shape[1]
    ends = level_frames(*about, values, spans, scales, sums, excess)
    scale = float(scales[-1])
    to_one_scale(values, ends, scales / scale)
    dk = k[1] - k[0]
    lacking = part_lacking(sums * dk, sampled.density_x)
    negativity = excess * dk * (x[1] - x[0]) / 2
    bricks = Bricks(shape, values[: ends[-1]], spans)
    return Levels(x, k, bricks, scale, sampled.density_k, lacking, negativity)


def whole_lanes(cells: int) -> int:
    """So many cells, or a few more: as many as kernels make at once."""
    return -(-cells // SINGLES) * SINGLES
