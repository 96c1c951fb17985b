"""The paper's comparison of density values, step by step: sample, bins, entropies, tests.

All |psi|^2 of all snapshots above a threshold are thinned to 100,000 by strata of equal count,
both cases from one stream of random numbers. Later draws for two plots move the stream on before
Cliff's delta is taken from 10,000 of each.
"""

import math

import numpy as np
import scipy.stats

from solver import statistics
from solver.grid import Array
from solver.published.frames import Single, stored_density
from solver.statistics import SampleTest, consensus_bins, entropy, fractions
from solver.trajectory import Trajectory

THRESHOLD = 1e-10
SEED = 42
SAMPLE, STRATA = 100_000, 20
PLOTTED, PLOT_STRATA = (50_000, 20_000), 10
PAIRS = 10_000
FLOOR = 1e-12
"""Empty bins count as this much where a divergence would be infinite."""


class DensitySamples:
    """All values, the thinned samples and the draws for Cliff's delta; rectangle first."""

    def __init__(self, runs: tuple[Trajectory, Trajectory]) -> None:
        random = np.random.RandomState(SEED)
        self.all = [above_threshold(run) for run in runs]
        self.thinned = [stratified(values, SAMPLE, STRATA, random) for values in self.all]
        for size in PLOTTED:
            for values in self.thinned:
                stratified(values, size, PLOT_STRATA, random)
        self.pairs = [random.choice(values, PAIRS, replace=False) for values in self.thinned]


def above_threshold(run: Trajectory) -> Single:
    values = stored_density(run).ravel()
    return values[values > THRESHOLD]


def stratified(values: Single, size: int, strata: int, random: np.random.RandomState) -> Single:
    """`size` values without replacement, equally many from each of the strata of equal count."""
    order, n = np.sort(values), values.size
    parts = [order[i * n // strata : (i + 1) * n // strata] for i in range(strata)]
    return np.concatenate([random.choice(part, size // strata, replace=False) for part in parts])


def description(values: Single) -> dict[str, float]:
    """Moments and quantiles of the values (n,), sums in their own precision."""
    low, high = np.percentile(values, [25, 75])
    found = {
        "mean": values.mean(),
        "std": values.std(),
        "median": np.median(values),
        "min": values.min(),
        "max": values.max(),
        "q1": low,
        "q3": high,
        "iqr": high - low,
        "skew": scipy.stats.skew(values),
        "kurtosis": scipy.stats.kurtosis(values),
    }
    return {name: float(value) for name, value in found.items()}


def own_bins(values: Single) -> dict[str, float]:
    """The bin rules, their median, and the entropy of a histogram over the values' own range."""
    bins = consensus_bins(values)
    h = entropy(fractions(values, statistics.common_edges(values, values, bins)))
    return {
        **{f"bins_{rule}": float(count) for rule, count in statistics.bin_rules(values).items()},
        "bins": float(bins),
        "shannon": h,
        "shannon_max": math.log2(bins),
        "shannon_normalized": h / math.log2(bins),
    }


def common_fractions(a: Single, b: Single) -> tuple[Array, Array]:
    """Histograms over the joint range with the mean of both numbers of bins."""
    bins = (consensus_bins(a) + consensus_bins(b)) // 2
    edges = statistics.common_edges(a, b, bins)
    return fractions(a, edges), fractions(b, edges)


def divergences(p: Array, q: Array) -> dict[str, float]:
    """Divergences and cross-entropies of histograms p and q, empty bins floored."""
    forth, back = statistics.divergence(p, q, FLOOR), statistics.divergence(q, p, FLOOR)
    js = statistics.jensen_shannon(p, q)
    return {
        "bins_common": float(p.size),
        "kl_rg": forth,
        "kl_gr": back,
        "kl_asymmetry": abs(forth - back),
        "js": js,
        "js_distance": math.sqrt(js),
        "ce_rg": statistics.cross_entropy(p, q, FLOOR),
        "ce_gr": statistics.cross_entropy(q, p, FLOOR),
    }


def numbers_of(tests: dict[str, SampleTest]) -> dict[str, float]:
    """Statistic and p of each test by name, and how many of them are significant."""
    numbers = {name: test.statistic for name, test in tests.items()}
    numbers |= {f"{name}_p": test.p for name, test in tests.items()}
    return numbers | {"significant": float(sum(test.significant for test in tests.values()))}


def densities_by_recipe(samples: DensitySamples) -> dict[str, float]:
    """Every number of the comparison, those of one case with its name at the end."""
    rect, gauss = samples.thinned
    numbers: dict[str, float] = {}
    each = [{**description(v), **own_bins(v)} for v in samples.thinned]
    for case, found, values in zip(("rectangular", "gaussian"), each, samples.all, strict=True):
        found["points"] = float(values.size)
        numbers |= {f"{name}_{case}": value for name, value in found.items()}
    numbers |= divergences(*common_fractions(rect, gauss))
    numbers |= numbers_of(statistics.sample_tests(rect.astype(float), gauss.astype(float)))
    return numbers | {
        "mean_difference": float(gauss.mean() - rect.mean()),
        "median_difference": float(np.median(gauss) - np.median(rect)),
        "shannon_difference": each[1]["shannon"] - each[0]["shannon"],
        "ce_excess_rg": numbers["ce_rg"] - each[0]["shannon"],
        "ce_excess_gr": numbers["ce_gr"] - each[1]["shannon"],
        "cliffs_delta": statistics.cliffs_delta(*samples.pairs),
    }


def densities_by_definition(samples: DensitySamples) -> dict[str, float]:
    """What can be said without a choice of sample, or of different bins for what is compared."""
    rect, gauss = (values.astype(float) for values in samples.thinned)
    numbers = {
        f"{name}_{case}": value
        for case, values in zip(("rectangular", "gaussian"), samples.all, strict=True)
        for name, value in description(values.astype(float)).items()
        if name not in ("min", "max")
    }
    return {
        **numbers,
        **on_common_bins(*common_fractions(*samples.thinned)),
        "mean_difference": numbers["mean_gaussian"] - numbers["mean_rectangular"],
        "median_difference": numbers["median_gaussian"] - numbers["median_rectangular"],
        "cliffs_delta": statistics.cliffs_delta(rect, gauss),
    }


def on_common_bins(p: Array, q: Array) -> dict[str, float]:
    """Entropies and divergences of two histograms with the same edges, nothing floored."""
    numbers: dict[str, float] = {}
    for case, histogram in (("rectangular", p), ("gaussian", q)):
        h, most = entropy(histogram), math.log2(histogram.size)
        numbers |= {f"shannon_{case}": h, f"shannon_max_{case}": most}
        numbers[f"shannon_normalized_{case}"] = h / most
    forth, back = statistics.divergence(p, q), statistics.divergence(q, p)
    js = statistics.jensen_shannon(p, q)
    return numbers | {
        "shannon_difference": entropy(q) - entropy(p),
        "kl_rg": forth,
        "kl_gr": back,
        "js": js,
        "js_distance": math.sqrt(js),
        "ce_rg": statistics.cross_entropy(p, q),
        "ce_gr": statistics.cross_entropy(q, p),
        "ce_excess_rg": forth,
        "ce_excess_gr": back,
    }
