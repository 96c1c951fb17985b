"""What the lab opens again: a state or a run that was taken home, as a link."""

import json
import re
import tomllib
from dataclasses import replace
from math import isclose
from typing import Any

from app.files.table import freed
from app.lab.address import VERSION, read_address, shared
from app.lab.links import DEFAULTS, join, to_query, word_of, written
from app.lab.model import Lab
from solver.barriers import SHAPES
from solver.controls import DIRECTIONS, EDGES, ENVIRONMENTS, Controls
from solver.description import describe, make_experiment
from solver.ensemble import Ensemble
from solver.errors import InvalidInput, Rule, short
from solver.experiment import Experiment
from solver.published.cases import CASES
from solver.units import ELECTRON

LONGEST = 4000
"""Characters of a text at most: a state of the lab has some hundreds."""

ROUND_OFF = 1e-9

VIEW = "# view: "
"""Begins the line of a run in TOML that says what the lab shows of it: a link without settings."""

UNREADABLE = (ValueError, RecursionError)


def link_of(text: str) -> str:
    """The link of a state (JSON) or a run (TOML); InvalidInput says why there is none."""
    if len(text) > LONGEST:
        rule = Rule("have at most {longest} characters", longest=LONGEST)
        raise InvalidInput("The file", rule, len(text))
    text = text.lstrip("\ufeff \r\n")
    if text.startswith("{"):
        return link_of_state(text)
    try:
        table = tomllib.loads(text)
    except UNREADABLE as error:
        raise InvalidInput("The file", "be TOML or JSON", short(error)) from None
    link, view = link_of_run(make_experiment(table)), re.search(f"^{VIEW}(.*)", text, re.MULTILINE)
    return seen(link, view[1]) if view else link


def seen(link: str, view: str) -> str:
    """The link of a run with the cards, the time and the look of another link."""
    values, shown = read_address(link).values, read_address(view)
    show = {name: value for name, value in shown.values.items() if name == "show"}
    return shared(replace(shown, values=values | show))


def link_of_state(text: str) -> str:
    """The link with these values; the page that it opens checks each, and tells what it is not."""
    try:
        state = json.loads(text)
    except UNREADABLE as error:
        raise InvalidInput("The file", "be JSON", short(error)) from None
    lab = state.get("lab")
    if not isinstance(lab, dict):
        raise InvalidInput("The file", "hold the state of the lab, under “lab”", "none")
    words = {name: worded(name, value) for name, value in lab.items()}
    usual = {name: worded(name, value) for name, value in DEFAULTS.items()}
    chosen = [(name, word) for name, word in words.items() if usual.get(name) != word]
    return join([("v", VERSION), *chosen])


def worded(name: str, value: Any) -> str:
    """A value of a state as a link has it, whatever it is."""
    if isinstance(value, list):
        return str(written([str(one) for one in value]))
    return str(word_of(name, value) if isinstance(value, str) else written(value))


def link_of_run(source: Experiment | Ensemble) -> str:
    """The link of the settings that make this run; InvalidInput for what no setting makes."""
    controls = controls_of(source)
    found, wanted = describe(freed(controls.source())), describe(freed(source))
    names = {**wanted, **found}
    other = [name for name in names if not is_same(found.get(name), wanted.get(name))]
    if other:
        told = ", ".join(other)
        found = Rule("another {parts}", parts=told)
        raise InvalidInput("The run", "be one that the lab's controls make", found)
    return to_query(Lab(**{name: getattr(controls, name) for name in Controls.names()}))


def is_same(one: Any, other: Any) -> bool:
    """Whether two tables are the same but for the round-off of what follows from their numbers."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, float) and isinstance(other, (float, int)):
        return isclose(one, other, rel_tol=ROUND_OFF)
    return bool(one == other)


def controls_of(source: Experiment | Ensemble) -> Controls:
    """The settings that come closest to a run."""
    experiment = source.experiment if isinstance(source, Ensemble) else source
    for case, published in CASES.items():
        if freed(published) == freed(experiment):
            return Controls(case=case)
    noise = around(source) if isinstance(source, Ensemble) else {}
    alone = Controls(**barrier_of(experiment), **packet_of(experiment), **edges_of(experiment))
    return alone.changed(**noise, room=room_of(experiment, alone))


def barrier_of(experiment: Experiment) -> dict[str, Any]:
    barrier, kinds = experiment.barrier, {kind: shape for shape, kind in SHAPES.items()}
    if type(barrier) not in kinds:
        raise InvalidInput("The barrier", "be one of the lab", type(barrier).__name__)
    sizes = {name: getattr(barrier, name) for name in type(barrier).sizes()}
    return {"shape": kinds[type(barrier)], **sizes}


def packet_of(experiment: Experiment) -> dict[str, Any]:
    packet, words = experiment.packet, {sign: word for word, sign in DIRECTIONS.items()}
    return {
        "energy": packet.energy or packet.packet_energy(experiment.units),
        "sigma": packet.sigma,
        "start": packet.center,
        "direction": words[packet.direction],
        "mass": float(f"{experiment.units.mass / ELECTRON.mass:.15g}"),
    }


def edges_of(experiment: Experiment) -> dict[str, Any]:
    kind = type(experiment.layer).__name__
    edges = {"Walls": EDGES[1], "PublishedMask": EDGES[2]}.get(kind, EDGES[0])
    return {"edges": edges, "quality": experiment.quality}


def room_of(experiment: Experiment, alone: Controls) -> float:
    """How much wider than it would be the window is, nm."""
    if experiment.window is None:
        return 0.0
    (left, right), (a, b) = experiment.window, alone.window
    return round(right - left - (b - a), 9)


def around(source: Ensemble) -> dict[str, Any]:
    noise: Any = source.environment
    if type(noise).__name__ != "Dephasing":
        raise InvalidInput("The environment", "be dephasing", noise.name)
    return {"environment": ENVIRONMENTS[1], "t2": noise.t2, "noise_length": noise.length}
