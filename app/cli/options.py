"""Options that several commands have, each told once, and what a command refuses before it runs."""

from collections.abc import Callable, Iterable
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated, Any

import typer

from solver import barriers
from solver.barriers import SHAPES
from solver.controls import CHOICES, SIZES, TEXTS, VARIED, WORDED
from solver.errors import InvalidInput, require_choice
from solver.ranges import RANGES, OneOf, Text
from solver.reading import read_number
from solver.writing import require_suffix, writable

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
    """The command with an option for each of VARIED and WORDED, after `barrier`, of `chosen_of`.

    A potential of one's own that is told needs no shape beside it.
    """
    known = signature(command, eval_str=True)
    own = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in known.parameters.values()]
    place = list(known.parameters).index("barrier") + 1

    @wraps(command)
    def read(**given: Any) -> None:
        ctx = given["ctx"]
        given["barrier"] = ctx.params["barrier"] = shape_told(ctx)
        own = (*VARIED, *WORDED)
        command(**{name: value for name, value in given.items() if name not in own})

    made: Any = read
    made.__signature__ = known.replace(
        parameters=[*own[:place], *map(option, VARIED), *map(worded_option, WORDED), *own[place:]]
    )
    return read


def option(name: str) -> Parameter:
    """A control's number as an option, in the words of its table."""
    span = RANGES[name]
    told = Annotated[float, number(f"{span.label} in {span.unit}. {span.doc}")]
    return Parameter(name, Parameter.KEYWORD_ONLY, default=span.default, annotation=told)


def worded_option(name: str) -> Parameter:
    """A control's text or word as an option."""
    about: Text | OneOf = TEXTS[name] if name in TEXTS else CHOICES[name]
    known = about.options if isinstance(about, OneOf) else ()
    told = typer.Option(
        help=f"{about.label}. {about.doc}",
        autocompletion=lambda: list(known),
        parser=str.capitalize if known else str,
        metavar="TEXT",
    )
    return Parameter(
        name, Parameter.KEYWORD_ONLY, default=about.default, annotation=Annotated[str, told]
    )


def shape_told(ctx: typer.Context) -> str:
    """The shape on the command line; without one, that which has the text that is told."""
    told, word = given(ctx), ctx.params["barrier"]
    if "barrier" not in told:
        for shape, kind in SHAPES.items():
            if any(name in told for name in TEXTS if name in kind.sizes()):
                return shape.lower()
    return str(word)


def chosen_of(ctx: typer.Context) -> dict[str, Any]:
    """The values of VARIED and WORDED on the command line."""
    return {name: ctx.params[name] for name in (*VARIED, *WORDED)}


Shape = Annotated[str, words(*SHAPE_WORDS)]
Direction = Annotated[str, words("right", "left")]
QualityWord = Annotated[str, words(*CHOICES["quality"].options)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
ToCsv = Annotated[Path | None, typer.Option("--csv", help="Write a table to this file.")]
ToNetcdf = Annotated[Path | None, typer.Option("--netcdf", help="Write a NetCDF file.")]
ToPlot = Annotated[
    Path | None, typer.Option("--plot", help="Draw a picture: .png, .svg, .pdf, or a .html page.")
]


SUFFIXES = {
    "csv": (".csv",),
    "netcdf": (".nc",),
    "gif": (".gif",),
    "plot": (".png", ".svg", ".pdf", ".html"),
}
FLAGS = {"csv_file": "--csv", "as_json": "--json", "other": "--with"}


def flag(name: str) -> str:
    """How an option is written, such as --t-end."""
    return FLAGS.get(name, "--" + name.replace("_", "-"))


def given(ctx: typer.Context) -> list[str]:
    """The options that stand on the command line."""
    sources = {name: ctx.get_parameter_source(name) for name in ctx.params}
    return [name for name, source in sources.items() if source and source.name == "COMMANDLINE"]


def refuse(ctx: typer.Context, names: Iterable[str], rule: str) -> None:
    """InvalidInput for the first of these options that is given."""
    for name in given(ctx):
        if name in names:
            value = ctx.params[name]
            raise InvalidInput(flag(name), rule, "it" if value is True else value)


def refuse_sizes(ctx: typer.Context, *barriers: str) -> None:
    """InvalidInput for a size that none of these shapes has."""
    shapes = {shape.lower(): kind.sizes() for shape, kind in SHAPES.items()}
    for barrier in barriers:
        require_choice("barrier", barrier.lower(), tuple(shapes))
    own = {name for barrier in barriers for name in shapes[barrier.lower()]}
    told = " and ".join(barrier.lower() for barrier in barriers)
    refuse(
        ctx, {*SIZES, *WORDED} - own, f"not stand beside the shape {told}, which does not have it"
    )


def check_outputs(
    outputs: dict[str, Path | None], *inputs: Path | None, store: Path | None = None
) -> None:
    """Before anything is run: whether what is asked for can be written, and costs no other file."""
    taken = [(file.resolve(), "the input") for file in inputs if file is not None]
    for name, file in outputs.items():
        if file is None:
            continue
        target = writable(file)
        for other, what in taken:
            if is_same(target, other):
                raise InvalidInput(flag(name), f"be another file than {what}", file)
        if store is not None and target.is_relative_to(store.resolve()):
            raise InvalidInput(flag(name), "lie outside of --store", file)
        require_suffix(file, *SUFFIXES[name])
        taken.append((target, flag(name)))


def is_same(one: Path, other: Path) -> bool:
    """Whether two resolved paths are one file, by name or by a hard link."""
    return one == other or (one.exists() and other.exists() and one.samefile(other))


def environment_rules(given_values: dict[str, Any]) -> None:
    """InvalidInput for an option of noise that stands beside none, or beside dephasing."""
    known = {name: value for name, value in given_values.items() if value is not None}
    if "t2" in known and "noise" in known:
        raise InvalidInput("environment", "be --t2 or --noise", "both")
    if "t2" in known and "noise_time" in known:
        raise InvalidInput("--noise-time", "stand beside --noise", known["noise_time"])
    if "t2" in known or "noise" in known:
        return
    for name in ("noise_time", "noise_length", "members", "seed"):
        if name in known:
            raise InvalidInput(flag(name), "stand beside --t2 or --noise", known[name])
