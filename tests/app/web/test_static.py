"""Files of the page: packed once, kept as long as their address tells their version."""

import asyncio
import gzip
import re
from pathlib import Path
from typing import Any

import bokeh.server
import pytest

from app.server import listening
from app.web.resources import FOREVER
from app.web.static import A_DAY, ASK_AGAIN, packed_file
from tests.app.apart import run_apart
from tests.app.web.test_handlers import asked

BOKEH = "/static/js/bokeh.min.js"
PANEL = "/static/extensions/panel/css/loading.css"
ICON = "/static/extensions/panel/images/favicon.ico"
KATEX = "/static/extensions/panel/bundled/katex/katex@0.16.22/dist/katex.min.js"
SOURCE = Path(bokeh.server.__path__[0]) / "static/js/bokeh.min.js"
GZIP = "Accept-Encoding: br, gzip\r\nConnection: close\r\n"


async def load(port: int, target: str, headers: str = GZIP) -> tuple[int, dict[str, str], bytes]:
    """The answer with its bytes as they are sent."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode())
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    await writer.wait_closed()
    first, *lines = head.decode().split("\r\n")
    return int(first.split()[1]), dict(line.split(": ", 1) for line in lines), body


def loaded(*asked_for: tuple[str, str], prefix: str = "") -> list[Any]:
    async def each() -> list[Any]:
        server = listening(0, "127.0.0.1", [], prefix, lambda: None)
        server.start()
        try:
            return [await load(server.port, *words) for words in asked_for]
        finally:
            server.stop()

    return run_apart(each())


@pytest.mark.parametrize("prefix", ["", "/keep"])
def test_a_file_is_packed_once_for_who_can_unpack_it(prefix: str) -> None:
    packed_file.cache_clear()
    place = prefix + BOKEH
    plain = "Accept-Encoding: identity\r\nConnection: close\r\n"
    refusing = "Accept-Encoding: gzip;q=0, *\r\nConnection: close\r\n"
    found = loaded((place, GZIP), (place, GZIP), (place, plain), (place, refusing), prefix=prefix)
    whole = SOURCE.read_bytes()
    assert [status for status, *_ in found] == [200] * 4
    forms = [headers.get("Content-Encoding") for _, headers, _ in found]
    assert forms == ["gzip", "gzip", None, None]
    assert all(headers["Vary"] == "Accept-Encoding" for _, headers, _ in found)
    assert gzip.decompress(found[0][2]) == found[2][2] == found[3][2] == whole
    assert len(found[0][2]) < 0.3 * len(whole)
    assert (packed_file.cache_info().misses, packed_file.cache_info().hits) == (1, 1)


def test_a_file_that_is_packed_already_is_not_packed_again() -> None:
    ((status, headers, _),) = loaded((ICON, GZIP))
    assert status == 200
    assert "Content-Encoding" not in headers


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_each_form_is_confirmed_by_its_own_tag(encoding: str) -> None:
    form = f"Accept-Encoding: {encoding}\r\nConnection: close\r\n"
    ((_, headers, _),) = loaded((BOKEH, form))
    tag = headers["Etag"]
    other = tag.replace("-gzip", "") if encoding == "gzip" else f'{tag[:-1]}-gzip"'
    same, changed = loaded(
        (BOKEH, f"If-None-Match: {tag}\r\n{form}"), (BOKEH, f"If-None-Match: {other}\r\n{form}")
    )
    assert (same[0], same[2]) == (304, b"")
    assert same[1]["Cache-Control"] == ASK_AGAIN
    assert changed[0] == 200


def test_a_part_of_a_file_is_sent_as_it_is() -> None:
    ((status, headers, body),) = loaded((BOKEH, f"Range: bytes=0-9\r\n{GZIP}"))
    assert (status, body) == (206, SOURCE.read_bytes()[:10])
    assert "Content-Encoding" not in headers


def test_head_tells_the_length_that_is_sent() -> None:
    ((status, head, _),) = asked(BOKEH, method="HEAD", headers=GZIP)
    ((_, _, body),) = loaded((BOKEH, GZIP))
    assert status == 200
    assert re.findall(r"Content-Length: (\d+)", head) == [str(len(body))]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (f"{BOKEH}?v={'0' * 32}", FOREVER),
        (f"{BOKEH}?{'a' * 32}", FOREVER),
        (KATEX, FOREVER),
        (f"{PANEL}?v=1.9.4", A_DAY),
        (PANEL, ASK_AGAIN),
        (f"{PANEL}?a=1", ASK_AGAIN),
    ],
)
def test_an_address_tells_how_long_its_file_is_kept(address: str, kept: str) -> None:
    ((status, headers, _),) = loaded((address, GZIP))
    assert (status, headers["Cache-Control"]) == (200, kept)
    assert "Expires" not in headers


def test_the_addresses_of_the_page_tell_versions() -> None:
    """Else a browser would ask for half a megabyte again."""
    ((_, _, page),) = asked("/")
    places = re.findall(r'src="(static/[^"]+)"', page)
    assert any("bokeh.min.js?v=" in place for place in places)
    found = loaded(*((f"/{place}", GZIP) for place in places))
    assert {headers["Cache-Control"] for _, headers, _ in found} == {FOREVER}
