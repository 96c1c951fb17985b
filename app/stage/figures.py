"""How HoloViews builds a figure of the stage: named data sources, our type and colors, no tools."""

from functools import cache
from typing import Any

from bokeh.models import BasicTicker, Plot

from app.theme import FONT, Palette


@cache
def holoviews() -> Any:
    """HoloViews, with Bokeh to draw with; what it loads takes 80 MB, so that no server does."""
    import holoviews as hv

    hv.extension("bokeh", logo=False)
    return hv


def rendered(element: Any, names: tuple[str, ...], colors: Palette) -> Plot:
    """HoloViews' plot of an element, ready for embedding, its sources named."""
    renderer = holoviews().renderer("bokeh")
    # Trap: on by default, and without a graphics card less than half as many frames a second.
    renderer.webgl = False
    plot = renderer.get_plot(element)
    parts = list(plot.subplots.values()) if plot.subplots else [plot]
    for name, part in zip(names, parts, strict=True):
        part.handles["source"].name = name
    restyle(plot.state, colors)
    thicken(plot.state, colors.thinnest)
    plot.cleanup()
    return plot.state


def restyle(figure: Any, colors: Palette) -> None:
    """Type, colors and no tools: the stage is a player, not a plotting window."""
    figure.toolbar_location = None
    figure.tools = []
    figure.background_fill_color = figure.border_fill_color = None
    figure.outline_line_color = None
    figure.min_border = 8
    if any(axis.visible for axis in figure.yaxis):
        figure.min_border_left = 42 + 2 * colors.label
    if any(axis.visible for axis in figure.xaxis):
        figure.min_border_bottom = 26 + 2 * colors.label
    for axis in figure.axis:
        if isinstance(axis.ticker, BasicTicker):
            axis.ticker.desired_num_ticks = min(axis.ticker.desired_num_ticks, colors.ticks)
        axis.axis_label_text_font = axis.major_label_text_font = FONT
        axis.axis_label_text_font_style = "normal"
        axis.axis_label_text_font_size = f"{colors.label}px"
        axis.major_label_text_font_size = f"{colors.tick}px"
        axis.axis_label_text_color = axis.major_label_text_color = colors.muted
        axis.axis_line_color = axis.major_tick_line_color = colors.line
        axis.axis_line_width = axis.major_tick_line_width = colors.frame
        axis.minor_tick_line_color = None
    figure.grid.grid_line_color = colors.line
    figure.grid.grid_line_alpha = 0.6


def thicken(figure: Any, thinnest: float) -> None:
    """No line of what is drawn is thinner than this."""
    for drawn in (renderer.glyph for renderer in figure.renderers):
        width = getattr(drawn, "line_width", None)
        width = getattr(width, "value", width)
        if isinstance(width, (int, float)):
            drawn.line_width = max(thinnest, width)
