"""Students at a server of their own, judged by counts; times are for `make load`."""

import asyncio
import sys
from dataclasses import replace
from random import randrange

import pytest

from tests.app.apart import run_apart
from tests.browser.serving import WAITING, serving
from tests.load.figures import KEPT, MEMORY, Figures
from tests.load.report import left_over, parsed, slope
from tests.load.school import LOOK, MOVES, Found, Plan, School, all_at_once

SAME, HEIGHT = 30, 3.21

MOST = 400e6
"""Bytes that a server takes after its start."""


@pytest.mark.no_cover
def test_thirty_students_who_ask_the_same_cost_one_solve() -> None:
    with serving(*WAITING) as address:
        found = run_apart(all_at_once(address, SAME, HEIGHT))
    assert found["solved"] == 1
    assert sum(found.values()) == SAME


def test_a_run_can_be_repeated_and_is_another_one_unless_asked() -> None:
    assert parsed([]).seed is None
    assert parsed(["--seed", "7"]).seed == 7


def test_the_growth_of_the_second_half_is_told() -> None:
    filling = [100e6 + 10e6 * i for i in range(10)]
    told = slope([*filling, *(200e6 + 1e6 * i for i in range(10))])
    assert told[-1] == (
        f"growth over the second half: {60 / LOOK:+.1f} MB a minute, standard error 0.0"
    )
    assert slope(filling[:5]) == []


def test_a_growth_is_told_with_its_standard_error() -> None:
    """Zigzag by hand: Sxx = 1.25, Sxy = 1.5; squares of what is left: 7.2, of two freedoms."""
    told = slope([0, 0, 0, 0, 0, 3e6, 0, 3e6])
    assert LOOK == 30
    assert told[-1] == "growth over the second half: +1.2 MB a minute, standard error 1.7"


def test_what_is_left_over_is_told_where_the_server_had_time_to_give_it_back() -> None:
    found = Found()
    for name, memory, kept in (("before", 370e6, 30e6), ("after", 495e6, 134e6)):
        found.at[name] = Figures({MEMORY: memory, KEPT: kept})
    assert left_over(Plan(settling=70.0), found) == ["left over: +4.4%"]  # 21 of 474 MB
    assert left_over(Plan(), found) == []


async def both(long: School, short: School) -> tuple[Found, Found]:
    """Two classes at the same time; while one stays, the server of the other forgets it."""
    return await asyncio.gather(long.attend(), short.run())


@pytest.mark.no_cover
def test_whatever_a_class_of_twelve_asks_is_answered() -> None:
    """Drags, releases, steps, answers, pages left and opened again: another class each time."""
    plan = Plan(students=12, arriving=2, seconds=60, seed=randrange(10**6))
    few = Plan(students=4, arriving=0.4, seconds=3, thinking=0.7)
    moves = replace(few, seed=plan.seed + 1, acts=MOVES)
    with serving(*WAITING) as one, serving(*WAITING) as other:
        found, moved = run_apart(both(School(one, plan), School(other, moves)))
    assert moved.errors == [], plan
    runs = moved.at["stayed"].runs_since(moved.at["joined"])
    assert runs["solved"] > runs["cached"] + runs["shared"] == 0, (
        "who only moves finds nothing known"
    )
    assert found.errors == [], plan
    if sys.platform == "linux":
        assert found.memory("before") < MOST
    assert len(found.joins) == found.did["join"] >= plan.students, plan
    assert len(found.releases) + len(found.alone) == found.did["release"] > 0, plan
    looks = found.at["stayed"].looks - found.at["joined"].looks
    assert looks <= 2, "each time everybody waits"  # it is done each minute
    asked = sum(found.at["let go"].runs_since(found.at["before"]).values())
    assert asked >= sum(found.did[name] for name in ("join", "step", "release", "lab")), plan
