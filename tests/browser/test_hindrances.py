"""What could stop the stage: an old browser, a message that cannot be read, a lost connection."""

import pytest
from playwright.sync_api import Page

from tests.browser.seen import attribute
from tests.kinds import Visit

pytestmark = pytest.mark.browser

STAGE = ".ts-stage"
OLD = "delete window.DecompressionStream;"
SOCKETS = """
const Plain = WebSocket;
window.sockets = [];
window.WebSocket = class extends Plain {
  constructor(...words) { super(...words); window.sockets.push(this); }
};
"""
BREAK = """() => {
  window.kept = window.DecompressionStream;
  window.DecompressionStream = class { constructor() { throw new Error("no memory left"); } };
}"""


def drawn(page: Page) -> int:
    return int(attribute(page.locator(STAGE), "data-drawn"))


def test_a_browser_without_a_stream_to_inflate_plays_the_same(visit: Visit) -> None:
    page = visit(script=OLD)
    assert page.evaluate("window.DecompressionStream") is None
    page.keyboard.press("Home")
    stage, before = page.locator(STAGE).element_handle(), drawn(page)
    page.wait_for_function("([s, n]) => Number(s.dataset.drawn) > n + 20", arg=[stage, before])
    page.keyboard.press("End")
    page.locator(f"{STAGE}.settled").wait_for()
    assert page.locator(f'{STAGE} [data-part="exact"]').inner_text() == "34.19 %"
    assert page.locator(f"{STAGE} .notice").is_hidden()


def test_what_goes_wrong_is_told_and_does_not_silence_the_next(visit: Visit) -> None:
    page = visit(script=SOCKETS, reduced_motion="reduce")
    notice = page.locator(f"{STAGE} .notice")
    slider = page.get_by_role("slider", name="Barrier height (eV)")
    page.evaluate(BREAK)
    slider.press("ArrowRight")
    notice.get_by_text("This cannot be shown (no memory left).").wait_for()
    page.evaluate("() => { window.DecompressionStream = window.kept; }")
    slider.press("ArrowRight")
    notice.wait_for(state="hidden")
    page.evaluate("() => window.sockets.forEach((socket) => socket.close())")
    notice.get_by_text("The connection to the server is lost").wait_for()
