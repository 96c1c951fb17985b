"""The card of controls, made from the model; what is not needed yet is not made yet."""

from collections.abc import Callable
from typing import Any

import panel_material_ui as pmui
import param

from app.model import Lab

BARRIER = ("shape", "height", "width", "gap", "field", "held")
PACKET = ("energy", "sigma", "direction")
ADVANCED = ("quality", "mass", "room", "edges", "environment", "t2", "noise_length")
NOISE = ("t2", "noise_length")
"""Controls that only an environment has."""
OWN = ("height", "width", "gap", "field")
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


def heading(text: str) -> Any:
    return pmui.Typography(text, variant="subtitle2", margin=(10, 10, 0, 10))


class ControlsCard:
    """Barrier, packet, and a fold; each widget is made the first time that it is shown.

    `released` is called when a slider is let go. `free` names what may be changed, None for all.
    """

    def __init__(self, lab: Lab, released: Callable[..., None]) -> None:
        self.lab, self.released = lab, released
        self.widgets: dict[str, Any] = {}
        self.free: frozenset[str] | None = None
        self.only = False
        self.headings = heading("Barrier"), heading("Packet"), heading("You may change")
        self.inner = pmui.Column(sizing_mode="stretch_width")
        self.fold = pmui.Accordion(
            ("Advanced", self.inner),
            active=[],
            margin=(10, 0),
            elevation=0,
            title_variant="subtitle2",
        )
        self.fold.param.watch(self.unfold, "active")
        self.column = pmui.Column(sizing_mode="stretch_width", css_classes=["ts-controls"])
        self.arrange()

    def widget(self, name: str) -> Any:
        """The widget of this name, made when it is first asked for."""
        if name not in self.widgets:
            widget = self.widgets[name] = widget_for(self.lab, name)
            self.lock(name)
            if self.is_slider(name):
                widget.param.watch(self.released, "value_throttled")
        return self.widgets[name]

    def is_slider(self, name: str) -> bool:
        return not isinstance(self.lab.param[name], param.Selector)

    def shown(self, name: str) -> bool:
        """Whether this setting has the control; a published case has none."""
        if self.lab.case != "none" or (self.only and name not in (self.free or ())):
            return False
        if name == "held":
            return self.free is not None and name in self.free
        if name in NOISE:
            return not self.lab.chosen.alone
        return name not in OWN or name in self.lab.chosen.own

    def arrange(self) -> None:
        """Show the controls that this setting has."""
        barrier = [self.widget(name) for name in BARRIER if self.shown(name)]
        packet = [self.widget(name) for name in PACKET if self.shown(name)]
        parts = [self.headings[0], *barrier, self.headings[1], *packet, self.fold]
        if self.only:
            more = [self.widget(name) for name in ADVANCED if self.shown(name)]
            parts = [self.headings[2], *barrier, *packet, *more]
        wanted = parts if self.lab.case == "none" else []
        if wanted != list(self.column.objects):
            self.column.objects = wanted
        self.unfold()

    def unfold(self, *events: param.parameterized.Event) -> None:
        """Make what the open fold shows; a fold that was never open has nothing in it."""
        if not self.fold.active or self.only:
            return
        wanted = [self.widget(name) for name in ADVANCED if self.shown(name)]
        if wanted != list(self.inner.objects):
            self.inner.objects = wanted

    def unlock(self, free: frozenset[str] | None, only: bool = False) -> None:
        """Only `free` can be changed, and stands first or alone; None frees all the controls."""
        self.free, self.only = free, only
        for name in self.widgets:
            self.lock(name)
        if free is not None and free.intersection(ADVANCED):
            self.fold.active = [0]
        self.arrange()

    def lock(self, name: str) -> None:
        open_here = self.free is None or name in self.free
        widget = self.widgets[name]
        widget.disabled = not open_here
        first = self.free is not None and open_here and not self.only
        widget.styles = {"order": "-1" if first else "0"}
