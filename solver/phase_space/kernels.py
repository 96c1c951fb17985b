"""The jitted loops of the Wigner function: samples in, values or levels out, nothing checked."""

import numpy as np
from rocket_fft import c2c, c2r, r2c

from solver.jit import njit

STEPS, ZERO = 127, 128
"""A level is ZERO + W / scale, rounded, at most STEPS from ZERO."""

UNSEEN = 0.1
"""By so much of a level a value may be off for the sake of one scale."""

HALF_UP = np.float32(ZERO + 0.5)

DARK = 1e-11
"""|psi|^2 below this part of the frame's peak is nothing."""


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
    left = right = 0
    for m in range(lags):
        while low < high and first + stride * (low + 1) - 2 < begin + m:
            low += 1
        while low < high and first + stride * (high - 1) > end - m:
            high -= 1
        if m == 0:
            left, right = low, high
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
    line[:, :left] = 0
    line[:, right:] = 0
    if left < right:
        c2r(spectrum[:, left:right], line[:, left:right], axes, False, 1.0, 1)


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
