"""What the solver says when an input cannot be used: the thing, the rule and the value."""

import math
from collections.abc import Callable
from numbers import Real

import numpy as np

LONGEST = 200
"""Characters of a value that a message repeats."""


def short(value: object, told: Callable[[object], str] = str) -> str:
    """The value as text that can be written, cut where it is long.

    A whole number of many digits has none; half a surrogate pair, which no file takes, is escaped.
    """
    try:
        text = told(value)
    except ValueError:
        return "a number of very many digits"
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def shown_value(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else short(value)


class Rule(str):
    """A rule with values in it, which can be told in another language, too.

    >>> from solver.errors import Rule
    >>> rule = Rule("be at most {longest:g} nm", longest=0.5)
    >>> str(rule), rule.template, rule.values
    ('be at most 0.5 nm', 'be at most {longest:g} nm', {'longest': 0.5})
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, **values: object) -> "Rule":
        rule = super().__new__(cls, template.format(**values))
        rule.template, rule.values = template, values
        return rule


class InvalidInput(ValueError):
    """An input breaks a rule; the message names the thing, the rule, the value and its unit.

    The same four stand in `thing`, `rule`, `value` and `unit`.

    >>> from solver import GaussianPacket
    >>> GaussianPacket(energy=5.0, sigma=-0.3)
    Traceback (most recent call last):
    solver.errors.InvalidInput: GaussianPacket.sigma must be positive, got -0.3 nm
    """

    def __init__(self, thing: str, rule: str, value: object, unit: str = "") -> None:
        self.thing, self.rule, self.value, self.unit = thing, rule, value, unit
        # A value that is a sentence of its own stays one.
        self.shown = value if isinstance(value, Rule) else shown_value(value)
        super().__init__(f"{thing} must {rule}, got {self.shown}{' ' + unit if unit else ''}")


class CostExceeded(InvalidInput):
    """An experiment would cost more than its budget; `ratio` says how many times more.

    `cost` and `budget` are in point-steps: grid points times time steps.

    >>> from solver import CostExceeded, Experiment, GaussianPacket, RectangularBarrier
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> try:
    ...     Experiment(barrier=wall, packet=GaussianPacket(energy=5.0, sigma=1.0), budget=1e4)
    ... except CostExceeded as refused:
    ...     print(refused.budget, refused.ratio == refused.cost / 1e4 > 10)
    10000.0 True
    """

    def __init__(self, thing: str, cost: float, budget: float) -> None:
        self.cost, self.budget, self.ratio = cost, budget, cost / budget
        rule = Rule(
            "cost at most {budget:.3g} point-steps ({ratio:.3g} times less)",
            budget=budget,
            ratio=self.ratio,
        )
        super().__init__(thing, rule, Rule("{cost:.3g}", cost=cost), "point-steps")


def is_finite(value: object) -> bool:
    """Whether it is a real number that a float can hold."""
    if not isinstance(value, Real) or isinstance(value, (bool, np.bool_)):
        return False
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def require_finite(thing: str, value: float, unit: str = "") -> None:
    if not is_finite(value):
        raise InvalidInput(thing, "be a finite number", value, unit)


def require_positive(thing: str, value: float, unit: str = "") -> None:
    require_finite(thing, value, unit)
    if value <= 0:
        raise InvalidInput(thing, "be positive", value, unit)


def require_numbers(thing: str, values: object, count: int | None = None) -> None:
    """A tuple or list of finite numbers, `count` of them if given."""
    if not isinstance(values, (tuple, list, np.ndarray)) or count not in (None, len(values)):
        if count is None:
            raise InvalidInput(thing, "be a list of numbers", values)
        raise InvalidInput(thing, Rule("be a list of {count} numbers", count=count), values)
    for value in values:
        require_finite(thing, value)


def require_kind(thing: str, value: object, kind: type) -> None:
    if not isinstance(value, kind):
        raise InvalidInput(thing, Rule("be a {kind}", kind=kind.__name__), value)


def require_choice(thing: str, value: object, choices: tuple[object, ...]) -> None:
    if value not in choices:
        rule = Rule("be one of {choices}", choices=", ".join(map(str, choices)))
        raise InvalidInput(thing, rule, value)
