"""What the parts of one film take."""

from dataclasses import replace
from typing import Any

import numpy as np

from app.cli.bench import PRESET, Bounds, seconds
from app.lab.model import Lab
from app.stage.film import EVERY, POINTS, packed
from app.stage.of_run import OF_FRAME
from app.stage.solved import film, one_frame
from app.stage.wire import FINEST, unbundle
from solver import Experiment
from solver.phase_space import levels, picture_least, picture_levels
from solver.phase_space.bricks import room_for
from solver.phase_space.kernels import level_frames
from solver.phase_space.samples import sample

CELLS, FRAMES = 128, 120


def measure_films(report: Bounds) -> None:
    """The default film as a whole; double barriers and `fine` beside their solving."""
    report("default film, all parts", sum(parts("default", Lab().chosen.experiment())), 15, "ms")
    for name, chosen in (
        ("double barrier", {"shape": "Double"}),
        ("fine", {"quality": "fine"}),
        ("fine double barrier", {"shape": "Double", "quality": "fine"}),
    ):
        _, *others = parts(name, Lab(**chosen).chosen.experiment())
        report(f"{name}: the film without its solving", sum(others), 15, "ms")
    heights = iter(range(1000))
    whole = seconds(lambda: film(Lab(height=1.6 + 1e-3 * next(heights)).chosen.experiment()))
    report("default film in one go, after a change of the height", 1e3 * whole, 15, "ms")
    report(f"a Wigner frame of {CELLS} x {CELLS}, the loop", frame(), 40, "us")


def blocks(report: Bounds) -> None:
    corners: list[dict[str, Any]] = [
        {},
        {"energy": 20.0, "height": 18.0, "sigma": 3.0},
        {"energy": 0.5, "sigma": 0.5, "height": 0.6},
        {"shape": "Double", "energy": 3.0, "height": 8.0, "width": 0.15},
    ]
    packed = [film(Lab(**chosen).chosen.experiment()) for chosen in corners]
    report("largest block on the wire", max(map(len, packed)) / 1e6, 1, "MB")
    report("frames in it", max(unbundle(p)[1]["times"].size for p in packed), 400)
    heights = iter(np.linspace(1.6, 1.9, 40))
    fresh = seconds(lambda: film(Lab(height=float(next(heights))).chosen.experiment()))
    report("a released slider: solve and pack", 1e3 * fresh, 150, "ms")
    draft = Lab(quality="draft").chosen

    def dragged(*cards: str) -> float:
        heights = iter(np.linspace(1.6, 1.9, 40))
        return 1e3 * seconds(
            lambda: one_frame(draft.changed(height=float(next(heights))).experiment(), 12.0, cards)
        )

    report("a dragged slider: one instant, with W", dragged("phase space"), 10, "ms")
    report("a dragged slider: all that follows it", dragged(*OF_FRAME), 10, "ms")


def parts(name: str, experiment: Experiment) -> tuple[float, ...]:
    """Milliseconds of solving, W, drawing psi, and packing with the numbers of the run."""
    run, least = experiment.run(), picture_least(experiment.wave)
    shown = run.psi[::EVERY]
    space = picture_levels(shown, run.grid, experiment.used_window, least)

    def draw_and_pack() -> None:
        again = replace(run)
        packed(again, again.drawn(POINTS, FINEST), space)

    draw = 1e3 * seconds(lambda: replace(run).drawn(POINTS, FINEST))
    taken = (
        1e3 * seconds(lambda: replace(experiment).run()),
        1e3 * seconds(lambda: picture_levels(shown, run.grid, experiment.used_window, least)),
        draw,
        1e3 * seconds(draw_and_pack) - draw,
    )
    rows, told = space.k.size, "solve {:.1f}, Wigner {:.1f}, draw {:.1f}, pack {:.1f} ms"
    print(f"film, {name}, {run.times.size} frames, {rows} rows:", told.format(*taken))
    return taken


def frame() -> float:
    """Microseconds of the loop that makes W in levels, samples given."""
    run, least = PRESET.run(), picture_least(PRESET.wave)
    about = run.psi[: 2 * FRAMES : 2], run.grid, PRESET.used_window, least
    found = levels(*about)
    sampled = sample(*about, CELLS, CELLS)
    scales, excess = np.empty((2, FRAMES))
    sums = np.empty((FRAMES, CELLS), np.float32)
    values, spans = room_for(found.bricks.shape)
    layout, rows = sampled.places.layout, found.k.size
    work = layout, sampled.room, rows, values, spans, scales, sums, excess
    return 1e6 / FRAMES * seconds(lambda: level_frames(sampled.psi, *work))
