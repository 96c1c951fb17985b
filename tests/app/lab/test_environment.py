"""The lab and its lessons in an environment: averages are shown as averages."""

from typing import Any

import numpy as np
import pytest

from app.lab import links
from app.lab.controls import when
from app.lab.side_by_side import names_on_stage, sources
from app.stage.comparison import comparison
from app.stage.solved import Asked, film, solve
from app.stage.wire import unbundle
from lessons.quantities import Facts
from solver import CostExceeded, Ensemble
from solver.controls import MEMBERS, Controls
from solver.experiment import Experiment

NOISY = Controls(environment="Dephasing", t2=10.0)


def test_an_averaged_film_shows_the_averaged_density() -> None:
    ensemble = NOISY.source()
    assert isinstance(ensemble, Ensemble)
    meta, arrays = unbundle(film(ensemble))
    run = ensemble.run()
    shown = (arrays["re"] * meta["psi_scale"]) ** 2
    assert not arrays["im"].any()
    modes = np.exp(1j * np.outer(arrays["x"] - run.grid.left, run.grid.k))
    for frame in (0, 120, 200):
        exact = (modes @ (np.fft.fft(run.density[frame]) / run.grid.n)).real
        assert shown[frame] == pytest.approx(exact, abs=1e-3 * exact.max())
    assert meta["summary"]["members"] == MEMBERS
    assert meta["summary"]["transmitted_error"] == run.fate_error.transmitted
    assert arrays["regions"].sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_the_averaged_wigner_function_loses_its_negative_part() -> None:
    lowest = {}
    for controls in (NOISY.changed(environment="None"), NOISY):
        meta, arrays = unbundle(film(controls.source()))
        lowest[controls.alone] = (128 - arrays["wigner"].min()) * meta["wigner_scale"]
    assert lowest[False] < 0.6 * lowest[True]


def test_two_runs_are_told_apart_by_their_environment() -> None:
    pair = {"a": NOISY.changed(environment="None"), "b": NOISY}
    assert names_on_stage(pair) == ("alone", "T2 = 10 fs")
    first, second = sources(pair)
    assert isinstance(first, Experiment)
    assert isinstance(second, Ensemble)
    assert second.experiment.used_window == first.used_window
    a, b = (solve(Asked(source, sampled=True)).sampled for source in (first, second))
    assert a is not None
    assert b is not None
    assert comparison(a, b).jensen_shannon > 0


def test_the_controls_of_the_noise_are_there_with_the_noise() -> None:
    for name in ("t2", "noise_length"):
        assert when(name)["environment"] == ["Dephasing"]
        assert when(name)["case"] == ["none"]
    found, ignored = links.from_query("?environment=dephasing&t2=12&noise_length=2")
    assert (found, ignored) == (
        {"environment": "Dephasing", "t2": 12.0, "noise_length": 2.0},
        [],
    )


CORNERS = [
    {"t2": 2.0, "noise_length": 0.3},
    {"t2": 500.0, "noise_length": 10.0},
    {"shape": "Gaussian", "width": 3.0, "noise_length": 0.3},
    {"energy": 0.5, "sigma": 0.5, "height": 0.6, "t2": 2.0},
]


@pytest.mark.parametrize("corner", CORNERS, ids=str)
def test_every_corner_of_the_sliders_can_be_run(corner: dict[str, Any]) -> None:
    ensemble = NOISY.changed(**corner).source()
    assert isinstance(ensemble, Ensemble)
    assert ensemble.refined.used_grid.k_max >= ensemble.needed_k_max


def test_what_is_too_dear_says_so() -> None:
    with pytest.raises(CostExceeded, match="Ensemble must cost at most 6e"):
        NOISY.changed(quality="fine", energy=20.0, sigma=3.0, mass=2.0).source()


def test_lessons_read_averages() -> None:
    alone, noisy = Facts(NOISY.changed(environment="None")), Facts(NOISY)
    assert alone.quantity("transmitted_error") == 0
    assert alone.quantity("heating_rate") == 0
    assert alone.quantity("contrast") == pytest.approx(1, abs=0.05)
    assert noisy.quantity("contrast") < 0.6
    assert 0.002 < noisy.quantity("transmitted_error") < 0.03
    free = Facts(NOISY.changed(shape="None", noise_length=0.6))
    expected = free.quantity("kinetic") / (0.6**2 * 10.0)
    error = free.quantity("heating_rate_error")
    assert abs(free.quantity("heating_rate") - expected) < 4.5 * error
    assert error < expected / 2


def test_the_contrast_is_that_of_known_fringes() -> None:
    from lessons.runs import fringe_contrast

    experiment = Controls().experiment()
    x, k0 = experiment.used_grid.x, experiment.wave.k0
    for contrast in (0.0, 0.3, 1.0):
        density = 1 + contrast * np.cos(2 * k0 * x)
        assert fringe_contrast(experiment, density[None]) == pytest.approx(contrast, abs=0.02)
