"""Pictures of a step's runs for paper: how each begins, and what becomes of it."""

import base64
import io
from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import Any

import numpy as np
from matplotlib import style
from matplotlib.figure import Figure

from app.lab.side_by_side import names_on_stage, sources
from app.pictures.gif import barrier_panel
from app.pictures.panels import STYLE, Line, draw
from app.stage.film import density_on_display
from app.theme import LIGHT
from locales.language import mark, say, speaking, spoken, written
from solver.controls import Controls
from solver.ensemble import Ensemble
from solver.experiment import Experiment
from solver.grid import Array
from solver.units import NATURAL

MOMENTS = (mark("at the start"), mark("at the barrier"), mark("at the end"))
SIZE, DOTS = (3.4, 2.6), 110
"""Inches of one frame, and dots an inch."""

SMALL = {"font.size": 10, "axes.titlesize": 10}
MATPLOTLIB = Lock()
"""Matplotlib's settings belong to the process: one thread draws at a time."""


def pictures_of(settings: dict[str, Controls]) -> list[dict[str, Any]]:
    """For each run its name, a picture of its start, and one of its start, middle and end."""
    pairs = zip(names_on_stage(settings), sources(settings), strict=True)
    return [{"name": name, **pictures(source, spoken())} for name, source in pairs]


@lru_cache(maxsize=128)
def pictures(source: Experiment | Ensemble, language: str) -> dict[str, str]:
    """Both pictures of a run as addresses that hold the data, in this language."""
    run = source.run()
    frames = run.experiment.frames + 1
    x, shown = density_on_display(run)
    shown, times = shown[:frames], run.times[:frames]
    wave, units = run.experiment.wave, run.experiment.units
    arrival = abs(wave.near_edge - wave.start) / units.velocity(wave.k0)
    chosen = (0, int(np.argmin(np.abs(times - arrival))), frames - 1)
    unit = "" if units.time == NATURAL.time else f" {units.time}"
    density = shown[list(chosen)]
    with speaking(language):
        told = [
            f"{say(when)}, t = {written(f'{times[j]:.3g}')}{unit}"
            for when, j in zip(MOMENTS, chosen, strict=True)
        ]
        return {
            "start": drawn(run.experiment, x, density[:1], told[:1]),
            "course": drawn(run.experiment, x, density, told),
        }


def drawn(experiment: Experiment, x: Array, density: Array, told: Sequence[str]) -> str:
    """|psi|^2 before the barrier, one frame beside the other on the same axes."""
    with MATPLOTLIB, style.context(["default", STYLE, SMALL]):
        width = 5.0 if len(told) == 1 else SIZE[0] * len(told)
        figure = Figure(figsize=(width, SIZE[1]), dpi=DOTS, layout="constrained")
        peak = float(density.max())
        for axes, values, title in zip(
            np.ravel(figure.subplots(1, len(told))), density, told, strict=True
        ):
            wave = Line("|ψ|²", x, values, LIGHT.density, filled=True)
            lines = draw(barrier_panel(experiment, [wave], peak), axes)
            axes.set_title(title)
            axes.get_legend().remove()
        figure.legend(handles=lines, loc="outside lower center", ncols=len(lines))
        file = io.BytesIO()
        figure.savefig(file, format="png")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
