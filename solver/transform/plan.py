"""What the passes over n points need: their radices, their factors, and room for two waves."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from solver.grid import frozen

Reals = NDArray[np.float64]
Integers = NDArray[np.int64]
Float = TypeVar("Float", np.float32, np.float64)
Passes = tuple[Integers, Reals, Reals, Reals]

ODD = (11, 7, 5, 3)
LINE = 64
KEPT = 16
"""Plans that are kept, of as many lengths."""


def radices_for(n: int) -> list[int]:
    """The radices of the passes after the first, whose radix is 4; none if n has no passes.

    n has passes if it is a multiple of 4, at least 16, and has no prime factor above 11.
    """
    return [] if n % 4 or n < 16 else radices_of(n // 4)


def radices_of(m: int) -> list[int]:
    """The radices whose product m is, the last one 1, 2, 4 or 8; none if that cannot be."""
    radices = []
    for R in ODD:
        while m % R == 0:
            radices.append(R)
            m //= R
    twos = m.bit_length() - 1
    if m != 1 << twos:
        return []
    last = min(twos, 2 + twos % 2)
    return [*radices, *[4] * ((twos - last) // 2), 1 << last]


@lru_cache(maxsize=KEPT)
def plan_for(n: int) -> tuple[Integers, Reals]:
    """The radices of the passes over n points, and their factors one behind the other.

    With w = exp(-2 pi i/n) and m = n/4. First pass: for each four p, blocks w^p, w^2p, w^3p; the
    last four overlap those before if they must. Then, for each pass of radix R over m blocks, p by
    p, complex numbers w^(p n/m), w^(2p n/m) ... w^((R-1)p n/m); the last pass has none.
    """
    radices, m = radices_for(n), n // 4
    if not radices:
        return frozen(np.zeros(0, np.int64)), frozen(np.zeros(0))
    p = np.minimum(np.arange(0, m, 4), m - 4)[:, None, None] + np.arange(4)
    first = turned(p * np.arange(1, 4)[:, None], n)
    blocks = np.stack([first.real, first.imag], axis=2).ravel()
    return frozen(np.array(radices)), frozen(np.concatenate([blocks, *turns_of(radices[:-1], m)]))


def turns_of(radices: Sequence[int], m: int) -> Iterator[Reals]:
    """The factors of passes over m blocks: for each, those of p = 0, of p = 1 ..."""
    for R in radices:
        yield turned(np.outer(np.arange(m // R), np.arange(1, R)), m).view(float).ravel()
        m //= R


def turned(steps: Integers, n: int) -> NDArray[np.complex128]:
    """exp(-2 pi i steps/n)."""
    return np.exp(-2j * np.pi * (steps % n / n))


def passes_for(n: int) -> Passes:
    """The plan for n points, and room of one's own for two waves (2n,): what kernels take."""
    return *plan_for(n), *room_for(n)


def no_passes() -> Passes:
    """What kernels take that are to leave the transforms to a library."""
    return *plan_for(0), *room_for(0)


def room_for(n: int) -> tuple[Reals, Reals]:
    """Two arrays (2n,) whose blocks of eight floats are lines of the processor's cache."""
    return lines_of(2 * n, np.float64), lines_of(2 * n, np.float64)


def lines_of(count: int, kind: type[Float]) -> NDArray[Float]:
    """So many numbers that begin where a line of the processor's cache does."""
    room = np.empty(count * np.dtype(kind).itemsize + LINE, np.uint8)
    begin = -room.__array_interface__["data"][0] % LINE
    return room[begin : begin + room.size - LINE].view(kind)
