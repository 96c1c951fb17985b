"""A lesson worked out: every number computed, every text rendered, every claim tried."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lessons.expressions import Formula
from lessons.lesson import (
    UNITS,
    ChoiceQuestion,
    GoalQuestion,
    Lesson,
    NumberQuestion,
    Question,
    Step,
)
from lessons.prose import bare_numbers, filled, html, inline_html
from lessons.quantities import FUNCTIONS, Facts
from lessons.yaml_reader import shown
from locales.language import say, written
from solver.controls import Controls
from solver.errors import InvalidInput, short
from solver.own.formulas import BadFormula


def names_of(
    settings: Mapping[str, Controls],
    solved: Mapping[str, Mapping[str, float | bool] | None] | None = None,
) -> dict[str, Any]:
    """What formulas may name: the runs, with the numbers of those solved, and their functions."""
    known = solved or {}
    return {
        **{name: Facts(controls, known.get(name)) for name, controls in settings.items()},
        **FUNCTIONS,
    }


@dataclass(frozen=True)
class Problem:
    """What is wrong with a step, for its author."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return " ".join(f"{self.file}:{self.line}: {self.text}".split())


def texts_of(step: Step) -> Iterator[str]:
    """Every text of a step that a student or a teacher may read."""
    yield from (step.introduction, step.explanation, step.teach, step.locked, step.title)
    question = step.question
    if question is None:
        return
    yield question.ask
    yield from question.hints
    if isinstance(question, ChoiceQuestion):
        for choice in question.choices:
            yield from (choice.text, choice.feedback)
    elif isinstance(question, NumberQuestion):
        yield from (question.right, question.wrong)
    else:
        yield question.right


def step_problems(step: Step) -> Iterator[str]:
    """What does not hold: references, typed results, claims, keys."""
    names = names_of(step.settings)
    for text in texts_of(step):
        for bare in bare_numbers(text):
            yield f"“{bare}” is typed: write a reference to a quantity of the run"
        try:
            filled(text, names)
        except BadFormula as error:
            yield str(error)
    for claim in step.claims:
        yield from holds(claim, names, "the claim")
    if step.question is not None:
        yield from question_problems(step.question, step, names)


def holds(formula: Formula, names: dict[str, Any], what: str) -> Iterator[str]:
    try:
        if formula.value(names) is not True:
            parts = parts_of(formula, names)
            sides = ", ".join(f"{short(part)} = {short(value)}" for part, value in parts)
            yield f"{what} {formula} does not hold ({sides})"
    except BadFormula as error:
        yield str(error)


def parts_of(formula: Formula, names: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The sides of a comparison with their values."""
    import ast

    for node in ast.walk(formula.tree):
        if isinstance(node, ast.Compare):
            for side in (node.left, *node.comparators):
                text = ast.unparse(side)
                yield text, Formula(text).value(names)


def question_problems(question: Question, step: Step, names: dict[str, Any]) -> Iterator[str]:
    """Exactly one right choice, a finite answer, or a goal that is not yet but can be reached."""
    try:
        if isinstance(question, ChoiceQuestion):
            right = [c.text for c in question.choices if c.right.value(names) is True]
            if len(right) != 1:
                yield f"exactly one choice must be right, but right are: {right}"
        elif isinstance(question, NumberQuestion):
            question.answer.number(names)
        else:
            yield from goal_problems(question, step, names)
    except BadFormula as error:
        yield str(error)


def goal_problems(question: GoalQuestion, step: Step, names: dict[str, Any]) -> Iterator[str]:
    if question.goal.value(names) is True:
        yield f"the goal {question.goal} holds before anything is changed"
    locked = [name for name in question.solution if name not in step.unlock]
    if locked or not question.solution:
        yield f"the solution must change unlocked controls only, got {locked or 'nothing'}"
        return
    try:
        solved = live_settings(
            step, next(iter(step.settings.values())).changed(**question.solution)
        )
    except InvalidInput as error:
        yield f"the solution cannot be run: {error}"
        return
    yield from holds(question.goal, names_of(solved), "at the solution, the goal")


def live_settings(step: Step, first: Controls, held: str | None = None) -> dict[str, Controls]:
    """The step's settings when the person has set the first one to `first`."""
    from lessons.held import held_equal

    names = list(step.settings)
    if len(names) == 1:
        return {names[0]: first}
    second = first.changed(**step.changes)
    rule = held or step.held
    return {names[0]: first, names[1]: held_equal(rule, first, second) if rule else second}


def problems(lesson: Lesson) -> list[Problem]:
    """All that is wrong with a lesson that could be read."""
    front = (lesson.title, lesson.summary, lesson.misconception, *lesson.exact, *lesson.idealised)
    typed = [bare for text in front for bare in bare_numbers(text)]
    return [
        Problem(shown(lesson.file), 1, f"front matter: “{bare}” is typed") for bare in typed
    ] + [
        Problem(shown(lesson.file), step.line, f"step “{short(step.title)}”: {text}")
        for step in lesson.steps
        for text in step_problems(step)
    ]


@lru_cache(maxsize=256)
def step_content(lesson: Lesson, number: int) -> dict[str, Any]:
    """A step as plain data for a page: HTML, keys, and what is unlocked."""
    step = lesson.steps[number]
    names = names_of(step.settings)
    return {
        "title": inline_html(step.title, names),
        "introduction": html(step.introduction, names),
        "explanation": html(step.explanation, names),
        "question": question_content(step.question, names),
        "unlock": list(step.unlock),
        "locked": inline_html(step.locked, names),
        "teach": html(step.teach, names),
        "claims": [
            {"text": claim.text, "values": [sided(*side) for side in parts_of(claim, names)]}
            for claim in step.claims
        ],
    }


def sided(part: str, value: float) -> str:
    """A side of a claim with its value."""
    return f"{part} = {written(f'{value:.6g}')}"


def solved(name: str, value: float | str) -> str:
    """A control as one way to a goal has it: width = 0.15."""
    return f"{name} = {say(value) if isinstance(value, str) else written(str(value))}"


def question_content(question: Question | None, names: dict[str, Any]) -> dict[str, Any] | None:
    """The question with its computed key."""
    if question is None:
        return None
    data: dict[str, Any] = {
        "ask": html(question.ask, names),
        "hints": [inline_html(hint, names) for hint in question.hints],
    }
    if isinstance(question, ChoiceQuestion):
        choices = [
            {
                "text": inline_html(choice.text, names),
                "right": choice.right.value(names) is True,
                "feedback": inline_html(choice.feedback, names),
            }
            for choice in question.choices
        ]
        return {**data, "kind": "choice", "choices": choices}
    right = inline_html(question.right, names)
    if isinstance(question, NumberQuestion):
        answer = question.answer.number(names) * UNITS[question.unit]
        wrong = inline_html(question.wrong, names)
        key = {"answer": answer, "tolerance": question.tolerance, "unit": question.unit}
        return {**data, "kind": "number", **key, "right": right, "wrong": wrong}
    solution = ", ".join(solved(name, value) for name, value in question.solution.items())
    return {**data, "kind": "goal", "right": right, "solution": solution}
