"""Catalogs are whole: a line for each text of the page, and the same formulas and places in it."""

import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from lessons.library import OURS
from lessons.prose import bare_numbers
from lessons.texts import kept
from tests.texts import ROOT, catalogs, flat

WANTED = list(catalogs())
PLACE = re.compile(r"\{(\w*)[^}]*\}")


def found(file: Path, language: str) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


@pytest.mark.parametrize(
    ("language", "file", "wanted"), WANTED, ids=[str(f.relative_to(ROOT)) for _, f, _ in WANTED]
)
def test_a_catalog_has_a_line_for_each_text_and_no_other(
    language: str, file: Path, wanted: Catalog
) -> None:
    """`make texts` brings a catalog up to date, and tells what is to be translated."""
    known = found(file, language)
    lines = {one.id: one for one in known if one.id}
    texts = {one.id for one in wanted if one.id}
    assert lines.keys() == texts
    assert [text for text, one in lines.items() if one.fuzzy or not all(flat(one.string))] == []
    counting = [one for one in lines.values() if not isinstance(one.id, str)]
    assert all(len(flat(one.string)) == known.num_plurals for one in counting)


def of_interface(text: str) -> Any:
    """The places of a text with the forms of their numbers, and what says so: all of it."""
    return {(name, spec) for _, name, spec, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(("language", "file", "wanted"), WANTED)
def test_a_line_has_what_is_the_same_in_every_language(
    language: str, file: Path, wanted: Catalog
) -> None:
    same = kept if file.is_relative_to(OURS) else of_interface
    for one in found(file, language):
        if one.id:
            many = one.id if isinstance(one.id, str) else one.id[-1]
            for line in flat(one.string):
                assert same(line) == same(many), line


@pytest.mark.parametrize(("language", "file", "wanted"), WANTED)
def test_no_result_is_typed_in_a_lesson_of_another_language(
    language: str, file: Path, wanted: Catalog
) -> None:
    if file.is_relative_to(OURS):
        typed = [bare for one in found(file, language) for bare in bare_numbers(str(one.string))]
        assert typed == []
