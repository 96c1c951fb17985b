"""The block of the card of T(E): resonances, p(E) on both sides of the top, T at the packet."""

from typing import Any

import numpy as np
import pytest

from app.stage.cards.coefficient import FEW, coefficient
from app.stage.wire import unbundle
from lessons.labels import with_unit
from lessons.quantities import Facts, resonance_width
from solver.controls import Controls
from solver.grid import Array

DOUBLE = Controls(shape="Double", height=2.0, width=0.8, gap=1.2, energy=0.8, sigma=2.0)


def packed(**values: Any) -> tuple[dict[str, Any], dict[str, Array]]:
    meta, arrays = unbundle(coefficient({"run": DOUBLE.changed(**values)}))
    return meta, {name: array.astype(float) for name, array in arrays.items()}


@pytest.mark.parametrize(
    "values", [{}, {"shape": "Rectangular", "energy": 2.0}, {"shape": "Gaussian", "mass": 0.3}]
)
def test_what_is_shaded_on_either_side_of_the_top_is_what_theory_says(
    values: dict[str, Any],
) -> None:
    meta, arrays = packed(**values)
    energy, exact = arrays["x"], DOUBLE.changed(**values).experiment().exact
    passed = arrays["p"] * arrays["y"][0]
    low, high = energy <= np.float32(meta["top"]), energy >= np.float32(meta["top"])
    assert np.trapezoid(arrays["p"], energy) == pytest.approx(1, abs=2e-3)
    assert np.trapezoid(passed[low], energy[low]) == pytest.approx(exact.tunneled, abs=1e-3)
    assert np.trapezoid(passed[high], energy[high]) == pytest.approx(exact.over_the_top, abs=1e-3)


def test_a_narrow_resonance_is_drawn_to_its_top_and_told_with_its_width() -> None:
    meta, arrays = packed()
    run, (first, *_) = Facts(DOUBLE), meta["told"]
    assert meta["peaks"][0] == pytest.approx([first["x"], 1.0], abs=1e-6)
    at = int(np.argmin(np.abs(arrays["x"] - first["x"])))
    assert arrays["y"][0][at] == pytest.approx(1.0, abs=1e-6)
    width = resonance_width(run, first["x"] - 0.05, first["x"] + 0.05)
    assert first["text"] == f"{first['x']:.4f} eV, T = 100 %, {with_unit(width, 'eV', 2)} wide"


def test_of_many_resonances_those_nearest_to_the_packet_are_told() -> None:
    meta, _ = packed(height=20.0, width=0.3, gap=3.0, energy=3.0)
    told = [peak["x"] for peak in meta["told"]]
    nearest = sorted((x for x, _ in meta["peaks"]), key=lambda x: abs(x - 3.0))[:FEW]
    assert told == sorted(nearest)
    assert (
        meta["untold"]
        == f"The {FEW} of {len(meta['peaks'])} that are nearest to the packet’s energy."
    )


def test_resonances_that_cannot_be_worked_out_are_told() -> None:
    meta, _ = packed(height=20.0, width=1.0, gap=3.0)
    assert all(peak["text"].endswith("eV, too narrow to be worked out") for peak in meta["told"])
    heavy, _ = packed(height=20.0, width=3.0, gap=3.0, mass=1836.0)
    assert heavy["untold"].endswith("There may be more than were looked for.")


@pytest.mark.parametrize("values", [{}, {"shape": "Step", "direction": "Right to left"}])
def test_t_at_the_packet_energy_is_that_of_the_curve(values: dict[str, Any]) -> None:
    meta, arrays = packed(**values)
    here = np.interp(meta["marks"][0]["x"], arrays["x"], arrays["y"][0])
    assert meta["coefficients"] == pytest.approx([here], abs=1e-4)
    if not values:
        assert meta["coefficients"] == pytest.approx([Facts(DOUBLE).quantity("coefficient")])


def test_two_runs_have_no_packet_below_and_no_list() -> None:
    meta, arrays = unbundle(coefficient({"a": DOUBLE, "b": DOUBLE.changed(gap=1.0)}))
    assert set(arrays) == {"x", "y"}
    assert (meta["told"], meta["untold"], len(meta["coefficients"])) == ([], "", 2)
