"""A class at one server: students who drag, let go, read a lesson, answer, leave and come back."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from lessons.lesson import Lesson
from lessons.library import Library
from solver.ranges import RANGES
from tests.load.figures import CPU, KEPT, MEMORY, SESSIONS, Figures, figures
from tests.load.student import Student

PATIENCE = 60.0
"""Seconds after which a request counts as not answered."""

GONE = 60.0
"""Seconds until the server has forgotten who left."""

MOVE = 0.08
"""Seconds between two moves of a drag."""

ALONE, PAUSE = 20, 0.15
"""Releases one after the other, for what one costs, and the seconds between two."""

LOOK = 30.0
"""Seconds between two looks at the server's memory."""

HEIGHTS = (0.5, 5.0)
"""eV; no two students are likely to choose the same."""

ACTS = {"play": 6, "read": 3, "come_back": 1}
"""What a student does next, by how often."""

MOVES = {"play": 1}
"""A class that only drags and lets go, so that no run is known before."""


@dataclass(frozen=True)
class Plan:
    """How many come within how many seconds, how long they stay and think, and what they do.

    The server is left alone for `settling` seconds before and after: it works out the lessons
    then, and gives freed memory back.
    """

    students: int = 100
    arriving: float = 10.0
    seconds: float = 60.0
    thinking: float = 6.0
    settling: float = 0.0
    seed: int = 0
    acts: Mapping[str, int] = field(default_factory=lambda: ACTS)


@dataclass
class Found:
    """What a class met: times in seconds, and the server's figures before, during and after.

    `grown` is the server's memory in bytes while they stay, each LOOK.
    """

    joins: list[float] = field(default_factory=list)
    releases: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    received: int = 0
    grown: list[float] = field(default_factory=list)
    at: dict[str, Figures] = field(default_factory=dict)

    def cpu_ms(self, begin: str, end: str, count: int) -> float:
        """Milliseconds of the server's processor for each of so many."""
        return 1e3 * self.at[end].since(self.at[begin], CPU) / max(count, 1)

    def memory(self, name: str) -> float:
        """Bytes of the server."""
        return self.at[name].values[MEMORY]

    @property
    def left_over(self) -> float:
        """The server's memory after they left, over that before and the runs that it keeps since.

        1 where nothing else is left.
        """
        kept = self.at["after"].since(self.at["before"], KEPT)
        return self.memory("after") / (self.memory("before") + kept)


class School:
    """Students at one address; the same seed brings the same choices."""

    def __init__(self, address: str, plan: Plan) -> None:
        self.address, self.plan, self.found = address, plan, Found()
        self.lessons = [lesson for lesson in Library().lessons() if is_quick(lesson)]

    async def run(self) -> Found:
        """Come, stay, let go one after the other, leave, and see what is left of them."""
        await self.attend()
        await self.forgotten()
        await asyncio.sleep(self.plan.settling)
        await self.note("after")
        return self.found

    async def attend(self) -> Found:
        """Come, stay, let go one after the other, and leave."""
        plan, found = self.plan, self.found
        await asyncio.sleep(plan.settling)
        await self.note("before")
        students = [Pupil(self, random.Random(f"{plan.seed} {i}")) for i in range(plan.students)]
        gap = plan.arriving / plan.students
        await asyncio.gather(*(one.come(i * gap) for i, one in enumerate(students)))
        await self.note("joined")
        end = time.perf_counter() + plan.seconds
        await asyncio.gather(self.look(end), *(one.stay(end) for one in students))
        await self.note("stayed")
        here = [one for one in students if one.page is not None]
        for one in here:
            await one.tried("lab", one.to_lab)
        await self.note("alone")
        for i in range(ALONE if here else 0):
            await here[i % len(here)].release(found.alone)
            await asyncio.sleep(PAUSE)
        await self.note("let go")
        for one in here:
            one.leave()
        return found

    async def look(self, end: float) -> None:
        """Until then: note the memory of the server."""
        while time.perf_counter() + LOOK < end:
            await asyncio.sleep(LOOK)
            self.found.grown.append((await figures(self.address)).values[MEMORY])

    async def note(self, name: str) -> None:
        self.found.at[name] = await figures(self.address)

    async def forgotten(self) -> None:
        """Wait until the server holds no session any more, or has had its time."""
        end = time.perf_counter() + GONE
        while (await figures(self.address)).values[SESSIONS] and time.perf_counter() < end:
            await asyncio.sleep(1)


def is_quick(lesson: Lesson) -> bool:
    """Whether no step shows averages over many runs, which have a lane of their own."""
    return all(one.alone for step in lesson.steps for one in step.settings.values())


class Pupil:
    """One student: what to do next is drawn, what it took is noted."""

    def __init__(self, school: School, draw: random.Random) -> None:
        self.school, self.draw, self.found = school, draw, school.found
        self.page: Student | None = None

    async def come(self, after: float) -> None:
        """Open the page."""
        await asyncio.sleep(after)
        start = time.perf_counter()
        if await self.tried("join", self.enter):
            self.found.joins.append(time.perf_counter() - start)

    async def enter(self) -> None:
        self.page = await Student().enter(self.school.address)

    def leave(self) -> None:
        """Close the page, as a browser does."""
        if self.page is not None:
            self.found.received += self.page.received
            self.page.socket.close(1000)
            self.page = None

    async def stay(self, end: float) -> None:
        """Until then: think, do something, think."""
        acts = self.school.plan.acts
        while True:
            thinking = self.draw.expovariate(1 / self.school.plan.thinking)
            await asyncio.sleep(min(thinking, max(end - time.perf_counter(), 0)))
            if time.perf_counter() >= end or self.page is None:
                return
            await getattr(self, self.draw.choices([*acts], [*acts.values()])[0])()

    async def tried(self, name: str, act: Callable[[], Awaitable[object]]) -> bool:
        """Whether it was answered in time; if not, it is noted."""
        self.found.did[name] += 1
        try:
            await asyncio.wait_for(act(), PATIENCE)
        except (AssertionError, OSError, TimeoutError) as error:
            self.found.errors.append(f"{name}: {type(error).__name__} {error}")
            return False
        return True

    async def play(self) -> None:
        """Drag the height, and let it go."""
        page = self.here()
        for _ in range(self.draw.randint(3, 8)):
            self.found.did["drag"] += 1
            value = round(self.draw.uniform(*HEIGHTS), 6)
            await page.tell(page.controls, name="height", value=value, drag=True)
            await asyncio.sleep(MOVE)
        await self.release(self.found.releases)

    async def release(self, taken: list[float]) -> None:
        height = round(self.draw.uniform(*HEIGHTS), 6)
        start = time.perf_counter()
        if await self.tried("release", lambda: self.here().release(height)):
            taken.append(time.perf_counter() - start)

    async def read(self) -> None:
        """Some steps of a lesson: look, try what it unlocks, begin again; then back to the lab."""
        lesson = self.draw.choice(self.school.lessons)
        first = self.draw.randint(1, len(lesson.steps))
        for number in range(first, min(first + 2, len(lesson.steps)) + 1):
            address = f"?lesson={lesson.slug}&step={number}"
            if not await self.tried("step", lambda to=address: self.here().go(to)):  # type: ignore[misc]
                return
            await asyncio.sleep(self.draw.expovariate(1 / self.school.plan.thinking))
            await self.answer(lesson, number)
        await self.tried("lab", self.to_lab)

    async def answer(self, lesson: Lesson, number: int) -> None:
        """Change a little what the step lets be changed, or begin it again."""
        step = lesson.steps[number - 1]
        free = [name for name in step.unlock if name in RANGES]
        if not free:
            await self.tried("again", self.here().again)
            return
        name = self.draw.choice(free)
        span, preset = RANGES[name], getattr(next(iter(step.settings.values())), name)
        value = min(max(preset * self.draw.uniform(0.97, 1.03), span.low), span.high)
        await self.tried("answer", lambda: self.here().release(value, name))

    async def to_lab(self) -> None:
        """By a link of somebody's."""
        await self.here().go(f"?height={self.draw.uniform(*HEIGHTS):.6f}")

    async def come_back(self) -> None:
        """Leave, and open the page again later."""
        self.leave()
        await self.come(self.draw.expovariate(1 / self.school.plan.thinking))

    def here(self) -> Student:
        assert self.page is not None, "has left"
        return self.page


async def all_at_once(address: str, students: int, height: float) -> dict[str, int]:
    """How the runs were answered when so many ask for the same one at the same time."""
    pages = await asyncio.gather(*(Student().enter(address) for _ in range(students)))
    before = await figures(address)
    await asyncio.gather(*(page.release(height) for page in pages))
    found = (await figures(address)).runs_since(before)
    for page in pages:
        page.socket.close(1000)
    return found
