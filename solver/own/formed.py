"""A potential that is known only as a function: its corners, jumps, tails and walls are found."""

import math
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from solver.errors import InvalidInput, Rule
from solver.grid import Array, Grid, frozen
from solver.potential import SUPPORT_LEVEL, Barrier

REACH = 5.0
"""V is given from -REACH to REACH (nm); it is 0 before, and behind it what it is at REACH."""

SAMPLES = 2001
"""Places at which V is looked at, evenly, and as many between them, unevenly: no wave hides."""

CLOSER = 16
"""Into so many parts is divided what is between two places, where V changes by more than SEEN."""

SEEN = 0.02

CELLS = 160
SKIN = 1e-9
"""On either side of a corner (nm) V is looked at, too."""

NOTHING = 1e-5
"""V is taken to be 0, and not to jump, where it changes by less (eV)."""

STEEPEST = 800.0
"""V may change by so much (eV/nm) but for its jumps: it is then resolved by any quality."""

CLIFF = 60.0
"""From so much on (eV/nm) a slope is an edge for waves that are as short as a wall is thick."""

LOWEST, HIGHEST = -10.0, 20.0
"""What V may be, eV: what the height of any other barrier may be."""

MOST_TURNS = 60

GOLDEN = (math.sqrt(5) - 1) / 2

Function = Callable[[Array], Array]

NODES, WEIGHTS = np.polynomial.legendre.leggauss(6)
TURN = 3.0
"""A stretch over which the fastest wave of a grid turns by so much (rad) is one of the sum."""


@dataclass(frozen=True, eq=False)
class Form:
    """What was found of a potential: `edges` of cells (m,) in nm, within which it is smooth.

    `jumps` as a Barrier has them, `support` and `extremes` likewise; `level` is V to the right,
    `single` whether it rises to one top and falls again, `steepness` the integral of V'^2 (eV^2/nm)
    but for jumps, `cliffs` how many slopes there are that a grid takes for jumps.
    """

    edges: Array
    jumps: tuple[tuple[float, float], ...]
    support: tuple[float, float]
    extremes: tuple[float, float]
    level: float
    single: bool
    steepness: float
    cliffs: int


@dataclass(frozen=True, kw_only=True)
class FormedBarrier(Barrier):
    """A potential given as a function of x, nm from its center."""

    @abstractmethod
    def inner(self, x: Array) -> Array:
        """V (eV) at places x (n,) from -REACH to REACH."""

    @property
    @abstractmethod
    def form(self) -> Form:
        """What was found of it, around 0."""

    def profile(self, x: Array) -> Array:
        return placed(self.inner, self.form, np.asarray(x - self.center, dtype=float))

    def coefficients(self, q: Array, grid: Grid) -> NDArray[np.complex128]:
        """V^(q) for evenly spaced q up to k_max, 0 beyond: what jumps leave there is put back."""
        within = q <= grid.k_max * (1 + 1e-9)
        total = np.zeros(q.shape, dtype=complex)
        if not within.any():
            return total
        x, weights = nodes(self.form.edges, grid.k_max)
        total[within] = waves(x + self.center, weights * self.inner(x), q[within])
        start = self.center + float(self.form.edges[-1])
        iq = 1j * np.where(q == 0, 1.0, q)
        plateau = (np.exp(-1j * q * start) - np.exp(-1j * q * grid.right)) / iq
        far = np.where(q == 0, grid.right - start, plateau)
        return np.asarray(np.where(within, total + self.form.level * far, 0.0))

    @property
    def support(self) -> tuple[float, float]:
        a, b = self.form.support
        return self.center + a, self.center + b

    @property
    def cells(self) -> Array:
        return self.center + self.form.edges

    @property
    def extremes(self) -> tuple[float, float]:
        return self.form.extremes

    @property
    def jumps(self) -> tuple[tuple[float, float], ...]:
        return tuple((self.center + x, size) for x, size in self.form.jumps)

    @property
    def right_level(self) -> float:
        return self.form.level

    @property
    def thickness(self) -> float:
        a, b = self.form.support
        return b - a if self.form.single else 0.0

    @property
    def steepness(self) -> float:
        return self.form.steepness

    @property
    def detail(self) -> float:
        return 1.6 if len(self.form.jumps) + self.form.cliffs > 1 else 1.0


def placed(inner: Function, form: Form, x: Array) -> Array:
    """V at places x (...) anywhere."""
    first, last = float(form.edges[0]), float(form.edges[-1])
    v = np.asarray(inner(np.clip(x, first, last)))
    return np.where(x < first, 0.0, np.where(x > last, form.level, v))


def nodes(edges: Array, k_max: float) -> tuple[Array, Array]:
    """Places (n,) in nm and weights of Gauss's sum in parts of the cells, short for a grid."""
    widths = np.diff(edges)
    parts = np.maximum(np.ceil(widths * k_max / TURN), 1).astype(int)
    half = np.repeat(widths / parts, parts) / 2
    place = np.arange(half.size) - np.repeat(np.cumsum(parts) - parts, parts)
    middle = np.repeat(edges[:-1], parts) + (2 * place + 1) * half
    return (middle[:, None] + half[:, None] * NODES).ravel(), (half[:, None] * WEIGHTS).ravel()


def waves(x: Array, values: Array, q: Array) -> NDArray[np.complex128]:
    """Sums of values exp(-i q x) (m,) at places x (n,), for evenly spaced q (m,).

    exp(-i q x) of every q is a product of one of few and one of few: a tenth of the work.
    """
    some = max(1, math.isqrt(q.size))
    coarse = np.exp(-1j * np.outer(q[::some], x)) * values
    fine = np.exp(-1j * np.outer(q[:some] - q[0], x))
    return np.asarray((coarse @ fine.T).ravel()[: q.size])


def form_of(inner: Function, turns: Sequence[float], ends: tuple[float, float], thing: str) -> Form:
    """What there is to find of V(x) = inner(x) between two ends, where `turns` may be corners.

    Raises InvalidInput about `thing` for a V that is not finite, too high or low, or too steep.
    """
    corners = np.array([*ends[:1], *distinct(turns, ends), *ends[1:]])
    x = places(corners)
    v = inner(x)
    require_bounded(thing, x, v)
    require_resolved(thing, inner, x, v)
    level = float(v[-1]) if abs(v[-1]) > NOTHING else 0.0
    low, high = (extreme(inner, corners, x, v, sign) for sign in (-1, 1))
    steepness, cliffs = slopes(x, v)
    return Form(
        edges=frozen(cells(corners, x, v)),
        jumps=tuple(jumps(inner, corners)),
        support=support(corners, x, v, level),
        extremes=(min(0.0, low), max(0.0, high)),
        level=level,
        single=is_single(v),
        steepness=steepness,
        cliffs=cliffs,
    )


def slopes(x: Array, v: Array) -> tuple[float, int]:
    """Integral of V'^2 from V at places, and how many stretches are as steep as CLIFF.

    A jump, between two places that nearly meet, is no slope.
    """
    apart, rise = np.diff(x), np.abs(np.diff(v))
    slope = apart > 1.5 * SKIN
    steep = slope & (rise > CLIFF * apart)
    begins = np.diff(steep.astype(int), prepend=0) == 1
    return float(np.sum(rise[slope] ** 2 / apart[slope])), int(np.sum(begins))


def distinct(turns: Sequence[float], ends: tuple[float, float]) -> list[float]:
    """Those between the ends, each once."""
    found: list[float] = []
    for turn in sorted(turns):
        if min(turn - (found[-1] if found else ends[0]), ends[1] - turn) > 10 * SKIN:
            found.append(turn)
    return found


def places(corners: Array) -> Array:
    """Where V is looked at: evenly, and at all corners and on either side of them."""
    even = np.linspace(corners[0], corners[-1], SAMPLES)
    part = 0.1 + 0.8 * (np.arange(SAMPLES - 1) * GOLDEN % 1)
    uneven, inner = even[:-1] + part * np.diff(even), corners[1:-1]
    return np.unique(np.concatenate([even, uneven, corners, inner - SKIN, inner + SKIN]))


def require_bounded(thing: str, x: Array, v: Array) -> None:
    ends = {"left": float(x[0]), "right": float(x[-1])}
    finite = Rule("be finite where x is from {left:g} to {right:g} nm", **ends)
    bounded = Rule(
        "be from {low:g} to {high:g} eV where x is from {left:g} to {right:g} nm",
        low=LOWEST,
        high=HIGHEST,
        **ends,
    )
    for rule, bad in (
        (finite, ~np.isfinite(v)),
        (bounded, ~((v >= LOWEST - NOTHING) & (v <= HIGHEST + NOTHING))),
    ):
        if bad.any():
            i = int(np.argmax(bad))
            found = Rule("{v:.4g} at x = {x:.4g}", v=float(v[i]), x=float(x[i]))
            raise InvalidInput(thing, rule, found, "nm")


def require_resolved(thing: str, inner: Function, x: Array, v: Array) -> None:
    """V must not change faster than a grid can follow, but for its jumps, which are few."""
    apart = np.diff(x)
    seen = np.flatnonzero((np.abs(np.diff(v)) > SEEN) & (apart > 1.5 * SKIN))
    close = x[seen, None] + apart[seen, None] * np.linspace(0.0, 1.0, CLOSER + 1)
    values = inner(close.ravel()).reshape(close.shape)
    steep = np.abs(np.diff(values)) / np.diff(close)
    if (steepest := steep.max(initial=0.0)) > STEEPEST:
        place = close[:, :-1].ravel()[np.argmax(steep)]
        rule = Rule(
            "change by at most {steepest:g} eV/nm but for the jumps of step and box",
            steepest=STEEPEST,
        )
        at = {"steepest": float(steepest), "place": float(place)}
        found = Rule("{steepest:.3g} eV/nm at x = {place:.4g}", **at)
        raise InvalidInput(thing, rule, found, "nm")
    if (count := int(np.sum(apart <= 1.5 * SKIN)) // 2) > MOST_TURNS:
        raise InvalidInput(
            thing, Rule("have at most {most} jumps and corners", most=MOST_TURNS), count
        )


def extreme(inner: Function, corners: Array, x: Array, v: Array, sign: int) -> float:
    """The highest V, or the lowest with the sign -1, between the places, too."""
    i = int(np.argmax(sign * v))
    a, b = x[max(i - 1, 0)], x[min(i + 1, x.size - 1)]
    if ((corners >= a) & (corners <= b)).any():
        return float(v[i])
    found = minimize_scalar(
        lambda place: -sign * float(inner(np.array([place]))[0]),
        bounds=(a, b),
        method="bounded",
        options={"xatol": 1e-9},
    )
    return sign * max(sign * float(v[i]), -float(found.fun))


def jumps(inner: Function, corners: Array) -> list[tuple[float, float]]:
    """Where V jumps, and by how much."""
    before = np.append(0.0, inner(corners[1:-1] - SKIN))
    sizes = np.append(inner(corners[:1]), inner(corners[1:-1] + SKIN)) - before
    pairs = zip(corners[:-1].tolist(), sizes.tolist(), strict=True)
    return [(x, size) for x, size in pairs if abs(size) > NOTHING]


def support(corners: Array, x: Array, v: Array, level: float) -> tuple[float, float]:
    """From where V leaves 0 to where it comes to the level of the right side."""
    least = SUPPORT_LEVEL * float(np.abs(v).max())
    if least <= SUPPORT_LEVEL * NOTHING:
        return 0.0, 0.0
    a = crossing(corners, x, np.abs(v), least)
    b = -crossing(-corners, -x[::-1], np.abs(v - level)[::-1], least)
    return (a, b) if b - a > 10 * SKIN else (a, a)


def crossing(corners: Array, x: Array, size: Array, least: float) -> float:
    """Where the size first exceeds the least; exactly at a corner, if it jumps there."""
    over = size > least
    if not over.any():
        return float(x[-1])
    i = int(np.argmax(over))
    if i == 0:
        return float(x[0])
    part = (least - size[i - 1]) / (size[i] - size[i - 1])
    place = float(x[i - 1] + part * (x[i] - x[i - 1]))
    near = float(corners[np.argmin(np.abs(corners - place))])
    return near if abs(near - place) <= 2 * SKIN else place


def is_single(v: Array) -> bool:
    """Whether V rises to one top, or falls to one bottom, and comes back."""
    size = np.abs(v)
    if v.max() > NOTHING and v.min() < -NOTHING:
        return False
    top, steps = int(np.argmax(size)), np.diff(size)
    return bool((steps[:top] >= -NOTHING).all() and (steps[top:] <= NOTHING).all())


def cells(corners: Array, x: Array, v: Array) -> Array:
    """Edges of cells: all corners, and between them some, closer where V changes."""
    apart = np.diff(x)
    change = np.where(apart > 1.5 * SKIN, np.abs(np.diff(v)), 0.0)
    amount = apart / apart.sum() + change / max(change.sum(), NOTHING)
    measure = np.append(0.0, np.cumsum(amount))
    edges = np.interp(np.linspace(0.0, measure[-1], CELLS + 1), measure, x)
    far = np.abs(edges[:, None] - corners).min(axis=1) > 1e-4
    return np.sort(np.concatenate([edges[far], corners]))
