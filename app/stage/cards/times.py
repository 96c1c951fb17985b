"""How long tunneling takes: arrivals in the run and of the free packet, and times by theory."""

from dataclasses import asdict
from functools import lru_cache
from typing import Any

import numpy as np
from bokeh.models import Plot

from app.stage.card import Card, Settings
from app.stage.cards.curves import packet_energy
from app.stage.figures import holoviews, rendered
from app.stage.solved import Solved
from app.stage.wire import bundle
from app.theme import Palette
from lessons.labels import LABELS
from locales.language import mark, say
from solver.barriers import RectangularBarrier
from solver.controls import EDGES, Controls
from solver.experiment import Experiment
from solver.grid import Array
from solver.ranges import WIDTH
from solver.times.arrival import Arrivals, FreePacket, arrivals, rates
from solver.times.average import PacketTimes, packet_times
from solver.times.delays import stationary_times

ARRIVALS = ("free", "run", "now")
WIDTHS = ("crossing", "phase_time", "dwell_time", "limit", "here")

NOISE = 1.1
"""A run that lets so many times more through than theory counts its own round-off."""

FAINT, FAINT_AVERAGE = 1e-6, 1e-5
"""Less than this is not told from the errors of a run, or of an average in an environment."""

SEEN = 2e-3
"""Part of the highest rate below which nothing is seen of an arrival."""

PLACES = 64
"""Widths of the curves."""

OPAQUE = 4.0
"""kappa L that the curves reach at least, where a control can have it: there they are level."""


def arrivals_figure(colors: Palette) -> Plot:
    """What arrives at the far end in a fs, of what gets through and of the free packet, and now."""
    hv, line = holoviews(), ([0.0, 1.0], [1.0, 1.0])
    layers = [
        hv.Area(line, "t", "rate").opts(
            color=colors.muted, fill_alpha=0.14, line_color=colors.muted, line_dash=[10, 4]
        ),
        hv.Curve(line, "t", "rate").opts(color=colors.density, line_width=2.5),
        hv.Curve(([0.5, 0.5], [0.0, 1.0]), "t", "rate").opts(color=colors.text, line_width=1.5),
    ]
    overlay = hv.Overlay(layers).opts(xlabel="t (fs)", ylabel="", responsive=True)
    return rendered(overlay, ARRIVALS, colors)


def widths_figure(colors: Palette) -> Plot:
    """Phase and dwell time against the barrier's width, beside the free packet's time."""
    hv, line = holoviews(), ([0.0, 1.0], [1.0, 1.0])
    looks = (
        {"color": colors.muted, "line_dash": [10, 4], "line_width": 2},
        {"color": colors.density},
        {"color": colors.real, "line_dash": [8, 4]},
        {"color": colors.energy, "line_dash": [2, 3], "line_width": 1.5},
    )
    layers = [
        *(hv.Curve(line, "width", "time").opts(**{"line_width": 2.5, **look}) for look in looks),
        hv.Points(([0.5], [0.5]), ["width", "time"]).opts(
            color=colors.energy, size=9, marker="circle", line_color=colors.card
        ),
    ]
    overlay = hv.Overlay(layers).opts(xlabel="width", ylabel=mark("time (fs)"), responsive=True)
    return rendered(overlay, WIDTHS, colors)


def times(settings: Settings, solved: list[Solved]) -> bytes:
    """The block of one run: curves of both figures, and all numbers beside them."""
    (controls, *_), (one, *_) = settings.values(), solved
    meta: dict[str, Any] = {"kind": "times", "alone": controls.alone}
    if controls.edges != EDGES[0] or controls.case != "none":
        return bundle({**meta, "why": "edges"}, {})
    assert one.beyond is not None
    experiment, (at, beyond) = controls.experiment(), one.beyond
    found = counted(controls, experiment, at, beyond)
    meta |= {"run": found and asdict(found), **theory(controls, float(at[-1]))}
    arrays = arriving(experiment, at, beyond if found else None)
    if "width" in controls.own:
        arrays |= against_width(controls)
        label, unit = map(say, LABELS["width"])
        meta["here"] = controls.width
        meta["width_label"] = f"{label[0].upper()}{label[1:]} ({unit})"
    return bundle(meta, {name: array.astype(np.float32) for name, array in arrays.items()})


def counted(
    controls: Controls, experiment: Experiment, at: Array, beyond: Array
) -> Arrivals | None:
    """When what gets through arrives; None where so little does that a run cannot tell."""
    exact = experiment.exact.transmitted
    share = float(beyond[-1])
    told = FAINT < share <= NOISE * exact if controls.alone else share > FAINT_AVERAGE
    return arrivals(experiment, at, beyond) if told else None


def theory(controls: Controls, end: float) -> dict[str, Any]:
    """Times of a stationary state at E0, averages, and what goes over the top."""
    experiment, exact = controls.experiment(), controls.experiment().exact
    direction = controls.packet.direction
    one = stationary_times(controls.barrier, packet_energy(controls), controls.units, direction)
    averaged = averages(controls, end)
    return {
        "free": asdict(FreePacket.of(experiment).arrival(np.linspace(0, end, 200))),
        "exact": exact.transmitted,
        "over": exact.over_the_top / exact.transmitted if exact.transmitted > 0 else 0.0,
        "phase": number(one.phase[0]),
        "dwell": number(one.dwell[0]),
        "crossing": number(one.free[0]),
        "limit": limit(controls),
        "averaged": {name: number(value) for name, value in asdict(averaged).items()},
        "below": bool(controls.barrier.top > packet_energy(controls)),
        "well": bool(controls.barrier.extremes[0] < 0),
    }


@lru_cache(maxsize=64)
def averages(controls: Controls, end: float) -> PacketTimes:
    """Of what gets through by the `end` (fs)."""
    return packet_times(controls.experiment(), end)


def number(value: float) -> float | None:
    """A number as JSON has it."""
    return float(value) if np.isfinite(value) else None


def limit(controls: Controls) -> float | None:
    """2/(v kappa), fs: the phase time of a wide rectangle below its top; else None."""
    gap = controls.barrier.top - controls.packet.packet_energy(controls.units)
    if not isinstance(controls.barrier, RectangularBarrier) or gap <= 0:
        return None
    speed = controls.units.velocity(controls.packet.wavenumber(controls.units))
    return 2 / (speed * controls.units.wavenumber(gap))


def arriving(experiment: Experiment, at: Array, beyond: Array | None) -> dict[str, Array]:
    """Times (F,), and what arrives in a fs over all that has arrived, of both packets."""
    free = FreePacket.of(experiment)
    of_free = free.rates(at) / free.beyond(at)[-1]
    of_run = np.zeros_like(at) if beyond is None else rates(at, beyond) / beyond[-1]
    seen = np.flatnonzero((of_free > SEEN * of_free.max()) | (of_run > SEEN * of_run.max()))
    part = slice(max(seen[0] - 1, 0), seen[-1] + 2)
    found = {"t": at[part], "free_rates": of_free[part]}
    return found if beyond is None else {**found, "run_rates": of_run[part]}


@lru_cache(maxsize=64)
def against_width(controls: Controls) -> dict[str, Array]:
    """Widths (m,) nm, and both times and the free packet's there, fs."""
    gap = controls.barrier.top - packet_energy(controls)
    far = OPAQUE / controls.units.wavenumber(gap) if gap > 0 else 0.0
    high = min(WIDTH.high, max(2.0 * controls.width, far, 4 * WIDTH.low))
    widths = np.union1d(np.linspace(WIDTH.low, high, PLACES), [controls.width])
    energy, units, direction = (
        packet_energy(controls),
        controls.units,
        controls.packet.direction,
    )
    found = [
        stationary_times(controls.changed(width=width).barrier, energy, units, direction)
        for width in widths
    ]
    return {
        "widths": widths,
        "phases": np.array([one.phase[0] for one in found]),
        "dwells": np.array([one.dwell[0] for one in found]),
        "crossings": np.array([one.free[0] for one in found]),
    }


TIMES = Card(
    name="times",
    title="Tunneling time",
    figures={"arrivals": arrivals_figure, "widths": widths_figure},
    feed=lambda step, settings, solved: times(settings, solved),
    runs=(1, 1),
    choice="Tunneling time",
)
