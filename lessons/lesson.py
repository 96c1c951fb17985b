"""What a lesson is made of: frozen values, read from Markdown by `reading`."""

from dataclasses import dataclass, field
from pathlib import Path

from lessons.expressions import Formula
from solver.controls import Controls

SHOWS = (
    "phase space",
    "complex",
    "momentum",
    "current",
    "times",
    "spectrum",
    "coefficient",
    "stationary",
    "scan",
    "clicks",
    "measurement",
    "statistics",
)
"""What a step may show below the wave packet."""

UNITS = {"%": 100.0, "eV": 1.0, "nm": 1.0, "fs": 1.0, "1/nm": 1.0, "": 1.0}
"""Units of an answer, and what the quantity is multiplied with."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One answer to choose; it is right where `right` holds."""

    text: str
    right: Formula
    feedback: str


@dataclass(frozen=True, kw_only=True)
class ChoiceQuestion:
    """A question with answers to choose from, exactly one of them right."""

    ask: str
    choices: tuple[Choice, ...]
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NumberQuestion:
    """A question for a number: right within `tolerance`, in `unit`."""

    ask: str
    answer: Formula
    unit: str
    tolerance: float
    right: str
    wrong: str
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class GoalQuestion:
    """Make it happen: change what is unlocked until `goal` holds; `solution` is one way."""

    ask: str
    goal: Formula
    solution: dict[str, float | str]
    right: str
    hints: tuple[str, ...] = ()


Question = ChoiceQuestion | NumberQuestion | GoalQuestion


@dataclass(frozen=True, kw_only=True)
class Varied:
    """The control, and its ends, that the transmitted probability is drawn against."""

    vary: str
    low: float
    high: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Step:
    """Prose, one run or two, perhaps a question, what explains it, and claims about the runs.

    `settings` are those of its runs by name; the second starts from the first. `unlock` names the
    controls that may be changed; `locked` says why the others may not. Of what the step shows,
    `beforehand` names what may be read before the question is answered.
    """

    title: str
    line: int
    introduction: str
    explanation: str
    settings: dict[str, Controls]
    changes: dict[str, float | str] = field(default_factory=dict)
    held: str | None
    unlock: tuple[str, ...]
    locked: str
    show: tuple[str, ...]
    beforehand: tuple[str, ...] = ()
    scan: Varied | None
    question: Question | None
    claims: tuple[Formula, ...]
    teach: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Lesson:
    """A lesson: what stands in its front matter, and its steps."""

    slug: str
    file: Path
    title: str
    summary: str
    level: str
    minutes: float
    misconception: str
    prerequisites: tuple[str, ...]
    exact: tuple[str, ...]
    idealised: tuple[str, ...]
    steps: tuple[Step, ...]
