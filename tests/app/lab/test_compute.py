"""The compute pool: single flight, bounded cache, latest wins."""

import asyncio
import gc
import pickle
import time
import weakref
from collections.abc import Hashable
from functools import partial
from threading import Event
from typing import Any

import pytest

from app.lab import compute as lanes
from app.lab.compute import BESIDE, ByteCache, Compute, Died, Latest, Overrun, digest_of
from app.stage.solved import Abandoned, Asked
from solver.barriers import SHAPES
from solver.controls import Controls
from solver.ranges import RANGES
from solver.resolution import QUALITIES
from tests.app.apart import run_apart


def done_after(gate: Event, calls: list[int]) -> bytes:
    """A work that waits at a gate, and is counted."""
    calls.append(1)
    gate.wait(5)
    return b"done"


def noted(name: str, ended: list[str]) -> bytes:
    """A work that is noted when it is done."""
    ended.append(name)
    return name.encode()


def test_the_same_request_is_solved_once() -> None:
    compute, gate = Compute(), Event()
    calls: list[int] = []

    work = partial(done_after, gate, calls)
    flights = [compute.submit("key", work) for _ in range(30)]
    gate.set()
    assert {flight.result(5) for flight in flights} == {b"done"}
    assert compute.submit("key", work).result(5) == b"done"
    assert len(calls) == 1


def test_what_is_not_kept_is_solved_once_at_a_time() -> None:
    compute, gate = Compute(), Event()
    calls: list[int] = []

    work = partial(done_after, gate, calls)
    flights = [compute.submit_unkept("key", work) for _ in range(2)]
    gate.set()
    assert [flight.result(5) for flight in flights] == [b"done"] * 2
    assert (len(calls), compute.kept_bytes, compute.knows("key")) == (1, 0, False)
    assert compute.submit_unkept("key", work).result(5) == b"done"
    assert len(calls) == 2


def test_short_runs_never_stand_behind_long_ones_and_who_waits_knows_how_many_there_are() -> None:
    compute, gate = Compute(), Event()

    def work() -> bytes:
        gate.wait(5)
        return b"long"

    long = [compute.submit(name, work, seconds=9.0) for name in ("a", "b", "a")]
    assert compute.long_runs == 2
    assert compute.submit("short", lambda: b"short", seconds=0.1).result(5) == b"short"
    assert not any(one.done() for one in long)
    gate.set()
    assert [one.result(5) for one in long] == [b"long"] * 3
    compute.submit("c", lambda: b"c", seconds=9.0).result(5)
    compute.submit("d", lambda: b"d", seconds=9.0).result(5)
    assert compute.submit("a", work).result(0) == b"long"


def test_who_lets_go_never_stands_behind_those_who_drag() -> None:
    compute, gate = Compute(), Event()
    ended: list[str] = []

    first = compute.submit_frame("first", partial(done_after, gate, []))
    names = ["frame", "frame too", "run", "run too"]
    for name in names:
        submit = compute.submit_frame if name.startswith("frame") else compute.submit
        submit(name, partial(noted, name, ended))
    gate.set()
    assert first.result(5) == b"done"
    while not compute.idle:
        time.sleep(0.01)
    assert ended == ["run", "run too", "frame", "frame too"]
    assert not any(map(compute.knows, ("frame", "frame too")))


def test_a_failure_is_told_and_not_kept() -> None:
    compute = Compute()

    def fail() -> bytes:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        compute.submit("key", fail).result(5)
    assert compute.submit("key", lambda: b"ok").result(5) == b"ok"


def test_the_cache_is_bounded_in_bytes_and_drops_the_oldest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lanes, "BESIDE", 0)
    monkeypatch.setattr(pickle, "dumps", lambda value, protocol: value)
    monkeypatch.setattr(pickle, "loads", bytes)
    cache = ByteCache(limit=10)
    for key in "abc":
        cache.put(key, b"1234")
    assert (cache.get("a"), cache.get("c"), cache.size) == (None, b"1234", 8)
    cache.get("b")
    cache.put("d", b"1234")
    assert cache.get("c") is None
    assert cache.get("b") == b"1234"
    cache.put("huge", b"0" * 11)
    assert cache.get("huge") is None
    cache.put("b", b"12")
    assert cache.size == 6


def test_what_is_kept_beside_results_counts_too() -> None:
    one = len(pickle.dumps(b"", pickle.HIGHEST_PROTOCOL))
    cache = ByteCache(limit=10 * (BESIDE + one) - 1)
    for number in range(20):
        cache.put(number, b"")
    cache.put(19, b"x")
    assert cache.size == 9 * (BESIDE + one) + 1


def test_requests_have_one_digest_exactly_if_they_are_equal() -> None:
    labs = [Controls(shape=shape, quality=quality) for shape in SHAPES for quality in QUALITIES]
    labs += [Controls().changed(**{n: span.default + span.step}) for n, span in RANGES.items()]
    labs += [Controls(environment="Dephasing", t2=t2) for t2 in (20.0, 30.0)]
    requests: list[Hashable] = [
        Asked(lab.source(), numbers) for lab in labs for numbers in (False, True)
    ]
    requests += [(lab.experiment(), time) for lab in labs for time in (0.0, 0.01)]
    again = [Asked(lab.source()) for lab in labs]
    assert len(set(requests)) > 60
    for one in (*requests, *again):
        for other in requests:
            assert (one == other) is (digest_of(one) == digest_of(other))


def test_of_a_key_and_of_a_result_no_object_stays() -> None:
    cache, lab = ByteCache(), Controls()
    key, result = Asked(lab.source()), lab.source()
    cache.put(key, result)
    gone = weakref.ref(key.source), weakref.ref(result)
    del key, result
    gc.collect()
    assert [one() for one in gone] == [None, None]
    assert cache.get(Asked(lab.source())) == lab.source()


def test_of_the_jobs_that_wait_only_the_newest_runs() -> None:
    async def session() -> list[str]:
        latest, gate = Latest(), asyncio.Event()
        done: list[str] = []

        async def job(name: str) -> None:
            await gate.wait()
            done.append(name)

        first = asyncio.create_task(latest.run(lambda: job("first")))
        await asyncio.sleep(0)
        for name in ("second", "third"):
            await latest.run(partial(job, name))
        gate.set()
        await first
        return done

    assert run_apart(session()) == ["first", "third"]


def test_waiting_for_a_job_leaves_the_event_loop_free() -> None:
    async def session() -> bytes:
        compute, gate = Compute(), Event()

        def work() -> bytes:
            gate.wait(5)
            return b"late"

        job = asyncio.create_task(compute.result("k", compute.submit("k", work), 5))
        await asyncio.sleep(0.01)
        gate.set()
        return await job

    assert run_apart(session()) == b"late"


def test_what_is_filled_in_is_not_worked_out_again() -> None:
    compute = Compute()
    compute.fill("a", lambda: b"here")
    compute.fill("a", lambda: pytest.fail("worked out again"))
    assert compute.submit("a", lambda: pytest.fail("worked out again")).result() == b"here"


def test_a_thread_that_ends_is_told_and_the_next_request_is_solved() -> None:
    compute = Compute()

    def leave() -> bytes:
        raise SystemExit

    async def asked() -> bytes:
        return await compute.result("key", compute.submit("key", leave), 5)

    with pytest.raises(Died, match="SystemExit"):
        run_apart(asked())
    assert compute.submit("key", lambda: b"ok").result(5) == b"ok"


@pytest.mark.parametrize(
    "submit",
    [Compute.submit, partial(Compute.submit, seconds=1.0), Compute.submit_frame],
    ids=["short", "long", "frame"],
)
def test_a_run_that_overruns_is_told_and_holds_up_nobody(
    monkeypatch: pytest.MonkeyPatch, submit: Any
) -> None:
    monkeypatch.setattr(lanes, "LOOK", 0.01)
    compute, gate = Compute(), Event()

    def hang() -> bytes:
        gate.wait(10)
        return b"late"

    async def asked() -> list[object]:
        jobs = [(key, submit(compute, key, hang)) for key in ("hangs", "waits")]
        waiting = [compute.result(key, job, 0.05) for key, job in jobs]
        told = await asyncio.gather(*waiting, return_exceptions=True)
        again = submit(compute, "waits", lambda: b"ok")
        after = await compute.result("waits", again, 5)
        return [*map(type, told), after]

    assert run_apart(asked()) == [Overrun, Abandoned, b"ok"]
    assert compute.long_runs == 0
    assert submit(compute, "hangs", lambda: b"anew").result(5) == b"anew"
    gate.set()
