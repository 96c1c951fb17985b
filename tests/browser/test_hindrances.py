"""What could stop the stage: an old browser, an unreadable message, a slow or lost connection."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route

from lessons.lesson import GoalQuestion
from lessons.library import Library
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

HOLD = """() => {
  const { send } = WebSocket.prototype, held = [];
  WebSocket.prototype.send = function (message) { held.push(() => send.call(this, message)); };
  window.release = () => { WebSocket.prototype.send = send; held.forEach((go) => go()); };
}"""


@contextmanager
def held(page: Page) -> Iterator[None]:
    """Nothing reaches the server until this is over."""
    page.evaluate(HOLD)
    try:
        yield
    finally:
        page.evaluate("window.release()")


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
    page.get_by_text("No connection to the server.").wait_for()
    page.get_by_text("Connected again.").wait_for()


@pytest.mark.parametrize("act", ["End", "Play the run"])
def test_what_is_asked_of_a_run_that_is_still_to_come_is_done_with_it(
    stay: Visit, act: str
) -> None:
    lesson = Library().lessons()[0]
    page = stay(f"?lesson={lesson.slug}&step=1")
    explanation, stage = page.locator(".ts-guide .explanation"), page.locator(STAGE)
    keep = page.get_by_role("button", name="Keep my prediction")
    page.locator(".ts-guide .choice input").first.check()
    keep.click()
    page.keyboard.press("End")
    explanation.wait_for()
    with held(page):
        page.get_by_role("button", name="Answer again").click()
        page.locator(".ts-guide .choice input").nth(1).check()
        keep.click()
        if act == "End":
            page.keyboard.press("End")
        else:
            page.get_by_role("button", name=act).click()
        assert explanation.is_hidden()
        assert stage.get_attribute("data-time") == "0"
    explanation.wait_for()
    assert float(attribute(stage, "data-time")) > 1


def test_a_goal_that_was_reached_before_it_was_begun_again_is_not_reached(stay: Visit) -> None:
    lesson, number, question = next(
        (lesson, number, step.question)
        for lesson in Library().lessons()
        for number, step in enumerate(lesson.steps, 1)
        if isinstance(step.question, GoalQuestion) and step.question.solution.keys() == {"width"}
    )
    page = stay(f"?lesson={lesson.slug}&step={number}")
    explanation, stage = page.locator(".ts-guide .explanation"), page.locator(STAGE)
    width = page.get_by_role("spinbutton", name="Barrier width (nm)")
    width.fill(str(question.solution["width"]))
    width.press("Enter")
    explanation.wait_for()
    with held(page):
        page.get_by_role("slider", name="Barrier width (nm)").press("ArrowRight")
        page.get_by_role("button", name="Try again from the start").click()
        before = int(attribute(stage, "data-runs"))
    page.wait_for_function(
        "([s, n]) => Number(s.dataset.runs) > n", arg=[stage.element_handle(), before + 1]
    )
    page.locator(".ts-guide .conditions .unmet").first.wait_for()
    assert explanation.is_hidden()
    assert page.evaluate("localStorage.getItem('tunnelscope:lessons')") == "{}"


def test_a_page_whose_scripts_are_slow_shows_the_frame_of_the_lab(visit: Visit) -> None:
    """The library's own spinner, over a darkened page, stays away."""
    page, held, asked = visit(), list[Route](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/bokeh.min.js*", lambda route: held.append(route))
    page.reload(wait_until="commit")
    waiting = page.locator("#ts-waiting")
    waiting.get_by_text("on its way").wait_for()
    assert waiting.get_by_text("Tunnelscope").is_visible()
    assert page.locator(STAGE).count() == 0
    assert not page.locator("#loader").is_visible()
    held[0].continue_()
    page.locator(STAGE).wait_for()
    assert waiting.count() == 0
    assert not [url for url in asked if "bokeh-gl" in url]
