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
        shown = f"{value:g}" if isinstance(value, float) else short(value)
        super().__init__(f"{thing} must {rule}, got {shown}{' ' + unit if unit else ''}")


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
        rule = f"cost at most {budget:.3g} point-steps ({self.ratio:.3g} times less)"
        super().__init__(thing, rule, f"{cost:.3g}", "point-steps")


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
        many = "numbers" if count is None else f"{count} numbers"
        raise InvalidInput(thing, f"be a list of {many}", values)
    for value in values:
        require_finite(thing, value)


def require_kind(thing: str, value: object, kind: type) -> None:
    if not isinstance(value, kind):
        raise InvalidInput(thing, f"be a {kind.__name__}", value)


def require_choice(thing: str, value: object, choices: tuple[object, ...]) -> None:
    if value not in choices:
        raise InvalidInput(thing, "be one of " + ", ".join(map(str, choices)), value)
