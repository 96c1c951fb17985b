"""What is shown says what it is: axes, regions, numbers, colors, pages."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from app.lab.model import Lab
from app.stage.solved import film
from app.stage.wire import unbundle
from app.theme import DARK, LIGHT, PALETTES, Palette
from tests.browser.seen import attribute, box
from tests.kinds import Visit

pytestmark = pytest.mark.browser

STAGE = ".ts-stage"
LINES = """[...Bokeh.documents].flatMap((d) => d.roots()).flatMap((m) => m.renderers ?? [])
  .map((r) => r.glyph.line_color?.value)"""
CALM = {"reduced_motion": "reduce"}


def text(page: Page, part: str) -> str:
    return page.locator(f'{STAGE} [data-part="{part}"]').inner_text()


def test_a_tiny_part_is_no_place_but_a_result(stay: Visit) -> None:
    """Deep tunneling: at the start nobody reads 6·10⁻⁸ %, at the end the answer is there."""
    page = stay("?height=8&width=0.5&energy=2")
    assert [text(page, part) for part in ("inside", "right", "transmitted")] == ["< 0.01 %"] * 3
    page.keyboard.press("End")
    page.locator(f"{STAGE}.settled").wait_for()
    assert text(page, "exact") == text(page, "transmitted") == "1.1·10⁻³ %"
    assert text(page, "difference") == "< 0.001 pp (−0.3\u00a0%)"
    assert "trust exact theory" in text(page, "worth")


def test_what_is_spoken_is_what_is_shown_at_the_same_time(stay: Visit) -> None:
    """For screen readers only; when the run stands still it says what the table says."""
    page = stay("?height=-3&width=1")
    status = page.locator(f"{STAGE} .spoken[role=status]")
    place = box(status)
    assert (place["width"], place["height"]) == (1, 1)
    for key in ("ArrowRight", "ArrowRight", "End", "ArrowLeft", "Home"):
        page.keyboard.press(key)
        said = status.inner_text()
        assert said.startswith(f"At {float(text(page, 'time').split()[0]):.1f} fs")
        for part in ("left", "inside", "right"):
            assert f"{part} {text(page, part).replace('< ', 'less than ')}" in said
        settled = page.locator(f"{STAGE}.settled").count() == 1
        assert ("Separated: transmitted" in said) == settled
        assert not settled or f"transmitted {text(page, 'transmitted')}, exact theory" in said


def test_two_runs_are_compared_in_percentage_points(stay: Visit) -> None:
    page = stay("?lesson=rectangle-against-gaussian&step=2&teach=1")
    page.keyboard.press("End")
    page.locator(f"{STAGE}.settled").wait_for()
    points = r"[+−]\d+\.\d\d percentage points"
    assert re.search(
        rf"second minus first: {points}; exact theory: {points}", text(page, "between")
    )


DRAWN = """() => [...Bokeh.index.roots].filter(({ model }) => model.right?.length).map((view) => {
  const { left, y_range } = view.model;
  const ticks = [...view.views.find_one(left[0]).tick_coords.major[1]].map(Number);
  return { ticks, start: y_range.start, end: y_range.end, label: left[0].axis_label };
})"""


WELLS = (
    "height=-10&width=3&energy=20",
    "height=-10&width=0.05&sigma=0.5",
    "shape=Gaussian&height=-10&width=0.1",
    "shape=Eckart&height=-10&sigma=0.5&energy=20",
    "shape=Step&height=-10&energy=0.5",
    "shape=Double&height=-10&sigma=3",
    "shape=Triangular&height=-10",
    "shape=Falling&height=3&width=1&field=8",
    "shape=Falling&height=1&width=2&field=10&energy=0.5",
    "height=20&energy=0.5",
    "shape=None",
)


def test_the_axis_of_a_density_begins_at_zero_above_any_well(visit: Visit) -> None:
    """Wells, steps down, walls and wells together, at the ends of what can be chosen."""
    page = visit("?quality=draft", **CALM)
    re_psi = page.get_by_role("button", name="Re ψ", exact=True)
    for well in WELLS:
        runs = int(attribute(page.locator(STAGE), "data-runs"))
        go = f"new CustomEvent('ts-go', {{ detail: '?quality=draft&{well}' }})"
        page.evaluate(f"window.dispatchEvent({go})")
        page.locator(f'{STAGE}[data-runs="{runs + 1}"]').wait_for()
        (axis,) = page.evaluate(DRAWN)
        assert axis["label"] == "|ψ|² (1/nm)", well
        assert (min(axis["ticks"]), len(axis["ticks"]) > 2) == (0, True), well
        assert axis["end"] / (axis["end"] - axis["start"]) > 0.5, well
        re_psi.click()
        (axis,) = page.evaluate(DRAWN)
        assert axis["label"] == "ψ (1/√nm), |ψ|² (1/nm)", well
        assert min(axis["ticks"]) < 0 < max(axis["ticks"]), well
        re_psi.click()


def drawn(page: Page, name: str) -> dict[str, list[float]]:
    """The columns of one of the wave figure's sources."""
    return page.evaluate(
        """(name) => {
          const plots = [...Bokeh.index.roots].map(({ model }) => model);
          const { renderers } = plots.find((plot) => plot.right?.length);
          const { data } = renderers.map((r) => r.data_source).find((s) => s.name === name);
          return Object.fromEntries(Object.entries(data).map(([key, list]) => [key, [...list]]));
        }""",
        name,
    )


WIGNER = """() => {
  const renderers = [...Bokeh.index.roots].flatMap(({ model }) => model.renderers ?? []);
  const [image] = renderers.map((r) => r.data_source).find((s) => s.name === "wigner").data.image;
  return { shape: image.shape, values: [...image] };
}"""


def test_the_wigner_function_is_drawn_as_the_block_has_it(stay: Visit) -> None:
    """A packet at rest before the barrier: one hill, nothing below zero; behind it, some is."""
    page = stay("?quality=draft")
    start = page.evaluate(WIGNER)
    _, arrays = unbundle(film(Lab(quality="draft").chosen.experiment()))
    first = arrays["wigner"][0]
    assert start["shape"] == list(first.shape)
    assert start["values"] == pytest.approx(((first.ravel() - 128.0) / 127).tolist())
    assert max(start["values"]) > 0.5
    assert min(start["values"]) > -0.02
    page.keyboard.press("End")
    page.locator(f"{STAGE}.settled").wait_for()
    assert min(page.evaluate(WIGNER)["values"]) < -0.05
    assert float(text(page, "negativity-most")) > float(text(page, "negativity")) > 0.1


def test_inside_is_defined_and_marked_and_the_forbidden_part_stands_beside_it(visit: Visit) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
    page = visit("?shape=Gaussian&width=0.3", **phone, **CALM)
    for _ in range(115):
        page.keyboard.press("ArrowRight")
    inside, forbidden = (float(text(page, part)[:-2]) for part in ("inside", "forbidden"))
    assert inside > 4 * forbidden > 4
    band, line = drawn(page, "inside"), drawn(page, "forbidden")
    assert band["left"] + band["right"] == pytest.approx([-0.445, 0.445], abs=1e-3)
    assert line["x"][0] > band["left"][0]
    assert line["energy"] == pytest.approx([1.0])
    legend = page.locator(f"{STAGE} .panels > .legend")
    assert {"inside", "E₀ < V"} <= set(legend.inner_text().splitlines())
    page.get_by_text("What is “inside”?").tap()
    assert "more than 0.1 % of its peak: wider than the bump" in text(page, "inside-is")
    assert "E₀ < V a classical particle cannot be" in text(page, "forbidden-is")


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("?energy=3", "The packet’s energy is not below the barrier’s top."),
        ("?height=-3", "V is nowhere above the packet’s energy."),
    ],
)
def test_where_nothing_is_forbidden_this_is_said(stay: Visit, query: str, reason: str) -> None:
    page = stay(query)
    assert (text(page, "forbidden"), text(page, "none")) == ("none", reason)
    assert drawn(page, "forbidden")["x"] == []
    assert not page.locator(f"{STAGE} .wave .legend .forbidden").is_visible()


DEEP = """
function* deep(root) {
  for (const element of root.querySelectorAll("*")) {
    yield element;
    if (element.shadowRoot) yield* deep(element.shadowRoot);
  }
}
"""
WATCH = (
    DEEP
    + """
window.seen = new Set();
const look = () => {
  for (const element of deep(document)) {
    const here = ["ts-stage", "ts-controls"].find((name) => element.classList.contains(name));
    if (here && element.getClientRects().length) window.seen.add(here);
  }
  requestAnimationFrame(look);
};
look();
"""
)


@pytest.mark.parametrize(
    ("query", "view", "seen"),
    [("?lessons", "index", []), ("?lesson=none", "fault", [])],
)
def test_a_page_of_text_never_shows_a_lab(
    browser: Browser, address: str, query: str, view: str, seen: list[str]
) -> None:
    """Looked at in every frame from the first one on."""
    page = browser.new_page()
    page.add_init_script(WATCH)
    page.goto(address + query)
    page.locator(f".ts-guide[data-view={view}]").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("[...window.seen]") == seen
    assert page.get_by_role("link", name="Lab", exact=True).is_visible()
    page.get_by_role("link", name="Lab", exact=True).click()
    page.locator(f"{STAGE}[data-state=ready]").wait_for()
    page.close()


def test_a_step_past_the_last_is_told(visit: Visit) -> None:
    page = visit("?lesson=what-tunneling-is&step=99", **CALM)
    assert "There is no step 99" in page.locator(f"{STAGE} .notice").inner_text()
    page = visit("?lessons&height=2", ready=False, attached=True, **CALM)
    assert "“height” is a control of the lab" in page.get_by_role("alert").first.inner_text()


COLORS = (
    DEEP
    + """
window.seen = new Set();
const drawn = "body, main, .MuiAppBar-root, .ts-stage .card";
const look = () => {
  for (const element of deep(document)) {
    if (element.matches(drawn)) window.seen.add(getComputedStyle(element).backgroundColor);
  }
  requestAnimationFrame(look);
};
look();
"""
)


def rgb(color: str) -> str:
    return f"rgb({', '.join(str(int(color[i : i + 2], 16)) for i in (1, 3, 5))})"


@pytest.mark.parametrize(("system", "palette"), [("dark", DARK), ("light", LIGHT)])
def test_a_first_visit_looks_as_the_system_does_in_every_frame(
    browser: Browser, address: str, system: Literal["dark", "light"], palette: Palette
) -> None:
    page = browser.new_page(color_scheme=system, reduced_motion="reduce")
    page.add_init_script(COLORS)
    page.goto(address)
    page.locator(f"{STAGE}[data-state=ready]").wait_for()
    assert set(page.evaluate("[...window.seen]")) == {rgb(palette.page), rgb(palette.card)}
    assert palette.energy in page.evaluate(LINES)
    page.close()


def test_a_chosen_theme_is_kept_and_followed_by_other_pages(visit: Visit) -> None:
    page = visit(color_scheme="dark", **CALM)
    button = page.get_by_role("button", name="Dark theme")
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    page.locator("html[data-theme=light]").wait_for()
    page.reload()
    page.locator(f"{STAGE}[data-state=ready]").wait_for()
    assert page.locator("html").get_attribute("data-theme") == "light"
    other = page.context.new_page()
    other.goto(page.url.split("?")[0] + "?lessons")
    other.locator(".ts-guide[data-view=index]").wait_for()
    assert other.locator("html").get_attribute("data-theme") == "light"
    other.get_by_role("button", name="Dark theme").click()
    page.locator("html[data-theme=dark]").wait_for()
    page.emulate_media(color_scheme="light")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_colors_are_chosen_for_page_and_figures_and_kept(stay: Visit) -> None:
    page = stay()
    for name, kept in (("High contrast", "contrast"), ("Usual", "usual")):
        page.get_by_role("button", name="Colors").click()
        page.get_by_role("radio", name=name).check()
        page.keyboard.press("Escape")
        colors = PALETTES[kept]["light"]
        page.wait_for_function(f"(color) => {LINES}.includes(color)", arg=colors.real)
        muted = page.locator(f"{STAGE} dt").first.evaluate("(one) => getComputedStyle(one).color")
        assert muted == rgb(colors.muted)
        assert page.evaluate("localStorage.getItem('tunnelscope:palette')") == kept


def test_an_unknown_address_looks_as_chosen_and_leads_home(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="light", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address + "?lessons")
    button = page.get_by_role("button", name="Dark theme")
    place = box(button)
    assert place["x"] + place["width"] <= 390
    button.click()
    page.locator("html[data-theme=dark]").wait_for()
    page.goto(address + "no/such/page")
    ground = page.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor")
    assert ground == rgb(DARK.page)
    page.get_by_role("link", name="Lessons").click()
    page.locator(".ts-guide[data-view=index]").wait_for()
    context.close()


def test_without_a_choice_the_page_follows_the_system(visit: Visit) -> None:
    page = visit(color_scheme="light", **CALM)
    page.emulate_media(color_scheme="dark")
    page.locator("html[data-theme=dark]").wait_for()


LEFT = "() => [...Bokeh.index.roots].length + Bokeh.documents.length"


def test_nothing_is_left_of_figures_that_are_drawn_anew(stay: Visit) -> None:
    """Neither documents nor views nor what listens to the window's size."""
    page = stay("?show=phase-space")
    session = page.context.new_cdp_session(page)
    found = session.send("Runtime.evaluate", {"expression": "visualViewport"})["result"]

    def left() -> tuple[int, int]:
        listeners = session.send("DOMDebugger.getEventListeners", {"objectId": found["objectId"]})
        return page.evaluate(LEFT), len(listeners["listeners"])

    def change() -> None:
        seen = page.locator(f"{STAGE} .slot canvas").first.element_handle()
        page.get_by_role("button", name="Dark theme").click()
        page.wait_for_function("(canvas) => !canvas.isConnected", arg=seen)
        page.locator(f"{STAGE} .slot canvas").first.wait_for()
        page.wait_for_function("() => Bokeh.documents.every((one) => one.is_idle)")

    change()
    change()
    first = left()
    for _ in range(4):
        change()
    assert left() == first
    session.detach()
