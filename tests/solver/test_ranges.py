"""Ranges hold what they start from, and every particle that a person can choose by name."""

import pytest

from solver import Controls, ranges
from solver.ranges import PARTICLES, Range

RANGES = {name: span for name, span in vars(ranges).items() if isinstance(span, Range)}


@pytest.mark.parametrize("name", RANGES)
def test_a_range_holds_its_default(name: str) -> None:
    span = RANGES[name]
    assert span.low <= span.default <= span.high
    assert 0 < span.step <= span.high - span.low


@pytest.mark.parametrize("name", PARTICLES)
def test_every_named_particle_can_be_run(name: str) -> None:
    controls = Controls(mass=PARTICLES[name], height=0.5, energy=1.0)
    assert controls.experiment().units.mass == pytest.approx(5.685630 * PARTICLES[name], rel=1e-6)
