"""`panel serve app --prefix /keep`: page, connection, assets and lessons stay below /keep/."""

import re
from collections.abc import Iterator

import pytest

from tests.browser.serving import PANEL, serving
from tests.kinds import Visit

pytestmark = pytest.mark.browser

STAGE, GUIDE = ".ts-stage", ".ts-guide"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the lab is below a prefix, as a person types it."""
    with serving(*PANEL, "--prefix", "/keep") as address:
        yield address.removesuffix("app")


def test_everything_stays_below_the_prefix(visit: Visit, address: str) -> None:
    page = visit("?lessons", ready=False, attached=True, reduced_motion="reduce")
    page.locator(f"{GUIDE}[data-view=index]").wait_for(timeout=60_000)
    assert page.url == address + "app?lessons"
    page.locator(f'{GUIDE} a[href*="lesson="]').first.click()
    page.wait_for_selector(f"{STAGE}[data-state=ready]")
    assert page.url.startswith(address + "app?lesson=")
    page.get_by_role("link", name="Tunnelscope").first.click()
    page.wait_for_url(re.compile(re.escape(address) + r"app\??$"))
    page.wait_for_selector(f"{STAGE}[data-state=ready]")
    slash = page.request.get(address + "app/?lessons", max_redirects=0)
    assert (slash.status, slash.headers["location"]) == (302, "../app?lessons")
    missing = page.request.get(address + "nothing")
    assert missing.status == 404
    assert '<a href="./?lessons">' in missing.text()
