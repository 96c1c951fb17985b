"""Which experiment is expected to gain most: the mutual information of barrier and count."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import entr, gammaln

from lessons.mystery.passing import parts, passing
from lessons.mystery.posterior import Posterior
from lessons.mystery.trials import SHOTS, Design
from solver.grid import Array
from solver.ranges import ENERGY, SIGMA

NODES = 400
"""Stretches of arcsin(sqrt T) in which counts differ by less than a quarter of their spread."""

ANGLES = np.linspace(0.0, np.pi / 2, NODES + 1)

ENERGIES = tuple(float(f"{energy:.2g}") for energy in np.geomspace(ENERGY.low, ENERGY.high, 24))
SIGMAS = (SIGMA.low, SIGMA.default, SIGMA.high)


@dataclass(frozen=True)
class Hint:
    """An experiment, and the bits that it is expected to gain."""

    design: Design
    bits: float


def candidates(shots: int) -> list[Design]:
    """The experiments among which a hint chooses."""
    return [
        Design(energy=energy, sigma=sigma, shots=shots) for sigma in SIGMAS for energy in ENERGIES
    ]


@lru_cache(maxsize=8)
def counts(shots: int) -> tuple[Array, Array]:
    """P(count | T) at the nodes, (counts, nodes), and its entropy in bits, (nodes,)."""
    count, t = np.arange(shots + 1.0)[:, None], np.sin(ANGLES) ** 2
    safe = np.clip(t, 1e-300, 1 - 1e-16)
    ways = gammaln(shots + 1) - gammaln(count + 1) - gammaln(shots - count + 1)
    p = np.exp(ways + count * np.log(safe) + (shots - count) * np.log1p(-safe))
    p[:, 0], p[:, -1] = count[:, 0] == 0, count[:, 0] == shots
    return p, entr(p).sum(axis=0) / np.log(2)


def expected_bits(before: Posterior, design: Design) -> float:
    """What an experiment is expected to gain, bits."""
    return information(before, passing(design.energy, design.sigma), design.shots)


def information(before: Posterior, part: Array, shots: int) -> float:
    """I(barrier; count) = H(count) - H(count | barrier), bits, never below 0; part (all,) is T.

    The sum goes over every count; T is laid on nodes of arcsin(sqrt T), where all counts spread
    alike, its two neighbors taking a share each.
    """
    p, noise = counts(shots)
    place = np.arcsin(np.sqrt(part)) / ANGLES[1]
    low = np.minimum(place.astype(int), NODES - 1)
    beyond = place - low
    weights = np.bincount(low, before.p * (1 - beyond), NODES + 1)
    weights += np.bincount(low + 1, before.p * beyond, NODES + 1)
    whole = float(entr(p @ weights).sum() / np.log(2))
    return max(0.0, whole - float(noise @ weights))


@lru_cache(maxsize=1)
def candidate_parts() -> Array:
    """What each of the candidates lets through, (candidates, all)."""
    return parts([(one.energy, one.sigma) for one in candidates(SHOTS[0])])


def hint(before: Posterior, shots: int) -> Hint:
    """The experiment of so many shots that is expected to gain most."""
    pairs = zip(candidates(shots), candidate_parts(), strict=True)
    found = [Hint(design, information(before, part, shots)) for design, part in pairs]
    return max(found, key=lambda one: one.bits)
