"""The figures: built once, every source named, nothing from elsewhere."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.modules import ASSETS
from app.stage.cards import (
    CARDS,
    coefficient,
    curves,
    energy,
    momentum,
    phase_space,
    regions,
    spacetime,
    times,
    wave,
)
from app.stage.component import Scene, Stage
from app.stage.drawn import drawn_apart, figures_block, figures_blocks, write_figures
from app.theme import PROJECTOR, THEMES, blend

ID = re.compile(r'"(p\d+|[0-9a-f-]{36})"')
SOURCE = re.compile(r'"name": "ColumnDataSource", "id": "\w+", "attributes": {"name": "(\w+)"')


@pytest.mark.parametrize("theme", THEMES)
def test_every_source_has_its_name(theme: str) -> None:
    text = gzip.decompress(figures_block(theme)).decode()
    items = json.loads(text)
    assert {name: list(slots) for name, slots in items.items()} == {
        name: list(card.figures) for name, card in CARDS.items()
    }
    names = {name: set(SOURCE.findall(json.dumps(slots))) for name, slots in items.items()}
    assert names["wave"] == names["second"] == set(wave.SOURCES)
    assert names["regions"] == set(regions.SOURCES)
    assert names["spacetime"] == set(spacetime.SOURCES)
    assert names["times"] == {*times.ARRIVALS, *times.WIDTHS}
    assert names["energy"] == set(energy.SOURCES)
    assert names["momentum"] == {*momentum.WAVENUMBERS, *momentum.ENERGIES}
    assert names["complex"] == set(wave.COMPLEX_SOURCES)
    assert names["current"] == set(momentum.CURRENTS)
    assert names["spectrum"] == names["scan"] == set(curves.SOURCES)
    assert names["coefficient"] == set(coefficient.SOURCES)
    assert names["phase space"] == {*phase_space.WIGNER, *phase_space.MARGINAL}
    assert figures_block(theme) is figures_block(theme)


def test_the_process_that_draws_sends_what_would_be_drawn_here(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_figures()
    here = capsys.readouterr().out.splitlines()
    sent = [gzip.decompress(block).decode() for block in figures_blocks().values()]
    assert list(map(drawn, sent)) == list(map(drawn, here))


def test_what_fails_in_drawing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "none")
    with pytest.raises(RuntimeError, match="PYTHONHASHSEED"):
        drawn_apart()


def test_what_is_drawn_is_kept_until_a_source_changes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And where no file can be written, it is drawn each time; half a file is none."""
    drawings: list[bytes] = []

    def draw(of: str) -> bytes:
        drawings.append(b"light %d\ndark\nprojector" % len(drawings))
        return drawings[-1]

    def light() -> bytes:
        return gzip.decompress(figures_blocks.__wrapped__()["light"])

    monkeypatch.setattr("app.stage.drawn.drawn_apart", draw)
    monkeypatch.setattr("app.stage.drawn.KEPT", tmp_path)
    assert light() == light() == b"light 0"
    monkeypatch.setattr("app.stage.drawn.fingerprint", lambda: "another")
    assert light() == light() == b"light 1"
    assert [path.name for path in tmp_path.iterdir()] == ["cards-another.json"]
    (tmp_path / "cards-another.json").write_bytes(b"light")
    assert light() == light() == b"light 2"
    monkeypatch.setattr("app.stage.drawn.KEPT", tmp_path / "cards-another.json")
    assert (light(), light()) == (b"light 3", b"light 4")


def drawn(text: str) -> list[str]:
    """Each figure without the ids that each process gives anew."""
    items = [item for slots in json.loads(text).values() for item in slots.values()]
    return [ID.sub('"id"', json.dumps(item["doc"]["roots"])) for item in items]


def test_a_figure_is_as_tall_as_its_place_on_the_page() -> None:
    for item in json.loads(gzip.decompress(figures_block("light"))).values():
        assert '"min_height"' not in json.dumps(item)


def named(part: Any, name: str) -> Iterator[dict[str, Any]]:
    """The attributes of all models of this name."""
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    if isinstance(part, dict) and part.get("name") == name and "attributes" in part:
        yield part["attributes"]
    for one in inner:
        yield from named(one, name)


def lines_of(renderer: dict[str, Any]) -> list[float]:
    """How wide its line is, if it draws one."""
    width = renderer["glyph"]["attributes"].get("line_width", {})
    width = width.get("value") if isinstance(width, dict) else width
    return [] if width is None else [width]


def test_on_a_projector_no_line_is_thin_and_no_type_small() -> None:
    text = gzip.decompress(figures_block("projector")).decode()
    widths = [
        width for item in named(json.loads(text), "GlyphRenderer") for width in lines_of(item)
    ]
    assert len(widths) > 30
    assert min(widths) >= PROJECTOR.thinnest == 3
    sizes = re.findall(r'"(?:axis_label|major_label)_text_font_size": "(\d+)px"', text)
    assert len(sizes) > 20
    assert min(map(int, sizes)) >= 22


def test_nothing_points_to_another_origin() -> None:
    parts = [gzip.decompress(figures_block(theme)).decode() for theme in THEMES]
    code = [*ASSETS.rglob("*.js"), *ASSETS.rglob("*.css")]
    for text in (*parts, *(file.read_text("utf-8") for file in code)):
        assert not re.search(r"(https?:)?//(?!www\.w3\.org)[a-z0-9-]+\.[a-z]", text)


def test_the_map_is_centered_on_the_color_of_zero() -> None:
    for palette in THEMES.values():
        colors = blend(palette.wigner, 255)
        assert (colors[0], colors[127], colors[-1]) == (
            palette.wigner[0],
            palette.wigner[3],
            palette.wigner[-1],
        )


def test_the_stage_keeps_a_run_until_the_browser_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    stage = Stage()
    monkeypatch.setattr(stage, "_send_msg", sent.append)
    stage.preview(b"too early", {})
    stage.play(Scene((b"run",)))
    assert sent == []
    stage.take({"want": "figures", "theme": "light"})
    first = Scene((b"run",), number=1).message
    assert sent == [{"figures": figures_block("light")}, first]
    stage.take({"want": "figures", "theme": "dark"})
    assert sent[2:] == [{"figures": figures_block("dark")}]
    stage.take({"want": "runs", "seen": 1})
    assert len(sent) == 3
    stage.take({"want": "runs", "seen": 0})
    assert sent[3:] == [first]
