"""The published study: configurations of its program, and `tunnelscope paper`."""

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from app.cli.terminal import plain_table, print_table, progress_bar, waiting, wrote
from solver.barriers import GaussianBarrier, RectangularBarrier
from solver.errors import InvalidInput
from solver.packet import GaussianPacket
from solver.packet_average import packet_average
from solver.potential import Barrier
from solver.published.config import KINDS, PublishedConfig
from solver.published.config import entries as lines_of
from solver.published.program import PublishedResult, run_published
from solver.published.storage import PUBLISHED, save_published
from solver.units import NATURAL

ROWS = {
    **{name: number.label for name, number in PUBLISHED.items()},
    "sum": "T + R + A",
    "exact": "T by exact theory",
    "seconds": "seconds",
}


def run_configuration(
    file: Path, seed: int | None, as_json: bool, outputs: dict[str, Path | None]
) -> None:
    """Run a configuration file and print T, R and A as the published program did."""
    for name in ("csv", "gif", "plot"):
        if outputs[name] is not None:
            raise InvalidInput(f"--{name}", "not stand beside a published configuration", file)
    if not any(key in KINDS for _, key, _ in lines_of(file)):
        rule = "set a key of the published program, such as barrier_height = 4.5"
        raise InvalidInput("configuration", rule, file)
    config = PublishedConfig.read(file)
    if seed is not None and not (config.noise_amplitude or config.decoherence_rate):
        raise InvalidInput("--seed", "stand beside a configuration with noise", seed)
    for key in config.ignored:
        typer.echo(f"Passed over: {file}: {key} means nothing to the program", err=True)
    with progress_bar("Running") as told:
        result = run_published(config, seed, told)
    target = outputs["netcdf"]
    if target is not None:
        save_published(result, target)
        wrote(target)
    numbers = numbers_of(result)
    if as_json:
        typer.echo(json.dumps(numbers))
        return
    print_table(plain_table([(ROWS[key], value) for key, value in numbers.items()]))
    typer.echo("Natural units (hbar = 1), as the published program computed.")


def numbers_of(result: PublishedResult) -> dict[str, Any]:
    """The numbers of ROWS that there are."""
    own = {name: getattr(result, name) for name in ("T", "R", "A")}
    theory = exact(result.config)
    return {
        **own,
        "sum": sum(own.values()),
        **({} if theory is None else {"exact": theory}),
        "steps": result.steps,
        "dt_mean": result.dt_mean,
        "norm_error": result.norm_error,
        "seconds": result.seconds,
    }


def exact(config: PublishedConfig) -> float | None:
    """What theory lets through without noise; None if nothing comes near, or beyond all numbers."""
    comes = (config.barrier_center - config.x0) * config.k0 > 0
    if not comes or config.noise_amplitude or config.decoherence_rate:
        return None
    units = NATURAL.with_mass(config.particle_mass)
    packet = GaussianPacket(
        k0=abs(config.k0), sigma=config.sigma, direction=1 if config.k0 > 0 else -1
    )
    try:
        with np.errstate(over="raise", invalid="raise", divide="raise"):
            return packet_average(ideal(config), packet, units).transmitted
    except ArithmeticError:
        return None


def ideal(config: PublishedConfig) -> Barrier:
    """The barrier that is meant; the width of a Gaussian one was its standard deviation."""
    height, width = config.barrier_height, config.barrier_width
    if config.barrier_type == "gaussian":
        return GaussianBarrier(height=height, width=width * math.sqrt(2 * math.pi))
    return RectangularBarrier(height=height, width=width)


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
