"""Messages that no page sends: some broken as text, most well-formed and wrong."""

import json
import random
from collections.abc import Callable
from typing import Any

Parts = list[str | bytes]
"""A message as it travels: header, metadata, content, and pairs of buffers."""

NUMBERS: list[Any] = [
    *(0, -1, 2**31, 2**63, -(2**70), 1e308, -1e308, 5e-324, 0.1, True, False, None),
    *({"type": "number", "value": value} for value in ("nan", "inf", "-inf", "+inf", "x", None, 3)),
]
TEXTS = (
    *("", "x", "nan", "1e999", "²", "\x00", "\ud800", "‮", "__class__", "../..", "%s"),
    *("<script>alert(1)</script>", "{{ 7 * 7 }}", "?lesson=" + "a" * 300, "9" * 5000, "y" * 50_000),
    *("?lesson=what-tunneling-is&step=2", "?lessons", "?height=nan&room=1e999", "?" + "a=1&" * 300),
)
TYPES = ("map", "object", "ref", "ndarray", "bytes", "slice", "date", "set", "symbol", "value", "")
CLASSES = ("Figure", "Model", "CustomJS", "Document", "ColumnDataSource", "x.y", "", None, 7)
KINDS: tuple[Any, ...] = (
    *("ModelChanged", "MessageSent", "RootAdded", "RootRemoved", "TitleChanged", "ColumnsStreamed"),
    *("ColumnsPatched", "ColumnDataChanged", "SessionCallbackAdded", "Unknown", "", None, 1, []),
)
EVENTS: tuple[Any, ...] = (
    *("data_event", "esm_event", "dom_event", "button_click", "document_ready", "lodstart", "tap"),
    *("connection_lost", "value_submit", "unknown", "", None, 1),
)
MESSAGES: tuple[Any, ...] = (
    "PATCH-DOC",
    "PULL-DOC-REQ",
    "PUSH-DOC",
    "SERVER-INFO-REQ",
    "ACK",
    "OK",
    "ERROR",
    "",
    7,
)
ATTRIBUTES: tuple[Any, ...] = (
    *("data", "esm", "bundle", "class_name", "children", "stylesheets", "visible", "tags", "name"),
    *("view", "address", "again", "reached", "state", "about", "playhead", "cancelled", "message"),
    *("busy", "cards", "id", "__class__", "subscribed_events", "js_property_callbacks", "", None),
)
CONTROLS = ("height", "width", "energy", "mass", "room", "shape", "quality", "held", "x", None)


class Hostile:
    """The same messages for the same seed, to a page whose models have these ids."""

    def __init__(self, seed: int, models: list[str]) -> None:
        self.draw, self.models = random.Random(seed), models

    def message(self) -> Parts:
        """The next message."""
        makers: dict[Callable[[], Parts], int] = {
            self.broken: 1,
            self.of_any_kind: 1,
            self.patch: 18,
        }
        return self.draw.choices([*makers], [*makers.values()])[0]()

    def broken(self) -> Parts:
        """No JSON, too few or too many parts, buffers that nobody announced, or announced ones."""
        whole = self.patch()
        cut = [part[: self.draw.randrange(1 + len(part))] for part in whole]
        header = {"msgid": "1", "msgtype": "PATCH-DOC", "num_buffers": self.any(1)}
        return self.draw.choice(
            [
                cut,
                whole[: self.draw.randrange(3)],
                [part.encode() if isinstance(part, str) else part for part in whole],
                [json.dumps(header), *whole[1:], json.dumps(self.any(1)), b"\xff" * 9],
                [self.draw.choice(TEXTS).replace("\ud800", "") for _ in whole],
                ["[" * 3000, "{}", "{}"],
                [whole[0], "{}", '{"events":' + "[" * 5000 + "]" * 5000 + "}"],
            ]
        )

    def of_any_kind(self) -> Parts:
        """A message of another kind than a page sends, or one with nonsense in its header."""
        header = {"msgid": self.any(1), "msgtype": self.draw.choice(MESSAGES)}
        return [json.dumps(part) for part in (header, self.any(1), self.any(3))]

    def patch(self) -> Parts:
        """A change of the document: events with nonsense somewhere in them."""
        events = [self.event() for _ in range(self.draw.choice((1, 1, 1, 2)))]
        content = {"events": events if self.draw.random() < 0.95 else self.any(2)}
        header = {"msgid": "1", "msgtype": "PATCH-DOC"}
        return [json.dumps(part) for part in (header, {}, content)]

    def event(self) -> Any:
        chance = self.draw.random()
        if chance < 0.4:
            return self.told()
        if chance < 0.8:
            change = {"kind": "ModelChanged", "model": self.model(), "new": self.any(3)}
            return {**change, "attr": self.draw.choice(ATTRIBUTES)}
        names = ("model", "attr", "new", "title", "column_source", "data", "patches", "msg_data")
        chosen = self.draw.sample(names, self.draw.randint(0, 4))
        found = {name: self.any(3) for name in chosen}
        return {"kind": self.draw.choice(KINDS), **found}

    def told(self) -> Any:
        """What a component tells the server, or an event that nobody knows."""
        values = {"model": self.model(), "data": self.data()}
        if self.draw.random() < 0.3:
            values[self.draw.choice(("model", "data", "extra"))] = self.any(2)
        entries = [[name, value] for name, value in values.items()]
        name = "data_event" if self.draw.random() < 0.6 else self.draw.choice(EVENTS)
        said = {"type": "event", "name": name, "values": self.map(entries)}
        kind = "bokeh_event" if self.draw.random() < 0.9 else self.any(1)
        return {"kind": "MessageSent", "msg_type": kind, "msg_data": said}

    def data(self) -> Any:
        """A change of a control with one thing wrong, or anything."""
        if self.draw.random() < 0.5:
            return self.any(3)
        pairs = {"name": self.draw.choice(CONTROLS), "value": self.any(1), "drag": self.any(0)}
        return self.map([[name, value] for name, value in pairs.items()])

    def model(self) -> Any:
        known = {"id": self.draw.choice(self.models)}
        return known if self.draw.random() < 0.85 else self.any(2)

    def map(self, entries: Any) -> Any:
        return {"type": "map", "entries": entries if self.draw.random() < 0.95 else self.any(2)}

    def any(self, depth: int) -> Any:
        """Any value of JSON, with Bokeh's own spellings among them."""
        kind = self.draw.randrange(6 if depth else 2)
        if kind == 0:
            return self.draw.choice(NUMBERS)
        if kind == 1:
            return self.draw.choice(TEXTS)
        if kind == 2:
            return [self.any(depth - 1) for _ in range(self.draw.randint(0, 3))]
        if kind == 3:
            return {"id": self.draw.choice((*self.models, "p0", "", 1))}
        found = {self.draw.choice(TEXTS[:12]): self.any(depth - 1) for _ in range(2)}
        if kind == 4:
            return found
        typed = ("type", "name", "entries", "array", "shape", "dtype", "order", "data", "start")
        fields = {name: self.any(depth - 1) for name in self.draw.sample(typed, 4)}
        return {**fields, "type": self.draw.choice(TYPES), "name": self.draw.choice(CLASSES)}
