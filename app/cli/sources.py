"""What a command is asked to run: from a file, or from its options."""

from pathlib import Path
from typing import Any

from app.cli.options import environment_rules
from solver.barriers import SHAPES
from solver.ensemble import Ensemble
from solver.errors import InvalidInput, require_choice
from solver.experiment import Experiment
from solver.reading import text_of

ENVIRONMENT = {"noise_time": 5.0, "noise_length": 1.0, "members": 64, "seed": 0}
"""What holds of an environment if it is not said."""


NOISE = ("t2", "noise", "noise_time", "noise_length", "members", "seed")


def read_source(file: Path, seed: int | None) -> Experiment | Ensemble:
    """What a TOML or NetCDF file describes."""
    from solver.description import make_experiment, read_toml
    from solver.storage import load_experiment

    if file.suffix.lower() == ".nc":
        if seed is not None:
            raise InvalidInput("--seed", "not stand beside a NetCDF file", seed)
        return load_experiment(file)
    table = read_toml(file)
    return make_experiment(table if seed is None else {**table, "seed": seed})


def flagged(given: dict[str, Any]) -> Experiment | Ensemble:
    """What the options describe."""
    from solver.description import make_experiment

    require_choice("direction", given["direction"], ("right", "left"))
    require_choice("edges", given["edges"], ("layers", "walls"))
    packet = {name: given[name] for name in ("energy", "sigma", "center")}
    packet["direction"] = 1 if given["direction"] == "right" else -1
    table = {
        "barrier": barrier_table(given),
        "packet": known(packet),
        "layer": {"type": "Walls"} if given["edges"] == "walls" else None,
        **{name: given[name] for name in ("mass", "quality", "dt", "t_end")},
        **environment_table(given),
    }
    return make_experiment(known(table))


def known(table: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value is not None}


def barrier_table(given: dict[str, Any]) -> dict[str, Any]:
    if given["potential"] is not None:
        x, v = read_potential(given["potential"])
        return {"type": "tabulated", "x": x, "v": v}
    shapes = {shape.lower(): kind for shape, kind in SHAPES.items()}
    require_choice("barrier", given["barrier"].lower(), tuple(shapes))
    kind = shapes[given["barrier"].lower()]
    return {"type": kind.__name__, **{name: given[name] for name in kind.sizes()}}


def read_potential(file: Path) -> tuple[list[float], list[float]]:
    """Columns x (nm) and V (eV) of a CSV file; a first line of words is passed over."""
    import csv

    lines = text_of(file, "--potential").splitlines(keepends=True)
    try:
        rows = [row for row in csv.reader(lines) if row]
    except csv.Error as error:
        raise InvalidInput("--potential", f"be a table in CSV ({error})", file) from None
    found = []
    for number, row in enumerate(rows, 1):
        try:
            x, v = map(float, row)
            found.append((x, v))
        except ValueError:
            if number > 1 or any(map(looks_like_a_number, row)):
                rule = "have two numbers in every row"
                raise InvalidInput(f"{file}:{number}", rule, ",".join(row)) from None
    if len(found) < 2:
        raise InvalidInput("--potential", "have two rows of numbers at least", file)
    return [x for x, _ in found], [v for _, v in found]


def looks_like_a_number(cell: str) -> bool:
    return cell.strip()[:1] in tuple("0123456789+-.")


def environment_table(given: dict[str, Any]) -> dict[str, Any]:
    """Dephasing or noise with its members and seed; nothing if neither is asked for."""
    environment_rules({name: given[name] for name in NOISE})
    given = {**ENVIRONMENT, **known(given)}
    if "t2" not in given and "noise" not in given:
        return {}
    if "t2" in given:
        kind = {"type": "Dephasing", "t2": given["t2"], "length": given["noise_length"]}
    else:
        times = {"amplitude": given["noise"], "time": given["noise_time"]}
        kind = {"type": "OrnsteinUhlenbeckNoise", "length": given["noise_length"], **times}
    return {"environment": kind, "members": given["members"], "seed": given["seed"]}
