"""Lessons and formulas that are meant to break something: one line each, and the others go on."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.main import cli
from app.lab.address import Address
from app.lab.guide_view import index_view, view_of
from lessons.content import problems
from lessons.expressions import Formula
from lessons.lesson import Lesson
from lessons.library import Broken, Library
from lessons.quantities import FUNCTIONS, Facts
from lessons.template import TEMPLATE
from solver.controls import Controls
from solver.own.formulas import BadFormula

SEED = 20261125
NAMES = {"run": Facts(Controls()), **FUNCTIONS}
DEEP = (
    "-" * 900 + "1",
    "not " * 3000 + "1",
    "+".join(["1"] * 20_000),
    "1" + "**1" * 3000,
    "(" * 300 + "1" + ")" * 300,
    "-" * 99 + "1",
    "run" + ".a" * 4000,
    "abs(" * 80 + "1" + ")" * 80,
    "9" * 5000,
    "1 and " * 3000 + "1",
    "'\\ud800'",
    "9" * 999,
    "1e999",
    "run == run == run",
    "round(1.5, 10 ** 300)",
    "at(run, **run)",
    "at(run, width='x' * 9)",
    "min()",
    "run(1)",
    "at(1)",
    "\x00",
    "1 if 1 else 2",
    "...",
    "1j",
    "b'a'",
    "lambda: 1",
    "(x := 1)",
)
PIECES = (
    "run",
    "1",
    "2.5",
    "at",
    "(",
    ")",
    ",",
    "width=",
    "+",
    "**",
    "-",
    "/",
    "<",
    "not",
    ".",
    "exact",
    "'a'",
    "and",
    "[",
    "]",
    "{",
    "}",
    "max",
    "%",
    "\n",
    "\t",
    "é",
    "∞",
    "\x00",
    "#",
)


def formulas(count: int) -> list[str]:
    draw = random.Random(SEED)
    drawn = (" ".join(draw.choices(PIECES, k=draw.randint(1, 20))) for _ in range(count))
    return [*DEEP, *drawn][:count]


def test_two_hundred_formulas_have_a_value_or_a_reason() -> None:
    told = [reason(text) for text in formulas(200)]
    assert sum(map(bool, told)) > 150
    assert all("\n" not in line and len(line) < 1000 for line in told)


def reason(text: str) -> str:
    """Why a formula has no value, or nothing."""
    try:
        Formula(text).value(NAMES)
    except BadFormula as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (DEEP[0], "is nested more than 60 levels deep"),
        (DEEP[1], "is longer than 1000 characters"),
        (DEEP[2], "is longer than 1000 characters"),
        (DEEP[3], "is longer than 1000 characters"),
        ("1 + " * 70 + "1", "is nested more than 60 levels deep"),
    ],
    ids=range(5),
)
def test_a_formula_that_nobody_can_read_is_told_so(text: str, said: str) -> None:
    assert said in reason(text)


def test_a_long_sum_that_can_be_read_is_worked_out() -> None:
    assert Formula("1 + " * 50 + "1").value(NAMES) == 51


VALUES = (
    "&a [*a]",
    "&a {b: *a}",
    "!!python/object/apply:os.system ['true']",
    "!!python/name:os.system",
    "!!binary x",
    "!!timestamp 2021-99-99",
    "!mine 1",
    "2021-13-45",
    "[" * 3000 + "]" * 3000,
    "{a: " * 2000,
    "{? [1]: 2}",
    "{1: 2}",
    "{[a]: b}",
    "{<<: 1}",
    "9" * 5000,
    ".inf",
    ".nan",
    "1e999",
    "yes",
    "null",
    "''",
    '"\\ud800"',
    '"\\0"',
    "|\n  a\n  b",
    "- - - - -",
    "%YAML 9",
    "*nothing",
    "@",
    "`",
    "\t",
    "\x07",
    "\ufffe",
    "{{ run.exact | fixed:x }}",
    "{{ run.exact | fixed:99999 }}",
    "{{ run | percent }}",
    "{{ " + DEEP[1] + " }}",
    *DEEP[:6],
)


def lessons(count: int) -> Iterator[str]:
    """Texts of lessons: the template with something hostile in one place or two."""
    draw = random.Random(SEED)
    lines = TEMPLATE.splitlines()
    for i in range(count):
        text = list(lines)
        for _ in range(draw.randint(1, 2)):
            place = draw.randrange(len(text))
            key, colon, _ = text[place].partition(":")
            value = VALUES[i % len(VALUES)]
            text[place] = draw.choice(
                (
                    f"{key}{colon} {value}",
                    value,
                    text[place][: draw.randint(0, 9)],
                    f"{key}: {value}",
                )
            )
        yield "\n".join(text)


@pytest.mark.no_cover
def test_two_hundred_lessons_are_read_or_told_in_a_line(tmp_path: Path) -> None:
    for i, text in enumerate(lessons(200)):
        (tmp_path / f"{i % 98 + 1:02d}-hostile-{i}.md").write_bytes(text.encode("utf-8", "replace"))
    (tmp_path / "99-good.md").write_text(TEMPLATE, "utf-8")
    entries = Library(tmp_path).entries()
    assert len(entries) == 201
    broken = 0
    for entry in entries:
        told = [entry.reason] if isinstance(entry, Broken) else list(map(str, problems(entry)))
        broken += bool(told)
        for line in told:
            assert line.startswith(f"{entry.file.name}:")
            assert line.split(":")[1].isdecimal()
            assert "\n" not in line
            assert len(line) < 1000
    assert broken > 150
    assert isinstance(entries[-1], Lesson)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One good lesson among files that are none."""
    (tmp_path / "01-good.md").write_text(TEMPLATE, "utf-8")
    (tmp_path / "02-dangling.md").symlink_to(tmp_path / "nowhere")
    (tmp_path / "03-circle.md").symlink_to(tmp_path / "03-circle.md")
    (tmp_path / "04-folder.md").mkdir()
    os.mkfifo(tmp_path / "05-pipe.md")
    (tmp_path / "06-empty.md").write_bytes(b"")
    (tmp_path / "07-bytes.md").write_bytes(b"---\ntitle: \xff\n---\n")
    (tmp_path / "08-large.md").write_bytes(b"x" * 300_000)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/09-\xff.md")).write_text("x")
    (tmp_path / "10-loop.md").write_text(TEMPLATE.replace("A barrier twice as wide", "&a [*a]", 1))
    return tmp_path


def test_the_check_goes_on_past_every_file(folder: Path) -> None:
    found = CliRunner().invoke(cli, ["lessons", "check", "--lessons", str(folder)])
    assert found.exit_code == 1
    assert found.exception is None or isinstance(found.exception, SystemExit)
    lines = found.stdout.splitlines()
    assert lines[0] == "01-good.md: ok"
    assert "  02-dangling.md:1: the file must be one that can be read (No such file" in found.stdout
    assert "  04-folder.md:1: a lesson must be a file" in found.stdout
    assert "  05-pipe.md:1: a lesson must be a file" in found.stdout
    assert "  07-bytes.md:2: the file must be UTF-8 text" in found.stdout
    assert "  08-large.md:1: the file must hold text, at most 200,000 bytes" in found.stdout
    assert "  10-loop.md:2: front matter must have no anchor (& or *), got 'a'" in found.stdout
    assert len(lines) == 1 + 2 * 9


def test_the_served_list_shows_good_and_broken_ones(folder: Path) -> None:
    library = Library(folder)
    view = index_view(library, teach=False)
    assert [("broken" in entry) for entry in view["lessons"]] == [False] + [True] * 9
    for entry in view["lessons"][1:]:
        entry["broken"].encode("utf-8")
        assert view_of(Address("", entry["slug"]), library)["kind"] == "fault"
    assert view_of(Address("", "good"), library)["kind"] == "step"


def test_a_lesson_that_is_not_there_is_told(folder: Path) -> None:
    words = ["lessons", "check", "none.md", "--lessons", str(folder)]
    found = CliRunner().invoke(cli, words)
    assert "a lesson must be one of 01-good.md" in str(found.exception)


def test_a_file_that_is_mended_is_read_again(folder: Path) -> None:
    library = Library(folder)
    assert isinstance(library.find("dangling"), Broken)
    (folder / "nowhere").write_text(TEMPLATE, "utf-8")
    assert isinstance(library.find("dangling"), Lesson)
