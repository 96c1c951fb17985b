"""The command line, called in this process."""

import sys

import pytest

from app.cli.main import main


@pytest.fixture
def tunnelscope(monkeypatch, capsys):
    """Exit code, output and errors of a command line."""

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["tunnelscope", *map(str, words)])
        with pytest.raises(SystemExit) as stop:
            main()
        captured = capsys.readouterr()
        return stop.value.code, captured.out, captured.err

    return call
