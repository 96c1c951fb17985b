"""The stage: the figures and the player in the browser, fed by blocks of bytes.

A run is sent once; while it plays, nothing crosses the wire. The figures' JSON is made once per
server process and sent compressed (about 33 kB) when a stage asks for its theme.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import param

from app.component import Component
from app.modules import module, sheets, text
from app.stage.cards import CARDS
from app.stage.drawn import figures_block
from app.theme import PALETTES, THEMES, USUAL
from locales.language import once_spoken

SHEETS = (
    *(f"stage/{name}.css" for name in ("stage", "fates", "transport", "guess")),
    "dialog.css",
    "files/files.css",
    "stage/projector.css",
)
"""What all cards share, the numbers, the player, the menu of files; each card has its own."""


@dataclass(frozen=True)
class Scene:
    """What the stage plays: one packed run or two with their names, and blocks of other cards.

    With `restart` the time goes back to 0, with `time` (fs) there, and it stands still; without
    both, a new run goes on from the same time. `look` is how it looks, in the words of a link, and
    `pin` the link of the run `pinned` behind it, or nothing; None leaves both as they are. What a
    person asks of the player waits until a scene of the `page` that they see is here. `number`
    counts the scenes of a stage.
    """

    runs: tuple[bytes, ...]
    names: tuple[str, ...] = ("",)
    blocks: dict[str, bytes] = field(default_factory=dict)
    restart: bool = False
    page: str = ""
    number: int = 0
    time: float | None = None
    look: str | None = None
    pin: str | None = None
    pinned: bytes | None = None

    @property
    def message(self) -> dict[str, Any]:
        return {name: list(v) if isinstance(v, tuple) else v for name, v in vars(self).items()}


@once_spoken
def description() -> list[dict[str, Any]]:
    """Every card: all that the browser has to know to lay it out."""
    return [card.about for card in CARDS.values()]


class Stage(Component):
    """Plays runs. The browser sets `playhead` only when a person acts, never while it plays."""

    about = param.List(doc="Every card.")
    message = param.String(doc="A sentence for the person: why something cannot be shown.")
    busy = param.Boolean(doc="Whether a run is being solved.")
    waiting = param.String(doc="How long a run takes that takes long, while it is being solved.")
    cancelled = param.Integer(doc="How often a person has given up waiting.")
    playhead = param.Number(default=0.0, doc="Time on screen, fs.")
    cards = param.List(default=["phase space"], doc="What stands below the wave packet.")
    chosen = param.List(
        default=["phase space"], item_type=str, doc="What a person wants to see there, in the lab."
    )
    measure = param.Dict(
        default={},
        doc="When somebody asks whether the particle is behind the barrier (`time`, fs), and a "
        "`chance` from 0 to 1 by which the answer is drawn; empty: nobody asks.",
    )
    beforehand = param.List(
        default=["phase space"], doc="Of these, what may be seen before the question is explained."
    )
    autoplay = param.Boolean(default=True, doc="Whether the first run plays by itself.")

    _esm = module("stage/stage.js")
    _stylesheets: ClassVar[list[str]] = [text("base.css", *SHEETS, *sheets("stage/cards"))]

    def __init__(self, **params: Any) -> None:
        super().__init__(about=description(), **params)
        self._scene: Scene | None = None
        self._ready = False
        self._count = 0

    def take(self, message: Any) -> None:
        """The browser is ready and asks for the figures of its theme, or for what it has missed."""
        if isinstance(message, dict) and message.get("want") == "runs":
            if self._scene is not None and message.get("seen") != self._scene.number:
                self._send_msg(self._scene.message)
            return
        asked = message if isinstance(message, dict) else {}
        theme = known(asked.get("theme"), THEMES, "light")
        self._send_msg(
            {"figures": figures_block(theme, known(asked.get("palette"), PALETTES, USUAL))}
        )
        if not self._ready and self._scene is not None:
            self._send_msg(self._scene.message)
        self._ready = True

    def play(self, scene: Scene) -> None:
        """Play these runs; they wait until the browser is ready."""
        self._count += 1
        scene = self._scene = replace(scene, number=self._count)
        if self._ready:
            self._send_msg(scene.message)

    def lacks(self, names: Iterable[str]) -> list[str]:
        """Those of these cards that have a block of their own, and not of what is played."""
        blocks = self._scene.blocks if self._scene else {}
        return [name for name in names if CARDS[name].feed and name not in blocks]

    def add(self, blocks: dict[str, bytes]) -> None:
        """Blocks of cards that are shown from now on, beside the runs that are played."""
        scene = self._scene
        if scene is None:
            return
        self._count += 1
        self._scene = replace(scene, blocks=scene.blocks | blocks, number=self._count)
        if self._ready:
            self._send_msg({"blocks": blocks, "of": scene.number, "number": self._count})

    def preview(self, block: bytes, blocks: Mapping[str, bytes]) -> None:
        """Show one frame in place of the loaded run's, and its cards, until the next run comes."""
        if self._ready:
            self._send_msg({"still": block, "blocks": blocks})


def known(name: Any, names: Collection[str], usual: str) -> str:
    """A name that a browser has sent, if it is one of these."""
    return name if isinstance(name, str) and name in names else usual
