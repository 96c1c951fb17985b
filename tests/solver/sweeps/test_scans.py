"""Scans: the same numbers as single calls, and clear words for bad axes."""

import numpy as np
import pytest

from solver import InvalidInput, packet_average
from solver.controls import Controls
from solver.sweeps.scans import Axis, scan

BASE = Controls()
WIDTHS = Axis(name="width", low=0.1, high=0.5, count=5)
ENERGIES = Axis(name="energy", low=0.5, high=3.0, count=4)


def test_every_point_is_the_packet_average() -> None:
    found = scan(BASE, WIDTHS, ENERGIES)
    assert found.transmitted.shape == (5, 4)
    one = BASE.changed(width=float(WIDTHS.values[3]), energy=float(ENERGIES.values[2]))
    exact = packet_average(one.barrier, one.packet, one.units)
    assert found.transmitted[3, 2] == exact.transmitted
    assert found.numbers["tunneled"][3, 2] == exact.tunneled


def test_wider_transmits_less_and_parts_add_up() -> None:
    found = scan(BASE, WIDTHS)
    assert np.all(np.diff(found.transmitted) < 0)
    assert np.all(np.diff(found.numbers["coefficient"]) < 0)
    parts = found.numbers["tunneled"] + found.numbers["over_the_top"]
    assert parts == pytest.approx(found.transmitted, abs=1e-12)


def test_rows_run_over_all_places_in_order() -> None:
    found = scan(BASE, WIDTHS, ENERGIES)
    rows = list(found.rows())
    assert found.columns[:2] == ("width", "energy")
    assert len(rows) == 20
    assert rows[1][:2] == pytest.approx((0.1, ENERGIES.values[1]))
    assert rows[1][2] == found.transmitted[0, 1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("energy", "be written NAME=LOW:HIGH:COUNT"),
        ("energy=1:2", "be written NAME=LOW:HIGH:COUNT"),
        ("energy=a:2:3", "be written NAME=LOW:HIGH:COUNT"),
        ("color=1:2:3", "Axis.name must be one of"),
        ("energy=2:1:3", "rise from its low to its high end"),
        ("energy=0.1:1:3", "within 0.5 to 20"),
        ("energy=1:2:1", "have from 2 to 10,000,000 values, got 1"),
        ("energy=1:2:99999999999", "have from 2 to 10,000,000 values"),
        ("energy=1:2:3:4", "be written NAME=LOW:HIGH:COUNT"),
        ("energy=nan:2:3", "be written NAME=LOW:HIGH:COUNT"),
        ("t2=10:20:2", "Axis.name must be one of"),
    ],
)
def test_bad_axes_are_told(text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        Axis.parse(text)


def test_two_axes_of_one_name_are_refused() -> None:
    with pytest.raises(InvalidInput, match="two different ones"):
        scan(BASE, WIDTHS, WIDTHS)
    with pytest.raises(InvalidInput, match="one control or two"):
        scan(BASE)
