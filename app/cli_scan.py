"""`tunnelscope scan`: exact transmission against one control or two."""

import csv
import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from solver.controls import SHAPES, Controls
from solver.errors import InvalidInput
from solver.ranges import ENERGY, FIELD, GAP, HEIGHT, MASS, SIGMA, WIDTH
from solver.scan import Axis, Scan
from solver.scan import scan as scan_controls


def scan(
    vary: Annotated[
        list[str], typer.Option(help="NAME=LOW:HIGH:COUNT, such as energy=1:10:40; once or twice.")
    ],
    barrier: Annotated[str, typer.Option(help=", ".join(SHAPES).lower())] = "rectangular",
    height: Annotated[float, typer.Option(help="Height in eV.")] = HEIGHT.default,
    width: Annotated[float, typer.Option(help="Equivalent width in nm.")] = WIDTH.default,
    gap: Annotated[float, typer.Option(help="Gap of a double barrier in nm.")] = GAP.default,
    field: Annotated[float, typer.Option(help="Tilt in eV/nm if triangular.")] = FIELD.default,
    energy: Annotated[float, typer.Option(help="Packet energy E0 in eV.")] = ENERGY.default,
    sigma: Annotated[float, typer.Option(help="Packet width in nm.")] = SIGMA.default,
    mass: Annotated[float, typer.Option(help="Mass in electron masses.")] = MASS.default,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", help="Write a table of all points to this file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Exact transmitted part and T(E0) over one control or two."""
    shapes = {shape.lower(): shape for shape in SHAPES}
    if barrier.lower() not in shapes:
        raise InvalidInput("barrier", "be one of " + ", ".join(shapes), barrier)
    controls = Controls(
        shape=shapes[barrier.lower()],
        height=height,
        width=width,
        gap=gap,
        field=field,
        energy=energy,
        sigma=sigma,
        mass=mass,
    )
    found = scan_controls(controls, *map(Axis.parse, vary))
    if csv_file is not None:
        write_csv(found, csv_file)
    if as_json:
        typer.echo(json.dumps(as_dict(found)))
    elif csv_file is None:
        print_table(found)


def as_dict(found: Scan) -> dict[str, object]:
    axes = {axis.name: axis.values.tolist() for axis in found.axes}
    names = found.columns[len(found.axes) :]
    return {"axes": axes, **{name: getattr(found, name).tolist() for name in names}}


def write_csv(found: Scan, file: Path) -> None:
    """All points in a file that appears only when it is complete."""
    beside = file.with_name(file.name + ".part")
    try:
        with beside.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(found.columns)
            writer.writerows(found.rows())
        beside.replace(file)
    except OSError as error:
        raise InvalidInput(
            "--csv", f"be a file that can be written ({error.strerror})", file
        ) from None
    finally:
        beside.unlink(missing_ok=True)


def print_table(found: Scan) -> None:
    table = Table(box=None)
    units = [f" ({axis.unit})" for axis in found.axes] + [""] * 4
    for name, unit in zip(found.columns, units, strict=True):
        table.add_column(name + unit, justify="right")
    for row in found.rows():
        table.add_row(*(f"{value:.6g}" for value in row))
    Console(width=None if sys.stdout.isatty() else 120).print(table)
