"""What is shown, judged and tabulated is solved once, however many ask."""

import asyncio
from collections import Counter
from dataclasses import replace
from threading import Lock

import pytest

from app.lab import visit as visits
from app.lab.compute import Compute
from app.lab.side_by_side import sources
from app.lab.visit import Visit
from app.stage.wire import unbundle
from lessons.lesson import GoalQuestion
from lessons.library import Library
from solver import simulation

LIBRARY = Library()


def steps(wanted):
    return [
        pytest.param(lesson.slug, number, id=f"{lesson.slug}-{number}")
        for lesson in LIBRARY.lessons()
        for number, step in enumerate(lesson.steps, 1)
        if wanted(step)
    ]


GOALS = steps(lambda step: isinstance(step.question, GoalQuestion))
TABLES = steps(lambda step: "statistics" in step.show)


@pytest.fixture
def solved(monkeypatch):
    """How often each experiment was run, with an empty cache."""
    counted, lock, simulate = Counter(), Lock(), simulation.simulate

    def counting(experiment):
        with lock:
            counted[experiment] += 1
        return simulate(experiment)

    monkeypatch.setattr(simulation, "simulate", counting)
    monkeypatch.setattr(visits, "compute", Compute())
    return counted


def opened(slug, number):
    """A visit to a step; what the goal was told is kept."""
    visit = Visit(f"?lesson={slug}&step={number}", LIBRARY)
    visit.told = []
    visit.tell_goal = visit.told.append
    return visit


async def all_solved(*opened_visits):
    await asyncio.gather(*(visit.solve() for visit in opened_visits))


@pytest.mark.parametrize(("slug", "number"), [*GOALS, *TABLES])
def test_a_step_with_a_goal_or_a_table_runs_each_source_once(slug, number, solved):
    visit = opened(slug, number)
    asyncio.run(all_solved(visit))
    assert visit.stage.message == ""
    runs = [getattr(source, "refined", source) for source in sources(visit.settings())]
    assert solved == Counter(dict.fromkeys(runs, 1))
    assert bool(visit.told) == visit.has_goal


def test_thirty_who_ask_the_same_need_one_run(solved):
    slug, number = GOALS[0].values
    asyncio.run(all_solved(*(opened(slug, number) for _ in range(30))))
    assert sum(solved.values()) == 1


def test_a_goal_of_two_runs_is_judged_on_those_on_screen(solved, monkeypatch):
    """The numbers that it reads are those that the films on the stage end with."""
    visit, names, played = opened(*TABLES[0].values), {}, []
    slug, number = GOALS[0].values
    question = LIBRARY.find(slug).steps[number - 1].question
    visit.step = replace(visit.step, question=question)
    monkeypatch.setattr(visits, "conditions", lambda goal, known: names.update(known) or [])
    monkeypatch.setattr(visit.stage, "play", played.append)
    asyncio.run(all_solved(visit))
    for name, block in zip(visit.settings(), played[0].runs, strict=True):
        _, inside, right = map(float, unbundle(block)[1]["regions"][-1])
        assert names[name].quantity("transmitted") == pytest.approx(right, abs=1e-6)
        assert names[name].quantity("remaining") == pytest.approx(inside, abs=1e-6)
    assert sum(solved.values()) == 2
