"""The mystery barrier's page on the server: what is asked, and what is told before the end."""

import asyncio
import gzip
import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from bokeh.document import Document

from app.lab.guide import Navigation
from app.mystery.figures import COEFFICIENT, PROFILE, SIZES, figures
from app.mystery.page import Mystery, first_round, leads_here, mystery_page
from app.mystery.round import Round, new_round
from app.stage.drawn import MYSTERY, figures_block
from app.stage.wire import unbundle
from app.theme import LIGHT, THEMES
from lessons.mystery.hidden import Hidden
from lessons.mystery.posterior import posterior
from lessons.mystery.token import opened, sealed
from lessons.mystery.trials import MOST, Design, Trial
from solver.errors import InvalidInput

SOURCE = re.compile(r'"name": "ColumnDataSource", "id": "\w+", "attributes": {"name": "(\w+)"')
HIDDEN = Hidden("Double", 5.5, 0.85)
OTHER = Hidden("Gaussian", 1.25, 0.1)
DESIGN = {"energy": 4.0, "sigma": 1.4, "direction": "Right to left", "shots": 100}
GUESS = {"shape": "Triangular", "height": 3, "width": 0.4}


def page(hidden: Hidden = HIDDEN) -> Mystery:
    return Mystery(Round(sealed(hidden)))


def shown(part: Mystery, message: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Meta and arrays of the round that a message is answered with."""
    return unbundle(part.done(message)["round"])


def answer(part: Mystery, message: dict[str, Any]) -> None:
    """As the server's loop has it; a thread of its own, for a browser's tests leave a loop here."""
    with ThreadPoolExecutor(1) as beside:
        beside.submit(lambda: asyncio.run(part.answer(message))).result()


def test_an_experiment_is_counted_and_stands_in_the_notebook() -> None:
    part = page()
    shown(part, {"fire": DESIGN})
    meta, arrays = shown(part, {"fire": DESIGN | {"sigma": 0.5, "shots": 1000}})
    first, second = meta["trials"]
    assert first["left"] + first["right"] == 100
    assert first["part"] == first["left"] / 100
    assert first["low"] <= first["part"] <= first["high"]
    assert first["slow"] < 4.0 < first["fast"]
    assert (meta["shots"], meta["sigma"], meta["reveal"]) == (1100, 0.5, None)
    assert second["shots"] == 1000
    assert meta["gained"] == pytest.approx(posterior(part.round.trials).gained)
    bands = arrays["bands"]
    assert bands.shape == (5, arrays["energy"].size)
    assert np.all(np.diff(bands, axis=0) >= 0)
    assert arrays["sizes"].max() <= 1


def test_before_the_reveal_only_counts_are_told() -> None:
    """Two barriers of which the same was counted are told by the same bytes, but for the word."""
    rows, answers = [{**DESIGN, "right": 30}, {**DESIGN, "energy": 9.0, "right": 70}], []
    for hidden in (HIDDEN, OTHER):
        part = page(hidden)
        kept = {"word": part.round.word, "trials": rows, "proposal": None}
        meta, arrays = shown(part, {"restore": kept})
        assert meta.pop("word") == part.round.word
        sent = {name: array.tobytes() for name, array in arrays.items()}
        answers.append((meta, sent, part.done({"hint": DESIGN})))
    assert answers[0] == answers[1]
    assert answers[0][0]["gained"] > 1


def test_the_document_holds_nothing_of_the_barrier() -> None:
    texts = []
    for hidden in (HIDDEN, OTHER):
        part, document = page(hidden), Document()
        document.add_root(part.get_root(document))
        text = str(document.to_json())
        assert part.round.word in text
        texts.append(re.sub(r"(p|Mystery)\d+", "", text.replace(part.round.word, "")))
    assert texts[0] == texts[1]


def test_a_proposal_is_made_once_and_brings_the_truth() -> None:
    part = page()
    shown(part, {"fire": DESIGN})
    meta, arrays = shown(part, {"propose": GUESS})
    reveal = meta["reveal"]
    assert reveal["truth"] == {"shape": "Double", "height": 5.5, "width": 0.85}
    assert reveal["guess"] == GUESS
    found = posterior(part.round.trials)
    assert reveal["truth_p"] == pytest.approx(found.of(HIDDEN))
    assert reveal["inside"] == [bool(found.credible(p)[HIDDEN.place]) for p in (0.68, 0.95)]
    assert arrays["v_truth"].max() == 5.5
    assert arrays["v_guess"].max() == pytest.approx(3.0, abs=0.1)
    again, _ = shown(part, {"propose": GUESS | {"shape": "Double"}})
    assert again["reveal"]["guess"] == GUESS
    with pytest.raises(InvalidInput, match="before the reveal"):
        part.done({"fire": DESIGN})


def test_a_notebook_that_the_browser_kept_comes_back() -> None:
    part = page()
    shown(part, {"fire": DESIGN})
    meta, _ = shown(part, {"fire": DESIGN | {"energy": 9.0}})
    names = ("energy", "sigma", "direction", "shots", "right")
    rows = [{name: trial[name] for name in names} for trial in meta["trials"]]
    word = part.round.word
    later = page(OTHER)
    back, _ = shown(later, {"restore": {"word": word, "trials": rows, "proposal": None}})
    assert back["trials"] == meta["trials"]
    assert back["gained"] == meta["gained"]
    same, _ = shown(later, {"restore": {"word": word, "trials": rows[:1], "proposal": GUESS}})
    assert len(same["trials"]) == 2, "what the server has is newer"
    over, _ = shown(page(), {"restore": {"word": word, "trials": rows, "proposal": GUESS}})
    assert over["reveal"]["guess"] == GUESS


def test_a_teacher_sets_a_barrier_and_a_new_one_is_drawn() -> None:
    part = page()
    meta, _ = shown(part, {"set": GUESS})
    assert opened(meta["word"]) == Hidden("Triangular", 3.0, 0.4)
    other, _ = shown(part, {"new": True})
    assert opened(other["word"]) == part.round.hidden
    assert other["word"] != meta["word"]


def test_a_hint_tells_what_an_experiment_would_gain() -> None:
    found = page().done({"hint": DESIGN})["hint"]
    assert found["bits"] > found["own"] > 0
    assert found["shots"] == 100


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"fire": None},
        {"fire": {**DESIGN, "energy": "4"}},
        {"fire": {**DESIGN, "energy": float("nan")}},
        {"fire": {**DESIGN, "shots": 10**40}},
        {"fire": {**DESIGN, "shots": [100]}},
        {"fire": {**DESIGN, "direction": {"a": 1}}},
        {"fire": {"energy": 4.0}},
        {"propose": {**GUESS, "height": 3.1}},
        {"propose": {**GUESS, "shape": []}},
        {"set": {**GUESS, "width": None}},
        {"restore": {"word": 7}},
        {"restore": {"word": "1aaaa"}},
        {"restore": {"word": "x" * 10_000, "trials": []}},
        {"restore": "all"},
        {"hint": [1]},
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    message: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    part = page()
    word, sent = part.round.word, list[dict[str, str]]()
    monkeypatch.setattr(part, "_send_msg", sent.append)
    answer(part, message)
    (told,) = sent
    assert list(told) == ["problem"]
    assert "failed" not in told["problem"]
    assert (part.round.word, part.round.trials, part.round.proposal) == (word, [], None)


def test_a_notebook_with_a_fault_is_not_taken() -> None:
    part = page()
    row = {**DESIGN, "right": 101}
    with pytest.raises(InvalidInput, match="from 0 to 100"):
        part.done({"restore": {"word": part.round.word, "trials": [row]}})
    assert part.round.trials == []


def test_a_notebook_has_an_end() -> None:
    part = page()
    part.round.trials = [Trial(Design(energy=4.0, sigma=1.4), right=30)] * MOST
    with pytest.raises(InvalidInput, match=f"at most {MOST} trials"):
        part.done({"fire": DESIGN})


def test_a_fault_of_the_server_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    part, sent = page(), list[dict[str, str]]()
    monkeypatch.setattr(part, "_send_msg", sent.append)
    monkeypatch.setattr(part, "done", lambda message: 1 / 0)
    answer(part, {"new": True})
    assert sent == [{"problem": "The server failed at this (ZeroDivisionError); its log says why."}]


def test_an_address_leads_to_its_barrier() -> None:
    word = sealed(HIDDEN)
    assert leads_here(f"?v=1&mystery={word}")
    assert leads_here("?mystery")
    assert not leads_here("?lesson=mystery")
    first, notes = first_round(f"?v=1&mystery={word}&embed=1")
    assert (first.hidden, notes) == (HIDDEN, [])
    assert first_round("?mystery")[1] == []
    _, notes = first_round(f"?mystery={word}a&height=3")
    assert notes == [
        "“height” is of no use on this page.",
        "This link’s barrier cannot be read: another one was drawn by lot.",
    ]


def test_barriers_are_drawn_anew_each_time() -> None:
    random = np.random.default_rng()
    assert len({new_round(random).hidden for _ in range(20)}) > 10


def test_the_page_has_the_header_of_all_pages() -> None:
    made = mystery_page("?mystery", Navigation())
    assert [type(part) for part in made.header] == [Navigation]
    assert [type(part) for part in made.main] == [Mystery]


@pytest.mark.parametrize("theme", THEMES)
def test_every_source_has_the_name_that_the_browser_knows(theme: str) -> None:
    block = page().done({"theme": theme})["figures"]
    assert block is figures_block(theme, of=MYSTERY)
    items = json.loads(gzip.decompress(block))
    assert {name: set(SOURCE.findall(json.dumps(item))) for name, item in items.items()} == {
        "coefficient": set(COEFFICIENT),
        "sizes": set(SIZES),
        "profile": set(PROFILE),
    }
    assert page().done({"theme": "none"}) == {"figures": figures_block("light", of=MYSTERY)}


def test_what_is_drawn_elsewhere_is_what_would_be_drawn_here() -> None:
    assert list(figures(LIGHT)) == ["coefficient", "sizes", "profile"]
