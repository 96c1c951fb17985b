"""What is printed for nginx is the file in deploy/, and its parts fit together."""

import re
import signal
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from app.operate import processes
from app.operate.balancer import site
from app.operate.processes import CACHE, attend
from app.server import start_several
from solver.errors import InvalidInput
from tests.test_docs import ROOT

PORTS = ("127.0.0.1:5007", "127.0.0.1:5008")
SITE: dict[str, Any] = {
    "port": 5006,
    "host": "127.0.0.1",
    "origins": [],
    "prefix": "lab/",
    "show": False,
    "options": [],
}


def test_the_ready_configuration_is_what_is_made() -> None:
    text = (ROOT / "deploy/nginx.conf").read_text("utf-8")
    assert text == site(PORTS, "8080", "", CACHE)


@pytest.mark.parametrize("count", [2, 3, 7])
def test_each_process_is_chosen_known_and_stood_in_for(count: int) -> None:
    replicas = [f"127.0.0.1:{6000 + number}" for number in range(count)]
    text = site(replicas, "8080", "/lab", CACHE)
    names = {f"lab_{number + 1}" for number in range(count)}
    assert set(re.findall(r"^upstream (\w+)", text, re.MULTILINE)) == names
    assert set(re.findall(r"^    (\w+) \1;", text, re.MULTILINE)) == names
    assert {*re.findall(r"^    \S+ (lab_\d+);$", text, re.MULTILINE)} == names
    for replica in replicas:
        assert text.count(f"server {replica} max_fails=1") == 1
        assert text.count(f"server {replica} backup") == count - 1
    shares = [float(one) for one in re.findall(r"^    ([\d.]+)% lab", text, re.MULTILINE)]
    assert len(shares) == count - 1
    assert sum(shares) < 100


def test_without_nginx_its_configuration_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(processes, "nginx_path", lambda: None)
    assert start_several(2, **SITE) == 1
    told = capsys.readouterr()
    assert told.out == site(PORTS, "127.0.0.1:5006", "/lab", CACHE) + "\n"
    assert "nginx is not on PATH" in told.err


@pytest.mark.parametrize("port", [0, 65_534])
def test_a_port_that_leaves_no_room_is_refused(port: int) -> None:
    with pytest.raises(InvalidInput, match="--port must leave room for 2 ports"):
        start_several(2, **{**SITE, "port": port})


SLEEPS = (sys.executable, "-c", "import time; time.sleep(60)")
ENDS = (sys.executable, "-c", "import time; time.sleep(0.3)")


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Programs that were begun; instead of the sixth, all are told to end."""
    known: Any = signal.getsignal(signal.SIGTERM)
    found: list[Any] = []
    original = processes.begin

    def begin(words: Any) -> Any:
        if len(found) == 5:
            processes.told_to_end()
        found.append(original(words))
        return found[-1]

    monkeypatch.setattr(processes, "PAUSE", 0.05)
    monkeypatch.setattr(processes, "begin", begin)
    yield found
    signal.signal(signal.SIGTERM, known)
    assert all(program.poll() is not None for program in found)


def test_a_server_that_ends_begins_anew_until_all_end_together(
    monkeypatch: pytest.MonkeyPatch, begun: list[Any]
) -> None:
    monkeypatch.setattr(processes, "is_ready", lambda address: True)
    told: list[str] = []
    assert attend([ENDS], SLEEPS, ["here"], partial(told.append, "ready")) == 0
    assert told == ["ready"]
    assert [program.args for program in begun] == [ENDS, SLEEPS, ENDS, ENDS, ENDS]


def test_a_server_that_ends_before_it_is_ready_ends_all(
    monkeypatch: pytest.MonkeyPatch, begun: list[Any]
) -> None:
    monkeypatch.setattr(processes, "is_ready", lambda address: False)
    assert attend([ENDS], SLEEPS, ["here"], lambda: None) == 1
    assert [program.args for program in begun] == [ENDS, SLEEPS]


def test_a_server_that_does_not_answer_is_not_ready() -> None:
    assert not processes.is_ready("http://127.0.0.1:1/health")
