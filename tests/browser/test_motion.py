"""How the packet moves: momentum, energies and the current, at the time on screen."""

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from app.lab.model import Lab
from app.stage.of_run import OF_FRAME, of_run
from app.stage.solved import film, one_frame
from app.stage.wire import unbundle
from solver import Experiment
from tests.browser.seen import box
from tests.browser.test_controls import entry
from tests.browser.test_lab import number, wait_until
from tests.browser.test_time import drawn
from tests.kinds import Visit

pytestmark = pytest.mark.browser

STAGE = ".ts-stage"
FRAME = 120


def blocks() -> list[dict[str, Any]]:
    run = Lab(quality="draft").chosen.experiment().run()
    return [unbundle(of_run(name, run))[1] for name in ("momentum", "current")]


def go_to(page: Page, frame: int) -> None:
    page.keyboard.press("Home")
    for _ in range(frame):
        page.keyboard.press("ArrowRight")


def test_momentum_energy_and_current_are_those_of_the_time_on_screen(stay: Visit) -> None:
    """Kinetic and potential energy change, their sum does not."""
    page = stay("?quality=draft&show=momentum+current")
    for slot in ("wavenumbers", "energies", "current"):
        page.locator(f"{STAGE} [data-slot={slot}] canvas").first.wait_for()
    momentum, current = blocks()
    totals = []
    for frame in (0, FRAME):
        go_to(page, frame)
        assert drawn(page, "now")["density"] == pytest.approx(momentum["density"][frame].tolist())
        flow = np.array(drawn(page, "current")["y"])
        half = len(flow) // 2
        assert flow[:half].max() == flow[:half].min() == 0
        assert flow[half:][::-1] == pytest.approx(current["current"][frame], abs=1e-6)
        card = page.get_by_role("region", name="Momentum and energy")
        told = [text.split()[0] for text in card.locator("dd").all_inner_texts()]
        kinetic, potential, total = (float(text.replace("−", "-")) for text in told)
        assert kinetic == pytest.approx(momentum["kinetic"][frame], abs=1e-3)
        assert kinetic + potential == pytest.approx(total, abs=2e-3)
        totals.append((kinetic, total))
        ends = page.get_by_role("region", name="Probability current").locator("dd")
        for text, j in zip(ends.all_inner_texts(), current["through"][frame], strict=True):
            assert float(text.split()[0].replace("−", "-")) == pytest.approx(j, abs=1e-4)
    (before, total), (now, same) = totals
    assert now < before - 0.02
    assert same == pytest.approx(total, abs=2e-3)
    energy, total_of = drawn(page, "kinetic"), drawn(page, "total")
    p = np.array(energy["density"])
    assert p.sum() * (energy["energy"][1] - energy["energy"][0]) == pytest.approx(1, abs=5e-3)
    assert max(total_of["y"]) > 1.02 * p.max()


def test_an_average_has_no_one_momentum(stay: Visit) -> None:
    page = stay("?quality=draft&environment=dephasing&t2=20&show=momentum+current")
    for name in ("Momentum and energy", "Probability current"):
        card = page.get_by_role("region", name=name)
        expect(card.get_by_text("An average of many runs has no one wave function")).to_be_visible()
        expect(card.locator(".slots")).to_be_hidden()


def test_classical_particles_are_drawn_on_demand_and_compared(stay: Visit) -> None:
    """As many cross as have energies above the top; W's picture and the wave's have them, too."""
    page = stay("?quality=draft&height=1.1&show=phase-space+complex")
    toggle = page.get_by_role("button", name="Classical", exact=True)
    space = page.get_by_role("region", name="Phase space")
    told = space.get_by_text("in the end")
    assert drawn(page, "cloud") == {"x": [], "k": []}
    assert not told.is_visible()
    toggle.click()
    go_to(page, FRAME)
    meta, arrays = unbundle(film(Lab(quality="draft", height=1.1).chosen.experiment()))
    assert np.mean(drawn(page, "cloud")["k"]) < 4.9  # some have turned round
    x, classical = drawn(page, "density"), drawn(page, "classical")
    step = classical["x"][1] - classical["x"][0]
    assert sum(classical["amplitude"]) * step == pytest.approx(1, abs=1e-2)
    assert max(x["y"]) > 1.1 * max(classical["amplitude"])  # it has no fringes
    page.keyboard.press("End")
    assert told.is_visible()
    for part, cloud, wave in (
        ("across", meta["classical"], arrays["regions"][-1, 2]),
        ("cross", meta["classical"], meta["summary"]["exact"]),
    ):
        text = space.locator(f'[data-part="{part}"]').inner_text()
        found = [float(word) for word in text.split() if word[0].isdigit()]
        assert found[0] == pytest.approx(100 * cloud, abs=1.5)  # the slowest are still on their way
        assert found[1] == pytest.approx(100 * wave, abs=0.01)
    toggle.click()
    assert not told.is_visible()
    assert drawn(page, "cloud") == {"x": [], "k": []}
    assert drawn(page, "classical") == {"x": [], "amplitude": []}


def test_the_plane_of_psi_holds_the_wave_of_the_time_on_screen(stay: Visit) -> None:
    page = stay("?quality=draft&height=1.1&show=phase-space+complex")
    go_to(page, FRAME)
    meta, arrays = unbundle(film(Lab(quality="draft", height=1.1).chosen.experiment()))
    parts = [drawn(page, name) for name in ("left", "inside", "right")]
    wave = {name: arrays[name][FRAME] * meta["psi_scale"] for name in ("re", "im")}
    for name, values in wave.items():
        ends = [len(part[name]) for part in parts]
        assert parts[0][name] == pytest.approx(values[: ends[0]], abs=1e-9)
        assert parts[2][name] == pytest.approx(values[-ends[2] :], abs=1e-9)
        assert sum(ends) == len(values) + 2  # each goes on to where the next begins
    card = page.get_by_role("region", name="Re ψ against Im ψ")
    expect(card.get_by_text("Some papers call this picture phase space. It is not")).to_be_visible()


def pull(page: Page, slider: Locator, part: float) -> None:
    """Take a slider in its middle, and move it by a part of its width; it is still held."""
    slider.scroll_into_view_if_needed()
    place = box(slider)
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + part * place["width"], y, steps=3)


def is_on_its_cards(page: Page, experiment: Experiment, time: float) -> None:
    """The cards show one frame of a run, not of the one that is loaded."""
    solved = one_frame(experiment, time, tuple(OF_FRAME))
    (_, momentum), (_, current), (_, space) = (
        unbundle(solved.cards[name]) for name in ("momentum", "current", "phase space")
    )
    for _ in range(100):  # the first answers may be to where the pointer was on its way
        if len(drawn(page, "now")["k"]) == len(momentum["k"]):
            break
        page.wait_for_timeout(100)
    assert drawn(page, "now")["k"] == pytest.approx(momentum["k"].tolist())
    assert drawn(page, "now")["density"] == pytest.approx(momentum["density"][0].tolist())
    flow = drawn(page, "current")["y"]
    assert flow[len(flow) // 2 :][::-1] == pytest.approx(current["current"][0])
    assert drawn(page, "marginal_k")["density"] == pytest.approx(space["density_k"][0].tolist())
    told = page.locator(f"{STAGE} [data-part=negativity]").inner_text()
    assert float(told) == pytest.approx(space["negativity"][0], abs=0.006)
    meta, still = unbundle(solved.block)
    re, shown = still["re"] * meta["psi_scale"], drawn(page, "re")
    assert shown["x"] == pytest.approx(still["x"].tolist())
    assert shown["amplitude"] == pytest.approx(re.tolist())
    left = drawn(page, "left")["re"]
    assert left == pytest.approx(re[: len(left)].tolist())
    k0 = experiment.packet.wavenumber(experiment.units)
    assert np.median(np.abs(drawn(page, "cloud")["k"])) == pytest.approx(k0, rel=0.05)


@pytest.mark.parametrize(
    ("name", "control"), [("energy", "Packet energy (eV)"), ("sigma", "Packet width (nm)")]
)
def test_all_that_is_shown_of_an_instant_follows_a_drag(
    stay: Visit, name: str, control: str
) -> None:
    """W, momentum, current, psi and the particles, before it is let go; none looks stale."""
    tall: ViewportSize = {"width": 1440, "height": 3000}  # what is out of sight waits
    page = stay("?quality=draft&show=phase-space+complex+momentum+current", viewport=tall)
    toggles = [page.get_by_role("button", name=of, exact=True) for of in ("Classical", "Re ψ")]
    for toggle in toggles:
        toggle.click()
    go_to(page, FRAME)
    seen = number(page, "previews")
    pull(page, page.get_by_role("slider", name=control), -0.2)
    wait_until(page, "previews", f"v > {seen}")
    time, value = round(number(page, "time"), 2), float(entry(page, name).input_value())
    is_on_its_cards(page, Lab(quality="draft", **{name: value}).chosen.experiment(), time)
    faded = page.locator(f"{STAGE} .extra:visible").evaluate_all(
        "all => all.filter((one) => getComputedStyle(one).opacity < 1).map((one) => one.ariaLabel)"
    )
    assert faded == []
    page.mouse.up()
    page.wait_for_url(f"**{name}=*")
    for toggle in toggles:
        toggle.click()


def test_what_is_out_of_sight_is_drawn_when_it_comes_or_all_stands_still(stay: Visit) -> None:
    page = stay("?quality=draft&show=phase-space+complex+momentum+current")
    card = page.get_by_role("region", name="Probability current")
    page.locator(".main-content").evaluate("(pane) => { pane.scrollTop = 0; }")
    expect(card).not_to_be_in_viewport()
    first = drawn(page, "current")["y"]
    page.get_by_role("button", name="Loop").click()
    page.get_by_role("button", name="Play").click()
    wait_until(page, "time", "v > 6")
    assert drawn(page, "current")["y"] == first
    card.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    now = drawn(page, "current")["y"]
    assert now != first
    page.locator(".main-content").evaluate("(pane) => { pane.scrollTop = 0; }")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Loop").click()
    frame = int(np.argmin(np.abs(run_times() - number(page, "time"))))
    _, current = blocks()
    line = np.array(drawn(page, "current")["y"])
    assert line[len(line) // 2 :][::-1] == pytest.approx(current["current"][frame], abs=1e-6)


def run_times() -> Any:
    return unbundle(film(Lab(quality="draft").chosen.experiment()))[1]["times"]


ASKED = """() => {
  const { prototype } = CSSStyleDeclaration, ask = prototype.getPropertyValue;
  window.asked = [];
  prototype.getPropertyValue = function (name) {
    window.asked.push(name);
    return ask.call(this, name);
  };
}"""


def test_a_picture_asks_no_style_of_the_page(visit: Visit) -> None:
    """What Bokeh would ask for each property of each line, text and area, picture after picture."""
    page = visit("?quality=draft", reduced_motion="reduce")
    page.evaluate(ASKED)
    before = number(page, "drawn")
    go_to(page, 5)
    wait_until(page, "drawn", f"v >= {before + 5}")
    assert page.evaluate("window.asked") == []


EDGES = """() => {
  const drawn = (view) => view.canvas_view?.primary && view.is_displayed;
  const [view] = [...Bokeh.index.query(drawn)], layer = view.canvas_view.primary;
  const { ctx, canvas: { width, height } } = layer;
  const lit = (wide, high) => {
    const { data } = ctx.getImageData(0, 0, wide, high);
    return data.filter((value, i) => i % 4 === 3 && value > 0).length;
  };
  const edges = () => [lit(width, 1), lit(1, height)];
  const draw = () => {
    view.request_repaint();
    view.repaint();
  };
  draw();
  const before = edges();
  layer.undo_transform(() => ctx.fillRect(0, 0, width, height));
  const filled = edges();
  draw();
  return { before, filled, after: edges(), size: [width, height] };
}"""


def test_nothing_is_left_at_the_edge_of_a_picture(stay: Visit) -> None:
    """Of a label, say, that was drawn there while the figure had another size."""
    found = stay("?quality=draft").evaluate(EDGES)
    assert found["filled"] == found["size"]
    assert found["after"] == found["before"]
