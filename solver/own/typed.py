"""A potential that is typed as an expression in x."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from solver.errors import require_kind
from solver.grid import Array
from solver.own.expression import Expression
from solver.own.formed import REACH, Form, FormedBarrier, form_of, places


@dataclass(frozen=True, kw_only=True)
class TypedBarrier(FormedBarrier):
    """V(x) as an `expression` in x (nm, from `center`), in eV: 0 before -5 nm, V(5) behind 5 nm.

    It may hold numbers, + - * / ^, parentheses, the constants pi, hbar (eV fs) and me
    (eV fs^2/nm^2), and the functions abs, box (1 from -1/2 to 1/2), cos, cosh, exp, gauss (of u:
    exp(-u^2/2)), sin, sqrt, step (1 from 0 on) and tanh. V must be finite, from -10 to 20 eV, and
    change by at most 800 eV/nm but for its jumps. Raises InvalidInput for anything else.

    >>> from solver import RectangularBarrier, TypedBarrier, transmission_coefficient
    >>> typed = TypedBarrier(expression="6*box(x/0.4)")
    >>> typed.support, typed.jumps
    ((-0.2, 0.2), ((-0.2, 6.0), (0.2, -6.0)))
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> [round(float(transmission_coefficient(barrier, 5.0)), 6) for barrier in (typed, wall)]
    [0.036737, 0.036737]
    """

    expression: str

    def __post_init__(self) -> None:
        super().__post_init__()
        require_kind("TypedBarrier.expression", self.expression, str)
        typed(self.expression)

    def inner(self, x: Array) -> Array:
        return typed(self.expression)[0](x)

    @property
    def form(self) -> Form:
        return typed(self.expression)[1]


@lru_cache(maxsize=128)
def typed(text: str) -> tuple[Expression, Form]:
    """What is typed, and what there is to find of it."""
    made, ends = Expression(text), (-REACH, REACH)
    turns = made.turns(places(np.array(ends)))
    return made, form_of(made, turns, ends, "The expression")
