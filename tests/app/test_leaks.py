"""A page leaves nothing behind: no watcher on the global state, no visit, no slower events."""

import asyncio
import gc
import logging
import sys
import tracemalloc
import weakref
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from types import CodeType
from typing import Any

import numpy as np
import panel as pn
import pytest
from panel.io import document
from panel.util.parameters import edit_readonly
from tornado.httpclient import AsyncHTTPClient

from app import memory, server
from app.lab import visit as pages
from app.lab.compute import Compute
from app.lab.model import Lab
from app.lab.side_by_side import sources
from app.stage.solved import Asked, solve
from lessons.library import Library
from tests.app.apart import run_apart

AT_ONCE = {
    "check_unused_sessions_milliseconds": 20,
    "unused_session_lifetime_milliseconds": 1,
}


PAGES = 20


def watchers() -> Counter[str]:
    """How many watchers each parameter of the global state has."""
    return Counter(
        {name: sum(map(len, kinds.values())) for name, kinds in pn.state.param.watchers.items()}
    )


@pytest.fixture
def visits(monkeypatch: pytest.MonkeyPatch) -> list[weakref.ref[pages.Visit]]:
    """Weak references to all visits made in a test."""
    made, begin = [], pages.Visit.__init__

    def remembered(visit: pages.Visit, *given: Any) -> None:
        begin(visit, *given)
        made.append(weakref.ref(visit))

    monkeypatch.setattr(pages.Visit, "__init__", remembered)
    return made


@asynccontextmanager
async def serving() -> AsyncIterator[Callable[[int], Awaitable[Any]]]:
    """A server of one's own, as a function that asks it for `/` so many times."""
    listening = server.serve_at(0, "127.0.0.1", [], "", Library())
    listening.start()

    async def ask(count: int) -> Any:
        for _ in range(count):
            await AsyncHTTPClient().fetch(f"http://127.0.0.1:{listening.port}/")
        return listening

    try:
        yield ask
    finally:
        listening.stop()
        listening.unlisten()


async def sessions_that_end(count: int) -> None:
    async with serving() as ask:
        listening = await ask(count)
        while listening.get_sessions():
            await asyncio.sleep(0.02)


async def calls_after_pages(*counts: int) -> list[Counter[CodeType]]:
    """What an event calls after so many pages, and so many more, were opened."""
    found = []
    async with serving() as ask:
        for count in counts:
            await ask(count)
            found.append(calls_of_an_event())
    return found


def calls_of_an_event() -> Counter[CodeType]:
    """The Python functions called while the global state becomes busy and idle again."""
    calls: Counter[CodeType] = Counter()
    sys.setprofile(lambda frame, kind, _: calls.update([frame.f_code] if kind == "call" else []))
    try:
        with edit_readonly(pn.state):
            pn.state.busy = True
            pn.state.busy = False
    finally:
        sys.setprofile(None)
    return calls


def alive(made: list[weakref.ref[pages.Visit]]) -> list[pages.Visit]:
    gc.collect()
    return [visit for reference in made if (visit := reference()) is not None]


def test_pages_that_are_gone_leave_no_watcher_and_no_visit(
    monkeypatch: pytest.MonkeyPatch, visits: list[weakref.ref[pages.Visit]]
) -> None:
    monkeypatch.setattr(server, "LIFETIMES", AT_ONCE)
    before = watchers()
    run_apart(sessions_that_end(20))
    assert len(visits) == 20
    assert alive(visits) == []
    assert watchers() == before


async def looks_through_all(seconds: float) -> int:
    """How often all objects are looked through while a page is opened and its session ends."""
    looks: list[int] = []

    def count(phase: str, told: dict[str, int]) -> None:
        if (phase, told["generation"]) == ("start", 2):
            looks.append(1)

    gc.callbacks.append(count)
    try:
        await sessions_that_end(1)
        await asyncio.sleep(seconds)
    finally:
        gc.callbacks.remove(count)
    return len(looks)


def test_nobody_who_leaves_has_everybody_wait_while_all_is_looked_through(
    monkeypatch: pytest.MonkeyPatch, visits: list[weakref.ref[pages.Visit]]
) -> None:
    """With a hundred visitors it takes 0.2 s; what is left is cleared away with the memory."""
    monkeypatch.setattr(server, "LIFETIMES", AT_ONCE)
    monkeypatch.setattr(document, "GC_DEBOUNCE", 0.1)
    monkeypatch.setattr(document, "_garbage_collect", document._garbage_collect)
    monkeypatch.setattr(pn.state, "_scheduled", {})  # by loops of other tests
    before = gc.get_threshold()
    assert run_apart(looks_through_all(0.5)) >= 1
    memory.look_for_garbage_seldom()
    try:
        assert run_apart(looks_through_all(0.5)) == 0
        assert any(reference() for reference in visits)
        memory.clear_away()
        assert not any(reference() for reference in visits)
        assert gc.get_threshold()[2] == memory.SELDOM
    finally:
        gc.set_threshold(*before)


def test_an_event_calls_no_more_functions_however_many_pages_are_open() -> None:
    with_one, with_six = run_apart(calls_after_pages(1, 5))
    assert with_six == with_one


def kinds() -> Counter[str]:
    """How many objects of each type there are."""
    gc.collect()
    return Counter(f"{type(one).__module__}.{type(one).__name__}" for one in gc.get_objects())


@pytest.mark.no_cover
def test_of_nothing_is_there_more_for_each_page_that_was_open(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "panel")  # pytest keeps each line
    monkeypatch.setattr(server, "LIFETIMES", AT_ONCE)
    for _ in range(2):  # first a server and a look fill caches
        run_apart(sessions_that_end(2))
        before = kinds()
    run_apart(sessions_that_end(PAGES))
    assert {kind: more for kind, more in (kinds() - before).items() if more >= PAGES} == {}


async def bytes_of_pages(count: int) -> int:
    """What Python's objects take of so many pages that are open."""
    async with serving() as ask:
        await ask(3)
        gc.collect()
        tracemalloc.start()
        try:
            await ask(count)
            gc.collect()
            return tracemalloc.get_traced_memory()[0]
        finally:
            tracemalloc.stop()


@pytest.mark.no_cover
def test_a_page_takes_half_a_megabyte_at_most() -> None:
    assert run_apart(bytes_of_pages(PAGES)) <= 0.5e6 * PAGES


def arrays_of(value: object, seen: set[int]) -> int:
    """Bytes of all arrays that a value keeps alive."""
    if id(value) in seen:
        return 0
    seen.add(id(value))
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, dict):
        return sum(arrays_of(part, seen) for part in value.values())
    if isinstance(value, (list, tuple)):
        return sum(arrays_of(part, seen) for part in value)
    return arrays_of(vars(value), seen) if hasattr(value, "__dict__") else 0


@pytest.mark.parametrize("environment", ["None", "Dephasing"])
def test_the_key_of_a_cached_run_keeps_no_run_in_memory(environment: str) -> None:
    lab = Lab(quality="draft", environment=environment)
    compute = Compute()
    for source in sources({"run": lab.chosen}):
        asked = Asked(source, numbers=True, sampled=True)
        solved = compute.submit(asked, partial(solve, asked)).result()
        known = compute.submit(asked, partial(solve, asked)).result()
        assert (known.block, known.numbers) == (solved.block, solved.numbers)
        assert compute.kept_bytes >= len(solved.block) + arrays_of(solved.sampled, set())
        assert arrays_of(source, set()) > 0 == arrays_of(list(compute._cache._items), set())
