"""The mystery barrier: its table is the solver's, its posterior honest, its hint worth taking."""

import numpy as np
import pytest
from scipy.special import entr
from scipy.stats import binom

from lessons.mystery.hidden import ALL, HEIGHTS, KINDS, WIDTHS, Hidden, drawn
from lessons.mystery.hint import candidates, expected_bits, hint
from lessons.mystery.passing import ENERGIES, curves, passing
from lessons.mystery.posterior import BITS, LEVELS, Posterior, posterior
from lessons.mystery.token import opened, sealed
from lessons.mystery.trials import SHOTS, Design, Trial, fired, wilson
from solver.errors import InvalidInput
from solver.packet_average import packet_average

TABLE_ERROR = 1e-3
"""Of a transmitted part; a thousand shots tell 0.016 apart."""

NARROW = Hidden("Double", 5.5, 0.85)
"""Its peaks are far narrower than a stretch of the table."""

ROUNDS = 200


def some(count: int, seed: int = 1) -> list[tuple[Hidden, Design]]:
    random = np.random.default_rng(seed)
    designs = candidates(100)
    return [(drawn(random), designs[int(random.integers(len(designs)))]) for _ in range(count)]


def random_trials(
    hidden: Hidden, random: np.random.Generator, count: int, shots: int
) -> list[Trial]:
    among = candidates(shots)
    chosen = [among[int(random.integers(len(among)))] for _ in range(count)]
    return [fired(hidden, design, random) for design in chosen]


def test_every_barrier_stands_at_its_place() -> None:
    assert len(ALL) == len(KINDS) * len(HEIGHTS) * len(WIDTHS) == 2812
    assert [hidden.place for hidden in ALL] == list(range(len(ALL)))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("Step", 2.0, 0.3), "must be one of Rectangular, Gaussian, Triangular, Double"),
        (("Double", 2.1, 0.3), "from 1 to 10 eV in steps of 0.25, got 2.1 eV"),
        (("Double", 2.0, 1.05), "from 0.1 to 1 nm in steps of 0.05, got 1.05 nm"),
        (("Double", "high", 0.3), "The height must be a finite number"),
    ],
)
def test_what_cannot_be_hidden_is_told(given: tuple[str, float, float], told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        Hidden(*given)


def test_the_table_is_the_solver_s() -> None:
    rows = [*some(150), *((NARROW, design) for design in candidates(100))]
    for hidden, design in rows:
        exact = packet_average(hidden.barrier, design.packet).transmitted
        found = passing(design.energy, design.sigma)[hidden.place]
        assert found == pytest.approx(exact, abs=TABLE_ERROR), (hidden, design)


def test_a_curve_is_the_table_at_its_energies() -> None:
    at = 17
    single = passing(float(ENERGIES[at]), 1.4)
    assert curves(1.4)[at] == pytest.approx(single, abs=1e-6)


def test_no_direction_tells_more_than_the_other() -> None:
    """Reciprocity: T is the same from both sides, also of a shape that is not its own mirror."""
    ramp = Hidden("Triangular", 4.0, 0.6)
    ways = [Design(energy=3.0, sigma=1.0, direction=d) for d in ("Left to right", "Right to left")]
    there, back = (packet_average(ramp.barrier, way.packet).transmitted for way in ways)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0.1 < there < 0.9


def test_a_particle_is_counted_on_the_side_to_which_it_went() -> None:
    open_wide, random = Hidden("Rectangular", 1.0, 0.1), np.random.default_rng(3)
    for direction, side in (("Left to right", "right"), ("Right to left", "left")):
        design = Design(energy=20.0, sigma=3.0, direction=direction, shots=1000)
        trial = fired(open_wide, design, random)
        assert trial.left + trial.right == 1000
        assert getattr(trial, side) == trial.passed > 980


@pytest.mark.parametrize("shots", SHOTS)
def test_an_error_bar_ends_one_deviation_away(shots: int) -> None:
    for count in {0, 1, shots // 3, shots - 1, shots}:
        low, high = wilson(count, shots)
        assert 0 <= low <= count / shots <= high <= 1
        for p in {low, high} - {0.0, 1.0}:
            away = abs(count / shots - p)
            assert away == pytest.approx((p * (1 - p) / shots) ** 0.5)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"energy": 40.0}, "Packet energy must be from 0.5 to 20, got 40 eV"),
        ({"sigma": float("nan")}, "Packet width must be a finite number"),
        ({"direction": "up"}, "must be one of Left to right, Right to left"),
        ({"shots": 10**9}, "must be one of 10, 30, 100, 300, 1000"),
    ],
)
def test_an_experiment_that_cannot_be_is_told(change: dict[str, object], told: str) -> None:
    given: dict[str, object] = {"energy": 2.0, "sigma": 1.0, **change}
    with pytest.raises(InvalidInput, match=told):
        Design(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize("right", [-1, 101, 3.5, True])
def test_a_count_is_of_what_was_sent(right: int) -> None:
    with pytest.raises(InvalidInput, match="whole number from 0 to 100"):
        Trial(Design(energy=2.0, sigma=1.0), right=right)


def test_a_posterior_is_bayes_rule() -> None:
    hidden, design = NARROW, Design(energy=3.0, sigma=0.5, shots=30)
    trials = [fired(hidden, design, np.random.default_rng(seed)) for seed in (1, 2)]
    part = passing(3.0, 0.5)
    likely = np.prod([binom.pmf(trial.passed, 30, part) for trial in trials], axis=0)
    assert posterior(trials).p == pytest.approx(likely / likely.sum())
    assert posterior([]).gained == pytest.approx(0.0)
    assert posterior([]).shapes == pytest.approx(dict.fromkeys(KINDS, 0.25))


def test_who_is_certain_has_gained_all_bits() -> None:
    p = np.zeros(len(ALL))
    p[NARROW.place] = 1.0
    certain = Posterior(p)
    assert certain.gained == pytest.approx(BITS) == pytest.approx(np.log2(2812))
    assert certain.best == NARROW
    assert certain.credible(0.95).sum() == 1
    assert certain.interval("height") == (5.5, 5.5)
    assert certain.interval("width") == (0.85, 0.85)
    assert certain.bands(1.4)[:, 40] == pytest.approx([curves(1.4)[40, NARROW.place]] * 5)


def test_the_posterior_covers_the_truth_as_often_as_it_says() -> None:
    """Truths from the prior, counts from exact theory; three standard errors of 200 rounds."""
    covered, claimed, spread = np.zeros(2), np.zeros(2), np.zeros(2)
    for seed in range(ROUNDS):
        random = np.random.default_rng(seed)
        hidden = drawn(random)
        found = posterior(random_trials(hidden, random, 3, (100, 1000)[seed % 2]))
        for i, level in enumerate(LEVELS):
            inside = found.credible(level)
            mass = float(found.p[inside].sum())
            assert mass >= level - 1e-9
            covered[i] += inside[hidden.place]
            claimed[i] += mass
            spread[i] += mass * (1 - mass)
    assert np.all(np.abs(covered - claimed) < 3 * np.sqrt(spread)), (covered, claimed)


def test_a_hint_s_bits_are_the_mutual_information() -> None:
    """Against the sum over every barrier and every count."""
    before = posterior([Trial(Design(energy=3.0, sigma=0.5, shots=30), right=11)])
    for shots in (10, 100):
        for design in candidates(shots)[::9]:
            part, all_counts = passing(design.energy, design.sigma), np.arange(shots + 1)[:, None]
            p = binom.pmf(all_counts, shots, part)
            exact = (entr(p @ before.p).sum() - entr(p).sum(axis=0) @ before.p) / np.log(2)
            assert expected_bits(before, design) == pytest.approx(exact, abs=1e-3)


def test_the_expected_bits_are_those_gained_in_the_mean() -> None:
    design = Design(energy=5.5, sigma=0.5, shots=100)
    told, random = expected_bits(posterior([]), design), np.random.default_rng(5)
    gained = [posterior([fired(drawn(random), design, random)]).gained for _ in range(ROUNDS)]
    error = np.std(gained) / ROUNDS**0.5
    assert told == pytest.approx(float(np.mean(gained)), abs=3 * error)


def test_the_hint_beats_a_random_choice() -> None:
    by_hint, by_chance = [], []
    for seed in range(40):
        random = np.random.default_rng(seed)
        hidden, trials = drawn(random), list[Trial]()
        for _ in range(3):
            trials.append(fired(hidden, hint(posterior(trials), 100).design, random))
        by_hint.append(posterior(trials).gained)
        by_chance.append(posterior(random_trials(hidden, random, 3, 100)).gained)
    assert np.median(by_hint) > np.median(by_chance) + 2
    assert np.mean(np.array(by_hint) > np.array(by_chance)) > 0.9


def test_a_word_carries_its_barrier_and_shows_nothing_of_it() -> None:
    words = [sealed(hidden) for hidden in ALL[::29] for _ in range(2)]
    assert [opened(word) for word in words] == [h for h in ALL[::29] for _ in range(2)]
    assert len(set(words)) == len(words)
    neighbors = sealed(ALL[0], b"salt"), sealed(ALL[1], b"salt")
    apart = sum(a != b for a, b in zip(*neighbors, strict=True))
    assert apart > 3, neighbors
    assert all(word.isalnum() and len(word) < 24 for word in words)


def test_a_word_with_a_fault_is_told() -> None:
    word = sealed(NARROW)
    turned = ["b" if letter == "a" else "a" for letter in word]
    wrong = [word[:i] + turned[i] + word[i + 1 :] for i in range(1, len(word))]
    for text in [*wrong, "", word[:-1], word + "a", "2" + word[1:], "é" * 9, "1", "=" * 20]:
        with pytest.raises(InvalidInput, match="The mystery must be the word of a link"):
            opened(text)
