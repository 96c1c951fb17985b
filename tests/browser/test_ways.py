"""With a keyboard, or a phone: what a person looks at or has chosen stays in sight."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.seen import box
from tests.kinds import Visit

pytestmark = pytest.mark.browser

STAGE, GUIDE = ".ts-stage", ".ts-guide"
LAPTOP = {"width": 1280, "height": 720}
PHONE = {"width": 390, "height": 844}
SIZES = pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=("laptop", "phone"))
LESSON = "?lesson=what-tunneling-is"
FOCUSED = """() => {
  let e = document.activeElement;
  while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
  return e.ariaLabel || e.innerText || e.tagName;
}"""
HEADER = 56
"""Pixels that the header takes at least."""


def focused(page: Page) -> str:
    """The name of what has the focus, below all shadow roots."""
    name: str = page.evaluate(FOCUSED)
    return name


def begins(page: Page, heading: Locator) -> None:
    """The page stands at its top, with the focus on its heading."""
    heading.wait_for()
    page.wait_for_function(
        f"(text) => ({FOCUSED})() === text", arg=heading.inner_text(), polling=50
    )
    assert HEADER < box(heading)["y"] < 220


@SIZES
def test_each_page_begins_at_its_heading(stay: Visit, viewport: dict[str, int]) -> None:
    """By the links of a lesson, by Back, by Forward, from far down."""
    page = stay(f"{LESSON}&step=1&teach=1", viewport=viewport)
    first = page.locator(f"{GUIDE} h2").inner_text()
    heading = page.locator(f"{GUIDE} h2")
    page.locator(f"{GUIDE} .next").click()
    page.locator(f"{GUIDE} h2", has_not_text=first).wait_for()
    begins(page, heading)
    page.locator(f"{GUIDE} footer a").last.scroll_into_view_if_needed()
    page.go_back()
    page.locator(f"{GUIDE} h2", has_text=first).wait_for()
    begins(page, heading)
    page.get_by_role("link", name="Print").click()
    begins(page, page.locator(f"{GUIDE} h1").first)
    page.get_by_role("link", name="Lessons").first.click()
    begins(page, page.locator(f"{GUIDE}[data-view=index] h1"))
    page.get_by_role("link", name="Lab", exact=True).click()
    page.wait_for_function(f"() => ({FOCUSED})() === 'Wave function'", polling=50)


def test_back_in_the_lab_leaves_the_focus_where_it_is(stay: Visit) -> None:
    page = stay("?height=2")
    control = page.get_by_role("spinbutton", name="Barrier height (eV)")
    control.fill("3")
    control.press("Enter")
    page.wait_for_url("**?height=3")
    page.go_back()
    page.wait_for_url("**?height=2")
    expect(control).to_have_value("2")
    assert focused(page) == "Barrier height (eV)"


def test_a_step_that_is_not_there_is_told_and_the_address_put_right(stay: Visit) -> None:
    page = stay(f"{LESSON}&step=3")
    length = page.evaluate("history.length")
    go = f"new CustomEvent('ts-go', {{ detail: '{LESSON}&step=99&teach=1' }})"
    page.evaluate(f"window.dispatchEvent({go})")
    page.wait_for_url(f"**{LESSON}&step=5&teach=1")
    page.get_by_role("alert").filter(has_text="There is no step 99").wait_for()
    assert page.evaluate("history.length") == length + 1
