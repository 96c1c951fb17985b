"""What a card of the stage is: its place on the page, its figures, and what it is fed with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bokeh.models import Plot

from app.stage.solved import Solved
from app.theme import Palette
from lessons.lesson import Step
from locales.language import say
from solver.controls import Controls

Settings = dict[str, Controls]
Figure = Callable[[Palette], Plot]
Feed = Callable[[Step | None, Settings, list[Solved]], bytes]


@dataclass(frozen=True, kw_only=True)
class Card:
    """A card; the class of the same name in assets/stage/cards/all.js fills it in the browser.

    `name` is what a lesson's `show` says, `title` stands above, `label` is for a screen reader (the
    title, if none is given). `figures` are built once for each theme, by the slot that they stand
    in. `feed` makes the card's own block for a step (None: the lab), its settings and what was
    solved of each; without it the films are all that the card needs. `sampled` asks for densities
    to compare. `runs` are the least and the most that it can show; `toggles` are buttons, by what
    they show or hide. `choice` is what the lab calls it where a person chooses what to see; a card
    without one is for lessons. `note` stands below the title once nothing is withheld: what
    is often taken wrongly in this picture.
    """

    name: str
    title: str
    label: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    feed: Feed | None = None
    sampled: bool = False
    runs: tuple[int, int] = (1, 2)
    toggles: Mapping[str, str] = field(default_factory=dict)
    choice: str = ""
    note: str = ""

    @property
    def about(self) -> dict[str, Any]:
        """What the browser has to know to lay it out."""
        return {
            "name": self.name,
            "title": say(self.title),
            "label": say(self.label or self.title),
            "slots": list(self.figures),
            "fed": self.feed is not None,
            "runs": list(self.runs),
            "toggles": {name: say(text) for name, text in self.toggles.items()},
            "choice": say(self.choice),
            "note": say(self.note),
        }
