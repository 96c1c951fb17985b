"""Options that several commands have, each told once, and what their words mean."""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated, Any

import typer

from solver import barriers
from solver.controls import CHOICES, PACKET, SIZES
from solver.ranges import RANGES
from solver.written import read_number

SHAPES = tuple(map(str.lower, barriers.SHAPES))
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


NUMBERS = (*SIZES, *PACKET)
"""The numbers of a barrier and a packet, which are options of every command that makes them."""


def numbered(command: Callable[..., None]) -> Callable[..., None]:
    """The command with an option for each of NUMBERS, after `barrier`; it reads `numbers_of`."""
    known = signature(command, eval_str=True)
    own = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in known.parameters.values()]
    place = list(known.parameters).index("barrier") + 1

    @wraps(command)
    def read(**given: Any) -> None:
        command(**{name: value for name, value in given.items() if name not in NUMBERS})

    made: Any = read
    made.__signature__ = known.replace(
        parameters=[*own[:place], *map(option, NUMBERS), *own[place:]]
    )
    return read


def option(name: str) -> Parameter:
    """A control's number as an option, in the words of its table."""
    span = RANGES[name]
    told = Annotated[float, number(f"{span.label} in {span.unit}. {span.doc}")]
    return Parameter(name, Parameter.KEYWORD_ONLY, default=span.default, annotation=told)


def numbers_of(ctx: typer.Context) -> dict[str, float]:
    """The values of NUMBERS on the command line."""
    return {name: ctx.params[name] for name in NUMBERS}


Shape = Annotated[str, words(*SHAPES)]
Direction = Annotated[str, words("right", "left")]
Quality = Annotated[str, words(*CHOICES["quality"].options)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
ToCsv = Annotated[Path | None, typer.Option("--csv", help="Write a table to this file.")]
ToNetcdf = Annotated[Path | None, typer.Option("--netcdf", help="Write a NetCDF file.")]
ToPlot = Annotated[
    Path | None, typer.Option("--plot", help="Draw a picture: .png, .svg, .pdf, or a .html page.")
]
