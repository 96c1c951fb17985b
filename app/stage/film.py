"""From an experiment to the frames that the browser plays."""

from dataclasses import replace
from typing import Any

import numpy as np
from scipy.special import ndtr

from app.stage.wire import FINEST, Frames, pack, pack_frame
from solver import Barrier, Ensemble, EnsembleTrajectory, Experiment, Trajectory
from solver.grid import Array
from solver.interpolation import Drawn
from solver.measurement.edge import Edge
from solver.measurement.measured import MeasuredTrajectory
from solver.observables import forbidden, spans_above, total_energy
from solver.own.formed import FormedBarrier
from solver.phase_space import Levels, picture, picture_least, picture_levels
from solver.potential import SUPPORT_LEVEL, SmoothBarrier
from solver.propagator import Complex
from solver.scattering import energy_density
from solver.times.arrival import FreePacket
from solver.trajectory import Result
from solver.units import NATURAL

POINTS = 512
"""Points of the display grid across the window."""

CELLS, SHADES = 48, 100
"""Of the band of energies: cells, and steps from none to the darkest."""

EVERY, EVERY_AVERAGED = 3, 6
"""W is shown for every third frame: it changes more slowly than |psi|^2; averages even more so."""


def film_of(run: Trajectory) -> bytes:
    """The film of one run."""
    experiment = run.experiment
    least = picture_least(experiment.wave)
    space = picture_levels(run.psi[::EVERY], run.grid, experiment.used_window, least)
    return packed(run, run.drawn(POINTS, FINEST), space)


class AveragedSpace:
    """W and the density over k that the film of an average shows, of any member."""

    def __init__(self, ensemble: Ensemble, coherent: Trajectory) -> None:
        experiment = ensemble.refined
        self.places = experiment.used_grid, experiment.used_window
        least = picture_least(experiment.wave, ensemble.kicks)
        self.alone = picture(coherent.psi[::EVERY_AVERAGED], *self.places, least)

    def of(self, psi: Complex) -> Array:
        """W with the density over k as one more column, (frames, rows, columns + 1)."""
        space = self.alone.alike(psi[::EVERY_AVERAGED], *self.places)
        return np.concatenate([space.values, space.density_k[:, :, None]], axis=2)

    def levels(self, mean: Array) -> Levels:
        """The mean of what `of` made of the members."""
        shown = mean.astype(np.float32)
        return Levels.of(replace(self.alone, values=shown[:, :, :-1], density_k=shown[:, :, -1]))


def averaged_film(run: EnsembleTrajectory, space: AveragedSpace, mean: Array) -> bytes:
    """The film of averages: W and |psi|^2 of many runs, and its root where a wave would be."""
    x, shown = density_on_display(run)
    scale = float(np.sqrt(shown.max())) / FINEST
    re = np.rint(np.sqrt(shown) / scale).astype(np.int16)
    return packed(run, Drawn(x, re, np.zeros_like(re), scale), space.levels(mean))


def density_on_display(run: Result) -> tuple[Array, Array]:
    """The display grid (512,) in nm and |psi|^2 (F, 512) on it, averaged in an environment."""
    left, right = run.experiment.used_window
    h = (right - left) / (POINTS - 1)
    return left + h * np.arange(POINTS), run.density_on(left, h, POINTS)


def packed(run: Result, psi: Drawn, space: Levels) -> bytes:
    """What the browser needs, in one block."""
    experiment = run.experiment
    barrier_x, barrier_v = outline(experiment)
    return pack(
        Frames(
            times=run.times,
            psi=psi,
            space=space,
            regions=run.regions,
            separated=run.separated,
            barrier_x=barrier_x,
            barrier_v=barrier_v,
            forbidden=forbidden_or_none(experiment, run.density, run.regions),
            setting=setting(experiment) | outcome_of(run),
            units=unit_labels(experiment),
            promised=run.source.promised,
            summary=run.summary(),
        )
    )


def still(run: Trajectory) -> bytes:
    """The frame of a run of one."""
    experiment = run.experiment
    barrier_x, barrier_v = outline(experiment)
    return pack_frame(
        psi=run.drawn(POINTS, FINEST),
        barrier_x=barrier_x,
        barrier_v=barrier_v,
        regions=run.regions[0],
        forbidden=forbidden_or_none(experiment, run.density, run.regions),
        setting=setting(experiment),
        time=float(run.times[0]),
    )


def forbidden_or_none(experiment: Experiment, shown: Array, regions: Array) -> Array:
    """Probability of being where V exceeds the packet's energy, (F,); (0,) if it never does."""
    found = forbidden(experiment, shown, regions)
    return np.zeros(0) if found is None else found


def setting(experiment: Experiment) -> dict[str, Any]:
    """What stands still in the picture: the inside, the energy, and where V exceeds it.

    `level` is the part of its peak above which V is inside, or `formed` of its largest change; 0 if
    it begins at an edge.
    """
    barrier, energy = experiment.barrier, total_energy(experiment)
    return {
        "support": finite(barrier.support),
        "center": experiment.center,
        "begun": list(experiment.begun) if experiment.touches else [],
        "level": SUPPORT_LEVEL if isinstance(barrier, (FormedBarrier, SmoothBarrier)) else 0.0,
        "formed": isinstance(barrier, FormedBarrier),
        "unit": "" if experiment.units == NATURAL else experiment.units.length,
        "direction": experiment.packet.direction,
        "energy": energy,
        "symbol": "E" if experiment.wave.start_level else "E₀",
        "start": experiment.wave.start_level,
        "hbar": experiment.units.hbar,
        "mass": experiment.units.mass,
        "spans": [finite(span) for span in spans_above(barrier, energy)],
        "top": barrier.top,
        "classical": classical(experiment),
        "band": band(experiment),
        "free": free(experiment),
    }


def free(experiment: Experiment) -> dict[str, float]:
    """The packet without the barrier: its velocity (nm/fs), and its width at any time."""
    packet, units = experiment.packet, experiment.units
    return {
        "velocity": packet.direction * units.velocity(packet.wavenumber(units)),
        "sigma": packet.sigma,
        "spreading": FreePacket.of(experiment).spreading,
    }


def outcome_of(run: Result) -> dict[str, Any]:
    """When it was measured, what was found and how probable that was; energies in eV."""
    if not isinstance(run, MeasuredTrajectory):
        return {}
    outcome, measured, experiment = run.outcome, run.measured, run.experiment
    found = {
        "found": measured.found,
        "time": measured.step * experiment.used_dt,
        "probability": outcome.probability,
        "before": outcome.before,
        "after": outcome.after,
        "given": outcome.given,
        "edge": Edge.behind(experiment).width,
    }
    return {"outcome": found}


def classical(experiment: Experiment) -> float:
    """The share of classical particles that cross: those with energies above the top.

    They have the packet's wavenumbers, a normal distribution; none that moves away comes back.
    """
    wave, packet = experiment.wave, experiment.packet
    above = max(0.0, experiment.barrier.top - wave.start_level)
    k0, k_top = packet.wavenumber(wave.units), wave.units.wavenumber(above)
    return float(ndtr((k0 - k_top) / packet.sigma_k))


def band(experiment: Experiment) -> dict[str, Any]:
    """How the packet's energies lie around its own: p(E) at the middle of even cells, in SHADES.

    From `low` to `high`, where hardly anything is beyond: four standard deviations of k.
    """
    wave, packet = experiment.wave, experiment.packet
    k0, spread = packet.wavenumber(wave.units), 4 * packet.sigma_k
    low, high = (wave.units.kinetic * k**2 for k in (max(0.0, k0 - spread), k0 + spread))
    middles = low + (high - low) * (np.arange(CELLS) + 0.5) / CELLS
    density = energy_density(packet, middles, wave.units)
    shades = np.rint(SHADES * density / density.max()).astype(int).tolist()
    return {"low": wave.start_level + low, "high": wave.start_level + high, "shades": shades}


def finite(span: tuple[float, float]) -> tuple[float, float]:
    """The span, cut where no picture reaches."""
    return max(span[0], -1e6), min(span[1], 1e6)


def outline(experiment: Experiment) -> tuple[Array, Array]:
    """The ideal barrier as a line through the window: x in nm, V in eV."""
    left, right = experiment.used_window
    corners = [corner for x, _ in experiment.barrier.jumps for corner in (x - 1e-9, x + 1e-9)]
    inside = np.linspace(*padded_support(experiment.barrier), 201)
    own = experiment.barrier.cells if isinstance(experiment.barrier, FormedBarrier) else []
    x = np.unique(np.concatenate([[left, right], corners, inside, own]))
    x = x[(x >= left) & (x <= right)]
    return x, experiment.barrier.profile(x)


def padded_support(barrier: Barrier) -> tuple[float, float]:
    """The support, and half as much again on either side for the tails of a smooth barrier."""
    a, b = barrier.support
    return a - (b - a) / 2, b + (b - a) / 2


def unit_labels(experiment: Experiment) -> tuple[str, str, str]:
    units = experiment.units
    return units.length, units.energy, units.time
