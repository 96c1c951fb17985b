"""The curves that a lesson shows below the wave packet: p(E), and T against a control."""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

import numpy as np
from bokeh.models import Plot

from app.stage.card import Card, Settings
from app.stage.figures import holoviews, rendered
from app.stage.wire import bundle
from app.theme import Palette
from lessons.labels import LABELS
from lessons.lesson import Varied
from lessons.quantities import experiment
from locales.language import say
from solver.controls import Controls
from solver.errors import InvalidInput
from solver.grid import Array, frozen
from solver.resonances.curve import Curve, transmission_curve
from solver.scattering import energy_density, transmission_coefficient

PART, PACKET_POINTS = 400, 192
SCAN_POINTS = 48
SOURCES = ("curve_0", "curve_1", "curve_2", "mark_0", "mark_1", "points")
"""Of a figure: up to three curves, two upright lines, and the person's own runs."""


def curves_figure(colors: Palette, logarithmic: bool) -> Plot:
    """Up to three curves y(x) with upright marks; the stage labels the axes."""
    hv = holoviews()
    line, upright = ([0.0, 1.0], [1.0, 1.0]), ([0.5, 0.5], [1e-9, 1.0])
    looks = (
        {"color": colors.density},
        {"color": colors.barrier, "line_dash": [8, 4]},
        {"color": colors.real, "line_dash": [2, 3]},
    )
    layers = [
        *(hv.Curve(line, "x", "y").opts(line_width=2, **look) for look in looks),
        *(
            hv.Curve(upright, "x", "y").opts(color=color, line_width=1.5, line_dash="dashed")
            for color in (colors.energy, colors.muted)
        ),
        hv.Points(([0.5], [0.5]), ["x", "y"]).opts(
            color=colors.energy, size=9, marker="circle", line_color=colors.card
        ),
    ]
    overlay = hv.Overlay(layers).opts(logy=logarithmic, xlabel="x", ylabel="y", responsive=True)
    return rendered(overlay, SOURCES, colors)


def start_level(controls: Controls) -> float:
    """V where the packet starts, eV."""
    return 0.0 if controls.packet.direction > 0 else controls.barrier.right_level


def packet_energy(controls: Controls) -> float:
    """Energy (eV) of the packet's k0, counted from V = 0."""
    k0 = controls.packet.wavenumber(controls.units)
    return start_level(controls) + controls.units.kinetic * k0**2


def ends(settings: Settings) -> tuple[float, float]:
    """Where an axis of energy (eV, from V = 0) begins and ends: it holds packets and tops."""
    ends, begins = [], []
    for controls in settings.values():
        k0, s = controls.packet.wavenumber(controls.units), controls.packet.sigma_k
        begin = start_level(controls)
        fast = controls.units.kinetic * (k0 + 4 * s) ** 2
        ends.append(begin + max(fast, 1.25 * (controls.barrier.top - begin)))
        begins.append(begin)
    low, high = min(begins), max(ends)
    return low + (high - low) / PART, high


def energies(settings: Settings) -> Array:
    """Energies (eV, from V = 0) at which lines of p(E), T(E) and their product are true."""
    low, high = ends(settings)
    parts = [packet_energies(controls) for controls in settings.values()]
    found = np.unique(
        np.concatenate(
            [*parts, *(curve_of(controls, low, high).energy for controls in settings.values())]
        )
    )
    return found[(found >= low) & (found <= high)]


def packet_energies(controls: Controls) -> Array:
    """Energies (eV, from V = 0) for a line of p(E)."""
    k0, s = controls.packet.wavenumber(controls.units), controls.packet.sigma_k
    k = np.linspace(max(k0 - 5 * s, 0.0), k0 + 4 * s, PACKET_POINTS)
    return np.asarray(start_level(controls) + controls.units.kinetic * k**2)


@lru_cache(maxsize=16)
def curve_of(controls: Controls, low: float, high: float) -> Curve:
    """T(E) with its resonances, from where the packet of these controls can be on."""
    begin = max(low, start_level(controls) + (high - low) / PART)
    direction = controls.packet.direction
    return transmission_curve(controls.barrier, begin, high, controls.units, direction)


def marks(settings: Settings) -> list[dict[str, Any]]:
    """The packet energy and the highest top, where they stand."""
    first = next(iter(settings.values()))
    top = max(controls.barrier.top for controls in settings.values())
    name = say("total energy E") if start_level(first) else say("packet energy E₀")
    found = [{"name": name, "x": packet_energy(first)}]
    return [*found, {"name": say("top of the barrier"), "x": top}] if top > 0 else found


def through(controls: Controls, energy: Array) -> Array:
    """T(E), not a number at energies that the packet's side has not."""
    found, has = np.full(energy.shape, np.nan), energy > start_level(controls)
    direction = controls.packet.direction
    found[has] = transmission_coefficient(controls.barrier, energy[has], controls.units, direction)
    return found


def density(controls: Controls, energy: Array) -> Array:
    """p(E) of the packet at energies from V = 0, 1/eV."""
    found, above = np.zeros(energy.shape), energy - start_level(controls)
    found[above > 0] = energy_density(controls.packet, above[above > 0], controls.units)
    return found


def labels(settings: Settings) -> tuple[str, str]:
    """What stands beside the axes of energy and of its density."""
    units = next(iter(settings.values())).units
    if units.energy == units.length:
        return say("Energy"), "p(E)"
    return say("Energy ({unit})", unit=units.energy), f"p(E) (1/{units.energy})"


def transmitted_of(controls: Controls) -> str:
    """The name of a curve, beside that of another shape."""
    return say("transmitted: {shape}", shape=say(controls.shape))


def spectrum(settings: Settings) -> bytes:
    """p(E) of the packet, and of what of it gets through."""
    energy, first = energies(settings), next(iter(settings.values()))
    packet = density(first, energy)
    parts = {
        say("transmitted") if len(settings) == 1 else transmitted_of(controls): packet
        * through(controls, energy)
        for controls in settings.values()
    }
    series = {say("the packet, p(E)"): packet, **parts}
    return curves(*labels(settings), energy, series, marks(settings), open=1)


def scan(settings: Settings, asked: Varied | None) -> bytes:
    """The exact transmitted part against one control, on a logarithmic axis."""
    assert asked is not None
    anywhere = {asked.vary: asked.low}  # the curve is the same wherever on it a run is
    series = {
        say("transmitted, exact") if len(settings) == 1 else transmitted_of(controls): transmitted(
            controls.changed(**anywhere), asked
        )
        for controls in settings.values()
    }
    label, unit = map(say, LABELS[asked.vary])
    first = next(iter(settings.values()))
    return curves(
        f"{label[0].upper()}{label[1:]} ({unit})",
        say("transmitted"),
        scanned(asked),
        series,
        [],
        vary=asked.vary,
        here=getattr(first, asked.vary),
    )


def scanned(asked: Varied) -> Array:
    """The values of a control at which a curve against it is worked out, (SCAN_POINTS,)."""
    return np.linspace(asked.low, asked.high, SCAN_POINTS)


@lru_cache(maxsize=64)
def transmitted(controls: Controls, asked: Varied) -> Array:
    """The exact transmitted part with one control changed; not a number where it cannot be.

    Kept curve by curve: a few thousand points, each an object, would lie scattered where the pages
    of a class were, and hold all that memory.
    """
    found = [part_at(controls, asked.vary, float(value)) for value in scanned(asked)]
    return frozen(np.array(found))


def part_at(controls: Controls, vary: str, value: float) -> float:
    """One point of it; 1e-30 at least, for the axis is logarithmic."""
    try:
        return max(float(experiment(controls.changed(**{vary: value})).exact.transmitted), 1e-30)
    except InvalidInput:
        return float("nan")


def curves(
    x_label: str,
    y_label: str,
    x: Array,
    series: Mapping[str, Array],
    lines: list[dict[str, Any]],
    beside: Mapping[str, Array] | None = None,
    **more: Any,
) -> bytes:
    """One block: x (m,), y (c, m), names, labels and marks; `open` curves give no answer away.

    `beside` are more arrays (m,) by their names.
    """
    meta = {
        "kind": "curves",
        "x_label": x_label,
        "y_label": y_label,
        "names": list(series),
        "marks": lines,
        **more,
    }
    arrays = {
        "x": x.astype(np.float32),
        "y": np.stack(list(series.values())).astype(np.float32),
        **{name: array.astype(np.float32) for name, array in (beside or {}).items()},
    }
    return bundle(meta, arrays)


SPECTRUM = Card(
    name="spectrum",
    title="Energies in the packet, and what gets through",
    figures={"curves": partial(curves_figure, logarithmic=False)},
    feed=lambda step, settings, solved: spectrum(settings),
    choice="Energies",
    note="No energy is lost in a barrier: what gets through has energies with which it came. Only "
    "how much of each gets through differs.",
)
SCAN = Card(
    name="scan",
    title="The transmitted part, on a logarithmic scale",
    figures={"curves": partial(curves_figure, logarithmic=True)},
    feed=lambda step, settings, solved: scan(settings, step.scan if step else None),
)
