"""The probability of each region against time."""

from bokeh.models import Plot

from app.stage.card import Card
from app.stage.figures import holoviews, rendered
from app.theme import Palette
from locales.language import mark

SOURCES = ("left", "inside", "right", "now")


def regions_figure(colors: Palette) -> Plot:
    """Three curves that add up to what is left of 1, and the time on screen as an upright line."""
    hv, line = holoviews(), ([0.0, 1.0], [1.0, 1.0])
    looks = (
        {"color": colors.density},
        {"color": colors.barrier, "line_dash": [2, 3]},
        {"color": colors.real, "line_dash": [8, 4]},
    )
    layers = [
        *(hv.Curve(line, "t", "probability").opts(line_width=2.5, **look) for look in looks),
        hv.Curve(([0.5, 0.5], [0.0, 1.0]), "t", "probability").opts(
            color=colors.text, line_width=1.5
        ),
    ]
    overlay = hv.Overlay(layers).opts(xlabel="t (fs)", ylabel=mark("probability"), responsive=True)
    return rendered(overlay, SOURCES, colors)


REGIONS = Card(
    name="regions",
    title="Where the particle is, against time",
    figures={"regions": regions_figure},
    runs=(1, 1),
    choice="Over time",
    note="These are probabilities, and no parts of a particle: one electron is found, whole, in "
    "one of the regions.",
)
