"""What lessons may say: quantities against closed forms and against each other."""

import math
from pathlib import Path

import numpy as np
import pytest

from lessons import held
from lessons.held import HALF_HEIGHT, coefficient, held_equal
from lessons.quantities import FUNCTIONS, PARTS, RUN, THEORY, Facts, published, right
from solver import InvalidInput
from solver.controls import Controls

BASE = Controls()

NOISE = 1e-3
"""Negativity that fading the wave out at the ends of the window makes."""


def test_the_guide_for_authors_lists_every_quantity_and_function() -> None:
    text = (Path(__file__).parents[2] / "lessons" / "README.md").read_text("utf-8")
    for name in (*THEORY, *RUN, *PARTS):
        assert f"`{name}`" in text, name
    for name in FUNCTIONS:
        assert f"`{name}(" in text, name


def test_what_gets_through_keeps_its_wavelength_and_energy() -> None:
    """Measured on the run, against theory; 1 % is the spread of the packet that the window cuts."""
    for controls in (BASE, BASE.changed(energy=6, height=5, width=0.5, sigma=0.8)):
        facts = Facts(controls)
        for part in ("transmitted", "reflected"):
            measured = facts.quantity(f"energy_measured_{part}")
            assert measured == pytest.approx(facts.quantity(f"{part}_energy"), rel=3e-3)


def test_energies_of_both_parts_average_to_the_packet_s() -> None:
    facts = Facts(BASE)
    through, back = facts.quantity("exact"), facts.quantity("exact_reflected")
    mean = through * facts.quantity("transmitted_energy") + back * facts.quantity(
        "reflected_energy"
    )
    assert mean == pytest.approx(facts.quantity("mean_energy"), rel=1e-6)


def test_parts_below_and_above_the_top_add_up() -> None:
    facts = Facts(BASE)
    assert facts.quantity("below_top") == pytest.approx(0.99937, abs=1e-5)
    assert facts.quantity("below_top") + facts.quantity("above_top") == 1


def test_a_free_packet_has_no_negativity_and_spreads_as_known() -> None:
    facts = Facts(BASE.changed(shape="None"))
    assert facts.quantity("negativity_most") < NOISE
    units, run = BASE.units, BASE.changed(shape="None").experiment()
    t = run.used_t_end
    spread = 1.4 * math.sqrt(1 + (units.hbar * t / (2 * units.mass * 1.4**2)) ** 2)
    assert facts.quantity("spread_end") == pytest.approx(spread, rel=2e-2)


@pytest.mark.parametrize("shape", list(HALF_HEIGHT))
def test_the_width_at_half_height_is_the_profile_s(shape: str) -> None:
    controls = BASE.changed(shape=shape, width=1.0)
    x = np.linspace(-2, 2, 400_001)
    high = x[controls.barrier.profile(x) >= controls.height / 2]
    assert high[-1] - high[0] == pytest.approx(HALF_HEIGHT[shape], abs=1e-4)


def test_held_equal() -> None:
    gaussian = BASE.changed(shape="Gaussian", width=2.0)
    assert held_equal("area", BASE, gaussian).width == BASE.width
    assert held_equal("fwhm", BASE, gaussian).width == pytest.approx(0.3 / 0.939437, rel=1e-5)
    same = held_equal("transmission", BASE, gaussian)
    assert coefficient(same, 1.0) == pytest.approx(coefficient(BASE, 1.0), rel=1e-6)
    with pytest.raises(InvalidInput, match="held"):
        held_equal("color", BASE, gaussian)
    with pytest.raises(InvalidInput, match="half height"):
        held_equal("fwhm", BASE, BASE.changed(shape="Double"))


@pytest.mark.parametrize("width", [0.1, 0.3, 1.0])
def test_equal_transmission_is_looked_for_near_the_first_width(
    width: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of all widths that have it the nearest; and not all are looked at, which takes 0.2 s."""
    first, looked = BASE.changed(width=width), []

    def watched(controls: Controls, energy: float) -> float:
        looked.append(controls.width)
        return coefficient(controls, energy)

    monkeypatch.setattr(held, "coefficient", watched)
    found = held_equal("transmission", first, first.changed(shape="Gaussian")).width
    between = np.geomspace(width, found, 20)[:-1]
    values = [coefficient(first.changed(shape="Gaussian", width=w), 1.0) for w in between]
    assert {value > coefficient(first, 1.0) for value in values} == {found > width}
    assert len(looked) < held.TRIED / 2


def test_resonances_of_a_rectangle_stand_where_they_must() -> None:
    facts = Facts(BASE.changed(width=1.0, energy=2.0))
    expected = 1.5 + facts.quantity("kinetic") * math.pi**2
    assert FUNCTIONS["resonance"](facts, 1.6, 2.3) == pytest.approx(expected, abs=1e-6)


def test_the_width_of_a_resonance_is_where_t_is_half() -> None:
    facts = Facts(BASE.changed(shape="Double", width=0.2, height=5, gap=0.6))
    peak = FUNCTIONS["resonance"](facts, 0.4, 0.9)
    width = FUNCTIONS["resonance_width"](facts, 0.4, 0.9)
    t = FUNCTIONS["T"]
    assert min(t(facts, peak - width / 2), t(facts, peak + width / 2)) == pytest.approx(
        0.5 * t(facts, peak), rel=0.02
    )


def test_what_is_inside_falls_as_the_width_of_the_resonance_says() -> None:
    """tau = hbar/Gamma, for a peak that is narrow against its distance from the others."""
    facts = Facts(
        BASE.changed(shape="Double", mass=0.067, height=2, width=1.3, gap=1.5, energy=0.78, sigma=3)
    )
    tau = facts.controls.units.hbar / FUNCTIONS["resonance_width"](facts, 0.55, 1.2)
    assert facts.quantity("stay") == pytest.approx(tau, rel=0.02)
    assert Facts(BASE.changed(shape="None")).quantity("stay") == 0


def test_a_peak_without_half_height_is_refused() -> None:
    facts = Facts(BASE.changed(width=0.1))
    with pytest.raises(ValueError, match="does not fall to half"):
        FUNCTIONS["resonance_width"](facts, 0.5, 1.0)


def test_no_width_makes_a_thick_wall_as_clear_as_a_low_one() -> None:
    clear = BASE.changed(height=0.1, width=0.05)
    with pytest.raises(InvalidInput, match="allow T = "):
        held_equal("transmission", clear, BASE.changed(height=20.0))


def test_a_number_that_the_study_does_not_have_is_not_made_up() -> None:
    with pytest.raises(ValueError, match=r"the published study has no rectangular\.charm"):
        published("rectangular.charm")
    with pytest.raises(ValueError, match=r"the paper prints no rectangular\.A_left"):
        published("rectangular.A_left")
    with pytest.raises(ValueError, match=r"rectangular\.A has no right value: "):
        right("rectangular.A")


def test_a_published_case_has_no_controls() -> None:
    with pytest.raises(ValueError, match="a published case has no control height"):
        Facts(Controls(case="rectangular")).quantity("height")


def test_tunneling_times_are_the_closed_forms_and_the_run_s() -> None:
    wall = Facts(BASE.changed(height=3.0, width=0.6, sigma=2.0))
    k, kappa = wall.quantity("k0"), wall.quantity("kappa")
    speed = wall.quantity("velocity")
    assert wall.quantity("phase_limit") == pytest.approx(2 / (speed * kappa))
    assert wall.quantity("phase_time") == pytest.approx(2 / (speed * kappa), rel=1e-3)
    assert wall.quantity("crossing_time") == pytest.approx(0.6 / speed)
    opaque = 2 * k**2 / (speed * kappa * (k**2 + kappa**2))
    assert wall.quantity("dwell_time") == pytest.approx(opaque, rel=5e-3)
    parts = wall.quantity("delay_barrier") + wall.quantity("delay_filter")
    assert wall.quantity("mean_delay") == pytest.approx(parts, abs=0.02)
    assert wall.quantity("peak_delay") == pytest.approx(wall.quantity("mean_delay"), abs=0.05)
    assert wall.quantity("mean_arrival") > wall.quantity("peak_arrival") > 0
    assert wall.quantity("through_at_peak") < wall.quantity("free_at_peak") < 0.5
    assert abs(wall.quantity("lead")) < 1e-9


def test_below_the_far_side_there_are_no_times() -> None:
    step = Facts(BASE.changed(shape="Step", height=3.0))
    with pytest.raises(ValueError, match="above V on the far side"):
        step.quantity("phase_time")
