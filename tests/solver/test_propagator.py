"""The split-operator propagator against exact solutions, laws and its order."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver import (
    ELECTRON,
    AbsorbingLayer,
    EckartBarrier,
    Experiment,
    GaussianBarrier,
    GaussianPacket,
    Grid,
    NoBarrier,
    RectangularBarrier,
)
from solver.grid import Array
from solver.potential import Barrier
from solver.propagator import (
    Complex,
    Run,
    SplitOperator,
    cosine_tail,
    cot_defect,
    effective_potential,
)

GRID = Grid(left=-40.0, right=40.0, n=1024)
FAINT = AbsorbingLayer(width=1.0, strength=1e-300)
PACKET = GaussianPacket(energy=2.0, sigma=1.5)


def advance(psi: Complex, barrier: Barrier, dt: float, steps: int, grid: Grid = GRID) -> Complex:
    run = Run(SplitOperator(barrier, grid, dt, ELECTRON, FAINT), psi)
    return run.advance(np.array([steps]))[0][0]


def free_packet(x: Array, t: float) -> Complex:
    """Closed form of the spreading packet that starts at -10 nm."""
    k0, s = PACKET.wavenumber(ELECTRON), PACKET.sigma
    drift = ELECTRON.hbar * t / ELECTRON.mass
    width = 1 + 0.5j * drift / s**2
    d = x + 10.0
    envelope = -((d - k0 * drift) ** 2) / (4 * s**2 * width)
    phase = 1j * (k0 * d - k0**2 * drift / 2)
    return (2 * math.pi * s**2) ** -0.25 / np.sqrt(width) * np.exp(envelope + phase)


@pytest.mark.parametrize("steps", [1, 40])
@pytest.mark.parametrize("n", [1024, 1008, 1100, 1022])
def test_free_packet_has_no_splitting_error(n: int, steps: int) -> None:
    """On grids that have passes of every kind, and on one that has none."""
    grid = replace(GRID, n=n)
    psi = PACKET.psi(grid.x, -10.0, ELECTRON)
    moved = advance(psi, NoBarrier(), 12.0 / steps, steps, grid)
    np.testing.assert_allclose(moved, free_packet(grid.x, 12.0), atol=1e-11)


def test_packet_moves_along_its_direction() -> None:
    left = GaussianPacket(energy=2.0, sigma=1.5, direction=-1)
    moved = advance(left.psi(GRID.x, 10.0, ELECTRON), NoBarrier(), 0.5, 20)
    expected = 10 - ELECTRON.velocity(left.wavenumber(ELECTRON)) * 10
    assert np.sum(np.abs(moved) ** 2 * GRID.x) * GRID.dx == pytest.approx(expected, abs=1e-6)


def test_a_strang_step_is_second_order_in_time() -> None:
    """Lie splitting would pass every law below but not this slope."""
    psi = PACKET.psi(GRID.x, -6.0, ELECTRON)
    bell = EckartBarrier(height=2.0, width=2.0)
    reference = advance(psi, bell, 12.0 / 6400, 6400)
    errors = [
        np.abs(advance(psi, bell, 12.0 / steps, steps) - reference).max()
        for steps in (200, 400, 800)
    ]
    slopes = np.log2(np.array(errors[:-1]) / errors[1:])
    assert np.all((slopes > 1.9) & (slopes < 2.15))


@pytest.mark.parametrize(
    ("barrier", "packet", "dt"),
    [
        (RectangularBarrier(height=6.0, width=0.4), GaussianPacket(energy=5.0, sigma=1.0), None),
        (RectangularBarrier(height=-4.0, width=0.2), GaussianPacket(energy=5.0, sigma=1.0), None),
        (EckartBarrier(height=2.0, width=0.6), GaussianPacket(energy=2.0, sigma=1.0), 0.2),
    ],
)
def test_compensation_removes_most_of_the_error(
    barrier: Barrier, packet: GaussianPacket, dt: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def error() -> float:
        effective_potential.cache_clear()
        run = Experiment(
            barrier=barrier, packet=packet, dt=dt, quality="fine" if dt else "draft"
        ).run()
        lost = run.fate.remaining + run.experiment.wave.inbound(run.t_end)
        return max(abs(run.fate.transmitted - run.exact.transmitted) - lost, 1e-6)

    with_it = error()
    monkeypatch.setattr(
        "solver.propagator.compensated_potential", lambda b, g, dt, u: b.potential(g)
    )
    without_it = error()
    effective_potential.cache_clear()
    assert with_it < without_it / 5


def test_time_runs_backwards() -> None:
    """psi* stepped forward by the same operator returns to where it came from."""
    psi = PACKET.psi(GRID.x, -8.0, ELECTRON)
    wall = RectangularBarrier(height=3.0, width=0.5)
    there = advance(psi, wall, 0.01, 900)
    back = advance(there.conj(), wall, 0.01, 900).conj()
    np.testing.assert_allclose(back, psi, atol=1e-9)


@settings(max_examples=15, deadline=None)
@given(
    height=st.floats(-10, 20),
    width=st.floats(0.05, 3),
    smooth=st.booleans(),
    steps=st.integers(1, 60),
)
def test_without_layers_the_norm_is_kept(
    height: float, width: float, smooth: bool, steps: int
) -> None:
    kind = GaussianBarrier if smooth else RectangularBarrier
    psi = PACKET.psi(GRID.x, -3.0, ELECTRON)
    moved = advance(psi, kind(height=height, width=width), 0.02, steps)
    assert np.sum(np.abs(moved) ** 2) * GRID.dx == pytest.approx(1, abs=1e-12)


def test_what_the_layers_take_does_not_depend_on_the_step() -> None:
    layer = AbsorbingLayer(width=8.0, strength=6.0)
    psi = PACKET.psi(GRID.x, 20.0, ELECTRON)
    absorbed = []
    for steps in (100, 400):
        run = Run(SplitOperator(NoBarrier(), GRID, 30.0 / steps, ELECTRON, layer), psi)
        absorbed.append(run.advance(np.array([steps]))[1][0])
    np.testing.assert_allclose(absorbed[0], absorbed[1], atol=1e-5)
    assert absorbed[0][1] > 0.5 > 1e-9 > absorbed[0][0]


def test_cot_defect_is_continuous_at_its_series() -> None:
    energy = np.array([0.999, 1.001]) * 2e-3 * ELECTRON.hbar
    low, high = cot_defect(energy, 1.0, ELECTRON)
    assert high / low == pytest.approx(1.001 / 0.999, rel=1e-5)


@pytest.mark.parametrize("distance", [0.0, 0.3, 2.0])
def test_cosine_tail_against_quadrature(distance: float) -> None:
    q = np.linspace(3.0, 900.0, 4_000_001)
    values = np.cos(q * distance) / q**4
    assert cosine_tail(distance, 3.0) == pytest.approx(np.trapezoid(values, q), abs=1e-9)
