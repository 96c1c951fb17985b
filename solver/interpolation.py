"""Wave functions and densities between the points of a grid, through their Fourier series."""

import numpy as np
import scipy.fft
import scipy.signal
from numpy.typing import NDArray

from solver.grid import Array, Grid

Complex = NDArray[np.complex128]


def interpolate(psi: Complex, grid: Grid, left: float, h: float, count: int) -> Complex:
    """psi (F, n) at the points left + h j, (F, count), through its Fourier series.

    A chirp z-transform: any spacing h (nm) at the cost of three transforms.
    """
    half = grid.n // 2
    phi = scipy.fft.fftshift(scipy.fft.fft(psi), axes=1) / grid.n
    modes = np.arange(-half, half)
    phi *= np.exp(2j * np.pi / grid.length * (left - grid.left) * modes)
    turn = 2 * np.pi * h / grid.length
    chirp = scipy.signal.CZT(grid.n, count, w=np.exp(1j * turn))
    return np.asarray(chirp(phi) * np.exp(-1j * turn * half * np.arange(count)))


def integral_weights(grid: Grid, a: float, b: float) -> Array:
    """Weights (n,) in nm with which the samples of a density add to its integral from a to b.

    The density is its Fourier series, so the places of a and b between the grid points are exact.
    """
    q = 2 * np.pi / grid.length * np.arange(1, grid.n // 2 + 1)
    spectrum = (np.exp(-1j * q * (a - grid.left)) - np.exp(-1j * q * (b - grid.left))) / (1j * q)
    return np.asarray(scipy.fft.irfft(np.concatenate([[b - a], spectrum]), grid.n))
