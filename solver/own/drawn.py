"""A potential that is drawn point by point."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from scipy.interpolate import PchipInterpolator

from solver.errors import InvalidInput, Rule, require_choice, require_kind, short
from solver.grid import Array
from solver.own.formed import REACH, Form, FormedBarrier, form_of

LINES = ("Straight", "Smooth")
"""What goes through the points: straight lines, or a curve without edges or new tops."""

MOST_POINTS = 24
CLOSEST = 0.02
"""Points are at least this far apart, nm."""

LONGEST = 400
"""Characters of the points at most: they stand in a link."""


@dataclass(frozen=True, kw_only=True)
class DrawnBarrier(FormedBarrier):
    """V(x) through `points`: 0 before the first, and behind the last V stays what it is there.

    `points` are "x V x V ...", x in nm from `center` and V in eV.

    `lines` are "Straight" or "Smooth": then piecewise cubic and monotone between the points (F. N.
    Fritsch and R. E. Carlson, 1980), level at the first and the last. 2 to 24 points from left to
    right, x from -5 to 5 nm and 0.02 nm apart, V from -10 to 20 eV. A first V that is not 0 is a
    jump, a last one a step. Raises InvalidInput for anything else.

    >>> from solver import DrawnBarrier, TriangularBarrier, transmission_coefficient
    >>> drawn = DrawnBarrier(points="-0.5 4 0.5 0")
    >>> triangle = TriangularBarrier(height=4.0, width=1.0)
    >>> [f"{float(transmission_coefficient(barrier, 1.0)):.6f}" for barrier in (drawn, triangle)]
    ['0.000255', '0.000255']
    >>> DrawnBarrier(points="-1 0 0 2 1 0 2 -1", lines="Smooth").right_level
    -1.0
    """

    points: str
    lines: str = LINES[0]

    def __post_init__(self) -> None:
        super().__post_init__()
        require_kind("DrawnBarrier.points", self.points, str)
        drawn(self.points, self.lines)

    def inner(self, x: Array) -> Array:
        return drawn(self.points, self.lines)[0](x)

    @property
    def form(self) -> Form:
        return drawn(self.points, self.lines)[1]


def refused(rule: Rule, value: object, unit: str = "") -> InvalidInput:
    return InvalidInput("The points", rule, value, unit)


def points_of(text: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """x (nm) and V (eV) of the points that a text tells; InvalidInput for what is none."""
    if not isinstance(text, str) or len(text) > LONGEST:
        rule = Rule("be a text of at most {longest} characters", longest=LONGEST)
        raise refused(rule, short(text))
    try:
        numbers = [float(word) for word in text.replace("−", "-").split()]
    except ValueError:
        rule = Rule("be pairs of numbers, x and V, with blanks between")
        raise refused(rule, short(text)) from None
    x, v = tuple(numbers[::2]), tuple(numbers[1::2])
    if len(x) != len(v) or not 2 <= len(x) <= MOST_POINTS:
        rule = Rule("be 2 to {most} pairs of numbers, x and V", most=MOST_POINTS)
        raise refused(rule, Rule("{count} numbers", count=len(numbers)))
    for place in x:
        if not -REACH <= place <= REACH:
            rule = Rule("have x from {low:g} to {high:g} nm", low=-REACH, high=REACH)
            raise refused(rule, place, "nm")
    for before, place in pairwise(x):
        if place - before < CLOSEST * (1 - 1e-9):
            rule = Rule(
                "go on by at least {closest:g} nm after {before:g} nm",
                closest=CLOSEST,
                before=before,
            )
            raise refused(rule, place, "nm")
    return x, v


def line(x: Array, v: Array, lines: str) -> Callable[[Array], Array]:
    """What goes through the points."""
    if lines == LINES[0]:
        return lambda places: np.interp(places, x, v)
    level = np.r_[x[0] - 1.0, x, x[-1] + 1.0], np.r_[v[0], v, v[-1]]
    return PchipInterpolator(*level)


@lru_cache(maxsize=128)
def drawn(points: str, lines: str) -> tuple[Callable[[Array], Array], Form]:
    """What goes through the points, and what there is to find of it."""
    require_choice("lines", lines, LINES)
    x, v = map(np.array, points_of(points))
    through = line(x, v, lines)
    return through, form_of(through, x.tolist(), (float(x[0]), float(x[-1])), "The points")
