"""A link that is shared: its version, its time, its code; what is not understood of it is told."""

from typing import Any

import pytest

from app.lab.address import read_address
from app.lab.guide import LONGEST, Navigation, qr_code
from app.lab.visit import Visit
from lessons.library import Library


def test_a_link_of_this_version_begins_at_its_time() -> None:
    address = read_address("?v=1&t=3,25&height=2")
    assert (address.time, address.values, address.ignored) == (3.25, {"height": 2.0}, ())
    assert read_address("?height=2").time is None


@pytest.mark.parametrize("text", ["-1", "soon", "", "1e999", "nan"])
def test_a_time_that_is_none_is_told_and_the_rest_is_kept(text: str) -> None:
    address = read_address(f"?t={text}&height=2")
    assert (address.time, address.values) == (None, {"height": 2.0})
    assert address.ignored == (f"“t” must be a time of 0 fs or more, got “{text}”.",)


def test_a_link_of_another_version_is_told() -> None:
    (told,) = read_address("?v=2&height=2").ignored
    assert told == "“v”, the version of a link, is 1 here, got “2”."


@pytest.mark.parametrize("page", ["lesson=what-tunneling-is&step=2", "lessons"])
def test_only_the_lab_has_a_time(page: str) -> None:
    assert read_address(f"?v=1&embed=1&{page}").ignored == ()
    (told,) = read_address(f"?{page}&t=3").ignored
    assert told == "“t” belongs to the lab; this page passes it over."


def test_a_link_says_how_the_run_looks_and_one_without_a_version_says_nothing_of_it() -> None:
    assert read_address("?look=re+loop").look == "re loop"
    assert read_address("?v=1&height=2").look == ""
    assert read_address("?height=2").look is None
    assert read_address("?look=re&look=im").ignored == ()
    told = read_address("?lesson=what-tunneling-is&look=re").ignored
    assert told == ("“look” belongs to the lab; this page passes it over.",)


def test_a_link_holds_the_run_that_is_pinned() -> None:
    """As a link within the link; what of it is not understood is told, and the rest is kept."""
    address = read_address("?v=1&height=2&pin=v%3D1%26width%3D0.5%26show%3Dclicks")
    assert (address.pin, address.pinned, address.ignored) == ("v=1&width=0.5", {"width": 0.5}, ())
    assert address.values == {"height": 2.0}
    usual = read_address("?pin=v%3D1")
    assert (usual.pin, usual.pinned) == ("v=1", {})
    assert read_address("?v=1").pin == ""
    assert read_address("?height=2").pin is None
    wrong = read_address("?pin=width%3D99%26height%3D2%26pin%3Dx")
    assert wrong.pinned == {"height": 2.0}
    assert all(told.startswith("The pinned run: ") for told in wrong.ignored)
    assert len(wrong.ignored) == 2
    (told,) = read_address("?lessons&pin=v%3D1").ignored
    assert told == "“pin” belongs to the lab; this page passes it over."


def test_the_time_of_a_link_holds_for_its_first_run_alone() -> None:
    visit = Visit("?t=3", Library())
    assert visit.time == 3.0
    visit.settle(read_address("?"), {"kind": "lab"})
    assert visit.time is None


def test_the_browser_gets_the_code_of_its_link_and_of_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[Any] = []
    navigation = Navigation()
    monkeypatch.setattr(navigation, "_send_msg", sent.append)
    link = "https://lab.example/?v=1&height=2"
    for message in (None, "x", {}, {"qr": 1}, {"qr": ""}, {"qr": "é"}, {"qr": "x" * (LONGEST + 1)}):
        navigation.take(message)
    assert sent == []
    navigation.take({"qr": link})
    assert sent == [{"link": link, "qr": qr_code(link)}]
    assert sent[0]["qr"].startswith("<svg")
