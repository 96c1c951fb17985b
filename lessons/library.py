"""A folder of lessons: those that can be read, and those that are broken with the reason."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lessons.lesson import Lesson
from lessons.reading import read_lesson, slug_of
from lessons.yaml_reader import LessonError, shown

OURS = Path(__file__).parent


@dataclass(frozen=True)
class Broken:
    """A file that is no lesson, and why."""

    slug: str
    file: Path
    reason: str


@dataclass(frozen=True)
class Library:
    """The lessons in a folder, in the order of their numbers; a changed file is read again."""

    folder: Path = OURS

    def entries(self) -> list[Lesson | Broken]:
        return [read(file, stamp(file)) for file in self.files()]

    def files(self) -> list[Path]:
        return sorted(file for file in self.folder.glob("*.md") if file.name != "README.md")

    def lessons(self) -> list[Lesson]:
        return [entry for entry in self.entries() if isinstance(entry, Lesson)]

    def find(self, slug: str) -> Lesson | Broken | None:
        return next((entry for entry in self.entries() if entry.slug == slug), None)


def stamp(file: Path) -> tuple[int, ...]:
    """What changes when the file does; nothing for one that is not there, such as a link's end."""
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size


@lru_cache(maxsize=256)
def read(file: Path, changed: tuple[int, ...]) -> Lesson | Broken:
    """The lesson in a file as it was when it changed last."""
    try:
        return read_lesson(file)
    except LessonError as error:
        return Broken(safe_slug(file), file, str(error))


def safe_slug(file: Path) -> str:
    try:
        return slug_of(file)
    except LessonError:
        return Path(shown(file)).stem
