"""Every text of the page, and the catalogs that have lines for them: `python -m tests.texts`.

What is written in the code is found by the names it is given to; what stands in tables of controls,
numbers and cards is read from these; lessons are read as they are shown.
"""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from app.lab.model import Lab
from app.stage.cards import CARDS
from lessons.held import HELD
from lessons.labels import FUNCTION_LABELS, LABELS
from lessons.lesson import Lesson
from lessons.library import OURS, Library
from lessons.prose import TIMES
from lessons.texts import with_texts
from locales.catalogs import FOLDER
from locales.language import ENGLISH, LANGUAGES
from solver.barriers import SHAPES
from solver.controls import CHOICES, TEXTS
from solver.description import BARRIERS
from solver.ranges import DERIVED, PARTICLES, RANGES
from solver.statistics import GRID_WARNING, TESTS
from solver.units import NATURAL

ROOT = Path(__file__).parents[1]

Text = str | tuple[str, str]
"""A text, or one thing and many of it."""

NAMES: dict[str, Any] = {
    "say": None,
    "say_many": (1, 2),
    "mark": None,
    "Rule": None,
    "InvalidInput": (2,),
}
"""What a text is given to; of an error only its rule is one."""

THINGS: dict[str, Any] = {"InvalidInput": (1,)}
"""What an error is about: an English word for it, or a name of the library, which is no text."""

OPTIONS: dict[str, Any] = {"encoding": "utf-8"}

SIZES = ("negligible", "small", "medium", "large")


def code_texts() -> Iterator[tuple[Text, str]]:
    """Each text that is written in the code, with its file."""
    for file in sources():
        find = script_texts if file.suffix == ".js" else python_texts
        for text in find(file):
            yield text, file.relative_to(ROOT).as_posix()


def script_texts(file: Path) -> Iterator[Text]:
    """Those of a module of the browser."""
    for many, one, other in SAID.findall(file.read_text("utf-8")):
        texts = [json.loads(f'"{text}"') for text in (one, other)]
        yield tuple(texts) if many else texts[0]


SAID = re.compile(r'(?<![.\w])say(Many)?\(\s*"((?:[^"\\]|\\.)*)"(?:,\s*"((?:[^"\\]|\\.)*)")?')
"""Babel would pass over what stands in a template within a template."""


def python_texts(file: Path) -> Iterator[Text]:
    """Those of a module of Python."""
    for _, text, _, _ in extract_from_file("python", file, NAMES, [], OPTIONS):
        yield known(text)
    for _, text, _, _ in extract_from_file("python", file, THINGS, [], OPTIONS):
        if isinstance(text, str) and text.startswith(("The ", "the ")):
            yield text


def sources() -> list[Path]:
    """The modules that a page may come by; the command line speaks English."""
    python = [*(ROOT / "solver").rglob("*.py"), *(ROOT / "lessons").rglob("*.py")]
    python += [*(ROOT / "app").rglob("*.py")]
    python = [
        file for file in python if not file.relative_to(ROOT).as_posix().startswith(ELSEWHERE)
    ]
    python += (ROOT / "locales").glob("*.py")
    scripts = [f for f in (ROOT / "assets").rglob("*.js") if not f.name.endswith(".test.js")]
    return sorted([*python, *scripts])


ELSEWHERE = (
    *("app/cli/", "app/operate/processes", "app/server.py", "app/web/limits", "solver/published/"),
    *("solver/sweeps/", "solver/netcdf", "solver/storage", "solver/writing"),
)
"""What only the command line comes by."""


def known(text: Any) -> Text:
    """What babel found, without the arguments that are no texts."""
    return text if isinstance(text, str) else tuple(part for part in text if part)


def table_texts() -> Iterator[tuple[Text, str]]:
    """Each text that stands in a table, with its table."""
    for choice in CHOICES.values():
        yield from ((text, "controls") for text in (choice.label, choice.told, choice.doc))
        yield from ((option, "controls") for option in choice.options)
    for span in (*RANGES.values(), *DERIVED.values()):
        yield from ((text, "controls") for text in (span.name, span.label, span.told))
        yield from ((text, "controls") for text in (span.doc, span.unit))
    for name in ("held", "show"):
        yield from (
            (str(text), "controls") for text in (Lab.param[name].label, Lab.param[name].doc)
        )
    for text in TEXTS.values():
        yield from ((one, "controls") for one in (text.label, text.told, text.doc, *text.examples))
    yield from ((text, "controls") for text in ("each as given", *HELD.values(), *PARTICLES))
    for card in CARDS.values():
        told = card.title, card.label, card.choice, card.note, *card.toggles.values()
        yield from ((text, "cards") for text in told)
    for label, unit in (*LABELS.values(), *FUNCTION_LABELS.values()):
        yield from ((label, "quantities"), (unit, "quantities"))
    yield from ((name, "times") for _, name in TIMES)
    yield from ((barrier_name(kind), "barriers") for kind in (*BARRIERS.values(), *SHAPES.values()))
    yield from ((hypothesis, "tests") for hypothesis, _ in TESTS.values())
    yield from ((text, "tests") for text in (GRID_WARNING, *SIZES))
    yield from ((unit, "units") for unit in (NATURAL.energy, "point-steps"))


def barrier_name(kind: type) -> str:
    from app.telling import name_of_kind

    return name_of_kind(kind)


PLAIN = ("", "eV", "nm", "fs", "%", "points", "1/nm", "eV/nm", "nm/fs", "eV nm", "eV nm²", "A/cm²")
"""What is the same in every language."""


def interface() -> Catalog:
    """All that the interface says."""
    found = Catalog(project="Tunnelscope", fuzzy=False)
    for text, place in (*code_texts(), *table_texts()):
        if text not in PLAIN and any(letter.isalpha() for letter in str(text)):
            found.add(text, auto_comments=[place])
    return found


def lesson_catalog(lesson: Lesson) -> Catalog:
    """All that a lesson says."""
    found = Catalog(project="Tunnelscope", fuzzy=False)

    def note(text: str, place: str) -> str:
        found.add(text, auto_comments=[place])
        return text

    with_texts(lesson, note)
    return found


def catalogs() -> Iterator[tuple[str, Path, Catalog]]:
    """Of each language the files, and what each must have lines for."""
    lessons = [(lesson.file.stem, lesson_catalog(lesson)) for lesson in Library().lessons()]
    told = interface()
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        yield language, FOLDER / f"{language}.po", told
        yield from ((language, OURS / language / f"{stem}.po", one) for stem, one in lessons)


def bring_up_to_date(language: str, file: Path, wanted: Catalog) -> list[str]:
    """Write a catalog with a line for each text and no other; the texts that it does not know."""
    found = Catalog(locale=language)
    if file.exists():
        with file.open("rb") as stream:
            found = read_po(stream, locale=language)
    known = {one.id: one.string for one in found if one.id}
    lines = Catalog(locale=language, fuzzy=False, header_comment=f"# {LANGUAGES[language]}.")
    lines.mime_headers = [("Plural-Forms", found.plural_forms)]
    for one in wanted:
        if one.id:
            string = known.get(one.id, "" if isinstance(one.id, str) else ("",) * len(forms(found)))
            lines.add(one.id, string, auto_comments=one.auto_comments)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(as_file(lines, found))
    return [str(one.id) for one in lines if one.id and not all(flat(one.string))]


def forms(found: Catalog) -> range:
    return range(found.num_plurals)


def flat(string: Any) -> list[str]:
    """Each form of a line."""
    return [string] if isinstance(string, str) else list(string)


def as_file(lines: Catalog, found: Catalog) -> bytes:
    """The catalog as it is kept: with no more of a header than its plural forms."""
    stream = BytesIO()
    write_po(stream, lines, width=100, omit_header=True, sort_output=False)
    head = (
        f"# {lines.header_comment.strip('# ')}\n"
        'msgid ""\nmsgstr ""\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {lines.locale_identifier}\\n"\n'
        f'"Plural-Forms: {found.plural_forms}\\n"\n\n'
    )
    return head.encode() + stream.getvalue()


if __name__ == "__main__":
    for language, file, wanted in catalogs():
        missing = bring_up_to_date(language, file, wanted)
        print(f"{file.relative_to(ROOT)}: {len(missing)} of {len(wanted)} to translate")
