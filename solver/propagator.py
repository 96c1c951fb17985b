"""The split-operator propagator: Strang steps with a compensated, band-limited potential."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from solver.absorber import AbsorbingLayer
from solver.compensation import compensated_potential
from solver.grid import Array, Grid
from solver.kernels import AXES, advance_frames
from solver.potential import Barrier
from solver.units import Units

Complex = NDArray[np.complex128]
Factors = tuple[Complex, Complex, Complex, Array, Array, int, int]


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
        """What the steps use: compensated where the barrier is band-limited, else as sampled."""
        wall = self.layer.wall(self.grid)
        if not self.barrier.band_limited:
            return self.barrier.potential(self.grid) + wall
        return compensated_potential(self.barrier, self.grid, self.dt, self.units) + wall

    def factors(self) -> Factors:
        """What the kernel multiplies with: half and full potential, kinetic, losses, layers."""
        rate = self.layer.rate(self.grid)
        half = np.exp((-1j * self.potential - rate) * (self.dt / (2 * self.units.hbar)))
        kinetic = np.exp(-1j * self.units.kinetic * self.grid.k**2 * (self.dt / self.units.hbar))
        loss = -np.expm1(-rate * (self.dt / self.units.hbar))
        loss_full = -np.expm1(-2 * rate * (self.dt / self.units.hbar))
        first, last = self.layer.cells(self.grid)
        return half, half**2, kinetic / self.grid.n, loss, loss_full, first, last


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
