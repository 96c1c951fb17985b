"""CONTRIBUTING's glossary is kept: its words stand in the code, and what they are not does not."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = [path for name in ("solver", "lessons", "app") for path in (ROOT / name).rglob("*.py")]
OURS = [path for path in SOURCES if "published" not in path.parts]
"""The published program has words of its own."""

GLOSSARY = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## Words")[1].split("\n## ")[0]
ROWS = [line.strip("|").split("|") for line in GLOSSARY.splitlines() if line.startswith("| `")]


def words(column: int) -> list[str]:
    """The words in code letters of one column."""
    return [word for row in ROWS for word in re.findall(r"`(\w+)`", row[column])]


def names(tree: ast.Module) -> Iterator[str]:
    """Every name of a module: of variables, attributes, arguments, functions and classes."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name


def defined(tree: ast.Module) -> Iterator[str]:
    """The classes and the tables that a module defines."""
    for node in tree.body:
        match node:
            case ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield name


TREES = {path: ast.parse(path.read_text("utf-8")) for path in SOURCES}
CLASSES = {n.name for tree in TREES.values() for n in tree.body if isinstance(n, ast.ClassDef)}
KNOWN = {name for path in OURS for name in names(TREES[path])}


def test_the_glossary_is_about_a_page() -> None:
    assert 20 <= len(ROWS) <= 30
    assert all(len(row) == 3 for row in ROWS)
    assert len(set(words(0))) == len(words(0))


@pytest.mark.parametrize("word", words(0))
def test_a_word_of_the_glossary_stands_in_the_code(word: str) -> None:
    assert word in KNOWN


@pytest.mark.parametrize("word", [*words(2), "utils", "helpers", "misc", "mgr"])
def test_what_a_word_is_not_stands_nowhere(word: str) -> None:
    assert word not in KNOWN
    pattern = re.compile(rf"\b{word}s?\b")
    found = [path for path in OURS if pattern.search(path.read_text("utf-8").replace("[misc]", ""))]
    assert found == []


def test_a_class_or_a_table_of_the_glossary_has_its_name_alone() -> None:
    counts = Counter(name for tree in TREES.values() for name in defined(tree))
    alone = CLASSES | {word for word in words(0) if word.isupper()}
    assert {name: counts[name] for name in alone if counts[name] > 1} == {}
