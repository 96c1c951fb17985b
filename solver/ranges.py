"""The controls' numbers, each once: its name, unit and words, and the range that it can have.

Over these ranges the promised errors hold: they are the lab's sliders, and the tests' draws.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

PARTICLES = {
    "electron": 1.0,
    "electron in GaAs": 0.067,
    "muon": 206.768283,
    "proton": 1836.152673,
}
"""Particles by name and their masses in electron masses (CODATA 2018; GaAs: band edge)."""


def in_a_sentence(label: str) -> str:
    return label[0].lower() + label[1:]


@dataclass(frozen=True, kw_only=True)
class OneOf:
    """A control that is one of some words: `options`, the one it starts from, its words."""

    options: tuple[str, ...]
    default: str
    label: str
    doc: str

    @property
    def told(self) -> str:
        """What it is called in a sentence."""
        return in_a_sentence(self.label)


@dataclass(frozen=True, kw_only=True)
class Text:
    """A control that is a text, which `check` reads, or raises InvalidInput; `examples` by name."""

    check: Callable[[str], object]
    default: str
    examples: Mapping[str, str]
    label: str
    doc: str

    @property
    def told(self) -> str:
        """What it is called in a sentence."""
        return in_a_sentence(self.label)


@dataclass(frozen=True, kw_only=True)
class Range:
    """A control that is a number: from `low` to `high` in its `unit`, beginning at `default`.

    On a slider it is spread evenly (`linear`), or evenly in its logarithm (`log`), where what is
    of use spans decades; `step` is the least that an arrow key changes. `label` heads it, `doc`
    says what it is, and `short` is what a sentence calls it if not by its label.
    """

    name: str
    low: float
    high: float
    default: float
    step: float
    unit: str
    label: str
    doc: str
    scale: Literal["linear", "log"] = "linear"
    short: str = ""

    @property
    def told(self) -> str:
        """What it is called in a sentence."""
        return self.short or in_a_sentence(self.label)


HEIGHT = Range(
    name="height",
    low=-10.0,
    high=20.0,
    default=1.5,
    step=0.1,
    unit="eV",
    label="Barrier height",
    doc="Peak of V; a negative height is a well.",
)
WIDTH = Range(
    name="width",
    low=0.05,
    high=3.0,
    default=0.3,
    step=0.01,
    unit="nm",
    label="Barrier width",
    doc="Area under V over the height; of each wall if double, of the slope if falling.",
    scale="log",
)
GAP = Range(
    name="gap",
    low=0.1,
    high=3.0,
    default=1.0,
    step=0.05,
    unit="nm",
    label="Gap",
    doc="Distance between the two walls of a double barrier.",
    scale="log",
)
FIELD = Range(
    name="field",
    low=0.0,
    high=20.0,
    default=2.0,
    step=0.1,
    unit="eV/nm",
    label="Field",
    doc="How fast a tilted barrier falls towards its far side.",
)
ENERGY = Range(
    name="energy",
    low=0.5,
    high=20.0,
    default=1.0,
    step=0.1,
    unit="eV",
    label="Packet energy",
    doc="E0 = (hbar k0)^2/2m of the packet's mean wavenumber k0.",
    scale="log",
)
SIGMA = Range(
    name="sigma",
    low=0.5,
    high=3.0,
    default=1.4,
    step=0.1,
    unit="nm",
    label="Packet width",
    doc="Standard deviation of |psi|^2 at the start.",
)
START = Range(
    name="start",
    low=-60.0,
    high=60.0,
    default=-8.0,
    step=0.1,
    unit="nm",
    label="Packet start",
    doc="Where the packet's center is at t = 0; empty: far enough from the barrier.",
)
MASS = Range(
    name="mass",
    low=0.05,
    high=2000.0,
    default=1.0,
    step=0.01,
    unit="electron masses",
    label="Particle mass",
    doc="; ".join(f"{name}: {mass:.6g}" for name, mass in PARTICLES.items()) + ".",
    scale="log",
    short="mass",
)
ROOM = Range(
    name="room",
    low=0.0,
    high=40.0,
    default=0.0,
    step=1.0,
    unit="nm",
    label="Extra box length",
    doc="Room added to the box, half at either end.",
    short="room",
)
T2 = Range(
    name="t2",
    low=2.0,
    high=500.0,
    default=20.0,
    step=1.0,
    unit="fs",
    label="Coherence time T2",
    doc="In this time coherence falls to 37 %.",
    scale="log",
    short="T2",
)
NOISE_LENGTH = Range(
    name="noise_length",
    low=0.3,
    high=10.0,
    default=1.0,
    step=0.1,
    unit="nm",
    label="Noise length",
    doc="Places nearer than this feel the same phases.",
    scale="log",
)

RANGES: Mapping[str, Range] = {
    span.name: span
    for span in (HEIGHT, WIDTH, GAP, FIELD, ENERGY, SIGMA, MASS, ROOM, T2, NOISE_LENGTH)
}
"""All of them by name, a barrier's first."""

DERIVED: Mapping[str, Range] = {START.name: START}
"""Numbers that follow from the others unless they are given: what is not given is None."""
