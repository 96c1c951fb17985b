"""What quantities and controls are called in a sentence, and their units."""

from collections.abc import Mapping
from typing import Any

from lessons.prose import duration, percent, significant

LABELS: Mapping[str, tuple[str, str]] = {
    "shape": ("barrier shape", ""),
    "height": ("barrier height", "eV"),
    "width": ("barrier width", "nm"),
    "gap": ("gap", "nm"),
    "field": ("field", "eV/nm"),
    "energy": ("packet energy", "eV"),
    "sigma": ("packet width", "nm"),
    "direction": ("direction", ""),
    "quality": ("quality", ""),
    "mass": ("mass", "electron masses"),
    "room": ("room", "nm"),
    "edges": ("ends of the box", ""),
    "environment": ("environment", ""),
    "t2": ("T2", "fs"),
    "noise_length": ("noise length", "nm"),
    "case": ("published case", ""),
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
    "coefficient": ("T(E) at the packet energy", "%"),
    "below_top": ("part of the packet below the top", "%"),
    "above_top": ("part of the packet above the top", "%"),
    "exact": ("transmitted part by exact theory", "%"),
    "exact_reflected": ("reflected part by exact theory", "%"),
    "tunneled": ("tunneled part", "%"),
    "over_the_top": ("part that went over the top", "%"),
    "transmitted_energy": ("mean energy of what gets through", "eV"),
    "reflected_energy": ("mean energy of what comes back", "eV"),
    "transmitted": ("transmitted part", "%"),
    "reflected": ("reflected part", "%"),
    "remaining": ("part that is still inside", "%"),
    "separated": ("the packet has left the barrier", ""),
    "error": ("transmitted minus exact theory", "points"),
    "norm_error": ("error of the norm", ""),
    "energy_drift": ("drift of the energy", "eV"),
    "t_end": ("end of the run", "fs"),
    "transmitted_error": ("standard error of the transmitted part", "points"),
    "heating_rate": ("energy gained in a femtosecond", "eV/fs"),
    "heating_rate_error": ("standard error of the energy gained", "eV/fs"),
    "stay": ("time that it stays inside", "fs"),
    "contrast": ("contrast of the fringes", ""),
    "inside_most": ("largest part inside", "%"),
    "spread_start": ("spread in space at the start", "nm"),
    "spread_end": ("spread in space at the end", "nm"),
    "negativity_start": ("negative part of W at the start", ""),
    "negativity_most": ("largest negative part of W", ""),
    "negativity_end": ("negative part of W at the end", ""),
    "wavelength_transmitted": ("wavelength of the transmitted part", "nm"),
    "wavelength_reflected": ("wavelength of the reflected part", "nm"),
    "energy_measured_transmitted": ("energy of the transmitted part", "eV"),
    "energy_measured_reflected": ("energy of the reflected part", "eV"),
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
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    number = float(value)
    if unit == "%":
        text = percent(number) if digits == 3 else f"{significant(100 * number, digits)} %"
    elif unit == "points":
        text = f"{significant(100 * number, digits)} percentage points"
    elif unit == "s":
        text = duration(number, digits)
    else:
        text = f"{significant(number, digits)} {unit}".rstrip()
    return text.replace("-", "−")
