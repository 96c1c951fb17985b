"""`tunnelscope run`: one experiment, from flags or from a file."""

import json
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from app.cli import options
from app.cli.options import check_outputs, given, refuse, refuse_sizes
from app.cli.sources import flagged, read_source
from app.cli.terminal import ascii_minus, plain_table, print_table, progress_bar, write_csv, wrote
from app.telling import begun, beside_theory, how_long
from solver.controls import SIZES, WORDED
from solver.ensemble import Ensemble
from solver.experiment import Experiment
from solver.numbers import NUMBERS
from solver.observables import forbidden
from solver.trajectory import Result

NOT_FROM_FILE = ("netcdf", "csv_file", "gif", "plot", "as_json", "file", "files", "seed")


@options.numbered
def run(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            help="A TOML file, a NetCDF file to run again, or a configuration of the published"
            " program (key = value); without one, the options say what is run."
        ),
    ] = None,
    barrier: options.Shape = "rectangular",
    potential: Annotated[
        Path | None,
        typer.Option(help="A CSV file with x (nm) and V (eV) in place of a barrier's shape."),
    ] = None,
    center: Annotated[
        float | None, options.number("Where the packet starts, nm; else derived.")
    ] = None,
    direction: options.Direction = "right",
    quality: options.QualityWord = "standard",
    edges: Annotated[str, options.words("layers", "walls")] = "layers",
    dt: Annotated[float | None, options.number("Time step in fs; else derived.")] = None,
    t_end: Annotated[
        float | None, options.number("End of the run in fs; else when it is settled.")
    ] = None,
    t2: Annotated[
        float | None, options.number("Dephasing: coherence falls in this time, fs.")
    ] = None,
    noise: Annotated[
        float | None, options.number("Noise: standard deviation of the potential, eV.")
    ] = None,
    noise_time: Annotated[
        float | None, options.number("Correlation time of the noise, fs (5).")
    ] = None,
    noise_length: Annotated[
        float | None, options.number("Correlation length of noise or dephasing, nm (1).")
    ] = None,
    members: Annotated[
        int | None, typer.Option(help="Runs that an average over noise is taken of (64).")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of the noise.")] = None,
    as_json: options.AsJson = False,
    netcdf: options.ToNetcdf = None,
    csv_file: options.ToCsv = None,
    gif: Annotated[Path | None, typer.Option(help="Write an animation.")] = None,
    plot: options.ToPlot = None,
) -> None:
    """Send a packet at a barrier and print what becomes of it, beside exact theory."""
    outputs = {"netcdf": netcdf, "csv": csv_file, "gif": gif, "plot": plot}
    check_outputs(outputs, file, potential)
    if file is not None:
        refuse_options(ctx, file)
        if file.suffix.lower() not in (".toml", ".nc"):
            from app.cli.published import run_configuration

            return run_configuration(file, seed, as_json, outputs)
        source = read_source(file, seed)
    else:
        if potential is not None:
            refuse(
                ctx,
                ("barrier", *SIZES, *WORDED),
                "not stand beside --potential, which says all of it",
            )
        else:
            refuse_sizes(ctx, barrier)
        source = flagged(ctx.params)
    finish(solved(source), as_json, outputs)
    return None


def refuse_options(ctx: typer.Context, file: Path) -> None:
    """A file says all; options beside it would be passed over."""
    names = set(given(ctx)) - set(NOT_FROM_FILE)
    refuse(ctx, names, f"not stand beside a file; change it in {file}")


def solved(source: Experiment | Ensemble) -> Result:
    """The run, with its progress on the terminal."""
    with progress_bar(" ".join(["Running", how_long(source.expected_seconds)]).strip()) as told:
        return source.run(told)


def finish(found: Result, as_json: bool, outputs: dict[str, Path | None]) -> None:
    """Write the files that are asked for, then print the numbers."""
    writers = {"netcdf": write_run, "csv": write_times, "gif": animate, "plot": draw}
    for name, writer in writers.items():
        target = outputs[name]
        if target is not None:
            writer(found, target)
            wrote(target)
    report(found, as_json)


def write_run(found: Result, file: Path) -> None:
    from solver.storage import save_run

    save_run(found, file)


def animate(found: Result, file: Path) -> None:
    from app.pictures.gif import write_gif

    with progress_bar("Drawing") as told:
        write_gif(found, file, told)


def draw(found: Result, file: Path) -> None:
    from app.pictures.plots import plot_run

    plot_run(found, file)


def write_times(found: Result, file: Path) -> None:
    """A row for each frame: time, probabilities by region and where V > E0, means in the box.

    The means are of what is still in the box, per probability `in_box`: where the layers take fast
    waves first, they fall. The regions hold what was absorbed on their side.
    """
    columns: dict[str, Any] = {"time": found.times}
    columns |= dict(zip(("left", "inside", "right"), found.regions.T, strict=True))
    shut = forbidden(found.experiment, found.density, found.regions)
    columns["forbidden"] = np.zeros(found.times.size) if shut is None else shut
    columns["in_box"] = found.density.sum(axis=1) * found.grid.dx
    columns["energy_in_box"] = found.energy
    columns |= found.columns
    rows = zip(*(values.tolist() for values in columns.values()), strict=True)
    write_csv(file, list(columns), rows)


def report(found: Result, as_json: bool) -> None:
    """Print the numbers of a run as JSON or as a table; whether it is separated is a sentence."""
    numbers = found.summary()
    order = [name for name in NUMBERS if name in numbers]
    if as_json:
        typer.echo(json.dumps({name: numbers[name] for name in order}))
        return
    if touching := begun(found.experiment):
        typer.echo(touching)
    told = [name for name in order if name != "separated"]
    rows: list[tuple[str, object]] = [(NUMBERS[name].heading, numbers[name]) for name in told]
    if not found.fate.separated:
        print_table(plain_table(rows))
        typer.echo("Not yet separated: part of the packet can still change sides.")
        return
    difference, worth = beside_theory(found)
    rows.insert(told.index("reflected"), ("run minus theory", ascii_minus(difference)))
    print_table(plain_table(rows))
    typer.echo(worth)
