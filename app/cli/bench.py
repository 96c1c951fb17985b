"""The promised figures of the solver beside their bounds, on any machine: `tunnelscope bench`."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any

import numpy as np
import scipy.fft
import typer

from solver import (
    ELECTRON,
    Barrier,
    DoubleBarrier,
    EckartBarrier,
    Experiment,
    FallingBarrier,
    GaussianBarrier,
    GaussianPacket,
    NoBarrier,
    RectangularBarrier,
    TabulatedBarrier,
    TriangularBarrier,
    transmission_coefficient,
)
from solver.phase_space import wigner
from solver.ranges import ENERGY, HEIGHT, SIGMA, WIDTH
from solver.sweeps.batch import COLUMNS
from solver.sweeps.sweep import sweep

TIMES = ("us", "ms", "s")
"""Units in which a bound stands for the reference machine."""


@dataclass
class Bounds:
    """Prints each figure beside its bound, and keeps those that miss it.

    `slowness` measures how many times longer than the reference machine this one takes. Machines
    change from minute to minute, so it is asked at the start and after each figure: a bound on a
    time is multiplied by the mean of the last two answers. Other bounds stand as they are.
    """

    slowness: Callable[[], float]
    missed: list[str] = field(default_factory=list)
    latest: float = field(init=False)

    def __post_init__(self) -> None:
        self.measure_machine()

    def measure_machine(self) -> None:
        """Before a figure, if what comes before it in its measurement took long."""
        self.latest = self.slowness()

    def __call__(
        self, what: str, value: float, bound: float, unit: str = "", at_least: bool = False
    ) -> None:
        """One figure, its bound, the bound on this machine, and whether that holds."""
        before = self.latest
        self.measure_machine()
        allowed = scaled(bound, unit, (before + self.latest) / 2)
        good = value >= allowed if at_least else value <= allowed
        told = f"{'>=' if at_least else '<='} {bound:g}"
        if unit in TIMES:
            told += f", here {allowed:.3g}"
        typer.echo(f"{what:<66} {value:>10.4g} {unit:<4} {told}  {'ok' if good else 'MISSED'}")
        if not good:
            self.missed.append(what)

    def verdict(self) -> int:
        """Tell what was missed; the exit code: 1 if anything was."""
        typer.echo(f"Missed: {'; '.join(self.missed) or 'nothing'}.")
        return int(bool(self.missed))


def scaled(bound: float, unit: str, slowness: float) -> float:
    """A bound for the reference machine on one that takes `slowness` times as long.

    >>> from app.cli.bench import scaled
    >>> scaled(20.0, "ms", 1.5), scaled(20.0, "MB", 1.5)
    (30.0, 20.0)
    """
    return bound * slowness if unit in TIMES else bound


REFERENCE = 28.8e-6
"""Seconds that scipy's two transforms of 2048 complex points take on the reference machine."""

RUNS = 1000
"""Runs of the sweep that is measured."""

PRESET = Experiment(
    barrier=RectangularBarrier(height=1.5, width=0.3),
    packet=GaussianPacket(energy=1.0, sigma=1.4),
)


def slowness() -> float:
    """How many times longer than the reference machine this one takes for two transforms."""
    psi = np.exp(1j * np.linspace(0, 6, 2048))

    def both() -> None:
        scipy.fft.ifft(scipy.fft.fft(psi))

    return seconds(both, 999) / REFERENCE


def seconds(work: Callable[[], object], times: int = 9) -> float:
    """Median time of one call, after a first one that is not counted."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def random_experiments(count: int) -> list[Experiment]:
    """Rectangles and Gaussians over all ranges of the sliders, always the same."""
    rng = np.random.default_rng(2026)
    found = []
    for i in range(count):
        width, energy, sigma = (
            float(np.exp(rng.uniform(np.log(span.low), np.log(span.high))))
            for span in (WIDTH, ENERGY, SIGMA)
        )
        height = float(rng.uniform(HEIGHT.low, HEIGHT.high))
        barrier: Barrier = RectangularBarrier(height=height, width=width)
        if i % 2:
            barrier = GaussianBarrier(height=height, width=width)
        packet = GaussianPacket(energy=energy, sigma=sigma)
        found.append(Experiment(barrier=barrier, packet=packet))
    return found


def accuracy(report: Bounds) -> None:
    runs = [experiment.run() for experiment in random_experiments(40)]
    errors = [abs(run.fate.transmitted - run.exact.transmitted) for run in runs]
    sums = [abs(run.fate.transmitted + run.fate.reflected + run.fate.remaining - 1) for run in runs]
    early = [
        run for run, error in zip(runs, errors, strict=True) if run.fate.separated and error > 1e-3
    ]
    report("largest error of transmitted, 40 random experiments", max(errors), 1e-3)
    report("of them called separated that are not", len(early), 0)
    report("transmitted + reflected + remaining - 1", max(sums), 1e-10)
    report("mean time of these runs", 1e3 * float(np.mean([run.seconds for run in runs])), 60, "ms")


def preset(report: Bounds) -> None:
    run = PRESET.run()
    report("preset: error against 0.341934", abs(run.fate.transmitted - 0.341934), 5e-4)
    report("preset: the run", 1e3 * seconds(lambda: replace(PRESET).run()), 10, "ms")


def layers(report: Bounds) -> None:
    for energy, bound in ((0.5, 1e-4), (1.0, 1e-6), (5.0, 1e-6), (20.0, 1e-6)):
        packet = GaussianPacket(energy=energy, sigma=1.0)
        first = Experiment(barrier=NoBarrier(), packet=packet)
        t_end = 2.5 * first.used_grid.length / ELECTRON.velocity(first.wave.slowest)
        run = Experiment(barrier=NoBarrier(), packet=packet, t_end=t_end).run()
        left_over = float(run.norm[-1] + run.absorbed[-1, 0])
        report(f"layers: left over or on the wrong side, {energy:g} eV", left_over, bound)


def phase_space(report: Bounds) -> None:
    run = PRESET.run()
    psi, limit = run.psi[:240:2], 15.0
    taken = seconds(lambda: wigner(psi, run.grid, run.experiment.used_window, limit))
    report("120 Wigner frames, 128 x 128", 1e3 * taken, 15, "ms")


def stationary(report: Bounds) -> None:
    """T at 10,000 energies, each time for a barrier that was not seen before."""
    energies = np.linspace(0.5, 20.0, 10_000)
    x = np.linspace(-1.0, 1.0, 200)
    shapes: list[tuple[str, float, Callable[[float], Barrier]]] = [
        ("rectangular", 1, lambda h: RectangularBarrier(height=h, width=0.4)),
        ("Gaussian", 50, lambda h: GaussianBarrier(height=h, width=3.0)),
        ("Eckart", 1, lambda h: EckartBarrier(height=h, width=0.4)),
        ("triangular", 10, lambda h: TriangularBarrier(height=h, width=0.4, field=2.0)),
        ("falling", 10, lambda h: FallingBarrier(height=h, width=0.4, field=2.0)),
        ("double", 10, lambda h: DoubleBarrier(height=h, width=0.4, gap=1.0)),
        ("200 points", 50, lambda h: TabulatedBarrier(x=tuple(x), v=tuple(h * np.cos(9 * x) ** 2))),
    ]
    for name, bound, make in shapes:
        heights = iter(np.linspace(4.0, 18.0, 20))

        def one(make: Callable[[float], Barrier] = make, heights: Any = heights) -> None:
            transmission_coefficient(make(float(next(heights))), energies)

        report(f"T(E) at 10,000 energies, {name}", 1e3 * seconds(one), bound, "ms")


def sweeps(report: Bounds) -> None:
    """Single runs in this process against the same experiments in one sweep."""
    experiments = random_standard(RUNS)
    sweep(experiments[:8])
    start = time.perf_counter()
    found = sweep(experiments)
    middle = time.perf_counter()
    fresh = random_standard(RUNS)
    single = [experiment.run().summary() for experiment in fresh]
    end = time.perf_counter()
    apart = max(
        float(np.abs(found[name] - [float(row[name]) for row in single]).max()) for name in COLUMNS
    )
    name = f"sweep of {RUNS} runs, {os.cpu_count()} cores, over single runs"
    report(name, (end - middle) / (middle - start), 1.7, "x", at_least=True)
    report("largest difference of any of their numbers", apart, 1e-12)


def random_standard(count: int) -> list[Experiment]:
    """Barriers and packets such as a class would try."""
    rng = np.random.default_rng(7)

    def one(i: int) -> Experiment:
        kind = (RectangularBarrier, GaussianBarrier)[i % 2]
        return Experiment(
            barrier=kind(height=float(rng.uniform(1, 8)), width=float(rng.uniform(0.1, 1.0))),
            packet=GaussianPacket(
                energy=float(rng.uniform(1, 8)), sigma=float(rng.uniform(0.7, 2.0))
            ),
        )

    return [one(i) for i in range(count)]


def measure(report: Bounds) -> None:
    """Print every figure beside its bound."""
    for part in (accuracy, preset, layers, phase_space, stationary, sweeps):
        part(report)
