"""What can be read off a wave function: arrays psi (..., n) in, one value per state out.

>>> from solver import ELECTRON, GaussianPacket, Grid, observables
>>> grid, packet = Grid(left=-8.0, right=8.0, n=256), GaussianPacket(k0=10.0, sigma=1.0)
>>> psi = packet.psi(grid.x, 0.0, ELECTRON)
>>> mean, spread = observables.momentum(psi, grid, ELECTRON)
>>> round(float(mean / ELECTRON.hbar), 6), round(float(spread / ELECTRON.hbar), 6)  # 1/nm
(10.0, 0.5)
"""

import numpy as np
import scipy.fft

from solver.grid import Array, Grid
from solver.interpolation import parts_left_of
from solver.potential import Barrier
from solver.propagator import Complex
from solver.units import Units


def norm(psi: Complex, grid: Grid) -> Array:
    """Integral of |psi|^2 over the box."""
    return np.asarray(np.sum(density(psi), axis=-1) * grid.dx)


def density(psi: Complex) -> Array:
    """|psi|^2, (..., n) in 1/nm."""
    return np.asarray(psi.real**2 + psi.imag**2)


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


def energy(psi: Complex, grid: Grid, potential: Array, units: Units) -> Array:
    """⟨H⟩ = ⟨T⟩ + ⟨V⟩ in eV of what is still in the box; potential (n,) in eV."""
    spectrum = density(scipy.fft.fft(psi))
    kinetic = units.kinetic * (spectrum @ grid.k**2) / np.sum(spectrum, axis=-1)
    weights = density(psi)
    return np.asarray(kinetic + weights @ potential / np.sum(weights, axis=-1))
