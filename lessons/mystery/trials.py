"""Experiments that count: what a person chooses, what came out on either side, and its error."""

import math
from dataclasses import dataclass, field

import numpy as np

from lessons.mystery.hidden import Hidden
from locales.language import mark
from solver.controls import DIRECTIONS
from solver.errors import InvalidInput, Rule, require_choice, require_finite
from solver.packet import GaussianPacket
from solver.packet_average import packet_average
from solver.ranges import ENERGY, SIGMA

SHOTS = (10, 30, 100, 300, 1000)
"""How many particles an experiment may send, one by one."""

MOST = 200
"""Trials that a notebook holds."""


@dataclass(frozen=True, kw_only=True)
class Design:
    """An experiment: `shots` packets of `energy` (eV) and `sigma` (nm), sent in `direction`.

    Raises InvalidInput for numbers out of the ranges of the lab.
    """

    energy: float
    sigma: float
    direction: str = "Left to right"
    shots: int = 100

    def __post_init__(self) -> None:
        for name, span in (("energy", ENERGY), ("sigma", SIGMA)):
            value = getattr(self, name)
            require_finite(span.label, value, span.unit)
            if not span.low <= value <= span.high:
                rule = Rule("be from {low:g} to {high:g}", low=span.low, high=span.high)
                raise InvalidInput(span.label, rule, value, span.unit)
            object.__setattr__(self, name, float(value))
        require_choice(mark("The direction"), self.direction, tuple(DIRECTIONS))
        require_choice(mark("The number of shots"), self.shots, SHOTS)
        object.__setattr__(self, "shots", int(self.shots))

    @property
    def packet(self) -> GaussianPacket:
        """The packet that is sent."""
        return GaussianPacket(
            energy=self.energy, sigma=self.sigma, direction=DIRECTIONS[self.direction]
        )


@dataclass(frozen=True)
class Trial:
    """An experiment that was made, and how many of its particles came out on the right.

    >>> from lessons.mystery.trials import Design, Trial
    >>> trial = Trial(Design(energy=2.0, sigma=1.4, direction="Right to left"), right=64)
    >>> trial.left, trial.passed, trial.part
    (36, 36, 0.36)
    """

    design: Design
    right: int
    passed: int = field(init=False)

    def __post_init__(self) -> None:
        shots = self.design.shots
        whole = isinstance(self.right, int) and not isinstance(self.right, bool)
        if not whole or not 0 <= self.right <= shots:
            rule = Rule("be a whole number from 0 to {shots}", shots=shots)
            raise InvalidInput("The count on the right", rule, self.right)
        forward = DIRECTIONS[self.design.direction] > 0
        object.__setattr__(self, "passed", self.right if forward else shots - self.right)

    @property
    def left(self) -> int:
        """How many came out on the left: each particle does on one side."""
        return self.design.shots - self.right

    @property
    def part(self) -> float:
        """The part that was transmitted."""
        return self.passed / self.design.shots

    @property
    def interval(self) -> tuple[float, float]:
        """Where the transmitted probability lies, one standard error to either side (Wilson)."""
        return wilson(self.passed, self.design.shots)


def wilson(count: int, shots: int) -> tuple[float, float]:
    """The probabilities p of which `count` of `shots` is one standard deviation away.

    They solve (count/shots - p)^2 = p (1 - p)/shots (Wilson 1927): unlike count +- its root, they
    stay between 0 and 1, and a count of nothing has an error, too.

    >>> from lessons.mystery.trials import wilson
    >>> [round(p, 4) for p in wilson(36, 100)], [round(p, 4) for p in wilson(0, 10)]
    ([0.3136, 0.4092], [0.0, 0.0909])
    """
    p, n = count / shots, shots
    middle, half = p + 1 / (2 * n), math.sqrt(p * (1 - p) / n + 1 / (4 * n**2))
    low, high = ((middle + sign * half) / (1 + 1 / n) for sign in (-1, 1))
    return max(0.0, min(low, p)), min(1.0, max(high, p))


def fired(hidden: Hidden, design: Design, random: np.random.Generator) -> Trial:
    """The experiment made: each particle comes out once, with the exact probabilities."""
    through = packet_average(hidden.barrier, design.packet).transmitted
    passed = int(random.binomial(design.shots, through))
    forward = design.packet.direction > 0
    return Trial(design, passed if forward else design.shots - passed)
