"""The Gaussian wave packet that every experiment starts from."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.errors import InvalidInput, require_choice, require_finite, require_positive
from solver.grid import Array
from solver.units import Units


@dataclass(frozen=True, kw_only=True)
class GaussianPacket:
    """psi(x) = (2 pi sigma^2)^(-1/4) exp(-(x-center)^2 / (4 sigma^2) + i k0 (x-center)).

    `sigma` (nm) is the standard deviation of |psi|^2. Give `energy` (eV), which sets
    |k0| = sqrt(2 m E0)/hbar, or `k0` (1/nm, positive). `direction` is +1 (to the right) or -1.
    `center` (nm) is derived by the experiment when it is not given. A packet is made of many
    energies, so its mean energy lies above E0. Raises InvalidInput for numbers out of these rules.

    >>> from solver import ELECTRON, GaussianPacket
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> round(packet.wavenumber(ELECTRON), 3), packet.sigma_k
    (11.456, 0.5)
    >>> round(packet.packet_energy(ELECTRON), 6), round(packet.mean_energy(ELECTRON), 6)
    (5.0, 5.009525)
    """

    energy: float | None = None
    sigma: float
    k0: float | None = None
    center: float | None = None
    direction: int = 1

    def __post_init__(self) -> None:
        require_positive("GaussianPacket.sigma", self.sigma, "nm")
        if (self.energy is None) == (self.k0 is None):
            given = "neither" if self.energy is None else "both"
            raise InvalidInput("GaussianPacket", "be given either energy or k0", given)
        if self.energy is not None:
            require_positive("GaussianPacket.energy", self.energy, "eV")
        if self.k0 is not None:
            require_positive("GaussianPacket.k0", self.k0, "1/nm")
        if self.center is not None:
            require_finite("GaussianPacket.center", self.center, "nm")
        require_choice("GaussianPacket.direction", self.direction, (1, -1))

    @property
    def sigma_k(self) -> float:
        """Standard deviation of |phi(k)|^2: 1/(2 sigma), 1/nm."""
        return 1 / (2 * self.sigma)

    def wavenumber(self, units: Units) -> float:
        """|k0|, 1/nm."""
        if self.k0 is not None:
            return self.k0
        assert self.energy is not None
        return units.wavenumber(self.energy)

    def packet_energy(self, units: Units) -> float:
        """E0 = hbar^2 k0^2 / (2m), eV."""
        return units.kinetic * self.wavenumber(units) ** 2

    def mean_energy(self, units: Units) -> float:
        """⟨E⟩ = E0 + hbar^2 / (8 m sigma^2), eV."""
        return self.packet_energy(units) + units.kinetic * self.sigma_k**2

    def psi(self, x: Array, center: float, units: Units) -> NDArray[np.complex128]:
        """The packet at t = 0 around `center`, (n,) in nm^(-1/2), normalized on the even grid x."""
        s = (x - center) / self.sigma
        k0 = self.direction * self.wavenumber(units)
        envelope = np.exp(-np.minimum(s**2 / 4, 300.0))
        envelope /= math.sqrt(float(np.sum(envelope**2)) * (x[1] - x[0]))
        return envelope * np.exp(1j * k0 * (x - center))

    def momentum_density(self, k: Array, units: Units) -> Array:
        """|phi(k)|^2 in nm, a normal distribution around k0; k (n,) in 1/nm along `direction`."""
        s = (k - self.wavenumber(units)) / self.sigma_k
        return np.exp(-np.minimum(s**2 / 2, 700.0)) / (math.sqrt(2 * math.pi) * self.sigma_k)
