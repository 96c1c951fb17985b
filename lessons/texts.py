"""Every text of a lesson, each by itself: what a catalog of another language has a line for."""

import re
from collections.abc import Callable
from dataclasses import replace

from lessons.lesson import ChoiceQuestion, Lesson, NumberQuestion, Question, Step

Tell = Callable[[str, str], str]
"""What becomes of a text, which stands in such a place of its lesson."""

BLANK = re.compile(r"\n\s*\n")
WHOLE = re.compile(r"^(?:\||\$\$|[-*+>#] |\d+\. |```| {4})", re.MULTILINE)
"""A paragraph with such a line is no flowing text: its lines stay as they are."""

KEPT = re.compile(r"\{\{.*?\}\}|\$\$.*?\$\$|\$[^$]*\$|\]\([^)]*\)|`[^`]*`", re.DOTALL)
"""What is the same in every language: references, formulas, addresses, code."""


def with_texts(lesson: Lesson, tell: Tell) -> Lesson:
    """The lesson with what `tell` makes of each of its texts."""
    return replace(
        lesson,
        title=tell(lesson.title, "title of the lesson"),
        summary=tell(lesson.summary, "summary"),
        level=tell(lesson.level, "level"),
        misconception=tell(lesson.misconception, "misconception"),
        prerequisites=tuple(tell(text, "prerequisite") for text in lesson.prerequisites),
        exact=tuple(tell(text, "what is exact") for text in lesson.exact),
        idealised=tuple(tell(text, "what is idealised") for text in lesson.idealised),
        steps=tuple(
            step_with_texts(step, at(f"step {number}", tell))
            for number, step in enumerate(lesson.steps, 1)
        ),
    )


def at(place: str, tell: Tell) -> Tell:
    """The same for what stands in a part of the lesson."""
    return lambda text, what: tell(text, f"{place}, {what}")


def step_with_texts(step: Step, tell: Tell) -> Step:
    """In the order in which a person reads it."""
    return replace(
        step,
        title=tell(step.title, "title"),
        introduction=paragraphs(step.introduction, "introduction", tell),
        question=step.question and question_with_texts(step.question, tell),
        explanation=paragraphs(step.explanation, "explanation", tell),
        locked=tell(step.locked, "why controls are locked") if step.locked else "",
        teach=paragraphs(step.teach, "for the instructor", tell),
    )


def question_with_texts(question: Question, tell: Tell) -> Question:
    ask = paragraphs(question.ask, "question", tell)
    hints = tuple(tell(hint, "hint") for hint in question.hints)
    if isinstance(question, ChoiceQuestion):
        choices = tuple(
            replace(
                choice,
                text=tell(choice.text, f"answer {number}"),
                feedback=tell(choice.feedback, f"feedback to answer {number}"),
            )
            for number, choice in enumerate(question.choices, 1)
        )
        return replace(question, ask=ask, hints=hints, choices=choices)
    right = tell(question.right, "feedback if it is right")
    if isinstance(question, NumberQuestion):
        wrong = tell(question.wrong, "feedback if it is wrong")
        return replace(question, ask=ask, hints=hints, right=right, wrong=wrong)
    return replace(question, ask=ask, hints=hints, right=right)


def paragraphs(text: str, what: str, tell: Tell) -> str:
    """A text of several paragraphs, each told by itself, without the ends of its lines."""
    parts = [flowing(part) for part in BLANK.split(text.strip()) if part.strip()]
    return "\n\n".join(tell(part, what) for part in parts)


def flowing(paragraph: str) -> str:
    return paragraph if WHOLE.search(paragraph) else " ".join(paragraph.split())


def kept(text: str) -> list[str]:
    """What of a text is the same in every language, sorted."""
    return sorted(" ".join(part.split()) for part in KEPT.findall(text))
