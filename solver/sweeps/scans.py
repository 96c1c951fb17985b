"""Exact transmission over one control or two: a curve, or a map."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from itertools import product
from pathlib import Path

import numpy as np

from solver.controls import PACKET, VARIED, Controls
from solver.errors import InvalidInput, require_choice, require_finite
from solver.experiment import Experiment
from solver.grid import Array
from solver.netcdf import Variable, write_netcdf
from solver.numbers import NUMBERS, unit_in
from solver.packet_average import packet_average
from solver.ranges import RANGES
from solver.reading import read_number
from solver.scattering import transmission_coefficient

MOST = 10_000_000
"""Values of an axis at most."""


@dataclass(frozen=True, kw_only=True)
class Axis:
    """Values of one control: `count` of them, evenly spaced from `low` to `high`, ends included.

    `name` is a control that is a number, such as "width" or "energy"; low and high are in its
    unit. Raises InvalidInput for another name, for a range beyond the control's, or for fewer than
    two values.

    >>> from solver import Axis
    >>> axis = Axis(name="width", low=0.1, high=0.5, count=3)
    >>> axis == Axis.parse("width=0.1:0.5:3"), axis.values.round(6).tolist(), axis.unit
    (True, [0.1, 0.3, 0.5], 'nm')
    """

    name: str
    low: float
    high: float
    count: int

    def __post_init__(self) -> None:
        require_choice("Axis.name", self.name, VARIED)
        span = RANGES[self.name]
        require_finite(f"Axis {self.name}.low", self.low)
        require_finite(f"Axis {self.name}.high", self.high)
        if not span.low <= self.low < self.high <= span.high:
            rule = f"rise from its low to its high end within {span.low:g} to {span.high:g}"
            raise InvalidInput(f"Axis {self.name}", rule, f"{self.low:g}:{self.high:g}", span.unit)
        if not isinstance(self.count, int) or not 2 <= self.count <= MOST:
            raise InvalidInput(f"Axis {self.name}", f"have from 2 to {MOST:,} values", self.count)

    @classmethod
    def parse(cls, text: str) -> "Axis":
        """An axis written NAME=LOW:HIGH:COUNT; InvalidInput about `Axis` if it is not."""
        name, _, rest = text.partition("=")
        try:
            low, high, count = rest.split(":")
            return cls(name=name, low=read_number(low), high=read_number(high), count=int(count))
        except ValueError as error:
            if isinstance(error, InvalidInput):
                raise
            rule = "be written NAME=LOW:HIGH:COUNT, such as energy=1:10:40"
            raise InvalidInput("Axis", rule, text) from None

    @cached_property
    def values(self) -> Array:
        """The values, (count,) in the control's unit."""
        return np.linspace(self.low, self.high, self.count)

    @property
    def unit(self) -> str:
        """The unit of the control."""
        return RANGES[self.name].unit


@dataclass(frozen=True, eq=False)
class Scan:
    """A curve or a map: `numbers` by name over the `axes`, each of the shape of their counts.

    >>> from solver import Axis, Controls, scan
    >>> axes = Axis.parse("width=0.2:0.6:3"), Axis.parse("energy=4:5:2")
    >>> found = scan(Controls(height=6.0), *axes)
    >>> found.transmitted.shape, found.columns[:3]
    ((3, 2), ('width', 'energy', 'transmitted'))
    >>> bool((found.transmitted[1:] < found.transmitted[:-1]).all())  # wider, less
    True
    """

    axes: tuple[Axis, ...]
    numbers: Mapping[str, Array]

    @classmethod
    def of(cls, axes: tuple[Axis, ...], columns: Mapping[str, Array]) -> "Scan":
        """From numbers point by point, (R,) each, the last axis running fastest."""
        shape = tuple(axis.count for axis in axes)
        return cls(axes, {name: column.reshape(shape) for name, column in columns.items()})

    @property
    def transmitted(self) -> Array:
        """The transmitted probability of the packet, in the shape of the axes."""
        return self.numbers["transmitted"]

    def rows(self) -> Iterator[tuple[float, ...]]:
        """The values of the axes, then the numbers, point by point."""
        places = product(*(axis.values for axis in self.axes))
        found = zip(*map(np.ravel, self.numbers.values()), strict=True)
        for place, row in zip(places, found, strict=True):
            yield tuple(map(float, (*place, *row)))

    @property
    def columns(self) -> tuple[str, ...]:
        """What stands in the `rows`: the names of the axes, then of the numbers."""
        return (*(axis.name for axis in self.axes), *self.numbers)


@dataclass(frozen=True)
class Points:
    """A plan for a `sweep`: the `controls` at the points of one axis or two, the `axes`.

    A sequence of experiments that are made when they are asked for, the last axis running fastest;
    None for one that cannot be run. `places` says which of them: `Points.of` takes all. Raises
    InvalidInput for no axis or more than two, or for two of one name.

    >>> from solver import Axis, Controls, Points
    >>> points = Points.of(Controls(height=6.0, energy=5.0), Axis.parse("width=0.1:0.5:3"))
    >>> len(points), [round(experiment.barrier.width, 6) for experiment in points]
    (3, [0.1, 0.3, 0.5])
    """

    controls: Controls
    axes: tuple[Axis, ...]
    places: range

    @classmethod
    def of(cls, controls: Controls, *axes: Axis) -> "Points":
        """All points of one axis or two."""
        names = [axis.name for axis in axes]
        if not 1 <= len(axes) <= 2 or len(set(names)) < len(names):
            rule = "vary one control or two different ones"
            raise InvalidInput("scan", rule, ", ".join(names) or "none")
        for name in names:
            if name not in (*controls.own, *PACKET):
                rule = f"vary what a barrier of the shape {controls.shape} and its packet have"
                raise InvalidInput("scan", rule, name)
        return cls(controls, axes, range(math.prod(axis.count for axis in axes)))

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, part: slice) -> "Points":
        return replace(self, places=self.places[part])

    def __iter__(self) -> Iterator[Experiment | None]:
        """The experiments; None for one that cannot be run, such as one that is too dear."""
        for controls in self.settings():
            try:
                yield controls.experiment()
            except InvalidInput:
                yield None

    def settings(self) -> Iterator[Controls]:
        """The controls, the last axis running fastest."""
        shape = tuple(axis.count for axis in self.axes)
        for place in self.places:
            index = np.unravel_index(place, shape)
            chosen = {a.name: float(a.values[i]) for a, i in zip(self.axes, index, strict=True)}
            yield self.controls.changed(**chosen)


def scan(controls: Controls, *axes: Axis, progress: Callable[[float], None] | None = None) -> Scan:
    """Exact theory at every point of one axis or two; nothing is propagated.

    transmitted = tunneled + over_the_top is a packet's; coefficient is T of a stationary state at
    the packet energy. `progress` is told the part that is done. Raises InvalidInput for more than
    two axes.

    >>> from solver import Axis, Controls, scan
    >>> found = scan(Controls(height=6.0, energy=5.0), Axis.parse("width=0.1:0.5:3"))
    >>> found.transmitted.round(3).tolist()
    [0.66, 0.105, 0.016]
    """
    points = Points.of(controls, *axes)
    rows = []
    for setting in points.settings():
        rows.append(point(setting))
        if progress is not None:
            progress(len(rows) / len(points))
    found = np.array(rows).T
    return Scan.of(axes, dict(zip(SCANNED, found, strict=True)))


SCANNED = ("transmitted", "tunneled", "over_the_top", "coefficient")


def point(controls: Controls) -> tuple[float, float, float, float]:
    """The numbers of SCANNED for one setting."""
    exact = packet_average(controls.barrier, controls.packet, controls.units)
    energy = controls.packet.packet_energy(controls.units)
    t = transmission_coefficient(controls.barrier, energy, controls.units)
    return exact.transmitted, exact.tunneled, exact.over_the_top, float(t)


def save_scan(found: Scan, file: Path, controls: Controls) -> None:
    """Write a scan as NetCDF: the axes as coordinates, the numbers over them, what else was set.

    Raises InvalidInput for a file that cannot be written.

    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> from solver import Axis, Controls, open_run, save_scan, scan
    >>> controls, file = Controls(height=6.0, energy=5.0), Path(mkdtemp()) / "scan.nc"
    >>> save_scan(scan(controls, Axis.parse("width=0.1:0.5:3")), file, controls)
    >>> open_run(file).transmitted.values.round(3).tolist()
    [0.66, 0.105, 0.016]
    """
    names = tuple(axis.name for axis in found.axes)
    coordinates = {
        axis.name: Variable((axis.name,), axis.values, unit_of(axis), axis.name)
        for axis in found.axes
    }
    numbers = {
        name: Variable(names, values, unit_in(NUMBERS[name].unit), NUMBERS[name].meaning)
        for name, values in found.numbers.items()
    }
    given = {name: value for name, value in asdict(controls).items() if value is not None}
    fixed = {name: value for name, value in given.items() if name not in names}
    write_netcdf(file, {**coordinates, **numbers}, title="Transmission of wave packets", **fixed)


def unit_of(axis: Axis) -> str:
    return "1" if axis.name == "mass" else axis.unit
