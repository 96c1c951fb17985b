"""A walk through every step of every lesson: nothing overlaps, nothing is told before its time.

Each step is looked at in four sizes of the window, in each with 16 px and with 32 px (200 %) as the
browser's own size of text, from which all sizes of text on the page follow. To draw the figures
anew for each is most of the work: they are drawn for the first size, and their places are empty in
the others. What figures do there is looked at in the steps that are the first to show one. Every
look ends with the first size, so that figures are drawn for few others.
"""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from lessons.lesson import Lesson
from lessons.library import Library
from tests.browser.seen import box
from tests.browser.staying import go_on
from tests.kinds import Visit

pytestmark = pytest.mark.browser

BOXES = (Path(__file__).parent / "boxes.js").read_text("utf-8")
SIZES = ((1280, 720), (1440, 900), (1024, 768), (390, 844))
FONTS = (16, 32)
STAGE, GUIDE = ".ts-stage", ".ts-guide"
THEORY = re.compile(r"exact theory|theory:|went over the top|tunneled|difference|expected:", re.I)
SHOW = "(all, shown) => all.forEach((one) => { one.style.display = shown ? '' : 'none'; })"
STILL = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
CONTENT = """() => [...Bokeh.documents].flatMap((d) => d.roots())
  .flatMap((root) => [...root.references()])
  .find((model) => model.data?.attributes?.view?.kind).data.attributes.view"""
ONE_SCREEN = ((390, 844), (1280, 720))
"""Where a goal, picture and free controls are seen at once; the last is the first looked at."""


def first_shown() -> Iterator[tuple[str, int]]:
    """The steps that are the first to show a figure, alone or beside a second run."""
    known: set[tuple[int, str]] = set()
    for lesson in Library().lessons():
        for number, step in enumerate(lesson.steps, 1):
            shown = {(len(step.settings), name) for name in ("wave packet", *step.show)}
            if shown - known:
                known |= shown
                yield lesson.slug, number


FIRST_SHOWN = frozenset(first_shown())


class Walk:
    """A page, in which the guide's own navigation leads from step to step."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)
        page.evaluate(f"() => {{ window.boxes = {BOXES} }}")  # else it would be called

    def go(self, lesson: Lesson, number: int) -> None:
        go_on(self.page, f"?lesson={lesson.slug}&step={number}")

    def content(self) -> dict[str, Any]:
        """What the guide has of the step, secrets included."""
        content: dict[str, Any] = self.page.evaluate(CONTENT)
        return content

    def size(self, width: int, height: int, font: int = FONTS[0]) -> None:
        self.session.send("Page.setFontSizes", {"fontSizes": {"standard": font, "fixed": font}})
        self.page.set_viewport_size({"width": width, "height": height})

    def draw(self, shown: bool) -> None:
        """Whether there are figures in their places."""
        self.page.locator(f"{STAGE} .slot > *").evaluate_all(SHOW, shown)

    def look(self, where: str, fonts: tuple[int, ...] = FONTS, figures: int = 1) -> Iterator[str]:
        """What is wrong with the boxes in all sizes, with figures in so many of the first."""
        for i, (font, size) in enumerate(product(fonts, SIZES)):
            if i == figures:
                self.draw(False)
            self.size(*size, font)
            self.page.evaluate(STILL)
            for said in self.page.evaluate("boxes()"):
                yield f"{where} {size[0]}x{size[1]} {font} px: {said}"
        self.size(*SIZES[0])
        self.draw(True)

    def text(self) -> str:
        return self.page.locator(GUIDE).inner_text() + self.page.locator(STAGE).inner_text()

    def answer(self, question: dict[str, Any]) -> None:
        if question["kind"] == "number":
            self.page.locator(f"{GUIDE} .number input").fill("1")
        else:
            self.page.locator(f"{GUIDE} .choice input").first.check()
        self.page.get_by_role("button", name="Keep my prediction").click()
        self.page.locator(f"{STAGE}:not(.closed)").wait_for()

    def watch(self) -> None:
        self.page.locator(f"{STAGE} [data-do=play]").focus()
        self.page.keyboard.press("End")
        self.page.locator(f"{STAGE}:not(.withheld)").wait_for()


def secrets(content: dict[str, Any]) -> list[str]:
    """What of a step nobody may read before the run was watched."""
    question = content["question"]
    feedback = [c["feedback"] for c in question.get("choices", ())]
    told = [*feedback, question.get("right", ""), question.get("wrong", ""), content["explanation"]]
    return [plain(part)[:40] for part in told if len(plain(part)) > 20]


def plain(html: str) -> str:
    """Text without tags, formulas and spaces."""
    words = re.sub(r'<(span|div) class="math.*?</\1>', "", html)
    return re.sub(r"<[^>]*>|\s", "", words)


def told_too_soon(walk: Walk, content: dict[str, Any]) -> list[str]:
    text, question = walk.text(), content["question"]
    known = plain(content["introduction"] + question["ask"])
    shown = [part for part in secrets(content) if part in plain(text) and part not in known]
    if question["kind"] == "goal":
        return shown
    return shown + THEORY.findall(walk.page.locator(STAGE).inner_text())


def more_than_a_screen(walk: Walk) -> Iterator[str]:
    """Where the goal, the picture and the free controls of a step are not seen at once."""
    walk.page.locator(f"{GUIDE} .conditions li").first.wait_for()
    for size in ONE_SCREEN:
        walk.size(*size)
        walk.page.evaluate(STILL)
        walk.page.locator(".main-content").evaluate("(pane) => { pane.scrollTop = 0; }")
        figures = walk.page.locator(f"{STAGE} .wave .slot:visible").all()
        assert figures
        parts = [walk.page.locator(part) for part in (f"{GUIDE} .task", ".controls")]
        boxes = [box(part) for part in (*parts, *figures)]
        top = min(place["y"] for place in boxes)
        bottom = max(place["y"] + place["height"] for place in boxes)
        free = size[1] - box(walk.page.get_by_role("banner"))["height"]
        if bottom - top > free:
            yield f"{size[0]}x{size[1]}: goal to controls take {bottom - top} px of {free} px"


def step_looked_at(walk: Walk, where: str, figures: int) -> Iterator[str]:
    """What is wrong with a step when it begins, once a prediction is kept, and in the end."""
    content = walk.content()
    question = content["question"]
    predicts = question is not None and question["kind"] != "goal"
    if question is not None and not predicts:
        yield from (f"{where} {said}" for said in more_than_a_screen(walk))
    yield from walk.look(f"{where} at first", FONTS[:1] if predicts else FONTS, figures)
    if question is not None:
        yield from (f"{where} tells at first: {said}" for said in told_too_soon(walk, content))
    if predicts:
        walk.answer(question)
        yield from (f"{where} tells once kept: {said}" for said in told_too_soon(walk, content))
        walk.watch()
        yield from walk.look(f"{where} at last", FONTS, figures)
    if figures > 1 and walk.page.locator(f"{STAGE} .slot canvas:visible").count() == 0:
        yield f"{where} shows no figure"


@pytest.mark.parametrize("lesson", Library().lessons(), ids=lambda lesson: lesson.slug)
def test_no_step_overlaps_or_tells_its_result_before_its_time(stay: Visit, lesson: Lesson) -> None:
    width, height = SIZES[0]
    page = stay(f"?lesson={lesson.slug}&step=1", viewport={"width": width, "height": height})
    walk, wrong = Walk(page), list[str]()
    for number in range(1, len(lesson.steps) + 1):
        if number > 1:
            walk.go(lesson, number)
        sizes = len(FONTS) * len(SIZES) if (lesson.slug, number) in FIRST_SHOWN else 1
        wrong += step_looked_at(walk, f"{lesson.slug} {number}", sizes)
    assert wrong == [], "\n".join(wrong)


FAULTS = {
    "<button>Play</button><div class=slot style='position:fixed;inset:0'>x</div>": "lies on",
    "<div class=card style='width:80px'><p style='width:200px'>one long line of text</p></div>": (
        "leaves its card"
    ),
    "<div style='width:3000px'>wide</div>": "scrolls sideways",
    "<b style='display:block;width:40px;overflow:hidden;white-space:nowrap'>A long name</b>": (
        "leaves its B"
    ),
    "<div class=slot style='width:80px;height:80px'><canvas></canvas></div>": "leaves its slot",
    "<button>Play</button><i style='position:fixed;inset:0'></i>": "meets <i",
}


@pytest.mark.parametrize("html", FAULTS)
def test_the_look_at_boxes_sees_what_is_wrong(browser: Browser, html: str) -> None:
    page = browser.new_page()
    page.set_content("<!DOCTYPE html><body>" + html)
    said = page.evaluate(f"({BOXES})()")
    page.close()
    assert any(FAULTS[html] in sentence for sentence in said), said
