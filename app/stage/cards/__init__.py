"""The cards of the stage, each registered once: from here come slots, toggles, figures and blocks.

HoloViews builds each figure once for each theme (see `app.stage.drawn`): in every session it would
cost 220 ms per event with twelve visitors. The figures travel as Bokeh JSON items whose data
sources carry names; the stage embeds them and drives the sources. A visitor's document holds no
figure.
"""

from collections.abc import Iterable
from typing import Any

from bokeh.embed import json_item

from app.stage.card import Card, Settings
from app.stage.cards.coefficient import COEFFICIENT
from app.stage.cards.curves import SCAN, SPECTRUM
from app.stage.cards.energy import ENERGY
from app.stage.cards.measurement import CLICKS, MEASUREMENT
from app.stage.cards.momentum import CURRENT, MOMENTUM
from app.stage.cards.phase_space import PHASE_SPACE
from app.stage.cards.regions import REGIONS
from app.stage.cards.spacetime import SPACETIME
from app.stage.cards.stationary import STATIONARY
from app.stage.cards.statistics import STATISTICS
from app.stage.cards.times import TIMES
from app.stage.cards.wave import COMPLEX, SECOND, WAVE
from app.stage.of_run import OF_RUN
from app.stage.solved import Asked, Solved
from app.theme import Palette
from lessons.lesson import GoalQuestion, Step
from solver.ensemble import Ensemble
from solver.experiment import Experiment
from solver.measurement.measured import Measured

CARDS: dict[str, Card] = {
    card.name: card
    for card in (
        *(ENERGY, WAVE, SECOND, PHASE_SPACE, REGIONS, SPACETIME),
        *(COMPLEX, MOMENTUM, CURRENT, TIMES),
        *(SPECTRUM, COEFFICIENT, STATIONARY, SCAN, CLICKS, MEASUREMENT, STATISTICS),
    )
}
"""In the order in which they stand on the page."""

TO_CHOOSE = {card.name: card.choice for card in CARDS.values() if card.choice}
"""What may be chosen in the lab, and how it is called there."""


def figures(colors: Palette) -> dict[str, dict[str, Any]]:
    """All figures of one theme, drawn here: {card: {slot: Bokeh item}}."""
    return {
        name: {slot: json_item(figure(colors)) for slot, figure in card.figures.items()}
        for name, card in CARDS.items()
    }


def asked(
    step: Step | None, source: Experiment | Ensemble | Measured, chosen: Iterable[str] = ()
) -> Asked:
    """What a step, or the lab with the cards chosen there, asks of a source."""
    show = chosen if step is None else step.show
    return Asked(
        source,
        numbers=step is not None and isinstance(step.question, GoalQuestion),
        sampled=any(CARDS[name].sampled for name in show),
        cards=tuple(name for name in show if name in OF_RUN),
    )


def are_fed(show: Iterable[str]) -> bool:
    """Whether any of these cards has a block of its own."""
    return any(CARDS[name].feed for name in show)


def feeds(
    show: Iterable[str], step: Step | None, settings: Settings, solved: list[Solved]
) -> dict[str, bytes]:
    """The blocks of the cards that a step or the lab shows, by the card's name."""
    wanted = [CARDS[name] for name in show]
    return {card.name: card.feed(step, settings, solved) for card in wanted if card.feed}
