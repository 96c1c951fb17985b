"""A wave function between the points of its grid, without error."""

import numpy as np
import scipy.fft
import scipy.signal
from numpy.typing import NDArray

from solver.grid import Grid

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
