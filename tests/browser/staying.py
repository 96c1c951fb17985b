"""A visitor who has loaded the page and goes on in it, as the app's own links do."""

from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.contexts import LARGE, Faults

STAGE, GUIDE = ".ts-stage", ".ts-guide"
GO = "(query) => { window.dispatchEvent(new CustomEvent('ts-go', { detail: query })); }"
RUNS = "(stage) => Number(stage.dataset.runs ?? 0)"
AS_USUAL = "(all) => all.forEach((button) => button.click())"
MORE = "([stage, before]) => Number(stage.dataset.runs) > before"


class Staying:
    """One page, loaded when it is first needed."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.faults = Faults(address)
        self.page: Page | None = None

    def go(self, query: str = "?", viewport: ViewportSize = LARGE) -> Page:
        """Leave what is there, forget all answers, and open this address."""
        page = self.page = self.page or self.loaded()
        playing = page.locator(f"{STAGE}[data-playing=true] [data-do=play]")
        playing.evaluate_all(AS_USUAL)  # A run that plays goes on in the next.
        page.set_viewport_size(viewport)
        page.evaluate("localStorage.clear()")
        page.evaluate(GO, "?lessons")
        page.locator(f"{GUIDE}[data-view=index]").wait_for()
        pressed = page.locator(f"{STAGE} :is([data-show], [data-do=loop])[aria-pressed=true]")
        pressed.evaluate_all(AS_USUAL)  # A link that does not tell how a run looks leaves that.
        go_on(page, query)
        if "lesson=" not in query:  # A new run of the lab goes on from the same time.
            page.locator(f"{STAGE} [data-do=restart]").evaluate("(button) => button.click()")
        return page

    def loaded(self) -> Page:
        page = self.browser.new_page(viewport=LARGE, reduced_motion="reduce")
        self.faults.watch(page)
        page.goto(self.address)
        page.wait_for_selector(f"{STAGE}[data-state=ready]", timeout=60_000)
        return page


def go_on(page: Page, query: str) -> None:
    """Go on to an address that has a run, and wait for it."""
    stage = page.locator(STAGE).element_handle()
    before = stage.evaluate(RUNS)
    page.evaluate(GO, query)
    page.wait_for_function(MORE, arg=[stage, before])
    if "lesson=" in query:
        step = query.split("&teach")[0]
        page.locator(f'{GUIDE} [aria-current="step"][href*="{step}"]').wait_for()
