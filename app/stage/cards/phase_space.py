"""W(x, k) with its marginal over k; that over x is the wave above it. And classical particles."""

import numpy as np
from bokeh.models import Plot

from app.stage.card import Card
from app.stage.figures import holoviews, rendered
from app.theme import Palette, maps

CELLS = 128
WIGNER = ("wigner", "edges", "level", "separatrix", "cloud")
MARGINAL = ("marginal_k", "classical_k")
"""The sources of the figures."""


def wigner_figure(colors: Palette) -> Plot:
    """W(x, k), zero in the middle of a diverging map; lines of equal energy, and particles."""
    hv = holoviews()
    axis = np.linspace(-10, 10, CELLS)
    image = hv.Image((axis, axis, np.zeros((CELLS, CELLS))), ["x", "k"], "W").opts(
        cmap=maps(colors)[0], clim=(-1, 1)
    )
    edges = hv.Segments(([0, 1], [-1e3, -1e3], [0, 1], [1e3, 1e3]), ["x", "k", "x1", "k1"]).opts(
        color=colors.barrier, line_width=1.5, line_dash="dashed"
    )
    line = [[(0.0, 0.0), (1.0, 1.0)]]
    level = hv.Path(line, ["x", "k"]).opts(color=colors.energy, line_width=1.5, line_dash="dashed")
    separatrix = hv.Path(line, ["x", "k"]).opts(color=colors.text, line_width=1.5)
    cloud = hv.Points(([0.0], [0.0]), ["x", "k"]).opts(
        color=colors.text, size=3, alpha=0.4, line_alpha=0
    )
    overlay = (image * edges * level * separatrix * cloud).opts(
        xlabel="x (nm)", ylabel="k (1/nm)", responsive=True
    )
    return rendered(overlay, WIGNER, colors)


def marginal_figure(colors: Palette) -> Plot:
    """|phi(k)|^2 beside the picture; the other marginal is the wave above it."""
    hv = holoviews()
    axis, zero = np.linspace(-10, 10, CELLS), np.zeros(CELLS)
    curve, classical = (hv.Curve((zero, axis), "density", "k") for _ in MARGINAL)
    overlay = curve.opts(color=colors.density, line_width=2) * classical.opts(
        color=colors.text, line_width=1.5, line_dash=[4, 3]
    )
    looks = {"yaxis": None, "xlabel": "|φ(k)|² (nm)", "xticks": 3, "responsive": True}
    return rendered(overlay.opts(**looks), MARGINAL, colors)


PHASE_SPACE = Card(
    name="phase space",
    title="Wigner function: W(x, k)",
    label="Phase space",
    figures={"wigner": wigner_figure, "marginal_k": marginal_figure},
    runs=(1, 1),
    toggles={"classical": "Classical"},
    choice="Phase space",
)
