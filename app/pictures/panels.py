"""Panels of lines and shades, drawn by Matplotlib or HoloViews."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.theme import LIGHT
from locales.language import written
from solver.grid import Array
from solver.writing import require_suffix

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "text.color": LIGHT.text,
    "axes.labelcolor": LIGHT.muted,
    "axes.edgecolor": LIGHT.muted,
    "xtick.color": LIGHT.muted,
    "ytick.color": LIGHT.muted,
    "grid.color": LIGHT.line,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "tunnelscope",
}
"""Matplotlib's settings, the same whatever the person's own are."""

UNDATED = {".png": {}, ".svg": {"Date": None}, ".pdf": {"CreationDate": None}}
"""What Matplotlib writes, without the date: the same panels make the same file."""


@dataclass(frozen=True)
class Line:
    """A line through x, y (m,), dashed or not, with the area down to zero filled or not."""

    label: str
    x: Any
    y: Any
    color: str
    dashed: bool = False
    filled: bool = False


@dataclass(frozen=True)
class Shades:
    """`colors` for the values (ny, nx) at x (nx,) and y (ny,)."""

    label: str
    x: Array
    y: Array
    values: Array
    colors: Sequence[str]
    logarithmic: bool = False


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Lines on the left axis, over shades if there are any, and lines on a right axis."""

    x_label: str
    y_label: str
    lines: Sequence[Line] = ()
    limits: tuple[float, float] | None = None
    logarithmic: bool = False
    shades: Shades | None = None
    right_label: str = ""
    right: Sequence[Line] = ()
    right_limits: tuple[float, float] | None = None


def save_picture(panels: Sequence[Panel], title: str, file: Path) -> None:
    """Draw one panel, or one above two, into a file that ends in .png, .svg or .pdf."""
    from matplotlib import style

    suffix = require_suffix(file, *UNDATED)
    metadata = {"Title": title.replace("\n", ": "), **UNDATED[suffix]}
    with style.context(["default", STYLE]):
        picture(panels, title).savefig(file, format=suffix[1:], metadata=metadata)


def picture(panels: Sequence[Panel], title: str) -> "Figure":
    from matplotlib.figure import Figure

    size = (9, 6) if len(panels) == 1 else (12, 9.5)
    figure = Figure(figsize=size, dpi=120, layout="constrained")
    figure.suptitle(title, fontsize=13, linespacing=1.5)
    axes = figure.subplot_mosaic("a" if len(panels) == 1 else "aa;bc")
    for name, panel in zip(axes, panels, strict=True):
        draw(panel, axes[name])
    return figure


def draw(panel: Panel, axes: "Axes") -> list["Line2D"]:
    """Draw a panel with Matplotlib; returns its lines, left axis first."""
    axes.set(xlabel=panel.x_label, ylabel=panel.y_label)
    axes.margins(x=0)
    write_numbers(axes)
    if panel.limits:
        axes.set_ylim(panel.limits)
        axes.set_yticks([y for y in axes.get_yticks() if 0 <= y <= panel.limits[1]])
    if panel.shades:
        shade(panel.shades, axes)
    else:
        axes.grid()
    drawn = [trace(line, axes) for line in panel.lines]
    if panel.right:
        twin = axes.twinx()
        twin.set(ylabel=panel.right_label, ylim=panel.right_limits)
        write_numbers(twin)
        drawn += [trace(line, twin) for line in panel.right]
    if panel.logarithmic:
        axes.set_yscale("log")
    columns = len(drawn) if len(drawn) < 4 else (len(drawn) + 1) // 2
    axes.legend(handles=drawn, loc="lower center", bbox_to_anchor=(0.5, 1), ncols=columns)
    return drawn


def write_numbers(axes: "Axes") -> None:
    """Numbers beside the axes are written as the language writes them."""
    from matplotlib.ticker import ScalarFormatter

    class Written(ScalarFormatter):
        def __call__(self, x: float, pos: int | None = None) -> str:
            return written(super().__call__(x, pos))

    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(Written())


def trace(line: Line, axes: "Axes") -> "Line2D":
    if line.filled:
        axes.fill_between(line.x, line.y, color=line.color, alpha=0.25, linewidth=0)
    dash = "--" if line.dashed else "-"
    return axes.plot(line.x, line.y, dash, color=line.color, label=line.label, linewidth=1.8)[0]


def shade(shades: Shades, axes: "Axes") -> None:
    """Colors in cells around the points, with their scale."""
    from matplotlib.colors import ListedColormap, LogNorm, Normalize

    norm = LogNorm() if shades.logarithmic else Normalize()
    colors = ListedColormap(list(shades.colors))
    cells = shades.x, shades.y, shades.values
    image = axes.pcolormesh(*cells, cmap=colors, norm=norm, shading="nearest", rasterized=True)
    axes.figure.colorbar(image, ax=axes, label=shades.label, pad=0.02)


def layers(panel: Panel) -> list[Any]:
    """A panel as elements of HoloViews."""
    import holoviews as hv

    free = (None, None)
    left = hv.Dimension("left", label=panel.y_label, range=panel.limits or free)
    right = left.clone("right", label=panel.right_label or "V", range=panel.right_limits or free)
    lines = [stroke(line, left) for line in panel.lines]
    lines += [stroke(line, right) for line in panel.right]
    return [tiles(panel.shades, left), *lines] if panel.shades else lines


def stroke(line: Line, y: Any) -> Any:
    import holoviews as hv

    data, look = (np.asarray(line.x), np.asarray(line.y)), {"color": line.color, "line_width": 2}
    if line.filled:
        area = hv.Area(data, "x", y, label=line.label)
        return area.opts(line_color=line.color, fill_alpha=0.25, **look)
    curve = hv.Curve(data, "x", y, label=line.label)
    return curve.opts(line_dash="dashed" if line.dashed else "solid", **look)


def tiles(shades: Shades, y: Any) -> Any:
    import holoviews as hv

    image = hv.Image((shades.x, shades.y, shades.values), ["x", y], "shade")
    bar = {"title_text_font_style": "normal", "bar_line_color": None}
    image.opts(cmap=list(shades.colors), logz=shades.logarithmic)
    return image.opts(colorbar=True, clabel=shades.label, colorbar_opts=bar)
