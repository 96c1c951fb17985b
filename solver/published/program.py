"""The published program, 1d-qt-ideal-solver 0.0.10, run from its own configuration as it was.

Natural units (hbar = 1), barriers read off at the grid points, a mask once a step, a rule for dt
that looks at how far psi moves (which is no error), and T, R and A off the last snapshot.

Its randomness is kept too, and is no physics: every grid point draws numbers of its own, so that
the noise has no length but dx. Its dephasing throws psi at every wavenumber that the grid has, and
d<E>/dt = gamma k_max^2/(3m) with k_max = pi/dx: the packet is heated without limit as dx falls.
Coherence falls as exp(-2 gamma t), so that T2 = 1/(2 gamma), where the program said 1/gamma. Its
noisy potential errs the other way: as high at any dx, it averages itself away as dx falls. Noise
with a length, which means something, is in `solver.environment`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter
from typing import Any

import numpy as np

from solver.errors import InvalidInput
from solver.grid import Array, Grid, frozen
from solver.kernels import AXES
from solver.observables import density
from solver.propagator import Complex
from solver.published.cases import EDGE_LEVEL, PublishedMask, read_only
from solver.published.config import PublishedConfig
from solver.published.kernels import STATE, Fields, Rules, Snapshots, advance_published
from solver.transform.plan import passes_for

POINT_STEPS = 2**21
"""Grid points x steps between two reports of progress, some 10 ms without noise."""


class PublishedGrid(Grid):
    """n points from left to right, both included: the period n dx is one cell longer."""

    def __post_init__(self) -> None:
        """PublishedConfig has checked them; n may be odd here."""

    @property
    def dx(self) -> float:
        return (self.right - self.left) / (self.n - 1)

    @property
    def length(self) -> float:
        return self.n * self.dx

    @cached_property
    def x(self) -> Array:
        return frozen(np.linspace(self.left, self.right, self.n))


@dataclass(frozen=True, eq=False)
class PublishedResult:
    """What the program gave: x (n,), times (F,), psi (F, n), potential (n,), T, R, A.

    `times` are those asked for, as the program labels its snapshots; `elapsed` is how long psi has
    evolved at each, off by up to a step. `dt_mean` and `dt_last` are of the program's clock, which
    adds the dt of the step to come. `norm_error` is the largest deviation of the norm from
    sqrt(1 - A), which is rounding alone, since A is what the norm has lost.
    """

    config: PublishedConfig
    seed: int | None
    x: Array
    times: Array
    elapsed: Array
    psi: Complex
    potential: Array
    T: float
    R: float
    A: float
    steps: int
    dt_first: float
    dt_mean: float
    dt_last: float
    norm_error: float
    norm_violations: int
    seconds: float


def run_published(
    config: PublishedConfig,
    seed: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> PublishedResult:
    """Run a configuration; equal seeds give equal noise, and none a new one each time.

    `progress` is told the part that is done, 0 to 1, and may raise to stop the run.
    InvalidInput: `seed` is negative.
    """
    if seed is not None and seed < 0:
        raise InvalidInput("seed", "be zero or positive", seed)
    start, random = perf_counter(), np.random.default_rng(seed)
    grid = PublishedGrid(left=config.x_min, right=config.x_max, n=config.nx)
    fields, rules = make_fields(config, grid), make_rules(config, grid)
    dt = first_dt(config, fields)
    shots = Snapshots.of(np.linspace(0.0, config.t_final, config.n_snapshots), fields.psi)
    state = np.zeros(1, dtype=STATE)
    state["dt"], state["norm"], state["saved"] = dt, 1.0, 1
    more, most = True, max(1, POINT_STEPS // grid.n)
    while more:
        more = advance_published(fields, rules, state, random, shots, most)
        if progress is not None:
            progress(min(1.0, float(state["t"][0]) / config.t_final))
    t, r = zone_sums(config, grid, fields.potential, shots.psi[state["saved"][0] - 1])
    return PublishedResult(
        config=config,
        seed=seed,
        x=grid.x,
        potential=frozen(fields.potential),
        T=t,
        R=r,
        **readings(state[0], shots, dt),
        seconds=perf_counter() - start,
    )


def readings(state: Any, shots: Snapshots, dt: float) -> dict[str, Any]:
    """What the loop has kept, by the names of the result."""
    saved, steps = int(state["saved"]), int(state["steps"])
    return {
        "times": frozen(shots.wanted[:saved]),
        "elapsed": frozen(shots.elapsed[:saved]),
        "psi": read_only(shots.psi[:saved]),
        "A": float(state["absorbed"]),
        "steps": steps,
        "dt_first": dt,
        "dt_mean": float(state["t"]) / steps if steps else dt,
        "dt_last": float(state["dt"]),
        "norm_error": float(state["norm_error"]),
        "norm_violations": int(state["violations"]),
    }


def make_packet(config: PublishedConfig, grid: Grid) -> Complex:
    """exp(-(x-x0)^2/(4 sigma^2) + i k0 x), (n,), normalized on the grid."""
    exponent = ((grid.x - config.x0) / config.sigma) ** 2 / 4
    psi = np.exp(exponent.min() - exponent) * np.exp(1j * config.k0 * grid.x)
    return np.asarray(psi / np.sqrt(np.sum(density(psi)) * grid.dx))


def make_mask(config: PublishedConfig, grid: Grid) -> Array:
    """What psi is multiplied with once a step, (n,); 1 everywhere without width or strength."""
    if config.boundary_width == 0 or config.boundary_strength == 0:
        return np.ones(grid.n)
    return PublishedMask(width=config.boundary_width, strength=config.boundary_strength).mask(grid)


def make_fields(config: PublishedConfig, grid: Grid) -> Fields:
    """The packet at the start, and room for the rest."""
    work, half, kinetic = np.empty((3, grid.n), dtype=complex)
    mask = make_mask(config, grid)
    return Fields(
        psi=make_packet(config, grid),
        work=work,
        half=half,
        kinetic=kinetic,
        tail=mask.astype(complex),
        noise=np.zeros(grid.n),
        potential=config.potential(grid.x),
        energy=np.asarray(grid.k**2 / (2 * config.particle_mass)),
        mask=mask,
        loss=np.zeros(grid.n),
        lost=np.zeros(2),
        axes=AXES,
        passes=passes_for(grid.n),
    )


def make_rules(config: PublishedConfig, grid: Grid) -> Rules:
    return Rules(
        adaptive=config.adaptive_dt,
        dt_min=config.dt_min,
        dt_max=config.dt_max,
        t_final=config.t_final,
        dx=grid.dx,
        noise=config.noise_amplitude,
        memory=config.noise_correlation_time,
        dephasing=config.decoherence_rate,
    )


def first_dt(config: PublishedConfig, fields: Fields) -> float:
    """0.5/(k_max^2/(2m) + max |V|), brought between dt_min and dt_max."""
    energy = fields.energy.max() + np.abs(fields.potential).max()
    return float(np.clip(0.5 / (energy + 1e-10), config.dt_min, config.dt_max))


def zone_sums(config: PublishedConfig, grid: Grid, v: Array, psi: Complex) -> tuple[float, float]:
    """T and R: what is between the barrier's last or first cell (V > 0.1 max V) and the mask.

    Where no V is above that, in a well or in free space, the middle of the box stands for it.
    """
    inside = np.flatnonzero(v > EDGE_LEVEL * v.max())
    first, last = (inside[0], inside[-1]) if inside.size else (grid.n // 2, grid.n // 2)
    ends = grid.left + config.boundary_width, grid.right - config.boundary_width
    left, right = np.searchsorted(grid.x, ends)
    cells = density(psi) * grid.dx
    return float(cells[last:right].sum()), float(cells[left:first].sum())
