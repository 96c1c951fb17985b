"""What a command line must not do in silence: pass over a word, or overwrite what it was given."""

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from tests.app.cli.test_run import QUICK, TOML
from tests.kinds import CommandLine

SEED = 20261125
TABLE = "x,V\n-0.15,1.5\n0.15,1.5\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one file of each kind."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text(TOML)
    (tmp_path / "v.csv").write_text(TABLE)
    (tmp_path / "wide.csv").write_text("-0.15,1.5,1\n0.15,1.5,1\n")
    (tmp_path / "one.csv").write_text("x,V\n0.1,1\n")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "empty.toml").write_text("")
    (tmp_path / "foo.txt").write_text("foo = bar\n")
    (tmp_path / "case.txt").write_text("t_final = 0.01\n")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    os.link(tmp_path / "v.csv", tmp_path / "same.csv")
    return tmp_path


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("run mine.toml --csv mine.toml", "--csv must be another file than the input"),
        ("run --potential v.csv --csv v.csv", "--csv must be another file than the input"),
        ("run --potential v.csv --csv same.csv", "--csv must be another file than the input"),
        ("run --csv a.csv --gif a.csv", "--gif must be another file than --csv"),
        ("scan --vary width=1:2:2 --csv a.csv --plot a.csv", "--plot must be another file than"),
        ("scan --vary width=1:2:2 --runs --store s --csv s/a.csv", "can be written"),
        (
            "scan --vary width=1:2:2 --runs --store . --csv a.csv",
            "--csv must lie outside of --store",
        ),
        ("scan --vary width=1:2:2 --runs --store a.csv --csv a.csv", "--csv must lie outside"),
        ("run --netcdf x.weird", "file must end in .nc, got x.weird"),
        ("run --csv x.weird", "file must end in .csv, got x.weird"),
        ("scan --vary width=1:2:2 --netcdf x", "file must end in .nc, got x"),
        ("run empty.txt", "configuration must set a key of the published program"),
        ("run foo.txt", "configuration must set a key of the published program"),
        ("run empty.toml", "experiment must have barrier"),
        ("run --potential empty.txt", "--potential must have two rows of numbers"),
        ("run --potential one.csv", "--potential must have two rows of numbers"),
        ("run --potential wide.csv", "wide.csv:1 must have two numbers in every row"),
        ("run --potential zero.csv", "--potential must be a file of at most"),
        ("run --barrier gaussian --gap 1", "--gap must not stand beside the shape gaussian"),
        ("run --barrier step --width 1", "--width must not stand beside the shape step"),
        ("run --field 1", "--field must not stand beside the shape rectangular"),
        ("scan --vary width=1:2:2 --gap 1", "--gap must not stand beside the shape rectangular"),
        ("compare --gap 1", "--gap must not stand beside the shape rectangular and gaussian"),
        ("run --potential v.csv --height 1", "--height must not stand beside --potential"),
        ("run --potential v.csv --barrier double", "--barrier must not stand beside --potential"),
        ("run --dt 1e9", "Experiment.dt must be at most"),
        ("run --t2 9 --noise-time 1", "--noise-time must stand beside --noise, got 1"),
        ("run --seed 1", "--seed must stand beside --t2 or --noise, got 1"),
        ("run case.txt --seed 1", "--seed must stand beside a configuration with noise"),
        ("run case.txt --height 1", "--height must not stand beside a file"),
        ("scan --vary width=1:2:2 --store s", "--store must stand beside --runs or --scheduler"),
        ("scan --vary width=1:2:2 --quality fine", "--quality must stand beside --runs"),
        ("scan --vary width=1:2:2 --width 1", "--width must not stand beside --vary"),
        ("scan --vary width=1:2:2 --estimate --json", "--json must not stand beside --estimate"),
        ("scan --vary width=1:2:2 --estimate --csv a.csv", "--csv must not stand beside"),
    ],
    ids=lambda value: value if value.startswith(("run", "scan", "compare")) else "",
)
def test_nothing_is_passed_over_in_silence(
    line: str, said: str, tunnelscope: CommandLine, folder: Path
) -> None:
    before = {file: file.lstat().st_mtime_ns for file in folder.iterdir()}
    code, out, err = tunnelscope(*line.split())
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert {file: file.lstat().st_mtime_ns for file in folder.iterdir()} == before


OPTIONS = {
    "run": (
        *("barrier", "height", "width", "gap", "field", "potential", "energy", "sigma", "center"),
        *("direction", "mass", "quality", "edges", "dt", "t-end", "t2", "noise", "noise-time"),
        *("noise-length", "members", "seed", "netcdf", "csv", "gif", "plot", "bogus"),
    ),
    "scan": (
        *("vary", "barrier", "height", "gap", "energy", "sigma", "mass", "quality", "scheduler"),
        *("store", "csv", "netcdf", "plot", "json", "estimate", "vary"),
    ),
    "compare": ("barrier", "with", "held", "height", "gap", "energy", "mass", "quality"),
}
WORDS = (
    *(
        "nan",
        "inf",
        "-inf",
        "1e999",
        "1e-320",
        "-1",
        "0",
        "x",
        "",
        " ",
        "²",
        "1,5",
        "0x10",
        "\ud800",
    ),
    *("9" * 5000, "mine.toml", "v.csv", "/", "/dev/null", "no/x.nc", "a" * 300, "\x07", "--", "-"),
    *(
        "energy=1:2",
        "energy=1:2:-3",
        "energy=2:1:3",
        "=::",
        "energy=nan:1:2",
        "width=1:2:9999999999",
    ),
    *("none.csv", "tcp://x:1:2", "double", "fine", "%s", "$(true)", "é.csv", "\n", "a\nb"),
)


def command_lines(count: int) -> Iterator[list[str]]:
    """Command lines with one to three hostile words, the same every time."""
    draw = random.Random(SEED)
    files = ("empty.txt", "empty.toml", "foo.txt", "wide.csv", "zero.csv", *WORDS)
    for i in range(count):
        command = ("run", "scan", "compare")[i % 3]
        names = draw.sample(OPTIONS[command], k=draw.randint(1, 3))
        file = [draw.choice(files)] if command == "run" and draw.random() < 0.3 else []
        yield [command, *file, *(f"--{name}={draw.choice(WORDS)}" for name in names)]


@pytest.mark.no_cover
def test_three_hundred_hostile_command_lines_are_one_line_each(
    tunnelscope: CommandLine, folder: Path
) -> None:
    """What can be computed is; all else is told, and neither prints a traceback."""
    inputs = {file: file.lstat().st_mtime_ns for file in folder.iterdir()}
    refused = 0
    for words in command_lines(300):
        code, out, err = tunnelscope(*words)
        refused += code == 2
        assert code in (0, 2), words
        assert "Traceback" not in err
        if code == 2:
            assert (out, err.count("\n")) == ("", 1), words
            assert err.startswith("tunnelscope: "), words
            assert len(err) < 1500, words
    assert refused > 250
    assert {file: file.lstat().st_mtime_ns for file in inputs} == inputs


def test_long_work_says_something_where_nobody_looks_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    from app.cli import terminal

    monkeypatch.setattr(terminal, "PAUSE", 0.01)
    said, echo = Event(), typer.echo

    def told_aloud(*words: Any, **options: Any) -> None:
        echo(*words, **options)
        said.set()

    monkeypatch.setattr(typer, "echo", told_aloud)
    with terminal.progress_bar("Running") as told:
        told(0.25)
        assert said.wait(30)
    assert "Running: 25% after 0 s" in capsys.readouterr().err
    said.clear()
    with terminal.waiting("Comparing"):
        assert said.wait(30)
    assert "Comparing: 0 s" in capsys.readouterr().err


def test_quick_work_says_nothing(tunnelscope: CommandLine) -> None:
    assert tunnelscope("run", *QUICK, "--json")[2] == ""
