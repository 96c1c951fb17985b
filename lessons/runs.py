"""The numbers that lessons read off a run, worked out once for each setting of the controls."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import scipy.fft

from solver import observables
from solver.controls import Controls
from solver.experiment import Experiment
from solver.phase_space import wigner
from solver.ranges import ROOM
from solver.simulation import region_weights
from solver.trajectory import Trajectory

PICTURES = 24
"""Frames in which the negativity of the Wigner function is looked for."""


@lru_cache(maxsize=1024)
def run_numbers(controls: Controls) -> Mapping[str, float | bool]:
    """Numbers by name; the run itself is dropped."""
    run = controls.experiment().run()
    summary = run.summary()
    known = ("transmitted", "reflected", "remaining", "separated", "norm_error", "energy_drift")
    frames = run.experiment.frames + 1
    spread = run.position[1]
    return {
        **{name: summary[name] for name in (*known, "t_end")},
        "error": run.fate.transmitted - run.exact.transmitted,
        "inside_most": float(run.regions[:, 1].max()),
        "spread_start": float(spread[0]),
        "spread_end": float(spread[frames - 1]),
        **negativity(run, frames),
    }


@lru_cache(maxsize=1024)
def part_numbers(controls: Controls) -> Mapping[str, float]:
    """Mean wavelength (nm) and kinetic energy (eV) of what got through and of what came back.

    They are read off a run with as much room as there is, at the first instant that is separated.
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
    grid = experiment.box
    slope = scipy.fft.ifft(1j * grid.k * scipy.fft.fft(psi))
    weight = region_weights(experiment)[side]
    total = max(float(np.sum(weight * observables.density(psi))), 1e-300)
    k = float(np.sum(weight * (psi.conj() * slope).imag)) / total
    energy = float(np.sum(weight * observables.density(slope))) / total
    return 2 * np.pi / max(abs(k), 1e-9), experiment.units.kinetic * energy


def negativity(run: Trajectory, frames: int) -> dict[str, float]:
    """The Wigner function's negativity at the start, at its largest, and at the end."""
    chosen = np.linspace(0, frames - 1, PICTURES).astype(int)
    wave = run.experiment.wave
    limit = 1.2 * max(wave.fastest, wave.largest)
    values = wigner(run.psi[chosen], run.grid, run.experiment.inner, limit).negativity
    return {
        "negativity_start": float(values[0]),
        "negativity_most": float(values.max()),
        "negativity_end": float(values[-1]),
    }
