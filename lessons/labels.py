"""What quantities and controls are called in a sentence, and their units."""

from collections.abc import Mapping
from typing import Any

from lessons.prose import duration, percent, significant
from locales.language import say
from solver.controls import CHOICES, TEXTS
from solver.numbers import NUMBERS
from solver.ranges import DERIVED, RANGES

OF_THEORY: Mapping[str, tuple[str, str]] = {
    "k0": ("wavenumber of the packet", "1/nm"),
    "sigma_k": ("spread of the packet's wavenumbers", "1/nm"),
    "wavelength": ("wavelength of the packet", "nm"),
    "velocity": ("speed of the packet", "nm/fs"),
    "kinetic": ("ħ²/2m", "eV nm²"),
    "mean_energy": ("mean energy of the packet", "eV"),
    "energy_spread": ("spread of the packet's energies", "eV"),
    "top": ("top of the barrier", "eV"),
    "packet_energy": ("packet energy", "eV"),
    "packet_sigma": ("packet width", "nm"),
    "area": ("area of the barrier", "eV nm"),
    "kicks": ("spread of the added wavenumbers", "1/nm"),
    "kappa": ("κ", "1/nm"),
    "opacity": ("κL", ""),
    "wkb": ("exponent of the barrier", ""),
    "current_density": ("current density", "A/cm²"),
    "below_top": ("part of the packet below the top", "%"),
    "above_top": ("part of the packet above the top", "%"),
    "exact_reflected": ("reflected part by exact theory", "%"),
    "transmitted_energy": ("mean energy of what gets through", "eV"),
    "reflected_energy": ("mean energy of what comes back", "eV"),
    "phase_time": ("phase time at E₀", "fs"),
    "dwell_time": ("dwell time at E₀", "fs"),
    "crossing_time": ("time of the free packet for the barrier’s width", "fs"),
    "phase_limit": ("phase time of a wide rectangle", "fs"),
    "delay_barrier": ("delay by the barrier", "fs"),
    "delay_filter": ("delay by the choice of waves", "fs"),
}
"""Label and unit of what needs no run."""

OF_RUN: Mapping[str, tuple[str, str]] = {
    "error": ("transmitted minus exact theory", "points"),
    "stay": ("time that it stays inside", "fs"),
    "contrast": ("contrast of the fringes", ""),
    "inside_most": ("largest part inside", "%"),
    "peak_arrival": ("arrival of the peak", "fs"),
    "mean_arrival": ("mean arrival", "fs"),
    "peak_delay": ("delay of the peak", "fs"),
    "mean_delay": ("delay of the mean", "fs"),
    "free_at_peak": ("part of the free packet that is through at the peak", "%"),
    "through_at_peak": ("part that is through at the peak", "%"),
    "lead": ("most that is through before the free packet", "points"),
    "spread_start": ("spread in space at the start", "nm"),
    "spread_end": ("spread in space at the end", "nm"),
    "negativity_start": ("negative part of W at the start", ""),
    "negativity_most": ("largest negative part of W", ""),
    "negativity_end": ("negative part of W at the end", ""),
}
"""The same of what lessons alone read off a run."""

OF_PARTS: Mapping[str, tuple[str, str]] = {
    "wavelength_transmitted": ("wavelength of the transmitted part", "nm"),
    "wavelength_reflected": ("wavelength of the reflected part", "nm"),
    "energy_measured_transmitted": ("energy of the transmitted part", "eV"),
    "energy_measured_reflected": ("energy of the reflected part", "eV"),
}
"""The same of the two parts of a packet after the barrier."""

LABELS: Mapping[str, tuple[str, str]] = {
    **{name: (told.told, "") for table in (CHOICES, TEXTS) for name, told in table.items()},
    **{name: (span.told, span.unit) for name, span in {**RANGES, **DERIVED}.items()},
    **{name: (number.label, number.unit) for name, number in NUMBERS.items()},
    **OF_THEORY,
    **OF_RUN,
    **OF_PARTS,
}
"""Label and unit of every control and quantity; "points" are percentage points."""

FUNCTION_LABELS: Mapping[str, tuple[str, str]] = {
    "T": ("T(E)", "%"),
    "p": ("p(E)", "1/eV"),
    "resonance": ("energy of the resonance", "eV"),
    "resonance_width": ("width of the resonance", "eV"),
    "tries": ("tries in a second", ""),
    "lifetime": ("mean time until it has left", "s"),
    "lasting_width": ("width that lasts", "nm"),
    "apparent_height": ("apparent height", "eV"),
    "image_top": ("top with image charges", "eV"),
    "image_length": ("length above the packet energy", "nm"),
    "image_coefficient": ("T with image charges", "%"),
    "mask_returns": ("what the mask sends back", "%"),
    "published": ("as published", ""),
    "reproduced": ("as reproduced", ""),
    "right": ("right value", ""),
    "grid_point_p": ("p of the grid points", ""),
}
"""The same for functions of a run that give a number."""


def with_unit(value: Any, unit: str, digits: int = 3) -> str:
    """A value as it is told: 12.3 %, 0.25 nm, yes."""
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, str):
        return say(value)
    number = float(value)
    if unit == "%":
        text = percent(number) if digits == 3 else f"{significant(100 * number, digits)} %"
    elif unit == "points":
        text = say("{points} percentage points", points=significant(100 * number, digits))
    elif unit == "s":
        text = duration(number, digits)
    else:
        text = f"{significant(number, digits)} {say(unit)}".rstrip()
    return text.replace("-", "−")
