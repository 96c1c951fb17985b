"""What a person enters is what runs: every control, typed, stepped, slid, pasted, mended; Back."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from app.lab import links
from app.lab.controls import CONTROLS
from app.lab.model import Lab
from lessons.lesson import GoalQuestion, Step
from lessons.library import Library
from solver.barriers import SHAPES
from solver.controls import CHOICES as TABLE
from solver.controls import WORDED, Controls
from solver.ranges import RANGES
from tests.browser.seen import box, hindrances
from tests.kinds import Visit

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
STAGE = ".ts-stage"
CALM = {"reduced_motion": "reduce"}
PAST = ("Undo", "Redo", "Reset")
SLOW = ("t2", "noise_length")
"""What is run as an average: the last of several entries in a row is waited for."""

CHOICES = [name for name in CONTROLS if name in TABLE and name not in WORDED]


def beside(name: str) -> str:
    """The choices with which the lab shows this control, quick to run."""
    shape = next((s for s, kind in SHAPES.items() if name in kind.sizes()), "Rectangular")
    noise = "&environment=Dephasing" if name in SLOW else ""
    return f"?quality=draft&shape={shape}{noise}"


def some(name: str, count: int) -> list[float]:
    """So many values in steps from the default."""
    span = RANGES[name]
    return [float(f"{span.default + i * span.step:.12g}") for i in range(1, count + 1)]


def entry(page: Page, name: str) -> Locator:
    return page.get_by_role("spinbutton", name=Lab.param[name].label)


def unfold(page: Page) -> None:
    """Open the advanced controls, if nobody has."""
    page.locator(".ts-controls details").evaluate("(part) => { part.open = true; }")


def slider(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=Lab.param[name].label)


def problem(page: Page, name: str) -> str:
    return page.locator(f"[data-name={name}] .problem").inner_text()


def enter(page: Page, name: str, text: str, key: str = "Enter") -> None:
    """Click, type, and press Enter or leave."""
    entry(page, name).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    page.keyboard.press(key)


READ = """(part) => ({ value: part.value, min: Number(part.min), max: Number(part.max),
  now: part.ariaValueNow, text: part.ariaValueText, invalid: part.ariaInvalid })"""


def shows(page: Page, name: str, value: float) -> None:
    """The entry, the slider and what a screen reader hears are this value, without complaint."""
    text = links.written(value)
    field, there = entry(page, name).evaluate(READ), slider(page, name).evaluate(READ)
    assert (field["value"], field["now"], field["invalid"]) == (text, text, None)
    assert there["text"].startswith(f"{text} ")
    low, place, high = there["min"], float(there["value"]), there["max"]
    span = RANGES[name]
    part = (value - span.low) / (span.high - span.low)
    if span.scale == "linear":
        assert (place - low) / (high - low) == pytest.approx(part, abs=1e-6)
    else:
        assert 10**place == pytest.approx(value, rel=1e-6)


def wait_for_address(page: Page, name: str, value: float) -> None:
    """The server has taken the value: it stands in the address, or is the default and does not."""
    text = None if value == Lab.param[name].default else str(links.word_of(name, value))
    page.wait_for_url(lambda url: dict(parse_qsl(urlsplit(url).query)).get(name) == text)


def runs(page: Page) -> int:
    return int(page.locator(STAGE).get_attribute("data-runs") or 0)


def wait_for_run(page: Page, before: int) -> None:
    stage = page.locator(STAGE).element_handle()
    page.wait_for_function("([s, n]) => Number(s.dataset.runs) > n", arg=[stage, before])


SHOWN_PERCENT = """([part, exact]) => {
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹", [mantissa, power = ""] = part.textContent.split("·10");
  const exponent = [...power].map((c) => (c === "⁻" ? "-" : digits.indexOf(c))).join("");
  const shown = parseFloat(mantissa) * 10 ** parseInt(exponent || 0);
  return Math.abs(shown - exact) < Math.min(0.006, 0.06 * exact);
}"""


def wait_for_theory(page: Page, controls: Controls) -> None:
    """The readout is what exact theory says about these controls."""
    part = page.locator(f"{STAGE} [data-part=exact]").first.element_handle()
    exact = 100 * controls.experiment().exact.transmitted
    page.wait_for_function(SHOWN_PERCENT, arg=[part, exact])


@pytest.mark.parametrize("name", RANGES)
def test_every_number_of_the_lab_runs_as_it_is_entered(stay: Visit, name: str) -> None:
    page = stay(beside(name))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    unfold(page)
    values = some(name, 10)
    for key, five in (("Enter", values[:5]), ("Tab", values[5:])):
        for value in five:
            enter(page, name, links.written(value), key)
            wait_for_address(page, name, value)
            shows(page, name, value)
    wait_for_theory(page, at(page))
    steps_and_slides(page, name, values[-1])
    reads_what_people_write(page, name)
    says_what_cannot_be(page, name)
    wait_for_theory(page, at(page))


def at(page: Page) -> Controls:
    """The controls of the page's address."""
    values, ignored = links.from_query(urlsplit(page.url).query)
    assert ignored == []
    return Lab(**values).chosen


def steps_and_slides(page: Page, name: str, value: float) -> None:
    span = RANGES[name]
    up = float(f"{value + span.step:.12g}")
    for key, expected in (("ArrowUp", up), ("ArrowDown", value)):
        entry(page, name).press(key)
        wait_for_address(page, name, expected)
        shows(page, name, expected)
    slider(page, name).press("ArrowRight")
    slid = float(entry(page, name).input_value())
    assert value < slid <= value * 1.2
    wait_for_address(page, name, slid)
    for key, end in (("End", span.high), ("Home", span.low)):
        slider(page, name).press(key)
        assert float(entry(page, name).input_value()) == end
    wait_for_address(page, name, span.low)
    shows(page, name, span.low)


def reads_what_people_write(page: Page, name: str) -> None:
    span = RANGES[name]
    fine = float(f"{span.default + 0.345 * span.step:.12g}")
    comma, power = some(name, 2)
    written = {links.written(comma).replace(".", ","): comma, f" {10 * power:.12g}e-1 ": power}
    if span.low < 0:
        written |= {f"{minus}0,45": -0.45 for minus in "−–"}
    for text, value in {**written, links.written(fine): fine}.items():
        enter(page, name, text)
        wait_for_address(page, name, value)
        shows(page, name, value)
    page.evaluate("text => navigator.clipboard.writeText(text)", links.written(comma))
    entry(page, name).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("ControlOrMeta+v")
    page.keyboard.press("Tab")
    wait_for_address(page, name, comma)
    shows(page, name, comma)


def in_words(value: float) -> str:
    """A number in a sentence, with the sign that a minus has."""
    return str(links.written(value)).replace("-", "−")


def says_what_cannot_be(page: Page, name: str) -> None:
    span, (stays, mended) = RANGES[name], some(name, 2)
    address = page.url
    for text in (links.written(span.high + 1), "abc", "1.5 nm", "1.2.3", "1e999"):
        for key in ("Enter", "Tab"):
            enter(page, name, text, key)
            assert entry(page, name).input_value() == text
            assert entry(page, name).get_attribute("aria-invalid") == "true"
            assert f"It stays at {in_words(stays)} " in problem(page, name)
    enter(page, name, links.written(span.high + 1))
    assert f"goes from {in_words(span.low)} to {in_words(span.high)} " in problem(page, name)
    assert page.url == address
    enter(page, name, links.written(mended))
    wait_for_address(page, name, mended)
    assert problem(page, name) == ""
    for key in ("Enter", "Tab"):
        entry(page, name).click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.press("Delete")
        page.keyboard.press(key)
        shows(page, name, mended)
        assert "was empty" in problem(page, name)
    enter(page, name, "abc", "Escape")
    shows(page, name, mended)
    assert problem(page, name) == ""


def test_every_choice_of_the_lab_runs(stay: Visit) -> None:
    page = stay("?quality=draft")
    unfold(page)
    for name in CHOICES:
        first = getattr(Lab(quality="draft"), name)
        for value in [v for v in Lab.param[name].objects if v != first] + [first]:
            page.get_by_role("combobox", name=Lab.param[name].label).select_option(value)
            wait_for_address(page, name, value)
            own = SHAPES[value].sizes() if name == "shape" else ("height", "width")
            assert [n for n in ("height", "width", "gap") if entry(page, n).count()] == [
                n for n in ("height", "width", "gap") if n in own
            ]
    wait_for_theory(page, Lab().chosen)
    page.get_by_role("combobox", name="Particle", exact=True).select_option("muon")
    wait_for_address(page, "mass", 206.768283)
    shows(page, "mass", 206.768283)


def test_a_potential_is_drawn_moved_by_keys_and_undone(stay: Visit) -> None:
    """The pad, the address and what theory says are of the same points."""
    page = stay("?shape=Drawn&quality=draft&points=-0.5+0+0+1+0.5+0")
    pad, grips = page.locator(".pad"), page.locator(".pad .grip")
    place = box(pad)

    def at(x: float, v: float) -> tuple[float, float]:
        left, top = 34 + (x + 1) / 2 * (place["width"] - 40), 6 + (1.5 - v) / 1.95 * 144
        return place["x"] + left, place["y"] + top

    page.mouse.move(*at(0, 1))
    page.mouse.down()
    page.mouse.move(*at(0.1, 1.3), steps=3)
    page.mouse.up()
    page.wait_for_url(re.compile(r"points=-0\.5\+0\+0\.(09|1)"))
    expect(grips.nth(1)).to_have_attribute("aria-label", "Point 2 of 3")
    grips.nth(1).focus()
    page.keyboard.press("Insert")
    expect(grips).to_have_count(4)
    page.keyboard.press("Delete")
    expect(grips).to_have_count(3)
    page.keyboard.press("Delete")
    expect(grips).to_have_count(2)
    page.keyboard.press("Delete")
    page.keyboard.press("PageUp")
    expect(grips).to_have_count(2)
    page.wait_for_url(re.compile(r"\+0\.5&"))
    page.get_by_role("button", name="Undo").click()
    expect(grips.nth(1)).to_have_attribute("aria-valuetext", "x 0.5 nm, V 0 eV")
    x, y = at(-0.9, 0.5)
    page.mouse.move(x, y)
    page.mouse.down()
    for i in range(1, 9):
        page.mouse.move(x + 12 * i, y - 6 * (i % 4))
    page.mouse.up()
    page.wait_for_url(lambda url: 6 < len(drawn_in(url)) <= 48)
    points = " ".join(map(str, drawn_in(page.url)))
    wait_for_theory(page, Lab(shape="Drawn", points=points, quality="draft").chosen)


def drawn_in(url: str) -> list[float]:
    told = dict(parse_qsl(urlsplit(url).query)).get("points", "")
    return [float(word) for word in told.split()]


def test_a_formula_is_read_as_it_is_typed(stay: Visit) -> None:
    page = stay("?shape=Typed&quality=draft")
    field = page.get_by_role("textbox", name=Lab.param["expression"].label)
    field.fill("2*gaus(x)")
    said = page.locator("[data-name=expression] .problem")
    expect(said).to_contain_text("must call one of abs, box")
    expect(field).to_have_attribute("aria-invalid", "true")
    previews = page.locator(STAGE).get_attribute("data-previews")
    field.fill("2*gauss(x/0.2)")
    expect(said).to_be_empty()
    page.locator(f"{STAGE}:not([data-previews='{previews}'])").wait_for()
    field.press("Enter")
    page.wait_for_url("**expression=2*")
    wait_for_theory(page, Lab(shape="Typed", expression="2*gauss(x/0.2)", quality="draft").chosen)
    field.fill("1/x")
    field.press("Enter")
    expect(said).to_contain_text("must be finite")
    field.press("Escape")
    expect(field).to_have_value("2*gauss(x/0.2)")
    expect(said).to_be_empty()
    page.get_by_role("combobox", name="examples").select_option("two walls")
    page.wait_for_url("**expression=2*box*")
    wait_for_theory(
        page, Lab(shape="Typed", expression=field.input_value(), quality="draft").chosen
    )


def free_in_a_step() -> dict[str, tuple[str, int, Step, bool]]:
    """Each number that lessons unlock, with a step that does: slug, step, its first run."""
    found: dict[str, tuple[str, int, Step, bool]] = {}
    for lesson in Library().lessons():
        for number, step in enumerate(lesson.steps, 1):
            goal = isinstance(step.question, GoalQuestion)
            for name in step.unlock:
                if name in RANGES and (name not in found or (goal and not found[name][3])):
                    found[name] = lesson.slug, number, step, goal
    return found


@pytest.mark.parametrize(("name", "step"), free_in_a_step().items())
def test_every_number_that_a_lesson_unlocks_runs_as_it_is_entered(
    stay: Visit, name: str, step: tuple[str, int, Step, bool]
) -> None:
    slug, number, about, _ = step
    page = stay(f"?lesson={slug}&step={number}&teach=1")
    first = next(iter(about.settings.values()))
    span, start = RANGES[name], getattr(first, name)
    sign = 1 if start + 12 * span.step < span.high else -1
    values = [float(f"{start + sign * i * span.step:.12g}") for i in range(1, 11)]
    for key, five in (("Enter", values[:5]), ("Tab", values[5:])):
        for value in five:
            before = runs(page)
            enter(page, name, links.written(value).replace(".", ","), key)
            if name not in SLOW or value == values[-1]:
                wait_for_run(page, before)
            shows(page, name, value)
    wait_for_theory(page, first.changed(**{name: values[-1]}))
    for text in ("", "abc", links.written(span.high + 1)):
        enter(page, name, text) if text else entry(page, name).fill("")
        page.keyboard.press("Enter")
        assert f"It stays at {in_words(values[-1])} " in problem(page, name)
    locked = [n for n in ("height", "energy", "sigma") if n not in about.unlock]
    assert not any(entry(page, n).is_enabled() for n in locked if entry(page, n).count())


def test_back_undoes_one_release_at_a_time_and_forward_does_it_again(stay: Visit) -> None:
    page = stay()
    heights = [1.5, 1.6, 1.7, 2.345]
    for height in heights[1:3]:
        slider(page, "height").press("ArrowRight")
        wait_for_address(page, "height", height)
    enter(page, "height", "2,345")
    wait_for_theory(page, Lab(height=2.345).chosen)
    for step, places in (("go_back", heights[-2::-1]), ("go_forward", heights[1:])):
        for height in places:
            getattr(page, step)()
            wait_for_theory(page, Lab(height=height).chosen)
            assert entry(page, "height").input_value() == links.written(height)
    page.reload()
    page.wait_for_selector(f"{STAGE}[data-state=ready]")
    assert entry(page, "height").input_value() == "2.345"
    page.get_by_role("link", name="Lab", exact=True).click()
    wait_for_theory(page, Lab().chosen)
    assert urlsplit(page.url).query == ""
    page.get_by_role("link", name="Lessons").click()
    page.locator(".ts-guide[data-view=index]").wait_for()
    page.go_back()
    page.go_back()
    wait_for_theory(page, Lab(height=2.345).chosen)


def test_changes_are_undone_done_again_and_reset(stay: Visit) -> None:
    """By the keys that everything has, by buttons; not while a number is being typed."""
    page = stay("?show=clicks")
    undo, redo, reset = (page.get_by_role("button", name=name) for name in PAST)
    for button in (undo, redo, reset):
        expect(button).to_be_disabled()
    for name, value in (("height", 2.0), ("width", 0.5)):
        enter(page, name, links.written(value))
        wait_for_address(page, name, value)
    page.keyboard.press("ControlOrMeta+z")
    wait_for_address(page, "width", Lab().width)
    width = page.get_by_role("spinbutton", name="Barrier width")
    expect(width).to_have_value(f"{Lab().width:g}")  # what is shown then is not typed over
    page.keyboard.type("0.7")
    page.keyboard.press("ControlOrMeta+z")
    assert "height=2" in page.url
    page.keyboard.press("Escape")
    page.keyboard.press("ControlOrMeta+y")
    wait_for_address(page, "width", 0.5)
    expect(redo).to_be_disabled()
    page.reload()
    page.wait_for_selector(f"{STAGE}[data-state=ready]")
    undo.click()
    wait_for_address(page, "width", Lab().width)
    redo.click()
    wait_for_address(page, "width", 0.5)
    reset.click()
    wait_for_theory(page, Lab().chosen)
    assert urlsplit(page.url).query == "show=clicks"
    expect(reset).to_be_disabled()
    assert focus(page) == "Undo"
    page.keyboard.press("Enter")
    wait_for_address(page, "height", 2.0)
    page.get_by_role("link", name="Lessons").click()
    page.get_by_role("link", name="Lab", exact=True).click()
    wait_for_theory(page, Lab().chosen)
    expect(undo).to_be_disabled()
    page.go_back()
    page.go_back()
    wait_for_address(page, "height", 2.0)
    expect(undo).to_be_enabled()


def test_a_held_key_is_one_release(visit: Visit) -> None:
    page = visit(**CALM)
    length = page.evaluate("history.length")
    slider(page, "height").focus()
    for _ in range(20):
        page.keyboard.down("ArrowRight")
    assert page.evaluate("history.length") == length
    page.keyboard.up("ArrowRight")
    wait_for_address(page, "height", 3.5)
    assert page.evaluate("history.length") == length + 1


def focus(page: Page) -> str:
    """The element that has the focus, below all shadow roots."""
    return page.evaluate(
        "() => { let e = document.activeElement; while (e.shadowRoot?.activeElement)"
        " e = e.shadowRoot.activeElement; return e.ariaLabel || e.textContent.trim() || e.id; }"
    )


def test_each_control_is_one_tab_stop_and_a_link_skips_them(visit: Visit) -> None:
    page = visit(**CALM)
    stops = []
    while "Re ψ" not in stops:
        page.keyboard.press("Tab")
        stops.append(focus(page))
        assert len(stops) < 20
    wanted = [*("height", "width", "energy", "sigma")]
    assert [stop for stop in stops if stop in {Lab.param[n].label for n in wanted}] == [
        Lab.param[name].label for name in wanted
    ]
    assert len(stops) <= 17
    page.get_by_role("button", name="Skip to the figure").focus()
    page.keyboard.press("Enter")
    assert focus(page) == "Wave function"
    page.keyboard.press("Tab")
    assert focus(page) == "Re ψ"


def test_nothing_hinders_assistive_technology_and_no_label_is_in_two_lines(stay: Visit) -> None:
    page = stay("?shape=Double&environment=Dephasing")
    unfold(page)
    enter(page, "width", "abc")
    assert hindrances(page) == []
    for control in page.locator(".ts-controls .control:not([hidden])").all():
        for label in control.locator("label").all():
            assert box(label)["height"] < 24
        for part in control.locator("input:visible, select:visible").all():
            assert box(part)["height"] >= 24


def test_an_answer_with_a_comma_is_kept_as_it_is(stay: Visit) -> None:
    page = stay("?lesson=height-width-and-the-exponential&step=2")
    field = page.locator(".ts-guide .number input")
    for text, said in (("", "Type a number first"), ("a half", re.compile("must be a number"))):
        field.fill(text)
        field.press("Enter")
        page.locator(".ts-guide .problem", has_text=said).wait_for()
        assert field.input_value() == text
    field.fill("0,5")
    field.press("Enter")
    page.wait_for_function("() => localStorage.getItem('tunnelscope:lessons')")
    kept = json.loads(page.evaluate("localStorage.getItem('tunnelscope:lessons')"))
    assert kept["height-width-and-the-exponential"]["2"]["answer"] == 0.5
