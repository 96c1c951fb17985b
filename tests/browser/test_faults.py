"""A wire that is cut, a server that is gone or new, a computer that slept: nothing is lost."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from time import monotonic

import pytest
from playwright.sync_api import Locator, Page, expect

from lessons.lesson import ChoiceQuestion, GoalQuestion
from lessons.library import Library
from tests.browser.contexts import LARGE, Contexts, Faults
from tests.browser.seen import attribute
from tests.browser.serving import WAITING, serving
from tests.browser.test_hindrances import SOCKETS
from tests.browser.wire import Wire, wired
from tests.deploy.test_proxies import before_two, nginx

pytestmark = pytest.mark.browser

STAGE, GUIDE = ".ts-stage", ".ts-guide"
GO = "(query) => { window.dispatchEvent(new CustomEvent('ts-go', { detail: query })); }"
SAME = "() => window.same === true"
HALF = """() => {
  const socket = window.sockets.at(-1);
  socket.onmessage({ data: '{"msgid": "1", "msgtype": "OK", "reqid": "2"}' });
  socket.close();
}"""
SEEN = """(seen) => {
  Object.defineProperty(document, 'hidden', { get: () => !seen, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}"""
HEIGHT = "Barrier height (eV)"
LOST = "No connection to the server. What you change runs once it is back."
AGAIN = "Connected again."
BROUGHT_BY_THE_FAULT = re.compile(
    r"net::ERR_|status of 503|WebSocket connection to|Failed to connect to Bokeh server"
)
"""What a browser itself says on its console of an address that does not answer."""

FORGETFUL = """
from app import server
times = {"check_unused_sessions": 50, "unused_session_lifetime": 2000}
server.LIFETIMES.update({f"{name}_milliseconds": time for name, time in times.items()})
"""
"""A server that waits for two seconds."""

FASTEST = 20.0
"""Femtoseconds that are played in a second, at most, where no speed was chosen."""

SHOWN = "tunnelscope_release_seconds_count"
NOBODY = "tunnelscope_sessions 0.0"
LOOK = 50
"""Milliseconds between two looks at what the server tells of itself."""

Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def wire(address: str) -> Iterator[Wire]:
    """Between the browser and the server of the other tests."""
    with wired(address) as wire:
        yield wire


@pytest.fixture
def enter(contexts: Contexts) -> Iterator[Enter]:
    """Open an address as a new visitor, marked so that a page that is loaded again can be told."""
    met: list[tuple[str, Faults]] = []

    def open_at(address: str, query: str = "", clock: bool = False, script: str = "") -> Page:
        page = contexts.page({"viewport": LARGE, "reduced_motion": "reduce"})
        faults = Faults(address)
        met.append((address, faults))
        faults.watch(page)
        page.add_init_script(script)
        if clock:
            page.clock.install()
        page.goto(address + query)
        page.wait_for_selector(f"{STAGE}[data-state=ready]", timeout=60_000)
        page.evaluate("() => { window.same = true; }")
        return page

    yield open_at
    found = [told for _, faults in met for told in faults.told()]
    for address, _ in met:
        contexts.leave(address)
    assert [told for told in found if not BROUGHT_BY_THE_FAULT.search(told)] == []


def shown_runs(page: Page, address: str) -> str:
    """How many runs the server has given to stages."""
    told = page.request.get(address + "metrics").text()
    return next(line for line in told.splitlines() if SHOWN in line)


def said(page: Page) -> Locator:
    return page.locator(".ts-line")


def exact(page: Page) -> Locator:
    return page.locator(f'{STAGE} [data-part="exact"]')


def restarted(stack: ExitStack, port: int) -> str:
    """A server that is started at the address of one before."""
    return stack.enter_context(serving(*WAITING[:-1], str(port)))


def step_with(kind: type) -> str:
    """The address of a step with such a question; a goal is to be reached by the width."""
    return next(
        f"?lesson={lesson.slug}&step={number}"
        for lesson in Library().lessons()
        for number, step in enumerate(lesson.steps, 1)
        if isinstance(step.question, kind)
        and "width" in getattr(step.question, "solution", "width")
    )


def port_of(address: str) -> int:
    return int(address.rstrip("/").rpartition(":")[2])


def test_a_cut_wire_is_told_and_the_same_session_goes_on(enter: Enter, wire: Wire) -> None:
    page = enter(wire.address)
    stage, slider = page.locator(STAGE), page.get_by_role("slider", name=HEIGHT)
    page.get_by_role("button", name="Loop").click()
    page.get_by_role("button", name="Play", exact=True).click()
    before = exact(page).inner_text()
    wire.cut()
    try:
        expect(said(page)).to_contain_text("No connection to the server.")
        assert slider.is_enabled()
        for _ in range(5):
            slider.press("ArrowRight")
        expect(stage).to_have_class(re.compile("stale"))
        expect(page.locator(f"{STAGE} .notice")).to_contain_text("of the settings before")
        expect(page.locator(".ts-controls .unsent")).to_have_attribute("data-name", "height")
        assert exact(page).inner_text() == before
        assert stage.get_attribute("data-playing") == "true"
    finally:
        wire.mend()
    expect(exact(page)).to_have_text("17.14 %", timeout=15_000)
    expect(said(page)).to_have_text("Connected again.")
    expect(stage).not_to_have_class(re.compile("stale"))
    assert page.locator(f"{STAGE} .notice").is_hidden()
    assert page.locator(".ts-controls .unsent").count() == 0
    page.wait_for_url("**/?height=2")
    assert stage.get_attribute("data-playing") == "true"
    assert page.evaluate(SAME)
    slider.press("ArrowRight")
    page.wait_for_url("**/?height=2.1")


def test_where_a_person_went_while_the_wire_was_cut_is_shown_then(enter: Enter, wire: Wire) -> None:
    lesson = Library().lessons()[0]
    page = enter(wire.address)
    for query, shown in ((f"?lesson={lesson.slug}&step=1", "step"), ("?lessons", "index")):
        page.evaluate(GO, query)
        wire.cut()
        expect(said(page)).to_contain_text("No connection to the server.")
        wire.mend()
        page.locator(f"{GUIDE}[data-view={shown}]").wait_for(timeout=20_000)
        expect(said(page)).to_have_text("Connected again.")
    assert page.evaluate(SAME)


def test_what_the_server_said_in_vain_is_known_in_the_end(
    enter: Enter, wire: Wire, address: str
) -> None:
    page, query = enter(wire.address), step_with(ChoiceQuestion)
    runs = page.locator(STAGE).get_attribute("data-runs")
    before = shown_runs(page, address)
    wire.swallow()
    page.evaluate(GO, query)
    while shown_runs(page, address) == before:
        page.wait_for_timeout(LOOK)
    wire.cut()
    wire.mend()
    page.locator(f"{GUIDE}[data-view=step]").wait_for(timeout=20_000)
    expect(page.locator(STAGE)).not_to_have_attribute("data-runs", runs or "")
    page.locator(f"{GUIDE} .choice input").first.check()
    page.get_by_role("button", name="Keep my prediction").click()
    page.keyboard.press("End")
    page.locator(f"{GUIDE} .explanation").wait_for()
    assert page.evaluate(SAME)


def test_half_a_message_before_the_cut_is_none(enter: Enter, wire: Wire) -> None:
    page = enter(wire.address, script=SOCKETS)
    page.evaluate(HALF)
    expect(said(page)).to_have_text("Connected again.", timeout=15_000)
    page.get_by_role("slider", name=HEIGHT).press("ArrowRight")
    page.wait_for_url("**/?height=1.6")
    assert page.evaluate(SAME)


def test_no_answer_is_told_before_the_wire_is_known_to_be_dead(enter: Enter, wire: Wire) -> None:
    page = enter(wire.address)
    wire.flows.clear()
    try:
        page.get_by_role("slider", name=HEIGHT).press("ArrowRight")
        expect(said(page)).to_contain_text("has not answered yet")
        expect(page.locator(STAGE)).to_have_class(re.compile("stale"))
    finally:
        wire.flows.set()
    page.wait_for_url("**/?height=1.6")
    expect(said(page)).to_have_text("")
    expect(page.locator(STAGE)).not_to_have_class(re.compile("stale"))
    assert page.evaluate(SAME)


def test_a_computer_that_slept_and_a_hidden_tab_go_on_where_they_were(
    enter: Enter, wire: Wire
) -> None:
    """Timers stand still for an hour, the server has given up the connection, nobody was told."""
    page = enter(wire.address, clock=True)
    stage = page.locator(STAGE)
    page.get_by_role("button", name="Step forward").click()
    before, start = float(attribute(stage, "data-time")), monotonic()
    page.get_by_role("button", name="Play", exact=True).click()
    wire.forget()
    page.clock.fast_forward("01:00:00")
    played = float(attribute(stage, "data-time")) - before
    assert played < FASTEST * (monotonic() - start)
    comes_back(page)
    page.get_by_role("slider", name=HEIGHT).press("ArrowRight")
    page.wait_for_url("**/?height=1.6")
    tab_sleeps(page, wire)
    page.get_by_role("slider", name=HEIGHT).press("ArrowRight")
    page.wait_for_url("**/?height=1.7")
    assert page.evaluate(SAME)


def tab_sleeps(page: Page, wire: Wire) -> None:
    """Nobody looks at it for an hour, and its connection dies: it asks for nothing until then."""
    soon(page, "")
    page.evaluate(SEEN, False)
    wire.forget()
    page.clock.fast_forward("01:00:00")
    page.clock.run_for(20_000)
    expect(said(page)).to_have_text("")
    page.evaluate(SEEN, True)
    comes_back(page)


def comes_back(page: Page) -> None:
    """A quick clock until the page knows; then ours, for a server answers no quicker for that."""
    soon(page, LOST, AGAIN)
    expect(said(page)).to_have_text(AGAIN, timeout=15_000)


def soon(page: Page, *words: str) -> None:
    """One of these is said within a minute of the page's clock, which goes faster than ours."""
    for _ in range(120):
        if said(page).text_content() in words:
            return
        page.clock.run_for(500)
    raise AssertionError(said(page).text_content())


def test_who_was_away_for_longer_than_a_session_is_kept_comes_back_too(enter: Enter) -> None:
    patched = ("-c", f"{FORGETFUL}{WAITING[1]}", *WAITING[2:])
    with serving(*patched) as address, wired(address) as wire:
        page = enter(wire.address, "?width=0.4")
        page.keyboard.press("End")
        time = attribute(page.locator(STAGE), "data-time")
        wire.cut()
        page.get_by_role("slider", name=HEIGHT).press("ArrowRight")
        while NOBODY not in page.request.get(address + "metrics").text():
            page.wait_for_timeout(LOOK)
        wire.mend()
        page.wait_for_function("() => window.same === undefined", timeout=15_000)
        page.wait_for_url("**height=1.6**")
        assert "width=0.4" in page.url
        assert attribute(page.locator(STAGE), "data-time") == time


def test_a_new_server_at_the_same_address_finds_all_where_they_were(enter: Enter) -> None:
    asked, goal = step_with(ChoiceQuestion), step_with(GoalQuestion)
    with serving(*WAITING) as address:
        port = port_of(address)
        lab = enter(address, "?energy=1.2")
        choice, wanted = enter(address, asked), enter(address, goal)
        lab.keyboard.press("End")
        choice.locator(f"{GUIDE} .choice input").nth(1).check()
        width = wanted.get_by_role("spinbutton", name="Barrier width (nm)")
        width.fill("0.7")
        width.press("Enter")
    for page in (lab, choice, wanted):
        expect(said(page)).to_contain_text("No connection to the server.")
    lab.get_by_role("slider", name=HEIGHT).press("ArrowRight")
    time = attribute(lab.locator(STAGE), "data-time")
    expect(lab.locator(STAGE)).to_have_class(re.compile("stale"))
    with ExitStack() as stack:
        restarted(stack, port)
        for page in (lab, choice, wanted):
            page.wait_for_function("() => window.same === undefined", timeout=15_000)
            page.wait_for_selector(f"{STAGE}[data-state=ready]", timeout=20_000)
            expect(said(page)).to_have_text("")
        lab.wait_for_url("**height=1.6**")
        assert "energy=1.2" in lab.url
        assert attribute(lab.locator(STAGE), "data-time") == time
        assert choice.locator(f"{GUIDE} .choice input").nth(1).is_checked()
        choice.get_by_role("button", name="Keep my prediction").click()
        choice.get_by_role("button", name="Play the run").wait_for()
        expect(wanted.get_by_role("spinbutton", name="Barrier width (nm)")).to_have_value("0.7")
        assert (choice.url, wanted.url) == (address + asked, address + goal)


def test_a_page_whose_process_dies_goes_on_at_another_behind_the_proxy(enter: Enter) -> None:
    with before_two(nginx) as place:
        page = enter(place.address, "?energy=1.2")
        page.get_by_role("slider", name=HEIGHT).press("ArrowRight")
        page.wait_for_url("**height=1.6**")
        (cookie,) = page.context.cookies()
        assert cookie["name"] == "tunnelscope"
        number = int(cookie["value"].removeprefix("lab_"))
        list(place.replicas.values())[number - 1].kill()
        page.wait_for_function("() => window.same === undefined", timeout=20_000)
        page.wait_for_selector(f"{STAGE}[data-state=ready]", timeout=20_000)
        assert page.url.startswith(place.address)
        assert {"energy=1.2", "height=1.6"} <= set(page.url.partition("?")[2].split("&"))
        expect(said(page)).to_have_text("")
