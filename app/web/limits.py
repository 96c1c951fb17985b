"""What a server takes, and who may show it: all limits in one place, by flag or by environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from time import monotonic
from typing import Any, Self

from tornado.web import RequestHandler

from solver.errors import InvalidInput
from solver.reading import read_number

ENVIRONMENT = "TUNNELSCOPE_"
SITE = re.compile(r"https?://(\[[0-9a-fA-F:.]+\]|(\*\.)?[A-Za-z0-9._-]+)(:\d+)?")


@dataclass(frozen=True)
class Limits:
    """Limits of one server; each has a flag of `tunnelscope serve` and a variable, such as
    TUNNELSCOPE_SESSIONS, that holds for `panel serve app`, too.

    sessions: pages open at once; message_bytes: longest message of a page; messages: parts of
    messages that a page may send a second (each message has three), in the mean over ten;
    run_seconds: longest run, as it is expected to take; embed_from: sites that may frame the page;
    files: files of runs that are being made at once, or wait to be.
    """

    sessions: int = 400
    message_bytes: int = 1_000_000
    messages: int = 300
    run_seconds: float = 60.0
    embed_from: tuple[str, ...] = ()
    files: int = 8

    def __post_init__(self) -> None:
        for name in ("sessions", "message_bytes", "messages", "run_seconds", "files"):
            if not getattr(self, name) > 0:
                raise InvalidInput(flag(name), "be positive", getattr(self, name))
        for site in self.embed_from:
            if not SITE.fullmatch(site):
                rule = "be the address of a site, such as https://lms.example.org"
                raise InvalidInput(flag("embed_from"), rule, site or "nothing")

    def words(self) -> list[str]:
        """The flags of `serve` that give these limits to another process."""
        given: list[tuple[str, Any]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            values = value if isinstance(value, tuple) else (value,)
            given += ((flag(field.name), one) for one in values)
        return [word for name, value in given for word in (name, str(value))]

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """The limits that the environment gives; InvalidInput names the variable that is none."""
        given: dict[str, Any] = {}
        for field in fields(cls):
            name = ENVIRONMENT + field.name.upper()
            if text := environment.get(name, "").strip():
                given[field.name] = read(name, text, type(field.default))
        return cls(**given)


USUAL = Limits()


def read(name: str, text: str, kind: type) -> Any:
    """The text of a variable as what its limit is."""
    if kind is tuple:
        return tuple(text.split())
    try:
        return kind(read_number(text))
    except (OverflowError, ValueError):
        raise InvalidInput(name, "be a number", text) from None


def flag(name: str) -> str:
    """How a limit is written on the command line."""
    return "--" + name.replace("_", "-")


@cache
def given_limits() -> Limits:
    """Those of this process's environment."""
    return Limits.of(os.environ)


def limits_of(handler: RequestHandler) -> Limits:
    """Those of the server that a request has come to."""
    found: Limits = handler.settings.get("limits") or given_limits()
    return found


def is_full(handler: Any) -> bool:
    """Whether there are as many sessions as there may be."""
    return len(tuple(handler.application_context.sessions)) >= limits_of(handler).sessions


class Pace:
    """How many things came lately: ten seconds' worth at once, then as many as the limit allows."""

    def __init__(self) -> None:
        self.much, self.since = 0.0, monotonic()

    def exceeds(self, limit: int) -> bool:
        """Count one more; whether it is one too many for so many a second."""
        now = monotonic()
        self.much = max(0.0, self.much - limit * (now - self.since)) + 1
        self.since = now
        return self.much > 10 * limit
