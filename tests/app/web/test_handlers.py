"""HTTP: no address brings an error of the server or a traceback; unknown ones lead home."""

import asyncio
import base64
import json
import logging
import random
import re
from collections.abc import Callable
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import Any
from urllib.parse import quote

import panel as pn
import pytest
from tornado.websocket import websocket_connect

from app.lab.address import read_address
from app.lab.guide_view import view_of
from app.lab.links import join
from app.server import listening
from app.visitor import visitor_page
from app.web.answers import way_home
from app.web.handlers import Socket
from app.web.limits import USUAL, Limits
from lessons.library import Library
from tests.app.apart import run_apart

SEED = 20261125
NAMES = ("room", "step", "lesson", "theme", "width", "bokeh-token", "bokeh-session-id", "a", "")
NUMBERS = ("%C2%B2", "9" * 60_000, "-0", "1e999", "%D9%A3", "0x10", "nan", "%00", "1_0", "NaN")
BYTES = ("%ff%fe", "%80", "%c3%28", "%ed%a0%80", "%", "%zz", "%E2%80%AE", "\xff", "+", "%0d%0a")
PATHS = (
    "/components//a/b/c",
    "/components/.x/a/b/c",
    "/components/os/path/_css/x",
    "/components/panel.layout.base/Column/_resources/x",
    "/static/%00",
    "/static/extensions/panel/../../x",
    "/static/extensions",
    "/autoload.js?bokeh-autoload-element=1&bokeh-absolute-url=http://[x",
    "/autoload.js",
    "/metadata?bokeh-token=abc",
    "/ws",
    "/liveness?endpoint=%ff",
    "/.git/config",
    "/lessons/",
    "/admin",
    "//",
    "/%2e%2e/%2e%2e/etc/passwd",
    "http://elsewhere.example/",
    "*",
)
KNOWN = (
    "/?room=%C2%B2",
    "/?step=" + "9" * 60_000,
    "/?a=%ff%fe",
    "/?bokeh-token=abc",
    "/?theme=%ff",
)


def hostile(count: int) -> list[str]:
    """Targets of requests, the same every time."""
    draw = random.Random(SEED)

    def text() -> str:
        kind = draw.randrange(4)
        if kind == 0:
            return draw.choice(NUMBERS)
        if kind == 1:
            return draw.choice(BYTES) * draw.randint(1, 4)
        if kind == 2:
            return quote(
                "".join(chr(draw.randrange(1, 0xD800)) for _ in range(draw.randint(1, 30)))
            )
        return "".join(chr(draw.randrange(0x21, 0x7F)) for _ in range(draw.randint(1, 40)))

    def target() -> str:
        if draw.random() < 0.5:
            return draw.choice(("", draw.choice(PATHS))) + "/" + text()
        parts = [f"{draw.choice(NAMES)}={text()}" for _ in range(draw.randint(1, 3))]
        return draw.choice(("/", "/", "/autoload.js", "/metadata")) + "?" + "&".join(parts)

    return [*KNOWN, *PATHS, *(target() for _ in range(count - len(KNOWN) - len(PATHS)))]


Answer = tuple[int, str, str]


async def ask(
    port: int, target: str, method: str = "GET", headers: str = "Connection: close\r\n"
) -> Answer:
    """The status, the headers and the body of the answer; 0 if there is none."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = f"{method} {target} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n"
    writer.write(request.encode("latin-1"))
    head = (await reader.readline()).decode("latin-1")
    while head and not head.endswith("\r\n\r\n"):
        head += (await reader.readline()).decode("latin-1")
    length = re.search(r"Content-Length: (\d+)", head)
    body = await reader.readexactly(int(length[1])) if length and method != "HEAD" else b""
    writer.close()
    await writer.wait_closed()
    return int(head.split()[1]) if head else 0, head, body.decode("utf-8", "replace")


def token_of(page: str) -> str:
    """With which this page connects."""
    (token,) = re.findall(r'"token":"([^"]+)"', page)
    return token


def asked(
    *targets: str,
    page: Callable[[], Any] = lambda: pn.pane.Str("the lab"),
    prefix: str = "",
    limits: Limits = USUAL,
    **options: str,
) -> list[Answer]:
    """Ask a server of this process whose lab is small; or one of another page, below a prefix."""

    async def each() -> list[Answer]:
        server = listening(0, "127.0.0.1", [], prefix, page, limits)
        server.start()
        try:
            return [await ask(server.port, target, **options) for target in targets]
        finally:
            server.stop()

    return run_apart(each())


def tracebacks(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.exc_info]


@pytest.mark.no_cover
def test_a_thousand_hostile_addresses(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    targets = hostile(1000)
    for target, (status, _, body) in zip(targets, asked(*targets), strict=True):
        assert 0 <= status < 500, target[:200]
        if 400 <= status < 500 and body.startswith("<!DOCTYPE"):
            assert body.count("<p>") == 1
    assert tracebacks(caplog) == []


def test_the_lab_itself_bears_the_worst(caplog: pytest.LogCaptureFixture) -> None:
    library = Library()
    found = asked(*KNOWN, "/?height=%C2%B2&room=1e999", page=lambda: visitor_page(library))
    assert [status for status, *_ in found] == [200, 200, 400, 400, 400, 200]
    assert tracebacks(caplog) == []


def test_every_address_is_read_and_told() -> None:
    library = Library()
    for target in hostile(1000):
        query = target.partition("?")[2]
        address = read_address(join([("lesson", query), ("step", query), ("height", query)]))
        assert all("\n" not in sentence for sentence in address.ignored)
        assert view_of(address, library)["kind"] == ("fault" if query else "lab")
        read_address("?" + query)


def test_a_health_check_and_head_build_no_page() -> None:
    built = []

    def page() -> Any:
        built.append(1)
        return pn.pane.Str("the lab")

    ((status, _, body),) = asked("/liveness", page=page)
    assert (status, body) == (200, '{"/liveness": true}')
    ((status, head, body),) = asked("/", method="HEAD", page=page)
    assert (status, body) == (200, "")
    assert "text/html" in head
    assert built == []


def test_an_unknown_path_leads_home_below_a_prefix_too() -> None:
    ((status, _, body),) = asked("/nothing/here")
    assert status == 404
    assert re.findall(r'href="([^"]*)"', body) == ["../", "../?lessons"]
    paths = "/keep/nothing", "/elsewhere", "/keep", "/keep/", "/keep/static/js/bokeh.min.js"
    below, outside, bare, home, script = asked(*paths, prefix="/keep")
    assert (below[0], outside[0], home[0], script[0]) == (404, 404, 200, 200)
    assert 'href="./?lessons"' in below[2]
    assert 'href="./keep/"' in outside[2]
    assert (bare[0], "Location: /keep/" in bare[1]) == (302, True)


@pytest.mark.parametrize(
    ("path", "prefix", "home"),
    [
        ("/x", "", "./"),
        ("/x/", "", "../"),
        ("/a/b/c", "", "../../"),
        ("/keep/x", "/keep", "./"),
        ("/keepsake", "/keep", "./keep/"),
        ("/a/b", "/keep", "../keep/"),
    ],
)
def test_the_way_home_is_relative(path: str, prefix: str, home: str) -> None:
    assert way_home(path, prefix) == home


def test_a_connection_without_a_page_is_refused_before_it_is_made(
    caplog: pytest.LogCaptureFixture,
) -> None:
    upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    upgrade += "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    payload = {"session_id": "mine", "session_expiry": 9e9, "arguments": "x"}
    forged = base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip("=")
    for words in (
        f"bokeh, {forged}",
        f"bokeh, {forged}.x",
        "",
        "bokeh",
        "bokeh, abc",
        "bokeh, e30",
        "bokeh, W10",
        "bokeh, eyJhIjoxfQ, x",
    ):
        protocol = f"Sec-WebSocket-Protocol: {words}\r\n" if words else ""
        ((status, *_),) = asked("/ws", headers=upgrade + protocol)
        assert status == 403
    assert tracebacks(caplog) == []


def test_a_message_of_three_parts_does_not_wait_for_its_first_to_be_confirmed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else the rest of it lies 40 ms in the kernel, several times in each released slider."""
    known = Socket.is_given
    opened: list[Any] = []

    def is_given(handler: Socket, token: str) -> bool:
        opened.append(handler)
        return known(handler, token)

    async def connected() -> int:
        server = listening(0, "127.0.0.1", [], "", lambda: pn.pane.Str("the lab"))
        server.start()
        try:
            _, _, page = await ask(server.port, "/")
            token = token_of(page)
            address = f"ws://127.0.0.1:{server.port}/ws"
            socket = await websocket_connect(address, subprotocols=["bokeh", token])
            await socket.read_message()
            stream = opened[0].ws_connection.stream.socket
            found: int = stream.getsockopt(IPPROTO_TCP, TCP_NODELAY)
            socket.close()
            while await socket.read_message() is not None:
                pass
            return found
        finally:
            server.stop()

    monkeypatch.setattr(Socket, "is_given", is_given)
    assert run_apart(connected())


HEADERS = (
    "Cookie: a=\xff; b",
    "Bokeh-Session-Id: \xff",
    "Range: bytes=9-1,abc",
    "If-None-Match: \xff",
    "If-Modified-Since: never",
    "X-Forwarded-For: ' or 1=1",
    "Content-Length: 0",
    "Accept-Encoding: \xff",
    "Authorization: Basic !!!",
    "Referer: \xff",
)


def test_no_method_and_no_header_brings_an_error(caplog: pytest.LogCaptureFixture) -> None:
    places = ("/", "/ws", "/static/js/bokeh.min.js", "/components/x/y/z/w", "/liveness", "/none")
    for method in ("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"):
        found = asked(*places, method=method)
        assert all(status < 500 or status == 501 for status, *_ in found), method
    for header in HEADERS:
        found = asked(*places, headers=f"Connection: close\r\n{header}\r\n")
        assert all(status < 500 for status, *_ in found), header
    assert tracebacks(caplog) == []
