"""Many experiments, batch by batch: on this machine, or on a Dask cluster, and resumable.

A batch is the unit of everything: one call of the kernel, one message, one write to the store, one
step of the progress. On this machine batches run in a process of their own, whose kernel uses all
cores; on a cluster each worker runs a batch on one core for each of its threads. Numbers do not
depend on where a batch ran.
"""

import os
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager, nullcontext
from itertools import islice
from multiprocessing import resource_tracker
from threading import current_thread, main_thread
from typing import Any, Protocol

import numpy as np
from loky import ProcessPoolExecutor

from solver.errors import InvalidInput
from solver.experiment import Experiment
from solver.grid import Array
from solver.sweeps.batch import COLUMNS, run_batch
from solver.sweeps.store import SweepStore

LARGEST = 4096
WORK, SAMPLES = 2.6e8, 8
"""A batch has this many point-steps for each core, about two seconds of work."""


def batch_size(plan: "Plan", cores: int = 1) -> int:
    """Runs in a batch, from what a few runs of the plan cost; at least one for each core."""
    count = len(plan)
    places = sorted({count * i // SAMPLES for i in range(SAMPLES)} if count else ())
    tried = [run for i in places for run in plan[i : i + 1] if run is not None]
    cost = sum(run.cost for run in tried) / len(tried) if tried else WORK
    return max(cores, min(round(cores * WORK / cost), LARGEST))


AHEAD = 2
"""Batches that wait in a process or at a worker while one runs."""

Columns = dict[str, Array]
Progress = Callable[[int, int], None]


class Plan(Protocol):
    """Experiments in order, such as a list of them; a part of it can be sent to another process."""

    def __len__(self) -> int: ...
    def __getitem__(self, part: slice, /) -> Iterable[Experiment | None]: ...
    def __iter__(self) -> Iterator[Experiment | None]: ...


class Client(Protocol):
    """The part of `dask.distributed.Client` that a sweep uses."""

    loop: Any

    def submit(self, *args: Any, **options: Any) -> Any: ...
    def nthreads(self) -> dict[str, int]: ...


def sweep(
    plan: Plan,
    *,
    store: SweepStore | None = None,
    client: Client | None = None,
    threads: int | None = None,
    batch: int | None = None,
    progress: Progress | None = None,
) -> Columns:
    """Many runs, for their numbers alone: arrays by name, (R,) each, in the order of the plan.

    The names are `solver.sweeps.batch.COLUMNS`: what `Experiment.run().summary()` says of each run,
    to round-off. An experiment that cannot be run is NaN throughout. `store` keeps finished
    batches, and a sweep with the same store goes on where the last one ended. `client`, a
    `dask.distributed.Client`, runs the batches on its workers; without one `threads` cores of this
    machine do (all by default). `progress` is told how many runs of how many are done.

    >>> from solver import Experiment, GaussianPacket, RectangularBarrier, sweep
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> walls = [RectangularBarrier(height=6.0, width=w) for w in (0.2, 0.3, 0.4)]
    >>> plan = [Experiment(barrier=wall, packet=packet, quality="draft") for wall in walls]
    >>> sweep(plan)["transmitted"].round(2).tolist()
    [0.28, 0.11, 0.04]
    """
    if batch is not None and batch < 1:
        raise InvalidInput("batch", "be at least 1", batch)
    cores = 1 if client else threads or os.cpu_count() or 1
    known = {} if store is None else store.load(plan)
    todo = missing(len(plan), known, batch or batch_size(plan, cores))
    waiting: Waiting = {}
    runner = local(plan, cores, waiting) if client is None else cluster(plan, client, waiting)
    done = sum(stop - first for first, stop in known)
    keep = store.save if store is not None else forget
    try:
        with closing(runner(todo)) as results:
            for part, found in results:
                keep(part, found)
                known[part] = found
                done += part[1] - part[0]
                if progress is not None:
                    progress(done, len(plan))
    finally:
        for part, future in waiting.items():
            if part not in known and succeeded(future):
                keep(part, future.result())
    return joined([known[part] for part in sorted(known)])


def succeeded(future: Any) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def forget(part: "Part", found: Columns) -> None:
    """Without a store nothing is kept."""


def missing(count: int, known: Iterable["Part"], size: int) -> list["Part"]:
    """The runs that are not known, in batches."""
    ends = [0, *(edge for part in sorted(known) for edge in part), count]
    gaps = zip(ends[::2], ends[1::2], strict=True)
    return [(i, min(i + size, stop)) for first, stop in gaps for i in range(first, stop, size)]


def joined(found: list[Columns]) -> Columns:
    """The columns of all parts, one behind the other."""
    empty = np.empty(0)
    return {name: np.concatenate([empty, *(part[name] for part in found)]) for name in COLUMNS}


Part = tuple[int, int]
Results = Generator[tuple[Part, Columns], None, None]
Waiting = dict[Part, Any]
"""Futures that were not seen by the sweep yet, by their part."""


def local(plan: Plan, cores: int, waiting: Waiting) -> Callable[[list[Part]], Results]:
    """Batches in one process beside this one, on all its cores."""

    def run(parts: list[Part]) -> Results:
        pool = ProcessPoolExecutor(1, initializer=ignore_interrupts)
        todo = iter(parts)
        try:
            for part in islice(todo, AHEAD + 1):
                waiting[part] = submitted(pool, plan[slice(*part)], cores)
            while waiting:
                part = next(iter(waiting))
                yield part, waiting[part].result()
                del waiting[part]
                for following in islice(todo, 1):
                    waiting[following] = submitted(pool, plan[slice(*following)], cores)
        finally:
            pool.shutdown(wait=True, kill_workers=bool(waiting))

    return run


def submitted(pool: Any, runs: Iterable[Experiment | None], cores: int) -> "Future[Columns]":
    """A batch under way."""
    with deaf():
        return pool.submit(run_batch, runs, cores)


def ignore_interrupts() -> None:
    """The process that was started ends the other; a Ctrl-C is for that one to hear."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def deaf() -> Iterator[None]:
    """A process that starts now does not hear a Ctrl-C before it can ignore it."""
    if sys.platform == "win32":
        yield
        return
    # Trap: when it has to start, this one lets all signals through again (Python 3.11).
    resource_tracker.ensure_running()
    # Trap: another thread may hear what this one does not, and Python tells the main thread of it.
    with later() if current_thread() is main_thread() else nullcontext():
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def later() -> Iterator[None]:
    """A Ctrl-C is heard at the end: a process that has been started half would tell a traceback."""
    heard: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if heard:
            signal.raise_signal(signal.SIGINT)


def cluster(plan: Plan, client: Client, waiting: Waiting) -> Callable[[list[Part]], Results]:
    """Batches on the workers of a Dask cluster; those of a lost worker are run again by another."""

    def run(parts: list[Part]) -> Results:
        from distributed import as_completed

        todo, known = iter(parts), {}
        ready = as_completed(loop=client.loop)

        def submit(part: Part) -> None:
            future = client.submit(run_batch, plan[slice(*part)], pure=False)
            known[future.key] = part
            waiting[part] = future
            ready.add(future)

        for part in islice(todo, AHEAD * max(1, sum(client.nthreads().values()))):
            submit(part)
        for future in ready:
            part = known.pop(future.key)
            yield part, future.result()
            del waiting[part]
            for following in islice(todo, 1):
                submit(following)

    return run
