"""Sixteen columns of the Wigner function side by side: intrinsics for kernels.

A column, all k at one x, is a real transform of the correlation there. Sixteen of them are the
lanes of `solver.transform`, mix nowhere, and stay in the nearest cache from the wave to the levels
of a screen. B values, B even, are made as B/2 complex ones, those at even rows and at odd ones: row
after row when the last pass has made them. `halve` joins the two; it and the passes take factors
exp(-2 pi i m/B), one after the other. See `kernels.columns`.

After a change here `make clean`: numba keeps a kernel until its own file changes.
"""

from llvmlite import ir

from solver.transform.lanes import (
    BYTE,
    FUSED,
    PLACE,
    SINGLE,
    SINGLES,
    Index,
    Lanes,
    Memory,
    Sum,
    known,
    spread,
)
from solver.transform.passes import coded, intrinsic


def write_correlation(
    do: ir.IRBuilder,
    spectrum: Memory,
    re: Memory,
    im: Memory,
    places: Memory,
    rows: Memory,
    weights: Memory,
    center: Index,
    points: Index,
    lags: Index,
) -> None:
    parts = Sum(do, SINGLE, SINGLES), Sum(do, SINGLE, SINGLES)
    with lags.loop() as m:
        for part in parts:
            part.clear()
        with points.loop() as i:
            at = center + i * 2
            ahead, behind = (
                Lanes(do, re.row(place), im.row(place))
                for place in (places.index(at + m), places.index(at - m))
            )
            product = ahead * behind.conj
            parts[0].add(product.re)
            parts[1].add(product.im)
        weight = weights.all(m * 2), weights.all(m * 2 + 1)
        found = Lanes(do, parts[0].row, parts[1].row).rows(*weight)
        row = rows.index(m)
        spectrum.put_block(row, spectrum.block(row) + found)


def write_halves(do: ir.IRBuilder, x: Memory, turns: Memory, half: Index) -> None:
    with (half // 2 + 1).loop() as m:
        near, far = x.block(m), x.block(half - m).conj
        even, odd = near + far, ((near - far) * turns.same(m)).turned
        x.put_block(m, even + odd)
        x.put_block(half - m, (even - odd).conj)


def write_measures(
    do: ir.IRBuilder, line: Memory, first: Index, count: Index, tally: Memory
) -> None:
    total, sizes, largest = (Sum(do, SINGLE, SINGLES) for _ in range(3))
    with count.loop() as j:
        row = line.row((first + j) * SINGLES)
        size = do.select(do.fcmp_ordered("<", row, do.fneg(row)), do.fneg(row), row)
        total.add(row)
        sizes.add(size)
        largest.put(do.select(do.fcmp_ordered(">", size, largest.row), size, largest.row))
    for i, found in enumerate((total, sizes, largest)):
        tally.put_row(known(do, i * SINGLES), found.row)


def write_levels(
    do: ir.IRBuilder,
    line: Memory,
    first: Index,
    count: Index,
    steps: ir.Value,
    half_up: ir.Value,
    levels: Memory,
    begin: Index,
    stride: Index,
) -> None:
    factor, offset = (spread(do, number, SINGLES) for number in (steps, half_up))
    with count.loop() as j:
        row = do.fmul(line.row((first + j) * SINGLES), factor, flags=FUSED)
        whole = do.fptosi(do.fadd(row, offset, flags=FUSED), ir.VectorType(PLACE, SINGLES))
        levels.put_row(begin + stride * j, do.trunc(whole, ir.VectorType(BYTE, SINGLES)))


@intrinsic
def correlate(typing, spectrum, re, im, places, rows, weights, center, points, lags):
    """Add the sums over a cell's points of psi(x+mh) psi*(x-mh) to rows of `spectrum`.

    Of SINGLES cells, the first point of the first being number `center` of `places`, and so many
    lags m, weighted.
    """
    about = re, im, places, rows, weights, center, points, lags
    return coded(write_correlation, spectrum, *about)


@intrinsic
def halve(typing, x, turns, half):
    """Half a transform of real values, half + 1 blocks, to one of half as many complex ones."""
    return coded(write_halves, x, turns, half)


@intrinsic
def measure(typing, line, first, count, tally):
    """Of `count` rows: sum, sum of sizes, largest size of each column, tally (3 SINGLES,)."""
    return coded(write_measures, line, first, count, tally)


@intrinsic
def grade(typing, line, first, count, steps, half_up, levels, begin, stride):
    """Rows times `steps`, plus half_up, cut to whole numbers, to levels[begin + stride j :]."""
    return coded(write_levels, line, first, count, steps, half_up, levels, begin, stride)
