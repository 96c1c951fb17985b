"""What a server has to say to a page is said, in as few pieces as can be."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import panel.io.document as documents
from tornado.concurrent import chain_future
from tornado.iostream import IOStream, StreamClosedError

ours: Any = documents


async def say_all(dispatch: Callable[[Any], Awaitable[None]], document: Any) -> None:
    """Send the messages that wait for a document, also those that came while others were sent.

    Panel looks every 10 ms whether the answer to the page is out that they wait for, and a run that
    is known is here before: they wait for that answer's lock.
    """
    for connection in list(ours._WRITE_MSGS.get(document, ())):
        lock = getattr(connection._socket, "write_lock", None)
        if lock is not None:
            with await lock.acquire():
                pass
    if document in ours._WRITE_MSGS:
        ours._WRITE_BLOCK[document] = True
    await dispatch(document)


def say_what_waits() -> None:
    """Lose no message that comes while another is on its way.

    Trap: Panel's task for the second finds the mark taken away that the first one's task takes away
    when it ends, and sends nothing: the page waits for its run until it is told something else.
    """
    if not isinstance(ours._dispatch_msgs, partial):
        ours._dispatch_msgs = partial(say_all, ours._dispatch_msgs)


class Gathered:
    """A stream that sends at the end of a turn of the loop, at once, what was written in it.

    A message is three parts or five. Each would be a packet of its own, and a call of the system,
    after which this thread waits for the interpreter's lock while another solves.
    """

    def __init__(self, stream: IOStream) -> None:
        self._stream = stream
        self._parts: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, part: bytes) -> asyncio.Future[None]:
        """Done when all is sent that this turn has written; fails if the stream is closed."""
        if self._stream.closed():
            raise StreamClosedError(self._stream.error)
        if not self._parts:
            loop = asyncio.get_running_loop()
            loop.call_soon(self.flush)
            self._sent = loop.create_future()
            # Who wrote need not ask.
            self._sent.add_done_callback(lambda sent: sent.cancelled() or sent.exception())
        self._parts.append(part)
        return self._sent

    def flush(self) -> None:
        """Send what waits, now."""
        if not self._parts:
            return
        whole = b"".join(self._parts)
        self._parts.clear()
        try:
            chain_future(self._stream.write(whole), self._sent)
        except StreamClosedError as error:
            if not self._sent.done():
                self._sent.set_exception(error)

    def close(self, *reason: Any) -> None:
        """Once what waits is sent."""
        self.flush()
        self._stream.close(*reason)
