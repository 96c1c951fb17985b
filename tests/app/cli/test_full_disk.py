"""A disk that is full: each file that is written says so, and nothing is left half written."""

from pathlib import Path

import pytest

from tests.kinds import CommandLine
from tests.solver.test_netcdf import disk_of

QUICK = ["run", "--quality", "draft", "--sigma", "0.8"]
WRITERS = {"--csv": "x.csv", "--netcdf": "x.nc", "--plot": "x.png", "--gif": "x.gif"}


@pytest.mark.parametrize(("option", "name"), WRITERS.items())
def test_an_export_to_a_full_disk_is_told_and_leaves_what_was_there(
    tunnelscope: CommandLine, tmp_path: Path, option: str, name: str
) -> None:
    file = tmp_path / name
    file.write_text("old")
    with disk_of(4_000):
        code, _, told = tunnelscope(*QUICK, option, file)
    assert code != 0
    assert "can be written" in told
    assert "Traceback" not in told
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]
