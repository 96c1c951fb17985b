"""The stage: the figures and the player in the browser, fed by blocks of bytes.

A run is sent once; while it plays, nothing crosses the wire. The figures' JSON is made once per
server process and sent compressed (about 10 kB) when a stage asks for its theme.
"""

from pathlib import Path
from typing import Any, ClassVar

import panel as pn
import param

from app.figures import figures_block
from app.theme import DARK, LIGHT, blend, custom_properties

ASSETS = Path(__file__).parent.parent / "assets"
PARTS = ("wire", "figures", "player", "readouts", "layout", "names", "stage")


def script() -> str:
    """The stage's JavaScript: its parts, one module."""
    return "\n".join((ASSETS / "stage" / f"{part}.js").read_text("utf-8") for part in PARTS)


def style() -> str:
    """The stage's style sheet with both palettes."""
    palettes = [
        f"{selector} {{ {custom_properties(colors)}"
        f" --ts-map: {', '.join(blend(colors.wigner, 15))}; }}"
        for selector, colors in ((".ts-stage", LIGHT), (".ts-stage.dark", DARK))
    ]
    return "\n".join([*palettes, (ASSETS / "style.css").read_text("utf-8")])


class Stage(pn.custom.JSComponent):
    """Plays runs. The browser sets `playhead` only when a person acts, never while it plays."""

    message = param.String(doc="A sentence for the person: why something cannot be shown.")
    busy = param.Boolean(doc="Whether a run is being solved.")
    dark = param.Boolean(doc="Whether the page is dark.")
    query = param.String(doc="The query string that leads back to what is shown.")
    playhead = param.Number(default=0.0, doc="Time on screen, fs.")

    _esm = script()
    _stylesheets: ClassVar[list[str]] = [style()]

    def __init__(self, **params: Any) -> None:
        super().__init__(**params)
        self._block: bytes | None = None
        self._ready = False

    def _handle_msg(self, message: Any) -> None:
        """The browser is ready and asks for the figures of its theme."""
        self._send_msg({"figures": figures_block(bool(message.get("dark")))})
        if not self._ready and self._block is not None:
            self._send_msg(self._block)
        self._ready = True

    def play(self, block: bytes) -> None:
        """Play this run; it waits until the browser is ready."""
        self._block = block
        if self._ready:
            self._send_msg(block)

    def preview(self, block: bytes) -> None:
        """Show one instant in place of the loaded run's, until the next run comes."""
        if self._ready:
            self._send_msg(block)
