"""What a sweep takes before it is started: time, memory and files."""

from dataclasses import dataclass
from time import perf_counter

from solver.errors import InvalidInput
from solver.sweeps.batch import AT_ONCE, COLUMNS, Batch
from solver.sweeps.scans import Points
from solver.sweeps.store import MOST

SAMPLES = 24
"""Runs spread evenly over the plan that are tried."""

FILE_OVERHEAD = 16_000
"""Bytes of a store's file beside its numbers."""


@dataclass(frozen=True)
class Estimate:
    """From a few runs of the plan: seconds of one core, bytes in memory and in the store."""

    runs: int
    files: int
    seconds: float
    memory: float
    results: float
    store: float

    @classmethod
    def of(cls, points: Points) -> "Estimate":
        """Try some runs of the plan, theory included; InvalidInput if none of them can be run."""
        count = len(points)
        places = sorted({count * i // SAMPLES for i in range(SAMPLES)})
        chosen = [e for i in places for e in points[i : i + 1] if e is not None]
        if not chosen:
            raise InvalidInput("the plan", "hold a run that is not too dear", "none")
        Batch.of(chosen[:1]).follow(1)
        start = perf_counter()
        batch = Batch.of(chosen)
        batch.follow(1)
        for experiment in chosen:
            _ = experiment.exact
        seconds = (perf_counter() - start) / len(chosen)
        size = sum(array.nbytes for array in batch.arrays) / len(chosen)
        files = -(-count // MOST)
        return cls(
            runs=count,
            files=files,
            seconds=seconds * count,
            memory=size * AT_ONCE,
            results=16.0 * len(COLUMNS) * count,
            store=files * FILE_OVERHEAD + 8.0 * len(COLUMNS) * count,
        )
