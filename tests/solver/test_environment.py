"""Noise with a correlation time and length: Kubo's phases, the heating law, and no trace of dx."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from solver import (
    ELECTRON,
    Dephasing,
    Ensemble,
    Experiment,
    GaussianPacket,
    Grid,
    InvalidInput,
    NoBarrier,
    OrnsteinUhlenbeckNoise,
    RectangularBarrier,
    Result,
)
from solver.environment import Environment
from solver.kernels import AXES, kick
from solver.members import Members

SIGMAS = 4.5
"""Averages of a seeded ensemble lie within so many standard errors of theory."""

BOX = Grid(left=-20.0, right=20.0, n=256)
DEPHASING = Dephasing(t2=8.0, length=2.0)
NOISES = [
    DEPHASING,
    OrnsteinUhlenbeckNoise(amplitude=0.25, time=0.3, length=2.0),
    OrnsteinUhlenbeckNoise(amplitude=0.06, time=20.0, length=2.0),
]


def phases(environment: Environment, kicks: int, pause: float, count: int) -> np.ndarray:
    """psi (count, n) after the kicks, of states that were 1 and do not move."""
    weights = environment.weights(BOX)
    gather = environment.gather(pause, ELECTRON)
    found = np.ones((count, BOX.n), dtype=complex)
    for index, psi in enumerate(found):
        rng = np.random.default_rng([5, index])
        modes = rng.standard_normal((2 * weights.size - 1, 2)) @ np.array([1, 1j])
        for _ in range(kicks):
            kick(psi, modes, weights, gather, np.empty_like(psi), AXES, rng)
    return found


@pytest.mark.parametrize("environment", NOISES, ids=lambda noise: f"{noise.name}")
@pytest.mark.parametrize(("kicks", "pause"), [(4, 2.0), (32, 0.25)])
def test_coherence_falls_as_kubo_says_however_often_kicked(
    environment: Environment, kicks: int, pause: float
) -> None:
    found = phases(environment, kicks, pause, 1500)
    variance = environment.phase_variance(kicks * pause, ELECTRON)
    assert 0.3 < variance < 3
    for cells in (3, 13, 60):
        pairs = (found * np.roll(found, cells, axis=1).conj()).real.mean(axis=1)
        distance = cells * BOX.dx
        expected = math.exp(-variance * -math.expm1(-(distance**2) / (2 * environment.length**2)))
        assert abs(pairs.mean() - expected) < SIGMAS * pairs.std() / math.sqrt(len(pairs))


def test_far_coherence_falls_with_t2() -> None:
    assert DEPHASING.phase_variance(8.0, ELECTRON) == 1.0
    noise = OrnsteinUhlenbeckNoise(amplitude=0.1, time=0.001, length=1.0)
    limit = noise.t2(ELECTRON)
    assert noise.phase_variance(limit, ELECTRON) == pytest.approx(1.0, rel=1e-4)


def free(n: int = 512, dt: float = 0.02) -> Experiment:
    return Experiment(
        barrier=NoBarrier(),
        packet=GaussianPacket(energy=1.0, sigma=1.0, center=-10.0),
        grid=Grid(left=-45.0, right=55.0, n=n),
        dt=dt,
        t_end=16.0,
    )


@pytest.mark.parametrize("length", [0.6, 1.2])
def test_dephasing_heats_at_the_exact_rate(length: float) -> None:
    environment = Dephasing(t2=20.0, length=length)
    run = Ensemble(experiment=free(), environment=environment, members=250, seed=3).run()
    gained = run.energy - run.energy[0]
    expected = environment.heating(ELECTRON) * run.times
    assert np.all(np.abs(gained - expected)[1:] < SIGMAS * run.energy_error[1:])
    assert run.energy_error[-1] < expected[-1] / 2


def test_energy_does_not_depend_on_dx() -> None:
    environment = Dephasing(t2=20.0, length=0.6)
    coarse, fine = (
        Ensemble(experiment=free(n), environment=environment, members=6, seed=3).run()
        for n in (512, 1536)
    )
    gained = abs(coarse.energy[-1] - coarse.energy[0])
    assert gained > 1e-2
    assert coarse.energy == pytest.approx(fine.energy, abs=2e-3 * gained)


PRESET = Experiment(
    barrier=RectangularBarrier(height=1.5, width=0.3),
    packet=GaussianPacket(energy=1.0, sigma=1.4),
)


def test_without_noise_the_average_is_the_coherent_run() -> None:
    still = Ensemble(experiment=PRESET, environment=Dephasing(t2=1e12, length=1.0), members=2).run()
    assert still.density == pytest.approx(still.coherent.density, abs=1e-5)
    assert still.fate.transmitted == pytest.approx(PRESET.run().fate.transmitted, abs=1e-6)
    assert still.fate.separated


def test_probabilities_add_to_one_and_errors_shrink_with_members() -> None:
    environment = Dephasing(t2=20.0, length=1.0)
    few, many = (
        Ensemble(experiment=PRESET, environment=environment, members=count, seed=1).run()
        for count in (16, 144)
    )
    assert many.regions.sum(axis=1) == pytest.approx(1.0, abs=1e-10)
    assert many.fate_error.transmitted == pytest.approx(few.fate_error.transmitted / 3, rel=0.5)
    apart = abs(many.fate.transmitted - few.fate.transmitted)
    assert 0 < apart < SIGMAS * few.fate_error.transmitted


def test_a_seed_fixes_every_member() -> None:
    ensemble = Ensemble(experiment=PRESET, environment=DEPHASING, members=3, seed=7)
    again, coherent = replace(ensemble), ensemble.refined.run()
    same, second = Members(ensemble, coherent), Members(again, coherent)
    assert np.array_equal(same.member(2)[0], second.member(2)[0])
    assert not np.array_equal(same.member(1)[0], second.member(2)[0])
    other = Members(replace(ensemble, seed=8), coherent)
    assert not np.array_equal(same.member(2)[0], other.member(2)[0])
    told: list[float] = []
    assert np.array_equal(ensemble.run(told.append).density, again.run().density)
    assert told == pytest.approx([1 / 3, 2 / 3, 1])


def test_noise_finer_than_the_grid_makes_the_grid_finer() -> None:
    fine = Ensemble(experiment=PRESET, environment=Dephasing(t2=20.0, length=0.1), members=2)
    assert fine.refined.used_grid.k_max >= fine.environment.finest > PRESET.used_grid.k_max
    assert fine.refined.used_window == pytest.approx(PRESET.used_window)
    strong = Ensemble(experiment=PRESET, environment=Dephasing(t2=0.5, length=0.5), members=24)
    kicks = strong.environment.kick_spread(PRESET.used_t_end, ELECTRON)
    assert strong.refined.used_grid.k_max > PRESET.wave.k0 + 3.5 * kicks
    assert not strong.run().fate.separated, "it is still kicked to and fro"
    assert Ensemble(experiment=PRESET, environment=DEPHASING).refined is PRESET


def test_another_array_is_averaged_too() -> None:
    ensemble = Ensemble(experiment=PRESET, environment=DEPHASING, members=3, seed=7)
    run = ensemble.run(also=lambda psi: np.abs(psi[-1]) ** 2)
    assert run.extra.mean(0) == pytest.approx(run.density[-1], rel=1e-12)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Dephasing(t2=-1.0, length=1.0), "Dephasing.t2 must be positive, got -1 fs"),
        (lambda: Dephasing(t2=1.0, length=0.0), "Dephasing.length must be positive, got 0 nm"),
        (
            lambda: OrnsteinUhlenbeckNoise(amplitude=0.1, time=math.inf, length=1.0),
            "OrnsteinUhlenbeckNoise.time must be a finite number, got inf fs",
        ),
        (
            lambda: Ensemble(experiment=free(n=128), environment=Dephasing(t2=9.0, length=0.5)),
            "Experiment.grid must carry wavenumbers up to 16 1/nm of Dephasing, got 4.02",
        ),
        (
            lambda: Ensemble(experiment=PRESET, environment=Dephasing(t2=1e-3, length=0.01)),
            "must cost at most",
        ),
        (
            lambda: Ensemble(experiment=PRESET, environment=DEPHASING, members=90_000),
            "Ensemble must cost at most 1e[+]10 point-steps",
        ),
        (
            lambda: Ensemble(experiment=PRESET, environment=DEPHASING, members=1),
            "Ensemble.members must be a whole number from 2 to 100000, got 1",
        ),
        (
            lambda: Ensemble(experiment=PRESET, environment=DEPHASING, seed=-1),
            "Ensemble.seed must be a whole number from 0",
        ),
    ],
)
def test_bad_input_is_told(make: Callable[[], object], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        make()


@pytest.mark.parametrize("noisy", [False, True])
def test_any_result_tells_its_density_on_its_grid_and_between(noisy: bool) -> None:
    """A grid twice as fine holds the same sum; of an average, to what is cut below zero."""
    alone = replace(PRESET, quality="draft")
    source = Ensemble(experiment=alone, environment=DEPHASING, members=4) if noisy else alone
    run: Result = source.run()
    grid = run.grid
    np.testing.assert_allclose(run.density_on(grid.left, grid.dx, grid.n), run.density, atol=1e-9)
    dense = run.density_on(grid.left, grid.dx / 2, 2 * grid.n)
    assert dense.min() >= 0
    np.testing.assert_allclose(
        dense.sum(axis=1) / 2, run.density.sum(axis=1), rtol=1e-3 if noisy else 1e-9
    )
