"""The split-operator propagator: Strang steps with a compensated, band-limited potential.

What the grid and the time step leave out of a barrier is put back to second order. Waves beyond the
grid's k_max are missing, and a Strang step couples the others to slow ones with (dt/2hbar) cot(E_q
dt/2hbar) where the exact second-order energy shift has 1/E_q. The difference

    g(q) = 1/E_q - (dt/2hbar) cot(E_q dt/2hbar)  below k_max,    1/E_q  above,   E_q = hbar^2 q^2/2m

acts on slow waves as one more potential, -(integral of |V^(q)|^2 g(q) dq/2pi) gathered where V is
steep. For a smooth barrier this is -(dt^2/24m) (dV/dx)^2, the term that makes a Strang step fourth
order for whatever does not depend on where one looks (T and R among them). For a jump J it is
a spike of area -J^2 C. Adding it reduces the error of T by ten to a hundred.
"""

import math
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray
from scipy.special import sici

from solver.absorber import AbsorbingLayer
from solver.grid import Array, Grid, frozen
from solver.kernels import AXES, advance_frames
from solver.potential import Barrier
from solver.transform.plan import Passes, no_passes, passes_for
from solver.units import Units

QUADRATURE = 256
FAR = 30.0
"""Edges more than FAR/k_max apart do not notice each other."""

KEPT = 8
"""Potentials that are kept."""

Complex = NDArray[np.complex128]
Factors = tuple[Complex, Complex, Complex, Array, Array, int, int, Passes]


@dataclass(frozen=True, eq=False)
class SplitOperator:
    """exp(-iV dt/2hbar) exp(-iT dt/hbar) exp(-iV dt/2hbar), second order in dt (G. Strang, 1968).

    V contains -iW of the absorbing layers. `potential` is the real part on the grid, (n,) in eV.
    """

    barrier: Barrier
    grid: Grid
    dt: float
    units: Units
    layer: AbsorbingLayer
    potential: Array = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "potential", self.effective_potential())

    def effective_potential(self) -> Array:
        """What the steps use, kept for those who ask about a run that has just ended."""
        return effective_potential(self.barrier, self.grid, self.dt, self.units, self.layer)

    def factors(self) -> Factors:
        """What the kernel takes: half and full potential, kinetic, losses, layers, passes."""
        rate = self.layer.rate(self.grid)
        half = np.exp((-1j * self.potential - rate) * (self.dt / (2 * self.units.hbar)))
        kinetic = np.exp(-1j * self.units.kinetic * self.grid.k**2 * (self.dt / self.units.hbar))
        loss = -np.expm1(-rate * (self.dt / self.units.hbar))
        loss_full = -np.expm1(-2 * rate * (self.dt / self.units.hbar))
        first, last = self.layer.cells(self.grid)
        kinetic /= self.grid.n
        return half, half**2, kinetic, loss, loss_full, first, last, self.passes()

    def passes(self) -> Passes:
        """Room for a run's transforms, and how they are done.

        By a library's where the potential is only sampled, as in the published study: some of its
        numbers are made of round-off.
        """
        return passes_for(self.grid.n) if self.barrier.band_limited else no_passes()


class Run:
    """A wave function on its way: psi changes in place, absorbed[0], [1] book left and right."""

    def __init__(self, operator: SplitOperator, psi: Complex) -> None:
        self.psi = psi.copy()
        self.absorbed = np.zeros(2)
        self._factors = operator.factors()
        self._dx = operator.grid.dx

    def advance(self, strides: NDArray[np.int64]) -> tuple[Complex, Array]:
        """Go on by each of the strides (steps); psi (F, n) and absorbed probability (F, 2)."""
        frames = np.empty((strides.size, self.psi.size), dtype=complex)
        lost = np.empty((strides.size, 2))
        advance_frames(self.psi, self._factors, strides, AXES, self.absorbed, frames, lost)
        return frames, lost * self._dx


@lru_cache(maxsize=KEPT)
def effective_potential(
    barrier: Barrier, grid: Grid, dt: float, units: Units, layer: AbsorbingLayer
) -> Array:
    """Compensated where the barrier is band-limited, else as sampled; with the walls of the box."""
    wall = layer.wall(grid)
    if not barrier.band_limited:
        return frozen(barrier.potential(grid) + wall)
    return frozen(compensated_potential(barrier, grid, dt, units) + wall)


def compensated_potential(barrier: Barrier, grid: Grid, dt: float, units: Units) -> Array:
    """Band-limited potential (n,) in eV with the compensation for k_max and dt in it."""
    q = 2 * np.pi / grid.length * np.arange(grid.n // 2 + 1)
    spikes = (
        jump_spikes(barrier, grid, dt, units)
        if barrier.jumps
        else smooth_tail(barrier, grid, units)
    )
    spectrum = np.zeros(q.shape, dtype=complex)
    for x, area in spikes:
        spectrum += area * np.exp(-1j * q * (x - grid.left))
    potential = barrier.potential(grid) + np.fft.irfft(spectrum, grid.n) / grid.dx
    if barrier.jumps:
        return potential
    return potential - steepness(barrier, grid, q, dt, units) ** 2


def steepness(barrier: Barrier, grid: Grid, q: Array, dt: float, units: Units) -> Array:
    """The field whose square is the smooth part: V filtered by i sqrt(g(q)), (n,)."""
    weight = 1j * np.sqrt(cot_defect(units.kinetic * q**2, dt, units))
    spectrum = barrier.coefficients(q, grid) * np.exp(1j * q * grid.left) * weight
    return np.fft.irfft(spectrum, grid.n) / grid.dx


def cot_defect(energy: Array, dt: float, units: Units) -> Array:
    """1/E - (dt/2hbar) cot(E dt/2hbar), 1/eV; 1/E where a step turns the wave by more than pi."""
    half = dt / (2 * units.hbar)
    theta = np.maximum(energy * half, 1e-4)
    cotangent = 1 / np.tan(np.minimum(theta, math.pi / 2))
    return half * np.where(theta < 1e-3, theta / 3, 1 / theta - cotangent)


def smooth_tail(barrier: Barrier, grid: Grid, units: Units) -> list[tuple[float, float]]:
    """One spike for the part of a smooth barrier's spectrum beyond k_max."""
    u = (np.arange(QUADRATURE) + 0.5) / QUADRATURE
    spectrum = np.abs(barrier.coefficients(grid.k_max / u, grid)) ** 2
    area = -np.sum(spectrum) / (QUADRATURE * np.pi * units.kinetic * grid.k_max)
    return [(barrier.center, float(area))]


def jump_spikes(barrier: Barrier, grid: Grid, dt: float, units: Units) -> list[tuple[float, float]]:
    """A spike (place in nm, area in eV nm) for each pair of jumps, midway between them."""
    spikes = []
    for (x1, j1), (x2, j2) in combinations_with_replacement(barrier.jumps, 2):
        if abs(x1 - x2) * grid.k_max < FAR:
            area = -j1 * j2 * pair_weight(abs(x1 - x2), grid.k_max, dt, units)
            spikes.append(((x1 + x2) / 2, area if x1 == x2 else 2 * area))
    return spikes


@lru_cache(maxsize=2 * KEPT)
def pair_weight(distance: float, k_max: float, dt: float, units: Units) -> float:
    """C = (1/pi) integral over q > 0 of cos(q distance) g(q)/q^2, nm/eV."""
    q = (np.arange(QUADRATURE) + 0.5) * k_max / QUADRATURE
    defect = cot_defect(units.kinetic * q**2, dt, units)
    below = float(np.sum(np.cos(q * distance) * defect / q**2)) * k_max / QUADRATURE
    return (below + cosine_tail(distance, k_max) / units.kinetic) / math.pi


def cosine_tail(distance: float, k: float) -> float:
    """Integral from k to infinity of cos(q distance)/q^4 dq, by parts down to the sine integral."""
    s, c = math.sin(k * distance), math.cos(k * distance)
    sine = math.pi / 2 - float(sici(k * distance)[0])
    second = c / k - distance * sine
    third = s / (2 * k**2) + distance / 2 * second
    return c / (3 * k**3) - distance / 3 * third
