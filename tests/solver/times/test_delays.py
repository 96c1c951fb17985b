"""Phase and dwell time against closed forms, the phase itself, a weak loss, and each other."""

import math

import numpy as np
import pytest

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
    TabulatedBarrier,
    TriangularBarrier,
    stationary,
)
from solver.potential import Barrier, SmoothBarrier
from solver.resonances.peaks import find_peaks
from solver.times.delays import stationary_times

SYMMETRIC = (
    RectangularBarrier(height=3.0, width=0.4),
    RectangularBarrier(height=-2.0, width=0.8, center=0.7),
    GaussianBarrier(height=2.0, width=0.6),
    EckartBarrier(height=4.0, width=0.5),
    DoubleBarrier(height=2.0, width=0.3, gap=1.0),
)
BARRIERS = (
    *SYMMETRIC,
    TriangularBarrier(height=4.0, width=0.5, field=2.0),
    FallingBarrier(height=5.0, width=1.0, field=4.0),
    FallingBarrier(height=2.0, width=1.0, field=4.0, center=-1.0),
    TabulatedBarrier(x=(-0.5, 0.1, 0.4), v=(0.0, 4.0, 1.0)),
    StepBarrier(height=1.0, center=0.5),
)
ENERGIES = np.array([1.3, 2.31, 5.2])
names = pytest.mark.parametrize("barrier", BARRIERS, ids=lambda barrier: barrier.name)


def rectangle(energy: float, height: float, width: float) -> tuple[float, float]:
    """Phase and dwell time below the top of a rectangle, in closed form."""
    k, kappa, top = (ELECTRON.wavenumber(e) for e in (energy, height - energy, height))
    opacity = kappa * width
    common = 4 * k**2 * kappa**2 + top**4 * math.sinh(opacity) ** 2
    unit = ELECTRON.mass / ELECTRON.hbar / (kappa * common)
    twice = math.sinh(2 * opacity)
    phase = unit / k * (2 * opacity * k**2 * (kappa**2 - k**2) + top**4 * twice)
    dwell = unit * k * (2 * opacity * (kappa**2 - k**2) + top**2 * twice)
    return phase, dwell


@pytest.mark.parametrize(
    ("energy", "height", "width"),
    [(1.0, 3.0, 0.3), (0.5, 0.6, 0.05), (5.0, 6.0, 0.4), (0.5, 20.0, 3.0), (1.999999, 2.0, 1.0)],
)
def test_both_times_of_a_rectangle_are_the_closed_forms(
    energy: float, height: float, width: float
) -> None:
    found = stationary_times(RectangularBarrier(height=height, width=width, center=0.2), energy)
    assert (found.phase[0], found.dwell[0]) == pytest.approx(
        rectangle(energy, height, width), rel=1e-8
    )


def test_the_phase_time_of_an_opaque_rectangle_does_not_depend_on_its_width() -> None:
    limit = 2 * ELECTRON.mass / ELECTRON.hbar
    limit /= ELECTRON.wavenumber(1.0) * ELECTRON.wavenumber(2.0)
    for width in (2.0, 20.0, 2000.0):
        found = stationary_times(RectangularBarrier(height=3.0, width=width), 1.0)
        assert found.phase[0] == pytest.approx(limit, rel=1e-10)
    assert found.free[0] == pytest.approx(2000 / ELECTRON.velocity(ELECTRON.wavenumber(1.0)))


@names
@pytest.mark.parametrize("direction", [1, -1])
def test_the_phase_time_is_the_slope_of_the_phase(barrier: Barrier, direction: int) -> None:
    """Against differences of fourth order, off by 1e-6 fs of rounding and of the step."""
    h, (a, b) = 1e-3, barrier.support
    energy = ENERGIES[barrier.right_level < ENERGIES]
    t = [stationary(barrier, energy + n * h, direction=direction).t for n in (-2, -1, 1, 2)]
    turn = (8 * np.angle(t[2] / t[1]) - np.angle(t[3] / t[0])) / (12 * h)
    ends = b / np.sqrt(energy - barrier.right_level) - a / np.sqrt(energy)
    slope = turn + ends / (2 * math.sqrt(ELECTRON.kinetic))
    found = stationary_times(barrier, energy, direction=direction)
    np.testing.assert_allclose(found.phase, ELECTRON.hbar * slope, atol=2e-6)


@pytest.mark.parametrize("barrier", SYMMETRIC, ids=lambda barrier: barrier.name)
def test_the_phase_time_is_the_dwell_time_and_what_interference_in_front_adds(
    barrier: Barrier,
) -> None:
    """Winful's relation, for barriers that are their own mirror images; bells go on a little."""
    found, a = stationary_times(barrier, ENERGIES), barrier.support[0]
    k = np.sqrt(ENERGIES / ELECTRON.kinetic)
    back = stationary(barrier, ENERGIES).r * np.exp(-2j * k * a)
    front = -ELECTRON.hbar * back.imag / (2 * ENERGIES)
    beyond = 3e-4 if isinstance(barrier, SmoothBarrier) else 1e-9
    np.testing.assert_allclose(found.phase, found.dwell + front, rtol=beyond)


@names
@pytest.mark.parametrize("direction", [1, -1])
def test_the_dwell_time_is_what_a_weak_loss_inside_tells(barrier: Barrier, direction: int) -> None:
    """A weak loss, V - iw inside, takes 2w/hbar times the dwell time of what comes in."""
    energy = 5.2
    found = stationary_times(barrier, energy, direction=direction)
    assert found.dwell[0] == pytest.approx(inside(barrier, energy, direction), rel=1e-4, abs=1e-12)


def inside(barrier: Barrier, energy: float, direction: int) -> float:
    """The dwell time (fs) from what a weak loss takes, and what a weak gain gives."""
    loss = 1e-5
    lost = [absorbed(barrier, energy, direction, sign * loss) for sign in (1, -1)]
    return ELECTRON.hbar * (lost[0] - lost[1]) / (4 * loss)


def absorbed(barrier: Barrier, energy: float, direction: int, loss: float) -> float:
    """1 - R - T where V has the imaginary part -loss on the support, by many flat pieces."""
    a, b = barrier.support
    reach = max(b - a, 3.0)
    inner = np.unique(np.concatenate([np.linspace(a, b, 1201), barrier.cells]))
    edges = np.unique(np.concatenate([np.linspace(a - reach, b + reach, 601), inner]))
    middle, h = (edges[1:] + edges[:-1]) / 2, np.diff(edges)
    v = barrier.profile(middle) - 1j * loss * ((middle > a) & (middle < b))
    w = h * np.sqrt((v - energy) / ELECTRON.kinetic + 0j)
    c, s = np.cosh(w), np.sinh(w) * h / w
    g = (w / h) ** 2 * s
    m = np.eye(2, dtype=complex)
    for one in np.stack([c, s, g, c]).T.reshape(-1, 2, 2):
        m = one @ m
    k, q = (ELECTRON.wavenumber(energy - level) for level in (0.0, barrier.right_level))
    if direction < 0:
        k, q, m = q, k, np.array([[m[1, 1], m[0, 1]], [m[1, 0], m[0, 0]]])
    one, two = m @ [1, 1j * k], m @ [1, -1j * k]
    r = -(one[1] - 1j * q * one[0]) / (two[1] - 1j * q * two[0])
    t = one[0] + r * two[0]
    return float(1 - abs(r) ** 2 - q / k * abs(t) ** 2)


def test_at_a_resonance_the_phase_time_is_twice_hbar_over_the_width() -> None:
    """A peak of full width G turns the phase by pi: hbar d(phase)/dE = 2 hbar/G on its top."""
    wall = DoubleBarrier(height=5.0, width=0.6, gap=1.0)
    peak = find_peaks(wall, 0.1, 1.0).resonances[0]
    assert peak.width is not None
    found = stationary_times(wall, peak.energy)
    assert found.phase[0] == pytest.approx(2 * ELECTRON.hbar / peak.width, rel=1e-3)


def test_nothing_stands_still_in_free_space_and_nothing_gets_out_below_the_far_level() -> None:
    assert stationary_times(NoBarrier(), 1.0).phase[0] == 0
    step = stationary_times(StepBarrier(height=2.0), np.array([1.0, 3.0]))
    assert np.isnan(step.phase[0])
    assert np.isnan(step.dwell[0])
    assert step.delay[1] == pytest.approx(0, abs=1e-15)
    with pytest.raises(InvalidInput, match="energy must be finite and above 2 eV"):
        stationary_times(StepBarrier(height=2.0), 1.0, direction=-1)


def test_a_heavy_particle_at_an_opaque_wall_overflows_nothing() -> None:
    units = ELECTRON.with_mass(2000.0)
    found = stationary_times(RectangularBarrier(height=20.0, width=3.0), 1.0, units)
    k, kappa = (units.wavenumber(e) for e in (1.0, 19.0))
    assert found.phase[0] == pytest.approx(2 / (units.velocity(k) * kappa), rel=1e-9)


def test_many_energies_at_once_are_as_each_alone() -> None:
    many = stationary_times(BARRIERS[5], ENERGIES)
    each = [stationary_times(BARRIERS[5], energy) for energy in ENERGIES]
    np.testing.assert_allclose(many.phase, [one.phase[0] for one in each], rtol=1e-7)
