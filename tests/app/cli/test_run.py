"""Files in and out of the command line: every format, clear errors, nothing half written."""

import csv
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pytest
import xarray
from scipy.integrate import quad
from scipy.special import ndtri

from app.cli import options
from app.cli.options import SHAPE_WORDS
from app.cli.scan import as_dict, tell
from lessons.held import HELD
from solver import barriers
from solver.netcdf import write_netcdf
from solver.sweeps.scans import Axis, Scan
from tests.kinds import CommandLine
from tests.solver.published.test_program import COMMON, FILES

QUICK = ["--quality", "draft", "--sigma", "0.8"]
PROGRAM = [sys.executable, "-c", "from app.cli.entry import main; main()"]
TALKATIVE = [
    sys.executable,
    "-c",
    "from app.cli import entry, terminal; terminal.PAUSE = 0.2; entry.main()",
]
"""The same, telling five times a second how far it is."""

TOML = """
quality = "draft"
mass = 0.5
[barrier]
type = "double"
height = 2
width = 0.3
gap = 0.6
[packet]
energy = 1
sigma = 1.0
"""


def test_a_toml_file_becomes_a_netcdf_file_that_runs_again(
    tunnelscope: CommandLine, tmp_path: Path
) -> None:
    toml, netcdf = tmp_path / "a.toml", tmp_path / "a.nc"
    toml.write_text(TOML)
    code, out, err = tunnelscope("run", toml, "--netcdf", netcdf, "--json")
    assert (code, err) == (0, f"Wrote {netcdf}\n")
    first = json.loads(out)
    again = json.loads(tunnelscope("run", netcdf, "--json")[1])
    assert {**again, "seconds": 0} == {**first, "seconds": 0}
    with xarray.open_dataset(netcdf) as data:
        assert float(data.transmitted) == first["transmitted"]
        assert data.attrs["barrier_gap"] == 0.6


def test_completion_offers_what_there_is() -> None:
    assert (*HELD, "none") == options.HELD_WORDS


@pytest.mark.parametrize("shape", SHAPE_WORDS)
def test_every_shape_can_be_run_and_scanned(shape: str, tunnelscope: CommandLine) -> None:
    own = barriers.SHAPES[shape.capitalize()].sizes()
    height = ("--height", 0.8) if "height" in own else ()
    flags = ("--barrier", shape, *height)
    code, out, _ = tunnelscope("run", *flags, "--energy", 2, *QUICK, "--json")
    assert code == 0
    numbers = json.loads(out)
    assert abs(numbers["transmitted"] - numbers["exact"]) < 3e-3
    code, out, _ = tunnelscope("scan", *flags, "--vary", "energy=1:3:3", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["transmitted"][1] == pytest.approx(
        json.loads(tunnelscope("run", *flags, "--energy", 2, "--json")[1])["exact"], abs=1e-9
    )


def test_a_potential_of_one_s_own_needs_no_other_word(tunnelscope: CommandLine) -> None:
    typed = json.loads(tunnelscope("run", "--expression", "1.5*box(x/0.3)", *QUICK, "--json")[1])
    plain = json.loads(tunnelscope("run", *QUICK, "--json")[1])
    assert typed["exact"] == pytest.approx(plain["exact"], abs=1e-9)
    drawn = ("--points=-0.2 0 0 1 0.2 0", "--lines", "smooth", "--vary", "energy=1:2:2", "--json")
    low, high = json.loads(tunnelscope("scan", *drawn)[1])["coefficient"]
    assert 0 < low < high < 1
    refused = {
        ("--expression", "x^9"): "The expression must be from -10 to 20 eV",
        (
            "--expression",
            "x",
            "--barrier",
            "double",
        ): "--expression must not stand beside the shape",
        ("--points", "1 2"): "The points must be 2 to 24 pairs",
        ("--lines", "round"): "--lines must not stand beside the shape rectangular",
    }
    for words, reason in refused.items():
        code, _, err = tunnelscope("run", *words)
        assert (code, reason in err) == (2, True), err


def test_a_packet_that_touches_is_told_and_one_behind_the_edge_refused(
    tunnelscope: CommandLine,
) -> None:
    code, out, _ = tunnelscope("run", "--center=-1", *QUICK)
    assert code == 0
    assert "The packet touches the barrier: at the start" in " ".join(out.split())
    code, _, err = tunnelscope("run", "--center=0", *QUICK)
    assert (code, "must lie left of the barrier, which begins at -0.15 nm" in err) == (2, True)


def test_a_potential_from_a_table(tunnelscope: CommandLine, tmp_path: Path) -> None:
    table = tmp_path / "v.csv"
    table.write_text("x,V\n-0.15,1.5\n0.15,1.5\n")
    drawn = json.loads(tunnelscope("run", "--potential", table, *QUICK, "--json")[1])
    plain = json.loads(tunnelscope("run", *QUICK, "--json")[1])
    assert drawn["exact"] == pytest.approx(plain["exact"], abs=1e-9)
    table.write_text("x,V\n-0.15,1.5\n0.15,high\n")
    code, _, err = tunnelscope("run", "--potential", table)
    assert code == 2
    assert f"{table}:3 must have two numbers in every row, got 0.15,high" in err


def test_times_as_csv(tunnelscope: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    assert tunnelscope("run", *QUICK, "--csv", file)[0] == 0
    with file.open() as stream:
        rows = list(csv.DictReader(stream))
    assert float(rows[0]["time"]) == 0
    for row in rows:
        assert sum(float(row[name]) for name in ("left", "inside", "right")) == pytest.approx(1)


def test_means_are_of_what_is_in_the_box_and_say_so(
    tunnelscope: CommandLine, tmp_path: Path
) -> None:
    """A free packet leaves, its fast waves first: least is left if none of the slow ones went."""
    file = tmp_path / "free.csv"
    tunnelscope("run", *FREE, "--t-end", 14, "--csv", file)
    with file.open() as stream:
        rows = [{name: float(text) for name, text in row.items()} for row in csv.DictReader(stream)]
    assert rows[0]["energy_in_box"] == pytest.approx(5.0 + 0.0381 / (4 * 0.5**2), abs=1e-3)
    assert rows[0]["in_box"] == pytest.approx(1)
    there = [row for row in rows if 0.2 < row["in_box"] < 0.8]
    assert there
    for row in there:
        fastest = K0 + SPREAD * ndtri(row["in_box"])
        kept = quad(lambda k: 0.0381 * k**2 * density(k), K0 - 8, fastest)[0] / row["in_box"]
        assert kept <= row["energy_in_box"] == pytest.approx(kept, rel=0.1)
    energies = [row["energy_in_box"] for row in there]
    assert energies == sorted(energies, reverse=True)
    assert all(row["left"] + row["inside"] + row["right"] == pytest.approx(1) for row in rows)


FREE = ("--barrier", "none", "--energy", "5", "--sigma", "0.5", "--quality", "draft")
K0, SPREAD = (5 / 0.0381) ** 0.5, 1.0


def density(k: float) -> float:
    return np.exp(-((k - K0) ** 2) / 2) / np.sqrt(2 * np.pi)


def test_an_environment_from_flags(tunnelscope: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "e.nc"
    words = ("run", *QUICK, "--t2", 15, "--members", 6, "--seed", 4, "--json")
    code, out, _ = tunnelscope(*words, "--netcdf", file, "--csv", tmp_path / "e.csv")
    numbers = json.loads(out)
    assert code == 0
    assert numbers["members"] == 6
    assert numbers["transmitted_error"] > 0
    again = json.loads(tunnelscope("run", file, "--json")[1])
    assert again["transmitted"] == numbers["transmitted"]
    noisy = ("run", *QUICK, "--noise", 0.1, "--noise-time", 2, "--members", 4)
    assert "standard error" in tunnelscope(*noisy)[1]
    assert "must be --t2 or --noise, got both" in tunnelscope(*noisy, "--t2", 3)[2]


def test_a_published_configuration_is_run_as_what_it_was(
    tunnelscope: CommandLine, tmp_path: Path
) -> None:
    config, netcdf = tmp_path / "case1.txt", tmp_path / "case1.nc"
    config.write_text(COMMON + FILES["rectangular"] + "colour = red\n")
    code, out, err = tunnelscope("run", config, "--netcdf", netcdf, "--json")
    numbers = json.loads(out)
    assert code == 0
    assert f"{numbers['T']:.6f}" == "0.826735"
    assert numbers["exact"] == pytest.approx(0.828967, abs=1e-6)
    assert numbers["steps"] == 12_001
    assert "colour means nothing" in err
    assert "natural" in tunnelscope("run", config)[1].lower()
    with xarray.open_dataset(netcdf) as data:
        assert float(data["T"]) == numbers["T"]
        assert data.attrs["barrier_height"] == 4.5
        assert data.psi_real.shape == (200, 2048)


def test_a_sweep_is_kept_and_goes_on(tunnelscope: CommandLine, tmp_path: Path) -> None:
    store, netcdf = tmp_path / "store", tmp_path / "s.nc"
    words = ("scan", "--vary", "width=0.1:0.5:4", *QUICK, "--runs", "--store", store)
    code, out, _ = tunnelscope(*words, "--netcdf", netcdf, "--json")
    assert code == 0
    found = json.loads(out)
    ages = {file: file.stat().st_mtime_ns for file in store.glob("runs-*")}
    assert ages
    assert json.loads(tunnelscope(*words, "--json")[1]) == found
    assert {file: file.stat().st_mtime_ns for file in store.glob("runs-*")} == ages
    with xarray.open_dataset(netcdf) as data:
        assert data.transmitted.dims == ("width",)
        assert data.transmitted.values.tolist() == found["transmitted"]
        assert data.width.units == "nm"
    assert "must belong to this sweep" in tunnelscope(*words, "--height", 3)[2]


def test_points_that_could_not_be_run_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    axis = Axis.parse("energy=1:2:2")
    found = Scan((axis,), {"transmitted": np.array([0.25, np.nan]), "exact": np.array([0.5, 0.5])})
    tell(found)
    assert "1 of 2 could not be run: too dear (nan)." in capsys.readouterr().out
    assert as_dict(found)["transmitted"] == [0.25, None]


def test_estimate_before_a_long_sweep(tunnelscope: CommandLine) -> None:
    vary = ("--vary", "width=0.1:0.5:1000", "--vary", "energy=1:2:1000")
    out = tunnelscope("scan", *vary, *QUICK, "--estimate")[1]
    assert "1,000,000" in out
    for word in ("one core", "100 cores", "memory", "store"):
        assert word in out


def test_two_files_and_two_shapes_are_compared(tunnelscope: CommandLine, tmp_path: Path) -> None:
    one, two = tmp_path / "a.toml", tmp_path / "b.toml"
    one.write_text(TOML)
    two.write_text(TOML.replace('"double"', '"rectangular"').replace("gap = 0.6\n", ""))
    found = json.loads(tunnelscope("compare", one, two, "--json")[1])
    assert found["second"]["exact"] > found["first"]["exact"]
    assert found["held"] is None
    assert found["different"]["barrier_type"] == ["DoubleBarrier", "RectangularBarrier"]
    assert found["different"]["barrier_gap"] == [0.6, None]
    assert {"packet_energy", "barrier_height", "units_mass"} <= set(found["equal"])
    assert "Different: barrier type, barrier gap." in tunnelscope("compare", one, two)[1]
    words = ("compare", "--height", 1.5, "--width", 1, "--energy", 1, *QUICK)
    found = json.loads(tunnelscope(*words, "--held", "area", "--json")[1])
    assert found["first"]["coefficient"] == pytest.approx(2.5e-3, rel=0.02)
    assert found["second"]["coefficient"] == pytest.approx(2.2e-2, rel=0.02)
    assert 0 < found["statistics"]["jensen_shannon"] < 0.2
    equal = json.loads(tunnelscope(*words, "--held", "transmission", "--json")[1])
    assert equal["second"]["coefficient"] == pytest.approx(equal["first"]["coefficient"], rel=1e-6)
    assert "grid points as independent draws. They are not" in tunnelscope(*words)[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["bogus"], "No such command 'bogus'"),
        (["run", "--bogus"], "No such option: --bogus"),
        (["run", "--height", "high"], "Invalid value for '--height'"),
        (["run", "none.toml"], "file must be a file that can be read"),
        (["run", "none.nc"], "file must be a NetCDF file"),
        (["run", "none.txt"], "configuration must be a file that can be read"),
        (["run", "--netcdf", "no/x.nc", *QUICK], "file must be a file that can be written"),
        (["run", "--csv", "no/x.csv", *QUICK], "file must be a file that can be written"),
        (["run", "--plot", "x.doc", *QUICK], "file must end in .png, .svg, .pdf, .html"),
        (["run", "--gif", "x.png", *QUICK], "file must end in .gif"),
        (["run", "--edges", "open"], "edges must be one of layers, walls"),
        (["scan"], "Missing option '--vary'"),
        (["scan", "--vary", "energy=1:2:2", "--barrier", "x"], "barrier must be one of"),
        (["compare", "a.toml"], "compare must be given two files, got 1"),
        (["compare", "--held", "color"], "held must be one of area"),
        (["lessons"], "Missing command"),
        (["serve", "--port", "70000"], "Invalid value for '--port'"),
        (["serve", "--allow-origin", ""], "--allow-origin must be HOST or HOST:PORT"),
        (["serve", "--allow-origin", "http://a/b"], "--allow-origin must be HOST or HOST:PORT"),
        (["serve", "--prefix", "a b"], "--prefix must be a path"),
        (["serve", "--host", ""], "--host must be an address or a name"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_every_error_is_one_line_and_exit_code_2(
    words: list[str],
    said: str,
    tunnelscope: CommandLine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = tunnelscope(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


HOSTILE = [
    ["--height", "1e300"],
    ["--energy", "1e-300"],
    ["--sigma", "1e300"],
    ["--mass", "1e-300"],
    ["--mass", "1e300"],
    ["--barrier", "gaussian", "--width", "1e-320"],
    ["--center=-1e300"],
    ["--dt", "1e-320"],
    ["--t2", "1e-300"],
    ["--noise", "1e300"],
    ["--members", "5"],
    ["--noise-length", "2"],
    ["--csv", ""],
    ["--csv", "/"],
    ["--csv", "/dev/null"],
]


@pytest.mark.parametrize("words", HOSTILE, ids=" ".join)
def test_no_number_or_name_brings_a_traceback(words: list[str], tunnelscope: CommandLine) -> None:
    code, out, err = tunnelscope("run", *QUICK, *words)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "text",
    [
        "[barrier]\ntype = [1, 2]\n[packet]\nenergy=1\nsigma=1",
        TOML + "color = 2021-01-01\n",
        TOML.replace("height = 2", "height = " + "9" * 400),
        TOML.replace("height = 2", "height = " + "9" * 5000),
        TOML.replace("height = 2", "height = true"),
        TOML.replace('"draft"', '"dr\\naft"'),
        "x = " + "[" * 3000,
        "barrier = 1",
    ],
    ids=range(8),
)
def test_no_toml_brings_a_traceback(text: str, tunnelscope: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text(text)
    code, out, err = tunnelscope("run", file)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "table", ["{not json", "", "[1, 2]", '"abc"', "null", "[" * 20000, "9" * 5000]
)
def test_a_tampered_netcdf_is_told(table: str, tunnelscope: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "x.nc"
    write_netcdf(file, {}, experiment=table)
    code, out, err = tunnelscope("run", file)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_a_damaged_store_is_told(tunnelscope: CommandLine, tmp_path: Path) -> None:
    store = tmp_path / "store"
    words = ("scan", "--vary", "width=0.1:0.5:3", *QUICK, "--runs", "--store", store)
    assert tunnelscope(*words)[0] == 0
    (batch,) = store.glob("runs-*")
    write_netcdf(batch, {})
    assert "must hold 3 runs of this sweep; remove it to have them run" in tunnelscope(*words)[2]
    batch.write_bytes(batch.read_bytes()[:1000])
    assert "must hold 3 runs of this sweep; remove it to have them run" in tunnelscope(*words)[2]
    for text in ("{x", "", "\x00"):
        (store / "sweep.json").write_text(text)
        said = tunnelscope(*words)[2]
        assert "must belong to this sweep and be whole; remove the folder or name another" in said


def test_a_table_from_a_spreadsheet_loses_no_row(tunnelscope: CommandLine, tmp_path: Path) -> None:
    plain, marked = tmp_path / "a.csv", tmp_path / "b.csv"
    plain.write_text("0,3\n0.3,0\n0.6,0.001\n")
    marked.write_text("0,3\n0.3,0\n0.6,0.001\n", "utf-8-sig")
    exact = [
        json.loads(tunnelscope("run", "--potential", file, *QUICK, "--json")[1])["exact"]
        for file in (plain, marked)
    ]
    assert exact[0] == exact[1] < 0.9
    plain.write_text("0,1x\n0.3,0\n")
    assert ":1 must have two numbers" in tunnelscope("run", "--potential", plain)[2]


def test_a_link_stays_a_link(tunnelscope: CommandLine, tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("")
    link.symlink_to(target)
    assert tunnelscope("run", *QUICK, "--csv", link)[0] == 0
    assert link.is_symlink()
    assert target.read_text().startswith("time,")


def test_a_busy_port_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        words = [*PROGRAM, "serve", "--port", str(taken.getsockname()[1])]
        done = subprocess.run(words, capture_output=True, text=True, timeout=300)
    assert done.returncode == 2
    assert "--host and --port must be free" in done.stderr
    assert done.stderr.count("\n") == 1


def test_options_beside_a_file_are_refused(tunnelscope: CommandLine, tmp_path: Path) -> None:
    toml = tmp_path / "a.toml"
    toml.write_text(TOML)
    code, _, err = tunnelscope("run", toml, "--noise-length", 2)
    assert code == 2
    assert "--noise-length must not stand beside a file" in err
    assert (
        "--held must not stand beside a file"
        in tunnelscope("compare", toml, toml, "--held", "area")[2]
    )


def test_a_scheduler_that_is_not_there(
    tunnelscope: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    import distributed

    def refuse(*_: object, **__: object) -> None:
        raise OSError("nobody listens")

    monkeypatch.setattr(distributed, "Client", refuse)
    code, _, err = tunnelscope("scan", "--vary", "energy=1:2:2", "--scheduler", "tcp://x:1")
    assert code == 2
    assert "such as tcp://host:8786 (nobody listens), got tcp://x:1" in err
    for address in ("nonsense://x:1", "x", "", "tcp://x:1:2"):
        err = tunnelscope("scan", "--vary", "energy=1:2:2", "--scheduler", address)[2]
        assert f"such as tcp://host:8786, got {address}".rstrip() in err


def test_doctor_tests_itself(tunnelscope: CommandLine) -> None:
    code, out, _ = tunnelscope("doctor", "--json")
    found = json.loads(out)
    assert code == 0
    assert {check["good"] for check in found["checks"]} == {True}
    assert found["versions"]["numba"]
    assert "Kernels:" in tunnelscope("doctor")[1]


def test_doctor_finds_a_wrong_number(
    tunnelscope: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from solver.trajectory import Trajectory

    monkeypatch.setattr(Trajectory, "norm_error", 1.0)
    code, out, _ = tunnelscope("doctor")
    assert code == 1
    assert "WRONG" in out


def test_completion_knows_commands_and_shapes() -> None:
    def complete(line: str) -> list[str]:
        environment = {
            **os.environ,
            "_TUNNELSCOPE_COMPLETE": "complete_bash",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(line.split(" ")) - 1),
        }
        script = "import sys; sys.argv = ['tunnelscope']; from app.cli.main import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True
        )
        return done.stdout.split()

    assert {"run", "scan", "compare", "doctor"} <= set(complete("tunnelscope "))
    assert complete("tunnelscope run --barrier ga") == ["gaussian"]


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_leaves_no_file(sent: int, code: int, tmp_path: Path) -> None:
    """In the middle of a long run: its exit code, no traceback, nothing half written."""
    long = ["run", "--quality", "fine", "--members", "2000", "--t2", "50"]
    words = [*TALKATIVE, *long, "--netcdf", str(tmp_path / "x.nc")]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert " s" in process.stderr.readline()
        process.send_signal(sent)
        _, err = process.communicate(timeout=60)
    assert process.returncode == code
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("kept", [0, 1])
def test_a_sweep_is_interrupted_without_a_word_and_keeps_what_it_had(
    kept: int, tmp_path: Path
) -> None:
    """A Ctrl-C goes to all processes: while the others start, and after the first batch."""
    axes = ("--vary", "energy=1:10:400", "--vary", "width=0.1:1:250")
    words = [*PROGRAM, "scan", *axes, "--runs", "--store", str(tmp_path)]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        others = psutil.Process(process.pid).children
        while len(others()) < 2 or len(list(tmp_path.glob("runs-*.nc"))) < kept:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    said = [line for line in err.splitlines() if " runs: " not in line]
    assert (process.returncode, out, said) == (130, "", [])
    assert [file for file in tmp_path.iterdir() if file.name.startswith(".")] == []
    assert len(list(tmp_path.glob("runs-*.nc"))) >= kept


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_finds_what_this_machine_finds(tunnelscope: CommandLine, tmp_path: Path) -> None:
    from distributed import LocalCluster

    words = ("scan", "--vary", "width=0.1:0.5:6", *QUICK, "--json")
    options = {"dashboard_address": None, "local_directory": str(tmp_path)}
    with LocalCluster(n_workers=1, threads_per_worker=1, **options) as cluster:
        far = tunnelscope(*words, "--scheduler", cluster.scheduler_address)
    assert far == (0, tunnelscope(*words, "--runs")[1], "")
