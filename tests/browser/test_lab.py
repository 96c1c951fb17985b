"""The lab as people use it: by mouse, by keyboard, on a phone, with a bad link, in company."""

import re

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.seen import box, parts
from tests.kinds import Visit

pytestmark = pytest.mark.browser

STAGE = ".ts-stage"
CALM = {"reduced_motion": "reduce"}
BUTTONS = ("Play", "Step back", "Step forward", "Restart", "Loop", "Re ψ", "Im ψ", "Phase color")
SLIDERS = (
    "Barrier height (eV)",
    "Barrier width (nm)",
    "Packet energy (eV)",
    "Packet width (nm)",
)


def number(page: Page, name: str) -> float:
    return float(page.locator(STAGE).get_attribute(f"data-{name}") or 0)


def wait_until(page: Page, name: str, condition: str) -> None:
    """Wait until the stage's data-<name>, as a number v, meets a JavaScript condition."""
    page.locator(f"{STAGE}[data-{name}]").wait_for()
    stage = page.locator(STAGE).element_handle()
    page.wait_for_function(
        f"([stage, name]) => {{ const v = Number(stage.dataset[name]); return {condition}; }}",
        arg=[stage, name],
        timeout=20_000,
    )


def text(page: Page, part: str) -> str:
    return page.locator(f'{STAGE} [data-part="{part}"]').inner_text()


def percent(page: Page, part: str) -> float:
    return float(text(page, part).replace("%", "").replace("−", "-"))


def entry(page: Page, name: str) -> Locator:
    return page.get_by_role("spinbutton", name=name)


def test_controls_and_buttons_have_names(stay: Visit) -> None:
    page = stay()
    assert page.title() == "Tunnelscope"
    for name in SLIDERS:
        for role in ("slider", "spinbutton"):
            assert page.get_by_role(role, name=name).count() == 1
    assert page.get_by_role("combobox", name="Barrier shape").count() == 1
    for name in BUTTONS:
        assert page.get_by_role("button", name=name, exact=True).count() == 1
    assert page.get_by_role("slider", name="Time").get_attribute("aria-valuetext") == "0.0 fs"


def test_it_plays_to_the_end_and_starts_again(visit: Visit) -> None:
    page = visit()
    wait_until(page, "time", "v > 5")
    assert page.locator(STAGE).get_attribute("data-playing") == "true"
    page.locator(f'{STAGE}[data-playing="false"]').wait_for(timeout=20_000)
    end = number(page, "time")
    page.get_by_role("button", name="Play").click()
    wait_until(page, "time", f"v > 0 && v < {end / 2}")


def test_nothing_crosses_the_wire_while_it_plays(stay: Visit) -> None:
    page = stay()
    sent = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    for event in ("webSocketFrameReceived", "webSocketFrameSent", "requestWillBeSent"):
        session.on(f"Network.{event}", lambda message: sent.append(message))
    page.get_by_role("button", name="Loop").click()
    page.get_by_role("button", name="Play").click()
    wait_until(page, "time", "v > 1")
    sent.clear()
    drawn = number(page, "drawn")
    wait_until(page, "drawn", f"v > {drawn + 90}")
    assert sent == []
    session.detach()
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Loop").click()


def test_keyboard_alone_moves_the_time(stay: Visit) -> None:
    page = stay()
    page.keyboard.press("ArrowRight")
    wait_until(page, "time", "v > 0")
    first = number(page, "time")
    page.keyboard.press("ArrowRight")
    wait_until(page, "time", f"Math.abs(v - {2 * first}) < 0.01")
    page.keyboard.press("End")
    wait_until(page, "time", "v > 20")
    page.keyboard.press("Home")
    wait_until(page, "time", "v === 0")
    page.keyboard.press(" ")
    page.locator(f'{STAGE}[data-playing="true"]').wait_for()
    page.keyboard.press(" ")
    page.locator(f'{STAGE}[data-playing="false"]').wait_for()


def test_readouts_are_right_and_say_when_they_are_not_yet(stay: Visit) -> None:
    page = stay()
    assert text(page, "difference") == "not yet separated"
    assert percent(page, "left") == 100
    page.keyboard.press("End")
    wait_until(page, "time", "v > 20")
    assert percent(page, "exact") == pytest.approx(34.19, abs=0.005)
    assert percent(page, "transmitted") == pytest.approx(percent(page, "exact"), abs=0.1)
    assert percent(page, "right") == percent(page, "transmitted")
    total = sum(percent(page, part) for part in ("left", "inside", "right"))
    assert total == pytest.approx(100, abs=0.02)
    assert re.fullmatch(r"[+−]0\.0\d\d pp", text(page, "difference"))
    assert text(page, "worth") == "Below what this quality resolves, 0.1 percentage points."


def test_a_slider_brings_a_new_run_at_the_same_time_and_a_link_to_it(
    stay: Visit,
) -> None:
    page = stay()
    before = number(page, "runs")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    wait_until(page, "time", "v > 0.4")
    time, exact = number(page, "time"), percent(page, "exact")
    slider = page.get_by_role("slider", name="Barrier height (eV)")
    slider.focus()
    slider.press("ArrowRight")
    wait_until(page, "runs", f"v > {before}")
    assert percent(page, "exact") < exact
    assert number(page, "time") == pytest.approx(time, abs=0.15)
    page.wait_for_url(re.compile(r"\?height=1\.6"))
    page.reload()
    page.wait_for_selector(f"{STAGE}[data-state=ready]")
    assert entry(page, "Barrier height (eV)").input_value() == "1.6"


def test_what_stands_below_is_chosen_kept_in_the_link_and_costs_no_detection(stay: Visit) -> None:
    page = stay()
    before = number(page, "runs")

    def choice(name: str) -> Locator:
        return page.get_by_role("button", name=name, exact=True)

    def card(name: str) -> Locator:
        return page.locator(f'{STAGE} [data-extra="{name}"]')

    choice("Detections").click()
    page.get_by_role("button", name="Send 100", exact=True).click()
    choice("Phase space").click()
    page.wait_for_url(re.compile(r"\?show=clicks$"))
    choice("T(E)").click()
    card("coefficient").locator(".legend", has_text="packet energy E₀").wait_for()
    assert card("coefficient").locator("canvas").count() > 0
    assert card("phase space").is_hidden()
    assert "100" in card("clicks").inner_text()
    assert number(page, "runs") == before
    page.wait_for_url(re.compile(r"\?show=coefficient\+clicks$"))
    page.go_back()
    page.wait_for_url(re.compile(r"\?show=clicks$"))
    card("coefficient").wait_for(state="hidden")
    assert choice("T(E)").get_attribute("aria-pressed") == "false"
    page.get_by_role("link", name="Lessons").first.click()
    page.locator(".ts-guide .whole").first.click()
    page.locator(f"{STAGE} .views").wait_for(state="hidden")


def test_clicks_can_be_repeated_and_come_where_the_wave_is_now(stay: Visit) -> None:
    page = stay("?show=clicks")
    told = page.locator(f'{STAGE} [data-part="click-sum"]')

    def press(name: str) -> None:
        page.get_by_role("button", name=name, exact=True).click()

    press("Same clicks again")
    press("Send 100")
    first = told.inner_text()
    press("Clear")
    assert told.inner_text() == "Nothing sent yet."
    press("Same clicks again")
    press("Send 100")
    assert told.inner_text() == first
    press("Detect at the time on screen")
    press("Send 1000")
    assert "1000 sent, 0 clicked behind the barrier at 0.00 fs: 0 %" in told.inner_text()
    page.keyboard.press("ArrowRight")
    assert "at 0.00 fs" in told.inner_text()
    press("Send 10")
    assert re.match(r"10 sent, 0 clicked behind the barrier at 0\.[1-9]", told.inner_text())


def test_a_measurement_goes_on_from_its_answer_and_can_be_taken_back(stay: Visit) -> None:
    page = stay("?show=measurement")
    card = page.locator(f'{STAGE} [data-extra="measurement"]')
    ask, answer = (
        card.get_by_role("button", name="Is it behind the barrier?"),
        card.locator(".answer"),
    )
    page.keyboard.press("End")
    before = percent(page, "transmitted")
    ask.click()
    found, chance = parts(r"^(Yes|No)\. At [\d.]+ fs .* was ([\d.]+) %", settled_text(answer, "fs"))
    share = before if found == "Yes" else 100 - before
    assert abs(float(chance) - share) < 0.5
    assert text(page, "transmitted").startswith(("99.", "100.")) == (found == "Yes")
    assert ask.is_disabled()
    card.get_by_role("button", name="The run without a measurement").click()
    assert "Nobody has asked" in settled_text(answer, "Nobody")
    assert percent(page, "transmitted") == before


def test_a_plane_wave_shows_its_parts_and_turns_with_the_time(stay: Visit) -> None:
    page = stay("?show=stationary")
    card = page.locator(f'{STAGE} [data-extra="stationary"]')
    assert "T(E₀) = 34.00 %" in settled_text(card.locator(".told"), "T(E₀)")
    incoming = card.get_by_role("button", name="Re ψ: incoming")
    assert not card.locator(".legend .of-incident").is_visible()
    incoming.click()
    assert card.locator(".legend .of-incident").is_visible()
    before = card.screenshot()
    page.locator(f"{STAGE} [data-do=forward]").evaluate("(button) => button.click()")
    wait_until(page, "time", "v > 0")
    assert card.screenshot() != before
    incoming.click()


def settled_text(place: Locator, word: str) -> str:
    """What stands there once it has this word."""
    place.filter(has_text=word).wait_for()
    return place.inner_text()


def test_below_t_of_e_stand_three_numbers_and_why_they_differ(stay: Visit) -> None:
    page = stay("?shape=Double&height=2&width=0.8&gap=1.2&energy=0.8&sigma=2&show=coefficient")
    card = page.locator(f'{STAGE} [data-extra="coefficient"]')
    card.locator(".reasons section").first.wait_for()
    texts = card.locator(".reasons section").all_inner_texts()
    assert [words.splitlines()[0] for words in texts] == [
        "T(E₀)",
        "Transmitted part, exact theory",
        "Transmitted part, this run",
    ]
    assert f"{text(page, 'exact')}\n" in texts[1]
    assert f"{text(page, 'tunneled')} tunneled, {text(page, 'over')} over the top." in texts[1]
    page.keyboard.press("End")
    page.locator(f"{STAGE}.settled").wait_for()
    assert f"{text(page, 'transmitted')}\n" in texts[2]
    assert f"{text(page, 'difference')} from exact theory. {text(page, 'worth')}" in texts[2]
    told = card.locator(".resonances li").first.inner_text()
    assert re.fullmatch(r"0\.1716 eV, T = 100 %, .* eV wide", told)
    assert "p(E) below the top" in card.locator(".legend").inner_text()
    toggle = card.get_by_role("button", name="Logarithmic scale")
    axis = """() => { const { major_label_overrides: labels, bounds } = [...Bokeh.documents]
      .flatMap((d) => d.roots()).find(({ left }) => left?.[0].axis_label === "T(E)").left[0];
      return [...labels.values(), bounds[0]]; }"""
    assert page.evaluate(axis) == [0]
    toggle.press("Enter")
    assert toggle.get_attribute("aria-pressed") == "true"
    assert page.evaluate(axis)[::12] == ["10⁻¹²", "1"]
    assert page.evaluate(axis)[-1] == -12
    toggle.press("Enter")


def test_a_bad_link_says_what_it_ignored_and_keeps_the_rest(visit: Visit) -> None:
    page = visit("?height=abc&foo=1&width=0.5", **CALM)
    alert = page.locator(f"{STAGE} [role=alert]")
    alert.wait_for()
    assert "Barrier height (eV) must be a number from −10 to 20, got “abc”" in alert.inner_text()
    assert "foo" in alert.inner_text()
    assert entry(page, "Barrier width (nm)").input_value() == "0.5"


def test_an_experiment_that_costs_too_much_is_explained_and_the_app_goes_on(visit: Visit) -> None:
    dear = "?quality=fine&height=20&width=0.05&energy=0.5&sigma=3&mass=2&room=40"
    page = visit(dear, ready=False, **CALM)
    page.get_by_text(re.compile(r"cost at most .* times less")).wait_for()
    slider = page.get_by_role("slider", name="Barrier width (nm)")
    slider.focus()
    slider.press("End")
    page.wait_for_selector(f"{STAGE}[data-state=ready]", timeout=60_000)
    page.locator(f"{STAGE} [role=alert]").wait_for(state="hidden")


def test_a_long_run_says_how_long_and_can_be_cancelled(stay: Visit) -> None:
    page = stay()
    before = number(page, "runs")
    page.locator(".ts-controls details").evaluate("(part) => { part.open = true; }")
    page.get_by_label("Quality").select_option("fine")
    wait_until(page, "runs", f"v > {before}")
    for label, value in (("Particle mass", "150"), ("Packet energy", "10")):
        box = page.get_by_role("spinbutton", name=re.compile(label))
        box.fill(value)
        box.press("Enter")
    waiting = page.locator(f"{STAGE} .waiting")
    waiting.wait_for(timeout=30_000)
    assert re.search(r"takes about \d+ seconds", waiting.inner_text())
    page.get_by_role("button", name="Cancel").click()
    page.get_by_text("Cancelled: the picture is not of these settings").wait_for(timeout=30_000)
    waiting.wait_for(state="hidden")
    now = number(page, "runs")
    box.fill("1")
    box.press("Enter")
    wait_until(page, "runs", f"v > {now}")
    page.locator(f"{STAGE} [role=alert]").wait_for(state="hidden")


def test_a_run_that_is_not_worth_waiting_for_says_what_is_left_open(stay: Visit) -> None:
    page = stay("?shape=None&mass=0.05&energy=0.5&sigma=0.5")
    page.keyboard.press("End")
    page.get_by_text(re.compile(r"The run ends here: [\d.]+ % can still change sides")).wait_for()
    assert text(page, "difference") == "not yet separated"


def test_what_has_left_the_picture_is_told(stay: Visit) -> None:
    page = stay("?shape=double&height=2&width=0.8&gap=1.5&energy=0.779&mass=0.067")
    assert text(page, "view") == "nothing"
    page.keyboard.press("End")
    wait_until(page, "time", "v > 20")
    left, right = parts(r"(\d+) % left, (\d+) % right$", text(page, "view"))
    assert float(left) == pytest.approx(percent(page, "left"), abs=2)
    assert float(right) == pytest.approx(percent(page, "right"), abs=2)


def test_two_sessions_do_not_touch_each_other(stay: Visit, visit: Visit) -> None:
    one, two = stay(), visit(**CALM)
    before = number(one, "runs")
    slider = one.get_by_role("slider", name="Packet energy (eV)")
    slider.focus()
    slider.press("ArrowRight")
    wait_until(one, "runs", f"v > {before}")
    assert percent(one, "exact") != percent(two, "exact")
    assert number(two, "runs") == 1
    assert entry(two, "Packet energy (eV)").input_value() == "1"


def test_reduced_motion_waits_for_the_person(visit: Visit) -> None:
    page = visit(**CALM)
    assert page.locator(STAGE).get_attribute("data-playing") == "false"
    assert number(page, "time") == 0


def test_a_phone_needs_no_sideways_scrolling(stay: Visit) -> None:
    page = stay(viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    size = box(page.get_by_role("button", name="Play"))
    assert min(size["width"], size["height"]) >= 44
    assert size["y"] + size["height"] <= 844


def test_the_dark_theme_plays_too(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name="Dark theme").click()
    page.locator("html[data-theme=dark]").wait_for()
    page.keyboard.press("Home")
    drawn = number(page, "drawn")
    wait_until(page, "drawn", f"v > {drawn + 20}")


def test_dragging_shows_the_instant_and_releasing_brings_the_run(visit: Visit) -> None:
    page = visit(**CALM)
    page.keyboard.press("End")
    wait_until(page, "time", "v > 20")
    track = box(page.get_by_role("slider", name="Barrier height (eV)"))
    x, y = track["x"] + 0.4 * track["width"], track["y"] + track["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for previews in range(1, 5):
        page.mouse.move(x + 10 * previews, y)
        wait_until(page, "previews", f"v >= {previews}")
    assert number(page, "runs") == 1
    assert page.evaluate("history.length") == 2
    assert {text(page, part) for part in ("transmitted", "exact", "tunneled", "over")} == {"…"}
    page.mouse.up()
    wait_until(page, "runs", "v >= 2")
    assert percent(page, "exact") < 34
    page.wait_for_url(f"**?height={entry(page, 'Barrier height (eV)').input_value()}")
    assert page.evaluate("history.length") == 3


def test_every_shape_can_be_chosen(stay: Visit) -> None:
    page = stay()
    before = number(page, "runs")
    for runs, shape in enumerate(("Gaussian", "Double", "Step", "None"), start=1):
        page.get_by_role("combobox", name="Barrier shape").select_option(shape)
        wait_until(page, "runs", f"v >= {before + runs}")
    assert page.get_by_role("slider", name="Barrier height (eV)").count() == 0
    assert percent(page, "exact") == pytest.approx(100, abs=0.01)


def test_an_average_has_no_phase_to_show(stay: Visit) -> None:
    page = stay("?environment=Dephasing&t2=10")
    note = page.locator(f'{STAGE} [data-part="average"]')
    assert "Average of 64 runs" in note.inner_text()
    for name in ("Re ψ", "Im ψ", "Phase color"):
        assert page.get_by_role("button", name=name, exact=True).is_disabled()
    page.keyboard.press("End")
    wait_until(page, "time", "v > 20")
    assert "±" in text(page, "difference")
    assert page.get_by_text("exact theory, alone").count() == 1
