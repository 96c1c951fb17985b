"""The page around a visit: header and theme, and nothing that outlives its session."""

import json
from functools import cache
from html import escape
from typing import Any

import panel as pn
import panel_material_ui as pmui
from bokeh.document import Document
from panel.io.resources import LOCAL_DIST
from panel.io.state import state

from app.modules import address_of, text
from app.theme import page_sheet, theme_config
from locales.catalogs import catalog
from locales.language import ENGLISH, say, speaking, spoken

SHEETS = (
    "waiting.css",
    "navigation/skip.css",
    "dialog.css",
    "navigation/dialog.css",
    "presenting.css",
)
"""Of what stands outside of all parts."""


@cache
def head(language: str, base: str) -> str:
    """The library's document, with our colors and the choice of the theme before anything is drawn.

    Its scripts, two megabytes, come behind what a person sees while they load; before them comes
    the catalog of the language, from below `base`.
    """
    with speaking(language):
        seen = waiting()
    return HEAD % {
        "styles": page_sheet() + text(*SHEETS),
        "theme": text("theme.js", "chosen.js"),
        "waiting": seen,
        "words": words(language, base),
    }


HEAD = """{%% extends "base.html" %%}
{%% block js_resources %%}{%% endblock %%}
{%% block postamble %%}{{ super() }}
<style>%(styles)s</style>
<script>%(theme)s</script>
{%% endblock %%}
{%% block loader %%}%(waiting)s%(words)s
{{ bokeh_js }}
{{ super() }}{%% endblock %%}
"""


def waiting() -> str:
    """What a person sees while the page loads."""
    return text("waiting.html").format(
        needs=say("The lab needs JavaScript, which this browser does not run."),
        coming=say("The lab is on its way …"),
        slow=say("Many are coming at once, or the line is slow. You need not do anything."),
    )


def words(language: str, base: str) -> str:
    """The catalog of the language, for the browser; English needs none."""
    if language == ENGLISH:
        return ""
    return f'<script src="{escape(base)}/{address_of(script(language))}"></script>'


def script(language: str) -> str:
    """The lines of a language as the browser reads them, and the plural form of so many.

    That of 200 and more is that of the last two digits: no language's rules look further back.
    """
    known = catalog(language)
    plural = [known.plural(count) for count in range(200)]
    told = json.dumps({"lines": dict(known.lines), "plural": plural}, ensure_ascii=False)
    return f"globalThis.tunnelscopeWords = {told};\n"


def make_page(header: list[Any], main: list[Any]) -> Any:
    """The page that shows `main`."""
    page = pmui.Page(
        title="Tunnelscope",
        site_url="?",
        header=header,
        main=main,
        theme_config=theme_config,
        theme_toggle=False,
        template=head(spoken(), state.rel_path or "."),
        busy_indicator=None,
        stylesheets=[text("print.css")],
    )
    leave_global_state(page)
    return page


def load_from_here(document: Document | None) -> None:
    """Style sheets come from this server also when no page was asked for in this session.

    A page whose connection comes later than its session was kept has a new one of its connection.
    """
    if document is not None:
        # Trap: private; without it Panel would name its own servers, until a page is asked for.
        document._template_variables.setdefault("dist_url", LOCAL_DIST)


def leave_global_state(page: Any) -> None:
    """Stop the page from following `pn.state.busy`.

    The state is global: its watcher would keep the page alive for ever, and each event of any
    session would call the watchers of all pages that were ever opened.
    """
    # Trap: private, for setting `page.busy` drops the reference but not its watcher (param 2.x).
    for _, watcher in page._param__private.ref_watchers:
        if watcher.inst is pn.state:
            pn.state.param.unwatch(watcher)
