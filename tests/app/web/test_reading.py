"""Messages that no page sends: none harms the server, its log, or whoever else is there."""

import asyncio
import gc
import json
import logging
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from resource import getpagesize
from traceback import format_exception
from typing import Any

import pytest
from bokeh.core.types import ID
from bokeh.io import curdoc
from bokeh.protocol.messages.error import error
from bokeh.server.views.ws import WSHandler
from tornado.iostream import StreamClosedError
from tornado.websocket import WebSocketClientConnection, WebSocketClosedError

from app.lab.visit import Visit, compute
from app.server import listening
from app.web.handlers import Socket
from app.web.limits import Limits
from app.web.reading import Reading, refusals, shorten
from app.web.writing import Gathered
from lessons.library import Library
from tests.app.apart import run_apart
from tests.load.hostile import Hostile
from tests.load.student import Student, objects

SEED = 20261125
MESSAGES, PAGES = 10_000, 4
GROWN = 100e6
"""Bytes that the process may have more after them: four pages, and runs that were asked for."""

PATIENCE = 20.0
"""Seconds for a connection to be ended."""

AFTER = 0.3
"""Seconds for what is still to be told to those who are gone."""

LOGGERS = ("", "bokeh", "panel", "tornado")
"""Those that pass nothing on, and the one that all others pass theirs to."""


class Kept(logging.Handler):
    """What was logged, as it would be read."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log() -> Iterator[list[str]]:
    """The lines of the server's log."""
    kept = Kept()
    for name in LOGGERS:
        logging.getLogger(name).addHandler(kept)
    yield kept.lines
    for name in LOGGERS:
        logging.getLogger(name).removeHandler(kept)


class Lab:
    """A server of this process; its visits in the order in which they came."""

    def __init__(self) -> None:
        self.visits: list[Visit] = []
        library = Library()

        def page() -> Any:
            self.visits.append(Visit("", library))
            return self.visits[-1].page()

        self.server = listening(0, "127.0.0.1", [], "", page, Limits(messages=100_000))
        self.server.start()
        self.address = f"http://127.0.0.1:{self.server.port}/"

    async def end(self, *students: Student) -> None:
        """Close the connections, and let all that was begun come to its end."""
        for student in students:
            student.socket.close()
            while await student.socket.read_message() is not None:
                pass
        while not compute.idle or any(visit.latest._busy for visit in self.visits):
            await asyncio.sleep(0.01)
        await asyncio.sleep(AFTER)
        self.server.stop()

    def state(self, number: int) -> list[dict[str, Any]]:
        """All that a visitor chose and sees."""
        visit = self.visits[number]
        parts = visit.lab, visit.stage, visit.guide, visit.controls
        return [part.param.values() for part in parts]


class Attacker:
    """Sends messages to a page of its own, and connects again whenever it is thrown out."""

    def __init__(self, lab: Lab) -> None:
        self.lab, self.page, self.told = lab, Student(), 0

    async def enter(self) -> "Attacker":
        await self.page.enter(self.lab.address)
        self.models = [one["id"] for one in objects(self.page.document)]
        return self

    async def listen(self, socket: WebSocketClientConnection) -> None:
        """Read all until it is closed; nothing tells where in the code something failed."""
        while (part := await socket.read_message()) is not None:
            text = part if isinstance(part, str) else ""
            assert "Traceback" not in text
            self.told += '"msgtype":"ERROR"' in text.replace(" ", "")

    async def send(self, hostile: Hostile, arrived: list[bytes], wanted: int) -> None:
        """Until so many have arrived: each is followed by a ping, as only an open line hears it."""
        hostile.models = self.models
        while len(arrived) < wanted:
            reader = asyncio.create_task(self.listen(self.page.socket))
            try:
                while len(arrived) < wanted and not reader.done():
                    for part in hostile.message():
                        binary = isinstance(part, bytes)
                        await self.page.socket.write_message(part, binary)
                    self.page.socket.ping(b"heard")
                    await asyncio.sleep(0)
            except (StreamClosedError, WebSocketClosedError):
                pass
            self.page.socket.close()
            await reader
            await self.page.connect()


def resident() -> int:
    """Bytes of memory that this process has (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * getpagesize()


@pytest.mark.no_cover
@pytest.mark.filterwarnings("ignore:out of range integer")  # Bokeh says so of what it was sent
@pytest.mark.filterwarnings("ignore:coroutine.*send_message")  # and does not answer one that fails
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_ten_thousand_hostile_messages(log: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    arrived: list[bytes] = []

    def heard(socket: Socket, data: bytes) -> None:
        if not socket.over:
            arrived.append(data)

    monkeypatch.setattr(Socket, "on_ping", heard)

    async def attacked() -> tuple[int, float]:
        lab, hostile = Lab(), Hostile(SEED, [])
        bystander = await Student().enter(lab.address)
        await bystander.release(2.0)
        before, told = resident(), 0
        for number in range(1, PAGES + 1):
            attacker = await Attacker(lab).enter()
            state = lab.state(0)
            await attacker.send(hostile, arrived, MESSAGES * number // PAGES)
            assert lab.state(0) == state
            await bystander.release(2.0 + number / 100)
            assert lab.visits[0].lab.height == 2.0 + number / 100
            told += attacker.told
        await lab.end(bystander, attacker.page)
        return told, resident() - before

    told, grown = run_apart(attacked())
    gc.collect()
    assert len(arrived) >= MESSAGES
    assert told > MESSAGES / 20, "too many are refused before they are read"
    assert any("cannot be taken" in line for line in log)
    assert [line for line in log if "Traceback" in line] == []
    assert "\n".join(log).encode()
    assert sys.platform != "linux" or grown < GROWN


def test_what_no_page_sends_ends_the_connection_with_one_line_in_the_log(log: list[str]) -> None:
    """Also where Bokeh's own reason would be longer than a closing connection can tell."""
    wrong: list[list[str | bytes]] = [
        ['{"msgid":"1","msgtype":"PUSH-DOC"}', "{}", '{"doc":{}}'],
        ['{"msgid":"1","msgtype":"SERVER-INFO-REQ"}', "{}", "{}"],
        ["[" * 3000, "{}", "{}"],
        ['{"msgid":"1","msgtype":"PATCH-DOC","num_buffers":1}', "{}", "{}", '"' + 999 * "é" + '"'],
        [b"{}"],
    ]

    async def closed() -> None:
        lab = Lab()
        student = await Student().enter(lab.address)
        for parts in wrong:
            del log[:]
            for part in parts:
                await student.socket.write_message(part, isinstance(part, bytes))
            await student.socket.write_message("{}")
            while await student.socket.read_message() is not None:
                pass
            assert sum("closing connection" in line for line in set(log)) == 1
            assert not any("Traceback" in line for line in log)
            student.socket.close()
            await student.connect()
        await lab.end(student)

    run_apart(closed())


@pytest.mark.parametrize(
    "other",
    [lambda guide: {"id": guide}, lambda guide: [{"type": "object", "name": "Div", "id": guide}]],
    ids=["known", "made"],
)
def test_no_page_puts_a_model_in_the_place_of_another(
    other: Callable[[str], Any], log: list[str]
) -> None:
    """Else what is told to the controls would be told to the guide."""

    async def changed() -> bool:
        lab = Lab()
        student = await Student().enter(lab.address)
        change = {"kind": "ModelChanged", "model": {"id": student.controls}, "attr": "data"}
        event = {**change, "new": other(student.guide)}
        await student.send("PATCH-DOC", {"events": [event]})
        async with asyncio.timeout(PATIENCE):
            while await student.socket.read_message() is not None:
                pass
        student.socket.close()
        await student.connect()
        await student.tell(student.controls, name="height", value="tall")
        while "tall" not in json.dumps((await student.receive())[0]):
            pass
        await lab.end(student)
        return True

    assert run_apart(changed())
    assert not any("Traceback" in line for line in log)


def test_a_message_that_cannot_be_taken_is_answered_without_a_traceback() -> None:
    async def answered() -> dict[str, Any]:
        lab = Lab()
        student = await Student().enter(lab.address)
        await student.send("PATCH-DOC", {"events": [{"kind": "Unknown"}]})
        while "text" not in (found := (await student.receive())[0]):
            pass
        await lab.end(student)
        return dict(found)

    before = curdoc()
    found = run_apart(answered())
    assert curdoc() is before, "it is another's document now"
    assert found["traceback"] is None
    assert found["text"].startswith("RuntimeError(")


def test_no_answer_takes_the_time_for_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    make = partial(error.create, ID("1"), "no")
    try:
        raise ValueError("of a message")
    except ValueError:
        assert make().content["traceback"] == ""
        monkeypatch.setattr(refusals, "format_exception", format_exception)
        assert "of a message" in str(make().content["traceback"]), "the trap is gone"


def pieces_of_a_released_control(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many parts of messages each piece has that its page is sent."""
    pieces: list[int] = []
    flush = Gathered.flush

    def counted(stream: Gathered) -> None:
        pieces.append(len(stream._parts))
        flush(stream)

    async def released() -> None:
        lab = Lab()
        student = await Student().enter(lab.address)
        monkeypatch.setattr(Gathered, "flush", counted)
        await student.release(1.7)
        await lab.end(student)

    run_apart(released())
    return [parts for parts in pieces if parts > 1]


def test_a_message_is_sent_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """The new address with the answer, and the run with its block."""
    assert pieces_of_a_released_control(monkeypatch) == [6, 5]


def test_bokeh_alone_would_send_an_answer_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else nothing of ours is needed any more."""
    monkeypatch.setattr(Reading, "send_message", WSHandler.send_message)
    assert pieces_of_a_released_control(monkeypatch) == [4, 5]


def test_who_was_given_up_can_still_close(log: list[str]) -> None:
    async def closed() -> None:
        lab = Lab()
        student = await Student().enter(lab.address)
        tornado = lab.server._tornado
        for client in list(tornado._clients):
            tornado.client_lost(client)
        await lab.end(student)

    run_apart(closed())
    assert [line for line in log if "Traceback" in line] == []


def error_of(source: str, name: str) -> ValueError:
    """An error that was raised in a module of this name."""
    try:
        exec(compile(source, name, "exec"), {"__name__": name})
    except ValueError as error:
        return error
    raise AssertionError


@pytest.mark.parametrize(
    ("error", "brief"),
    [
        (ValueError("failed to validate Stage.playhead: got 'abc'"), True),
        (error_of("raise ValueError('of a library')", "bokeh.document"), True),
        (error_of("raise ValueError('of ours')", "app.lab.visit"), False),
        (ValueError("of nobody knows where"), False),
    ],
    ids=str,
)
def test_a_refused_message_is_one_line_in_the_log_and_our_own_faults_are_whole(
    error: Exception, brief: bool
) -> None:
    told = (type(error), error, error.__traceback__)
    record = logging.LogRecord("bokeh", logging.ERROR, "", 1, "%r %r", ("m", error), told)
    assert shorten(record)
    assert (record.exc_info is None) == brief
    assert str(error) in record.getMessage()
