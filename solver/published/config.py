"""Configuration files of 1d-qt-ideal-solver 0.0.10, the program behind arXiv:2512.22634.

One `key = value` on a line, `#` before a comment; of equal keys the last counts. The program passed
over lines and keys that it did not know, and put a rectangle in the place of any other barrier;
here the person is told. Its labels said nm, fs and eV, but it computed with hbar = 1 and the mass
as it stands, so its numbers have no such units.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from solver.errors import InvalidInput, require_choice, require_finite, require_positive
from solver.grid import Array
from solver.reading import text_of


def rectangle(distance: Array, width: float) -> Array:
    """1 where |distance| < width/2, else 0."""
    return np.where(np.abs(distance) < width / 2, 1.0, 0.0)


def bell(distance: Array, width: float) -> Array:
    """exp(-distance^2 / (2 width^2)): this width is a standard deviation."""
    return np.asarray(np.exp(-(distance**2) / (2 * width**2)))


PROFILES: dict[str, Callable[[Array, float], Array]] = {"rectangular": rectangle, "gaussian": bell}

POSITIVE = {"barrier_width", "dt_max", "dt_min", "noise_correlation_time", "particle_mass"}
POSITIVE |= {"sigma", "t_final"}
NOT_NEGATIVE = {"boundary_strength", "boundary_width", "decoherence_rate", "noise_amplitude"}
LEAST = {"nx": 16, "n_snapshots": 1, "fps": 1, "dpi": 1}

EXTREME = 1e50
"""No number is larger, and none but zero smaller than its inverse: products stay finite."""

MOST_STEPS = 1e9
MOST_NUMBERS = 2**28
"""Values psi(t, x) that a run may keep: 4 GiB."""


@dataclass(frozen=True, kw_only=True)
class PublishedConfig:
    """Every key that the program read, with the value that its command line fell back on.

    Natural units, hbar = 1. The last four keys say what was written and drawn, and change no
    number. `ignored` names the keys of a file that mean nothing.
    """

    scenario_name: str = "simulation"
    nx: int = 2048
    x_min: float = -10.0
    x_max: float = 10.0
    t_final: float = 5.0
    n_snapshots: int = 200
    adaptive_dt: bool = True
    dt_min: float = 1e-4
    dt_max: float = 1e-2
    barrier_type: str = "rectangular"
    barrier_height: float = 2.0
    barrier_width: float = 2.0
    barrier_center: float = 0.0
    particle_mass: float = 1.0
    x0: float = -5.0
    k0: float = 5.0
    sigma: float = 0.5
    boundary_width: float = 2.0
    boundary_strength: float = 0.1
    noise_amplitude: float = 0.0
    noise_correlation_time: float = 0.1
    decoherence_rate: float = 0.0
    save_netcdf: bool = True
    save_animation: bool = True
    fps: int = 30
    dpi: int = 100
    ignored: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for key, kind in KINDS.items():
            check(key, getattr(self, key))
            object.__setattr__(self, key, kind(getattr(self, key)))
        require_choice(named("barrier_type"), self.barrier_type, tuple(PROFILES))
        if not self.slug or set(self.scenario_name) & set("/\\"):
            rule = "be the name of a file: no / or \\, more than blanks and dashes"
            raise InvalidInput(named("scenario_name"), rule, self.scenario_name)
        for key, rule, kept in self._relations():
            if not kept:
                raise InvalidInput(named(key), rule, getattr(self, key))

    def _relations(self) -> tuple[tuple[str, str, bool], ...]:
        """What several numbers must satisfy together: (key, rule, whether it does)."""
        half, room = (self.x_max - self.x_min) / 2, MOST_NUMBERS // self.nx
        dt_min, width = self.dt_min, self.boundary_width
        return (
            ("x_max", f"be greater than x_min = {self.x_min:g}", half > 0),
            ("x0", "be between x_min and x_max", self.x_min <= self.x0 <= self.x_max),
            ("dt_max", f"be at least dt_min = {dt_min:g}", self.dt_max >= dt_min),
            ("dt_min", f"be at least t_final/{MOST_STEPS:g}", dt_min * MOST_STEPS >= self.t_final),
            ("boundary_width", f"be less than half of the box, {half:g}", width < half),
            ("boundary_strength", "be below 1", self.boundary_strength < 1),
            ("n_snapshots", f"be at most {room} for nx = {self.nx}", self.n_snapshots <= room),
        )

    @property
    def slug(self) -> str:
        """Stem of the program's files: "Case 1 - Some Barrier" gives "case1_some_barrier"."""
        stem = re.sub("[ _-]+", "_", self.scenario_name.lower())
        return re.sub(r"^case_(?=\d+(_|$))", "case", stem).rstrip("_")

    def potential(self, x: Array) -> Array:
        """V(x) at the points x, any shape."""
        shape = PROFILES[self.barrier_type]
        return self.barrier_height * shape(x - self.barrier_center, self.barrier_width)

    @classmethod
    def read(cls, path: Path) -> "PublishedConfig":
        """The file's values; InvalidInput names file, line, key, rule and value."""
        found = {key: (f"{path}:{line}: {key}", text) for line, key, text in entries(path)}
        known = {key: found[key] for key in KINDS if key in found}
        values = {key: parse(key, *entry) for key, entry in known.items()}
        try:
            return cls(**values, ignored=tuple(key for key in found if key not in KINDS))
        except InvalidInput as error:
            key = error.thing.removeprefix(named(""))
            thing = known[key][0] if key in known else f"{path}: {key} (not given)"
            raise InvalidInput(thing, error.rule, error.value) from None


KINDS: dict[str, Any] = {f.name: f.type for f in fields(PublishedConfig) if f.name != "ignored"}
"""The keys, and the type of their values."""


def named(key: str) -> str:
    return f"PublishedConfig.{key}"


def entries(path: Path) -> Iterator[tuple[int, str, str]]:
    """Line number, key and text of the value, without comments and blanks."""
    text = text_of(path, "configuration")
    for number, line in enumerate(text.split("\n"), 1):
        content = line.split("#")[0].strip()
        key, equals, value = content.partition("=")
        if content and not (equals and key.strip()):
            raise InvalidInput(f"{path}:{number}", "be of the form key = value", content)
        if content:
            yield number, key.strip(), value.strip()


def truth(text: str) -> bool:
    return {"true": True, "false": False}[text.lower()]


FORMS: dict[Any, tuple[Callable[[str], Any], str]] = {
    bool: (truth, "be true or false"),
    int: (int, "be a whole number"),
    float: (float, "be a number"),
    str: (str, "be a text"),
}
"""How each type of value is read, and the rule for its text."""


def parse(key: str, thing: str, text: str) -> Any:
    """The value of a known key; `thing` is what an error is about."""
    convert, rule = FORMS[KINDS[key]]
    with suppress(KeyError, ValueError):
        return convert(text)
    raise InvalidInput(thing, rule, text or "nothing")


def check(key: str, value: Any) -> None:
    """Raise InvalidInput unless the value alone could be that of its key."""
    kind = KINDS[key]
    if kind is float:
        check_number(key, value)
    elif type(value) is not kind or value == "":
        raise InvalidInput(named(key), FORMS[kind][1], "nothing" if value == "" else value)
    elif key in LEAST and value < LEAST[key]:
        raise InvalidInput(named(key), f"be at least {LEAST[key]}", value)


def check_number(key: str, value: Any) -> None:
    (require_positive if key in POSITIVE else require_finite)(named(key), value)
    if key in NOT_NEGATIVE and value < 0:
        raise InvalidInput(named(key), "be zero or positive", value)
    if value and not 1 / EXTREME <= abs(value) <= EXTREME:
        rule = f"have a size between {1 / EXTREME:g} and {EXTREME:g}"
        raise InvalidInput(named(key), rule, value)
