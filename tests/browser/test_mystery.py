"""A round of the mystery barrier as a person plays it: fire, look, come back, propose."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from lessons.mystery.hidden import Hidden
from lessons.mystery.token import opened, sealed
from tests.browser.seen import box, hindrances
from tests.kinds import Visit

pytestmark = pytest.mark.browser

MYSTERY = ".ts-mystery"
READY = f"{MYSTERY}[data-state=ready]"
LONG = 180_000
"""Milliseconds: the first visitor waits for the table of all barriers, and for the figures."""

HIDDEN = Hidden("Double", 5.5, 0.85)
PHONE = {"width": 390, "height": 844}


def rounds(page: Page) -> int:
    return int(page.locator(MYSTERY).get_attribute("data-rounds") or 0)


def answered(page: Page, before: int) -> None:
    page.locator(f'{MYSTERY}[data-rounds="{before + 1}"]').wait_for()


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def press(page: Page, name: str) -> None:
    before = rounds(page)
    button(page, name).focus()
    page.keyboard.press("Enter")
    answered(page, before)


def test_a_round_by_keyboard_from_the_first_shot_to_the_reveal(visit: Visit) -> None:
    page = visit(f"?mystery={sealed(HIDDEN)}", part=MYSTERY, ready=False, reduced_motion="reduce")
    page.locator(READY).wait_for(timeout=LONG)
    address = page.url
    page.get_by_role("spinbutton", name="Packet energy (eV)").fill("6.5")
    page.get_by_label("Shots").select_option("300")
    press(page, "Fire")
    counts = page.locator(".result .meta").inner_text()
    sent, left, right = map(int, re.findall(r"\d+", counts))
    assert sent == 300 == left + right
    row = page.locator(".notebook tbody tr").first.inner_text().split()
    assert row[:7] == ["1", "6.5", "1.4", "→", "300", str(left), str(right)]
    expect(page.locator("[data-part=gained]")).to_contain_text("bits, with 300 shots")
    button(page, "Hint").press("Enter")
    page.locator(".hint", has_text="most is expected at").wait_for()
    button(page, "Set it so").press("Enter")
    expect(button(page, "Fire")).to_be_focused()
    press(page, "Fire")
    assert page.locator(".notebook tbody tr").count() == 2
    assert hindrances(page) == []
    notebook = page.locator(".notebook tbody").inner_text()
    page.reload()
    page.locator(READY).wait_for(timeout=LONG)
    assert page.url == address
    assert page.locator(".notebook tbody").inner_text() == notebook
    assert page.locator(".reveal").is_hidden()
    press(page, "Propose and reveal")
    expect(page.get_by_role("heading", name="What it was")).to_be_focused()
    table = page.locator(".reveal table").inner_text().split("\n")
    assert [line.split("\t")[1] for line in table[1:]] == ["Double", "5.5 eV", "0.85 nm"]
    expect(page.locator(".reveal")).to_contain_text("with 600 shots")
    assert button(page, "Fire").is_hidden()
    assert hindrances(page) == []


def test_a_drawn_barrier_has_an_address_and_a_teacher_s_a_link(visit: Visit) -> None:
    page = visit("?mystery", part=MYSTERY, ready=False, reduced_motion="reduce", viewport=PHONE)
    page.locator(READY).wait_for(timeout=LONG)
    drawn = page.url.split("mystery=")[1]
    assert opened(drawn)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    for part in page.locator(f"{MYSTERY} :is(button, select, summary):visible").all():
        assert box(part)["height"] >= 24
    page.locator(".set summary").click()
    form = page.locator(".set")
    form.get_by_label("Barrier shape").select_option("Triangular")
    form.get_by_label("Barrier height").select_option("2.25")
    form.get_by_label("Barrier width").select_option("0.7")
    form.get_by_role("button").click()
    link = page.get_by_role("dialog", name="Share").get_by_label("Link", exact=True)
    expect(link).to_have_value(re.compile(r"mystery=1[a-z2-7]+$"))
    assert opened(link.input_value().split("mystery=")[1]) == Hidden("Triangular", 2.25, 0.7)
    page.get_by_role("button", name="Close").click()
    before = rounds(page)
    page.go_back()
    answered(page, before)
    assert page.url.endswith(drawn)
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Triangular" not in json.dumps(kept)


def test_the_header_leads_from_the_lab_to_the_barrier_and_back(visit: Visit) -> None:
    page = visit()
    page.get_by_role("link", name="Mystery").click()
    page.locator(READY).wait_for(timeout=LONG)
    page.keyboard.press("p")
    expect(page.locator(f"{MYSTERY}.projector")).to_be_visible()
    size = page.locator(".likely p").first.evaluate(
        "(p) => parseFloat(getComputedStyle(p).fontSize)"
    )
    assert size >= 20
    page.get_by_role("link", name="Lab").click()
    page.wait_for_selector(".ts-stage[data-state=ready]")
