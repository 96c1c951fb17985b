"""A language in which each text of the catalogs stands between marks, and nothing else does."""

import re
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from lessons import library
from lessons.library import OURS
from locales import catalogs, language

CODE, LIKE = "eo", "id"
"""Browsers and Babel know the first, in which a decimal comma is written; no catalog is of it."""


@lru_cache
def marked(file: Path) -> catalogs.Catalog:
    """The texts of a catalog between marks."""
    with file.open("rb") as stream:
        found = read_po(stream)
    texts = [catalogs.forms_of(one.id) for one in found if one.id]
    lines = {forms[0]: tuple(map(between_marks, forms)) for forms in texts}
    return catalogs.Catalog(lines, catalogs.NOTHING.plural)


def between_marks(text: str) -> str:
    """A text, or each cell of a table that holds no reference."""
    if not text.startswith("| ") or "\n|" not in text:
        return f"⟦{text}⟧"
    return re.sub(r"(?<=\|) *([^|{}\n]*[^|{}\n\s:-][^|{}\n]*?) *(?=\|)", r" ⟦\1⟧ ", text)


plain = catalogs.catalog_in


def known(folder: Path, name: str) -> catalogs.Catalog:
    """What `catalogs.catalog_in` finds, of this language, too."""
    if (folder, name) == (catalogs.FOLDER, CODE):
        return marked(folder / f"{LIKE}.po")
    if folder == OURS / CODE:
        return marked(OURS / LIKE / f"{name}.po")
    return plain(folder, name)


def speak() -> None:
    """Let a server speak it."""
    language.LANGUAGES[CODE] = "Marked"
    for module in (catalogs, library):
        module.catalog_in = known  # type: ignore[attr-defined]
