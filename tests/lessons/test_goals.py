"""Goals in words: what is there now, what is wanted, and what does not hold yet."""

from collections.abc import Iterator
from typing import Any

import pytest

from lessons.content import live_settings, names_of
from lessons.expressions import Formula
from lessons.goals import conditions
from lessons.labels import FUNCTION_LABELS, LABELS, with_unit
from lessons.lesson import GoalQuestion, Step
from lessons.library import Library
from lessons.quantities import FUNCTIONS, PARTS, RUN, THEORY
from solver.controls import Controls
from solver.numbers import NUMBERS
from solver.own.formulas import BadFormula

RUN_NAMES = names_of({"run": Controls(height=2.0, width=0.3, energy=1.0, sigma=1.4)})
PAIR = names_of({"a": Controls(), "b": Controls(shape="Gaussian")})


def test_every_quantity_and_function_has_a_label() -> None:
    told = {*Controls.names(), *THEORY, *RUN, *PARTS}
    assert told <= set(LABELS)
    assert set(LABELS) - told <= set(NUMBERS)
    assert set(FUNCTION_LABELS) == set(FUNCTIONS) - {"at", "equal"}


@pytest.mark.parametrize(
    ("goal", "what", "now", "wanted", "met"),
    [
        ("run.height > 3", "barrier height", "2 eV", "more than 3 eV", False),
        ("3 < run.height", "barrier height", "2 eV", "more than 3 eV", False),
        ("1 <= run.height < 5", "barrier height", "2 eV", "at least 1 eV and less than 5 eV", True),
        ("1 < run.height < 5", "barrier height", "2 eV", "between 1 eV and 5 eV", True),
        ("run.width * 2 > 1", "barrier width times 2", "0.6 nm", "more than 1 nm", False),
        (
            "run.energy > 0.9 * run.height",
            "packet energy",
            "1 eV",
            "more than 0.9 times barrier height, now 1.8 eV",
            False,
        ),
        (
            "run.energy / at(run, width=0.6, height=4).height < 0.3",
            (
                "packet energy divided by barrier height with barrier width 0.6 nm"
                " and barrier height 4 eV"
            ),
            "0.25",
            "less than 0.3",
            True,
        ),
        (
            "abs(run.below_top - run.above_top) < 0.5",
            (
                "distance of “part of the packet below the top” from"
                " “part of the packet above the top”"
            ),
            "100 percentage points",
            "less than 50 percentage points",
            False,
        ),
        ('run.shape == "Gaussian"', "barrier shape", "Rectangular", "exactly Gaussian", False),
        ("not run.height > 3", "not: barrier height more than 3 eV", "yes", "yes", True),
    ],
)
def test_a_condition_is_told_in_words(
    goal: str, what: str, now: str, wanted: str, met: bool
) -> None:
    (found,) = conditions(Formula(goal), RUN_NAMES)
    assert (found.what, found.now, found.wanted, found.met) == (what, now, wanted, met)


def test_of_several_conditions_each_tells_whether_it_holds() -> None:
    found = conditions(Formula("run.height > 1 and run.width > 1 and run.energy > 0.5"), RUN_NAMES)
    assert [part.met for part in found] == [True, False, True]


def test_a_share_of_a_probability_is_told_as_a_share() -> None:
    (found,) = conditions(Formula("run.above_top > 0.5 * run.below_top"), RUN_NAMES)
    assert found.wanted.startswith("more than 50 % of “part of the packet below the top”, now ")


def test_two_runs_are_told_apart() -> None:
    (found,) = conditions(Formula("a.height > b.height"), PAIR)
    assert (found.what, found.wanted) == (
        "barrier height (a)",
        "more than barrier height (b), now 1.5 eV",
    )


def test_a_value_does_not_look_like_a_limit_that_it_misses() -> None:
    names = names_of({"run": Controls(width=0.39999, height=2.0)})
    (found,) = conditions(Formula("run.width >= 0.4"), names)
    assert (found.now, found.met) == ("0.39999 nm", False)


def test_a_goal_that_cannot_be_worked_out_says_why() -> None:
    with pytest.raises(BadFormula, match="cannot be worked out"):
        conditions(Formula("run.kappa > 1"), names_of({"run": Controls(energy=5.0)}))


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.123, "%", "12.3 %"),
        (-0.5, "eV", "−0.5 eV"),
        (True, "", "yes"),
        (3.7e-4, "s", "370 µs"),
        (0.2, "", "0.2"),
    ],
)
def test_values_are_told_with_their_unit(value: bool | float, unit: str, text: str) -> None:
    assert with_unit(value, unit) == text


def goals() -> Iterator[Any]:
    for lesson in Library().lessons():
        for number, step in enumerate(lesson.steps, 1):
            if isinstance(step.question, GoalQuestion):
                yield pytest.param(step, step.question, id=f"{lesson.slug}-{number}")


@pytest.mark.parametrize(("step", "question"), list(goals()))
def test_the_goals_of_lessons_fail_at_first_and_hold_at_the_solution(
    step: Step, question: GoalQuestion
) -> None:
    first = next(iter(step.settings.values())).changed(**question.solution)
    before = conditions(question.goal, names_of(step.settings))
    after = conditions(question.goal, names_of(live_settings(step, first)))
    assert not all(part.met for part in before)
    assert all(part.met for part in after)
    assert not any("run." in part.what + part.wanted for part in before)
