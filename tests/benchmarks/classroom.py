"""A class at one server: what a released slider costs when many pages are open, and more are gone.

Each student is a websocket that speaks Bokeh's protocol as JSON, for a browser each would not fit
on one machine. First all move to the same few heights, which costs what the pages cost; then each
to one of its own, which has to be solved, too. There are no lessons to be worked out behind them.
"""

import asyncio
import itertools
import json
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

from app.cli.bench import Bounds
from tests.benchmarks.browser import START, cpu_ms, ready

GONE, OPEN, RELEASES = 200, 100, 100
PAUSE = 0.15
"""Seconds between two releases: what a class does in a lively moment."""

CLEARED = 45.0
"""Seconds until the server has cleared away the pages that are gone, 9 ms each."""

SAME = (1.6, 1.7, 1.8, 1.9)
OWN = [round(2 + i / 100, 2) for i in range(RELEASES)]


def event(name: str, **values: Any) -> dict[str, Any]:
    """An event of the document, as BokehJS tells it."""
    entries = {"type": "map", "entries": list(values.items())}
    told = {"type": "event", "name": name, "values": entries}
    return {"events": [{"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": told}]}


class Student:
    """One open page."""

    async def enter(self, address: str) -> "Student":
        """Load the page, connect, and wait for the first run."""
        page = (await AsyncHTTPClient().fetch(address)).body.decode()
        (token,) = re.findall(r'"token":"([^"]+)"', page)
        request = HTTPRequest(address.replace("http", "ws", 1) + "ws")
        self.socket = await websocket_connect(request, subprotocols=["bokeh", token])
        assert self.socket.protocol
        self.socket.protocol.set_nodelay(True)  # as browsers do
        await self.receive()
        await self.send("PULL-DOC-REQ", {})
        document, _ = await self.receive()
        self.controls, stage = (component(document, name) for name in ("ControlsCard", "Stage"))
        await self.send("PATCH-DOC", event("document_ready"))
        await self.tell(stage, want="figures", dark=False)
        await self.first_run()
        return self

    async def send(self, kind: str, content: dict[str, Any]) -> None:
        for part in ({"msgid": "1", "msgtype": kind}, {}, content):
            await self.socket.write_message(json.dumps(part))

    async def tell(self, model: str, **data: Any) -> None:
        """A message to a component."""
        message = {"type": "map", "entries": list(data.items())}
        await self.send("PATCH-DOC", event("data_event", model={"id": model}, data=message))

    async def part(self) -> bytes:
        """The next part of a message."""
        part = await self.socket.read_message()
        assert part is not None, "the server has closed the connection"
        return part.encode() if isinstance(part, str) else part

    async def receive(self) -> tuple[Any, list[bytes]]:
        """The content of the next message, and its buffers."""
        header, _, content = [json.loads(await self.part()) for _ in range(3)]
        read = [await self.part() for _ in range(2 * header.get("num_buffers", 0))]
        return content, read[1::2]

    async def first_run(self) -> None:
        """Wait for the data of a run."""
        while '["runs"' not in json.dumps((await self.receive())[0]):
            pass

    async def release(self, height: float) -> float:
        """Milliseconds from letting the height go to the first data of its run."""
        start = time.perf_counter()
        await self.tell(self.controls, name="height", value=height)
        await self.first_run()
        return 1e3 * (time.perf_counter() - start)


def component(document: Any, name: str) -> str:
    """The id of a component's model."""
    return next(o["id"] for o in objects(document) if o["attributes"].get("class_name") == name)


def objects(tree: Any) -> Iterator[dict[str, Any]]:
    """Every model in a document's JSON."""
    for part in tree.values() if isinstance(tree, dict) else tree:
        if isinstance(part, (dict, list)):
            yield from objects(part)
    if isinstance(tree, dict) and "id" in tree and "attributes" in tree:
        yield tree


class Released(NamedTuple):
    """What releases cost: of the server's processor on average, and each until its first data."""

    cpu_ms: float
    taken_ms: list[float]


async def releases(students: list[Student], heights: Sequence[float], pid: int) -> Released:
    """Student after student lets the height go at one of these."""
    turns = zip(itertools.cycle(students), itertools.cycle(heights), range(RELEASES), strict=False)
    before, taken = cpu_ms(pid), []
    for student, height, _ in turns:
        taken.append(await student.release(height))
        await asyncio.sleep(PAUSE)
    return Released((cpu_ms(pid) - before) / RELEASES, taken)


async def measured(address: str, pid: int) -> dict[str, Released]:
    """Releases to heights that others chose before, and to heights that nobody did."""
    for _ in range(GONE):
        (await Student().enter(address)).socket.close()
    students = [await Student().enter(address) for _ in range(OPEN)]
    await asyncio.sleep(CLEARED)
    for height in SAME:
        await students[0].release(height)
    return {
        "known": await releases(students, SAME, pid),
        "new": await releases(students, OWN, pid),
    }


def measure_classroom(report: Bounds) -> None:
    with TemporaryDirectory() as no_lessons:
        command = [*START, "--lessons", no_lessons]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            found = asyncio.run(measured(ready(server), server.pid))
        finally:
            server.terminate()
            server.wait()
    for kind, released in found.items():
        after = f"a {kind} run, {OPEN} open, {GONE} gone"
        report(f"server CPU of a released slider: {after}", released.cpu_ms, 25, "ms")
        p95 = float(np.percentile(released.taken_ms, 95))
        report(f"release to first data, p95: {after}", p95, 200, "ms")
