"""T(E), the packet's energies below it, its resonances, and T at its energy."""

from typing import Any

import numpy as np
from bokeh.models import Plot

from app.stage.card import Card, Settings
from app.stage.cards.curves import (
    curve_of,
    curves,
    density,
    ends,
    energies,
    labels,
    marks,
    packet_energy,
    start_level,
    through,
)
from app.stage.figures import holoviews, rendered
from app.theme import Palette
from lessons.labels import with_unit
from lessons.prose import percent
from locales.language import mark, say
from solver.controls import Controls
from solver.resonances.curve import Curve
from solver.resonances.peaks import Resonance

FEW = 5
"""Resonances that are told by their numbers: those nearest to the packet's energy."""

NARROW = mark("{energy}, too narrow to be worked out")
"""Said of a resonance that floating-point numbers do not tell from a point."""

NEAREST = mark("The {few} of {count} that are nearest to the packet’s energy.")

AREAS = ("below", "above", "tunneled", "over")
SOURCES = (
    "mark_0",
    *AREAS,
    "mark_1",
    "curve_0",
    "curve_1",
    "here",
    "peaks",
    "numbers",
)
"""Of the figure: the energy of the packet, p(E) and what of it gets through on either side of the
top, the top, T(E) of one run or two, T at the packet's energy, and the resonances."""


def coefficient_figure(colors: Palette) -> Plot:
    """T(E) on the left axis, p(E) shaded on the right one; the stage makes the scales."""
    hv = holoviews()
    left, right = hv.Dimension("t", label="T(E)"), hv.Dimension("p", label="p(E)")
    line, place = ([0.0, 1.0], [0.0, 1.0]), ([0.5], [0.5])
    shades = (colors.imaginary, colors.real)

    def upright(color: str, dash: list[int]) -> Any:
        return hv.Curve(line, "x", left).opts(color=color, line_width=1.5, line_dash=dash)

    def area(color: str, alpha: float) -> Any:
        return hv.Area(line, "x", right).opts(color=color, fill_alpha=alpha, line_color=color)

    layers = [
        upright(colors.energy, [6, 4]),
        *(area(color, 0.16) for color in shades),
        *(area(color, 0.6) for color in shades),
        upright(colors.muted, [2, 3]),
        hv.Curve(line, "x", left).opts(color=colors.density, line_width=2.5),
        hv.Curve(line, "x", left).opts(color=colors.barrier, line_width=2.5, line_dash=[8, 4]),
        hv.Points(place, ["x", left]).opts(
            color=colors.energy, size=10, marker="circle", line_color=colors.card
        ),
        hv.Points(place, ["x", left]).opts(
            color=colors.text, size=7, marker="inverted_triangle", line_color=colors.text
        ),
        hv.Labels(([0.5], [0.5], ["1"]), ["x", left], "text").opts(
            text_color=colors.text, text_font_size=f"{colors.tick}px", text_baseline="bottom"
        ),
    ]
    overlay = hv.Overlay(layers).opts(multi_y=True, xlabel="Energy (eV)", responsive=True)
    plot = rendered(overlay, SOURCES, colors)
    hatched = {"below": colors.imaginary, "tunneled": colors.card}
    hatch = {"hatch_pattern": "right_diagonal_line", "hatch_alpha": 0.5, "hatch_scale": 9}
    drawn: Any = plot.renderers
    for renderer in drawn:
        if color := hatched.get(renderer.data_source.name):
            renderer.glyph.update(hatch_color=color, **hatch)
    drawn[-1].glyph.y_offset = -6
    return plot


def coefficient(settings: Settings) -> bytes:
    """T(E) of stationary states, and beside one run p(E) and the resonances."""
    runs, alone = list(settings.values()), len(settings) == 1
    first, (energy_label, density_label) = runs[0], labels(settings)
    found = [curve_of(controls, *ends(settings)) for controls in runs]
    energy = np.union1d(energies(settings), [packet_energy(first), first.barrier.top])
    energy = energy[energy > min(map(start_level, runs))]
    series = {
        "T(E)" if alone else f"T(E): {say(controls.shape)}": through(controls, energy)
        for controls in runs
    }
    return curves(
        energy_label,
        "T(E)",
        energy,
        series,
        marks(settings),
        beside={"p": density(first, energy)} if alone else {},
        p_label=density_label,
        top=first.barrier.top,
        coefficients=[at_packet(controls) for controls in runs],
        peaks=[[peak.energy, peak.transmission] for one in found for peak in one.resonances],
        told=told(first, found[0]) if alone else [],
        untold=untold(found[0]) if alone else "",
    )


def at_packet(controls: Controls) -> float:
    """T(E) of the packet's energy."""
    return float(through(controls, np.array([packet_energy(controls)]))[0])


def told(controls: Controls, curve: Curve) -> list[dict[str, Any]]:
    """The resonances nearest to the packet's energy, rising: where they are, and in words."""
    unit = "" if controls.units.energy == controls.units.length else controls.units.energy
    found = [(peak.energy, words(peak, unit)) for peak in curve.resonances]
    found += [(e, say(NARROW, energy=with_unit(e, unit, 4))) for e in curve.unresolved]
    here = packet_energy(controls)
    near = sorted(found, key=lambda peak: abs(peak[0] - here))[:FEW]
    return [{"x": energy, "text": text} for energy, text in sorted(near)]


def words(peak: Resonance, unit: str) -> str:
    """Where a resonance is, how much it lets through, and its width."""
    width = (
        [] if peak.width is None else [say("{width} wide", width=with_unit(peak.width, unit, 2))]
    )
    parts = [with_unit(peak.energy, unit, 4), f"T = {percent(peak.transmission)}", *width]
    return ", ".join(parts)


def untold(curve: Curve) -> str:
    """What the list of resonances leaves out."""
    count = len(curve.resonances) + len(curve.unresolved)
    told = [] if curve.complete else [say("There may be more than were looked for.")]
    if count > FEW:
        told.insert(0, say(NEAREST, few=FEW, count=count))
    return " ".join(told)


COEFFICIENT = Card(
    name="coefficient",
    title="T(E) of stationary states",
    figures={"coefficient": coefficient_figure},
    feed=lambda step, settings, solved: coefficient(settings),
    choice="T(E)",
    note="More energy need not mean that more gets through, and above the top a wave is reflected, "
    "too. Each value is of one energy; a packet has many.",
)
