"""A graceful end: runs under way reach their pages, pages are told, the process ends with 0."""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any
from weakref import WeakSet

from app.operate.readiness import STOPPING, readiness

GRACE = 5.0
"""Seconds that runs under way may still take."""

SETTLE = 0.3
"""Seconds in which the result of a run goes out to its page."""

GOODBYE = 1.0
"""Seconds in which browsers confirm the end of their connections."""

GOING_AWAY = 1001
"""The code of a WebSocket's end that means: the server stops."""

sockets: WeakSet[Any] = WeakSet()
"""The connections to pages that are open."""


async def leave(idle: Callable[[], bool]) -> bool:
    """Take no more pages, let runs end, tell the pages; whether all runs have ended."""
    readiness.hold(STOPPING)
    ended = await idle_for(SETTLE, idle, GRACE)
    for socket in list(sockets):
        socket.close(GOING_AWAY, STOPPING)
    await idle_for(0.0, lambda: not sockets, GOODBYE)
    return ended


async def idle_for(span: float, idle: Callable[[], bool], longest: float) -> bool:
    """Wait until something has been idle for a span; False if that takes too long."""
    begun = since = monotonic()
    while monotonic() - begun < longest + span:
        if not idle():
            since = monotonic()
        elif monotonic() - since >= span:
            return True
        await asyncio.sleep(0.02)
    return False
