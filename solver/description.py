"""Experiments as plain tables, for TOML and NetCDF files: what is written comes back equal.

A value is a table of its fields, with its class under `type` where several are possible; what is
not given is left out. An experiment has `barrier`, `packet` and what was set by hand; an ensemble
has `environment`, `members` and `seed` beside them. For an electron of another mass a person writes
`mass` (in electron masses) in place of `units`, and "rectangular" for "RectangularBarrier".
"""

import tomllib
from dataclasses import MISSING, Field, fields, is_dataclass
from pathlib import Path
from typing import Any, cast
from warnings import warn

import numpy as np

from solver.absorber import AbsorbingLayer, Walls
from solver.barriers import SHAPES, TabulatedBarrier
from solver.ensemble import Ensemble
from solver.environment import Dephasing, OrnsteinUhlenbeckNoise
from solver.errors import InvalidInput, Rule, require_choice
from solver.experiment import Experiment
from solver.grid import Grid
from solver.packet import GaussianPacket
from solver.published.cases import PointSampled, PublishedMask
from solver.reading import text_of
from solver.units import ELECTRON, NATURAL, Units


def by_name(*kinds: type) -> dict[str, type]:
    return {kind.__name__: kind for kind in kinds}


BARRIERS = by_name(*SHAPES.values(), TabulatedBarrier, PointSampled)

KINDS: dict[str, dict[str, type]] = {
    "barrier": BARRIERS,
    "shape": BARRIERS,
    "layer": by_name(AbsorbingLayer, Walls, PublishedMask),
    "environment": by_name(Dephasing, OrnsteinUhlenbeckNoise),
}
"""Fields that hold a value of one of several classes."""

PLAIN: dict[str, type] = {"packet": GaussianPacket, "grid": Grid, "units": Units}
"""Fields that hold a value of one class."""

NAMED = {"electron": ELECTRON, "natural": NATURAL}


OWN = ("environment", "members", "seed")
"""What an ensemble has beside its experiment."""


def describe(value: Any) -> Any:
    """An experiment, an ensemble or a part of them as tables, lists, numbers and strings.

    What is not given is left out. `make_experiment` makes an experiment of it again;
    TOML and JSON can hold it.

    >>> from solver import GaussianPacket, RectangularBarrier, describe
    >>> describe(RectangularBarrier(height=6.0, width=0.4))
    {'type': 'RectangularBarrier', 'center': 0.0, 'height': 6.0, 'width': 0.4}
    >>> describe(GaussianPacket(energy=5.0, sigma=1.0))
    {'energy': 5.0, 'sigma': 1.0, 'direction': 1}
    """
    if not is_dataclass(value) or isinstance(value, type):
        plain = value.item() if isinstance(value, np.generic) else value
        return [describe(part) for part in plain] if isinstance(plain, tuple) else plain
    parts = {f.name: getattr(value, f.name) for f in fields(value) if f.init}
    known = {name: describe(part) for name, part in parts.items() if part is not None}
    if isinstance(value, Ensemble):
        return known.pop("experiment") | known
    if isinstance(value, (Experiment, *PLAIN.values())):
        return known
    return {"type": type(value).__name__, **known}


def make_experiment(table: dict[str, Any]) -> Experiment | Ensemble:
    """The experiment or the ensemble of a table, as `describe` makes one or a person writes it.

    A table with an `environment` is an ensemble's. Raises InvalidInput with the name of what is
    missing, unknown or of the wrong kind.

    >>> from solver import describe, make_experiment
    >>> wall = {"type": "rectangular", "height": 6.0, "width": 0.4}
    >>> experiment = make_experiment({"barrier": wall, "packet": {"energy": 5.0, "sigma": 1.0}})
    >>> round(experiment.exact.transmitted, 3), make_experiment(describe(experiment)) == experiment
    (0.044, True)
    """
    if not isinstance(table, dict):
        raise InvalidInput("experiment", "be a table", table)
    table = dict(table)
    if "mass" in table:
        table["units"] = units_of(table.pop("mass"), table.get("units", "electron"))
    own = {key: table.pop(key) for key in OWN if key in table}
    experiment = value_of(Experiment, table, "experiment")
    if not own:
        return cast(Experiment, experiment)
    return cast(Ensemble, value_of(Ensemble, {"experiment": experiment, **own}, "ensemble"))


def described(table: dict[str, Any]) -> Experiment | Ensemble:
    """The old name of `make_experiment`, for one version: it warns.

    >>> import warnings
    >>> from solver import described, make_experiment
    >>> wall = {"type": "rectangular", "height": 6.0, "width": 0.4}
    >>> table = {"barrier": wall, "packet": {"energy": 5.0, "sigma": 1.0}}
    >>> with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
    ...     described(table) == make_experiment(table)
    True
    """
    warn("solver.described is now make_experiment", DeprecationWarning, stacklevel=2)
    return make_experiment(table)


def units_of(mass: Any, units: Any) -> Units:
    """Electron units for another mass, in electron masses."""
    if units != "electron":
        raise InvalidInput("mass", "stand beside no other units than electron", units)
    return ELECTRON.with_mass(mass)


def value_of(kind: type, table: Any, name: str) -> Any:
    """A value of one class from the table of its fields."""
    if not isinstance(table, dict):
        raise InvalidInput(name, "be a table", table)
    known = {f.name: f for f in fields(kind) if f.init}
    for key in table:
        require_choice(f"{name}: a key", key, tuple(known))
    for key, field in known.items():
        if key not in table and is_required(field):
            raise InvalidInput(name, Rule("have {key}", key=key), "none")
    return kind(**{key: part_of(key, value) for key, value in table.items()})


def is_required(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def part_of(name: str, value: Any) -> Any:
    """What stands under one key: a number, a string, a list, or a value of its own."""
    if name == "units" and isinstance(value, str):
        require_choice("units", value, tuple(NAMED))
        return NAMED[value]
    if is_dataclass(value) or name not in (*KINDS, *PLAIN):
        return tuple(value) if isinstance(value, list) else value
    return value_of(PLAIN[name], value, name) if name in PLAIN else typed_value(name, value)


def typed_value(name: str, table: Any) -> Any:
    """A value of the class under `type`."""
    if not isinstance(table, dict):
        raise InvalidInput(name, "be a table with a type", table)
    kinds = KINDS[name]
    wanted = short(str(table.get("type", "none given")))
    found = [kind for key, kind in kinds.items() if short(key) == wanted]
    if not found:
        rule = Rule("be one of {choices}", choices=", ".join(kinds))
        raise InvalidInput(f"{name}.type", rule, table.get("type"))
    rest = {key: value for key, value in table.items() if key != "type"}
    return value_of(found[0], rest, name)


def short(name: str) -> str:
    """The name of a class as a person may write it."""
    return name.lower().removesuffix("barrier").removesuffix("noise")


def read_toml(file: Path) -> dict[str, Any]:
    """The table in a TOML file; InvalidInput with file and line where it is not TOML."""
    text = text_of(file, "file")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidInput("file", Rule("be TOML ({error})", error=error), file) from None
