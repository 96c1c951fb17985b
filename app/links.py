"""Addresses: the lab's state in the query string, read one parameter at a time."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

import param

from app.model import Lab
from solver.controls import Controls
from solver.errors import short

NAMES = Controls.names()


def to_query(lab: Lab) -> str:
    """The query string (with its ?) that leads back to this state; defaults are left out."""
    chosen = {
        name: getattr(lab, name) for name in NAMES if getattr(lab, name) != lab.param[name].default
    }
    return "?" + urlencode(
        {name: f"{v:.6g}" if isinstance(v, float) else v for name, v in chosen.items()}
    )


def join(pairs: list[tuple[str, str]]) -> str:
    """A query string of these names and values."""
    return "?" + urlencode(pairs)


def from_query(query: str) -> tuple[dict[str, Any], list[str]]:
    """The values that a query string sets, and a sentence for each part of it that was ignored."""
    values: dict[str, Any] = {}
    ignored: list[str] = []
    for name, text in parse_qsl(query.lstrip("?"), keep_blank_values=True):
        if name not in NAMES:
            ignored.append(f"“{short(name)}” is not a control of this lab.")
            continue
        try:
            values[name] = read(Lab.param[name], text)
        except ValueError as error:
            ignored.append(str(error))
    return values, ignored


def read(parameter: param.Parameter, text: str) -> Any:
    """One value from its text; a ValueError says which rule it breaks."""
    if isinstance(parameter, param.Selector):
        found: Mapping[str, Any] = {str(v).lower(): v for v in parameter.objects}
        if text.lower() in found:
            return found[text.lower()]
        allowed = ", ".join(map(str, parameter.objects))
        raise ValueError(f"{parameter.label} must be one of {allowed}, got “{short(text)}”.")
    low, high = parameter.bounds
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        rule = f"{parameter.label} must be a number from {low:g} to {high:g}"
        raise ValueError(f"{rule}, got “{short(text)}”.")
    return value
