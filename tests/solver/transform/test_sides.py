"""Waves that are transformed side by side against numpy's transforms, one by one."""

import numpy as np
import pytest

from solver.interpolation import part_sums, spectral_sums
from solver.kernels import AXES
from solver.transform.lanes import EIGHT
from solver.transform.sides import side_plan, spectra
from tests.solver.transform.test_passes import FAST, ROUND_OFF, UNUSUAL, wave


@pytest.mark.parametrize("n", [*FAST[:40], 1024, 4320, *UNUSUAL])
def test_each_wave_has_its_own_transform(n: int) -> None:
    """Waves beyond the last one are the last one again."""
    psi = np.stack([wave(n) * (f + 1) for f in range(11)])
    for first, frames in ((0, range(8)), (8, (8, 9, 10, 10, 10, 10, 10, 10))):
        rows = spectra(psi, first, side_plan(n), AXES)[: 2 * EIGHT * n].reshape(n, 2, EIGHT)
        exact = np.fft.fft(psi[list(frames)]).T
        assert np.abs(rows[:, 0] + 1j * rows[:, 1] - exact).max() <= 100 * ROUND_OFF


@pytest.mark.parametrize("frames", [1, 7, 8, 9])
def test_sums_over_wavenumbers(frames: int) -> None:
    psi, weights = np.stack([wave(480) * (f + 1) for f in range(frames)]), np.arange(480.0)
    sizes = np.abs(np.fft.fft(psi)) ** 2
    exact = np.stack([sizes.sum(axis=1), sizes @ weights], axis=1)
    np.testing.assert_allclose(spectral_sums(psi, weights), exact, rtol=1e-12)
    np.testing.assert_array_equal(spectral_sums(psi[0], weights), spectral_sums(psi, weights)[0])


@pytest.mark.parametrize("n", [480, *UNUSUAL[:2]])
def test_sums_of_a_part(n: int) -> None:
    psi, part = np.stack([wave(n) * (f + 1) for f in range(9)]), np.hanning(n)
    sizes, weights = np.abs(np.fft.fft(psi * part)) ** 2, np.arange(float(n))
    exact = np.stack([sizes.sum(axis=1), sizes @ weights], axis=1)
    np.testing.assert_allclose(part_sums(psi, part, weights), exact, rtol=1e-12)
