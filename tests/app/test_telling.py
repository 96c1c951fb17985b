"""How a probability is told, in Python and, by tests/browser/test_display.py, in the browser."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app import telling
from app.telling import beside_theory
from solver import (
    Dephasing,
    Ensemble,
    Experiment,
    GaussianPacket,
    RectangularBarrier,
    StepBarrier,
)

CASES = json.loads((Path(__file__).parents[1] / "telling.json").read_text("utf-8"))
"""A rule, what it is given, and what a person reads."""


@pytest.mark.parametrize(("rule", "given", "told"), CASES)
def test_a_probability_is_told_by_one_rule(rule: str, given: list[float | None], told: str) -> None:
    assert getattr(telling, rule)(*given) == told


def test_half_of_a_tiny_part_is_never_told_as_agreement() -> None:
    """A run of 0.01 % for exact 0.02 % is half of it, and below what the quality resolves."""
    d, exact = 1e-4 - 2e-4, 2e-4
    assert telling.points(d) + telling.relative(d, exact) == "−0.010 pp (−50 %)"
    assert "trust exact theory" in telling.worth(d, exact, 1e-3)
    assert telling.difference(2e-4, 1e-4) == "−0.010 pp (−50 %)"


WALL, PACKET = RectangularBarrier(height=6.0, width=0.4), GaussianPacket(energy=5.0, sigma=1.0)


def test_a_promise_is_made_only_by_a_quality_that_chose_everything() -> None:
    run = Experiment(barrier=WALL, packet=PACKET, quality="draft").run()
    assert run.source.promised == 3e-3
    by_hand = Experiment(barrier=WALL, packet=PACKET, quality="draft", dt=0.01).run()
    assert by_hand.source.promised is None
    assert "nothing is promised" in beside_theory(by_hand)[1]


def test_a_packet_that_touches_is_told_how_much_of_it_began_where() -> None:
    near = replace(PACKET, center=WALL.support[0] - PACKET.sigma)
    experiment = Experiment(barrier=WALL, packet=near)
    inside, beyond = (f"{100 * part:.2f} %" for part in experiment.begun)
    assert float(inside[:-2]) + float(beyond[:-2]) == pytest.approx(15.87, abs=0.01)
    assert f"{inside} of it is inside and {beyond} beyond." in telling.begun(experiment)
    step = Experiment(barrier=StepBarrier(height=1.0), packet=replace(near, center=-PACKET.sigma))
    assert "15.87 % of it is beyond it at the start." in telling.begun(step)
    assert telling.begun(Experiment(barrier=WALL, packet=PACKET)) == ""


def test_an_average_comes_with_its_standard_error() -> None:
    alone = Experiment(barrier=WALL, packet=PACKET, quality="draft")
    noisy = Ensemble(experiment=alone, environment=Dephasing(t2=20.0, length=1.0), members=4).run()
    told, worth = beside_theory(noisy)
    error = noisy.fate_error.transmitted
    assert told.endswith(f" ± {100 * error:.1f} pp")
    far = abs(noisy.fate.transmitted - noisy.experiment.exact.transmitted) > 2 * error
    assert worth.endswith("with one standard error." if far else "not resolved.")
    assert noisy.source.promised == 3e-3


@pytest.mark.parametrize(
    ("seconds", "before", "told"),
    [
        (0.3, 0, ""),
        (12.0, 0, "This run takes about 12 seconds."),
        (1.0, 1, "Another long run comes before it."),
        (12.0, 3, "This run takes about 12 seconds. 3 other long runs come before it."),
    ],
)
def test_who_waits_is_told_for_what(seconds: float, before: int, told: str) -> None:
    assert telling.wait_told(seconds, before) == told
