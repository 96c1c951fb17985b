"""Every lesson, as it stands: what it says is what the solver finds."""

import pytest

from lessons.content import names_of, problems, step_content
from lessons.lesson import ChoiceQuestion, GoalQuestion, Lesson
from lessons.library import Broken, Library

ENTRIES = Library().entries()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.slug)
def test_every_reference_claim_and_key_holds(entry: Lesson | Broken) -> None:
    assert isinstance(entry, Lesson), entry.reason
    assert [str(problem) for problem in problems(entry)] == []


@pytest.mark.parametrize("lesson", Library().lessons(), ids=lambda lesson: lesson.slug)
def test_a_lesson_is_complete(lesson: Lesson) -> None:
    assert len(lesson.steps) >= 4
    assert lesson.exact
    assert lesson.idealised
    asked = [step for step in lesson.steps if step.question]
    assert len(asked) >= 3
    assert all(step.claims for step in lesson.steps)
    assert all(step.explanation for step in asked)
    assert all(step.teach for step in lesson.steps)


@pytest.mark.parametrize("lesson", Library().lessons(), ids=lambda lesson: lesson.slug)
def test_every_choice_has_feedback_and_one_is_right(lesson: Lesson) -> None:
    for number, step in enumerate(lesson.steps):
        if isinstance(step.question, ChoiceQuestion):
            choices = step_content(lesson, number)["question"]["choices"]
            assert sum(choice["right"] for choice in choices) == 1
            assert all(len(choice["feedback"]) > 15 for choice in choices)


@pytest.mark.parametrize("lesson", Library().lessons(), ids=lambda lesson: lesson.slug)
def test_what_a_hint_points_to_is_there_before_the_answer(lesson: Lesson) -> None:
    for step in lesson.steps:
        if step.question and not isinstance(step.question, GoalQuestion):
            words = " ".join((step.question.ask, *step.question.hints))
            assert "scan" not in words or "scan" in step.beforehand
            assert "Look at T(E)" not in words or "coefficient" in step.beforehand


def test_the_place_of_a_key_tells_nothing() -> None:
    """The right choice is about as often the first, the last, or the longest as chance would be."""
    first = last = longest = total = 0
    for lesson in Library().lessons():
        for step in lesson.steps:
            if isinstance(step.question, ChoiceQuestion):
                choices = step.question.choices
                names = names_of(step.settings)
                right = [choice.right.value(names) is True for choice in choices].index(True)
                first += right == 0
                last += right == len(choices) - 1
                longest += len(choices[right].text) == max(len(choice.text) for choice in choices)
                total += 1
    for count in (first, last, longest):
        assert count <= 0.4 * total
    assert min(first, last) >= 0.15 * total


def test_slugs_are_different_and_numbers_run_on() -> None:
    files = [entry.file.name for entry in ENTRIES]
    assert len(files) >= 12
    assert [int(name[:2]) for name in files] == list(range(1, len(files) + 1))
    assert len({entry.slug for entry in ENTRIES}) == len(files)


LINKED = (
    "what-tunneling-is",
    "height-width-and-the-exponential",
    "rectangle-against-gaussian",
    "above-the-barrier",
    "a-packet-has-many-energies",
    "phase-space",
    "field-emission",
    "scanning-tunneling-microscope",
    "two-barriers",
    "one-particle-one-click",
    "the-edge-of-the-box",
    "reading-a-paper",
    "decoherence",
)
"""Slugs to which links may lead since 0.3.0."""


@pytest.mark.parametrize("slug", LINKED)
def test_links_of_before_still_lead_to_a_lesson(slug: str) -> None:
    assert isinstance(Library().find(slug), Lesson)


@pytest.mark.parametrize("lesson", Library().lessons(), ids=lambda lesson: lesson.slug)
def test_every_pair_can_be_played_side_by_side(lesson: Lesson) -> None:
    for step in lesson.steps:
        if len(step.settings) == 2:
            first, second = step.settings.values()
            pair = first.experiment(beside=second), second.experiment(beside=first)
            assert pair[0].used_window == pair[1].used_window
            assert pair[0].center == pair[1].center
