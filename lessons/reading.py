"""From a Markdown file to a Lesson; what is wrong with it is told with file, line, key and rule."""

import re
import stat
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from lessons.expressions import Formula
from lessons.held import HELD, held_equal
from lessons.lesson import (
    SHOWS,
    UNITS,
    Choice,
    ChoiceQuestion,
    GoalQuestion,
    Lesson,
    NumberQuestion,
    Question,
    Step,
    Varied,
)
from lessons.yaml_reader import Place, Table, shown
from locales.language import mark
from solver.controls import Controls
from solver.errors import InvalidInput, Rule
from solver.own.formulas import BadFormula
from solver.ranges import RANGES

LARGEST = 200_000
"""Bytes of a lesson at most; ours have some 20,000."""

THE_FILE = mark("the file")
ONE_OF = mark("be one of {names}")

FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)
BLOCK = re.compile(r"^```step\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
NAME = re.compile(r"[a-z][a-z_0-9]*\Z")
FILE = re.compile(r"(\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)\.md\Z")


def one_of(rule: str, names: Iterable[str]) -> Rule:
    """A rule that lists what there is."""
    return Rule(rule, names=", ".join(names))


def slug_of(file: Path) -> str:
    """The lesson's name in addresses; its file's name without the number."""
    found = FILE.match(file.name)
    if not found:
        raise Place(file, 1).error(
            1, mark("the file's name"), mark("be like 03-two-words.md"), shown(file)
        )
    return found[2]


def text_of(file: Path) -> str:
    """The text of a file of ordinary size; raises LessonError."""
    wrong = Place(file, 1).error
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise wrong(1, mark("a lesson"), mark("be a file"))
        data = file.read_bytes() if file.stat().st_size <= LARGEST else b""
        text = data.decode("utf-8").replace("\r\n", "\n")
    except OSError as error:
        rule = Rule("be one that can be read ({reason})", reason=str(error.strerror))
        raise wrong(1, THE_FILE, rule) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise wrong(line, THE_FILE, mark("be UTF-8 text")) from None
    if not text.strip():
        raise wrong(1, THE_FILE, Rule("hold text, at most {largest:,} bytes", largest=LARGEST))
    return text


def read_lesson(file: Path) -> Lesson:
    """The lesson in a file; raises LessonError."""
    slug, text = slug_of(file), text_of(file)
    front = FRONT.match(text)
    if not front:
        rule = mark("begin with front matter between two --- lines")
        raise Place(file, 1).error(1, THE_FILE, rule)
    table = Table.read(front[1], Place(file, 2), "front matter")
    headings = list(HEADING.finditer(text))
    ends = [*(h.start() for h in headings), len(text)]
    if not headings:
        rule = mark("have at least one step, which begins with ##")
        raise Place(file, 1).error(1, THE_FILE, rule)
    bodies = [text[a:b] for a, b in pairwise(ends)]
    lines = [text.count("\n", 0, h.start()) + 1 for h in headings]
    lesson = Lesson(
        slug=slug,
        file=file,
        title=table.text("title"),
        summary=table.text("summary"),
        level=table.text("level"),
        minutes=table.number("minutes"),
        misconception=table.text("misconception"),
        prerequisites=table.texts("prerequisites"),
        exact=table.texts("exact"),
        idealised=table.texts("idealised"),
        steps=tuple(
            read_step(body, Place(file, line)) for body, line in zip(bodies, lines, strict=True)
        ),
    )
    table.finish()
    return lesson


def read_step(body: str, place: Place) -> Step:
    """A step from its heading on: introduction, block, explanation."""
    blocks = list(BLOCK.finditer(body))
    title = HEADING.match(body)
    assert title is not None
    if len(blocks) != 1:
        rule = mark("hold exactly one block between ```step and ```")
        name = Rule("step “{title}”", title=title[1])
        raise place.error(place.line, name, rule, len(blocks))
    block = blocks[0]
    line = place.line + body.count("\n", 0, block.start()) + 1
    table = Table.read(block[1], Place(place.file, line), "step")
    settings, changes = read_settings(table)
    step = Step(
        title=title[1],
        line=place.line,
        introduction=COMMENT.sub("", body[title.end() : block.start()]).strip(),
        explanation=COMMENT.sub("", body[block.end() :]).strip(),
        settings=settings,
        changes=changes,
        held=read_held(table, settings),
        unlock=read_unlock(table),
        locked=table.text("locked", ""),
        show=(show := read_show(table, len(settings))),
        beforehand=read_beforehand(table, show),
        scan=read_scan(table),
        question=read_question(table),
        claims=tuple(formula(table, "claims", text) for text in table.texts("claims")),
        teach=table.text("teach", ""),
    )
    table.finish()
    return step


def read_settings(table: Table) -> tuple[dict[str, Controls], dict[str, float | str]]:
    """One or two named settings; the second changes the first."""
    inner = table.table("runs")
    if inner is None or not 1 <= len(inner.nodes) <= 2:
        raise table.error("runs", mark("name one run or two"))
    settings: dict[str, Controls] = {}
    values: dict[str, float | str] = {}
    for name in inner.nodes:
        if not NAME.match(name):
            raise inner.error(name, mark("be a name of small letters"), name)
        values = inner.values(name)
        start = next(iter(settings.values()), Controls())
        try:
            settings[name] = start.changed(**values)
        except InvalidInput as error:
            raise inner.error(name, error.rule, f"{error.thing} = {error.value}") from None
    return settings, values if len(settings) == 2 else {}


def read_held(table: Table, settings: dict[str, Controls]) -> str | None:
    """What two runs have in common; the second's width follows from it."""
    if "held" not in table.nodes:
        return None
    held = table.text("held")
    if held not in HELD or len(settings) != 2:
        raise table.error("held", one_of(mark("be one of {names}, with two runs"), HELD), held)
    first, second = settings
    try:
        settings[second] = held_equal(held, settings[first], settings[second])
    except InvalidInput as error:
        raise table.error("held", error.rule, error.value) from None
    return held


def read_unlock(table: Table) -> tuple[str, ...]:
    names = table.texts("unlock")
    for name in names:
        if name not in Controls.names():
            raise table.error(
                "unlock", one_of(mark("name controls: {names}"), Controls.names()), name
            )
    return names


def read_show(table: Table, runs: int) -> tuple[str, ...]:
    names = table.texts("show")
    for name in names:
        if name not in SHOWS:
            raise table.error("show", one_of(ONE_OF, SHOWS), name)
    if "statistics" in names and runs != 2:
        raise table.error("show", mark("name statistics only with two runs"), names)
    for name in ("phase space", "times"):
        if name in names and runs != 1:
            raise table.error("show", Rule("name {card} only with one run", card=name), names)
    if ("scan" in names) != ("scan" in table.nodes):
        raise table.error("show", mark("name scan if and only if there is a table scan"))
    return names


def read_beforehand(table: Table, show: tuple[str, ...]) -> tuple[str, ...]:
    """What may be read before the answer; phase space and p(E) hold none until it plays."""
    names = table.texts("beforehand")
    for name in names:
        if name not in show:
            raise table.error(
                "beforehand", one_of(mark("name what the step shows: {names}"), show), name
            )
    return (*names, *(name for name in ("phase space", "spectrum") if name in show))


def read_scan(table: Table) -> Varied | None:
    inner = table.table("scan")
    if inner is None:
        return None
    vary = inner.text("vary")
    if vary not in RANGES:
        raise inner.error("vary", one_of(ONE_OF, RANGES), vary)
    scan = Varied(vary=vary, low=inner.number("from"), high=inner.number("to"))
    span = RANGES[vary]
    if not span.low <= scan.low < scan.high <= span.high:
        rule = Rule("lie below `to`, both from {low:g} to {high:g}", low=span.low, high=span.high)
        raise inner.error("from", rule, scan.low)
    inner.finish()
    return scan


def read_question(table: Table) -> Question | None:
    inner = table.table("question")
    if inner is None:
        return None
    ask, hints = inner.text("ask"), inner.texts("hints")
    question: Question
    if "choices" in inner.nodes:
        question = ChoiceQuestion(ask=ask, hints=hints, choices=read_choices(inner))
    elif "answer" in inner.nodes:
        question = read_number(inner, ask, hints)
    elif "goal" in inner.nodes:
        question = GoalQuestion(
            ask=ask,
            hints=hints,
            goal=formula(inner, "goal", inner.formula("goal")),
            solution=inner.values("solution"),
            right=inner.text("right"),
        )
    else:
        raise inner.error("ask", mark("come with choices, an answer or a goal"))
    inner.finish()
    return question


def read_choices(inner: Table) -> tuple[Choice, ...]:
    choices = []
    for entry in inner.tables("choices"):
        choices.append(
            Choice(
                text=entry.text("text"),
                right=formula(entry, "right", entry.formula("right")),
                feedback=entry.text("feedback"),
            )
        )
        entry.finish()
    if len(choices) < 2:
        raise inner.error("choices", mark("be at least two"), len(choices))
    return tuple(choices)


def read_number(inner: Table, ask: str, hints: tuple[str, ...]) -> NumberQuestion:
    unit = inner.text("unit", "")
    if unit not in UNITS:
        raise inner.error("unit", one_of(ONE_OF, map(repr, UNITS)), unit)
    tolerance = inner.number("tolerance")
    if tolerance <= 0:
        raise inner.error("tolerance", mark("be positive"), tolerance)
    return NumberQuestion(
        ask=ask,
        hints=hints,
        answer=formula(inner, "answer", inner.formula("answer")),
        unit=unit,
        tolerance=tolerance,
        right=inner.text("right"),
        wrong=inner.text("wrong"),
    )


def formula(table: Table, key: str, text: str) -> Formula:
    try:
        return Formula(text)
    except BadFormula as error:
        raise table.error(key, Rule("hold formulas: {reason}", reason=error.args[0])) from None
