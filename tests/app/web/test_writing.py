"""Messages to a page while others are on their way."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import panel.io.document as documents
import pytest
from bokeh.document import Document
from tornado.iostream import IOStream, StreamClosedError
from tornado.locks import Lock

from app.web.writing import Gathered, say_what_waits
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


class Wire:
    """A stream that keeps what it is given, and sends it when it is told to."""

    error = None

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.sent: list[asyncio.Future[None]] = []
        self.ended = False

    def write(self, piece: bytes) -> asyncio.Future[None]:
        if self.ended:
            raise StreamClosedError
        self.pieces.append(piece)
        self.sent.append(asyncio.get_running_loop().create_future())
        return self.sent[-1]

    def closed(self) -> bool:
        return self.ended

    def close(self) -> None:
        self.ended = True


def test_what_is_written_in_one_turn_goes_out_in_one_piece_at_its_end() -> None:
    async def written() -> None:
        wire = Wire()
        stream: Any = Gathered(cast(IOStream, wire))
        first = [stream.write(part) for part in (b"header", b"{}", b"content")]
        assert wire.pieces == []
        await asyncio.sleep(0)
        second = stream.write(b"next")
        await asyncio.sleep(0)
        assert wire.pieces == [b"header{}content", b"next"]
        wire.sent[0].set_result(None)
        await asyncio.gather(*first)
        assert not second.done()

    run_apart(written())


def test_what_waits_goes_out_before_a_stream_is_closed_and_nothing_after_it() -> None:
    async def closed() -> None:
        wire = Wire()
        stream: Any = Gathered(cast(IOStream, wire))
        stream.write(b"last words")
        stream.close()
        assert (wire.pieces, stream.closed()) == ([b"last words"], True)
        with pytest.raises(StreamClosedError):
            stream.write(b"too late")

    run_apart(closed())


def test_who_writes_to_a_stream_that_breaks_in_the_same_turn_is_told() -> None:
    async def broken() -> None:
        wire = Wire()
        stream: Any = Gathered(cast(IOStream, wire))
        sent = stream.write(b"lost")
        wire.ended = True
        with pytest.raises(StreamClosedError):
            await sent

    run_apart(broken())


def test_a_stream_breaks_quietly_for_who_waits_no_more() -> None:
    async def given_up() -> list[object]:
        told: list[object] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
        wire = Wire()
        stream: Any = Gathered(cast(IOStream, wire))
        stream.write(b"lost").cancel()
        wire.ended = True
        await asyncio.sleep(0.01)
        return told

    assert run_apart(given_up()) == []
