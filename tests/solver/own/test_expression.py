"""Expressions in x: what they are worth, where they turn, and that nothing else can be written."""

import numpy as np
import pytest

from solver.errors import InvalidInput
from solver.own.expression import CONSTANTS, Expression

X = np.linspace(-2.0, 2.0, 9)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2*x^2 - 1", 2 * X**2 - 1),
        ("-x^2", -(X**2)),
        ("2^x^2", 2**X**2),
        ("2**x", 2**X),
        ("3", np.full(9, 3.0)),
        ("−1.5·abs(x) ÷ 3", -0.5 * np.abs(X)),
        ("gauss(x/0.5)", np.exp(-((X / 0.5) ** 2) / 2)),
        ("box(x/2) + step(x - 1)", np.array([0, 0, 1, 1, 1, 1, 1, 1, 1.0])),
        ("1/cosh(x)^2 + tanh(x)^2", np.ones(9)),
        ("sin(pi*x)^2 + cos(pi*x)^2", np.ones(9)),
        ("sqrt(exp(2*x))", np.exp(X)),
        ("hbar^2/(2*me)", np.full(9, CONSTANTS["hbar"] ** 2 / (2 * CONSTANTS["me"]))),
    ],
)
def test_values(text: str, value: np.ndarray) -> None:
    np.testing.assert_allclose(Expression(text)(X), value, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "be a formula in x such as"),
        ("x" * 201, "have at most 200 characters, got 201"),
        ("2 x", "is not a formula"),
        ("2*y", "be of x, pi, hbar, me, abs"),
        ("gaus(x)", "call one of abs, box, cos"),
        ("box(x, 1)", "give each function one argument, got box"),
        ("box()", "give each function one argument, got box"),
        ("sin", "be of x"),
        ("x // 2", "have no other operators than"),
        ("~x", "have no other signs than"),
        ("1j*x", "hold numbers only, got 1j"),
        ("'a'*x", "hold numbers only, got a"),
        ("True*x", "hold numbers only, got True"),
        ("x.real", "holds Attribute"),
        ("(lambda: 1)()", "holds Lambda"),
        ("__import__('os').system('true')", "holds Attribute"),
        ("x if x else 1", "holds IfExp"),
        ("exp(x)(x)", "give each function one argument, got another"),
        ("[x]", "holds List"),
        ("x < 1", "holds Compare"),
        ("box(u=x)", "holds keyword"),
        ("(" * 99 + "x" + ")" * 99, "x"),
        ("-" * 150 + "x", "nested more than 60 levels deep"),
    ],
)
def test_what_is_no_expression_is_refused(text: str, reason: str) -> None:
    if reason == "x":  # parentheses alone are no levels of a tree
        assert Expression(text)(X).tolist() == X.tolist()
        return
    with pytest.raises(InvalidInput) as refused:
        Expression(text)
    assert str(refused.value).startswith("The expression must ")
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_jumps_and_corners_are_found_to_round_off() -> None:
    turns = Expression("step(x - 1/3) + box((x + 1)/0.5) + abs(sin(x))").turns(X)
    np.testing.assert_allclose(turns, [-1.25, -0.75, 0.0, 1 / 3], atol=1e-14)
