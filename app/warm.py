"""What is made ready before and behind the first visitor: kernels, figures, lessons."""

import gc
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from threading import Event, Thread
from time import sleep

from threadpoolctl import threadpool_limits

from app.lab.side_by_side import sources
from app.lab.visit import compute
from app.memory import give_back_freed_memory, keep_freed_memory
from app.operate.readiness import readiness
from app.stage.cards import asked, feeds
from app.stage.drawn import MYSTERY, figures_blocks
from app.stage.solved import Abandoned, Asked, Solved, solve
from app.web.resources import forget_unused_models
from lessons.content import step_content
from lessons.lesson import Lesson
from lessons.library import Library
from lessons.mystery.passing import MEANS, MeansTable
from solver.errors import InvalidInput
from solver.own.formulas import BadFormula
from solver.published.cases import published_run
from solver.warm import compile_apart, warm_up

LOOK = 0.2
"""Seconds between two looks whether there are still visitors."""


@cache
def prepare(library: Library) -> None:
    """Compile the kernels, build the figures; then, in the background, work out the lessons."""
    keep_freed_memory()
    threadpool_limits(1, "blas")  # runs share the processors already; two small ones would wait
    forget_unused_models()
    with ThreadPoolExecutor(1, "figures") as beside:
        drawn = beside.submit(figures_blocks)
        compile_apart()
        warm_up()
    drawn.result()
    gc.collect()
    gc.freeze()  # else each look for garbage goes through all that was loaded, a tenth of a second
    readiness.open()
    Thread(target=behind, args=(library,), daemon=True, name="lessons").start()


def behind(library: Library) -> None:
    """What the first who ask for it would wait for: lessons, and the mystery barrier."""
    work_out(library)
    others = GivingWay()
    others.is_set()
    figures_blocks(MYSTERY)
    work_at(MEANS, others)


def work_at(table: MeansTable, others: Event) -> None:
    """Go on with it while nobody else is to be waited for."""
    while not others.is_set() and table.go_on():
        pass


class GivingWay(Event):
    """Is never set; whoever looks at it stands still while there are visitors.

    A low priority would not do: a thread that holds the interpreter's lock while it waits for a
    processor holds up all who need that lock.
    """

    def is_set(self) -> bool:
        while not compute.quiet:
            sleep(LOOK)
        return False


def work_out(library: Library) -> None:
    """Fill the caches with every step's runs and numbers, one after the other."""
    for lesson in library.lessons():
        for number in range(len(lesson.steps)):
            try:
                work_out_step(lesson, number)
            except (Abandoned, BadFormula, InvalidInput):
                continue
    published_run.cache_clear()  # 20 MB, of which the lessons' numbers are made by now
    give_back_freed_memory()


def work_out_step(lesson: Lesson, number: int) -> None:
    step, others = lesson.steps[number], GivingWay()
    solved = [worked_out(asked(step, source), others) for source in sources(step.settings)]
    others.is_set()
    feeds(step.show, step, step.settings, solved)
    others.is_set()
    step_content(lesson, number)


def worked_out(one: Asked, others: Event) -> Solved:
    """What a step asks, from the cache or worked out here."""
    return compute.fill(one, partial(solve, one, others))
