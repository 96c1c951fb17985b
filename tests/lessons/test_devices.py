"""Quantities of devices: against closed forms and second ways."""

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import airy

from lessons import devices
from lessons.held import coefficient
from solver.controls import Controls
from solver.errors import InvalidInput

PUBLISHED = Controls(height=4.5, width=1.0, energy=0.6096)
OXIDE = Controls(shape="Falling", height=5.1, width=3.0, field=1.5, energy=2.0, sigma=3.0)
GAP = Controls(height=4.0, width=0.5, energy=0.5)
K = 9.109383701e-31 / 1.602176634e-19 * 1e-18 * 1e30
"""The electron's mass in eV fs2/nm2, from SI."""


def test_an_electron_meets_the_wall_once_in_every_round_trip() -> None:
    speed = math.sqrt(2 * 0.6096 / K)
    assert devices.tries(PUBLISHED, 5) == pytest.approx(speed / 10 * 1e15, rel=1e-6)


def test_the_lifetime_is_one_over_tries_and_transmission() -> None:
    """4.6e13 tries a second with 3.1e-9 each: some seven microseconds."""
    kappa = math.sqrt((4.5 - 0.6096) / 0.0380998212)
    T = 1 / (1 + 4.5**2 * math.sinh(kappa) ** 2 / (4 * 0.6096 * (4.5 - 0.6096)))
    expected = 1 / (devices.tries(PUBLISHED, 5) * T)
    assert devices.lifetime(PUBLISHED, 5) == pytest.approx(expected, rel=1e-6)
    assert 6e-6 < expected < 8e-6
    assert devices.lifetime(OXIDE.changed(field=0.5), 5) == math.inf


def test_at_the_lasting_width_the_lifetime_is_what_was_asked() -> None:
    width = devices.lasting_width(PUBLISHED, 5, 60.0)
    assert devices.lifetime(PUBLISHED.changed(width=width), 5) == pytest.approx(60.0, rel=1e-6)


def test_the_exponent_in_closed_form() -> None:
    kappa = math.sqrt((4.5 - 0.6096) / PUBLISHED.units.kinetic)
    assert devices.wkb(PUBLISHED) == pytest.approx(2 * kappa * 1.0, rel=1e-9)
    B = 4 * 3.1**1.5 / (3 * math.sqrt(OXIDE.units.kinetic))
    assert devices.wkb(OXIDE) == pytest.approx(B / 1.5, rel=1e-6)
    assert devices.wkb(PUBLISHED.changed(energy=5.0)) == 0
    double = PUBLISHED.changed(shape="Double", width=0.5, gap=1.0)
    assert devices.wkb(double) == pytest.approx(2 * kappa * 1.0, rel=1e-9)
    bell = PUBLISHED.changed(shape="Gaussian", width=0.5)
    x = np.linspace(-1, 1, 400_001)
    above = np.sqrt(np.maximum(bell.barrier.profile(x) - 0.6096, 0) / bell.units.kinetic)
    assert devices.wkb(bell) == pytest.approx(2 * np.trapezoid(above, x), rel=1e-6)


def through_the_slope(energy: float) -> float:
    """T of OXIDE by Airy functions, matched to plane waves at both ends of the slope."""
    kinetic, end = OXIDE.units.kinetic, 5.1 - 1.5 * 3.0
    k, q = (np.sqrt((energy - v) / kinetic) for v in (0.0, end))
    scale = (1.5 / kinetic) ** (1 / 3)
    z = [scale * ((5.1 - energy) / 1.5 - x) for x in (0.0, 3.0)]
    (ai0, dai0, bi0, dbi0), (ai1, dai1, bi1, dbi1) = (airy(place) for place in z)
    inner = np.linalg.solve(np.array([[ai1, bi1], [-scale * dai1, -scale * dbi1]]), [1, 1j * q])
    psi, slope = inner @ [ai0, bi0], -scale * (inner @ [dai0, dbi0])
    return float(q / k / abs((psi + slope / (1j * k)) / 2) ** 2)


def test_the_current_adds_all_electrons_of_the_metal() -> None:
    """e m/(2 pi^2 hbar^3) in SI, over T from Airy functions."""
    e, m, hbar = 1.602176634e-19, 9.109383701e-31, 1.054571817e-34
    total = quad(lambda x: (2.0 - x) * through_the_slope(x), 0.601, 2.0, epsabs=0)[0]
    expected = e * m / (2 * math.pi**2 * hbar**3) * total * e**2 * 1e-4
    assert devices.current_density(OXIDE) == pytest.approx(expected, rel=1e-3)


def test_the_slope_of_a_rectangle_tells_its_height_over_the_energy() -> None:
    thick = GAP.changed(width=0.8)
    assert devices.apparent_height(thick, 0.8, 1.0) == pytest.approx(3.5, rel=1e-4)


def image_charges(u: float, count: int = 200_000) -> float:
    """Half of the sum over all images of both metals, e^2/(4 pi eps0 gap) taken out."""
    n = np.arange(1, count)
    return -0.5 * (1 / (2 * u) + np.sum(n / (n**2 - u**2) - 1 / n))


def test_the_image_energy_is_that_of_all_images() -> None:
    for u in (0.1, 0.37, 0.5):
        expected = 1.43996455 / 0.5 * image_charges(u)
        found = devices.image_energy(np.array([u]), 0.5)[0]
        assert found == pytest.approx(expected, rel=1e-6)
    middle = devices.image_energy(np.array([0.5]), 0.5)[0]
    assert middle == pytest.approx(-1.43996455 * math.log(2) / 0.5, rel=1e-9)


def test_an_image_lowers_and_narrows_a_gap() -> None:
    plain = coefficient(GAP, 0.5)
    assert devices.image_coefficient(GAP, 1e-9) == pytest.approx(plain, rel=1e-3)
    assert devices.image_top(GAP, 1.0) == pytest.approx(4 - 1.9963, abs=1e-3)
    assert devices.image_length(GAP, 1.0) < devices.image_length(GAP, 0.5) < 0.5
    assert 60 < devices.image_coefficient(GAP, 0.5) / plain < 100
    with pytest.raises(InvalidInput, match="Rectangular"):
        devices.image_top(GAP.changed(shape="Gaussian"), 1.0)
    with pytest.raises(ValueError, match="gone"):
        devices.image_top(GAP.changed(width=0.1), 1.0)
