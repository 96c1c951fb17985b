"""Controls: each stands in one table, and every shape's numbers are among them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.barriers import SHAPES
from solver.controls import CHOICES, DIRECTIONS, PACKET, SIZES, TEXTS, WORDED, Controls
from solver.errors import InvalidInput
from solver.ranges import DERIVED, RANGES


def test_every_control_stands_in_one_table() -> None:
    tables = (RANGES, DERIVED, CHOICES, TEXTS)
    assert sorted(Controls.names()) == sorted(name for table in tables for name in table)
    assert all(name == span.name for name, span in RANGES.items())


DEFAULTS: dict[str, object] = {
    **{name: span.default for name, span in RANGES.items()},
    **{name: choice.default for name, choice in CHOICES.items()},
    **{name: text.default for name, text in TEXTS.items()},
}


def test_a_setting_starts_from_the_defaults_of_the_tables() -> None:
    for name, default in DEFAULTS.items():
        assert getattr(Controls(), name) == default
    assert all(getattr(Controls(), name) is None for name in DERIVED)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_number_of_a_shape_is_a_control(shape: str) -> None:
    assert set(SHAPES[shape].sizes()) <= {*SIZES, *WORDED}
    assert set(SIZES) <= set(RANGES)
    assert set(WORDED) <= {*TEXTS, *CHOICES}
    made = Controls(shape=shape)
    assert made.own == SHAPES[shape].sizes()
    assert {getattr(made.barrier, name) for name in made.own} == {
        DEFAULTS[name] for name in made.own
    }


def test_every_packet_s_number_is_a_control() -> None:
    assert set(PACKET) <= set(RANGES)
    assert not set(PACKET) & set(SIZES)


@pytest.mark.parametrize("name", CHOICES)
def test_a_word_that_is_no_option_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match=f"{name} must be one of {CHOICES[name].options[0]}"):
        Controls().changed(**{name: "other"})


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_cannot_be_read_is_refused_and_the_examples_can(name: str) -> None:
    for wrong in ("", "x +", 3, "9" * 500):
        with pytest.raises(InvalidInput, match=r"^(The \w+|\w+) must "):
            Controls().changed(**{name: wrong})
    assert TEXTS[name].default in TEXTS[name].examples.values()
    shape = next(shape for shape, kind in SHAPES.items() if name in kind.sizes())
    for text in TEXTS[name].examples.values():
        controls = Controls(shape=shape, quality="draft").changed(**{name: text})
        assert 0 < controls.experiment().exact.transmitted < 1


@pytest.mark.parametrize("name", [*RANGES, *DERIVED])
def test_a_number_beyond_its_range_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match=f"{name} must be from"):
        Controls().changed(**{name: {**RANGES, **DERIVED}[name].high + 1})


def test_a_start_is_chosen_unless_it_is_given() -> None:
    chosen, given = Controls(), Controls(start=-12.5)
    assert chosen.experiment().center == pytest.approx(-0.15 - 6 * 1.4)
    assert given.experiment().center == -12.5
    assert given.experiment().promised == chosen.experiment().promised == 1e-3
    refused = "Packet start must lie right of the barrier, which begins at 0.15 nm, got -12.5 nm"
    with pytest.raises(InvalidInput, match=refused):
        given.changed(direction="Right to left").experiment()


@settings(max_examples=60, deadline=None)
@given(
    sigma=st.tuples(*2 * [st.floats(0.5, 3.0)]),
    width=st.tuples(*2 * [st.floats(0.05, 3.0)]),
    room=st.tuples(*2 * [st.floats(0.0, 40.0)]),
    direction=st.sampled_from(list(DIRECTIONS)),
)
def test_a_pair_keeps_what_each_promises_alone(
    sigma: tuple[float, float],
    width: tuple[float, float],
    room: tuple[float, float],
    direction: str,
) -> None:
    """The window that two runs share holds what either would have chosen."""
    first, second = (
        Controls(sigma=s, width=w, room=r, direction=direction, quality="draft")
        for s, w, r in zip(sigma, width, room, strict=True)
    )
    assert first.experiment(second).promised == first.experiment().promised == 3e-3
    assert second.experiment(first).promised == 3e-3
