"""The command line: run, scan, paper, lessons, serve."""

import json
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from app.cli_lessons import Folder, lessons
from app.cli_scan import scan
from app.paper import paper
from lessons.library import OURS, Library
from lessons.yaml_reader import LessonError
from solver import ELECTRON, Barrier, Experiment, GaussianPacket, InvalidInput, Trajectory
from solver.controls import SHAPES
from solver.ranges import ENERGY, FIELD, GAP, HEIGHT, SIGMA, WIDTH

cli = typer.Typer(
    name="tunnelscope",
    help="Quantum tunneling, computed and shown.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
cli.add_typer(lessons, name="lessons")
cli.command()(paper)
cli.command()(scan)

ROWS = {
    "transmitted": "transmitted",
    "exact": "exact theory",
    "tunneled": "  of it tunneled",
    "over_the_top": "  of it over the top",
    "reflected": "reflected",
    "remaining": "remaining inside",
    "norm_error": "error of the norm",
    "energy_drift": "drift of the energy",
    "n": "grid points",
    "dx": "dx (nm)",
    "dt": "dt (fs)",
    "steps": "steps",
    "t_end": "end time (fs)",
    "seconds": "seconds",
}


@cli.callback()
def root() -> None:
    """Quantum tunneling, computed and shown."""


@cli.command()
def run(
    barrier: Annotated[str, typer.Option(help=", ".join(SHAPES).lower())] = "rectangular",
    height: Annotated[
        float, typer.Option(help="Height in eV; negative is a well.")
    ] = HEIGHT.default,
    width: Annotated[float, typer.Option(help="Equivalent width in nm.")] = WIDTH.default,
    gap: Annotated[float, typer.Option(help="Gap of a double barrier in nm.")] = GAP.default,
    field: Annotated[float, typer.Option(help="Tilt in eV/nm if triangular.")] = FIELD.default,
    energy: Annotated[float, typer.Option(help="Packet energy E0 in eV.")] = ENERGY.default,
    sigma: Annotated[float, typer.Option(help="Packet width in nm.")] = SIGMA.default,
    direction: Annotated[str, typer.Option(help="right or left")] = "right",
    mass: Annotated[float, typer.Option(help="Mass in electron masses.")] = 1.0,
    quality: Annotated[str, typer.Option(help="draft, standard or fine")] = "standard",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Send a packet at a barrier and print what becomes of it, beside exact theory."""
    values = {"height": height, "width": width, "gap": gap, "field": field}
    kind, names = shape_named(barrier)
    experiment = Experiment(
        barrier=kind(**{name: values[name] for name in names}),
        packet=GaussianPacket(energy=energy, sigma=sigma, direction=sign_of(direction)),
        units=ELECTRON.with_mass(mass),
        quality=quality,
    )
    report(experiment.run(), as_json)


def shape_named(name: str) -> tuple[type[Barrier], tuple[str, ...]]:
    shapes = {shape.lower(): entry for shape, entry in SHAPES.items()}
    if name.lower() not in shapes:
        raise InvalidInput("barrier", "be one of " + ", ".join(shapes), name)
    return shapes[name.lower()]


def sign_of(direction: str) -> int:
    signs = {"right": 1, "left": -1}
    if direction not in signs:
        raise InvalidInput("direction", "be right or left", direction)
    return signs[direction]


def report(trajectory: Trajectory, as_json: bool) -> None:
    """Print the numbers of a run as JSON or as a table."""
    numbers = trajectory.summary()
    if as_json:
        typer.echo(json.dumps({key: numbers[key] for key in (*ROWS, "separated")}))
        return
    table = Table(show_header=False, box=None)
    for key, label in ROWS.items():
        value = numbers[key]
        table.add_row(label, f"{value}" if isinstance(value, int) else f"{value:.6g}")
    Console().print(table)
    if not trajectory.fate.separated:
        typer.echo("Not yet separated: part of the packet is still at the barrier.")


@cli.command()
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")] = 5006,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for all.")] = "127.0.0.1",
    allow_origin: Annotated[
        list[str] | None, typer.Option(help="HOST[:PORT] under which people reach the app.")
    ] = None,
    show: Annotated[bool, typer.Option(help="Open a browser.")] = False,
    folder: Folder = OURS,
) -> None:
    """Compile the kernels, then serve the lab and print its address."""
    from app.server import start

    library = Library(folder.resolve())
    start(port=port, host=host, origins=allow_origin or [], show=show, library=library)


def main() -> None:
    """Entry point: bad input ends with one line and exit code 2."""
    try:
        cli()
    except (InvalidInput, LessonError) as error:
        print(f"tunnelscope: {error}", file=sys.stderr)
        raise SystemExit(2) from None
