"""An expression in x, worked out on arrays: numbers, + - * / ^, parentheses, functions, constants.

    1.5*gauss(x/0.12)    -2*box(x/0.8) + 1.5*step(x - 1)    0.5*me*(0.3*x/hbar)^2

It is read as a syntax tree and looked at node by node, so that nothing else of a language is there.
"""

import ast
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from solver.errors import InvalidInput, Rule, short
from solver.grid import Array
from solver.own.formulas import BadFormula, tree_of
from solver.units import ELECTRON

LONGEST = 200
"""Characters of an expression at most: it stands in a link."""

CONSTANTS: Mapping[str, float] = {"pi": math.pi, "hbar": ELECTRON.hbar, "me": ELECTRON.mass}
"""hbar in eV fs, and the mass of an electron in eV fs^2/nm^2."""

Function = Callable[[Array], Array]

FUNCTIONS: Mapping[str, Function] = {
    "abs": np.abs,
    "box": lambda u: np.where((u >= -0.5) & (u < 0.5), 1.0, 0.0),
    "cos": np.cos,
    "cosh": np.cosh,
    "exp": np.exp,
    "gauss": lambda u: np.exp(-(u**2) / 2),
    "sin": np.sin,
    "sqrt": np.sqrt,
    "step": lambda u: np.where(u >= 0, 1.0, 0.0),
    "tanh": np.tanh,
}
"""box is 1 from -1/2 to 1/2, gauss(u) = exp(-u^2/2), step is 1 from 0 on."""

TURNS: Mapping[str, tuple[float, ...]] = {
    "abs": (0.0,),
    "box": (-0.5, 0.5),
    "sqrt": (0.0,),
    "step": (0.0,),
}
"""Where, as values of their argument, functions have a jump or a corner."""

OPERATORS: Mapping[type[ast.operator], Callable[[Array, Array], Array]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.Pow: np.power,
}

SIGNS = str.maketrans({"−": "-", "–": "-", "·": "*", "×": "*", "÷": "/"})


def unreadable(rule: Rule, value: object) -> InvalidInput:
    return InvalidInput("The expression", rule, value)


@dataclass(frozen=True)
class Expression:
    """An expression's text, checked when it is made; called with x (n,) in nm it gives (n,).

    Raises InvalidInput for what is none.

    >>> import numpy as np
    >>> from solver.own.expression import Expression
    >>> Expression("2*x^2 - abs(x)")(np.array([-1.0, 3.0])).tolist()
    [1.0, 15.0]
    """

    text: str

    def __post_init__(self) -> None:
        if not isinstance(self.text, str) or not self.text.strip():
            raise unreadable(Rule("be a formula in x such as 1.5*gauss(x/0.12)"), self.text)
        if len(self.text) > LONGEST:
            raise unreadable(
                Rule("have at most {longest} characters", longest=LONGEST), len(self.text)
            )
        check(self.tree)

    @cached_property
    def tree(self) -> ast.expr:
        """Its tree, with ^ for a power."""
        try:
            return tree_of(self.text.translate(SIGNS).replace("**", "^").replace("^", "**"))
        except BadFormula as error:
            rule = Rule("be a formula in x ({reason})", reason=error.args[0])
            raise unreadable(rule, self.text) from None

    def __call__(self, x: Array) -> Array:
        with np.errstate(all="ignore"):
            return np.broadcast_to(work_out(self.tree, x), x.shape).astype(float)

    def turns(self, x: Array) -> list[float]:
        """Where between the places x (n,) one of its functions has a jump or a corner, nm."""
        found: list[float] = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                for turn in TURNS.get(node.func.id, ()):
                    found += crossings(node.args[0], turn, x)
        return sorted(found)


def check(tree: ast.expr) -> None:
    """InvalidInput for a name that is not known, or a function with other than one argument."""
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=value) if not is_number(value):
                raise unreadable(Rule("hold numbers only"), short(value))
            case ast.Name(id=name) if id(node) in called and name not in FUNCTIONS:
                raise unreadable(Rule("call one of {known}", known=", ".join(FUNCTIONS)), name)
            case ast.Name(id=name) if id(node) not in called and name not in ("x", *CONSTANTS):
                known = ", ".join((*CONSTANTS, *FUNCTIONS))
                raise unreadable(Rule("be of x, {known}", known=known), name)
            case ast.Call(func=ast.Name(), args=[one], keywords=[]) if not isinstance(
                one, ast.Starred
            ):
                pass
            case ast.Call(func=function):
                told = function.id if isinstance(function, ast.Name) else "another"
                raise unreadable(Rule("give each function one argument"), told)
            case ast.BinOp(op=op) if type(op) not in OPERATORS:
                rule = Rule("have no other operators than + - * / ^")
                raise unreadable(rule, type(op).__name__)
            case ast.UnaryOp(op=op) if not isinstance(op, (ast.USub, ast.UAdd)):
                raise unreadable(Rule("have no other signs than + and -"), type(op).__name__)


def is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def work_out(node: ast.expr, x: Array) -> Array:
    """The value of a node that was checked."""
    match node:
        case ast.Constant(value=int() | float() as value):
            return np.asarray(as_float(value))
        case ast.Name(id="x"):
            return x
        case ast.Name(id=name):
            return np.asarray(CONSTANTS[name])
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -work_out(operand, x)
        case ast.UnaryOp(operand=operand):
            return work_out(operand, x)
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](work_out(left, x), work_out(right, x))
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            return FUNCTIONS[name](work_out(argument, x))
    raise AssertionError(ast.dump(node))


def as_float(value: float) -> float:
    """A number; one of very many digits is endless."""
    try:
        return float(value)
    except OverflowError:
        return math.inf


def crossings(node: ast.expr, level: float, x: Array) -> Iterator[float]:
    """Where between the places x (n,) the node's value passes a level, to round-off."""
    with np.errstate(all="ignore"):
        above = np.broadcast_to(work_out(node, x), x.shape) >= level
        changes = np.flatnonzero(above[1:] != above[:-1])
        low, high, start = x[changes], x[changes + 1], above[changes]
        for _ in range(60):
            middle = (low + high) / 2
            same = (np.broadcast_to(work_out(node, middle), middle.shape) >= level) == start
            low, high = np.where(same, middle, low), np.where(same, high, middle)
    yield from high.tolist()
