"""The Wigner function of many snapshots at once.

W(x, k) = hbar W(x, p) = (1/pi) integral psi*(x+y) psi(x-y) exp(2iky) dy: dimensionless, between
-1/pi and 1/pi, negative where the state has no classical likeness. Its marginals are |psi(x)|^2 and
|phi(k)|^2. A wave of |k| < K needs samples of y closer than pi/(2K), and of x closer than pi/K.
"""

import math
from dataclasses import dataclass

import numpy as np
import scipy.fft
from numpy.typing import NDArray
from rocket_fft import c2r

from solver.errors import InvalidInput, require_positive
from solver.grid import Array, Grid
from solver.interpolation import interpolate
from solver.jit import njit
from solver.kernels import AXES
from solver.resolution import Wave

Complex = NDArray[np.complex128]
Single = NDArray[np.float32]

CELLS = 128

TALLEST = 512
"""Most cells in k."""

SAMPLED = 6
"""Frames in which the range of k is looked for first."""

LACKING, MOST_LACKING = 8e-4, 1e-3
"""Part of a frame's peak by which the sum over the picture misses |psi|^2: aimed at, allowed."""

WIDER = 1.25

MARGIN = 6.0
"""Length (nm) beyond the window over which the wave is faded out, if the grid has it."""

SOFT = 0.02
"""The least such length, as a part of the window: without a margin the window's ends are faded."""

DARK = 1e-14
"""|psi|^2 below this part of the frame's peak is nothing."""


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
    >>> W = wigner(run.psi[-1:], run.grid, run.experiment.inner, k_limit=20.0)
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
        off = np.abs(sums - self.density_x).max(axis=1)
        return np.asarray(off / np.maximum(self.density_x.max(axis=1), 1e-300))

    @property
    def negativity(self) -> Array:
        """(integral of |W| - integral of W)/2, (F,): 0 for a Gaussian, averaged as `values` is."""
        area = (self.k[1] - self.k[0]) * (self.x[1] - self.x[0])
        excess = np.abs(self.values) - self.values
        return np.asarray(excess.sum(axis=(1, 2), dtype=float) * area / 2)


@njit(nogil=True, cache=True)
def wigner_frames(waves, ends, first, points, weights, axes, sums, spectrum, line, picture, values):
    """W of waves (F, 4, N) into values (F, nk, nx), averaged over `points` samples 2h apart in x.

    A wave's rows are its real and imaginary part and both reversed; ends (F, 2) bound where it is
    not dark. The correlation is Hermitian in y, so half of it makes one real transform.
    """
    frames, nk, nx = values.shape
    skip = (line.size - nk) // 2
    for f in range(frames):
        for i in range(nx):
            sums[:] = 0
            lags = 0
            for n in range(points):
                center = first + 2 * (i * points + n)
                reach = max(0, min(center - ends[f, 0], ends[f, 1] - center) + 1)
                correlate(waves[f], center, reach, sums)
                lags = max(lags, reach)
            if lags == 0:
                picture[i] = 0
                continue
            fold(sums, lags, weights, line.size, spectrum)
            c2r(spectrum, line, axes, False, 1.0, 1)
            picture[i] = line[skip : skip + nk]
        for j in range(nk):
            for i in range(nx):
                values[f, j, i] = picture[i, j]


@njit(nogil=True, cache=True, fastmath={"contract"})
def correlate(wave, center, reach, sums):
    """Add psi*(x+y) psi(x-y), y = 0, h, ... (`reach` of them), to sums (2, M): real, imaginary."""
    back = wave.shape[1] - 1 - center
    for m in range(reach):
        a, b = wave[0, center + m], wave[1, center + m]
        c, d = wave[2, back + m], wave[3, back + m]
        sums[0, m] += a * c + b * d
        sums[1, m] += a * d - b * c


@njit(nogil=True, cache=True)
def fold(sums, lags, weights, bins, spectrum):
    """The half spectrum of a real transform of `bins` from the first `lags` lags, weighted."""
    spectrum[:] = 0
    spectrum[0] = sums[0, 0]
    place = 0
    for m in range(1, lags):
        place = place + 1 if place + 1 < bins else 0
        value = complex(sums[0, m], sums[1, m]) * weights[m]
        if place == 0 or 2 * place == bins:
            spectrum[place] += 2 * value.real
        elif 2 * place < bins:
            spectrum[place] += value
        else:
            spectrum[bins - place] += value.conjugate()


@njit(nogil=True, cache=True)
def momentum_frames(sums, weights, axes, spectrum, line, densities):
    """|phi|^2 averaged over the cells, densities (F, nk), from autocorrelations sums (F, 2, M)."""
    frames, nk = densities.shape
    skip = (line.size - nk) // 2
    for f in range(frames):
        fold(sums[f], sums.shape[2], weights, line.size, spectrum)
        c2r(spectrum, line, axes, False, 1.0, 1)
        densities[f] = line[skip : skip + nk]


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
    >>> W = wigner(run.psi[[0, -1]], run.grid, run.experiment.inner, k_limit=20.0)
    >>> W.negativity.round(3).tolist()
    [0.0, 0.106]

    The wave is faded out beyond the window. The samples hold W up to K >= k_limit: W of two waves
    lies halfway between them, so the few fast ones that a hard edge makes meet the slow ones well
    inside, and only pairs beyond K on average are folded back, most of them outside the picture.
    Raises InvalidInput for a window that is not inside the grid or a k_limit that is not positive.
    """
    require_positive("k_limit", k_limit, "1/nm")
    rows = rows or cells
    if not grid.left <= window[0] < window[1] <= grid.right:
        raise InvalidInput("window", "lie inside the grid", window, "nm")
    width = (window[1] - window[0]) / cells
    points = math.ceil(width * k_limit / math.pi)
    h = width / (2 * points)
    before, after = (min(MARGIN, m) for m in (window[0] - grid.left, grid.right - window[1]))
    first = math.floor(before / h)
    count = first + 2 * points * cells + math.floor(after / h)
    psi = interpolate(psi, grid, window[0] - first * h, h, count)
    psi *= taper(count, *(max(SOFT * width * cells, m) / h for m in (before, after)))
    most = math.floor(rows * points * math.pi / (2 * width * k_limit))
    bins = max(2 * (rows // 2), quick_length(2 * most))
    m = np.arange(count // 2 + 1)
    weights = np.sinc(m / bins) * np.exp(1j * math.pi * m * (1 / bins - 1))
    shape = rows, cells
    values, density_k = transform(psi, h, first + 1, points, bins, weights, shape)
    k = math.pi / (h * bins) * (np.arange(rows) - (rows - 1) / 2)
    x = window[0] + width * (np.arange(cells) + 0.5)
    at = np.abs(psi[:, first + 1 : first + 2 * points * cells : 2]) ** 2
    return PhaseSpace(x, k, values, at.reshape(-1, cells, points).mean(axis=2), density_k)


def picture(psi: Complex, grid: Grid, window: tuple[float, float], least: float) -> PhaseSpace:
    """The Wigner function of psi (F, n) with all k that matter: |psi|^2 is lacking nowhere.

    Up to `least` (1/nm) or more: wells, standing waves and steep edges have larger k than the waves
    that come in. There are so many more rows then, up to TALLEST.

    >>> from solver import Experiment, GaussianBarrier, GaussianPacket
    >>> from solver.phase_space import picture
    >>> well = GaussianBarrier(height=-10.0, width=3.0)
    >>> packet = GaussianPacket(energy=1.0, sigma=1.4)
    >>> run = Experiment(barrier=well, packet=packet, quality="draft").run()
    >>> W = picture(run.psi[::6], run.grid, run.experiment.inner, 7.0)
    >>> bool(W.lacking.max() < 1e-3), bool(W.k[-1] > 15.0)
    (True, True)
    """
    some = psi[np.unique(np.linspace(0, len(psi) - 1, SAMPLED).astype(int))]
    limit = picture_range(some, grid, window, least)
    while True:
        space = wigner(psi, grid, window, limit, rows=rows_for(limit, least))
        if limit >= grid.k_max or space.lacking.max() <= MOST_LACKING:
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
    """Rows of a picture to +-limit, as high as those of CELLS to +-least: 128, 192, ... 512."""
    return min(math.ceil(2 * limit / least) * CELLS // 2, TALLEST)


def picture_range(psi: Complex, grid: Grid, window: tuple[float, float], least: float) -> float:
    """Where the sum over k is |psi|^2 at every x of some frames psi (F, n), 1/nm."""
    half = CELLS
    space = wigner(psi, grid, window, max(grid.k_max, least), rows=2 * half)
    rings = space.values[:, half:] + space.values[:, half - 1 :: -1]
    sums = np.cumsum(rings, axis=1, dtype=float) * (space.k[1] - space.k[0])
    missing = np.abs(sums - space.density_x[:, None]).max(axis=2)
    lacking = (missing > LACKING * space.density_x.max(axis=1)[:, None]).any(axis=0)
    outermost = int(np.flatnonzero(lacking)[-1]) + 1 if lacking.any() else 0
    return max(least, float(space.k[half + min(outermost, half - 1)]))


def quick_length(most: int) -> int:
    """The largest even 2^a 3^b up to `most`, or 2: the lengths of the quickest transforms."""
    powers = [3**b for b in range(most.bit_length())]
    return max((p << a for p in powers for a in range(1, 32) if p << a <= most), default=2)


def transform(
    psi: Complex,
    h: float,
    first: int,
    points: int,
    bins: int,
    weights: Complex,
    shape: tuple[int, int],
) -> tuple[Single, Array]:
    """W (F, *shape) and |phi|^2 (F, rows) of samples psi (F, N) of spacing h."""
    frames, count = psi.shape
    waves = np.empty((frames, 4, count), dtype=np.float32)
    wave = psi * math.sqrt(h / (math.pi * points))
    waves[:, 0], waves[:, 1] = wave.real, wave.imag
    waves[:, 2:] = waves[:, :2, ::-1]
    bright = np.abs(psi) ** 2 > DARK * np.max(np.abs(psi) ** 2, axis=1, initial=0, keepdims=True)
    ends = np.stack([bright.argmax(axis=1), count - 1 - bright[:, ::-1].argmax(axis=1)], axis=1)
    rows, cells = shape
    sums, picture = np.zeros((2, weights.size), np.float32), np.empty((cells, rows), np.float32)
    spectrum, line = np.empty(bins // 2 + 1, np.complex64), np.empty(bins, np.float32)
    scratch = (sums, spectrum, line, picture)
    values, density = np.empty((frames, rows, cells), np.float32), np.empty((frames, rows))
    wigner_frames(waves, ends, first, points, weights.astype("c8"), AXES, *scratch, values)
    power = np.abs(scipy.fft.fft(psi, scipy.fft.next_fast_len(2 * count))) ** 2
    lags = scipy.fft.ifft(power)[:, 0 : count + 1 : 2][:, : weights.size].conj() * (h * h / math.pi)
    parts = np.stack([lags.real, lags.imag], axis=1)
    momentum_frames(parts, weights, AXES, np.empty(bins // 2 + 1, complex), np.empty(bins), density)
    return values, density


def taper(count: int, before: float, after: float) -> Array:
    """1 in the middle, falling to 0 as sin^2 over `before` and `after` samples at the ends."""
    place = np.arange(count) + 0.5
    near = np.minimum(np.minimum(place / before, (count - place) / after), 1.0)
    return np.asarray(np.sin(np.pi / 2 * near) ** 2)
