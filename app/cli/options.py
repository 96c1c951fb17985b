"""Options that several commands have, each told once, and what their words mean."""

from pathlib import Path
from typing import Annotated

import typer

from solver.written import read_number

SHAPES = (
    "rectangular",
    "gaussian",
    "eckart",
    "triangular",
    "falling",
    "double",
    "step",
    "none",
)
QUALITIES = ("draft", "standard", "fine")
HELD = ("area", "fwhm", "transmission", "none")


def words(*known: str) -> "typer.models.OptionInfo":
    """Options with these words, for the shell's completion."""
    return typer.Option(help=", ".join(known), autocompletion=lambda: list(known))


def written_number(text: str | float) -> float:
    """A number as people write it; a default is one already."""
    try:
        return read_number(text) if isinstance(text, str) else text
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def number(text: str) -> "typer.models.OptionInfo":
    return typer.Option(help=text, parser=written_number, metavar="NUMBER")


Shape = Annotated[str, words(*SHAPES)]
Height = Annotated[float, number("Height in eV; negative is a well.")]
Width = Annotated[
    float, number("Equivalent width in nm: area over height; of a falling barrier its slope.")
]
Gap = Annotated[float, number("Gap of a double barrier in nm.")]
Field = Annotated[float, number("Tilt of a triangular or falling barrier in eV/nm.")]
Energy = Annotated[float, number("Packet energy E0 in eV.")]
Sigma = Annotated[float, number("Packet width in nm.")]
Mass = Annotated[float, number("Mass in electron masses.")]
Direction = Annotated[str, words("right", "left")]
Quality = Annotated[str, words(*QUALITIES)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
ToCsv = Annotated[Path | None, typer.Option("--csv", help="Write a table to this file.")]
ToNetcdf = Annotated[Path | None, typer.Option("--netcdf", help="Write a NetCDF file.")]
ToPlot = Annotated[
    Path | None, typer.Option("--plot", help="Draw a picture: .png, .svg, .pdf, or a .html page.")
]
