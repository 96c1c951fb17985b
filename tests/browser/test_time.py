"""A run as a whole: what is drawn over all of its time."""

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from app.lab.model import Lab
from app.stage.cards.times import times
from app.stage.solved import Asked, film, solve
from app.stage.wire import unbundle
from solver.times.arrival import FreePacket
from tests.browser.seen import box
from tests.kinds import Visit

pytestmark = pytest.mark.browser

STAGE = ".ts-stage"
QUERY = "?quality=draft&show=regions+spacetime"
DATA = """(name) => {
  const sources = [...Bokeh.index.roots].filter(({ el }) => el?.checkVisibility())
    .flatMap(({ model }) => model.renderers ?? []).map((one) => one.data_source);
  const [data] = sources.filter((one) => one.name === name).slice(-1).map((one) => one.data);
  const plain = (value) => ArrayBuffer.isView(value) || Array.isArray(value)
    ? [...value].map(plain) : value;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, plain(value)]));
}"""


def drawn(page: Page, name: str) -> dict[str, Any]:
    """What a source has, of the figure in sight that was made last."""
    found: dict[str, Any] = page.evaluate(DATA, name)
    return found


def press_in_the_middle(page: Page, place: Locator) -> None:
    """A press on a figure over time leads away from the start."""
    place.scroll_into_view_if_needed()
    spot = box(place)
    page.mouse.click(spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2)
    expect(page.locator(STAGE)).not_to_have_attribute("data-time", "0")


def block() -> tuple[dict[str, Any], dict[str, Any]]:
    return unbundle(film(Lab(quality="draft").chosen.experiment()))


def test_regions_add_up_and_are_those_of_the_run(stay: Visit) -> None:
    page = stay(QUERY)
    page.locator(f"{STAGE} [data-slot=regions] canvas").first.wait_for()
    _, arrays = block()
    shown = np.array([drawn(page, side)["probability"] for side in ("left", "inside", "right")])
    np.testing.assert_allclose(shown.T, arrays["regions"], atol=1e-6)
    assert shown.sum(axis=0) == pytest.approx(1.0, abs=2e-3)
    assert drawn(page, "left")["t"] == pytest.approx(arrays["times"].tolist())


@pytest.mark.parametrize("slow", ["", "&shape=double&height=2&energy=0.8"])
def test_the_map_is_the_wave_of_each_time(stay: Visit, slow: str) -> None:
    """Rows are even in time, frames are not, least of all of slow waves; two points make a cell."""
    page = stay(QUERY + slow)
    page.locator(f"{STAGE} [data-slot=spacetime] canvas").first.wait_for()
    chosen = Lab(
        quality="draft", **({"shape": "Double", "height": 2.0, "energy": 0.8} if slow else {})
    ).chosen
    _, arrays = unbundle(film(chosen.experiment()))
    times = arrays["times"].astype(float)
    even = np.linspace(0, times[-1], len(times))
    shown = np.abs(even[:, None] - times).argmin(axis=1)
    assert np.any(shown != np.arange(len(times))) or not slow
    density = arrays["re"].astype(float) ** 2 + arrays["im"].astype(float) ** 2
    cells = density.reshape(len(density), -1, 2).sum(axis=2)
    wanted = cells[shown]
    image = np.reshape(drawn(page, "map")["image"][0], wanted.shape)
    wrong = np.abs(image - np.sqrt(wanted / wanted.max())).max(axis=1) > 1e-6
    assert wrong.mean() < 0.02  # half-way between two frames either is nearest


def test_classical_paths_turn_at_the_barrier_and_the_packet_goes_with_them_until_then(
    stay: Visit,
) -> None:
    page = stay(QUERY)
    page.locator(f"{STAGE} [data-slot=spacetime] canvas").first.wait_for()
    paths = drawn(page, "paths")
    xs, ts = np.array(paths["xs"]), np.array(paths["ys"][0])
    assert len(xs) == 5
    assert (xs.max(axis=1) < 0.16).all()  # E < 1.5 eV, even two deviations above 1 eV
    experiment = Lab().chosen.experiment()
    speed = experiment.units.velocity(experiment.packet.wavenumber(experiment.units))
    early = ts < 6
    assert xs[2][early] - xs[2][0] == pytest.approx(speed * ts[early], abs=1e-3)


@pytest.mark.parametrize("slot", ["regions", "spacetime"])
def test_a_press_on_a_figure_over_time_goes_to_that_time(stay: Visit, slot: str) -> None:
    page = stay(QUERY)
    place = page.locator(f"{STAGE} [data-slot={slot}]")
    place.locator("canvas").first.wait_for()
    press_in_the_middle(page, place)
    middle = block()[1]["times"][-1] / 2
    assert drawn(page, "now")["t"][0] == pytest.approx(middle, rel=0.15)
    page.keyboard.press("Home")
    expect(page.locator(STAGE)).to_have_attribute("data-time", "0")


def test_arrivals_are_drawn_told_and_a_press_on_them_goes_to_a_time(stay: Visit) -> None:
    page = stay("?quality=draft&show=times&height=3&width=0.6&sigma=2")
    card = page.locator(f"{STAGE} .times")
    card.locator("[data-slot=arrivals] canvas").first.wait_for()
    controls = Lab(quality="draft", height=3.0, width=0.6, sigma=2.0).chosen
    meta, arrays = unbundle(times({"run": controls}, [solve(Asked(controls.source()))]))
    assert drawn(page, "run")["rate"] == pytest.approx(arrays["run_rates"].tolist())
    assert drawn(page, "here")["time"] == pytest.approx([meta["phase"], meta["dwell"]])
    peak = meta["run"]["run"]["peak"]
    expect(card.locator("tbody tr").first).to_contain_text(f"{peak:.2f} fs")
    expect(card.get_by_text("No signal")).to_be_visible()
    place = card.locator("[data-slot=arrivals]")
    press_in_the_middle(page, place)
    first, last = arrays["t"][[0, -1]]
    assert first < drawn(page, "now")["t"][0] < last


def test_walls_have_no_arrivals_and_that_is_said(stay: Visit) -> None:
    page = stay("?quality=draft&show=times&edges=walls")
    card = page.locator(f"{STAGE} .times")
    expect(card.get_by_text("Layers at the ends of the box must absorb")).to_be_visible()
    expect(card.locator("[data-slot=arrivals]")).to_be_hidden()


FREE = """() => Bokeh.index.roots.map(({ model }) => model)
  .flatMap(({ renderers }) => renderers ?? [])
  .filter(({ data_source: { name, data } }) => name === "free" && data.amplitude)
  .map(({ visible, data_source: { data } }) => [visible, [...data.x], [...data.amplitude]])"""


def test_the_free_packet_runs_beside_the_wave_where_its_times_are_shown(stay: Visit) -> None:
    page = stay("?quality=draft&show=times")
    place = page.locator(f"{STAGE} .times [data-slot=arrivals]")
    place.locator("canvas").first.wait_for()
    press_in_the_middle(page, place)
    shown = [(x, y) for visible, x, y in page.evaluate(FREE) if visible]
    (x, density) = (np.array(part) for part in shown[-1])
    time = float(page.locator(STAGE).get_attribute("data-time") or 0)
    experiment = Lab(quality="draft").chosen.experiment()
    free = FreePacket.of(experiment)
    width = free.sigma * np.hypot(1, time / free.spreading)
    s = (x - experiment.center - free.velocity * time) / width
    wanted = np.exp(-(s**2) / 2) / (np.sqrt(2 * np.pi) * width)
    assert 10 < time < 20
    assert density == pytest.approx(wanted, abs=1e-6)
    legend = page.locator(f"{STAGE} .wave .legend .free")
    expect(legend).to_be_visible()
    page.get_by_role("button", name="Tunneling time").click()
    expect(legend).to_be_hidden()
    assert not any(visible for visible, *_ in page.evaluate(FREE))
