"""Entropies, effect sizes and tests against closed forms, laws and scipy."""

import math
from typing import Any

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from solver import InvalidInput
from solver.grid import Array
from solver.statistics import (
    TESTS,
    Comparison,
    bin_rules,
    cliffs_delta,
    common_edges,
    consensus_bins,
    cross_entropy,
    divergence,
    entropy,
    fractions,
    jensen_shannon,
    mutual_information,
    plane_fractions,
    sample_tests,
    size_of,
)

Values = NDArray[np.float64]
ROUND_OFF = 1e-12
DRAWS = np.random.default_rng(1)
NORMAL, SHIFTED, SAME = (DRAWS.normal(mean, 1, 2000) for mean in (0.0, 0.5, 0.0))

weights = arrays(float, 8, elements=st.floats(1e-6, 1.0)).map(lambda w: w / w.sum())
few = arrays(float, st.integers(1, 9), elements=st.integers(0, 4).map(float))


@pytest.mark.parametrize("n", [1, 2, 36, 1024])
def test_the_entropy_of_equal_parts_is_the_logarithm_of_their_number(n: int) -> None:
    assert entropy(np.full(n, 1 / n)) == pytest.approx(math.log2(n), abs=ROUND_OFF)


def test_empty_bins_do_not_count() -> None:
    assert entropy(np.array([0.5, 0.0, 0.5])) == 1.0


@given(p=weights, q=weights)
def test_cross_entropy_is_never_below_entropy(p: Array, q: Array) -> None:
    assert cross_entropy(p, q) >= entropy(p) - ROUND_OFF
    assert divergence(p, p) == pytest.approx(0, abs=ROUND_OFF)


@given(p=weights, q=weights)
def test_jensen_shannon_is_symmetric_and_at_most_one_bit(p: Array, q: Array) -> None:
    assert jensen_shannon(p, q) == pytest.approx(jensen_shannon(q, p), abs=ROUND_OFF)
    assert -ROUND_OFF <= jensen_shannon(p, q) <= 1


def test_separate_histograms_are_one_bit_and_infinitely_apart() -> None:
    p, q = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    assert jensen_shannon(p, q) == 1.0
    assert divergence(p, q) == math.inf
    assert divergence(p, q, floor=2**-20) == 20.0


def test_divergence_of_two_coins() -> None:
    p, q = np.array([0.5, 0.5]), np.array([0.25, 0.75])
    assert divergence(p, q) == pytest.approx(0.5 * math.log2(2) + 0.5 * math.log2(2 / 3))


def test_common_edges_hold_every_value_of_both() -> None:
    edges = common_edges(NORMAL, SHIFTED, 30)
    assert edges.size == 31
    for values in (NORMAL, SHIFTED):
        assert fractions(values, edges).sum() == pytest.approx(1, abs=ROUND_OFF)


def test_bin_rules_at_a_known_size() -> None:
    values = np.linspace(0, 1, 1000)
    rules = bin_rules(values)
    assert rules["sturges"] == 11
    assert rules["rice"] == 20
    assert rules["square_root"] == 32
    assert rules["freedman_diaconis"] == 10
    assert consensus_bins(values) == int(np.median(list(rules.values())))


def test_bins_of_values_that_are_mostly_equal() -> None:
    values = np.zeros(1000)
    values[0] = 1.0
    assert bin_rules(values)["freedman_diaconis"] == 5


def test_mutual_information_is_zero_or_all() -> None:
    p = np.array([0.25, 0.75])
    assert mutual_information(np.outer(p, p)) == pytest.approx(0, abs=ROUND_OFF)
    assert mutual_information(np.diag(p)) == pytest.approx(entropy(p), abs=ROUND_OFF)
    assert plane_fractions(NORMAL, SAME, 12).sum() == pytest.approx(1, abs=ROUND_OFF)


@given(a=few, b=few)
def test_cliffs_delta_counts_pairs(a: Array, b: Array) -> None:
    pairs = np.sign(a[:, None] - b[None, :])
    assert cliffs_delta(a, b) == pytest.approx(pairs.mean(), abs=ROUND_OFF)
    assert cliffs_delta(b, a) == pytest.approx(-cliffs_delta(a, b), abs=ROUND_OFF)


def test_cliffs_delta_is_mann_whitney_on_another_scale() -> None:
    u = scipy.stats.mannwhitneyu(NORMAL, SHIFTED).statistic
    expected = 2 * u / (NORMAL.size * SHIFTED.size) - 1
    assert cliffs_delta(NORMAL, SHIFTED) == pytest.approx(expected, abs=ROUND_OFF)


@pytest.mark.parametrize(
    ("delta", "word"),
    [(0.0, "negligible"), (-0.2, "small"), (0.4, "medium"), (-1.0, "large"), (0.147, "small")],
)
def test_sizes_have_words(delta: float, word: str) -> None:
    assert size_of(delta) == word


def test_a_shift_is_seen_by_every_test_of_place_and_by_none_of_spread() -> None:
    for name, test in sample_tests(NORMAL, SHIFTED).items():
        assert test.hypothesis == TESTS[name][0]
        assert test.significant == (test.hypothesis != "same spread")


def test_one_distribution_is_not_told_from_itself() -> None:
    assert not any(test.significant for test in sample_tests(NORMAL, SAME).values())


def test_kruskal_wallis_of_two_is_mann_whitney() -> None:
    tests = sample_tests(NORMAL, SHIFTED)
    assert tests["kruskal_wallis"].p == pytest.approx(tests["mann_whitney"].p, rel=0.01)


def comparison(a: Values, b: Values, **kwargs: Any) -> Comparison:
    return Comparison(a, b, unit="1/nm", bins=40, **kwargs)


def test_finer_sampling_of_the_same_curves_makes_p_smaller_but_not_the_effect() -> None:
    coarse, fine = (
        comparison(np.sin(x) ** 2, np.sin(x) ** 2 + 0.05)
        for x in (np.linspace(0, 30, n) for n in (100, 5000))
    )
    assert fine.tests["mann_whitney"].p < coarse.tests["mann_whitney"].p / 10
    assert fine.cliffs_delta == pytest.approx(coarse.cliffs_delta, abs=0.03)
    assert "100 and 100 grid points" in coarse.warning


def test_a_comparison_shares_bins_and_states_its_unit() -> None:
    both = comparison(NORMAL, SHIFTED, independent=True)
    p, q = both.histograms
    assert p.size == q.size == 40
    assert both.entropies == (entropy(p), entropy(q))
    assert 0 < both.jensen_shannon < 1
    assert both.unit == "1/nm"
    assert both.warning == ""


@pytest.mark.parametrize("values", [np.ones(5), np.array([1.0]), np.array([0.0, math.nan])])
def test_what_cannot_be_compared_is_refused(values: Values) -> None:
    with pytest.raises(InvalidInput, match="two different values"):
        comparison(NORMAL, values)
