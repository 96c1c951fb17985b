"""The command line, called in this process."""

import sys

import pytest

from app.cli.main import main
from tests.kinds import CommandLine


@pytest.fixture
def tunnelscope(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """Exit code, output and errors of a command line."""

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["tunnelscope", *map(str, words)])
        with pytest.raises(SystemExit) as stop:
            main()
        captured = capsys.readouterr()
        return int(stop.value.code or 0), captured.out, captured.err

    return call
