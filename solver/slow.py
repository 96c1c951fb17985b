"""The slow waves of a packet: how long a run follows them, and what layers they need.

A wave of wavenumber k arrives after a time of 1/k, and a layer of width w reflects it if k w is
below about 10. What of it matters for the packet's fate is |phi(k)|^2 times the part that may pass.
A wave that is slow enough does not come back from a layer before the run ends.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtr

from solver.grid import Array
from solver.resolution import Quality, Wave
from solver.scattering import stationary

SAMPLES = 512
SLOWEST = 1e-3
"""Waves are told apart from this part of k0 on."""

PARTS = np.geomspace(SLOWEST, 1.0, SAMPLES)
CELLS = np.gradient(PARTS)
"""The wavenumbers that are looked at, in parts of k0, and the cell around each."""

DEPTH = np.array([0.0, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 20.0, 24.0, 30.0])
SENT_BACK = np.array([1.0, 0.8, 0.65, 0.5, 0.3, 0.15, 5e-2, 7e-3, 1e-4, 6e-6, 1e-8])
"""What a cubic layer of width w and strength 84 kinetic k_fast/w sends back or lets through at k w,
for k_fast w about 240; from its transfer matrix."""

WIDEST = 24.0
"""Layers of this width over k need no more: exp(-21) comes through and 6e-6 comes back."""


@dataclass(frozen=True, kw_only=True)
class SlowWaves:
    """The slow part of a packet before its barrier."""

    wave: Wave

    @cached_property
    def k(self) -> Array:
        """Wavenumbers up to k0, evenly in their logarithm, (m,) in 1/nm."""
        return PARTS * self.wave.k0

    @cached_property
    def passing(self) -> Array:
        """The largest T of any wave up to each k, (m,); with more than one wall 1, for resonances.

        Narrow resonances lie between the samples: a wave is taken to pass if a slower one does.
        """
        wave = self.wave
        a, b = wave.barrier.support
        if wave.barrier.thickness < b - a:
            return np.ones(SAMPLES)
        energy = wave.start_level + wave.units.kinetic * self.k**2
        state = stationary(
            wave.barrier, np.maximum(energy, 1e-12), wave.units, wave.packet.direction
        )
        return np.asarray(np.maximum.accumulate(np.where(energy > 0, state.transmission, 0.0)))

    @cached_property
    def shares(self) -> tuple[Array, Array]:
        """Probability (m,) around each k > 0 that may pass, and the same of k and -k together."""
        packet, units = self.wave.packet, self.wave.units
        width = CELLS * self.wave.k0 * self.passing
        forward = packet.momentum_density(self.k, units) * width
        return forward, forward + packet.momentum_density(-self.k, units) * width

    def inbound(self, t: float) -> float:
        """Probability that is before the barrier at t (fs), moves towards it and may pass it."""
        wave = self.wave
        distance = abs(wave.near_edge - wave.start)
        late = ndtr((distance - wave.units.velocity(1.0) * self.k * t) / wave.packet.sigma)
        return float(np.sum(self.shares[0] * late))

    def arrival(self, left: float, early: float) -> float:
        """The time (fs), `early` at the least, when no more than `left` is inbound."""
        late = early
        while self.inbound(late) > left:
            late *= 1.3
        return late

    def plan(
        self, quality: Quality, inner: float, k_max: float, early: float
    ) -> tuple[float, float]:
        """How long (fs) the run may go on, and the layers' width (nm) for it.

        As long as it likes if all slow waves that matter arrive in time: `early` (fs) or later.
        If that takes more than the quality's patience, until slower ones could come back from the
        layers. `inner` (nm) and `k_max` (1/nm) are the grid's.
        """
        half, units = quality.tolerance / 2, self.wave.units
        rate = k_max / np.pi * units.kinetic * k_max**2 / (np.pi * units.hbar)
        t = self.arrival(half, early)
        width = self.layer(t, half)
        if (inner + 2 * width) * t * rate <= quality.patience:
            return math.inf, width
        while t > early and (inner + 2 * width) * t * rate > quality.patience:
            t = max(early, 0.7 * t)
            width = self.layer(t, half)
        return t, width

    def layer(self, t: float, left: float) -> float:
        """Width (nm) of layers that send back no more than `left` of what returns within t (fs)."""
        wave = self.wave
        back = 2 * abs(wave.near_edge - wave.start) / (wave.units.velocity(1.0) * t)
        returning = np.where(self.k > back, self.shares[1], 0.0)
        width = WIDEST / wave.k0
        while np.sum(returning * np.interp(self.k * width, DEPTH, SENT_BACK, right=0.0)) > left:
            width *= 1.1
        return width
