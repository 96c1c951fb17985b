"""What is answered over HTTP beside the page: hostile addresses, unknown ones, a full house, HEAD.

Panel and Bokeh build their routes from two lists; `guard` puts guarded handlers in their place, for
`tunnelscope serve` and for `panel serve app` alike. An address that cannot be meant is refused with
a page of one sentence; an unknown one gets a page that leads to the lab and the lessons.
"""

import logging
import sys
import zlib
from collections.abc import Callable
from functools import partial
from time import time
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import panel.io.server as panel_server
from bokeh.server import tornado as bokeh_tornado
from bokeh.server import urls
from bokeh.util.token import check_token_signature, get_session_id, get_token_payload
from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.web import HTTPError, stream_request_body

from app.operate.metrics import METRICS
from app.operate.readiness import HEALTH, readiness
from app.operate.stopping import sockets
from app.web import sessions
from app.web.answers import ERRORS, REFUSED, TOO_LARGE, answer, full, language_of, not_now
from app.web.headers import Headed
from app.web.limits import Pace, is_full, limits_of
from app.web.reading import Reading
from app.web.resources import ROUTE, keep_resources
from app.web.static import Static, is_file
from app.web.writing import Gathered, say_what_waits
from locales.language import mark

logger = logging.getLogger(__name__)

NOT_GIVEN = {
    "bokeh-token": mark("“bokeh-token” must not stand in the address: the server gives it."),
    "bokeh-session-id": mark(
        "“bokeh-session-id” must not stand in the address: the server gives it."
    ),
}
"""What only the server hands out: with a session's name in an address two people would share it."""


UNREADABLE = (AttributeError, ImportError, LookupError, TypeError, ValueError)


def fault_of(request: HTTPServerRequest) -> str:
    """Why an address cannot be meant, or nothing."""
    try:
        path = unquote_to_bytes(request.path).decode()
        for name, values in request.arguments.items():
            name.encode("latin-1").decode()
            for value in values:
                value.decode()
    except UnicodeError:
        return mark("The address must be UTF-8 text.")
    if not path.isprintable():
        return mark("The path of the address must hold no control characters.")
    for name in NOT_GIVEN:
        if name in request.arguments:
            return NOT_GIVEN[name]
    wrong = mark("“bokeh-absolute-url” must be an address.")
    return "" if is_url(request.arguments) else wrong


def is_url(arguments: dict[str, list[bytes]]) -> bool:
    """Whether the address that another site embeds the lab with can be read."""
    try:
        return all(urlsplit(value.decode()) for value in arguments.get("bokeh-absolute-url", []))
    except ValueError:
        return False


def is_current(token: str) -> bool:
    """Whether a token is one that a server gave a short while ago."""
    try:
        return bool(get_session_id(token)) and get_token_payload(token)["session_expiry"] > time()
    except (*UNREADABLE, zlib.error):
        return False


def brings_something(headers: HTTPHeaders) -> bool:
    """Whether a request has a body."""
    return "Transfer-Encoding" in headers or headers.get("Content-Length", "0") != "0"


@stream_request_body
class Guarded(Headed):
    """Refuses hostile addresses before the handler that it is mixed into sees them, and every body
    before it is read."""

    def prepare(self) -> Any:
        if brings_something(self.request.headers):
            return answer(self, 413, *TOO_LARGE)
        fault = fault_of(self.request)
        return answer(self, 400, mark("Not an address"), fault) if fault else super().prepare()

    def data_received(self, chunk: bytes) -> None:
        """Nothing is kept of what was refused."""

    def write_error(self, status_code: int, **_: Any) -> None:
        answer(self, status_code, *ERRORS.get(status_code, REFUSED))

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """What failed, without the request: it holds a person's address and what they asked."""
        if not isinstance(value, HTTPError):
            logger.error("An answer failed", exc_info=(typ, value, tb))


class Socket(Guarded, Reading):
    """The connection of a page; without the token of a page it is refused before it is made."""

    def initialize(self, *words: Any, **names: Any) -> None:
        super().initialize(*words, **names)
        self.pace = Pace()

    def prepare(self) -> Any:
        words = self.request.headers.get("Sec-WebSocket-Protocol", "").split(",")
        if len(words) != 2 or words[0] != "bokeh" or not self.is_given(words[1].strip()):
            return answer(self, 403, *REFUSED)
        known = {session.id for session in self.application_context.sessions}
        if get_session_id(words[1].strip()) not in known and is_full(self):
            return full(self)
        return super().prepare()

    def open(self, *words: Any, **names: Any) -> None:
        """A message is three parts: none waits 40 ms for the one before to be confirmed."""
        self.set_nodelay(True)
        sockets.add(self)
        super().open(*words, **names)

    def detach(self) -> Any:
        """The stream, which Tornado takes for the connection."""
        return Gathered(super().detach())

    def on_close(self) -> None:
        sockets.discard(self)
        sessions.part(self.connection, self.close_code)
        super().on_close()

    # Trap: private; the connection is made by Bokeh a turn of the loop after it is opened.
    async def _async_open(self, token: str) -> None:
        await super()._async_open(token)
        if self.connection is not None:
            sessions.met.add(self.connection.session)

    @property
    def max_message_size(self) -> int:
        """Past it Tornado closes the connection, with the code that says so (1009)."""
        return limits_of(self).message_bytes

    async def on_message(self, fragment: str | bytes) -> None:
        """No page sends so many parts; who does is told with the code of a refusal (1008)."""
        limit = limits_of(self).messages
        if self.pace.exceeds(limit):
            self.close(1008, f"More than {limit} parts of messages a second.")
            return
        await super().on_message(fragment)

    def is_given(self, token: str) -> bool:
        """Whether this server made the token; `panel serve` takes those of others, too."""
        server: Any = self.application
        key, signed = server.secret_key, server.sign_sessions
        return is_current(token) and check_token_signature(token, secret_key=key, signed=signed)


class Roomed(Guarded):
    """Opens a session, if there is room for one."""

    def prepare(self) -> Any:
        if self.request.method == "GET" and is_full(self):
            return full(self)
        return super().prepare()


class Embedded(Roomed, panel_server.AutoloadJsHandler):
    """The lab in another site's page."""


class Page(Roomed, panel_server.DocHandler):
    """The lab; HEAD is answered without building a page.

    What the page loads is named relative to it: at /app/ it would be looked for in another place
    than at /app, which is where it is.
    """

    async def get(self, *words: Any, **names: Any) -> None:
        if readiness.closed:
            return not_now(self)
        below = self.request.path.removeprefix(self.application.prefix).strip("/")
        if not below or not self.request.path.endswith("/"):
            page: Any = super().get(*words, **names)
            return await page
        query = f"?{self.request.query}" if self.request.query else ""
        return self.redirect(f"../{below.rpartition('/')[2]}{query}")

    async def get_session(self) -> Any:
        asked: Any = super().get_session()
        session = await asked
        sessions.expect(session)
        return session

    def write(self, chunk: Any) -> None:
        """What stands in the page is the server's own, nothing of the address: it may run.

        Trap: the library's document says that every page is in English.
        """
        if not isinstance(chunk, str):
            super().write(chunk)
            return
        own, language = f'<script nonce="{self.nonce}"', language_of(self.request)
        page = chunk.replace('<html lang="en"', f'<html lang="{language}"', 1)
        super().write(page.replace("<script", own))

    async def head(self, *_: Any, **__: Any) -> None:
        self.set_header("Content-Type", "text/html")
        self.set_status(503 if readiness.closed else 200)


class Root(Guarded, panel_server.RootHandler):
    """`panel serve app` answers below /app: / leads there, with the query that was asked for."""

    async def get(self, *_: Any, **__: Any) -> None:
        name = next(iter(self.applications)).lstrip("/")
        below = "" if self.request.path.endswith("/") else f"{self.prefix.rpartition('/')[2]}/"
        query = f"?{self.request.query}" if self.request.query else ""
        self.redirect(f"{below or './'}{name}{query}")

    head = get


class Resource(Guarded, Static, panel_server.ComponentResourceHandler):
    """Files of components that are loaded; Panel alone would import any module that is named."""

    def parse_url_path(self, path: str) -> str:
        if path.split("/")[0] not in sys.modules:
            raise HTTPError(404)
        try:
            return super().parse_url_path(path)
        except UNREADABLE:
            raise HTTPError(404) from None


class Missing(Headed):
    """An address that leads nowhere: a page with the way home."""

    def prepare(self) -> Any:
        return answer(self, 404, *ERRORS[404])

    def check_xsrf_cookie(self) -> None:
        """Nothing is changed here."""


def guarded(handler: type) -> type:
    """The handler, guarded."""
    own = {
        panel_server.AutoloadJsHandler: Embedded,
        panel_server.DocHandler: Page,
        panel_server.RootHandler: Root,
        panel_server.WSHandler: Socket,
    }
    above = (Guarded, Static) if is_file(handler) else (Guarded,)
    return own.get(handler) or type(handler.__name__, (*above, handler), {})


def static_route(make: Callable[..., Any], *about: Any) -> tuple[str, type, Any]:
    """The route of an app's own files, guarded."""
    route, kind, options = make(*about)
    return route, guarded(kind), options


def guard(*routes: tuple[str, type]) -> None:
    """Put guarded handlers into the routes that servers are built from, and these beside them."""
    if panel_server.ComponentResourceHandler is Resource:
        return
    patterns: Any
    # Trap: lists that Bokeh's servers read and that Panel changes in the same way.
    for patterns in (urls.per_app_patterns, urls.toplevel_patterns):
        patterns[:] = [(route, guarded(kind), *rest) for route, kind, *rest in patterns]
    own: Any = (ROUTE, HEALTH, METRICS, *routes)
    urls.toplevel_patterns += [(route, guarded(kind)) for route, kind in own]
    urls.toplevel_patterns.append((r"/.*", Missing))
    servers: Any = bokeh_tornado
    ours: Any = panel_server
    # Trap: Bokeh gives a prefix and the applications only to the class that it knows by this name.
    servers.RootHandler = Root
    servers.create_static_handler = partial(static_route, servers.create_static_handler)
    ours.ComponentResourceHandler = Resource
    ours.LivenessHandler = guarded(ours.LivenessHandler)
    keep_resources()
    say_what_waits()
