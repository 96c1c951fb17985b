"""Visitors of a test run: what they keep goes with them, the code that a browser caches stays."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, ViewportSize

LARGE: ViewportSize = {"width": 1440, "height": 900}


class Contexts:
    """Browser contexts by their options: one that has loaded the page loads it for less again."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.free: dict[str, list[BrowserContext]] = {}
        self.taken: list[tuple[str, BrowserContext]] = []

    def page(self, options: dict[str, Any]) -> Page:
        """A page in a context that no other visitor of this test has."""
        key = repr(sorted(options.items()))
        free = self.free.setdefault(key, [])
        context = free.pop() if free else self.made(options)
        self.taken.append((key, context))
        return context.new_page()

    def made(self, options: dict[str, Any]) -> BrowserContext:
        """A context with an empty page, which keeps its window: each costs a fifth of a load."""
        context = self.browser.new_context(**options)
        context.new_page()
        return context

    def leave(self, address: str) -> None:
        """All visitors go, and what the browser kept for them of a server goes, too."""
        while self.taken:
            key, context = self.taken.pop()
            forget(context, address)
            self.free[key].append(context)


def forget(context: BrowserContext, address: str) -> None:
    here = urlsplit(address)
    session = context.new_cdp_session(context.pages[0])
    session.send(
        "Storage.clearDataForOrigin",
        {"origin": f"{here.scheme}://{here.netloc}", "storageTypes": "cookies,local_storage"},
    )
    context.clear_permissions()
    for page in context.pages[1:]:
        page.close()


class Faults:
    """What no page may do: raise, log an error, or ask another server than this for something."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.found: list[str] = []

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.found.append(f"page error: {error}"))
        page.on("console", self.heard)
        page.on("request", self.asked)

    def heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.found.append(f"console: {message.text}")

    def asked(self, request: Request) -> None:
        if foreign(request.url, self.address):
            self.found.append(f"to {request.url}")

    def told(self) -> list[str]:
        """What was found since this was asked last."""
        found, self.found = self.found, []
        return found


def foreign(url: str, address: str) -> bool:
    return not url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))
