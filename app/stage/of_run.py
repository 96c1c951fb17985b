"""What cards draw of the waves themselves, on the run's own grid: spectra of k, and currents.

The film's points are for the eye: of fast waves they hold too little to tell wavenumbers or slopes.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from app.stage.wire import MOST, bundle, of_space
from solver.grid import Array
from solver.interpolation import interpolate
from solver.observables import kinetic_energy
from solver.phase_space import picture_least, picture_levels
from solver.trajectory import Result, Trajectory

FAINT = 2e-4
"""Of the largest |phi(k)|^2: a k at which there is never more is left out."""

AT_ONCE = 2**20
"""Numbers that are transformed together."""

POINTS = 512
"""Places across the window at which a current is told."""


def momentum(run: Trajectory) -> bytes:
    """|phi(k)|^2 at the k where there is something, ⟨T⟩ and ⟨V⟩, and how much is still in the box.

    `k` (m,) in 1/nm, cells of `dk` around each; `density` (F, m) in nm; `kinetic`, `potential` (F,)
    in eV per probability `left` (F,). k are as close as tells all of |phi|^2: pi over the box.
    """
    k, density = momentum_density(run)
    kinetic = kinetic_energy(run.psi, run.grid, run.experiment.units)
    arrays = {
        "kinetic": kinetic.astype(np.float32),
        "potential": (run.energy - kinetic).astype(np.float32),
        "left": run.norm.astype(np.float32),
    }
    return packed(
        "density", density, {"k": k.astype(np.float32), **arrays}, dk=math.pi / run.grid.length
    )


def momentum_density(run: Trajectory) -> tuple[Array, Array]:
    """The k (m,) in 1/nm at which |phi(k)|^2 is ever seen, rising, and there (F, m) in nm."""
    n, dx = run.grid.n, run.grid.dx
    density = np.empty((len(run.psi), 2 * n), np.float32)
    count = max(1, AT_ONCE // n)
    for first in range(0, len(run.psi), count):
        some = slice(first, first + count)
        phi = scipy.fft.fft(run.psi[some], 2 * n)
        density[some] = (phi.real**2 + phi.imag**2) * (dx**2 / (2 * np.pi))
    most = density.max(axis=0)
    seen = most > FAINT * most.max()
    seen |= np.roll(seen, 1) | np.roll(seen, -1)
    k = 2 * np.pi * scipy.fft.fftfreq(2 * n, dx)
    shown = np.flatnonzero(seen)[np.argsort(k[seen])]
    return k[shown], density[:, shown]


def current(run: Trajectory) -> bytes:
    """j (F, m) in 1/fs at `x` (m,) in nm, the window, and `through` (F, 2) the barrier's ends."""
    experiment = run.experiment
    (left, right), (a, b) = experiment.used_window, experiment.barrier.support
    h = (right - left) / (POINTS - 1)
    x = left + h * np.arange(POINTS)
    through = current_at(run, a, max(b - a, run.grid.dx), 2)
    if a == b:
        through[:, 1] = through[:, 0]
    about = {"x": x.astype(np.float32), "through": through.astype(np.float32)}
    return packed("current", current_at(run, left, h, POINTS), about)


def current_at(run: Trajectory, left: float, h: float, count: int) -> Array:
    """j = (hbar/m) Im(psi* dpsi/dx) at the places left + h j (nm), (F, count) in 1/fs."""
    grid, units = run.grid, run.experiment.units
    slope = scipy.fft.ifft(1j * grid.k * scipy.fft.fft(run.psi))
    psi, there = (interpolate(wave, grid, left, h, count) for wave in (run.psi, slope))
    return np.asarray(units.hbar / units.mass * (psi.conj() * there).imag)


def space(run: Trajectory) -> bytes:
    """W as a film has it: `wigner` (F, nk, cells), `density_k` (F, nk), `negativity` (F,)."""
    least = picture_least(run.experiment.wave)
    shown = picture_levels(run.psi, run.grid, run.experiment.used_window, least)
    arrays, scale = of_space(shown)
    return bundle({"kind": "space", "wigner_scale": shown.scale}, arrays, {"density_k": scale})


def packed(name: str, values: Array, about: Mapping[str, NDArray[Any]], **meta: Any) -> bytes:
    """A block with these values in steps of the largest, 1/MOST."""
    scale = float(np.abs(values).max()) / MOST or 1.0
    arrays = {name: np.rint(values / scale).astype(np.int16), **about}
    return bundle({"kind": name, **meta}, arrays, {name: scale})


OF_RUN: dict[str, Callable[[Trajectory], bytes]] = {"momentum": momentum, "current": current}
"""How the block of a card is made of a run, by the card's name."""

OF_FRAME = OF_RUN | {"phase space": space}
"""The same of a run of one frame, while a control moves; a film brings the card's W itself."""


def of_run(name: str, run: Result) -> bytes:
    """The block of a card; of an average, which has no one wave, it is empty."""
    return OF_RUN[name](run) if isinstance(run, Trajectory) else bundle({"kind": "average"}, {})
