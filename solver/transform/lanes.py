"""Complex numbers side by side, for intrinsics: Python writes the code that LLVM compiles.

`Lanes`, `Index` and `Memory` stand for so many numbers, an integer and an array that a kernel has
when it runs; `do` builds the code. In memory they are a block, all real parts before all imaginary
ones: of four numbers, eight, or sixteen in single precision; or they are four of a complex array.
LLVM makes of them what the processor has: one register for a row, or more. No index is checked or
wrapped around.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from llvmlite import ir

WIDTH, EIGHT, SINGLES = 4, 8, 16
"""Numbers side by side: of one wave, of eight waves, and in single precision."""

REAL, SINGLE, BYTE, SHORT = ir.DoubleType(), ir.FloatType(), ir.IntType(8), ir.IntType(16)
INTEGER, PLACE = ir.IntType(64), ir.IntType(32)
ZEROS = ir.Constant(ir.VectorType(REAL, WIDTH), [0.0] * WIDTH)
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


def known(do: ir.IRBuilder, number: int) -> Index:
    """An integer that is known now."""
    return Index(do, ir.Constant(INTEGER, number))


def shuffled(do: ir.IRBuilder, a: ir.Value, b: ir.Value, places: Sequence[int]) -> ir.Value:
    return do.shuffle_vector(a, b, ir.Constant(ir.VectorType(PLACE, len(places)), list(places)))


def spread(do: ir.IRBuilder, number: ir.Value, width: int = WIDTH) -> ir.Value:
    """A number in all places."""
    empty = ir.Constant(ir.VectorType(number.type, width), ir.Undefined)
    row = do.insert_element(empty, number, ir.Constant(PLACE, 0))
    return shuffled(do, row, empty, [0] * width)


@dataclass(frozen=True)
class Lanes:
    """Complex numbers: a row of real parts and one of imaginary parts."""

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
        row = ir.Constant(self.re.type, [number] * self.re.type.count)
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
    """An array of numbers of this type, or of complex ones, taken `width` at a time."""

    do: ir.IRBuilder
    begin: ir.Value
    type: ir.Type = REAL
    width: int = WIDTH

    def place(self, at: Index, type: ir.Type) -> ir.Value:
        return self.do.bitcast(self.do.gep(self.begin, [at.value]), type.as_pointer())

    def row(self, at: Index) -> ir.Value:
        """So many numbers from there on."""
        return self.do.load(self.place(at, ir.VectorType(self.type, self.width)), align=1)

    def put_row(self, at: Index, row: ir.Value) -> None:
        self.do.store(row, self.place(at, row.type), align=1)

    def one(self, at: Index) -> ir.Value:
        """The number there."""
        return self.do.load(self.place(at, self.type))

    def index(self, at: Index) -> Index:
        """The integer there."""
        return Index(self.do, self.one(at))

    def put_one(self, at: Index, number: ir.Value) -> None:
        self.do.store(number, self.place(at, self.type))

    def all(self, at: Index) -> ir.Value:
        """The number there, in all places of a row."""
        return spread(self.do, self.one(at), self.width)

    def block(self, i: Index) -> Lanes:
        """Block i."""
        begin = i * (2 * self.width)
        return Lanes(self.do, self.row(begin), self.row(begin + self.width))

    def put_block(self, i: Index, value: Lanes) -> None:
        begin = i * (2 * self.width)
        self.put_row(begin, value.re)
        self.put_row(begin + self.width, value.im)

    def four(self, j: Index) -> Lanes:
        """Complex numbers j to j + 3."""
        low, high = self.row(j * 2), self.row(j * 2 + WIDTH)
        re, im = (shuffled(self.do, low, high, range(i, 2 * WIDTH, 2)) for i in (0, 1))
        return Lanes(self.do, re, im)

    def put_four(self, j: Index, value: Lanes) -> None:
        self.put_row(j * 2, shuffled(self.do, value.re, value.im, (0, 4, 1, 5)))
        self.put_row(j * 2 + WIDTH, shuffled(self.do, value.re, value.im, (2, 6, 3, 7)))

    def same(self, j: Index) -> Lanes:
        """Complex number j, in all places."""
        return Lanes(self.do, self.all(j * 2), self.all(j * 2 + 1))

    def add(self, i: int, number: ir.Value) -> None:
        """Add to the number at i."""
        place = self.place(known(self.do, i), self.type)
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
    """A row that grows in a loop, from zeros."""

    def __init__(self, do: ir.IRBuilder, type: ir.Type = REAL, width: int = WIDTH) -> None:
        self.do, self.kind = do, ir.VectorType(type, width)
        with do.goto_entry_block():
            self.place = do.alloca(self.kind)
        self.clear()

    @property
    def row(self) -> ir.Value:
        return self.do.load(self.place)

    def put(self, row: ir.Value) -> None:
        self.do.store(row, self.place)

    def clear(self) -> None:
        self.put(ir.Constant(self.kind, [0.0] * self.kind.count))

    def add(self, row: ir.Value) -> None:
        self.put(self.do.fadd(self.row, row, flags=FUSED))

    def add_squares(self, value: Lanes, weights: ir.Value) -> None:
        """Add weights times |value|^2."""
        squares = value.rows(value.re, value.im).rows(weights, weights)
        self.add(self.do.fadd(squares.re, squares.im, flags=FUSED))

    @property
    def total(self) -> ir.Value:
        """Of all places of a row of four."""
        do, row = self.do, self.row
        a, b, c, d = (do.extract_element(row, ir.Constant(PLACE, i)) for i in range(WIDTH))
        return do.fadd(do.fadd(a, b), do.fadd(c, d))


def from_lane(do: ir.IRBuilder, row: ir.Value, first: Index) -> ir.Value:
    """A row whose places before `first` are zero."""
    places = ir.Constant(ir.VectorType(INTEGER, WIDTH), list(range(WIDTH)))
    return do.select(do.icmp_signed(">=", places, spread(do, first.value)), row, ZEROS)
