"""`tunnelscope compare`: two experiments beside each other, and their statistics."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli import options
from app.cli.options import refuse_sizes
from app.cli.run import refuse_options
from app.cli.terminal import ascii_minus, plain_table, print_table, waiting
from app.telling import difference, promise
from solver.controls import SIZES
from solver.description import describe
from solver.ensemble import Ensemble
from solver.errors import InvalidInput, require_choice
from solver.experiment import Experiment
from solver.numbers import NUMBERS
from solver.ranges import RANGES
from solver.trajectory import Trajectory

BESIDE = (
    "coefficient",
    "transmitted",
    "exact",
    "tunneled",
    "over_the_top",
    "reflected",
    "remaining",
)
"""The numbers of two runs that are printed beside each other."""


@options.numbered
def compare(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Two TOML or NetCDF files; without them, the options say what."),
    ] = None,
    barrier: options.Shape = "rectangular",
    other: Annotated[
        str,
        typer.Option(
            "--with", help="The second shape.", autocompletion=lambda: list(options.SHAPE_WORDS)
        ),
    ] = "gaussian",
    held: Annotated[str, options.words(*options.HELD_WORDS)] = "area",
    quality: options.QualityWord = "standard",
    as_json: options.AsJson = False,
) -> None:
    """Compare two experiments: fates, T(E0), and the densities as sets of values.

    From options, the second barrier has the first one's height and what is held equal: the area,
    the width at half height (fwhm), T at the packet energy (transmission), or nothing more.
    """
    if files:
        refuse_options(ctx, files[0])
        pair, told = from_files(files), None
    else:
        refuse_sizes(ctx, barrier, other)
        values = {**options.chosen_of(ctx), "quality": quality}
        pair, told = from_options(barrier, other, held, values), held
    with waiting("Comparing"):
        result = compared(pair)
    if as_json:
        typer.echo(json.dumps({"held": told, **result}))
    else:
        tell(result, told)


def from_files(files: list[Path]) -> list[Experiment]:
    """The experiments of two files."""
    from app.cli.sources import read_source

    if len(files) != 2:
        raise InvalidInput("compare", "be given two files", len(files))
    sources = [read_source(file, None) for file in files]
    for file, source in zip(files, sources, strict=True):
        if isinstance(source, Ensemble):
            raise InvalidInput("compare", "be given runs without an environment", file)
    return [source for source in sources if isinstance(source, Experiment)]


def from_options(barrier: str, other: str, held: str, values: dict[str, Any]) -> list[Experiment]:
    """Both start equally far away, in one window."""
    from app.cli.scan import controls_of
    from lessons.held import held_equal

    require_choice("held", held, options.HELD_WORDS)
    first = controls_of(barrier, **values)
    second = controls_of(other, **values)
    if held != "none":
        second = held_equal(held, first, second)
    return [first.experiment(second), second.experiment(first)]


def inputs(pair: list[Experiment]) -> dict[str, Any]:
    """Which inputs are equal, and both values of those that are not (null: not given)."""
    from solver.storage import flat

    a, b = (flat(describe(experiment)) for experiment in pair)
    names = dict.fromkeys((*a, *b))
    different = {name: [a.get(name), b.get(name)] for name in names if a.get(name) != b.get(name)}
    return {"equal": [name for name in names if name not in different], "different": different}


def compared(pair: list[Experiment]) -> dict[str, Any]:
    """The numbers of both, which inputs they share, and the statistics of their densities."""
    from app.stage.comparison import comparison, sampled_density

    runs = [experiment.run() for experiment in pair]
    found = comparison(*map(sampled_density, runs))
    first, second = found.entropies
    return {
        **inputs(pair),
        "first": numbers(runs[0]),
        "second": numbers(runs[1]),
        "statistics": {
            "mean_density": [float(found.a.mean()), float(found.b.mean())],
            "entropy": [first, second],
            "jensen_shannon": found.jensen_shannon,
            "cliffs_delta": found.cliffs_delta,
            **{name: {"p": test.p} for name, test in found.tests.items()},
            "warning": found.warning,
        },
    }


def numbers(run: Trajectory) -> dict[str, Any]:
    from solver.scattering import transmission_coefficient

    experiment = run.experiment
    barrier, units = experiment.barrier, experiment.units
    energy = experiment.packet.packet_energy(units)
    return {
        "barrier": barrier.name,
        **{name: getattr(barrier, name, None) for name in SIZES},
        "coefficient": float(transmission_coefficient(barrier, energy, units)),
        "promised": run.source.promised,
        **run.summary(),
    }


def plain(name: str) -> str:
    """An input's name in words, such as barrier height."""
    return name.replace("_", " ")


def heading(key: str) -> str:
    """What the table calls a barrier's size or a number of the runs."""
    span = RANGES.get(key)
    return f"{span.told} ({span.unit})" if span else NUMBERS[key].heading


def apart(key: str, first: float, second: float) -> str:
    """The difference of two probabilities; nothing for a length or an energy."""
    return "" if key in SIZES else ascii_minus(difference(first, second))


def resolved(first: dict[str, Any], second: dict[str, Any]) -> str:
    """A sentence if the runs do not resolve their difference."""
    if not (first["separated"] and second["separated"]):
        return " Not yet separated: the transmitted parts are still on the move."
    promises = [run["promised"] for run in (first, second)]
    limit = sum(error or 0.0 for error in promises)
    if abs(second["transmitted"] - first["transmitted"]) > limit:
        return ""
    return f" The transmitted parts differ by less than these runs resolve, {promise(limit)}."


def tell(result: dict[str, Any], held: str | None) -> None:
    from lessons.held import HELD
    from solver.statistics import size_of

    first, second, statistics = result["first"], result["second"], result["statistics"]
    rows = [
        (heading(key), first[key], second[key], apart(key, first[key], second[key]))
        for key in (*SIZES, *BESIDE)
        if first.get(key) is not None and second.get(key) is not None
    ]
    headings = ["", first["barrier"], second["barrier"], "second minus first"]
    print_table(plain_table(rows, headings))
    typer.echo(f"pp: percentage points.{resolved(first, second)}")
    if held in HELD:
        typer.echo(f"Held equal: {HELD[held]}.")
    typer.echo(f"Equal inputs: {', '.join(map(plain, result['equal']))}.")
    typer.echo(f"Different: {', '.join(map(plain, result['different']))}.\n")
    delta = statistics["cliffs_delta"]
    lines = [
        ("mean density (1/nm)", *statistics["mean_density"]),
        ("Shannon entropy (bits)", *statistics["entropy"]),
        ("Jensen-Shannon divergence (bits)", statistics["jensen_shannon"], ""),
        ("effect size, Cliff's delta", delta, size_of(delta)),
    ]
    print_table(plain_table(lines, ["densities as sets of values", "first", "second"]))
    typer.echo(statistics["warning"])
