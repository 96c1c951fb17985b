"""|psi(x, t)|^2 as a map, with the paths of classical particles."""

import numpy as np
from bokeh.models import Plot

from app.stage.card import Card
from app.stage.figures import holoviews, rendered
from app.theme import Palette, maps

FAR = 1e3
SOURCES = ("map", "edges", "paths", "now")


def map_figure(colors: Palette) -> Plot:
    """Time goes upward; dashed are the barrier's inside and classical paths, thick is now."""
    hv, axis = holoviews(), np.linspace(-10, 10, 128)
    image = hv.Image((axis, axis[:64], np.zeros((64, 128))), ["x", "t"], "density").opts(
        cmap=maps(colors)[1], clim=(0, 1)
    )
    edges = hv.Segments(([0, 1], [-FAR, -FAR], [0, 1], [FAR, FAR]), ["x", "t", "x1", "t1"]).opts(
        color=colors.barrier, line_width=1.5, line_dash="dashed"
    )
    paths = hv.Path([[(0.0, 0.0), (1.0, 1.0)]], ["x", "t"]).opts(
        color=colors.energy, line_width=1.5, line_dash="dashed"
    )
    now = hv.Curve(([-FAR, FAR], [0.0, 0.0]), "x", "t").opts(color=colors.text, line_width=1.5)
    overlay = (image * edges * paths * now).opts(xlabel="x (nm)", ylabel="t (fs)", responsive=True)
    return rendered(overlay, SOURCES, colors)


SPACETIME = Card(
    name="spacetime",
    title="Space and time: |ψ(x, t)|²",
    figures={"spacetime": map_figure},
    runs=(1, 1),
    choice="Space-time map",
    note="Nothing runs along the dashed paths: they are of classical particles, for comparison. "
    "The wave goes through no hole and over no hill.",
)
