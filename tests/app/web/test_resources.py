"""What a page loads: listed as Panel lists it, defined where it is used, kept by the browser."""

import gzip
import json
import re
from typing import Any

import panel.io.server as panel_server
from bokeh.core.has_props import is_DataModel
from bokeh.document import Document
from bokeh.model import Model
from bokeh.resources import Resources
from bokeh.util.token import generate_jwt_token, generate_session_id

from app.modules import SENT, address_of
from app.server import listening
from app.stage.component import Stage
from app.visitor import visitor_page
from app.web.handlers import guard
from app.web.resources import forget_unused_models
from lessons.library import Library
from tests.app.apart import run_apart
from tests.app.web.test_handlers import asked
from tests.load.student import Student, objects

DOCUMENT, FIRST_PICTURE = 150_000, 650_000
"""Most bytes of a page's document, and of all that is sent until there is a picture."""


class Counting(Student):
    """A student whose browser counts bytes."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.key = b""

    async def part(self) -> bytes:
        part = await super().part()
        self.sizes.append(len(part))
        return part

    async def receive(self) -> tuple[Any, list[bytes]]:
        found = await super().receive()
        if "doc" in found[0]:
            self.length = self.sizes[-1]
        return found


class Late(Counting):
    """One whose session is no longer kept when the browser connects at last."""

    async def connect(self) -> None:
        payload: dict[str, Any] = {"headers": {}, "cookies": {}, "arguments": {}}
        name = generate_session_id(self.key, signed=True)
        self.token = generate_jwt_token(name, self.key, signed=True, extra_payload=payload)
        await super().connect()


async def joined(student: Counting) -> Counting:
    """A student who has the first picture of the lab."""
    server = listening(0, "127.0.0.1", [], "", lambda: visitor_page(Library()))
    server.start()
    student.key = server._tornado.secret_key
    try:
        await student.enter(f"http://127.0.0.1:{server.port}/")
        student.socket.close()
        while await student.socket.read_message() is not None:
            pass
    finally:
        server.stop()
    return student


async def document() -> Document:
    """That of a page."""
    return visitor_page(Library()).server_doc(Document())


def test_who_connects_late_loads_nothing_from_elsewhere_either() -> None:
    for student in (Counting(), Late()):
        found = json.dumps(run_apart(joined(student)).document)
        assert "static/extensions/panel/" in found
        assert "https://cdn" not in found


def test_a_join_is_light_and_all_that_it_names_is_there() -> None:
    forget_unused_models()
    student = run_apart(joined(Counting()))
    assert student.length <= DOCUMENT
    assert sum(student.sizes) <= FIRST_PICTURE
    defined = {one["name"] for one in student.document["doc"]["defs"]}
    known = Model.model_class_reverse_map
    for one in objects(student.document["doc"]["roots"]):
        if one["name"] in known and is_DataModel(known[one["name"]]):
            assert one["name"] in defined
        if one["attributes"].get("class_name") in {"Stage", "Guide", "ControlsCard", "Navigation"}:
            place = one["attributes"]["esm"]
            assert one["attributes"]["bundle"] == "url"
            (key,) = re.fullmatch(r"\./modules/(\w+)\.js", place).groups()  # type: ignore[union-attr]
            assert key in SENT


def test_what_a_definition_extends_is_defined_or_known_to_the_browser() -> None:
    forget_unused_models()
    page = run_apart(document())
    sent = page.to_json(deferred=False)
    defined = {one["name"] for one in sent["defs"]}
    extended = {above["id"] for one in sent["defs"] if (above := one.get("extends"))}
    assert Stage._data_model.__qualified_model__ in defined
    assert len(defined) < 20, defined
    assert extended <= defined


def test_resources_are_those_that_panel_lists() -> None:
    """Without WebGL's, and also after somebody has added to what he got."""
    guard()
    kept: Any = vars(panel_server)["bundle_resources"]
    page = run_apart(document())
    resources = Resources(mode="server", root_url="/", path_versioner=None)
    scripts, sheets = kept.args[0](page.roots, resources)
    gl = re.findall(r"<script[^>]*/bokeh-gl\.[^>]*></script>\n", scripts)
    assert len(gl) == 1
    listed = scripts.replace(gl[0], ""), sheets
    first = kept(page.roots, resources)
    assert tuple(first) == listed
    first.js_raw.append("alert(1)")
    assert tuple(kept(page.roots, resources)) == listed


def test_a_module_is_kept_by_the_browser_for_ever() -> None:
    code = str(Stage._esm)
    place = address_of(code)
    (plain, unknown, odd) = asked(f"/{place}", "/modules/0123.js", "/modules/..%2f.js")
    assert (plain[0], plain[2]) == (200, code)
    assert "immutable" in plain[1]
    assert (unknown[0], odd[0]) == (404, 404)
    (sent,) = (one for one in SENT.values() if one.text == code.encode())
    assert gzip.decompress(sent.packed) == sent.text
    assert address_of(code + " ") != place
