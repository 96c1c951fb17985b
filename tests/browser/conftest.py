"""A real server and a real browser; a test fails on any console error or foreign request."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

from tests.browser.serving import LAB, serving
from tests.kinds import Visit


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the lab is: one server for each process of a test run."""
    with serving(*LAB) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("TUNNELSCOPE_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("no Chromium: run `make test`, or set TUNNELSCOPE_CHROMIUM to one")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Open the lab as a new visitor; `visit(query, **options of the browser context)`."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text}")

    def asked(request: Request) -> None:
        if foreign(request.url, address):
            faults.append(f"to {request.url}")

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
        page.on("console", heard)
        page.on("request", asked)

    def open_lab(
        query: str = "",
        ready: bool = True,
        attached: bool = False,
        script: str = "",
        **options: Any,
    ) -> Page:
        options = {"viewport": {"width": 1440, "height": 900}, **options}
        context = browser.new_context(**options)
        contexts.append(context)
        context.add_init_script(script)
        page = context.new_page()
        watch(page)
        page.goto(address + query)
        stage = ".ts-stage[data-state=ready]" if ready else ".ts-stage"
        page.wait_for_selector(stage, state="attached" if attached else "visible", timeout=60_000)
        return page

    yield open_lab
    for context in contexts:
        context.close()
    assert faults == []


def foreign(url: str, address: str) -> bool:
    return not url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))
