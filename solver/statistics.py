"""Comparing two sets of numbers: common bins, entropies, effect sizes, tests and what they mean.

Entropies and divergences are in bits and are taken between histograms that share their edges. An
effect size says how different two sets are. A p-value says how surely they differ if every number
is an independent draw, which the points of a computed field are not.
"""

import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.stats
from numpy.typing import NDArray

from solver.errors import InvalidInput, Rule
from solver.grid import Array

FEWEST, MOST = 5, 500
"""Limits of the number of bins that any rule proposes."""

SIGNIFICANT = 0.05

GRID_WARNING = (
    "The p-values treat {n} and {m} grid points as independent draws. They are not: a finer grid"
    " makes any p-value smaller. Compare the effect sizes instead."
)


def bin_rules(values: Array) -> dict[str, int]:
    """Number of equal bins over the range of `values` (n,) that each common rule asks for."""
    n, third = values.size, values.size ** (-1 / 3)
    spread = float(np.ptp(values))
    quartiles = float(np.subtract(*np.percentile(values, [75, 25])))
    skew_error = math.sqrt(6 * (n - 2) / ((n + 1) * (n + 3)))
    skew = abs(float(scipy.stats.skew(values)))
    wanted = {
        "sturges": math.log2(n) + 1,
        "scott": spread / (3.5 * float(values.std()) * third),
        "freedman_diaconis": spread / (2 * quartiles * third) if quartiles > 0 else 1.0,
        "rice": 2 / third,
        "square_root": math.sqrt(n),
        "doane": 1 + math.log2(n) + math.log2(1 + skew / skew_error),
    }
    return {rule: min(max(math.ceil(bins), FEWEST), MOST) for rule, bins in wanted.items()}


def consensus_bins(values: Array) -> int:
    """The median of what the rules ask for."""
    return int(np.median(list(bin_rules(values).values())))


def common_edges(a: Array, b: Array, bins: int) -> Array:
    """Edges (bins + 1,) of equal bins over the joint range."""
    return np.linspace(min(a.min(), b.min()), max(a.max(), b.max()), bins + 1)


def fractions(values: Array, edges: Array) -> Array:
    """Part of the values in each bin, (m,)."""
    return np.histogram(values, edges)[0] / values.size


def entropy(p: Array) -> float:
    """H = -sum p log2 p, bits; p of any shape, adding to 1."""
    full = p[p > 0]
    return float(-np.sum(full * np.log2(full)))


def cross_entropy(p: Array, q: Array, floor: float = 0.0) -> float:
    """-sum p log2 q, bits, never below H(p); infinite if q, raised to `floor`, misses any of p."""
    full = p > 0
    q = np.maximum(q[full], floor)
    return math.inf if q.min() == 0 else float(-np.sum(p[full] * np.log2(q)))


def divergence(p: Array, q: Array, floor: float = 0.0) -> float:
    """Kullback-Leibler divergence sum p log2(p/q), bits, zero only for p = q."""
    return cross_entropy(p, q, floor) - entropy(p)


def jensen_shannon(p: Array, q: Array) -> float:
    """Mean divergence of p and q from their mean, bits, between 0 and 1."""
    mean = (p + q) / 2
    return (divergence(p, mean) + divergence(q, mean)) / 2


def plane_fractions(x: Array, y: Array, bins: int) -> Array:
    """Part of the points (x, y) in each cell of a bins x bins histogram over their ranges."""
    return np.histogram2d(x, y, bins=bins)[0] / x.size


def mutual_information(p: Array) -> float:
    """H(x) + H(y) - H(x, y) of joint fractions p (m, m), bits."""
    return entropy(p.sum(axis=1)) + entropy(p.sum(axis=0)) - entropy(p)


def cliffs_delta(a: Array, b: Array) -> float:
    """Probability that a draw from a is the larger, minus that it is the smaller; -1 to 1."""
    order = np.sort(b)
    below = np.searchsorted(order, a, "left").sum(dtype=float)
    not_above = np.searchsorted(order, a, "right").sum(dtype=float)
    return float((below + not_above) / (a.size * b.size) - 1)


def size_of(delta: float) -> str:
    """The customary word for a Cliff's delta (bounds 0.147, 0.33, 0.474)."""
    words = ("negligible", "small", "medium", "large")
    return words[int(np.searchsorted((0.147, 0.33, 0.474), abs(delta), "right"))]


def anderson_darling(a: Array, b: Array) -> Any:
    """Two-sample Anderson-Darling test; its p is never given below 0.001."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return scipy.stats.anderson_ksamp([a, b])


TESTS: dict[str, tuple[str, Callable[[Array, Array], Any]]] = {
    "kolmogorov_smirnov": ("same distribution", scipy.stats.ks_2samp),
    "mann_whitney": ("same order", scipy.stats.mannwhitneyu),
    "kruskal_wallis": ("same order", scipy.stats.kruskal),
    "mood": ("same spread", scipy.stats.mood),
    "anderson_darling": ("same distribution", anderson_darling),
    "epps_singleton": ("same distribution", scipy.stats.epps_singleton_2samp),
    "ansari_bradley": ("same spread", scipy.stats.ansari),
}
"""The hypothesis that each two-sided test can reject, and the test."""


@dataclass(frozen=True)
class SampleTest:
    """A test's statistic and the probability p of one as large if `hypothesis` holds."""

    name: str
    hypothesis: str
    statistic: float
    p: float

    @property
    def significant(self) -> bool:
        return self.p < SIGNIFICANT


def sample_tests(a: Array, b: Array) -> dict[str, SampleTest]:
    """Every test of two independent samples; three questions in all, so they agree in groups."""
    found = {}
    for name, (hypothesis, test) in TESTS.items():
        result = test(a, b)
        found[name] = SampleTest(name, hypothesis, float(result.statistic), float(result.pvalue))
    return found


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two sets of values in `unit`; divergences (bits) are taken on `bins` common bins.

    `independent` says that the values are independent draws; otherwise `warning` says what the
    p-values are worth.
    """

    a: NDArray[np.float64]
    b: NDArray[np.float64]
    unit: str
    bins: int
    independent: bool = False

    def __post_init__(self) -> None:
        for values in (self.a, self.b):
            if values.size < 2 or not np.isfinite(values).all() or np.ptp(values) == 0:
                rule = Rule("have at least two different values, all finite")
                raise InvalidInput("Comparison", rule, f"{values.size} values")

    @cached_property
    def histograms(self) -> tuple[Array, Array]:
        edges = common_edges(self.a, self.b, self.bins)
        return fractions(self.a, edges), fractions(self.b, edges)

    @property
    def entropies(self) -> tuple[float, float]:
        return entropy(self.histograms[0]), entropy(self.histograms[1])

    @property
    def jensen_shannon(self) -> float:
        return jensen_shannon(*self.histograms)

    @cached_property
    def cliffs_delta(self) -> float:
        return cliffs_delta(self.a, self.b)

    @cached_property
    def tests(self) -> dict[str, SampleTest]:
        return sample_tests(self.a, self.b)

    @property
    def warning(self) -> str:
        return "" if self.independent else GRID_WARNING.format(n=self.a.size, m=self.b.size)
