"""`tunnelscope serve`: the lab at /, with the flags that production needs."""

from typing import Any

import panel as pn
import typer

from app.pages import visitor_page
from app.warm import prepare
from lessons.library import Library
from solver.errors import InvalidInput

UNUSED = {
    "check_unused_sessions_milliseconds": 10_000,
    "unused_session_lifetime_milliseconds": 30_000,
}
"""When a session without a browser is dropped: time enough to come back through a tunnel."""


def start(*, port: int, host: str, origins: list[str], show: bool, library: Library) -> None:
    """Compile the kernels, listen, print the address, and serve until interrupted."""
    typer.echo("Compiling the kernels (a minute the first time) ...")
    prepare(library)
    server = serve_at(port, host, origins, library)
    address = f"http://{'localhost' if host in ('0.0.0.0', '127.0.0.1') else host}:{server.port}/"
    server.io_loop.add_callback(announce, address, show)
    server.start()
    server.io_loop.start()


def serve_at(port: int, host: str, origins: list[str], library: Library) -> Any:
    """The server, listening; InvalidInput for an address that cannot be had."""
    try:
        return listening(port, host, origins, library)
    except OSError as error:
        rule = f"be free and of this machine ({error.strerror or error})"
        raise InvalidInput("--host and --port", rule, f"{host}:{port}") from None


def listening(port: int, host: str, origins: list[str], library: Library) -> Any:
    return pn.serve(
        {"/": lambda: visitor_page(library)},
        port=port,
        address=host,
        websocket_origin=origins or None,
        title="Tunnelscope",
        show=False,
        start=False,
        verbose=False,
        **UNUSED,
    )


def announce(address: str, show: bool) -> None:
    """Say where the lab is, once it answers."""
    typer.echo(f"Tunnelscope is ready at {address}")
    if show:
        import webbrowser

        webbrowser.open(address)
