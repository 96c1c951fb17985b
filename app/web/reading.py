"""What a page sends over its connection, read without trust.

Bokeh reads a message in three parts and more, then its document takes it. Whatever is wrong with
the parts ends the connection, as Bokeh has it; whatever is wrong with the message is answered. Both
are one line in the log, and neither is told where in the code it was found.
"""

import asyncio
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from types import TracebackType
from typing import Any

import panel.io.server as panel_server
from bokeh.io import doc as documents
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from solver.errors import short

SENT = ("PULL-DOC-REQ", "PATCH-DOC")
"""The messages of a page; others are for programs, one of which would replace the document."""

REASON = 123
"""Bytes that a closing connection has for its reason."""

OURS = ("app", "lessons", "solver")

UNREADABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Reading(panel_server.WSHandler):
    """A connection that reads what pages send, and nothing else."""

    over = False

    async def on_message(self, fragment: str | bytes) -> None:
        """Nothing more is read of one that is being closed."""
        if not self.over:
            await super().on_message(fragment)

    # Trap: private; Bokeh logs each error of JSON that it did not foresee with its traceback.
    async def _receive(self, fragment: str | bytes) -> Any:
        try:
            message = await super()._receive(fragment)
        except UNREADABLE as error:
            return self._protocol_error(told(error))
        if message is not None and message.msgtype not in SENT:
            return self._protocol_error(f"no page sends {short(message.msgtype)}")
        if message is not None and replaces_a_model(message.content):
            return self._protocol_error("no page puts a model in the place of another")
        return message

    def _protocol_error(self, message: str) -> None:
        super()._protocol_error(short(message))

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """As Tornado does it, which fails at a longer reason."""
        self.over = True
        super().close(code, reason and reason.encode()[:REASON].decode(errors="ignore"))

    def on_close(self) -> None:
        """Nothing is left to be done where the server gave the connection up before."""
        # Trap: Bokeh asserts that it did not.
        with suppress(AssertionError):
            super().on_close()

    async def send_message(self, message: Any) -> None:
        """All parts at once; an error without a traceback, and with few words."""
        if message.msgtype == "ERROR":
            message.content |= {"text": short(message.content["text"]), "traceback": None}
        parts: list[str | bytes] = [message.header_json, message.metadata_json]
        parts.append(message.content_json)
        for buffer in message.buffers:
            parts += [json.dumps(buffer.ref), buffer.to_bytes()]
        with suppress(WebSocketClosedError), await self.write_lock.acquire():
            # Trap: Bokeh would wait for each part before it writes the next.
            write = partial(WebSocketHandler.write_message, self)
            await asyncio.gather(*(write(part, isinstance(part, bytes)) for part in parts))


def replaces_a_model(content: Any) -> bool:
    """Whether a message changes a value of a model to one with models in it.

    A component whose values are those of another could be told nothing any more.
    """
    events = content.get("events") if isinstance(content, dict) else None
    changes = events if isinstance(events, list) else []
    waiting = [event.get("new") for event in changes if isinstance(event, dict)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if "id" in value:  # so Bokeh writes a model, and a dictionary of its own otherwise
                return True
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return False


def told(error: BaseException) -> str:
    """An error in one line."""
    return f"{type(error).__name__}: {short(error)}".replace("\n", " ")


def is_ours(trace: TracebackType | None) -> bool:
    """Whether our own code had begun with it."""
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.split(".")[0] in OURS and name != __name__:
            return True
        trace = trace.tb_next
    return False


def shorten(record: logging.LogRecord) -> bool:
    """What a library refuses of a browser's message is one line in the log; ours is all of it."""
    error, trace = record.exc_info[1:] if record.exc_info else (None, None)
    refused = isinstance(error, ValueError) and str(error).startswith("failed to validate")
    if error is not None and (refused or (trace is not None and not is_ours(trace))):
        record.msg, record.args = "A browser sent what cannot be taken: %s", (told(error),)
        record.exc_info = None
    return True


for name in ("protocol_handler", "views.ws"):
    logging.getLogger(f"bokeh.server.{name}").addFilter(shorten)


refusals: Any = import_module("bokeh.protocol.messages.error")
# Trap: Bokeh writes down where it was found for each answer, much of the work on such a message.
refusals.format_exception = lambda *_: []

ours: Any = documents
patch_curdoc = documents.patch_curdoc


@contextmanager
def patched(document: Any) -> Iterator[None]:
    """The current document, until this ends, also if it fails."""
    failed: Exception | None = None
    with patch_curdoc(document):
        try:
            yield
        except Exception as error:  # noqa: BLE001
            failed = error
    if failed is not None:
        raise failed


# Trap: after an error Bokeh goes on to take the sender's document for everybody's current one.
ours.patch_curdoc = patched
