"""The guide: the list of lessons and the text of a step, and the address in the browser."""

from typing import ClassVar

import param

from app.component import Component
from app.modules import module, text

SHEETS = tuple(f"guide/{name}.css" for name in ("guide", "question", "index", "printed"))
"""In this order: what is printed comes after what is shown."""


class Guide(Component):
    """Shows `view`.

    The browser sets `address` when a person goes elsewhere; it alone writes the browser's address.
    What was answered and watched, guide and stage tell each other in the browser; the server tells
    what of a goal is `reached`.
    """

    view = param.Dict(default={"kind": "lab"}, doc="What to show.")
    address = param.String(doc="The query string of the page.")
    again = param.Integer(default=0, doc="How often a person has begun a step again.")
    conditions = param.List(doc="The conditions of the step's goal: what, now, wanted, met.")
    reached = param.Boolean(doc="Whether the goal of the step holds.")
    judged = param.String(default="", doc="The page of whose run this is said.")
    math_url = param.String(default="", doc="Where the TeX reader lies on this server.")

    _esm = module("guide/guide.js")
    _stylesheets: ClassVar[list[str]] = [text("base.css", *SHEETS)]


class Navigation(Component):
    """The links in the header, and a line about the connection."""

    _esm = module("navigation/navigation.js")
    _stylesheets: ClassVar[list[str]] = [
        text("base.css", "navigation/navigation.css", "line/line.css")
    ]
