"""What a command refuses before it runs: options it would pass over, files in each other's way."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typer

from solver.barriers import SHAPES
from solver.controls import SIZES
from solver.errors import InvalidInput, require_choice
from solver.writing import require_suffix, writable

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
    refuse(ctx, set(SIZES) - own, f"not stand beside the shape {told}, which does not have it")


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
