"""Catalogs of texts: files in the format of gettext, each read once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent


@dataclass(frozen=True, eq=False)
class Catalog:
    """What each English text is, in each of its plural forms, and which form a number has."""

    lines: Mapping[str, tuple[str, ...]]
    plural: Callable[[int], int]


NOTHING = Catalog({}, lambda count: int(count != 1))
"""The catalog of English, which is what stands in the code."""


def catalog(language: str) -> Catalog:
    """All that the interface says in a language."""
    return catalog_in(FOLDER, language)


def catalog_in(folder: Path, name: str) -> Catalog:
    """The catalog of this name in a folder; an empty one if there is none."""
    file = folder / f"{name}.po"
    return read(file, stamp) if (stamp := stamp_of(file)) else NOTHING


def stamp_of(file: Path) -> tuple[int, ...]:
    """What changes when the file does; nothing for one that is not there."""
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size


@lru_cache(maxsize=256)
def read(file: Path, changed: tuple[int, ...]) -> Catalog:
    """The lines of a file that are translated and not in doubt, as it was when it changed last."""
    with file.open("rb") as stream:
        found = read_po(stream)
    known = [(forms_of(one.id)[0], forms_of(one.string)) for one in found if not one.fuzzy]
    lines = {text: forms for text, forms in known if text and all(forms)}
    return Catalog(lines, c2py(found.plural_expr))


def forms_of(text: Any) -> tuple[str, ...]:
    """A text, or each form of one that counts."""
    return (text,) if isinstance(text, str) else tuple(text)
