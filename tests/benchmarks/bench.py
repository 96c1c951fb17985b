"""The figures that the project promises, measured: `make bench`."""

import time
from collections.abc import Callable
from statistics import median

import numpy as np
import pyfftw
from browser import measure_browser

from app.film import film, k_limit, still
from app.frames import unbundle
from app.model import Lab
from solver import (
    ELECTRON,
    Experiment,
    GaussianBarrier,
    GaussianPacket,
    NoBarrier,
    RectangularBarrier,
    published_numbers,
)
from solver.kernels import AXES, advance
from solver.phase_space import wigner
from solver.published import CASES, published_run, zone_readout
from solver.published_study import published_study
from solver.ranges import ENERGY, HEIGHT, SIGMA, WIDTH

PRESET = {
    "barrier": RectangularBarrier(height=1.5, width=0.3),
    "packet": GaussianPacket(energy=1.0, sigma=1.4),
}


def report(what: str, value: float, bound: float, unit: str = "", at_least: bool = False) -> None:
    good = value >= bound if at_least else value <= bound
    sign = ">=" if at_least else "<="
    print(f"{what:<62} {value:>10.4g} {unit:<4} {sign} {bound:g}  {'ok' if good else 'MISSED'}")


def seconds(work: Callable[[], object], times: int = 9) -> float:
    """Median time of one call, after a first one that is not counted."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def random_runs(count: int) -> list:
    rng = np.random.default_rng(2026)
    runs = []
    for i in range(count):
        width, energy, sigma = (
            float(np.exp(rng.uniform(np.log(span.low), np.log(span.high))))
            for span in (WIDTH, ENERGY, SIGMA)
        )
        kind = (RectangularBarrier, GaussianBarrier)[i % 2]
        barrier = kind(height=float(rng.uniform(HEIGHT.low, HEIGHT.high)), width=width)
        runs.append(
            Experiment(barrier=barrier, packet=GaussianPacket(energy=energy, sigma=sigma)).run()
        )
    return runs


def accuracy() -> None:
    runs = random_runs(40)
    errors = [abs(run.fate.transmitted - run.exact.transmitted) for run in runs]
    sums = [abs(run.fate.transmitted + run.fate.reflected + run.fate.remaining - 1) for run in runs]
    early = [
        run for run, error in zip(runs, errors, strict=True) if run.fate.separated and error > 1e-3
    ]
    report("largest error of transmitted, 40 random experiments", max(errors), 1e-3)
    report("of them called separated that are not", len(early), 0)
    report("transmitted + reflected + remaining - 1", max(sums), 1e-10)
    report(
        "mean time of these runs", 1e3 * float(np.mean([run.seconds for run in runs])), 1e3, "ms"
    )


def preset() -> None:
    run = Experiment(**PRESET).run()
    report("preset: error against 0.341934", abs(run.fate.transmitted - 0.341934), 5e-4)
    report("preset: the run", 1e3 * seconds(lambda: Experiment(**PRESET).run()), 40, "ms")


def layers() -> None:
    for energy, bound in ((0.5, 1e-4), (1.0, 1e-6), (5.0, 1e-6), (20.0, 1e-6)):
        packet = GaussianPacket(energy=energy, sigma=1.0)
        first = Experiment(barrier=NoBarrier(), packet=packet)
        t_end = 2.5 * first.box.length / ELECTRON.velocity(first.wave.slowest)
        run = Experiment(barrier=NoBarrier(), packet=packet, t_end=t_end).run()
        left_over = float(run.norm[-1] + run.absorbed[-1, 0])
        report(f"layers: left over or on the wrong side, {energy:g} eV", left_over, bound)


def one_step(n: int, steps: int = 400) -> tuple[float, float]:
    """Microseconds of a Strang step, and of two planned FFTW transforms, in turns."""
    phase = np.exp(1j * np.linspace(0, 6, n))
    half = np.where(np.abs(np.arange(n) - n / 2) > 0.3 * n, 0.99, 1.0) * phase
    loss, first, last = 1 - np.abs(half) ** 2, n // 5, n - n // 5
    factors = (half, half, phase / n, loss, loss, first, last)
    psi = phase.copy()
    a, b = pyfftw.empty_aligned(n, complex), pyfftw.empty_aligned(n, complex)
    there = pyfftw.FFTW(a, b, flags=("FFTW_MEASURE",))
    back = pyfftw.FFTW(b, a, direction="FFTW_BACKWARD", flags=("FFTW_MEASURE",))
    a[:] = phase

    def ours() -> None:
        psi[:] = phase
        advance(psi, factors, steps, AXES, np.zeros(2))

    def planned() -> None:
        for _ in range(steps):
            there.execute()
            back.execute()

    pairs = [(seconds(ours, 3), seconds(planned, 3)) for _ in range(5)]
    mine, theirs = (median(column) for column in zip(*pairs, strict=True))
    return 1e6 * mine / steps, 1e6 * theirs / steps


def speed() -> None:
    for n in (1024, 2048, 4096, 8192):
        mine, theirs = one_step(n)
        report(f"step, n = {n}: {mine:.1f} us over FFTW's {theirs:.1f} us", mine / theirs, 1.5)


def phase_space() -> None:
    run = Experiment(**PRESET).run()
    psi, limit = run.psi[:240:2], k_limit(run.experiment)
    taken = seconds(lambda: wigner(psi, run.grid, run.experiment.inner, limit))
    report("120 Wigner frames, 128 x 128", 1e3 * taken, 15, "ms")


def blocks() -> None:
    corners = [
        {},
        {"energy": 20.0, "height": 18.0, "sigma": 3.0},
        {"energy": 0.5, "sigma": 0.5, "height": 0.6},
        {"shape": "Double", "energy": 3.0, "height": 8.0, "width": 0.15},
    ]
    packed = [film(Lab(**chosen).experiment()) for chosen in corners]
    report("largest block on the wire", max(map(len, packed)) / 1e6, 1, "MB")
    report("frames in it", max(unbundle(p)[1]["times"].size for p in packed), 400)
    heights = iter(np.linspace(1.6, 1.9, 40))
    fresh = seconds(lambda: film(Lab(height=float(next(heights))).experiment()))
    report("a released slider: solve and pack", 1e3 * fresh, 150, "ms")
    drag = seconds(lambda: still(Lab(height=float(next(heights))).experiment("draft"), 12.0))
    report("a dragged slider: one instant", 1e3 * drag, 100, "ms")


def published() -> None:
    runs = [published_run(case) for case in CASES.values()]
    same = [zone_readout(run) for run in runs]
    report("published T, R, A: largest difference in the sixth digit", off(same), 0)
    report("the published study, both runs and all statistics", 1e3 * whole_study(), 2000, "ms")


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
    for part in (
        accuracy,
        preset,
        layers,
        speed,
        phase_space,
        blocks,
        published,
        lambda: measure_browser(report),
    ):
        part()
