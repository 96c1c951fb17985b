"""The Wigner function against closed forms, its marginals and its laws."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver import ELECTRON, Experiment, GaussianPacket, Grid, RectangularBarrier
from solver.interpolation import interpolate
from solver.phase_space import wigner

GRID = Grid(left=-24.0, right=24.0, n=1024)
WINDOW = (-16.0, 16.0)


def packet(x0, k0, sigma=1.5):
    d = GRID.x - x0
    return (2 * math.pi * sigma**2) ** -0.25 * np.exp(-(d**2) / (4 * sigma**2) + 1j * k0 * d)


MARGINAL = 1e-3
"""Largest error of a marginal, relative to its peak."""


def cell_means(psi, grid, window, limit):
    """|psi|^2 averaged over the points of each of 128 cells: as many as resolve the wave."""
    length = window[1] - window[0]
    points = math.ceil(length / 128 * limit / math.pi)
    h = length / (128 * points)
    dense = np.abs(interpolate(psi, grid, window[0] + h / 2, h, 128 * points)) ** 2
    return dense.reshape(psi.shape[0], 128, points).mean(axis=2)


def cell(space):
    return (space.x[1] - space.x[0]) * (space.k[1] - space.k[0])


def test_gaussian_closed_form():
    space = wigner(packet(-3.0, 2.0)[None], GRID, WINDOW, 6.0)
    x, k = np.meshgrid(space.x, space.k)
    exact = np.exp(-((x + 3) ** 2) / (2 * 1.5**2) - 2 * 1.5**2 * (k - 2) ** 2) / math.pi
    assert np.abs(space.values[0] - exact).max() < 0.01 / math.pi
    assert np.sum(space.values[0]) * cell(space) == pytest.approx(1, abs=1e-4)
    assert space.negativity[0] < 1e-4


def test_packet_moving_right_sits_at_positive_k():
    space = wigner(packet(0.0, 3.0)[None], GRID, WINDOW, 6.0)
    row, column = np.unravel_index(space.values[0].argmax(), space.values[0].shape)
    assert space.k[row] == pytest.approx(3.0, abs=0.1)
    assert space.x[column] == pytest.approx(0.0, abs=0.2)


def test_two_packets_interfere_halfway_with_fringes_in_k():
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


def test_values_stay_within_the_bound_of_a_pure_state():
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
def test_marginals_are_the_densities(x1, x2, k1, k2, phase, sigma):
    psi = packet(x1, k1, sigma) + 0.7 * np.exp(1j * phase) * packet(x2, k2, sigma)
    psi /= math.sqrt(np.sum(np.abs(psi) ** 2) * GRID.dx) or 1.0
    space = wigner(psi[None], GRID, WINDOW, 9.0)
    in_x = cell_means(psi[None], GRID, WINDOW, 9.0)[0]
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
def test_marginals_of_a_whole_run(energy, sigma, height):
    run = Experiment(
        barrier=RectangularBarrier(height=height, width=0.3),
        packet=GaussianPacket(energy=energy, sigma=sigma),
    ).run()
    limit = run.experiment.wave.k0 + 5 / (2 * sigma)
    space = wigner(run.psi[:1], run.grid, run.experiment.inner, limit)
    weights = run.experiment.packet.momentum_density(space.k, ELECTRON)
    if space.k[1] - space.k[0] < 0.2 / (2 * sigma):
        assert np.abs(space.density_k[0] - weights).max() <= 2e-3 * weights.max()
    whole = wigner(run.psi, run.grid, run.experiment.inner, limit)
    density = cell_means(run.psi, run.grid, run.experiment.inner, limit)
    assert np.abs(whole.density_x - density).max() <= MARGINAL * density.max()
    wide = wigner(run.psi, run.grid, run.experiment.inner, 3 * limit)
    summed = wide.values.sum(axis=1, dtype=float) * (wide.k[1] - wide.k[0])
    density = cell_means(run.psi, run.grid, run.experiment.inner, 3 * limit)
    assert np.abs(summed - density).max() <= 2 * MARGINAL * density.max()


def test_a_free_wigner_function_shears():
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
