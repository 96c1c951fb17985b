"""Between the points of a grid: integrals of densities from anywhere."""

import numpy as np
import pytest

from solver.grid import Array, Grid
from solver.interpolation import drawn, drawn_and_summed, interpolate, parts_left_of

PLACES = (-1.0, -0.73, 0.0, 0.013, 1.21)


def error(n: int, place: float) -> float:
    """Of the integral of a bell with waves on it, left of a place, against a fine sum."""
    grid, fine = Grid(left=-6.0, right=6.0, n=n), np.linspace(-6.0, place, 20001)

    def density(x: Array) -> Array:
        return np.exp(-(x**2)) * (1 + np.cos(4 * x))

    exact = np.trapezoid(density(fine), fine)
    found = density(grid.x) @ parts_left_of(grid, place) * grid.dx
    return abs(float(found) - float(exact))


@pytest.mark.parametrize("place", PLACES)
def test_the_error_of_an_integral_falls_with_the_sixth_power_of_the_spacing(place: float) -> None:
    coarse, fine = error(60, place), error(120, place)
    assert coarse < 1e-3
    assert fine < coarse / 20 or fine < 1e-7


def test_the_parts_are_a_smooth_function_of_the_place() -> None:
    """From one grid point to the next, and through it."""
    grid = Grid(left=-6.0, right=6.0, n=60)
    places = np.linspace(-0.5, 0.5, 4001)
    parts = np.array([parts_left_of(grid, float(place)) for place in places])
    assert np.abs(np.diff(parts, axis=0)).max() < 2 * (places[1] - places[0]) / grid.dx


def test_far_from_the_place_a_point_counts_whole_or_not_at_all() -> None:
    grid = Grid(left=-6.0, right=6.0, n=60)
    parts = parts_left_of(grid, 0.37)
    assert np.all(parts[grid.x < 0.37 - 3 * grid.dx] == 1)
    assert np.all(parts[grid.x > 0.37 + 3 * grid.dx] == 0)


def test_left_and_right_are_mirror_images() -> None:
    grid = Grid(left=-6.0, right=6.0, n=60)
    mirrored = 1 - parts_left_of(grid, -0.37)[:0:-1]
    np.testing.assert_allclose(parts_left_of(grid, 0.37)[1:], mirrored, atol=1e-14)


@pytest.mark.parametrize("n", [60, 246, 300, 1022, 2450])
def test_what_is_drawn_is_the_wave_to_half_a_step(n: int) -> None:
    """Whether the grid is coarser than the screen or finer, where everything is folded."""
    grid, window = Grid(left=-7.0, right=8.0, n=n), (-6.3, 5.1)
    rng = np.random.default_rng(3)
    wave = np.fft.ifft(rng.normal(size=(4, n)) + 1j * rng.normal(size=(4, n)))
    seen = drawn(wave, grid, window, points=512, steps=4095)
    h = seen.x[1] - seen.x[0]
    exact = interpolate(wave, grid, window[0], h, seen.x.size)
    off = (seen.re + 1j * seen.im) * seen.scale - exact
    assert max(np.abs(off.real).max(), np.abs(off.imag).max()) <= 0.5001 * seen.scale
    assert seen.x[0] == window[0]
    assert 512 <= seen.x.size <= 560
    assert window[1] - h < seen.x[-1] <= window[1]


@pytest.mark.parametrize("n", [60, 246, 1022])
@pytest.mark.parametrize(("left", "h", "count"), [(-6.9, 0.0371, 300), (0.3, 1.7e-3, 41)])
def test_between_the_points_stands_the_fourier_series(
    n: int, left: float, h: float, count: int
) -> None:
    """The sum over the waves that fit the grid, term by term."""
    grid = Grid(left=-7.0, right=8.0, n=n)
    rng = np.random.default_rng(4)
    wave = rng.normal(size=(3, n)) + 1j * rng.normal(size=(3, n))
    x = left + h * np.arange(count)
    modes = np.exp(1j * np.outer(grid.k, x - grid.left)) / n
    exact = np.fft.fft(wave) @ modes
    found = interpolate(wave, grid, left, h, count)
    np.testing.assert_allclose(found, exact, atol=1e-10 * np.abs(exact).max())
    envelope = np.linspace(0, 1, count)
    np.testing.assert_allclose(interpolate(wave, grid, left, h, count, envelope), envelope * found)


def test_nothing_is_drawn_as_nothing() -> None:
    seen = drawn(np.zeros((2, 60), complex), Grid(left=-6.0, right=6.0, n=60), (-5.0, 5.0), 32, 9)
    assert not seen.re.any()
    assert not seen.im.any()


@pytest.mark.parametrize("n", [60, 246, 1022])
def test_what_draws_waves_sums_their_transforms_too(n: int) -> None:
    grid, rng = Grid(left=-7.0, right=8.0, n=n), np.random.default_rng(5)
    waves = rng.normal(size=(11, n)) + 1j * rng.normal(size=(11, n))
    weights = rng.uniform(size=n)
    _, sums = drawn_and_summed(waves, grid, (-6.3, 5.1), 512, 4095, weights)
    sizes = np.abs(np.fft.fft(waves)) ** 2
    exact = np.stack([sizes.sum(axis=1), sizes @ weights], axis=1)
    np.testing.assert_allclose(sums, exact, rtol=1e-12)
