"""The jitted loop of the published program: plain arrays, changed in place, nothing checked."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.grid import Array
from solver.jit import njit
from solver.kernels import advance
from solver.transform.plan import Passes

TOLERANCE = 1e-3
FASTEST, SLOWEST = 5.0 * TOLERANCE, 0.05 * TOLERANCE
"""A change of psi in one step above the first shortens dt, below the second lengthens it."""

SHORTER, LONGER = 0.95, 1.5
EMPTY = 1e-12
"""Below this norm a change is taken to be none."""

TINY = 1e-100
"""Far from a Gaussian barrier a phase's products are subnormal: a multiplication takes 100 times
longer, and a run a third.
"""

VIOLATION = 0.01
"""Deviation of the norm that the program counts."""

STATE = np.dtype(
    [(name, np.int64) for name in ("steps", "saved", "violations")]
    + [(name, np.float64) for name in ("t", "elapsed", "dt", "dt_of_factors")]
    + [(name, np.float64) for name in ("norm", "absorbed", "norm_error")]
)
"""Where the run is: `t` is the program's clock, `elapsed` the time that psi has evolved."""


class Rules(NamedTuple):
    """What stays the same; `memory` is the noise's correlation time, `dephasing` its rate."""

    adaptive: bool
    dt_min: float
    dt_max: float
    t_final: float
    dx: float
    noise: float
    memory: float
    dephasing: float


class Fields(NamedTuple):
    """Arrays (n,): psi, a workspace, the factors of a step, and what they are made of.

    `loss` (n,) and `lost` (2,) are zero: a step of the kernel loses nothing, the mask does.
    """

    psi: NDArray[np.complex128]
    work: NDArray[np.complex128]
    half: NDArray[np.complex128]
    kinetic: NDArray[np.complex128]
    tail: NDArray[np.complex128]
    noise: Array
    potential: Array
    energy: Array
    mask: Array
    loss: Array
    lost: Array
    axes: NDArray[np.int64]
    passes: Passes


class Snapshots(NamedTuple):
    """Requested times (F,), psi (F, n) at the first step at or after each, and its true time."""

    wanted: Array
    psi: NDArray[np.complex128]
    elapsed: Array

    @classmethod
    def of(cls, wanted: Array, psi: NDArray[np.complex128]) -> "Snapshots":
        """With psi as the first, and room for the others."""
        frames = np.empty((wanted.size, psi.size), dtype=np.complex128)
        frames[0] = psi
        return cls(wanted, frames, np.zeros(wanted.size))


@njit(nogil=True, cache=True)
def renew_noise(noise, amplitude, memory, dt, random):
    """xi <- c xi + a sqrt(1 - c^2) N(0, 1) at each point by itself, c = exp(-dt/memory)."""
    kept = math.exp(-dt / memory)
    kick = amplitude * math.sqrt(1 - kept**2)
    for j in range(noise.size):
        noise[j] = kept * noise[j] + kick * random.standard_normal()


@njit(nogil=True, cache=True)
def set_kinetic(f, dt):
    """kinetic = exp(-i k^2/(2m) dt)/n."""
    for j in range(f.kinetic.size):
        f.kinetic[j] = np.exp(-1j * f.energy[j] * dt) / f.kinetic.size


@njit(nogil=True, cache=True)
def set_potential(f, dt):
    """half = exp(-i (V + xi) dt/2), and 1 where the phase is tiny."""
    for j in range(f.half.size):
        phase = 0.5 * (f.potential[j] + f.noise[j]) * dt
        f.half[j] = np.exp(-1j * phase) if abs(phase) > TINY else 1.0


@njit(nogil=True, cache=True)
def dephase(f, rate, dt, random):
    """tail = mask exp(i sqrt(2 rate dt) N(0, 1)), each point with a number of its own."""
    spread = math.sqrt(2 * rate * dt)
    for j in range(f.tail.size):
        f.tail[j] = f.mask[j] * np.exp(1j * spread * random.standard_normal())


@njit(nogil=True, cache=True)
def set_factors(f, rules, s, random):
    """Whatever has changed since the last step, and the random numbers."""
    if rules.noise > 0:
        renew_noise(f.noise, rules.noise, rules.memory, s.dt, random)
    if s.dt != s.dt_of_factors:
        set_kinetic(f, s.dt)
    if rules.noise > 0 or s.dt != s.dt_of_factors:
        set_potential(f, s.dt)
    if rules.dephasing > 0:
        dephase(f, rules.dephasing, s.dt, random)
    s.dt_of_factors = s.dt


@njit(nogil=True, cache=True, fastmath={"reassoc", "contract"})
def finish_step(psi, work, tail):
    """psi = tail work; returns the sums of |psi|^2 and of |psi - what it was|^2."""
    norm = change = 0.0
    for j in range(psi.size):
        re = tail[j].real * work[j].real - tail[j].imag * work[j].imag
        im = tail[j].real * work[j].imag + tail[j].imag * work[j].real
        norm += re**2 + im**2
        change += (re - psi[j].real) ** 2 + (im - psi[j].imag) ** 2
        psi[j] = complex(re, im)
    return norm, change


@njit(nogil=True, cache=True)
def make_step(f):
    """Half V, kinetic, half V, then phases and mask; returns what finish_step does."""
    f.work[:] = f.psi
    factors = (f.half, f.half, f.kinetic, f.loss, f.loss, 0, f.psi.size, f.passes)
    advance(f.work, factors, 1, f.axes, f.lost)
    return finish_step(f.psi, f.work, f.tail)


@njit(nogil=True, cache=True)
def book(s, norm):
    """What the norm has lost counts as absorbed, and is then what the norm is checked against."""
    s.absorbed += s.norm**2 - norm**2
    error = abs(norm - math.sqrt(max(0.0, 1 - s.absorbed)))
    s.norm_error = max(s.norm_error, error)
    if error > VIOLATION:
        s.violations += 1
    s.norm = norm


@njit(nogil=True, cache=True)
def adapt(rules, s, change):
    """The next dt; `change` is ||psi - what it was|| / ||psi||."""
    if change > FASTEST:
        s.dt *= SHORTER
    elif change < SLOWEST:
        s.dt *= LONGER
    s.dt = min(max(s.dt, rules.dt_min), rules.dt_max)
    if s.t + s.dt > rules.t_final:
        s.dt = rules.t_final - s.t


@njit(nogil=True, cache=True)
def keep_snapshot(f, s, shots):
    """At most one in a step: a step past two requested times loses the second."""
    if s.t >= shots.wanted[s.saved]:
        shots.psi[s.saved] = f.psi
        shots.elapsed[s.saved] = s.elapsed
        s.saved += 1


@njit(nogil=True, cache=True)
def advance_published(f, rules, state, random, shots, most):
    """Go on by at most `most` steps; whether the run is to be continued.

    The clock is added up, not counted, and with the dt of the next step: whether the program takes
    12,000 or 12,001 steps hangs on the rounding of that sum.
    """
    s = state[0]
    for _ in range(most):
        if s.t >= rules.t_final or s.saved >= shots.wanted.size:
            return False
        set_factors(f, rules, s, random)
        norm, change = make_step(f)
        norm, change = math.sqrt(norm * rules.dx), math.sqrt(change * rules.dx)
        book(s, norm)
        s.elapsed += s.dt
        if rules.adaptive and s.steps > 0:
            adapt(rules, s, change / norm if norm > EMPTY else 0.0)
        s.t += s.dt
        s.steps += 1
        keep_snapshot(f, s, shots)
    return True
