"""A walk through every step of every lesson: nothing overlaps, nothing is told before its time.

Each step is looked at in four sizes of the window, in each with 16 px and with 32 px (200 %) as the
browser's own size of text, from which all sizes of text on the page follow. To draw the figures
anew for each is most of the work: they are drawn for the first size, and their places are empty in
the others. What figures do there is looked at in the steps that are the first to show one.
"""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from lessons.lesson import GoalQuestion, Lesson
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
STEPS = [
    (lesson, number) for lesson in Library().lessons() for number in range(1, len(lesson.steps) + 1)
]


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

    def look(self, where: str, fonts: tuple[int, ...] = FONTS, figures: int = 1) -> Iterator[str]:
        """What is wrong with the boxes in all sizes, with figures in so many of the first."""
        for i, (font, size) in enumerate(product(fonts, SIZES)):
            self.page.locator(f"{STAGE} .slot > *").evaluate_all(SHOW, i < figures)
            sizes = {"standard": font, "fixed": font}
            self.session.send("Page.setFontSizes", {"fontSizes": sizes})
            self.page.set_viewport_size({"width": size[0], "height": size[1]})
            self.page.evaluate(STILL)
            for said in self.page.evaluate("boxes()"):
                yield f"{where} {size[0]}x{size[1]} {font} px: {said}"
        self.page.locator(f"{STAGE} .slot > *").evaluate_all(SHOW, True)
        self.session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})

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


def step_looked_at(walk: Walk, where: str, figures: int = 1) -> Iterator[str]:
    """What is wrong with a step when it begins, once a prediction is kept, and in the end."""
    content = walk.content()
    question = content["question"]
    predicts = question is not None and question["kind"] != "goal"
    yield from walk.look(f"{where} at first", FONTS[:1] if predicts else FONTS, figures)
    if question is not None:
        yield from (f"{where} tells at first: {said}" for said in told_too_soon(walk, content))
    if not predicts:
        return
    walk.answer(question)
    yield from (f"{where} tells once kept: {said}" for said in told_too_soon(walk, content))
    walk.watch()
    yield from walk.look(f"{where} at last", FONTS, figures)


@pytest.mark.parametrize("lesson", Library().lessons(), ids=lambda lesson: lesson.slug)
def test_no_step_overlaps_or_tells_its_result_before_its_time(stay: Visit, lesson: Lesson) -> None:
    walk = Walk(stay(f"?lesson={lesson.slug}&step=1"))
    wrong: list[str] = []
    for number in range(1, len(lesson.steps) + 1):
        if number > 1:
            walk.go(lesson, number)
        wrong += step_looked_at(walk, f"{lesson.slug} {number}")
    assert wrong == [], "\n".join(wrong)


def first_shown() -> Iterator[tuple[Lesson, int]]:
    """The steps that are the first to show a figure, alone or beside a second run."""
    known: set[tuple[int, str]] = set()
    for lesson, number in STEPS:
        step = lesson.steps[number - 1]
        shown = {(len(step.settings), name) for name in ("wave packet", *step.show)}
        if shown - known:
            known |= shown
            yield lesson, number


@pytest.mark.parametrize(("slug", "number"), [(one.slug, step) for one, step in first_shown()])
def test_no_figure_leaves_its_place(stay: Visit, slug: str, number: int) -> None:
    walk = Walk(stay(f"?lesson={slug}&step={number}"))
    wrong = list(step_looked_at(walk, f"{slug} {number}", figures=len(FONTS) * len(SIZES)))
    assert walk.page.locator(f"{STAGE} .slot canvas:visible").count() > 0
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


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)], ids=str)
def test_goal_picture_and_free_controls_are_on_one_screen(
    stay: Visit, size: tuple[int, int]
) -> None:
    steps = [s for s in STEPS if isinstance(s[0].steps[s[1] - 1].question, GoalQuestion)]
    viewport = {"width": size[0], "height": size[1]}
    lesson, number = steps[0]
    query = f"?lesson={lesson.slug}&step={number}"
    page = stay(query, viewport=viewport)
    walk = Walk(page)
    for place, (lesson, number) in enumerate(steps):
        if place:
            walk.go(lesson, number)
        page.locator(f"{GUIDE} .conditions li").first.wait_for()
        page.evaluate(STILL)
        parts = [f"{GUIDE} .task", ".controls"]
        figures = page.locator(f"{STAGE} .wave .slot:visible")
        boxes = [box(page.locator(part)) for part in parts]
        boxes += [box(figures.nth(i)) for i in range(figures.count())]
        top = min(place["y"] for place in boxes)
        bottom = max(place["y"] + place["height"] for place in boxes)
        header = box(page.get_by_role("banner"))["height"]
        assert bottom - top <= size[1] - header, f"{lesson.slug} {number}"
