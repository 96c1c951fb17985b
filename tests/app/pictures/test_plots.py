"""Pictures of runs and scans: complete, labeled with units, and drawn from the true numbers."""

import re
from dataclasses import dataclass, replace
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from PIL import Image

from app.pictures.plots import carpet, plot_run, plot_scan, result, run_panels, scan_lines, scan_map
from solver.barriers import RectangularBarrier
from solver.controls import Controls
from solver.ensemble import Ensemble
from solver.environment import Dephasing
from solver.errors import InvalidInput
from solver.experiment import Experiment
from solver.grid import Array
from solver.packet import GaussianPacket
from solver.published.cases import CASES
from solver.sweeps.scans import Axis, Scan, scan
from solver.trajectory import Trajectory

ENERGY, WIDTH = Axis.parse("energy=1:12:8"), Axis.parse("width=0.1:1:5")
ELECTRON_UNITS = r"\b(eV|nm|fs)\b"


@dataclass(frozen=True, eq=False)
class Sweep:
    """What a sweep of runs has in common with a scan; a run that failed is NaN."""

    axes: tuple[Axis, ...]
    numbers: dict[str, np.ndarray]

    @property
    def transmitted(self) -> Array:
        return self.numbers["transmitted"]


@pytest.fixture(scope="module")
def run() -> Trajectory:
    barrier = RectangularBarrier(height=6.0, width=0.3)
    packet = GaussianPacket(energy=5.0, sigma=1.0)
    return Experiment(barrier=barrier, packet=packet, quality="draft").run()


@pytest.fixture(scope="module")
def natural() -> Trajectory:
    return replace(CASES["gaussian"], t_end=1.0).run()


@pytest.fixture(scope="module")
def curve() -> Scan:
    return scan(Controls(height=8.0, width=0.5), ENERGY)


def words(file: Path) -> list[str]:
    """The texts of an SVG picture."""
    root = ElementTree.parse(file)
    return ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]


class Loaded(HTMLParser):
    """The addresses that a page loads or links, and its inline text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value for name, value in attrs if value and name in {"src", "href"}]


def test_png_has_its_size_and_many_colors(run: Trajectory, tmp_path: Path) -> None:
    plot_run(run, tmp_path / "run.png")
    with Image.open(tmp_path / "run.png") as picture:
        assert (picture.format, picture.size) == ("PNG", (1440, 1140))
        colors = picture.convert("RGB").getcolors(2**21)
        assert colors
        assert len(colors) > 1000


def test_svg_tells_barrier_packet_fate_and_units(run: Trajectory, tmp_path: Path) -> None:
    plot_run(run, tmp_path / "run.svg")
    texts = words(tmp_path / "run.svg")
    assert {"x (nm)", "t (fs)", "|ψ|² (1/nm)", "V (eV)", "probability", "t = 0 fs"} <= set(texts)
    assert "Rectangular barrier, height 6 eV, width 0.3 nm; packet energy 5 eV" in texts
    assert f"exact T = {run.exact.transmitted:.4g}" in texts
    numbers = next(text for text in texts if text.startswith("transmitted "))
    assert f"{run.fate.transmitted:.4g} after" in numbers
    assert f"exact theory {run.exact.transmitted:.4g}" in numbers


def test_natural_units_are_never_labeled_as_an_electrons(
    natural: Trajectory, tmp_path: Path
) -> None:
    plot_run(natural, tmp_path / "run.svg")
    texts = words(tmp_path / "run.svg")
    assert {"x (natural units)", "t (natural units)", "V (natural units)"} <= set(texts)
    assert not [text for text in texts if re.search(ELECTRON_UNITS, text)]
    assert any(text.startswith("transmitted so far") for text in texts)


def test_the_same_scan_makes_the_same_file_and_leaves_matplotlib_as_it_was(
    curve: Scan, tmp_path: Path
) -> None:
    before = dict(matplotlib.rcParams)
    for suffix in ("svg", "pdf", "png"):
        first, second = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
        plot_scan(curve, first)
        plot_scan(curve, second)
        assert first.read_bytes() == second.read_bytes()
    assert dict(matplotlib.rcParams) == before


def test_the_panels_hold_the_main_part_of_the_run(run: Trajectory) -> None:
    (picture, instants, regions), frames = run_panels(run), run.experiment.frames + 1
    shades = picture.shades
    assert shades
    assert (shades.x[0], shades.x[-1]) == pytest.approx(run.experiment.used_window)
    np.testing.assert_array_equal(shades.y, run.times[:frames])
    assert shades.values[0].sum() * (shades.x[1] - shades.x[0]) == pytest.approx(1, abs=1e-3)
    assert len(instants.lines) == 4
    np.testing.assert_array_equal(instants.lines[-1].y, shades.values[-1])
    for line, part in zip(regions.lines, run.regions[:frames].T, strict=False):
        np.testing.assert_array_equal(line.y, part)
    assert regions.lines[-1].y == (run.exact.transmitted, run.exact.transmitted)


def test_only_a_barrier_has_edges(run: Trajectory) -> None:
    def labels(shape: str) -> list[str]:
        experiment = Controls(shape=shape).experiment()
        two = np.arange(2.0)
        panel = carpet(replace(run, experiment=experiment), two, two, np.zeros((2, 2)))
        return [line.label for line in panel.lines]

    assert labels("Gaussian") == ["edges of the barrier"]
    assert labels("None") == []


@pytest.mark.parametrize("what", ["run", "natural", "curve", "map"])
def test_a_page_loads_nothing(what: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    file = tmp_path / "page.html"
    if what in {"run", "natural"}:
        plot_run(request.getfixturevalue(what), file)
    else:
        plot_scan(scan(Controls(), *(ENERGY, WIDTH)[: 1 if what == "curve" else 2]), file)
    page = file.read_text(encoding="utf-8")
    assert Loaded(page).addresses == []
    assert not re.search(r"@import|url\(\s*['\"]?(https?:)?//", page[: page.index("<script>")])
    # Trap: Bokeh writes arrays in base64, in which the letters of a unit come up by chance.
    data = re.sub(r'"[\w+/]{80,}=*"', "", page[page.rindex("<script") :])
    assert bool(re.search(ELECTRON_UNITS, data)) == (what != "natural")


def test_a_curve_spanning_decades_is_logarithmic(curve: Scan, tmp_path: Path) -> None:
    panel = scan_lines(curve)
    assert panel.logarithmic
    assert {line.label.split()[0] for line in panel.lines} == {"transmitted", "T(E₀)"}
    plot_scan(curve, tmp_path / "scan.svg")
    assert {"energy (eV)", "probability"} <= set(words(tmp_path / "scan.svg"))
    assert not scan_lines(scan(Controls(height=8.0), Axis.parse("energy=8:12:5"))).logarithmic


def test_a_map_has_the_first_axis_across(tmp_path: Path) -> None:
    found = scan(Controls(height=8.0), ENERGY, WIDTH)
    shades = scan_map(found).shades
    assert shades
    assert shades.values.shape == (WIDTH.count, ENERGY.count)
    assert shades.values[2, 5] == found.transmitted[5, 2]
    assert shades.logarithmic
    thin = scan(Controls(height=8.0), ENERGY, Axis.parse("width=0.05:0.1:2"))
    narrow = scan_map(thin).shades
    assert narrow
    assert not narrow.logarithmic
    plot_scan(found, tmp_path / "map.svg")
    assert {"energy (eV)", "width (nm)", "transmitted"} <= set(words(tmp_path / "map.svg"))


@pytest.mark.parametrize("suffix", ["png", "html"])
@pytest.mark.parametrize("values", [np.nan, 0.0, 1e-300])
def test_a_sweep_with_failed_or_empty_points_is_drawn(
    suffix: str, values: float, tmp_path: Path
) -> None:
    numbers = np.geomspace(1e-6, 1, ENERGY.count)
    numbers[2] = values
    columns = {"transmitted": numbers, "exact": numbers}
    line = scan_lines(Sweep((ENERGY,), columns)).lines[1]
    assert line.dashed
    plot_scan(Sweep((ENERGY,), columns), tmp_path / f"line.{suffix}")
    grid = np.tile(numbers, (WIDTH.count, 1)).T
    plot_scan(Sweep((ENERGY, WIDTH), {"transmitted": grid}), tmp_path / f"map.{suffix}")
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("name", ["run.bmp", "run", "run.png.txt"])
def test_other_suffixes_are_refused(
    run: Trajectory, curve: Scan, name: str, tmp_path: Path
) -> None:
    message = f"file must end in .png, .svg, .pdf, .html, got {tmp_path / name}"
    file = tmp_path / name
    for plot in (partial(plot_run, run, file), partial(plot_scan, curve, file)):
        with pytest.raises(InvalidInput, match=re.escape(message)):
            plot()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", ["png", "html"])
def test_a_folder_that_cannot_be_written_is_told(curve: Scan, suffix: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / f"folder.{suffix}").mkdir()
    for place in ("missing/a", "file/a", "folder"):
        with pytest.raises(InvalidInput, match="file must be a file that can be written"):
            plot_scan(curve, tmp_path / f"{place}.{suffix}")
    assert {path.name for path in tmp_path.iterdir()} == {"file", f"folder.{suffix}"}


def test_an_average_is_drawn_with_its_error(tmp_path: Path) -> None:
    ensemble = Ensemble(
        experiment=Controls(quality="draft").experiment(),
        environment=Dephasing(t2=20.0, length=1.0),
        members=4,
    )
    run = ensemble.run()
    assert "average of 4 runs" in result(run)
    assert f"± {run.fate_error.transmitted:.2g}" in result(run)
    for name in ("a.png", "a.html"):
        plot_run(run, tmp_path / name)
        assert (tmp_path / name).stat().st_size > 10_000
