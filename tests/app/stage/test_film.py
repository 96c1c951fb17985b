"""What is sent to the browser: true, small, and complete."""

import gzip
import math
from threading import Event
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import ndtr

from app.lab.model import Lab
from app.stage.film import EVERY
from app.stage.solved import Abandoned, film, one_frame
from app.stage.wire import bundle, unbundle
from solver.scattering import energy_density

MEGABYTE = 1_000_000
CORNERS = [
    {},
    {"energy": 20.0, "height": 18.0, "sigma": 3.0},
    {"energy": 0.5, "sigma": 0.5, "height": 0.6},
    {"shape": "Double", "energy": 3.0, "height": 8.0, "width": 0.15},
    {"shape": "Step", "height": 0.8},
    {"shape": "None", "direction": "Right to left"},
    {"shape": "Triangular", "height": -8.0},
    {"shape": "Falling", "height": 4.0, "width": 0.5, "field": 16.0},
]


@pytest.mark.parametrize("chosen", CORNERS, ids=str)
def test_a_run_is_at_most_a_megabyte(chosen: dict[str, Any]) -> None:
    packed = film(Lab(**chosen).chosen.experiment())
    assert len(packed) <= MEGABYTE
    meta, arrays = unbundle(packed)
    frames = arrays["times"].size
    assert arrays["re"].shape == arrays["im"].shape == (frames, arrays["x"].size)
    assert 512 <= arrays["x"].size <= 560
    assert arrays["regions"].shape == (frames, 3)
    assert arrays["forbidden"].shape in {(frames,), (0,)}
    assert bool(meta["spans"]) == bool(arrays["forbidden"].size)
    assert arrays["wigner"].shape[0] == -(-frames // EVERY)
    np.testing.assert_allclose(arrays["regions"].sum(axis=1), 1, atol=1e-5)
    assert meta["summary"]["separated"] == bool(arrays["separated"][-1])


def test_what_is_drawn_is_the_wave() -> None:
    experiment = Lab().chosen.experiment()
    run = experiment.run()
    meta, arrays = unbundle(film(experiment))
    psi = (arrays["re"] + 1j * arrays["im"]) * meta["psi_scale"]
    shown = np.sum(np.abs(psi[0]) ** 2) * (arrays["x"][1] - arrays["x"][0])
    assert shown == pytest.approx(1, abs=1e-3)
    middle = len(run.times) // 2
    modes = np.exp(1j * np.outer(arrays["x"] - run.grid.left, run.grid.k))
    exact = modes @ (np.fft.fft(run.psi[middle]) / run.grid.n)
    assert np.abs(psi[middle] - exact).max() <= 0.75 * meta["psi_scale"]
    assert meta["psi_scale"] <= 3e-4 * np.abs(run.psi).max()


def test_the_outline_has_upright_walls_of_the_true_height() -> None:
    _, arrays = unbundle(film(Lab(height=2.0, width=0.5).chosen.experiment()))
    x, v = arrays["barrier_x"], arrays["barrier_v"]
    assert v.max() == 2.0
    assert np.trapezoid(v, x) == pytest.approx(1.0, abs=1e-3)


def test_an_instant_is_small_and_at_its_time() -> None:
    packed = one_frame(Lab().chosen.changed(quality="draft").experiment(), 7.0).block
    meta, arrays = unbundle(packed)
    assert len(packed) < 5_000
    assert meta["time"] == pytest.approx(7.0, abs=0.1)
    assert arrays["regions"].sum() == pytest.approx(1, abs=1e-5)


def test_a_bundle_round_trip() -> None:
    arrays: dict[str, NDArray[Any]] = {
        "a": np.arange(5, dtype=np.int16),
        "b": np.ones((2, 3), dtype=np.float32),
    }
    meta, back = unbundle(bundle({"kind": "test"}, arrays))
    assert meta == {"kind": "test"}
    for name, array in arrays.items():
        np.testing.assert_array_equal(back[name], array)


def test_a_block_is_plain_gzip_and_no_larger_than_by_the_quickest_zlib() -> None:
    packed = film(Lab(quality="draft").chosen.experiment())
    assert gzip.decompress(packed)
    _, arrays = unbundle(packed)
    raw = b"".join(array.tobytes() for array in arrays.values())
    assert len(packed) <= len(gzip.compress(raw, 1))


def test_where_v_exceeds_the_energy_travels_with_every_instant() -> None:
    experiment = Lab(shape="Gaussian").chosen.changed(quality="draft").experiment()
    meta, arrays = unbundle(film(experiment))
    seen, frame = unbundle(one_frame(experiment, float(arrays["times"][120])).block)
    ((a, b),) = meta["spans"]
    assert seen["spans"] == meta["spans"]
    assert experiment.barrier.profile(np.array([a, b])) == pytest.approx([1.0, 1.0])
    assert arrays["forbidden"][120] > 0.01
    assert frame["forbidden"] == pytest.approx(arrays["forbidden"][120], abs=1e-3)


@pytest.mark.parametrize("chosen", [{}, {"energy": 3.0, "sigma": 0.6}, {"energy": 0.5}])
def test_the_band_of_energies_is_the_density_of_energies(chosen: dict[str, float]) -> None:
    """Its mean is E0 + hbar^2 / (8 m sigma^2), and in each cell lies what erf says."""
    experiment = Lab(quality="draft", **chosen).chosen.experiment()
    meta, _ = unbundle(one_frame(experiment, 0.0).block)
    units, packet, band = experiment.units, experiment.packet, meta["band"]
    edges = np.linspace(band["low"], band["high"], len(band["shades"]) + 1)
    parts = np.array(band["shades"]) / sum(band["shades"])
    mean = parts @ (edges[1:] + edges[:-1]) / 2
    assert mean == pytest.approx(packet.mean_energy(units), rel=5e-3)
    k0, s = packet.wavenumber(units), packet.sigma_k
    k = np.sqrt(edges / units.kinetic)
    exact = ndtr((k[1:] - k0) / s) - ndtr((k[:-1] - k0) / s)
    assert parts == pytest.approx(exact, abs=2e-3)


def test_on_top_of_a_step_the_line_is_the_total_energy() -> None:
    down = (
        Lab(shape="Step", height=0.8, direction="Right to left")
        .chosen.changed(quality="draft")
        .experiment()
    )
    meta, _ = unbundle(one_frame(down, 0.0).block)
    assert (meta["energy"], meta["symbol"]) == (pytest.approx(1.8), "E")
    meta, _ = unbundle(one_frame(Lab().chosen.changed(quality="draft").experiment(), 0.0).block)
    assert (meta["energy"], meta["symbol"]) == (pytest.approx(1.0), "E₀")


@pytest.mark.parametrize(
    ("chosen", "support", "level", "unit"),
    [
        ({}, (-0.15, 0.15), 0.0, "nm"),
        ({"shape": "Double"}, (-0.8, 0.8), 0.0, "nm"),
        ({"shape": "Gaussian"}, (-0.445, 0.445), 0.001, "nm"),
        ({"shape": "Step"}, (0.0, 0.0), 0.0, "nm"),
        ({"case": "rectangular"}, (-0.5, 0.5), 0.0, ""),
    ],
    ids=str,
)
def test_the_inside_is_defined(
    chosen: dict[str, Any], support: tuple[float, float], level: float, unit: str
) -> None:
    """`assets/stage/inside.test.js` makes sentences of these."""
    experiment = Lab(**chosen).chosen.changed(quality="draft").experiment()
    meta, _ = unbundle(one_frame(experiment, 0.0).block)
    assert meta["support"] == pytest.approx(support, abs=5e-4)
    assert (meta["level"], meta["unit"]) == (level, unit)


def test_a_film_that_nobody_waits_for_stops_soon() -> None:
    given_up, seen = Event(), []

    class Watched(Event):
        def is_set(self) -> bool:
            seen.append(1)
            return len(seen) > 2

    with pytest.raises(Abandoned):
        film(Lab().chosen.experiment(), Watched())
    assert len(seen) == 3
    noisy = Lab(environment="Dephasing", t2=20.0, quality="draft").chosen.source()
    given_up.set()
    with pytest.raises(Abandoned):
        film(noisy, given_up)


def test_an_array_of_steps_is_read_as_what_it_is_of() -> None:
    """|phi|^2 of the start, to half a step of its largest value: a Gaussian of k0 and sigma_k."""
    experiment = Lab().chosen.experiment()
    packet, units = experiment.packet, experiment.units
    _, arrays = unbundle(film(experiment))
    k, shown = arrays["wigner_k"].astype(float), arrays["density_k"]
    assert shown.dtype == np.float32
    edges = np.append(k - (k[1] - k[0]) / 2, k[-1] + (k[1] - k[0]) / 2)
    within = [
        math.erf((one - packet.wavenumber(units)) / packet.sigma_k / math.sqrt(2)) / 2
        for one in edges
    ]
    exact = np.diff(within) / (k[1] - k[0])
    assert np.abs(shown[0] - exact).max() < 0.5 * shown.max() / 32767 + 1e-4 * exact.max()


@pytest.mark.parametrize(
    "chosen",
    [
        {"height": 1.1},
        {"shape": "Step", "height": 0.8, "direction": "Right to left"},
        *CORNERS[1:4],
    ],
    ids=str,
)
def test_classical_particles_cross_with_energies_above_the_top(chosen: dict[str, Any]) -> None:
    experiment = Lab(quality="draft", **chosen).chosen.experiment()
    meta, arrays = unbundle(one_frame(experiment, 0.0).block)
    start = experiment.wave.start_level
    assert (meta["top"], meta["start"]) == (experiment.barrier.top, start)
    assert arrays["barrier_v"].max() == pytest.approx(meta["top"], rel=1e-6)
    k = np.linspace(0, experiment.packet.wavenumber(experiment.units) + 8, 400_001)[1:]
    energy = experiment.units.kinetic * k**2
    p = energy_density(experiment.packet, energy, experiment.units)
    above = energy > meta["top"] - start
    share = np.trapezoid(p[above], energy[above])
    assert meta["classical"] == pytest.approx(share, abs=1e-4)
