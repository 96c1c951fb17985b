"""Pages of one sentence: what cannot be had, why, and the way to the lab."""

from html import escape
from typing import Any

from app.modules import text
from app.operate.readiness import readiness
from app.theme import page_sheet
from app.web.headers import Headed

STYLE = page_sheet() + text("plain.css")
THEME = text("theme.js")
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} · Tunnelscope</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style>
<script nonce="{nonce}">{theme}</script></head>
<body><main><h1>{title}</h1><p>{text}</p>
<nav><a href="{home}">Open the lab</a> <a href="{home}?lessons">Lessons</a></nav>
</main></body></html>
"""

ERRORS = {
    404: ("No such page", "There is nothing at this address. Lab and lessons are:"),
    500: ("Something went wrong", "The server could not answer; its log says why."),
}
NOT_NOW = "Not now", "{} This page asks again by itself. Lab and lessons are:"
FULL = (
    "The lab is full",
    "As many people are here as this server takes. This page asks again by itself. Or:",
)
TOO_LARGE = "Nothing is taken here", "No file and no form can be sent. Lab and lessons are:"
REFUSED = ("Not possible", "This cannot be asked of this address. Lab and lessons are:")


def way_home(path: str, prefix: str) -> str:
    """From `path` to the lab, relative, so that it holds behind a proxy that cuts a prefix off."""
    inside = path.startswith(prefix + "/")
    below = path.removeprefix(prefix) if inside else path
    home = "../" * (below.count("/") - 1) or "./"
    return home if inside else f"{home}{prefix.strip('/')}/"


def answer(handler: Headed, status: int, title: str, text: str) -> Any:
    """End a request with a small page."""
    home = way_home(handler.request.path, getattr(handler.application, "prefix", ""))
    handler.set_status(status)
    handler.set_header("Content-Type", "text/html; charset=utf-8")
    words = {"title": escape(title), "text": escape(text), "home": escape(home)}
    return handler.finish(PAGE.format(style=STYLE, theme=THEME, nonce=handler.nonce, **words))


def not_now(handler: Headed) -> Any:
    """While the server starts or stops: a page that asks again after a few seconds."""
    title, text = NOT_NOW
    return again(handler, 5, title, text.format(readiness.reason))


def full(handler: Headed) -> Any:
    """For who finds no room."""
    return again(handler, 30, *FULL)


def again(handler: Headed, seconds: int, title: str, text: str) -> Any:
    """End a request with a page that asks again by itself."""
    for name in ("Refresh", "Retry-After"):
        handler.set_header(name, str(seconds))
    return answer(handler, 503, title, text)
