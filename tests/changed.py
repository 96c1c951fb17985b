"""A copy of the source, changed as one of CONTRIBUTING's recipes says."""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]

Edits = Mapping[str, Iterable[tuple[str, str]]]
"""In each file, texts that stand there once, and what stands in their place."""


def changed_copy(folder: Path, edits: Edits, new: Mapping[str, str]) -> dict[str, str]:
    """Fill the folder; the environment in which a Python of its own takes the source from there."""
    for name in ("solver", "locales", "lessons", "app", "assets"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.pyc"))
    for name, text in new.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for name, replaced in edits.items():
        text = (folder / name).read_text("utf-8")
        for old, wanted in replaced:
            assert text.count(old) == 1, (name, old)
            text = text.replace(old, wanted)
        (folder / name).write_text(text, "utf-8")
    return {**os.environ, "PYTHONPATH": str(folder)}
