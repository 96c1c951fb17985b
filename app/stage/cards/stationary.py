"""The stationary state of the packet's energy, and how a packet comes to it as it grows wider."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
from bokeh.models import Plot

from app.stage.card import Card, Settings
from app.stage.cards.curves import packet_energy
from app.stage.figures import holoviews, rendered
from app.stage.wire import bundle
from app.theme import Palette
from solver.controls import Controls
from solver.grid import Array
from solver.packet import GaussianPacket
from solver.packet_average import packet_average
from solver.ranges import RANGES
from solver.scattering import stationary_state

POINTS = 1024
DENSE = 24
"""Places for each wavelength at least: where the window has more, less of it is shown."""

BEFORE = 0.62
"""Part of the room beside the barrier that is before it, where there is a pattern."""

WIDTHS, WIDEST = 28, 100.0
"""Packets whose transmitted part is shown, and the widest of them in widths of the narrowest."""

TOLERANCE = 1e-6
FAR = 1e3
PARTS = ("sum", "incident", "reflected", "transmitted")


def stationary_figure(colors: Palette) -> Plot:
    """Re of the parts of psi and of their sum over |psi|^2, all for an incoming amplitude of 1."""
    hv = holoviews()
    x, zero = np.linspace(-10, 10, POINTS), np.zeros(POINTS)
    axis = hv.Dimension("psi", label="ψ, |ψ|²")
    looks = (
        {"color": colors.text, "line_width": 2},
        {"color": colors.energy, "line_width": 1.5},
        {"color": colors.barrier, "line_width": 1.5, "line_dash": [5, 3]},
        {"color": colors.real, "line_width": 2.5, "line_dash": [8, 3]},
    )
    layers = [
        hv.Rectangles(([0], [-FAR], [1], [FAR]), ["x", axis, "x1", "y1"]).opts(
            color=colors.muted, fill_alpha=0.13, line_color=colors.barrier, line_dash="dashed"
        ),
        hv.Area((x, zero), "x", axis).opts(
            color=colors.density, alpha=0.25, line_color=colors.density, line_width=1.5
        ),
        *(hv.Curve((x, zero), "x", axis).opts(**look) for look in looks),
    ]
    overlay = hv.Overlay(layers).opts(xlabel="x (nm)", responsive=True)
    return rendered(overlay, ("inside", "density", *PARTS), colors)


def approach_figure(colors: Palette) -> Plot:
    """The transmitted part of packets against their width, and T(E) of the plane wave."""
    hv, line = holoviews(), ([1.0, 100.0], [0.5, 0.5])
    axis = hv.Dimension("share", label="transmitted")
    layers = [
        hv.Curve(line, "sigma", axis).opts(color=colors.text, line_width=1.5, line_dash=[6, 4]),
        hv.Curve(line, "sigma", axis).opts(color=colors.density, line_width=2.5),
        hv.Points(([1.0], [0.5]), ["sigma", axis]).opts(
            color=colors.energy, size=10, marker="circle", line_color=colors.card
        ),
    ]
    overlay = hv.Overlay(layers).opts(logx=True, xlabel="σ", responsive=True)
    return rendered(overlay, ("limit", "packets", "here"), colors)


def places(controls: Controls) -> Array:
    """Where the state is shown, (POINTS,) in nm: in the window, or where its waves can be seen."""
    left, right = controls.experiment().used_window
    a, b = controls.barrier.support
    k = controls.packet.wavenumber(controls.units)
    room = max(2 * np.pi / k * POINTS / DENSE - (b - a), b - a)
    before, behind = BEFORE * room, (1 - BEFORE) * room
    if controls.packet.direction < 0:
        before, behind = behind, before
    return np.linspace(max(left, a - before), min(right, b + behind), POINTS)


def stationary(settings: Settings) -> bytes:
    """psi at the packet's energy, what goes in and out, and T of ever wider packets."""
    (controls,) = settings.values()
    x, energy = places(controls), packet_energy(controls)
    direction = controls.packet.direction
    state = stationary_state(controls.barrier, energy, x, controls.units, direction)
    sigma, transmitted = widths(controls), wider(controls)
    meta = {
        "k": state.k,
        "r": abs(state.r),
        "goes_on": state.q.imag == 0,
        "faster": state.q.real / state.k,
        "transmission": state.transmission,
        "packet": packet_average(controls.barrier, controls.packet, controls.units).transmitted,
        "width": controls.packet.sigma,
    }
    arrays = {
        "x": x,
        "re": state.psi.real,
        "im": state.psi.imag,
        "sigma": sigma,
        "transmitted": transmitted,
    }
    return bundle(meta, {name: array.astype(np.float32) for name, array in arrays.items()})


def widths(controls: Controls) -> Array:
    """Of the packets that are compared, (WIDTHS,) in nm."""
    least = min(RANGES["sigma"].low, controls.packet.sigma)
    return np.geomspace(least, WIDEST * least, WIDTHS)


@lru_cache(maxsize=64)
def wider(controls: Controls) -> Array:
    """The exact transmitted part of each of them, (WIDTHS,)."""
    same = replace(controls.packet, energy=None, k0=controls.packet.wavenumber(controls.units))
    packets: list[GaussianPacket] = [replace(same, sigma=float(s)) for s in widths(controls)]
    averages = (
        packet_average(controls.barrier, packet, controls.units, TOLERANCE) for packet in packets
    )
    return np.array([average.transmitted for average in averages])


STATIONARY = Card(
    name="stationary",
    title="Plane wave: the stationary state at the packet’s energy",
    label="Plane wave",
    figures={"stationary": stationary_figure, "approach": approach_figure},
    feed=lambda step, settings, solved: stationary(settings),
    runs=(1, 1),
    choice="Plane wave",
)
