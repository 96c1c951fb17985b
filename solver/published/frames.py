"""Four instants of a published run, by the recipe behind the paper's table and by the definitions.

The recipe reads fields stored in single precision, takes derivatives by central differences, and
weighs the current with the density once more: what it calls <k> is the integral of |psi|^2 j.
"""

from typing import Any

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from solver.observables import density
from solver.published.cases import EDGE_LEVEL, SNAPSHOTS, T_END
from solver.trajectory import Trajectory

Single = NDArray[np.float32]

FRAMES = "abcd"
"""a: the start; b: the last with its mean before the barrier; c: most inside it; d: the end."""
AHEAD = 1.5


def stored_density(run: Trajectory) -> Single:
    """|psi|^2, (F, n), as the data file holds it."""
    return density(run.psi).astype(np.float32)


def stored_psi(run: Trajectory) -> NDArray[np.complex64]:
    """psi, (F, n), as the data file holds it."""
    return run.psi.astype(np.complex64)


def frame_indices(run: Trajectory) -> tuple[int, int, int, int]:
    """Which snapshots the frames a, b, c, d are."""
    p, x = stored_density(run), run.grid.x.astype(np.float32)
    v = run.experiment.barrier.potential(run.grid)
    inside = np.flatnonzero(v > EDGE_LEVEL * v.max())
    middle = (inside[0] + inside[-1]) // 2
    before = np.flatnonzero((p @ x) / p.sum(axis=1) < x[middle] - AHEAD)
    return 0, int(before[-1]), int(p[:, middle].argmax()), SNAPSHOTS - 1


def frames_by_recipe(run: Trajectory) -> dict[str, float]:
    """The table's quantities with the frame's letter, such as mean_k_a, as they were obtained."""
    psi, p = stored_psi(run), stored_density(run)
    x, v = (
        values.astype(np.float32)
        for values in (run.grid.x, run.experiment.barrier.potential(run.grid))
    )
    rows: dict[str, float] = {}
    for letter, i in zip(FRAMES, frame_indices(run), strict=True):
        row = {"t": i * T_END / (SNAPSHOTS - 1), **row_by_recipe(psi[i], p[i], v, x)}
        rows |= {f"{name}_{letter}": float(value) for name, value in row.items()}
    return rows


def row_by_recipe(psi: NDArray[np.complex64], p: Single, v: Single, x: Single) -> dict[str, Any]:
    dx = x[1] - x[0]
    slope = np.gradient(psi, dx)
    mean = np.sum(x * p) * dx
    kinetic, potential = 0.5 * np.sum(np.abs(slope) ** 2) * dx, np.sum(v * p) * dx
    return {
        "norm": np.sum(p) * dx,
        "mean_x": mean,
        "sigma_x": np.sqrt(np.abs(np.sum(x**2 * p) * dx - mean**2)),
        "mean_k": np.sum(p * (psi.conj() * slope).imag) * dx,
        "kinetic": kinetic,
        "potential": potential,
        "total": kinetic + potential,
        "peak": p.max(),
        "peak_x": x[p.argmax()],
    }


def frames_by_definition(run: Trajectory) -> dict[str, float]:
    """The same from the fields in double precision: spectral <k> and kinetic energy, true times.

    <x>, sigma_x and <k> are those of what is still in the box; energies are not divided by
    its norm.
    """
    grid, steps = run.grid, run.frame_steps
    v = run.experiment.barrier.potential(grid)
    p, spectrum = density(run.psi), density(scipy.fft.fft(run.psi)) / grid.n
    norm, x, spread = run.norm, *run.position
    kinetic = run.experiment.units.kinetic * (spectrum @ grid.k**2) * grid.dx
    potential = p @ v * grid.dx
    rows = {
        "t": steps * run.dt,
        "norm": norm,
        "mean_x": x,
        "sigma_x": spread,
        "mean_k": run.momentum[0] / run.experiment.units.hbar,
        "kinetic": kinetic,
        "potential": potential,
        "total": kinetic + potential,
        "peak": p.max(axis=1),
        "peak_x": grid.x[p.argmax(axis=1)],
    }
    return {
        f"{name}_{letter}": float(values[i])
        for letter, i in zip(FRAMES, frame_indices(run), strict=True)
        for name, values in rows.items()
    }
