"""What every page needs, worked out once: lists of resources, definitions of models, modules."""

import re
from collections.abc import Callable, Iterable
from copy import copy
from functools import partial
from typing import Any

import panel.io.server as panel_server
import panel_material_ui as pmui
from bokeh.core.has_props import _default_resolver
from bokeh.model import Model
from panel.custom import ReactiveESM
from panel.io.state import state
from panel.reactive import ReactiveHTML
from tornado.web import HTTPError, RequestHandler

from app.component import Component
from app.modules import SENT

UNUSED = re.compile(r"/bokeh-gl\b")
"""Scripts that Bokeh would have each page load: no figure is drawn with WebGL."""

FOREVER = "public, max-age=31536000, immutable"
"""For a file whose address changes with what is in it."""


def keep_resources() -> None:
    """Let Panel list its files once for each kind of request, not for each page: half of a join.

    Trap: `bundle_resources` is Panel's own, and depends on the models that are known besides.
    """
    ours: Any = panel_server
    if not isinstance(ours.bundle_resources, partial):
        ours.bundle_resources = partial(kept_resources, ours.bundle_resources, {})


def kept_resources(
    make: Callable[..., Any], kept: dict[Any, Any], roots: Any, resources: Any, **options: Any
) -> Any:
    """The list that was made before, if there is one; who adds to it gets a list of his own."""
    of = resources.mode, resources.root_url, resources.path_versioner is None, state.rel_path
    about = len(Model.model_class_reverse_map), of, *sorted(options.items())
    if about not in kept:
        kept[about] = made = make(roots, resources, **options)
        made.js_files[:] = [file for file in made.js_files if not UNUSED.search(file.url)]
    bundle = copy(kept[about])
    bundle.js_files, bundle.js_raw = list(bundle.js_files), list(bundle.js_raw)
    bundle.css_files, bundle.css_raw = list(bundle.css_files), list(bundle.css_raw)
    return bundle


def forget_unused_models() -> None:
    """Send no page the definitions of components that none has: half of its bytes.

    Trap: Bokeh sends each model of data that was ever defined, and Panel defines one per component;
    the list of those that are known is private.
    """
    used = (pmui.Page, *heirs(Component))
    needed = {model for one in used for model in one._data_model.__mro__}
    known: Any = _default_resolver
    models = {one._data_model for kind in (ReactiveESM, ReactiveHTML) for one in heirs(kind)}
    for model in models - needed:
        if Model.model_class_reverse_map.get(model.__qualified_model__) is model:
            known.remove(model)


def heirs(kind: type) -> Iterable[Any]:
    """The classes below a class."""
    for one in kind.__subclasses__():
        yield one
        yield from heirs(one)


class Module(RequestHandler):
    """The code of a component, to be kept by the browser."""

    def get(self, key: str) -> None:
        if key not in SENT:
            raise HTTPError(404)
        packed = "gzip" in self.request.headers.get("Accept-Encoding", "")
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", FOREVER)
        self.set_header("Vary", "Accept-Encoding")
        if packed:
            self.set_header("Content-Encoding", "gzip")
        self.finish(SENT[key].packed if packed else SENT[key].text)

    head = get


ROUTE = (r"/modules/([0-9a-f]+)\.js", Module)
