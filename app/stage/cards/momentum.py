"""How the packet moves: |phi(k)|^2 and its kinetic energy, and the probability current."""

from typing import Any

from bokeh.models import Plot

from app.stage.card import Card
from app.stage.figures import holoviews, rendered
from app.theme import Palette

FAR = 1e4
"""Beyond any axis."""

WAVENUMBERS = ("start", "rest", "now")
ENERGIES = ("total", "kinetic")
CURRENTS = ("inside", "zero", "current")
"""The sources of the figures."""

LINE = ([0.0, 1.0], [0.0, 0.0])


def wavenumbers_figure(colors: Palette) -> Plot:
    """|phi(k)|^2 at the start as a shade and now as a line; left of k = 0 is what moves left."""
    hv = holoviews()
    axis = hv.Dimension("density", label="|φ(k)|² (nm)")
    layers = [
        hv.Area(LINE, "k", axis).opts(color=colors.muted, fill_alpha=0.25, line_alpha=0),
        hv.Curve(([0.0, 0.0], [-FAR, FAR]), "k", axis).opts(
            color=colors.muted, line_width=1.5, line_dash=[2, 3]
        ),
        hv.Curve(LINE, "k", axis).opts(color=colors.density, line_width=2),
    ]
    overlay = hv.Overlay(layers).opts(xlabel="k (1/nm)", yticks=4, responsive=True)
    return rendered(overlay, WAVENUMBERS, colors)


def energies_figure(colors: Palette) -> Plot:
    """p(E) of the total energy, at all times the same, and that of the kinetic energy now."""
    hv = holoviews()
    axis = hv.Dimension("density", label="p (1/eV)")
    layers = [
        hv.Area(LINE, "energy", axis).opts(color=colors.energy, fill_alpha=0.25, line_alpha=0),
        hv.Curve(LINE, "energy", axis).opts(color=colors.real, line_width=2, line_dash=[8, 3]),
    ]
    overlay = hv.Overlay(layers).opts(xlabel="Energy (eV)", yticks=4, responsive=True)
    return rendered(overlay, ENERGIES, colors)


def current_figure(colors: Palette) -> Plot:
    """j(x): above zero it flows to the right, below zero to the left."""
    hv = holoviews()
    axis = hv.Dimension("current", label="j (1/fs)")
    layers: list[Any] = [
        hv.Rectangles(([0], [-FAR], [1], [FAR]), ["x", axis, "x1", "y1"]).opts(
            color=colors.muted, fill_alpha=0.13, line_color=colors.barrier, line_dash="dashed"
        ),
        hv.Curve(([-FAR, FAR], [0.0, 0.0]), "x", axis).opts(color=colors.muted, line_width=1.5),
        hv.Area(LINE, "x", axis).opts(
            color=colors.real, alpha=0.3, line_color=colors.real, line_width=2
        ),
    ]
    overlay = hv.Overlay(layers).opts(xlabel="x (nm)", yticks=5, responsive=True)
    return rendered(overlay, CURRENTS, colors)


MOMENTUM = Card(
    name="momentum",
    title="Momentum and energy",
    figures={"wavenumbers": wavenumbers_figure, "energies": energies_figure},
    feed=lambda step, settings, solved: solved[0].cards["momentum"],
    runs=(1, 1),
    choice="Momentum and energy",
)
CURRENT = Card(
    name="current",
    title="Probability current: j(x, t)",
    label="Probability current",
    figures={"current": current_figure},
    feed=lambda step, settings, solved: solved[0].cards["current"],
    runs=(1, 1),
    choice="Current",
)
