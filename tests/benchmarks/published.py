"""The published program against ours, in one run: the same job at 12,001 steps, and done right.

Both are warm: kernels compiled, modules imported. As processes the rest is mostly imports.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from app.cli.bench import Bounds
from solver import NATURAL, Experiment, GaussianBarrier, GaussianPacket, RectangularBarrier
from solver.published.config import PublishedConfig
from solver.published.program import run_published
from solver.published.storage import save_published

TIMES = 3

COMMON = {
    "nx": 2048,
    "x_min": -30.0,
    "x_max": 30.0,
    "t_final": 6.0,
    "n_snapshots": 200,
    "dt_min": 5e-4,
    "dt_max": 1e-2,
    "x0": -8.0,
    "boundary_width": 3.0,
    "boundary_strength": 0.03,
    "save_animation": "false",
}
CASES = {
    "case1": {
        "scenario_name": "Case 1",
        "barrier_type": "rectangular",
        "barrier_height": 4.5,
        "barrier_width": 1.0,
        "k0": 4.0,
        "sigma": 0.8,
    },
    "case2": {
        "scenario_name": "Case 2",
        "barrier_type": "gaussian",
        "barrier_height": 4.0,
        "barrier_width": 0.8,
        "k0": 3.5,
        "sigma": 0.6,
    },
}
PRINTED_T = {"case1": 0.826735, "case2": 0.786226}

THEIRS = """
import json, sys, time
from qt1d_ideal import cli
from qt1d_ideal.core import solver
from qt1d_ideal.io.config_manager import ConfigManager

alone, solve = [], solver.QuantumTunneling1D.solve
def timed(self, *args, **options):
    start = time.perf_counter()
    try:
        return solve(self, *args, **options)
    finally:
        alone.append(time.perf_counter() - start)
solver.QuantumTunneling1D.solve = timed

whole = []
for _ in range(1 + int(sys.argv[1])):
    for file in sys.argv[2:]:
        start = time.perf_counter()
        cli.run_scenario(ConfigManager.load(file), "outputs", False, None)
        whole.append(time.perf_counter() - start)
print(json.dumps([whole, alone]))
"""


def write_cases(folder: Path) -> list[Path]:
    files = []
    for name, own in CASES.items():
        file = folder / f"{name}.txt"
        file.write_text("".join(f"{key} = {value}\n" for key, value in {**COMMON, **own}.items()))
        files.append(file)
    return files


def both(times: list[float]) -> float:
    """Median over the rounds of the time for both cases; the first round is not counted."""
    rounds = [sum(times[i : i + 2]) for i in range(2, len(times), 2)]
    return median(rounds)


def theirs(files: list[Path], folder: Path) -> tuple[float, float]:
    """Seconds for both cases: the whole program, and its solver alone."""
    words = [sys.executable, "-c", THEIRS, str(TIMES), *map(str, files)]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True)
    whole, alone = json.loads(done.stdout.splitlines()[-1])
    return both(whole), both(alone)


def ours(files: list[Path], folder: Path) -> float:
    """Seconds for both cases: read the configuration, run, write NetCDF."""
    times = []
    for _ in range(1 + TIMES):
        for file in files:
            start = time.perf_counter()
            save_published(run_published(PublishedConfig.read(file)), folder / f"{file.stem}.nc")
            times.append(time.perf_counter() - start)
    return both(times)


def process(words: list[str], folder: Path) -> float:
    times = []
    for _ in range(1 + TIMES):
        start = time.perf_counter()
        subprocess.run(words, cwd=folder, capture_output=True, check=True)
        times.append(time.perf_counter() - start)
    return median(times[1:])


def right() -> dict[str, Experiment]:
    """Both cases at our own resolution."""
    bell = GaussianBarrier(height=4.0, width=0.8 * (2 * 3.141592653589793) ** 0.5)
    wall = RectangularBarrier(height=4.5, width=1.0)
    return {
        "case1": Experiment(barrier=wall, packet=GaussianPacket(k0=4.0, sigma=0.8), units=NATURAL),
        "case2": Experiment(barrier=bell, packet=GaussianPacket(k0=3.5, sigma=0.6), units=NATURAL),
    }


def measure_published(report: Bounds) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_cases(folder)
        whole, alone = theirs(files, folder)
        mine = ours(files, folder)
        what = f"published program, both cases ({whole:.2f} s), over ours ({mine:.2f} s)"
        report(what, whole / mine, 10, "x", at_least=True)
        experiments = right()
        taken = {case: run_time(experiment) for case, experiment in experiments.items()}
        what = f"its solver alone ({alone:.2f} s) over ours at our resolution"
        report(what, alone / sum(taken.values()), 300, "x", at_least=True)
        for case, experiment in experiments.items():
            exact = experiment.exact.transmitted
            error = abs(experiment.run().fate.transmitted - exact)
            better = abs(PRINTED_T[case] - exact) / error
            report(f"error of its T over ours, {case}", better, 50, "x", at_least=True)
        program = [sys.executable, "-c", "from app.cli.main import main; main()", "run"]
        cold = process([*program, "--json"], folder)
        report("cold tunnelscope run --json, compiled cache", cold, 2, "s")
        console = str(Path(sys.executable).with_name("qt1d-simulate"))
        old = sum(process([console, "--config", str(f), "--quiet"], folder) for f in files)
        new = sum(process([*program, str(f), "--netcdf", "x.nc"], folder) for f in files)
        print(f"as processes with all imports: {old:.1f} s over {new:.1f} s = {old / new:.1f}x")


def run_time(experiment: Experiment) -> float:
    times = []
    for _ in range(9):
        start = time.perf_counter()
        experiment.run()
        times.append(time.perf_counter() - start)
    return median(times[1:])
