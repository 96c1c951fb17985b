"""The edge of a detector: how surely it tells a particle at x to be beyond."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from solver.experiment import Experiment
from solver.grid import Array
from solver.units import Units

EIGHTH = math.pi / 4
"""The edge is as wide as an eighth of the packet's wavelength, in 1/k0 ..."""

CARRIED = 3.7
"""... or so wide that a grid carries what it adds to the wave: 1e-6 of it is beyond k_max."""


@dataclass(frozen=True, kw_only=True)
class Edge:
    """g(x) = Phi((x - place) direction / width), the share of "yes": half at `place` (nm).

    Phi is the normal distribution, `width` (nm) its standard deviation.
    """

    place: float
    width: float
    direction: int

    @classmethod
    def behind(cls, experiment: Experiment) -> "Edge":
        """That of a detector behind the barrier, as sharp as the packet and the grid allow."""
        wave, direction = experiment.wave, experiment.packet.direction
        free = experiment.used_grid.k_max - wave.fastest
        width = max(EIGHTH / wave.k0, CARRIED / free)
        place = experiment.barrier.support[1 if direction > 0 else 0]
        return cls(place=place, width=width, direction=direction)

    def factor(self, x: Array, found: bool) -> Array:
        """What the wave at x (n,) is multiplied by after "yes" or "no"; the squares add to 1."""
        u = (x - self.place) * self.direction / self.width
        return np.sqrt(ndtr(u if found else -u))

    def cost(self, x: Array, density: Array, units: Units) -> float:
        """Energy (eV) that a measurement gives in the mean over both answers.

        (hbar^2/2m) times the integral of |psi|^2 (d theta/dx)^2, g = sin^2(theta); density (n,) in
        1/nm at evenly spaced x (n,).
        """
        u = (x - self.place) / self.width
        slope = np.exp(-np.minimum(u**2 / 2, 700.0)) / math.sqrt(2 * math.pi) / self.width
        both = np.maximum(ndtr(u) * ndtr(-u), 1e-300)
        return float(units.kinetic * (density @ (slope**2 / (4 * both))) * (x[1] - x[0]))
