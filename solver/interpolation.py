"""Wave functions between the points of a grid, and integrals of densities from anywhere."""

import math
from dataclasses import dataclass

import numpy as np
import scipy.fft
from numpy.typing import NDArray
from rocket_fft import c2c

from solver.grid import Array, Grid
from solver.jit import njit
from solver.kernels import AXES

Complex = NDArray[np.complex128]

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
    half = grid.n // 2
    modes = np.concatenate([np.arange(half), np.arange(half - grid.n, 0)])
    turn = 2 * np.pi * h / grid.length
    size = quick_length(grid.n + count - 1)
    apart = np.concatenate([np.arange(count + half), np.arange(half - size + count, 0)])
    chirp = scipy.fft.fft(np.exp(-0.5j * turn * apart**2)) / (size * grid.n)
    there = np.exp(0.5j * turn * modes**2 + 1j * grid.k * (left - grid.left))
    back = np.exp(0.5j * turn * np.arange(count) ** 2)
    if envelope is not None:
        back *= envelope
    found = np.empty((len(psi), count), dtype=complex)
    work = np.empty(grid.n, dtype=complex), np.empty(size, dtype=complex)
    chirp_frames(psi, there, chirp, back, AXES, work, found)
    return found


@njit(nogil=True, cache=True)
def chirp_frames(psi, there, chirp, back, axes, work, found):
    """The chirp z-transform of the transform of each psi (F, n) into found (F, count)."""
    phi, long = work
    n, half, size = phi.size, phi.size // 2, long.size
    for f in range(psi.shape[0]):
        phi[:] = psi[f]
        c2c(phi, phi, axes, True, 1.0, 1)
        long[half : size - n + half] = 0
        for j in range(half):
            long[j] = phi[j] * there[j]
        for j in range(half, n):
            long[size - n + j] = phi[j] * there[j]
        c2c(long, long, axes, True, 1.0, 1)
        for j in range(size):
            long[j] *= chirp[j]
        c2c(long, long, axes, False, 1.0, 1)
        for j in range(found.shape[1]):
            found[f, j] = long[j] * back[j]


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
    """psi (F, n) through its Fourier series at so many points of a window, or a few more.

    The spacing is a whole part of the grid's length, one for which the padded (or folded) transform
    that makes all points is quick: they begin at the window's left and end less than one of them
    before its right. The largest part of psi on the grid is `steps` scales; between grid points
    there may be more.
    """
    left, right = window
    count = quick_length(math.ceil((points - 1) * grid.length / (right - left)))
    shown = math.floor((right - left) / grid.length * count) + 1
    turn = np.exp(1j * grid.k * (left - grid.left)) / grid.n
    parts = np.ascontiguousarray(psi).view(float)
    scale = float(max(parts.max(), -parts.min())) / steps or 1.0
    re, im = np.empty((2, len(psi), shown), np.int16)
    work = np.empty(grid.n, complex), np.empty(count, complex)
    draw_frames(psi, turn / scale, AXES, work, re, im)
    return Drawn(left + grid.length / count * np.arange(shown), re, im, scale)


def quick_length(least: int) -> int:
    """The least 4 2^a 3^b 5^c that is no smaller: transforms of such lengths are quick."""
    return 4 * scipy.fft.next_fast_len(math.ceil(least / 4), real=True)


@njit(nogil=True, cache=True)
def draw_frames(psi, turn, axes, work, re, im):
    """The first samples of each psi (F, n), moved and scaled by turn (n,), rounded: (F, points)."""
    phi, fine = work
    n, half, count = phi.size, (phi.size + 1) // 2, fine.size
    for f in range(psi.shape[0]):
        phi[:] = psi[f]
        c2c(phi, phi, axes, True, 1.0, 1)
        fine[:] = 0
        fold(phi[:half], turn[:half], 0, fine)
        fold(phi[half:], turn[half:], (half - n) % count, fine)
        c2c(fine, fine, axes, False, 1.0, 1)
        for j in range(re.shape[1]):
            re[f, j], im[f, j] = np.rint(fine[j].real), np.rint(fine[j].imag)


@njit(nogil=True, cache=True)
def fold(phi, turn, place, fine):
    """Add phi * turn to `fine`, from a place on, round and round."""
    done = 0
    while done < phi.size:
        room = min(fine.size - place, phi.size - done)
        for j in range(room):
            fine[place + j] += phi[done + j] * turn[done + j]
        done, place = done + room, 0


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
    return parts
