"""Formulas in lessons: arithmetic on the quantities of runs, and nothing else.

`run.transmitted`, `a.exact / b.exact`, `at(run, width=0.6).exact`, `abs(run.error) < 1e-3`. A
formula is read as a syntax tree of which only arithmetic, comparisons, `and`, `or`, `not`, names,
attributes that are quantities, and the functions below are allowed: no code of a lesson is run.
"""

import ast
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from solver.errors import Rule, is_finite, short
from solver.own.formulas import ARITHMETIC, BadFormula, named, tree_of

BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: lambda base, exponent: float(base) ** float(exponent),
}
COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "abs": abs,
    "min": min,
    "max": max,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "log10": math.log10,
    "round": round,
}
CONSTANTS = {"pi": math.pi, "true": True, "false": False}


ALLOWED = (*ARITHMETIC, ast.Attribute, ast.BoolOp, ast.Compare, ast.keyword, ast.boolop, ast.cmpop)


@dataclass(frozen=True)
class Formula:
    """A formula's text, checked when it is made."""

    text: str

    def __post_init__(self) -> None:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
                told = {"formula": str(self), "name": node.attr}
                raise BadFormula(Rule("{formula} asks for the hidden name {name}", **told))

    def __str__(self) -> str:
        return named(self.text)

    @cached_property
    def tree(self) -> ast.expr:
        return tree_of(self.text, ALLOWED)

    def value(self, names: Mapping[str, Any]) -> Any:
        """The value, with `names` standing for runs and functions of runs."""
        try:
            return work_out(self.tree, {**CONSTANTS, **FUNCTIONS, **names})
        except (ArithmeticError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise BadFormula(not_worked_out(str(self), error)) from None

    def number(self, names: Mapping[str, Any]) -> float:
        """The value, which must be a finite number."""
        value = self.value(names)
        if not is_finite(value):
            told = {"formula": str(self), "value": short(value)}
            raise BadFormula(Rule("{formula} must be a finite number, got {value}", **told))
        return float(value)


def not_worked_out(formula: str, error: Exception) -> Rule:
    """Why a formula has no value."""
    reason = error.args[0] if error.args and isinstance(error.args[0], Rule) else short(error)
    return Rule("{formula} cannot be worked out: {reason}", formula=formula, reason=reason)


def not_allowed(node: ast.AST) -> Rule:
    return Rule("{part} is not allowed", part=type(node).__name__)


def work_out(node: ast.expr, names: Mapping[str, Any]) -> Any:
    """The value of one node of the tree."""
    match node:
        case ast.Constant(value=bool() | int() | float() | str() as value):
            return value
        case ast.Name(id=name):
            if name not in names:
                told = {"name": name, "names": listed(names)}
                raise ValueError(Rule("there is no {name} here; there are {names}", **told))
            return names[name]
        case ast.Attribute(value=owner, attr=attr):
            return work_out(owner, names).quantity(attr)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
            return BINARY[type(op)](number(left, names), number(right, names))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -number(operand, names)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not work_out(operand, names)
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(work_out(part, names) for part in parts)
        case ast.BoolOp(op=ast.Or(), values=parts):
            return any(work_out(part, names) for part in parts)
        case ast.Compare():
            return compare(node, names)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords):
            function = work_out(node.func, names)
            if not callable(function):
                raise ValueError(Rule("{name} is not a function", name=name))
            extra = {str(k.arg): work_out(k.value, names) for k in keywords}
            return function(*(work_out(arg, names) for arg in args), **extra)
    raise ValueError(not_allowed(node))


def number(node: ast.expr, names: Mapping[str, Any]) -> float:
    """The value of a node that must be a number."""
    value = work_out(node, names)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(Rule("“{formula}” is not a number", formula=ast.unparse(node)))
    return float(value)


def compare(node: ast.Compare, names: Mapping[str, Any]) -> bool:
    """A chain such as 0.45 < run.transmitted < 0.55."""
    values = [work_out(part, names) for part in (node.left, *node.comparators)]
    for op, left, right in zip(node.ops, values, values[1:], strict=False):
        if type(op) not in COMPARE:
            raise ValueError(not_allowed(op))
        if not COMPARE[type(op)](left, right):
            return False
    return True


def listed(names: Mapping[str, Any]) -> str:
    return ", ".join(sorted(name for name in names if name not in FUNCTIONS | CONSTANTS))
