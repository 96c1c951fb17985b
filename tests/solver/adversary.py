"""An adversary: it looks for the experiment whose transmitted probability breaks the promise.

A point of the unit cube is a setting of all controls of a shape, corners included. Differential
evolution walks towards the largest error among runs that call themselves separated.
"""

from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from scipy.optimize import differential_evolution

from solver import (
    ELECTRON,
    Barrier,
    DrawnBarrier,
    Experiment,
    GaussianPacket,
    InvalidInput,
    TabulatedBarrier,
    TypedBarrier,
)
from solver.barriers import SHAPES
from solver.own.drawn import LINES
from solver.ranges import ENERGY, HEIGHT, MASS, RANGES, SIGMA, Range
from solver.resolution import QUALITIES

BEYOND = 0.12
"""So much of each axis of the cube beyond its range is the range's end: corners come up."""

DEAREST = {"draft": 2e7, "standard": 4e7, "fine": 1e8}
"""Point-steps that one run of a quick search may cost; dearer ones are left out."""

LESS = {"Drawn": 0.25, "Typed": 0.25}
"""Shapes that are looked at in runs that cost less."""

KNOTS = 5
POPULATION = 12
SHAPE_NAMES = (*SHAPES, "Table")
POINTED = ("Table", "Drawn", "Typed")
"""What is made of points: of what is typed every second is a bell, and every other a box."""


def axes(shape: str) -> int:
    """Axes of the cube: the shape's own controls, energy, sigma, mass, direction."""
    return 4 + (2 * KNOTS if shape in POINTED else len(SHAPES[shape].sizes()))


def spread(u: float, span: Range, even: bool = False) -> float:
    """A value of the range from u in [0, 1], evenly in its logarithm where it has one."""
    place = min(max((u - BEYOND) / (1 - 2 * BEYOND), 0.0), 1.0)
    if even or span.low <= 0:
        return span.low + (span.high - span.low) * place
    return float(span.low * (span.high / span.low) ** place)


def barrier_at(shape: str, u: np.ndarray) -> Barrier:
    """The barrier of a point's first coordinates."""
    if shape == "Table":
        x = np.cumsum(0.02 + 0.8 * u[:KNOTS])
        v = [spread(one, HEIGHT) for one in u[KNOTS : 2 * KNOTS]]
        return TabulatedBarrier(x=tuple(x - x.mean()), v=tuple(v))
    if shape in POINTED:
        return own(shape, u)
    sizes = zip(SHAPES[shape].sizes(), u, strict=False)
    return SHAPES[shape](**{name: spread(one, RANGES[name]) for name, one in sizes})


def own(shape: str, u: np.ndarray) -> Barrier:
    """What a person may draw or type, with heights all over the range."""
    x = np.cumsum(0.05 + 0.8 * u[:KNOTS])
    x, v = x - x.mean(), [spread(one, HEIGHT) for one in u[KNOTS : 2 * KNOTS]]
    if shape == "Drawn":
        points = " ".join(f"{a:.3f} {b:.3f}" for a, b in zip(x, v, strict=True))
        return DrawnBarrier(points=points, lines=LINES[int(u[0] < 0.5)])
    part = 0.4
    bumps = [
        f"{part * b:.2f}*{kind}((x-{a:.3f})/{0.03 + 0.3 * one:.3f})".replace("--", "+")
        for kind, a, b, one in zip(("gauss", "box", "gauss", "box"), x, v, u, strict=False)
    ]
    return TypedBarrier(expression="+".join(bumps).replace("+-", "-"))


def experiment_at(shape: str, quality: str, u: np.ndarray, patience: float = 1.0) -> Experiment:
    """The experiment of a point u of the cube; InvalidInput where it is too dear or too steep."""
    energy, sigma, mass, direction = u[-4:]
    return Experiment(
        barrier=barrier_at(shape, u),
        packet=GaussianPacket(
            energy=spread(energy, ENERGY),
            sigma=spread(sigma, SIGMA),
            direction=1 if direction < 0.5 else -1,
        ),
        units=ELECTRON.with_mass(spread(mass, MASS)),
        quality=quality,
        budget=patience * DEAREST[quality] * LESS.get(shape, 1.0),
    )


def points(search: "Search", count: int, seed: int) -> np.ndarray:
    """Random points (count, axes) of the cube that are experiments."""
    rng = np.random.default_rng(seed)
    found: list[np.ndarray] = []
    while len(found) < count:
        u = rng.uniform(size=axes(search.shape))
        with suppress(InvalidInput):
            experiment_at(search.shape, search.quality, u, search.patience)
            found.append(u)
    return np.array(found)


@dataclass
class Search:
    """What the search has seen of one shape at one quality."""

    shape: str
    quality: str
    patience: float = 1.0
    worst: float = 0.0
    culprit: Experiment | None = None
    runs: int = 0
    separated: int = 0

    def error(self, u: np.ndarray) -> float:
        """Minus the error at a point, 0 where none is run or the run is not separated."""
        try:
            experiment = experiment_at(self.shape, self.quality, u, self.patience)
        except InvalidInput:
            return 0.0
        run = experiment.run()
        self.runs += 1
        if not run.fate.separated:
            return 0.0
        self.separated += 1
        found = abs(run.fate.transmitted - experiment.exact.transmitted)
        if found > self.worst:
            self.worst, self.culprit = found, experiment
        return -found


def search(shape: str, quality: str, count: int, seed: int, patience: float = 1.0) -> Search:
    """Look for the largest error with about `count` runs, POPULATION of them at random."""
    found = Search(shape, quality, patience)
    differential_evolution(
        found.error,
        [(0.0, 1.0)] * axes(shape),
        init=points(found, POPULATION, seed),
        maxiter=max(0, count // POPULATION - 1),
        rng=np.random.default_rng(seed),
        polish=False,
        tol=0.0,
    )
    return found


def promise(quality: str) -> float:
    """The largest error of the transmitted probability."""
    return QUALITIES[quality].error
