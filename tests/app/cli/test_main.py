"""The command line as people and programs use it."""

import json
import re
import shlex
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli.main import cli, main
from solver import Ensemble
from solver.description import make_experiment
from tests.kinds import CommandLine

runner = CliRunner()
KEYS = [
    "transmitted",
    "reflected",
    "remaining",
    "exact",
    "tunneled",
    "over_the_top",
    "norm_error",
    "energy_drift",
    "n",
    "dx",
    "dt",
    "steps",
    "t_end",
    "seconds",
]
RUN = [
    "run",
    "--barrier",
    "rectangular",
    "--height",
    "6",
    "--width",
    "0.4",
    "--energy",
    "5",
    "--sigma",
    "1",
]


def call(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["tunnelscope", *arguments])
    with pytest.raises(SystemExit) as stop:
        main()
    captured = capsys.readouterr()
    return int(stop.value.code or 0), captured.out, captured.err


def test_json_has_the_promised_keys(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = call([*RUN, "--json"], monkeypatch, capsys)
    numbers = json.loads(out)
    assert code == 0
    assert set(KEYS) <= set(numbers)
    assert abs(numbers["transmitted"] - numbers["exact"]) <= 1e-3


def test_table_says_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = call(RUN, monkeypatch, capsys)
    assert code == 0
    assert re.search(r"exact theory\s+0\.0440817", out)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--sigma", "-1"], "GaussianPacket.sigma must be positive, got -1 nm"),
        (["--barrier", "round"], "barrier must be one of rectangular, gaussian"),
        (["--quality", "best"], "quality must be one of draft, standard, fine, got best"),
        (["--direction", "up"], "direction must be one of right, left, got up"),
        (
            ["--width", "nan"],
            "must be a number such as 0.5, 0,5, -2 or 1e-3, without a unit, got “nan”",
        ),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    arguments: list[str],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = call(["run", *arguments], monkeypatch, capsys)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_a_number_has_a_point_or_a_comma_and_any_minus_sign(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [
        call(["run", "--height", height, "--quality", "draft", "--json"], monkeypatch, capsys)[:2]
        for height in ("-0.5", "−0,5")
    ]
    numbers = [{**json.loads(out), "seconds": 0} for _, out in found]
    assert numbers[0] == numbers[1]


README = (Path(__file__).parents[3] / "README.md").read_text("utf-8")


def readme_blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)


def test_readme_python_runs() -> None:
    space: dict[str, Any] = {}
    exec(readme_blocks("python")[0], space)
    run = space["run"]
    assert abs(run.fate.transmitted - run.exact.transmitted) <= 1e-3


def test_readme_commands_run(
    tunnelscope: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All but those that serve, ask a cluster, or write a lesson; long scans with fewer points."""
    monkeypatch.chdir(tmp_path)
    lines = [line for block in readme_blocks("sh") for line in block.splitlines()]
    wanted = re.compile(r"tunnelscope (run|compare|scan|doctor)")
    commands = [line for line in lines if wanted.match(line) and "--scheduler" not in line]
    assert len(commands) >= 8
    for command in commands:
        shorter = re.sub(r":(400|250)\b", ":2", command)
        code, _, said = tunnelscope(*shlex.split(shorter)[1:])
        assert code in (0, None), (command, said)
    made = {file.name for file in tmp_path.iterdir()}
    assert {"noisy.nc", "noisy.gif", "noisy.png", "widths.csv", "widths.html", "sweep.nc"} <= made


def test_readme_toml_is_an_ensemble() -> None:
    ensemble = make_experiment(tomllib.loads(readme_blocks("toml")[0]))
    assert isinstance(ensemble, Ensemble)


def test_paper_prints_published_reproduced_and_right() -> None:
    result = runner.invoke(cli, ["paper", "--json"])
    assert result.exit_code == 0
    numbers = json.loads(result.stdout)
    assert set(numbers) == {"rectangular", "gaussian", "statistics"}
    t = numbers["rectangular"]["T"]
    assert f"{t['reproduced']:.6f}" == f"{t['published']:.6f}" == "0.826735"
    assert t["right"] == pytest.approx(0.828967, abs=1e-6)
    table = runner.invoke(cli, ["paper"]).stdout
    assert "0.786226" in table


def test_lessons_new_writes_a_correct_lesson_and_check_finds_faults(tmp_path: Path) -> None:
    folder = ["--lessons", str(tmp_path)]
    assert runner.invoke(cli, ["lessons", "new", "my-own", *folder]).exit_code == 0
    checked = runner.invoke(cli, ["lessons", "check", *folder])
    assert (checked.exit_code, checked.stdout) == (0, "01-my-own.md: ok\n")
    file = tmp_path / "01-my-own.md"
    file.write_text(file.read_text().replace("minutes: 10", "minutes: ten"))
    checked = runner.invoke(cli, ["lessons", "check", *folder])
    assert checked.exit_code == 1
    assert "01-my-own.md:5: front matter.minutes must be a number, got 'ten'" in checked.stdout


def test_scan_writes_a_whole_table_or_nothing(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    varied = ["--vary", "width=0.1:0.5:3", "--vary", "energy=1:2:2"]
    assert runner.invoke(cli, ["scan", *varied, "--csv", str(file)]).exit_code == 0
    lines = file.read_text().splitlines()
    assert lines[0] == "width,energy,transmitted,tunneled,over_the_top,coefficient"
    assert len(lines) == 7
    assert list(tmp_path.iterdir()) == [file]
    found = json.loads(runner.invoke(cli, ["scan", *varied, "--json"]).stdout)
    assert found["axes"]["width"] == pytest.approx([0.1, 0.3, 0.5])
    assert found["transmitted"][1][0] == pytest.approx(0.341934, abs=1e-6)
    assert "coefficient" in runner.invoke(cli, ["scan", "--vary", "width=0.1:0.5:3"]).stdout


def test_scan_tells_bad_input_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for words in (
        ["--vary", "energy=1:2"],
        ["--vary", "width=1:2:2", "--csv", str(tmp_path / "no/x")],
    ):
        monkeypatch.setattr(sys, "argv", ["tunnelscope", "scan", *words])
        with pytest.raises(SystemExit) as stopped:
            main()
        assert stopped.value.code == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1
