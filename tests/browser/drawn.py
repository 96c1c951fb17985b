"""Figures for the servers of a test run: the first one draws them, the others read what it drew.

A server draws them in a process of its own, which takes three seconds each time.
"""

import os
import pickle
from functools import cache
from pathlib import Path

from app import warm
from app.stage import cards

PLACE = "TUNNELSCOPE_TESTS_DRAWN"
"""Names the file, which belongs to one test run; without it each server draws for itself."""

Blocks = tuple[bytes, bytes]
draw = cards.figures_blocks


@cache
def read_or_draw() -> Blocks:
    if PLACE not in os.environ:
        return draw()
    path = Path(os.environ[PLACE])
    if not path.exists():
        own = path.with_suffix(f".{os.getpid()}")
        own.write_bytes(pickle.dumps(draw()))
        own.replace(path)
    blocks: Blocks = pickle.loads(path.read_bytes())
    return blocks


def share() -> None:
    for module in (cards, warm):
        vars(module)["figures_blocks"] = read_or_draw
