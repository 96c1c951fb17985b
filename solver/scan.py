"""Exact transmission over one control or two: a curve, or a map."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from solver.controls import RANGES, Controls
from solver.errors import InvalidInput, require_choice
from solver.grid import Array
from solver.packet_average import packet_average
from solver.scattering import transmission_coefficient


@dataclass(frozen=True, kw_only=True)
class Axis:
    """`count` evenly spaced values of one control, both ends included, in the control's unit."""

    name: str
    low: float
    high: float
    count: int

    def __post_init__(self) -> None:
        require_choice("Axis.name", self.name, tuple(RANGES))
        span = RANGES[self.name]
        if not span.low <= self.low < self.high <= span.high:
            rule = f"rise from its low to its high end within {span.low:g} to {span.high:g}"
            raise InvalidInput(f"Axis {self.name}", rule, f"{self.low:g}:{self.high:g}", span.unit)
        if self.count < 2:
            raise InvalidInput(f"Axis {self.name}", "have at least two values", self.count)

    @classmethod
    def parse(cls, text: str) -> "Axis":
        """An axis written NAME=LOW:HIGH:COUNT."""
        name, _, rest = text.partition("=")
        parts = rest.split(":")
        try:
            return cls(name=name, low=float(parts[0]), high=float(parts[1]), count=int(parts[2]))
        except (IndexError, ValueError) as error:
            if isinstance(error, InvalidInput):
                raise
            rule = "be written NAME=LOW:HIGH:COUNT, such as energy=1:10:40"
            raise InvalidInput("--vary", rule, text) from None

    @property
    def values(self) -> Array:
        return np.linspace(self.low, self.high, self.count)

    @property
    def unit(self) -> str:
        return RANGES[self.name].unit


@dataclass(frozen=True, eq=False)
class Scan:
    """Exact numbers over the axes, each array of the shape of their counts.

    transmitted = tunneled + over_the_top is a packet's; coefficient is T of a stationary state at
    the packet energy.
    """

    axes: tuple[Axis, ...]
    transmitted: Array
    tunneled: Array
    over_the_top: Array
    coefficient: Array

    def rows(self) -> Iterator[tuple[float, ...]]:
        """The values of the axes, then the four numbers, point by point."""
        places = product(*(axis.values for axis in self.axes))
        numbers = (self.transmitted, self.tunneled, self.over_the_top, self.coefficient)
        for place, found in zip(places, zip(*map(np.ravel, numbers), strict=True), strict=True):
            yield tuple(map(float, (*place, *found)))

    @property
    def columns(self) -> tuple[str, ...]:
        names = ("transmitted", "tunneled", "over_the_top", "coefficient")
        return (*(axis.name for axis in self.axes), *names)


def scan(controls: Controls, *axes: Axis) -> Scan:
    """Theory at every point of one axis or two; nothing is propagated.

    Raises InvalidInput for no axis or more than two, or for two of one name.
    """
    names = [axis.name for axis in axes]
    if not 1 <= len(axes) <= 2 or len(set(names)) < len(names):
        raise InvalidInput("scan", "vary one control or two different ones", ", ".join(names))
    shape = tuple(axis.count for axis in axes)
    found = np.empty((4, *shape))
    for index in np.ndindex(shape):
        chosen = {a.name: float(a.values[i]) for a, i in zip(axes, index, strict=True)}
        found[(slice(None), *index)] = point(controls.changed(**chosen))
    return Scan(axes, *found)


def point(controls: Controls) -> tuple[float, float, float, float]:
    """The four numbers of one setting."""
    exact = packet_average(controls.barrier, controls.packet, controls.units)
    energy = controls.packet.packet_energy(controls.units)
    t = transmission_coefficient(controls.barrier, energy, controls.units)
    return exact.transmitted, exact.tunneled, exact.over_the_top, float(t)
