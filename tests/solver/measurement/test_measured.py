"""Looking behind the barrier: closed forms, laws, and what becomes of both answers."""

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from solver import (
    ELECTRON,
    Experiment,
    GaussianPacket,
    InvalidInput,
    NoBarrier,
    RectangularBarrier,
    observables,
)
from solver.controls import Controls
from solver.measurement.edge import Edge
from solver.measurement.measured import Measured, Outcome, frame_step, probability

WALL = RectangularBarrier(height=1.5, width=0.3)
DRAFT = Experiment(barrier=WALL, packet=GaussianPacket(energy=1.0, sigma=1.4), quality="draft")
FREE = Experiment(
    barrier=NoBarrier(), packet=GaussianPacket(energy=1.0, sigma=1.0), quality="standard"
)
MIDDLE = frame_step(DRAFT, 14.0)

ROUND_OFF = 1e-10
"""Of a run's probabilities."""


def packet_at(center: float, experiment: Experiment = FREE) -> np.ndarray:
    return experiment.packet.psi(experiment.used_grid.x, center, ELECTRON)


def frame_at(time: float) -> tuple[np.ndarray, np.ndarray]:
    run = DRAFT.run()
    i = int(np.searchsorted(run.times, time))
    return run.psi[i], run.absorbed[i]


@pytest.mark.parametrize("center", [-1.0, 0.0, 0.7])
def test_a_gaussian_is_found_behind_as_often_as_the_closed_form_says(center: float) -> None:
    """The product of two Gaussians: Phi((center - place)/sqrt(sigma^2 + width^2))."""
    edge, sigma = Edge.behind(FREE), FREE.packet.sigma
    expected = norm.cdf((center - edge.place) / math.hypot(sigma, edge.width))
    for found, share in ((True, expected), (False, 1 - expected)):
        look = Outcome.at(FREE, packet_at(center), np.zeros(2), found)
        assert look.probability == pytest.approx(share, abs=1e-9)
        total = observables.norm(look.psi, FREE.used_grid) + look.absorbed.sum()
        assert total == pytest.approx(1, abs=ROUND_OFF)


@pytest.mark.parametrize("found", [True, False])
def test_the_energy_after_a_look_is_that_of_quadrature(found: bool) -> None:
    """A Gaussian around the edge: k0^2 and the square of the real factor's slope."""
    edge, sigma, center = Edge.behind(FREE), FREE.packet.sigma, 0.4
    k0, sign = FREE.packet.wavenumber(ELECTRON), 1 if found else -1

    def real(x: float) -> float:
        bell = math.exp(-((x - center) ** 2) / (4 * sigma**2))
        return bell * math.sqrt(norm.cdf(sign * (x - edge.place) / edge.width))

    def slope(x: float) -> float:
        h = 1e-5
        return (real(x + h) - real(x - h)) / (2 * h)

    def integral(value: object) -> float:
        return quad(value, -7, 7, limit=400, epsabs=1e-12)[0]

    share = integral(lambda x: real(x) ** 2)
    kinetic = ELECTRON.kinetic * (k0**2 + integral(lambda x: slope(x) ** 2) / share)
    look = Outcome.at(FREE, packet_at(center), np.zeros(2), found)
    assert look.after == pytest.approx(kinetic, rel=1e-6)
    assert look.before == pytest.approx(FREE.packet.mean_energy(ELECTRON), rel=1e-9)


@pytest.mark.parametrize("time", [9.0, 12.0, 14.0])
def test_what_a_look_gives_is_the_mean_of_both_answers_less_what_was_there(time: float) -> None:
    """Wherever the wave is, inside the barrier, too; and it is never taken away."""
    wave = frame_at(time)
    yes, no = (Outcome.at(DRAFT, *wave, found) for found in (True, False))
    shares = [observables.norm(look.psi, DRAFT.used_grid) * look.probability for look in (yes, no)]
    mean = (shares[0] * yes.after + shares[1] * no.after) / sum(shares)
    assert yes.given > 0
    assert mean - yes.before == pytest.approx(yes.given, rel=1e-4, abs=1e-9)
    assert yes.probability + no.probability == pytest.approx(1, abs=ROUND_OFF)


def test_a_sharp_edge_asks_for_the_share_behind_it_and_costs_more() -> None:
    run = DRAFT.run()
    x, i = DRAFT.used_grid.x, int(np.searchsorted(run.times, 14.0))
    density, place = run.density[i], WALL.support[1]
    wide, sharp = (Edge(place=place, width=width, direction=1) for width in (0.4, 0.04))
    share = float(density @ sharp.factor(x, True) ** 2 * run.grid.dx)
    assert share == pytest.approx(run.regions[i, 2], abs=2e-3)
    assert sharp.cost(x, density, ELECTRON) > 3 * wide.cost(x, density, ELECTRON)


def test_before_the_look_the_run_is_as_it_was_and_after_it_probabilities_add_to_one() -> None:
    plain = DRAFT.run()
    for found in (True, False):
        run = Measured(experiment=DRAFT, step=MIDDLE, found=found).run()
        i = int(np.flatnonzero(run.frame_steps == MIDDLE)[0])
        assert np.array_equal(run.psi[:i], plain.psi[:i])
        assert run.times[: len(plain.times)] == pytest.approx(plain.times[: len(run.times)])
        assert run.norm_error < ROUND_OFF
        kept = observables.norm(
            plain.psi[i] * Edge.behind(DRAFT).factor(run.grid.x, found), run.grid
        )
        assert run.outcome.probability == pytest.approx(float(kept + plain.absorbed[i, int(found)]))


def test_both_answers_together_are_not_the_run_without_a_look() -> None:
    """Looking while it crosses changes what comes: the humps no longer interfere."""
    runs = [Measured(experiment=DRAFT, step=MIDDLE, found=found).run() for found in (True, False)]
    shares = [run.outcome.probability * run.fate.transmitted for run in runs]
    assert all(run.fate.separated for run in runs)
    assert runs[0].fate.transmitted > 0.8
    assert abs(sum(shares) - DRAFT.run().fate.transmitted) > 5e-4


def test_a_look_that_nobody_can_be_surprised_by_changes_nothing() -> None:
    plain = DRAFT.run()
    run = Measured(experiment=DRAFT, step=0, found=False).run()
    assert run.outcome.probability == pytest.approx(1, abs=1e-8)  # but for the packet's tail
    assert run.outcome.given < 1e-8
    assert run.fate.transmitted == pytest.approx(plain.fate.transmitted, abs=1e-8)


def test_after_the_run_yes_means_behind_for_good() -> None:
    end = frame_step(DRAFT, 100.0)
    run = DRAFT.run()
    assert probability(DRAFT, end) == pytest.approx(run.fate.transmitted, abs=1e-3)
    for found in (True, False):
        fate = Measured(experiment=DRAFT, step=end, found=found).run().fate
        assert fate.transmitted == pytest.approx(float(found), abs=1e-3)


@pytest.mark.parametrize("direction", ["Left to right", "Right to left"])
@pytest.mark.parametrize("shape", ["Rectangular", "Gaussian", "Step"])
def test_any_barrier_from_both_sides(shape: str, direction: str) -> None:
    experiment = Controls(
        shape=shape, height=0.6, quality="draft", direction=direction
    ).experiment()
    step = frame_step(experiment, experiment.used_t_end * 0.6)
    chance = probability(experiment, step)
    assert 0 < chance < 1
    run = Measured(experiment=experiment, step=step, found=True).run()
    assert run.outcome.probability == pytest.approx(chance, rel=1e-6)
    assert run.norm_error < ROUND_OFF


def test_what_cannot_be_is_told() -> None:
    with pytest.raises(InvalidInput, match=r"Measured\.step must be that of a frame of the run"):
        Measured(experiment=DRAFT, step=MIDDLE + 1, found=True)
    never = Measured(experiment=DRAFT, step=0, found=True)
    with pytest.raises(InvalidInput, match="at least 1e-09 for the particle to be found behind"):
        never.run()
