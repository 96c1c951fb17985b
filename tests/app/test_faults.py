"""An error that nobody foresaw: logged whole, told on the page, and the next request goes on."""

import pytest

from app.lab.visit import Visit
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
