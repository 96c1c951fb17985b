"""Re psi against Im psi: a curve through all x, which some papers call phase space."""

from bokeh.models import Plot

from app.stage.card import Card
from app.stage.figures import holoviews, rendered
from app.theme import Palette

FAR = 1e3
"""Beyond any axis."""

SOURCES = ("zero_re", "zero_im", "left", "inside", "right")


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
    return rendered(overlay.opts(xticks=5, yticks=5), SOURCES, colors)


COMPLEX = Card(
    name="complex",
    title="Re ψ against Im ψ",
    figures={"complex": complex_figure},
    runs=(1, 1),
    choice="Re ψ against Im ψ",
)
