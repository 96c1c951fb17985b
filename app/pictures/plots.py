"""Pictures of runs and scans in files, drawn by Matplotlib or, as a page, by HoloViews."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from app.pictures.gif import REGIONS, barrier_panel, density_label
from app.pictures.panels import Line, Panel, Shades, layers, save_picture
from app.stage.film import density_on_display
from app.telling import subject
from app.theme import FONT, LIGHT, blend
from solver.grid import Array
from solver.trajectory import Result
from solver.units import NATURAL
from solver.writing import require_suffix, writing

WIDE_LINES, WIDE_MAP = 2, 3
"""Values that span more decades get a logarithmic axis, or logarithmic colors."""

COLORS = blend(("#ffffff", "#9ac8e0", LIGHT.density, "#053061"))
QUICK = [COLORS[round(255 * (i / 1023) ** 0.5)] for i in range(1024)]
"""For |psi|^2: quick to leave white, so that a faint transmitted part is seen as well."""

CURVES = {
    "transmitted": ("transmitted part of the packet", LIGHT.density, False),
    "exact": ("the same by exact theory", LIGHT.text, True),
    "coefficient": ("T(E₀) of a stationary state", LIGHT.energy, False),
}
"""The numbers of a scan that are drawn, and how: label, color, dashed."""

FRAME_COLORS = blend(("#8fb8e8", LIGHT.density, "#04204a"), 4)

PAGE_STYLE = f"body {{ margin: 2rem; color: {LIGHT.text}; font: 1rem {FONT} }}"
PAGE_STYLE += " h1 { font-size: 1.4rem }"


class ScanAxis(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def values(self) -> Array: ...


class Scanned(Protocol):
    """Numbers over one axis or two; of CURVES it may have more, also in a mapping `numbers`."""

    @property
    def axes(self) -> Sequence[ScanAxis]: ...
    @property
    def transmitted(self) -> Array: ...


def plot_run(run: Result, file: Path) -> None:
    """The main part of a run: |psi|^2 in space and time, some frames, the regions."""
    write(run_panels(run), f"{subject(run.experiment)}\n{result(run)}", file)


def result(run: Result) -> str:
    """What got through, beside theory; of an average also how uncertain it is."""
    fate, unit, theory = run.fate, run.experiment.units.time, run.experiment.exact.transmitted
    what = "transmitted" if fate.separated else "transmitted so far"
    told, alone = f"{what} {fate.transmitted:.4g}", ""
    if run.fate_error is not None:
        members = run.summary()["members"]
        told += f" ± {run.fate_error.transmitted:.2g}, average of {members} runs,"
        alone = " for the packet alone"
    return f"{told} after {run.t_end:.4g} {unit}, exact theory {theory:.4g}{alone}"


def plot_scan(found: Scanned, file: Path) -> None:
    """A scan: lines over one axis, a map over two."""
    panel = scan_lines(found) if len(found.axes) == 1 else scan_map(found)
    write([panel], "Transmission against " + " and ".join(a.name for a in found.axes), file)


def write(panels: Sequence[Panel], title: str, file: Path) -> None:
    """A file that ends in .png, .svg, .pdf or .html; InvalidInput for any other."""
    suffix = require_suffix(file, ".png", ".svg", ".pdf", ".html")
    with writing(file) as beside:
        if suffix == ".html":
            beside.write_text(page(panels, title), encoding="utf-8")
        else:
            save_picture(panels, title, beside)


def run_panels(run: Result) -> list[Panel]:
    frames = run.experiment.frames + 1
    times, regions = run.times[:frames], run.regions[:frames]
    x, shown = density_on_display(run)
    shown = shown[:frames].astype(np.float32)
    return [carpet(run, x, times, shown), moments(run, x, times, shown), fates(run, times, regions)]


def carpet(run: Result, x: Array, times: Array, shown: Array) -> Panel:
    """|psi|^2 over space and time, and the barrier's edges."""
    units, (a, b) = run.experiment.units, run.experiment.barrier.support
    upright = [times[0], times[-1], np.nan, times[0], times[-1]]
    edges = Line("edges of the barrier", [a, a, np.nan, b, b], upright, LIGHT.barrier, dashed=True)
    return Panel(
        x_label=f"x ({units.length})",
        y_label=f"t ({units.time})",
        lines=[edges] if any(run.experiment.barrier.extremes) else [],
        shades=Shades(density_label(run.experiment), x, times, shown, QUICK),
    )


def moments(run: Result, x: Array, times: Array, shown: Array) -> Panel:
    """|psi|^2 at the start, closest to the barrier, at the end, and amid the longer gap."""
    wave, units = run.experiment.wave, run.experiment.units
    arrival = abs(wave.near_edge - wave.start) / units.velocity(wave.k0)
    near, last = int(np.argmin(np.abs(times - arrival))), len(times) - 1
    amid = (near + last) // 2 if last - near >= near else near // 2
    unit = "" if units.time == NATURAL.time else f" {units.time}"
    lines = [
        Line(f"t = {times[j]:.4g}{unit}", x, shown[j], color)
        for j, color in zip(sorted({0, near, amid, last}), FRAME_COLORS, strict=False)
    ]
    return barrier_panel(run.experiment, lines, float(max(line.y.max() for line in lines)))


def fates(run: Result, times: Array, regions: Array) -> Panel:
    """The probability in each region over time, and what theory says gets through."""
    exact = run.experiment.exact.transmitted
    theory = Line(f"exact T = {exact:.4g}", times[[0, -1]], (exact, exact), LIGHT.text, dashed=True)
    parts = zip(REGIONS.items(), regions.T, strict=True)
    return Panel(
        x_label=f"t ({run.experiment.units.time})",
        y_label="probability",
        lines=[*(Line(name, times, part, color) for (name, color), part in parts), theory],
        limits=(0.0, 1.04),
    )


def decades(values: Array) -> float:
    """Over how many powers of ten the positive values range."""
    found = values[np.isfinite(values) & (values > 0)]
    return float(np.ptp(np.log10(found))) if found.size else 0.0


def positive(values: Array) -> Array:
    """The values for a logarithmic scale: not a number where there is nothing to show."""
    return np.where(values > 0, values, np.nan)


def scan_lines(found: Scanned) -> Panel:
    """What of CURVES the scan has, in one panel."""
    numbers = getattr(found, "numbers", {})
    given = {name: getattr(found, name, numbers.get(name)) for name in CURVES}
    known = {name: y for name, y in given.items() if y is not None}
    wide = decades(np.concatenate(list(known.values()))) > WIDE_LINES
    axis = found.axes[0]
    lines = [
        Line(CURVES[name][0], axis.values, positive(y) if wide else y, *CURVES[name][1:])
        for name, y in known.items()
    ]
    name = f"{axis.name} ({axis.unit})"
    return Panel(x_label=name, y_label="probability", lines=lines, logarithmic=wide)


def scan_map(found: Scanned) -> Panel:
    across, up = found.axes
    wide = decades(found.transmitted) > WIDE_MAP
    values = positive(found.transmitted.T) if wide else found.transmitted.T
    return Panel(
        x_label=f"{across.name} ({across.unit})",
        y_label=f"{up.name} ({up.unit})",
        shades=Shades("transmitted", across.values, up.values, values, COLORS, wide),
    )


def page(panels: Sequence[Panel], title: str) -> str:
    """One HTML page that loads nothing: its script and its data are in it."""
    from bokeh.embed import components
    from bokeh.layouts import column
    from bokeh.resources import Resources

    name, *more = map(escape, title.split("\n"))
    library = "\n".join(Resources(mode="inline", components=["bokeh"]).js_raw)
    script, place = components(column(list(map(figure, panels)), sizing_mode="stretch_width"))
    heading = f"<h1>{name}</h1>" + "".join(f"<p>{line}</p>" for line in more)
    head = f"<title>{name}</title><style>{PAGE_STYLE}</style><script>{library}</script>{script}"
    return f'<!DOCTYPE html><html lang="en"><meta charset="utf-8">{head}{heading}{place}</html>'


def figure(panel: Panel) -> Any:
    """A panel drawn by HoloViews, with tools to look closer and to read values."""
    from bokeh.models import BoxZoomTool, HoverTool, PanTool, ResetTool

    from app.stage.figures import holoviews, restyle

    hv = holoviews()
    legend = {"border_line_color": None, "spacing": 10}
    overlay = hv.Overlay(layers(panel)).opts(responsive=True, min_height=420, xlabel=panel.x_label)
    overlay.opts(multi_y=bool(panel.right), logy=panel.logarithmic)
    overlay.opts(legend_position="top", legend_cols=3, legend_opts=legend, legend_offset=(0, 12))
    state = hv.renderer("bokeh").get_plot(overlay).state
    restyle(state, LIGHT)
    tips = [(panel.x_label, "$x{%.4g}"), (panel.y_label, "$y{%.4g}")]
    tips += [(panel.shades.label, "@image{%.4g}")] if panel.shades else []
    hover = HoverTool(tooltips=tips, formatters=dict.fromkeys(("$x", "$y", "@image"), "printf"))
    state.add_tools(PanTool(), BoxZoomTool(), ResetTool(), hover)
    state.toolbar_location, state.toolbar.logo = "above", None
    return state
