"""Waves in whole steps, each foretold by the two values before it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from solver import GaussianPacket
from solver.foretold import FAR, SHIFT, Foretold, turn_of
from solver.units import ELECTRON

WAVES = arrays(np.int16, st.tuples(st.integers(1, 4), st.integers(3, 9)))


@settings(deadline=None)
@given(WAVES, st.integers(-2 << SHIFT, 2 << SHIFT))
def test_any_waves_come_back_whatever_the_turn(waves: NDArray[np.int16], turn: int) -> None:
    told = Foretold.of(waves, turn)
    assert np.count_nonzero(told.near == FAR) == told.far.size
    np.testing.assert_array_equal(told.waves, waves)


def test_of_a_wave_only_what_its_rounding_makes_is_left() -> None:
    """k h = 0.3, to the left and to the right at once; the turn is off by half of 2^-SHIFT."""
    j = np.arange(500)
    wave = 1000 * np.cos(0.3 * j) + 700 * np.sin(0.3 * j + 1)
    waves = np.rint(wave).astype(np.int16)[None]
    turn = turn_of(waves)
    assert abs(turn - 2**SHIFT * 2 * np.cos(0.3)) < 1
    left = Foretold.of(waves, turn).near[0, 2:]
    assert np.abs(left).max() <= 0.5 * (1 + 2 + 1) + wave.max() / 2**SHIFT + 1


def test_of_a_packet_nearly_all_is_near() -> None:
    packet, x = GaussianPacket(energy=1.0, sigma=1.4), np.linspace(-10, 10, 512)
    psi = packet.psi(x, 0.0, ELECTRON).real
    waves = np.rint(psi / np.abs(psi).max() * 4095).astype(np.int16)[None]
    told = Foretold.of(waves, turn_of(waves))
    assert told.far.size < 0.02 * waves.size
    assert np.count_nonzero(np.abs(told.near) < 64) > 0.9 * waves.size


def test_nothing_is_foretold_of_nothing() -> None:
    assert turn_of(np.zeros((3, 40), np.int16)) == 0
