"""A goal in words: each condition with what is there now, what is wanted, whether it holds."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Any

from lessons.expressions import Formula, not_worked_out
from lessons.labels import FUNCTION_LABELS, LABELS, with_unit
from locales.language import mark, say
from solver.own.formulas import BadFormula

Names = Mapping[str, Any]

WANTED: Mapping[type[ast.cmpop], str] = {
    ast.Lt: mark("less than {limit}"),
    ast.LtE: mark("at most {limit}"),
    ast.Gt: mark("more than {limit}"),
    ast.GtE: mark("at least {limit}"),
    ast.Eq: mark("exactly {limit}"),
    ast.NotEq: mark("anything but {limit}"),
}
TURNED: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
    ast.Eq: ast.Eq,
    ast.NotEq: ast.NotEq,
}
"""The same comparison, read from the right."""

SIGNS: Mapping[type[ast.operator], str] = {
    ast.Add: mark("{left} plus {right}"),
    ast.Sub: mark("{left} minus {right}"),
    ast.Mult: mark("{left} times {right}"),
    ast.Div: mark("{left} divided by {right}"),
}
MOST_DIGITS = 6


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One part of a goal: what it is about, its value now, what is wanted, and if that holds."""

    what: str
    now: str
    wanted: str
    met: bool


def conditions(goal: Formula, names: Names) -> list[Condition]:
    """The parts of a goal that must all hold, worked out for these runs."""
    tree = goal.tree
    together = isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And)
    parts = tree.values if isinstance(tree, ast.BoolOp) and together else [tree]
    try:
        words = Words(names)
        return [words.condition(part) for part in parts]
    except (ArithmeticError, TypeError, ValueError, AttributeError) as error:
        raise BadFormula(not_worked_out(f"“{goal.text}”", error)) from None


def is_constant(node: ast.expr) -> bool:
    """Whether a side of a comparison is a number and not a quantity of a run."""
    return not any(isinstance(part, (ast.Attribute, ast.Call)) for part in ast.walk(node))


class Words:
    """Tells formulas about these runs; with two, each quantity is told with its run's name."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.runs = [name for name, owner in names.items() if hasattr(owner, "quantity")]

    def value(self, node: ast.expr) -> Any:
        return Formula(ast.unparse(node)).value(self.names)

    def condition(self, node: ast.expr) -> Condition:
        met = self.value(node) is True
        if not isinstance(node, ast.Compare):
            now = say("yes") if met else say("no")
            return Condition(what=self.tell(node), now=now, wanted=say("yes"), met=met)
        subject, limits = self.subject(node)
        unit, value = self.unit(subject), self.value(subject)
        bounds = [(word, self.bound(side, unit)) for word, side in limits]
        now = apart(value, unit, [text for _, text in bounds])
        return Condition(what=self.tell(subject), now=now, wanted=wanted(bounds), met=met)

    def subject(self, node: ast.Compare) -> tuple[ast.expr, list[tuple[str, ast.expr]]]:
        """What a comparison is about, and each limit with its word."""
        sides = [node.left, *node.comparators]
        place = next((i for i, side in enumerate(sides) if not is_constant(side)), 0)
        limits = []
        for i, ((left, right), op) in enumerate(zip(pairwise(sides), node.ops, strict=True)):
            if i == place:
                limits.append((WANTED[type(op)], right))
            elif i + 1 == place:
                limits.append((WANTED[TURNED[type(op)]], left))
        return sides[place], limits

    def bound(self, node: ast.expr, unit: str) -> str:
        value = with_unit(self.value(node), unit)
        if is_constant(node):
            return value
        return say("{quantity}, now {value}", quantity=self.tell(node), value=value)

    def tell(self, node: ast.expr) -> str:
        """A formula in words."""
        match node:
            case ast.Attribute(value=ast.Name(id=run), attr=name):
                return say(LABELS[name][0]) + (f" ({run})" if len(self.runs) > 1 else "")
            case ast.Attribute(value=ast.Call(args=args, keywords=changes), attr=name):
                return say(
                    "{quantity} with {changes}",
                    quantity=say(LABELS[name][0]),
                    changes=together(list(self.changed(args[1:], changes))),
                )
            case ast.BinOp(left=share, op=ast.Mult(), right=whole) if self.is_share(share, whole):
                part = with_unit(self.value(share), "%")
                return say("{share} of “{whole}”", share=part, whole=self.tell(whole))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in SIGNS:
                return say(SIGNS[type(op)], left=self.tell(left), right=self.tell(right))
            case ast.Call(func=ast.Name(id="abs"), args=[ast.BinOp(left=a, op=ast.Sub(), right=b)]):
                return say(
                    "distance of “{one}” from “{other}”", one=self.tell(a), other=self.tell(b)
                )
            case ast.Call(func=ast.Name(id=name)) if name in FUNCTION_LABELS:
                return say(FUNCTION_LABELS[name][0])
            case ast.BoolOp(op=ast.Or(), values=parts):
                told = map(self.tell, parts)
                return reduce(
                    lambda one, other: say("{one} or {other}", one=one, other=other), told
                )
            case ast.UnaryOp(op=ast.Not(), operand=part):
                return say("not: {part}", part=self.tell(part))
            case ast.Compare():
                subject, limits = self.subject(node)
                unit = self.unit(subject)
                bounds = [(word, self.bound(side, unit)) for word, side in limits]
                return f"{self.tell(subject)} {wanted(bounds)}"
        return with_unit(self.value(node), "") if is_constant(node) else ast.unparse(node)

    def changed(self, args: list[ast.expr], changes: list[ast.keyword]) -> Iterator[str]:
        """What is different in at(run, width=0.6) or equal(run, "Gaussian", "area")."""
        for arg in args:
            yield say(str(self.value(arg)))
        for change in changes:
            label, unit = LABELS[str(change.arg)]
            yield f"{say(label)} {with_unit(self.value(change.value), unit)}"

    def is_share(self, share: ast.expr, whole: ast.expr) -> bool:
        return is_constant(share) and self.unit(whole) == "%" and self.value(share) <= 1

    def unit(self, node: ast.expr) -> str:
        """The unit of a formula's value."""
        match node:
            case ast.Attribute(attr=name):
                return LABELS[name][1]
            case ast.Call(func=ast.Name(id="abs"), args=[part]):
                return self.unit(part)
            case ast.Call(func=ast.Name(id=name)):
                return FUNCTION_LABELS.get(name, ("", ""))[1]
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub()):
                unit = self.unit(left)
                return "points" if unit == "%" else unit
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                return self.unit(right) if is_constant(left) else self.unit(left)
            case ast.BinOp(left=left, op=ast.Div(), right=right) if is_constant(right):
                return self.unit(left)
        return ""


def wanted(bounds: list[tuple[str, str]]) -> str:
    """Such as: more than 50 %, or: between 40 % and 60 %."""
    if [word for word, _ in bounds] == [WANTED[ast.Gt], WANTED[ast.Lt]]:
        return say("between {low} and {high}", low=bounds[0][1], high=bounds[1][1])
    return together([say(word, limit=text) for word, text in bounds])


def together(parts: list[str]) -> str:
    """Such as: this and that."""
    return reduce(lambda one, other: say("{one} and {other}", one=one, other=other), parts)


def apart(value: Any, unit: str, others: list[str]) -> str:
    """The value with so many digits that it does not look like a limit that it is not."""
    texts = [with_unit(value, unit, digits) for digits in range(3, MOST_DIGITS + 1)]
    return next((text for text in texts if text not in others), texts[0])
