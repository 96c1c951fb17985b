"""What can be read off a wave function: arrays psi (..., n) in, one value per state out.

>>> from solver import ELECTRON, GaussianPacket, Grid, observables
>>> grid, packet = Grid(left=-8.0, right=8.0, n=256), GaussianPacket(k0=10.0, sigma=1.0)
>>> psi = packet.psi(grid.x, 0.0, ELECTRON)
>>> mean, spread = observables.momentum(psi, grid, ELECTRON)
>>> round(float(mean / ELECTRON.hbar), 6), round(float(spread / ELECTRON.hbar), 6)  # 1/nm
(10.0, 0.5)

A stretch where V exceeds the packet's energy is forbidden to a classical particle. For a smooth
barrier it is less than its inside, which reaches as far as V can be noticed.
"""

import math

import numpy as np
import scipy.fft
from scipy.optimize import brentq

from solver.experiment import Experiment
from solver.grid import Array, Grid
from solver.interpolation import parts_left_of, spectral_sums
from solver.kernels import squares
from solver.potential import Barrier
from solver.propagator import Complex
from solver.units import Units

Spans = tuple[tuple[float, float], ...]
"""Stretches of x in nm, left to right; the outermost may be endless."""

INNER = 1e-9
"""Part of a cell from its edge, where V is that of the cell and not of its neighbor."""


def norm(psi: Complex, grid: Grid) -> Array:
    """Integral of |psi|^2 over the box."""
    return np.asarray(np.sum(density(psi), axis=-1) * grid.dx)


def density(psi: Complex) -> Array:
    """|psi|^2, (..., n) in 1/nm."""
    states = np.ascontiguousarray(psi, dtype=complex).ravel()
    found = np.empty(states.size)
    squares(states, found)
    return found.reshape(psi.shape)


def region_weights(barrier: Barrier, grid: Grid) -> Array:
    """Parts of each grid cell left of, within and right of the barrier, (3, n), adding to 1."""
    a, b = barrier.support
    left = np.clip((a - grid.x) / grid.dx + 0.5, 0.0, 1.0)
    right = np.clip((grid.x - b) / grid.dx + 0.5, 0.0, 1.0)
    return np.stack([left, np.maximum(1 - left - right, 0.0), right])


def region_parts(barrier: Barrier, grid: Grid) -> Array:
    """Weights (3, n), in cells, of the integrals left of, within and right of the barrier.

    They add to 1 at each point. Unlike `region_weights`, they are no windows that cut a wave.
    """
    left, most = (parts_left_of(grid, place) for place in barrier.support)
    return np.stack([left, most - left, 1 - most])


def regions(density: Array, absorbed: Array, barrier: Barrier, grid: Grid) -> Array:
    """Probability left of, inside and right of the barrier, (..., 3); density (..., n) in 1/nm.

    What the layers absorbed on either side, (..., 2), is booked there, so the three add to 1.
    """
    found = np.asarray(density @ region_parts(barrier, grid).T * grid.dx)
    found[..., [0, 2]] += absorbed
    return found


def current(psi: Complex, grid: Grid, units: Units) -> Array:
    """j = (hbar/m) Im(psi* d psi/dx), (..., n) in 1/fs."""
    slope = scipy.fft.ifft(1j * grid.k * scipy.fft.fft(psi))
    return np.asarray((units.hbar / units.mass) * (psi.conj() * slope).imag)


def moments(weights: Array, values: Array) -> tuple[Array, Array]:
    """Mean and standard deviation of `values` (n,) under unnormalized weights (..., n)."""
    total = np.sum(weights, axis=-1)
    mean = weights @ values / total
    variance = weights @ values**2 / total - mean**2
    return mean, np.sqrt(np.maximum(variance, 0.0))


def position(psi: Complex, grid: Grid) -> tuple[Array, Array]:
    """⟨x⟩ and its spread, nm, of what is still in the box."""
    return moments(density(psi), grid.x)


def momentum(psi: Complex, grid: Grid, units: Units) -> tuple[Array, Array]:
    """⟨p⟩ and its spread, eV fs/nm, of what is still in the box."""
    mean, spread = moments(density(scipy.fft.fft(psi)), grid.k)
    return units.hbar * mean, units.hbar * spread


def kinetic_energy(psi: Complex, grid: Grid, units: Units) -> Array:
    """⟨T⟩ = ⟨p^2⟩/(2m) in eV of what is still in the box."""
    sums = spectral_sums(psi, units.kinetic * grid.k**2)
    return np.asarray(sums[..., 1] / sums[..., 0])


def energy(psi: Complex, grid: Grid, potential: Array, units: Units) -> Array:
    """⟨H⟩ = ⟨T⟩ + ⟨V⟩ in eV of what is still in the box; potential (n,) in eV."""
    return mean_energy(density(psi), potential, spectral_sums(psi, units.kinetic * grid.k**2))


def mean_energy(density: Array, potential: Array, sums: Array) -> Array:
    """⟨H⟩ in eV from |psi|^2, potential (n,) in eV, and `spectral_sums` of the kinetic energy."""
    above = density @ potential / density.sum(axis=-1)
    return np.asarray(above + sums[..., 1] / sums[..., 0])


def total_energy(experiment: Experiment) -> float:
    """The packet's energy, counted from V = 0, eV."""
    start = experiment.wave.start_level
    return start + experiment.packet.packet_energy(experiment.units)


def spans_above(barrier: Barrier, energy: float) -> Spans:
    """Where V(x) > energy (eV).

    >>> from solver import GaussianBarrier, StepBarrier
    >>> from solver.observables import spans_above
    >>> [(round(a, 3), round(b, 3)) for a, b in spans_above(GaussianBarrier(height=2, width=1), 1)]
    [(-0.47, 0.47)]
    >>> spans_above(StepBarrier(height=2.0), 1.0)
    ((0.0, inf),)
    """
    edges = barrier.cells
    found = [(-math.inf, float(edges[0]))] if energy < 0 else []
    skin = INNER * np.diff(edges)
    first, last = edges[:-1] + skin, edges[1:] - skin
    over = np.stack([barrier.profile(first), barrier.profile(last)], axis=1) > energy
    for i in np.flatnonzero(over.any(axis=1)):
        a, b = float(edges[i]), float(edges[i + 1])
        if not over[i].all():
            turn = crossing(barrier, energy, float(first[i]), float(last[i]))
            a, b = (a, turn) if over[i, 0] else (turn, b)
        found.append((a, b))
    if barrier.right_level > energy:
        found.append((float(edges[-1]), math.inf))
    return joined(found)


def crossing(barrier: Barrier, energy: float, a: float, b: float) -> float:
    """The place between a and b at which V = energy."""
    return float(brentq(lambda x: float(barrier.profile(np.array([x]))[0]) - energy, a, b))


def joined(spans: list[tuple[float, float]]) -> Spans:
    """The same stretches, those that touch as one."""
    whole: list[tuple[float, float]] = []
    for a, b in spans:
        if whole and whole[-1][1] == a:
            whole[-1] = (whole[-1][0], b)
        else:
            whole.append((a, b))
    return tuple(whole)


def forbidden(experiment: Experiment, density: Array, regions: Array) -> Array | None:
    """Probability of being where V exceeds the packet's energy, (F,); None where it never does.

    From |psi|^2, `density` (F, n) in 1/nm, and the probabilities `regions` (F, 3) left, inside and
    right, which hold what the layers absorbed: an endless stretch holds all of its side.
    """
    spans = spans_above(experiment.barrier, total_energy(experiment))
    if not spans:
        return None
    (a, b), grid = experiment.barrier.support, experiment.used_grid
    total = np.zeros(len(density))
    for left, right in spans:
        total += regions[:, 0] if left == -math.inf else 0.0
        total += regions[:, 2] if right == math.inf else 0.0
        ends = max(left, a) if left == -math.inf else left, min(right, b)
        before, up_to = (parts_left_of(grid, place) for place in ends)
        total += density @ (up_to - before) * grid.dx
    return total
