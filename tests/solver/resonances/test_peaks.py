"""Peaks of T(E) against closed forms of two walls and of one, and a line that is true."""

import math

import numpy as np
import pytest
from scipy.optimize import brentq

from solver import (
    ELECTRON,
    DoubleBarrier,
    EckartBarrier,
    FallingBarrier,
    GaussianBarrier,
    InvalidInput,
    NoBarrier,
    RectangularBarrier,
    StepBarrier,
    TriangularBarrier,
    transmission_coefficient,
)
from solver.potential import Barrier
from solver.resonances.curve import MOST, transmission_curve
from solver.resonances.peaks import alternating, find_peaks
from solver.units import Units


class TwoWalls:
    """T of two rectangles below their top: 1/T = 1 + 4 R/T_w^2 sin^2 of what a round trip lacks."""

    def __init__(self, walls: DoubleBarrier) -> None:
        self.walls = walls

    def phase(self, energy: float) -> float:
        """Half the phase of a round trip in the gap: a whole number of pi at a resonance."""
        k, kappa, _ = self.wall(energy)
        lean = math.atan((kappa / k - k / kappa) / 2 * math.tanh(kappa * self.walls.width))
        return k * self.walls.gap - math.pi / 2 - lean

    def wall(self, energy: float) -> tuple[float, float, float]:
        """k, kappa, and T of one wall."""
        k, kappa = (math.sqrt(e / ELECTRON.kinetic) for e in (energy, self.walls.height - energy))
        sinh = math.sinh(kappa * self.walls.width)
        return k, kappa, 1 / (1 + ((kappa / k + k / kappa) / 2 * sinh) ** 2)

    def energies(self) -> list[float]:
        """All resonances below the top."""
        ends = [1e-6, self.walls.height - 1e-6]
        first, last = (math.ceil(self.phase(end) / math.pi) for end in ends)
        return [
            brentq(lambda e, n=n: self.phase(e) - n * math.pi, *ends, xtol=1e-15, rtol=1e-15)
            for n in range(first, last)
        ]

    def width(self, peak: float) -> float:
        """Full width at half height, to the first order where T of a wall changes."""

        def beyond(energy: float) -> float:
            one = self.wall(energy)[2]
            turned = math.asin(min(1.0, one / (2 * math.sqrt(1 - one))))
            return abs(self.phase(energy) - self.phase(peak)) - turned

        reach = 20 * self.wall(peak)[2] / math.pi * peak
        low, high = (brentq(beyond, peak, peak + side * reach) for side in (-1, 1))
        return high - low


@pytest.mark.parametrize(
    ("height", "width", "gap"),
    [(2.0, 0.3, 1.0), (5.0, 0.8, 2.0), (20.0, 0.3, 3.0), (3.0, 0.5, 0.3)],
)
def test_two_walls_let_all_through_at_each_nearly_bound_state(
    height: float, width: float, gap: float
) -> None:
    walls = DoubleBarrier(height=height, width=width, gap=gap)
    theory = TwoWalls(walls)
    found = find_peaks(walls, 1e-3 * height, 0.999 * height)
    peaks = [peak for peak in found.resonances if peak.energy < 0.97 * height]
    expected = [energy for energy in theory.energies() if energy < 0.97 * height]
    assert found.complete
    assert len(peaks) == len(expected)
    assert [peak.transmission for peak in peaks] == pytest.approx([1.0] * len(peaks), abs=1e-6)
    for peak, energy in zip(peaks, expected, strict=True):
        assert peak.energy == pytest.approx(energy, rel=1e-12, abs=1e-6 * (peak.width or 1.0))
        if peak.width is not None and peak.energy < 0.8 * height:
            assert peak.width == pytest.approx(theory.width(peak.energy), rel=1e-4)


def test_what_is_too_narrow_for_numbers_is_told_by_its_energy() -> None:
    walls = DoubleBarrier(height=20.0, width=1.0, gap=3.0)
    found = find_peaks(walls, 0.1, 19.0)
    expected = [energy for energy in TwoWalls(walls).energies() if energy > 0.1]
    lost = len(found.unresolved)
    assert lost > 5
    assert found.unresolved == pytest.approx(expected[:lost], rel=1e-9)
    assert [peak.energy for peak in found.resonances] == pytest.approx(
        expected[lost : lost + len(found.resonances)], rel=1e-9
    )


def test_above_its_top_a_rectangle_lets_all_through_where_half_waves_fit() -> None:
    wall = RectangularBarrier(height=2.0, width=1.5)
    expected = [2.0 + ELECTRON.kinetic * (n * math.pi / 1.5) ** 2 for n in range(1, 6)]
    found = find_peaks(wall, 0.1, expected[-1] + 1.0).resonances
    assert [peak.energy for peak in found] == pytest.approx(expected, rel=1e-6)
    assert [peak.transmission for peak in found] == pytest.approx([1.0] * 5, abs=1e-9)


@pytest.mark.parametrize(
    "barrier",
    [
        NoBarrier(),
        StepBarrier(height=1.0),
        EckartBarrier(height=3.0, width=0.5),
        GaussianBarrier(height=6.0, width=2.0),
        FallingBarrier(height=3.0, width=1.0, field=1.0),
    ],
    ids=lambda barrier: barrier.name,
)
def test_where_nothing_interferes_there_is_no_peak(barrier: Barrier) -> None:
    found = find_peaks(barrier, 1e-3, 8.0)
    assert (found.resonances, found.unresolved, found.complete) == ((), (), True)


def test_peaks_come_from_either_side() -> None:
    walls = DoubleBarrier(height=2.0, width=0.3, gap=1.0)
    one, other = (find_peaks(walls, 0.1, 3.0, direction=way).resonances for way in (1, -1))
    assert [peak.energy for peak in one] == pytest.approx([peak.energy for peak in other])


def test_energies_that_no_wave_has_are_refused() -> None:
    with pytest.raises(InvalidInput, match="energy must be finite and above 1 eV"):
        find_peaks(StepBarrier(height=1.0), 0.5, 3.0, direction=-1)


def test_peaks_and_valleys_alternate_and_ripples_are_none() -> None:
    ripple = [0.1, 0.5, 0.499, 0.505, 0.2, 0.199, 0.2, 0.9, 0.3]
    assert alternating(ripple) == ([3, 7], [0, 5, 8])
    assert alternating([0.0, 0.0, 0.5, 1.0]) == ([], [0])
    assert alternating([1.0, 1.0]) == ([], [0])


@pytest.mark.parametrize(
    "barrier",
    [
        RectangularBarrier(height=10.0, width=3.0),
        RectangularBarrier(height=-10.0, width=1.0),
        DoubleBarrier(height=2.0, width=0.3, gap=1.0),
        GaussianBarrier(height=6.0, width=3.0),
        TriangularBarrier(height=4.0, width=1.0, field=6.0),
        StepBarrier(height=1.0),
    ],
    ids=lambda barrier: barrier.name,
)
def test_a_line_between_the_points_of_the_curve_is_true(barrier: Barrier) -> None:
    low, high = 1e-3, 14.0
    curve = transmission_curve(barrier, low, high)
    assert curve.energy.size < 1000
    energy = np.linspace(low, high, 7919)
    exact = transmission_coefficient(barrier, energy)
    wide = np.interp(energy, curve.energy, np.append(np.diff(curve.energy), np.inf))
    seen = (wide > 2 * (high - low) / 4000) & (energy > 0.01)
    line = np.interp(energy, curve.energy, curve.transmission)
    assert np.abs(line - exact)[seen].max() < 4e-3
    logs = [np.log10(np.maximum(t, 1e-16)) for t in (curve.transmission, exact)]
    assert np.abs(np.interp(energy, curve.energy, logs[0]) - logs[1])[seen].max() < 0.06


def test_the_curve_reaches_the_top_of_a_peak_that_no_even_sampling_meets() -> None:
    walls = DoubleBarrier(height=5.0, width=1.0, gap=0.5)
    curve, even = transmission_curve(walls, 0.1, 2.0), np.linspace(0.1, 2.0, 4000)
    assert curve.transmission.max() == pytest.approx(1.0, abs=1e-6)
    assert transmission_coefficient(walls, even).max() < 1e-3


@pytest.mark.parametrize("mass", [200.0, 1836.0])
def test_a_heavy_particle_costs_no_more_than_this(mass: float) -> None:
    units: Units = ELECTRON.with_mass(mass)
    curve = transmission_curve(DoubleBarrier(height=20.0, width=3.0, gap=3.0), 0.01, 25.0, units)
    assert curve.energy.size <= MOST
    assert not curve.complete
    assert np.all((curve.transmission >= 0) & (curve.transmission <= 1 + 1e-6))
