"""W(x, k) with its marginal over k; that over x is the wave above it."""

import numpy as np
from bokeh.models import Plot

from app.stage.card import Card
from app.stage.figures import holoviews, rendered
from app.theme import Palette, maps

CELLS = 128


def wigner_figure(colors: Palette) -> Plot:
    """W(x, k), zero in the middle of a diverging map."""
    hv, axis = holoviews(), np.linspace(-10, 10, CELLS)
    image = hv.Image((axis, axis, np.zeros((CELLS, CELLS))), ["x", "k"], "W").opts(
        cmap=maps(colors)[0], clim=(-1, 1)
    )
    edges = hv.Segments(([0, 1], [-1e3, -1e3], [0, 1], [1e3, 1e3]), ["x", "k", "x1", "k1"]).opts(
        color=colors.barrier, line_width=1.5, line_dash="dashed"
    )
    overlay = (image * edges).opts(xlabel="x (nm)", ylabel="k (1/nm)", responsive=True)
    return rendered(overlay, ("wigner", "edges"), colors)


def marginal_figure(colors: Palette) -> Plot:
    """|phi(k)|^2 beside the picture; the other marginal is the wave above it."""
    hv = holoviews()
    axis, zero = np.linspace(-10, 10, CELLS), np.zeros(CELLS)
    curve = hv.Curve((zero, axis), "density", "k").opts(
        yaxis=None, xlabel="|φ(k)|² (nm)", xticks=3, responsive=True
    )
    return rendered(curve.opts(color=colors.density, line_width=2), ("marginal_k",), colors)


PHASE_SPACE = Card(
    name="phase space",
    title="Wigner function W(x, k)",
    label="Phase space",
    figures={"wigner": wigner_figure, "marginal_k": marginal_figure},
    runs=(1, 1),
    choice="Phase space",
)
