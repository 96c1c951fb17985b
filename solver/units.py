"""Units: the solver takes hbar and the particle's mass from here and converts nothing."""

from dataclasses import dataclass, replace

from solver.errors import require_positive

ELECTRON_HBAR = 0.6582119569  # eV fs
ELECTRON_KINETIC = 0.0380998212  # hbar^2 / (2 m_e), eV nm^2


@dataclass(frozen=True, kw_only=True)
class Units:
    """hbar, the particle's mass, and the labels of energy, length and time.

    `ELECTRON` is an electron in eV, nm and fs, the default everywhere. `NATURAL` has hbar = m = 1.
    `hbar` is in energy x time, `mass` in energy x (time/length)^2; `energy`, `length` and `time`
    are the labels, and nothing is ever converted. The free particle has E = kinetic k^2.

    >>> from solver import ELECTRON
    >>> round(ELECTRON.wavenumber(5.0), 3), round(ELECTRON.velocity(11.456), 3)  # 1/nm, nm/fs
    (11.456, 1.326)
    >>> heavy = ELECTRON.with_mass(4.0)
    >>> round(heavy.wavenumber(5.0) / ELECTRON.wavenumber(5.0), 9)
    2.0
    """

    hbar: float
    mass: float
    energy: str
    length: str
    time: str

    def __post_init__(self) -> None:
        require_positive("Units.hbar", self.hbar)
        require_positive("Units.mass", self.mass)

    @property
    def kinetic(self) -> float:
        """hbar^2/(2m), energy x length^2."""
        return self.hbar**2 / (2 * self.mass)

    def with_mass(self, ratio: float) -> "Units":
        """The same units for a particle `ratio` times as heavy."""
        require_positive("mass ratio", ratio)
        return replace(self, mass=self.mass * ratio)

    def wavenumber(self, energy: float) -> float:
        """k = sqrt(E / kinetic) of a free particle, 1/length."""
        return float((energy / self.kinetic) ** 0.5)

    def velocity(self, k: float) -> float:
        """Group velocity hbar k / m, length/time."""
        return self.hbar * k / self.mass


ELECTRON = Units(
    hbar=ELECTRON_HBAR,
    mass=ELECTRON_HBAR**2 / (2 * ELECTRON_KINETIC),
    energy="eV",
    length="nm",
    time="fs",
)
"""An electron in eV, nm and fs."""

_PLAIN = "natural units"
NATURAL = Units(hbar=1.0, mass=1.0, energy=_PLAIN, length=_PLAIN, time=_PLAIN)
"""hbar = m = 1: for the published cases, never labelled eV, nm or fs."""
