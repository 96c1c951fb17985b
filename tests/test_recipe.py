"""CONTRIBUTING's recipe for a barrier: a new one with a new number, put into a copy of the source.

A subprocess then finds it in the lab, its link, the command line, a lesson and a file, and its
T(E) is that of the waves matched by hand.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from solver.units import ELECTRON
from tests.changed import ROOT, changed_copy

HEIGHT, WIDTH, LEDGE, ENERGY = 2.0, 0.3, 0.4, 1.3

BARRIER = '''
@dataclass(frozen=True, kw_only=True)
class TerraceBarrier(PiecewiseBarrier):
    """A rectangle of `height` (eV) and `width` (nm), then half as high for `ledge` (nm)."""

    height: float
    width: float
    ledge: float

    def __post_init__(self) -> None:
        super().__post_init__()
        require_finite("TerraceBarrier.height", self.height, "eV")
        require_positive("TerraceBarrier.width", self.width, "nm")
        require_positive("TerraceBarrier.ledge", self.ledge, "nm")

    @property
    def pieces(self) -> Pieces:
        start = self.center - self.width / 2
        turn, low = start + self.width, self.height / 2
        return (start, turn, self.height, self.height), (turn, turn + self.ledge, low, low)


'''
ROW = """LEDGE = Range(
    name="ledge",
    low=0.1,
    high=2.0,
    default=0.5,
    step=0.05,
    unit="nm",
    label="Ledge",
    doc="How far a terrace goes on at half of its height.",
)
"""

EDITS = {
    "solver/barriers.py": (
        ("SHAPES: dict", BARRIER.lstrip() + "SHAPES: dict"),
        (
            '    "Step": StepBarrier,\n',
            '    "Terrace": TerraceBarrier,\n    "Step": StepBarrier,\n',
        ),
    ),
    "solver/ranges.py": (
        ("ENERGY = Range(", ROW + "ENERGY = Range("),
        ("GAP, FIELD, ENERGY", "GAP, FIELD, LEDGE, ENERGY"),
    ),
    "solver/controls.py": (
        ("    HEIGHT,\n", "    HEIGHT,\n    LEDGE,\n"),
        (
            "    energy: float = ENERGY.default\n",
            "    ledge: float = LEDGE.default\n    energy: float = ENERGY.default\n",
        ),
    ),
    "solver/__init__.py": (
        ("    TabulatedBarrier,\n", "    TabulatedBarrier,\n    TerraceBarrier,\n"),
        ('    "TabulatedBarrier",\n', '    "TabulatedBarrier",\n    "TerraceBarrier",\n'),
    ),
}
"""What the recipe changes."""

LESSON = """---
title: A terrace
summary: A barrier in two steps.
level: first course
minutes: 5
misconception: none
prerequisites: []
exact: []
idealised: []
---

## A terrace

Of {{ run.ledge | nm }}.

```step
runs:
  run: {shape: Terrace, height: 2, width: 0.3, ledge: 0.4}
unlock: [ledge]
show: []
question:
  ask: Let half as much through.
  goal: 0.9 < run.ledge < 1.1
  solution: {ledge: 1}
  right: Done.
claims:
  - at(run, ledge=1).exact > run.exact
```
"""

LOOK = """
import contextlib, io, json, sys
from pathlib import Path

def told(*words):
    from app.cli import main
    out, err = io.StringIO(), io.StringIO()
    sys.argv = ["tunnelscope", *map(str, words)]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main.main()
        except SystemExit:
            pass
    return out.getvalue() + err.getvalue()

import solver
from app.lab import links
from app.lab.controls import description
from app.lab.model import Lab
from lessons.content import names_of, problems
from lessons.goals import conditions
from lessons.reading import read_lesson
from solver import Controls, TerraceBarrier, load_experiment, save_run, transmission_coefficient

height, width, ledge, energy = map(float, sys.argv[1:5])
wall = TerraceBarrier(height=height, width=width, ledge=ledge)
sizes = ("--height", height, "--width", width, "--ledge", ledge)
terrace = ("--barrier", "terrace", *sizes)
lab = Lab(shape="Terrace", ledge=ledge)
file = Path("01-a-terrace.md")
lesson = read_lesson(file)
step = lesson.steps[0]
chosen = Controls(shape="Terrace", height=height, width=width, ledge=ledge, quality="draft")
run = chosen.experiment().run()
save_run(run, Path("run.nc"))
run_told = json.loads(told("run", "run.nc", "--json"))
print(json.dumps({
    "source": solver.__file__,
    "sliders": [c for g in description()["groups"] for c in g["controls"] if c["name"] == "ledge"],
    "link": links.to_query(lab),
    "back": links.from_query(links.to_query(lab))[0],
    "help": told("scan", "--help"),
    "scan": json.loads(told("scan", *terrace, "--vary", "energy=1.3:2.6:2", "--json")),
    "vary": json.loads(told("scan", "--barrier", "terrace", "--vary", "ledge=0.2:0.4:2", "--json")),
    "refused": told("run", "--ledge", 0.3),
    "problems": list(map(str, problems(lesson))),
    "goal": conditions(step.question.goal, names_of(step.settings))[0].what,
    "kept": load_experiment(Path("run.nc")) == run.experiment,
    "again": run_told["transmitted"] == run.summary()["transmitted"],
    "run": [run.fate.transmitted, run.exact.transmitted],
    "T": float(transmission_coefficient(wall, energy)),
}))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a copy of the source, changed by the recipe, says of the new barrier."""
    folder = tmp_path_factory.mktemp("copy")
    environment = changed_copy(folder, EDITS, {"01-a-terrace.md": LESSON})
    words = [sys.executable, "-c", LOOK, *map(str, (HEIGHT, WIDTH, LEDGE, ENERGY))]
    ended = subprocess.run(
        words,
        cwd=folder,
        env={**environment, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    answers = json.loads(ended.stdout)
    assert Path(answers["source"]).is_relative_to(folder)
    return answers


def matched(energy: float) -> float:
    """T from plane waves on both sides and two waves on either step, matched at three places."""
    levels = np.array([0.0, HEIGHT, HEIGHT / 2, 0.0])
    k = np.sqrt((energy - levels + 0j) / ELECTRON.kinetic)
    places = np.array([0.0, WIDTH, WIDTH + LEDGE])
    waves = [(i, sign) for i in range(4) for sign in (1, -1)][:-1]
    system = np.zeros((6, 7), complex)
    for column, (i, sign) in enumerate(waves):
        for row, place in enumerate(places):
            side = {row: 1, row + 1: -1}.get(i, 0)
            wave = side * np.exp(1j * sign * k[i] * place)
            system[2 * row : 2 * row + 2, column] = wave, 1j * sign * k[i] * wave
    amplitudes = np.linalg.solve(system[:, 1:], -system[:, 0])
    return float(abs(amplitudes[-1]) ** 2)


def test_it_touches_four_files_and_contributing_names_them() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    recipe = text[text.index("**A barrier.**") : text.index("**An observable.**")]
    assert len(EDITS) <= 4
    assert all(f"`{name}`" in recipe for name in EDITS)


def test_the_lab_has_the_slider_and_the_link_carries_it(found: dict[str, Any]) -> None:
    (slider,) = found["sliders"]
    assert (slider["label"], slider["unit"]) == ("Ledge", "nm")
    assert (slider["low"], slider["high"]) == (0.1, 2.0)
    assert slider["when"] == {"case": ["none"], "shape": ["Terrace"]}
    assert found["link"] == "?shape=terrace&ledge=0.4"
    assert found["back"] == {"shape": "Terrace", "ledge": 0.4}


def test_the_command_line_has_the_option_and_refuses_it_elsewhere(found: dict[str, Any]) -> None:
    assert "--ledge" in found["help"]
    assert "How far a terrace goes on" in found["help"]
    assert "terrace" in found["help"]
    assert "--ledge must not stand beside the shape rectangular" in found["refused"]
    narrow, wide = found["vary"]["transmitted"]
    assert narrow > wide > 0


def test_a_lesson_sets_and_tells_it(found: dict[str, Any]) -> None:
    assert found["problems"] == []
    assert found["goal"] == "ledge"


def test_a_file_keeps_it(found: dict[str, Any]) -> None:
    assert found["kept"]
    assert found["again"]


def test_its_transmission_is_that_of_matched_waves(found: dict[str, Any]) -> None:
    assert found["T"] == pytest.approx(matched(ENERGY), rel=1e-9)
    assert found["scan"]["coefficient"] == pytest.approx(
        [matched(ENERGY), matched(2 * ENERGY)], rel=1e-9
    )
    transmitted, exact = found["run"]
    assert transmitted == pytest.approx(exact, abs=3e-3)
