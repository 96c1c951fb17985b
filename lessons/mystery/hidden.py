"""What may be hidden: every barrier of a few shapes on a grid of heights and widths."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from locales.language import mark
from solver.barriers import SHAPES
from solver.errors import InvalidInput, Rule, require_choice, require_finite
from solver.potential import Barrier

KINDS = ("Rectangular", "Gaussian", "Triangular", "Double")
"""The shapes among which one is hidden, by the names of `solver.barriers.SHAPES`."""

HEIGHTS = tuple(float(v) for v in np.linspace(1.0, 10.0, 37))
WIDTHS = tuple(round(float(v), 2) for v in np.linspace(0.1, 1.0, 19))
"""Heights, eV, and widths, nm, of each wall if double, that it may have."""

SIZES = (
    ("height", mark("The height"), "eV", HEIGHTS),
    ("width", mark("The width"), "nm", WIDTHS),
)
"""The numbers of a barrier: what a message calls them, units, values."""

GAP = 0.5
"""nm between the walls of a double barrier."""


@dataclass(frozen=True)
class Hidden:
    """One of the barriers that may be hidden: `shape`, `height` (eV), `width` (nm).

    Raises InvalidInput for one that is not among them.

    >>> from lessons.mystery.hidden import Hidden
    >>> Hidden("Double", 2.5, 0.3).barrier
    DoubleBarrier(center=0.0, height=2.5, width=0.3, gap=0.5)
    """

    shape: str
    height: float
    width: float

    def __post_init__(self) -> None:
        require_choice(mark("The shape"), self.shape, KINDS)
        for name, thing, unit, steps in SIZES:
            require_finite(thing, getattr(self, name), unit)
            object.__setattr__(self, name, float(getattr(self, name)))
            if getattr(self, name) not in steps:
                low, high, step = steps[0], steps[-1], steps[1] - steps[0]
                rule = Rule(
                    "be from {low:g} to {high:g} {unit} in steps of {step:g}",
                    low=low,
                    high=high,
                    unit=unit,
                    step=step,
                )
                raise InvalidInput(thing, rule, getattr(self, name), unit)

    @cached_property
    def barrier(self) -> Barrier:
        """The barrier itself, around x = 0."""
        sizes = {"height": self.height, "width": self.width}
        gap = {"gap": GAP} if self.shape == "Double" else {}
        return SHAPES[self.shape](**sizes, **gap)

    @property
    def place(self) -> int:
        """Which of `ALL` it is."""
        shape, height = KINDS.index(self.shape), HEIGHTS.index(self.height)
        return (shape * len(HEIGHTS) + height) * len(WIDTHS) + WIDTHS.index(self.width)


ALL = tuple(
    Hidden(shape, height, width) for shape in KINDS for height in HEIGHTS for width in WIDTHS
)
"""All of them, as an array (shape, height, width) has them row by row."""

GRID = (len(KINDS), len(HEIGHTS), len(WIDTHS))


def drawn(random: np.random.Generator) -> Hidden:
    """One of them, each as likely as any other."""
    return ALL[int(random.integers(len(ALL)))]
