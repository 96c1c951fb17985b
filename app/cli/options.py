"""Options that several commands have, each told once, and what their words mean."""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated, Any

import typer

from solver import barriers
from solver.controls import CHOICES, VARIED
from solver.ranges import RANGES
from solver.reading import read_number

SHAPE_WORDS = tuple(map(str.lower, barriers.SHAPES))
HELD_WORDS = ("area", "fwhm", "transmission", "none")


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


def numbered(command: Callable[..., None]) -> Callable[..., None]:
    """The command with an option for each of VARIED, after `barrier`; it reads `numbers_of`."""
    known = signature(command, eval_str=True)
    own = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in known.parameters.values()]
    place = list(known.parameters).index("barrier") + 1

    @wraps(command)
    def read(**given: Any) -> None:
        command(**{name: value for name, value in given.items() if name not in VARIED})

    made: Any = read
    made.__signature__ = known.replace(
        parameters=[*own[:place], *map(option, VARIED), *own[place:]]
    )
    return read


def option(name: str) -> Parameter:
    """A control's number as an option, in the words of its table."""
    span = RANGES[name]
    told = Annotated[float, number(f"{span.label} in {span.unit}. {span.doc}")]
    return Parameter(name, Parameter.KEYWORD_ONLY, default=span.default, annotation=told)


def numbers_of(ctx: typer.Context) -> dict[str, float]:
    """The values of VARIED on the command line."""
    return {name: ctx.params[name] for name in VARIED}


Shape = Annotated[str, words(*SHAPE_WORDS)]
Direction = Annotated[str, words("right", "left")]
QualityWord = Annotated[str, words(*CHOICES["quality"].options)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
ToCsv = Annotated[Path | None, typer.Option("--csv", help="Write a table to this file.")]
ToNetcdf = Annotated[Path | None, typer.Option("--netcdf", help="Write a NetCDF file.")]
ToPlot = Annotated[
    Path | None, typer.Option("--plot", help="Draw a picture: .png, .svg, .pdf, or a .html page.")
]
