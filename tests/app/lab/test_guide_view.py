"""Addresses, and what they show; curves and comparisons beside the runs."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.lab import handout
from app.lab.address import read_address, step_address
from app.lab.guide_view import view_of
from app.lab.model import Lab
from app.lab.side_by_side import names_on_stage, sources
from app.lab.visit import Visit
from app.stage.cards.coefficient import coefficient
from app.stage.cards.curves import scan, spectrum
from app.stage.comparison import compare_table, comparison
from app.stage.solved import Asked, solve
from app.stage.wire import unbundle
from lessons.content import live_settings
from lessons.lesson import Varied
from lessons.library import Library
from lessons.template import TEMPLATE
from solver.controls import Controls
from solver.experiment import Experiment

ROOT = Path(__file__).parents[3]
BASE = Controls()
PAIR = {"a": BASE, "b": BASE.changed(shape="Gaussian")}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"slug": "", "index": False}),
        ("?height=2", {"values": {"height": 2.0}}),
        ("?lessons", {"index": True}),
        ("?lesson=a-b&step=3", {"slug": "a-b", "step": 3, "teach": False}),
        ("?lesson=a-b&teach=1", {"step": 1, "teach": True}),
        ("?lesson=a-b&teach=0", {"teach": False}),
        ("?lesson=a-b&print=1&answers=1", {"printed": True, "answers": True}),
    ],
)
def test_addresses(query: str, expected: dict[str, Any]) -> None:
    address = read_address(query)
    assert {name: getattr(address, name) for name in expected} == expected
    assert address.ignored == ()


@pytest.mark.parametrize("step", ["abc", "0", "-1", "1.5", ""])
def test_a_bad_step_is_told(step: str) -> None:
    address = read_address(f"?lesson=a&step={step}")
    assert address.step == 1
    assert address.ignored == (f"“step” must be a whole number from 1, got “{step}”.",)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?lesson=twice&step=99", "There is no step 99: this lesson has one step"),
        ("?lesson=twice&height=2", "“height” is a control of the lab"),
        ("?lesson=twice&height=abc", "“height” is a control of the lab"),
        ("?lesson=twice&print=1&foo=1", "“foo” is not a control"),
        ("?lessons&height=2", "“height” is a control of the lab"),
        ("?lessons&step=2", "“step” belongs to a lesson."),
        ("?height=2&step=2", "“step” belongs to a lesson."),
        ("?lesson=none&height=2", "“height” is a control of the lab"),
    ],
)
def test_what_a_page_passes_over_is_told(tmp_path: Path, query: str, said: str) -> None:
    (tmp_path / "01-twice.md").write_text(TEMPLATE, "utf-8")
    visit = Visit(query, Library(tmp_path))
    assert [told for told in visit.ignored if said in told]
    assert visit.stage.visible or visit.guide.view["notes"] == visit.ignored


@pytest.mark.parametrize(
    ("query", "kind", "places", "look"),
    [
        ("", "lab", (True, True, True), "lab"),
        ("?lessons", "index", (True, False, False), "text"),
        ("?lesson=twice", "wait", (True, True, True), "lesson"),
        ("?lesson=twice&print=1", "wait", (True, False, False), "text"),
        ("?lesson=none", "fault", (True, False, False), "text"),
    ],
)
def test_the_first_document_has_everything_in_its_place(
    tmp_path: Path, query: str, kind: str, places: tuple[bool, bool, bool], look: str
) -> None:
    """Before the browser has asked for anything: no page begins as an empty lab."""
    (tmp_path / "01-twice.md").write_text(TEMPLATE, "utf-8")
    visit = Visit(query, Library(tmp_path))
    assert visit.guide.view["kind"] == kind
    assert (visit.guide.visible, visit.controls.visible, visit.stage.visible) == places
    assert visit.layout.css_classes == [look]
    assert (visit.controls.state["free"] is None) == (look != "lesson")


def test_views_of_a_teacher_s_folder(tmp_path: Path) -> None:
    (tmp_path / "01-twice.md").write_text(TEMPLATE, "utf-8")
    (tmp_path / "02-broken.md").write_text("nothing", "utf-8")
    library = Library(tmp_path)
    index = view_of(read_address("?lessons"), library)
    assert index["lessons"][0]["href"] == step_address("twice", 1)
    assert "front matter" in index["lessons"][1]["broken"]
    step = view_of(read_address("?lesson=twice&step=9"), library)
    assert (step["kind"], step["number"], step["slug"]) == ("step", 1, "twice")
    assert "{{" not in step["introduction"]
    assert view_of(read_address("?lesson=twice&print=1"), library)["kind"] == "print"
    for slug, said in (("broken", "front matter"), ("none", "There is no lesson")):
        fault = view_of(read_address(f"?lesson={slug}"), library)
        assert fault["kind"] == "fault"
        assert said in fault["reason"]


def test_a_lesson_that_cannot_be_worked_out_is_a_fault(tmp_path: Path) -> None:
    wrong = TEMPLATE.replace("{{ run.energy | eV }}", "{{ run.charm }}")
    (tmp_path / "01-twice.md").write_text(wrong, "utf-8")
    fault = view_of(read_address("?lesson=twice"), Library(tmp_path))
    assert "no quantity charm" in fault["reason"]


def test_two_runs_share_window_and_start() -> None:
    first, second = sources(PAIR)
    assert isinstance(first, Experiment)
    assert isinstance(second, Experiment)
    assert first.used_window == second.used_window
    assert first.center == second.center
    for experiment in (first, second):
        run = experiment.run()
        assert abs(run.fate.transmitted - run.exact.transmitted) < 1e-3


def test_names_tell_the_runs_apart() -> None:
    assert names_on_stage(PAIR) == ("Rectangular, 0.3 nm wide", "Gaussian, 0.3 nm wide")
    walls = {"a": BASE, "b": BASE.changed(edges="Walls")}
    assert names_on_stage(walls) == ("Absorbing layers", "Walls")


def test_the_spectrum_adds_up_to_the_packet_and_to_what_gets_through() -> None:
    _, arrays = unbundle(spectrum({"run": BASE}))
    whole, through = np.trapezoid(arrays["y"], arrays["x"], axis=1)
    assert whole == pytest.approx(1, abs=1e-3)
    assert through == pytest.approx(0.341934, abs=1e-3)


@pytest.mark.parametrize("direction", Lab.param["direction"].objects)
@pytest.mark.parametrize("shape", Lab.param["shape"].objects)
def test_of_any_shape_from_either_side_the_spectrum_adds_up(shape: str, direction: str) -> None:
    controls = Lab(shape=shape, direction=direction).chosen
    _, arrays = unbundle(spectrum({"run": controls}))
    whole, through = np.trapezoid(arrays["y"], arrays["x"], axis=1)
    assert whole == pytest.approx(1, abs=2e-3)
    assert through == pytest.approx(controls.experiment().exact.transmitted, abs=2e-3)


@pytest.mark.parametrize("case", ["rectangular", "gaussian"])
def test_the_curves_of_a_published_case_are_in_its_units(case: str) -> None:
    controls = Lab(case=case).chosen
    meta, arrays = unbundle(spectrum({"run": controls}))
    assert (meta["x_label"], meta["y_label"]) == ("Energy", "p(E)")
    whole, through = np.trapezoid(arrays["y"], arrays["x"], axis=1)
    assert whole == pytest.approx(1, abs=2e-3)
    assert through == pytest.approx(controls.experiment().exact.transmitted, abs=2e-3)


def test_the_energy_axis_of_a_step_begins_where_the_packet_starts() -> None:
    step = Lab(shape="Step", height=1.0, energy=1.0, direction="Right to left").chosen
    meta, arrays = unbundle(coefficient({"run": step}))
    energy, found = arrays["x"].astype(float), arrays["y"][0]
    inside, outside = np.sqrt(energy - 1.0), np.sqrt(energy)
    assert energy[0] > 1.0
    assert found == pytest.approx(4 * inside * outside / (inside + outside) ** 2, abs=1e-4)
    assert meta["marks"][0] == {"name": "total energy E", "x": pytest.approx(2.0)}


def test_curves_of_two_runs_carry_their_names() -> None:
    meta, arrays = unbundle(coefficient(PAIR))
    assert meta["names"] == ["T(E): Rectangular", "T(E): Gaussian"]
    assert arrays["y"].shape == (2, arrays["x"].size)
    assert np.all((arrays["y"] >= 0) & (arrays["y"] <= 1 + 1e-6))


def test_a_scan_falls_with_the_width() -> None:
    meta, arrays = unbundle(scan({"run": BASE}, Varied(vary="width", low=0.1, high=0.6)))
    assert (meta["vary"], meta["here"]) == ("width", 0.3)
    assert np.all(np.diff(arrays["y"][0]) < 0)


def test_a_comparison_warns_of_grid_points() -> None:
    a, b = (solve(Asked(source, sampled=True)).sampled for source in sources(PAIR))
    assert a is not None
    assert b is not None
    table = compare_table(PAIR, comparison(a, b))
    assert table["names"] == ["Rectangular", "Gaussian"]
    assert "grid points as independent draws" in table["warning"]


def test_the_second_run_follows_the_first_and_what_is_held(tmp_path: Path) -> None:
    text = TEMPLATE.replace("show: [phase space]", "held: area\nshow: [coefficient]").replace(
        "\nunlock", "\n  other: {shape: Gaussian}\nunlock"
    )
    (tmp_path / "01-two.md").write_text(text, "utf-8")
    (lesson,) = Library(tmp_path).lessons()
    step = lesson.steps[0]
    runs = live_settings(step, BASE.changed(width=0.5))
    assert runs["other"].width == 0.5
    runs = live_settings(step, BASE.changed(width=0.5), "fwhm")
    assert runs["other"].width == pytest.approx(0.5 / 0.939437, rel=1e-5)


GUIDE = "".join(
    file.read_text("utf-8")
    for file in sorted((ROOT / "assets" / "guide").glob("*.js"))
    if not file.name.endswith(".test.js")
)


def keys_of(data: object) -> set[str]:
    """The keys of nested plain data."""
    if isinstance(data, dict):
        return set(data).union(*map(keys_of, data.values()))
    return set().union(*map(keys_of, data)) if isinstance(data, list) else set()


@pytest.mark.parametrize("query", ["?lessons", "?lesson={}", "?lesson={}&print=1&answers=1"])
def test_the_guide_reads_every_key_that_it_is_sent(
    query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the pictures on paper the keys alone: they need not be drawn."""
    monkeypatch.setattr(handout, "drawn", lambda *_: "")
    handout.pictures.cache_clear()
    library = Library()
    views = [view_of(read_address(query.format(x.slug)), library) for x in library.lessons()[:3]]
    handout.pictures.cache_clear()
    ways = (r"\.(\w+)\b(?!\()", r"(\w+)(?=[\w, ]* })", r'"(\w+)"')
    read = {key for way in ways for key in re.findall(way, GUIDE)}
    assert set().union(*map(keys_of, views)) - read == set()
