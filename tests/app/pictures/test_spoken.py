"""Words and numbers in pictures are those of the language that is spoken."""

import re
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from app.lab.handout import pictures_of
from app.pictures.gif import Animation
from solver.controls import Controls
from tests.browser.test_languages import words_outside

CHOSEN = Controls(quality="draft", shape="Step", height=0.8, direction="Right to left")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written in pictures that are saved."""
    found: list[str] = []

    def save(figure: Figure, *words: Any, **options: Any) -> None:
        figure.canvas.draw()
        found.extend(part.get_text() for part in figure.findobj(Text))

    monkeypatch.setattr(Figure, "savefig", save)
    return found


def test_no_text_of_a_film_stands_outside_the_catalogs(marked: None) -> None:
    animation = Animation(CHOSEN.experiment().run())
    animation.frame(0)
    told = [part.get_text() for part in animation.canvas.figure.findobj(Text)]
    assert sum(map(len, told)) > 100
    assert [text for text in told if words_outside(text) or re.search(r"\d\.\d", text)] == []


def test_no_text_of_a_printed_picture_stands_outside_the_catalogs(
    marked: None, written: list[str]
) -> None:
    pictures_of({"run": CHOSEN})
    assert any("," in text for text in written)
    assert [text for text in written if words_outside(text) or re.search(r"\d\.\d", text)] == []
