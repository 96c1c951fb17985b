"""Levels without what is dark."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from solver import Experiment, GaussianPacket, RectangularBarrier
from solver.phase_space import picture_least, picture_levels
from solver.phase_space.bricks import Bricks
from solver.phase_space.kernels import ZERO
from solver.transform.lanes import SINGLES

SHAPES = st.tuples(st.integers(1, 3), st.integers(1, 7), st.integers(1, 2 * SINGLES + 1))
LEVELS = arrays(np.uint8, SHAPES, elements=st.sampled_from([ZERO, 127, 255]), fill=st.just(ZERO))


@settings(deadline=None)
@given(LEVELS)
def test_any_levels_come_back(levels: NDArray[np.uint8]) -> None:
    bricks = Bricks.of(levels)
    rows = np.diff(bricks.spans.astype(int), axis=2)
    assert bricks.values.size == rows.sum() * SINGLES
    np.testing.assert_array_equal(bricks.levels, levels)


@settings(deadline=None)
@given(LEVELS)
def test_a_brick_begins_and_ends_with_a_row_that_is_not_dark(levels: NDArray[np.uint8]) -> None:
    bricks, begin = Bricks.of(levels), 0
    for first, last in bricks.spans.reshape(-1, 2):
        rows = bricks.values[begin : begin + (last - first) * SINGLES].reshape(-1, SINGLES)
        begin += rows.size
        if rows.size:
            assert (rows[0] != ZERO).any()
            assert (rows[-1] != ZERO).any()


@pytest.mark.parametrize("height", [2.0, 9.0])
def test_most_of_a_film_is_dark(height: float) -> None:
    wall = RectangularBarrier(height=height, width=0.3)
    packet = GaussianPacket(energy=1.0, sigma=1.4)
    run = Experiment(barrier=wall, packet=packet, quality="draft").run()
    about = run.grid, run.experiment.used_window, picture_least(run.experiment.wave)
    seen = picture_levels(run.psi[::3], *about)
    assert seen.bricks.values.size < 0.2 * seen.levels.size
    assert seen.bricks.values.size <= 1.02 * Bricks.of(seen.levels).values.size
