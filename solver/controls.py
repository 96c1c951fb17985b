"""The choices of the lab and of a lesson as one frozen value, and the experiment they make."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

from solver.absorber import Walls
from solver.barriers import SHAPES
from solver.ensemble import Ensemble
from solver.environment import Dephasing
from solver.errors import InvalidInput, Rule, require_choice, require_kind
from solver.experiment import Experiment
from solver.own.drawn import LINES, DrawnBarrier
from solver.own.typed import TypedBarrier
from solver.packet import GaussianPacket
from solver.potential import Barrier
from solver.published.cases import CASES, DT, PublishedMask
from solver.ranges import (
    DERIVED,
    ENERGY,
    FIELD,
    GAP,
    HEIGHT,
    MASS,
    NOISE_LENGTH,
    RANGES,
    ROOM,
    SIGMA,
    T2,
    WIDTH,
    OneOf,
    Range,
    Text,
)
from solver.resolution import BEHIND, QUALITIES, Wave, require_before, window
from solver.units import ELECTRON, NATURAL, Units

DIRECTIONS = {"Left to right": 1, "Right to left": -1}

EDGES = ("Absorbing layers", "Walls", "Published mask")
"""What stands at the ends of the box."""

ENVIRONMENTS = ("None", "Dephasing")
"""What surrounds the packet."""

CHOICES: Mapping[str, OneOf] = {
    "shape": OneOf(
        options=tuple(SHAPES),
        default="Rectangular",
        label="Barrier shape",
        doc="How V(x) looks. All single barriers of equal height and width have equal area.",
    ),
    "lines": OneOf(
        options=LINES,
        default=LINES[0],
        label="Lines",
        doc="What goes through the points: straight lines, or a smooth curve without new tops.",
    ),
    "direction": OneOf(
        options=tuple(DIRECTIONS),
        default="Left to right",
        label="Direction",
        doc="Which way the packet moves.",
    ),
    "quality": OneOf(
        options=tuple(QUALITIES),
        default="standard",
        label="Quality",
        doc="Largest error of the transmitted probability: 0.003, 0.001 or 0.0001.",
    ),
    "edges": OneOf(
        options=EDGES,
        default=EDGES[0],
        label="Ends of the box",
        doc="Layers absorb what arrives; walls and the published mask send some of it back.",
    ),
    "environment": OneOf(
        options=ENVIRONMENTS,
        default=ENVIRONMENTS[0],
        label="Environment",
        doc="Random phases from outside; what is shown is the average over many runs.",
    ),
    "case": OneOf(
        options=("none", *CASES),
        default="none",
        label="Published case",
        doc="A run of the published study, in natural units, with all that belongs to it.",
    ),
}
"""The controls that are one of some words; those that are numbers stand in `solver.ranges`."""

TEXTS: Mapping[str, Text] = {
    "points": Text(
        check=lambda text: DrawnBarrier(points=text),
        default="-0.8 0 -0.5 1.6 -0.2 0.3 0.3 1.2 0.6 0",
        examples={
            "two hills": "-0.8 0 -0.5 1.6 -0.2 0.3 0.3 1.2 0.6 0",
            "a saw tooth": "-0.4 0 -0.38 2 0.4 0",
            "a well with a rim": "-0.9 0 -0.6 0.8 -0.4 -1.5 0.4 -1.5 0.6 0.8 0.9 0",
            "a ramp up": "-1 0 1 0.8",
            "a ramp down": "-1 0 1 -2",
        },
        label="Points",
        doc="x (nm) and V (eV) of each, from left to right, -5 to 5 nm: at most 24.",
    ),
    "expression": Text(
        check=lambda text: TypedBarrier(expression=text),
        default="1.5*gauss(x/0.12)",
        examples={
            "a bell": "1.5*gauss(x/0.12)",
            "two walls": "2*box((x+0.6)/0.3) + 2*box((x-0.6)/0.3)",
            "a smooth step": "0.6*(1 + tanh(x/0.3))",
            "a cut-off hill": "step(x+0.5)*2*exp(-(x+0.5)/0.4)",
            "a well that reflects nothing": "-hbar^2/(me*0.25^2)/cosh(x/0.25)^2",
            "five walls": "1.5*box(x/3.5)*step(cos(2*pi*x/0.7) - 0.4)",
        },
        label="V(x) in eV",
        doc="Of x in nm, from -5 to 5: numbers, + - * / ^, abs box cos cosh exp gauss sin sqrt step"
        " tanh, pi, hbar, me.",
    ),
}
"""The controls that are a text: potentials of one's own."""

SIZES = tuple(name for name in RANGES if any(name in kind.sizes() for kind in SHAPES.values()))
"""The numbers that shapes have."""

PACKET = ("energy", "sigma", "mass")
"""The numbers that every packet has."""

WORDED = tuple(
    name for name in (*TEXTS, *CHOICES) if any(name in kind.sizes() for kind in SHAPES.values())
)
"""What shapes have that is no number."""

VARIED = (*SIZES, *PACKET)
"""What a scan can vary, and the command line sets: the numbers of a barrier and a packet."""

FEW, MEMBERS = 16, 64
"""Runs that an average over an environment is taken of: as many as the budget allows."""

RETURN = 2.5
"""With other edges than our layers a run lasts so many times longer: something comes back."""

LAB_BUDGET = 6e8
"""Point-steps that one run may cost: about four seconds of one core."""


def within(span: Range, value: Any) -> float:
    """The value, if the control can have it; else InvalidInput."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InvalidInput(span.name, "be a number", value)
    if not span.low <= value <= span.high:
        rule = Rule("be from {low:g} to {high:g}", low=span.low, high=span.high)
        raise InvalidInput(span.name, rule, value, span.unit)
    return float(value)


@dataclass(frozen=True, kw_only=True)
class Controls:
    """One setting of every control of the lab, and the experiment that it makes.

    `shape` is "Rectangular", "Gaussian", "Eckart", "Triangular", "Falling", "Double", "Step",
    "Drawn", "Typed" or "None", with `height` (eV), `width` (nm), `gap` (nm) and `field` (eV/nm), or
    `points` and `lines`, or an `expression`, as the shape has them.
    The packet has `energy` (eV), `sigma` (nm), a `direction`, "Left to right" or "Right to left",
    and `mass` in electron masses; its center starts at `start` (nm), far enough away if that is
    None. `quality` is an Experiment's; `room` (nm) widens the window;
    `edges` are "Absorbing layers", "Walls" or "Published mask". In the `environment` "Dephasing"
    the coherence has the time `t2` (fs) and the length `noise_length` (nm). A `case` of the
    published study brings its own barrier, packet, units and edges.

    Raises InvalidInput for a name that is not among these or a number out of its range, which
    `solver.ranges.RANGES` holds.

    >>> from solver import Controls
    >>> controls = Controls(shape="Gaussian", height=6.0, width=0.4, energy=5.0)
    >>> round(controls.experiment().exact.transmitted, 3)
    0.224
    >>> round(controls.changed(shape="Rectangular").experiment().exact.transmitted, 3)
    0.04
    """

    shape: str = CHOICES["shape"].default
    height: float = HEIGHT.default
    width: float = WIDTH.default
    gap: float = GAP.default
    field: float = FIELD.default
    points: str = TEXTS["points"].default
    lines: str = CHOICES["lines"].default
    expression: str = TEXTS["expression"].default
    energy: float = ENERGY.default
    sigma: float = SIGMA.default
    start: float | None = None
    direction: str = CHOICES["direction"].default
    quality: str = CHOICES["quality"].default
    mass: float = MASS.default
    room: float = ROOM.default
    edges: str = CHOICES["edges"].default
    environment: str = CHOICES["environment"].default
    t2: float = T2.default
    noise_length: float = NOISE_LENGTH.default
    case: str = CHOICES["case"].default

    def __post_init__(self) -> None:
        for name, choice in CHOICES.items():
            require_choice(name, getattr(self, name), choice.options)
        for name, text in TEXTS.items():
            require_kind(name, getattr(self, name), str)
            text.check(getattr(self, name))
        given = {name: span for name, span in DERIVED.items() if getattr(self, name) is not None}
        for name, span in {**RANGES, **given}.items():
            object.__setattr__(self, name, within(span, getattr(self, name)))

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of all controls."""
        return tuple(field.name for field in fields(cls))

    def changed(self, **values: Any) -> "Controls":
        """The same with other values; InvalidInput for a name that is not a control."""
        for name in values:
            require_choice("a control", name, self.names())
        return replace(self, **values)

    @property
    def own(self) -> tuple[str, ...]:
        """Names of the controls that the shape has."""
        return SHAPES[self.shape].sizes() if self.case == "none" else ()

    @cached_property
    def barrier(self) -> Barrier:
        """The barrier of this shape, around x = 0."""
        if self.case != "none":
            return CASES[self.case].barrier
        return SHAPES[self.shape](**{name: getattr(self, name) for name in self.own})

    @cached_property
    def packet(self) -> GaussianPacket:
        """The packet, whose start the experiment derives if it is not given."""
        if self.case != "none":
            return CASES[self.case].packet
        return GaussianPacket(
            energy=self.energy,
            sigma=self.sigma,
            center=self.start,
            direction=DIRECTIONS[self.direction],
        )

    @cached_property
    def units(self) -> Units:
        """An electron's units, for a particle of this mass; a case has natural ones."""
        return ELECTRON.with_mass(self.mass) if self.case == "none" else NATURAL

    @cached_property
    def wave(self) -> Wave:
        """The packet before the barrier: its slow and fast waves, where it starts."""
        return Wave(barrier=self.barrier, packet=self.packet, units=self.units)

    @property
    def window(self) -> tuple[float, float]:
        """The window that the run needs, with the extra room, nm."""
        left, right = window(self.wave)
        return left - self.room / 2, right + self.room / 2

    def experiment(self, beside: "Controls | None" = None) -> Experiment:
        """The experiment; `beside` another it has the same window, and starts as far away."""
        if self.case != "none":
            return CASES[self.case]
        require_before(DERIVED["start"].label, self.wave)
        left, right = self.window
        packet, wide = self.packet, ((left, right) if self.room else None)
        if beside is not None:
            packet, wide = self.shared_start(beside)
        plain = Experiment(
            barrier=self.barrier,
            packet=packet,
            units=self.units,
            quality=self.quality,
            window=wide,
            budget=LAB_BUDGET,
        )
        return plain if self.edges == EDGES[0] else self.with_edges(plain)

    @property
    def alone(self) -> bool:
        """Whether nothing disturbs the packet; a published case has no environment."""
        return self.environment == ENVIRONMENTS[0] or self.case != "none"

    def source(self, beside: "Controls | None" = None) -> Experiment | Ensemble:
        """What is run: the experiment, or in an environment an ensemble of it."""
        experiment = self.experiment(beside)
        if self.alone:
            return experiment
        noise = Dephasing(t2=self.t2, length=self.noise_length)
        few = Ensemble(experiment=experiment, environment=noise, members=FEW)
        return replace(few, members=min(MEMBERS, max(FEW, int(LAB_BUDGET / few.refined.cost))))

    def shared_start(self, other: "Controls") -> tuple[GaussianPacket, tuple[float, float]]:
        """The packet where the farther one of both starts, and a window that holds both runs."""
        (a, b), (c, d) = self.window, other.window
        left, right = min(a, c), max(b, d)
        if self.direction != other.direction:
            return self.packet, (left, right)
        forward = self.packet.direction > 0
        center = (min if forward else max)(self.wave.start, other.wave.start)
        beyond = BEHIND * max(self.sigma, other.sigma)
        left, right = min(left, center - beyond), max(right, center + beyond)
        return replace(self.packet, center=center), (left, right)

    def with_edges(self, plain: Experiment) -> Experiment:
        """The same with walls, or with the published mask, 1 nm for its unit of length."""
        longer = replace(plain, t_end=RETURN * plain.used_t_end, layer=Walls())
        if self.edges == "Walls":
            return longer
        natural_time = self.units.hbar / (2 * self.units.kinetic)
        mask = PublishedMask(hbar=self.units.hbar, dt=DT * natural_time)
        return replace(longer, layer=mask)
