"""The page and its part: what the browser asks, in turn, and what it is told."""

import asyncio
from functools import partial
from logging import getLogger
from typing import Any, ClassVar
from urllib.parse import parse_qs

import numpy as np
import panel as pn
import param

from app.component import Component
from app.modules import module, sheets, text
from app.mystery.round import Round, hidden_of, new_round
from app.mystery.telling import about
from app.shell import make_page
from app.stage.component import known
from app.stage.drawn import MYSTERY, figures_block
from app.theme import PALETTES, THEMES, USUAL
from lessons.mystery.token import opened, sealed
from locales.language import say, say_error, speaking
from solver.errors import InvalidInput, short

logger = getLogger(__name__)

NAME = "mystery"
"""Of the parameter of the address that leads here; its value is the word of a barrier, if any."""

BESIDE = (NAME, "v", "t", "embed", "lang")
"""What an address of this page may have, besides what is of no use here."""


class Mystery(Component):
    """The whole page. The server alone knows the barrier; nothing of it is in the document."""

    word = param.String(doc="The word of the link as the page began.")
    about = param.Dict(doc="What can be chosen, and what may be hidden.")
    notes = param.List(item_type=str, doc="What of the address was not understood.")

    _esm = module("mystery/mystery.js")
    _stylesheets: ClassVar[list[str]] = [
        text("base.css", "controls/controls.css", *sheets("mystery"))
    ]

    def __init__(self, first: Round, **params: Any) -> None:
        super().__init__(word=first.word, about=about(), **params)
        self.round, self.random = first, np.random.default_rng()
        self.turn = asyncio.Lock()

    def take(self, message: Any) -> None:
        """The browser asks for something; one thing after the other is worked out."""
        if isinstance(message, dict):
            pn.state.execute(partial(self.answer, message))

    async def answer(self, message: dict[str, Any]) -> None:
        async with self.turn:
            with speaking(self.language):
                self._send_msg(await self.told(message))

    async def told(self, message: dict[str, Any]) -> dict[str, Any]:
        """What comes of a message, or why nothing does."""
        try:
            return await asyncio.to_thread(self.done, message)
        except InvalidInput as error:
            return {"problem": say_error(error)}
        except Exception as error:
            logger.exception("A visitor's request failed")
            name = type(error).__name__
            return {
                "problem": say("The server failed at this ({error}); its log says why.", error=name)
            }

    def done(self, message: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked; what to tell."""
        match message:
            case {"theme": theme}:
                palette = known(message.get("palette"), PALETTES, USUAL)
                block = figures_block(known(theme, THEMES, "light"), palette, MYSTERY)
                return {"figures": block}
            case {"hint": design}:
                return {"hint": self.round.hint(design)}
            case {"fire": design}:
                self.round.fire(design, self.random)
            case {"propose": guess}:
                self.round.propose(guess)
            case {"restore": kept}:
                self.restore(kept)
            case {"set": barrier}:
                self.round = Round(sealed(hidden_of(barrier)))
            case {"new": _}:
                self.round = new_round(self.random)
            case _:
                raise InvalidInput("The message", "be one that this page knows", short(message))
        return {"round": self.round.block}

    def restore(self, kept: Any) -> None:
        """Go to the barrier of a word, with the notebook that was kept of it."""
        if not isinstance(kept, dict) or not isinstance(kept.get("word"), str):
            raise InvalidInput("The message", "have the word of a link", short(kept))
        opened(kept["word"])
        if kept["word"] != self.round.word:
            self.round = Round(kept["word"])
        self.round.restore(kept)


def leads_here(query: str) -> bool:
    """Whether an address is one of this page."""
    return NAME in parse_qs(query.lstrip("?"), keep_blank_values=True)


def first_round(query: str) -> tuple[Round, list[str]]:
    """The round of an address, else a new one; and what of it was passed over."""
    given = parse_qs(query.lstrip("?"), keep_blank_values=True)
    word = given[NAME][-1]
    others = [name for name in given if name not in BESIDE]
    notes = [say("“{name}” is of no use on this page.", name=short(name)) for name in others]
    try:
        if word:
            opened(word)
            return Round(word), notes
    except InvalidInput:
        notes.append(say("This link’s barrier cannot be read: another one was drawn by lot."))
    return new_round(np.random.default_rng()), notes


def mystery_page(query: str, navigation: Any) -> Any:
    """The page of an address, with the header that all pages have."""
    first, notes = first_round(query)
    return make_page(
        [navigation], [Mystery(first, notes=notes, sizing_mode="stretch_width", margin=0)]
    )
