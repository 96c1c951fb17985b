"""The peaks of T(E): energies at which a barrier lets more through than just beside them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from solver.grid import Array
from solver.potential import Barrier
from solver.scattering import check_energy, stationary
from solver.units import ELECTRON, Units

FEWEST, MOST = 256, 2048
"""Samples to begin with."""

STEP = 0.25
"""Phase (rad) that a wave may gain across the barrier from one of these samples to the next."""

TURN = 0.5
"""A phase of t that turns by more (rad) between two samples hides a resonance: look closer."""

HIDDEN = 128
"""Intervals at most in which resonances are looked for: of more the lowest."""

DEEPEST, FINEST = 48, 2e-13
"""How often an interval is halved, at most until it is this part of its energy: nearer to each
other, energies are not told apart."""

SEEN = 0.02
"""A peak stands out if T falls by this part of it on both sides."""

NEARER = 0.1
"""Of the distance of samples around a peak, in each step towards it."""

LOST = 5 * FINEST
"""No peak is read off nearer to an unresolved one than this part of its energy."""

POLISHED, WIDENED = 3, 12
"""Steps towards a peak, and towards the energies at which T is half of it."""


@dataclass(frozen=True)
class Resonance:
    """A peak of T(E): its `energy` (eV), `transmission` there, and its full `width` at half height.

    The width (eV) is None where T does not fall to half of the peak on both sides.
    """

    energy: float
    transmission: float
    width: float | None


@dataclass(frozen=True, eq=False)
class Peaks:
    """What `find_peaks` found: the `resonances`, and `energy` (m,) of the samples it began with.

    `unresolved` are the energies of those that are narrower than floating-point numbers tell,
    about 4e-13 of their energy; `complete` is false if there may be more than were looked for. Of
    two peaks that lie between the same samples, as three walls can have them, none may be found.
    """

    energy: Array
    resonances: tuple[Resonance, ...]
    unresolved: tuple[float, ...]
    complete: bool


@dataclass(frozen=True)
class Waves:
    """Stationary states of a barrier, of waves that come from one side."""

    barrier: Barrier
    units: Units
    direction: int

    @property
    def level(self) -> float:
        """V where they come from, eV."""
        return 0.0 if self.direction > 0 else self.barrier.right_level

    def begin(self, low: float, high: float) -> tuple[Array, bool]:
        """Energies (m,), evenly in k, and whether they are as dense as they should be."""
        check_energy(np.array([low, high]), self.level)
        first, last = (math.sqrt((e - self.level) / self.units.kinetic) for e in (low, high))
        a, b = self.barrier.support
        wanted = math.ceil((last - first) * (b - a) / STEP)
        k = np.linspace(first, last, min(max(wanted, FEWEST), MOST))
        return np.clip(self.level + self.units.kinetic * k**2, low, high), wanted <= MOST

    def samples(self, energy: Array) -> Array:
        """Energy, T, and the phase of t, (3, m)."""
        state = stationary(self.barrier, energy, self.units, self.direction)
        return np.stack([energy, state.transmission, np.angle(state.t)])

    def coefficient(self, energy: Array) -> Array:
        """T at energies of any shape."""
        found = stationary(self.barrier, energy.ravel(), self.units, self.direction)
        return found.transmission.reshape(energy.shape)


def find_peaks(
    barrier: Barrier, low: float, high: float, units: Units = ELECTRON, direction: int = 1
) -> Peaks:
    """The peaks of T(E) between two energies (eV), however narrow: to 1e-6 of their widths.

    Of a double barrier they are the nearly bound states of the gap, where T = 1; of a rectangle
    the energies above its top at which a whole number of half waves fits into it:

    >>> from math import pi
    >>> from solver import ELECTRON, DoubleBarrier, RectangularBarrier
    >>> from solver.resonances.peaks import find_peaks
    >>> [found] = find_peaks(DoubleBarrier(height=5.0, width=1.0, gap=0.5), 0.1, 2.0).resonances
    >>> f"{found.energy:.4f} {found.transmission:.6f} {found.width:.2e}"
    '0.8139 1.000000 8.74e-10'
    >>> wall = find_peaks(RectangularBarrier(height=2.0, width=0.8), 0.1, 6.0)
    >>> [round(peak.energy, 6) for peak in wall.resonances]
    [2.587547, 4.350189]
    >>> [round(2.0 + ELECTRON.kinetic * (n * pi / 0.8) ** 2, 6) for n in (1, 2)]
    [2.587547, 4.350189]
    """
    waves = Waves(barrier, units, direction)
    energy, dense = waves.begin(low, high)
    samples, unresolved, few = look_closer(waves, waves.samples(energy))
    found = tuple(standing_out(waves, samples, unresolved))
    return Peaks(energy, found, tuple(map(float, unresolved)), dense and few)


def look_closer(waves: Waves, begun: Array) -> tuple[Array, Array, bool]:
    """The samples (3, m) and more where the phase turns fast; what stays unresolved; if all of it.

    All intervals of a level are halved at once.
    """
    known, left, right = [begun], begun[:, :-1], begun[:, 1:]
    hidden = np.flatnonzero(turn(left, right) > TURN)
    left, right = left[:, hidden[:HIDDEN]], right[:, hidden[:HIDDEN]]
    unresolved: list[Array] = []
    for _ in range(DEEPEST):
        near = right[0] - left[0] <= FINEST * np.abs(right[0])
        unresolved.append(left[0, near])
        left, right = left[:, ~near], right[:, ~near]
        if not left.size:
            break
        middle = waves.samples((left[0] + right[0]) / 2)
        known.append(middle)
        left, right = np.hstack([left, middle]), np.hstack([middle, right])
        fast = turn(left, right) > TURN
        left, right = left[:, fast], right[:, fast]
    samples = np.hstack(known)
    lost = np.sort(np.concatenate(unresolved))
    apart = np.diff(lost, prepend=-np.inf) > LOST * np.abs(lost)
    return samples[:, np.argsort(samples[0])], lost[apart], hidden.size <= HIDDEN


def turn(left: Array, right: Array) -> Array:
    """By how much (rad) the phase turns between samples (3, m)."""
    return np.abs(np.angle(np.exp(1j * (right[2] - left[2]))))


def standing_out(waves: Waves, samples: Array, unresolved: Array) -> Iterator[Resonance]:
    """The peaks among the samples, with their true heights and widths."""
    energy, coefficient = samples[:2]
    tops, valleys = alternating(coefficient.tolist())
    known = [i for i in tops if not np.any(np.abs(unresolved / energy[i] - 1) < LOST)]
    if not known:
        return
    places = np.array(known)
    peak = polished(waves, np.stack([energy[places + i] for i in (-1, 0, 1)]))
    height = waves.coefficient(peak)
    beside = np.searchsorted(energy[valleys], energy[places])
    low = np.array([[valleys[i - 1] for i in beside], [valleys[i] for i in beside]])
    start = (energy[places + 1] - energy[places - 1]) / 2
    width = half_widths(waves, peak, height, np.abs(energy[low] - peak), start).sum(axis=0)
    deep = (coefficient[low] < height / 2).all(axis=0)
    for e, t, w, has in zip(peak, height, width, deep, strict=True):
        yield Resonance(float(e), min(float(t), 1.0), float(w) if has else None)


def alternating(values: list[float]) -> tuple[list[int], list[int]]:
    """Indices of the peaks that stand out, and of the valleys around them, one more."""
    tops: list[int] = []
    valleys: list[int] = []
    top = valley = 0
    rising = False
    for i, value in enumerate(values):
        if rising and value > values[top]:
            top = i
        elif rising and value < (1 - SEEN) * values[top]:
            tops.append(top)
            valley, rising = i, False
        elif not rising and value < values[valley]:
            valley = i
        elif not rising and values[valley] < (1 - SEEN) * value:
            valleys.append(valley)
            top, rising = i, True
    return tops, valleys if rising else [*valleys, valley]


def polished(waves: Waves, around: Array) -> Array:
    """Energies (p,) of peaks from three around each (3, p): 1/T is a parabola near a peak."""
    lowest, _, highest = around
    for _ in range(POLISHED):
        a, b, c = around
        f = 1 / np.maximum(waves.coefficient(around), 1e-300)
        first, second = (f[1] - f[0]) / (b - a), (f[2] - f[1]) / (c - b)
        bend = np.where(second > first, (second - first) / (c - a), np.inf)
        peak = np.where(bend < np.inf, (a + b) / 2 - first / (2 * bend), b)
        peak = np.clip(peak, lowest, highest)
        apart = np.maximum(NEARER * (c - a) / 2, FINEST * np.abs(peak))
        around = np.stack([peak - apart, peak, peak + apart])
    return around[1]


def half_widths(waves: Waves, peak: Array, height: Array, room: Array, start: Array) -> Array:
    """How far (2, p) on either side T is half of its height, within `room` (2, p), from `start`.

    sqrt(height/T - 1) is proportional to the distance from a resonance, and 1 there.
    """
    width, side = np.minimum(start, room), np.array([[-1.0], [1.0]])
    for _ in range(WIDENED):
        found = np.maximum(waves.coefficient(peak + side * width), 1e-300)
        width = np.minimum(width / np.sqrt(np.maximum(height / found - 1, 1e-6)), room)
    return width
