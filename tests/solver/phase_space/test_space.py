"""The Wigner function against closed forms, its marginals and its laws."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver import (
    ELECTRON,
    DoubleBarrier,
    Experiment,
    FallingBarrier,
    GaussianBarrier,
    GaussianPacket,
    Grid,
    RectangularBarrier,
    StepBarrier,
    TriangularBarrier,
)
from solver.grid import Array
from solver.interpolation import interpolate
from solver.phase_space import (
    PhaseSpace,
    levels,
    picture,
    picture_least,
    picture_levels,
    wigner,
)
from solver.phase_space.samples import MARGIN, SOFT
from solver.potential import Barrier
from solver.propagator import Complex

GRID = Grid(left=-24.0, right=24.0, n=1024)
WINDOW = (-16.0, 16.0)


def packet(x0: float, k0: float, sigma: float = 1.5) -> Complex:
    d = GRID.x - x0
    return (2 * math.pi * sigma**2) ** -0.25 * np.exp(-(d**2) / (4 * sigma**2) + 1j * k0 * d)


MARGINAL = 1e-3
"""Largest error of W, or of a marginal, relative to its peak."""


def means_of(
    psi: Complex, grid: Grid, window: tuple[float, float], points: int, cells: int = 128
) -> Array:
    """|psi|^2 averaged over so many evenly spaced points of each of the cells."""
    h = (window[1] - window[0]) / (cells * points)
    dense = np.abs(interpolate(psi, grid, window[0] + h / 2, h, cells * points)) ** 2
    return dense.reshape(psi.shape[0], cells, points).mean(axis=2)


def points_of(space: PhaseSpace, psi: Complex, grid: Grid, window: tuple[float, float]) -> int:
    """At how many points of each cell the picture was taken."""
    shown, cells = space.density_x[:1], space.x.size
    found = (
        n for n in range(1, 50) if np.allclose(means_of(psi[:1], grid, window, n, cells), shown)
    )
    return next(found)


def cell_means(space: PhaseSpace, psi: Complex, grid: Grid, window: tuple[float, float]) -> Array:
    """|psi|^2 averaged over the points of each cell of a picture."""
    return means_of(psi, grid, window, points_of(space, psi, grid, window), space.x.size)


def cell(space: PhaseSpace) -> float:
    return (space.x[1] - space.x[0]) * (space.k[1] - space.k[0])


def test_gaussian_closed_form() -> None:
    space = wigner(packet(-3.0, 2.0)[None], GRID, WINDOW, 6.0)
    x, k = np.meshgrid(space.x, space.k)
    exact = np.exp(-((x + 3) ** 2) / (2 * 1.5**2) - 2 * 1.5**2 * (k - 2) ** 2) / math.pi
    assert np.abs(space.values[0] - exact).max() < 0.01 / math.pi
    assert np.sum(space.values[0]) * cell(space) == pytest.approx(1, abs=1e-4)
    assert space.negativity[0] < 1e-4


def test_packet_moving_right_sits_at_positive_k() -> None:
    space = wigner(packet(0.0, 3.0)[None], GRID, WINDOW, 6.0)
    row, column = np.unravel_index(space.values[0].argmax(), space.values[0].shape)
    assert space.k[row] == pytest.approx(3.0, abs=0.1)
    assert space.x[column] == pytest.approx(0.0, abs=0.2)


def test_two_packets_interfere_halfway_with_fringes_in_k() -> None:
    psi = (packet(-6.0, 0.0) + packet(6.0, 0.0)) / math.sqrt(2)
    space = wigner(psi[None], GRID, WINDOW, 3.0)
    x, k = np.meshgrid(np.linspace(-16, 16, 1001), np.linspace(-3, 3, 1001))
    bells = [np.exp(-((x - c) ** 2) / 4.5 - 4.5 * k**2) / math.pi for c in (-6, 0, 6)]
    exact = (bells[0] + bells[2]) / 2 + bells[1] * np.cos(12 * k)
    negativity = np.sum(np.abs(exact) - exact) / 2 * 0.032 * 0.006
    assert space.negativity[0] == pytest.approx(negativity, rel=0.02)
    middle = space.values[0][:, np.abs(space.x).argmin()].astype(float)
    spectrum = np.abs(np.fft.rfft(middle))
    fringe = 3.0 * 2 / (spectrum[5:].argmax() + 5)
    assert fringe == pytest.approx(2 * math.pi / 12, rel=0.08)


SINGLE = 1e-6
"""Round-off of W, of order 1, in single precision."""


def test_a_cat_in_closed_form() -> None:
    """Two bells and what stands between them, averaged over each cell."""
    psi = (packet(-6.0, 0.7) + packet(6.0, 0.7)) / math.sqrt(2)
    space = wigner(psi[None], GRID, WINDOW, 3.0)
    dk = space.k[1] - space.k[0]
    k = (space.k[:, None] + dk * (np.arange(400) - 199.5) / 400).ravel()[:, None] - 0.7
    points = points_of(space, psi[None], GRID, WINDOW)
    step = (WINDOW[1] - WINDOW[0]) / (space.x.size * points)
    x = WINDOW[0] + step * (np.arange(space.x.size * points) + 0.5)
    bells = [np.exp(-((x - c) ** 2) / 4.5 - 4.5 * k**2) / math.pi for c in (-6, 0, 6)]
    exact = (bells[0] + bells[2]) / 2 + bells[1] * np.cos(12 * (k + 0.7))
    exact = exact.reshape(space.k.size, 400, space.x.size, points).mean(axis=(1, 3))
    assert np.abs(space.values[0] - exact).max() < 3 * SINGLE


@pytest.mark.parametrize("strengths", [(1.0, 0.5), (0.3, 1.0), (0.0, 1.0), (0.0, 0.0)])
def test_levels_are_the_values_in_steps_of_one_scale(strengths: tuple[float, float]) -> None:
    """Whether the largest value comes first or last."""
    cat = packet(-4.0, 1.0) - packet(4.0, -2.0)
    psi = np.stack([strength * cat for strength in strengths])
    space, seen = wigner(psi, GRID, WINDOW, 6.0), levels(psi, GRID, WINDOW, 6.0)
    shown = (seen.levels.astype(float) - 128) * seen.scale
    steps = 0.5 if strengths[0] == max(strengths) else 1.0
    assert np.abs(shown - space.values).max() <= (steps + 0.01) * seen.scale
    assert np.abs(seen.levels.astype(int) - 128).max() == (127 if max(strengths) else 0)
    np.testing.assert_array_equal(seen.density_k, space.density_k)
    np.testing.assert_allclose(seen.negativity, space.negativity, atol=10 * SINGLE)
    np.testing.assert_allclose(seen.lacking, space.lacking, atol=10 * SINGLE)


def test_the_picture_on_screen_is_the_picture() -> None:
    experiment = Experiment(barrier=WELL, packet=SLOW, quality="draft")
    run, least = experiment.run(), picture_least(experiment.wave)
    about = run.psi[::9], run.grid, experiment.used_window, least
    space, seen = picture(*about), picture_levels(*about)
    np.testing.assert_array_equal(seen.k, space.k)
    shown = (seen.levels.astype(float) - 128) * seen.scale
    assert np.abs(shown - space.values).max() <= 1.01 * seen.scale


def test_values_stay_within_the_bound_of_a_pure_state() -> None:
    psi = (packet(-4.0, 1.0) - packet(4.0, -2.0)) / math.sqrt(2)
    assert np.abs(wigner(psi[None], GRID, WINDOW, 6.0).values).max() <= 1 / math.pi + 1e-6


@settings(max_examples=15, deadline=None)
@given(
    x1=st.floats(-7, 7),
    x2=st.floats(-7, 7),
    k1=st.floats(-4, 4),
    k2=st.floats(-4, 4),
    phase=st.floats(0, 6.28),
    sigma=st.floats(0.6, 1.5),
)
def test_marginals_are_the_densities(
    x1: float, x2: float, k1: float, k2: float, phase: float, sigma: float
) -> None:
    psi = packet(x1, k1, sigma) + 0.7 * np.exp(1j * phase) * packet(x2, k2, sigma)
    psi /= math.sqrt(np.sum(np.abs(psi) ** 2) * GRID.dx) or 1.0
    space = wigner(psi[None], GRID, WINDOW, 9.0)
    in_x = cell_means(space, psi[None], GRID, WINDOW)[0]
    summed = space.values[0].sum(axis=0) * (space.k[1] - space.k[0])
    assert np.abs(summed - in_x).max() <= MARGINAL * in_x.max()
    step = (space.k[1] - space.k[0]) / 16
    k = space.k[0] + step * (np.arange(16 * space.k.size) - 7.5)
    phi = np.exp(-1j * np.outer(k, GRID.x)) @ psi * GRID.dx / math.sqrt(2 * math.pi)
    in_k = (np.abs(phi) ** 2).reshape(-1, 16).mean(axis=1)
    assert np.abs(space.density_k[0] - in_k).max() <= MARGINAL * in_k.max()


@pytest.mark.parametrize(
    ("energy", "sigma", "height"), [(1.0, 1.4, 1.5), (20.0, 3.0, 18.0), (0.5, 0.5, 0.6)]
)
def test_marginals_of_a_whole_run(energy: float, sigma: float, height: float) -> None:
    run = Experiment(
        barrier=RectangularBarrier(height=height, width=0.3),
        packet=GaussianPacket(energy=energy, sigma=sigma),
    ).run()
    limit = run.experiment.wave.k0 + 5 / (2 * sigma)
    space = wigner(run.psi[:1], run.grid, run.experiment.used_window, limit)
    weights = run.experiment.packet.momentum_density(space.k, ELECTRON)
    if space.k[1] - space.k[0] < 0.2 / (2 * sigma):
        assert np.abs(space.density_k[0] - weights).max() <= 2e-3 * weights.max()
    whole = wigner(run.psi, run.grid, run.experiment.used_window, limit)
    density = cell_means(whole, run.psi, run.grid, run.experiment.used_window)
    assert np.abs(whole.density_x - density).max() <= MARGINAL * density.max()
    wide = wigner(run.psi, run.grid, run.experiment.used_window, 3 * limit)
    summed = wide.values.sum(axis=1, dtype=float) * (wide.k[1] - wide.k[0])
    density = cell_means(wide, run.psi, run.grid, run.experiment.used_window)
    assert np.abs(summed - density).max() <= 2 * MARGINAL * density.max()


def test_a_free_wigner_function_shears() -> None:
    grid_k = GRID.k
    psi = packet(-4.0, 2.0)
    t = 8.0
    kick = np.exp(-1j * ELECTRON.kinetic * grid_k**2 * t / ELECTRON.hbar)
    moved = np.fft.ifft(np.fft.fft(psi) * kick)
    space = wigner(np.stack([psi, moved]), GRID, WINDOW, 6.0)
    for row in (np.abs(space.k - k).argmin() for k in (1.8, 2.0, 2.2)):
        means = space.values[:, row] @ space.x / space.values[:, row].sum(axis=1)
        drift = ELECTRON.velocity(space.k[row]) * t
        assert means[1] - means[0] == pytest.approx(drift, abs=0.02)


WELL = GaussianBarrier(height=-10.0, width=3.0)
SLOW, FAST = GaussianPacket(energy=1.0, sigma=1.4), GaussianPacket(energy=12.0, sigma=0.6)
BACK = GaussianPacket(energy=1.0, sigma=1.4, direction=-1)


def direct(
    psi: Complex, grid: Grid, space: PhaseSpace, window: tuple[float, float], points: int
) -> Array:
    """W averaged over the cells of `space`, (nk, nx), by a sum over y of the undecimated psi.

    In x at the picture's points; in y as fine as the grid or finer; faded out beyond the window
    over as much as the picture is. The average over a cell [k, k + dk] of exp(2iky) is exact.
    """
    dx, dk = space.x[1] - space.x[0], space.k[1] - space.k[0]
    between = 2 * math.ceil(dx / points / grid.dx)
    h = dx / points / between
    reach = math.ceil((grid.length / 2) / h)
    middle = (window[0] + window[1]) / 2
    x = middle + h * np.arange(-reach, reach + 1)
    fine = interpolate(psi[None], grid, x[0], h, x.size)[0]
    for room, outside in (
        (window[0] - grid.left, window[0] - x),
        (grid.right - window[1], x - window[1]),
    ):
        margin = min(MARGIN, room)
        fade = max(margin, SOFT * (window[1] - window[0]))
        fine *= np.sin(np.pi / 2 * np.clip((margin - outside) / fade, 0, 1)) ** 2
    y = h * np.arange(reach)
    edges = np.append(space.k - dk / 2, space.k[-1] + dk / 2)[:, None]
    turn = np.ones((space.k.size, y.size), dtype=complex)
    turn[:, 1:] = np.diff(np.exp(2j * edges * y[1:]), axis=0) / (2j * y[1:] * dk)
    turn[:, 0] /= 2
    pairs = np.zeros((y.size, space.x.size), dtype=complex)
    for i, center in enumerate(space.x):
        for j in range(points):
            at = round((center - dx / 2 + (j + 0.5) * dx / points - x[0]) / h)
            n = min(y.size, at + 1, fine.size - at)
            pairs[:n, i] += fine[at : at + n].conj() * fine[at::-1][:n]
    return np.asarray((turn @ pairs).real * (2 * h / np.pi) / points)


@pytest.mark.parametrize(
    ("barrier", "packet"),
    [
        (WELL, SLOW),
        (RectangularBarrier(height=-10.0, width=0.5), FAST),
        (StepBarrier(height=-10.0), SLOW),
        (StepBarrier(height=8.0), BACK),
        (FallingBarrier(height=4.0, width=0.6, field=12.0), SLOW),
        (TriangularBarrier(height=6.0, width=0.5, field=6.0), SLOW),
        (RectangularBarrier(height=1.5, width=0.3), SLOW),
        (RectangularBarrier(height=4.0, width=0.3), SLOW),
        (RectangularBarrier(height=20.0, width=0.05), FAST),
        (DoubleBarrier(height=2.0, width=0.3, gap=1.0), SLOW),
    ],
)
def test_the_picture_holds_all_k_and_no_ghost(barrier: Barrier, packet: GaussianPacket) -> None:
    experiment = Experiment(barrier=barrier, packet=packet, quality="draft")
    run, least = experiment.run(), picture_least(experiment.wave)
    frames = run.psi[::3]
    space = picture(frames, run.grid, experiment.used_window, least)
    points = points_of(space, frames, run.grid, experiment.used_window)
    dense = cell_means(space, frames, run.grid, experiment.used_window)
    sums = space.values.sum(axis=1) * (space.k[1] - space.k[0])
    assert np.all(np.abs(sums - dense).max(axis=1) <= MARGINAL * dense.max(axis=1))
    worst = int(space.lacking[: experiment.frames // 3].argmax())
    for frame in {0, len(frames) // 3, worst}:
        exact = direct(frames[frame], run.grid, space, experiment.used_window, points)
        off = np.abs(space.values[frame] - exact).max()
        assert off <= MARGINAL * np.abs(exact).max(), (frame, off)


def test_a_well_is_seen_at_its_own_wavenumbers() -> None:
    """At 19.09 fs the wave in the well has k up to 17/nm; nothing is at (-0.02 nm, -7.28/nm)."""
    experiment = Experiment(barrier=WELL, packet=SLOW)
    run = experiment.run()
    frame = int(np.abs(run.times - 19.09).argmin())
    psi = run.psi[[frame]]
    space = picture(psi, run.grid, experiment.used_window, picture_least(experiment.wave))
    inside = np.abs(space.x) < 1.5
    held = space.values[0][:, inside].sum() * cell(space)
    there = means_of(psi, run.grid, experiment.used_window, 20)[0, inside].sum()
    assert held == pytest.approx(there * (space.x[1] - space.x[0]), rel=2e-3)
    row, column = np.abs(space.k + 7.28).argmin(), np.abs(space.x + 0.02).argmin()
    assert abs(space.values[0, row, column]) < 1e-3 * np.abs(space.values[0]).max()
