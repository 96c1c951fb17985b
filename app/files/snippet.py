"""Python that makes a run with the library."""

from dataclasses import MISSING, Field, fields, is_dataclass
from pprint import pformat
from typing import Any

import solver
from solver.ensemble import Ensemble
from solver.experiment import Experiment
from solver.units import ELECTRON

LONGEST = 88
"""Characters of a line at most."""

TOLD = """
run = source.run()
print("transmitted", run.fate.transmitted)
print("exact theory", run.experiment.exact.transmitted)
"""


def snippet(source: Experiment | Ensemble, table: dict[str, Any], mass: float) -> str:
    """The source in constructors; as a table where it has parts that the library keeps inside."""
    made = [source.experiment, source] if isinstance(source, Ensemble) else [source]
    kinds = {type(part).__name__ for whole in made for part in parts(whole)}
    if not kinds <= set(solver.__all__):
        given = pformat(table, sort_dicts=False, width=LONGEST)
        return (
            f"from solver import make_experiment\n\nsource = make_experiment(\n{given}\n)\n{TOLD}"
        )
    names = sorted({*kinds, *(["ELECTRON"] if mass != 1 else [])})
    return f"{imported(names)}\n\nsource = {text_of(source, mass)}\n{TOLD}"


def imported(names: list[str]) -> str:
    """In one line, if that is no longer than others are."""
    line = f"from solver import {', '.join(names)}"
    if len(line) <= LONGEST:
        return line
    return "from solver import (\n" + "".join(f"    {name},\n" for name in names) + ")"


def parts(value: Any) -> list[Any]:
    """A value and all values in it that are made by a constructor; units have names."""
    inner = [getattr(value, one.name) for one in given(value) if one.name != "units"]
    return [value, *(part for one in inner if is_dataclass(one) for part in parts(one))]


def given(value: Any) -> list["Field[Any]"]:
    """The fields that are not what they would be anyway."""
    made = [one for one in fields(value) if one.init]
    return [one for one in made if getattr(value, one.name) != usual(one)]


def usual(one: "Field[Any]") -> Any:
    return one.default if one.default_factory is MISSING else one.default_factory()


def text_of(value: Any, mass: float, indent: str = "") -> str:
    """A constructor with what is given, an experiment's on lines of their own."""
    if value == ELECTRON.with_mass(mass):
        return f"ELECTRON.with_mass({mass!r})"
    if not is_dataclass(value):
        return repr(value)
    wide = isinstance(value, (Experiment, Ensemble))
    deeper = indent + "    " if wide else indent
    words = [f"{f.name}={text_of(getattr(value, f.name), mass, deeper)}" for f in given(value)]
    inside = "".join(f"\n{deeper}{word}," for word in words) + f"\n{indent}"
    return f"{type(value).__name__}({inside if wide else ', '.join(words)})"
