"""The figures, built by HoloViews once per server process in a light and a dark variant.

Each figure is exported as a Bokeh JSON item whose data sources carry names; the stage embeds it and
drives the sources by these names. A visitor's own document holds no figure.
"""

import gzip
import json
from functools import cache
from typing import Any

import colorcet
import holoviews as hv
import numpy as np
from bokeh.embed import json_item
from bokeh.models import Plot

from app.theme import DARK, FONT, LIGHT, Palette, blend

hv.extension("bokeh", logo=False)

FAR = 1e3
"""Beyond any axis."""

POINTS = 512
CELLS = 128
WAVE = ("inside", "phase", "density", "re", "im", "barrier", "energy", "forbidden")
CURVES = ("curve_0", "curve_1", "curve_2", "mark_0", "mark_1", "points")
"""Sources of a figure of curves: up to three, two upright lines, and the person's own runs."""


def wave_figure(colors: Palette) -> tuple[Plot, dict[str, Any]]:
    """|psi|^2 (and Re, Im, phase) on the left axis; barrier and packet energy on the right one.

    A band is the barrier's inside; on the thick part of the energy's line V exceeds it.
    """
    x, zero = np.linspace(-10, 10, POINTS), np.zeros(POINTS)
    half, few = x[::2], zero[::2]
    left = hv.Dimension("amplitude", label="|ψ|² (1/nm)")
    right = hv.Dimension("energy", label="Energy (eV)")
    shades = {"cmap": list(colorcet.CET_CBC1), "clim": (-np.pi, np.pi)}
    layers = [
        hv.Rectangles(([0], [-FAR], [1], [FAR]), ["x", left, "x1", "y1"]).opts(
            color=colors.muted, fill_alpha=0.13, line_color=colors.barrier, line_dash="dashed"
        ),
        hv.Rectangles((half, few, half, few, few), ["x", left, "x1", "y1"], "phase").opts(
            color="phase", line_alpha=0, **shades
        ),
        hv.Area((x, zero), "x", left).opts(
            color=colors.density, alpha=0.3, line_color=colors.density, line_width=2
        ),
        hv.Curve((x, zero), "x", left).opts(color=colors.real, line_width=1.5),
        hv.Curve((x, zero), "x", left).opts(
            color=colors.imaginary, line_width=1.5, line_dash=[5, 3]
        ),
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
    return rendered(overlay, WAVE, colors)


def wigner_figure(colors: Palette) -> tuple[Plot, dict[str, Any]]:
    """W(x, k), zero in the middle of a diverging map."""
    axis = np.linspace(-10, 10, CELLS)
    image = hv.Image((axis, axis, np.zeros((CELLS, CELLS))), ["x", "k"], "W").opts(
        cmap=blend(colors.wigner), clim=(-1, 1)
    )
    edges = hv.Segments(([0, 1], [-1e3, -1e3], [0, 1], [1e3, 1e3]), ["x", "k", "x1", "k1"]).opts(
        color=colors.barrier, line_width=1.5, line_dash="dashed"
    )
    overlay = (image * edges).opts(xlabel="x (nm)", ylabel="k (1/nm)", responsive=True)
    return rendered(overlay, ("wigner", "edges"), colors)


def marginal_figure(colors: Palette, name: str, along_x: bool) -> tuple[Plot, dict[str, Any]]:
    """One marginal of W: |psi(x)|^2 above the picture, or |phi(k)|^2 beside it."""
    axis, zero = np.linspace(-10, 10, CELLS), np.zeros(CELLS)
    if along_x:
        curve = hv.Curve((axis, zero), "x", "density").opts(
            xaxis=None, ylabel="|ψ|²", yticks=2, responsive=True
        )
    else:
        curve = hv.Curve((zero, axis), "density", "k").opts(
            yaxis=None, xlabel="|φ(k)|² (nm)", xticks=3, responsive=True
        )
    return rendered(curve.opts(color=colors.density, line_width=2), (name,), colors)


def curves_figure(colors: Palette, logarithmic: bool) -> tuple[Plot, dict[str, Any]]:
    """Up to three curves y(x) with upright marks; the stage labels the axes."""
    line, upright = ([0.0, 1.0], [1.0, 1.0]), ([0.5, 0.5], [1e-9, 1.0])
    drawn = (colors.density, colors.barrier, colors.real)
    layers = [
        *(hv.Curve(line, "x", "y").opts(color=color, line_width=2) for color in drawn),
        *(
            hv.Curve(upright, "x", "y").opts(color=color, line_width=1.5, line_dash="dashed")
            for color in (colors.energy, colors.muted)
        ),
        hv.Points(([0.5], [0.5]), ["x", "y"]).opts(
            color=colors.energy, size=9, marker="circle", line_color=colors.card
        ),
    ]
    overlay = hv.Overlay(layers).opts(logy=logarithmic, xlabel="x", ylabel="y", responsive=True)
    return rendered(overlay, CURVES, colors)


def rendered(element: Any, names: tuple[str, ...], colors: Palette) -> tuple[Plot, dict[str, Any]]:
    """HoloViews' plot of an element with named sources, ready for embedding."""
    renderer = hv.renderer("bokeh")
    # Trap: on by default, and without a graphics card less than half as many frames a second.
    renderer.webgl = False
    plot = renderer.get_plot(element)
    parts = list(plot.subplots.values()) if plot.subplots else [plot]
    sources = {}
    for name, part in zip(names, parts, strict=True):
        part.handles["source"].name = name
        sources[name] = part.handles["source"]
    restyle(plot.state, colors)
    plot.cleanup()
    return plot.state, sources


def restyle(figure: Any, colors: Palette) -> None:
    """Type, colors and no tools: the stage is a player, not a plotting window."""
    figure.toolbar_location = None
    figure.tools = []
    figure.background_fill_color = figure.border_fill_color = None
    figure.outline_line_color = None
    figure.min_border = 8
    if any(axis.visible for axis in figure.yaxis):
        figure.min_border_left = 62
    if any(axis.visible for axis in figure.xaxis):
        figure.min_border_bottom = 54
    for axis in figure.axis:
        axis.axis_label_text_font = axis.major_label_text_font = FONT
        axis.axis_label_text_font_style = "normal"
        axis.axis_label_text_font_size = "14px"
        axis.major_label_text_font_size = "13px"
        axis.axis_label_text_color = axis.major_label_text_color = colors.muted
        axis.axis_line_color = axis.major_tick_line_color = colors.line
        axis.minor_tick_line_color = None
    figure.grid.grid_line_color = colors.line
    figure.grid.grid_line_alpha = 0.6


@cache
def figures_block(dark: bool) -> bytes:
    """All figures of one theme as JSON, {name: Bokeh item}, as small as zlib makes it: once."""
    colors = DARK if dark else LIGHT
    plots = {
        "wave": wave_figure(colors),
        "wigner": wigner_figure(colors),
        "marginal_x": marginal_figure(colors, "marginal_x", True),
        "marginal_k": marginal_figure(colors, "marginal_k", False),
        "second": wave_figure(colors),
        "spectrum": curves_figure(colors, False),
        "coefficient": curves_figure(colors, False),
        "scan": curves_figure(colors, True),
    }
    items = {name: json_item(plot) for name, (plot, _) in plots.items()}
    return gzip.compress(json.dumps(items).encode(), mtime=0)
