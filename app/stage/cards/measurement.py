"""Single detections, drawn by lot in the browser, and how their shares become probabilities.

And the question whether it is behind the barrier: the server goes on from the wave of the answer.
"""

from typing import Any

import numpy as np
from bokeh.models import Plot

from app.stage.card import Card
from app.stage.figures import holoviews, rendered
from app.theme import Palette
from locales.language import mark

FAR = 1e3
SIDES = ("left", "inside", "right")


def bars(axis: str, colors: Palette) -> list[Any]:
    """Shares as bars with their errors."""
    hv, value = holoviews(), shares(axis)
    return [
        hv.Rectangles(([0], [0], [1], [0.5]), ["x", value, "x1", "y1"]).opts(
            color=colors.density, fill_alpha=0.45, line_color=colors.density
        ),
        hv.Segments(([0.5], [0.4], [0.5], [0.6]), ["x", value, "x1", "y1"]).opts(
            color=colors.text, line_width=1.5
        ),
    ]


def shares(axis: str) -> Any:
    """The upright axis, and what stands beside it."""
    return holoviews().Dimension("share", label=axis)


def sides_figure(colors: Palette) -> Plot:
    """The shares left, inside and right with their errors; thick lines are what is expected."""
    hv, ticks = holoviews(), list(enumerate(SIDES))
    names = ["x", shares(mark("share")), "x1", "y1"]
    expected = hv.Segments(([0], [0.5], [1], [0.5]), names).opts(color=colors.energy, line_width=4)
    overlay = hv.Overlay([*bars(mark("share"), colors), expected]).opts(
        xticks=ticks, xlabel="", xlim=(-0.6, 2.6), responsive=True
    )
    return rendered(overlay, ("counted", "errors", "expected"), colors)


def places_figure(colors: Palette) -> Plot:
    """How many were found in each stretch of x, per nm, beside |psi|^2."""
    hv = holoviews()
    x, zero = np.linspace(-10, 10, 512), np.zeros(512)
    inside = hv.Rectangles(
        ([0], [-FAR], [1], [FAR]), ["x", shares(mark("found (1/nm)")), "x1", "y1"]
    ).opts(color=colors.muted, fill_alpha=0.13, line_color=colors.barrier, line_dash="dashed")
    expected = hv.Curve((x, zero), "x", shares(mark("found (1/nm)"))).opts(
        color=colors.energy, line_width=2
    )
    overlay = hv.Overlay([inside, *bars(mark("found (1/nm)"), colors), expected]).opts(
        xlabel="x (nm)", responsive=True
    )
    return rendered(overlay, ("inside", "counted", "errors", "expected"), colors)


def running_figure(colors: Palette) -> Plot:
    """What part got through of so many sent, and one standard deviation around T."""
    hv, value = holoviews(), shares(mark("share behind"))
    n, line = np.array([1.0, 1000.0]), np.array([0.5, 0.5])
    layers = [
        hv.Area((n, line - 0.1, line + 0.1), "n", [value, "high"]).opts(
            color=colors.energy, fill_alpha=0.14, line_color=colors.energy, line_alpha=0.4
        ),
        hv.Curve((n, line), "n", value).opts(color=colors.energy, line_width=2, line_dash=[8, 4]),
        hv.Curve((n, line), "n", value).opts(color=colors.density, line_width=2),
    ]
    overlay = hv.Overlay(layers).opts(logx=True, xlabel=mark("particles sent"), responsive=True)
    return rendered(overlay, ("funnel", "expected", "share"), colors)


CLICKS = Card(
    name="clicks",
    title="One particle, one click",
    figures={"sides": sides_figure, "places": places_figure, "running": running_figure},
    choice="Detections",
    note="One particle is sent at a time. It is found once, whole, at one place: a single run is "
    "one electron. T is a probability; it tells how often, not how much.",
)
MEASUREMENT = Card(
    name="measurement",
    title="A measurement: is it behind the barrier?",
    runs=(1, 1),
    choice="Measurement",
    note="A detector behind the barrier is asked once, at the time on screen. Whatever it says, "
    "the wave is another one afterwards, and goes on from there: it does not come back by itself.",
)
