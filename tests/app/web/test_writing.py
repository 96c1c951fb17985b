"""Messages to a page while others are on their way."""

import asyncio
from types import SimpleNamespace
from typing import Any

import panel.io.document as documents
import pytest
from bokeh.document import Document

from app.web.writing import say_what_waits
from tests.app.apart import run_apart


class Line:
    """A socket that takes its time."""


class Connection:
    """One page's, whose messages are what is to be told."""

    def __init__(self) -> None:
        self._socket = Line()
        self.protocol = SimpleNamespace(create=lambda kind, events: events)


def sent_while_another_is_on_its_way(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a page gets of two messages, the second of which comes as the first has been sent."""
    sent: list[str] = []

    async def two() -> None:
        document, first = Document(), asyncio.get_running_loop().create_future()

        def handle(connection: Any, events: Any = None, msg: str = "") -> list[Any]:
            sent.append(msg)
            return [first] if msg == "first" else []

        monkeypatch.setitem(vars(documents)["extra_socket_handlers"], Line, handle)
        page = Connection()
        say: Any = documents.schedule_write_events
        say(document, [page], "first")
        await asyncio.sleep(0)
        assert sent == ["first"]
        first.set_result(None)
        say(document, [page], "second")
        await asyncio.sleep(0.05)

    run_apart(two())
    return sent


def test_a_message_that_comes_while_another_is_on_its_way_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    say_what_waits()
    assert sent_while_another_is_on_its_way(monkeypatch) == ["first", "second"]


def test_panel_alone_would_keep_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else nothing of ours is needed any more."""
    say_what_waits()
    theirs = vars(documents)["_dispatch_msgs"].args[0]
    monkeypatch.setattr(documents, "_dispatch_msgs", theirs)
    assert sent_while_another_is_on_its_way(monkeypatch) == ["first"]
