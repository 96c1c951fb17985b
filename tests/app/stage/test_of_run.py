"""What the cards of momentum, energy and current are fed with, against closed forms and laws."""

from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.lab.model import Lab
from app.stage.film import film_of
from app.stage.of_run import OF_FRAME, OF_RUN, POINTS, of_run
from app.stage.solved import Asked, one_frame, solve
from app.stage.wire import unbundle
from solver import Trajectory
from solver.trajectory import Result

CORNERS = [
    {},
    {"shape": "Step", "height": 0.8},
    {"energy": 20.0, "height": 18.0, "sigma": 3.0},
    {"shape": "Gaussian", "height": -4.0, "direction": "Right to left"},
]


@cache
def run_of(chosen: tuple[tuple[str, Any], ...]) -> Trajectory:
    return Lab(**{"quality": "draft"} | dict(chosen)).chosen.experiment().run()


def packed(name: str, chosen: dict[str, Any]) -> tuple[Trajectory, dict[str, Any]]:
    run = run_of(tuple(chosen.items()))
    meta, arrays = unbundle(of_run(name, run))
    return run, meta | {key: array.astype(float) for key, array in arrays.items()}


@pytest.mark.parametrize("chosen", CORNERS, ids=str)
def test_the_wavenumbers_of_the_start_are_those_of_the_packet(chosen: dict[str, Any]) -> None:
    """A normal distribution around k0, on the packet's side of k = 0, and nearly all of it."""
    run, block = packed("momentum", chosen)
    packet, units = run.experiment.packet, run.experiment.units
    exact = packet.momentum_density(packet.direction * block["k"], units)
    assert np.abs(block["density"][0] - exact).max() < 2e-4 * exact.max()
    everything = block["density"].sum(axis=1) * block["dk"]
    assert everything == pytest.approx(block["left"], abs=1e-2)


@pytest.mark.parametrize("chosen", CORNERS, ids=str)
def test_energy_is_not_lost(chosen: dict[str, Any]) -> None:
    """Kinetic and potential energy add to the packet's, until the layers take part."""
    run, block = packed("momentum", chosen)
    experiment = run.experiment
    total = block["kinetic"] + block["potential"]
    mean = experiment.packet.mean_energy(experiment.units) + experiment.wave.start_level
    untouched = block["left"] > 1 - 1e-6
    assert untouched.sum() > 10
    assert total[untouched] == pytest.approx(mean, rel=2e-3)
    assert np.ptp(block["potential"][untouched]) > 0.02 * abs(experiment.barrier.top or 4.0)
    of_density = block["density"] @ (experiment.units.kinetic * block["k"] ** 2) * block["dk"]
    assert of_density == pytest.approx(block["kinetic"] * block["left"], rel=2e-2)


@pytest.mark.parametrize("chosen", CORNERS[:2], ids=str)
def test_what_flows_through_an_end_is_what_is_beyond_it_more(chosen: dict[str, Any]) -> None:
    """The continuity equation, with slopes in time of the probabilities on both sides.

    What is left at a hard edge is the run's own error: 4 times as much in standard quality.
    """
    run, block = packed("current", chosen | {"quality": "fine"})
    t, through = run.times, block["through"]
    even = np.flatnonzero(np.abs(np.diff(t, 2)) < 1e-6 * t[1]) + 1
    even = even[
        (even > 1) & (even < len(t) - 2) & np.isin(even - 1, even) & np.isin(even + 1, even)
    ]
    assert even.size > 100

    def rate(side: int) -> NDArray[Any]:
        p, h = run.regions[:, side], t[even + 1] - t[even]
        return (8 * (p[even + 1] - p[even - 1]) - p[even + 2] + p[even - 2]) / (12 * h)

    largest = np.abs(block["current"]).max()
    assert np.abs(through[even, 1] - rate(2)).max() < 1e-3 * largest
    assert np.abs(through[even, 0] + rate(0)).max() < 1e-3 * largest


@pytest.mark.parametrize("chosen", CORNERS, ids=str)
def test_the_current_is_the_run_s(chosen: dict[str, Any]) -> None:
    """At the grid's points, where the solver has it, to a step of the block."""
    run, block = packed("current", chosen)
    frame = len(run.times) // 2
    left, right = run.experiment.used_window
    assert (block["x"][0], block["x"][-1], block["x"].size) == pytest.approx((left, right, POINTS))
    modes = np.exp(1j * np.outer(block["x"] - run.grid.left, run.grid.k))
    phi = np.fft.fft(run.psi[frame]) / run.grid.n
    units = run.experiment.units
    j = units.hbar / units.mass * np.imag(np.conj(modes @ phi) * (modes @ (1j * run.grid.k * phi)))
    assert np.abs(block["current"][frame] - j).max() < 1e-4 * np.abs(block["current"]).max()
    assert np.abs(run.current[frame]).max() == pytest.approx(np.abs(j).max(), rel=0.1)


def test_an_average_has_no_one_wave_and_a_run_has_what_was_asked() -> None:
    average: Result = Lab(quality="draft", environment="Dephasing", t2=20.0).chosen.source().run()
    assert [unbundle(of_run(name, average))[0] for name in OF_RUN] == [{"kind": "average"}] * 2
    source = Lab(quality="draft").chosen.source()
    solved = solve(Asked(source, cards=("current",)))
    assert list(solved.cards) == ["current"]
    assert solved.beyond is not None


@pytest.mark.parametrize("chosen", CORNERS, ids=str)
def test_an_instant_shows_what_the_run_does_at_its_time(chosen: dict[str, Any]) -> None:
    """The same |phi(k)|^2, j and W as in the blocks of the run, to the steps of both."""
    run, frame = run_of(tuple(chosen.items())), 3 * 40
    cards = one_frame(run.experiment, float(run.times[frame]), tuple(OF_FRAME)).cards
    shown = {name: unbundle(block) for name, block in cards.items()}
    for name, axis, values in (("momentum", "k", "density"), ("current", "x", "current")):
        (_, there), here = packed(name, chosen), shown[name][1]
        whole = np.interp(here[axis], there[axis], there[values][frame], left=0.0, right=0.0)
        assert np.abs(here[values][0] - whole).max() < 3e-4 * np.abs(there[values]).max()
    meta, arrays = unbundle(film_of(run))
    about, space = shown["phase space"]
    density = [np.interp(k, arrays["wigner_k"], arrays["density_k"][40]) for k in space["wigner_k"]]
    assert space["density_k"][0] == pytest.approx(density, abs=0.02 * max(density))
    assert space["negativity"][0] == pytest.approx(arrays["negativity"][40], abs=5e-3)
    mine = (space["wigner"][0].max() - 128.0) * about["wigner_scale"]
    assert mine == pytest.approx(
        (arrays["wigner"][40].max() - 128.0) * meta["wigner_scale"], abs=0.01
    )
