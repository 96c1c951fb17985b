"""The ranges over which the promised errors hold: the lab's sliders, and the tests' draws."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Range:
    """A closed interval with the value that the lab starts from, a step and a unit.

    On a slider it is spread evenly (`linear`), or evenly in its logarithm (`log`), where what is
    of use spans decades.
    """

    low: float
    high: float
    default: float
    step: float
    unit: str
    scale: Literal["linear", "log"] = "linear"


HEIGHT = Range(-10.0, 20.0, 1.5, 0.1, "eV")
WIDTH = Range(0.05, 3.0, 0.3, 0.01, "nm", "log")
GAP = Range(0.1, 3.0, 1.0, 0.05, "nm", "log")
FIELD = Range(0.0, 20.0, 2.0, 0.1, "eV/nm")
ENERGY = Range(0.5, 20.0, 1.0, 0.1, "eV", "log")
SIGMA = Range(0.5, 3.0, 1.4, 0.1, "nm")
MASS = Range(0.05, 2000.0, 1.0, 0.01, "electron masses", "log")
ROOM = Range(0.0, 40.0, 0.0, 1.0, "nm")
T2 = Range(2.0, 500.0, 20.0, 1.0, "fs", "log")
NOISE_LENGTH = Range(0.3, 10.0, 1.0, 0.1, "nm", "log")

PARTICLES = {
    "electron": 1.0,
    "electron in GaAs": 0.067,
    "muon": 206.768283,
    "proton": 1836.152673,
}
"""Particles by name and their masses in electron masses (CODATA 2018; GaAs: band edge)."""
