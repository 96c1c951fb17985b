"""What the surroundings do to a packet: random potentials with a correlation time and length.

A packet that is not alone feels a potential xi(x, t) that differs from run to run. One run stays
a wave; the average over many loses the interference of points further apart than `length`. The
average is what an experiment sees, and `solver.ensemble` makes it.

xi has the covariance ⟨xi(x, t) xi(x', t')⟩ = c(t - t') exp(-(x - x')^2 / (2 length^2)). The length
is what makes it physical: it limits the force hbar/length of the phases, so that a packet is heated
at a rate that does not depend on the grid.
"""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from solver.errors import require_positive
from solver.grid import Array, Grid
from solver.units import Units

TAIL = 7.5
"""Wavenumbers up to TAIL/length carry all of the covariance but exp(-TAIL^2/2) = 6e-13."""


@dataclass(frozen=True, kw_only=True)
class Environment(ABC):
    """What surrounds a packet: a random potential of Gaussian statistics.

    `length` (nm) is its correlation length: points much closer feel the same potential. On a grid
    it is a sum of waves whose `weights` squared add to 1, whatever the grid.

    >>> from solver import Dephasing, Environment, Grid
    >>> noise = Dephasing(t2=20.0, length=2.0)
    >>> isinstance(noise, Environment)
    True
    >>> grids = [Grid(left=0.0, right=40.0, n=n) for n in (64, 98)]
    >>> [round(float(sum(noise.weights(grid) ** 2)), 9) for grid in grids]
    [1.0, 1.0]
    """

    length: float

    def __post_init__(self) -> None:
        require_positive(f"{self.name}.length", self.length, "nm")

    @property
    def name(self) -> str:
        """The name of the class, as messages call it."""
        return type(self).__name__

    @abstractmethod
    def pause(self, units: Units) -> float:
        """Longest time (fs) over which the phases may be gathered before they are applied."""

    @abstractmethod
    def phase_variance(self, t: float, units: Units) -> float:
        """Variance (rad^2) of the phase that a particle at rest gathers until t (fs)."""

    @abstractmethod
    def gather(self, time: float, units: Units) -> tuple[float, float, float, float, float]:
        """How one mode goes on over `time` (fs): memory, fresh; kept, shared, own.

        The mode's amplitude A of variance 1 becomes memory A + fresh n1, and the phase gathered
        meanwhile is kept A + shared n1 + own n2, with normal numbers n1 and n2. Exact.
        """

    @property
    def finest(self) -> float:
        """Largest wavenumber of the potential that matters, 1/nm."""
        return TAIL / self.length

    def weights(self, grid: Grid) -> Array:
        """Standard deviations (M+1,) of the modes of wavenumber 2 pi m/L; their squares sum to 1.

        The modes depend on the box and the length alone, not on dx.
        """
        q = 2 * np.pi / grid.length * np.arange(math.ceil(self.finest * grid.length / (2 * np.pi)))
        power = np.exp(-((q * self.length) ** 2) / 2)
        power[1:] *= 2
        return np.asarray(np.sqrt(power / power.sum()))

    def kick_spread(self, t: float, units: Units) -> float:
        """Standard deviation (1/nm) of the wavenumber that a particle at rest takes up until t."""
        return math.sqrt(self.phase_variance(t, units)) / self.length


@dataclass(frozen=True, kw_only=True)
class Dephasing(Environment):
    """Phases without memory: the coherence of points far apart falls as exp(-t/T2).

    Each point's phase is random with variance t/T2, so rho(x, x') falls as
    exp(-(t/T2) (1 - exp(-(x-x')^2/(2 length^2)))). The packet is heated by
    hbar^2/(2 m length^2 T2) per unit of time, on any grid. `t2` in fs, `length` in nm.

    >>> from solver import ELECTRON, Dephasing
    >>> noise = Dephasing(t2=50.0, length=2.0)
    >>> noise.phase_variance(100.0, ELECTRON), noise.heating(ELECTRON) == ELECTRON.kinetic / 200
    (2.0, True)
    """

    t2: float

    def __post_init__(self) -> None:
        super().__post_init__()
        require_positive("Dephasing.t2", self.t2, "fs")

    def pause(self, units: Units) -> float:
        return self.t2 / 10

    def phase_variance(self, t: float, units: Units) -> float:
        return t / self.t2

    def heating(self, units: Units) -> float:
        """d⟨H⟩/dt = hbar^2 / (2 m length^2 T2), eV/fs."""
        return units.kinetic / (self.length**2 * self.t2)

    def gather(self, time: float, units: Units) -> tuple[float, float, float, float, float]:
        return 0.0, 0.0, 0.0, 0.0, math.sqrt(time / self.t2)


@dataclass(frozen=True, kw_only=True)
class OrnsteinUhlenbeckNoise(Environment):
    """A potential of standard deviation `amplitude` (eV) that forgets itself in `time` (fs).

    c(t) = amplitude^2 exp(-|t|/time). The phase of a particle at rest has the variance
    2 (amplitude/hbar)^2 (time t - time^2 (1 - exp(-t/time))) (R. Kubo, 1954). For a short `time`
    this is dephasing with T2 = hbar^2/(2 amplitude^2 time), for a long one a potential that is
    random but stands still. `length` (nm) is the correlation length.

    >>> from solver import ELECTRON, OrnsteinUhlenbeckNoise
    >>> noise = OrnsteinUhlenbeckNoise(amplitude=0.1, time=1.0, length=2.0)
    >>> round(noise.t2(ELECTRON), 2)
    21.66
    >>> round(noise.phase_variance(1000.0, ELECTRON) / (1000.0 / noise.t2(ELECTRON)), 3)
    0.999
    """

    amplitude: float
    time: float

    def __post_init__(self) -> None:
        super().__post_init__()
        require_positive("OrnsteinUhlenbeckNoise.amplitude", self.amplitude, "eV")
        require_positive("OrnsteinUhlenbeckNoise.time", self.time, "fs")

    def pause(self, units: Units) -> float:
        return min(self.time, units.hbar / self.amplitude) / 4

    def t2(self, units: Units) -> float:
        """T2 (fs) of the dephasing that this becomes when `time` is short."""
        return units.hbar**2 / (2 * self.amplitude**2 * self.time)

    def phase_variance(self, t: float, units: Units) -> float:
        turned = self.time * t + self.time**2 * math.expm1(-t / self.time)
        return 2 * (self.amplitude / units.hbar) ** 2 * turned

    def gather(self, time: float, units: Units) -> tuple[float, float, float, float, float]:
        s, size = time / self.time, self.amplitude * self.time / units.hbar
        memory, forgotten = math.exp(-s), -math.expm1(-s)
        fresh = math.sqrt(-math.expm1(-2 * s))
        shared = forgotten**2 / fresh
        own = 2 * s - forgotten * (2 + forgotten) - shared**2
        return memory, fresh, size * forgotten, size * shared, size * math.sqrt(max(own, 0.0))
