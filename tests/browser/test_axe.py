"""axe-core finds nothing that hinders anybody, on any page and in any state of it.

A state is looked at twice, on a large screen in the light theme and on a phone in the dark one.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from app.stage.cards import TO_CHOOSE
from lessons.library import Library
from tests.browser.contexts import LARGE
from tests.browser.seen import hindrances
from tests.browser.staying import GO
from tests.kinds import Visit

pytestmark = pytest.mark.browser

STAGE, GUIDE = ".ts-stage", ".ts-guide"
PHONE: ViewportSize = {"width": 390, "height": 844}
DRESS = "(theme) => { document.documentElement.dataset.theme = theme; }"
ALL = "?x=1&show=" + "+".join(name.replace(" ", "-") for name in TO_CHOOSE)
LESSON = f"?lesson={Library().lessons()[0].slug}"
PAGES = {"?lessons": "index", f"{LESSON}&print=1": "print", "?lesson=none": "fault"}


LOOKS = ((PHONE, "dark"), (LARGE, "light"))


def looked_at(page: Page, name: str, part: str | None = None) -> Iterator[str]:
    """What is found of the page, or of a part of it, in both looks."""
    for size, theme in LOOKS:
        page.set_viewport_size(size)
        page.evaluate(DRESS, theme)
        yield from (f"{name}, {theme}: {found}" for found in hindrances(page, part))


def dialogs(page: Page) -> Iterator[str]:
    """What is opened above the lab."""
    for key, name in (("s", "Share"), ("?", "Keys")):
        page.keyboard.press(key)
        page.get_by_role("dialog", name=name).wait_for()
        yield from looked_at(page, name, "dialog[open]")
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Colors").click()
    yield from looked_at(page, "colors", "dialog[open]")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save or open").click()
    page.locator(f"{STAGE} [data-copy]:enabled").wait_for()
    yield from looked_at(page, "files")
    page.keyboard.press("Escape")


def in_front_of_a_class(page: Page) -> Iterator[str]:
    """On a projector it is light, and the screen is large."""
    for key, name in (("p", "projector"), ("h", "guess")):
        page.keyboard.press(key)
        page.locator(f"{STAGE}.{name}").wait_for()
        yield from (f"{name}: {found}" for found in hindrances(page))
    page.keyboard.press("h")
    page.keyboard.press("p")


def lab(stay: Visit) -> Iterator[str]:
    page = stay(ALL)
    yield from looked_at(page, "lab")
    yield from dialogs(page)
    yield from in_front_of_a_class(page)


def step(stay: Visit) -> Iterator[str]:
    """A question before it is answered is looked at with each lesson (test_lessons.py)."""
    page = stay(f"{LESSON}&step=1")
    page.locator(f"{GUIDE} .choice input").first.check()
    page.get_by_role("button", name="Keep my prediction").click()
    page.locator(f"{STAGE}:not(.closed)").wait_for()
    yield from (f"kept: {found}" for found in hindrances(page))
    page.locator(f"{STAGE} [data-do=play]").focus()
    page.keyboard.press("End")
    page.locator(f"{STAGE}:not(.withheld)").wait_for()
    yield from looked_at(page, "explained")
    page = stay(f"{LESSON}&step=1&teach=1")
    page.get_by_role("button", name="Reveal").click()
    yield from looked_at(page, "instructor")


def text(stay: Visit) -> Iterator[str]:
    page = stay()
    for query, view in PAGES.items():
        page.evaluate(GO, query)
        page.locator(f"{GUIDE}[data-view={view}]").wait_for()
        yield from looked_at(page, view)


@pytest.mark.parametrize("states", [lab, step, text])
def test_nothing_hinders_anybody_in_any_state(
    stay: Visit, states: Callable[[Visit], Iterator[str]]
) -> None:
    found = list(states(stay))
    assert found == [], "\n".join(found)


def test_nothing_hinders_anybody_before_the_lab_is_there(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=LARGE)
    page.route("**/*.js*", lambda route: None)  # never answered
    page.goto(address, wait_until="commit")
    page.locator("#ts-waiting").wait_for()
    found = list(looked_at(page, "waiting"))
    page.goto(f"{address}none")
    found += looked_at(page, "no such page")
    page.close()
    assert found == [], "\n".join(found)
