"""What is made ready behind the first visitor."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import get_native_id

import pytest

from app import warm
from app.lab.compute import Compute
from app.lab.side_by_side import sources
from app.stage.cards import asked
from lessons.lesson import Lesson
from lessons.library import Library


class First(Library):
    """The first lesson alone."""

    def lessons(self) -> list[Lesson]:
        return super().lessons()[:1]


def test_what_is_worked_out_is_known_when_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    compute, library = Compute(), First()
    monkeypatch.setattr(warm, "compute", compute)
    monkeypatch.setattr(warm, "step_back", lambda: None)
    steps = [step for lesson in library.lessons() for step in lesson.steps]
    wanted = [asked(step, source) for step in steps for source in sources(step.settings)]
    assert not any(compute.knows(one) for one in wanted)
    warm.work_out(library)
    assert all(compute.knows(one) for one in wanted)


@pytest.mark.skipif(sys.platform != "linux", reason="a thread has no priority of its own")
def test_it_leaves_the_processor_to_visitors() -> None:
    def priority() -> int:
        warm.step_back()
        return os.getpriority(os.PRIO_PROCESS, get_native_id())

    with ThreadPoolExecutor(1) as alone:
        assert alone.submit(priority).result() == warm.LEAST
