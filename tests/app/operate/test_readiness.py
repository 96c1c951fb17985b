"""Who asks whether the server is ready is told the truth, before, during and after."""

import json
from collections.abc import Iterator

import pytest

from app.operate.readiness import COMPILING, STOPPING, readiness
from tests.app.web.test_handlers import asked


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    known = readiness.reason, readiness.closed
    yield
    readiness.reason, readiness.closed = known


@pytest.mark.parametrize("reason", [COMPILING, STOPPING])
def test_a_server_that_is_not_ready_says_why_and_takes_no_visitor(reason: str) -> None:
    readiness.hold(reason)
    (status, _, body), (alive, *_), (page, head, text) = asked("/health", "/liveness", "/?b=1")
    assert (status, json.loads(body)) == (503, {"ready": False, "reason": reason})
    assert alive == 200
    assert page == 503
    assert "Refresh: 5" in head
    assert reason in text
    assert [status for status, *_ in asked("/", method="HEAD")] == [503]


def test_a_ready_server_is_healthy_below_its_prefix_and_behind_head() -> None:
    readiness.open()
    ((status, _, body),) = asked("/keep/health", prefix="/keep")
    assert (status, json.loads(body)) == (200, {"ready": True, "reason": ""})
    ((status, *_),) = asked("/health", method="HEAD")
    assert status == 200
