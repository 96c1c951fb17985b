"""The jitted loops of the Wigner function: samples in, values or levels out, nothing checked.

They take `layout`, how columns are made of a wave's samples:
- `places` (...,) of the samples, all first points of the cells before all second ones; the first
  sample is that at SINGLES cells, so that none is missed by cells that reach beyond;
- `first`, the sample at the first point of the first cell, and so many `points` of each, 2h apart;
- `rows` and `weights`: lag m of the correlation goes to rows[m], its parts times weights[2m] and
  weights[2m + 1];
- `bins`, the values of a column, and `halves`, `radices`, `turns`, `axes` of its transform;

and `room`, what they overwrite: a wave `re` and `im`, columns `x` and `y`, and a `tally` of them.
"""

import numpy as np
from numpy.typing import NDArray
from rocket_fft import c2r

from solver.jit import njit
from solver.phase_space.columns import correlate, grade, halve, measure
from solver.transform.lanes import EIGHT, SINGLES
from solver.transform.sides import (
    add_product,
    fold_squares,
    gather,
    transformed,
    transformed_any,
)

Single = NDArray[np.float32]

BINS = 5
"""The place of `bins` in a layout."""

STEPS, ZERO = 127, 128
"""A level is ZERO + W / scale, rounded, at most STEPS from ZERO."""

UNSEEN = 0.1
"""By so much of a level a value may be off for the sake of one scale."""

HALF_UP = np.float32(ZERO + 0.5)

WORD = 8
DARK_WORD = np.uint64(ZERO * 0x0101010101010101)
"""Bytes that are looked at together, and what they are where all are ZERO."""

DARK = 1e-11
"""|psi|^2 below this part of the frame's peak is nothing."""


@njit(nogil=True, cache=True)
def wigner_frames(psi, layout, room, values):
    """W of psi (F, N), (F, nk, nx), nx a multiple of SINGLES: the middle rows of all columns."""
    bins, nk = layout[BINS], values.shape[1]
    skip = (bins - nk) // 2
    for f in range(psi.shape[0]):
        lit = spread(psi[f], layout, room)
        for cell in range(0, values.shape[2], SINGLES):
            line = columns(cell, lit, layout, room)
            if line.size == 0:
                values[f, :, cell : cell + SINGLES] = 0
                continue
            for j in range(nk):
                for i in range(SINGLES):
                    values[f, j, cell + i] = line[(skip + j) * SINGLES + i]


@njit(nogil=True, cache=True)
def level_frames(psi, layout, room, nk, bricks, spans, scales, sums, excess):
    """As wigner_frames, in bricks of levels ZERO + W / scales (F,), rounded: see `Bricks`.

    Returns where the bricks of each frame end, (F,); there must be room for all levels. A scale is
    that of the frame before, or larger where a value needs it. sums (F, cells) is W summed over k,
    of no more cells than the spans (F, S, 2) have, excess (F,) the sum of |W| - W.
    """
    peak, begin = np.float32(0), 0
    ends = np.empty(psi.shape[0], np.int64)
    for f in range(psi.shape[0]):
        lit = spread(psi[f], layout, room)
        before = np.float32(-1)
        while peak > before:
            before = peak
            about = lit, layout, room, before, nk
            peak, ends[f] = levels_of(*about, bricks, begin, spans[f], sums[f])
        begin = ends[f]
        excess[f] = room[-1][3 * SINGLES]
        scales[f] = peak / STEPS if peak > 0 else 1.0
    return ends


@njit(nogil=True, cache=True)
def levels_of(lit, layout, room, peak, nk, bricks, begin, spans, sums):
    """One frame in bricks from `begin` on, if no value is larger than `peak`.

    Returns what is the largest, that or a value, and where the bricks end.
    """
    skip, tally = (layout[BINS] - nk) // 2, room[-1]
    steps = np.float32(STEPS / peak if peak > 0 else 0)
    excess = np.float32(0)
    for s in range(spans.shape[0]):
        cell = s * SINGLES
        line = columns(cell, lit, layout, room)
        if line.size == 0:
            sums[cell : cell + SINGLES] = 0
            spans[s] = 0
            continue
        measure(line, skip, nk, tally)
        grade(line, skip, nk, steps, HALF_UP, bricks, begin, SINGLES)
        begin = trim(bricks, begin, nk, spans[s])
        for i in range(min(SINGLES, sums.size - cell)):
            sums[cell + i] = tally[i]
            excess += tally[SINGLES + i] - tally[i]
            peak = max(peak, tally[2 * SINGLES + i])
    tally[3 * SINGLES] = excess
    return peak, begin


@njit(nogil=True, cache=True)
def trim(bricks, begin, nk, span):
    """Leave of nk rows from `begin` on those from the first to the last with more than ZERO.

    `span` is told which, and where the next brick begins is returned.
    """
    words = bricks[begin : begin + nk * SINGLES].view(np.uint64)
    first, last = 0, words.size
    while last > 0 and words[last - 1] == DARK_WORD:
        last -= 1
    while first < last and words[first] == DARK_WORD:
        first += 1
    first, last = first * WORD // SINGLES, -(-last * WORD // SINGLES)
    span[0], span[1] = first, last
    kept = (last - first) * SINGLES // WORD
    if first > 0:
        for i in range(kept):
            words[i] = words[first * SINGLES // WORD + i]
    return begin + kept * WORD


@njit(nogil=True, cache=True)
def cut(levels, bricks, spans):
    """Levels (F, nk, nx) in bricks, (F, S, 2); returns where they end."""
    nk, nx, begin = levels.shape[1], levels.shape[2], 0
    for f in range(levels.shape[0]):
        for s in range(spans.shape[1]):
            wide = min(SINGLES, nx - s * SINGLES)
            for j in range(nk):
                at = begin + j * SINGLES
                bricks[at : at + SINGLES] = ZERO
                bricks[at : at + wide] = levels[f, j, s * SINGLES : s * SINGLES + wide]
            begin = trim(bricks, begin, nk, spans[f, s])
    return begin


@njit(nogil=True, cache=True)
def lay(bricks, spans, levels):
    """The bricks where they belong in levels (F, nk, nx)."""
    begin = 0
    levels[:] = ZERO
    for f in range(levels.shape[0]):
        for s in range(spans.shape[1]):
            wide = min(SINGLES, levels.shape[2] - s * SINGLES)
            for j in range(spans[f, s, 0], spans[f, s, 1]):
                for i in range(wide):
                    levels[f, j, s * SINGLES + i] = bricks[begin + i]
                begin += SINGLES


@njit(nogil=True, cache=True)
def outermost(psi, layout, room, most, rows, cells):
    """The last row counted from k = 0 without which and its like the sum lacks more than `most`.

    At none of these cells, a multiple of SINGLES, of any wave of psi (F, N), most (F,); `rows` are
    looked at.
    """
    rings, middle = 0, layout[BINS] // 2
    tail = room[-1][:SINGLES]
    for f in range(psi.shape[0]):
        lit = spread(psi[f], layout, room)
        for cell in range(0, cells, SINGLES):
            line = columns(cell, lit, layout, room)
            tail[:] = 0
            ring = rows // 2 - 1 if line.size else 0
            while ring > rings:
                for i in range(SINGLES):
                    above, below = (middle + ring) * SINGLES + i, (middle - 1 - ring) * SINGLES + i
                    tail[i] += line[above] + line[below]
                if np.abs(tail).max() > most[f]:
                    rings = ring
                ring -= 1
    return rings


@njit(nogil=True, cache=True)
def columns(cell, lit, layout, room):
    """W of `spread`'s wave at SINGLES cells from this on, row behind row; empty where it is dark.

    Averaged over the points of each cell. The correlation is Hermitian in y, so half of it makes
    real transforms.
    """
    places, first, points, rows, weights, bins, halves, radices, turns, axes = layout
    re, im, x, y, _ = room
    (begin, end), half = lit, bins // 2
    center = first + 2 * points * (SINGLES + cell)
    last = center + 2 * points * SINGLES - 2
    lags = min((end - begin) // 2, last - begin, end - center) + 1
    if lags <= 0:
        return x[:0]
    x[: 2 * SINGLES * (half + 1)] = 0
    correlate(x, re, im, places, rows, weights, center, points, lags)
    if radices.size == 0:
        return columns_of_any_length(x, y, bins, axes)
    halve(x, halves, half)
    return transformed(x, y, half, radices, turns)[0]


@njit(nogil=True, cache=True)
def columns_of_any_length(x, y, bins, axes):
    """The transform of x into y by a library."""
    half = bins // 2
    spectrum = np.empty((half + 1, SINGLES), np.complex64)
    for m in range(half + 1):
        for i in range(SINGLES):
            at = 2 * SINGLES * m + i
            spectrum[m, i] = complex(x[at], -x[at + SINGLES])
    line = y[: bins * SINGLES].reshape((bins, SINGLES))
    c2r(spectrum, line, axes, False, 1.0, 1)
    return y


@njit(nogil=True, cache=True)
def spread(psi, layout, room):
    """psi (N,) to its places; the first and the last of them that are not dark."""
    peak = 0.0
    for s in range(psi.size):
        peak = max(peak, psi[s].real ** 2 + psi[s].imag ** 2)
    places, points, re, im = layout[0], layout[2], room[0], room[1]
    before = 2 * points * SINGLES
    begin, end = before + psi.size, -1
    for s in range(psi.size):
        a, b, place = psi[s].real, psi[s].imag, places[before + s]
        if a**2 + b**2 > DARK * peak:
            begin, end = min(begin, before + s), before + s
        re[place], im[place] = a, b
    return begin, end


@njit(nogil=True, cache=True)
def quantize(values, steps, levels):
    """levels = ZERO + steps * values, rounded."""
    for j in range(values.shape[0]):
        for i in range(values.shape[1]):
            levels[j, i] = np.uint8(np.int32(values[j, i] * steps + HALF_UP))


@njit(nogil=True, cache=True)
def to_one_scale(bricks, ends, shares):
    """Bring frames, whose bricks end there (F,), to one scale; each has its share (F,) of it."""
    begin = 0
    for f in range(ends.size):
        if STEPS * (1 - shares[f]) >= UNSEEN:
            share = np.float32(shares[f])
            for i in range(begin, ends[f]):
                size = np.float32(np.int32(bricks[i]) - ZERO) * share
                bricks[i] = np.uint8(np.int32(size + HALF_UP))
        begin = ends[f]


@njit(nogil=True, cache=True)
def momentum_frames(psi, weights, plans, sizes, axes, densities):
    """|phi|^2 of psi (F, N) averaged over the cells into densities (F, nk).

    Through the correlation of all of psi at even lags, weighted, from its transform of more than
    2 N points. `plans` of these, of half as many, and of the lines of a picture; their `sizes`.
    """
    (radices, turns, x, y, _), half_plan, line_plan = plans
    count, nk, last = psi.shape[1], densities.shape[1], psi.shape[0] - 1
    for first in range(0, psi.shape[0], EIGHT):
        gather(psi, x, count, first, last)
        x[2 * EIGHT * count :] = 0
        phi = transformed(x, y, sizes[0], radices, turns)[0]
        fold_squares(phi, half_plan[2], sizes[1])
        lags = transformed_any(half_plan, sizes[1], axes)
        line = line_plan[2]
        line[:] = 0
        for begin in range(0, weights.size, sizes[2]):
            add_product(lags, begin, weights, line, 0, min(sizes[2], weights.size - begin))
        line = transformed_any(line_plan, sizes[2], axes)
        for i in range(min(EIGHT, psi.shape[0] - first)):
            for j in range(nk):
                row = (sizes[2] - (sizes[2] - nk) // 2 - j) % sizes[2]
                densities[first + i, j] = 2 * line[2 * EIGHT * row + i]
