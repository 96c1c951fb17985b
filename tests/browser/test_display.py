"""What is shown says what it is: axes, regions, numbers, colors, pages."""

from itertools import product
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

STAGE = ".ts-stage"
CALM = {"reduced_motion": "reduce"}
ASSETS = Path(__file__).parents[2] / "assets"


@pytest.fixture(scope="module")
def call(browser):
    """Call a function of one of the stage's parts with a list of argument lists."""
    page = browser.new_page()

    def every(part, name, rows):
        source = (ASSETS / part).read_text("utf-8")
        code = f"(rows) => {{ {source}\n return rows.map((row) => {name}(...row)); }}"
        return page.evaluate(code, [list(row) for row in rows])

    yield every
    page.close()


def test_a_density_keeps_half_of_the_height_and_has_no_negative_ticks(call):
    """Of any barrier and packet that the sliders allow, with and without Re and Im."""
    cases = [
        ({"density": density, "top": max(height, energy), "bottom": min(height, low, 0)}, signed)
        for density, height, low, energy, signed in product(
            (0.01, 0.2, 1.0, 4.0), (-10, -0.1, 0, 3, 20), (0, -10), (0.5, 5, 20), (False, True)
        )
    ]
    for (axes, signed), found in zip(
        cases, call("stage/figures.js", "rangesOf", cases), strict=True
    ):
        left, right = found["left"], found["right"]
        amplitude = axes["density"] ** 0.5 if signed else 0
        wave = max(axes["density"], amplitude) + amplitude
        assert wave / (left["end"] - left["start"]) > 0.5
        assert left["start"] <= -amplitude <= axes["density"] < left["end"]
        assert left["bounds"][0] == pytest.approx(-1.1 * amplitude)
        assert right["start"] <= axes["bottom"] <= axes["top"] < right["end"]
        zero = [side["start"] / side["end"] for side in (left, right)]
        assert zero[0] == pytest.approx(zero[1])


DRAWN = """() => [...Bokeh.index.roots].filter(({ model }) => model.right?.length).map((view) => {
  const { left, y_range } = view.model;
  const ticks = [...view.views.find_one(left[0]).tick_coords.major[1]].map(Number);
  return { ticks, start: y_range.start, end: y_range.end, label: left[0].axis_label };
})"""


@pytest.mark.parametrize(
    "query", ["?height=-10&width=1", "?shape=Step&height=-10&energy=0.5", "?shape=Double&height=-3"]
)
def test_the_axis_of_a_density_begins_at_zero_above_a_well(visit, query):
    page = visit(query, **CALM)
    (axis,) = page.evaluate(DRAWN)
    assert axis["label"] == "|ψ|² (1/nm)"
    assert min(axis["ticks"]) == 0
    assert len(axis["ticks"]) > 2
    assert axis["end"] / (axis["end"] - axis["start"]) > 0.5
    page.get_by_role("button", name="Re ψ", exact=True).click()
    (axis,) = page.evaluate(DRAWN)
    assert axis["label"] == "ψ (1/√nm), |ψ|² (1/nm)"
    assert min(axis["ticks"]) < 0


WATCH = """
window.seen = new Set();
function* deep(root) {
  for (const element of root.querySelectorAll("*")) {
    yield element;
    if (element.shadowRoot) yield* deep(element.shadowRoot);
  }
}
const look = () => {
  for (const element of deep(document)) {
    const here = ["ts-stage", "ts-controls"].find((name) => element.classList.contains(name));
    if (here && element.getClientRects().length) window.seen.add(here);
  }
  requestAnimationFrame(look);
};
look();
"""


@pytest.mark.parametrize(
    ("query", "view", "seen"),
    [("?lessons", "index", []), ("?lesson=none", "fault", [])],
)
def test_a_page_of_text_never_shows_a_lab(browser, address, query, view, seen):
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


def test_a_step_past_the_last_is_told(visit):
    page = visit("?lesson=what-tunneling-is&step=99", **CALM)
    assert "There is no step 99" in page.locator(f"{STAGE} .notice").inner_text()
    page = visit("?lessons&height=2", ready=False, attached=True, **CALM)
    assert "“height” is a control of the lab" in page.get_by_role("alert").first.inner_text()
