"""What a server has to say to a page is said."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import panel.io.document as documents

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
