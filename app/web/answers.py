"""Pages of one sentence: what cannot be had, why, and the way to the lab."""

from html import escape
from typing import Any

from tornado.httputil import HTTPServerRequest

from app.modules import text
from app.operate.readiness import readiness
from app.theme import page_sheet
from app.web.headers import Headed
from locales.asked import language_asked
from locales.language import mark, say, speaking

STYLE = page_sheet() + text("plain.css")
THEME = text("theme.js")
PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title} · Tunnelscope</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style>
<script nonce="{nonce}">{theme}</script></head>
<body><main><h1>{title}</h1><p>{text}</p>
<nav><a href="{home}">{lab}</a> <a href="{home}?lessons">{lessons}</a></nav>
</main></body></html>
"""

ERRORS = {
    404: (
        mark("No such page"),
        mark("There is nothing at this address. Lab and lessons are:"),
    ),
    500: (
        mark("Something went wrong"),
        mark("The server could not answer; its log says why."),
    ),
}
NOT_NOW = (
    mark("Not now"),
    mark("{reason} This page asks again by itself. Lab and lessons are:"),
)
FULL = (
    mark("The lab is full"),
    mark("As many people are here as this server takes. This page asks again by itself. Or:"),
)
TOO_LARGE = (
    mark("Nothing is taken here"),
    mark("No file and no form can be sent. Lab and lessons are:"),
)
REFUSED = (
    mark("Not possible"),
    mark("This cannot be asked of this address. Lab and lessons are:"),
)


def way_home(path: str, prefix: str) -> str:
    """From `path` to the lab, relative, so that it holds behind a proxy that cuts a prefix off."""
    inside = path.startswith(prefix + "/")
    below = path.removeprefix(prefix) if inside else path
    home = "../" * (below.count("/") - 1) or "./"
    return home if inside else f"{home}{prefix.strip('/')}/"


def language_of(request: HTTPServerRequest) -> str:
    """The language that a request asks for."""
    named = request.arguments.get("lang", [b""])[-1].decode(errors="replace")
    return language_asked(named, request.headers.get("Accept-Language", ""))


def answer(handler: Headed, status: int, title: str, text: str, **values: str) -> Any:
    """End a request with a small page; its texts are in the catalogs."""
    home = way_home(handler.request.path, getattr(handler.application, "prefix", ""))
    handler.set_status(status)
    handler.set_header("Content-Type", "text/html; charset=utf-8")
    language = language_of(handler.request)
    with speaking(language):
        told = {name: say(value) for name, value in values.items()}
        words = {
            "title": say(title),
            "text": say(text, **told),
            "home": home,
            "lab": say("Open the lab"),
            "lessons": say("Lessons"),
            "language": language,
        }
    escaped = {name: escape(word) for name, word in words.items()}
    return handler.finish(PAGE.format(style=STYLE, theme=THEME, nonce=handler.nonce, **escaped))


def not_now(handler: Headed) -> Any:
    """While the server starts or stops: a page that asks again after a few seconds."""
    return again(handler, 5, *NOT_NOW, reason=readiness.reason)


def full(handler: Headed) -> Any:
    """For who finds no room."""
    return again(handler, 30, *FULL)


def again(handler: Headed, seconds: int, title: str, text: str, **values: str) -> Any:
    """End a request with a page that asks again by itself."""
    for name in ("Refresh", "Retry-After"):
        handler.set_header(name, str(seconds))
    return answer(handler, 503, title, text, **values)
