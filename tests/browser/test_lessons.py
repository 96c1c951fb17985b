"""Lessons as students and teachers use them: predict, play, explain; keyboard; Back."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from app.lab.model import Lab
from lessons.content import names_of, step_content
from lessons.goals import conditions
from lessons.lesson import ChoiceQuestion, GoalQuestion, Lesson, NumberQuestion
from lessons.library import Library
from tests.browser.seen import attribute, box, hindrances, parts
from tests.browser.staying import GO, go_on
from tests.kinds import Visit

pytestmark = pytest.mark.browser

STAGE, GUIDE = ".ts-stage", ".ts-guide"
ACTIVE = (
    "(() => { let a = document.activeElement; while (a.shadowRoot?.activeElement)"
    " a = a.shadowRoot.activeElement; return a; })()"
)
"""The element that has the focus, below all shadow roots."""

CALM = {"reduced_motion": "reduce"}
LIBRARY = Library()


def first_with(kind: type, runs: int = 1) -> tuple[str, int, dict[str, Any]]:
    """Slug, number and content of the first step that asks this kind of question."""
    for lesson in LIBRARY.lessons():
        for number, step in enumerate(lesson.steps):
            if isinstance(step.question, kind) and len(step.settings) == runs:
                return lesson.slug, number + 1, step_content(lesson, number)
    raise LookupError(kind)


def runs(page: Page) -> int:
    return int(page.locator(STAGE).get_attribute("data-runs") or 0)


def wait_for_run(page: Page, before: int) -> None:
    stage = page.locator(STAGE).element_handle()
    page.wait_for_function(
        "([s, n]) => Number(s.dataset.runs) > n", arg=[stage, before], polling=5, timeout=20_000
    )


def answer_choice(page: Page, index: int) -> None:
    page.locator(f"{GUIDE} .choice input").nth(index).check()
    page.get_by_role("button", name="Keep my prediction").click()
    page.locator(f"{GUIDE} .after", has_text="Your prediction is kept").wait_for()


def play_is_open(page: Page) -> None:
    play = page.get_by_role("button", name="Play", exact=True)
    page.wait_for_function("b => !b.disabled", arg=play.element_handle())


def test_from_the_lab_to_a_lesson_and_back_without_loading_again(stay: Visit) -> None:
    page = stay()
    page.evaluate("window.kept = true")
    page.get_by_role("link", name="Lessons").click()
    page.locator(f"{GUIDE}[data-view=index]").wait_for()
    assert page.title() == "Lessons · Tunnelscope"
    first = LIBRARY.lessons()[0]
    before = runs(page)
    page.get_by_role("link", name=first.title).click()
    wait_for_run(page, before)
    assert page.url.endswith(f"?lesson={first.slug}&step=1")
    assert page.title() == f"{first.title} · Tunnelscope"
    page.go_back()
    page.locator(f"{GUIDE}[data-view=index]").wait_for()
    page.go_back()
    page.locator(STAGE).wait_for()
    assert page.evaluate("window.kept") is True
    page.go_forward()
    page.go_forward()
    page.locator(f"{GUIDE}[data-view=step]").wait_for()


def focused(page: Page) -> str:
    """The name of the element that has the focus."""
    return page.evaluate(f"() => {ACTIVE}.ariaLabel || {ACTIVE}.innerText")


def in_sight(page: Page, locator: Locator) -> bool:
    """Whether the whole element is on the screen."""
    place, size = box(locator), page.viewport_size
    assert size
    bottom, right = place["y"] + place["height"], place["x"] + place["width"]
    return min(place["y"], place["x"]) >= 0 and bottom <= size["height"] and right <= size["width"]


def background(locator: Locator) -> str:
    return locator.evaluate("e => getComputedStyle(e).backgroundColor")


def test_a_prediction_comes_before_the_run_and_is_compared_with_it(stay: Visit) -> None:
    slug, number, content = first_with(ChoiceQuestion)
    page = stay(f"?lesson={slug}&step={number}")
    assert page.get_by_role("button", name="Play", exact=True).is_disabled()
    assert "Predict first" in page.locator(f"{STAGE} .gate").inner_text()
    page.keyboard.press("ArrowRight")
    assert page.locator(STAGE).get_attribute("data-time") == "0"
    page.get_by_role("button", name="Keep my prediction").click()
    assert "Choose one" in page.locator(f"{GUIDE} .problem").inner_text()
    wrong = next(i for i, c in enumerate(content["question"]["choices"]) if not c["right"])
    answer_choice(page, wrong)
    play_is_open(page)
    assert not page.locator(f"{GUIDE} .explanation").is_visible()
    page.keyboard.press("End")
    page.locator(f"{GUIDE} .explanation").wait_for()
    verdict = page.locator(f"{GUIDE} .verdict").inner_text()
    assert "You predicted:" in verdict
    assert "It turned out:" in verdict
    page.reload()
    page.locator(f"{GUIDE} .explanation").wait_for()
    assert page.locator(f"{GUIDE} .choice input").nth(wrong).is_checked()


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)], ids=str)
def test_by_keyboard_play_follows_the_prediction_and_the_explanation_the_run(
    visit: Visit, size: tuple[int, int]
) -> None:
    slug, number, _ = first_with(ChoiceQuestion, runs=2)
    viewport = {"width": size[0], "height": size[1]}
    page = visit(f"?lesson={slug}&step={number}", viewport=viewport)
    page.locator(f"{GUIDE} .choice input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    start = page.get_by_role("button", name="Play the run")
    next_one = page.locator(f"{GUIDE} .next")
    assert focused(page) == "Play the run"
    assert in_sight(page, start)
    assert background(start) != background(next_one)
    assert "kept in this browser" in page.locator(f"{GUIDE} .after").inner_text()
    page.keyboard.press("Enter")
    page.locator(f'{STAGE}[data-playing="true"]').wait_for()
    assert focused(page) == "Pause"
    assert in_sight(page, page.locator(f"{STAGE} [data-slot=wave]"))
    assert in_sight(page, page.get_by_role("button", name="Pause"))
    assert "theory" not in page.locator(STAGE).inner_text()
    page.keyboard.press("End")
    page.locator(f"{GUIDE} .explanation").wait_for()
    page.locator(f"{STAGE} .explained button").wait_for()
    assert "theory" in page.locator(STAGE).inner_text()
    page.wait_for_function(f"() => {ACTIVE}.innerText === 'Read the explanation'")
    assert in_sight(page, page.locator(f"{STAGE} .explained button"))
    page.keyboard.press("Enter")
    assert focused(page).lower() == "explanation"
    assert in_sight(page, page.locator(f"{GUIDE} .explanation h3"))
    assert background(next_one) != background(start)


def test_an_answer_can_be_taken_back_and_given_again(stay: Visit) -> None:
    slug, number, _ = first_with(ChoiceQuestion)
    page = stay(f"?lesson={slug}&step={number}")
    for choice in (0, 1):
        answer_choice(page, choice)
        play_is_open(page)
        page.keyboard.press("End")
        page.locator(f"{GUIDE} .explanation").wait_for()
        page.locator(f"{STAGE}:not(.withheld)", has_text="theory").wait_for()
        page.get_by_role("button", name="Answer again").click()
        page.locator(f"{STAGE}.closed.withheld").wait_for()
        assert page.locator(STAGE).get_attribute("data-time") == "0"
        assert not page.locator(f"{GUIDE} .explanation").is_visible()
        assert page.locator(f"{GUIDE} .choice input:checked").count() == 0
        assert page.locator(f"{GUIDE} .choice input").first.evaluate("e => e.matches(':focus')")
        assert "forgotten" in page.locator(f"{GUIDE} .after").inner_text()
    page.reload()
    page.locator(f"{STAGE}.closed").wait_for()


def test_a_lesson_can_be_started_over_from_the_list_and_from_a_step(stay: Visit) -> None:
    slug, number, _ = first_with(ChoiceQuestion)
    page = stay(f"?lesson={slug}&step={number}")
    answer_choice(page, 0)
    play_is_open(page)
    page.keyboard.press("End")
    page.locator(f"{GUIDE} .explanation").wait_for()
    page.get_by_role("link", name="Lessons").first.click()
    card = page.locator(f'{GUIDE} [data-slug="{slug}"]')
    assert "1 of" in card.inner_text()
    card.get_by_text("Start over", exact=True).click()
    assert "in one step" in card.inner_text()
    card.get_by_role("button", name="Forget my answers").click()
    assert "1 of" not in card.inner_text()
    assert "are forgotten" in page.locator(f"{GUIDE} [role=status]").inner_text()
    card.get_by_role("link").click()
    page.locator(f"{STAGE}.closed").wait_for()
    answer_choice(page, 0)
    page.get_by_text("Start over", exact=True).click()
    page.get_by_role("button", name="Forget my answers").click()
    page.locator(f"{STAGE}.closed").wait_for()
    assert page.locator(f"{GUIDE} .choice input:checked").count() == 0
    assert page.get_by_text("Start over", exact=True).count() == 0


def test_a_number_is_compared_with_the_solver_s(stay: Visit) -> None:
    found = [
        (lesson, i)
        for lesson in LIBRARY.lessons()
        for i, step in enumerate(lesson.steps)
        if isinstance(step.question, NumberQuestion)
    ]
    lesson, i = found[0]
    key = step_content(lesson, i)["question"]
    page = stay(f"?lesson={lesson.slug}&step={i + 1}")
    page.locator(f"{GUIDE} .number input").fill(f"{key['answer']:.6g}")
    page.keyboard.press("Enter")
    play_is_open(page)
    page.keyboard.press("End")
    page.locator(f"{GUIDE} .verdict.right").wait_for()
    assert "The solver finds:" in page.locator(f"{GUIDE} .verdict").inner_text()


def test_before_the_run_was_watched_only_t_of_e_stands_on_its_card(stay: Visit) -> None:
    page = stay("?lesson=a-packet-has-many-energies&step=2")
    card = page.locator(f'{STAGE} [data-extra="coefficient"]')
    legend, beside = card.locator(".legend"), card.locator(".resonances, .reasons")
    open_marks = ["T(E)", "packet energy E₀", "top of the barrier"]
    card.locator(".legend", has_text="top of the barrier").wait_for()
    assert legend.locator("span").all_inner_texts() == open_marks
    assert beside.evaluate_all("(all) => all.map((one) => one.hidden)") == [True, True]
    page.locator(f"{GUIDE} .number input").fill("1")
    page.keyboard.press("Enter")
    play_is_open(page)
    page.keyboard.press("End")
    card.locator(".reasons", has_text="over the top").wait_for()
    assert {"tunneled", "over the top", "▼ resonance"} < set(
        legend.locator("span").all_inner_texts()
    )


def test_two_runs_share_clock_and_axes_and_show_both_fates(stay: Visit) -> None:
    slug, number, _ = first_with(ChoiceQuestion, runs=2)
    page = stay(f"?lesson={slug}&step={number}")
    assert page.locator(f"{STAGE} .fate").count() == 2
    answer_choice(page, 0)
    play_is_open(page)
    page.keyboard.press("End")
    page.locator(f"{STAGE}.settled").wait_for()
    page.locator(f"{STAGE} .between", has_text="second minus first").wait_for()
    axes = page.evaluate(
        "() => [...Bokeh.documents].flatMap((d) => d.roots())"
        ".filter((m) => m.right?.[0]?.axis_label?.startsWith('Energy'))"
        ".map((m) => [m.x_range, m.y_range].flatMap((r) => [r.start, r.end]))"
    )
    assert len(axes) == 2
    assert axes[0] == axes[1]


def test_what_is_held_equal_can_be_switched(stay: Visit) -> None:
    lesson, i = next(
        (lesson, i)
        for lesson in LIBRARY.lessons()
        for i, step in enumerate(lesson.steps)
        if step.held == "area"
    )
    page = stay(f"?lesson={lesson.slug}&step={i + 1}&teach=1")
    names = page.locator(f"{STAGE} .fate .name").all_inner_texts()
    width, *_ = re.findall(r"[\d.]+ nm", names[0])
    assert width in names[1]
    before = runs(page)
    page.get_by_label("Held equal").select_option("height and width at half height")
    wait_for_run(page, before)
    assert width not in page.locator(f"{STAGE} .fate .name").all_inner_texts()[1]


def goal_steps() -> Iterator[Any]:
    for lesson in LIBRARY.lessons():
        for number, step in enumerate(lesson.steps, 1):
            if isinstance(step.question, GoalQuestion):
                yield lesson.slug, number, step


def type_into(page: Page, name: str, value: float) -> None:
    page.get_by_role("spinbutton", name=Lab.param[name].label).fill(f"{value}")
    page.keyboard.press("Enter")


def test_a_goal_tells_what_is_missing_and_then_the_explanation_is_next(stay: Visit) -> None:
    slug, number, step = next(s for s in goal_steps() if s[2].question.solution.keys() == {"width"})
    page = stay(f"?lesson={slug}&step={number}")
    page.locator(f"{GUIDE} .conditions .unmet").first.wait_for()
    first = next(iter(step.settings.values()))
    for condition in conditions(step.question.goal, names_of(step.settings)):
        line = page.locator(f"{GUIDE} .conditions li", has_text=condition.what)
        said = " ".join(line.inner_text().split())
        assert f"{condition.what}: {condition.now}" in said
        assert f"wanted: {condition.wanted}" in said
        assert ("holds" if condition.met else "not yet") in said
    assert page.get_by_role("slider", name="Barrier width (nm)").is_enabled()
    assert not page.locator(f"{GUIDE} .explanation").is_visible()
    for name, value in step.question.solution.items():
        assert getattr(first, name) != value
        type_into(page, name, value)
    page.locator(f"{GUIDE} .goal.reached").wait_for(timeout=20_000)
    assert page.locator(f"{GUIDE} .conditions .unmet").count() == 0
    page.get_by_role("button", name="Read the explanation").click()
    assert focused(page).lower() == "explanation"
    page.get_by_role("button", name="Try again from the start").click()
    page.locator(f"{GUIDE} .conditions .unmet").first.wait_for()
    assert not page.locator(f"{GUIDE} .explanation").is_visible()


def test_clicks_are_whole_and_follow_the_theory(stay: Visit) -> None:
    lesson, i = next(
        (lesson, i)
        for lesson in LIBRARY.lessons()
        for i, step in enumerate(lesson.steps)
        if "clicks" in step.show
    )
    page = stay("?show=clicks")
    now = page.get_by_role("button", name="Detect at the time on screen", exact=True)
    if attribute(now, "aria-pressed") == "false":
        now.click()
    go_on(page, f"?lesson={lesson.slug}&step={i + 1}&teach=1")
    page.get_by_role("button", name="Reveal the answer").click()
    assert attribute(now, "aria-pressed") == "false", "another page begins as it says"
    for _ in range(4):
        page.get_by_role("button", name="Send 1000").click()
    told = page.locator('[data-part="click-sum"]').inner_text()
    sent, part, theory, spread = parts(
        r"(\d+) sent, .*?: ([\d.]+) %.*?Expected: \(([\d.]+) ± ([\d.]+)\) %", told
    )
    assert int(sent) == 4000
    assert abs(float(part) - float(theory)) < 6 * max(float(spread), 0.02)


def test_what_an_instructor_projects_holds_no_answer_until_it_is_revealed(stay: Visit) -> None:
    slug, number, content = first_with(ChoiceQuestion)
    (lesson,) = (one for one in LIBRARY.lessons() if one.slug == slug)
    page = stay(f"?lesson={slug}&step={number}&teach=1")
    shown = (page.locator(GUIDE), page.locator(STAGE))
    secret = ("exact theory", lesson.misconception, content["question"]["choices"][0]["feedback"])
    reveal = page.get_by_role("button", name="Reveal the answer")
    assert reveal.get_attribute("aria-expanded") == "false"
    play_is_open(page)
    page.keyboard.press("End")
    page.locator(f"{STAGE}.settled").wait_for()
    for _ in range(2):
        text = plain("".join(part.inner_text() for part in shown))
        assert [plain(part) for part in secret if plain(part) in text] == []
        assert not page.locator(f"{GUIDE} .explanation").is_visible()
        reveal.click()
        page.locator(f"{STAGE}:not(.withheld)").wait_for()
        assert page.locator(f"{GUIDE} .explanation").is_visible()
        text = plain("".join(part.inner_text() for part in shown))
        assert [plain(part) for part in secret if plain(part) not in text] == []
        page.get_by_role("button", name="Hide the answer").click()
        page.locator(f"{STAGE}.withheld").wait_for()


def plain(html: str) -> str:
    """Text without tags and spaces, in small letters."""
    return re.sub(r"<[^>]*>|\s", "", html).lower()


def test_a_printed_lesson_has_all_steps_and_pictures_on_pages_that_cut_nothing(
    visit: Visit,
) -> None:
    lesson = LIBRARY.lessons()[0]
    query = f"?lesson={lesson.slug}&print=1"
    page = visit(query, ready=False, attached=True, color_scheme="dark", **CALM)
    page.locator(f"{GUIDE}[data-view=print]").wait_for(timeout=60_000)
    paper = page.pdf(format="A4", outline=True, tagged=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) > len(lesson.steps) / 2
    for number, step in enumerate(lesson.steps, 1):
        assert f"({number}. {step.title})".encode() in paper
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})
    pictures = page.locator(f"{GUIDE} figure img")
    assert pictures.count() == 2 * sum(len(step.settings) for step in lesson.steps)
    for picture in pictures.all():
        size = picture.evaluate("e => [e.naturalWidth, e.clientWidth, e.clientHeight]")
        assert size[0] > 300
        assert 200 < size[1] <= 680
        assert 100 < size[2] < 400
    assert not page.get_by_role("banner").is_visible()
    held = page.locator(".main-content").evaluate("e => [e.scrollHeight, e.clientHeight]")
    assert held[0] <= held[1] + 1
    assert "exact theory" not in page.locator(GUIDE).inner_text().lower()


def test_the_printed_page_hides_the_keys(stay: Visit) -> None:
    lesson, page = LIBRARY.lessons()[0], stay()
    page.evaluate(GO, f"?lesson={lesson.slug}&print=1")
    page.locator(f"{GUIDE}[data-view=print]").wait_for()
    assert page.locator(f"{GUIDE} .key").count() == 0
    page.evaluate(GO, f"?lesson={lesson.slug}&print=1&answers=1")
    page.locator(f"{GUIDE} .key").first.wait_for()
    assert page.locator(f"{GUIDE} .printed h2").count() == len(lesson.steps) + 1


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?lesson=nothing-like-this", "There is no lesson"),
        ("?lesson=<b>bold</b>", "There is no lesson “<b>bold</b>”"),
    ],
)
def test_a_bad_address_is_told(stay: Visit, query: str, said: str) -> None:
    page = stay()
    page.evaluate(GO, query)
    page.locator(f"{GUIDE}[data-view=fault]").wait_for()
    assert said in page.locator(GUIDE).inner_text()


def test_a_bad_step_shows_the_first_and_says_so(visit: Visit) -> None:
    page = visit(f"?lesson={LIBRARY.lessons()[0].slug}&step=abc", **CALM)
    assert "must be a whole number" in page.locator(f"{STAGE} .notice").inner_text()


@pytest.mark.parametrize("lesson", LIBRARY.lessons(), ids=lambda lesson: lesson.slug)
def test_nothing_hinders_assistive_technology(stay: Visit, lesson: Lesson) -> None:
    page = stay(f"?lesson={lesson.slug}&step=1")
    page.locator(f"{GUIDE} h2").wait_for()
    assert hindrances(page) == []


def test_a_phone_shows_text_picture_and_controls_in_this_order(stay: Visit) -> None:
    lesson = LIBRARY.lessons()[0]
    phone = {"viewport": {"width": 390, "height": 844}}
    page = stay(f"?lesson={lesson.slug}&step=1", **phone)
    places = [
        box(page.locator(selector).first)["y"]
        for selector in (f"{GUIDE} h2", f"{STAGE} .wave", ".ts-controls")
    ]
    assert places == sorted(places)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_of_two_runs_the_one_that_ends_first_says_so(stay: Visit) -> None:
    page = stay("?lesson=rectangle-against-gaussian&step=1&teach=1")
    names = page.locator(f"{STAGE} h3.name")
    assert not any("ended" in name for name in names.all_inner_texts())
    page.keyboard.press("End")
    page.locator(f"{STAGE} h3.name", has_text=re.compile(r"ended at [\d.]+ fs")).wait_for()
    assert sum("ended" in name for name in names.all_inner_texts()) == 1
