"""What is saved from the lab carries its state, its numbers are true, and is opened again."""

import base64
import csv
import json
import math
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page

from app.files.routes import told
from app.files.table import freed
from app.theme import LIGHT
from solver import load_experiment
from solver.controls import Controls
from solver.grid import Array
from tests.browser.seen import box, hindrances
from tests.kinds import Visit

pytestmark = pytest.mark.browser

STAGE, MENU = ".ts-stage", ".ts-stage dialog.files"
LINK = "?height=2.5&width=0.4&show=phase-space+coefficient"
SHARED = f"?v=1&{LINK[1:]}"
DROP = """([name, encoded]) => {
  const bytes = Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name));
  for (const kind of ["dragover", "drop"]) {
    const event = new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
    window.prevented = event.defaultPrevented;
  }
}"""


def menu(page: Page) -> Locator:
    """The menu, opened, once it has the settings."""
    page.get_by_role("button", name="Save or open").click()
    found = page.locator(MENU)
    found.locator("[data-copy]:enabled").wait_for()
    return found


def saved(page: Page, button: str, folder: Path) -> Path:
    """The file that a button of the menu saves."""
    with page.expect_download() as download:
        page.locator(MENU).get_by_role("button", name=button).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def opened(page: Page, file: Path, link: str) -> None:
    """Open a file in another state, and wait for the state that it leads to."""
    page.evaluate("window.dispatchEvent(new CustomEvent('ts-go', { detail: '?energy=3' }))")
    page.get_by_role("spinbutton", name="Packet energy (eV)").and_(
        page.locator("[aria-valuenow='3']")
    ).wait_for()
    drop(page, file.name, file.read_bytes())
    page.wait_for_function("(link) => location.search === link", arg=link)


def drop(page: Page, name: str, content: bytes) -> None:
    page.evaluate(DROP, [name, base64.b64encode(content).decode()])


def columns(file: Path) -> tuple[list[str], dict[str, Array]]:
    """The lines that begin with #, and the columns of a table."""
    lines = file.read_text("utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    names, *rows = csv.reader(lines[len(head) :])
    cells = zip(*rows, strict=True)
    return head, {
        name: np.array([float(cell) for cell in column if cell])
        for name, column in zip(names, cells, strict=True)
    }


def test_a_picture_shows_the_figure_and_brings_its_state_back(stay: Visit, tmp_path: Path) -> None:
    page = stay(LINK)
    menu(page)
    name = "tunnelscope-rectangular-2.5eV-0.4nm-E1eV-wave"
    file = saved(page, "PNG: Wave packet", tmp_path)
    assert file.name == f"{name}.png"
    with Image.open(file) as picture:
        picture.load()
        panels = box(page.locator(f"{STAGE} .panels"))
        assert picture.width == pytest.approx(2 * (panels["width"] + 40), abs=4)
        counted = {color: n for n, color in picture.convert("RGB").getcolors(2**20) or []}
    assert max(counted, key=lambda color: counted[color]) == (255, 255, 255)
    for color in (LIGHT.energy, LIGHT.text):
        red, green, blue = bytes.fromhex(color[1:])
        assert counted.get((red, green, blue), 0) > 20, color
    drawn = saved(page, "SVG: Wigner function", tmp_path)
    texts = [one.text or "" for one in ElementTree.parse(drawn).iter() if one.tag.endswith("text")]
    assert "Wigner function: W(x, k)" in texts
    assert (
        "Rectangular barrier, height 2.5 eV, width 0.4 nm; packet energy 1 eV; t = 0.00 fs" in texts
    )
    assert {"x (nm)", "k (1/nm)", "|φ(k)|² (nm)"} <= set(texts)
    page.keyboard.press("Escape")
    opened(page, file, SHARED)
    opened(page, drawn, SHARED)
    assert page.locator(f"{STAGE} .opened").inner_text() == f"Opened {drawn.name}."


def test_a_table_has_the_numbers_that_are_drawn(stay: Visit, tmp_path: Path) -> None:
    """|psi|^2 is a density; the Wigner function's marginal over k is that density."""
    page = stay(LINK)
    for _ in range(60):
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Re ψ", exact=True).click()
    menu(page)
    file = saved(page, "CSV: Wave packet", tmp_path)
    head, wave = columns(file)
    assert head[0].endswith(": Wave packet")
    time = page.locator(STAGE).get_attribute("data-time") or ""
    link = f"{SHARED}&t={math.ceil(1000 * float(time)) / 1000:g}&look=re"
    assert head[2] == f"# tunnelscope[{link}]"
    assert list(wave) == ["x (nm)", "|ψ|² (1/nm)", "Re ψ (1/√nm)", "x of V (nm)", "V (eV)"]
    x, density = wave["x (nm)"], wave["|ψ|² (1/nm)"]
    assert np.trapezoid(density, x) == pytest.approx(1, abs=1e-3)
    assert (wave["Re ψ (1/√nm)"] ** 2 <= density * (1 + 1e-3) + 1e-6).all()
    assert wave["V (eV)"].max() == 2.5
    _, space = columns(saved(page, "CSV: Wigner function", tmp_path))
    cells, k = space["W"].reshape(-1, 128), space["k (1/nm)"][::128]
    marginal = np.interp(space["x (nm)"][:128], x, density)
    assert np.abs(cells.sum(0) * (k[1] - k[0]) - marginal).max() < 0.02 * density.max()
    _, theory = columns(saved(page, "CSV: T(E)", tmp_path))
    assert list(theory)[:2] == ["Energy (eV)", "T(E)"]
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Re ψ", exact=True).click()
    page.keyboard.press("Home")
    opened(page, file, link)
    page.locator(f"{STAGE}[data-time='{time}']").wait_for()
    real = page.get_by_role("button", name="Re ψ", exact=True)
    assert real.get_attribute("aria-pressed") == "true"
    real.click()


def test_a_map_is_saved_at_the_times_of_its_frames(stay: Visit, tmp_path: Path) -> None:
    """At every one the particle is somewhere in the window, until something of it has left."""
    page = stay("?quality=draft&show=spacetime")
    menu(page)
    _, cells = columns(saved(page, "CSV: Space and time", tmp_path))
    across = len(set(cells["x (nm)"]))
    x, t, density = (column.reshape(-1, across) for column in cells.values())
    assert np.ptp(t, axis=1).max() == 0
    assert np.trapezoid(density[0], x[0]) == pytest.approx(1, abs=1e-3)
    assert np.trapezoid(density, x).max() <= 1 + 1e-3
    page.keyboard.press("Escape")


def test_settings_are_shown_saved_and_opened_in_each_form(stay: Visit, tmp_path: Path) -> None:
    page = stay(LINK)
    page.keyboard.press("ArrowRight")
    time = float(page.locator(STAGE).get_attribute("data-time") or "")
    moment = f"&t={math.ceil(1000 * time) / 1000:g}"
    words = told(SHARED + moment)
    shown = menu(page).locator("pre")
    for form, name in (("Command", "command"), ("Python", "python"), ("JSON", "json")):
        page.locator(MENU).get_by_text(form, exact=True).click()
        assert shown.inner_text().strip() == words[name].strip()
    page.locator(MENU).get_by_role("button", name="Copy").click()
    page.locator(f"{MENU} [role=status]").get_by_text("Copied.").wait_for()
    state = saved(page, "Save as a file", tmp_path)
    assert json.loads(state.read_text("utf-8"))["lab"]["height"] == 2.5
    page.locator(MENU).get_by_text("TOML", exact=True).click()
    run = saved(page, "Save as a file", tmp_path)
    assert tomllib.loads(run.read_text("utf-8"))["barrier"]["height"] == 2.5
    page.keyboard.press("Escape")
    opened(page, state, SHARED + moment)
    changed = run.read_text("utf-8").replace("height = 2.5", "height = 2.75")
    drop(page, "mine.toml", changed.encode())
    link = SHARED.replace("2.5", "2.75") + moment
    page.wait_for_function("(link) => location.search === link", arg=link)


NONE = {
    "photo.png": (b"\x89PNG\r\n\x1a\n" + bytes(6000), "carries no state of the lab"),
    "small.bin": (bytes(50), "carries no state of the lab"),
    "a.toml": (b"[barrier", "The file must be TOML or JSON"),
    "a.json": (b"{}", "must hold the state of the lab"),
}


def test_a_file_that_is_none_is_told_and_nothing_is_lost(stay: Visit) -> None:
    page = stay("?height=2.5")
    for name, (content, reason) in NONE.items():
        drop(page, name, content)
        page.locator(f"{MENU} [role=status]").get_by_text(reason).wait_for()
        assert page.evaluate("[location.search, window.prevented]") == ["?height=2.5", True]
        page.keyboard.press("Escape")


def test_the_run_comes_as_a_film_and_as_numbers(stay: Visit, tmp_path: Path) -> None:
    link = "?height=2.25&quality=draft"
    page = stay(link)
    page.get_by_role("button", name="Loop").click()
    menu(page)
    film = saved(page, "GIF: Animation", tmp_path)
    assert film.name == "tunnelscope-rectangular-2.25eV-0.3nm-E1eV-draft.gif"
    numbers = saved(page, "NetCDF", tmp_path)
    assert load_experiment(numbers) == freed(Controls(height=2.25, quality="draft").source())
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Loop").click()
    opened(page, film, f"?v=1&{link[1:]}&look=loop")
    page.locator(f"{STAGE} [data-do=loop][aria-pressed=true]").wait_for()
    page.get_by_role("button", name="Loop").click()


def test_a_film_that_is_being_made_can_be_given_up(stay: Visit) -> None:
    page = stay("?height=2.125&quality=draft")
    film = menu(page).get_by_role("button", name="GIF: Animation")
    film.press("Enter")
    assert page.get_by_role("progressbar", name="Made of the file").is_visible()
    page.keyboard.press("Enter")  # the focus is on Cancel
    page.locator(f"{MENU} [role=status]").get_by_text("Cancelled.").wait_for()
    assert film.evaluate("(film) => film.getRootNode().activeElement === film")
    assert page.get_by_role("progressbar").count() == 0
    page.keyboard.press("Escape")


def test_the_menu_is_reached_and_left_by_keyboard(stay: Visit) -> None:
    page = stay()
    button = page.get_by_role("button", name="Save or open")
    assert box(button)["height"] >= 24
    button.focus()
    page.keyboard.press("Enter")
    page.locator(f"{MENU} [data-copy]:enabled").wait_for()
    page.keyboard.press("Space")
    assert page.locator(MENU).is_hidden(), "the first stop is Close"
    assert page.locator(STAGE).get_attribute("data-playing") == "false", "space is the menu's"
    page.keyboard.press("Enter")
    assert hindrances(page) == []
    page.keyboard.press("Escape")
    assert button.evaluate("(button) => button.getRootNode().activeElement === button")


def test_a_lesson_has_no_such_menu(stay: Visit) -> None:
    page = stay("?lesson=what-tunneling-is&step=1")
    assert page.locator(f"{STAGE} button.save").is_hidden()
    drop(page, "a.json", b'{"lab": {}}')
    assert page.evaluate("window.prevented") is False
