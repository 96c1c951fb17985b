"""SIGTERM: what runs may end, pages are told, and the process ends with 0 in time."""

import asyncio
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from app.operate import stopping
from app.operate.readiness import STOPPING, readiness
from tests.app.apart import run_apart
from tests.app.web.test_handlers import ask
from tests.browser.serving import AS_IT_IS, LAZY, ROOT

IDLE = f"{LAZY}{AS_IT_IS}"
BUSY = (
    "import time; from app import warm; "
    "warm.work_out = lambda library: warm.compute.submit('endless', lambda: time.sleep(600)); "
    f"{AS_IT_IS}"
)
PROMISED = 10.0
"""Seconds in which a server ends."""


@contextmanager
def started(code: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server that writes JSON lines, and its port, once it is ready."""
    words = ("-u", "-c", code, "serve", "--port", "0", "--log-json")
    server = subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout
        found = (re.search(r"ready at http://\S+:(\d+)/", line) for line in server.stdout)
        yield server, int(next(match for match in found if match)[1])
    finally:
        server.kill()
        server.communicate()


async def connected(port: int, query: str) -> WebSocketClientConnection:
    """The connection of a page."""
    _, _, page = await ask(port, f"/?{query}")
    (token,) = re.findall(r'"token":"([^"]+)"', page)
    socket = await websocket_connect(f"ws://127.0.0.1:{port}/ws", subprotocols=["bokeh", token])
    await socket.read_message()
    return socket


async def told_at_the_end(server: subprocess.Popen[str], port: int) -> tuple[Any, Any, float]:
    """How a page's connection ends after SIGTERM: code and reason, and the seconds to the exit."""
    socket = await connected(port, "height=3.125")
    begun = time.monotonic()
    server.send_signal(signal.SIGTERM)
    while await socket.read_message() is not None:
        pass
    socket.close()
    while server.poll() is None:
        await asyncio.sleep(0.02)
    return socket.close_code, socket.close_reason, time.monotonic() - begun


@pytest.mark.parametrize(("code", "least"), [(IDLE, 0.0), (BUSY, stopping.GRACE)])
def test_a_server_that_is_told_to_end_tells_its_pages_and_ends_well(
    code: str, least: float
) -> None:
    with started(code) as (server, port):
        code_of_end, reason, taken = run_apart(told_at_the_end(server, port))
        assert (code_of_end, reason) == (stopping.GOING_AWAY, STOPPING)
        assert server.returncode == 0
        assert least <= taken < PROMISED


def test_a_server_whose_kernels_cannot_be_compiled_says_so_and_ends() -> None:
    code = f"from app import warm; warm.warm_up = lambda: 1 / 0; {AS_IT_IS}"
    words = ("-u", "-c", code, "serve", "--port", "0")
    ended = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr.count(b"ZeroDivisionError") == 1


def test_a_log_of_json_lines_knows_no_person() -> None:
    with started(IDLE) as (server, port):
        run_apart(ask(port, "/nothing?name=secret"))
        run_apart(told_at_the_end(server, port))
        assert server.stderr
        text = server.stderr.read()
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["event"] for line in lines] == ["ready", "refused", "join", "stopping", "stopped"]
    assert lines[1] | {"time": ""} == {
        "time": "",
        "level": "info",
        "event": "refused",
        "status": 404,
        "method": "GET",
        "path": "/nothing",
    }
    for personal in ("secret", "3.125", "127.0.0.1", "height"):
        assert personal not in text


def test_a_run_that_ends_in_time_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are told after their last result, not before."""
    happened: list[str] = []

    class Page:
        def close(self, code: int, reason: str) -> None:
            happened.append(reason)
            stopping.sockets.discard(self)

    async def end() -> bool:
        page, begun = Page(), time.monotonic()
        stopping.sockets.add(page)

        def idle() -> bool:
            over = time.monotonic() - begun > 0.2
            if over and not happened:
                happened.append("solved")
            return over

        return await stopping.leave(idle)

    known = readiness.reason, readiness.closed
    monkeypatch.setattr(stopping, "SETTLE", 0.05)
    assert run_apart(end())
    readiness.reason, readiness.closed = known
    assert happened == ["solved", STOPPING]
