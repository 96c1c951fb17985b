"""A file of a run is made once, in sight, for as long as somebody waits for it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from threading import Event
from time import sleep

import panel as pn
import pytest

from app.files import making
from app.files.making import MAKERS, Progress, jobs
from app.files.sending import run_of
from app.lab import visit
from app.lab.compute import Compute
from app.server import listening
from app.web.limits import USUAL, Limits
from solver import load_experiment
from solver.trajectory import Result
from tests.app.apart import run_apart

PATIENCE = 60.0
LINK = "?height=2.5&quality=draft"


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit, "compute", Compute())


async def opened(port: int, place: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    asked = f"GET /files/{place} HTTP/1.1", "Host: localhost", "Connection: close", "", ""
    writer.write("\r\n".join(asked).encode())
    return reader, writer


async def pieces(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """What an answer holds, whole or in pieces that tell their lengths."""
    head = await reader.readuntil(b"\r\n\r\n")
    assert b" 200 " in head
    if b"chunked" not in head:
        yield await reader.read()
        return
    while length := int(await reader.readline(), 16):
        yield (await reader.readexactly(length + 2))[:-2]


async def body(reader: asyncio.StreamReader) -> bytes:
    return b"".join([piece async for piece in pieces(reader)])


def served(acts: Callable[[int], Awaitable[None]], limits: Limits = USUAL) -> None:
    """Do this with a server at this port."""

    async def life() -> None:
        server = listening(0, "127.0.0.1", [], "", lambda: pn.pane.Str("the lab"), limits)
        server.start()
        try:
            async with asyncio.timeout(PATIENCE):
                await acts(server.port)
        finally:
            server.stop()

    run_apart(life())


async def ask(port: int, place: str) -> bytes:
    reader, writer = await opened(port, place)
    found = await body(reader)
    writer.close()
    return found


async def until(seen: Callable[[], object]) -> None:
    while not seen():
        await asyncio.sleep(0.005)


def test_a_run_comes_as_a_file_that_runs_again(tmp_path: Path) -> None:
    async def acts(port: int) -> None:
        first, again = await ask(port, f"run.nc{LINK}"), await ask(port, f"run.nc{LINK}")
        percents, _, content = first.partition(b"\x64")
        assert list(percents) == sorted(percents)
        assert again == b"\x64" + content, "it is kept"
        (tmp_path / "run.nc").write_bytes(content)

    served(acts)
    assert load_experiment(tmp_path / "run.nc") == run_of(LINK[1:])[1]


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> Event:
    """A film is one that goes on until it is given up, or until this is set."""
    enough = Event()

    def film(run: Result, link: str, progress: Progress) -> bytes:
        while not enough.is_set():
            progress(0.5)
            sleep(0.005)
        return link.encode()

    monkeypatch.setitem(MAKERS, "gif", film)
    monkeypatch.setattr(making, "TICK", 0.01)
    return enough


def test_others_are_answered_while_a_film_is_made(endless: Event) -> None:
    async def acts(port: int) -> None:
        reader, writer = await opened(port, f"run.gif{LINK}")
        film, found = pieces(reader), b"\0"
        while found[-1] < 50:
            found += await anext(film)
        assert json.loads(await ask(port, f"words{LINK}"))["link"] == LINK
        endless.set()
        found += b"".join([piece async for piece in film])
        writer.close()
        percents, _, content = found.partition(b"\x64")
        assert list(percents) == sorted(set(percents))
        assert percents[-1] in (50, 51)
        assert content == LINK.encode()

    served(acts)


def test_a_file_is_given_up_once_nobody_waits_for_it(endless: Event) -> None:
    async def acts(port: int) -> None:
        first, second = await opened(port, f"run.gif{LINK}"), await opened(port, f"run.gif{LINK}")
        await until(lambda: jobs and next(iter(jobs.values())).waiting == 2)
        (job,) = jobs.values()
        first[1].close()
        await until(lambda: job.waiting == 1)
        assert not job.given_up.is_set()
        second[1].close()
        await until(lambda: visit.compute.idle)
        assert (job.given_up.is_set(), jobs) == (True, {})

    served(acts)


def test_who_asks_for_what_another_just_gave_up_gets_it(endless: Event) -> None:
    async def acts(port: int) -> None:
        _, writer = await opened(port, f"run.gif{LINK}")
        await until(lambda: jobs and next(iter(jobs.values())).part > 0)
        (old,) = jobs.values()
        jobs.clear()  # as if the first had left a moment before the second came
        second = asyncio.create_task(ask(port, f"run.gif{LINK}"))
        await until(lambda: jobs)
        old.given_up.set()
        await until(lambda: any(job.part > 0 for job in jobs.values()))
        endless.set()
        assert (await second).endswith(b"\x64" + LINK.encode())
        writer.close()

    served(acts)


def test_more_files_than_may_be_are_refused_in_a_sentence(endless: Event) -> None:
    async def acts(port: int) -> None:
        first = asyncio.create_task(ask(port, f"run.gif{LINK}"))
        await until(lambda: jobs)
        refused = await ask(port, "run.gif?height=3")
        assert refused[:1] == b"\xff"
        assert b"Try again in a minute." in refused
        second = asyncio.create_task(ask(port, f"run.gif{LINK}"))
        await until(lambda: next(iter(jobs.values())).waiting == 2)
        endless.set()
        assert {sent.partition(b"\x64")[2] for sent in (await first, await second)} == {
            LINK.encode()
        }

    served(acts, Limits(files=1))


@pytest.mark.parametrize(
    ("query", "limits", "reason"),
    [
        (LINK, Limits(run_seconds=1e-6), b"a run may take 1e-06 s here"),
        ("?mass=2000&energy=20", USUAL, b"Experiment must cost at most"),
    ],
)
def test_a_run_that_cannot_be_is_told_in_a_sentence(
    query: str, limits: Limits, reason: bytes
) -> None:
    async def acts(port: int) -> None:
        for place in ("run.nc", "run.gif"):
            found = await ask(port, place + query)
            assert found[:1] == b"\xff"
            assert reason in found

    served(acts, limits)
    assert jobs == {}


def test_what_fails_is_logged_and_ends_without_a_file(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(run: Result, link: str, progress: Progress) -> bytes:
        raise OSError("no room")

    monkeypatch.setitem(MAKERS, "gif", fails)

    async def acts(port: int) -> None:
        reader, writer = await opened(port, f"run.gif{LINK}")
        assert b"\x64" not in (await reader.read()).partition(b"\r\n\r\n")[2].split(b"<")[0]
        writer.close()

    served(acts)
    assert jobs == {}
    assert any(record.exc_info for record in caplog.records)
