"""Phase time and dwell time of stationary states, exactly: no phase is differenced.

With the wave its derivative by E is carried through the barrier. Where psi'' = g psi with
g = (V - E)/kinetic, and f = d psi/dE, the integral of |psi|^2 from a to b is
-kinetic [psi* f' - psi*' f] from a to b, so that the same numbers give both times.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.grid import Array
from solver.potential import Barrier
from solver.scattering import check_energy
from solver.times.kernels import carry
from solver.transfer import exponents_of, refined
from solver.units import ELECTRON, Units

Complex = NDArray[np.complex128]


@dataclass(frozen=True, eq=False)
class StationaryTimes:
    """Times (fs) of stationary states at `energy` (E,) in eV between the ends a and b of a barrier.

    `phase` = hbar d(phase of the wave at the far end against that at the near end)/dE is when the
    middle of a very long packet comes out, counted from when it would have been at the near end.
    `free` is the time of a packet that is as fast as before the barrier. `dwell` is what is inside
    over what comes in a second, of all that comes, whatever becomes of it. Not numbers where
    nothing gets out.
    """

    energy: Array
    phase: Array
    dwell: Array
    free: Array

    @property
    def delay(self) -> Array:
        """Phase time beyond that of the free packet: negative where the barrier sends it ahead."""
        return self.phase - self.free


def stationary_times(
    barrier: Barrier, energy: Array | float, units: Units = ELECTRON, direction: int = 1
) -> StationaryTimes:
    """Phase and dwell time of any barrier at total energies (eV), from end to end of its support.

    For a wave from the left, or from the right with `direction` = -1, which changes the dwell time
    only. Far below its top a wide rectangle has the phase time 2/(v kappa), whatever its width
    (Hartman's effect):

    >>> import numpy as np
    >>> from solver import ELECTRON, RectangularBarrier
    >>> from solver.times.delays import stationary_times
    >>> walls = [RectangularBarrier(height=3.0, width=width) for width in (0.1, 0.5, 1.0, 2.0)]
    >>> times = [stationary_times(wall, 1.0) for wall in walls]
    >>> [round(float(one.phase[0]), 3) for one in times]
    [0.334, 0.465, 0.465, 0.465]
    >>> [round(float(one.free[0]), 3) for one in times]
    [0.169, 0.843, 1.686, 3.372]
    >>> kappa = ELECTRON.wavenumber(3.0 - 1.0)
    >>> round(2 / (ELECTRON.velocity(ELECTRON.wavenumber(1.0)) * kappa), 3)
    0.465

    Raises InvalidInput for energies at or below V on the incoming side.
    """
    energy = np.atleast_1d(np.asarray(energy, dtype=float))
    levels = (0.0, float(barrier.right_level))
    near, far = levels if direction > 0 else levels[::-1]
    check_energy(energy, near)
    known = energy > far
    found = np.full((3, energy.size), np.nan)
    if known.any():
        found[:, known] = times_of(barrier, energy[known], units, direction, near, far)
    return StationaryTimes(energy, *found)


def times_of(
    barrier: Barrier, energy: Array, units: Units, direction: int, near: float, far: float
) -> Array:
    """Phase, dwell and free time (3, E); s q is the wavenumber of what goes out, s k of what comes.

    The wave is carried from where it goes out to where it comes from: the other way it would be the
    small rest of two large ones.
    """
    kinetic, s = units.kinetic, direction
    k, q = np.sqrt((energy - near) / kinetic), np.sqrt((energy - far) / kinetic)
    k_e, q_e = 1 / (2 * kinetic * k), 1 / (2 * kinetic * q)
    edges = edges_of(barrier, energy, kinetic)
    a, b = barrier.support[::s]
    exponents, way = exponents_of(barrier.profile, edges, kinetic), edges[::-s]
    state, logs = outgoing(s * q, s * q_e, way[0]), np.zeros(energy.size)
    flows, at = [], 0
    for place in (b, a, way[-1]):
        to = int(np.flatnonzero(way == place)[0])
        first = exponents.shape[1] - 1 - at if s > 0 else at
        carry(exponents, first, to - at, s > 0, energy, state, logs)
        flows.append(((state[0].conj() * state[3] - state[1].conj() * state[2]).real, logs.copy()))
        at = to
    came, came_e = incoming(state, s * k, s * k_e, way[-1])
    phase = -(came_e / came).imag + s * (b * q_e - a * k_e)
    at_b, at_a = (flow * np.exp(2 * (log - logs)) for flow, log in flows[:2])
    dwell = s * kinetic * (at_a - at_b) / np.abs(came) ** 2 * k_e
    return np.asarray(units.hbar * np.stack([phase, dwell, abs(b - a) * k_e]))


def edges_of(barrier: Barrier, energy: Array, kinetic: float) -> Array:
    """Edges of cells small enough for these energies, the ends of the support among them."""
    some = np.array([[energy.min()], [energy.mean()], [energy.max()]])
    coarse = np.union1d(barrier.cells, barrier.support)
    return np.asarray(refined(barrier.profile, coarse, kinetic, some))


def outgoing(q: Array, q_e: Array, x: float) -> Complex:
    """exp(iqx), its slope and the derivatives of both by E, at x; (4, E)."""
    psi = np.exp(1j * q * x)
    psi_e = 1j * q_e * x * psi
    return np.stack([psi, 1j * q * psi, psi_e, 1j * (q_e * psi + q * psi_e)])


def incoming(state: Complex, k: Array, k_e: Array, x: float) -> tuple[Complex, Complex]:
    """The amplitude of exp(ikx) in a state at x, and its derivative by E."""
    psi, slope, psi_e, slope_e = state
    turned = np.exp(-1j * k * x) / 2
    came = (psi + slope / (1j * k)) * turned
    came_e = (psi_e + slope_e / (1j * k) - slope * k_e / (1j * k**2)) * turned
    return came, came_e - 1j * k_e * x * came
