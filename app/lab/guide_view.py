"""What the guide shows, as plain data: the list of lessons, a step, a page to print, a fault."""

from typing import Any

from app.lab.address import Address, step_address
from app.telling import refusal
from lessons.content import step_content
from lessons.lesson import Lesson
from lessons.library import Broken, Library
from lessons.prose import inline_html
from lessons.yaml_reader import shown
from locales.language import say, say_many
from solver.errors import short
from solver.own.formulas import BadFormula


def index_view(library: Library, teach: bool) -> dict[str, Any]:
    """The list of lessons; broken ones with their reason."""
    return {
        "kind": "index",
        "title": say("Lessons"),
        "teach": teach,
        "lessons": [entry_view(entry, teach) for entry in library.entries()],
    }


def entry_view(entry: Lesson | Broken, teach: bool) -> dict[str, Any]:
    if isinstance(entry, Broken):
        return {"slug": entry.slug, "title": shown(entry.file), "broken": entry.reason}
    return {
        "slug": entry.slug,
        "title": entry.title,
        "summary": inline_html(entry.summary, {}),
        "level": entry.level,
        "minutes": entry.minutes,
        "misconception": inline_html(entry.misconception, {}),
        "steps": len(entry.steps),
        "href": step_address(entry.slug, 1, teach),
    }


def lesson_head(lesson: Lesson) -> dict[str, Any]:
    """What every page of a lesson carries."""
    return {
        "slug": lesson.slug,
        "lesson": lesson.title,
        "level": lesson.level,
        "minutes": lesson.minutes,
        "misconception": inline_html(lesson.misconception, {}),
        "prerequisites": list(lesson.prerequisites),
        "exact": [inline_html(text, {}) for text in lesson.exact],
        "idealised": [inline_html(text, {}) for text in lesson.idealised],
        "count": len(lesson.steps),
        "print": f"?lesson={lesson.slug}&print=1",
    }


def step_view(lesson: Lesson, number: int, library: Library, teach: bool) -> dict[str, Any]:
    """A step with its links: before, after, all steps, the next lesson."""
    slug = lesson.slug
    links = [step_address(slug, i, teach) for i in range(1, len(lesson.steps) + 1)]
    known = library.lessons()
    place = next((i for i, other in enumerate(known) if other.slug == slug), len(known))
    following = known[place + 1] if place + 1 < len(known) else None
    return {
        "kind": "step",
        **lesson_head(lesson),
        **step_content(lesson, number - 1),
        "number": number,
        "links": links,
        "titles": [step.title for step in lesson.steps],
        "next_lesson": following
        and {"title": following.title, "href": step_address(following.slug, 1, teach)},
        "teaching": teach,
    }


def print_view(lesson: Lesson, answers: bool) -> dict[str, Any]:
    """All steps of a lesson on one page, with pictures of their runs."""
    from app.lab.handout import pictures_of

    return {
        "kind": "print",
        **lesson_head(lesson),
        "answers": answers,
        "steps": [
            {**step_content(lesson, i), "pictures": pictures_of(step.settings)}
            for i, step in enumerate(lesson.steps)
        ],
    }


def fault_view(title: str, reason: str) -> dict[str, Any]:
    """A page that says what cannot be shown, and why."""
    return {"kind": "fault", "title": title, "reason": reason}


def broken_view(entry: Lesson | Broken, reason: str) -> dict[str, Any]:
    """The page of a lesson that cannot be shown."""
    return fault_view(say("{file} is broken", file=shown(entry.file)), reason)


def view_of(address: Address, library: Library) -> dict[str, Any]:
    """What an address shows, everything worked out."""
    entry = library.find(address.slug)
    if not isinstance(entry, Lesson):
        return quick_view(address, library)
    try:
        if address.printed:
            return print_view(entry, address.answers)
        return step_view(entry, shown_step(address, entry), library, address.teach)
    except BadFormula as error:
        return broken_view(entry, refusal(error))


def quick_view(address: Address, library: Library) -> dict[str, Any]:
    """What an address shows at once: of a lesson, that it is being worked out."""
    if not address.slug:
        return index_view(library, address.teach) if address.index else {"kind": "lab"}
    entry = library.find(address.slug)
    if entry is None:
        reason = say("There is no lesson “{slug}”.", slug=short(address.slug))
        return fault_view(say("No such lesson"), reason)
    if isinstance(entry, Broken):
        return broken_view(entry, entry.reason)
    return {"kind": "wait", "title": entry.title}


def lesson_of(address: Address, library: Library) -> Lesson | None:
    """The lesson whose step an address shows."""
    entry = library.find(address.slug)
    return entry if isinstance(entry, Lesson) and not address.printed else None


def shown_step(address: Address, lesson: Lesson) -> int:
    return min(address.step, len(lesson.steps))


def page_of(view: dict[str, Any], again: int) -> str:
    """Which page this is and how often it was begun again, as the guide in the browser has it."""
    return f"{view['slug']} {view['number']} {again}" if view["kind"] == "step" else view["kind"]


def passed_over(address: Address, lesson: Lesson | None) -> tuple[str, ...]:
    """A sentence for each part of an address that this page does not follow."""
    if lesson is None or address.step <= len(lesson.steps):
        return address.ignored
    told = say_many(
        "There is no step {step}: this lesson has one step, and this is the last.",
        "There is no step {step}: this lesson has {count} steps, and this is the last.",
        count=len(lesson.steps),
        step=address.step,
    )
    return (*address.ignored, told)
