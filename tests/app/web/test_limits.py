"""Past each limit a sentence and a status, and who is within it notices nothing."""

import asyncio
import json
import re
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import panel as pn
import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import (
    WebSocketClientConnection,
    WebSocketClosedError,
    websocket_connect,
)
from typer.testing import CliRunner

from app.cli.main import cli
from app.lab.visit import Visit
from app.server import listening
from app.web.limits import Limits, Pace
from lessons.library import Library
from solver.errors import InvalidInput
from tests.app.apart import run_apart
from tests.app.web.test_handlers import ask, asked


def test_limits_are_positive_numbers() -> None:
    with pytest.raises(InvalidInput, match="--sessions must be positive, got 0"):
        Limits(sessions=0)
    with pytest.raises(InvalidInput, match="--run-seconds must be positive, got nan"):
        Limits(run_seconds=float("nan"))


def test_the_environment_gives_them_to_panel_serve_too() -> None:
    environment = {
        "TUNNELSCOPE_SESSIONS": "40",
        "TUNNELSCOPE_RUN_SECONDS": " 2.5 ",
        "TUNNELSCOPE_MESSAGES": "",
        "TUNNELSCOPE_EMBED_FROM": "https://a.example https://b.example",
    }
    sites = ("https://a.example", "https://b.example")
    assert Limits.of(environment) == Limits(sessions=40, run_seconds=2.5, embed_from=sites)
    with pytest.raises(InvalidInput, match="TUNNELSCOPE_SESSIONS must be a number, got many"):
        Limits.of({"TUNNELSCOPE_SESSIONS": "many"})


def test_flags_give_them_and_hand_them_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same usual limits as where there is no command line."""
    given: list[Limits] = []
    monkeypatch.setattr("app.server.start", lambda **options: given.append(options["limits"]))
    monkeypatch.setattr("app.server.start_several", lambda *_, **__: 0)
    sites = ("https://a.example", "https://b.example")
    chosen = Limits(30, 50_000, 20, 2.5, sites, 3)
    for limits in (Limits(), chosen):
        assert CliRunner().invoke(cli, ["serve", *limits.words()]).exit_code == 0
    assert CliRunner().invoke(cli, ["serve"]).exit_code == 0
    environment = {"TUNNELSCOPE_SESSIONS": "7", "TUNNELSCOPE_EMBED_FROM": " ".join(sites)}
    assert CliRunner().invoke(cli, ["serve"], env=environment).exit_code == 0
    assert given == [Limits(), chosen, Limits(), Limits(sessions=7, embed_from=sites)]


def test_who_finds_no_room_is_told_and_asked_to_come_again() -> None:
    first, second, embedded, other = asked(
        "/", "/", "/autoload.js?bokeh-autoload-element=1", "/health", limits=Limits(sessions=1)
    )
    assert (first[0], second[0], embedded[0]) == (200, 503, 503)
    assert other[0] in (200, 503)
    assert "Retry-After: 30" in second[1]
    assert "Refresh: 30" in second[1]
    assert "As many people are here as this server takes." in second[2]


def test_what_is_sent_along_is_refused_before_it_is_read() -> None:
    for length in ("5", "99999999999"):
        headers = f"Connection: close\r\nContent-Length: {length}\r\n"
        ((status, head, body),) = asked("/", method="POST", headers=headers)
        assert status == 413
        assert "No file and no form can be sent." in body
        assert "nosniff" in head


Connected = Callable[[WebSocketClientConnection], Coroutine[Any, Any, None]]


def closed(act: Connected, limits: Limits, origin: str = "") -> tuple[int | None, str | None]:
    """The code and the reason with which a page's connection ends that does this."""

    async def each() -> tuple[int | None, str | None]:
        server = listening(0, "127.0.0.1", [], "", lambda: pn.pane.Str("the lab"), limits)
        server.start()
        try:
            _, _, page = await ask(server.port, "/")
            (token,) = re.findall(r'"token":"([^"]+)"', page)
            here = f"http://localhost:{server.port}"
            request = HTTPRequest(f"{here.replace('http', 'ws')}/ws")
            request.headers["Origin"] = origin or here
            socket = await websocket_connect(request, subprotocols=["bokeh", token])
            with suppress(WebSocketClosedError):
                await act(socket)
            async with asyncio.timeout(20):
                while await socket.read_message() is not None:
                    pass
            socket.close()
            return socket.close_code, socket.close_reason
        finally:
            server.stop()

    return run_apart(each())


async def send_much(socket: WebSocketClientConnection) -> None:
    await socket.write_message("x" * 3000)


async def send_many(socket: WebSocketClientConnection) -> None:
    parts: list[Any] = [{"msgid": "1", "msgtype": "PATCH-DOC"}, {}, {"events": []}]
    for _ in range(40):
        for part in parts:
            await socket.write_message(json.dumps(part))


async def send_some(socket: WebSocketClientConnection) -> None:
    await socket.read_message()
    socket.close(1000)


def test_a_message_that_is_too_long_ends_the_connection_with_its_code() -> None:
    assert closed(send_much, Limits(message_bytes=2000))[0] == 1009


def test_too_many_messages_end_the_connection_with_a_sentence() -> None:
    code, reason = closed(send_many, Limits(messages=10))
    assert (code, reason) == (1008, "More than 10 parts of messages a second.")


def test_a_page_of_another_site_cannot_connect() -> None:
    assert closed(send_some, Limits())[0] == 1000
    for origin in ("https://elsewhere.example", "null", "http://localhost:1"):
        with pytest.raises(HTTPClientError, match="403"):
            closed(send_some, Limits(), origin)


def test_ten_seconds_worth_may_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("app.web.limits.monotonic", lambda: now)
    pace = Pace()
    assert not any(pace.exceeds(3) for _ in range(30))
    assert pace.exceeds(3)
    now = 1.0
    assert [pace.exceeds(3) for _ in range(3)] == [False, False, True]
    now = 100.0
    assert not any(pace.exceeds(3) for _ in range(30))


def test_a_run_that_takes_too_long_names_the_controls() -> None:
    visit = Visit("?height=1.234", Library(), Limits(run_seconds=1e-6))
    run_apart(visit.solve())
    said = "Quality, mass or packet energy must be lower: a run may take 1e-06 s here, got one of"
    assert visit.stage.message.startswith(said)
    free = Visit("?height=1.234", Library(), Limits())
    run_apart(free.solve())
    assert free.stage.message == ""
