"""The barrier and the energies of the packet, above the wave and on the same x-axis."""

import numpy as np
from bokeh.models import Plot

from app.stage.card import Card
from app.stage.figures import holoviews, rendered
from app.stage.film import CELLS
from app.theme import Palette

FAR = 1e4
"""Beyond any axis."""

SOURCES = ("inside", "band", "barrier", "other", "energy", "forbidden")


def energy_figure(colors: Palette) -> Plot:
    """V(x) with the packet's mean energy; the band around it is as dark as p(E) is high.

    On the thick part of the energy's line V exceeds it. Of two runs the second has a dashed V(x).
    """
    hv = holoviews()
    axis = hv.Dimension("energy", label="E (eV)")
    edge = np.linspace(0, 2, CELLS + 1)
    far = np.full(CELLS, FAR)
    layers = [
        hv.Rectangles(([0], [-FAR], [1], [FAR]), ["x", axis, "x1", "v1"]).opts(
            color=colors.muted, fill_alpha=0.13, line_color=colors.barrier, line_dash="dashed"
        ),
        hv.Rectangles(
            (-far, edge[:-1], far, edge[1:], edge[1:] / 4), ["x", axis, "x1", "v1"], "shade"
        ).opts(color=colors.energy, fill_alpha="shade", line_alpha=0),
        hv.Area(([0.0, 1.0], [0.0, 0.0]), "x", axis).opts(
            color=colors.barrier, alpha=0.28, line_color=colors.barrier, line_width=2
        ),
        hv.Curve(([0.0, 1.0], [0.0, 0.0]), "x", axis).opts(
            color=colors.real, line_width=2, line_dash=[6, 3]
        ),
        hv.Curve(([-FAR, FAR], [1, 1]), "x", axis).opts(
            color=colors.energy, line_width=2, line_dash=[8, 4]
        ),
        hv.Segments(([0], [1], [1], [1]), ["x", axis, "x1", "v1"]).opts(
            color=colors.energy, line_width=6, line_cap="butt"
        ),
    ]
    overlay = hv.Overlay(layers).opts(xaxis=None, yticks=4, responsive=True)
    return rendered(overlay, SOURCES, colors)


ENERGY = Card(name="energy", title="Energies", figures={"energy": energy_figure})
