"""What people write: text files of ordinary size in UTF-8, and numbers in their own manner.

`assets/numbers.js` reads numbers in the same way in the browser.
"""

import re
from math import isfinite
from pathlib import Path

from solver.errors import InvalidInput, Rule, short

LARGEST = 2**26
"""Bytes of a text file at most."""


def text_of(file: Path, thing: str) -> str:
    """The text of a file; InvalidInput about `thing` if it is none, or has no end."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            rule = Rule("be a file of at most {largest:,} bytes", largest=LARGEST)
            raise InvalidInput(thing, rule, file)
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(thing, "be UTF-8 text", file) from None
    except OSError as error:
        rule = Rule("be a file that can be read ({reason})", reason=error.strerror or error)
        raise InvalidInput(thing, rule, file) from None


MINUS = "-−–‐‑﹣－"
"""Signs that stand for a minus: hyphens, the sign itself, an en dash, wide ones."""

NUMBER = re.compile(
    rf"([{MINUS}+]?)\s*(?=[.,]?[0-9])([0-9]{{1,3}}(?:\s[0-9]{{3}})+|[0-9]*)"
    rf"(?:[.,]([0-9]*))?(?:[eE]([{MINUS}+]?)([0-9]+))?"
)
RULE = "be a number such as 0.5, 0,5, -2 or 1e-3, without a unit"


def read_number(text: str) -> float:
    """The number that a text writes, with a decimal point or comma; ValueError if it is none.

    >>> from solver.reading import read_number
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
