"""What is made ready before and behind the first visitor: kernels, figures, lessons."""

import gc
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from threading import Thread, get_native_id

from threadpoolctl import threadpool_limits

from app.lab.side_by_side import sources
from app.lab.visit import compute
from app.memory import give_back_freed_memory, keep_freed_memory
from app.operate.readiness import readiness
from app.stage.cards import asked, feeds
from app.stage.drawn import figures_blocks
from app.stage.solved import Abandoned, Asked, Solved, solve
from app.web.resources import forget_unused_models
from lessons.content import step_content
from lessons.expressions import BadFormula
from lessons.lesson import Lesson
from lessons.library import Library
from solver.errors import InvalidInput
from solver.warm import compile_apart, warm_up

LEAST = 19
"""The lowest priority that a thread can have."""


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
    Thread(target=work_out, args=(library,), daemon=True, name="lessons").start()


def step_back() -> None:
    """Leave the processor to visitors: this thread gets what they do not need. Linux only."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, get_native_id(), LEAST)


def work_out(library: Library) -> None:
    """Fill the caches with every step's runs and numbers, one after the other."""
    step_back()
    for lesson in library.lessons():
        for number in range(len(lesson.steps)):
            try:
                work_out_step(lesson, number)
            except (Abandoned, BadFormula, InvalidInput):
                continue
    give_back_freed_memory()


def work_out_step(lesson: Lesson, number: int) -> None:
    step = lesson.steps[number]
    solved = [worked_out(asked(step, source)) for source in sources(step.settings)]
    feeds(step, step.settings, solved)
    step_content(lesson, number)


def worked_out(one: Asked) -> Solved:
    """What a step asks, from the cache or worked out here."""
    return compute.fill(one, partial(solve, one))
