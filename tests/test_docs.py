"""The library explains itself: names, examples, reference, types, and a tutorial that runs."""

import ast
import contextlib
import doctest
import inspect
import io
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import fields, is_dataclass
from functools import cached_property
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

import solver

ROOT = Path(__file__).parents[1]
PUBLIC = {name: getattr(solver, name) for name in solver.__all__}
CLASSES = {name: thing for name, thing in PUBLIC.items() if inspect.isclass(thing)}
FUNCTIONS = {name: thing for name, thing in PUBLIC.items() if inspect.isfunction(thing)}


def run_python(*arguments: str, cwd: Path = ROOT) -> str:
    """What a Python of its own prints; its warnings are errors."""
    command = [sys.executable, "-W", "error", *arguments]
    answer = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def test_public_names_are_there_once_and_found_by_completion() -> None:
    assert len(set(solver.__all__)) == len(solver.__all__)
    assert set(solver.__all__) <= set(dir(solver))
    assert set(PUBLIC) - set(CLASSES) - set(FUNCTIONS) == {"ELECTRON", "NATURAL"}


def test_import_loads_no_files_processes_or_parallel_kernels() -> None:
    heavy = ("h5netcdf", "loky", "multiprocessing", "scipy.signal", "solver.sweeps.kernels")
    # Trap: numba loads coverage where it is installed, and that multiprocessing.
    code = (
        "import sys; sys.modules['coverage'] = None; import solver\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    assert run_python("-c", code).strip() == "[]"


def test_a_function_outlives_the_import_of_the_module_of_its_name() -> None:
    code = (
        "import solver.packet_average\n"
        "from solver import packet_average\n"
        "print(callable(packet_average))"
    )
    assert run_python("-c", code).strip() == "True"


@pytest.mark.parametrize("name", [*CLASSES, *FUNCTIONS])
def test_public_name_has_a_sentence_and_an_example(name: str) -> None:
    text = inspect.cleandoc(PUBLIC[name].__doc__ or "")
    assert re.match(r"\S.*[.:]$", text, re.MULTILINE), "the first line is a sentence"
    assert ">>> " in text


@pytest.mark.parametrize("name", CLASSES)
def test_members_are_documented(name: str) -> None:
    """Every method and property by itself or its base; every field in the class's docstring."""
    kind = CLASSES[name]
    known = {field.name for field in fields(kind)} if is_dataclass(kind) else set()
    words = set(re.findall(r"\w+", kind.__doc__ or ""))
    assert known <= words
    for member in set(dir(kind)) - known - set(dir(ValueError)):
        if not member.startswith("_"):
            assert inspect.getdoc(inspect.getattr_static(kind, member)), f"{name}.{member}"


def examples(root: Path) -> dict[str, int]:
    """How many examples the sources of a folder show, by module, however deep it lies."""
    count: dict[str, int] = {}
    for file in sorted(root.rglob("*.py")):
        shown = len(doctest.DocTestParser().get_examples(file.read_text("utf-8")))
        if shown:
            parts = file.relative_to(root.parent).with_suffix("").parts
            count[".".join(parts).removesuffix(".__init__")] = shown
    return count


EXAMPLES = {
    name: n
    for top in ("solver", "locales", "lessons", "app")
    for name, n in examples(ROOT / top).items()
}


def test_examples_are_found_in_folders_of_folders(tmp_path: Path) -> None:
    inner = tmp_path / "house" / "room" / "corner"
    inner.mkdir(parents=True)
    (inner.parent / "__init__.py").write_text('"""\n>>> 0\n0\n"""\n')
    (inner / "lamp.py").write_text('"""A lamp.\n\n>>> 1 + 1\n2\n>>> 3\n3\n"""\n')
    assert examples(tmp_path / "house") == {"house.room": 1, "house.room.corner.lamp": 2}


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_true(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each can be pasted as it stands: it imports what it uses. None is left out."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    report = io.StringIO()
    found = doctest.DocTestFinder(exclude_empty=True).find(import_module(name), name, globs={})
    runner = doctest.DocTestRunner(verbose=False)
    for example in found:
        runner.run(example, out=report.write)
    assert report.getvalue() == ""
    assert runner.tries == EXAMPLES[name]


class Page(HTMLParser):
    """Text, ids and what the page loads."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.text, self._hidden = "", False
        self.ids: set[str | None] = set()
        self.loads: list[str] = []
        self.feed(file.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._hidden = tag in {"script", "style"}
        self.ids.add(found.get("id"))
        if tag in {"script", "link", "img", "iframe", "source"}:
            self.loads += [found[key] or "" for key in ("src", "href", "srcset") if key in found]

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if self._hidden:
            self.loads += re.findall(r"@import|url\([^)]*", data)
        else:
            self.text += data


def plain(text: str) -> str:
    """The letters of a docstring or of a page, without markup and white space."""
    return re.sub(r"[\s`]|\*\*", "", text)


def docstrings(kind: type) -> list[str]:
    """Those of a class and of its own public methods and properties."""
    own = [member for name, member in vars(kind).items() if not name.startswith("_")]
    parts = [m.func if isinstance(m, cached_property) else getattr(m, "fget", m) for m in own]
    found = [getattr(part, "__func__", part) for part in parts]
    return [kind.__doc__ or "", *(f.__doc__ or "" for f in found if inspect.isfunction(f))]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reference")
    run_python("tests/build_docs.py", str(folder))
    return folder


def test_reference_holds_every_public_name_with_all_it_says(reference: Path) -> None:
    """Also what Markdown likes to swallow: brackets, stars and lines in formulas."""
    page = Page(reference / "solver.html")
    assert set(solver.__all__) <= page.ids
    texts = [solver.__doc__, *(f.__doc__ for f in FUNCTIONS.values())]
    texts += [text for kind in CLASSES.values() for text in docstrings(kind)]
    shown = plain(page.text)
    for text in texts:
        for paragraph in re.split(r"\n\s*\n", inspect.cleandoc(text or "")):
            assert plain(paragraph) in shown, paragraph


def test_reference_has_the_modules_that_the_guide_names(reference: Path) -> None:
    for name in ("observables", "statistics"):
        assert f"solver.{name}" in (solver.__doc__ or "")
        assert (reference / "solver" / f"{name}.html").exists()


def test_reference_loads_nothing_from_elsewhere(reference: Path) -> None:
    for file in reference.rglob("*.html"):
        for address in Page(file).loads:
            assert not re.match(r"@import|(url\(\W*)?(\w+:)?//", address), (file.name, address)


def test_make_docs_writes_the_reference_where_git_does_not_look() -> None:
    assert "\t$(BIN)/python tests/build_docs.py build/docs\n" in (ROOT / "Makefile").read_text()
    assert "build/" in (ROOT / ".gitignore").read_text().splitlines()


CLIENT = """
from pathlib import Path

import numpy as np
import xarray

from solver import nonsense  # type: ignore[attr-defined]
from solver import (
    ELECTRON, Amplitudes, Axis, Controls, Dephasing, Ensemble, Experiment, Fate, GaussianPacket,
    PhaseSpace, Points, RectangularBarrier, Scan, SweepStore, Trajectory, describe, make_experiment,
    load_experiment, open_run, save_run, scan, simulate, stationary, sweep,
    transmission_coefficient, wigner,
)

wall = RectangularBarrier(height=6.0, width=0.4)
wrong = GaussianPacket(energy="5 eV", sigma=1.0)  # type: ignore[arg-type]
packet = GaussianPacket(energy=5.0, sigma=1.0)
experiment = Experiment(barrier=wall, packet=packet, units=ELECTRON.with_mass(0.5))
run: Trajectory = experiment.run()
fate: Fate = run.fate
shares: list[float] = [fate.transmitted, fate.reflected, fate.remaining]
progress: list[float] = [block.progress for block in simulate(experiment)]
phase_space: PhaseSpace = wigner(run.psi, run.grid, experiment.used_window, 20.0)
state: Amplitudes = stationary(wall, np.array([5.0]))
t: float = float(transmission_coefficient(wall, 5.0))
found: Scan = scan(Controls(height=6.0), Axis(name="width", low=0.1, high=0.5, count=3))
noisy = Ensemble(experiment=experiment, environment=Dephasing(t2=20.0, length=1.0)).run()
error: float = noisy.fate_error.transmitted
save_run(noisy, Path("run.nc"))
again: Experiment | Ensemble = load_experiment(Path("run.nc"))
same: Experiment | Ensemble = make_experiment(describe(experiment))
with open_run(Path("run.nc")) as data:
    density: xarray.DataArray = data.density
plan = Points.of(Controls(), *found.axes)
mean: float = float(sweep(plan, store=SweepStore(Path("store")))["transmitted"].mean())
both: float = float(sweep([experiment, experiment])["reflected"].min())
"""
"""mypy must find what is right right, and both mistakes: an `ignore` without need is an error."""


def test_types_serve_a_strict_client(tmp_path: Path) -> None:
    (tmp_path / "client.py").write_text(CLIENT)
    cache = f"--cache-dir={ROOT / '.mypy_cache' / 'client'}"
    run_python("-m", "mypy", "--strict", "--config-file=", cache, "client.py", cwd=tmp_path)


LARGEST_PICTURE = 60_000
"""Bytes: the notebook is in every checkout and in the wheel."""

TUTORIAL = json.loads((ROOT / "assets" / "docs" / "tutorial.ipynb").read_text("utf-8"))


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def test_tutorial_is_a_notebook_of_format_4() -> None:
    assert TUTORIAL["nbformat"] == 4
    assert TUTORIAL["nbformat_minor"] >= 5
    assert TUTORIAL["metadata"]["kernelspec"]["name"] == "python3"
    cells = TUTORIAL["cells"]
    assert len({cell["id"] for cell in cells}) == len(cells)
    for cell in cells:
        own = {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        assert set(cell) == {"cell_type", "id", "metadata", "source"} | own
        assert all(isinstance(line, str) for line in cell["source"])
    assert [cell["cell_type"] for cell in cells] == ["markdown", "code"] * (len(cells) // 2)


def test_tutorial_runs_and_prints_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sweep included, which starts a process from code that stands in no file."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    mpl.use("Agg")
    namespace: dict[str, object] = {}
    for cell in TUTORIAL["cells"]:
        if cell["cell_type"] == "code":
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(source(cell), cell["id"], "exec"), namespace)
            stored = [o for o in cell["outputs"] if o["output_type"] == "stream"]
            assert printed.getvalue() == "".join(line for o in stored for line in o["text"])
            pictures = [o for o in cell["outputs"] if o["output_type"] == "display_data"]
            assert len(pictures) == len(plt.get_fignums())
            plt.close("all")


def test_tutorial_pictures_are_small() -> None:
    pictures = [
        "".join(output["data"]["image/png"])
        for cell in TUTORIAL["cells"]
        for output in cell.get("outputs", ())
        if output["output_type"] == "display_data"
    ]
    assert pictures
    assert max(map(len, pictures)) * 3 / 4 < LARGEST_PICTURE


def stated(text: str) -> set[float]:
    """The numbers of a text; those in `code` and in formulas such as 2m are none."""
    return set(map(float, re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?!\w)", re.sub("`.*?`", "", text))))


def asserted(code: str) -> set[float]:
    """The numbers in assertions, and in what is made: keyword arguments."""
    places = [n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Assert | ast.keyword)]
    inner = [node for place in places for node in ast.walk(place)]
    numbers = [node.value for node in inner if isinstance(node, ast.Constant)]
    return {value for value in numbers if isinstance(value, int | float)}


def test_tutorial_asserts_every_number_it_states() -> None:
    prose, code = TUTORIAL["cells"][::2], TUTORIAL["cells"][1::2]
    for text, cell in zip(prose, code, strict=True):
        numbers = stated(source(text))
        assert numbers
        assert numbers <= asserted(source(cell)), numbers - asserted(source(cell))
