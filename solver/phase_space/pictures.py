"""The Wigner function with all wavenumbers that matter, and what range that is."""

import math
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from solver.grid import Grid
from solver.phase_space.kernels import outermost
from solver.phase_space.samples import Complex, sample
from solver.phase_space.space import CELLS, Levels, PhaseSpace, levels, whole_lanes, wigner
from solver.resolution import Wave
from solver.transform.plan import radices_of

MOST_CELLS = 176
"""Cells in x: CELLS, or as many more as spare a second point in each."""

BEYOND = 1.1
"""Samples hold W up to so much more than it needs, at least: what is folded back is faint."""

TALLEST = 512
"""Most cells in k."""

SAMPLED = 4
"""Frames between the first and the last in which the range of k is looked for first."""

LACKING, MOST_LACKING = 5e-4, 1e-3
"""Part of a frame's peak by which the sum over the picture misses |psi|^2: aimed at, allowed."""

WIDER = 1.25

MOST_SPARE = 1.25
"""Of all that its samples hold a picture shows so many times what it must, and else only that."""

Pictured = TypeVar("Pictured", PhaseSpace, Levels)


def picture(psi: Complex, grid: Grid, window: tuple[float, float], least: float) -> PhaseSpace:
    """The Wigner function of psi (F, n) with all k that matter: |psi|^2 is lacking nowhere.

    Up to `least` (1/nm) or more: wells, standing waves and steep edges have larger k than the waves
    that come in. There are so many more rows then, up to TALLEST. What is beyond the samples' range
    is folded back into the picture: 1/1000 of the largest W, at no point more.

    >>> from solver import Experiment, GaussianBarrier, GaussianPacket
    >>> from solver.phase_space import picture
    >>> well = GaussianBarrier(height=-10.0, width=3.0)
    >>> packet = GaussianPacket(energy=1.0, sigma=1.4)
    >>> run = Experiment(barrier=well, packet=packet, quality="draft").run()
    >>> W = picture(run.psi[::6], run.grid, run.experiment.used_window, 7.0)
    >>> bool(W.lacking.max() < 1e-3), bool(W.k[-1] > 15.0)
    (True, True)
    """
    return whole(wigner, psi, grid, window, least)


def picture_levels(psi: Complex, grid: Grid, window: tuple[float, float], least: float) -> Levels:
    """As `picture`, in the levels of a screen, made in the same pass."""
    return whole(levels, psi, grid, window, least)


def whole(
    make: Callable[..., Pictured],
    psi: Complex,
    grid: Grid,
    window: tuple[float, float],
    least: float,
) -> Pictured:
    """What `make` makes of psi, with a range of k that lacks nothing."""
    between = np.linspace(0, len(psi) - 1, SAMPLED + 2)[1:-1]
    some = psi[np.unique(np.rint(between).astype(int))]
    limit = picture_range(some, grid, window, least)
    while True:
        cells, reach = cells_for(window, limit)
        shown = reach if reach <= MOST_SPARE * limit else limit
        space = make(psi, grid, window, shown, cells, rows_for(shown, least))
        if shown >= grid.k_max or space.lacking.max() <= MOST_LACKING:
            return space
        limit *= WIDER


def picture_least(wave: Wave, kicks: float = 0.0) -> float:
    """The least range of k of a run's picture, 1/nm: all that comes in, goes on or comes back.

    `kicks` is the standard deviation (1/nm) of what an environment adds.
    """
    drop = max(-wave.rise, 0.0) / wave.units.kinetic
    fast = wave.k0 + 5 * math.hypot(wave.packet.sigma_k, kicks)
    return math.sqrt(fast**2 + drop)


def rows_for(limit: float, least: float) -> int:
    """Rows of a picture to +-limit, as high as those of CELLS to +-least or a little less."""
    half = math.ceil(limit / least * CELLS / 2)
    while not radices_of(half):
        half += 1
    return min(2 * half, TALLEST)


def cells_for(window: tuple[float, float], limit: float) -> tuple[int, float]:
    """Cells of a window, with as few points in each as may be, and what range of k they hold."""
    width = window[1] - window[0]
    samples = BEYOND * width * limit / math.pi
    points = math.ceil(samples / MOST_CELLS)
    cells = max(CELLS, whole_lanes(math.ceil(samples / points)))
    return cells, math.pi * points * cells / width * (1 - 1e-12)


def picture_range(psi: Complex, grid: Grid, window: tuple[float, float], least: float) -> float:
    """Where the sum over k is |psi|^2 at every x of some frames psi (F, n), 1/nm."""
    rows = 2 * CELLS
    sampled = sample(psi, grid, window, max(grid.k_max, least), rows, CELLS)
    k, layout = sampled.places.k, sampled.places.layout
    most = LACKING / (k[1] - k[0]) * sampled.density_x.max(axis=1)
    about = sampled.psi, layout, sampled.room
    rings = outermost(*about, most.astype(np.float32), rows, CELLS)
    return max(least, float(k[CELLS + rings]))
