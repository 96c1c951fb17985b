"""Numbers as people write them; `assets/numbers.js` reads the same in the browser."""

import re
from math import isfinite

from solver.errors import short

MINUS = "-−–‐‑﹣－"
"""Signs that stand for a minus: hyphens, the sign itself, an en dash, wide ones."""

NUMBER = re.compile(
    rf"([{MINUS}+]?)\s*(?=[.,]?[0-9])([0-9]{{1,3}}(?:\s[0-9]{{3}})+|[0-9]*)"
    rf"(?:[.,]([0-9]*))?(?:[eE]([{MINUS}+]?)([0-9]+))?"
)
RULE = "be a number such as 0.5, 0,5, -2 or 1e-3, without a unit"


def read_number(text: str) -> float:
    """The number that a text writes, with a decimal point or comma; ValueError if it is none.

    >>> from solver.written import read_number
    >>> [read_number(text) for text in ("0,45", "−2", "1e0", " 1 836.15 ")]
    [0.45, -2.0, 1.0, 1836.15]
    """
    found = NUMBER.fullmatch(text.strip())
    value = number_of(*found.groups(default="")) if found else float("inf")
    if not isfinite(value):
        raise ValueError(f"must {RULE}, got “{short(text)}”")
    return value


def number_of(sign: str, whole: str, part: str, power_sign: str, power: str) -> float:
    digits = f"{''.join(whole.split()) or '0'}.{part or '0'}e{plain(power_sign)}{power or '0'}"
    return float(plain(sign) + digits)


def plain(sign: str) -> str:
    return "-" if sign and sign in MINUS else ""
