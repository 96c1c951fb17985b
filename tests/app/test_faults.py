"""An error that nobody foresaw: logged whole, told on the page, and the next request goes on."""

from threading import Event
from typing import Any

import pytest

from app.lab import compute as lanes
from app.lab import visit as pages
from app.lab.visit import Visit
from app.stage.component import Scene
from app.stage.solved import Abandoned, solve
from lessons.library import Library
from tests.app.apart import run_apart


def test_an_unforeseen_error_is_told_and_the_next_request_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    visit, done = Visit("", Library()), []

    async def fail() -> None:
        raise MemoryError

    async def succeed() -> None:
        done.append(True)

    async def both() -> None:
        await visit.latest.run(lambda: visit.explained(fail))
        await visit.latest.run(lambda: visit.explained(succeed))

    run_apart(both())
    assert visit.stage.message == "The server failed at this (MemoryError); its log says why."
    assert done
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [MemoryError]


def test_a_run_that_overruns_is_told_and_the_next_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "LOOK", 0.01)
    monkeypatch.setattr(pages, "allowed", lambda seconds: 0.05)
    ended = Event()
    shown: list[Scene] = []

    def endless(one: Any, given_up: Event) -> Any:
        given_up.wait(10)
        ended.set()
        raise Abandoned

    visit = Visit("?height=1.37", Library())
    monkeypatch.setattr(visit.stage, "play", shown.append)
    monkeypatch.setattr(pages, "solve", endless)
    run_apart(visit.solve())
    assert visit.stage.message.startswith("This run took far longer than it should")
    assert not visit.stage.busy
    assert ended.wait(5)
    assert not shown
    monkeypatch.setattr(pages, "allowed", lambda seconds: 60.0)
    monkeypatch.setattr(pages, "solve", solve)
    run_apart(visit.solve())
    assert visit.stage.message == ""
    assert len(shown) == 1
