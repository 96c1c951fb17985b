"""Messages to a page while others are on their way."""

import asyncio
from types import SimpleNamespace
from typing import Any

import panel.io.document as documents
import pytest
from bokeh.document import Document
from tornado.locks import Lock

from app.web.writing import say_what_waits
from tests.app.apart import run_apart


class Line:
    """A socket that takes its time."""

    def __init__(self) -> None:
        self.write_lock = Lock()


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
        await asyncio.sleep(0.01)
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


def test_a_message_goes_out_as_soon_as_the_answer_before_it_is_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In a few turns of the loop, not at the next of Panel's looks."""
    sent: list[str] = []

    def handle(connection: Any, events: Any = None, msg: str = "") -> list[Any]:
        sent.append(msg)
        return []

    async def answered() -> None:
        page, document = Connection(), Document()
        say: Any = documents.schedule_write_events
        with await page._socket.write_lock.acquire():
            say(document, [page], "run")
            await turns()
            assert sent == []
        await turns()
        assert sent == ["run"]

    async def turns() -> None:
        for _ in range(10):
            await asyncio.sleep(0)

    monkeypatch.setitem(vars(documents)["extra_socket_handlers"], Line, handle)
    say_what_waits()
    run_apart(answered())


def test_panel_alone_would_keep_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else nothing of ours is needed any more."""
    say_what_waits()
    theirs = vars(documents)["_dispatch_msgs"].args[0]
    monkeypatch.setattr(documents, "_dispatch_msgs", theirs)
    assert sent_while_another_is_on_its_way(monkeypatch) == ["first"]
