"""The passes of a step over a wave psi of n = 4m points, as intrinsics for kernels.

The first pass (radix 4) puts the wave into m blocks of four. Every further pass of radix R takes
blocks q + s (p + r m/R) of one array to q + s (R p + r) of another, q < s, p < m/R; then s grows
and m shrinks by R. The lanes of a block are no longer mixed. At last s = n/4, and block q holds the
wavenumbers 4q to 4q + 3 in FFT order. The way back undoes pass by pass. See `plan` for `turns`.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from operator import add
from typing import Any

from llvmlite import ir
from numba import extending, types

from solver.transform.lanes import (
    BYTE,
    INTEGER,
    REAL,
    SHORT,
    SINGLE,
    SINGLES,
    WIDTH,
    Index,
    Lanes,
    Memory,
    Sum,
    from_lane,
    transposed,
)

# Its type says that what it makes cannot be called: from Python, that is.
intrinsic: Any = extending.intrinsic

RADICES, LAST = (3, 4, 5, 7, 11), (1, 2, 4, 8)
"""Of the passes after the first, and of the last one, there."""

TAKEN = {
    types.float32: (SINGLE, SINGLES),
    types.uint8: (BYTE, SINGLES),
    types.int16: (SHORT, WIDTH),
    types.int64: (INTEGER, WIDTH),
}
"""How an array is taken; all others are floats, or complex ones."""


def transform(values: Sequence[Lanes]) -> list[Lanes]:
    """Sum over r of values[r] exp(-2 pi i r k/R), k = 0 ... R - 1."""
    if len(values) == 1:
        return list(values)
    return transform_even(values) if len(values) % 2 == 0 else transform_odd(values)


def transform_even(values: Sequence[Lanes]) -> list[Lanes]:
    """From the transforms of every other one."""
    even, odd = transform(values[::2]), transform(values[1::2])
    odd = [turned_by(value, k / len(values)) for k, value in enumerate(odd)]
    pairs = list(zip(even, odd, strict=True))
    return [a + b for a, b in pairs] + [a - b for a, b in pairs]


def transform_odd(values: Sequence[Lanes]) -> list[Lanes]:
    """From sums and differences of r and R - r, which share a cosine and a sine."""
    R, half = len(values), range(1, len(values) // 2 + 1)
    sums = [values[0], *(values[r] + values[R - r] for r in half)]
    differences = [(values[r] - values[R - r]).turned for r in half]
    below, above = [reduce(add, sums)], []
    for k in half:
        angles = [2 * math.pi * (r * k % R) / R for r in half]
        even = combined(sums, [1.0, *map(math.cos, angles)])
        odd = combined(differences, list(map(math.sin, angles)))
        below.append(even - odd)
        above.append(even + odd)
    return below + above[::-1]


def combined(values: Sequence[Lanes], weights: Sequence[float]) -> Lanes:
    return reduce(add, (value.scaled(w) for value, w in zip(values, weights, strict=True)))


def turned_by(value: Lanes, part: float) -> Lanes:
    """exp(-2 pi i part) times value, for parts k/2, k/4 and k/8 of a turn below 1/2."""
    if part == 0:
        return value
    back = value.turned.scaled(-1.0)
    if part == 1 / 4:
        return back
    return (value + back if part == 1 / 8 else back - value).scaled(math.sqrt(1 / 2))


def undone(values: Sequence[Lanes]) -> list[Lanes]:
    """`transform` undone, times R."""
    first, *others = transform(values)
    return [first, *others[::-1]]


def multiplied(values: Sequence[Lanes], factors: Sequence[Lanes]) -> list[Lanes]:
    """All but the first times factors."""
    first, *others = values
    return [first, *(a * w for a, w in zip(others, factors, strict=True))]


def conjugates(values: Sequence[Lanes]) -> list[Lanes]:
    return [value.conj for value in values]


def coded(write: Callable[..., None], *kinds: Any, width: int = WIDTH) -> Any:
    """The intrinsic that `write` writes: of arrays, floats and integers, without a result.

    So many doubles are taken at once.
    """

    def make(context: Any, do: ir.IRBuilder, signature: Any, args: Sequence[ir.Value]) -> Any:
        write(do, *arguments(context, do, signature.args, args, width))
        return context.get_dummy_value()

    taken = (types.Array, types.Float)
    return types.void(*(k if isinstance(k, taken) else types.intp for k in kinds)), make


def arguments(
    context: Any, do: ir.IRBuilder, kinds: Sequence[Any], args: Sequence[ir.Value], width: int
) -> Iterator[Memory | Index | ir.Value]:
    for kind, value in zip(kinds, args, strict=True):
        if isinstance(kind, types.Array):
            # Trap: where an array begins is known to numba's own view of it alone.
            data = context.make_array(kind)(context, do, value).data
            number, taken = TAKEN.get(kind.dtype, (REAL, width))
            yield Memory(do, do.bitcast(data, number.as_pointer()), number, taken)
        else:
            yield value if isinstance(kind, types.Float) else Index(do, value)


def written_pass(away: bool, radices: Sequence[int] = RADICES) -> Callable[..., None]:
    """Writes a pass of a radix that is known when it runs, away from psi or back."""

    def write(
        do: ir.IRBuilder,
        x: Memory,
        y: Memory,
        turns: Memory,
        at: Index,
        m: Index,
        s: Index,
        radix: Index,
    ) -> None:
        for R in radices:
            with do.if_then(radix.compared("==", R)), (m // R).loop() as p:
                factors = [turns.same(at + p * (R - 1) + r) for r in range(R - 1)]
                with s.loop() as q:
                    near = [q + s * (p + m // R * r) for r in range(R)]
                    far = [q + s * (p * R + r) for r in range(R)]
                    if away:
                        values = multiplied(transform([x.block(i) for i in near]), factors)
                        put_blocks(y, far, values)
                    else:
                        values = multiplied([x.block(i) for i in far], conjugates(factors))
                        put_blocks(y, near, undone(values))

    return write


def put_blocks(x: Memory, places: Sequence[Index], values: Sequence[Lanes]) -> None:
    for i, value in zip(places, values, strict=True):
        x.put_block(i, value)


def write_turn(do: ir.IRBuilder, x: Memory, kinetic: Memory, s: Index, radix: Index) -> None:
    for R in LAST:
        with do.if_then(radix.compared("==", R)), s.loop() as q:
            places = [q + s * r for r in range(R)]
            values = transform([x.block(i) for i in places])
            values = [a * kinetic.four(i * WIDTH) for i, a in zip(places, values, strict=True)]
            put_blocks(x, places, undone(values))


def written_edge(begins: bool, ends: bool) -> Callable[..., None]:
    """Writes the potential between the last pass back, or psi, and the first there, or psi.

    Four points of each quarter at a time; the last four overlap those before if they must, and
    their losses are counted once.
    """

    def write(
        do: ir.IRBuilder,
        psi: Memory,
        x: Memory,
        y: Memory,
        turns: Memory,
        factor: Memory,
        loss: Memory,
        absorbed: Memory,
        m: Index,
        first: Index,
        last: Index,
    ) -> None:
        sums = [Sum(do), Sum(do)]
        with ((m + 3) // 4).loop() as group:
            p = (group * 4).least(m - 4)
            places = [p + m * r for r in range(4)]
            factors = [turns.block(group * 3 + r) for r in range(3)]
            if begins:
                values = [psi.four(j) for j in places]
            else:
                values = transposed([x.block(p + r) for r in range(4)])
                values = undone(multiplied(values, conjugates(factors)))
            in_layer = do.or_(p.compared("<", first), (places[3] + 4).compared(">", last))
            with do.if_then(in_layer):
                for r, (j, value) in enumerate(zip(places, values, strict=True)):
                    sums[r // 2].add_squares(value, from_lane(do, loss.row(j), group * 4 - p))
            values = [a * factor.four(j) for j, a in zip(places, values, strict=True)]
            if ends:
                for j, value in zip(places, values, strict=True):
                    psi.put_four(j, value)
            else:
                values = transposed(multiplied(transform(values), factors))
                put_blocks(y, [p + r for r in range(4)], values)
        for i, one in enumerate(sums):
            absorbed.add(i, one.total)

    return write


@intrinsic
def there(typing, x, y, turns, at, m, s, radix):
    """A pass from x to y, with the factors turns[at:]."""
    return coded(written_pass(True), x, y, turns, at, m, s, radix)


@intrinsic
def back(typing, x, y, turns, at, m, s, radix):
    """The pass undone, times its radix, from x to y."""
    return coded(written_pass(False), x, y, turns, at, m, s, radix)


@intrinsic
def turn(typing, x, kinetic, s, radix):
    """The last pass there, times kinetic (n,), and undone."""
    return coded(write_turn, x, kinetic, s, radix)


@intrinsic
def set_out(typing, psi, x, y, turns, factor, loss, absorbed, m, first, last):
    """psi (n,) *= factor, and the first pass from there to y.

    Sums of loss |psi|^2 before that are added to absorbed[0], of the half of the points on the
    left, and absorbed[1]. There is no loss from `first` on until before `last`.
    """
    edge = written_edge(begins=True, ends=False)
    return coded(edge, psi, x, y, turns, factor, loss, absorbed, m, first, last)


@intrinsic
def go_on(typing, psi, x, y, turns, factor, loss, absorbed, m, first, last):
    """The first pass undone, from x, then as `set_out`; psi stays as it is."""
    edge = written_edge(begins=False, ends=False)
    return coded(edge, psi, x, y, turns, factor, loss, absorbed, m, first, last)


@intrinsic
def come_back(typing, psi, x, y, turns, factor, loss, absorbed, m, first, last):
    """The first pass undone, from x, and psi (n,), times factor; losses as in `set_out`."""
    edge = written_edge(begins=False, ends=True)
    return coded(edge, psi, x, y, turns, factor, loss, absorbed, m, first, last)
