"""What is made ready behind the first visitor."""

import gc
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import sleep

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from app import warm
from app.lab import visit
from app.lab.compute import Compute
from app.lab.side_by_side import sources
from app.stage.cards import asked
from app.stage.solved import Asked
from app.visitor import visitor_page
from lessons.lesson import Lesson
from lessons.library import Library
from lessons.mystery.hidden import ALL
from lessons.mystery.passing import BINS, MeansTable
from lessons.template import TEMPLATE
from solver.controls import Controls
from solver.published.cases import CASES, published_run


class First(Library):
    """The first lesson alone."""

    def lessons(self) -> list[Lesson]:
        return super().lessons()[:1]


def test_what_is_worked_out_is_known_when_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    compute, library = Compute(), First()
    monkeypatch.setattr(warm, "compute", compute)
    steps = [step for lesson in library.lessons() for step in lesson.steps]
    wanted = [asked(step, source) for step in steps for source in sources(step.settings)]
    assert not any(compute.knows(one) for one in wanted)
    published_run(next(iter(CASES.values())))
    warm.work_out(library)
    assert all(compute.knows(one) for one in wanted)
    assert published_run.cache_info().currsize == 0, "10 MB that nobody needs any more"


def test_a_step_that_cannot_be_worked_out_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wrong = TEMPLATE.replace("{{ run.energy | eV }}", "{{ run.charm }}")
    (tmp_path / "01-wrong.md").write_text(wrong.replace("height: 1.5", "height: 1.6"), "utf-8")
    (tmp_path / "02-twice.md").write_text(TEMPLATE, "utf-8")
    compute, library = Compute(), Library(tmp_path)
    monkeypatch.setattr(warm, "compute", compute)
    warm.work_out(library)
    _, after = library.lessons()
    (step,) = after.steps
    assert all(compute.knows(asked(step, source)) for source in sources(step.settings))


def test_it_stands_still_while_there_are_visitors(monkeypatch: pytest.MonkeyPatch) -> None:
    here = Compute()
    monkeypatch.setattr(warm, "compute", here)
    monkeypatch.setattr(warm, "LOOK", 0.01)
    monkeypatch.setattr("app.lab.compute.QUIET", 0.2)
    with ThreadPoolExecutor(1) as alone:
        here.note_visitor()
        gone_on = alone.submit(warm.GivingWay().is_set)
        for number in range(4):
            sleep(0.1)
            here.submit(number, bytes)
            assert not gone_on.done()
        assert gone_on.result(timeout=10) is False


class Counted(Event):
    """How often it was looked at."""

    count = 0

    def is_set(self) -> bool:
        self.count += 1
        return False


def test_it_gives_way_in_the_middle_of_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "compute", Compute())
    controls = Controls(quality="draft")
    for chosen in (controls, controls.changed(environment="Dephasing")):
        others = Counted()
        warm.worked_out(Asked(chosen.source()), others)
        assert others.count > 3


def test_it_gives_way_in_the_middle_of_the_table_of_the_mystery_barrier() -> None:
    """Before each barrier; who asks meanwhile waits for nobody, and finds the whole."""
    table, others = MeansTable(ALL[:5]), Counted()

    class InTheMiddle(Counted):
        def is_set(self) -> bool:
            if self.count == 2:
                assert table.count == 2
                assert table.whole().shape == (BINS, 5)
            return super().is_set()

    warm.work_at(table, InTheMiddle())
    assert table.count == 5
    other = MeansTable(ALL[:5])
    warm.work_at(other, others)
    assert others.count == 6
    np.testing.assert_array_equal(table.found, other.found)
    assert not table.found.flags.writeable


def test_who_opens_a_page_is_a_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    here = Compute()
    monkeypatch.setattr(visit, "compute", here)
    assert here.quiet
    visitor_page(First())
    assert not here.quiet


COMPILED = """
import sys

from numba.core.dispatcher import Dispatcher

from app.stage.of_run import OF_FRAME
from app.stage.solved import Asked, one_frame, solve
from solver.controls import Controls
from solver.warm import warm_up


def compiled():
    modules = [module for name, module in sys.modules.items() if name.startswith("solver")]
    known = [one for module in modules for one in vars(module).values()]
    return {(one, form) for one in known if isinstance(one, Dispatcher) for form in one.signatures}


warm_up()
before = compiled()
lab = Controls(quality="draft")
one_frame(lab.experiment(), 5.0, tuple(OF_FRAME))
for one in (lab, lab.changed(environment="Dephasing"), lab.changed(shape="Gaussian")):
    solve(Asked(one.source(), numbers=True, sampled=True))
print(len(before), *(f"{kernel.__name__}{form}" for kernel, form in compiled() - before))
"""


def test_a_visitor_waits_for_no_kernel() -> None:
    """What a film, a preview, averages and a lesson's numbers need is ready when the server is."""
    done = subprocess.run(
        [sys.executable, "-c", COMPILED], capture_output=True, text=True, check=True
    )
    count, *late = done.stdout.split()
    assert int(count) > 10
    assert late == []


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server that is ready, and nothing worked out."""
    monkeypatch.setattr(warm, "work_out", lambda library: None)
    with threadpool_limits(2, "blas"):
        warm.prepare.__wrapped__(First())
        yield
    gc.unfreeze()


@pytest.mark.usefixtures("prepared")
def test_what_was_loaded_is_not_looked_through_for_garbage() -> None:
    """Of each hundred objects one at most."""
    assert len(gc.get_objects()) < gc.get_freeze_count() / 100


@pytest.mark.usefixtures("prepared")
def test_a_server_leaves_the_processors_to_its_runs() -> None:
    """A product of two small arrays takes one thread, not all that the machine has."""
    assert {one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"} == {1}
