"""Many experiments, batch by batch: on this machine, or on a Dask cluster, and resumable.

A batch is the unit of everything: one call of the kernel, one message, one file of the store, one
step of the progress. On this machine batches run in a process of their own, whose kernel uses all
cores; on a cluster each worker runs a batch on one core for each of its threads. Numbers do not
depend on where a batch ran.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future
from contextlib import closing
from itertools import islice
from typing import Any, Protocol

import numpy as np
from loky import ProcessPoolExecutor

from solver.batch import COLUMNS, run_batch
from solver.errors import InvalidInput
from solver.experiment import Experiment
from solver.grid import Array
from solver.sweep_store import SweepStore

SMALLEST, LARGEST, MANY = 8, 4096, 2500
WORK, SAMPLES = 1.3e8, 8
"""A batch has this many point-steps, about a second of work, unless there would be too many."""


def batch_size(plan: "Plan") -> int:
    """Runs in a batch, from what a few runs of the plan cost."""
    count = len(plan)
    places = sorted({count * i // SAMPLES for i in range(SAMPLES)} if count else ())
    tried = [run for i in places for run in plan[i : i + 1] if run is not None]
    cost = sum(run.cost for run in tried) / len(tried) if tried else WORK
    return max(SMALLEST, min(max(round(WORK / cost), -(-count // MANY)), LARGEST))


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

    The names are `solver.batch.COLUMNS`: what `Experiment.run().summary()` says of each run, to
    round-off. An experiment that cannot be run is NaN throughout. `store` keeps finished batches,
    and a sweep with the same store goes on where the last one ended. `client`, a
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
    size = batch or batch_size(plan)
    parts = [(first, min(first + size, len(plan))) for first in range(0, len(plan), size)]
    known = {} if store is None else store.load(plan, parts)
    todo = [part for part in parts if part not in known]
    runner = local(plan, threads) if client is None else cluster(plan, client)
    done = sum(stop - first for first, stop in known)
    with closing(runner(todo)) as results:
        for part, found in results:
            if store is not None:
                store.save(part, found)
            known[part] = found
            done += part[1] - part[0]
            if progress is not None:
                progress(done, len(plan))
    return joined([known[part] for part in parts])


def joined(found: list[Columns]) -> Columns:
    """The columns of all parts, one behind the other."""
    empty = np.empty(0)
    return {name: np.concatenate([empty, *(part[name] for part in found)]) for name in COLUMNS}


Part = tuple[int, int]
Results = Generator[tuple[Part, Columns], None, None]


def local(plan: Plan, threads: int | None) -> Callable[[list[Part]], Results]:
    """Batches in one process beside this one, on all its cores."""

    def run(parts: list[Part]) -> Results:
        cores = threads or os.cpu_count() or 1
        pool = ProcessPoolExecutor(1, initializer=ignore_interrupts)
        waiting: deque[tuple[Part, Future[Columns]]] = deque()
        try:
            for part in parts:
                waiting.append((part, pool.submit(run_batch, plan[slice(*part)], cores)))
                if len(waiting) > AHEAD:
                    yield finished(waiting.popleft())
            while waiting:
                yield finished(waiting.popleft())
        finally:
            pool.shutdown(wait=True, kill_workers=bool(waiting))

    return run


def finished(job: "tuple[Part, Future[Columns]]") -> tuple[Part, Columns]:
    """A part and its numbers, as soon as they are there."""
    part, future = job
    return part, future.result()


def ignore_interrupts() -> None:
    """The process that was started ends the other; a Ctrl-C is for that one to hear."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def cluster(plan: Plan, client: Client) -> Callable[[list[Part]], Results]:
    """Batches on the workers of a Dask cluster; those of a lost worker are run again by another."""

    def run(parts: list[Part]) -> Results:
        from distributed import as_completed

        todo, known = iter(parts), {}
        ready = as_completed(loop=client.loop)

        def submit(part: Part) -> None:
            future = client.submit(run_batch, plan[slice(*part)], pure=False)
            known[future.key] = part
            ready.add(future)

        for part in islice(todo, AHEAD * max(1, sum(client.nthreads().values()))):
            submit(part)
        for future in ready:
            yield known[future.key], future.result()
            for part in islice(todo, 1):
                submit(part)

    return run
