"""The figures of the stage as bytes: drawn by a process that ends with it, and kept as a file.

HoloViews and what it loads would stay in the server's memory for nothing, a fifth of it; to load it
takes three seconds of each start. The file stands where Python keeps what it compiles, and has a
name of what the figures hang on, so that a change of any of it has them drawn anew.
"""

import gzip
import json
import os
import subprocess
import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from app.theme import PALETTES, THEMES, USUAL, dyed
from solver.errors import InvalidInput
from solver.writing import writing

STAGE = Path(__file__).parent
KEPT = STAGE / "__pycache__"
DRAWN_BY = ("bokeh", "holoviews", "panel")

CARDS, MYSTERY = "cards", "mystery"
MODULES = {CARDS: "app.stage.cards", MYSTERY: "app.mystery.figures"}
"""The modules that have `figures` of a theme, and what these are called here."""


@cache
def figures_block(theme: str, palette: str = USUAL, of: str = CARDS) -> bytes:
    """All figures of one theme as compressed JSON; those of the cards {card: {slot: item}}.

    They are drawn in the usual colors, and dyed for who has chosen others.
    """
    usual = figures_blocks(of)[theme]
    if palette == USUAL:
        return usual
    items = dyed(json.loads(gzip.decompress(usual)), THEMES[theme], PALETTES[palette][theme])
    return gzip.compress(json.dumps(items).encode(), mtime=0)


@cache
def figures_blocks(of: str = CARDS) -> dict[str, bytes]:
    """Those of each theme."""
    file = KEPT / f"{of}-{fingerprint()}.json"
    try:
        drawn = by_theme(file.read_bytes())
    except (OSError, ValueError):
        text = drawn_apart(of)
        with suppress(OSError, InvalidInput):
            keep(text, file)
        drawn = by_theme(text)
    return {theme: gzip.compress(line, mtime=0) for theme, line in drawn.items()}


def by_theme(text: bytes) -> dict[str, bytes]:
    """A line for each theme; a ValueError if there are not as many."""
    return dict(zip(THEMES, text.splitlines(), strict=True))


def fingerprint() -> str:
    """Another one for other sources, versions or colors."""
    app = STAGE.parent
    sources = [*sorted(STAGE.rglob("*.py")), app / "theme.py", app / "mystery/figures.py"]
    found = sha256("".join(map(version, DRAWN_BY)).encode())
    for path in sources:
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def keep(text: bytes, file: Path) -> None:
    """In place of all that was kept before."""
    file.parent.mkdir(exist_ok=True)
    with writing(file) as beside:
        beside.write_bytes(text)
    for other in file.parent.glob(f"{file.name.split('-')[0]}-*.json"):
        if other != file:
            other.unlink(missing_ok=True)


def drawn_apart(of: str = CARDS) -> bytes:
    """What `write_figures` writes in a process of its own."""
    words = [sys.executable, "-c", f"from {__name__} import write_figures; write_figures({of!r})"]
    path = os.pathsep.join(sys.path)
    environment = {**os.environ, "PYTHONPATH": path}
    drawn = subprocess.run(words, capture_output=True, check=False, env=environment)
    if drawn.returncode:
        raise RuntimeError(f"No figure could be drawn: {drawn.stderr.decode()}")
    return drawn.stdout


def write_figures(of: str = CARDS) -> None:
    """Draw the figures of all themes, a line of JSON each."""
    figures = import_module(MODULES[of]).figures
    for colors in THEMES.values():
        sys.stdout.write(json.dumps(figures(colors)) + "\n")
