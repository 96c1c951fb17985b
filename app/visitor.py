"""A new visitor's page, from the address and in the language that it was asked for in."""

from typing import Any

import panel as pn

from app.lab import links, visit
from app.lab.guide import Navigation
from app.mystery.page import leads_here, mystery_page
from app.operate import metrics
from app.operate.logs import event
from app.shell import load_from_here
from app.web.limits import USUAL, Limits
from lessons.library import Library
from locales.asked import language_asked
from locales.language import LANGUAGES, speaking


def visitor_page(library: Library | None = None, limits: Limits = USUAL) -> Any:
    """The page; whoever asks for it is counted."""
    metrics.joins.inc()
    event("join")
    visit.compute.note_visitor()
    load_from_here(pn.state.curdoc)
    query = query_of_session()
    with speaking(language_of_session()):
        if leads_here(query):
            return mystery_page(query, Navigation(frames=list(limits.embed_from)))
        return visit.Visit(query, library or Library(), limits).page()


def query_of_session() -> str:
    """The query string that this session's page was asked with."""
    given = getattr(request_of_session(), "arguments", None) or {}
    pairs = [(k, v.decode(errors="replace")) for k, vs in given.items() for v in vs]
    return links.join([(k, v) for k, v in pairs if k != "lang" or v.lower() not in LANGUAGES])


def language_of_session() -> str:
    """The language that this session's page was asked for in."""
    request = request_of_session()
    named = (getattr(request, "arguments", None) or {}).get("lang", [b""])[-1]
    accepted = (getattr(request, "headers", None) or {}).get("Accept-Language", "")
    return language_asked(named.decode(errors="replace"), accepted)


def request_of_session() -> Any:
    """What this session's page was asked with; None outside of one."""
    return getattr(pn.state.curdoc.session_context, "request", None) if pn.state.curdoc else None
