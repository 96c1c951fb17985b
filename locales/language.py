"""The language that is spoken, and what is said in it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from string import Formatter
from typing import Any, TypeVar

from babel.numbers import get_decimal_symbol, get_group_symbol

from locales.catalogs import catalog
from solver.errors import InvalidInput, Rule

ENGLISH = "en"
LANGUAGES: dict[str, str] = {ENGLISH: "English", "id": "Bahasa Indonesia"}
"""Each language that can be chosen, by its code, as it calls itself."""

Made = TypeVar("Made")

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def spoken() -> str:
    """The code of the language that is spoken here and now."""
    return _spoken.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language; what `asyncio.to_thread` begins meanwhile speaks it, too."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def say(text: str, /, **values: Any) -> str:
    """A text in the language that is spoken, with these values in the places of their names."""
    line = catalog(spoken()).lines.get(text, (text,))[0]
    return filled(line, values) if values else line


def say_many(one: str, many: str, /, count: int, **values: Any) -> str:
    """The same of a text that counts; `{count}` is its place."""
    known = catalog(spoken())
    forms = known.lines.get(one, (one, many))
    return filled(forms[known.plural(count)], {"count": count, **values})


def mark(text: str) -> str:
    """The text itself, which is said elsewhere: a catalog has a line for it."""
    return text


def once_spoken(make: Callable[[], Made]) -> Callable[[], Made]:
    """What is made once in each language, for all pages; nobody may change it."""

    @lru_cache
    def made(language: str) -> Made:
        return make()

    return lambda: made(spoken())


def say_rule(rule: str) -> str:
    """A rule of the solver."""
    return say(rule.template, **rule.values) if isinstance(rule, Rule) else say(rule)


def say_error(error: InvalidInput) -> str:
    """Why an input cannot be used."""
    shown = written(error.shown) if isinstance(error.value, float) else say_rule(error.shown)
    told = {"thing": say(error.thing), "rule": say_rule(error.rule), "value": shown}
    unit = f" {say(error.unit)}" if error.unit else ""
    return say("{thing} must {rule}, got {value}", **told) + unit


class Spoken(Formatter):
    """Writes numbers as they are written in the language that is spoken."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Rule):
            return say_rule(value)
        text = format(value, format_spec)
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return written(text) if is_number else text


def filled(text: str, values: Mapping[str, Any]) -> str:
    return Spoken().vformat(text, (), values)


def written(number: str) -> str:
    """The digits of a number with the decimal sign and the separators of the language."""
    return number.translate(signs(spoken()))


@lru_cache
def signs(language: str) -> dict[int, str]:
    return str.maketrans({".": get_decimal_symbol(language), ",": get_group_symbol(language)})
