"""The figures of the page: T(E) as measured and as foretold, what height and width can be, V(x)."""

from typing import Any

import numpy as np
from bokeh.embed import json_item
from bokeh.models import Plot

from app.stage.figures import holoviews, rendered
from app.theme import Palette, maps
from lessons.mystery.hidden import HEIGHTS, WIDTHS
from locales.language import mark

COEFFICIENT = (
    *("band_95", "band_68", "median", "truth", "guess"),
    *("others", "other_points", "errors", "spreads", "points"),
)
SIZES = ("sizes", "likeliest", "guess", "truth")
PROFILE = ("guess", "truth")
"""The sources of each figure."""

LINE, PLACE = ([0.0, 1.0], [0.0, 0.0]), ([0.5], [0.5])


def coefficient_figure(colors: Palette) -> Plot:
    """Bands of the transmitted part, the truth and a guess, and measured parts with their errors.

    Those of packets of another width than the bands are drawn apart, hollow.
    """
    hv = holoviews()

    def area(alpha: float) -> Any:
        options = {"color": colors.density, "fill_alpha": alpha, "line_alpha": 0}
        return hv.Area(([0.0, 1.0], [0.0, 0.0], [1.0, 1.0]), "x", ["t", "t2"]).opts(**options)

    def curve(color: str, width: float, dash: str) -> Any:
        return hv.Curve(LINE, "x", "t").opts(color=color, line_width=width, line_dash=dash)

    def bars(color: str, width: float) -> Any:
        ends = ([0.0], [0.0], [1.0], [0.0])
        return hv.Segments(ends, ["x", "t", "x1", "t1"]).opts(color=color, line_width=width)

    def points(fill: str) -> Any:
        return hv.Points(PLACE, ["x", "t"]).opts(color=fill, size=8, line_color=colors.energy)

    layers = [
        area(0.16),
        area(0.32),
        curve(colors.density, 2, "solid"),
        curve(colors.barrier, 2.5, "solid"),
        curve(colors.imaginary, 2.5, "dashed"),
        bars(colors.energy, 1),
        points(colors.card),
        bars(colors.energy, 2),
        bars(colors.energy, 1),
        points(colors.energy),
    ]
    overlay = hv.Overlay(layers).opts(
        xlabel=mark("Packet energy (eV)"), ylabel=mark("Transmitted part"), responsive=True
    )
    return rendered(overlay, COEFFICIENT, colors)


def sizes_figure(colors: Palette) -> Plot:
    """How likely each height and width is, the darker the likelier; the likeliest, guess, truth."""
    hv = holoviews()
    _, shade = maps(colors)
    axes = (np.array(WIDTHS), np.array(HEIGHTS), np.zeros((len(HEIGHTS), len(WIDTHS))))

    def sign(marker: str, line: str, size: int, fill: float = 0.0) -> Any:
        options = {"line_color": line, "color": colors.barrier, "line_width": 2}
        points = hv.Points(PLACE, ["x", "y"])
        return points.opts(marker=marker, size=size, fill_alpha=fill, **options)

    layers = [
        hv.Image(axes, ["x", "y"], "p").opts(cmap=shade, clim=(0, 1)),
        sign("circle", colors.energy, 16),
        sign("square", colors.imaginary, 13),
        sign("diamond", colors.card, 14, fill=1.0),
    ]
    overlay = hv.Overlay(layers).opts(
        xlabel=mark("Width (nm)"), ylabel=mark("Height (eV)"), responsive=True
    )
    return rendered(overlay, SIZES, colors)


def profile_figure(colors: Palette) -> Plot:
    """V(x) of a guess and of the truth."""
    hv = holoviews()
    guess = hv.Curve(LINE, "x", "v").opts(
        color=colors.imaginary, line_width=2.5, line_dash="dashed"
    )
    truth = hv.Curve(LINE, "x", "v").opts(color=colors.barrier, line_width=2.5)
    overlay = hv.Overlay([truth, guess]).opts(xlabel="x (nm)", ylabel="V (eV)", responsive=True)
    return rendered(overlay, ("truth", "guess"), colors)


def figures(colors: Palette) -> dict[str, Any]:
    """All of one theme, drawn here."""
    builders = {
        "coefficient": coefficient_figure,
        "sizes": sizes_figure,
        "profile": profile_figure,
    }
    return {name: json_item(build(colors)) for name, build in builders.items()}
