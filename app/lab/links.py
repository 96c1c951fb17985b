"""Addresses: the lab's state in the query string, read one parameter at a time."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

import param

from app.lab.model import Lab, checked
from locales.language import say
from solver.controls import CHOICES, Controls
from solver.errors import short
from solver.reading import read_number

NAMES = Controls.names()
STATE = (*NAMES, "show")
"""All that a link of the lab holds: the controls, and what stands below the wave."""

DEFAULTS: dict[str, Any] = {name: Lab.param[name].default for name in STATE}


def to_query(lab: Lab) -> str:
    """The query string (with its ?) that leads back to this state; defaults are left out."""
    values = {name: getattr(lab, name) for name in STATE}
    chosen = {name: value for name, value in values.items() if value != DEFAULTS[name]}
    return "?" + urlencode({name: word_of(name, value) for name, value in chosen.items()})


def join(pairs: Sequence[tuple[str, str]]) -> str:
    """A query string of these names and values."""
    return "?" + urlencode(pairs)


def from_query(query: str) -> tuple[dict[str, Any], list[str]]:
    """The values that a query string sets, and a sentence for each part of it that was ignored."""
    values: dict[str, Any] = {}
    ignored: list[str] = []
    for name, text in parse_qsl(query.lstrip("?"), keep_blank_values=True):
        if name == "show":
            values[name], lost = shown(text)
            ignored += lost
            continue
        if name not in NAMES:
            ignored.append(say("“{name}” is not a control of this lab.", name=short(name)))
            continue
        try:
            values[name] = read(Lab.param[name], text)
        except ValueError as error:
            ignored.append(str(error))
    return values, ignored


def read(parameter: param.Parameter, text: str) -> Any:
    """One value from its text; a ValueError says which rule it breaks."""
    if isinstance(parameter, param.Selector):
        known = {identifier(value): value for value in parameter.objects}
        return checked(parameter, known.get(identifier(text), text))
    if isinstance(parameter, param.String):
        return checked(parameter, text)
    if not text and parameter.allow_None:
        return None
    try:
        return checked(parameter, read_number(text))
    except ValueError:
        return checked(parameter, text)


def shown(text: str) -> tuple[list[str], list[str]]:
    """The cards that these words stand for, each once, and what of them is none."""
    words = {word: word.replace("-", " ") for word in text.split()}
    known = Lab.param["show"].objects
    unknown = [word for word, name in words.items() if name not in known]
    found = [name for name in known if name in words.values()]
    if not unknown:
        return found, []
    allowed, word = ", ".join(map(hyphened, known)), "”, “".join(map(short, unknown))
    return found, [say("“show” can have {allowed}, and not “{word}”.", allowed=allowed, word=word)]


def word_of(name: str, value: Any) -> Any:
    """A control's value in a link: of one of some options its identifier, in any language."""
    return identifier(value) if name in CHOICES else written(value)


def identifier(option: str) -> str:
    """Such as left-to-right, however it is written."""
    return "-".join(option.lower().split())


def hyphened(name: str) -> str:
    return name.replace(" ", "-")


def written(value: Any) -> Any:
    """A number as short as it can be and still be the same; names of cards as words."""
    if isinstance(value, list):
        return " ".join(map(hyphened, value))
    return repr(value).removesuffix(".0") if isinstance(value, float) else value
