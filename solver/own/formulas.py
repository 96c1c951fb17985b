"""Formulas as syntax trees: what is read is looked at node by node, and never run."""

import ast
from collections.abc import Iterable

from solver.errors import short

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
        raise BadFormula(f"{named(text)} is longer than {LONGEST} characters")
    if "\\" in text:
        raise BadFormula(f"{named(text)} holds a backslash, which is not allowed")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = getattr(error, "msg", None) or error or "nested too deep"
        raise BadFormula(f"{named(text)} is not a formula: {reason}") from None
    if depth(tree) > DEEPEST:
        raise BadFormula(f"{named(text)} is nested more than {DEEPEST} levels deep")
    for node in ast.walk(tree):
        if not isinstance(node, allowed):
            raise BadFormula(f"{named(text)} holds {type(node).__name__}, which is not allowed")
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
