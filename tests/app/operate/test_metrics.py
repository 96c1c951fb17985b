"""What is counted is what happened, in the form that Prometheus reads."""

import asyncio
import time
from threading import Event
from typing import Any

import pytest
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from app.lab.compute import Compute
from app.operate import metrics
from app.visitor import visitor_page
from lessons.library import Library
from tests.app.apart import run_apart
from tests.app.web.test_handlers import asked


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"tunnelscope_{name}", labels) or 0.0


def runs() -> dict[str, float]:
    kinds = ("solved", "cached", "shared")
    return {kind: value("runs_total", answered=kind) for kind in kinds}


def test_a_run_is_solved_shared_or_known_and_what_waits_is_counted() -> None:
    compute, go, before = Compute(), Event(), runs()

    def work() -> bytes:
        go.wait(10)
        return b"film"

    first, shared = compute.submit("one", work), compute.submit("one", work)
    other = compute.submit("other", work)
    while value("queue") != 1:
        time.sleep(0.01)
    assert not compute.idle
    times = value("solve_seconds_count")
    go.set()
    assert (first.result(10), shared.result(10), other.result(10)) == (b"film",) * 3
    while not compute.idle:
        time.sleep(0.01)
    assert compute.submit("one", work).result(0) == b"film"
    after = runs()
    counted = {kind: after[kind] - before[kind] for kind in after}
    assert counted == {"solved": 2, "cached": 1, "shared": 1}
    assert (value("queue"), value("solve_seconds_count") - times) == (0, 2)


def test_metrics_are_read_by_their_own_library_and_hold_no_query() -> None:
    library, before = Library(), value("joins_total")
    page: Any = lambda: visitor_page(library)  # noqa: E731
    _, (status, head, body) = asked("/?height=3.125", "/metrics", page=page)
    assert status == 200
    assert "Content-Type: text/plain; version=" in head
    families = {one.name for one in text_string_to_metric_families(body)}
    told = "sessions joins runs queue solve_seconds release_seconds loop_late_seconds"
    assert {f"tunnelscope_{name}" for name in told.split()} <= families
    assert "process_resident_memory_bytes" in body
    assert value("joins_total") == before + 1
    assert "3.125" not in body


def test_a_blocked_loop_is_late() -> None:
    async def block() -> None:
        watch = metrics.Punctuality()
        await asyncio.sleep(0.25)
        time.sleep(0.4)
        await asyncio.sleep(0.25)
        watch.stop()

    count, late = value("loop_late_seconds_count"), value("loop_late_seconds_sum")
    run_apart(block())
    assert value("loop_late_seconds_count") - count >= 3
    assert value("loop_late_seconds_sum") - late == pytest.approx(0.35, abs=0.25)
