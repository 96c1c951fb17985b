"""The Wigner function of many snapshots at once.

W(x, k) = hbar W(x, p) = (1/pi) integral psi*(x+y) psi(x-y) exp(2iky) dy: dimensionless, between
-1/pi and 1/pi, negative where the state has no classical likeness. Its marginals are |psi(x)|^2 and
|phi(k)|^2. W of a wave that is band-limited to |k| < K needs samples closer than pi/(2K).
"""

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from rocket_fft import c2r
from scipy.fft import prev_fast_len

from solver.grid import Array, Grid
from solver.interpolation import interpolate
from solver.kernels import AXES

Complex = NDArray[np.complex128]
Single = NDArray[np.float32]

CELLS = 128

SOFT = 0.02
"""Part of the window at either end over which the wave is faded out."""


@dataclass(frozen=True, eq=False)
class PhaseSpace:
    """values (F, nk, nx) at k (nk,) in 1/nm and x (nx,) in nm, averages over cells.

    density_x (F, nx) is the integral of W over *all* k: the average of |psi(x)|^2, 1/nm.
    """

    x: Array
    k: Array
    values: Single
    density_x: Array

    @property
    def density_k(self) -> Array:
        """Integral of W over x: |phi(k)|^2 of what is in the window, (F, nk)."""
        return np.asarray(self.values.sum(axis=2, dtype=float) * (self.x[1] - self.x[0]))

    @property
    def negativity(self) -> Array:
        """(integral of |W| - integral of W)/2, (F,): 0 for a Gaussian."""
        area = (self.k[1] - self.k[0]) * (self.x[1] - self.x[0])
        return np.asarray((np.abs(self.values) - self.values).sum(axis=(1, 2), dtype=float) * area / 2)


@njit(nogil=True, cache=True)
def wigner_frames(psi, stride, weights, bins, axes, spectrum, line, values, density):
    """W of psi (F, N), averaged over `stride` samples, into values (F, nk, nx).

    The correlation psi*(x+y) psi(x-y) is Hermitian in y, so half of it is folded into `spectrum`
    and one real transform gives the averages of W over `bins` bins in k; the central nk are kept.
    """
    frames, nk, nx = values.shape
    skip = (bins - nk) // 2
    for f in range(frames):
        for i in range(nx):
            spectrum[:] = 0
            total = 0.0
            for center in range(i * stride, (i + 1) * stride):
                total += psi[f, center].real ** 2 + psi[f, center].imag ** 2
                correlate(psi[f], center, weights, bins, spectrum)
            density[f, i] = total
            spectrum[0] += total
            c2r(spectrum, line, axes, False, 1.0, 1)
            for j in range(nk):
                values[f, j, i] = line[j + skip]


@njit(nogil=True, cache=True)
def correlate(psi, center, weights, bins, spectrum):
    """Fold psi*(x+y) psi(x-y) for y > 0 into the half spectrum of a real transform of `bins`."""
    for m in range(1, min(center, psi.size - 1 - center) + 1):
        value = psi[center + m].conjugate() * psi[center - m] * weights[m]
        place = m % bins
        if place == 0 or 2 * place == bins:
            spectrum[place] += 2 * value.real
        elif 2 * place < bins:
            spectrum[place] += value
        else:
            spectrum[bins - place] += value.conjugate()


def wigner(
    psi: Complex, grid: Grid, window: tuple[float, float], k_limit: float, cells: int = CELLS
) -> PhaseSpace:
    """W of psi (F, n) on `cells` cells of the window (nm) and `cells` of +-k_limit (1/nm).

    Each value is the average over its cell. The wave is faded out at the window's ends; where a
    hard edge makes waves beyond k_limit, they appear folded back at its border.
    """
    length = window[1] - window[0]
    stride = math.ceil(2 * k_limit * length / (math.pi * cells))
    h = length / (cells * stride)
    bins = max(cells, 2 * prev_fast_len(math.floor(cells * math.pi / (4 * h * k_limit))))
    samples = faded(interpolate(psi, grid, window[0] + h / 2, h, cells * stride))
    samples *= math.sqrt(h / (math.pi * stride))
    m = np.arange(cells * stride // 2 + 1)
    weights = np.sinc(m / bins) * np.exp(1j * math.pi * m * (1 / bins - 1))
    values = np.empty((psi.shape[0], cells, cells), dtype=np.float32)
    density = np.empty((psi.shape[0], cells))
    spectrum, line = np.empty(bins // 2 + 1, dtype=complex), np.empty(bins)
    wigner_frames(samples, stride, weights, bins, AXES, spectrum, line, values, density)
    k = math.pi / (h * bins) * (np.arange(cells) - (cells - 1) / 2)
    x = window[0] + length / cells * (np.arange(cells) + 0.5)
    return PhaseSpace(x, k, values, density * (math.pi / h))


def faded(psi: Complex) -> Complex:
    """psi (F, n) brought to zero at both ends."""
    n = psi.shape[1]
    edge = np.minimum(np.arange(n) + 0.5, n - 0.5 - np.arange(n)) / (SOFT * n)
    return np.asarray(psi * np.sin(np.pi / 2 * np.minimum(edge, 1.0)) ** 2)
