"""YAML with line numbers: entries are taken by key; an error names file, line and key."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from locales.language import mark, say, say_rule
from solver.errors import Rule, is_finite, short

DEEPEST = 20
"""Levels of nesting at most; a lesson has four."""

OF_NAMES = mark("be a table of names and values")
NOT_PLAIN = {"anchor": mark("have no anchor (& or *)"), "tag": mark("have no tag (!)")}
"""What a lesson needs none of, and may never end."""


@dataclass
class LessonError(ValueError):
    """What is wrong with a lesson: where, which key, which rule, and what was found."""

    file: str
    line: int
    key: str
    rule: str
    value: object = None

    def __str__(self) -> str:
        """In the language that is spoken."""
        told = {"thing": short(say_rule(self.key)), "rule": say_rule(self.rule)}
        if self.value is None:
            text = say("{thing} must {rule}", **told)
        else:
            text = say("{thing} must {rule}, got {value}", **told, value=short(self.value, repr))
        return " ".join(f"{self.file}:{self.line}: {text}".split())


@dataclass(frozen=True)
class Place:
    """A file and the line in it at which a piece of YAML begins."""

    file: Path
    line: int

    def error(self, line: int, key: str, rule: str, value: object = None) -> LessonError:
        return LessonError(shown(self.file), line, key, rule, value)


@dataclass
class Table:
    """A YAML mapping whose entries are taken one by one; `finish` refuses what is left over."""

    place: Place
    name: str
    line: int
    nodes: dict[str, yaml.Node]
    taken: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, text: str, place: Place, name: str) -> "Table":
        """The mapping in `text`, which begins at the place's line."""
        try:
            require_plain(text, place, name)
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            at = getattr(error, "problem_mark", None)
            line = place.line + (at.line if at else 0)
            reason = getattr(error, "problem", None) or getattr(error, "context", None) or error
            raise place.error(line, name, Rule("be YAML ({reason})", reason=str(reason))) from None
        return cls.of(node, place, name)

    @classmethod
    def of(cls, node: yaml.Node | None, place: Place, name: str) -> "Table":
        line = place.line + (node.start_mark.line if node else 0)
        if not isinstance(node, yaml.MappingNode):
            raise place.error(line, name, mark("be a table of keys and values"))
        nodes: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise place.error(
                    place.line + key.start_mark.line, name, mark("have words for keys")
                )
            if key.value in nodes:
                raise place.error(
                    place.line + key.start_mark.line, key.value, mark("stand only once")
                )
            nodes[key.value] = value
        return cls(place, name, line, nodes)

    def path(self, key: str) -> str:
        return f"{self.name}.{key}"

    def line_of(self, key: str) -> int:
        node = self.nodes.get(key)
        return self.place.line + node.start_mark.line if node else self.line

    def error(self, key: str, rule: str, value: object = None) -> LessonError:
        return self.place.error(self.line_of(key), self.path(key), rule, value)

    def take(self, key: str, kinds: tuple[type, ...], rule: str, default: Any = ...) -> Any:
        """The value of `key`, of one of these kinds."""
        self.taken.add(key)
        if key not in self.nodes:
            if default is ...:
                raise self.error(key, mark("be given"))
            return default
        try:
            value = plain(self.nodes[key])
        except (yaml.YAMLError, ValueError, ArithmeticError):
            told = Rule("{rule}, and one that YAML can read", rule=Rule(rule))
            raise self.error(key, told) from None
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise self.error(key, rule, value)
        return value

    def text(self, key: str, default: Any = ...) -> str:
        value = self.take(key, (str,), mark("be text"), default)
        return str(value).strip()

    def number(self, key: str, default: Any = ...) -> float:
        value = self.take(key, (int, float), mark("be a number"), default)
        if not is_finite(value):
            raise self.error(key, mark("be a finite number"), value)
        return float(value)

    def formula(self, key: str, default: Any = ...) -> str:
        """Text, or a number or truth value that YAML took it for."""
        return str(self.take(key, (str, int, float, bool), mark("be a formula"), default))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or one text, or nothing."""
        value = self.take(key, (str, list), mark("be a text or a list of texts"), [])
        items = [value] if isinstance(value, str) else value
        for item in items:
            if not isinstance(item, (str, bool, int, float)):
                raise self.error(key, mark("be a list of texts"), item)
        return tuple(str(item) for item in items)

    def values(self, key: str) -> dict[str, Any]:
        """A flat mapping of names to texts and numbers."""
        found = dict(self.take(key, (dict,), OF_NAMES, {}))
        for name in found:
            if not isinstance(name, str):
                raise self.error(key, OF_NAMES, name)
        return found

    def table(self, key: str) -> "Table | None":
        self.taken.add(key)
        node = self.nodes.get(key)
        return None if node is None else Table.of(node, self.place, self.path(key))

    def tables(self, key: str) -> "list[Table]":
        """A list of mappings."""
        self.taken.add(key)
        node = self.nodes.get(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(key, mark("be a list"))
        return [Table.of(item, self.place, self.path(key)) for item in node.value]

    def finish(self) -> None:
        """Raise for a key that nobody asked for."""
        for key in self.nodes:
            if key not in self.taken:
                rule = Rule("be one of {names}", names=", ".join(sorted(self.taken)))
                raise self.error(key, rule, key)


def require_plain(text: str, place: Place, name: str) -> None:
    """No anchors, aliases, tags or deep nesting: a lesson needs none, and they may never end."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = place.line + event.start_mark.line
        for what, rule in NOT_PLAIN.items():
            if getattr(event, what, None) is not None:
                raise place.error(line, name, rule, getattr(event, what))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            rule = Rule("be nested at most {deepest} levels deep", deepest=DEEPEST)
            raise place.error(line, name, rule)


def shown(file: Path) -> str:
    """The file's name as text, whatever bytes it has."""
    return os.fsencode(file.name).decode("utf-8", "replace")


def plain(node: yaml.Node) -> Any:
    """The Python value of a node."""
    loader = yaml.SafeLoader("")
    return loader.construct_object(node, deep=True)
