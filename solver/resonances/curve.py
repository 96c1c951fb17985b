"""T(E) as a line from point to point, as many as it takes for the line to be true."""

from dataclasses import dataclass

import numpy as np

from solver.grid import Array
from solver.potential import Barrier
from solver.resonances.peaks import Resonance, find_peaks
from solver.scattering import transmission_coefficient
from solver.units import ELECTRON, Units

BENT = 4e-3
"""Let T be off the chord between its neighbors by so much: the line is off by a quarter of it."""

BENT_LOG = 0.06
"""The same of log10 T, for a line on a logarithmic axis."""

FLOOR = 1e-16
"""Below this T is 0 for a picture."""

FINEST = 4000
"""Points are no nearer than this part of the range, peaks apart: a picture has fewer pixels."""

LEVELS, MOST = 6, 6000
"""How often intervals are halved, and points at most."""


@dataclass(frozen=True, eq=False)
class Curve:
    """T(E) between two energies: `energy` (m,) in eV, rising, and `transmission` (m,).

    A straight line between neighbors is off by about 0.001, and by 0.015 in log10 T. Among the
    points are the tops of all `resonances`; for `unresolved` and `complete` see `Peaks`.
    """

    energy: Array
    transmission: Array
    resonances: tuple[Resonance, ...]
    unresolved: tuple[float, ...]
    complete: bool


def transmission_curve(
    barrier: Barrier, low: float, high: float, units: Units = ELECTRON, direction: int = 1
) -> Curve:
    """T(E) of stationary states for a picture, from `low` to `high` (eV) with all its peaks.

    >>> from solver import DoubleBarrier
    >>> from solver.resonances.curve import transmission_curve
    >>> found = transmission_curve(DoubleBarrier(height=5.0, width=1.0, gap=0.5), 0.1, 2.0)
    >>> found.energy.size < 500, round(float(found.transmission.max()), 6)
    (True, 1.0)
    """
    peaks = find_peaks(barrier, low, high, units, direction)
    tops = [peak.energy for peak in peaks.resonances]
    energy = np.union1d(peaks.energy, tops)
    found = transmission_coefficient(barrier, energy, units, direction)
    for _ in range(LEVELS):
        wanted = between(energy, found, (high - low) / FINEST)
        if not wanted.size or energy.size + wanted.size > MOST:
            break
        new = transmission_coefficient(barrier, wanted, units, direction)
        place = np.searchsorted(energy, wanted)
        energy, found = np.insert(energy, place, wanted), np.insert(found, place, new)
    return Curve(energy, found, peaks.resonances, peaks.unresolved, peaks.complete)


def between(energy: Array, found: Array, finest: float) -> Array:
    """The middles of intervals beside points at which the line bends too much."""
    part = (energy[1:-1] - energy[:-2]) / (energy[2:] - energy[:-2])
    bent = np.zeros(energy.size, dtype=bool)
    for values, limit in ((found, BENT), (np.log10(np.maximum(found, FLOOR)), BENT_LOG)):
        chord = values[:-2] + part * (values[2:] - values[:-2])
        bent[1:-1] |= np.abs(values[1:-1] - chord) > limit
    split = (bent[:-1] | bent[1:]) & (np.diff(energy) > finest)
    return np.asarray(((energy[:-1] + energy[1:]) / 2)[split])
