"""Exact scattering theory: tabulated values, closed forms, a second method, laws."""

import math
from functools import reduce

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import airy

from solver import (
    ELECTRON,
    NATURAL,
    DoubleBarrier,
    EckartBarrier,
    FallingBarrier,
    GaussianBarrier,
    GaussianPacket,
    InvalidInput,
    NoBarrier,
    RectangularBarrier,
    StepBarrier,
    TabulatedBarrier,
    TriangularBarrier,
    packet_average,
    stationary,
    transmission_coefficient,
)
from solver.grid import Array
from solver.potential import Barrier
from solver.scattering import energy_density, stationary_state
from solver.transfer import exponents_of, step_matrices

ENERGIES = np.array([0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0])
WALL = [1.26e-4, 5.6e-4, 2.5e-3, 0.0132, 0.092, 0.721, 0.893, 0.841, 1.000]
BELL = [1.91e-4, 2.4e-3, 2.2e-2, 0.150, 0.542, 0.876, 0.975, 0.999, 1.000]
SINGLE = [RectangularBarrier, GaussianBarrier, EckartBarrier, TriangularBarrier]
SHAPES = [
    RectangularBarrier(height=3.0, width=0.5, center=0.2),
    GaussianBarrier(height=3.0, width=0.5),
    EckartBarrier(height=-3.0, width=0.5),
    DoubleBarrier(height=3.0, width=0.2, gap=0.4),
    TriangularBarrier(height=3.0, width=0.5, field=4.0),
    FallingBarrier(height=3.0, width=0.5, field=5.5),
    TabulatedBarrier(x=(0.0, 0.3, 0.5), v=(1.0, 3.0, -1.0)),
    StepBarrier(height=0.4),
    NoBarrier(),
]


@pytest.mark.parametrize(("kind", "table"), [(RectangularBarrier, WALL), (GaussianBarrier, BELL)])
def test_tabulated_transmission_at_equal_area(kind: type, table: list[float]) -> None:
    values = transmission_coefficient(kind(height=1.5, width=1.0), ENERGIES)
    np.testing.assert_allclose(values, table, rtol=1.5e-2)
    np.testing.assert_allclose(values, table, rtol=0, atol=5.1e-4)


@pytest.mark.parametrize(
    "barrier", [*SHAPES[:3], EckartBarrier(height=3.0, width=0.5), *SHAPES[-2:]], ids=str
)
def test_closed_form_agrees_with_the_transfer_matrix(barrier: Barrier) -> None:
    energy = np.geomspace(0.45, 20, 50)
    exact, found = transmission_coefficient(barrier, energy), stationary(barrier, energy)
    np.testing.assert_allclose(exact, found.transmission, rtol=1e-6, atol=5e-9)


def airy_transmission(oxide: FallingBarrier, energy: float) -> float:
    """T through a slope between two levels, from Airy functions matched at both of its ends."""
    a, b = oxide.support
    k, q = (np.sqrt((energy - v) / ELECTRON.kinetic) for v in (0.0, oxide.right_level))
    scale = (oxide.field / ELECTRON.kinetic) ** (1 / 3)
    turning = a + (oxide.height - energy) / oxide.field
    rows = [airy(scale * (turning - x)) for x in (a, b)]
    value, slope = (np.array([(r[i], r[i + 2]) for r in rows]) for i in (0, 1))
    inner = np.linalg.solve(np.array([value[1], -scale * slope[1]]), [1, 1j * q])
    psi, derivative = value[0] @ inner, -scale * slope[0] @ inner
    incoming = (psi + derivative / (1j * k)) / 2
    return q / k / abs(incoming) ** 2


@pytest.mark.parametrize(
    ("height", "width", "field"), [(4.5, 1.0, 8.0), (4.5, 1.0, 4.5), (3.6, 3.0, 1.2), (2.0, 0.5, 1)]
)
def test_a_falling_barrier_agrees_with_airy_functions(
    height: float, width: float, field: float
) -> None:
    oxide = FallingBarrier(height=height, width=width, field=field)
    for energy in (0.61, 1.7, 4.0):
        if energy > oxide.right_level:
            exact = airy_transmission(oxide, energy)
            assert float(transmission_coefficient(oxide, energy)) == pytest.approx(exact, rel=1e-6)


def test_nothing_leaves_a_falling_barrier_below_its_far_side() -> None:
    oxide = FallingBarrier(height=3.0, width=1.0, field=1.0)
    assert transmission_coefficient(oxide, np.array([1.0, 1.999])).tolist() == [0.0, 0.0]


def numerov(barrier: Barrier, energy: float, points: int = 40001) -> float:
    """T by Numerov's method from right to left: an independent way."""
    reach = max(abs(edge) for edge in barrier.support) * 3
    x = np.linspace(-reach, reach, points)
    h = x[1] - x[0]
    f = (energy - barrier.profile(x)) / ELECTRON.kinetic * h * h / 12
    k = ELECTRON.wavenumber(energy)
    psi = np.empty(points, dtype=complex)
    psi[-1], psi[-2] = np.exp(1j * k * x[-1]), np.exp(1j * k * x[-2])
    for i in range(points - 2, 0, -1):
        psi[i - 1] = ((2 - 10 * f[i]) * psi[i] - (1 + f[i + 1]) * psi[i + 1]) / (1 + f[i - 1])
    a, b = psi[0], psi[400]
    d = k * (x[400] - x[0])
    incoming = (b - a * np.exp(-1j * d)) / (2j * math.sin(d))
    return 1 / abs(incoming) ** 2


@pytest.mark.parametrize("energy", [1.0, 2.9, 6.0])
def test_numerov_agrees(energy: float) -> None:
    barrier = GaussianBarrier(height=3.0, width=0.5)
    exact = float(transmission_coefficient(barrier, energy))
    assert numerov(barrier, energy) == pytest.approx(exact, rel=1e-5)


@pytest.mark.parametrize("barrier", SHAPES, ids=lambda b: b.name)
@pytest.mark.parametrize("direction", [1, -1])
def test_probability_is_conserved_and_reciprocal(barrier: Barrier, direction: int) -> None:
    energy = np.geomspace(0.41, 20, 60)
    state = stationary(barrier, energy, direction=direction)
    np.testing.assert_allclose(state.transmission + state.reflection, 1, atol=1e-9)
    other = stationary(barrier, energy, direction=-direction)
    np.testing.assert_allclose(state.transmission, other.transmission, atol=1e-10)


@settings(max_examples=40, deadline=None)
@given(st.floats(-10, 20), st.floats(0.05, 3), st.floats(0.5, 30), st.sampled_from(SINGLE))
def test_unitarity_of_any_single_barrier(
    height: float, width: float, energy: float, kind: type
) -> None:
    state = stationary(kind(height=height, width=width), np.array([energy]))
    assert state.transmission[0] + state.reflection[0] == pytest.approx(1, abs=1e-7)


def test_rectangle_is_continuous_at_its_top() -> None:
    wall = RectangularBarrier(height=2.0, width=0.8)
    low, at, high = transmission_coefficient(wall, np.array([2 - 1e-9, 2.0, 2 + 1e-9]))
    assert (low, high) == pytest.approx((at, at), abs=1e-8)
    assert at == pytest.approx(1 / (1 + 2.0 * 0.8**2 / (4 * ELECTRON.kinetic)), rel=1e-12)


def test_nothing_overflows_behind_an_opaque_wall() -> None:
    for kind in (RectangularBarrier, GaussianBarrier, EckartBarrier):
        values = transmission_coefficient(kind(height=500.0, width=30.0), np.array([0.5, 5.0]))
        assert ((values >= 0) & (values < 1e-100)).all()


def test_free_wave_passes_without_a_phase() -> None:
    np.testing.assert_allclose(stationary(NoBarrier(center=3.0), ENERGIES).t, 1, atol=1e-12)


@pytest.mark.parametrize("side", [1, -1])
def test_moving_the_barrier_turns_the_reflected_phase(side: int) -> None:
    here, there = (RectangularBarrier(height=3.0, width=0.3, center=c) for c in (0.0, 0.1))
    k = np.sqrt(ENERGIES / ELECTRON.kinetic)
    turn = (
        stationary(there, ENERGIES, direction=side).r / stationary(here, ENERGIES, direction=side).r
    )
    np.testing.assert_allclose(turn, np.exp(2j * side * k * 0.1), atol=1e-9)


def equal_cells(barrier: Barrier, energy: float, cells: int) -> Array:
    """The transfer matrix over `cells` equal cells, without the adaptive division."""
    exponents = exponents_of(barrier.profile, np.linspace(-2, 2, cells + 1), ELECTRON.kinetic)
    steps = step_matrices(exponents, np.array([[energy]]))[0][:, 0]
    return reduce(np.matmul, steps.T[::-1].reshape(-1, 2, 2))


def test_magnus_steps_are_of_sixth_order() -> None:
    barrier = EckartBarrier(height=3.0, width=0.8)
    exact = equal_cells(barrier, 2.0, 1280)
    errors = [np.abs(equal_cells(barrier, 2.0, n) - exact).max() for n in (40, 80)]
    assert 5.5 < math.log2(errors[0] / errors[1]) < 7.0


def test_phase_of_a_rectangle_in_closed_form() -> None:
    wall = RectangularBarrier(height=3.0, width=0.4)
    k, q = (np.sqrt(e / ELECTRON.kinetic) for e in (1.0, 2.0))
    exact = np.exp(-1j * k * 0.4) / (np.cosh(q * 0.4) + 0.5j * (q / k - k / q) * np.sinh(q * 0.4))
    assert stationary(wall, np.array([1.0])).t[0] == pytest.approx(exact, abs=1e-12)


def test_packet_average_of_the_preset() -> None:
    fate = packet_average(
        RectangularBarrier(height=1.5, width=0.3), GaussianPacket(energy=1.0, sigma=1.4)
    )
    assert fate.transmitted == pytest.approx(0.341934, abs=1e-6)
    assert fate.over_the_top == pytest.approx(3.5e-4, abs=1e-4)
    assert fate.tunneled + fate.over_the_top == pytest.approx(fate.transmitted, abs=1e-12)
    assert fate.transmitted + fate.reflected == 1


@pytest.mark.parametrize("mass", [0.067, 1.0])
def test_packet_average_finds_resonances_narrower_than_its_samples(mass: float) -> None:
    barrier = DoubleBarrier(height=8.0, width=0.15, gap=1.0)
    packet, units = GaussianPacket(energy=3.0, sigma=0.6), ELECTRON.with_mass(mass)
    k0 = packet.wavenumber(units)
    k = np.linspace(max(1e-6, k0 - 8 * packet.sigma_k), k0 + 8 * packet.sigma_k, 1_000_001)
    t = transmission_coefficient(barrier, units.kinetic * k**2, units)
    brute = np.sum(packet.momentum_density(k, units) * t) * (k[1] - k[0])
    assert packet_average(barrier, packet, units).transmitted == pytest.approx(brute, abs=2e-6)


@pytest.mark.parametrize(
    ("barrier", "k0", "sigma", "exact"),
    [
        (RectangularBarrier(height=4.5, width=1.0), 4.0, 0.8, 0.828967),
        (GaussianBarrier(height=4.0, width=0.8 * math.sqrt(2 * math.pi)), 3.5, 0.6, 0.789301),
    ],
)
def test_published_cases_in_natural_units(
    barrier: Barrier, k0: float, sigma: float, exact: float
) -> None:
    fate = packet_average(barrier, GaussianPacket(k0=k0, sigma=sigma), NATURAL)
    assert fate.transmitted == pytest.approx(exact, abs=1e-6)


def test_wide_packet_has_the_transmission_of_its_mean_energy() -> None:
    wall = RectangularBarrier(height=6.0, width=0.3)
    wide = packet_average(wall, GaussianPacket(energy=4.0, sigma=200.0)).transmitted
    assert wide == pytest.approx(float(transmission_coefficient(wall, 4.0)), rel=1e-4)


def test_energy_density_adds_to_one() -> None:
    energy = np.linspace(0.5, 16, 200_001)
    p = energy_density(GaussianPacket(energy=5.0, sigma=1.0), energy)
    assert np.trapezoid(p, energy) == pytest.approx(1, abs=1e-6)


def test_an_energy_below_the_level_is_refused() -> None:
    with pytest.raises(InvalidInput, match="energy must be finite and above 0 eV, got -1 eV"):
        transmission_coefficient(NoBarrier(), -1.0)


STATES = [(barrier, sign) for barrier in SHAPES for sign in (1, -1)]
PLACES = np.linspace(-4.0, 4.0, 641)


@pytest.mark.parametrize(("barrier", "direction"), STATES, ids=str)
def test_a_stationary_state_carries_the_same_current_everywhere(
    barrier: Barrier, direction: int
) -> None:
    energy = max(barrier.right_level, 0.0) + 0.7
    state = stationary_state(barrier, energy, PLACES, direction=direction)
    current = (state.psi.conj() * state.slope).imag / state.k
    assert np.abs(current - state.transmission).max() < 1e-10
    assert abs(abs(state.r) ** 2 + state.transmission - 1) < 1e-10
    theory = float(transmission_coefficient(barrier, energy, direction=direction))
    assert state.transmission == pytest.approx(theory, abs=1e-9)
    whole = stationary(barrier, np.array([energy]), direction=direction)
    assert (state.t, state.r) == pytest.approx((whole.t[0], whole.r[0]), abs=1e-8)


@pytest.mark.parametrize(("barrier", "direction"), STATES, ids=str)
def test_a_stationary_state_solves_its_equation_and_has_no_jump(
    barrier: Barrier, direction: int
) -> None:
    """Between neighboring places psi' integrates to psi, and (V - E) psi/kinetic to psi'."""
    energy, h = max(barrier.right_level, 0.0) + 0.7, 1e-3
    edges = [x for x, _ in barrier.jumps]
    places = np.linspace(-1.2, 1.2, 49)
    places = places[np.abs(places - barrier.cells[:, None]).min(axis=0) > h]  # V may bend there
    near = np.concatenate([places - h, places, places + h])
    state = stationary_state(barrier, energy, near, direction=direction)
    psi, slope = (part.reshape(3, -1) for part in (state.psi, state.slope))
    assert np.abs((psi[2] - psi[0]) / (2 * h) - slope[1]).max() < 1e-3
    bent = (barrier.profile(places) - energy) / ELECTRON.kinetic * psi[1]
    assert np.abs((slope[2] - slope[0]) / (2 * h) - bent).max() < 2e-2
    for edge in (*edges, *barrier.support):
        ends = stationary_state(
            barrier, energy, edge + h**2 * np.array([-1, 1]), direction=direction
        )
        assert abs(np.diff(ends.psi)[0]) < 1e-4
        assert abs(np.diff(ends.slope)[0]) < 1e-3


@pytest.mark.parametrize("energy", [0.4, 2.0, 5.0])
def test_the_state_of_a_rectangle_is_that_of_the_textbook(energy: float) -> None:
    """Inside A exp(gx) + B exp(-gx), which fits at both edges: a linear system."""
    wall = RectangularBarrier(height=3.0, width=0.5)
    k = math.sqrt(energy / ELECTRON.kinetic)
    g = np.sqrt(complex((3.0 - energy) / ELECTRON.kinetic))
    a, b = wall.support

    def e(rate: complex, x: float) -> complex:
        return np.exp(rate * x)

    matched = np.array(
        [
            [-e(-1j * k, a), e(g, a), e(-g, a), 0],
            [1j * k * e(-1j * k, a), g * e(g, a), -g * e(-g, a), 0],
            [0, e(g, b), e(-g, b), -e(1j * k, b)],
            [0, g * e(g, b), -g * e(-g, b), -1j * k * e(1j * k, b)],
        ]
    )
    r, up, down, t = np.linalg.solve(matched, [e(1j * k, a), 1j * k * e(1j * k, a), 0, 0])
    x = np.linspace(a, b, 21)
    state = stationary_state(wall, energy, x)
    assert np.abs(state.psi - up * np.exp(g * x) - down * np.exp(-g * x)).max() < 1e-10
    assert (state.r, state.t) == pytest.approx((r, t), abs=1e-10)


def test_what_nothing_passes_is_met_by_a_wave_that_dies_out() -> None:
    wall = RectangularBarrier(height=20.0, width=5.0)
    state = stationary_state(wall, 1.0, np.linspace(-3, 3, 61))
    assert np.isfinite(state.psi).all()
    assert abs(state.psi[-1]) < 1e-40
    heavy = RectangularBarrier(height=20.0, width=400.0)
    assert stationary_state(heavy, 1.0, np.array([-201.0, 201.0])).psi[1] == 0
    step = stationary_state(StepBarrier(height=2.0), 1.0, np.array([0.0, 0.5]))
    assert step.transmission == 0
    assert abs(step.psi[1] / step.psi[0]) == pytest.approx(math.exp(-0.5 * step.q.imag))
    with pytest.raises(InvalidInput, match="energy must be finite and above 0 eV"):
        stationary_state(wall, 0.0, np.zeros(1))
