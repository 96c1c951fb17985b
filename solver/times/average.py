"""Phase and dwell time of what of a packet gets through, and the two reasons for its delay."""

import math
from dataclasses import dataclass

import numpy as np

from solver.experiment import Experiment
from solver.grid import Array
from solver.resonances.curve import transmission_curve
from solver.times.arrival import FreePacket
from solver.times.delays import stationary_times

REACH = 6.0
"""sigma_k on either side of k0."""

POINTS = 400
"""Wavenumbers of the packet at least; T(E) adds its own where it bends."""


@dataclass(frozen=True)
class PacketTimes:
    """Times (fs) averaged over what gets through, with the weight p(E) T(E).

    `phase` and `dwell` as of a stationary state; `delay` is the phase time beyond the time of the
    same waves without the barrier. `filtered` is how much later than the whole packet the waves
    that get through would be at the far end without the barrier: mostly negative, for fast waves
    get through more easily. The mean arrival of what gets through differs from that of the free
    packet by `filtered` + `delay`.
    """

    phase: float
    dwell: float
    delay: float
    filtered: float


def packet_times(experiment: Experiment, end: float) -> PacketTimes:
    """Of the packet of an experiment, until `end` (fs).

    Waves that would not be at the far end by then without the barrier are left out: nobody has
    counted them. Where nothing gets through the numbers are no numbers.

    >>> from solver import Experiment, GaussianPacket, RectangularBarrier
    >>> from solver.times.average import packet_times
    >>> wall = RectangularBarrier(height=3.0, width=1.0)
    >>> experiment = Experiment(barrier=wall, packet=GaussianPacket(energy=1.0, sigma=3.0))
    >>> found = packet_times(experiment, experiment.used_t_end)
    >>> round(found.phase, 3), round(found.delay, 2), round(found.filtered, 2)
    (0.464, -1.21, -0.28)
    """
    barrier, packet, units = experiment.barrier, experiment.packet, experiment.units
    distance, level = FreePacket.of(experiment).distance, experiment.wave.start_level
    k0, reach = packet.wavenumber(units), REACH * packet.sigma_k
    first = max(k0 - reach, distance / units.velocity(end), 1e-3 * k0)
    k = np.linspace(first, k0 + reach, POINTS)
    packet_energies = level + units.kinetic * k**2
    low, high = packet_energies[[0, -1]]
    curve = transmission_curve(barrier, low, high, units, packet.direction)
    energy = np.unique(np.concatenate([curve.energy, packet_energies[1:-1]]))
    k = np.sqrt((energy - level) / units.kinetic)
    weight = packet.momentum_density(k, units)
    through = weight * np.interp(energy, curve.energy, curve.transmission)
    times = stationary_times(barrier, energy, units, packet.direction)
    through = np.where(np.isfinite(times.phase), through, 0.0)
    flight = distance / units.velocity(1.0) / k

    def mean(values: Array, weight: Array) -> float:
        total = np.trapezoid(weight, k)
        return float(np.trapezoid(np.nan_to_num(values) * weight, k) / total) if total else math.nan

    return PacketTimes(
        phase=mean(times.phase, through),
        dwell=mean(times.dwell, through),
        delay=mean(times.delay, through),
        filtered=mean(flight, through) - mean(flight, weight),
    )
