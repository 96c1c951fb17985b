"""`tunnelscope serve`: the lab at /, with the flags that production needs."""

import asyncio
import logging
import os
import re
import signal
import sys
from collections.abc import Callable
from functools import partial
from secrets import token_bytes
from threading import Thread
from typing import Any, NoReturn

import panel as pn
import typer
from tornado.ioloop import PeriodicCallback

from app.files.routes import ROUTES
from app.lab.visit import compute
from app.memory import clear_away, keep_freed_memory, look_for_garbage_seldom
from app.operate import metrics
from app.operate.logs import event, log_answer
from app.operate.processes import serve_several
from app.operate.readiness import COMPILING, readiness
from app.operate.stopping import leave
from app.visitor import visitor_page
from app.warm import prepare
from app.web.handlers import Missing, guard
from app.web.limits import USUAL, Limits
from lessons.library import Library
from solver.errors import InvalidInput

logger = logging.getLogger(__name__)

HOST = re.compile(r"[A-Za-z0-9.:_-]{1,253}")
ORIGIN = re.compile(r"\*|(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._*-]+)(:(\d+|\*))?")
PREFIX = re.compile(r"/?([A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*)?/?")
LAST_PORT = 65_535
CLEARED = 60_000
"""Milliseconds between two times that what was left is cleared away: 0.2 s with 100 pages open."""

LIFETIMES: dict[str, int] = {
    "check_unused_sessions_milliseconds": 10_000,
    "unused_session_lifetime_milliseconds": 300_000,
    "session_token_expiration": 86_400,
}
"""How long a page whose line is cut can come back to its session, in ms, and to this server, in s.

Who leaves says so, and is not waited for. Trap: a name without its unit is passed over in silence.
"""


def start(
    *,
    port: int,
    host: str,
    origins: list[str],
    prefix: str,
    show: bool,
    library: Library,
    limits: Limits,
) -> NoReturn:
    """Listen, compile the kernels, print the address, and serve until told to end."""
    check(host, origins, prefix)
    keep_freed_memory()
    look_for_garbage_seldom()
    server = serve_at(port, host, origins, prefix, library, limits)
    readiness.hold(COMPILING)
    server.start()
    loop = server.io_loop
    metrics.sessions.set_function(lambda: len(server.get_sessions()))
    loop.add_callback(metrics.Punctuality)
    metrics.kept.set_function(lambda: compute.kept_bytes)
    loop.add_callback(PeriodicCallback(clear_away, CLEARED).start)
    signal.signal(signal.SIGTERM, partial(on_terminate, server))
    typer.echo("Compiling the kernels (a minute the first time) ...")
    name = "localhost" if host in ("0.0.0.0", "127.0.0.1") else host
    address = f"http://{name}:{server.port}{server.prefix}/"

    def make_ready() -> None:
        try:
            prepare(library)
        except Exception:
            logger.exception("Nothing could be made ready")
            loop.add_callback(loop.stop)
        else:
            loop.add_callback(announce, address, show)

    Thread(target=make_ready, daemon=True, name="kernels").start()
    loop.start()
    raise SystemExit(1)


def start_several(
    count: int,
    *,
    port: int,
    host: str,
    origins: list[str],
    prefix: str,
    show: bool,
    options: list[str],
) -> int:
    """Serve by `count` processes behind nginx at `port`, each with these options; the exit code."""
    check(host, origins, prefix)
    if not 0 < port <= LAST_PORT - count:
        raise InvalidInput("--port", f"leave room for {count} ports behind it", port)
    below = f"/{prefix.strip('/')}" if prefix.strip("/") else ""
    named = "localhost" if host in ("0.0.0.0", "127.0.0.1") else host
    allowed = origins or [f"{name}:{port}" for name in sorted({"localhost", named})]
    words = [word for origin in allowed for word in ("--allow-origin", origin)]
    return serve_several(
        count,
        port=port,
        host=host,
        prefix=below,
        options=[*options, *words],
        ready=partial(announce, f"http://{named}:{port}{below}/", show),
    )


def on_terminate(server: Any, *_: object) -> None:
    """SIGTERM: end gracefully; the second one ends at once."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    loop = server.io_loop.asyncio_loop
    loop.call_soon_threadsafe(lambda: loop.create_task(end(server)))


async def end(server: Any) -> None:
    """Runs end, pages are told, and the process ends with code 0."""
    event("stopping", sessions=len(server.get_sessions()))
    await leave(lambda: compute.idle)
    event("stopped")
    server.unlisten()
    await asyncio.sleep(0)
    sys.stdout.flush()
    sys.stderr.flush()
    # Runs that were given up, and kernels being compiled, hold threads that nobody waits for.
    os._exit(0)


def check(host: str, origins: list[str], prefix: str) -> None:
    """InvalidInput for a host that cannot be, an origin or a prefix that no browser would send."""
    if not HOST.fullmatch(host):
        raise InvalidInput("--host", "be an address or a name of this machine", host or "nothing")
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            rule = "be HOST or HOST:PORT, such as lab.example.org:5006"
            raise InvalidInput("--allow-origin", rule, origin or "nothing")
    if not PREFIX.fullmatch(prefix):
        rule = "be a path of letters, digits, - and _, such as /lab"
        raise InvalidInput("--prefix", rule, prefix)


def serve_at(
    port: int, host: str, origins: list[str], prefix: str, library: Library, limits: Limits = USUAL
) -> Any:
    """The server, listening; InvalidInput for an address that cannot be had."""
    try:
        return listening(port, host, origins, prefix, lambda: visitor_page(library, limits), limits)
    except (OSError, UnicodeError) as error:
        rule = f"be free and of this machine ({getattr(error, 'strerror', None) or error})"
        raise InvalidInput("--host and --port", rule, f"{host}:{port}") from None


def listening(
    port: int,
    host: str,
    origins: list[str],
    prefix: str,
    page: Callable[[], Any],
    limits: Limits = USUAL,
) -> Any:
    guard(*ROUTES)
    return pn.serve(
        {"/": page},
        port=port,
        address=host,
        prefix=prefix,
        websocket_origin=origins or None,
        title="Tunnelscope",
        liveness=True,
        sign_sessions=True,
        secret_key=token_bytes(),
        location=False,
        default_handler_class=Missing,
        show=False,
        start=False,
        verbose=False,
        log_function=log_answer,
        limits=limits,
        **LIFETIMES,
    )


def announce(address: str, show: bool) -> None:
    """Say where the lab is, once it answers."""
    event("ready")
    typer.echo(f"Tunnelscope is ready at {address}")
    if show:
        import webbrowser

        webbrowser.open(address)
