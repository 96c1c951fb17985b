"""A real server and a real browser; a test fails on any console error or foreign request."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.contexts import LARGE, Contexts, Faults
from tests.browser.serving import WAITING, serving
from tests.browser.staying import Staying
from tests.kinds import Visit

ARGS = ["--no-sandbox", "--disable-gpu", "--in-process-gpu"]
"""No processor for graphics is there, and no process for one: a tenth less work for the others."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The lab runs in another process: tracing this one would find nothing, and slow it."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker("no_cover")


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the lab is: one server for each process of a test run."""
    with serving(*WAITING) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("TUNNELSCOPE_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("no Chromium: run `make test`, or set TUNNELSCOPE_CHROMIUM to one")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Contexts:
    return Contexts(browser)


@pytest.fixture
def visit(contexts: Contexts, address: str) -> Iterator[Visit]:
    """Open the lab as a new visitor; `visit(query, **options of the browser context)`."""
    faults = Faults(address)

    def open_lab(
        query: str = "",
        ready: bool = True,
        attached: bool = False,
        script: str = "",
        part: str = ".ts-stage",
        **options: Any,
    ) -> Page:
        page = contexts.page({"viewport": LARGE, **options})
        page.add_init_script(script)
        faults.watch(page)
        page.goto(address + query)
        wanted = f"{part}[data-state=ready]" if ready else part
        page.wait_for_selector(wanted, state="attached" if attached else "visible", timeout=60_000)
        return page

    yield open_lab
    contexts.leave(address)
    assert faults.told() == []


@pytest.fixture(scope="session")
def staying(browser: Browser, address: str) -> Staying:
    """A page that is loaded once, for all tests that `stay`."""
    return Staying(browser, address)


@pytest.fixture
def stay(staying: Staying) -> Iterator[Visit]:
    """Go to `stay(query)` in a page that is loaded already, with no answer kept."""
    yield staying.go
    assert staying.faults.told() == []
