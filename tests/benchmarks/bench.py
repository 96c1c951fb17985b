"""The figures that the project promises, measured: `make bench`.

Bounds on times are those of the reference machine, times what this one takes of its time.
"""

import sys
import time
from statistics import median

import numpy as np
from threadpoolctl import threadpool_limits

from app.cli.bench import Bounds, measure, seconds
from app.lab.model import Lab
from app.memory import keep_freed_memory
from solver.kernels import AXES, advance
from solver.published import numbers as published_numbers
from solver.published.cases import CASES, published_run, zone_readout
from solver.published.study import published_study
from solver.resolution import QUALITIES
from solver.transform.plan import passes_for
from tests.benchmarks.browser import measure_browser
from tests.benchmarks.classroom import measure_classroom
from tests.benchmarks.films import blocks, measure_films
from tests.benchmarks.published import measure_published
from tests.benchmarks.reference import Machine, planned
from tests.solver.adversary import SHAPE_NAMES, promise, search

HEIGHTS = np.linspace(0.5, 6.0, 23)
"""Of the lab's barrier, eV: their runs have lengths of many kinds."""

PATIENCE = 5.0
"""The adversary's runs may cost so many times what they may cost in the tests."""


def one_step(n: int, steps: int = 400) -> tuple[float, float]:
    """Microseconds of a Strang step, and of two planned FFTW transforms, in turns."""
    phase = np.exp(1j * np.linspace(0, 6, n))
    half = np.where(np.abs(np.arange(n) - n / 2) > 0.3 * n, 0.99, 1.0) * phase
    loss, first, last = 1 - np.abs(half) ** 2, n // 5, n - n // 5
    factors = (half, half, phase / n, loss, loss, first, last, passes_for(n))
    psi = phase.copy()
    pairs = planned(n)

    def ours() -> None:
        psi[:] = phase
        advance(psi, factors, steps, AXES, np.zeros(2))

    turns = [(seconds(ours, 3), seconds(lambda: pairs(steps), 3)) for _ in range(5)]
    mine, theirs = (median(column) for column in zip(*turns, strict=True))
    return 1e6 * mine / steps, 1e6 * theirs / steps


def speed(report: Bounds) -> None:
    for n in (1024, 2048, 4096, 8192):
        mine, theirs = one_step(n)
        report(f"step, n = {n}: {mine:.1f} us over FFTW's {theirs:.1f} us", mine / theirs, 1.35)
    labs = (Lab(height=float(height)).chosen.experiment() for height in HEIGHTS)
    ratio, n = max((np.divide(*one_step(n)), n) for n in {lab.used_grid.n for lab in labs})
    report(f"step over FFTW's, the slowest length of the lab's runs, n = {n}", ratio, 1.35)


def published(report: Bounds) -> None:
    runs = [published_run(case) for case in CASES.values()]
    same = [zone_readout(run) for run in runs]
    report("published T, R, A: largest difference in the sixth digit", off(same), 0)
    report("the published study, both runs and all statistics", 1e3 * whole_study(), 2000, "ms")


def adversary(report: Bounds) -> None:
    """The largest error that a search of 200 runs finds for each shape and quality."""
    for quality in QUALITIES:
        for shape in SHAPE_NAMES:
            found = search(shape, quality, count=200, seed=2026, patience=PATIENCE)
            name = f"{shape}, {quality}: worst of {found.separated} separated of {found.runs} runs"
            report(name, found.worst, promise(quality))


def off(readouts: list[tuple[float, float, float]]) -> float:
    printed = published_numbers.fates()
    wanted = [[float(printed[case][name]) for name in "TRA"] for case in CASES]
    return float(np.abs(np.round(readouts, 6) - wanted).max())


def whole_study() -> float:
    taken = []
    for _ in range(3):
        published_run.cache_clear()
        published_study.cache_clear()
        start = time.perf_counter()
        published_study()
        taken.append(time.perf_counter() - start)
    return median(taken)


if __name__ == "__main__":
    keep_freed_memory()  # as a server does, and the next
    threadpool_limits(1, "blas")
    machine = Machine()
    report = Bounds(machine.slowness)
    for part in (
        measure,
        speed,
        blocks,
        measure_films,
        adversary,
        published,
        measure_published,
        measure_browser,
        measure_classroom,
    ):
        print(machine.told())
        part(report)
    print(machine.told())
    sys.exit(report.verdict())
