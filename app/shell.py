"""The page around a visit: header and theme, and nothing that outlives its session."""

from typing import Any

import panel as pn
import panel_material_ui as pmui
from bokeh.document import Document
from panel.io.resources import LOCAL_DIST

from app.modules import text
from app.theme import page_sheet, theme_config

SHEETS = (
    "waiting.css",
    "navigation/skip.css",
    "dialog.css",
    "navigation/dialog.css",
    "presenting.css",
)
"""Of what stands outside of all parts."""

HEAD = f"""{{% extends "base.html" %}}
{{% block js_resources %}}{{% endblock %}}
{{% block postamble %}}{{{{ super() }}}}
<style>{page_sheet()}{text(*SHEETS)}</style>
<script>{text("theme.js")}</script>
{{% endblock %}}
{{% block loader %}}{text("waiting.html")}
{{{{ bokeh_js }}}}
{{{{ super() }}}}{{% endblock %}}
"""
"""The library's document, with our colors and the choice of the theme before anything is drawn.

Its scripts, two megabytes, come behind what a person sees while they load.
"""


def make_page(header: list[Any], main: list[Any]) -> Any:
    """The page that shows `main`."""
    page = pmui.Page(
        title="Tunnelscope",
        site_url="?",
        header=header,
        main=main,
        theme_config=theme_config,
        theme_toggle=False,
        template=HEAD,
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
