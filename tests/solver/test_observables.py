"""The classically forbidden part and the energy: closed forms, and probabilities integrated."""

import math
from typing import Any

import numpy as np
import pytest

from solver import (
    ELECTRON,
    DoubleBarrier,
    EckartBarrier,
    Experiment,
    GaussianBarrier,
    GaussianPacket,
    Grid,
    NoBarrier,
    RectangularBarrier,
    StepBarrier,
    TabulatedBarrier,
    TriangularBarrier,
    observables,
)
from solver.grid import Array
from solver.observables import forbidden, spans_above, total_energy
from solver.potential import Barrier
from solver.trajectory import Trajectory

BELL = GaussianBarrier(height=2.0, width=1.0, center=0.3)
BELL_REACH = BELL.decay * math.sqrt(2 * math.log(2.0))
ECKART = EckartBarrier(height=2.0, width=1.0)
ECKART_REACH = ECKART.decay * math.acosh(math.sqrt(2.0))
DOUBLE = DoubleBarrier(height=2.0, width=0.3, gap=1.0)
DIRECT = 0.6
"""Of what the quality promises: the density between grid points is a polynomial through six."""


@pytest.mark.parametrize(
    ("barrier", "energy", "places"),
    [
        (RectangularBarrier(height=2.0, width=0.6), 1.0, [(-0.3, 0.3)]),
        (RectangularBarrier(height=2.0, width=0.6), 2.0, []),
        (RectangularBarrier(height=-2.0, width=0.6), 1.0, []),
        (RectangularBarrier(height=-2.0, width=0.6), -1.0, [(-math.inf, -0.3), (0.3, math.inf)]),
        (NoBarrier(), 1.0, []),
        (StepBarrier(height=2.0), 1.0, [(0.0, math.inf)]),
        (StepBarrier(height=2.0), 3.0, []),
        (StepBarrier(height=-10.0), -9.0, [(-math.inf, 0.0)]),
        (BELL, 1.0, [(0.3 - BELL_REACH, 0.3 + BELL_REACH)]),
        (BELL, 2.5, []),
        (ECKART, 1.0, [(-ECKART_REACH, ECKART_REACH)]),
        (DOUBLE, 1.0, [(-0.8, -0.5), (0.5, 0.8)]),
        (TriangularBarrier(height=2.0, width=1.0), 0.5, [(-0.5, 0.25)]),
        (TabulatedBarrier(x=(0, 1, 2, 3), v=(0, 2, 0, 2)), 1.0, [(0.5, 1.5), (2.5, 3.0)]),
    ],
    ids=str,
)
def test_the_place_is_where_v_exceeds_the_energy(
    barrier: Barrier, energy: float, places: list[Any]
) -> None:
    found = spans_above(barrier, energy)
    assert len(found) == len(places)
    for span, place in zip(found, places, strict=True):
        assert span == pytest.approx(place, abs=1e-7)


def fine_density(run: Trajectory, points: Array) -> Array:
    """|psi|^2 at places between the grid points, from the Fourier series of psi."""
    modes = np.exp(1j * np.outer(points - run.grid.left, run.grid.k))
    return np.abs(modes @ (np.fft.fft(run.psi) / run.grid.n).T).T ** 2


def integral(run: Trajectory, a: float, b: float) -> Array:
    x = np.linspace(a, b, 401)
    return np.asarray(np.trapezoid(fine_density(run, x), x, axis=1))


def test_in_a_rectangle_higher_than_the_energy_all_the_inside_is_forbidden() -> None:
    wall = RectangularBarrier(height=1.5, width=0.3)
    packet = GaussianPacket(energy=1.0, sigma=1.0)
    run = Experiment(barrier=wall, packet=packet, quality="draft").run()
    found = forbidden(run.experiment, run.density, run.regions)
    assert found is not None
    np.testing.assert_allclose(found, run.regions[:, 1], atol=1e-12)


@pytest.mark.parametrize(
    "barrier",
    [
        RectangularBarrier(height=1.5, width=0.3),
        GaussianBarrier(height=1.5, width=0.3),
        EckartBarrier(height=1.5, width=0.6),
        DoubleBarrier(height=2.0, width=0.3, gap=1.0),
        TriangularBarrier(height=3.0, width=1.0),
    ],
    ids=lambda barrier: barrier.name,
)
def test_the_probabilities_are_the_direct_integrals(barrier: Barrier) -> None:
    packet = GaussianPacket(energy=1.0, sigma=1.0)
    run = Experiment(barrier=barrier, packet=packet, quality="draft").run()
    found = forbidden(run.experiment, run.density, run.regions)
    assert found is not None
    direct = np.zeros(run.times.size)
    for span in spans_above(barrier, 1.0):
        direct += integral(run, *span)
    assert direct.max() > 0.01
    assert np.abs(found - direct).max() < DIRECT * run.experiment.goal.error
    inside = integral(run, *barrier.support)
    assert np.abs(run.regions[:, 1] - inside).max() < DIRECT * run.experiment.goal.error


def test_an_endless_stretch_holds_what_the_layers_took() -> None:
    """Beyond a step higher than the packet's energy all is forbidden, absorbed or not."""
    step = StepBarrier(height=1.05)
    packet = GaussianPacket(energy=1.0, sigma=0.5)
    run = Experiment(barrier=step, packet=packet, quality="draft", t_end=80.0).run()
    assert run.absorbed[-1, 1] > 0.01
    found = forbidden(run.experiment, run.density, run.regions)
    assert found is not None
    np.testing.assert_allclose(found, run.regions[:, 2])


def test_above_the_barrier_nothing_is_forbidden() -> None:
    packet = GaussianPacket(energy=3.0, sigma=1.0)
    run = Experiment(barrier=BELL, packet=packet, quality="draft").run()
    assert forbidden(run.experiment, run.density, run.regions) is None


def test_a_packet_on_a_step_has_the_step_s_height_besides_its_own_energy() -> None:
    packet = GaussianPacket(energy=1.0, sigma=1.0, direction=-1)
    down = Experiment(barrier=StepBarrier(height=0.8), packet=packet)
    assert total_energy(down) == pytest.approx(1.8)


@pytest.mark.parametrize("left", [1.0, 0.3])
def test_the_energy_is_of_what_is_still_there(left: float) -> None:
    """hbar^2 (k0^2 + 1/4 sigma^2)/2m + <a + b x> of a Gaussian, however much of it is left."""
    grid, packet = Grid(left=-12.0, right=12.0, n=512), GaussianPacket(k0=4.0, sigma=0.8)
    psi = math.sqrt(left) * packet.psi(grid.x, 1.5, ELECTRON)
    exact = ELECTRON.kinetic * (4.0**2 + 1 / (4 * 0.8**2)) + 0.7 + 0.2 * 1.5
    both = np.stack([psi, psi])[:, None]
    found = observables.energy(both, grid, 0.7 + 0.2 * grid.x, ELECTRON)
    assert found.shape == (2, 1)
    np.testing.assert_allclose(found, exact, rtol=1e-12)
