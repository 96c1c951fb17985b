"""Barriers: profile, area, Fourier coefficients and band-limited potential agree."""

import numpy as np
import pytest

from solver import (
    DoubleBarrier,
    EckartBarrier,
    FallingBarrier,
    GaussianBarrier,
    Grid,
    NoBarrier,
    RectangularBarrier,
    StepBarrier,
    TabulatedBarrier,
    TriangularBarrier,
)
from solver.potential import Barrier

GRID = Grid(left=-20.0, right=22.0, n=1024)
Single = RectangularBarrier | GaussianBarrier | EckartBarrier
SINGLE: list[Single] = [
    RectangularBarrier(height=2.0, width=1.3, center=0.37),
    GaussianBarrier(height=2.0, width=1.3, center=0.37),
    EckartBarrier(height=-2.0, width=1.3, center=0.37),
]
ALL = [
    *SINGLE,
    DoubleBarrier(height=3.0, width=0.4, gap=0.7),
    TriangularBarrier(height=3.0, width=1.1, field=1.5),
    TabulatedBarrier(x=(-1.0, 0.2, 1.5), v=(0.5, 3.0, -1.0)),
    NoBarrier(),
]


@pytest.mark.parametrize("barrier", ALL, ids=lambda barrier: barrier.name)
def test_fourier_coefficients_are_those_of_the_profile(barrier: Barrier) -> None:
    x = np.linspace(-20, 22, 840_001)[:-1] + 2.5e-5
    q = np.array([0.0, 0.4, 1.7, 6.0])
    v = barrier.profile(x)
    expected = [np.sum(v * np.exp(-1j * k * x)) * 5e-5 for k in q]
    np.testing.assert_allclose(barrier.coefficients(q, GRID), expected, atol=2e-4)


@pytest.mark.parametrize("barrier", SINGLE, ids=lambda barrier: barrier.name)
def test_equivalent_width_is_area_over_height(barrier: Single) -> None:
    area = barrier.coefficients(np.zeros(1), GRID)[0].real
    assert area == pytest.approx(barrier.height * barrier.width, rel=1e-12)
    assert np.sum(barrier.potential(GRID)) * GRID.dx == pytest.approx(area, rel=1e-12)


def test_smooth_potential_is_its_profile() -> None:
    barrier = GaussianBarrier(height=2.0, width=1.3, center=0.37)
    np.testing.assert_allclose(barrier.potential(GRID), barrier.profile(GRID.x), atol=1e-12)


def test_band_limited_rectangle_moves_smoothly_with_its_width() -> None:
    narrow, wide = (RectangularBarrier(height=1.0, width=w).potential(GRID) for w in (1.0, 1.0001))
    assert 0 < np.abs(wide - narrow).max() < 0.01


def test_gaussian_width_at_half_maximum() -> None:
    barrier = GaussianBarrier(height=1.0, width=1.0)
    assert barrier.profile(np.array([0.9394 / 2]))[0] == pytest.approx(0.5, abs=1e-4)


def test_support_is_where_a_smooth_barrier_exceeds_a_thousandth() -> None:
    for barrier in SINGLE[1:]:
        edges = np.array(barrier.support)
        np.testing.assert_allclose(barrier.profile(edges) / barrier.height, 1e-3, rtol=1e-9)


def test_triangle_defaults_to_a_full_triangle_and_never_passes_zero() -> None:
    x = np.linspace(-0.5, 0.4999, 101)
    np.testing.assert_allclose(
        TriangularBarrier(height=2.0, width=1.0).profile(x), 2 - 2 * (x + 0.5)
    )
    steep = TriangularBarrier(height=-2.0, width=1.0, field=8.0).profile(x)
    assert (steep.max(), steep.min()) == (0, -2)


def test_a_falling_barrier_falls_past_zero_and_stays_there() -> None:
    oxide = FallingBarrier(height=3.0, width=2.0, field=4.0, center=1.0)
    x = np.array([-0.1, 0.0, 0.5, 1.0, 2.0, 3.0, 9.0])
    np.testing.assert_allclose(oxide.profile(x), [0, 3, 1, -1, -5, -5, -5])
    assert oxide.support == (0.0, 2.0)
    assert oxide.right_level == -5.0
    assert oxide.extremes == (-5.0, 3.0)
    assert oxide.jumps == ((0.0, 3.0),)


def test_a_falling_barrier_on_a_box_is_its_profile_up_to_the_end() -> None:
    oxide = FallingBarrier(height=3.0, width=2.0, field=4.0)
    x = np.linspace(GRID.left, GRID.right, 840_001)[:-1] + 2.5e-5
    q = 2 * np.pi / GRID.length * np.array([0, 3, 11, 40])
    expected = [np.sum(oxide.profile(x) * np.exp(-1j * k * x)) * 5e-5 for k in q]
    np.testing.assert_allclose(oxide.coefficients(q, GRID), expected, atol=1e-3)


def test_far_from_a_steep_barrier_nothing_overflows() -> None:
    x = np.array([-1e6, 1e6])
    for kind in (EckartBarrier, GaussianBarrier):
        assert (kind(height=1.0, width=1e-3).profile(x) < 1e-100).all()


def test_step_stays_up_to_the_end_of_the_box() -> None:
    step = StepBarrier(height=2.0)
    assert step.right_level == step.top == 2.0
    potential = step.potential(GRID)
    assert potential[GRID.x > 1][:300].mean() == pytest.approx(2.0, abs=0.01)
    assert step.jumps == ((0.0, 2.0),)


def test_jumps_are_found_where_pieces_do_not_meet() -> None:
    table = TabulatedBarrier(x=(0.0, 1.0, 2.0), v=(1.0, 3.0, 0.0))
    assert table.jumps == ((0.0, 1.0),)
    assert DoubleBarrier(height=1.0, width=1.0, gap=1.0).jumps == (
        (-1.5, 1.0),
        (-0.5, -1.0),
        (0.5, 1.0),
        (1.5, -1.0),
    )
