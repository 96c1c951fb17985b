"""The numbers of a run, each once: name, unit, what it is called, and what it means.

Files, scans, the command line and the lessons take theirs from here; each chooses by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from solver.units import ELECTRON, NATURAL, Units

UNNAMED = ("", "%", "points", "s")
"""Units that a table leaves out: probabilities are plain numbers there, and seconds are named."""


@dataclass(frozen=True, kw_only=True)
class Number:
    """What is told of one number of a run.

    `unit` is "eV", "nm", "fs" or made of them; "%" for a probability and "points" for an error of
    one, which are plain numbers until they are told; "" for other plain numbers. A sentence calls
    it `label`, a table `row` (the same if not given; set in where it belongs to the one above).
    """

    name: str
    unit: str
    label: str
    meaning: str
    row: str = ""

    @property
    def heading(self) -> str:
        """What a table calls it, with its unit.

        >>> from solver.numbers import NUMBERS
        >>> NUMBERS["t_end"].heading, NUMBERS["remaining"].heading
        ('end time (fs)', 'remaining inside')
        """
        row = self.row or self.label
        return row if self.unit in UNNAMED else f"{row} ({self.unit})"


def unit_in(unit: str, units: Units = ELECTRON) -> str:
    """A unit as files have it, in a system of units; natural units are numbers without one.

    >>> from solver import NATURAL
    >>> from solver.numbers import unit_in
    >>> unit_in("eV/fs"), unit_in("1/nm"), unit_in("%"), unit_in("nm", NATURAL)
    ('eV fs-1', 'nm-1', '1', '1')
    """
    if unit in UNNAMED or units.length == NATURAL.length:
        return "1"
    names = {"eV": units.energy, "nm": units.length, "fs": units.time}
    above, _, below = unit.partition("/")
    parts = [names[above]] if above != "1" else []
    return " ".join([*parts, *([f"{names[below]}-1"] if below else [])])


NUMBERS: Mapping[str, Number] = {
    number.name: number
    for number in (
        Number(
            name="coefficient",
            unit="%",
            label="T(E) at the packet energy",
            meaning="T of a stationary state at the packet energy",
            row="T(E0) of a stationary state",
        ),
        Number(
            name="transmitted",
            unit="%",
            label="transmitted part",
            meaning="transmitted probability of the packet, absorbed part included",
            row="transmitted",
        ),
        Number(
            name="transmitted_error",
            unit="points",
            label="standard error of the transmitted part",
            meaning="standard error of transmitted",
            row="  standard error",
        ),
        Number(
            name="coherent",
            unit="%",
            label="transmitted part without the environment",
            meaning="transmitted probability without the environment",
            row="  without environment",
        ),
        Number(
            name="exact",
            unit="%",
            label="transmitted part by exact theory",
            meaning="transmitted probability by scattering theory",
            row="exact theory",
        ),
        Number(
            name="tunneled",
            unit="%",
            label="tunneled part",
            meaning="part that theory transmits with energies below the top of the barrier",
            row="  of it tunneled",
        ),
        Number(
            name="over_the_top",
            unit="%",
            label="part that went over the top",
            meaning="part that theory transmits with energies above the top of the barrier",
            row="  of it over the top",
        ),
        Number(
            name="reflected",
            unit="%",
            label="reflected part",
            meaning="reflected probability of the packet, absorbed part included",
            row="reflected",
        ),
        Number(
            name="reflected_error",
            unit="points",
            label="standard error of the reflected part",
            meaning="standard error of reflected",
            row="  standard error",
        ),
        Number(
            name="remaining",
            unit="%",
            label="part that is still inside",
            meaning="probability still inside the barrier",
            row="remaining inside",
        ),
        Number(
            name="unsettled",
            unit="%",
            label="part that can still change sides",
            meaning="probability that can still change the others",
            row="can still change sides",
        ),
        Number(
            name="heating_rate",
            unit="eV/fs",
            label="energy gained in a femtosecond",
            meaning="energy gained from the environment in a unit of time",
            row="heating",
        ),
        Number(
            name="heating_rate_error",
            unit="eV/fs",
            label="standard error of the energy gained",
            meaning="standard error of heating_rate",
            row="  standard error",
        ),
        Number(
            name="members",
            unit="",
            label="members",
            meaning="runs that the averages are taken over",
        ),
        Number(
            name="norm_error",
            unit="",
            label="error of the norm",
            meaning="largest deviation of the total probability from 1, in a sweep at the end",
        ),
        Number(
            name="energy_drift",
            unit="",
            label="drift of the energy",
            meaning="largest relative change of the energy before anything is absorbed",
        ),
        Number(name="n", unit="", label="grid points", meaning="grid points"),
        Number(
            name="dx",
            unit="nm",
            label="distance of the grid points",
            meaning="distance of grid points",
            row="dx",
        ),
        Number(name="dt", unit="fs", label="time step", meaning="time step", row="dt"),
        Number(name="steps", unit="", label="steps", meaning="time steps of the run"),
        Number(
            name="t_end",
            unit="fs",
            label="end of the run",
            meaning="time of the last frame",
            row="end time",
        ),
        Number(
            name="seconds",
            unit="s",
            label="seconds",
            meaning="how long the run took, which depends on the machine",
        ),
        Number(
            name="separated",
            unit="",
            label="the packet has left the barrier",
            meaning="whether nothing more moves towards the barrier or is in it (1 or 0)",
        ),
    )
}
"""All of them by name, in the order of a table."""
