"""With a keyboard, or a phone: what a person looks at or has chosen stays in sight."""

import re

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
    go = f"new CustomEvent('ts-go', {{ detail: '{LESSON}&step=99&teach=1' }})"
    page.evaluate(f"window.dispatchEvent({go})")
    page.wait_for_url(f"**{LESSON}&step=5&teach=1")
    page.get_by_role("alert").filter(has_text="There is no step 99").wait_for()
    page.go_back()
    page.wait_for_url(f"**{LESSON}&step=3")


def in_sight(page: Page, *things: Locator) -> None:
    """All of each is between the header and the lower edge of the window."""
    assert page.viewport_size
    for thing in things:
        place = box(thing)
        assert place["y"] >= HEADER, thing
        assert place["y"] + place["height"] <= page.viewport_size["height"], thing


def figure(page: Page) -> Locator:
    return page.locator(f"{STAGE} [data-slot=wave]")


def watched(page: Page) -> None:
    """Answer anything, and go to the end of the run."""
    page.locator(f"{GUIDE} .choice input").first.check()
    page.get_by_role("button", name="Keep my prediction").click()
    page.get_by_role("button", name="Play the run").click()
    page.keyboard.press("End")


def test_the_end_of_a_run_leaves_the_figure_where_it_is(stay: Visit) -> None:
    page = stay(f"{LESSON}&step=1", viewport=PHONE)
    watched(page)
    explained = page.get_by_role("button", name="Read the explanation")
    explained.wait_for()
    page.locator(f"{GUIDE} .explanation").wait_for()
    in_sight(page, figure(page), explained)
    assert focused(page) == "Read the explanation"
    page.keyboard.press("Enter")
    heading = page.locator(f"{GUIDE} .explanation h3")
    in_sight(page, heading)


def stops(page: Page, *until: str) -> list[str]:
    """Which of these the tab key stops at, on its way to the last of them."""
    names: list[str] = []
    while until[-1] not in names:
        page.keyboard.press("Tab")
        names.append(focused(page))
        assert len(names) < 60, names
    return [name for name in names if name in until]


SKIP, HEIGHT, RE = "Skip to the figure", "Barrier height (eV)", "Re ψ"


def test_on_a_phone_the_picture_stays_while_a_control_is_used(stay: Visit) -> None:
    page = stay(viewport=PHONE)
    number = page.locator(f"{STAGE} .brief")
    play = page.get_by_role("button", name="Play", exact=True)
    for keys in (HEIGHT, "Packet width (nm)"), ("Packet energy (eV)", HEIGHT):
        for name in keys:
            control = page.get_by_role("spinbutton", name=name)
            control.focus()
            in_sight(page, figure(page), number, play, control)
            card = box(page.locator(f"{STAGE} .wave"))
            assert box(control)["y"] >= card["y"] + card["height"]
    expect(number).to_have_text(re.compile("in theory 34.19 %"))
    page.keyboard.press("ArrowUp")
    expect(number).to_have_text(re.compile("in theory (?!34.19 %)"))


def test_on_a_laptop_the_figure_stays_beside_a_long_text(stay: Visit) -> None:
    page = stay("?lesson=rectangle-against-gaussian&step=1", viewport=LAPTOP)
    place = box(figure(page))["y"]
    page.locator(f"{GUIDE} .question").hover()
    page.mouse.wheel(0, 150)
    page.wait_for_function(
        "([e, y]) => e.getBoundingClientRect().y < y",
        arg=[page.locator(f"{GUIDE} h2").element_handle(), 100],
        polling=50,
    )
    assert box(figure(page))["y"] == pytest.approx(place, abs=1)


@pytest.mark.parametrize(
    ("viewport", "query", "order"),
    [
        (PHONE, "?", (SKIP, RE, "Time", HEIGHT)),
        (LAPTOP, "?", (SKIP, HEIGHT, RE, "Time")),
        (PHONE, f"{LESSON}&step=1", (SKIP, "Hint 1", RE, "Next: After the barrier", "Advanced")),
        (PHONE, f"{LESSON}&step=5", (SKIP, "Barrier width (nm)", "Time", "Print")),
    ],
)
def test_the_tab_key_goes_as_the_eye_does(
    visit: Visit, viewport: dict[str, int], query: str, order: tuple[str, ...]
) -> None:
    """And it never stops at a figure, with which nobody can do anything."""
    page = visit(query, viewport=viewport, reduced_motion="reduce")
    assert stops(page, "", "DIV", *order) == list(order)


def test_the_first_stop_skips_the_header_and_lies_over_it(stay: Visit) -> None:
    page = stay("?", viewport=PHONE)
    theme, header = page.get_by_role("button", name="Dark theme"), page.get_by_role("banner")
    places = [box(theme), box(header)]
    for query, name, heading in (("?", SKIP, "Wave function"), ("?lessons", "", "Lessons")):
        page.evaluate(f"window.dispatchEvent(new CustomEvent('ts-go', {{ detail: '{query}' }}))")
        skip = page.get_by_role("button", name=name or "Skip to the lessons")
        skip.focus()
        assert [box(theme), box(header)] == places
        in_window = box(skip)
        assert in_window["y"] >= 0
        assert in_window["height"] < places[1]["height"]
        page.keyboard.press("Enter")
        assert focused(page) == heading


def test_the_name_that_a_phone_hides_is_seen_while_it_has_the_focus(stay: Visit) -> None:
    page = stay("?", viewport=PHONE)
    title, clipped = page.locator(".title").first, "(one) => getComputedStyle(one).clipPath"
    assert title.evaluate(clipped) == "inset(50%)"
    page.get_by_role("button", name=SKIP).focus()
    page.keyboard.press("Tab")
    assert title.evaluate(clipped) == "none"
    place = box(title)
    assert 0 <= place["x"] < place["x"] + place["width"] <= PHONE["width"]


def test_nothing_breaks_inside_brackets(stay: Visit) -> None:
    page = stay("?shape=Step", viewport=LAPTOP)
    page.keyboard.press("End")
    page.locator(f"{STAGE}.settled").wait_for()
    said = page.locator(f'{STAGE} [data-part="difference"]').inner_text()
    before, inside = said.split("(")
    assert before.endswith(" pp ")
    assert " " not in inside
