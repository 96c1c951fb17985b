"""Wave functions between the points of a grid, and integrals of densities from anywhere."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from solver.grid import Array, Grid, frozen
from solver.jit import njit
from solver.kernels import AXES, largest_part
from solver.transform.lanes import EIGHT
from solver.transform.sides import (
    add_product,
    add_up,
    gather,
    put_product,
    scatter,
    scatter_rounded,
    side_plan,
    spectra,
    transformed,
    transformed_any,
)

Complex = NDArray[np.complex128]

KEPT = 8
"""Chirps and weights that are kept: the next run often has the grid of the last."""

AROUND = np.arange(-2, 4)
"""The grid points around a cell, counted from the one on its left."""

PRIMITIVES = (np.linalg.inv(np.vander(AROUND, increasing=True)).T / (AROUND + 3)).astype(float)
"""Integrals from the cell's left end of the polynomials that are 1 at one point: u, u^2 ... u^6."""


def interpolate(
    psi: Complex,
    grid: Grid,
    left: float,
    h: float,
    count: int,
    envelope: Array | Complex | None = None,
) -> Complex:
    """psi (F, n) at the points left + h j, (F, count), through its Fourier series.

    A chirp z-transform: any spacing h (nm) at the cost of three transforms. `envelope` (count,)
    multiplies what is found.
    """
    there, chirp, back = chirps(grid, left, h, count)
    if envelope is not None:
        back = frozen(back * envelope)
    found = np.empty((len(psi), count), dtype=complex)
    waves = np.ascontiguousarray(psi, dtype=complex)
    plans = side_plan(grid.n), side_plan(chirp.size)
    chirp_frames(waves, there, chirp, back, *plans, AXES, found)
    return found


@lru_cache(maxsize=KEPT)
def chirps(grid: Grid, left: float, h: float, count: int) -> tuple[Complex, Complex, Complex]:
    """What a chirp z-transform multiplies by: before, between, and after its transforms."""
    half = grid.n // 2
    modes = np.concatenate([np.arange(half), np.arange(half - grid.n, 0)])
    turn = 2 * np.pi * h / grid.length
    size = quick_length(grid.n + count - 1)
    apart = np.concatenate([np.arange(count + half), np.arange(half - size + count, 0)])
    chirp = scipy.fft.fft(np.exp(-0.5j * turn * apart**2)) / (size * grid.n)
    there = np.exp(0.5j * turn * modes**2 + 1j * grid.k * (left - grid.left))
    back = np.exp(0.5j * turn * np.arange(count) ** 2)
    return frozen(there), frozen(chirp), frozen(back)


@njit(nogil=True, cache=True)
def chirp_frames(psi, there, chirp, back, plan, longer, axes, found):
    """The chirp z-transform of the transform of each psi (F, n) into found (F, count)."""
    radices, turns, long, other, _ = longer
    n, half, size = psi.shape[1], psi.shape[1] // 2, chirp.size
    for first in range(0, psi.shape[0], EIGHT):
        phi = spectra(psi, first, plan, axes)
        x = long
        x[2 * EIGHT * half : 2 * EIGHT * (size - n + half)] = 0
        put_product(phi, 0, there, x, 0, half)
        put_product(phi, half, there, x, size - n + half, n - half)
        x, y = transformed(x, other, size, radices, turns)
        put_product(x, 0, chirp, x, 0, size)
        x, y = transformed(x, y, size, radices, turns)
        scatter(x, size, back, found, found.shape[1], first, psi.shape[0] - 1)


@dataclass(frozen=True, eq=False)
class Drawn:
    """A wave as a screen shows it: psi = (re + i im) * scale, to half a scale, in nm^(-1/2).

    `re`, `im` (F, points) int16 at x (points,) in nm.
    """

    x: Array
    re: NDArray[np.int16]
    im: NDArray[np.int16]
    scale: float


def drawn(psi: Complex, grid: Grid, window: tuple[float, float], points: int, steps: int) -> Drawn:
    """psi (F, n) as `drawn_and_summed` draws it."""
    return drawn_and_summed(psi, grid, window, points, steps, np.zeros(grid.n))[0]


def drawn_and_summed(
    psi: Complex,
    grid: Grid,
    window: tuple[float, float],
    points: int,
    steps: int,
    weights: Array,
) -> tuple[Drawn, Array]:
    """psi (F, n) through its Fourier series at so many points of a window, or a few more.

    The spacing is a whole part of the grid's length, one for which the padded (or folded) transform
    that makes all points is quick: they begin at the window's left and end less than one of them
    before its right. The largest part of psi on the grid is `steps` scales; between grid points
    there may be more. The same transforms give the `spectral_sums` (F, 2) with weights (n,).
    """
    left, right = window
    count = quick_length(math.ceil((points - 1) * grid.length / (right - left)))
    shown = math.floor((right - left) / grid.length * count) + 1
    turn = np.exp(1j * grid.k * (left - grid.left)) / grid.n
    scale = largest_part(psi.ravel()) / steps or 1.0
    re, im = np.empty((2, len(psi), shown), np.int16)
    sums = np.empty((len(psi), 2))
    waves, plans = np.ascontiguousarray(psi, dtype=complex), (side_plan(grid.n), side_plan(count))
    draw_frames(waves, turn / scale, *plans, count, AXES, re, im, weights, sums)
    return Drawn(left + grid.length / count * np.arange(shown), re, im, scale), sums


def quick_length(least: int) -> int:
    """The least 4 2^a 3^b 5^c that is no smaller: transforms of such lengths are quick."""
    return 4 * scipy.fft.next_fast_len(math.ceil(least / 4), real=True)


@njit(nogil=True, cache=True)
def draw_frames(psi, turn, plan, finer, count, axes, re, im, weights, found):
    """The first samples of each psi (F, n), moved and scaled by turn (n,), rounded: (F, points).

    `found` as in `sum_frames`.
    """
    radices, turns, fine, other, _ = finer
    sums = np.empty(2 * EIGHT)
    n, half = psi.shape[1], (psi.shape[1] + 1) // 2
    for first in range(0, psi.shape[0], EIGHT):
        phi = spectra(psi, first, plan, axes)
        put_sums(phi, weights, sums, first, found)
        fine[:] = 0
        fold(phi, 0, half, turn, 0, fine, count)
        fold(phi, half, n, turn, (half - n) % count, fine, count)
        x = transformed(fine, other, count, radices, turns)[0]
        scatter_rounded(x, count, re, im, re.shape[1], first, psi.shape[0] - 1)


@njit(nogil=True, cache=True)
def fold(phi, begin, end, turn, place, fine, count):
    """Add rows of phi, times turn, to those of `fine`, from a place on, round and round."""
    while begin < end:
        room = min(count - place, end - begin)
        add_product(phi, begin, turn, fine, place, room)
        begin, place = begin + room, 0


def spectral_sums(psi: Complex, weights: Array) -> Array:
    """Sums of |phi|^2 and of weights |phi|^2, (..., 2), phi the transform of psi (..., n)."""
    waves = np.ascontiguousarray(psi, dtype=complex).reshape(-1, weights.size)
    found = np.empty((len(waves), 2))
    sum_frames(waves, weights, side_plan(weights.size), np.empty(2 * EIGHT), AXES, found)
    return found.reshape(*psi.shape[:-1], 2)


@njit(nogil=True, cache=True)
def sum_frames(psi, weights, plan, sums, axes, found):
    """Sums of |phi|^2 and of weights |phi|^2, (F, 2), phi the transform of psi (F, n)."""
    for first in range(0, psi.shape[0], EIGHT):
        put_sums(spectra(psi, first, plan, axes), weights, sums, first, found)


def part_sums(psi: Complex, parts: Array, weights: Array) -> Array:
    """The same sums (F, 2) of parts psi, parts (n,) and psi (F, n)."""
    waves, found = np.ascontiguousarray(psi, dtype=complex), np.empty((len(psi), 2))
    work = side_plan(weights.size), np.empty(2 * EIGHT), AXES
    sum_parts(waves, parts.astype(complex), weights, *work, found)
    return found


@njit(nogil=True, cache=True)
def sum_parts(psi, parts, weights, plan, sums, axes, found):
    """As `sum_frames`, of parts psi, parts (n,) complex."""
    n, x = psi.shape[1], plan[2]
    for first in range(0, psi.shape[0], EIGHT):
        gather(psi, x, n, first, psi.shape[0] - 1)
        put_product(x, 0, parts, x, 0, n)
        put_sums(transformed_any(plan, n, axes), weights, sums, first, found)


@njit(nogil=True, cache=True)
def put_sums(phi, weights, sums, first, found):
    """Sums of |phi|^2 and of weights |phi|^2 of waves side by side to found[first], ... (F, 2)."""
    add_up(phi, weights, weights.size, sums)
    for i in range(min(EIGHT, found.shape[0] - first)):
        found[first + i] = sums[i], sums[EIGHT + i]


@lru_cache(maxsize=KEPT)
def parts_left_of(grid: Grid, place: float) -> Array:
    """Weights (n,), in cells, with which samples of a density add to its integral left of `place`.

    The density between two grid points is the polynomial through six: what is far from the place
    counts whole or not at all, so a faint part behind a barrier takes nothing from what is before.
    """
    cell, u = divmod((place - grid.left) / grid.dx, 1.0)
    whole = PRIMITIVES.sum(axis=1)
    parts = np.where(np.arange(grid.n) < cell, 1.0, 0.0)
    powers = u ** np.arange(1, AROUND.size + 1)
    parts[(int(cell) + AROUND) % grid.n] = 1 - np.cumsum(whole) + PRIMITIVES @ powers
    return frozen(parts)
