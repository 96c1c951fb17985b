"""Potentials of one's own, against closed forms, an integration of psi'' and what they promise."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from solver import (
    ELECTRON,
    DrawnBarrier,
    EckartBarrier,
    Experiment,
    GaussianBarrier,
    GaussianPacket,
    Grid,
    InvalidInput,
    RectangularBarrier,
    StepBarrier,
    TriangularBarrier,
    TypedBarrier,
    transmission_coefficient,
)
from solver.own.formed import FormedBarrier
from solver.potential import Barrier

SAME: list[tuple[FormedBarrier, Barrier]] = [
    (TypedBarrier(expression="6*box(x/0.4)"), RectangularBarrier(height=6.0, width=0.4)),
    (
        TypedBarrier(expression="1.5*gauss(sqrt(2*pi)*x/0.3)", center=0.5),
        GaussianBarrier(height=1.5, width=0.3, center=0.5),
    ),
    (TypedBarrier(expression="-2/cosh(x/0.4)^2"), EckartBarrier(height=-2.0, width=0.8)),
    (TypedBarrier(expression="3*step(x)"), StepBarrier(height=3.0)),
    (DrawnBarrier(points="-0.5 4 0.5 0"), TriangularBarrier(height=4.0, width=1.0)),
]
OTHER: list[FormedBarrier] = [
    DrawnBarrier(points="-0.8 0 -0.5 1.6 -0.2 0.3 0.3 1.2 0.6 0"),
    DrawnBarrier(points="-0.8 0 -0.5 1.6 -0.2 -3 0.3 1.2 0.6 0", lines="Smooth"),
    DrawnBarrier(points="-1 1 0 6 1 -2"),
    DrawnBarrier(points="-1 0 1 0.7", lines="Smooth"),
    TypedBarrier(expression="2*sin(4*x)*gauss(x)"),
    TypedBarrier(expression="1.5*box(x/3.5)*step(cos(2*pi*x/0.7) - 0.4) - 1*step(x)"),
]
PACKET = GaussianPacket(energy=1.1, sigma=0.8)


def by_integration(barrier: FormedBarrier, energy: float) -> float:
    """T from psi'' = (V - E)/kinetic psi, integrated from the right to the left by Runge-Kutta."""
    k, q = np.sqrt(np.array([energy, energy - barrier.right_level]) / ELECTRON.kinetic)
    edges = [float(barrier.cells[0]), float(barrier.cells[-1])]
    stops = sorted({*edges, *(x for x, _ in barrier.jumps)})
    psi = np.array([1.0, 1j * q])
    for left, right in zip(stops[-2::-1], stops[:0:-1], strict=True):

        def slope(
            x: float, y: np.ndarray, a: float = left + 1e-11, b: float = right - 1e-11
        ) -> np.ndarray:
            v = barrier.profile(np.array([min(max(x, a), b)]))[0]
            return np.array([y[1], (v - energy) / ELECTRON.kinetic * y[0]])

        found = solve_ivp(
            slope, (right, left), psi, method="DOP853", rtol=1e-9, atol=1e-11, max_step=0.1
        )
        psi = found.y[:, -1]
    return float(q / k / np.abs((psi[0] + psi[1] / (1j * k)) / 2) ** 2)


@pytest.mark.parametrize(("own", "known"), SAME, ids=lambda barrier: barrier.name)
def test_what_is_also_a_shape_has_its_transmission_and_its_waves(
    own: FormedBarrier, known: Barrier
) -> None:
    energy = np.array([0.7, 2.3, 6.0])
    found, exact = (transmission_coefficient(barrier, energy) for barrier in (own, known))
    np.testing.assert_allclose(found, exact, rtol=1e-8)
    assert own.extremes == pytest.approx(known.extremes, abs=1e-9)
    assert own.right_level == known.right_level
    assert own.support == pytest.approx(known.support, abs=2e-3)
    for (place, size), (x, jump) in zip(own.jumps, known.jumps, strict=True):
        assert (place, size) == pytest.approx((x, jump), abs=1e-6)
    grid = Grid(left=-9.0, right=9.5, n=512)
    np.testing.assert_allclose(own.potential(grid), known.potential(grid), atol=1e-6)


@pytest.mark.parametrize("barrier", OTHER, ids=lambda barrier: barrier.name)
def test_transmission_is_that_of_an_integration_and_the_packet_s_what_is_promised(
    barrier: FormedBarrier,
) -> None:
    for energy in (0.9, 3.7):
        found = float(transmission_coefficient(barrier, energy))
        assert found == pytest.approx(by_integration(barrier, energy), abs=1e-7)
    for direction in (1, -1):
        packet = GaussianPacket(energy=1.1, sigma=0.8, direction=direction)
        run = Experiment(barrier=barrier, packet=packet, quality="draft").run()
        assert run.fate.separated
        assert abs(run.fate.transmitted - run.exact.transmitted) < run.experiment.goal.error


def test_a_smooth_line_goes_through_its_points_and_has_no_new_tops() -> None:
    text = "-0.8 0 -0.5 1.6 -0.2 0.3 0.3 1.2 0.6 0"
    smooth = DrawnBarrier(points=text, lines="Smooth")
    x, v = np.array(text.split(), dtype=float).reshape(-1, 2).T
    np.testing.assert_allclose(smooth.profile(x), v, atol=1e-12)
    assert smooth.extremes == pytest.approx((0.0, 1.6), abs=1e-12)
    assert smooth.profile(np.linspace(-2, 2, 4001)).max() <= 1.6 + 1e-12
    assert (smooth.form.single, smooth.jumps) == (False, ())
    rising = DrawnBarrier(points="-1 1 1 3", lines="Smooth")  # level at its ends
    np.testing.assert_allclose(rising.profile(np.array([-0.999, 0.999])), [1, 3], atol=1e-5)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: TypedBarrier(expression="1/x"), "be finite where x is from -5 to 5 nm, got inf"),
        (lambda: TypedBarrier(expression="sqrt(x)"), "be finite where x is from -5 to 5 nm"),
        (lambda: TypedBarrier(expression="x^2"), "be from -10 to 20 eV where x is from -5 to 5"),
        (lambda: TypedBarrier(expression="9*sin(1e4*x)"), "change by at most 800 eV/nm but for"),
        (lambda: TypedBarrier(expression="tanh(x/1e-4)"), "change by at most 800 eV/nm but for"),
        (lambda: TypedBarrier(expression="step(sin(99*x))"), "have at most 60 jumps and corners"),
        (lambda: DrawnBarrier(points="0 1 0.5"), "be 2 to 24 pairs of numbers"),
        (lambda: DrawnBarrier(points="0 1 a 2"), "be pairs of numbers, x and V"),
        (lambda: DrawnBarrier(points="0 1 6 2"), "have x from -5 to 5 nm, got 6 nm"),
        (lambda: DrawnBarrier(points="0 1 nan 2"), "have x from -5 to 5 nm"),
        (lambda: DrawnBarrier(points="0 1 0.01 2"), "go on by at least 0.02 nm after 0 nm"),
        (lambda: DrawnBarrier(points="0 0 1 40"), "be from -10 to 20 eV"),
        (lambda: DrawnBarrier(points="0 0 1 1", lines="Round"), "lines must be one of Straight"),
        (lambda: DrawnBarrier(points="1 " * 300), "be a text of at most 400 characters"),
        (lambda: TypedBarrier(expression=[1]), "TypedBarrier.expression must be a str"),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_potential_is_told_with_rule_and_value(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(InvalidInput) as refused:
        make()
    assert message in str(refused.value)
    assert ", got " in str(refused.value)
