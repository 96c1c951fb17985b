"""What a test reads on a page that must be there."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FloatRect, Locator, Page


def box(locator: Locator) -> FloatRect:
    """Where an element lies in the window."""
    found = locator.bounding_box()
    assert found, f"nothing is drawn of {locator}"
    return found


def attribute(locator: Locator, name: str) -> str:
    found = locator.get_attribute(name)
    assert found is not None, f"{locator} has no {name}"
    return found


def parts(pattern: str, text: str) -> tuple[str, ...]:
    """The groups of a pattern that the text begins with."""
    found = re.match(pattern, text)
    assert found, f"{pattern} is not in {text}"
    return found.groups()


AXE = Axe()


def hindrances(page: Page, part: str | None = None) -> list[str]:
    """What axe-core finds of the page, or of what a selector finds, that hinders somebody.

    That is all but what it calls minor.
    """
    found = AXE.run(page, part).response["violations"]
    hindering = [one for one in found if one["impact"] != "minor"]
    return [f"{one['id']}: {node['html'][:120]}" for one in hindering for node in one["nodes"]]


def shared_link(page: Page) -> str:
    """What *Share* gives."""
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    share = page.get_by_role("dialog", name="Share")
    link = share.get_by_role("textbox", name="Link").input_value()
    page.keyboard.press("Escape")
    return link
