"""How fine, how large and how long a run must be: derived from the physics, never typed in."""

import math
from dataclasses import dataclass
from functools import cached_property

from scipy.fft import next_fast_len
from scipy.special import ndtr, ndtri

from solver.absorber import AbsorbingLayer
from solver.errors import InvalidInput, Rule, require_choice
from solver.grid import MOST, Grid
from solver.packet import GaussianPacket
from solver.potential import Barrier, SmoothBarrier
from solver.units import Units

LEAD = 6.0
"""A packet starts this many sigma before the barrier's edge ..."""
FEW, FARTHER = 1e-5, 3.0
"""Above a drop the start is farther, up to 3 times, to have only so much below the own level."""
BEHIND = 5.5
"""... with this many sigma of the window behind it."""
STIFF = 1.5
"""k_max over the decay constant of any barrier, so that no phase V dt/hbar passes pi/2."""
NEIGHBORS = 10.0
"""Walls fewer decay lengths apart are resolved to the barrier's `detail`: their edges can all be in
step at k_max, where a grid turns waves round that it should not: 16 times as much as one edge."""
TURNED = 1.5
"""By so many times a quality's error a wave may be turned by what steps do on slopes."""
AHEAD = 7.0
"""The window goes on this many sigma beyond the barrier."""


@dataclass(frozen=True, kw_only=True)
class Quality:
    """What a named quality promises (`error` of the transmitted probability) and how it gets there.

    `points`: k_max over the largest local wavenumber at a hard edge; `decay`: k_max over the
    decay constant within a barrier that lets something through; `bell`, `bandwidth`: k_max of a
    smooth barrier is bell * k + bandwidth / decay length; `tolerance`: probability that may be
    unsettled when the run ends; `patience`: point-steps after which what remains is told instead.
    """

    name: str
    error: float
    points: float
    decay: float
    bell: float
    bandwidth: float
    tolerance: float
    patience: float


QUALITIES = {
    quality.name: quality
    for quality in (
        Quality(
            name="draft",
            error=3e-3,
            points=4.0,
            decay=4.4,
            bell=1.5,
            bandwidth=2.0,
            tolerance=1e-3,
            patience=3e7,
        ),
        Quality(
            name="standard",
            error=1e-3,
            points=5.6,
            decay=6.2,
            bell=1.8,
            bandwidth=2.5,
            tolerance=3e-4,
            patience=1e8,
        ),
        Quality(
            name="fine",
            error=1e-4,
            points=9.0,
            decay=10.0,
            bell=2.5,
            bandwidth=4.0,
            tolerance=3e-5,
            patience=6e8,
        ),
    )
}


def quality_named(name: str) -> Quality:
    require_choice("Experiment.quality", name, tuple(QUALITIES))
    return QUALITIES[name]


@dataclass(frozen=True, kw_only=True)
class Wave:
    """The packet before this barrier: wavenumbers (1/nm) from slow to fast, and where it starts."""

    barrier: Barrier
    packet: GaussianPacket
    units: Units

    @cached_property
    def k0(self) -> float:
        return self.packet.wavenumber(self.units)

    @property
    def fastest(self) -> float:
        return self.k0 + 4 * self.packet.sigma_k

    @property
    def slowest(self) -> float:
        return max(self.k0 - 2.5 * self.packet.sigma_k, 0.5 * self.k0)

    @property
    def start_level(self) -> float:
        """V where the packet starts, eV."""
        return 0.0 if self.packet.direction > 0 else self.barrier.right_level

    @property
    def far_level(self) -> float:
        """V on the far side, eV."""
        return self.barrier.right_level if self.packet.direction > 0 else 0.0

    @property
    def rise(self) -> float:
        """How much higher V is on the far side, eV; negative for a drop."""
        return self.far_level - self.start_level

    @property
    def largest(self) -> float:
        """The largest local wavenumber, in the deepest part of V."""
        deep = self.start_level - self.barrier.extremes[0]
        return math.sqrt(self.fastest**2 + deep / self.units.kinetic)

    @property
    def decay(self) -> float:
        """sqrt(|V|/kinetic) of the barrier: the decay constant of a slow wave in it."""
        low, high = self.barrier.extremes
        return math.sqrt(max(high, -low) / self.units.kinetic)

    @cached_property
    def near_edge(self) -> float:
        return self.barrier.support[0 if self.packet.direction > 0 else 1]

    @cached_property
    def start(self) -> float:
        """The packet's center at t = 0, nm."""
        if self.packet.center is not None:
            return self.packet.center
        return self.near_edge - self.packet.direction * self.lead

    @property
    def lead(self) -> float:
        """Distance (nm) from the start to the barrier: more for a slow packet above a drop."""
        near = LEAD * self.packet.sigma
        return near * min(max(1.0, math.sqrt(self.below(near) / FEW)), FARTHER)

    def below(self, distance: float) -> float:
        """Probability that lies below the level of its own side, starting so far (nm) from a drop.

        The waves of the lower side reach into the higher one as exp(-q x), and hold
        (2/pi) sqrt(8 pi) sigma exp(-2 sigma^2 k0^2) / (4 k' distance^2) of the packet,
        hbar^2 k'^2/2m the height of the drop. No theory of waves that come in tells their fate.
        """
        if self.rise >= 0:
            return 0.0
        sigma, distance = self.packet.sigma, max(distance, self.packet.sigma)
        near = math.sqrt(8 * math.pi) * sigma * math.exp(-min(2 * (sigma * self.k0) ** 2, 700.0))
        return near / (2 * math.pi * math.sqrt(-self.rise / self.units.kinetic) * distance**2)

    def inbound(self, t: float) -> float:
        """Probability still moving towards the barrier at t, from the free packet's closed form."""
        sigma = self.packet.sigma
        spread = math.hypot(sigma, self.units.hbar * t / (2 * self.units.mass * sigma))
        distance = abs(self.near_edge - self.start) - self.units.velocity(self.k0) * t
        away = ndtr(-self.k0 / self.packet.sigma_k)
        return max(0.0, float(ndtr(distance / spread) - away))

    def arrival(self, left: float) -> float:
        """The time (fs) at which only `left` of the probability is still inbound.

        From `inbound`, with z the quantile that belongs to `left`, D the distance, v the velocity
        and c = hbar / (2 m sigma): D - v t = z sqrt(sigma^2 + c^2 t^2), a quadratic equation.
        """
        sigma, v = self.packet.sigma, self.units.velocity(self.k0)
        z = float(ndtri(left + ndtr(-self.k0 / self.packet.sigma_k)))
        c = self.units.hbar / (2 * self.units.mass * sigma)
        distance = abs(self.near_edge - self.start)
        if distance <= z * sigma:
            return 0.0
        root = math.sqrt((distance * c) ** 2 + (sigma * v) ** 2 - (z * c * sigma) ** 2)
        if z > 0:
            return (distance**2 - (z * sigma) ** 2) / (distance * v + z * root)
        return (distance * v - z * root) / (v**2 - (z * c) ** 2)


def require_before(thing: str, wave: Wave) -> None:
    """InvalidInput for a packet whose center is not on its own side of the barrier."""
    if (wave.near_edge - wave.start) * wave.packet.direction < 0:
        unit = wave.units.length
        at = {"edge": wave.near_edge, "unit": unit}
        if wave.packet.direction > 0:
            rule = Rule("lie left of the barrier, which begins at {edge:.4g} {unit}", **at)
        else:
            rule = Rule("lie right of the barrier, which begins at {edge:.4g} {unit}", **at)
        raise InvalidInput(thing, rule, wave.start, unit)


def needed_k_max(wave: Wave, quality: Quality) -> float:
    """k_max (1/nm) that reaches the quality's error."""
    barrier = wave.barrier
    if isinstance(barrier, SmoothBarrier):
        return max(
            quality.bell * max(wave.largest, wave.decay) + quality.bandwidth / barrier.decay,
            1.3 * wave.largest,
        )
    needed = quality.points * wave.largest, quality.decay * translucent(wave), STIFF * wave.decay
    near = wave.decay * barrier.clearance < NEIGHBORS
    return (barrier.detail if near else 1.0) * max(needed)


def translucent(wave: Wave) -> float:
    """The decay constant of what passes; an opaque barrier needs no resolved decay."""
    return wave.decay / max(1.0, wave.decay * wave.barrier.thickness / 6.0)


def window(wave: Wave) -> tuple[float, float]:
    """[left, right] in nm: what the figures show, between the layers."""
    sigma, toward = wave.packet.sigma, wave.packet.direction
    back = wave.start - toward * BEHIND * sigma
    far = wave.barrier.support[1 if toward > 0 else 0]
    front = max(far * toward, wave.start * toward) + max(AHEAD * sigma, 3.0 / wave.k0)
    return (back, front) if toward > 0 else (-front, back)


def absorbing_layer(wave: Wave, least: float = 0.0) -> AbsorbingLayer:
    """Wide enough for the slow waves, and at `least` (nm); strong enough for the fast ones."""
    beyond = max(wave.slowest**2 - wave.rise / wave.units.kinetic, (0.12 * wave.slowest) ** 2)
    slow = min(wave.slowest, math.sqrt(beyond))
    width = max(24.0 / slow, least)
    fast = math.sqrt(wave.fastest**2 + max(-wave.rise, 0.0) / wave.units.kinetic)
    return AbsorbingLayer(width=width, strength=84.0 * wave.units.kinetic * fast / width)


def make_grid(inner: tuple[float, float], layer: AbsorbingLayer, k_max: float) -> Grid:
    """The box around window and layers; n is a multiple of 4, of which transforms are fast."""
    left, right = inner[0] - layer.width, inner[1] + layer.width
    wanted = (right - left) * k_max / math.pi
    if not wanted <= MOST:
        raise InvalidInput(
            "Experiment", Rule("need at most {most:,} grid points", most=MOST), wanted
        )
    n = 4 * next_fast_len(max(16, math.ceil(wanted / 4)))
    return Grid(left=left, right=right, n=n)


def time_step(wave: Wave, grid: Grid, quality: Quality) -> float:
    """dt (fs) at which the fastest wave of the grid turns by pi, and no slope is too steep for it.

    A step of dt errs as if V were another by up to dt^2 V'^2 / (8 m), of which [T, [T, V]] makes
    dt^2 V'^2 / (6 m) and [V, [V, T]] takes a quarter of that: an area, which turns a wave of the
    velocity v by dt^2 / (8 m hbar v) times the integral of V'^2.
    """
    turn = math.pi * wave.units.hbar / (wave.units.kinetic * grid.k_max**2)
    steepness = wave.barrier.steepness
    if steepness == 0:
        return turn
    area = TURNED * quality.error * wave.units.hbar * wave.units.velocity(wave.k0)
    return min(turn, math.sqrt(8 * wave.units.mass * area / steepness))
