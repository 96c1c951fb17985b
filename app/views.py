"""The cards of the lab: controls made from the model."""

from typing import Any

import panel_material_ui as pmui
import param

from app.model import Lab

BARRIER = ("shape", "height", "width", "gap", "field")
PACKET = ("energy", "sigma", "direction")
ADVANCED = ("quality", "mass", "room", "edges")

OWN = BARRIER[1:]
"""Controls that only some shapes have."""

READABLE = {"& label.Mui-disabled": {"color": "text.secondary"}}
"""A locked control's label is still to be read."""

GATHER = 20
"""Milliseconds in which Panel gathers a slider's changes into one (its own default is 50)."""


def widget_for(lab: Lab, name: str) -> Any:
    """A slider with a number entry, or a choice, bound to one parameter."""
    parameter = lab.param[name]
    if isinstance(parameter, param.Selector):
        return pmui.Select.from_param(
            parameter, sizing_mode="stretch_width", size="small", sx=READABLE
        )
    slider = pmui.EditableFloatSlider.from_param(
        parameter,
        fixed_start=parameter.bounds[0],
        fixed_end=parameter.bounds[1],
        format="0[.]00",
        sizing_mode="stretch_width",
        size="small",
        margin=(4, 10),
        sx={"& .MuiTypography-root, & label": {"fontSize": "0.875rem"}, **READABLE},
    )
    slider._debounce = GATHER
    return slider


def make_widgets(lab: Lab) -> dict[str, Any]:
    """One widget a parameter; those that the present shape does not have are hidden."""
    widgets = {name: widget_for(lab, name) for name in (*BARRIER, "held", *PACKET, *ADVANCED)}
    widgets["held"].visible = False
    show_controls(lab, widgets)
    return widgets


def show_controls(lab: Lab, widgets: dict[str, Any]) -> None:
    """Show the controls that this setting has; a published case has none."""
    for name in (*BARRIER, *PACKET, *ADVANCED):
        had = name not in OWN or name in lab.chosen.own
        widgets[name].visible = lab.case == "none" and had


def heading(text: str) -> Any:
    return pmui.Typography(text, variant="subtitle2", margin=(10, 10, 0, 10))


def controls_card(widgets: dict[str, Any]) -> Any:
    """Barrier, packet, and a fold for what a beginner does not need."""
    advanced = pmui.Column(*[widgets[name] for name in ADVANCED], sizing_mode="stretch_width")
    fold = pmui.Accordion(
        ("Advanced", advanced), active=[], margin=(10, 0), elevation=0, title_variant="subtitle2"
    )
    return pmui.Column(
        heading("Barrier"),
        *[widgets[name] for name in BARRIER],
        widgets["held"],
        heading("Packet"),
        *[widgets[name] for name in PACKET],
        fold,
        sizing_mode="stretch_width",
        css_classes=["ts-controls"],
    )
