"""What the commands show in a terminal: progress, tables, and where a file was written."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

import typer
from rich.console import Console
from rich.table import Table

from solver.writing import writing

PAUSE = 10.0
"""Seconds between two lines about long work where nobody looks on."""

PLAIN_WIDTH = 120
"""Columns of a table that goes to a file or a pipe."""


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[float], None]]:
    """Tell it the part that is done, 0 to 1: a bar in a terminal, now and then a line elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        with told_in_lines(title) as tell:
            yield tell
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=1.0)
        yield lambda part: bar.update(task, completed=part)


@contextmanager
def waiting(title: str) -> Iterator[None]:
    """Long work whose parts are not known: a sign of life in a terminal, and in lines elsewhere."""
    console = Console(stderr=True)
    with console.status(title) if console.is_terminal else told_in_lines(title):
        yield


@contextmanager
def told_in_lines(title: str) -> Iterator[Callable[[float], None]]:
    """A line on stderr every PAUSE seconds, also while a single part takes long."""
    done, parts, start = Event(), [0.0], perf_counter()

    def speak() -> None:
        while not done.wait(PAUSE):
            part = f"{parts[0]:.0%} after " if parts[0] else ""
            typer.echo(f"{title}: {part}{perf_counter() - start:.0f} s", err=True)

    speaker = Thread(target=speak, daemon=True)
    speaker.start()
    try:
        yield lambda part: parts.__setitem__(0, part)
    finally:
        done.set()
        speaker.join()


def print_table(table: Table) -> None:
    Console(width=None if Console().is_terminal else PLAIN_WIDTH).print(table)


def shown(value: object) -> str:
    """Six digits of a number; yes or no; else as it is."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def ascii_minus(text: str) -> str:
    """With the minus of the other numbers in a terminal."""
    return text.replace("−", "-")


def plain_table(rows: Iterable[Sequence[object]], headings: Sequence[str] = ()) -> Table:
    """A table without lines: labels on the left, numbers to the right."""
    table = Table(box=None, show_header=bool(headings))
    entries = list(rows)
    for i, heading in enumerate(headings or [""] * len(entries[0])):
        left = not isinstance(entries[0][i], (int, float)) if entries else True
        table.add_column(heading, justify="left" if left else "right")
    for row in entries:
        table.add_row(*map(shown, row))
    return table


def write_csv(file: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with writing(file) as beside, beside.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows(rows)


def wrote(file: Path) -> None:
    """Told on stderr, so that a JSON object on stdout stays alone."""
    typer.echo(f"Wrote {file}", err=True)
