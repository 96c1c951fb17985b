"""The paper's numbers beside the same numbers computed here, and beside what is right.

Published numbers are data; reproduced ones come from the published recipes applied to the two runs
computed anew; right ones come from exact scattering theory or from the definition of the quantity.
"""

import math
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

import numpy as np
import scipy.stats

from solver.published import numbers as published_numbers
from solver.published.cases import CASES, published_run, zone_readout
from solver.published.densities import (
    SEED,
    DensitySamples,
    above_threshold,
    densities_by_definition,
    densities_by_recipe,
)
from solver.published.frames import FRAMES, frames_by_definition, frames_by_recipe
from solver.published.notes import NOT_REPRODUCIBLE, note_for
from solver.published.phases import (
    phases_between,
    phases_by_definition,
    phases_by_recipe,
    radius_test,
)
from solver.trajectory import Trajectory

SUFFIXES = (*(f"_{case}" for case in CASES), *(f"_{letter}" for letter in FRAMES))


@dataclass(frozen=True)
class Entry:
    """One quantity: as printed, from the published recipe, and as it should be (None: no such)."""

    name: str
    published: str | None
    reproduced: float
    right: float | None

    @property
    def quantity(self) -> str:
        """The name without the case or the frame."""
        for suffix in SUFFIXES:
            if self.name.endswith(suffix):
                return self.name.removesuffix(suffix)
        return self.name

    @property
    def agrees(self) -> bool | None:
        """Whether the reproduced value rounds to the printed digits; None if nothing is printed."""
        return None if self.published is None else rounds_to(self.reproduced, self.published)

    @property
    def reproducible(self) -> bool:
        return self.quantity not in NOT_REPRODUCIBLE

    @property
    def note(self) -> str:
        return note_for(self.quantity, self.right is not None)

    def as_dict(self) -> dict[str, float | bool | str | None]:
        return {
            "published": None if self.published is None else float(self.published),
            "reproduced": self.reproduced,
            "right": self.right,
            "agrees": self.agrees,
            "note": self.note,
        }


Study = dict[str, dict[str, Entry]]


def rounds_to(value: float, printed: str) -> bool:
    """Whether `value`, rounded to the last digit of `printed`, is that number."""
    wanted = Decimal(printed)
    try:
        return Decimal(repr(value)).quantize(wanted) == wanted
    except InvalidOperation:
        return False


@lru_cache(maxsize=1)
def published_study() -> Study:
    """Both cases and the statistics by name; two runs and about a second of statistics."""
    runs = {case: published_run(experiment) for case, experiment in CASES.items()}
    printed = published_numbers.fates()
    study = {
        case: entries(printed[case], case_by_recipe(run), case_by_definition(run))
        for case, run in runs.items()
    }
    both = runs["rectangular"], runs["gaussian"]
    return study | {"statistics": statistics_of(both)}


def entries(
    printed: dict[str, str], reproduced: dict[str, float], right: dict[str, float]
) -> dict[str, Entry]:
    """One entry for every printed name, then for what is computed beyond the paper."""
    names = dict.fromkeys((*printed, *(name for name in reproduced if name not in printed)))
    finite = {name: value for name, value in right.items() if math.isfinite(value)}
    return {
        name: Entry(name, printed.get(name), reproduced[name], finite.get(name)) for name in names
    }


def case_by_recipe(run: Trajectory) -> dict[str, float]:
    """Fate and frames; what the mask took is also given by side."""
    t, r, a = zone_readout(run)
    left, right = map(float, run.absorbed[-1])
    fate = {"T": t, "R": r, "A": a, "T+R+A": t + r + a, "A_left": left, "A_right": right}
    return fate | frames_by_recipe(run)


def case_by_definition(run: Trajectory) -> dict[str, float]:
    t, r = run.exact.transmitted, run.exact.reflected
    return {"T": t, "R": r, "T+R+A": t + r, **frames_by_definition(run)}


def statistics_of(runs: tuple[Trajectory, Trajectory]) -> dict[str, Entry]:
    """Density values and phase space, each case and between them."""
    samples = DensitySamples(runs)
    recipe, right = densities_by_recipe(samples), densities_by_definition(samples)
    clouds = [phases_by_recipe(run) for run in runs]
    true_clouds = [phases_by_definition(run) for run in runs]
    for case, cloud, true_cloud in zip(CASES, clouds, true_clouds, strict=True):
        recipe |= {f"{name}_{case}": value for name, value in cloud.items()}
        right |= {f"{name}_{case}": value for name, value in true_cloud.items()}
    recipe |= phases_between(clouds[0], clouds[1]) | radius_test(runs)
    right["area_ratio"] = true_clouds[0]["area"] / true_clouds[1]["area"]
    return entries(published_numbers.statistics(), recipe, right)


@lru_cache(maxsize=64)
def grid_point_p(points: int) -> float:
    """Kolmogorov-Smirnov p of so many density values of each case: it falls with their number."""
    random = np.random.RandomState(SEED)
    runs = [published_run(experiment) for experiment in CASES.values()]
    drawn = [random.choice(above_threshold(run), int(points), replace=False) for run in runs]
    return float(scipy.stats.ks_2samp(*drawn).pvalue)
