"""How fast this machine is: two planned FFTW transforms against the same on the reference machine.

Nothing of ours is measured, so a slower program cannot loosen its own bounds.
"""

import time
from collections.abc import Callable
from statistics import median

import numpy as np
import pyfftw

REFERENCE = 7.8e-6
"""Seconds that the reference machine takes for two transforms of POINTS complex points."""

POINTS = 2048
BURSTS, PAIRS = 15, 150
"""About 20 ms in all: the median of so many bursts of so many pairs."""


def planned(n: int) -> Callable[[int], None]:
    """Does a number of pairs of transforms, there and back, of n points."""
    a, b = pyfftw.empty_aligned(n, complex), pyfftw.empty_aligned(n, complex)
    there = pyfftw.FFTW(a, b, flags=("FFTW_MEASURE",))
    back = pyfftw.FFTW(b, a, direction="FFTW_BACKWARD", flags=("FFTW_MEASURE",))
    a[:] = np.exp(1j * np.linspace(0, 6, n))

    def pairs(count: int) -> None:
        for _ in range(count):
            there.execute()
            back.execute()

    return pairs


class Machine:
    """This machine beside the reference."""

    def __init__(self) -> None:
        self.pairs = planned(POINTS)
        self.taken = REFERENCE

    def slowness(self) -> float:
        """How many times longer than the reference machine it takes now."""
        bursts = []
        for _ in range(BURSTS):
            start = time.perf_counter()
            self.pairs(PAIRS)
            bursts.append(time.perf_counter() - start)
        self.taken = median(bursts) / PAIRS
        return self.taken / REFERENCE

    def told(self) -> str:
        """What was found last."""
        return (
            f"[two FFTW transforms of {POINTS} points: {1e6 * self.taken:.2f} us, "
            f"{self.taken / REFERENCE:.2f} of the reference machine's {1e6 * REFERENCE:g}]"
        )
