"""In front of a class: the projector, and the keys of who stands there."""

from io import BytesIO
from urllib.parse import parse_qsl, urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from app.theme import PROJECTOR
from tests.browser.seen import box, shared_link
from tests.browser.staying import GO
from tests.kinds import Visit

pytestmark = pytest.mark.browser

STAGE = ".ts-stage"
CALM = {"reduced_motion": "reduce"}
SIZES: tuple[ViewportSize, ...] = ({"width": 1024, "height": 768}, {"width": 1280, "height": 720})
LINES = "() => [...Bokeh.documents].flatMap((d) => d.roots()).flatMap((m) => m.renderers ?? [])"
AXES = "() => [...Bokeh.documents].flatMap((d) => d.roots()).flatMap((m) => m.below ?? [])"
BELOW = "(part) => part.scrollHeight - part.clientHeight - part.scrollTop"
SCROLLS = "(part) => part.scrollHeight - part.clientHeight"


def size_of(locator: Locator) -> float:
    """Pixels of its type."""
    return float(locator.evaluate("(part) => parseFloat(getComputedStyle(part).fontSize)"))


def wait_for_lines(page: Page, which: str) -> None:
    """Until some lines, or every one, are as thick as a projector needs; one always was."""
    page.wait_for_function(
        f"""(least) => {{
          const widths = ({LINES})().map((r) => r.glyph.line_width?.value)
            .filter((width) => width && width !== 6);
          return widths.length > 4 && widths.{which}((width) => width === least);
        }}""",
        arg=PROJECTOR.thinnest,
    )


def test_for_a_projector_the_lab_is_one_screen_of_large_type(visit: Visit) -> None:
    """Light, without controls, with what is set in a line; it stays so in this tab."""
    page = visit(
        "?height=2&direction=Right+to+left", viewport=SIZES[0], color_scheme="dark", **CALM
    )
    button = page.get_by_role("button", name="Projector mode")
    page.keyboard.press("p")
    page.locator("html[data-theme=light]").wait_for()
    expect(button).to_have_attribute("aria-pressed", "true")
    wait_for_lines(page, "some")
    page.reload()
    page.locator(f"{STAGE}[data-state=ready]").wait_for()
    wait_for_lines(page, "every")
    told = "Barrier: Rectangular, height 2 eV, width 0.3 nm · Packet: energy 1 eV, width 1.4 nm, "
    assert page.locator(".ts-controls").inner_text() == f"{told}direction Right to left"
    for size in SIZES:
        page.set_viewport_size(size)
        assert page.locator(".main-content").evaluate(SCROLLS) == 0
        for part in (
            ".player",
            ".readouts",
            "[data-slot=wave] canvas",
            "[data-slot=wigner] canvas",
        ):
            place = box(page.locator(f"{STAGE} {part}").first)
            assert place["x"] + place["width"] <= size["width"]
            assert place["y"] + place["height"] <= size["height"]
        assert box(page.locator(f"{STAGE} [data-slot=wave]"))["height"] > size["height"] / 3
    for part in ("[data-part=right]", "[data-part=exact]", "[data-part=time]"):
        assert size_of(page.locator(f"{STAGE} {part}")) >= 22
    button.click()
    page.locator("html[data-theme=dark]").wait_for()
    expect(page.get_by_role("spinbutton", name="Barrier height")).to_be_visible()


def test_the_header_is_one_tab_stop_and_a_refused_full_screen_is_told(stay: Visit) -> None:
    page = stay()
    page.get_by_role("link", name="Mystery").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Home")
    projector = page.get_by_role("button", name="Projector mode")
    expect(page.get_by_role("button", name="Share")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect(projector).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Dark theme")).to_be_focused()
    assert page.locator(STAGE).get_attribute("data-time") == "0"
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Dark theme")).not_to_be_focused()
    projector.click()
    page.keyboard.press("Space")
    page.locator(f"{STAGE}[data-playing=true]").wait_for()
    full = page.get_by_role("button", name="Full screen")
    page.keyboard.press("f")
    expect(full).to_have_attribute("aria-pressed", "true")
    full.click()
    expect(full).to_have_attribute("aria-pressed", "false")
    page.evaluate(
        """() => { const own = Element.prototype; window.full = own.requestFullscreen;
        own.requestFullscreen = () => Promise.reject(new TypeError()); }"""
    )
    page.keyboard.press("f")
    page.get_by_text("lets this page have no full screen").wait_for()
    page.evaluate("() => { Element.prototype.requestFullscreen = window.full; }")
    page.keyboard.press("p")
    expect(full).to_be_hidden()


def test_a_class_guesses_and_looks_up(stay: Visit) -> None:
    """Numbers and labels go, and come again; a black screen ends with any key, no more."""
    page = stay()
    numbers = page.locator(f"{STAGE} .fates")
    page.keyboard.press("h")
    expect(numbers).to_be_hidden()
    expect(page.locator(f"{STAGE} .legend").first).to_be_hidden()
    page.wait_for_function(f"() => ({AXES})().some((axis) => axis.major_label_text_alpha === 0)")
    page.keyboard.press("b")
    black = page.get_by_role("dialog", name="Black screen")
    expect(black).to_be_visible()
    page.keyboard.press("h")
    expect(black).to_be_hidden()
    expect(numbers).to_be_hidden()
    page.keyboard.press("h")
    expect(numbers).to_be_visible()


def test_all_keys_are_listed_and_letters_can_be_none(stay: Visit) -> None:
    page = stay()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    listed = set(keys.locator("kbd").all_inner_texts())
    assert listed >= {"Space", "P", "F", "H", "B", "PgDn", "Ctrl+Z", "?"}
    keys.get_by_role("checkbox").uncheck()
    keys.get_by_role("button", name="Close").click()
    page.keyboard.press("h")
    page.keyboard.press("b")
    expect(page.locator(f"{STAGE} .fates")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Keys").click()
    keys.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()


def test_page_down_goes_through_the_text_and_then_to_the_next_step(stay: Visit) -> None:
    """For who shows a lesson; a student's page stays what it is."""
    page = stay("?lesson=what-tunneling-is&step=2&teach=1")
    steps = page.locator(".ts-guide [aria-current=step]")
    while page.locator(".main-content").evaluate(BELOW) > 2:
        page.keyboard.press("PageDown")
    expect(steps).to_have_text("2")
    page.keyboard.press("PageDown")
    expect(steps).to_have_text("3")
    expect(page.locator(".ts-guide h2").first).to_be_in_viewport()
    page.locator(".ts-guide h2").first.wait_for()
    page.keyboard.press("PageUp")
    expect(steps).to_have_text("2")
    page = stay("?lesson=what-tunneling-is&step=2")
    for _ in range(12):
        page.keyboard.press("PageDown")
    expect(steps).to_have_text("2")


def test_on_a_projector_one_card_is_chosen_to_stand_beside_the_wave(stay: Visit) -> None:
    """What else was chosen waits, and is there again after it; where none is, one may come."""
    page = stay("?show=", viewport=SIZES[0])
    button = page.get_by_role("button", name="Projector mode")
    button.click()
    choice = page.get_by_role("combobox", name="Shown beside the wave")
    expect(choice).to_have_value("")
    stay("?show=phase-space+coefficient", viewport=SIZES[0])
    expect(choice).to_have_value("phase space")
    for name in ("coefficient", "regions"):
        choice.select_option(name)
        figure = page.locator(f"{STAGE} [data-slot={name}]")
        figure.locator("canvas").first.wait_for()
        expect(page.locator(f"{STAGE} .extra:visible")).to_have_count(1)
        for size in SIZES:
            page.set_viewport_size(size)
            assert page.locator(".main-content").evaluate(SCROLLS) == 0
            place = box(figure)
            assert place["x"] > box(page.locator(f"{STAGE} .player"))["x"]
            assert place["y"] + place["height"] <= size["height"]
            assert place["height"] > 180
    button.click()
    expect(choice).to_be_hidden()
    expect(page.locator(f"{STAGE} .extra:visible")).to_have_count(3)
    assert page.url.endswith("?show=phase-space+regions+coefficient")


def test_a_link_can_be_copied_scanned_and_framed(stay: Visit) -> None:
    page = stay("?height=2&show=clicks")
    link = shared_link(page)
    page.keyboard.press("s")
    share = page.get_by_role("dialog", name="Share")
    code = share.get_by_role("img", name="QR code")
    expect(code.locator("svg path").first).to_be_attached()
    assert box(code)["width"] > 300
    with Image.open(BytesIO(code.screenshot())) as picture:
        assert [found.text for found in zxingcpp.read_barcodes(picture)] == [link]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    share.get_by_role("button", name="Copy the link").click()
    share.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == link
    share.get_by_text("In a learning platform").click()
    frame = share.get_by_role("textbox", name="Frame").input_value()
    assert f"{link.replace('&', '&amp;')}&amp;embed=1" in frame
    assert "no other site" in share.locator(".frames").inner_text()
    page.keyboard.press("Escape")


def test_a_shared_link_brings_settings_cards_and_the_time_on_screen(stay: Visit) -> None:
    page = stay("?height=2&show=clicks")
    stage = page.locator(STAGE)
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    time = stage.get_attribute("data-time")
    toggle = page.get_by_role("button", name="Im ψ", exact=True)
    toggle.click()
    speed = page.get_by_role("combobox", name="Speed")
    speed.select_option("0.5")
    link = urlsplit(shared_link(page)).query
    asked = dict(parse_qsl(link))
    assert set(asked) == {"v", "t", "height", "show", "look"}
    assert asked["look"] == "im speed-0.5"
    assert float(asked["t"]) == pytest.approx(float(time or 0), abs=1e-3)
    page.get_by_role("link", name="Lab", exact=True).click()
    page.locator(f"{STAGE} .clicks").wait_for(state="hidden")
    expect(toggle).to_have_attribute("aria-pressed", "true")  # as it was left
    toggle.click()
    speed.select_option("2")
    page.keyboard.press("Home")
    page.evaluate(GO, f"?{link}")
    expect(stage).to_have_attribute("data-time", time or "")
    expect(page.locator(f"{STAGE} .clicks")).to_be_visible()
    expect(toggle).to_have_attribute("aria-pressed", "true")
    expect(speed).to_have_value("0.5")
    assert page.get_by_role("spinbutton", name="Barrier height").input_value() == "2"


def test_what_of_a_link_cannot_be_is_told_and_the_rest_is_as_usual(stay: Visit) -> None:
    page = stay("?")
    toggle = page.get_by_role("button", name="Im ψ", exact=True)
    toggle.click()
    page.get_by_role("combobox", name="Speed").select_option("0.5")
    page.evaluate(GO, "?t=1e6")
    page.get_by_text("The link asks for 1000000.00 fs: this run ends at").wait_for()
    page.evaluate(GO, "?v=1&look=re+glow+hum")
    page.get_by_text("and not “glow”, “hum”.").wait_for()
    expect(page.get_by_role("button", name="Re ψ", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(toggle).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("combobox", name="Speed")).to_have_value("1")


def test_in_a_frame_there_is_no_header_wherever_a_person_goes(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport=SIZES[1], reduced_motion="reduce")
    html = f'<iframe src="{address}?embed=1&v=1" width="1200" height="700"></iframe>'
    page.route("**/course", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{address}course")
    frame = page.frame_locator("iframe")
    frame.locator(f"{STAGE}[data-state=ready]").wait_for()
    height = frame.get_by_role("spinbutton", name="Barrier height")
    height.fill("2")
    height.press("Enter")
    page.frames[1].wait_for_url("**height=2")
    page.frames[1].evaluate("location.reload()")
    frame.locator(f"{STAGE}[data-runs='1']").wait_for()
    assert height.input_value() == "2"
    expect(frame.get_by_role("link", name="Lessons")).to_be_hidden()
    assert box(frame.locator(".ts-controls"))["y"] < 40
    page.close()
