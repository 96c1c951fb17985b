"""What the counts say: how likely each of the barriers is that may be hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lessons.mystery.hidden import ALL, GRID, HEIGHTS, KINDS, WIDTHS, Hidden
from lessons.mystery.passing import curves, order, passing
from lessons.mystery.trials import Trial
from solver.grid import Array
from solver.statistics import entropy

CERTAIN = 1e-9
"""No probability of passing is held to be nearer to 0 or 1: the table is not so exact."""

BITS = float(np.log2(len(ALL)))
"""The entropy of the prior: all that can be gained."""

LEVELS = (0.68, 0.95)
QUANTILES = (0.025, 0.16, 0.5, 0.84, 0.975)
"""Where the bands of 95 and 68 % end, and the median."""


@dataclass(frozen=True, eq=False)
class Posterior:
    """The probability of every barrier of `ALL`, (all,), adding to 1."""

    p: Array

    @property
    def gained(self) -> float:
        """Bits: the entropy of the prior less that of this; below 0 if counts misled."""
        return BITS - entropy(self.p)

    @cached_property
    def grid(self) -> Array:
        """The same by shape, height and width, (shapes, heights, widths)."""
        return self.p.reshape(GRID)

    @property
    def shapes(self) -> dict[str, float]:
        """How likely each shape is."""
        return dict(zip(KINDS, map(float, self.grid.sum(axis=(1, 2))), strict=True))

    @property
    def sizes(self) -> Array:
        """How likely each height and width is, whatever the shape, (heights, widths)."""
        return np.asarray(self.grid.sum(axis=0))

    @property
    def best(self) -> Hidden:
        """The likeliest barrier."""
        return ALL[int(np.argmax(self.p))]

    def of(self, hidden: Hidden) -> float:
        """How likely this one is."""
        return float(self.p[hidden.place])

    def credible(self, level: float) -> NDArray[np.bool_]:
        """The smallest set of barriers, likeliest first, that holds at least `level`, (all,)."""
        order = np.argsort(-self.p, kind="stable")
        before = np.cumsum(self.p[order]) - self.p[order]
        inside = np.zeros(self.p.size, dtype=bool)
        inside[order[before < level]] = True
        return inside

    def interval(self, name: str, level: float = LEVELS[0]) -> tuple[float, float]:
        """The height (eV) or width (nm) between whose quantiles `level` lies in the middle."""
        axis, values = (2, HEIGHTS) if name == "height" else (1, WIDTHS)
        below = np.cumsum(self.grid.sum(axis=(0, axis)))
        ends = ((1 - level) / 2, (1 + level) / 2)
        low, high = (int(np.searchsorted(below, end * below[-1])) for end in ends)
        return values[low], values[min(high, len(values) - 1)]

    def bands(self, sigma: float) -> Array:
        """The `QUANTILES` of the transmitted part at each of `ENERGIES`, (quantiles, energies)."""
        part = curves(sigma)
        rising = order(sigma)
        below = np.cumsum(self.p[rising], axis=1)
        rows, found = np.arange(len(part)), []
        for level in QUANTILES:
            place = np.argmax(below >= level * below[:, -1:], axis=1)
            found.append(part[rows, rising[rows, place]])
        return np.stack(found)


def posterior(trials: Sequence[Trial]) -> Posterior:
    """Bayes' rule from an even prior: the product of the binomial probabilities of all counts."""
    logs = np.zeros(len(ALL))
    for trial in trials:
        design = trial.design
        through = np.clip(passing(design.energy, design.sigma), CERTAIN, 1 - CERTAIN)
        rest = design.shots - trial.passed
        logs += trial.passed * np.log(through) + rest * np.log1p(-through)
    p = np.exp(logs - logs.max())
    return Posterior(p / p.sum())
