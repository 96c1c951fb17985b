"""The Wigner function of many frames at once.

W(x, k) = hbar W(x, p) = (1/pi) integral psi*(x+y) psi(x-y) exp(2iky) dy: dimensionless, between
-1/pi and 1/pi, negative where the state has no classical likeness. Its marginals are |psi(x)|^2 and
|phi(k)|^2. A wave of |k| < K needs samples of y closer than pi/(2K), and of x closer than pi/K.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from rocket_fft import c2c, c2r, r2c

from solver.errors import InvalidInput, require_positive
from solver.grid import Array, Grid
from solver.interpolation import interpolate, quick_length
from solver.jit import njit
from solver.kernels import AXES
from solver.resolution import Wave

Complex = NDArray[np.complex128]
Single = NDArray[np.float32]

CELLS, MOST_CELLS = 128, 160
"""Cells in x: so many, or as many more as spare a second point in each."""

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

STEPS, ZERO = 127, 128
"""A level is ZERO + W / scale, rounded, at most STEPS from ZERO."""

UNSEEN = 0.1
"""By so much of a level a value may be off for the sake of one scale."""

HALF_UP = np.float32(ZERO + 0.5)

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

    `levels` (F, nk, nx) uint8 at `k` (nk,) in 1/nm and `x` (nx,) in nm; the largest |W| is 127 of
    them. `density_k` (F, nk), `lacking` and `negativity` (F,) are those of `PhaseSpace`, unrounded.
    """

    x: Array
    k: Array
    levels: NDArray[np.uint8]
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
        return cls(space.x, space.k, levels, scale, density, lacking, negativity)


Pictured = TypeVar("Pictured", PhaseSpace, Levels)


def part_lacking(sums: Array, density: Array) -> Array:
    """Largest difference of two densities (F, nx) over the peak of the second, (F,)."""
    off = np.abs(sums - density).max(axis=1)
    return np.asarray(off / np.maximum(density.max(axis=1), 1e-300))


@njit(nogil=True, cache=True)
def wigner_frames(psi, sampling, work, values):
    """W of psi (F, N) into values (F, nk, nx): what `picture_of` makes, frame by frame."""
    skip, nk = (work[-1].shape[0] - values.shape[1]) // 2, values.shape[1]
    for f in range(psi.shape[0]):
        picture_of(psi[f], sampling, work)
        values[f] = work[-1][skip : skip + nk]


@njit(nogil=True, cache=True)
def level_frames(psi, sampling, work, tally, levels, scales, sums, excess):
    """As wigner_frames, in steps: levels (F, nk, nx) = ZERO + W / scales (F,), rounded.

    A scale is that of the frame before, or larger where a value needs it. sums (F, nx) is W summed
    over k, excess (F,) the sum of |W| - W; tally (3, nx) is overwritten.
    """
    skip, nk = (work[-1].shape[0] - levels.shape[1]) // 2, levels.shape[1]
    peak = np.float32(0)
    for f in range(psi.shape[0]):
        picture_of(psi[f], sampling, work)
        shown = work[-1][skip : skip + nk]
        measure(shown, tally)
        sums[f] = tally[0]
        excess[f] = 0.0
        for i in range(tally.shape[1]):
            excess[f] += tally[1, i] - tally[0, i]
            peak = max(peak, tally[2, i])
        scales[f] = peak / STEPS if peak > 0 else 1.0
        quantize(shown, np.float32(1 / scales[f]), levels[f])


@njit(nogil=True, cache=True)
def outermost(psi, sampling, work, most, rows, tail):
    """The last row counted from k = 0 without which and its like the sum lacks more than `most`.

    At no x of any wave of psi (F, N), most (F,); `rows` are looked at; tail (nx,) is overwritten.
    """
    rings = 0
    middle = work[-1].shape[0] // 2
    for f in range(psi.shape[0]):
        picture_of(psi[f], sampling, work)
        tail[:] = 0
        for ring in range(rows // 2 - 1, rings, -1):
            above, below = work[-1][middle + ring], work[-1][middle - 1 - ring]
            for i in range(tail.size):
                tail[i] += above[i] + below[i]
            if np.abs(tail).max() > most[f]:
                rings = ring
                break
    return rings


@njit(nogil=True, cache=True)
def picture_of(psi, sampling, work):
    """W of one wave psi (N,) in the middle rows of the last array of `work`, (bins, nx).

    Averaged over the points of each cell, samples 2h apart. The correlation is Hermitian in y, so
    half of it makes real transforms, one for each x, all at once.
    """
    first, points, places, weights, axes = sampling
    wave, sums, spectrum, line = work
    bins = line.shape[0]
    begin, end = spread(psi, places[2 * points :], wave)
    lags = max(0, (end - begin) // 2 + 1)
    stride, low, high, place = 2 * points, 0, line.shape[1], 0
    for m in range(lags):
        while low < high and first + stride * (low + 1) - 2 < begin + m:
            low += 1
        while low < high and first + stride * (high - 1) > end - m:
            high -= 1
        row = spectrum[bins - place if 2 * place > bins else place]
        if 2 * m <= bins:
            for i in range(row.size):
                row[i] = 0
        if low < high:
            weight = weights[m] + weights[m] if 2 * place == bins else weights[m]
            sign = np.float32(-1.0 if 2 * place > bins else 1.0)
            center = first + stride * (low + 1)
            correlate(wave, places, center, m, points, sums, weight, sign, row[low:high])
        place = place + 1 if place + 1 < bins else 0
    spectrum[lags:] = 0
    c2r(spectrum, line, axes, False, 1.0, 1)


@njit(nogil=True, cache=True)
def spread(psi, places, wave):
    """psi (N,) to its places in wave (2, >= N); the first and the last that are not dark."""
    peak = 0.0
    for s in range(psi.size):
        peak = max(peak, psi[s].real ** 2 + psi[s].imag ** 2)
    begin, end = psi.size, -1
    for s in range(psi.size):
        a, b = psi[s].real, psi[s].imag
        if a**2 + b**2 > DARK * peak:
            begin, end = min(begin, s), s
        wave[0, places[s]], wave[1, places[s]] = a, b
    return begin, end


@njit(nogil=True, cache=True)
def correlate(wave, places, center, m, points, sums, weight, sign, row):
    """Add the mean over each cell's points of psi*(x+mh) psi(x-mh), weighted, to `row` (cells,).

    `center` is the first point of the first cell; `places` (begins a cell before the wave) tells
    where samples stand: those of all cells together. With sign -1 its conjugate is added: the row
    is that of its mirror image. sums (2, >= cells) is overwritten.
    """
    if points > 1:
        for i in range(row.size):
            sums[0, i] = sums[1, i] = 0
    for _ in range(points - 1):
        multiply(wave, places[center + m], places[center - m], sums, row.size)
        center += 2
    fold(wave, places[center + m], places[center - m], sums, weight, sign, row)


@njit(nogil=True, cache=True, fastmath={"contract"})
def multiply(wave, there, back, sums, count):
    """sums += psi*[there:] psi[back:], `count` of them; sums[0] the real part, sums[1] the other.

    With signed places numba looks for negative ones, which halves the speed.
    """
    for i in range(np.uint64(count)):
        a, b = wave[0, there + i], wave[1, there + i]
        c, d = wave[0, back + i], wave[1, back + i]
        sums[0, i] += a * c + b * d
        sums[1, i] += a * d - b * c


@njit(nogil=True, cache=True, fastmath={"contract"})
def fold(wave, there, back, sums, weight, sign, row):
    """row += weight * (sums + psi*[there:] psi[back:]), or its conjugate with sign -1."""
    other = sign * weight
    for i in range(np.uint64(row.size)):
        a, b = wave[0, there + i], wave[1, there + i]
        c, d = wave[0, back + i], wave[1, back + i]
        x, y = sums[0, i] + (a * c + b * d), sums[1, i] + (a * d - b * c)
        row[i] += complex(weight * x, other * y)


@njit(nogil=True, cache=True, fastmath=True)
def measure(values, tally):
    """Of each column of values (nk, nx): sum, sum of sizes, largest size, tally (3, nx)."""
    tally[:] = 0
    for j in range(values.shape[0]):
        row = values[j]
        for i in range(row.size):
            size = abs(row[i])
            tally[0, i] += row[i]
            tally[1, i] += size
            tally[2, i] = size if size > tally[2, i] else tally[2, i]


@njit(nogil=True, cache=True)
def quantize(values, steps, levels):
    """levels = ZERO + steps * values, rounded."""
    for j in range(values.shape[0]):
        for i in range(values.shape[1]):
            levels[j, i] = np.uint8(np.int32(values[j, i] * steps + HALF_UP))


@njit(nogil=True, cache=True)
def momentum_frames(psi, weights, axes, work, densities):
    """|phi|^2 of psi (F, N) averaged over the cells into densities (F, nk).

    Through the correlation of all of psi at even lags, from its transform of more than 2 N points.
    """
    padded, power, lags, line = work
    half, bins, nk = power.size, line.size, densities.shape[1]
    for f in range(psi.shape[0]):
        padded[: psi.shape[1]] = psi[f]
        padded[psi.shape[1] :] = 0
        c2c(padded, padded, axes, True, 1.0, 1)
        for j in range(half):
            a, b = padded[j], padded[half + j]
            power[j] = a.real**2 + a.imag**2 + b.real**2 + b.imag**2
        r2c(power, lags, axes, True, 1.0, 1)
        line[:] = 0
        line[0] = lags[0] * weights[0] / 2
        for m in range(1, min(weights.size, lags.size)):
            line[m % bins] += lags[m] * weights[m]
        c2c(line, line, axes, False, 1.0, 1)
        for j in range(nk):
            densities[f, j] = 2 * line[(bins - nk) // 2 + j].real


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
    values = np.empty((len(psi), rows or cells, cells), np.float32)
    wigner_frames(sampled.psi, sampled.how, sampled.scratch, values)
    return PhaseSpace(sampled.x, sampled.k, values, sampled.density_x, sampled.density_k)


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
    found = np.empty((len(psi), rows or cells, cells), np.uint8)
    scales, excess = np.empty((2, len(psi)))
    sums = np.empty((len(psi), cells), np.float32)
    tally = np.empty((3, cells), np.float32)
    level_frames(sampled.psi, sampled.how, sampled.scratch, tally, found, scales, sums, excess)
    scale = float(scales[-1])
    to_one_scale(found, scales / scale)
    x, k = sampled.x, sampled.k
    dk = k[1] - k[0]
    lacking = part_lacking(sums * dk, sampled.density_x)
    negativity = excess * dk * (x[1] - x[0]) / 2
    return Levels(x, k, found, scale, sampled.density_k, lacking, negativity)


@njit(nogil=True, cache=True)
def to_one_scale(levels, shares):
    """Bring frames (F, nk, nx) to one scale; each has its share (F,) of it."""
    for f in range(levels.shape[0]):
        if STEPS * (1 - shares[f]) < UNSEEN:
            continue
        share = np.float32(shares[f])
        for j in range(levels.shape[1]):
            row = levels[f, j]
            for i in range(row.size):
                size = np.float32(np.int32(row[i]) - ZERO) * share
                row[i] = np.uint8(np.int32(size + HALF_UP))


@dataclass(frozen=True, eq=False)
class Sampled:
    """A wave sampled for its Wigner function: what the kernels take, and what needs no W."""

    psi: Complex
    first: int
    points: int
    bins: int
    weights: Array
    x: Array
    k: Array
    density_x: Array

    @property
    def h(self) -> float:
        """Spacing of the samples, nm."""
        return float(self.x[1] - self.x[0]) / (2 * self.points)

    @property
    def columns(self) -> int:
        """Cells that hold all samples, and one more on either side."""
        return -(-self.psi.shape[1] // (2 * self.points)) + 2

    @property
    def how(self) -> tuple[Any, ...]:
        """What `picture_of` takes; `places` are unsigned for the sake of `multiply`."""
        stride = 2 * self.points
        s = np.arange(stride * self.columns)
        places = (s % stride * self.columns + s // stride).astype(np.uint64)
        weights = self.weights * (self.h / (math.pi * self.points))
        return self.first, self.points, places, weights.astype(np.float32), AXES

    @property
    def scratch(self) -> tuple[Single, Single, Complex, Single]:
        """What `picture_of` overwrites."""
        nx, half = self.x.size, self.bins // 2 + 1
        return (
            np.zeros((2, 2 * self.points * self.columns), np.float32),
            np.zeros((2, nx), np.float32),
            np.empty((half, nx), np.complex64),
            np.empty((self.bins, nx), np.float32),
        )

    @property
    def density_k(self) -> Array:
        """|phi|^2 averaged over the cells, (F, nk) in nm."""
        frames, count = self.psi.shape
        half = quick_length(count)
        sizes = 2 * half, half // 2 + 1, self.bins
        padded, lags, line = (np.empty(size, complex) for size in sizes)
        work = padded, np.empty(half), lags, line
        density = np.empty((frames, self.k.size))
        weights = self.weights * (self.h**2 / (2 * math.pi * half))
        momentum_frames(self.psi, weights, AXES, work, density)
        return density


def sample(
    psi: Complex, grid: Grid, window: tuple[float, float], k_limit: float, rows: int, cells: int
) -> Sampled:
    """psi as finely as W up to k_limit needs it, faded out beyond the window.

    Turned by the least k of the picture, so that the weights of the correlation are real.
    """
    require_positive("k_limit", k_limit, "1/nm")
    if not grid.left <= window[0] < window[1] <= grid.right:
        raise InvalidInput("window", "lie inside the grid", window, "nm")
    width = (window[1] - window[0]) / cells
    points = math.ceil(width * k_limit / math.pi)
    h = width / (2 * points)
    before, after = (min(MARGIN, m) for m in (window[0] - grid.left, grid.right - window[1]))
    first = math.floor(before / h)
    count = first + 2 * points * cells + math.floor(after / h)
    ends = (max(SOFT * width * cells, m) / h for m in (before, after))
    most = math.floor(rows * points * math.pi / (2 * width * k_limit))
    bins = max(2 * (rows // 2), longest_quick(2 * most))
    turn = np.exp(0.5j * math.pi * (1 - 1 / bins) * np.arange(count))
    fine = interpolate(psi, grid, window[0] - first * h, h, count, taper(count, *ends) * turn)
    at = np.abs(fine[:, first + 1 : first + 2 * points * cells : 2]) ** 2
    density_x = at.reshape(-1, cells, points).mean(axis=2)
    weights = np.sinc(np.arange(count // 2 + 1) / bins)
    k = math.pi / (h * bins) * (np.arange(rows) - (rows - 1) / 2)
    x = window[0] + width * (np.arange(cells) + 0.5)
    return Sampled(fine, first + 1, points, bins, weights, x, k, density_x)


def picture(psi: Complex, grid: Grid, window: tuple[float, float], least: float) -> PhaseSpace:
    """The Wigner function of psi (F, n) with all k that matter: |psi|^2 is lacking nowhere.

    Up to `least` (1/nm) or more: wells, standing waves and steep edges have larger k than the waves
    that come in. There are so many more rows then, up to TALLEST. What is beyond the samples' range
    is folded back into the picture: no more of W at any point than half a level of a screen.

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
    some = psi[np.unique(np.linspace(0, len(psi) - 1, SAMPLED).astype(int))]
    limit = picture_range(some, grid, window, least)
    while True:
        cells = cells_for((window[1] - window[0]) * limit / math.pi)
        space = make(psi, grid, window, limit, cells, rows_for(limit, least))
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


def cells_for(samples: float) -> int:
    """Cells of a window that needs so many samples: with as few points in each as may be."""
    points = math.ceil(samples / MOST_CELLS)
    return max(CELLS, math.ceil(samples / points))


def picture_range(psi: Complex, grid: Grid, window: tuple[float, float], least: float) -> float:
    """Where the sum over k is |psi|^2 at every x of some frames psi (F, n), 1/nm."""
    rows = 2 * CELLS
    sampled = sample(psi, grid, window, max(grid.k_max, least), rows, CELLS)
    dk = sampled.k[1] - sampled.k[0]
    most = LACKING / dk * sampled.density_x.max(axis=1)
    tail = np.empty(CELLS, np.float32)
    rings = outermost(
        sampled.psi, sampled.how, sampled.scratch, most.astype(np.float32), rows, tail
    )
    return max(least, float(sampled.k[CELLS + rings]))


def longest_quick(most: int) -> int:
    """The largest even 2^a 3^b up to `most`, or 2: the lengths of the quickest transforms."""
    powers = [3**b for b in range(most.bit_length())]
    return max((p << a for p in powers for a in range(1, 32) if p << a <= most), default=2)


def taper(count: int, before: float, after: float) -> Array:
    """1 in the middle, falling to 0 as sin^2 over `before` and `after` samples at the ends."""
    place = np.arange(count) + 0.5
    near = np.minimum(np.minimum(place / before, (count - place) / after), 1.0)
    return np.asarray(np.sin(np.pi / 2 * near) ** 2)
