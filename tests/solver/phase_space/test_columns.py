"""Columns of the Wigner function against sums by numpy, for every length that they may have."""

import math

import numpy as np
import pytest

from solver.grid import Array
from solver.phase_space.kernels import wigner_frames
from solver.phase_space.samples import Places, Sampled
from solver.propagator import Complex
from solver.transform.lanes import SINGLES

SINGLE = 3e-6
"""Round-off in single precision, relative to the largest value."""

CELLS = 2 * SINGLES
UNUSUAL = [2, 4, 6, 22, 26, 34, 122, 502]
"""Short ones, and some that have no passes."""


def sampled(psi: Complex, bins: int, points: int, first: int) -> Sampled:
    """Samples 1/(2 points) apart; weights without any pattern, 0 where those of a picture are."""
    lags = np.arange(psi.shape[1] // 2 + 1)
    weights = np.random.default_rng(bins).uniform(0.5, 1.0, lags.size)
    weights[(lags > 0) & (lags % bins == 0)] = 0
    x, k, count = np.arange(CELLS) + 0.5, np.zeros(bins), psi.shape[1]
    places = Places(0.0, count, first, points, bins, weights, np.ones(count), x, k)
    return Sampled(psi, places)


def made_up(count: int, frames: int = 1) -> Complex:
    parts = np.random.default_rng(count).normal(size=(2, frames, count))
    return np.asarray(parts[0] + 1j * parts[1])


def by_numpy(about: Sampled) -> Array:
    """Sums over the lags of psi*(x+mh) psi(x-mh) exp(2 pi i m j/bins), (F, bins, cells)."""
    psi, places = about.psi, about.places
    bins, weights, points = places.bins, places.weights, places.points
    found = np.zeros((len(psi), bins, CELLS))
    turn = 2j * np.pi * np.arange(bins) / bins
    for cell in range(CELLS):
        for x in places.first + 2 * points * cell + 2 * np.arange(points):
            for m in range(min(x, psi.shape[1] - 1 - x) + 1):
                pair = psi[:, x + m].conj() * psi[:, x - m] * weights[m]
                both = pair[:, None] * np.exp(turn * m)
                found[:, :, cell] += (2 if m else 1) * both.real
    return found * places.h / (math.pi * points)


@pytest.mark.parametrize("bins", [*range(8, 161, 8), 320, 324, 432, 512, *UNUSUAL])
def test_columns_are_transforms_of_the_correlation(bins: int) -> None:
    about = sampled(made_up(97, 2), bins, 2, 11)
    values = np.empty((2, bins, CELLS), np.float32)
    wigner_frames(about.psi, about.places.layout, about.room, values)
    exact = by_numpy(about)
    assert np.abs(values - exact).max() <= SINGLE * np.abs(exact).max()


@pytest.mark.parametrize("points", [1, 2, 3, 5, 12])
@pytest.mark.parametrize("first", [0, 7, 200])
def test_cells_may_have_any_number_of_points_anywhere(points: int, first: int) -> None:
    """Also before the wave begins and after it has ended, and where it is dark."""
    psi = made_up(2 * CELLS * points)
    psi[:, : 3 * points] = psi[:, -5 * points :] = 0
    about = sampled(psi, 64, points, first - 100)
    values = np.empty((1, 64, CELLS), np.float32)
    wigner_frames(about.psi, about.places.layout, about.room, values)
    exact = by_numpy(about)
    assert np.abs(values - exact).max() <= SINGLE * np.abs(exact).max()
