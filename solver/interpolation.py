"""Wave functions between the points of a grid, and integrals of densities from anywhere."""

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


def interpolate(psi: Complex, grid: Grid, left: float, h: float, count: int) -> Complex:
    """psi (F, n) at the points left + h j, (F, count), through its Fourier series.

    A chirp z-transform: any spacing h (nm) at the cost of three transforms.
    """
    from scipy.signal import CZT  # slow to load, and only pictures need it

    half = grid.n // 2
    phi = scipy.fft.fftshift(scipy.fft.fft(psi), axes=1) / grid.n
    modes = np.arange(-half, half)
    phi *= np.exp(2j * np.pi / grid.length * (left - grid.left) * modes)
    turn = 2 * np.pi * h / grid.length
    chirp = CZT(grid.n, count, w=np.exp(1j * turn))
    return np.asarray(chirp(phi) * np.exp(-1j * turn * half * np.arange(count)))


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
    """psi (F, n) through its Fourier series at so many points from the window's left to its right.

    The spacing is a whole part of the grid's length, so one padded (or folded) transform makes all:
    the last point is off the window's right by at most 1.5 of them. The largest part of psi on the
    grid is `steps` scales; between grid points there may be more.
    """
    left, right = window
    wanted = round((points - 1) * grid.length / (right - left))
    count = min(range(max(wanted - 1, points), wanted + 2), key=largest_factor)
    turn = np.exp(1j * grid.k * (left - grid.left)) / grid.n
    scale = float(max(np.abs(psi.real).max(), np.abs(psi.imag).max())) / steps or 1.0
    re, im = np.empty((2, len(psi), points), np.int16)
    work = np.empty(grid.n, complex), np.empty(count, complex)
    draw_frames(psi, turn / scale, AXES, work, re, im)
    return Drawn(left + grid.length / count * np.arange(points), re, im, scale)


def largest_factor(n: int) -> int:
    """The largest prime factor: transforms are quick where it is small."""
    factor = 2
    while factor * factor <= n:
        n, factor = (n // factor, factor) if n % factor == 0 else (n, factor + 1)
    return n


@njit(nogil=True, cache=True)
def draw_frames(psi, turn, axes, work, re, im):
    """The first samples of each psi (F, n), moved and scaled by turn (n,), rounded: (F, points)."""
    phi, fine = work
    n, half, count = phi.size, (phi.size + 1) // 2, fine.size
    for f in range(psi.shape[0]):
        phi[:] = psi[f]
        c2c(phi, phi, axes, True, 1.0, 1)
        fine[:] = 0
        for j in range(n):
            fine[(j if j < half else j - n) % count] += phi[j] * turn[j]
        c2c(fine, fine, axes, False, 1.0, 1)
        for j in range(re.shape[1]):
            re[f, j], im[f, j] = np.rint(fine[j].real), np.rint(fine[j].imag)


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
