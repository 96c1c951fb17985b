"""The figures of `tunnelscope bench`: each beside its bound."""

import re

import pytest

from app.cli import bench
from app.cli.bench import Bounds
from app.cli.main import main


def test_a_figure_is_printed_beside_its_bound_and_the_one_of_this_machine(
    capsys: pytest.CaptureFixture[str],
) -> None:
    bench.preset(Bounds(lambda: 2.0))
    accuracy, time = capsys.readouterr().out.splitlines()
    assert re.search(r" [\d.e-]+ +<= 0.0005  ok$", accuracy), accuracy
    assert re.search(r" [\d.e-]+ ms +<= 10, here 20  (ok|MISSED)$", time), time


def test_this_machine_is_measured() -> None:
    assert 0.05 < bench.slowness() < 50


@pytest.mark.parametrize("missed", [[], ["a step"]])
def test_the_command_ends_with_1_if_a_bound_is_missed(
    missed: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("app.cli.bench.measure", lambda report: report.missed.extend(missed))
    monkeypatch.setattr("sys.argv", ["tunnelscope", "bench"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == len(missed)
    assert capsys.readouterr().out == f"Missed: {missed[0] if missed else 'nothing'}.\n"


def test_random_experiments_are_always_the_same() -> None:
    assert bench.random_experiments(4) == bench.random_experiments(4)
    assert bench.random_standard(4) == bench.random_standard(4)
