"""Transforms side by side: eight waves in double precision, or sixteen in single precision.

Each is a lane, and none is mixed with another. Row j of all of them is block j: their real parts,
then their imaginary ones. The passes are those of `passes`, with the last one as the others, so
that rows come out in order; backwards, row j is row -j of the transform.

After a change here `make clean`: numba keeps a kernel until its own file changes.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from llvmlite import ir
from numpy.typing import NDArray
from rocket_fft import c2c

from solver.grid import frozen
from solver.jit import njit
from solver.transform.lanes import EIGHT, PLACE, REAL, SHORT, Index, Lanes, Memory, Sum, known
from solver.transform.passes import coded, intrinsic, written_pass
from solver.transform.plan import KEPT, Integers, Reals, lines_of, radices_of, turns_of

RADICES = (2, 3, 4, 5, 7, 8, 11)
LOWEST = 1 << 15
"""Minus the least int16."""

SidePlan = tuple[Integers, Reals, Reals, Reals, NDArray[np.complex128]]


def side_plan(n: int) -> SidePlan:
    """What kernels need for waves of n rows: radices and factors, room for them, and for one."""
    size = 2 * EIGHT * (n + 1)
    both = lines_of(2 * size, np.float64)
    return *passes_of(n), both[:size], both[size:], np.empty(n, complex)


@lru_cache(maxsize=KEPT)
def passes_of(n: int) -> tuple[Integers, Reals]:
    """The radices of passes over n rows, and their factors; none if n has other prime factors."""
    radices = [R for R in radices_of(n) if R > 1]
    turns = np.concatenate([*turns_of(radices, n), np.zeros(0)])
    return frozen(np.array(radices, np.int64)), frozen(turns)


def write_gathering(
    do: ir.IRBuilder, psi: Memory, x: Memory, n: Index, first: Index, last: Index
) -> None:
    begins = [(first + i).least(last) * n for i in range(EIGHT)]
    with n.loop() as j:
        re = im = ir.Constant(ir.VectorType(REAL, EIGHT), ir.Undefined)
        for i, begin in enumerate(begins):
            at, place = (begin + j) * 2, ir.Constant(PLACE, i)
            re = do.insert_element(re, psi.one(at), place)
            im = do.insert_element(im, psi.one(at + 1), place)
        x.put_block(j, Lanes(do, re, im))


def backwards(x: Memory, n: Index) -> Callable[[Index], Lanes]:
    """Row -j of n rows, for j = 0 ... n; there is room for one row more."""
    x.put_block(n, x.block(known(x.do, 0)))
    return lambda j: x.block(n - j)


def write_scattering(
    do: ir.IRBuilder,
    x: Memory,
    n: Index,
    factors: Memory,
    found: Memory,
    count: Index,
    first: Index,
    last: Index,
) -> None:
    begins, row = [(first + i).least(last) * count for i in range(EIGHT)], backwards(x, n)
    with count.loop() as j:
        value = row(j) * factors.same(j)
        for i, begin in enumerate(begins):
            at, place = (begin + j) * 2, ir.Constant(PLACE, i)
            found.put_one(at, do.extract_element(value.re, place))
            found.put_one(at + 1, do.extract_element(value.im, place))


def write_rounding(
    do: ir.IRBuilder,
    x: Memory,
    n: Index,
    re: Memory,
    im: Memory,
    count: Index,
    first: Index,
    last: Index,
) -> None:
    begins, row = [(first + i).least(last) * count for i in range(EIGHT)], backwards(x, n)
    half_up = ir.Constant(ir.VectorType(REAL, EIGHT), [LOWEST + 0.5] * EIGHT)
    zero = ir.Constant(ir.VectorType(PLACE, EIGHT), [LOWEST] * EIGHT)
    with count.loop() as j:
        value = row(j)
        for part, steps in ((value.re, re), (value.im, im)):
            whole = do.sub(do.fptosi(do.fadd(part, half_up), zero.type), zero)
            short = do.trunc(whole, ir.VectorType(SHORT, EIGHT))
            for i, begin in enumerate(begins):
                steps.put_one(begin + j, do.extract_element(short, ir.Constant(PLACE, i)))


def written_product(adds: bool) -> Callable[..., None]:
    """Writes the product of rows and factors, to other rows or to what is there."""

    def write(
        do: ir.IRBuilder,
        x: Memory,
        i: Index,
        factors: Memory,
        y: Memory,
        k: Index,
        count: Index,
    ) -> None:
        with count.loop() as r:
            value = x.block(i + r) * factors.same(i + r)
            y.put_block(k + r, y.block(k + r) + value if adds else value)

    return write


def write_squares(do: ir.IRBuilder, x: Memory, weights: Memory, n: Index, sums: Memory) -> None:
    plain, weighted = Sum(do, REAL, EIGHT), Sum(do, REAL, EIGHT)
    with n.loop() as j:
        value = x.block(j)
        squares = value.rows(value.re, value.im)
        size = do.fadd(squares.re, squares.im)
        plain.add(size)
        weighted.add(do.fmul(size, weights.all(j)))
    for i, found in enumerate((plain, weighted)):
        sums.put_row(known(do, i * EIGHT), found.row)


def write_fold(do: ir.IRBuilder, x: Memory, y: Memory, half: Index) -> None:
    nothing = ir.Constant(ir.VectorType(REAL, EIGHT), [0.0] * EIGHT)
    with half.loop() as j:
        sizes = Sum(do, REAL, EIGHT)
        for value in (x.block(j), x.block(half + j)):
            squares = value.rows(value.re, value.im)
            sizes.add(do.fadd(squares.re, squares.im))
        y.put_block(j, Lanes(do, sizes.row, nothing))


@intrinsic
def through(typing, x, y, turns, at, m, s, radix):
    """A pass from x to y, with the factors turns[at:]."""
    return coded(written_pass(True, RADICES), x, y, turns, at, m, s, radix, width=EIGHT)


@intrinsic
def gather(typing, psi, x, n, first, last):
    """Rows of the waves psi[first], ... to x; psi (F, n), that at `last` in place of any beyond."""
    return coded(write_gathering, psi, x, n, first, last, width=EIGHT)


@intrinsic
def scatter(typing, x, n, factors, found, count, first, last):
    """Rows 0, -1, ... of n, times factors, to the waves found[first], ... (F, count)."""
    return coded(write_scattering, x, n, factors, found, count, first, last, width=EIGHT)


@intrinsic
def scatter_rounded(typing, x, n, re, im, count, first, last):
    """The same rows, rounded, to re[first], ... and im[first], ... (F, count), int16."""
    return coded(write_rounding, x, n, re, im, count, first, last, width=EIGHT)


@intrinsic
def put_product(typing, x, i, factors, y, k, count):
    """So many rows of x, from i on, times factors[i:], to those of y from k on."""
    return coded(written_product(False), x, i, factors, y, k, count, width=EIGHT)


@intrinsic
def add_product(typing, x, i, factors, y, k, count):
    """As `put_product`, added to what is there."""
    return coded(written_product(True), x, i, factors, y, k, count, width=EIGHT)


@intrinsic
def add_up(typing, x, weights, n, sums):
    """Sums over n rows of |x|^2 and of weights |x|^2, (2 EIGHT,)."""
    return coded(write_squares, x, weights, n, sums, width=EIGHT)


@intrinsic
def fold_squares(typing, x, y, half):
    """|x|^2 of both halves of 2 half rows, added, to the first half rows of y."""
    return coded(write_fold, x, y, half, width=EIGHT)


@njit(nogil=True, cache=True)
def transformed(x, y, n, radices, turns):
    """The transform of n rows of x, by passes: where it is, x or y, and the other one."""
    at, m, s = 0, n, 1
    for R in radices:
        through(x, y, turns, at, m, s, R)
        x, y, at, m, s = y, x, at + m // R * (R - 1), m // R, s * R
    return x, y


@njit(nogil=True, cache=True)
def transformed_any(plan, n, axes):
    """The transform of n rows that stand in a plan, by passes or by a library: where it is."""
    radices, turns, x, y, work = plan
    if radices.size > 0:
        return transformed(x, y, n, radices, turns)[0]
    for i in range(EIGHT):
        for j in range(n):
            work[j] = complex(x[2 * EIGHT * j + i], x[2 * EIGHT * j + EIGHT + i])
        c2c(work, work, axes, True, 1.0, 1)
        for j in range(n):
            x[2 * EIGHT * j + i] = work[j].real
            x[2 * EIGHT * j + EIGHT + i] = work[j].imag
    return x


@njit(nogil=True, cache=True)
def spectra(psi, first, plan, axes):
    """The transforms of eight waves of psi (F, n) from this on, side by side."""
    gather(psi, plan[2], psi.shape[1], first, psi.shape[0] - 1)
    return transformed_any(plan, psi.shape[1], axes)
