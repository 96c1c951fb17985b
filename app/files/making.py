"""Files of a run that take their time: made in the lane of long runs, once for all who ask."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Hashable
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from typing import Any

from app.lab import visit
from app.lab.compute import allowed
from app.stage.solved import Abandoned
from locales.language import spoken
from solver.trajectory import Result, Source

Progress = Callable[[float], None]

TICK = 0.1
"""Seconds between two looks how much is done."""

DRAWING = 2.0
"""Seconds that a file takes besides its run, roughly."""


@dataclass(eq=False)
class Job:
    """A file that is being made: which part is done, and for how many."""

    part: float = 0.0
    waiting: int = 0
    given_up: Event = field(default_factory=Event)

    def go_on(self, part: float) -> None:
        if self.given_up.is_set():
            raise Abandoned
        self.part = part


jobs: dict[Hashable, Job] = {}
"""Those under way, or waiting."""


def netcdf(run: Result, link: str, progress: Progress) -> bytes:
    from solver.storage import netcdf_of

    return netcdf_of(run)


def gif(run: Result, link: str, progress: Progress) -> bytes:
    """An animation; the lab opens it again at this link."""
    from app.lab.handout import MATPLOTLIB
    from app.pictures.gif import gif_of

    with MATPLOTLIB:
        return gif_of(run, progress, comment=f"tunnelscope[{link}]")


MAKERS: dict[str, Callable[[Result, str, Progress], bytes]] = {"nc": netcdf, "gif": gif}
"""By the ending of the file."""


def key_of(ending: str, source: Source, link: str) -> Hashable:
    """What is the same for all who wait for the same file, in the same language."""
    return ending, link, source, spoken()


async def making(ending: str, source: Source, link: str) -> AsyncGenerator[float | bytes, None]:
    """Which part is done, again and again, then the file; given up if nobody waits any more."""
    key = key_of(ending, source, link)
    job = jobs.setdefault(key, Job())
    job.waiting += 1
    try:
        seconds = source.expected_seconds + DRAWING
        work = partial(copy_context().run, made, job, ending, source, link)
        flight = visit.compute.submit(key, work, seconds)
        limit = allowed(seconds)
        waited = asyncio.ensure_future(visit.compute.result(key, flight, limit))
        while not (await asyncio.wait([waited], timeout=TICK))[0]:
            yield job.part
        yield waited.result()
    finally:
        job.waiting -= 1
        if not job.waiting:
            job.given_up.set()
            if jobs.get(key) is job:
                del jobs[key]


def made(job: Job, ending: str, source: Source, link: str) -> bytes:
    """The file; how far run and drawing are is told to the job."""
    share = source.expected_seconds / (source.expected_seconds + DRAWING)
    run: Any = source.run(lambda part: job.go_on(share * part))
    return MAKERS[ending](run, link, lambda part: job.go_on(share + (1 - share) * part))
