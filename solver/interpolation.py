"""Wave functions between the points of a grid, and integrals of densities from anywhere."""

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from solver.grid import Array, Grid

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
