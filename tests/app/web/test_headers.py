"""What every answer says of itself, and that nothing of a person gets into a page as code."""

import re

import pytest

from app.visitor import visitor_page
from app.web.limits import Limits
from lessons.library import Library
from solver.errors import InvalidInput
from tests.app.web.test_handlers import asked

PLACES = (
    "/",
    "/autoload.js?bokeh-autoload-element=1",
    "/static/js/bokeh.min.js",
    "/static/nothing.js",
    "/components/x/y/z/w",
    "/modules/0123.js",
    "/health",
    "/metrics",
    "/liveness",
    "/ws",
    "/nothing",
    "/?a=%ff%fe",
)
UPGRADE = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
)


def policy(head: str) -> dict[str, list[str]]:
    """The directives of an answer's policy."""
    (told,) = re.findall(r"Content-Security-Policy: ([^\r]*)", head)
    return {name: sources for name, *sources in (one.split() for one in told.split("; "))}


@pytest.mark.parametrize("headers", ["Connection: close\r\n", UPGRADE])
def test_every_answer_has_the_headers_and_none_has_a_cookie(headers: str) -> None:
    for place, (status, head, _) in zip(PLACES, asked(*PLACES, headers=headers), strict=True):
        assert status, place
        found = policy(head)
        assert found["default-src"] == ["'none'"], place
        assert found["frame-ancestors"] == ["'self'"], place
        assert "X-Content-Type-Options: nosniff" in head, place
        assert "Referrer-Policy: same-origin" in head, place
        assert "Set-Cookie" not in head, place


def test_a_text_never_becomes_code_and_a_nonce_is_of_one_answer() -> None:
    library = Library()
    pages = asked("/", "/", page=lambda: visitor_page(library))
    nonces = []
    for _, head, body in pages:
        scripts = policy(head)["script-src"]
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:"} & set(scripts)
        (nonce,) = (one[1:-1].removeprefix("nonce-") for one in scripts if "nonce" in one)
        assert len(nonce) > 20
        assert body.count("<script") == body.count(f'<script nonce="{nonce}"') > 3
        assert not re.search(r"<[^>]*\son\w+=", body)
        nonces.append(nonce)
    assert nonces[0] != nonces[1]


HOSTILE = "%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E%3Cimg%20src=x%20onerror=alert(1)%3E"


@pytest.mark.parametrize("address", [f"/?lesson={HOSTILE}", f"/?{HOSTILE}=1", f"/{HOSTILE}"])
def test_nothing_of_an_address_stands_in_the_page(address: str) -> None:
    """Else the page's nonce would be given to it."""
    library = Library()
    headers = f"Connection: close\r\nUser-Agent: {HOSTILE}\r\nX: <script>alert(1)</script>\r\n"
    ((_, _, body),) = asked(address, page=lambda: visitor_page(library), headers=headers)
    assert "alert" not in body


def test_a_learning_platform_may_frame_the_lab_if_it_is_named() -> None:
    limits = Limits(embed_from=("https://lms.example.org", "https://*.school.example:8443"))
    ((_, head, _),) = asked("/", limits=limits)
    assert policy(head)["frame-ancestors"] == ["'self'", *limits.embed_from]


@pytest.mark.parametrize("site", ["*", "lms.example.org", "https://a b", "https://a;script-src *"])
def test_a_site_that_is_none_is_refused(site: str) -> None:
    with pytest.raises(InvalidInput, match="--embed-from must be the address of a site"):
        Limits(embed_from=(site,))


@pytest.mark.parametrize("path", ["/admin", "/rest/session_info", "/debug", "/_index", "/login"])
def test_there_is_no_page_for_who_runs_the_server(path: str) -> None:
    ((status, *_),) = asked(path)
    assert status == 404
