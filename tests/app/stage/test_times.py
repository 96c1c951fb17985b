"""The block of the card of tunneling time: arrivals, times against the width, and their absence."""

import math
from typing import Any

import numpy as np
import pytest

from app.stage.cards.times import times
from app.stage.solved import Asked, solve
from app.stage.wire import unbundle
from solver.controls import Controls
from solver.grid import Array

WALL = Controls(height=3.0, width=0.6, energy=1.0, sigma=2.0, quality="draft")


def packed(**values: Any) -> tuple[dict[str, Any], dict[str, Array]]:
    controls = WALL.changed(**values)
    meta, arrays = unbundle(times({"run": controls}, [solve(Asked(controls.source()))]))
    return meta, {name: array.astype(float) for name, array in arrays.items()}


def test_both_curves_hold_one_arrival_and_have_their_peaks_where_it_is_told() -> None:
    meta, arrays = packed()
    for name, told in (("run_rates", meta["run"]["run"]), ("free_rates", meta["run"]["free"])):
        assert np.trapezoid(arrays[name], arrays["t"]) == pytest.approx(1, abs=5e-3)
        most = arrays["t"][arrays[name].argmax()]
        assert told["peak"] == pytest.approx(most, abs=np.diff(arrays["t"]).max())
        mean = np.trapezoid(arrays[name] * arrays["t"], arrays["t"])
        assert told["mean"] == pytest.approx(mean, abs=0.1)
    assert meta["run"]["run"]["share"] == pytest.approx(meta["exact"], rel=0.05)
    assert meta["run"]["ahead"] < 1e-9


def test_the_curves_against_the_width_go_through_the_barrier_on_screen_to_the_limit() -> None:
    meta, arrays = packed()
    here = int(np.abs(arrays["widths"] - meta["here"]).argmin())
    for name in ("phase", "dwell", "crossing"):
        assert arrays[name + "s"][here] == pytest.approx(meta[name], rel=1e-6)
    units = WALL.units
    k, kappa = units.wavenumber(1.0), units.wavenumber(2.0)
    assert meta["limit"] == pytest.approx(2 * units.mass / (units.hbar * k * kappa))
    assert arrays["phases"][-1] == pytest.approx(meta["limit"], rel=1e-3)
    assert arrays["crossings"][-1] > 3 * arrays["phases"][-1]


def test_the_means_differ_by_what_theory_says() -> None:
    meta, _ = packed()
    found = meta["run"]["run"]["mean"] - meta["run"]["free"]["mean"]
    averaged = meta["averaged"]
    assert found == pytest.approx(averaged["delay"] + averaged["filtered"], abs=0.02)


@pytest.mark.parametrize("values", [{"edges": "Walls"}, {"case": "gaussian"}])
def test_nothing_is_told_where_something_comes_back(values: dict[str, Any]) -> None:
    meta, arrays = packed(**values)
    assert (meta["why"], arrays) == ("edges", {})


def test_round_off_is_no_arrival() -> None:
    meta, arrays = packed(height=20.0, width=1.0, sigma=3.0)
    assert meta["run"] is None
    assert "run_rates" not in arrays
    assert meta["phase"] == pytest.approx(meta["limit"], rel=1e-6)


def test_a_step_has_no_width_and_below_it_no_time() -> None:
    meta, arrays = packed(shape="Step", height=3.0)
    assert meta["phase"] is None
    assert set(arrays) == {"t", "free_rates"}
    assert packed(shape="Step", height=0.5)[0]["phase"] == pytest.approx(0, abs=1e-12)


def test_every_number_travels_as_json_and_from_the_right_as_from_the_left() -> None:
    left, right = packed(), packed(direction="Right to left")
    assert right[0]["phase"] == pytest.approx(left[0]["phase"])
    assert right[0]["run"]["run"]["peak"] == pytest.approx(left[0]["run"]["run"]["peak"], abs=1e-3)
    assert math.isfinite(left[0]["averaged"]["dwell"])
