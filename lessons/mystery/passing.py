"""The transmitted part of any packet at all barriers that may be hidden, at once.

T(k) of each barrier is averaged once over `BINS` equal stretches of k by the solver's stationary
states; a packet's part is then one sum over these, weighed with its share of each stretch. It is
within 0.001 of `solver.packet_average` (tests/lessons/mystery).
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from lessons.mystery.hidden import ALL, GAP, Hidden
from solver.barriers import RectangularBarrier
from solver.grid import Array
from solver.packet import GaussianPacket
from solver.ranges import ENERGY, SIGMA
from solver.scattering import stationary, transmission_coefficient
from solver.units import ELECTRON

Single = NDArray[np.float32]

BINS = 992
EDGES = np.linspace(0.0, ELECTRON.wavenumber(ENERGY.high) + 8 / (2 * SIGMA.low), BINS + 1)
"""Wavenumbers, 1/nm, of all packets that can be chosen."""

LEAST = 1e-6
"""1/nm, in place of k = 0, where there is no wave."""

POINTS = 64
"""Energies at which a curve of T against E is worked out, evenly spread in k."""

ENERGIES = np.linspace(ENERGY.low**0.5, ENERGY.high**0.5, POINTS) ** 2


def means(hidden: Hidden) -> Array:
    """Mean of T(k) over each stretch of k, (BINS,)."""
    if hidden.shape == "Double":
        return means_of_double(hidden)
    k = np.maximum(np.linspace(EDGES[0], EDGES[-1], 2 * BINS + 1), LEAST)
    t = transmission_coefficient(hidden.barrier, ELECTRON.kinetic * k**2)
    return np.asarray((t[:-2:2] + 4 * t[1::2] + t[2::2]) / 6)


def means_of_double(hidden: Hidden) -> Array:
    """The same of two equal walls a distance d apart, which has peaks of any narrowness.

    1/T = 1 + a sin^2(chi), a = 4 R/T^2 of one wall and chi = k d + the phase of its r: over a
    stretch chi is straight and a constant, and the mean has a closed form.
    """
    wall = RectangularBarrier(height=hidden.height, width=hidden.width)
    k = np.maximum(np.linspace(EDGES[0], EDGES[-1], 2 * BINS + 1), LEAST)
    state = stationary(wall, ELECTRON.kinetic * k**2)
    chi = np.angle(state.r[::2]) + k[::2] * (GAP + hidden.width)
    turn = np.angle(np.exp(1j * np.diff(chi)))
    opaque = np.sqrt(1 + 4 * state.reflection / np.maximum(state.transmission, 1e-150) ** 2)[1::2]
    begin = chi[:-1]
    turn = np.where(np.abs(turn) < 1e-9, 1e-9, turn)
    return np.asarray((swept(begin + turn, opaque) - swept(begin, opaque)) / turn)


def swept(chi: Array, s: Array) -> Array:
    """Integral of 1/(1 + (s^2 - 1) sin^2 chi) from 0."""
    turns = np.round(chi / math.pi)
    return np.asarray((np.arctan(s * np.tan(chi - math.pi * turns)) + math.pi * turns) / s)


class MeansTable:
    """The means of all barriers, (BINS, all), 11 MB; a few seconds of one processor, once.

    They are added barrier by barrier: who works at it behind visitors can stand still at any time,
    and a visitor who asks works out what is left.
    """

    def __init__(self, barriers: Sequence[Hidden]) -> None:
        self.barriers, self.count = barriers, 0
        self.found = np.empty((BINS, len(barriers)), np.float32)
        self._lock = Lock()

    def go_on(self) -> bool:
        """Add the next barrier; whether there was one left."""
        with self._lock:
            if self.count == len(self.barriers):
                return False
            self.found[:, self.count] = means(self.barriers[self.count])
            self.count += 1
            self.found.flags.writeable = self.count < len(self.barriers)
            return True

    def whole(self) -> Single:
        """All of them."""
        while self.go_on():
            pass
        return self.found


MEANS = MeansTable(ALL)


def shares(energy: float, sigma: float) -> Array:
    """Part of |phi(k)|^2 of a packet in each stretch of k > 0, (BINS,)."""
    packet = GaussianPacket(energy=energy, sigma=sigma)
    below = ndtr((EDGES - packet.wavenumber(ELECTRON)) / packet.sigma_k)
    return np.asarray(np.diff(below))


def parts(packets: Sequence[tuple[float, float]]) -> Single:
    """Transmitted part of packets of an energy (eV) and a sigma (nm) at each barrier, (n, all).

    From which side they come does not matter: no barrier has another level behind it.
    """
    weights = np.stack([shares(*packet) for packet in packets]).astype(np.float32)
    found = np.clip(weights @ MEANS.whole(), 0.0, 1.0)
    found.flags.writeable = False
    return found


@lru_cache(maxsize=256)
def passing(energy: float, sigma: float) -> Array:
    """The same of one packet, (all,)."""
    part = parts([(energy, sigma)])[0].astype(float)
    part.flags.writeable = False
    return part


@lru_cache(maxsize=8)
def curves(sigma: float) -> Single:
    """The same at all `ENERGIES`, (POINTS, all)."""
    return parts([(float(energy), sigma) for energy in ENERGIES])


@lru_cache(maxsize=8)
def order(sigma: float) -> NDArray[np.intp]:
    """The barriers from the one that lets least through, at each of `ENERGIES`, (POINTS, all)."""
    return np.argsort(curves(sigma), axis=1)
