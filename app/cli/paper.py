"""`tunnelscope paper`: the numbers of arXiv:2512.22634, computed again and examined."""

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from app.cli.terminal import waiting

if TYPE_CHECKING:
    from solver.published.study import Entry, Study

TITLES = {
    "rectangular": "Rectangular barrier",
    "gaussian": "Gaussian barrier",
    "statistics": "Both compared",
}
LEGEND = (
    "Natural units; entropies and divergences in bits. Suffixes _a to _d: at the start; before the"
    " barrier; most inside it; at the end. rg: rectangular from Gaussian; gr: the other way."
)


def paper(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Compute the published study again: as printed, reproduced, and right."""
    from solver.published.study import published_study

    with waiting("Computing the study"):
        study = published_study()
    typer.echo(to_json(study)) if as_json else print_tables(study)


def to_json(study: "Study") -> str:
    """published, reproduced, right, agrees and note under each quantity of each section."""
    plain = {
        section: {name: entry.as_dict() for name, entry in entries.items()}
        for section, entries in study.items()
    }
    return json.dumps(plain, allow_nan=False)


def print_tables(study: "Study") -> None:
    """One table for each case with its statistics, one for both, then what the numbers refer to."""
    console = Console()
    notes: dict[str, int] = {}
    for section, entries in by_case(study).items():
        console.print(table_of(TITLES[section], entries, notes))
        console.print()
    for line in (summary(study), LEGEND, *(f"{n}  {note}" for note, n in notes.items())):
        console.print(line, markup=False, highlight=False)


def by_case(study: "Study") -> dict[str, list[tuple[str, "Entry"]]]:
    """Labels and entries, the statistics of one case below its own."""
    sections = {name: list(entries.items()) for name, entries in study.items()}
    for case in ("rectangular", "gaussian"):
        own = [e for e in study["statistics"].values() if e.name.endswith(f"_{case}")]
        sections[case] += [(entry.quantity, entry) for entry in own]
        sections["statistics"] = [
            (label, entry) for label, entry in sections["statistics"] if entry not in own
        ]
    return sections


def table_of(title: str, entries: list[tuple[str, "Entry"]], notes: dict[str, int]) -> Table:
    """A row for each entry; its note is numbered in `notes`."""
    table = Table(title=title, title_justify="left", box=None)
    table.add_column("quantity", overflow="fold")
    for heading in ("published", "reproduced", "right", "", "note"):
        table.add_column(heading, justify="right")
    for label, entry in entries:
        number = notes.setdefault(entry.note, len(notes) + 1) if entry.note else ""
        table.add_row(label, *row(entry), str(number))
    return table


def row(entry: "Entry") -> tuple[str, str, str, str]:
    right = "none" if entry.right is None else f"{entry.right:.6g}"
    word = {True: "same", False: "differs", None: ""}[entry.agrees]
    return digits(entry.published), f"{entry.reproduced:.8g}", right, word


def digits(published: str | None) -> str:
    """As printed; an exact zero has no exponent."""
    printed = published or ""
    return printed.partition("e")[0] if printed and float(printed) == 0 else printed


def summary(study: "Study") -> str:
    """How many printed numbers come out again to every digit, and which cannot."""
    printed = [e for entries in study.values() for e in entries.values() if e.published]
    same = sum(e.agrees is True for e in printed)
    lost = ", ".join(dict.fromkeys(e.quantity for e in printed if not e.reproducible))
    return f"{same} of {len(printed)} printed numbers come out to every digit. Not for: {lost}."
