"""Formulas as syntax trees: what is read is looked at node by node, and never run."""

import ast
from collections.abc import Iterable

from solver.errors import Rule, short

LONGEST, DEEPEST = 1000, 60
"""Characters of a formula and levels of its tree at most: enough for any that can be read."""

ARITHMETIC = (
    ast.Constant,
    ast.Name,
    ast.BinOp,
    ast.UnaryOp,
    ast.Call,
    ast.Load,
    ast.operator,
    ast.unaryop,
)
"""The nodes that every formula may hold."""


class BadFormula(ValueError):
    """A formula that cannot be read or worked out; the message says why."""


def named(text: str) -> str:
    """The formula as a sentence names it."""
    return f"“{short(' '.join(text.split()))}”"


def tree_of(text: str, allowed: tuple[type[ast.AST], ...] = ARITHMETIC) -> ast.expr:
    """The syntax tree of a formula; BadFormula if it is none, too large, or holds other nodes."""
    if len(text) > LONGEST:
        told = {"formula": named(text), "longest": LONGEST}
        raise BadFormula(Rule("{formula} is longer than {longest} characters", **told))
    if "\\" in text:
        raise BadFormula(
            Rule("{formula} holds a backslash, which is not allowed", formula=named(text))
        )
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = getattr(error, "msg", None) or error or "nested too deep"
        told = {"formula": named(text), "reason": str(reason)}
        raise BadFormula(Rule("{formula} is not a formula: {reason}", **told)) from None
    if depth(tree) > DEEPEST:
        told = {"formula": named(text), "deepest": DEEPEST}
        raise BadFormula(Rule("{formula} is nested more than {deepest} levels deep", **told))
    for node in ast.walk(tree):
        if not isinstance(node, allowed):
            told = {"formula": named(text), "part": type(node).__name__}
            raise BadFormula(Rule("{formula} holds {part}, which is not allowed", **told))
    return tree


def depth(tree: ast.AST) -> int:
    """Levels of a tree, counted without going down it by calls."""
    levels, row = 0, [tree]
    while row:
        levels += 1
        row = [child for node in row for child in children(node)]
    return levels


def children(node: ast.AST) -> Iterable[ast.AST]:
    return ast.iter_child_nodes(node)
