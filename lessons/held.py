"""What is held equal when two barriers are compared."""

import math
from functools import cache

import numpy as np
from scipy.optimize import brentq

from solver.controls import Controls
from solver.errors import InvalidInput, Rule, require_choice
from solver.ranges import WIDTH
from solver.scattering import transmission_coefficient

HELD = {
    "area": "height and area",
    "fwhm": "height and width at half height",
    "transmission": "height and T at the packet energy",
}
"""Each rule's name and how it is told; the height is always the same."""

HALF_HEIGHT = {
    "Rectangular": 1.0,
    "Gaussian": 2 * math.sqrt(math.log(2) / math.pi),
    "Eckart": math.acosh(math.sqrt(2)),
}
"""Full width at half height over equivalent width."""

TRIED = 120


def held_equal(rule: str, first: Controls, second: Controls) -> Controls:
    """The second controls with the width that holds `rule` equal to the first.

    Raises InvalidInput for an unknown rule, a shape without a half height, or when no width in the
    range does it.
    """
    require_choice("held", rule, tuple(HELD))
    if rule == "area":
        return second.changed(width=first.width)
    if rule == "fwhm":
        for controls in (first, second):
            require_choice("shape held at half height", controls.shape, tuple(HALF_HEIGHT))
        ratio = HALF_HEIGHT[first.shape] / HALF_HEIGHT[second.shape]
        return second.changed(width=first.width * ratio)
    return second.changed(width=equal_transmission(first, second))


def coefficient(controls: Controls, energy: float) -> float:
    """T of a stationary state of this energy (eV)."""
    return float(transmission_coefficient(controls.barrier, energy, controls.units))


def equal_transmission(first: Controls, second: Controls) -> float:
    """The width (nm), nearest the first's, at which both have the same T at the packet energy."""
    wanted = coefficient(first, first.energy)

    @cache
    def excess(width: float) -> float:
        found = coefficient(second.changed(width=width), second.energy)
        return math.log(max(found, 1e-300)) - math.log(max(wanted, 1e-300))

    widths = np.geomspace(WIDTH.low, WIDTH.high, TRIED)
    nearest = np.abs(np.log(widths[:-1] / first.width)).argsort(kind="stable")
    for low, high in zip(widths[nearest], widths[nearest + 1], strict=True):
        if np.sign(excess(low)) != np.sign(excess(high)):
            return float(brentq(excess, low, high, xtol=1e-9))
    rule = Rule(
        "allow T = {wanted:.3g} at {energy:g} eV within the range of the width",
        wanted=wanted,
        energy=first.energy,
    )
    raise InvalidInput("the second barrier", rule, second.shape)
