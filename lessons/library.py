"""A folder of lessons: those that can be read, and those that are broken with the reason."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from lessons.lesson import Lesson
from lessons.reading import read_lesson, slug_of
from lessons.texts import with_texts
from lessons.yaml_reader import LessonError, shown
from locales.catalogs import Catalog, catalog_in, stamp_of
from locales.language import ENGLISH, spoken

OURS = Path(__file__).parent


@dataclass(frozen=True)
class Broken:
    """A file that is no lesson, and why."""

    slug: str
    file: Path
    error: LessonError = field(hash=False)

    @property
    def reason(self) -> str:
        """In the language that is spoken."""
        return str(self.error)


@dataclass(frozen=True)
class Library:
    """The lessons in a folder, in the order of their numbers; a changed file is read again.

    They are in the language that is spoken, as far as the folder of its name has a catalog of them.
    """

    folder: Path = OURS

    def entries(self) -> list[Lesson | Broken]:
        return [spoken_entry(read(file, stamp_of(file)), spoken()) for file in self.files()]

    def files(self) -> list[Path]:
        return sorted(file for file in self.folder.glob("*.md") if file.name != "README.md")

    def lessons(self) -> list[Lesson]:
        return [entry for entry in self.entries() if isinstance(entry, Lesson)]

    def find(self, slug: str) -> Lesson | Broken | None:
        return next((entry for entry in self.entries() if entry.slug == slug), None)


@lru_cache(maxsize=256)
def read(file: Path, changed: tuple[int, ...]) -> Lesson | Broken:
    """The lesson in a file as it was when it changed last."""
    try:
        return read_lesson(file)
    except LessonError as error:
        return Broken(safe_slug(file), file, error)


def spoken_entry(entry: Lesson | Broken, language: str) -> Lesson | Broken:
    """The lesson in another language."""
    if language == ENGLISH or isinstance(entry, Broken):
        return entry
    return translated(entry, language, catalog_in(entry.file.parent / language, entry.file.stem))


@lru_cache(maxsize=256)
def translated(lesson: Lesson, language: str, known: Catalog) -> Lesson:
    """The lesson with the lines that the catalog has of its texts; its numbers are of the language.

    What is kept of a lesson is kept of each of these apart.
    """

    def line(text: str, place: str) -> str:
        return known.lines.get(text, (text,))[0]

    return with_texts(lesson, line)


def safe_slug(file: Path) -> str:
    try:
        return slug_of(file)
    except LessonError:
        return Path(shown(file)).stem
