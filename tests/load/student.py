"""One open page, without a browser: a websocket that speaks Bokeh's protocol as JSON.

It pulls the document, tells that it is ready, asks for the figures as the stage does, lets go of
controls. With a browser for each, a class would not fit on one machine.
"""

import json
import re
import time
from collections.abc import Iterator
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect


def event(name: str, **values: Any) -> dict[str, Any]:
    """An event of the document, as BokehJS tells it."""
    entries = {"type": "map", "entries": list(values.items())}
    told = {"type": "event", "name": name, "values": entries}
    return {"events": [{"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": told}]}


class Student:
    """One open page; `received` counts the bytes of its connection."""

    received = 0
    begun = 0

    async def enter(self, address: str) -> "Student":
        """Load the page, connect, and wait for the first run."""
        page = (await AsyncHTTPClient().fetch(address)).body.decode()
        (self.token,) = re.findall(r'"token":"([^"]+)"', page)
        self.address = address
        await self.connect()
        await self.send("PULL-DOC-REQ", {})
        self.document, _ = await self.receive()
        self.controls, self.stage = (self.model(name) for name in ("ControlsCard", "Stage"))
        self.guide = self.values("Guide")
        await self.send("PATCH-DOC", event("document_ready"))
        await self.tell(self.stage, want="figures", dark=False)
        await self.first_run()
        return self

    async def connect(self) -> None:
        """Open the connection of this page."""
        request = HTTPRequest(self.address.replace("http", "ws", 1) + "ws")
        self.socket = await websocket_connect(request, subprotocols=["bokeh", self.token])
        assert self.socket.protocol
        self.socket.protocol.set_nodelay(True)  # as browsers do
        await self.receive()

    def model(self, name: str) -> str:
        """The id of a component's model."""
        return next(
            one["id"]
            for one in objects(self.document)
            if one["attributes"].get("class_name") == name
        )

    async def send(self, kind: str, content: dict[str, Any]) -> None:
        for part in ({"msgid": "1", "msgtype": kind}, {}, content):
            await self.socket.write_message(json.dumps(part))

    async def tell(self, model: str, **data: Any) -> None:
        """A message to a component."""
        message = {"type": "map", "entries": list(data.items())}
        await self.send("PATCH-DOC", event("data_event", model={"id": model}, data=message))

    async def part(self) -> bytes:
        """The next part of a message."""
        part = await self.socket.read_message()
        assert part is not None, "the server has closed the connection"
        data = part.encode() if isinstance(part, str) else part
        self.received += len(data)
        return data

    async def receive(self) -> tuple[Any, list[bytes]]:
        """The content of the next message, and its buffers."""
        header, _, content = [json.loads(await self.part()) for _ in range(3)]
        read = [await self.part() for _ in range(2 * header.get("num_buffers", 0))]
        return content, read[1::2]

    async def first_run(self) -> None:
        """Wait for the data of a run."""
        while '["runs"' not in json.dumps((await self.receive())[0]):
            pass

    async def release(self, value: float, name: str = "height") -> float:
        """Milliseconds from letting a control go to the first data of its run."""
        start = time.perf_counter()
        await self.tell(self.controls, name=name, value=value)
        await self.first_run()
        return 1e3 * (time.perf_counter() - start)

    async def change(self, **values: Any) -> None:
        """Change values of the guide, and wait for the run of what it shows then."""
        model = {"id": self.guide}
        for name, value in values.items():
            changed = {"kind": "ModelChanged", "model": model, "attr": name, "new": value}
            await self.send("PATCH-DOC", {"events": [changed]})
        await self.first_run()

    async def go(self, query: str) -> None:
        """Go to the page of a query: the lab, or a step of a lesson."""
        await self.change(address=query)

    async def again(self) -> None:
        """Begin the step again."""
        self.begun += 1
        await self.change(again=self.begun)

    def values(self, name: str) -> str:
        """The id of the model that holds a component's values."""
        model = next(
            one for one in objects(self.document) if one["attributes"].get("class_name") == name
        )
        return str(model["attributes"]["data"]["id"])


def objects(tree: Any) -> Iterator[dict[str, Any]]:
    """Every model in a document's JSON."""
    for part in tree.values() if isinstance(tree, dict) else tree:
        if isinstance(part, (dict, list)):
            yield from objects(part)
    if isinstance(tree, dict) and "id" in tree and "attributes" in tree:
        yield tree
