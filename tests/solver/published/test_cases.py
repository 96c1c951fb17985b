"""The published runs and numbers: every digit that can be had again, and what is right instead."""

import json
import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import scipy.fft

from solver import ELECTRON, GaussianBarrier, InvalidInput, RectangularBarrier
from solver.grid import Array
from solver.propagator import Complex
from solver.published.cases import (
    CASES,
    GAUSSIAN,
    RECTANGULAR,
    PointSampled,
    PublishedMask,
    published_grid,
    published_run,
    snapshot_steps,
    zone_readout,
)
from solver.published.study import Entry, published_study, rounds_to
from solver.sweeps.batch import Integers

GRID = published_grid()
BOTH = pytest.mark.parametrize("case", CASES)

FFT_NOISE = 1e-11
"""12,001 steps with another FFT end this close."""

NOISY = {"angular_entropy": 2e-3}
"""Relative difference that another FFT makes in the angles of round-off, and so in this."""


def entry(section: str, name: str) -> Entry:
    return published_study()[section][name]


@pytest.mark.parametrize(
    ("case", "printed"),
    [
        ("rectangular", ("0.826735", "0.171434", "0.001109")),
        ("gaussian", ("0.786226", "0.209228", "0.001595")),
    ],
)
def test_transmission_reflection_and_absorption_to_six_digits(
    case: str, printed: tuple[str, str, str]
) -> None:
    found = zone_readout(published_run(CASES[case]))
    assert tuple(f"{value:.6f}" for value in found) == printed
    assert tuple(entry(case, name).published for name in "TRA") == printed


@BOTH
def test_every_number_that_can_be_reproduced_is(case: str) -> None:
    for section in (case, "statistics"):
        for e in published_study()[section].values():
            if e.published is None or not e.reproducible:
                continue
            if e.quantity in NOISY:
                close = pytest.approx(float(e.published), rel=NOISY[e.quantity])
                assert e.reproduced == close, e
            else:
                assert e.agrees, e


def test_what_depends_on_round_off_says_so() -> None:
    lost = [e for e in published_study()["statistics"].values() if not e.reproducible]
    assert {e.quantity for e in lost} == {
        "re_median",
        "im_median",
        "circular_mean",
        "circular_variance",
        "resultant",
        "circular_std",
        "resultant_difference",
    }
    assert all(e.note.startswith("not reproducible: ") for e in lost)


def test_nothing_is_without_a_right_value_or_a_reason() -> None:
    for section in published_study().values():
        for e in section.values():
            assert e.right is not None or "no right value: " in e.note, e
            assert math.isfinite(e.reproduced), e


def test_the_study_is_plain_json() -> None:
    section = {name: e.as_dict() for name, e in published_study()["rectangular"].items()}
    again = json.loads(json.dumps(section, allow_nan=False))
    assert again["T"]["published"] == 0.826735
    assert {"published", "reproduced", "right", "agrees", "note"} == set(again["A"])


@pytest.mark.parametrize(
    ("value", "printed", "same"),
    [
        (0.82673536, "0.826735", True),
        (0.8267356, "0.826735", False),
        (7.7814e-171, "7.781e-171", True),
        (4.977267e9, "4.977e9", True),
        (-2e-4, "-0.000", True),
        (0.0, "0e-300", True),
        (1e-20, "0e-300", False),
    ],
)
def test_agreement_is_of_printed_digits(value: float, printed: str, same: bool) -> None:
    assert rounds_to(value, printed) is same


@pytest.mark.parametrize(
    ("case", "name", "right"),
    [
        ("rectangular", "T", "0.8290"),
        ("gaussian", "T", "0.7893"),
        ("rectangular", "sigma_x_a", "0.800"),
        ("gaussian", "sigma_x_a", "0.600"),
        ("rectangular", "total_a", "8.1953"),
        ("gaussian", "total_a", "6.4722"),
        ("rectangular", "mean_k_a", "4.000"),
        ("rectangular", "mean_k_b", "3.763"),
        ("rectangular", "mean_k_c", "3.335"),
        ("rectangular", "mean_k_d", "2.871"),
        ("gaussian", "mean_k_a", "3.500"),
        ("gaussian", "mean_k_b", "3.144"),
        ("gaussian", "mean_k_c", "2.899"),
        ("gaussian", "mean_k_d", "2.486"),
        ("rectangular", "kinetic_d", "8.175"),
        ("gaussian", "kinetic_c", "4.731"),
        ("statistics", "shannon_rectangular", "2.8637"),
        ("statistics", "shannon_gaussian", "3.1056"),
        ("statistics", "shannon_difference", "0.2419"),
        ("statistics", "cliffs_delta", "-0.0045"),
        ("statistics", "angular_entropy_rectangular", "5.168"),
        ("statistics", "area_rectangular", "0.3247"),
    ],
)
def test_right_values(case: str, name: str, right: str) -> None:
    found = entry(case, name).right
    assert found is not None
    assert rounds_to(found, right)


def test_cross_entropy_on_common_bins_is_never_below_entropy() -> None:
    e = entry("statistics", "ce_excess_rg")
    assert e.reproduced is not None
    assert e.right is not None
    assert e.reproduced < 0 < e.right


@BOTH
def test_the_energy_is_kept_until_the_mask_is_reached(case: str) -> None:
    energies = [entry(case, f"total_{letter}").right for letter in "abc"]
    assert energies == pytest.approx([energies[0]] * 3, rel=1e-6)


@BOTH
def test_what_is_in_the_box_and_what_was_taken_add_to_one(case: str) -> None:
    assert published_run(CASES[case]).norm_error < FFT_NOISE


def plain_program(v: Array, psi: Complex, steps: Integers, mask: Array) -> Complex:
    """Half V, kinetic, half V, mask, written out step by step."""
    dt = 5e-4
    half = np.exp(-0.5j * dt * v)
    kinetic = np.exp(-0.5j * dt * GRID.k**2)
    kept = [psi]
    for step in range(1, steps[-1] + 1):
        psi = half * scipy.fft.ifft(kinetic * scipy.fft.fft(half * psi)) * mask
        if step == steps[len(kept)]:
            kept.append(psi)
    return np.array(kept)


def test_the_run_is_that_of_the_published_order_of_steps() -> None:
    """A mask applied in halves would differ where it absorbs by up to 1.5 %."""
    x = np.linspace(-30, 30, 2048)
    psi = np.exp(-np.minimum((x + 8) ** 2 / (4 * 0.8**2), 300.0) + 4j * x)
    psi /= math.sqrt(np.sum(np.abs(psi) ** 2) * GRID.dx)
    v = np.where(np.abs(x) < 0.5, 4.5, 0.0)
    depth = np.maximum(0, np.maximum(102 - np.arange(2048), np.arange(2048) - (2047 - 102)))
    mask = 1 - 0.03 * (1 - np.cos(np.pi * depth / 204) ** 4)
    frames = plain_program(v, psi, snapshot_steps(), mask)
    assert np.abs(frames - published_run(RECTANGULAR).psi).max() < FFT_NOISE


def test_the_digits_depend_on_the_mask_and_on_the_last_step() -> None:
    weaker = published_run(replace(RECTANGULAR, layer=PublishedMask(strength=0.0299)))
    assert f"{zone_readout(weaker)[2]:.6f}" != "0.001109"
    run = published_run(RECTANGULAR)
    shorter = replace(run, psi=run.psi[:-1], absorbed=run.absorbed[:-1])
    assert f"{zone_readout(shorter)[0]:.6f}" != "0.826735"


def test_snapshots_are_the_first_steps_at_or_after_their_times() -> None:
    steps, wanted = snapshot_steps(), np.linspace(0, 6, 200)
    assert (steps[0], steps[-1], steps.size) == (0, 12_001, 200)
    late = steps[1:-1] * 5e-4 - wanted[1:-1]
    assert late.min() > 0
    assert late.max() < 5e-4


def test_the_mask_takes_three_percent_at_the_end_of_the_box_and_none_inside() -> None:
    layer = PublishedMask()
    mask = layer.mask(GRID)
    assert mask[0] == mask[-1] == 0.97
    assert layer.cells(GRID) == (102, 2048 - 102)
    assert np.all(np.diff(mask[:103]) > 0)
    assert layer.rate(GRID).max() == pytest.approx(60.9, abs=0.05)
    assert PublishedMask(dt=1e-3).rate(GRID).max() == pytest.approx(30.5, abs=0.05)


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda: PublishedMask(strength=1.0), "PublishedMask.strength must be below 1"),
        (lambda: PublishedMask(dt=0.0), "PublishedMask.dt must be positive"),
        (lambda: PublishedMask(width=40.0).rate(GRID), "PublishedMask.width must be less than"),
    ],
)
def test_impossible_masks_are_refused(make: Callable[[], object], rule: str) -> None:
    with pytest.raises(InvalidInput, match=rule):
        make()


def test_point_sampling_moves_the_edges_to_the_middle_of_a_cell() -> None:
    barrier = RECTANGULAR.barrier
    v = barrier.potential(GRID)
    assert np.sum(v) * GRID.dx / 4.5 == pytest.approx(0.9966, abs=5e-5)
    np.testing.assert_array_equal(RECTANGULAR.operator.potential, v)


def test_a_sampled_barrier_is_its_shape_to_everything_else() -> None:
    shape = RectangularBarrier(height=2.0, width=1.0, center=3.0)
    sampled = PointSampled(shape=shape)
    assert sampled == PointSampled(shape=shape)
    for name in ("center", "support", "extremes", "jumps", "right_level", "thickness", "top"):
        assert getattr(sampled, name) == getattr(shape, name)
    published = RECTANGULAR.barrier
    assert isinstance(published, PointSampled)
    exact = replace(RECTANGULAR, barrier=published.shape).exact
    assert RECTANGULAR.exact == exact
    assert GAUSSIAN.exact.transmitted == pytest.approx(0.7893, abs=5e-5)


def test_the_coefficients_of_a_sampled_barrier_are_those_of_its_values() -> None:
    barrier = PointSampled(shape=GaussianBarrier(height=1.0, width=2.0))
    q = 2 * np.pi / GRID.length * np.arange(GRID.n // 2)
    spectrum = barrier.coefficients(q, GRID) * np.exp(1j * q * GRID.left)
    values = np.fft.rfft(barrier.potential(GRID))[:-1] * GRID.dx
    np.testing.assert_allclose(spectrum, values, atol=1e-12)


def test_a_published_case_runs_like_any_experiment() -> None:
    short = replace(RECTANGULAR, t_end=0.05)
    run = short.run()
    assert run.norm_error < FFT_NOISE
    assert short == replace(short)
    assert short != replace(short, units=ELECTRON.with_mass(2.0))
