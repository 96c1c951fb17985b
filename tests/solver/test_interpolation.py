"""Between the points of a grid: integrals of densities from anywhere to anywhere."""

from itertools import pairwise

import numpy as np
import pytest

from solver.grid import Grid
from solver.interpolation import integral_weights

GRID = Grid(left=-7.0, right=5.0, n=60)


@pytest.mark.parametrize(("a", "b"), [(-1.03, 2.41), (-7.0, 5.0), (0.0, 0.013), (0.7, 0.7)])
def test_the_integral_of_a_band_limited_density_is_exact(a, b):
    q = 2 * np.pi / GRID.length * np.array([3.0, 11.0, 29.0])

    def primitive(x):
        return 2 * x + np.sin(q * (x - 0.3)) @ np.array([1.0, 0.5, 0.25])

    density = 2 + np.cos(np.outer(GRID.x - 0.3, q)) @ (q * np.array([1.0, 0.5, 0.25]))
    found = density @ integral_weights(GRID, a, b)
    assert found == pytest.approx(primitive(b) - primitive(a), abs=1e-12)


def test_the_parts_of_a_box_add_up_at_every_point():
    cuts = (-7.0, -0.37, 0.2, 5.0)
    parts = [integral_weights(GRID, a, b) for a, b in pairwise(cuts)]
    np.testing.assert_allclose(sum(parts), GRID.dx, atol=1e-15)
