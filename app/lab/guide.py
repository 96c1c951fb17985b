"""The guide: the list of lessons and the text of a step, and the address in the browser."""

from typing import Any, ClassVar

import param
import segno

from app.component import Component
from app.modules import module, text
from locales.language import LANGUAGES

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


LONGEST = 600
"""Letters of a link that is drawn as a code; one with all that can be set has some 400."""


def qr_code(link: str) -> str:
    """The QR code of a link as SVG, four modules of quiet around it."""
    return str(segno.make_qr(link, error="m").svg_inline(border=4, omitsize=True))


class Navigation(Component):
    """The header: links, tools for who stands before a class, a line about the connection."""

    frames = param.List(item_type=str, doc="Other sites that may show the page in a frame.")
    languages = param.Dict(default=LANGUAGES, doc="Names of the languages that can be chosen.")

    _esm = module("navigation/navigation.js")
    _stylesheets: ClassVar[list[str]] = [
        text("base.css", "navigation/navigation.css", "line/line.css")
    ]

    def take(self, message: Any) -> None:
        """The browser asks for the code of its link."""
        link = message.get("qr") if isinstance(message, dict) else None
        if isinstance(link, str) and link.isascii() and 0 < len(link) <= LONGEST:
            self._send_msg({"link": link, "qr": qr_code(link)})
