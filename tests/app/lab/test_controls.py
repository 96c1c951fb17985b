"""The controls' description, and what the server makes of what a browser sends."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lab import links
from app.lab.controls import CONTROLS, ControlsCard, description, entered
from app.lab.model import Lab
from solver.barriers import SHAPES
from solver.controls import SIZES, TEXTS, WORDED
from solver.ranges import DERIVED, RANGES

ABOUT = {about["name"]: about for group in description()["groups"] for about in group["controls"]}
SHOWN_ELSEWHERE = {"case"}


Card = tuple[ControlsCard, Lab, list[str]]


@pytest.fixture
def card() -> Card:
    """A card with the calls that it makes."""
    lab = Lab()
    calls: list[str] = []
    made = ControlsCard(lab, lambda: calls.append("drag"), lambda: calls.append("release"))
    return made, lab, calls


def test_every_parameter_of_the_model_is_described_with_unit_bounds_and_doc() -> None:
    assert set(ABOUT) | SHOWN_ELSEWHERE == {*links.NAMES, "held"}
    for name, about in ABOUT.items():
        parameter = Lab.param[name]
        assert (about["doc"], about["full"]) == (parameter.doc, parameter.label)
        if span := {**RANGES, **DERIVED}.get(name):
            assert (about["low"], about["high"]) == parameter.bounds
            assert f"{about['label']} ({span.unit})" == parameter.label
        elif name in TEXTS:
            assert (about["default"], about["label"]) == (parameter.default, parameter.label)
        else:
            assert [value for value, _ in about["options"]] == list(parameter.objects)


def test_the_description_says_which_shapes_have_a_control() -> None:
    for shape, kind in SHAPES.items():
        shown = [n for n, about in ABOUT.items() if shape in about["when"].get("shape", ())]
        assert tuple(shown) == tuple(name for name in (*SIZES, *WORDED) if name in kind.sizes())


def test_the_description_is_plain_data() -> None:
    assert json.loads(json.dumps(description())) == description()


def test_half_of_the_slider_of_an_energy_is_below_four() -> None:
    span = RANGES["energy"]
    assert span.scale == "log"
    assert np.sqrt(span.low * span.high) < 4


def test_a_release_and_a_drag_are_told_apart(card: Card) -> None:
    made, lab, calls = card
    made.take({"name": "width", "value": 0.6, "drag": True})
    made.take({"name": "width", "value": 0.7})
    assert calls == ["drag", "release"]
    assert lab.width == 0.7


def test_what_is_entered_is_what_runs_to_the_last_digit(card: Card) -> None:
    made, lab, _ = card
    made.take({"name": "width", "value": 0.2345678901234})
    assert lab.chosen.width == 0.2345678901234
    assert links.from_query(links.to_query(lab)) == ({"width": 0.2345678901234}, [])


def test_a_locked_control_stays_as_it_is(card: Card) -> None:
    made, lab, calls = card
    made.put(frozenset(["width"]))
    made.take({"name": "height", "value": 3.0})
    assert (lab.height, calls) == (1.5, [])
    assert made.state["said"] == "Barrier height (eV) is locked in this step."


def test_a_start_that_is_given_goes_to_the_other_side_with_the_direction(card: Card) -> None:
    made, lab, calls = card
    made.take({"name": "direction", "value": "Right to left"})
    assert lab.start is None
    made.take({"name": "start", "value": 6.5})
    made.take({"name": "direction", "value": "Right to left"})
    assert lab.start == 6.5
    made.take({"name": "direction", "value": "Left to right"})
    assert made.state["values"]["start"] == -6.5
    assert links.from_query(links.to_query(lab))[0] == {"start": -6.5}
    made.take({"name": "start", "value": None})
    assert links.to_query(lab) == "?"
    assert calls == 5 * ["release"]


def test_a_text_is_read_as_it_is_typed_and_what_is_wrong_is_said_of_it(card: Card) -> None:
    made, lab, calls = card
    before = made.state["serial"]
    for text, drag in (("2*gaus(x)", True), ("2*gauss(x)", True), ("2*gauss(x)", False)):
        made.take({"name": "expression", "value": text, "drag": drag})
        told = {key: made.read[key] for key in ("name", "text")}
        assert told == {"name": "expression", "text": text}
        assert ("must call one of abs, box" in made.read["said"]) == ("gaus(" in text)
    assert lab.expression == "2*gauss(x)"
    assert calls == ["drag", "release"]
    assert made.state["serial"] == before
    made.take({"name": "points", "value": "0 1"})
    assert made.read["said"].startswith("The points must be 2 to 24 pairs")


WIDTHS: tuple[Any, ...] = (
    None,
    "0.5",
    True,
    [],
    {},
    float("nan"),
    float("inf"),
    -float("inf"),
    0,
    3.0000001,
    10**60_000,
    1j,
    np.float32(0.5),
    np.zeros(3),
    b"1",
)
NO_SHAPES: tuple[Any, ...] = (
    None,
    1,
    [],
    {},
    "",
    "rectangular",
    "Rectangular ",
    np.zeros(2),
    "y" * 10**6,
)
HOSTILE: list[Any] = [
    None,
    [],
    "width",
    7,
    {},
    {"name": None},
    {"name": ["width"], "value": 1},
    {"name": {}, "value": 1},
    {"name": "case", "value": "none"},
    {"name": "param", "value": 1},
    {"name": "__class__", "value": 1},
    {"name": "x" * 100_000, "value": 1},
    *({"name": "width", "value": value} for value in WIDTHS),
    *({"name": "shape", "value": value} for value in NO_SHAPES),
]


@pytest.mark.parametrize("message", HOSTILE, ids=lambda message: str(type(message)))
def test_a_hostile_message_is_told_and_changes_nothing(card: Card, message: Any) -> None:
    made, lab, calls = card
    before, serial = lab.chosen, made.state["serial"]
    made.take(message)
    assert (lab.chosen, lab.held, calls) == (before, "none", [])
    assert made.state["serial"] == serial + 1
    assert 0 < len(made.state["said"]) < 500


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@pytest.mark.no_cover
@given(st.fixed_dictionaries({"name": st.sampled_from(CONTROLS) | anything, "value": anything}))
def test_what_is_taken_is_always_within_the_model_s_bounds(message: Any) -> None:
    try:
        name, value = entered(message, None)
    except ValueError:
        return
    assert getattr(Lab(**{name: value}), name) == value
