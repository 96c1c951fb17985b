"""The published program from its own files: its numbers, its rules, and what is wrong with it."""

import math
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.fft

from solver import NATURAL, InvalidInput, observables
from solver.grid import Array
from solver.propagator import Complex
from solver.published.cases import CASES, published_run, zone_readout
from solver.published.config import PublishedConfig
from solver.published.kernels import set_potential
from solver.published.program import PublishedGrid, PublishedResult, make_fields, run_published

COMMON = """
# Both cases
nx = 2048
x_min = -30.0      # first point
x_max = 30.0       # last point
t_final = 6.0
n_snapshots = 200
adaptive_dt = true
dt_min = 0.0005
dt_max = 0.01
barrier_center = 0.0
particle_mass = 1.0
x0 = -8.0
boundary_width = 3.0
boundary_strength = 0.03
noise_amplitude = 0.0
decoherence_rate = 0.0
save_netcdf = true
save_animation = true
fps = 30
dpi = 100
"""
FILES = {
    "rectangular": """
scenario_name = Case 1 - Rectangular Barrier
barrier_type = rectangular
barrier_height = 4.5
barrier_width = 1.0
k0 = 4.0
sigma = 0.8
noise_correlation_time = 0.5
""",
    "gaussian": """
scenario_name = Case 2 - Gaussian Barrier
barrier_type = gaussian
barrier_height = 4.0
barrier_width = 0.8
k0 = 3.5
sigma = 0.6
noise_correlation_time = 0.4
""",
}
DIGITS = {
    "rectangular": ("0.826735", "0.171434", "0.001109"),
    "gaussian": ("0.786226", "0.209228", "0.001595"),
}
BOTH = pytest.mark.parametrize("case", CASES)

ROUNDING = 1e-11
"""Thousands of steps with another FFT, and sums in another order, end this close."""

FALLBACK = {
    "scenario_name": "simulation",
    "nx": 2048,
    "x_min": -10.0,
    "x_max": 10.0,
    "t_final": 5.0,
    "n_snapshots": 200,
    "adaptive_dt": True,
    "dt_min": 1e-4,
    "dt_max": 1e-2,
    "barrier_type": "rectangular",
    "barrier_height": 2.0,
    "barrier_width": 2.0,
    "barrier_center": 0.0,
    "particle_mass": 1.0,
    "x0": -5.0,
    "k0": 5.0,
    "sigma": 0.5,
    "boundary_width": 2.0,
    "boundary_strength": 0.1,
    "noise_amplitude": 0.0,
    "noise_correlation_time": 0.1,
    "decoherence_rate": 0.0,
    "save_netcdf": True,
    "save_animation": True,
    "fps": 30,
    "dpi": 100,
}
"""What the published command line took for a key that a file leaves out."""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def file_of(text: str) -> Path:
        path = tmp_path / "case.txt"
        path.write_text(text, encoding="utf-8")
        return path

    return file_of


def fate(result: PublishedResult) -> tuple[float, float, float]:
    return result.T, result.R, result.A


@BOTH
def test_both_cases_to_all_published_digits(case: str, write: Callable[[str], Path]) -> None:
    result = run_published(PublishedConfig.read(write(COMMON + FILES[case])))
    assert tuple(f"{value:.6f}" for value in fate(result)) == DIGITS[case]
    assert (result.steps, result.norm_violations) == (12_001, 0)
    assert result.norm_error < ROUNDING
    assert result.dt_first == 5e-4
    assert result.dt_mean == pytest.approx(6 / 12_001)


@BOTH
def test_both_cases_are_those_made_of_our_parts(case: str, write: Callable[[str], Path]) -> None:
    result = run_published(PublishedConfig.read(write(COMMON + FILES[case])))
    other = published_run(CASES[case])
    assert np.abs(observables.density(result.psi) - observables.density(other.psi)).max() < 1e-9
    assert fate(result) == pytest.approx(zone_readout(other), abs=1e-9)
    np.testing.assert_allclose(result.x, other.grid.x, atol=1e-12)
    np.testing.assert_allclose(result.elapsed, other.times, atol=1e-9)


def test_snapshots_carry_the_times_that_were_asked_for(write: Callable[[str], Path]) -> None:
    result = run_published(PublishedConfig.read(write(COMMON + FILES["gaussian"])))
    np.testing.assert_array_equal(result.times, np.linspace(0, 6, 200))
    assert result.elapsed[-1] == pytest.approx(6.0005, abs=1e-9)
    assert result.dt_last < 1e-12
    for values in (result.x, result.times, result.elapsed, result.psi, result.potential):
        assert not values.flags.writeable


def plain_program(c: PublishedConfig, seed: int = 0) -> tuple[Complex, int, float, float]:
    """The recipe in plain numpy, sharp barriers only: snapshots, steps, absorbed, last dt."""
    x, dx = np.linspace(c.x_min, c.x_max, c.nx), (c.x_max - c.x_min) / (c.nx - 1)
    energy = (2 * np.pi * np.fft.fftfreq(c.nx, dx)) ** 2 / (2 * c.particle_mass)
    v = np.where(np.abs(x - c.barrier_center) < c.barrier_width / 2, c.barrier_height, 0.0)
    m = int(c.boundary_width / dx)
    index = np.minimum(np.arange(c.nx), np.arange(c.nx)[::-1])
    mask = 1 - c.boundary_strength * np.cos(np.minimum(index / m, 1) * np.pi / 2) ** 2 * (
        1 + np.sin(np.minimum(index / m, 1) * np.pi / 2) ** 2
    )
    psi = np.exp(-np.minimum((x - c.x0) ** 2 / (4 * c.sigma**2), 300.0) + 1j * c.k0 * x)
    psi /= math.sqrt(np.sum(np.abs(psi) ** 2) * dx)
    dt = np.clip(0.5 / (energy.max() + np.abs(v).max() + 1e-10), c.dt_min, c.dt_max)
    random, xi, t, steps, absorbed, kept = np.random.default_rng(seed), 0 * x, 0.0, 0, 0.0, [psi]
    wanted = np.linspace(0, c.t_final, c.n_snapshots)
    while t < c.t_final and len(kept) < c.n_snapshots:
        old = psi
        if c.noise_amplitude > 0:
            memory = math.exp(-dt / c.noise_correlation_time)
            fresh = math.sqrt(1 - memory**2) * random.standard_normal(c.nx)
            xi = memory * xi + c.noise_amplitude * fresh
        half = np.exp(-0.5j * dt * (v + xi))
        psi = half * scipy.fft.ifft(np.exp(-1j * dt * energy) * scipy.fft.fft(half * psi))
        if c.decoherence_rate > 0:
            angle = math.sqrt(2 * c.decoherence_rate * dt) * random.standard_normal(c.nx)
            psi = psi * np.exp(1j * angle)
        psi = psi * mask
        absorbed += (np.sum(np.abs(old) ** 2) - np.sum(np.abs(psi) ** 2)) * dx
        if c.adaptive_dt and steps > 0:
            change = np.linalg.norm(psi - old) / np.linalg.norm(psi)
            dt *= 0.95 if change > 5e-3 else 1.5 if change < 5e-5 else 1.0
            dt = min(np.clip(dt, c.dt_min, c.dt_max), c.t_final - t)
        t, steps = t + dt, steps + 1
        if t >= wanted[len(kept)]:
            kept.append(psi)
    return np.array(kept), steps, absorbed, dt


FAST = PublishedConfig(
    nx=256, x_min=-20, x_max=20, t_final=0.6, n_snapshots=40, x0=15, k0=5, barrier_center=16
)
"""Near the right mask, which takes some of it; dt starts at 2.5e-3 and is shortened."""

SLOW = PublishedConfig(nx=512, t_final=0.3, n_snapshots=30, x0=0, k0=0.3, sigma=2, barrier_height=0)
"""dt starts at 1.6e-4 and is lengthened."""

CONFIGS = {
    "shorter": FAST,
    "longer": SLOW,
    "odd": replace(SLOW, nx=513, barrier_height=-0.05),
    "snapshots_lost": replace(SLOW, n_snapshots=700),
    "fixed": replace(FAST, adaptive_dt=False, dt_min=1.7e-3, dt_max=2e-3),
    "heavy": replace(FAST, particle_mass=2.5, boundary_strength=0.9),
    "noise": replace(FAST, noise_amplitude=0.5),
    "dephasing": replace(FAST, decoherence_rate=0.01),
    "all": replace(SLOW, noise_amplitude=0.01, decoherence_rate=1e-6),
}


@pytest.mark.parametrize("name", CONFIGS)
def test_every_rule_is_that_of_the_recipe(name: str) -> None:
    config = CONFIGS[name]
    result = run_published(config, seed=7)
    psi, steps, absorbed, dt = plain_program(config, seed=7)
    assert (result.steps, result.psi.shape) == (steps, psi.shape)
    assert np.abs(result.psi - psi).max() < ROUNDING
    assert fate(result)[2] == pytest.approx(absorbed, abs=ROUNDING)
    assert result.dt_last == pytest.approx(dt, abs=ROUNDING)


def test_no_factor_is_so_small_that_its_products_are_subnormal() -> None:
    """0.8 wide and 60 from end to end, a Gaussian goes down to 1e-305."""
    config = PublishedConfig(
        nx=2048, x_min=-30, x_max=30, barrier_type="gaussian", barrier_width=0.8, barrier_height=4
    )
    fields = make_fields(config, PublishedGrid(left=-30, right=30, n=2048))
    set_potential(fields, 5e-4)
    assert 0 < fields.potential.min() < 1e-300
    parts = np.abs(fields.half.imag)
    assert parts[parts > 0].min() > 1e-101
    expected = np.exp(-0.5j * fields.potential * 5e-4)
    np.testing.assert_allclose(fields.half, expected, atol=1e-16)


def test_the_step_is_shortened_or_lengthened_within_its_bounds() -> None:
    fast, slow = run_published(FAST), run_published(SLOW)
    assert fast.dt_mean < 0.5 * fast.dt_first
    assert slow.dt_mean > 1.5 * slow.dt_first
    assert run_published(replace(FAST, dt_max=1e-4)).dt_mean == pytest.approx(1e-4, rel=1e-3)
    assert run_published(replace(SLOW, dt_max=1.6e-4)).dt_mean < 1.6e-4


def test_a_step_past_two_times_loses_a_snapshot() -> None:
    result = run_published(CONFIGS["snapshots_lost"])
    assert result.times.size == result.psi.shape[0] < 700
    assert result.times[-1] < 0.3 - 1e-3


def test_one_snapshot_takes_no_step() -> None:
    result = run_published(replace(FAST, n_snapshots=1))
    assert (result.steps, result.A, result.psi.shape) == (0, 0.0, (1, 256))
    assert result.dt_first == result.dt_mean == result.dt_last


@pytest.mark.parametrize("height", [0.0, -1.0])
def test_without_a_barrier_the_middle_of_the_box_parts_t_from_r(height: float) -> None:
    config = replace(FAST, x0=0, k0=1, sigma=1, barrier_center=0, barrier_height=height)
    result = run_published(config)
    cells = observables.density(result.psi[-1]) * (40 / 255)
    halves = cells[128:].sum(), cells[:128].sum()
    assert fate(result)[:2] == pytest.approx(halves, abs=1e-9)


def test_t_counts_the_last_cell_of_the_barrier_and_stops_at_the_mask() -> None:
    config = replace(FAST, x0=0, k0=1, sigma=3, barrier_center=0, boundary_width=15)
    result = run_published(config)
    cells = observables.density(result.psi[-1]) * (40 / 255)
    last, first = np.flatnonzero(result.potential)[[-1, 0]]
    left, right = np.flatnonzero(np.abs(result.x) <= 5)[[0, -1]] + [0, 1]
    zones = cells[last:right].sum(), cells[left:first].sum()
    assert fate(result)[:2] == pytest.approx(zones, abs=ROUNDING)


@pytest.mark.parametrize("without", [{"boundary_width": 0}, {"boundary_strength": 0}])
def test_without_a_mask_nothing_is_absorbed(without: dict[str, Any]) -> None:
    result = run_published(replace(FAST, **without))
    assert abs(result.A) < ROUNDING
    assert run_published(FAST).A > 1e-3


NOISES = [{"noise_amplitude": 0.5}, {"decoherence_rate": 0.1}]


@pytest.mark.parametrize("noise", NOISES)
def test_the_same_seed_gives_the_same_noise(noise: dict[str, Any]) -> None:
    config = replace(FAST, **noise)
    one, two, other = (run_published(config, seed=seed).psi for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, two)
    assert np.abs(one[-1] - other[-1]).max() > 1e-3
    drawn = [run_published(config).psi[-1] for _ in range(2)]
    assert np.abs(drawn[0] - drawn[1]).max() > 1e-3


FREE = PublishedConfig(
    x_min=-30,
    x_max=30,
    x0=0,
    k0=2,
    sigma=1.5,
    barrier_height=0,
    t_final=0.5,
    n_snapshots=2,
    adaptive_dt=False,
    dt_min=1e-3,
    boundary_width=0,
)


def heating(nx: int, rate: float, runs: int = 8) -> float:
    """Mean gain of energy over some runs."""
    grid = PublishedGrid(left=-30, right=30, n=nx)
    config = replace(FREE, nx=nx, decoherence_rate=rate)
    gained = [np.diff(mean_energy(run_published(config, seed), grid))[0] for seed in range(runs)]
    return float(np.mean(gained))


def mean_energy(result: PublishedResult, grid: PublishedGrid) -> Array:
    return observables.energy(result.psi, grid, result.potential, NATURAL)


def test_published_dephasing_heats_without_limit_as_dx_falls() -> None:
    """d<E>/dt = 2 gamma (k_max^2/6 - <E>) on average over many runs, these few within 10 %."""
    rate, energy = 0.02, 2 + 1 / (8 * 1.5**2)
    heat = {nx: heating(nx, rate) for nx in (256, 512, 1024)}
    for nx, gained in heat.items():
        k_max = np.pi * (nx - 1) / 60
        expected = 2 * rate * (k_max**2 / 6 - energy) * FREE.t_final
        assert gained == pytest.approx(expected, rel=0.1)
    assert heat[1024] > 3 * heat[512] > 9 * heat[256]
    assert abs(heating(256, 0.0, runs=1)) < 1e-9


def left_over(nx: int, seed: int, **noise: Any) -> float:
    """|<psi without noise|psi>|^2."""
    quiet, noisy = (
        run_published(replace(FREE, nx=nx, **kind), seed=seed).psi[-1] for kind in ({}, noise)
    )
    return float(abs(np.vdot(quiet, noisy) * 60 / (nx - 1)) ** 2)


def test_published_dephasing_has_half_the_t2_that_it_states() -> None:
    rate = 0.5
    kept = np.mean([left_over(512, seed, decoherence_rate=rate) for seed in range(8)])
    assert kept == pytest.approx(math.exp(-2 * rate * FREE.t_final), rel=0.05)


def test_the_published_noisy_potential_fades_as_dx_falls() -> None:
    lost = {
        nx: np.mean([1 - left_over(nx, seed, noise_amplitude=0.5) for seed in range(4)])
        for nx in (512, 2048)
    }
    assert lost[2048] < 0.5 * lost[512]


def test_progress_rises_to_one_and_can_stop_the_run() -> None:
    parts: list[float] = []
    config = replace(FAST, nx=2048, boundary_width=2, t_final=0.5, dt_min=1e-4)
    run_published(config, progress=parts.append)
    assert len(parts) > 2
    assert parts == sorted(parts)
    assert parts[-1] == 1.0

    def stop(part: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_published(config, progress=stop)


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(InvalidInput, match="seed must be zero or positive, got -1"):
        run_published(FAST, seed=-1)


def test_a_file_is_read_as_the_program_read_it(write: Callable[[str], Path]) -> None:
    text = "\ufeff# a title\n\nk0=2 # 1/nm = no\n  nx =   512\nadaptive_dt = FALSE\nsigma = 1e-1\n"
    config = PublishedConfig.read(write(text + "k0 = 3\nscenario_name = A = B # c\n"))
    assert config == PublishedConfig(
        k0=3.0, nx=512, adaptive_dt=False, sigma=0.1, scenario_name="A = B"
    )


def test_an_empty_file_is_the_command_lines_fallback(write: Callable[[str], Path]) -> None:
    assert asdict(PublishedConfig.read(write(""))) == FALLBACK | {"ignored": ()}


def test_keys_that_mean_nothing_are_told(write: Callable[[str], Path]) -> None:
    config = PublishedConfig.read(write("barrier_separation = 2.0\nfps = 12\nNX = 64\nNX = 32\n"))
    assert config.ignored == ("barrier_separation", "NX")
    assert (config.fps, config.nx) == (12, 2048)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Case 1 - Rectangular Barrier", "case1_rectangular_barrier"),
        ("Case 2 - Gaussian Barrier", "case2_gaussian_barrier"),
        ("Rectangular Barrier", "rectangular_barrier"),
        ("case-12 --  a_-_b -", "case12_a_b"),
        ("Case 7", "case7"),
        ("Case study", "case_study"),
        ("Case 3b - x", "case_3b_x"),
        ("simulation", "simulation"),
    ],
)
def test_names_of_files(name: str, slug: str) -> None:
    assert PublishedConfig(scenario_name=name).slug == slug


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\nk0 5", r":2 must be of the form key = value, got k0 5"),
        ("k0 # = 5", r":1 must be of the form key = value, got k0"),
        ("= 5", r":1 must be of the form key = value, got = 5"),
        ("nx = 512.0", r":1: nx must be a whole number, got 512.0"),
        ("nx =", r":1: nx must be a whole number, got nothing"),
        ("k0 = fast", r":1: k0 must be a number, got fast"),
        ("k0 = true", r":1: k0 must be a number, got true"),
        ("adaptive_dt = 1", r":1: adaptive_dt must be true or false, got 1"),
        ("scenario_name = #", r":1: scenario_name must be a text, got nothing"),
        ("scenario_name = a/b", r":1: scenario_name must be the name of a file: .* got a/b"),
        ("scenario_name = - -", r":1: scenario_name must be the name of a file: .* got - -"),
        ("\n\nsigma = -0.3", r":3: sigma must be positive, got -0.3"),
        ("sigma = 1e-60", r":1: sigma must have a size between 1e-50 and 1e\+50, got 1e-60"),
        ("barrier_height = 1e999", r":1: barrier_height must be a finite number, got inf"),
        ("noise_amplitude = -1", r":1: noise_amplitude must be zero or positive, got -1"),
        ("nx = 15", r":1: nx must be at least 16, got 15"),
        ("fps = 0", r":1: fps must be at least 1, got 0"),
        ("n_snapshots = 200000", r":1: n_snapshots must be at most 131072 for nx = 2048, got 2"),
        (
            "barrier_type = double_barrier",
            r":1: barrier_type must be one of rectangular, gaussian, got double_barrier",
        ),
        ("k0 = 1\nx_max = -12", r":2: x_max must be greater than x_min = -10, got -12"),
        ("x_max = -8", r": x0 \(not given\) must be between x_min and x_max, got -5"),
        ("dt_max = 1e-5", r":1: dt_max must be at least dt_min = 0.0001, got 1e-05"),
        ("dt_min = 1e-10", r":1: dt_min must be at least t_final/1e\+09, got 1e-10"),
        ("boundary_width = 10", r":1: boundary_width must be less than half of the box, 10, got"),
        ("boundary_strength = 1", r":1: boundary_strength must be below 1, got 1"),
    ],
)
def test_what_is_wrong_in_a_file_is_named_with_its_line(
    text: str, message: str, write: Callable[[str], Path]
) -> None:
    with pytest.raises(InvalidInput, match=rf"case\.txt{message}"):
        PublishedConfig.read(write(text))


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes(b"scenario_name = Caf\xe9\n")
    with pytest.raises(InvalidInput, match=r"be UTF-8 text, got .*latin\.txt"):
        PublishedConfig.read(latin)
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(InvalidInput, match=f"be a file that can be read .*, got {path}"):
            PublishedConfig.read(path)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"nx": True}, "PublishedConfig.nx must be a whole number, got True"),
        ({"k0": "5"}, "PublishedConfig.k0 must be a finite number, got 5"),
        ({"save_netcdf": 1}, "PublishedConfig.save_netcdf must be true or false, got 1"),
        ({"barrier_type": "Gaussian"}, "PublishedConfig.barrier_type must be one of"),
    ],
)
def test_values_made_by_hand_are_checked_too(given: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        PublishedConfig(**given)
