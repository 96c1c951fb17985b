"""The wave before its barrier, of the first run and of the second.

And Re psi against Im psi: a curve through all x, which some papers call phase space.
"""

import numpy as np
from bokeh.models import Plot

from app.stage.card import Card
from app.stage.figures import holoviews, rendered
from app.theme import Palette

FAR = 1e3
"""Beyond any axis."""

POINTS = 512
SOURCES = (
    *("inside", "pinned", "phase", "density", "classical", "re", "im", "free"),
    *("barrier", "energy", "forbidden"),
)
COMPLEX_SOURCES = ("zero_re", "zero_im", "left", "inside", "right")


def wave_figure(colors: Palette) -> Plot:
    """|psi|^2 (Re, Im, phase, the free packet) on the left axis; a band is the barrier's inside.

    The textbook overlay has barrier and packet energy, too, on the right axis; on the thick part of
    the energy's line V exceeds it.
    """
    import colorcet

    hv = holoviews()
    x, zero = np.linspace(-10, 10, POINTS), np.zeros(POINTS)
    half, few = x[::2], zero[::2]
    left = hv.Dimension("amplitude", label="|ψ|² (1/nm)")
    right = hv.Dimension("energy", label="Energy (eV)")
    shades = {"cmap": list(colorcet.CET_CBC1), "clim": (-np.pi, np.pi)}
    layers = [
        hv.Rectangles(([0], [-FAR], [1], [FAR]), ["x", left, "x1", "y1"]).opts(
            color=colors.muted, fill_alpha=0.13, line_color=colors.barrier, line_dash="dashed"
        ),
        hv.Curve((x, zero), "x", left).opts(color=colors.muted, line_width=1.5, line_dash=[2, 3]),
        hv.Rectangles((half, few, half, few, few), ["x", left, "x1", "y1"], "phase").opts(
            color="phase", line_alpha=0, **shades
        ),
        hv.Area((x, zero), "x", left).opts(
            color=colors.density, alpha=0.3, line_color=colors.density, line_width=2
        ),
        hv.Curve((x, zero), "x", left).opts(color=colors.text, line_width=1.5, line_dash=[4, 3]),
        hv.Curve((x, zero), "x", left).opts(color=colors.real, line_width=1.5),
        hv.Curve((x, zero), "x", left).opts(
            color=colors.imaginary, line_width=1.5, line_dash=[5, 3]
        ),
        hv.Curve((x, zero), "x", left).opts(color=colors.muted, line_width=2, line_dash=[10, 4]),
        hv.Area(([0.0, 1.0], [0.0, 0.0]), "x", right).opts(
            color=colors.barrier, alpha=0.28, line_color=colors.barrier, line_width=2
        ),
        hv.Curve(([-10, 10], [1, 1]), "x", right).opts(
            color=colors.energy, line_width=2, line_dash=[8, 4]
        ),
        hv.Segments(([0], [1], [1], [1]), ["x", right, "x1", "v1"]).opts(
            color=colors.energy, line_width=6, line_cap="butt"
        ),
    ]
    overlay = hv.Overlay(layers).opts(multi_y=True, xlabel="x (nm)", responsive=True)
    return rendered(overlay, SOURCES, colors)


def complex_figure(colors: Palette) -> Plot:
    """psi of each x as a point; left of the barrier, inside and right of it in their own looks."""
    hv = holoviews()
    looks = (
        {"color": colors.density},
        {"color": colors.barrier, "line_dash": [2, 3]},
        {"color": colors.real, "line_dash": [8, 4]},
    )
    ends, zero, few = [-FAR, FAR], [0.0, 0.0], ([0.0, 1.0], [0.0, 0.0])
    layers = [
        *(
            hv.Curve(line, "re", "im").opts(color=colors.muted, line_width=1)
            for line in ((ends, zero), (zero, ends))
        ),
        *(hv.Curve(few, "re", "im").opts(line_width=1.5, **look) for look in looks),
    ]
    overlay = hv.Overlay(layers).opts(xlabel="Re ψ", ylabel="Im ψ", responsive=True)
    return rendered(overlay.opts(xticks=5, yticks=5), COMPLEX_SOURCES, colors)


WAVE = Card(
    name="wave",
    title="Wave packet",
    label="Wave function",
    figures={"wave": wave_figure},
    toggles={"re": "Re ψ", "im": "Im ψ", "phase": "Phase color", "textbook": "Textbook overlay"},
)
SECOND = Card(name="second", title="Second wave packet", figures={"wave": wave_figure}, runs=(2, 2))
COMPLEX = Card(
    name="complex",
    title="Re ψ against Im ψ",
    figures={"complex": complex_figure},
    runs=(1, 1),
    choice="Re ψ against Im ψ",
)
