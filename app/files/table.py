"""A run of the lab as a table of plain values, and the same in TOML and JSON."""

import json
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from app.lab.links import DEFAULTS, NAMES, identifier
from solver.controls import CHOICES, Controls
from solver.description import describe
from solver.ensemble import Ensemble
from solver.experiment import BUDGET, Experiment
from solver.units import NATURAL

PROGRAM = f"Tunnelscope {version('tunnelscope')}"


def freed(source: Experiment | Ensemble) -> Experiment | Ensemble:
    """The same run with the budget that it has outside of the lab."""
    if isinstance(source, Ensemble):
        return replace(source, experiment=replace(source.experiment, budget=BUDGET))
    return replace(source, budget=BUDGET)


def controls_in(values: dict[str, Any]) -> Controls:
    """The controls among what a link sets."""
    known = Controls.names()
    return Controls(**{name: value for name, value in values.items() if name in known})


def table_of(controls: Controls) -> dict[str, Any]:
    """What `solver.describe` tells of the run, as a person would write it: what is usual left out.

    `solver.make_experiment` makes the run of it again.
    """
    table: dict[str, Any] = describe(freed(controls.source()))
    del table["budget"], table["units"]
    if controls.units == NATURAL:
        return {"units": "natural", **table}
    return table if controls.mass == 1 else {"mass": controls.mass, **table}


def toml(table: dict[str, Any], heading: str = "") -> str:
    """TOML of a table of tables, lists, numbers and words."""
    own = {name: value for name, value in table.items() if not isinstance(value, dict)}
    lines = [f"{name} = {json.dumps(value)}\n" for name, value in own.items()]
    below = ((name, table[name]) for name in table if name not in own)
    parts = [(f"{heading}.{name}".lstrip("."), part) for name, part in below]
    return "".join([*lines, *(f"\n[{name}]\n{toml(part, name)}" for name, part in parts)])


def state(values: dict[str, Any], moment: dict[str, Any]) -> str:
    """JSON of all controls, of what is shown, and of the moment: what the lab reads again.

    Options have their identifiers, which are the same in every language.
    """
    lab = {name: values.get(name, DEFAULTS[name]) for name in (*NAMES, "show")}
    lab |= {name: identifier(lab[name]) for name in CHOICES} | moment
    return json.dumps({"program": PROGRAM, "lab": lab}, indent=2, ensure_ascii=False) + "\n"
