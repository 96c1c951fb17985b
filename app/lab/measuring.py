"""A person's question to a run: is the particle behind the barrier?"""

from collections.abc import Mapping, Sequence
from functools import partial
from math import isfinite, nan
from typing import Any

from app.lab.compute import Compute, allowed
from app.telling import require_short
from app.web.limits import Limits
from solver.ensemble import Ensemble
from solver.experiment import Experiment
from solver.measurement.measured import Measured, frame_step, probability


async def answer(
    compute: Compute,
    sources: Sequence[Experiment | Ensemble],
    question: Mapping[str, Any],
    limits: Limits,
) -> Measured | None:
    """The answer, with the run's own probability, at a `time` (fs) and by a `chance` of 0 to 1.

    None if nobody asks, of an average, and of two runs. Raises InvalidInput for a run that takes
    longer than one may, Overrun for one that did.
    """
    source, time, chance = sources[0], *(question.get(name, nan) for name in ("time", "chance"))
    if len(sources) > 1 or not isinstance(source, Experiment) or not are_numbers(time, chance):
        return None
    seconds = source.expected_seconds
    require_short(seconds, limits.run_seconds)
    step = frame_step(source, time)
    key = (source, step, "behind")
    job = compute.submit_unkept(key, partial(probability, source, step), seconds)
    behind = await compute.result(key, job, allowed(seconds))
    return Measured(experiment=source, step=step, found=chance < behind)


def are_numbers(*values: object) -> bool:
    """Whether all of these can be computed with."""
    return all(isinstance(value, (int, float)) and isfinite(value) for value in values)
