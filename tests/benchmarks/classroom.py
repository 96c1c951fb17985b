"""A class at one server: what a released slider costs when many pages are open, and more are gone.

First all move to the same few heights, which costs what the pages cost; then each to one of its
own, which has to be solved, too. There are no lessons to be worked out behind them.
"""

import asyncio
import itertools
import subprocess
import time
from collections.abc import Sequence
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np

from app.cli.bench import Bounds
from app.lab.model import Lab
from app.stage.solved import film
from tests.benchmarks.browser import START, cpu_ms, ready
from tests.load.student import Student

GONE, OPEN, RELEASES = 200, 100, 100
EVERY = 0.06
"""Seconds from release to release: each of a hundred lets something go every six seconds.

Longer pauses measure the machine: a virtual one may take away memory that nobody touches, and to
come back to 4 MB after 0.15 s, 0.5 s, 2 s of sleep took 15, 30, 80 times as long as at once.
"""

CLEARED = 45.0
"""Seconds until the server has cleared away the pages that are gone, 9 ms each."""

SAME = (1.6, 1.7, 1.8, 1.9)
OWN = [round(2 + i / 100, 2) for i in range(RELEASES)]


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
        await asyncio.sleep(max(0.0, EVERY - taken[-1] / 1e3))
    return Released((cpu_ms(pid) - before) / RELEASES, taken)


async def measure_releases(report: Bounds, address: str, pid: int) -> None:
    """Releases to heights that others chose before, and to heights that nobody did.

    Each is reported as soon as it is measured: the machine is another a minute later.
    """
    for _ in range(GONE):
        (await Student().enter(address)).socket.close(1001)
    students = [await Student().enter(address) for _ in range(OPEN)]
    await asyncio.sleep(CLEARED)
    for height in SAME:
        await students[0].release(height)
    for kind, heights in (("known", SAME), ("new", OWN)):
        report.measure_machine()
        released = await releases(students, heights, pid)
        after = f"a {kind} run, {OPEN} open, {GONE} gone"
        report(f"server CPU of a released slider: {after}", released.cpu_ms, 25, "ms")
        p95 = float(np.percentile(released.taken_ms, 95))
        report(f"release to first data, p95: {after}", p95, 200, "ms")


def after_pauses() -> tuple[float, float]:
    """Milliseconds of a film that is made as soon as the last one is, and after a pause of EVERY.

    What the second takes more is this machine's: what others on the same processors have pushed out
    of their caches in the meantime. The transforms that it is measured by do not tell.
    """
    heights = (2 + 1e-4 * i for i in itertools.count())
    found = []
    for pause in (0.0, EVERY):
        taken = []
        for _ in range(RELEASES // 2):
            time.sleep(pause)
            start = time.process_time()
            film(Lab(height=next(heights)).chosen.experiment())
            taken.append(time.process_time() - start)
        found.append(1e3 * median(taken))
    return found[0], found[1]


def measure_classroom(report: Bounds) -> None:
    print("a film at once takes {:.1f} ms, after a pause {:.1f} ms".format(*after_pauses()))
    with TemporaryDirectory() as no_lessons:
        command = [*START, "--lessons", no_lessons]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            asyncio.run(measure_releases(report, ready(server), server.pid))
        finally:
            server.terminate()
            server.wait()
