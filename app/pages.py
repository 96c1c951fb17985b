"""The lab page: one session's model, stage and controls, wired together."""

import asyncio
from concurrent.futures import Future
from functools import partial
from typing import Any

import panel as pn
import panel_material_ui as pmui
import param

from app import links
from app.compute import Compute, Latest, result_of
from app.film import film, still
from app.model import Lab
from app.stage import Stage
from app.theme import theme_config
from app.views import controls_card, make_widgets, show_controls
from solver import InvalidInput

LAYOUT = """
:host {
  display: grid;
  grid-template-columns: minmax(270px, 320px) minmax(0, 1fr);
  align-items: start;
  gap: 16px;
  padding: 16px;
  box-sizing: border-box;
  height: auto !important;
  min-height: max-content;
}
@media (max-width: 900px) {
  :host { grid-template-columns: minmax(0, 1fr); padding: 8px; gap: 10px; }
}
"""
LATER_ON_A_PHONE = "@media (max-width: 900px) { :host { order: 2; } }"

PATIENCE = 0.003
"""Seconds that a preview waits for the run that a released slider asks for."""

compute = Compute()


class LabPage:
    """One visitor's lab: a choice is solved and shown; nothing is shared but the compute pool."""

    def __init__(self, query: str = "") -> None:
        values, self.ignored = links.from_query(query)
        self.lab = Lab(**values)
        self.stage = Stage(sizing_mode="stretch_width", min_height=400)
        self.widgets = make_widgets(self.lab)
        self.latest = Latest()
        self.lab.param.watch(self._on_change, list(links.NAMES))
        for widget in self.widgets.values():
            if "value_throttled" in widget.param:
                widget.param.watch(self._on_release, "value_throttled")

    async def _on_change(self, *events: param.parameterized.Event) -> None:
        """A slider moves: the instant on screen. Anything else, or the end of a drag: the run."""
        names = {event.name for event in events}
        if "shape" in names:
            show_controls(self.lab, self.widgets)
        if any("value_throttled" not in self.widgets[name].param for name in names):
            await self.latest.run(self.solve)
        else:
            await self.latest.run(self.preview)

    async def _on_release(self, *events: param.parameterized.Event) -> None:
        await self.latest.run(self.solve)

    async def solve(self) -> None:
        """Solve the whole run and give it to the stage, or tell why it cannot be solved."""
        self.stage.busy = True
        try:
            experiment = self.lab.experiment()
            job = compute.submit(experiment, partial(film, experiment))
            self.stage.play(await result_of(job))
            self.stage.message = " ".join(self.ignored)
            self.stage.query = links.to_query(self.lab)
        except InvalidInput as error:
            self.stage.message = str(error)
        finally:
            self.stage.busy = False
            self.ignored = []

    async def preview(self) -> None:
        """Solve only up to the instant on screen, in draft quality, unless the drag is over."""
        await asyncio.sleep(PATIENCE)
        if self.latest.outdated:
            return
        time = round(self.stage.playhead, 2)
        try:
            experiment = self.lab.experiment("draft")
            job: Future[bytes] = compute.submit(
                (experiment, time), partial(still, experiment, time)
            )
            self.stage.preview(await result_of(job))
        except InvalidInput as error:
            self.stage.message = str(error)

    def page(self) -> Any:
        """The whole page."""
        controls = pmui.Paper(
            controls_card(self.widgets),
            elevation=0,
            sizing_mode="stretch_width",
            stylesheets=[LATER_ON_A_PHONE],
        )
        layout = pn.Column(controls, self.stage, sizing_mode="stretch_width", stylesheets=[LAYOUT])
        page = pmui.Page(
            title="Tunnelscope",
            main=[layout],
            theme_config=theme_config,
            theme_toggle=True,
            busy_indicator=None,
        )
        with param.edit_constant(page):
            page.busy = False
        self.stage.dark = page.dark_theme
        page.param.watch(lambda event: setattr(self.stage, "dark", event.new), "dark_theme")
        pn.state.onload(partial(self.latest.run, self.solve))
        return page


def query_of_session() -> str:
    """The query string that this session's page was asked with."""
    request = getattr(pn.state.curdoc.session_context, "request", None) if pn.state.curdoc else None
    arguments = getattr(request, "arguments", {}) or {}
    pairs = [(k, v.decode(errors="replace")) for k, vs in arguments.items() for v in vs]
    return links.join(pairs)


def lab_page() -> Any:
    """A new visitor's page, from the address that was asked for."""
    return LabPage(query_of_session()).page()
