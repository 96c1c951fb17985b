"""Exact scattering theory: the transmission coefficient of stationary states, and of a packet.

A stationary state of total energy E comes from one side; V is 0 far to the left and
`barrier.right_level` far to the right. Energies in eV, lengths in nm.
"""

import math
from dataclasses import dataclass
from functools import singledispatch

import numpy as np
from numpy.typing import NDArray

from solver.barriers import (
    EckartBarrier,
    NoBarrier,
    RectangularBarrier,
    StepBarrier,
)
from solver.errors import InvalidInput, Rule
from solver.grid import Array
from solver.packet import GaussianPacket
from solver.potential import Barrier
from solver.transfer import amplitudes, state_inside, transfer_matrices
from solver.units import ELECTRON, Units

Complex = NDArray[np.complex128]


@dataclass(frozen=True, eq=False)
class Amplitudes:
    """Amplitudes t and r of stationary states at `energy` (E,) in eV, phases referred to x = 0.

    From the left: exp(ikx) + r exp(-ikx) before the barrier, t exp(ik'x) behind it; from the right
    the mirror image. `transmission` = (k_out/k_in) |t|^2, `reflection` = |r|^2; they add to 1. At a
    barrier that is its own mirror image r lags or leads t by a quarter of a turn:

    >>> import numpy as np
    >>> from solver import RectangularBarrier, stationary
    >>> state = stationary(RectangularBarrier(height=6.0, width=0.4), np.array([1.0, 5.0, 7.0]))
    >>> np.abs(np.angle(state.r / state.t) / np.pi).round(6).tolist()
    [0.5, 0.5, 0.5]
    """

    energy: Array
    t: Complex
    r: Complex
    transmission: Array

    @property
    def reflection(self) -> Array:
        """R = |r|^2, (E,)."""
        return np.asarray(np.abs(self.r) ** 2)


def stationary(
    barrier: Barrier, energy: Array, units: Units = ELECTRON, direction: int = 1
) -> Amplitudes:
    """Stationary scattering states at total energies (E,) in eV, by transfer matrix.

    The wave comes from the left, or from the right with `direction` = -1. Below the level of the
    far side t belongs to the decaying wave exp(-kappa |x - b|) behind the end b of the barrier.
    Raises InvalidInput for energies at or below V on the incoming side.

    >>> import numpy as np
    >>> from solver import RectangularBarrier, stationary
    >>> state = stationary(RectangularBarrier(height=6.0, width=0.4), np.array([5.0, 7.0]))
    >>> state.transmission.round(4).tolist(), state.reflection.round(4).tolist()
    ([0.0367, 0.4967], [0.9633, 0.5033])
    """
    energy = np.atleast_1d(np.asarray(energy, dtype=float))
    check_energy(energy, barrier.right_level if direction < 0 else 0.0)
    start, end, m, logs = transfer_matrices(barrier, energy, units.kinetic)
    t, r = np.empty((2, energy.size), complex)
    passed, places = np.empty(energy.size), (float(barrier.right_level), units.kinetic, start, end)
    amplitudes(energy, *places, m, logs, direction > 0, t, r, passed)
    return Amplitudes(energy, t, r, passed)


def check_energy(energy: Array, level: float) -> None:
    bad = energy[~(np.isfinite(energy) & (energy > level))]
    if bad.size:
        rule = Rule("be finite and above {level:g} eV", level=level)
        raise InvalidInput("energy", rule, float(bad[0]), "eV")


@dataclass(frozen=True, eq=False)
class StationaryState:
    """psi (n,) of the stationary state of one energy at places x (n,) in nm, and its `slope`.

    A wave of amplitude 1 comes in, exp(i k x) with k (1/nm) negative from the right. Behind the
    barrier goes out t exp(i q x), or below the level of that side, where q is imaginary, dies out
    t exp(-|q| |x - b|) from its end b on; back comes r exp(-i k x). The current is the same
    everywhere: `transmission` times that which comes in.

    >>> import numpy as np
    >>> from solver import RectangularBarrier
    >>> from solver.scattering import stationary_state
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> state = stationary_state(wall, 5.0, np.array([-0.2, 0.0, 0.2, 3.0]))
    >>> np.abs(state.psi[2:]).round(6).tolist(), round(state.transmission, 4)
    ([0.191668, 0.191668], 0.0367)
    """

    x: Array
    psi: Complex
    slope: Complex
    k: float
    q: complex
    t: complex
    r: complex

    @property
    def transmission(self) -> float:
        """T = (q/k) |t|^2, 0 where nothing goes out."""
        return float(abs(self.q.real / self.k) * abs(self.t) ** 2)


def stationary_state(
    barrier: Barrier, energy: float, x: Array, units: Units = ELECTRON, direction: int = 1
) -> StationaryState:
    """The stationary state of a total energy (eV) at places x (n,), with what goes in and out.

    Comes from the left, or from the right with `direction` = -1. From the outgoing wave back
    through the barrier: that way no error grows. Raises InvalidInput for an energy at or below V on
    the incoming side.
    """
    check_energy(np.array([energy]), barrier.right_level if direction < 0 else 0.0)
    levels = (0.0, barrier.right_level)[::direction]
    k, q = (direction * np.sqrt(complex((energy - level) / units.kinetic)) for level in levels)
    edges = np.asarray(barrier.cells, dtype=float)
    a, b = float(edges[0]), float(edges[-1])
    near, far = (a, b)[::direction]
    within = (x > a) & (x < b)
    found, at_a, at_b = state_inside(
        barrier, energy, units.kinetic, x[within], (1.0, 1j * q), direction > 0
    )
    (at_near, turn), (at_far, _) = (at_a, at_b)[::direction]
    came, back = ((at_near + sign * turn / (1j * k)) / 2 for sign in (1, -1))
    scale = np.exp(1j * k * near) / came
    t, r = scale * at_far * np.exp(-1j * q.real * far), scale * back * np.exp(1j * k * near)
    before, behind = (x - near) * direction <= 0, (x - far) * direction >= 0
    psi, slope = np.empty((2, *x.shape), complex)
    coming, going = np.exp(1j * k * x[before]), r * np.exp(-1j * k * x[before])
    psi[before], slope[before] = coming + going, 1j * k * (coming - going)
    psi[behind] = scale * at_far * np.exp(1j * q * (x[behind] - far))
    slope[behind] = 1j * q * psi[behind]
    psi[within], slope[within] = scale * found.T
    return StationaryState(x, psi, slope, float(k.real), complex(q), complex(t), complex(r))


def transmission_coefficient(
    barrier: Barrier, energy: Array | float, units: Units = ELECTRON, direction: int = 1
) -> Array:
    """T(E) of stationary states for total energies (eV) of any shape; closed form if there is one.

    Not the transmitted probability of a packet: that is `packet_average`. The direction does not
    matter: T is the same from both sides, whatever the shape. Raises InvalidInput for energies at
    or below V on the incoming side.

    >>> import numpy as np
    >>> from solver import TriangularBarrier, transmission_coefficient
    >>> ramp, energy = TriangularBarrier(height=4.0, width=0.5), np.array([1.0, 3.0, 5.0])
    >>> transmission_coefficient(ramp, energy).round(4).tolist()
    [0.0275, 0.4884, 0.8882]
    >>> transmission_coefficient(ramp, energy, direction=-1).round(4).tolist()
    [0.0275, 0.4884, 0.8882]
    """
    values = np.asarray(energy, dtype=float)
    check_energy(values.ravel(), barrier.right_level if direction < 0 else 0.0)
    flat = closed_form(barrier, values.ravel(), units)
    if flat is None:
        flat = stationary(barrier, values.ravel(), units, direction).transmission
    return flat.reshape(values.shape)


@singledispatch
def closed_form(barrier: Barrier, energy: Array, units: Units) -> Array | None:
    """T(E) in closed form, or None; it does not depend on the direction."""
    return None


@closed_form.register
def free_transmission(barrier: NoBarrier, energy: Array, units: Units) -> Array:
    return np.ones_like(energy)


@closed_form.register
def step_transmission(barrier: StepBarrier, energy: Array, units: Units) -> Array:
    """T = 4 k k' / (k + k')^2 above both levels, 0 below."""
    k, out = np.sqrt(np.maximum(energy, 0.0)), np.sqrt(np.maximum(energy - barrier.height, 0.0))
    return np.asarray(4 * k * out / (k + out) ** 2)


@closed_form.register
def rectangle_transmission(barrier: RectangularBarrier, energy: Array, units: Units) -> Array:
    """1/T = 1 + (V0 L)^2/(4 E kinetic) (sinh(kappa L)/(kappa L))^2, sin above the top."""
    square = (barrier.height - energy) / units.kinetic * barrier.width**2
    w = np.sqrt(np.abs(square))
    safe = np.where(w < 1e-6, 1.0, w)
    wave = np.where(square > 0, np.sinh(np.clip(safe, 0, 340)), np.sin(safe)) / safe
    ratio = np.where(w < 1e-6, 1.0, wave)
    strength = barrier.height * barrier.width * ratio / np.sqrt(4 * energy * units.kinetic)
    return np.asarray(1 / (1 + np.minimum(np.abs(strength), 1e150) ** 2))


@closed_form.register
def eckart_transmission(barrier: EckartBarrier, energy: Array, units: Units) -> Array:
    """T = sinh^2(pi k a) / (sinh^2(pi k a) + C), C = cosh^2(pi/2 sqrt(8mV0a^2/hbar^2 - 1)).

    Landau and Lifshitz, Quantum Mechanics, section 25; cos where the root is imaginary.
    """
    a = barrier.decay
    ka = math.pi * np.sqrt(energy / units.kinetic) * a
    root = 4 * barrier.height * a**2 / units.kinetic - 1
    half = math.pi / 2 * math.sqrt(abs(root))
    part = 1 + math.exp(-min(2 * half, 700.0)) if root > 0 else 2 * abs(math.cos(half))
    half = half if root > 0 else 0.0
    ratio = part * np.exp(np.clip(half - ka, -340.0, 340.0)) / -np.expm1(-np.minimum(2 * ka, 700.0))
    return np.asarray(1 / (1 + np.minimum(ratio, 1e150) ** 2))


def energy_density(packet: GaussianPacket, energy: Array, units: Units = ELECTRON) -> Array:
    """p(E) = |phi(k)|^2 dk/dE of the part moving along the direction, 1/eV; E kinetic, eV."""
    k = np.sqrt(np.asarray(energy, dtype=float) / units.kinetic)
    return np.asarray(packet.momentum_density(k, units) / (2 * units.kinetic * k))
