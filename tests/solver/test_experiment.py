"""Experiments: derived numbers keep the promise of their quality, over all of the ranges."""

from collections.abc import Generator
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver import (
    ELECTRON,
    NATURAL,
    Barrier,
    DoubleBarrier,
    EckartBarrier,
    Experiment,
    GaussianBarrier,
    GaussianPacket,
    Grid,
    NoBarrier,
    RectangularBarrier,
    StepBarrier,
    Trajectory,
    simulate,
)
from solver.absorber import AbsorbingLayer
from solver.ranges import ENERGY, HEIGHT, SIGMA, WIDTH
from solver.resolution import Wave, make_grid
from solver.settling import Sides
from solver.simulation import frame_near

SUM = 1e-10
"""Round-off of some 1e5 steps."""


def test_the_working_preset() -> None:
    run = Experiment(
        barrier=RectangularBarrier(height=1.5, width=0.3),
        packet=GaussianPacket(energy=1.0, sigma=1.4),
    ).run()
    assert run.exact.transmitted == pytest.approx(0.341934, abs=1e-6)
    assert run.fate.transmitted == pytest.approx(0.341934, abs=5e-4)
    assert run.fate.separated


def test_natural_units_reach_the_exact_packet_transmission() -> None:
    run = Experiment(
        barrier=EckartBarrier(height=0.6, width=2.0),
        packet=GaussianPacket(k0=1.0, sigma=4.0),
        units=NATURAL,
    ).run()
    assert abs(run.fate.transmitted - run.exact.transmitted) <= 1e-3


def test_the_grid_of_every_run_has_a_length_whose_transforms_are_quick() -> None:
    """4 times small primes: others, such as 550, have to be left to a library, at three times."""
    for wanted in np.geomspace(10, 16000, 400):
        width = wanted * np.pi / 20.0
        layer = AbsorbingLayer(width=0.1 * width, strength=1.0)
        grid = make_grid((0.0, 0.8 * width), layer, 20.0)
        assert grid.k_max >= 20.0 * (1 - 1e-12)
        assert grid.n <= max(64, 1.1 * wanted + 4)
        quarter, rest = divmod(grid.n, 4)
        for prime in (2, 3, 5, 7, 11):
            while quarter % prime == 0:
                quarter //= prime
        assert (quarter, rest) == (1, 0), grid.n


def test_mirror_image_has_the_same_fate() -> None:
    fates = [
        Experiment(
            barrier=RectangularBarrier(height=6.0, width=0.4),
            packet=GaussianPacket(energy=5.0, sigma=1.0, direction=direction),
        )
        .run()
        .fate
        for direction in (1, -1)
    ]
    assert fates[0].transmitted == pytest.approx(fates[1].transmitted, abs=1e-6)


def test_wider_barrier_transmits_less() -> None:
    shares = [
        Experiment(
            barrier=RectangularBarrier(height=6.0, width=width),
            packet=GaussianPacket(energy=4.0, sigma=2.0),
        )
        .run()
        .fate.transmitted
        for width in (0.1, 0.2, 0.3, 0.4)
    ]
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize("energy", [0.5, 0.7, 1.0, 2.0, 5.0, 10.0, 20.0])
def test_layers_leave_nothing_over(energy: float) -> None:
    """A packet crosses into the layer and out again: what is left of it in the box."""
    packet = GaussianPacket(energy=energy, sigma=1.0)
    experiment = Experiment(barrier=NoBarrier(), packet=packet)
    length = experiment.used_grid.length / ELECTRON.velocity(experiment.wave.slowest)
    run = Experiment(barrier=NoBarrier(), packet=packet, t_end=2.5 * length).run()
    assert run.norm[-1] <= (1e-6 if energy >= 1 else 1e-4)
    wrong_side = run.absorbed[-1, 0]
    assert wrong_side <= (1e-6 if energy >= 1 else 1e-4)


def test_blocks_come_as_they_are_ready_and_can_be_stopped() -> None:
    experiment = Experiment(barrier=NoBarrier(), packet=GaussianPacket(energy=2.0, sigma=1.0))
    blocks = simulate(experiment)
    assert isinstance(blocks, Generator)
    first, second = next(blocks), next(blocks)
    blocks.close()
    assert (first.steps.tolist(), first.progress) == ([0], 0)
    assert 0 < second.progress < 1
    assert second.psi.shape == (40, experiment.used_grid.n)


def test_frames_carry_their_true_times() -> None:
    run = Experiment(barrier=NoBarrier(), packet=GaussianPacket(energy=2.0, sigma=1.0)).run()
    np.testing.assert_array_equal(run.times, run.frame_steps * run.dt)
    assert run.t_end == run.steps * run.dt
    drift = ELECTRON.velocity(run.experiment.wave.k0)
    inside = run.absorbed.sum(axis=1) < 1e-10
    expected = run.experiment.center + drift * run.times
    np.testing.assert_allclose(run.position[0][inside], expected[inside], atol=1e-5)


def test_derived_numbers_can_be_given_by_hand() -> None:
    grid = Grid(left=-30.0, right=30.0, n=1500)
    run = Experiment(
        barrier=RectangularBarrier(height=6.0, width=0.4),
        packet=GaussianPacket(energy=5.0, sigma=1.0, center=-8.0),
        grid=grid,
        dt=0.01,
        t_end=6.0,
    ).run()
    assert (run.grid, run.dt) == (grid, 0.01)
    assert run.t_end == pytest.approx(6.0, abs=0.06)
    assert run.position[0][0] == pytest.approx(-8.0, abs=1e-9)


def test_an_instant_is_a_frame_of_the_run() -> None:
    experiment = Experiment(
        barrier=RectangularBarrier(height=6.0, width=0.4),
        packet=GaussianPacket(energy=5.0, sigma=1.0),
    )
    run = experiment.run()
    block = frame_near(experiment, float(run.times[40]))
    np.testing.assert_allclose(block.psi[0], run.psi[40], atol=1e-9)
    np.testing.assert_allclose(block.absorbed[0], run.absorbed[40], atol=1e-12)


@pytest.mark.parametrize(
    ("barrier", "energy"),
    [
        (RectangularBarrier(height=1.5, width=0.3), 1.0),
        (DoubleBarrier(height=1.5, width=0.3, gap=0.5), 1.0),
        (GaussianBarrier(height=6.0, width=0.4), 5.0),
        (StepBarrier(height=0.9), 1.0),
        (NoBarrier(), 1.0),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_frame_is_settled_that_little_can_change(barrier: Barrier, energy: float) -> None:
    """By all that can, at every frame: inside, towards the barrier, back to it, below its level."""
    packet = GaussianPacket(energy=energy, sigma=1.4)
    run = Experiment(barrier=barrier, packet=packet, quality="draft").run()
    sides, grid = Sides.of(run.experiment), run.grid
    shares = np.abs(run.psi) ** 2 @ sides.inside * grid.dx
    for part, counted in ((sides.before, sides.toward), (sides.beyond, sides.back)):
        shares += np.abs(np.fft.fft(run.psi * part)) ** 2 @ counted / grid.n * grid.dx
    little = shares + sides.below <= run.experiment.goal.error / 3
    found = run.separated
    assert found.tolist() == (little & run.experiment.arrived(run.times)).tolist()
    assert found[-1]
    assert not found[: found.size // 2].any()


def test_a_capped_resonance_says_that_it_is_not_over() -> None:
    run = Experiment(
        barrier=DoubleBarrier(height=8.0, width=0.2, gap=0.6),
        packet=GaussianPacket(energy=6.0, sigma=1.0),
        t_end=8.0,
    ).run()
    assert run.fate.remaining > 0.01
    assert not run.fate.separated


def test_momentum_energy_and_current_of_the_packet() -> None:
    run = Experiment(
        barrier=RectangularBarrier(height=6.0, width=0.4),
        packet=GaussianPacket(energy=5.0, sigma=1.0),
    ).run()
    mean, spread = run.momentum
    k0 = run.experiment.wave.k0
    assert mean[0] == pytest.approx(ELECTRON.hbar * k0, rel=1e-9)
    assert spread[0] == pytest.approx(ELECTRON.hbar / 2, rel=1e-6)
    assert run.position[1][0] == pytest.approx(1.0, abs=1e-6)
    expected = run.experiment.packet.mean_energy(ELECTRON)
    assert run.energy[0] == pytest.approx(expected, rel=1e-6)
    total = np.sum(run.current[0]) * run.grid.dx
    assert total == pytest.approx(ELECTRON.velocity(k0), rel=1e-9)
    assert run.energy_drift < 1e-3


def test_a_run_that_was_drawn_has_the_same_energy() -> None:
    run = Experiment(
        barrier=GaussianBarrier(height=6.0, width=0.4),
        packet=GaussianPacket(energy=5.0, sigma=1.0),
        quality="draft",
    ).run()
    seen = replace(run)
    seen.drawn(points=512, steps=4095)
    np.testing.assert_allclose(seen.energy, run.energy, rtol=1e-13)
    np.testing.assert_allclose(seen.energy_of(slice(7, 9)), run.energy[7:9], rtol=1e-13)


def test_regions_add_to_one_at_every_frame() -> None:
    run = Experiment(
        barrier=GaussianBarrier(height=6.0, width=0.4), packet=GaussianPacket(energy=5.0, sigma=1.0)
    ).run()
    np.testing.assert_allclose(run.regions.sum(axis=1), 1, atol=SUM)
    assert run.regions[0, 0] == pytest.approx(1, abs=1e-8)


@settings(max_examples=60, deadline=None)
@given(
    height=st.floats(HEIGHT.low, HEIGHT.high),
    width=st.floats(WIDTH.low, WIDTH.high),
    energy=st.floats(ENERGY.low, ENERGY.high),
    sigma=st.floats(SIGMA.low, SIGMA.high),
    smooth=st.booleans(),
)
def test_any_value_in_range_makes_an_experiment(
    height: float, width: float, energy: float, sigma: float, smooth: bool
) -> None:
    kind = GaussianBarrier if smooth else RectangularBarrier
    experiment = Experiment(
        barrier=kind(height=height, width=width), packet=GaussianPacket(energy=energy, sigma=sigma)
    )
    assert experiment.cost <= experiment.budget
    assert experiment.used_t_end == pytest.approx(experiment.used_dt * experiment.main_steps)


CHOSEN = Experiment(
    barrier=RectangularBarrier(height=6.0, width=0.4), packet=GaussianPacket(energy=5.0, sigma=1.0)
)
GIVEN = [field.name for field in fields(Experiment) if field.default is None]


@pytest.mark.parametrize("name", GIVEN)
def test_what_is_used_reads_by_one_rule_given_or_chosen(name: str) -> None:
    used = getattr(CHOSEN, f"used_{name}")
    assert used is not None
    by_hand = replace(CHOSEN, **{name: used})
    assert getattr(CHOSEN, name) is None
    assert getattr(by_hand, name) == getattr(by_hand, f"used_{name}") == used


def test_all_that_is_used_can_be_given() -> None:
    used = {name.removeprefix("used_") for name in dir(Experiment) if name.startswith("used_")}
    assert used == set(GIVEN) == {"window", "layer", "grid", "dt", "t_end"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("absorber", "used_layer"),
        ("inner", "used_window"),
        ("box", "used_grid"),
        ("step", "used_dt"),
        ("main_time", "used_t_end"),
    ],
)
def test_an_old_name_warns_and_gives_the_same(old: str, new: str) -> None:
    with pytest.warns(DeprecationWarning, match=f"Experiment.{old} is now {new}") as told:
        assert getattr(CHOSEN, old) is getattr(CHOSEN, new)
    assert told[0].filename == __file__


@pytest.mark.parametrize("name", GIVEN)
def test_nothing_is_promised_where_something_else_was_given(name: str) -> None:
    assert CHOSEN.promised == CHOSEN.goal.error
    left, right = CHOSEN.used_window
    given: Any = (left + 0.1, right) if name == "window" else getattr(CHOSEN, f"used_{name}")
    assert replace(CHOSEN, **{name: given}).promised is None


def test_more_room_keeps_the_promise() -> None:
    left, right = CHOSEN.used_window
    for room in (0.0, 3.0):
        run = replace(CHOSEN, window=(left - room, right + room)).run()
        assert run.source.promised == CHOSEN.promised
        assert abs(run.fate.transmitted - run.exact.transmitted) <= CHOSEN.goal.error


@pytest.mark.parametrize("center", [-30.0, -8.0, -2.0])
@pytest.mark.parametrize(("energy", "sigma"), [(0.05, 0.4), (1.0, 1.4), (8.0, 4.0)])
@pytest.mark.parametrize("left", [1e-6, 1e-3, 0.2, 0.7])
def test_no_more_than_this_is_inbound_when_a_packet_has_arrived(
    center: float, energy: float, sigma: float, left: float
) -> None:
    wall = RectangularBarrier(height=1.5, width=0.3)
    wave = Wave(
        barrier=wall,
        packet=GaussianPacket(energy=energy, sigma=sigma, center=center),
        units=ELECTRON,
    )
    t = wave.arrival(left)
    if t == 0:
        assert wave.inbound(0) <= left
    else:
        assert wave.inbound(t) == pytest.approx(left, rel=1e-7)


@pytest.mark.parametrize("direction", [1, -1])
def test_a_packet_that_touches_runs_and_promises_nothing(direction: int) -> None:
    """What begins inside and beyond is what the first frame has there; finer changes little."""
    near, wall = -1.2 * direction, RectangularBarrier(height=6.0, width=0.4)
    packet = GaussianPacket(energy=5.0, sigma=1.0, center=near, direction=direction)
    runs = [Experiment(barrier=wall, packet=packet, quality=q).run() for q in ("draft", "fine")]
    for run in runs:
        begun = run.regions[0][1:] if direction > 0 else run.regions[0][1::-1]
        assert begun == pytest.approx(run.experiment.begun, abs=1e-5)
        assert run.experiment.touches
        assert run.source.promised is None
        assert run.fate.transmitted > run.exact.transmitted + 0.05
    assert abs(runs[0].fate.transmitted - runs[1].fate.transmitted) < 3e-3


def test_a_packet_that_only_just_touches_is_still_as_theory_says() -> None:
    wall = RectangularBarrier(height=6.0, width=0.4)
    packet = GaussianPacket(energy=5.0, sigma=1.0, center=-0.2 - 4.4)
    run = Experiment(barrier=wall, packet=packet).run()
    assert run.experiment.touches
    assert run.fate.transmitted == pytest.approx(run.exact.transmitted, abs=1e-3)


def test_a_tail_that_is_longer_than_the_main_part_is_kept_whole() -> None:
    slow = Experiment(
        barrier=RectangularBarrier(height=6.0, width=0.4),
        packet=GaussianPacket(energy=5.0, sigma=1.0),
        quality="draft",
    )
    blocks = [*simulate(slow)]
    many = [replace(blocks[0], psi=blocks[0].psi * i) for i in range(3 * slow.frames)]
    run = Trajectory.of(slow, many)
    assert np.array_equal(run.psi, np.concatenate([block.psi for block in many]))
    assert run.frame_steps.size == len(run.absorbed) == len(many)
