"""The card of the plane wave: what it is fed with agrees with theory."""

import numpy as np
import pytest

from app.stage.cards.stationary import stationary
from app.stage.wire import unbundle
from solver.controls import Controls
from solver.packet_average import packet_average
from solver.scattering import transmission_coefficient

SETTINGS = [
    Controls(),
    Controls(shape="Gaussian", direction="Right to left"),
    Controls(shape="Double", height=1.5, width=0.2, gap=1.2),
    Controls(shape="Step", height=-2.0),
    Controls(shape="Step", height=2.0),
    Controls(mass=200.0),
    Controls(case="rectangular"),
    Controls(shape="Drawn"),
    Controls(shape="Typed"),
]


@pytest.mark.parametrize("controls", SETTINGS, ids=lambda controls: controls.shape)
def test_the_pattern_and_the_limit_are_those_of_theory(controls: Controls) -> None:
    meta, arrays = unbundle(stationary({"run": controls}))
    x, density = arrays["x"], arrays["re"] ** 2 + arrays["im"] ** 2
    barrier, toward = controls.barrier, controls.packet.direction
    a, b = barrier.support
    before, behind = (x < a, x > b)[::toward]
    assert density[before].max() == pytest.approx((1 + meta["r"]) ** 2, rel=0.02)
    if meta["goes_on"]:
        current = density[behind] * meta["faster"]
        assert current == pytest.approx(meta["transmission"], rel=0.01, abs=1e-9)
    energy = controls.packet.packet_energy(controls.units)
    expected = float(transmission_coefficient(barrier, energy, controls.units, toward))
    assert meta["transmission"] == pytest.approx(expected, abs=1e-8)
    assert arrays["transmitted"][-1] == pytest.approx(expected, abs=2e-3)
    assert meta["packet"] == packet_average(barrier, controls.packet, controls.units).transmitted
    near = np.interp(meta["width"], arrays["sigma"], arrays["transmitted"])
    assert near == pytest.approx(meta["packet"], abs=5e-3)
