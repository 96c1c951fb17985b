"""`tunnelscope scan`: transmission against one control or two, by theory or by runs."""

import json
import os
import re
from contextlib import ExitStack, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli import options
from app.cli.options import check_outputs, given, refuse, refuse_sizes
from app.cli.terminal import plain_table, print_table, progress_bar, write_csv, wrote
from solver.barriers import SHAPES
from solver.controls import VARIED, Controls
from solver.errors import InvalidInput, require_choice
from solver.sweeps.scans import Axis, Points, Scan, save_scan
from solver.sweeps.scans import scan as scan_theory

if TYPE_CHECKING:
    from solver.sweeps.cost import Estimate

ADDRESS = re.compile(r"((tcp|tls|ws|wss)://)?(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):\d+")

SHOWN = ("transmitted", "reflected", "remaining", "separated", "exact")
"""Columns of a sweep that the table prints; files have all."""


@options.numbered
def scan(
    ctx: typer.Context,
    vary: Annotated[
        list[str],
        typer.Option(
            help="NAME=LOW:HIGH:COUNT, such as energy=1:10:40; once or twice.",
            autocompletion=lambda: [f"{name}=" for name in VARIED],
        ),
    ],
    barrier: options.Shape = "rectangular",
    quality: options.QualityWord = "standard",
    runs: Annotated[
        bool, typer.Option("--runs", help="Run every packet; without it, theory alone.")
    ] = False,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler whose workers run them.")
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(help="Folder that keeps finished runs; the same command goes on there."),
    ] = None,
    estimate: Annotated[
        bool, typer.Option("--estimate", help="Only say what the runs would take.")
    ] = False,
    as_json: options.AsJson = False,
    csv_file: options.ToCsv = None,
    netcdf: options.ToNetcdf = None,
    plot: options.ToPlot = None,
) -> None:
    """Transmitted part and T(E0) over one control or two."""
    controls = controls_of(barrier, quality=quality, **options.chosen_of(ctx))
    axes = [axis_of(text) for text in vary]
    refuse_sizes(ctx, barrier)
    refuse(ctx, [axis.name for axis in axes], "not stand beside --vary, which says its values")
    refuse_passed_over(ctx)
    check_outputs({"csv": csv_file, "netcdf": netcdf, "plot": plot}, store=store)
    if estimate:
        return tell_cost(Points.of(controls, *axes))
    if runs or scheduler is not None:
        found = swept(Points.of(controls, *axes), scheduler, store)
    else:
        with progress_bar("Scanning") as told:
            found = scan_theory(controls, *axes, progress=told)
    write_files(found, controls, csv_file, netcdf, plot)
    if as_json:
        typer.echo(json.dumps(as_dict(found), allow_nan=False))
    elif csv_file is None:
        tell(found)
    return None


def refuse_passed_over(ctx: typer.Context) -> None:
    """Options that the kind of scan would pass over."""
    names = given(ctx)
    if "estimate" in names:
        written = ("csv_file", "netcdf", "plot", "as_json", "scheduler", "store")
        refuse(ctx, written, "not stand beside --estimate, which runs nothing")
    elif not {"runs", "scheduler"} & set(names):
        refuse(ctx, ("store", "quality"), "stand beside --runs or --scheduler")


def controls_of(barrier: str, **values: Any) -> Controls:
    """Controls with the shape that was written in small letters."""
    shapes = {shape.lower(): shape for shape in SHAPES}
    require_choice("barrier", barrier.lower(), tuple(shapes))
    return Controls(shape=shapes[barrier.lower()], **values)


def axis_of(text: str) -> Axis:
    """An axis as --vary writes it."""
    try:
        return Axis.parse(text)
    except InvalidInput as error:
        if error.thing != "Axis":
            raise
        raise InvalidInput("--vary", error.rule, text) from None


def swept(points: Points, scheduler: str | None, store: Path | None) -> Scan:
    """All runs, on this machine or on a cluster, with their progress."""
    from solver.sweeps.store import SweepStore
    from solver.sweeps.sweep import sweep

    kept = None if store is None else SweepStore(store)
    with ExitStack() as stack:
        client = stack.enter_context(connected(scheduler))
        told = stack.enter_context(progress_bar(f"{len(points)} runs"))
        found = sweep(
            points, store=kept, client=client, progress=lambda done, count: told(done / count)
        )
    return Scan.of(points.axes, found)


def connected(scheduler: str | None) -> Any:
    """A client of the cluster, to be closed; None without one."""
    if scheduler is None:
        return nullcontext()
    if not ADDRESS.fullmatch(scheduler):
        rule = "be the address of a Dask scheduler, such as tcp://host:8786"
        raise InvalidInput("--scheduler", rule, scheduler)
    try:
        from distributed import Client
    except ImportError:
        rule = "have Dask beside it: pip install 'tunnelscope[cluster]'"
        raise InvalidInput("--scheduler", rule, scheduler) from None
    try:
        return Client(scheduler, timeout=10, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        rule = f"be the address of a Dask scheduler, such as tcp://host:8786 ({reason})"
        raise InvalidInput("--scheduler", rule, scheduler) from None


def tell_cost(points: Points) -> None:
    """What the runs would take, tried on a few of them."""
    from solver.sweeps.cost import Estimate

    print_table(plain_table(cost_rows(Estimate.of(points))))


def cost_rows(cost: "Estimate") -> list[tuple[str, str]]:
    cores = os.cpu_count() or 1
    return [
        ("runs", f"{cost.runs:,}"),
        ("one core", duration(cost.seconds)),
        (f"this machine, {cores} cores", duration(cost.seconds / cores)),
        ("a cluster of 100 cores", duration(cost.seconds / 100)),
        ("memory while they run, each process", f"{cost.memory / 1e6:.3g} MB"),
        ("memory for the results", f"{cost.results / 1e6:.3g} MB"),
        ("store", f"{cost.store / 1e6:.3g} MB in {cost.files:,} files"),
    ]


def duration(seconds: float) -> str:
    for size, unit in ((86400.0, "days"), (3600.0, "hours"), (60.0, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.3g} seconds"


def write_files(
    found: Scan, controls: Controls, csv_file: Path | None, netcdf: Path | None, plot: Path | None
) -> None:
    if csv_file is not None:
        write_csv(csv_file, found.columns, found.rows())
        wrote(csv_file)
    if netcdf is not None:
        save_scan(found, netcdf, controls)
        wrote(netcdf)
    if plot is not None:
        from app.pictures.plots import plot_scan

        plot_scan(found, plot)
        wrote(plot)


def as_dict(found: Scan) -> dict[str, object]:
    """Lists by name; null for what could not be run."""
    axes = {axis.name: axis.values.tolist() for axis in found.axes}
    return {"axes": axes, **{name: without_nan(v.tolist()) for name, v in found.numbers.items()}}


def without_nan(values: Any) -> Any:
    if isinstance(values, list):
        return [without_nan(value) for value in values]
    return None if values != values else values


def tell(found: Scan) -> None:
    """A row for each point, and how many could not be run."""
    names = [n for n in found.numbers if "reflected" not in found.numbers or n in SHOWN]
    count = len(found.axes)
    chosen = [*range(count), *(found.columns.index(name) for name in names)]
    headings = [f"{axis.name} ({axis.unit})" for axis in found.axes] + names
    print_table(plain_table(([row[i] for i in chosen] for row in found.rows()), headings))
    refused = int(sum(1 for value in found.transmitted.flat if value != value))
    if refused:
        typer.echo(f"{refused} of {found.transmitted.size} could not be run: too dear (nan).")
