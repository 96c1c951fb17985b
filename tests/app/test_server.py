"""How long a server keeps a page's session: who leaves is not waited for, who is cut off is."""

import asyncio
from collections.abc import Callable
from typing import Any

import panel as pn
import pytest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from app.server import listening
from app.web import sessions
from tests.app.apart import run_apart
from tests.app.web.test_handlers import ask, token_of


async def after(end: Callable[[WebSocketClientConnection], None]) -> bool:
    """Whether a session is to expire once its connection has ended this way."""
    server = listening(0, "127.0.0.1", [], "", lambda: pn.pane.Str("the lab"))
    server.start()
    try:
        _, _, page = await ask(server.port, "/")
        address = f"ws://127.0.0.1:{server.port}/ws"
        socket = await websocket_connect(address, subprotocols=["bokeh", token_of(page)])
        await socket.read_message()
        (session,) = server.get_sessions("/")
        end(socket)
        while await socket.read_message() is not None:
            pass
        socket.close()
        while session.connection_count:
            await asyncio.sleep(0.01)
        return bool(session.expiration_requested)
    finally:
        server.stop()


async def asked_for(connect: bool) -> bool:
    """Whether the session of a page that was asked for is to expire a little later."""
    server = listening(0, "127.0.0.1", [], "", lambda: pn.pane.Str("the lab"))
    server.start()
    try:
        _, _, page = await ask(server.port, "/")
        (session,) = server.get_sessions("/")
        if connect:
            address = f"ws://127.0.0.1:{server.port}/ws"
            socket = await websocket_connect(address, subprotocols=["bokeh", token_of(page)])
            await socket.read_message()
        await asyncio.sleep(0.2)
        if connect:
            socket.close()
            while await socket.read_message() is not None:
                pass
        return bool(session.expiration_requested)
    finally:
        server.stop()


@pytest.mark.parametrize("connect", [False, True])
def test_who_asks_for_a_page_and_does_not_connect_is_not_waited_for_long(
    monkeypatch: pytest.MonkeyPatch, connect: bool
) -> None:
    monkeypatch.setattr(sessions, "UNMET", 0.1)
    assert run_apart(asked_for(connect)) is not connect


def cut(socket: WebSocketClientConnection) -> None:
    connection: Any = socket.protocol
    connection.stream.close()


@pytest.mark.parametrize("code", [1000, 1001])
def test_who_leaves_is_not_waited_for(code: int) -> None:
    assert run_apart(after(lambda socket: socket.close(code)))


def test_a_page_whose_line_is_cut_has_minutes_to_come_back() -> None:
    assert not run_apart(after(cut))
    server = listening(0, "127.0.0.1", [], "", lambda: pn.pane.Str("the lab"))
    held: Any = server._tornado
    assert held._unused_session_lifetime_milliseconds == 300_000
    assert held._check_unused_sessions_milliseconds == 10_000
    assert held.session_token_expiration == 86_400
    server.unlisten()
