"""A file of a run on its way to a browser, which is told meanwhile how much of it is made."""

import asyncio
from contextlib import aclosing

from tornado.web import RequestHandler

from app.files.making import jobs, key_of, making
from app.files.table import controls_in, freed
from app.lab.compute import Overrun
from app.lab.links import from_query, to_query
from app.lab.model import Lab
from app.stage.solved import Abandoned
from app.telling import refusal, require_short
from app.web.answers import language_of
from app.web.limits import limits_of
from locales.language import say, speaking
from solver.ensemble import Ensemble
from solver.errors import InvalidInput
from solver.experiment import Experiment

DONE, FAILED = 100, 255
"""Behind which byte the file follows, and behind which a sentence why there is none."""


class Crowded(Exception):
    """More files are being made than may be."""

    def __str__(self) -> str:
        return say(
            "Many files are being made here, and yours would wait long. Try again in a minute."
        )


def run_of(query: str) -> tuple[str, Experiment | Ensemble]:
    """The link that a query amounts to, and what is run at it."""
    values, _ = from_query(query)
    return to_query(Lab(**values)), freed(controls_in(values).source())


class Made(RequestHandler):
    """Answers with bytes up to 99, percent of the file that are made, and then with the file."""

    gone = False

    def on_connection_close(self) -> None:
        """Who asked does not wait any more."""
        self.gone = True

    async def get(self, ending: str) -> None:
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Accel-Buffering", "no")  # nginx would keep the percents to itself
        with speaking(language_of(self.request)):
            try:
                content = await self.content(ending)
            except (InvalidInput, Overrun, Crowded) as error:
                content = bytes([FAILED]) + refusal(error).encode()
        if not self.gone:
            await self.finish(content)

    async def content(self, ending: str) -> bytes:
        """What the answer ends with."""
        link, source = await asyncio.to_thread(run_of, self.request.query)
        limits = limits_of(self)
        require_short(source.expected_seconds, limits.run_seconds)
        while not self.gone:
            if len(jobs) >= limits.files and key_of(ending, source, link) not in jobs:
                raise Crowded
            try:
                return bytes([DONE]) + await self.followed(ending, source, link)
            except Abandoned:
                continue  # somebody who had asked before gave up
        return b""

    async def followed(self, ending: str, source: Experiment | Ensemble, link: str) -> bytes:
        """The file; until then the percents are sent."""
        told = -1
        async with aclosing(making(ending, source, link)) as parts:
            async for part in parts:
                if isinstance(part, bytes):
                    return part
                if self.gone:
                    break
                if (percent := min(int(100 * part), DONE - 1)) > told:
                    told = percent
                    self.write(bytes([percent]))
                    await self.flush()
        return b""
