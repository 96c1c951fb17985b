"""The numbers that lessons read off a run, worked out once for each setting of the controls."""

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
import scipy.fft

from solver import observables
from solver.controls import Controls
from solver.experiment import Experiment
from solver.grid import Array
from solver.phase_space import PhaseSpace, picture, picture_least
from solver.propagator import Complex
from solver.ranges import ROOM
from solver.times.arrival import arrivals
from solver.trajectory import Result, Trajectory

PICTURES = 24
"""Frames in which the negativity of the Wigner function is looked for."""


KNOWN = (
    "transmitted",
    "reflected",
    "remaining",
    "separated",
    "norm_error",
    "energy_drift",
    "t_end",
)
"""Numbers that a lesson takes from a run's summary."""

NOISY = ("transmitted_error", "heating_rate", "heating_rate_error")
"""The same in an environment; 0 without one."""

PERIODS = 4
"""Fringes, counted from the barrier's near edge, whose contrast is measured."""


@lru_cache(maxsize=256)
def run_numbers(controls: Controls) -> Mapping[str, float | bool]:
    """Numbers by name, of averages in an environment; the run itself is dropped."""
    source = controls.source()
    if isinstance(source, Experiment):
        run = source.run()
        return numbers_of(run, space_of(run))
    coherent = source.refined.run()
    seen = Pictures(coherent)
    noisy = source.run(also=seen.of, coherent=coherent)
    return numbers_of(noisy, seen.space(noisy.extra.mean(0)))


class Pictures:
    """W of the few frames in which the negativity is looked for, of any member of an ensemble."""

    def __init__(self, coherent: Trajectory) -> None:
        experiment = coherent.experiment
        self.places, self.last = (
            (experiment.used_grid, experiment.used_window),
            experiment.frames + 1,
        )
        self.alone = space_of(coherent)

    def of(self, psi: Complex) -> Array:
        return self.alone.alike(pictures(psi, self.last), *self.places).values

    def space(self, mean: Array) -> PhaseSpace:
        """The mean of what `of` made of the members, in any shape."""
        values = mean.reshape(self.alone.values.shape).astype(np.float32)
        return replace(self.alone, values=values)


def numbers_of(run: Result, space: PhaseSpace) -> Mapping[str, float | bool]:
    """The numbers of a result by name; `space` holds W of some of its frames."""
    return {**run_summary(run), **negativity(space)}


def run_summary(run: Result) -> dict[str, float | bool]:
    """What is read off density, regions and energy."""
    summary, frames = run.summary(), run.experiment.frames + 1
    spread = observables.moments(run.density, run.grid.x)[1]
    return {
        **{name: summary[name] for name in KNOWN},
        **{name: summary.get(name, 0.0) for name in NOISY},
        "error": run.fate.transmitted - run.experiment.exact.transmitted,
        "inside_most": float(run.regions[:, 1].max()),
        "stay": stay(run.times, run.regions[:, 1]),
        "spread_start": float(spread[0]),
        "spread_end": float(spread[frames - 1]),
        "contrast": fringe_contrast(run.experiment, run.density[:frames]),
        **arrival_numbers(run),
    }


def arrival_numbers(run: Result) -> dict[str, float]:
    """When what gets through is at the far end, against the free packet; not numbers if nothing."""
    beyond = run.regions[:, 2 if run.experiment.packet.direction > 0 else 0]
    names = ("peak_arrival", "mean_arrival", "peak_delay", "mean_delay")
    more = ("free_at_peak", "through_at_peak", "lead")
    if not beyond[-1] > 0:
        return dict.fromkeys((*names, *more), math.nan)
    found = arrivals(run.experiment, run.times, beyond)
    ours, free = found.run, found.free
    values = (ours.peak, ours.mean, ours.peak - free.peak, ours.mean - free.mean)
    parts = (found.passed, found.crossed, found.ahead)
    return dict(zip((*names, *more), (*values, *parts), strict=True))


def stay(times: Array, inside: Array) -> float:
    """Time (fs) in which what is inside falls to 1/e, after it fell to a fifth of its largest.

    From a straight line through ln(inside), down to a hundredth of the largest; 0 if it is empty.
    """
    last = int(inside.argmax())
    left = inside / max(float(inside[last]), 1e-300)
    falling = (np.arange(inside.size) > last) & (left < 0.2) & (left > 0.01)
    if inside[last] < 1e-12 or np.count_nonzero(falling) < 3:
        return 0.0
    slope = float(np.polyfit(times[falling], np.log(left[falling]), 1)[0])
    return -1 / slope if slope < 0 else 0.0


def fringe_contrast(experiment: Experiment, density: Array) -> float:
    """Largest contrast of the fringes in front of the barrier, 0 to 1; density (F, n) in 1/nm.

    2 |sum w |psi|^2 exp(2i k0 x)| / sum w |psi|^2 over a few fringes, w a Hann window.
    """
    wave, grid = experiment.wave, experiment.used_grid
    length = PERIODS * np.pi / wave.k0
    distance = (wave.near_edge - grid.x) * experiment.packet.direction / length
    w = np.where((distance > 0) & (distance < 1), np.sin(np.pi * np.clip(distance, 0, 1)) ** 2, 0)
    total = density @ w
    turning = np.abs(density @ (w * np.exp(2j * wave.k0 * grid.x)))
    there = total > 0.05 * total.max()
    return float((2 * turning[there] / total[there]).max())


@lru_cache(maxsize=256)
def part_numbers(controls: Controls) -> Mapping[str, float]:
    """Mean wavelength (nm) and kinetic energy (eV) of what got through and of what came back.

    They are read off a run with as much room as there is, at the first frame that is separated.
    """
    run = controls.changed(room=ROOM.high).experiment().run()
    frame = int(run.separated.argmax()) if run.separated.any() else run.separated.size - 1
    forward = run.experiment.packet.direction > 0
    found = {}
    for name, side in (("transmitted", 2 if forward else 0), ("reflected", 0 if forward else 2)):
        wavelength, energy = local_motion(run.experiment, run.psi[frame], side)
        found[f"wavelength_{name}"], found[f"energy_measured_{name}"] = wavelength, energy
    return found


def local_motion(experiment: Experiment, psi: np.ndarray, side: int) -> tuple[float, float]:
    """2 pi/|<k>| and <T> of the part of psi on one side (0 left, 2 right), from psi' there."""
    grid = experiment.used_grid
    slope = scipy.fft.ifft(1j * grid.k * scipy.fft.fft(psi))
    weight = observables.region_weights(experiment.barrier, grid)[side]
    total = max(float(np.sum(weight * observables.density(psi))), 1e-300)
    k = float(np.sum(weight * (psi.conj() * slope).imag)) / total
    energy = float(np.sum(weight * observables.density(slope))) / total
    return 2 * np.pi / max(abs(k), 1e-9), experiment.units.kinetic * energy


def pictures(psi: Complex, frames: int) -> Complex:
    """The frames (PICTURES, n) in which the negativity is looked for."""
    return psi[np.linspace(0, frames - 1, PICTURES).astype(int)]


def space_of(run: Trajectory) -> PhaseSpace:
    """W of the frames in which the negativity is looked for."""
    experiment = run.experiment
    some, least = pictures(run.psi, experiment.frames + 1), picture_least(experiment.wave)
    return picture(some, experiment.used_grid, experiment.used_window, least)


def negativity(space: PhaseSpace) -> dict[str, float]:
    """The Wigner function's negativity at the start, at its largest, and at the end."""
    values = space.negativity
    return {
        "negativity_start": float(values[0]),
        "negativity_most": float(values.max()),
        "negativity_end": float(values[-1]),
    }
