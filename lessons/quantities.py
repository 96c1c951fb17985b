"""The quantities that lessons may name, each computed by the solver when it is asked for."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np

from lessons import devices
from lessons.held import coefficient, held_equal
from lessons.labels import OF_PARTS, OF_RUN
from lessons.runs import KNOWN, NOISY, part_numbers, run_numbers
from solver.controls import Controls
from solver.experiment import Experiment
from solver.published.cases import PublishedMask
from solver.published.study import Entry, grid_point_p, published_study
from solver.scattering import energy_density, transmission_coefficient
from solver.times.average import PacketTimes, packet_times
from solver.times.delays import StationaryTimes, stationary_times

QUIET = 6.0
"""sigma_k on either side of k0 over which the packet's energies are averaged."""


@dataclass(frozen=True)
class Facts:
    """What a lesson may say about one setting of the controls.

    `numbers` are those of its run, for who has it already; else it is run when they are asked for.
    """

    controls: Controls
    numbers: Mapping[str, float | bool] | None = field(default=None, compare=False)

    def quantity(self, name: str) -> Any:
        """A control, a quantity of theory, or a number of the run; ValueError if there is none."""
        if name in Controls.names():
            if self.controls.case != "none" and name != "case":
                raise ValueError(f"a published case has no control {name}")
            value = getattr(self.controls, name)
            return self.controls.wave.start if value is None else value
        if name in THEORY:
            return THEORY[name](self.controls)
        if name in RUN:
            known = run_numbers(self.controls) if self.numbers is None else self.numbers
            return known[name]
        if name in PARTS:
            return part_numbers(self.controls)[name]
        raise ValueError(f"there is no quantity {name}; see the list in lessons/README.md")


@lru_cache(maxsize=16)
def exact(controls: Controls) -> Any:
    return experiment(controls).exact


def experiment(controls: Controls) -> Experiment:
    return controls.experiment()


def kappa(controls: Controls) -> float:
    """sqrt(2m (V0 - E0))/hbar, 1/nm; ValueError at or above the top."""
    gap = controls.barrier.top - controls.packet.packet_energy(controls.units)
    if gap <= 0:
        raise ValueError("kappa needs a packet energy below the barrier's top")
    return math.sqrt(gap / controls.units.kinetic)


def below_top(controls: Controls) -> float:
    """Part of the packet whose energy is below the barrier's top."""
    top = max(controls.barrier.top, 0.0)
    k = math.sqrt(top / controls.units.kinetic)
    s = (k - controls.packet.wavenumber(controls.units)) / controls.packet.sigma_k
    return 0.5 * math.erfc(-s / math.sqrt(2))


def energy_spread(controls: Controls) -> float:
    """Standard deviation of the packet's energy, eV."""
    k0, s = controls.packet.wavenumber(controls.units), controls.packet.sigma_k
    return controls.units.kinetic * math.sqrt(4 * k0**2 * s**2 + 2 * s**4)


def mean_energy_of(controls: Controls, transmitted: bool) -> float:
    """Mean energy (eV) of what theory lets through, or sends back."""
    packet, units = controls.packet, controls.units
    k0 = packet.wavenumber(units)
    k = np.linspace(max(k0 - QUIET * packet.sigma_k, 1e-3), k0 + QUIET * packet.sigma_k, 8001)
    energy = units.kinetic * k**2
    through = transmission_coefficient(controls.barrier, energy, units)
    weight = packet.momentum_density(k, units) * (through if transmitted else 1 - through)
    return float(np.sum(weight * energy) / np.sum(weight))


def kicks(controls: Controls) -> float:
    """Standard deviation (1/nm) of the wavenumbers added until the packet is at the barrier."""
    if controls.alone:
        return 0.0
    wave = controls.wave
    arrival = abs(wave.near_edge - wave.start) / controls.units.velocity(wave.k0)
    return math.sqrt(arrival / controls.t2) / controls.noise_length


def delays(controls: Controls) -> StationaryTimes:
    """Times of the stationary state at the packet energy; ValueError where nothing gets out."""
    direction, units = controls.packet.direction, controls.units
    energy = controls.wave.start_level + controls.packet.packet_energy(units)
    found = stationary_times(controls.barrier, energy, units, direction)
    if not math.isfinite(found.phase[0]):
        raise ValueError("times need a packet energy above V on the far side")
    return found


@lru_cache(maxsize=256)
def averaged_delays(controls: Controls) -> PacketTimes:
    """Times averaged over what gets through by the end of the main part of the run."""
    found = experiment(controls)
    return packet_times(found, found.used_t_end)


THEORY: Mapping[str, Callable[[Controls], float]] = {
    "k0": lambda c: c.packet.wavenumber(c.units),
    "sigma_k": lambda c: c.packet.sigma_k,
    "wavelength": lambda c: 2 * math.pi / c.packet.wavenumber(c.units),
    "velocity": lambda c: c.units.velocity(c.packet.wavenumber(c.units)),
    "kinetic": lambda c: c.units.kinetic,
    "mean_energy": lambda c: c.packet.mean_energy(c.units),
    "energy_spread": energy_spread,
    "top": lambda c: c.barrier.top,
    "packet_energy": lambda c: c.packet.packet_energy(c.units),
    "packet_sigma": lambda c: c.packet.sigma,
    "area": lambda c: c.height * c.width,
    "kicks": kicks,
    "kappa": kappa,
    "opacity": lambda c: kappa(c) * c.width,
    "wkb": devices.wkb,
    "current_density": devices.current_density,
    "coefficient": lambda c: coefficient(c, c.packet.packet_energy(c.units)),
    "below_top": below_top,
    "above_top": lambda c: 1 - below_top(c),
    "exact": lambda c: exact(c).transmitted,
    "exact_reflected": lambda c: exact(c).reflected,
    "tunneled": lambda c: exact(c).tunneled,
    "over_the_top": lambda c: exact(c).over_the_top,
    "transmitted_energy": lambda c: mean_energy_of(c, True),
    "reflected_energy": lambda c: mean_energy_of(c, False),
    "phase_time": lambda c: float(delays(c).phase[0]),
    "dwell_time": lambda c: float(delays(c).dwell[0]),
    "crossing_time": lambda c: float(delays(c).free[0]),
    "phase_limit": lambda c: 2 / (c.units.velocity(c.packet.wavenumber(c.units)) * kappa(c)),
    "delay_barrier": lambda c: averaged_delays(c).delay,
    "delay_filter": lambda c: averaged_delays(c).filtered,
}
"""Quantities that need no run."""

RUN = (*KNOWN, *NOISY, *OF_RUN)
"""Numbers that are read off a run at standard quality."""

PARTS = tuple(OF_PARTS)
"""Numbers of the two parts of a packet after the barrier."""


def at(run: Facts, **values: Any) -> Facts:
    """The same run with other controls."""
    return Facts(run.controls.changed(**values))


def equal(run: Facts, shape: str, held: str = "area") -> Facts:
    """The same run at a barrier of another shape, with `held` equal."""
    return Facts(held_equal(held, run.controls, run.controls.changed(shape=shape)))


def stationary_coefficient(run: Facts, energy: float) -> float:
    """T of a stationary state of this energy (eV)."""
    return coefficient(run.controls, energy)


def resonance(run: Facts, low: float, high: float) -> float:
    """The energy (eV) between low and high at which T(E) is largest."""
    for _ in range(6):
        energies = np.linspace(low, high, 401)
        values = transmission_coefficient(run.controls.barrier, energies, run.controls.units)
        best, step = int(values.argmax()), energies[1] - energies[0]
        low, high = energies[best] - step, energies[best] + step
    return float(energies[best])


def resonance_width(run: Facts, low: float, high: float) -> float:
    """Full width (eV) at half of the peak of T(E) that lies between low and high.

    ValueError where T does not fall to half of the peak between these energies.
    """
    peak, half = resonance(run, low, high), coefficient(run.controls, resonance(run, low, high)) / 2
    ends = []
    for limit in (low, high):
        if coefficient(run.controls, limit) >= half:
            raise ValueError(f"T does not fall to half of its peak between {low:g} and {high:g} eV")
        inside, outside = peak, nearest_below(run.controls, peak, limit, half)
        for _ in range(60):
            middle = (inside + outside) / 2
            over = coefficient(run.controls, middle) > half
            inside, outside = (middle, outside) if over else (inside, middle)
        ends.append(inside)
    return float(ends[1] - ends[0])


def nearest_below(controls: Controls, peak: float, limit: float, half: float) -> float:
    """The first energy on the way from the peak to the limit at which T is below half."""
    energies = peak + (limit - peak) * np.geomspace(1e-7, 1, 400)
    values = transmission_coefficient(controls.barrier, energies, controls.units)
    return float(energies[int((values < half).argmax())])


def of_device(function: Callable[..., float]) -> Callable[..., float]:
    """A function of controls as one of a run."""

    def worked_out(run: Facts, *numbers: float) -> float:
        return function(run.controls, *numbers)

    return worked_out


def share_at(run: Facts, energy: float) -> float:
    """p(E) of the packet, 1/eV."""
    return float(energy_density(run.controls.packet, np.array([energy]), run.controls.units)[0])


def study_entry(name: str) -> Entry:
    """A number of the published study by section and name, such as rectangular.T."""
    section, _, rest = name.partition(".")
    study = published_study()
    if rest not in study.get(section, {}):
        raise ValueError(f"the published study has no {name}; see tunnelscope paper --json")
    return study[section][rest]


def published(name: str) -> float:
    """A number as the paper prints it."""
    printed = study_entry(name).published
    if printed is None:
        raise ValueError(f"the paper prints no {name}")
    return float(printed)


def reproduced(name: str) -> float:
    """The same number from the published recipe, computed here."""
    return float(study_entry(name).reproduced)


def right(name: str) -> float:
    """What is right; ValueError where nothing is."""
    value = study_entry(name).right
    if value is None:
        raise ValueError(f"{name} has no right value: {study_entry(name).note}")
    return float(value)


def mask_returns(run: Facts, factor: float) -> float:
    """What comes back of the packet if the published mask acts once in `factor` published steps."""
    return returned(run.controls.changed(shape="None", edges="Published mask"), float(factor))


@lru_cache(maxsize=64)
def returned(controls: Controls, factor: float) -> float:
    experiment = controls.experiment()
    mask = experiment.used_layer
    if not isinstance(mask, PublishedMask):
        raise ValueError("mask_returns needs a run whose edges can be the published mask")
    other = replace(experiment, layer=replace(mask, dt=mask.dt * factor))
    return other.run().fate.reflected


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "at": at,
    "equal": equal,
    "T": stationary_coefficient,
    "resonance": resonance,
    "resonance_width": resonance_width,
    "p": share_at,
    "published": published,
    "reproduced": reproduced,
    "right": right,
    "grid_point_p": grid_point_p,
    "mask_returns": mask_returns,
    "tries": of_device(devices.tries),
    "lifetime": of_device(devices.lifetime),
    "lasting_width": of_device(devices.lasting_width),
    "apparent_height": of_device(devices.apparent_height),
    "image_top": of_device(devices.image_top),
    "image_length": of_device(devices.image_length),
    "image_coefficient": of_device(devices.image_coefficient),
}
"""Functions of a run."""
