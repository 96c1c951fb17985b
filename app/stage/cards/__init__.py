"""The cards of the stage, each registered once: from here come slots, toggles, figures and blocks.

HoloViews builds each figure once per server process, light and dark: in every session it would cost
220 ms per event with twelve visitors. The figures travel as Bokeh JSON items whose data sources
carry names; the stage embeds them and drives the sources. A visitor's document holds no figure.
"""

import gzip
import json
import os
import subprocess
import sys
from functools import cache
from typing import Any

from bokeh.embed import json_item

from app.stage.card import Card, Settings
from app.stage.cards.clicks import CLICKS
from app.stage.cards.curves import COEFFICIENT, SCAN, SPECTRUM
from app.stage.cards.phase_space import PHASE_SPACE
from app.stage.cards.statistics import STATISTICS
from app.stage.cards.wave import SECOND, WAVE
from app.stage.solved import Asked, Solved
from app.theme import DARK, LIGHT, Palette
from lessons.lesson import GoalQuestion, Step
from solver.ensemble import Ensemble
from solver.experiment import Experiment

CARDS: dict[str, Card] = {
    card.name: card
    for card in (WAVE, SECOND, SPECTRUM, COEFFICIENT, SCAN, CLICKS, STATISTICS, PHASE_SPACE)
}
"""In the order in which they stand on the page."""


def figures_block(dark: bool) -> bytes:
    """All figures of one theme as compressed JSON: {card: {slot: Bokeh item}}."""
    return figures_blocks()[dark]


@cache
def figures_blocks() -> tuple[bytes, bytes]:
    """Those of the light and of the dark theme, drawn by a process that ends with it.

    HoloViews and what it loads would stay in the server's memory for nothing: a fifth of it.
    """
    words = [sys.executable, "-c", f"from {__name__} import write_figures; write_figures()"]
    path = os.pathsep.join(sys.path)
    environment = {**os.environ, "PYTHONPATH": path}
    drawn = subprocess.run(words, capture_output=True, check=False, env=environment)
    if drawn.returncode:
        raise RuntimeError(f"No figure could be drawn: {drawn.stderr.decode()}")
    light, dark = drawn.stdout.splitlines()
    return gzip.compress(light, mtime=0), gzip.compress(dark, mtime=0)


def write_figures() -> None:
    """Draw the figures of both themes, a line of JSON each."""
    for colors in (LIGHT, DARK):
        sys.stdout.write(json.dumps(figures(colors)) + "\n")


def figures(colors: Palette) -> dict[str, dict[str, Any]]:
    """All figures of one theme, drawn here: {card: {slot: Bokeh item}}."""
    return {
        name: {slot: json_item(figure(colors)) for slot, figure in card.figures.items()}
        for name, card in CARDS.items()
    }


def asked(step: Step | None, source: Experiment | Ensemble) -> Asked:
    """What a step, or the lab, asks of a source."""
    if step is None:
        return Asked(source)
    goal = isinstance(step.question, GoalQuestion)
    return Asked(source, numbers=goal, sampled=any(CARDS[name].sampled for name in step.show))


def feeds(step: Step, settings: Settings, solved: list[Solved]) -> dict[str, bytes]:
    """The blocks of the cards that a step shows, by the card's name."""
    wanted = [CARDS[name] for name in step.show]
    return {card.name: card.feed(step, settings, solved) for card in wanted if card.feed}
