"""Arrivals read off runs against exact theory, and the free packet against its own run."""

from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr

from solver import Controls, InvalidInput, Trajectory
from solver.grid import Array
from solver.potential import Barrier
from solver.resonances.peaks import find_peaks
from solver.scattering import stationary
from solver.times.arrival import FreePacket, arrival, rates
from solver.times.average import packet_times
from solver.times.delays import stationary_times

WALLS = (
    {"height": 1.5, "width": 0.3, "energy": 1, "sigma": 1.4},
    {"height": 10, "width": 0.3, "energy": 1, "sigma": 3},
    {"height": 3, "width": 1, "energy": 1, "sigma": 3},
    {"shape": "Gaussian", "height": 6, "width": 0.4, "energy": 5, "sigma": 1},
    {"shape": "Falling", "height": 3, "width": 0.6, "field": 4, "energy": 1, "sigma": 1.4},
    {"shape": "Triangular", "height": 4, "width": 0.5, "energy": 2, "direction": "Right to left"},
    {"height": -5, "width": 1, "energy": 1, "sigma": 1.4},
)
READ = 0.02
"""fs by which a run of standard quality and theory differ at most, where 1e-6 gets through."""

walls = pytest.mark.parametrize("values", WALLS, ids=str)


def run_of(values: dict[str, Any]) -> tuple[Trajectory, Array]:
    """The run, and the probability beyond the barrier at its frames."""
    return run_with(Controls(**values))


@lru_cache(maxsize=8)
def run_with(controls: Controls) -> tuple[Trajectory, Array]:
    run = controls.experiment().run()
    return run, run.regions[:, 2 if run.experiment.packet.direction > 0 else 0]


def exact_rates(run: Trajectory, times: Array) -> Array:
    """What arrives at the far end in a fs by theory: j of the sum of all stationary states."""
    experiment, units = run.experiment, run.experiment.units
    packet, s = experiment.packet, run.experiment.packet.direction
    far = experiment.barrier.support[1 if s > 0 else 0]
    k0 = packet.wavenumber(units)
    k = np.linspace(max(k0 - 7 * packet.sigma_k, 0.02), k0 + 7 * packet.sigma_k, 3000)
    energy = experiment.wave.start_level + units.kinetic * k**2
    far_level = experiment.wave.far_level
    q = np.sqrt((energy - far_level + 0j) / units.kinetic)  # imaginary where it decays
    t = stationary(experiment.barrier, energy, units, s).t
    phi = np.sqrt(packet.momentum_density(k, units))
    waves = phi * t * np.exp(1j * s * (q.real * far - k * experiment.center))
    turned = np.exp(-1j * np.outer(times, energy) / units.hbar) * (k[1] - k[0])
    psi, slope = turned @ waves, turned @ (1j * s * q * waves)
    j = units.hbar / units.mass * (psi.conj() * slope).imag / (2 * np.pi)
    return np.asarray(s * j)


@walls
def test_what_arrives_is_what_theory_says(values: dict[str, Any]) -> None:
    run, beyond = run_of(values)
    found = arrival(run.times, beyond)
    most = int(rates(run.times, beyond).argmax())
    near = np.linspace(run.times[most - 2], run.times[most + 2], 161)
    exact = exact_rates(run, near)
    assert found.peak == pytest.approx(float(near[exact.argmax()]), abs=READ)
    rate = rates(run.times, beyond)
    assert rate.max() == pytest.approx(exact.max(), rel=0.02)
    free = FreePacket.of(run.experiment).arrival(run.times)
    theory = packet_times(run.experiment, run.t_end)
    assert found.mean - free.mean == pytest.approx(theory.filtered + theory.delay, abs=READ)
    assert found.error < 1e-3
    assert found.share == pytest.approx(run.exact.transmitted, rel=0.01)


def test_the_probability_inside_summed_over_time_is_the_dwell_time() -> None:
    """Of all that comes, with the weight p(E)."""
    run, _ = run_of(WALLS[0])
    experiment, packet = run.experiment, run.experiment.packet
    k0 = packet.wavenumber(experiment.units)
    k = np.linspace(0.05, k0 + 7 * packet.sigma_k, 2000)
    energy = experiment.units.kinetic * k**2
    weight = packet.momentum_density(k, experiment.units)
    dwell = np.trapezoid(stationary_times(experiment.barrier, energy).dwell * weight, k)
    assert np.trapezoid(run.regions[:, 1], run.times) == pytest.approx(dwell, rel=1e-2)


def test_no_more_has_arrived_at_any_time_than_of_the_free_packet() -> None:
    """Unless V is below zero: there even a classical particle is faster."""
    for values in WALLS:
        run, beyond = run_of(values)
        ahead = float((beyond - FreePacket.of(run.experiment).beyond(run.times)).max())
        assert ahead > 0.01 if run.experiment.barrier.extremes[0] < 0 else ahead < 1e-9


def test_behind_no_barrier_of_many_does_more_arrive_earlier() -> None:
    rng, count = np.random.default_rng(7), 0
    while count < 15:
        shape = str(rng.choice(["Rectangular", "Gaussian", "Eckart", "Triangular", "Double"]))
        low, high = (0.3, 0.05, 0.1, 0.5, 0.5), (12.0, 1.0, 1.0, 12.0, 3.0)
        drawn = zip(
            ("height", "width", "gap", "energy", "sigma"), rng.uniform(low, high), strict=True
        )
        experiment = Controls(shape=shape, quality="draft", **dict(drawn)).experiment()
        if experiment.exact.transmitted < 1e-4 or experiment.cost > 4e6:
            continue
        run, count = experiment.run(), count + 1
        free = FreePacket.of(experiment).beyond(run.times)
        assert (run.regions[:, 2] - free).max() < 1e-9, experiment


def test_the_free_packet_is_that_of_a_run_without_a_barrier() -> None:
    run, beyond = run_of({"shape": "None", "energy": 2.0, "sigma": 0.8})
    free = FreePacket.of(run.experiment)
    np.testing.assert_allclose(beyond, free.beyond(run.times), atol=1e-5)
    np.testing.assert_allclose(rates(run.times, beyond), free.rates(run.times), atol=1e-4)
    found, exact = arrival(run.times, beyond), free.arrival(run.times)
    assert (found.peak, found.mean) == pytest.approx((exact.peak, exact.mean), abs=1e-3)
    theory = packet_times(run.experiment, run.t_end)
    assert (theory.delay, theory.filtered) == pytest.approx((0, 0), abs=1e-12)


def test_the_error_told_is_more_than_that_of_the_frames() -> None:
    """A pulse of known peak and mean, at fewer and fewer frames, some wider apart at the end."""
    for count in (61, 121, 241):
        times = np.append(np.linspace(0, 30, count), [33, 37, 42])
        found = arrival(times, 0.01 * ndtr((times - 12.345) / 1.5))
        off = max(abs(found.peak - 12.345), abs(found.mean - 12.345))
        assert off <= found.error + 1e-9
    assert found.error < 1e-4


def test_a_long_packet_takes_the_times_of_its_energy() -> None:
    controls = Controls(height=3.0, width=0.6, energy=1.0, sigma=3.0)
    experiment = controls.experiment()
    found = packet_times(experiment, experiment.used_t_end)
    at = stationary_times(experiment.barrier, 1.0)
    assert (found.phase, found.dwell) == pytest.approx((at.phase[0], at.dwell[0]), rel=0.02)


def test_a_narrow_resonance_is_not_missed() -> None:
    """Its weight is pi/2 Gamma p(E), with a mean delay of hbar/Gamma of what comes through it."""
    controls = Controls(shape="Double", height=2, width=0.6, gap=1.2, energy=0.8, sigma=2.0)
    experiment = controls.experiment()
    exact, times = experiment.exact, packet_times(experiment, 1e4)
    energy = np.unique(np.concatenate([np.linspace(0.01, 2, 40001), peaks_of(experiment.barrier)]))
    k = np.sqrt(energy / experiment.units.kinetic)
    weight = experiment.packet.momentum_density(k, experiment.units)
    through = weight * stationary(experiment.barrier, energy).transmission
    dwell = stationary_times(experiment.barrier, energy).dwell
    assert np.trapezoid(through, k) == pytest.approx(exact.transmitted, rel=1e-3)
    mean = np.trapezoid(dwell * through, k) / np.trapezoid(through, k)
    assert times.dwell == pytest.approx(mean, rel=5e-3)


def peaks_of(barrier: Barrier) -> Array:
    """Energies close together around each resonance."""
    near = np.concatenate([-np.geomspace(1e-7, 0.1, 3000), np.geomspace(1e-7, 0.1, 3000)])
    return np.concatenate([one.energy + near for one in find_peaks(barrier, 0.1, 2.0).resonances])


def test_nothing_that_arrives_is_told_in_a_sentence() -> None:
    with pytest.raises(InvalidInput, match="beyond the barrier must be more than 0, got 0"):
        arrival(np.arange(8.0), np.zeros(8))
