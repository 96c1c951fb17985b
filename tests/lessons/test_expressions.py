"""Formulas: arithmetic on quantities, and nothing that could run code."""

import math

import pytest

from lessons.expressions import Formula
from lessons.quantities import FUNCTIONS, Facts
from solver.controls import Controls
from solver.own.formulas import BadFormula

NAMES = {"run": Facts(Controls()), **FUNCTIONS}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3 ** 2", 19),
        ("-run.height / 2", -0.75),
        ("sqrt(4) + abs(-1) + max(1, 2)", 5),
        ("0.2 < run.width <= 0.3", True),
        ("run.width > 1 or not run.height < 0 and true", True),
        ("at(run, width=0.6).width", 0.6),
        ("2 * pi / run.k0", 2 * math.pi / Facts(Controls()).quantity("k0")),
    ],
)
def test_values(text: str, value: bool | float) -> None:
    assert Formula(text).value(NAMES) == value


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "run.__class__",
        "run.controls",
        "(lambda: 1)()",
        "[x for x in (1, 2)]",
        "open('x')",
        "run.quantity('exact')",
        "'a' in 'abc'",
        "f'{run}'",
        "1 if run.width else 2",
        "run.width +",
        "nothing + 1",
        "1 / 0",
        "at(run, weight=1).width",
        "9 ** 9 ** 9",
        "'a' * 1000000000",
        "run + 1",
    ],
)
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(BadFormula):
        Formula(text).value(NAMES)
