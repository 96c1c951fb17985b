"""The exact fate of a packet: T(E) averaged over the wavenumbers that it is made of."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from solver.grid import Array
from solver.packet import GaussianPacket
from solver.potential import Barrier
from solver.scattering import stationary
from solver.units import ELECTRON, Units

INTERVALS = 96
DEEPEST = 40
REACH = 8.0
"""sigma_k on either side of k0; what lies beyond weighs 1e-15."""

TURN = 0.5
"""A phase of t that turns by more (rad) between two samples hides a resonance: look closer."""


@dataclass(frozen=True)
class ExactFate:
    """What scattering theory says becomes of a packet: probabilities `transmitted`, `reflected`.

    `tunneled` is the part transmitted with energies below the barrier's top, `over_the_top` the
    part above; they add to `transmitted`.

    >>> from solver import GaussianPacket, RectangularBarrier, packet_average
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> exact = packet_average(wall, GaussianPacket(energy=5.0, sigma=1.0))
    >>> round(exact.tunneled, 4), round(exact.over_the_top, 4), round(exact.transmitted, 4)
    (0.0415, 0.0025, 0.0441)
    """

    transmitted: float
    reflected: float
    tunneled: float
    over_the_top: float


@dataclass(frozen=True)
class Sampler:
    """|phi(k)|^2 T and the direction of t at wavenumbers k > 0 along the packet's direction."""

    barrier: Barrier
    packet: GaussianPacket
    units: Units

    @property
    def level(self) -> float:
        return 0.0 if self.packet.direction > 0 else self.barrier.right_level

    def __call__(self, k: Array) -> tuple[Array, Array, Array]:
        """Weight |phi|^2 (nm), integrand |phi|^2 T (nm), and t/|t|; each (n,)."""
        weight = self.packet.momentum_density(k, self.units)
        energy = self.level + self.units.kinetic * k**2
        state = stationary(
            self.barrier, np.maximum(energy, 1e-12), self.units, self.packet.direction
        )
        bright = np.where(energy > 0, state.transmission, 0.0)
        size = np.abs(state.t)
        return (
            weight,
            weight * bright,
            np.where(size > 0, state.t, 1.0) / np.where(size > 0, size, 1.0),
        )


def packet_average(
    barrier: Barrier, packet: GaussianPacket, units: Units = ELECTRON, tolerance: float = 1e-7
) -> ExactFate:
    """The exact fate of a packet: T = integral over k > 0 of |phi(k)|^2 T(E(k)) dk.

    To about `tolerance` x 10. The part with total energy below the barrier's top is `tunneled`,
    the rest `over_the_top`. Waves with k < 0 never meet the barrier and count as reflected. The
    wider the packet, the closer it comes to a stationary state of the same energy:

    >>> from solver import GaussianPacket, RectangularBarrier, packet_average
    >>> from solver import transmission_coefficient
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packets = [GaussianPacket(energy=5.0, sigma=sigma) for sigma in (1.0, 3.0, 30.0)]
    >>> [round(packet_average(wall, packet).transmitted, 4) for packet in packets]
    [0.0441, 0.0375, 0.0367]
    >>> round(float(transmission_coefficient(wall, 5.0)), 4)
    0.0367
    """
    sampler = Sampler(barrier, packet, units)
    k0, reach = packet.wavenumber(units), REACH * packet.sigma_k
    first, last = max(k0 - reach, 1e-6 * k0), k0 + reach
    marks = [
        (level - sampler.level) / units.kinetic for level in (barrier.top, barrier.right_level)
    ]
    inner = sorted({math.sqrt(mark) for mark in marks if first**2 < mark < last**2})
    top = math.sqrt(max(marks[0], 0.0))
    edges = [np.linspace(*ends, INTERVALS + 1) for ends in pairwise([first, *inner, last])]
    a, b = (np.concatenate([one[part] for one in edges]) for part in (np.s_[:-1], np.s_[1:]))
    below, above = adaptive(sampler, a, b, top, tolerance)
    total = min(1.0, below + above)
    return ExactFate(total, 1 - total, min(below, total), total - min(below, total))


def adaptive(
    sampler: Sampler, a: Array, b: Array, top: float, tolerance: float
) -> tuple[float, float]:
    """Simpson's rule on intervals from a to b, halving (all of a level at once) the inaccurate.

    What those below and above `top` add to, none of which holds it inside.
    """
    found = sampler(np.concatenate([a, (a + b) / 2, b]))
    rows: list[Array] = [v.reshape(3, -1) for v in found]
    below = above = 0.0
    for level in range(DEEPEST):
        width = b - a
        new = sampler(np.concatenate([a + width / 4, b - width / 4]))
        rows = [interleave(old, v) for old, v in zip(rows, new, strict=True)]
        weight, f, turn = rows
        coarse = width / 6 * (f[0] + 4 * f[2] + f[4])
        fine = width / 12 * (f[0] + 4 * f[1] + 2 * f[2] + 4 * f[3] + f[4])
        wrong = np.abs(fine - coarse) > tolerance / INTERVALS * 4
        hidden = np.abs(np.angle(turn[1:] / turn[:-1])).max(axis=0) > TURN
        again = (wrong | hidden) & (weight.max(axis=0) * width > tolerance / 4)
        again &= level < DEEPEST - 1
        done = np.where(again, 0.0, fine + (fine - coarse) / 15)
        low = (a + b) / 2 < top
        below, above = below + float(done[low].sum()), above + float(done[~low].sum())
        if not again.any():
            break
        a, b, rows = halve(a[again], b[again], [row[:, again] for row in rows])
    return below, above


def interleave(old: Array, quarters: Array) -> Array:
    """Five samples per interval from three and the two at the quarters."""
    n = old.shape[1]
    return np.stack([old[0], quarters[:n], old[1], quarters[n:], old[2]])


def halve(a: Array, b: Array, rows: list[Array]) -> tuple[Array, Array, list[Array]]:
    """Both halves of each interval, with the three samples that each already has."""
    middle = (a + b) / 2
    halves = [np.concatenate([row[:3], row[2:]], axis=1) for row in rows]
    return np.concatenate([a, middle]), np.concatenate([middle, b]), halves
