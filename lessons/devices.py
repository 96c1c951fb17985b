"""Quantities of devices: how long a bit stays, field emission, the barrier that a tip meets."""

import math

import numpy as np
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import psi as digamma

from lessons.held import coefficient
from solver.barriers import RectangularBarrier, TabulatedBarrier
from solver.controls import Controls
from solver.errors import InvalidInput
from solver.scattering import transmission_coefficient

FEMTOSECOND = 1e-15
AMPERES = 1.602176634e10
"""A/cm2 in one electron per fs and nm2."""
COULOMB = 1.43996455
"""e^2/(4 pi eps0), eV nm."""
NODES, WEIGHTS = np.polynomial.legendre.leggauss(200)
POINTS = 1201


def tries(controls: Controls, island: float) -> float:
    """How often in a second an electron of the packet energy meets the wall of an island (nm)."""
    speed = controls.units.velocity(controls.packet.wavenumber(controls.units))
    return speed / (2 * island) / FEMTOSECOND


def lifetime(controls: Controls, island: float) -> float:
    """Mean time (s) until it has left: one over tries times T; inf where T is 0."""
    through = coefficient(controls, controls.packet.packet_energy(controls.units))
    rate = tries(controls, island) * through
    return 1 / rate if rate > 0 else math.inf


def lasting_width(controls: Controls, island: float, seconds: float) -> float:
    """Width (nm) of a rectangle of this height at which an electron stays for so long."""
    energy = controls.packet.packet_energy(controls.units)
    often = tries(controls, island)

    def excess(width: float) -> float:
        wall = RectangularBarrier(height=controls.height, width=width)
        through = float(transmission_coefficient(wall, energy, controls.units))
        return math.log(through * often * seconds)

    return float(brentq(excess, 0.05, 30.0))


def wkb(controls: Controls) -> float:
    """The exponent 2 integral of kappa dx of the packet energy over where V is above it."""
    barrier, units = controls.barrier, controls.units
    energy = controls.packet.packet_energy(units)
    a, b = barrier.support
    x = np.linspace(a, b, 20_001)
    above = np.flatnonzero(barrier.profile((x[1:] + x[:-1]) / 2) > energy)
    if not above.size:
        return 0.0

    def rate(place: float) -> float:
        over = float(barrier.profile(np.array([place]))[0]) - energy
        return math.sqrt(max(over, 0.0) / units.kinetic)

    stretches = np.split(above, np.flatnonzero(np.diff(above) > 1) + 1)
    parts = [quad(rate, x[part[0]], x[part[-1] + 1], limit=200)[0] for part in stretches]
    return 2 * float(sum(parts))


def current_density(controls: Controls) -> float:
    """Current (A/cm2) of a cold metal whose electrons fill all energies up to the packet energy.

    e m/(2 pi^2 hbar^3) times the integral of (E_F - E) T(E) dE from 0 to E_F.
    """
    units = controls.units
    fermi = controls.packet.packet_energy(units)
    energies = fermi * (NODES + 1) / 2
    through = transmission_coefficient(controls.barrier, energies, units)
    total = float(np.sum(WEIGHTS * (fermi - energies) * through)) * fermi / 2
    return AMPERES * total / (4 * math.pi**2 * units.kinetic * units.hbar)


def apparent_height(controls: Controls, thin: float, thick: float) -> float:
    """hbar^2/2m (slope of ln T against the width / 2)^2 between two widths (nm), eV."""
    energy = controls.packet.packet_energy(controls.units)
    near, far = (coefficient(controls.changed(width=w), energy) for w in (thin, thick))
    return controls.units.kinetic * (math.log(near / far) / (2 * (thick - thin))) ** 2


def image_energy(u: np.ndarray, gap: float) -> np.ndarray:
    """Potential energy (eV) of an electron at u gap between two metals, by all its images.

    e^2/(16 pi eps0 gap) (2 gamma + digamma(u) + digamma(1 - u)), 0 < u < 1, gap in nm.
    """
    images = 2 * np.euler_gamma + digamma(u) + digamma(1 - u)
    return np.asarray(COULOMB / (4 * gap) * images)


def image_barrier(controls: Controls, share: float) -> TabulatedBarrier:
    """A rectangle with this share of the image energy, as far as it is above zero."""
    if controls.shape != "Rectangular":
        raise InvalidInput("an image charge", "be at a Rectangular barrier", controls.shape)
    u = (1 - np.cos(np.pi * np.linspace(0, 1, POINTS + 2)[1:-1])) / 2
    v = controls.height + share * image_energy(u, controls.width)
    kept = v > 0
    if not kept.any():
        raise ValueError("with its image charge this barrier is gone")
    return TabulatedBarrier(x=tuple((u[kept] - 0.5) * controls.width), v=tuple(v[kept]))


def image_top(controls: Controls, share: float) -> float:
    """The highest V (eV) with this share of the image energy."""
    return image_barrier(controls, share).top


def image_length(controls: Controls, share: float) -> float:
    """Length (nm) over which V is above the packet energy with this share of the image energy."""
    barrier, energy = image_barrier(controls, share), controls.packet.packet_energy(controls.units)
    above = [x for x, v in zip(barrier.x, barrier.v, strict=True) if v > energy]
    return above[-1] - above[0] if above else 0.0


def image_coefficient(controls: Controls, share: float) -> float:
    """T of a stationary state at the packet energy with this share of the image energy."""
    energy = controls.packet.packet_energy(controls.units)
    barrier = image_barrier(controls, share)
    return float(transmission_coefficient(barrier, energy, controls.units))
