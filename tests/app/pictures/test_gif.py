"""The animated GIF: every instant at its time, small, and complete or not there."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

from app.pictures.gif import (
    FASTEST,
    PAUSE,
    Animation,
    barrier_panel,
    distinct,
    durations,
    write_gif,
)
from solver.barriers import RectangularBarrier
from solver.errors import InvalidInput
from solver.experiment import Experiment
from solver.packet import GaussianPacket
from solver.published.cases import CASES
from solver.trajectory import Trajectory
from solver.writing import writing

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def run() -> Trajectory:
    barrier = RectangularBarrier(height=6.0, width=0.3)
    packet = GaussianPacket(energy=5.0, sigma=1.0)
    return Experiment(barrier=barrier, packet=packet, quality="draft").run()


@pytest.fixture(scope="module")
def animation(run: Trajectory) -> Animation:
    return Animation(run)


def test_a_gif_plays_the_main_part_for_ever(run: Trajectory, tmp_path: Path) -> None:
    told: list[float] = []
    write_gif(run, tmp_path / "run.gif", progress=told.append)
    assert (tmp_path / "run.gif").stat().st_size < 2 * MEGABYTE
    with Image.open(tmp_path / "run.gif") as picture:
        assert (picture.size, picture.info["loop"]) == ((800, 450), 0)
        frames = [frame.convert("RGB").copy() for frame in ImageSequence.Iterator(picture)]
        milliseconds = [frame.info["duration"] for frame in ImageSequence.Iterator(picture)]
    assert len(frames) == 121
    assert sum(milliseconds) == pytest.approx(1000 * 121 / 30 + PAUSE, abs=10)
    assert frames[0].getpixel((0, 0)) == (255, 255, 255)
    assert np.mean(np.asarray(frames[0]) != np.asarray(frames[-1])) > 0.01
    assert told == [(j + 1) / 121 for j in range(121)]


def test_what_is_told_is_of_that_instant(run: Trajectory, animation: Animation) -> None:
    assert animation.told(0) == (
        "t = 0.00 fs",
        "Probability:",
        "left 1.000",
        "inside 0.000",
        "right 0.000",
    )
    left, inside, right = run.regions[120]
    assert animation.times[60] == run.times[120]
    assert animation.told(60)[2:] == (
        f"left {left:.3f}",
        f"inside {inside:.3f}",
        f"right {right:.3f}",
    )


def test_only_the_moving_parts_are_drawn_anew(animation: Animation) -> None:
    first, later = (np.asarray(animation.frame(j)).astype(int) for j in (0, 60))
    again = np.asarray(animation.frame(0))
    np.testing.assert_array_equal(first, again)
    below = slice(400, None)
    np.testing.assert_array_equal(first[below], later[below])


def test_zero_stands_at_one_height_and_a_well_leaves_room() -> None:
    well = RectangularBarrier(height=-8.0, width=0.3)
    packet = GaussianPacket(energy=1.0, sigma=1.0)
    panel = barrier_panel(Experiment(barrier=well, packet=packet), [], peak=0.5)
    assert panel.limits
    assert panel.right_limits
    (low, high), (bottom, top) = panel.limits, panel.right_limits
    assert low / high == pytest.approx(bottom / top)
    assert bottom < -8.0
    assert -bottom / (top - bottom) == pytest.approx(0.4)


def test_natural_units_have_their_name() -> None:
    animation = Animation(replace(CASES["rectangular"], t_end=0.5).run())
    assert animation.told(0)[0] == "t = 0.000 natural units"


@pytest.mark.parametrize("fps", [1, 24, 30, FASTEST])
def test_frames_keep_to_the_rate(fps: int) -> None:
    lengths = durations(121, fps)
    assert sum(lengths) - PAUSE == pytest.approx(1000 * 121 / fps, abs=5)
    assert all(length % 10 == 0 and length >= 20 for length in lengths)


def test_the_palette_holds_the_frequent_colors_and_no_two_alike() -> None:
    counted = [(9, (255, 255, 255)), (5, (250, 250, 250)), (3, (0, 0, 9)), (1, (0, 0, 0))]
    assert distinct(counted) == [255, 255, 255, 0, 0, 9, 0, 0, 0]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_interrupt_leaves_nothing(run: Trajectory, tmp_path: Path, error: type) -> None:
    def stop(part: float) -> None:
        if part > 0.1:
            raise error

    with pytest.raises(error):
        write_gif(run, tmp_path / "run.gif", progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_bad_places_suffixes_and_rates_are_refused(run: Trajectory, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"file must end in \.gif"):
        write_gif(run, tmp_path / "run.mp4")
    for fps in (0, FASTEST + 1):
        with pytest.raises(InvalidInput, match=f"fps must be from 1 to 50, got {fps}"):
            write_gif(run, tmp_path / "run.gif", fps=fps)
    missing = tmp_path / "missing" / "run.gif"
    with pytest.raises(InvalidInput, match=re.escape("can be written (No such file")):
        write_gif(run, missing)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failure_midway_leaves_what_was_there(error: type, tmp_path: Path) -> None:
    def fail() -> None:
        with writing(tmp_path / "run.png") as beside:
            assert beside.suffix == ".png"
            beside.write_text("half")
            raise error

    (tmp_path / "run.png").write_text("before")
    with pytest.raises(error):
        fail()
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]
