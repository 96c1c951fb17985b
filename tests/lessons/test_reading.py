"""The schema: an error names file, line, key, rule and value; a broken lesson breaks no other."""

import re
from pathlib import Path

import pytest

from app.telling import refusal
from lessons.content import problems
from lessons.expressions import not_worked_out
from lessons.lesson import GoalQuestion, NumberQuestion
from lessons.library import Broken, Library
from lessons.reading import read_lesson
from lessons.template import TEMPLATE
from lessons.yaml_reader import LessonError
from solver.own.formulas import BadFormula

LOCKED = "locked: Only the width matters here."
SHOW = "show: [phase space]"
RUN = "  run: {shape: Rectangular, height: 1.5, width: 0.3, energy: 1, sigma: 1.4}"
SCAN = "show: [scan]\nscan: "
PAIR = "  run: {height: 1.5}\n  other: {width: 0.5}"


def write(folder: Path, text: str, name: str = "01-twice.md") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def test_the_template_is_a_correct_lesson(tmp_path: Path) -> None:
    lesson = read_lesson(write(tmp_path, TEMPLATE))
    assert problems(lesson) == []
    assert lesson.slug == "twice"
    assert "<!--" not in lesson.steps[0].introduction


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("minutes: 10", "minutes: ten", 5, "front matter.minutes must be a number, got 'ten'"),
        ("minutes: 10", "minuets: 10", 2, "front matter.minutes must be given"),
        ("title: A", "color: red\ntitle: A", 2, "front matter.color must be one of"),
        ("shape: Rectangular", "shape: Round", 24, "step.runs.run must be one of Rectangular"),
        ("width: 0.3,", "width: 30,", 24, "step.runs.run must be from 0.05 to 3"),
        ("energy: 1,", "warmth: 1,", 24, "must be one of shape"),
        ("unlock: [width]", "unlock: [weight]", 25, "step.unlock must name controls"),
        ("show: [phase space]", "show: [phase]", 27, "step.show must be one of phase space"),
        (LOCKED, LOCKED + "\nbeforehand: [scan]", 27, "must name what the step shows: phase space"),
        ("right: at(run", "right: at((run", 34, "hold formulas"),
        (LOCKED, LOCKED + "\nlocked: twice", 27, "locked must stand only once"),
        ("runs:     ", "runs: [  ", 25, "step must be YAML"),
        ("  run: {shape", "  Run: {shape", 24, "step.runs.Run must be a name of small letters"),
        (RUN, "  a: {energy: 1}\n  b: {}\n  c: {}", 24, "step.runs must name one run or two"),
        (LOCKED, LOCKED + "\nheld: area", 27, "step.held must be one of"),
        ("show: [phase space]", "show: [statistics]", 27, "statistics only with two runs"),
        ("show: [phase space]", "show: [scan]", 27, "scan if and only if there is a table scan"),
        (RUN, PAIR, 28, "phase space only with one run"),
        (SHOW, f"{SCAN}{{vary: shape, from: 1, to: 2}}", 28, "scan.vary must be one of"),
        (SHOW, f"{SCAN}{{vary: width, from: 2, to: 1}}", 28, "from must lie below `to`"),
        (SHOW, f"{SCAN}{{vary: width, from: .nan, to: 1}}", 28, "be a finite number"),
        ("  choices:", "  choice:", 29, "must come with choices, an answer or a goal"),
        ("minutes: 10", "? [minutes]\n: 10", 5, "front matter must have words for keys"),
        ("  - at(run, width=0.6).exact <", "  - {a: 1} #", 40, "claims must be a list of texts"),
    ],
)
def test_an_error_names_line_key_rule_and_value(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    assert old in TEMPLATE
    file = write(tmp_path, TEMPLATE.replace(old, new, 1))
    with pytest.raises(LessonError) as caught:
        read_lesson(file)
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"01-twice.md:{line}: ")


def test_an_error_is_told_in_the_language_of_the_page(tmp_path: Path, marked: None) -> None:
    """Its rule too, and what a formula lacks."""
    for old, new in (
        ("minutes: 10", "minutes: ten"),
        ("minutes: 10", "minuets: 10"),
        ("title: A", "color: red\ntitle: A"),
        ("width: 0.3,", "width: 30,"),
        ("right: at(run", "right: at((run"),
        ("runs:     ", "runs: [  "),
        (SHOW, f"{SCAN}{{vary: width, from: 2, to: 1}}"),
    ):
        write(tmp_path, TEMPLATE.replace(old, new, 1))
        (entry,) = Library(tmp_path).entries()
        assert isinstance(entry, Broken)
        assert re.search("^01-twice.md:[0-9]+: ⟦.* must ⟦.*⟧.*⟧$", entry.reason), entry.reason
    assert refusal(BadFormula(not_worked_out("“a”", ZeroDivisionError("by zero")))).startswith("⟦")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{{ run.energy | eV }}", "1 eV", "“1 eV” is typed"),
        ("{{ run.energy | eV }}", "12.5\u00a0%", "is typed"),
        ("{{ run.energy | eV }}", "{{ run.charm }}", "there is no quantity charm"),
        ("{{ run.energy | eV }}", "{{ run.energy | miles }}", "“miles” is not a format"),
        ("< 0.2 * run.exact", "< 0.1 * run.exact", "does not hold"),
        ("misconception: Twice", "misconception: With 5 eV twice", "front matter: “5 eV” is typed"),
        ("exact > 0.4", "exact < 0.5", "exactly one choice must be right"),
    ],
)
def test_a_false_lesson_is_told_from_a_true_one(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in TEMPLATE
    lesson = read_lesson(write(tmp_path, TEMPLATE.replace(old, new, 1)))
    assert any(said in str(problem) for problem in problems(lesson))


NUMBER = """question:
  ask: How much?
  answer: run.exact
  unit: "%"
  tolerance: 2
  right: Yes.
  wrong: No.
"""
GOAL = """question:
  ask: Half of it.
  goal: 0.4 < run.exact < 0.6
  solution: {width: 0.22}
  right: Yes.
"""


def with_question(question: str) -> str:
    start, end = TEMPLATE.index("question:"), TEMPLATE.index("claims:")
    return TEMPLATE[:start] + question + TEMPLATE[end:]


def test_numbers_and_goals_are_read(tmp_path: Path) -> None:
    number = read_lesson(write(tmp_path, with_question(NUMBER))).steps[0].question
    assert isinstance(number, NumberQuestion)
    goal = read_lesson(write(tmp_path, with_question(GOAL)))
    assert isinstance(goal.steps[0].question, GoalQuestion)
    assert problems(goal) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('unit: "%"', "unit: miles", "question.unit must be one of"),
        ("tolerance: 2", "tolerance: 0", "question.tolerance must be positive, got 0"),
    ],
)
def test_a_number_is_asked_in_a_known_unit_with_a_tolerance(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(LessonError, match=re.escape(said)):
        read_lesson(write(tmp_path, with_question(NUMBER.replace(old, new))))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("width: 0.22", "width: 1.0", "at the solution, the goal"),
        ("width: 0.22", "height: 1.0", "must change unlocked controls only"),
        ("0.4 < run", "0.1 < run", "holds before anything is changed"),
        ("width: 0.22", "width: 30", "the solution cannot be run: width must be from 0.05 to 3"),
        ("run.exact", "run.kappa.x", "quantity"),
    ],
)
def test_a_goal_must_be_open_and_reachable(tmp_path: Path, old: str, new: str, said: str) -> None:
    lesson = read_lesson(write(tmp_path, with_question(GOAL.replace(old, new))))
    assert any(said in str(problem) for problem in problems(lesson))


def test_a_broken_lesson_is_listed_and_the_others_work(tmp_path: Path) -> None:
    write(tmp_path, TEMPLATE)
    write(tmp_path, "nothing", "02-broken.md")
    write(tmp_path, TEMPLATE, "Notes.md")
    entries = Library(tmp_path).entries()
    assert [isinstance(entry, Broken) for entry in entries] == [False, True, True]
    broken = [entry.reason for entry in entries if isinstance(entry, Broken)]
    assert "02-broken.md:1: the file must begin with front matter" in broken[0]
    assert "NN" not in broken[1]
    assert Library(tmp_path).find("twice") is entries[0]


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    import os

    file = write(tmp_path, TEMPLATE)
    library = Library(tmp_path)
    assert [lesson.title for lesson in library.lessons()] == ["A barrier twice as wide"]
    write(tmp_path, TEMPLATE.replace("A barrier twice as wide", "New title"))
    os.utime(file, ns=(1, file.stat().st_mtime_ns + 1_000_000))
    assert [lesson.title for lesson in library.lessons()] == ["New title"]
