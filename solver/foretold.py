"""Waves in whole steps, as what is left when the two values before foretell each one.

Waves of wavenumber k, whichever way they move, have s[j] = 2 cos(kh) s[j-1] - s[j-2] at places h
apart. A packet has nearly one k: of twelve bits about four are left. A byte for each is less than a
quick compression makes of them, in a fifth of its time.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.grid import Array
from solver.jit import njit

SHIFT = 10
"""A turn is 2 cos(kh) in parts of 2^-SHIFT."""

FAR = -128
"""What stands where more is left than a byte can tell."""

SOME = 16
"""Of so many waves one is looked at for the turn."""


@dataclass(frozen=True, eq=False)
class Foretold:
    """Waves s (F, n) int16: s[j] = near[j] + (turn s[j-1] >> SHIFT) - s[j-2], s = 0 before j = 0.

    `near` (F, n) int8; where it is FAR, the next of `far` (m,) int16 stands for it. All is counted
    modulo 2^16.

    >>> import numpy as np
    >>> from solver.foretold import Foretold, turn_of
    >>> wave = np.rint(4000 * np.cos(0.3 * np.arange(300))).astype(np.int16)[None]
    >>> told = Foretold.of(wave, turn_of(wave))
    >>> int(np.abs(told.near[0, 2:]).max()) < 8, told.far.size
    (True, 2)
    >>> np.array_equal(told.waves, wave)
    True
    """

    near: NDArray[np.int8]
    far: NDArray[np.int16]
    turn: int

    @classmethod
    def of(cls, waves: NDArray[np.int16], turn: int) -> "Foretold":
        """What is left of waves (F, n) int16 by this turn, best that of `turn_of`."""
        near, far = np.empty(waves.shape, np.int8), np.empty(waves.size, np.int16)
        count = foretell(waves, turn, near, far)
        return cls(near, far[:count].copy(), turn)

    @property
    def waves(self) -> NDArray[np.int16]:
        """The waves again."""
        left = self.near.astype(np.int16)
        left[self.near == FAR] = self.far
        found = np.zeros((left.shape[0], left.shape[1] + 2), np.int16)
        for j in range(left.shape[1]):
            ahead = (self.turn * found[:, j + 1].astype(int) >> SHIFT) - found[:, j]
            found[:, j + 2] = (left[:, j] + ahead).astype(np.int16)
        return found[:, 2:]


def turn_of(waves: NDArray[np.int16]) -> int:
    """The turn that leaves the least squares of some of the waves (F, n)."""
    some: Array = waves[::SOME].astype(float)
    middle, around = some[:, 1:-1], some[:, 2:] + some[:, :-2]
    return round(2**SHIFT * np.vdot(around, middle) / max(np.vdot(middle, middle), 1.0))


@njit(nogil=True, cache=True)
def foretell(waves, turn, near, far):
    """What is left of waves (F, n) into `near`, and into `far`; how many are far."""
    count, turn = 0, np.int32(turn)
    for f in range(waves.shape[0]):
        wave, line, largest = waves[f], near[f], np.int32(0)
        now, one, two, left = wave[2:], wave[1:-1], wave[:-2], line[2:]
        for j in range(now.size):
            value = left_of(now[j], one[j], two[j], turn)
            left[j] = value
            largest = max(largest, max(value, np.int32(-value)))
        a = b = np.int16(0)
        for j in range(wave.size if largest >= -FAR else 2):
            value = left_of(wave[j], a, b, turn)
            if abs(value) >= -FAR:
                far[count] = value
                count, value = count + 1, FAR
            line[j] = value
            a, b = wave[j], a
    return count


@njit(nogil=True, inline="always")
def left_of(now, one, two, turn):
    """What is left of a value, in 32 bits."""
    ahead = np.int32(turn * np.int32(one)) >> SHIFT
    return np.int32(np.int32(now) + np.int32(two) - np.int32(ahead))
