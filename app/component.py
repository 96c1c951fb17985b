"""A part of the page with a browser's side, which is not trusted."""

import math
from typing import Any

import panel as pn
from bokeh.document import Document
from bokeh.events import Event
from bokeh.settings import settings
from panel.io.state import set_curdoc, state
from param.parameterized import Event as Change

from app.modules import address_of
from locales.language import speaking, spoken

# Panel asks models for what they have not, and Bokeh would look for names that are like it.
settings.perform_error_diagnostics = False


class Component(pn.custom.JSComponent):
    """What a browser sends that a parameter cannot have is passed over.

    What it sends is answered in the language in which the component was made.
    """

    __abstract = True

    def __init__(self, **params: Any) -> None:
        super().__init__(**params)
        self.language = spoken()
        # Trap: its text promises the data of the event, and the event comes.
        self.on_msg(lambda event: self.take(written_out(event.data)))

    def take(self, message: Any) -> None:
        """What the browser sends with `model.send_msg`; nothing that it sends is certain."""

    # Trap: private; Panel would send the code with each page, and have the browser translate it.
    def _get_properties(self, doc: Document | None) -> dict[str, Any]:
        properties = super()._get_properties(doc)
        if doc is not None and doc.session_context is not None:
            place = f"{state.rel_path or '.'}/{address_of(properties['esm'])}"
            properties |= {"esm": place, "bundle": "url"}
        return properties

    # Trap: private; Panel has no other place between the wire and the parameters.
    def _process_events(self, events: dict[str, Any]) -> None:
        sent = {name: written_out(value) for name, value in events.items()}
        taken = {name: value for name, value in sent.items() if can_be(self, name, value)}
        if taken:
            with speaking(self.language):
                super()._process_events(taken)

    # Trap: private; Panel would find out the design's style sheets at each change of anything.
    def _update_properties(self, *events: Change, doc: Document) -> dict[str, Any]:
        changes = {event.name: event.new for event in events}
        if "stylesheets" in changes:
            return super()._update_properties(*events, doc=doc)
        return self._process_param_change(changes)

    # Trap: private; Panel would count each message among what keeps it busy, which no page shows.
    def _process_bokeh_event(self, doc: Document, event: Event) -> None:
        with set_curdoc(doc), speaking(self.language):
            self._process_event(event)


def can_be(component: Component, name: str, value: Any) -> bool:
    """Whether the parameter of this name can have the value, and it is no infinite number."""
    if isinstance(value, float) and not math.isfinite(value):
        return False
    try:
        component.param[name]._validate(value)  # Trap: private; setting it tells others, too.
    except (KeyError, TypeError, ValueError):
        return False
    return True


def written_out(value: Any) -> Any:
    """The value with a sign in place of each half of a character: else no text of it is written.

    A browser's text may hold one where an emoji was cut.
    """
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [written_out(part) for part in value]
    if isinstance(value, dict):
        return {written_out(name): written_out(part) for name, part in value.items()}
    return value
