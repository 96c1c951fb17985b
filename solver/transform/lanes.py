"""Four complex numbers side by side, for intrinsics: Python writes the code that LLVM compiles.

`Lanes`, `Index` and `Memory` stand for four numbers, an integer and an array that a kernel has
when it runs; `do` builds the code. In memory four numbers are a block of eight floats, four real
parts before four imaginary ones, or four of a complex array. LLVM makes of them what the processor
has: two registers, or four. No index is checked or wrapped around.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from llvmlite import ir

WIDTH = 4

REAL, INTEGER, PLACE = ir.DoubleType(), ir.IntType(64), ir.IntType(32)
ROW = ir.VectorType(REAL, WIDTH)
ZEROS = ir.Constant(ROW, [0.0] * WIDTH)
FUSED = ("contract",)
"""A product and a sum may be rounded once."""


@dataclass(frozen=True)
class Index:
    """An integer."""

    do: ir.IRBuilder
    value: ir.Value

    def known(self, other: "Index | int") -> ir.Value:
        return other.value if isinstance(other, Index) else ir.Constant(INTEGER, other)

    def __add__(self, other: "Index | int") -> "Index":
        return Index(self.do, self.do.add(self.value, self.known(other)))

    def __sub__(self, other: "Index | int") -> "Index":
        return Index(self.do, self.do.sub(self.value, self.known(other)))

    def __mul__(self, other: "Index | int") -> "Index":
        return Index(self.do, self.do.mul(self.value, self.known(other)))

    def __floordiv__(self, other: int) -> "Index":
        return Index(self.do, self.do.udiv(self.value, self.known(other)))

    def compared(self, sign: str, other: "Index | int") -> ir.Value:
        return self.do.icmp_signed(sign, self.value, self.known(other))

    def least(self, other: "Index") -> "Index":
        """The smaller one."""
        return Index(self.do, self.do.select(self.compared("<", other), self.value, other.value))

    @contextmanager
    def loop(self) -> Iterator["Index"]:
        """From 0 to this, excluded."""
        do, before = self.do, self.do.block
        head, body, after = (do.append_basic_block() for _ in range(3))
        do.branch(head)
        do.position_at_end(head)
        index = do.phi(INTEGER)
        index.add_incoming(ir.Constant(INTEGER, 0), before)
        do.cbranch(do.icmp_signed("<", index, self.value), body, after)
        do.position_at_end(body)
        yield Index(do, index)
        index.add_incoming(do.add(index, ir.Constant(INTEGER, 1)), do.block)
        do.branch(head)
        do.position_at_end(after)


def shuffled(do: ir.IRBuilder, a: ir.Value, b: ir.Value, places: Sequence[int]) -> ir.Value:
    return do.shuffle_vector(a, b, ir.Constant(ir.VectorType(PLACE, WIDTH), list(places)))


def spread(do: ir.IRBuilder, number: ir.Value) -> ir.Value:
    """A number in all places."""
    empty = ir.Constant(ir.VectorType(number.type, WIDTH), ir.Undefined)
    row = do.insert_element(empty, number, ir.Constant(PLACE, 0))
    return shuffled(do, row, empty, [0] * WIDTH)


@dataclass(frozen=True)
class Lanes:
    """Four complex numbers: a row of real parts and one of imaginary parts."""

    do: ir.IRBuilder
    re: ir.Value
    im: ir.Value

    def __add__(self, other: "Lanes") -> "Lanes":
        re = self.do.fadd(self.re, other.re, flags=FUSED)
        return Lanes(self.do, re, self.do.fadd(self.im, other.im, flags=FUSED))

    def __sub__(self, other: "Lanes") -> "Lanes":
        re = self.do.fsub(self.re, other.re, flags=FUSED)
        return Lanes(self.do, re, self.do.fsub(self.im, other.im, flags=FUSED))

    def __mul__(self, other: "Lanes") -> "Lanes":
        return self.rows(other.re, other.re) + self.rows(other.im, other.im).turned

    def rows(self, re: ir.Value, im: ir.Value) -> "Lanes":
        """The real parts times a row, the imaginary parts times another."""
        product = self.do.fmul(self.re, re, flags=FUSED)
        return Lanes(self.do, product, self.do.fmul(self.im, im, flags=FUSED))

    def scaled(self, number: float) -> "Lanes":
        """Times a number that is known now."""
        row = ir.Constant(ROW, [number] * WIDTH)
        return self.rows(row, row)

    @property
    def turned(self) -> "Lanes":
        """Times i."""
        return Lanes(self.do, self.do.fneg(self.im), self.re)

    @property
    def conj(self) -> "Lanes":
        return Lanes(self.do, self.re, self.do.fneg(self.im))


@dataclass(frozen=True)
class Memory:
    """An array of floats, or of complex numbers."""

    do: ir.IRBuilder
    begin: ir.Value

    def place(self, at: Index, type: ir.Type = ROW) -> ir.Value:
        return self.do.bitcast(self.do.gep(self.begin, [at.value]), type.as_pointer())

    def row(self, at: Index) -> ir.Value:
        """Four floats from there on."""
        return self.do.load(self.place(at), align=8)

    def put_row(self, at: Index, row: ir.Value) -> None:
        self.do.store(row, self.place(at), align=8)

    def block(self, i: Index) -> Lanes:
        """Block i."""
        return Lanes(self.do, self.row(i * (2 * WIDTH)), self.row(i * (2 * WIDTH) + WIDTH))

    def put_block(self, i: Index, value: Lanes) -> None:
        self.put_row(i * (2 * WIDTH), value.re)
        self.put_row(i * (2 * WIDTH) + WIDTH, value.im)

    def four(self, j: Index) -> Lanes:
        """Complex numbers j to j + 3."""
        low, high = self.row(j * 2), self.row(j * 2 + WIDTH)
        re, im = (shuffled(self.do, low, high, range(i, 2 * WIDTH, 2)) for i in (0, 1))
        return Lanes(self.do, re, im)

    def put_four(self, j: Index, value: Lanes) -> None:
        self.put_row(j * 2, shuffled(self.do, value.re, value.im, (0, 4, 1, 5)))
        self.put_row(j * 2 + WIDTH, shuffled(self.do, value.re, value.im, (2, 6, 3, 7)))

    def one(self, j: Index) -> Lanes:
        """Complex number j, four times."""
        places = self.place(j * 2, REAL), self.place(j * 2 + 1, REAL)
        return Lanes(self.do, *(spread(self.do, self.do.load(place)) for place in places))

    def add(self, i: int, number: ir.Value) -> None:
        """Add to the float at i."""
        place = self.place(Index(self.do, ir.Constant(INTEGER, i)), REAL)
        self.do.store(self.do.fadd(self.do.load(place), number), place)


def transposed(values: Sequence[Lanes]) -> list[Lanes]:
    """The first lanes of all four, their second ones, ..."""
    do = values[0].do
    re, im = (square(do, *rows) for rows in zip(*((v.re, v.im) for v in values), strict=True))
    return [Lanes(do, *rows) for rows in zip(re, im, strict=True)]


def square(do: ir.IRBuilder, a: ir.Value, b: ir.Value, c: ir.Value, d: ir.Value) -> list[ir.Value]:
    """The columns of four rows, in two rounds."""
    low, high = (0, 4, 2, 6), (1, 5, 3, 7)
    evens, odds = ([shuffled(do, x, y, p) for x, y in ((a, b), (c, d))] for p in (low, high))
    first, second = (0, 1, 4, 5), (2, 3, 6, 7)
    return [shuffled(do, x, y, p) for p in (first, second) for x, y in (evens, odds)]


class Sum:
    """Four sums that grow in a loop."""

    def __init__(self, do: ir.IRBuilder) -> None:
        self.do = do
        with do.goto_entry_block():
            self.place = do.alloca(ROW)
        do.store(ZEROS, self.place)

    def add_squares(self, value: Lanes, weights: ir.Value) -> None:
        """Add weights times |value|^2."""
        squares = value.rows(value.re, value.im).rows(weights, weights)
        row = self.do.fadd(squares.re, squares.im, flags=FUSED)
        self.do.store(self.do.fadd(self.do.load(self.place), row, flags=FUSED), self.place)

    @property
    def total(self) -> ir.Value:
        row = self.do.load(self.place)
        a, b, c, d = (self.do.extract_element(row, ir.Constant(PLACE, i)) for i in range(WIDTH))
        return self.do.fadd(self.do.fadd(a, b), self.do.fadd(c, d))


def from_lane(do: ir.IRBuilder, row: ir.Value, first: Index) -> ir.Value:
    """A row whose places before `first` are zero."""
    places = ir.Constant(ir.VectorType(INTEGER, WIDTH), list(range(WIDTH)))
    return do.select(do.icmp_signed(">=", places, spread(do, first.value)), row, ZEROS)
