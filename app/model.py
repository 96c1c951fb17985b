"""What a person chooses in the lab: one param model, without widgets."""

from typing import Any

import param

from solver import (
    ELECTRON,
    Barrier,
    DoubleBarrier,
    EckartBarrier,
    Experiment,
    GaussianBarrier,
    GaussianPacket,
    NoBarrier,
    RectangularBarrier,
    StepBarrier,
    TriangularBarrier,
    ranges,
)
from solver.ranges import Range
from solver.resolution import QUALITIES, Wave, window

SHAPES: dict[str, tuple[type[Barrier], tuple[str, ...]]] = {
    "Rectangular": (RectangularBarrier, ("height", "width")),
    "Gaussian": (GaussianBarrier, ("height", "width")),
    "Eckart": (EckartBarrier, ("height", "width")),
    "Triangular": (TriangularBarrier, ("height", "width", "field")),
    "Double": (DoubleBarrier, ("height", "width", "gap")),
    "Step": (StepBarrier, ("height",)),
    "None": (NoBarrier, ()),
}
"""Each shape's class and the controls that it has."""

DIRECTIONS = {"Left to right": 1, "Right to left": -1}

BUDGET = 6e8
"""Point-steps that one run in the lab may cost: about four seconds of one core."""


def number(span: Range, label: str, doc: str) -> Any:
    """A bounded number whose label carries its unit."""
    return param.Number(
        default=span.default,
        bounds=(span.low, span.high),
        step=span.step,
        label=f"{label} ({span.unit})",
        doc=doc,
    )


class Lab(param.Parameterized):
    """The controls of the lab; `experiment` is what they describe."""

    shape = param.Selector(
        default="Rectangular",
        objects=list(SHAPES),
        label="Barrier shape",
        doc="How V(x) looks. All single barriers of equal height and width have equal area.",
    )
    height = number(ranges.HEIGHT, "Barrier height", "Peak of V; a negative height is a well.")
    width = number(
        ranges.WIDTH, "Barrier width", "Area under V divided by the height; of each wall if double."
    )
    gap = number(ranges.GAP, "Gap", "Distance between the two walls of a double barrier.")
    field = number(ranges.FIELD, "Field", "How fast a tilted barrier falls towards its far side.")
    energy = number(
        ranges.ENERGY, "Packet energy", "E0 = (hbar k0)^2/2m of the packet's mean wavenumber k0."
    )
    sigma = number(ranges.SIGMA, "Packet width", "Standard deviation of |psi|^2 at the start.")
    direction = param.Selector(
        default="Left to right",
        objects=list(DIRECTIONS),
        label="Direction",
        doc="Which way the packet moves.",
    )
    quality = param.Selector(
        default="standard",
        objects=list(QUALITIES),
        label="Quality",
        doc="Largest error of the transmitted probability: 0.003, 0.001 or 0.0001.",
    )
    mass = number(ranges.MASS, "Particle mass", "0.067 is an electron in GaAs.")
    room = number(ranges.ROOM, "Extra box length", "Room added to the box, half at either end.")

    @property
    def controls(self) -> tuple[str, ...]:
        """Names of the barrier's own controls for the present shape."""
        return SHAPES[self.shape][1]

    @property
    def barrier(self) -> Barrier:
        kind, names = SHAPES[self.shape]
        return kind(**{name: float(getattr(self, name)) for name in names})

    @property
    def packet(self) -> GaussianPacket:
        return GaussianPacket(
            energy=float(self.energy),
            sigma=float(self.sigma),
            direction=DIRECTIONS[self.direction],
        )

    def experiment(self, quality: str | None = None) -> Experiment:
        """The chosen experiment; raises InvalidInput with a sentence for the person."""
        units = ELECTRON.with_mass(float(self.mass))
        left, right = window(Wave(barrier=self.barrier, packet=self.packet, units=units))
        half = float(self.room) / 2
        return Experiment(
            barrier=self.barrier,
            packet=self.packet,
            units=units,
            quality=quality or self.quality,
            window=(left - half, right + half) if half else None,
            budget=BUDGET,
        )
