"""Bounds on times follow the machine's speed; others stand."""

from collections.abc import Callable

import pytest

from app.cli.bench import Bounds, scaled


def readings(*found: float) -> Callable[[], float]:
    return iter(found).__next__


@pytest.mark.parametrize("unit", ["us", "ms", "s"])
def test_a_bound_on_a_time_grows_with_the_machines_slowness(unit: str) -> None:
    assert scaled(20.0, unit, 1.8) == pytest.approx(36.0)
    assert scaled(20.0, unit, 0.5) == pytest.approx(10.0)


@pytest.mark.parametrize("unit", ["", "x", "MB"])
def test_ratios_and_sizes_are_not_scaled(unit: str) -> None:
    assert scaled(1.35, unit, 1.8) == 1.35


@pytest.mark.parametrize(
    ("value", "bound", "unit", "at_least", "missed"),
    [
        (29.0, 20.0, "ms", False, False),
        (31.0, 20.0, "ms", False, True),
        (1.36, 1.35, "", False, True),
        (1.35, 1.35, "", False, False),
        (3.0, 2.0, "x", True, False),
        (1.9, 2.0, "x", True, True),
    ],
)
def test_what_lies_beyond_its_scaled_bound_is_missed(
    value: float, bound: float, unit: str, at_least: bool, missed: bool
) -> None:
    report = Bounds(lambda: 1.5)
    report("a figure", value, bound, unit, at_least)
    assert report.missed == ["a figure"] * missed
    assert report.verdict() == missed


def test_not_a_number_is_missed() -> None:
    report = Bounds(lambda: 1.0)
    report("nothing measured", float("nan"), 1.0)
    assert report.missed


def test_the_machine_is_measured_before_and_after_each_figure() -> None:
    report = Bounds(readings(1.0, 2.0, 4.0))
    report("between 1 and 2", 1.51, 1.0, "ms")
    report("between 2 and 4", 2.99, 1.0, "ms")
    assert report.missed == ["between 1 and 2"]


def test_both_bounds_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    report = Bounds(lambda: 1.8)
    report("release", 260.0, 150.0, "ms")
    report("step", 1.2, 1.35)
    release, step = capsys.readouterr().out.splitlines()
    assert release.split() == ["release", "260", "ms", "<=", "150,", "here", "270", "ok"]
    assert step.split() == ["step", "1.2", "<=", "1.35", "ok"]
