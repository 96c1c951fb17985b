"""Prose with numbers: `{{ formula | format }}` becomes the number that the solver found."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from lessons.expressions import Formula
from locales.language import mark, say, written
from solver.errors import Rule, is_finite, short
from solver.own.formulas import BadFormula

REFERENCE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
BARE = re.compile(
    r"(?<![\w.])[−-]?\d[\d.,]{0,30}(?:\s*(?:×|\\times)\s*10\S*)?[\s~\\]*(?:percent|eV|nm|fs)\b|\d[\s\\]*%"
)
"""A result with its unit that no reference backs."""

SMALL = 1e-3
NO_BREAK = "\u00a0"
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
MINUTE, HOUR, DAY, YEAR = 60.0, 3600.0, 86_400.0, 31_557_600.0
TIMES = (
    (YEAR, "years"),
    (DAY, "days"),
    (HOUR, "hours"),
    (MINUTE, "minutes"),
    (1.0, "s"),
    (1e-3, "ms"),
    (1e-6, "µs"),
    (1e-9, "ns"),
    (1e-12, "ps"),
    (1e-15, "fs"),
)
"""Names of times with their length in seconds, the longest first."""
UNIT_NAMES = {"eV": "eV", "nm": "nm", "fs": "fs", "per_nm": "1/nm", "ev_per_nm": "eV/nm"}

markdown = MarkdownIt("commonmark", {"html": False}).enable("table").use(dollarmath_plugin)


def significant(value: float, digits: int = 3) -> str:
    """A number with so many significant digits, as a power of ten where that is shorter."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    if not 1e-3 <= abs(value) < 1e5:
        return scientific(value, digits - 1)
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    text = f"{value:.{places}f}"
    return written(text.rstrip("0").rstrip(".") if "." in text else text)


def scientific(value: float, digits: int = 1) -> str:
    if not math.isfinite(value):
        return f"{value:g}"
    mantissa, exponent = f"{value:.{digits}e}".split("e")
    return f"{written(mantissa)} × 10{str(int(exponent)).translate(SUPERSCRIPT)}"


def percent(value: float, digits: int | None = None) -> str:
    """0.3418 as 34.2 %; small parts keep two figures."""
    part = 100 * value
    if digits is not None:
        return f"{written(f'{part:.{digits}f}')} %"
    if part != 0 and abs(part) < SMALL:
        return f"{scientific(part)} %"
    return f"{significant(part)} %"


def duration(seconds: float, digits: int = 2) -> str:
    """A time in the unit that a person would name it in: 7e-6 as 7 µs, 1e10 as 320 years."""
    if math.isinf(seconds):
        return say("for ever")
    length, name = next((entry for entry in TIMES if seconds >= entry[0]), TIMES[-1])
    return f"{significant(seconds / length, digits)} {say(name)}"


def formatted(value: Any, form: str) -> str:
    """The value in a format such as `percent`, `fixed:2`, `eV`, `nm:3`; the number is digits."""
    name, colon, digits = form.partition(":")
    if colon and not (digits.isdecimal() and len(digits) == 1):
        rule = mark("“{form}” is not a format: digits are one figure, such as fixed:2")
        raise BadFormula(Rule(rule, form=short(form)))
    count = int(digits) if digits else None
    if isinstance(value, str):
        return value
    if not (is_finite(value) or value in (math.inf, -math.inf)):
        told = {"form": short(form), "value": short(value)}
        raise BadFormula(Rule("a number must stand before the format “{form}”: {value}", **told))
    number = float(value)
    forms: Mapping[str, Callable[[], str]] = {
        "": lambda: significant(number, count or 3),
        "percent": lambda: percent(number, count),
        "fixed": lambda: written(f"{number:.{2 if count is None else count}f}"),
        "time": lambda: duration(number, count or 2),
        "sci": lambda: scientific(number, 1 if count is None else count),
        **{
            key: lambda unit=unit: f"{significant(number, count or 3)} {unit}"  # type: ignore[misc]
            for key, unit in UNIT_NAMES.items()
        },
    }
    if name not in forms:
        told = {"form": short(form), "names": ", ".join(filter(None, forms))}
        raise BadFormula(Rule("“{form}” is not a format; there are {names}", **told))
    return forms[name]().replace("-", "−") if name != "sci" else forms[name]()


def references(text: str) -> list[tuple[Formula, str]]:
    """The formulas in a text with their formats."""
    found = []
    for inner in REFERENCE.findall(text):
        formula, _, form = inner.partition("|")
        found.append((Formula(formula.strip()), form.strip()))
    return found


def filled(text: str, names: Mapping[str, Any]) -> str:
    """The text with every reference replaced by its number, which does not break over a line."""

    def number(match: re.Match[str]) -> str:
        formula, form = references(match[0])[0]
        return formatted(formula.value(names), form).replace(" ", NO_BREAK)

    return REFERENCE.sub(number, text)


def bare_numbers(text: str) -> list[str]:
    """Results with a unit that are typed rather than computed."""
    return [match[0] for match in BARE.finditer(REFERENCE.sub("", text))]


def html(text: str, names: Mapping[str, Any]) -> str:
    """Markdown with references as HTML; TeX stands in elements of class `math`."""
    return str(markdown.render(filled(text, names)))


def inline_html(text: str, names: Mapping[str, Any]) -> str:
    """The same for a single line."""
    return str(markdown.renderInline(filled(text, names)))
