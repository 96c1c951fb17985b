"""What a visitor does, and what the page does then; without a browser."""

import asyncio
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from threading import Event
from types import FrameType
from typing import Any

import numpy as np
import pytest
from prometheus_client import REGISTRY

from app.lab import visit as visits
from app.lab.compute import Compute
from app.lab.visit import GIVEN_UP, Visit
from app.stage.component import Scene
from app.stage.solved import Abandoned, Asked, Solved
from app.stage.wire import unbundle
from app.web.limits import Limits
from lessons.held import HELD
from lessons.lesson import GoalQuestion, Lesson
from lessons.library import Library
from solver.controls import Controls
from solver.scattering import stationary, transmission_coefficient
from tests.app.apart import run_apart

LIBRARY = Library()
PATIENCE = 60.0
"""Seconds that a page may take to answer on a machine that does much else."""


class Watched(Visit):
    """A visit whose browser is a list of what it was told to play and to preview."""

    def __init__(self, query: str = "") -> None:
        super().__init__(query, LIBRARY)
        self.played: list[Scene] = []
        self.previewed: list[bytes] = []
        self.beside: list[list[str]] = []
        vars(self.stage).update(play=self.played.append, preview=self.shown_frame)

    def shown_frame(self, block: bytes, blocks: Mapping[str, bytes]) -> None:
        self.previewed.append(block)
        self.beside.append(list(blocks))

    def change(self, name: str, value: Any, drag: bool = False) -> None:
        self.controls.take({"name": name, "value": value, "drag": drag})


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "compute", Compute())


async def until(seen: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not seen():
            await asyncio.sleep(0.005)


def lived(visit: Watched, *acts: tuple[Callable[[], object], Callable[[], object]]) -> None:
    """What a person does, each time until it has been answered."""

    async def life() -> None:
        for act, seen in acts:
            act()
            await until(seen)

    run_apart(life())


def goal_step() -> tuple[str, GoalQuestion]:
    """The address of a step of one run with a goal, and the goal."""
    for lesson in LIBRARY.lessons():
        for number, step in enumerate(lesson.steps, 1):
            if isinstance(step.question, GoalQuestion) and len(step.settings) == 1:
                return f"?lesson={lesson.slug}&step={number}", step.question
    raise AssertionError("no step of one run has a goal")


def test_a_released_control_writes_the_address_and_plays_the_new_run() -> None:
    visit = Watched()
    lived(visit, (lambda: visit.change("height", 2.0), lambda: visit.played))
    assert visit.guide.address == "?height=2"
    (scene,) = visit.played
    assert not scene.restart
    assert len(scene.runs) == 1


def test_a_card_that_is_chosen_has_its_block_and_the_run_is_not_sent_again() -> None:
    visit = Watched()
    vars(visit.stage).pop("play")
    visit.stage.take({"want": "figures"})
    lived(visit, (lambda: visit.change("height", 2.0), lambda: visit.stage._scene))
    run = visit.stage._scene
    assert run is not None
    sent: list[Any] = []
    vars(visit.stage).update(_send_msg=sent.append)

    def choose(*names: str) -> Callable[[], None]:
        return lambda: setattr(visit.stage, "chosen", list(names))

    lived(visit, (choose("clicks"), lambda: visit.stage.cards == ["clicks"]))
    lived(visit, (choose("coefficient", "phase space"), lambda: sent))
    assert visit.guide.address == "?height=2&show=phase-space+coefficient"
    ((name, block),) = sent[0]["blocks"].items()
    assert (name, sent[0]["of"], "runs" in sent[0]) == ("coefficient", run.number, False)
    meta, arrays = unbundle(block)
    experiment = visit.lab.chosen.experiment()
    energy = experiment.packet.packet_energy(experiment.units)
    at = np.interp(energy, arrays["x"], arrays["y"][0])
    state = transmission_coefficient(experiment.barrier, np.array([energy]), experiment.units)
    assert meta["names"] == ["T(E)"]
    assert at == pytest.approx(state[0], rel=1e-3)
    lived(visit, (lambda: visit.change("height", 3.0), lambda: "runs" in sent[-1]))
    assert list(sent[-1]["blocks"]) == ["coefficient"]


def test_a_card_that_waits_for_a_run_that_is_given_up_says_nothing() -> None:
    visit = Watched()

    async def given_up(wanted: list[Asked]) -> list[Solved]:
        visit.stage.waiting = "About a minute"
        raise Abandoned

    vars(visit).update(solved=given_up, on_stage=run_apart(visit.settings()))
    run_apart(visit.add())
    assert (visit.stage.waiting, visit.stage.message) == ("", "")


def test_a_card_that_is_chosen_takes_no_run_away() -> None:
    visit = Watched()

    def choose_while_a_run_waits() -> None:
        visit.lab.param.update(height=4.0, show=["coefficient"])
        visit.start(visit.add)

    lived(visit, (choose_while_a_run_waits, lambda: visit.played))
    scene, exact = visit.played[-1], visit.lab.chosen.experiment().exact
    assert unbundle(scene.runs[0])[0]["summary"]["exact"] == pytest.approx(exact.transmitted)
    assert list(scene.blocks) == ["coefficient"]


def test_a_link_brings_the_pinned_run_once() -> None:
    visit = Watched("?height=2&pin=v%3D1%26height%3D3")
    lived(
        visit,
        (lambda: visit.start(visit.solve), lambda: visit.played),
        (lambda: visit.change("height", 2.5), lambda: len(visit.played) == 2),
    )
    first, second = visit.played
    assert first.pinned is not None
    pinned = unbundle(first.pinned)[0]["summary"]["exact"]
    exact = Controls(height=3.0).experiment().exact.transmitted
    assert (first.pin, pinned) == ("v=1&height=3", pytest.approx(exact))
    assert (second.pin, second.pinned) == (None, None)


def test_a_pinned_run_that_cannot_be_is_told_and_the_other_is_shown() -> None:
    visit = Watched("?height=2&pin=start%3D20")
    lived(visit, (lambda: visit.start(visit.solve), lambda: visit.stage.message))
    (scene,) = visit.played
    assert (scene.pin, scene.pinned) == ("", None)
    assert visit.stage.message.startswith("The pinned run: ")


def test_a_pinned_run_that_takes_too_long_is_told_and_the_other_is_shown() -> None:
    visit = Watched("?quality=draft&pin=quality%3Dfine%26environment%3Ddephasing%26t2%3D20")
    visit.limits = Limits(run_seconds=0.1)
    lived(visit, (lambda: visit.start(visit.solve), lambda: visit.stage.message))
    (scene,) = visit.played
    assert (scene.pin, scene.pinned) == ("", None)
    assert "be lower: a run may take 0.1 s here" in visit.stage.message


def test_what_no_lab_can_show_is_passed_over() -> None:
    visit = Watched("?show=coefficient")
    for wrong in (["scan"], ["wave"], [""], ["coefficient", "x" * 1000]):
        lived(visit, (partial(setattr, visit.stage, "chosen", wrong), lambda: True))
    assert set(visit.lab.show) <= {"coefficient"}
    assert "scan" not in visit.guide.address


def test_a_control_that_is_dragged_shows_one_frame_at_the_time_on_screen() -> None:
    visit = Watched()
    visit.stage.playhead = 3.0
    lived(visit, (lambda: visit.change("height", 2.0, drag=True), lambda: visit.previewed))
    assert unbundle(visit.previewed[0])[0]["time"] == pytest.approx(3.0, abs=0.1)
    assert visit.beside == [["phase space"]]
    assert visits.compute.kept_bytes == 0
    assert (visit.guide.address, visit.played) == ("", [])


def test_who_lets_go_waits_for_no_frame_of_the_drag() -> None:
    visit, others = Watched(), Event()
    visit.stage.playhead = 3.0
    visits.compute.submit_frame("of others", partial(others.wait, PATIENCE))
    lived(
        visit,
        (
            lambda: visit.change("height", 2.0, drag=True),
            lambda: len(visits.compute._flights) == 2,
        ),
        (
            lambda: visit.change("height", 2.1),
            lambda: any(isinstance(one, Asked) for one in visits.compute._flights),
        ),
        (others.set, lambda: visit.played),
    )
    assert (visit.previewed, visit.stage.message) == ([], "")


def test_a_frame_that_two_wait_for_comes_though_one_of_them_lets_go() -> None:
    one, other, others = Watched(), Watched(), Event()
    visits.compute.submit_frame("of others", partial(others.wait, PATIENCE))

    def both_drag() -> None:
        for visit in (one, other):
            visit.change("height", 2.0, drag=True)

    shared = REGISTRY.get_sample_value
    before = shared("tunnelscope_runs_total", {"answered": "shared"}) or 0
    lived(
        other,
        (both_drag, lambda: shared("tunnelscope_runs_total", {"answered": "shared"}) == before + 1),
        (lambda: one.change("height", 2.1), lambda: len(visits.compute._flights) == 3),
        (others.set, lambda: one.played and other.previewed),
    )
    assert one.previewed == []


def test_another_address_opens_its_step_at_the_start() -> None:
    visit = Watched()
    first = LIBRARY.lessons()[0]

    def go() -> None:
        visit.guide.address = f"?lesson={first.slug}"

    lived(visit, (go, lambda: visit.played))
    assert visit.guide.view["kind"] == "step"
    assert visit.step is first.steps[0]
    assert visit.played[-1].restart


def test_a_step_begun_again_has_its_first_values_and_time_zero() -> None:
    address, question = goal_step()
    visit = Watched(address)
    (name, value), *_ = question.solution.items()
    before = getattr(visit.lab, name)

    def again() -> None:
        visit.guide.again += 1

    lived(
        visit,
        (lambda: visit.change(name, value), lambda: len(visit.played) == 1),
        (again, lambda: len(visit.played) == 2),
    )
    assert getattr(visit.lab, name) == before
    assert [scene.restart for scene in visit.played] == [False, True]


@pytest.mark.parametrize(
    ("lesson", "number"),
    [
        pytest.param(lesson, number, id=f"{lesson.slug}-{number}")
        for lesson in LIBRARY.lessons()
        for number, step in enumerate(lesson.steps, 1)
        if step.held
    ],
)
def test_no_search_for_what_is_held_equal_holds_up_other_visitors(
    lesson: Lesson, number: int
) -> None:
    """Where all are answered, one T(E) for each run is what its slow waves are told by."""
    visit = Watched(f"?lesson={lesson.slug}&step={number}")
    looked: Counter[str] = Counter()

    def count(frame: FrameType, kind: str, _: object) -> None:
        if kind == "call" and frame.f_code is stationary.__code__:
            looked[visit.lab.held] += 1

    async def given_up(wanted: list[Asked]) -> list[Solved]:
        raise Abandoned

    async def opened() -> None:
        sys.setprofile(count)
        await visit.open()
        for rule in HELD:
            visit.lab.held = rule
            await visit.solve()
        sys.setprofile(None)

    vars(visit).update(solved=given_up)
    run_apart(opened())
    # The step's own rule is both opened and chosen.
    assert all(times <= 2 * 2 for times in looked.values())


def test_a_goal_is_reached_when_its_solution_is_entered() -> None:
    address, question = goal_step()
    visit = Watched(address)
    *others, (name, value) = question.solution.items()
    visit.lab.param.update(**dict(others))
    lived(visit, (lambda: visit.change(name, value), lambda: visit.guide.conditions))
    assert visit.guide.reached
    assert all(told["met"] for told in visit.guide.conditions)
    assert visit.guide.address == address


def told_busy(visit: Watched) -> list[bool]:
    """What its stage is told of a run under way, from now on."""
    told: list[bool] = []
    visit.stage.param.watch(lambda event: told.append(event.new), "busy")
    return told


def test_a_run_that_is_here_soon_is_not_told_to_be_under_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(visits, "SOON", PATIENCE)
    visit = Watched()
    told = told_busy(visit)
    lived(visit, (lambda: visit.change("height", 2.0), lambda: visit.played))
    assert told == []


def test_a_run_that_takes_a_while_is_told_to_be_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    visit = Watched()
    told = told_busy(visit)

    def slow(asked: Asked, given_up: Event) -> Solved:
        given_up.wait(2 * visits.SOON)
        return Solved(b"")

    monkeypatch.setattr(visits, "solve", slow)
    lived(visit, (lambda: visit.change("height", 2.0), lambda: visit.played and len(told) == 2))
    assert told == [True, False]


def test_a_run_that_a_person_gives_up_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = Event()

    def endless(asked: Asked, given_up: Event) -> Solved:
        begun.set()
        given_up.wait(PATIENCE)
        raise Abandoned

    monkeypatch.setattr(visits, "solve", endless)
    visit = Watched()

    def cancel() -> None:
        visit.stage.cancelled += 1

    lived(
        visit,
        (lambda: visit.change("height", 2.0), begun.is_set),
        (cancel, lambda: visit.stage.message),
    )
    assert visit.stage.message == GIVEN_UP
    assert not visit.stage.busy


def outcomes(visit: Watched) -> list[bool | None]:
    """What was found in each run that was played, None where nobody asked."""
    metas = [unbundle(scene.runs[0])[0] for scene in visit.played]
    return [meta["outcome"]["found"] if "outcome" in meta else None for meta in metas]


def test_what_is_measured_goes_on_until_it_is_taken_back_or_another_run_is_chosen() -> None:
    visit = Watched()

    def ask(asked: dict[str, Any]) -> Callable[[], None]:
        return lambda: setattr(visit.stage, "measure", asked)

    def played(count: int) -> Callable[[], bool]:
        return lambda: len(visit.played) == count

    acts = [
        (lambda: visit.start(visit.open), played(1)),
        (ask({"time": 15.0, "chance": 0.18}), played(2)),
        (ask({"time": 15.0, "chance": 0.2}), played(3)),
        (ask({}), played(4)),
        (ask({"time": 15.0, "chance": 0.1}), played(5)),
        (lambda: visit.change("height", 1.6), played(6)),
        (ask({"time": "now", "chance": 0.1}), played(7)),
        (ask({"time": 0.0, "chance": 0.5}), played(8)),
    ]
    lived(visit, *acts)
    assert outcomes(visit) == [None, True, False, None, True, None, None, False]
    assert visit.played[0].runs == visit.played[3].runs
    assert not any(scene.restart for scene in visit.played[1:])
    meta, arrays = unbundle(visit.played[1].runs[0])
    assert meta["outcome"]["probability"] == pytest.approx(0.191, abs=0.005)
    assert meta["promised"] is None
    before = arrays["times"] < 14.9
    plain = unbundle(visit.played[0].runs[0])[1]
    assert np.array_equal(arrays["regions"][before], plain["regions"][: before.sum()])


def test_where_an_address_leads_nothing_was_measured() -> None:
    visit = Watched()

    def go(query: str) -> None:
        visit.guide.address = query

    lived(
        visit,
        (lambda: visit.start(visit.open), lambda: visit.played),
        (
            lambda: setattr(visit.stage, "measure", {"time": 15.0, "chance": 0.1}),
            lambda: len(visit.played) == 2,
        ),
        (lambda: go("?lessons"), lambda: not visit.stage.visible),
        (lambda: go("?"), lambda: len(visit.played) == 3),
    )
    assert outcomes(visit) == [None, True, None]


def test_an_answer_that_cannot_come_is_told_and_not_asked_for_again() -> None:
    visit = Watched()
    told: list[str] = []
    added: list[dict[str, bytes]] = []
    vars(visit.stage)["add"] = added.append

    def choose() -> None:
        told.append(visit.stage.message)
        visit.stage.message = ""
        visit.stage.chosen = [*visit.stage.chosen, "stationary"]

    lived(
        visit,
        (lambda: visit.start(visit.open), lambda: visit.played),
        (
            lambda: setattr(visit.stage, "measure", {"time": 0.0, "chance": -1.0}),
            lambda: visit.stage.message,
        ),
        (choose, lambda: visit.stage.message or added),
    )
    assert "for the particle to be found behind" in told[0]
    assert "stationary" in added[0]
    assert len(visit.played) == 1
