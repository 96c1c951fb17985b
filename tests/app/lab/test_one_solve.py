"""What is shown, judged and tabulated is solved once, however many ask."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Lock
from typing import Any

import pytest

from app.lab import visit as visits
from app.lab.compute import Compute
from app.lab.side_by_side import sources
from app.lab.visit import Visit
from app.stage.component import Scene
from app.stage.wire import unbundle
from lessons.expressions import Formula
from lessons.goals import Condition
from lessons.lesson import GoalQuestion, Lesson, Step
from lessons.library import Library
from lessons.quantities import Facts
from solver import simulation
from solver.experiment import Experiment
from solver.trajectory import Block
from tests.app.apart import run_apart

LIBRARY = Library()


def steps(wanted: Callable[[Step], bool]) -> list[Any]:
    return [
        pytest.param(lesson.slug, number, id=f"{lesson.slug}-{number}")
        for lesson in LIBRARY.lessons()
        for number, step in enumerate(lesson.steps, 1)
        if wanted(step)
    ]


GOALS = steps(lambda step: isinstance(step.question, GoalQuestion))
TABLES = steps(lambda step: "statistics" in step.show)


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch) -> Counter[Experiment]:
    """How often each experiment was run, with an empty cache."""
    counted: Counter[Experiment] = Counter()
    lock, simulate = Lock(), simulation.simulate

    def counting(experiment: Experiment) -> Iterator[Block]:
        with lock:
            counted[experiment] += 1
        return simulate(experiment)

    monkeypatch.setattr(simulation, "simulate", counting)
    monkeypatch.setattr(visits, "compute", Compute())
    return counted


class Told(Visit):
    """A visit that keeps what its goal was told."""

    def __init__(self, slug: str, number: int) -> None:
        super().__init__(f"?lesson={slug}&step={number}", LIBRARY)
        self.told: list[list[Condition]] = []

    def tell_goal(self, found: list[Condition], page: str) -> None:
        self.told.append(found)


async def all_solved(*visits: Visit) -> None:
    await asyncio.gather(*(visit.solve() for visit in visits))


@pytest.mark.parametrize(("slug", "number"), [*GOALS, *TABLES])
def test_a_step_with_a_goal_or_a_table_runs_each_source_once(
    slug: str, number: int, solved: Counter[Experiment]
) -> None:
    visit = Told(slug, number)
    run_apart(all_solved(visit))
    assert visit.stage.message == ""
    runs = [getattr(source, "refined", source) for source in sources(run_apart(visit.settings()))]
    assert solved == Counter(dict.fromkeys(runs, 1))
    assert bool(visit.told) == visit.has_goal


def test_thirty_who_ask_the_same_need_one_run(solved: Counter[Experiment]) -> None:
    slug, number = GOALS[0].values
    run_apart(all_solved(*(Told(slug, number) for _ in range(30))))
    assert sum(solved.values()) == 1


def test_a_goal_of_two_runs_is_judged_on_those_on_screen(
    solved: Counter[Experiment], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The numbers that it reads are those that the films on the stage end with."""
    names: dict[str, Facts] = {}
    played: list[Scene] = []

    def known(goal: Formula, facts: dict[str, Facts]) -> list[Condition]:
        names.update(facts)
        return []

    visit = Told(*TABLES[0].values)
    slug, number = GOALS[0].values
    lesson = LIBRARY.find(slug)
    assert isinstance(lesson, Lesson)
    assert visit.step
    visit.step = replace(visit.step, question=lesson.steps[number - 1].question)
    monkeypatch.setattr(visits, "conditions", known)
    monkeypatch.setattr(visit.stage, "play", played.append)
    run_apart(all_solved(visit))
    for name, block in zip(run_apart(visit.settings()), played[0].runs, strict=True):
        _, inside, right = map(float, unbundle(block)[1]["regions"][-1])
        assert names[name].quantity("transmitted") == pytest.approx(right, abs=1e-6)
        assert names[name].quantity("remaining") == pytest.approx(inside, abs=1e-6)
    assert sum(solved.values()) == 2
