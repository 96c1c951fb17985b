"""What a test reads on a page that must be there."""

import re

from playwright.sync_api import FloatRect, Locator


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
