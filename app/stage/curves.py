"""The curves that a lesson shows below the wave packet: p(E), T(E), and T against a control."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from app.stage.wire import bundle
from lessons.labels import LABELS
from lessons.lesson import Scan, Step
from lessons.quantities import exact
from solver.controls import Controls
from solver.errors import InvalidInput
from solver.grid import Array
from solver.scattering import energy_density, transmission_coefficient

POINTS = 400
SCAN_POINTS = 48
Runs = dict[str, Controls]


def energies(runs: Runs) -> Array:
    """Energies (eV) around the packet and the tops, from just above 0."""
    ends = []
    for controls in runs.values():
        k0, s = controls.packet.wavenumber(controls.units), controls.packet.sigma_k
        fast = controls.units.kinetic * (k0 + 4 * s) ** 2
        ends.append(max(fast, 1.25 * controls.barrier.top))
    return np.linspace(max(ends) / POINTS, max(ends), POINTS)


def marks(runs: Runs) -> list[dict[str, Any]]:
    """The packet energy and the highest top, where they stand."""
    first = next(iter(runs.values()))
    top = max(controls.barrier.top for controls in runs.values())
    found = [{"name": "packet energy E₀", "x": first.energy}]
    return [*found, {"name": "top of the barrier", "x": top}] if top > 0 else found


def through(controls: Controls, energy: Array) -> Array:
    return transmission_coefficient(controls.barrier, energy, controls.units)


def spectrum(runs: Runs) -> bytes:
    """p(E) of the packet, and of what of it gets through."""
    energy, first = energies(runs), next(iter(runs.values()))
    density = energy_density(first.packet, energy, first.units)
    parts = {
        "transmitted" if len(runs) == 1 else f"transmitted: {controls.shape}": density
        * through(controls, energy)
        for controls in runs.values()
    }
    series = {"the packet, p(E)": density, **parts}
    return curves("spectrum", "Energy (eV)", "p(E) (1/eV)", energy, series, marks(runs))


def coefficient(runs: Runs) -> bytes:
    """T(E) of stationary states."""
    energy = energies(runs)
    series = {
        "T(E)" if len(runs) == 1 else f"T(E): {controls.shape}": through(controls, energy)
        for controls in runs.values()
    }
    return curves("coefficient", "Energy (eV)", "T(E)", energy, series, marks(runs))


def scan(runs: Runs, asked: Scan) -> bytes:
    """The exact transmitted part against one control, on a logarithmic axis."""
    values = np.linspace(asked.low, asked.high, SCAN_POINTS)
    series = {
        "transmitted, exact" if len(runs) == 1 else f"transmitted: {controls.shape}": np.array(
            [transmitted(controls, asked.vary, float(value)) for value in values]
        )
        for controls in runs.values()
    }
    label, unit = LABELS[asked.vary]
    first = next(iter(runs.values()))
    return curves(
        "scan",
        f"{label[0].upper()}{label[1:]} ({unit})",
        "transmitted",
        values,
        series,
        [],
        vary=asked.vary,
        here=getattr(first, asked.vary),
    )


@lru_cache(maxsize=8192)
def transmitted(controls: Controls, vary: str, value: float) -> float:
    """The exact transmitted part with one control changed; not a number where it cannot be."""
    try:
        return max(float(exact(controls.changed(**{vary: value})).transmitted), 1e-30)
    except InvalidInput:
        return float("nan")


def curves(
    kind: str,
    x_label: str,
    y_label: str,
    x: Array,
    series: dict[str, Array],
    lines: list[dict[str, Any]],
    **more: Any,
) -> bytes:
    """One block: x (m,), y (c, m), names, labels and marks."""
    meta = {
        "kind": "curves",
        "figure": kind,
        "x_label": x_label,
        "y_label": y_label,
        "names": list(series),
        "marks": lines,
        **more,
    }
    arrays = {
        "x": x.astype(np.float32),
        "y": np.stack(list(series.values())).astype(np.float32),
    }
    return bundle(meta, arrays)


SIMPLE: dict[str, Callable[[Runs], bytes]] = {"spectrum": spectrum, "coefficient": coefficient}


def step_curves(step: Step, runs: Runs) -> list[bytes]:
    """What this step shows for these runs."""
    blocks = [SIMPLE[name](runs) for name in step.show if name in SIMPLE]
    if step.scan is not None:
        blocks.append(scan(runs, step.scan))
    return blocks
