"""How long a session is kept: who leaves or never comes is not waited for, who is cut off is."""

from functools import partial
from typing import Any
from weakref import WeakSet, ref

from tornado.ioloop import IOLoop

LEFT = (1000, 1001)
"""How a browser ends the connection of a page that is closed or left."""

UNMET = 30.0
"""Seconds in which a page that was asked for has to connect."""

met: WeakSet[Any] = WeakSet()
"""Sessions whose page has connected."""


def expect(session: Any) -> None:
    """A page was asked for; who asked may be no browser, and never connect."""
    IOLoop.current().call_later(UNMET, partial(miss, ref(session)))


def miss(known: "ref[Any]") -> None:
    """Let a session go whose page has not connected."""
    session = known()
    if session is not None and session not in met:
        session.request_expiration()


def part(connection: Any, code: int | None) -> None:
    """A connection has ended; one that was cut has no code."""
    if connection is not None and code in LEFT:
        connection.session.request_expiration()
