"""The ready configurations before two real servers, on loopback, with the proxies of Debian."""

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPError, HTTPRequest, HTTPResponse
from tornado.websocket import websocket_connect

from app.operate.balancer import write
from app.operate.processes import nginx_path
from tests.app.apart import run_apart
from tests.browser.serving import AS_IT_IS, LAZY, ROOT

CODE = f"{LAZY}warm.warm_up = lambda: None; {AS_IT_IS}"
PULL = {"msgid": "1", "msgtype": "PULL-DOC-REQ"}
QUERY = "?height=3.125"
PATIENCE = 60.0
FAILOVER = 10.0
"""Seconds in which a student of a dead process is at another one."""


def free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


@contextmanager
def program(*words: str, environment: Mapping[str, str] | None = None) -> Iterator[Any]:
    """A program that runs until it is not needed any more."""
    started = subprocess.Popen(
        words, cwd=ROOT, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL
    )
    try:
        yield started
    finally:
        started.terminate()
        started.wait(PATIENCE)


@dataclass(frozen=True)
class Place:
    """Two servers below /lab, and the port of the proxy before them."""

    proxy: int
    replicas: dict[int, Any]

    @property
    def address(self) -> str:
        return f"http://localhost:{self.proxy}/lab/"


async def ask(address: str, **headers: str) -> HTTPResponse:
    request = HTTPRequest(address, headers=headers, decompress_response=False)
    return await AsyncHTTPClient().fetch(request, raise_error=False)


async def is_ready(address: str) -> bool:
    try:
        return (await ask(address + "health")).code == 200
    except (OSError, HTTPError):
        return False


async def until(true: Callable[[], Any], program: Any = None, patience: float = PATIENCE) -> None:
    begun = time.monotonic()
    while not await true():
        assert program is None or program.poll() is None
        assert time.monotonic() - begun < patience
        await asyncio.sleep(0.1)


def cookie_of(answer: HTTPResponse) -> str:
    found = re.match(r"tunnelscope=[^;]+", answer.headers["Set-Cookie"])
    assert found
    return found[0]


async def joins(port: int) -> float:
    """How many pages a server has built."""
    text = (await ask(f"http://127.0.0.1:{port}/lab/metrics")).body.decode()
    found = re.search(r"^tunnelscope_joins_total (\S+)", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


async def document(place: Place, cookie: str, page: str) -> tuple[Any, str]:
    """The connection of a page through the proxy, and the document that it pulls."""
    (token,) = re.findall(r'"token":"([^"]+)"', page)
    request = HTTPRequest(
        f"ws://localhost:{place.proxy}/lab/ws",
        headers={"Cookie": cookie, "Origin": f"http://localhost:{place.proxy}"},
    )
    connection = await websocket_connect(request, subprotocols=["bokeh", token])
    for _ in range(3):
        await connection.read_message()
    for part in (PULL, {}, {}):
        await connection.write_message(json.dumps(part))
    parts = [await connection.read_message() for _ in range(3)]
    return connection, str(parts[2])


@contextmanager
def nginx(folder: Path, proxy: int, replicas: list[int], prefix: str) -> Iterator[None]:
    path = nginx_path()
    if path is None:
        pytest.skip("nginx is not installed: apt install nginx-light")
    addresses = [f"127.0.0.1:{port}" for port in replicas]
    whole = write(folder, addresses, f"127.0.0.1:{proxy}", prefix)
    with program(path, "-p", str(folder), "-c", str(whole)):
        yield


@contextmanager
def caddy(folder: Path, proxy: int, replicas: list[int], prefix: str) -> Iterator[None]:
    path = shutil.which("caddy")
    if path is None:
        pytest.skip("caddy is not installed: apt install caddy")
    first, second = replicas
    environment = {
        "SITE": f":{proxy}",
        "LAB_1": f"127.0.0.1:{first}",
        "LAB_2": f"127.0.0.1:{second}",
        "PREFIX": prefix,
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    words = ("run", "--config", str(ROOT / "deploy/Caddyfile"))
    with program(path, *words, environment=environment):
        yield


Proxy = Callable[[Path, int, list[int], str], AbstractContextManager[None]]


@contextmanager
def before_two(proxy_of: Proxy) -> Iterator[Place]:
    """Two servers that are ready, below /lab, and a proxy before them."""
    proxy, *ports = free_ports(3)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        stack.enter_context(proxy_of(folder, proxy, ports, "/lab"))
        options = ("--prefix", "/lab", "--allow-origin", f"localhost:{proxy}")
        replicas = {
            port: stack.enter_context(
                program(sys.executable, "-c", CODE, "serve", "--port", str(port), *options)
            )
            for port in ports
        }
        for port in ports:
            run_apart(until(partial(is_ready, f"http://127.0.0.1:{port}/lab/"), replicas[port]))
        found = Place(proxy, replicas)
        run_apart(until(partial(is_ready, found.address)))
        yield found


@pytest.mark.parametrize("proxy_of", [nginx, caddy], ids=["nginx", "caddy"])
def test_students_stay_and_go_on_at_the_other_process_when_theirs_dies(
    proxy_of: Proxy, capfd: pytest.CaptureFixture[str]
) -> None:
    with before_two(proxy_of) as place:
        run_apart(files_are_small_and_kept(place))
        run_apart(students_move(place))
    assert QUERY not in capfd.readouterr().err, "a log holds what a person asked for"


async def files_are_small_and_kept(place: Place) -> None:
    script = await ask(place.address + "static/js/bokeh.min.js", **{"Accept-Encoding": "gzip"})
    assert (script.code, script.headers["Content-Encoding"]) == (200, "gzip")
    assert script.headers["Cache-Control"] == "no-cache"
    assert len(script.body) < 500_000
    page = (await ask(place.address)).body.decode()
    (named,) = re.findall(r"static/js/bokeh\.min\.js\?v=\w+", page)
    versioned = await ask(place.address + named)
    assert all("max-age=31" in one for one in versioned.headers.get_list("Cache-Control"))
    assert len(versioned.headers.get_list("Cache-Control")) == 1
    assert (await ask(place.address + "metrics")).code == 404
    assert (await ask(place.address + "health")).code == 200
    assert (await ask(place.address + "nothing")).code == 404


async def students_move(place: Place) -> None:
    page = await ask(place.address + QUERY)
    assert page.code == 200
    cookie = cookie_of(page)
    before = {port: await joins(port) for port in place.replicas}
    for _ in range(4):
        assert (await ask(place.address + QUERY, Cookie=cookie)).code == 200
    added = {port: await joins(port) - before[port] for port in place.replicas}
    assert sorted(added.values()) == [0, 4]
    own = max(added, key=lambda port: added[port])
    connection, text = await document(place, cookie, page.body.decode())
    assert "3.125" in text

    place.replicas[own].send_signal(signal.SIGKILL)
    while await connection.read_message() is not None:
        pass
    connection.close()

    async def is_served() -> bool:
        return (await ask(place.address + QUERY, Cookie=cookie)).code == 200

    await until(is_served, patience=FAILOVER)
    again = await ask(place.address + QUERY, Cookie=cookie)
    cookie = cookie_of(again) if "Set-Cookie" in again.headers else cookie
    connection, text = await document(place, cookie, again.body.decode())
    assert "3.125" in text
    connection.close()
    while await connection.read_message() is not None:
        pass


def test_several_processes_start_and_end_as_one() -> None:
    if nginx_path() is None:
        pytest.skip("nginx is not installed: apt install nginx-light")
    port = next(one for one in range(20_000, 60_000, 7) if all(map(is_free, range(one, one + 3))))
    words = ("serve", "--processes", "2", "--port", str(port), "--prefix", "/lab")
    server = subprocess.Popen(
        [sys.executable, "-u", "-c", "from app.cli.main import main; main()", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout
        assert server.stdout.readline() == f"Tunnelscope is ready at http://localhost:{port}/lab/\n"
        run_apart(is_a_lab(Place(port, {})))
        begun = time.monotonic()
        server.terminate()
        assert server.wait(PATIENCE) == 0
        assert time.monotonic() - begun < FAILOVER
        assert all(map(is_free, range(port, port + 3)))
    finally:
        server.terminate()
        server.communicate()


def is_free(port: int) -> bool:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


async def is_a_lab(place: Place) -> None:
    page = await ask(place.address + QUERY)
    connection, text = await document(place, cookie_of(page), page.body.decode())
    assert "3.125" in text
    connection.close()
    while await connection.read_message() is not None:
        pass
