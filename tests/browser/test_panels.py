"""Energies, wave and phase space above each other: on one screen, on one axis, each for itself."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from app.lab.model import Lab
from app.stage.solved import film
from app.stage.wire import unbundle
from tests.browser.seen import attribute, box, shared_link
from tests.browser.staying import go_on
from tests.kinds import Visit

pytestmark = pytest.mark.browser

STAGE = ".ts-stage"
STILL = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))"
FIGURES = """() => [...Bokeh.index.roots].filter((one) => one.frame && one.el.clientWidth)
  .map((view) => {
  const { x_range: { start, end }, y_range, renderers, right } = view.model, { bbox } = view.frame;
  const { left, top } = view.el.getBoundingClientRect();
  return {
    frame: [left + bbox.left, left + bbox.right, start, end],
    height: bbox.bottom - bbox.top,
    levels: [y_range.start, y_range.end],
    axis: right.map(({ visible }) => visible),
    seen: renderers.filter(({ visible }) => visible).map(({ data_source: { name } }) => name),
    named: renderers.map(({ data_source: { name } }) => name),
  };
})"""


def figures(page: Page) -> list[dict[str, Any]]:
    """The figures on the page, as Bokeh has laid them out."""
    page.evaluate(STILL)
    found: list[dict[str, Any]] = page.evaluate(FIGURES)
    return found


def with_source(page: Page, name: str) -> list[dict[str, Any]]:
    return [figure for figure in figures(page) if name in figure["named"]]


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (1024, 768)], ids=lambda s: f"{s[0]}")
def test_what_is_used_most_is_on_one_screen(stay: Visit, size: tuple[int, int]) -> None:
    width, height = size
    page = stay("?", viewport={"width": width, "height": height})
    for part in (
        *(page.locator(f"{STAGE} [data-slot={name}]") for name in ("energy", "wave", "wigner")),
        page.locator(f"{STAGE} .player"),
        page.locator(f"{STAGE} .readouts"),
        page.locator(".ts-controls summary"),
    ):
        place = box(part)
        assert min(place["x"], place["y"]) >= 0, part
        assert place["y"] + place["height"] <= height, part
        assert place["x"] + place["width"] <= width, part


def test_longer_words_are_on_one_screen_too(visit: Visit) -> None:
    page = visit("?lang=id", viewport={"width": 1280, "height": 720})
    for part in (".player", ".readouts"):
        place = box(page.locator(f"{STAGE} {part}"))
        assert place["y"] + place["height"] <= 720, part


def test_a_low_screen_has_a_fold_for_what_is_chosen_less_often(stay: Visit) -> None:
    page = stay("?", viewport={"width": 1280, "height": 720})
    views = page.get_by_role("group", name="Show below")
    seldom = views.get_by_role("button", name="Plane wave")
    expect(seldom).to_be_hidden()
    views.get_by_text("More").press("Enter")
    expect(seldom).to_be_visible()
    stay("?show=stationary", viewport={"width": 1280, "height": 720})
    expect(seldom).to_have_attribute("aria-pressed", "true")
    expect(seldom).to_be_visible()


def test_a_phone_keeps_picture_and_player_above_two_controls(stay: Visit) -> None:
    page = stay("?", viewport={"width": 390, "height": 844})
    numbers = page.locator(".ts-controls input[type=range]")
    numbers.nth(1).evaluate("(one) => one.scrollIntoView({ block: 'end' })")
    parts = [page.locator(f"{STAGE} {part}") for part in ("[data-slot=energy]", "[data-slot=wave]")]
    player = box(page.locator(f"{STAGE} .player"))
    for part in parts:
        assert box(page.get_by_role("banner"))["height"] <= box(part)["y"] < player["y"]
    for part in (
        page.get_by_role("spinbutton", name="Barrier height"),
        numbers.nth(0),
        numbers.nth(1),
    ):
        place = box(part)
        assert player["y"] + player["height"] <= place["y"]
        assert place["y"] + place["height"] <= 844


def test_energies_wave_and_phase_space_are_on_one_axis_to_the_pixel(stay: Visit) -> None:
    page = stay("?")
    for overlay in (False, True):
        if overlay:
            page.get_by_role("button", name="Textbook overlay").click()
        energies, wave, wigner = (with_source(page, one)[0] for one in ("band", "re", "wigner"))
        assert energies["frame"] == wave["frame"] == wigner["frame"]
    page.get_by_role("button", name="Textbook overlay").click()


def test_the_wave_stands_apart_from_energies_unless_the_textbook_overlay_is_asked_for(
    stay: Visit,
) -> None:
    page, over = stay("?"), {"barrier", "energy", "forbidden"}
    toggle = page.get_by_role("button", name="Textbook overlay")
    said = page.get_by_text("Its height says how likely the particle is found there.")
    for asked in (False, True, False):
        (wave,) = with_source(page, "re")
        assert (wave["axis"], over <= set(wave["seen"])) == ([asked], asked)
        assert over.isdisjoint(wave["seen"]) != asked
        assert said.is_visible() == asked
        assert toggle.get_attribute("aria-pressed") == str(asked).lower()
        (energies,) = with_source(page, "band")
        assert over < set(energies["seen"])
        toggle.click()
    toggle.click()


def test_two_waves_are_as_high_as_each_other_below_both_barriers(stay: Visit) -> None:
    page = stay("?lesson=rectangle-against-gaussian&step=2&teach=1")
    first, second = with_source(page, "re")
    assert first["height"] == pytest.approx(second["height"], abs=1)
    assert first["frame"] == second["frame"]
    legend = page.locator(f"{STAGE} .panels > .legend").inner_text()
    assert "V(x): Rectangular" in legend
    assert "V(x): Gaussian" in legend


def test_where_there_is_no_room_phase_space_is_a_card_of_its_own(stay: Visit) -> None:
    page = stay("?")
    space = page.locator(f"{STAGE} .wave [data-extra='phase space']")
    assert space.count() == 1
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(f"{STAGE} > [data-extra='phase space']").wait_for()
    page.set_viewport_size({"width": 1440, "height": 900})
    space.wait_for()


def test_the_band_of_energies_follows_a_drag(stay: Visit) -> None:
    """What is dragged is seen on the axis of energies before it is let go."""
    page = stay("?")
    slider = page.get_by_role("slider", name="Barrier height (eV)")
    before = page.locator(STAGE).get_attribute("data-previews") or "0"
    place = box(slider)
    page.mouse.move(place["x"] + place["width"] * 0.4, place["y"] + place["height"] / 2)
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] * 0.8, place["y"] + place["height"] / 2, steps=3)
    page.locator(f"{STAGE}:not([data-previews='{before}'])").wait_for()
    for _ in range(100):  # the first answer may be to where the pointer was on its way
        (energies,) = with_source(page, "band")
        if energies["levels"][1] > 3:
            break
        page.wait_for_timeout(100)
    assert energies["levels"][1] > 3
    page.mouse.up()


def handle(page: Page, label: str) -> Locator:
    """A handle on the figure; its name tells the value, too."""
    return page.locator(f"{STAGE} .handle").and_(page.get_by_role("slider", name=f"{label}, "))


@pytest.mark.parametrize(
    ("label", "by", "told"),
    [
        ("Barrier height", (0, -10), "Barrier height, {:g} eV"),
        ("Packet energy", (0, 12), "Packet energy, {:g} eV"),
        ("Barrier width", (-15, 0), "Barrier width, {:g} nm"),
        ("Gap", (9, 0), "Gap, {:g} nm"),
        ("Packet start", (-9, 0), "Packet start, {:g} nm"),
        ("Packet width", (-9, 0), "Packet width, {:g} nm"),
    ],
)
def test_what_is_dragged_on_the_figure_follows_the_pointer(
    stay: Visit, label: str, by: tuple[int, int], told: str
) -> None:
    """The value is where the pointer is on the axes; the run comes once it is let go."""
    page = stay("?shape=Double&height=2&width=0.4&gap=1.5&energy=1.4")
    (energies,) = with_source(page, "band")
    left, right, low, high = energies["frame"]
    bottom, top = energies["levels"]
    nm, ev = (high - low) / (right - left), (bottom - top) / energies["height"]
    wanted = {
        "Barrier height": 2 + by[1] * ev,
        "Packet energy": 1.4 + by[1] * ev,
        "Barrier width": 0.4 - by[0] * nm,
        "Gap": 1.5 + 2 * by[0] * nm,
        "Packet start": -0.75 - 0.4 - 6 * 1.4 + by[0] * nm,
        "Packet width": 1.4 - by[0] * nm / 2,
    }[label]
    grip, stage = handle(page, label), page.locator(STAGE)
    place, runs = box(grip), stage.get_attribute("data-runs")
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by[0], y + by[1], steps=4)
    name = grip.get_attribute("aria-label") or ""
    assert float(name.split()[-2]) == pytest.approx(wanted, abs=0.051)
    assert name == told.format(float(name.split()[-2]))
    assert stage.get_attribute("data-runs") == runs
    page.mouse.up()
    page.locator(f"{STAGE}:not([data-runs='{runs}'])").wait_for()
    entry = page.get_by_role("spinbutton", name=label)
    assert entry.input_value() == name.split()[-2]


def test_a_handle_is_moved_by_keys_and_each_release_can_be_undone(stay: Visit) -> None:
    page = stay("?height=2")
    grip = handle(page, "Barrier height")
    grip.focus()
    time = page.locator(STAGE).get_attribute("data-time")
    for key, height in (("ArrowUp", 2.1), ("PageUp", 3.1), ("ArrowLeft", 3), ("End", 20)):
        page.keyboard.press(key)
        page.wait_for_url(f"**height={height:g}*")
        assert grip.get_attribute("aria-label") == f"Barrier height, {height:g} eV"
        assert grip.get_attribute("aria-valuenow") == f"{height:g}"
        expect(grip).to_be_focused()
    assert page.locator(STAGE).get_attribute("data-time") == time  # they are not the player's
    page.go_back()
    page.wait_for_url("**height=3*")
    expect(grip).to_have_attribute("aria-label", "Barrier height, 3 eV")


def test_a_packet_is_put_to_the_barrier_and_back_again(stay: Visit) -> None:
    page = stay("?height=2")
    grip, entry = handle(page, "Packet start"), page.get_by_role("spinbutton", name="Packet start")
    auto = page.get_by_role("button", name="Packet start: automatic")
    told = page.locator(f"{STAGE} [data-part=begun]")
    expect(grip).to_have_attribute("aria-label", "Packet start, -8.55 nm")
    expect(auto).to_have_attribute("aria-pressed", "true")
    expect(told).to_be_hidden()
    entry.fill("-1,55")
    entry.press("Enter")
    expect(told).to_contain_text("of it is inside and")
    expect(auto).to_have_attribute("aria-pressed", "false")
    page.wait_for_url("**start=-1.55*")
    grip.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**start=-1.5*")
    page.get_by_role("button", name="Undo").click()
    expect(entry).to_have_value("-1.55")
    entry.fill("3")
    entry.press("Enter")
    notice = page.locator(f"{STAGE} .notice")
    expect(notice).to_contain_text("Packet start must lie left of the barrier")
    entry.fill("")
    entry.press("Enter")
    expect(entry).to_have_value("-8.55")
    expect(auto).to_have_attribute("aria-pressed", "true")
    expect(told).to_be_hidden()
    expect(notice).to_be_hidden()


def test_only_what_a_step_unlocks_has_a_handle(stay: Visit) -> None:
    page = stay("?lesson=what-tunneling-is&step=5")
    shown = page.locator(f"{STAGE} .handle:visible")
    expect(shown).to_have_count(2)
    assert {attribute(one, "aria-label").split(",")[0] for one in shown.all()} == {
        "Barrier width",
        "Packet energy",
    }
    page = stay("?lesson=what-tunneling-is&step=1")
    expect(shown).to_have_count(0)
    page = stay("?lesson=rectangle-against-gaussian&step=2&teach=1")
    expect(shown).to_have_count(0)


PINNED = """() => {
  const sources = [...Bokeh.index.roots].flatMap(({ model }) => model.renderers ?? [])
    .map(({ data_source }) => data_source);
  const [pinned] = sources.filter(({ name }) => name === "pinned").map(({ data }) => data);
  const [other] = sources.filter(({ name }) => name === "other").map(({ data }) => data);
  return { wave: [...pinned.amplitude], barrier: [...other.energy] };
}"""


def test_a_pinned_run_stays_behind_the_next_at_the_same_time(stay: Visit) -> None:
    """One click sets the rectangle against the Gaussian of the same height and area."""
    page = stay("?quality=draft")
    stage = page.locator(STAGE)
    for _ in range(90):
        page.keyboard.press("ArrowRight")
    time, runs = stage.get_attribute("data-time"), stage.get_attribute("data-runs")
    exact = page.locator(f'{STAGE} [data-part="exact"]').inner_text()
    assert page.evaluate(PINNED) == {"wave": [], "barrier": []}
    page.get_by_role("button", name="Against a Gaussian").click()
    page.wait_for_url("**shape=gaussian*")
    page.locator(f"{STAGE}:not([data-runs='{runs}'])").wait_for()
    now = float(attribute(stage, "data-time"))
    assert now == pytest.approx(float(time or 0), rel=0.01)
    kept = page.evaluate(PINNED)
    _, arrays = unbundle(film(Lab(quality="draft").chosen.experiment()))
    at = int(np.searchsorted(arrays["times"], now + 1e-6)) - 1
    re, im = (arrays[name][at].astype(float) for name in ("re", "im"))
    most = np.max(re**2 + im**2)
    assert np.array(kept["wave"]) / max(kept["wave"]) == pytest.approx((re**2 + im**2) / most)
    assert max(kept["barrier"]) == 1.5
    other = page.locator(f'{STAGE} [data-part="exact"]').inner_text()
    said = page.locator(f"{STAGE} .pin p").inner_text()
    assert said == (
        f"Gets through by exact theory: {exact} of the pinned run (gray), {other} of this one."
    ).replace(" %", "\u00a0%")
    legend = page.locator(f"{STAGE} .panels > .legend").get_by_text("V(x), pinned")
    runs = stage.get_attribute("data-runs")
    page.get_by_role("button", name="Reset").click()
    page.locator(f"{STAGE}:not([data-runs='{runs}'])").wait_for()
    expect(legend).to_be_visible()
    page.get_by_role("button", name="Unpin").click()
    expect(legend).to_be_hidden()
    assert page.evaluate(PINNED) == {"wave": [], "barrier": []}
    page.get_by_role("button", name="Pin this run").click()
    page = stay("?lesson=what-tunneling-is&step=1")
    assert not page.locator(f"{STAGE} .pin").is_visible()
    page = stay("?")
    expect(page.get_by_role("button", name="Pin this run")).to_be_visible()


def test_a_link_brings_the_pinned_run_and_unpin_takes_it_away(stay: Visit) -> None:
    page = stay("?quality=draft")
    legend = page.locator(f"{STAGE} .panels > .legend").get_by_text("V(x), pinned")
    for _ in range(60):
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Against a Gaussian").click()
    page.wait_for_url("**shape=gaussian*")
    expect(legend).to_be_visible()
    said, kept = page.locator(f"{STAGE} .pin p").inner_text(), page.evaluate(PINNED)
    link = urlsplit(shared_link(page)).query
    assert dict(parse_qsl(link))["pin"] == "v=1&quality=draft"
    go_on(page, "?v=1&quality=draft")
    expect(legend).to_be_hidden()
    assert page.evaluate(PINNED) == {"wave": [], "barrier": []}
    go_on(page, f"?{link}")
    expect(legend).to_be_visible()
    assert page.locator(f"{STAGE} .pin p").inner_text() == said
    back = page.evaluate(PINNED)
    assert np.array(back["wave"]) == pytest.approx(np.array(kept["wave"]), abs=1e-6)
    assert back["barrier"] == kept["barrier"]
    page.get_by_role("button", name="Unpin").click()
    expect(legend).to_be_hidden()
    assert page.evaluate(PINNED) == {"wave": [], "barrier": []}
