"""The command line: run, scan, compare, paper, lessons, serve, bench, doctor."""

import signal
import sys
from io import TextIOWrapper
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from app.cli.compare import compare
from app.cli.doctor import doctor
from app.cli.lessons import Folder, lessons
from app.cli.published import paper
from app.cli.run import run
from app.cli.scan import scan
from lessons.yaml_reader import LessonError
from solver.errors import InvalidInput

TERMINATED = 143


def limit(name: str, text: str) -> "typer.models.OptionInfo":
    """An option of `serve` that limits what it takes, or its variable: see `app/web/limits.py`."""
    variable = f"TUNNELSCOPE_{name.upper()}"
    return typer.Option(help=text, envvar=variable, rich_help_panel="Limits")


cli = typer.Typer(
    name="tunnelscope",
    help="Quantum tunneling, computed and shown.",
    pretty_exceptions_enable=False,
)
for command in (run, scan, compare, paper, doctor):
    cli.command()(command)
cli.add_typer(lessons, name="lessons")


@cli.callback()
def root() -> None:
    """Quantum tunneling, computed and shown."""


@cli.command()
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")] = 5006,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for all.")] = "127.0.0.1",
    allow_origin: Annotated[
        list[str] | None, typer.Option(help="HOST[:PORT] under which people reach the app.")
    ] = None,
    prefix: Annotated[
        str, typer.Option(help="Path below which everything is served, such as /lab.")
    ] = "",
    show: Annotated[bool, typer.Option(help="Open a browser.")] = False,
    log_json: Annotated[
        bool, typer.Option(help="Write a line of JSON for each event to stderr.")
    ] = False,
    processes: Annotated[
        int, typer.Option(min=1, max=64, help="Behind nginx, if that is on PATH.")
    ] = 1,
    folder: Folder = None,
    sessions: Annotated[int, limit("sessions", "Pages open at once; later ones wait.")] = 400,
    message_bytes: Annotated[int, limit("message_bytes", "Longest message of a page.")] = 1_000_000,
    messages: Annotated[
        int, limit("messages", "Parts of messages that a page may send a second, three a message.")
    ] = 300,
    run_seconds: Annotated[
        float, limit("run_seconds", "Longest run, by the time that it is expected to take.")
    ] = 60.0,
    embed_from: Annotated[
        list[str] | None,
        limit("embed_from", "Site that may frame the lab, such as https://lms.example.org."),
    ] = None,
    files: Annotated[
        int, limit("files", "Files of runs that are made or wait at once; more are refused.")
    ] = 8,
) -> None:
    """Compile the kernels, then serve the lab and print its address."""
    from app.operate.logs import log_json as write_json
    from app.server import start, start_several
    from app.web.limits import Limits
    from lessons.library import OURS, Library

    library = Library((folder or OURS).resolve())
    origins = allow_origin or []
    if log_json:
        write_json()
    sites = tuple(embed_from or ())
    limits = Limits(sessions, message_bytes, messages, run_seconds, sites, files)
    if processes == 1:
        start(
            port=port,
            host=host,
            origins=origins,
            prefix=prefix,
            show=show,
            library=library,
            limits=limits,
        )
    options = ["--lessons", str(library.folder), *limits.words()]
    code = start_several(
        processes,
        port=port,
        host=host,
        origins=origins,
        prefix=prefix,
        show=show,
        options=[*options, *(["--log-json"] if log_json else [])],
    )
    raise typer.Exit(code)


@cli.command()
def bench() -> None:
    """Measure the promised figures of the solver, about a minute; exit code 1 if one is missed.

    Bounds on times are those of a reference machine, times what this one takes of its time.
    """
    from app.cli.bench import Bounds, measure, slowness

    bounds = Bounds(slowness)
    measure(bounds)
    raise typer.Exit(bounds.verdict())


def main() -> None:
    """Entry point: bad input ends with one line and exit code 2."""
    signal.signal(signal.SIGTERM, terminated)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli(sys.argv[1:] or ["--help"], standalone_mode=False)
    except TyperException as error:
        stop(error.format_message())
    except (InvalidInput, LessonError) as error:
        stop(str(error))
    except ArithmeticError as error:
        stop(f"the numbers given cannot be computed with: {error}")
    except OSError as error:
        stop(f"the system says: {error.strerror or error}")
    raise SystemExit(code if isinstance(code, int) else 0)


def terminated(*_: object) -> NoReturn:
    """A polite end: what is half written is removed on the way out."""
    raise SystemExit(TERMINATED)


def stop(text: str) -> NoReturn:
    """One line on stderr, and exit code 2."""
    print(f"tunnelscope: {' '.join(text.split())}", file=sys.stderr)
    raise SystemExit(2)
