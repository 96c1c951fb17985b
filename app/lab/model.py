"""What a person chooses in the lab: one param model, without widgets."""

from typing import Any

import param

from lessons.held import HELD
from solver import Experiment, ranges
from solver.controls import DIRECTIONS, EDGES, ENVIRONMENTS, SHAPES, Controls
from solver.errors import short
from solver.published.cases import CASES
from solver.ranges import Range
from solver.resolution import QUALITIES


def number(span: Range, label: str, doc: str) -> Any:
    """A bounded number whose label carries its unit."""
    return param.Number(
        default=span.default,
        bounds=(span.low, span.high),
        step=span.step,
        label=f"{label} ({span.unit})",
        doc=doc,
    )


def checked(parameter: param.Parameter, value: Any) -> Any:
    """The value, if the parameter can have it; else a ValueError that says the rule."""
    if isinstance(parameter, param.Selector):
        if isinstance(value, str) and value in parameter.objects:
            return value
        allowed = ", ".join(map(str, parameter.objects))
        raise ValueError(f"{parameter.label} must be one of {allowed}, got “{short(value)}”.")
    low, high = parameter.bounds
    real = isinstance(value, (int, float)) and not isinstance(value, bool)
    if real and low <= value <= high:
        return float(value)
    rule = f"{parameter.label} must be a number from {low:g} to {high:g}"
    raise ValueError(f"{rule}, got “{short(value)}”.")


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
        ranges.WIDTH,
        "Barrier width",
        "Area under V over the height; of each wall if double, of the slope if falling.",
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
    mass = number(
        ranges.MASS,
        "Particle mass",
        "; ".join(f"{name}: {mass:.6g}" for name, mass in ranges.PARTICLES.items()) + ".",
    )
    room = number(ranges.ROOM, "Extra box length", "Room added to the box, half at either end.")

    edges = param.Selector(
        default=EDGES[0],
        objects=list(EDGES),
        label="Ends of the box",
        doc="Layers absorb what arrives; walls and the published mask send some of it back.",
    )
    environment = param.Selector(
        default=ENVIRONMENTS[0],
        objects=list(ENVIRONMENTS),
        label="Environment",
        doc="Random phases from outside; what is shown is the average over many runs.",
    )
    t2 = number(ranges.T2, "Coherence time T2", "In this time coherence falls to 37 %.")
    noise_length = number(
        ranges.NOISE_LENGTH, "Noise length", "Places nearer than this feel the same phases."
    )
    case = param.Selector(
        default="none",
        objects=["none", *CASES],
        label="Published case",
        doc="A run of the published study, in natural units, with all that belongs to it.",
    )
    held = param.Selector(
        default="none",
        objects={"each as given": "none", **{text: name for name, text in HELD.items()}},
        label="Held equal",
        doc="What the two barriers have in common; the second one's width follows.",
    )

    @property
    def chosen(self) -> Controls:
        """The present choices as one value."""
        return Controls(**{name: getattr(self, name) for name in Controls.names()})

    def experiment(self, quality: str | None = None) -> Experiment:
        """The chosen experiment; raises InvalidInput with a sentence for the person."""
        return self.chosen.changed(quality=quality or self.quality).experiment()
