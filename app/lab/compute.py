"""Where runs are solved: two lanes, one flight per request, a cache bounded in bytes.

A session asks for one thing at a time, so that each lane serves sessions in turn. Long runs have a
lane of their own: a class that asks for short ones never stands behind them. Frames of drags are
made while no run waits, for a hundred who drag ask for more of them than there is time for.
"""

import asyncio
import itertools
import pickle
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from math import inf
from mmap import ACCESS_COPY, mmap
from queue import Empty, PriorityQueue, Queue
from threading import RLock
from time import perf_counter
from typing import Any, TypeVar, cast

from app.operate import metrics
from app.stage.solved import Abandoned
from locales.language import say

Found = TypeVar("Found")

CACHE_BYTES = 128 * 2**20
BESIDE = 4_400
"""Bytes beside a packed result at most: the rest of its last page, and its digest."""

LOOK = 1.0
"""Seconds between two looks whether a run still has its time."""

QUIET = 1.0
"""Seconds without a visitor after which what is done behind them goes on."""

LONG_LANE = 0.5
"""Seconds from which on a run is a long one."""

LEAST, TIMES = 60.0, 20.0
"""Seconds that any run may take, and how many times what it was to take on top of that."""


def allowed(seconds: float) -> float:
    """Seconds after which a run that was to take `seconds` is given up."""
    return LEAST + TIMES * seconds


class Died(Exception):
    """The thread of a run ended with it."""


class Overrun(Exception):
    """A run took far longer than it was to take."""

    def __str__(self) -> str:
        return say(
            "This run took far longer than it should, and was given up: the picture is not of "
            "these settings. Change a control to run again."
        )


class ByteCache:
    """Least recently used results are dropped when the sum of their sizes passes `limit` bytes.

    A result is kept as one piece of bytes, and of a key its digest: the objects of both would lie
    scattered where the pages of a class were, and hold all that memory. The piece has pages of the
    system to itself: else what was made beside it would hold its memory when it is dropped.
    """

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self.limit, self.size = limit, 0
        self._items: OrderedDict[bytes, mmap] = OrderedDict()

    def __contains__(self, key: Hashable) -> bool:
        return digest_of(key) in self._items

    def get(self, key: Hashable) -> Any:
        """A copy of the result, or None."""
        digest = digest_of(key)
        if digest not in self._items:
            return None
        self._items.move_to_end(digest)
        return pickle.loads(self._items[digest])

    def put(self, key: Hashable, value: object) -> None:
        packed = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        if BESIDE + len(packed) > self.limit:
            return
        digest = digest_of(key)
        known = self._items.pop(digest, None)
        self.size += len(packed) - len(known) if known is not None else BESIDE + len(packed)
        self._items[digest] = mmap(-1, len(packed), access=ACCESS_COPY)  # shared costs twice
        self._items[digest].write(packed)
        while self.size > self.limit:
            self.size -= BESIDE + len(self._items.popitem(last=False)[1])


def digest_of(key: Hashable) -> bytes:
    """The same for keys that are written the same: those of requests are data all through."""
    return blake2b(repr(key).encode(), digest_size=16).digest()


class Lane:
    """A thread that takes what waits for it: runs in turn, frames of drags while no run waits.

    `flights` are those that wait or are under way. A second thread would let a class wait longer:
    both take turns at the interpreter's lock some two hundred times a run, at a tenth of a
    millisecond each, and the server's own thread does, too.
    """

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(1, name)
        self._waiting: Queue[tuple[bool, int, Future[Any], Callable[[], Any]]] = PriorityQueue()
        self._count = itertools.count()
        self.flights: set[Future[Any]] = set()

    def submit(self, work: Callable[[], Found], frame: bool = False) -> Future[Found]:
        flight: Future[Found] = Future()
        self.flights.add(flight)
        flight.add_done_callback(self.flights.discard)
        self._waiting.put((frame, next(self._count), flight, work))
        self._pool.submit(self._take)
        return flight

    def _take(self) -> None:
        with suppress(Empty):
            _, _, flight, work = self._waiting.get_nowait()
            if flight.set_running_or_notify_cancel():
                try:
                    flight.set_result(work())
                except BaseException as error:  # noqa: BLE001
                    flight.set_exception(error)

    def close(self) -> None:
        """What waits is given up; what cannot be ended keeps its thread."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        with suppress(Empty):
            while True:
                self._waiting.get_nowait()[2].cancel()


class Compute:
    """Solve each distinct request once, however many sessions ask for it at the same time."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self._short, self._long = Lane("solver"), Lane("long")
        self._cache = ByteCache(limit)
        self._flights: dict[Hashable, Future[Any]] = {}
        self._lock = RLock()
        self._visited = -inf

    def note_visitor(self) -> None:
        """Somebody is here, behind whom other work waits."""
        self._visited = perf_counter()

    @property
    def quiet(self) -> bool:
        """Whether nobody has come or asked for something for a while."""
        return perf_counter() - self._visited > QUIET

    def submit(
        self, key: Hashable, work: Callable[[], Found], seconds: float = 0.0
    ) -> Future[Found]:
        """The result of `work()`, from the cache, a flight under way, or a new one.

        `seconds`, how long the work takes, decides its lane; `long_runs` tells how many there are
        in the long one, the one under way among them.
        """
        self.note_visitor()
        with self._lock:
            known = self._cache.get(key)
            if known is not None:
                done: Future[Any] = Future()
                done.set_result(known)
                metrics.runs.labels("cached").inc()
                return done
            return self._flight(key, partial(self._kept, key, work), seconds > LONG_LANE)

    def submit_unkept(
        self, key: Hashable, work: Callable[[], Found], seconds: float = 0.0
    ) -> Future[Found]:
        """The same of what is not kept, since hardly anybody asks for it again."""
        self.note_visitor()
        with self._lock:
            return self._flight(key, work, seconds > LONG_LANE)

    def submit_frame(self, key: Hashable, work: Callable[[], Found]) -> Future[Found]:
        """The same of a frame of a drag. Some kB each, they would hold the pages around them."""
        self.note_visitor()
        with self._lock:
            return self._flight(key, work, frame=True)

    def _flight(
        self, key: Hashable, work: Callable[[], Found], long: bool = False, frame: bool = False
    ) -> Future[Found]:
        """One under way for this, or a new one; the lock is held."""
        if key in self._flights and not self._flights[key].done():
            metrics.runs.labels("shared").inc()
            return self._flights[key]
        metrics.queue.inc()
        lane = self._long if long else self._short
        flight = self._flights[key] = lane.submit(partial(self._fly, work, perf_counter()), frame)
        flight.add_done_callback(partial(self._land, key))
        return flight

    @property
    def long_runs(self) -> int:
        """How many runs are in the long lane, the one under way among them."""
        return len(self._long.flights)

    async def result(self, key: Hashable, flight: Future[Found], limit: float) -> Found:
        """Wait for a job without holding up the event loop.

        Overrun, once it has been under way for more than `limit` seconds; Abandoned, if it waited
        behind such a one.
        """
        waited, since = asyncio.wrap_future(flight), 0.0
        while not (await asyncio.wait([waited], timeout=LOOK))[0]:
            if flight.running():
                since = since or perf_counter()
            if since and perf_counter() - since > limit:
                self._leave_behind(key, flight)
                raise Overrun
        if waited.cancelled():
            raise Abandoned
        return waited.result()

    def _leave_behind(self, key: Hashable, flight: Future[Any]) -> None:
        """A run that cannot be ended keeps its thread; its lane goes on with others."""
        with self._lock:
            if self._flights.get(key) is not flight:
                return
            if flight in self._long.flights:
                lane, self._long = self._long, Lane("long")
            else:
                lane, self._short = self._short, Lane("solver")
            self._land(key, flight)
            lane.close()

    def _land(self, key: Hashable, flight: Future[Any]) -> None:
        """Nobody joins this flight any more."""
        with self._lock:
            if self._flights.get(key) is flight:
                del self._flights[key]
        if flight.cancelled():
            metrics.queue.dec()

    @property
    def idle(self) -> bool:
        """Whether nothing is being solved, and nothing waits."""
        return not self._flights

    @property
    def kept_bytes(self) -> int:
        """Bytes of the results that are kept."""
        return self._cache.size

    def knows(self, key: Hashable) -> bool:
        """Whether the result is here already."""
        with self._lock:
            return key in self._cache

    def fill(self, key: Hashable, work: Callable[[], Found]) -> Found:
        """The result of `work()`, worked out here and now unless it is known or under way.

        Nobody joins this: it is called by a thread that gives way to all others.
        """
        with self._lock:
            known: Any = self._cache.get(key)
            flight: Future[Any] | None = self._flights.get(key)
        if known is not None:
            return cast(Found, known)
        if flight is not None:
            return cast(Found, flight.result())
        return self._kept(key, work)

    def _kept(self, key: Hashable, work: Callable[[], Found]) -> Found:
        """The result of `work()`, kept from now on."""
        result = work()
        with self._lock:
            self._cache.put(key, result)
        return result

    def _fly(self, work: Callable[[], Found], begun: float) -> Found:
        metrics.queue.dec()
        try:
            result = work()
            metrics.runs.labels("solved").inc()
            metrics.solve_time.observe(perf_counter() - begun)
            return result
        except Exception:
            raise
        except BaseException as error:  # An exit would end the server's loop, which waits for this.
            raise Died(type(error).__name__) from error


class Latest:
    """At most one job of a session at a time; of those that wait, only the newest is started."""

    def __init__(self) -> None:
        self._waiting: Callable[[], Awaitable[None]] | None = None
        self._busy = False

    @property
    def outdated(self) -> bool:
        """Whether a newer job waits for the one that runs."""
        return self._waiting is not None

    async def run(self, job: Callable[[], Awaitable[None]]) -> None:
        """Run the job now or, while another runs, as soon as that one ends."""
        self._waiting = job
        if self._busy:
            return
        self._busy = True
        try:
            while self._waiting is not None:
                job, self._waiting = self._waiting, None
                await job()
        finally:
            self._busy = False
