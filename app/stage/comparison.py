"""Two runs compared as sets of density values: what the numbers are, and what they are worth."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.stage.film import density_on_display
from lessons.prose import significant
from locales.language import say
from solver.controls import Controls
from solver.statistics import GRID_WARNING, Comparison, size_of
from solver.trajectory import Result

Density = NDArray[np.float64]

BINS = 64
EVERY_FRAME, EVERY_POINT = 4, 2
"""Of the frames and points on display, those whose density is compared."""

NAMES = {
    "kolmogorov_smirnov": "Kolmogorov-Smirnov",
    "mann_whitney": "Mann-Whitney",
    "mood": "Mood",
}
"""One test for each question: same distribution, same order, same spread."""


def sampled_density(run: Result) -> Density:
    """|psi|^2 (1/nm) at some places and times of the main part, one after the other."""
    shown = density_on_display(run)[1][: run.experiment.frames + 1]
    return np.asarray(shown[::EVERY_FRAME, ::EVERY_POINT].ravel(), dtype=np.float64)


def comparison(first: Density, second: Density) -> Comparison:
    """Two sampled densities, compared."""
    return Comparison(first, second, unit="1/nm", bins=BINS)


def compare_table(settings: dict[str, Controls], found: Comparison) -> dict[str, Any]:
    """Rows of label, first, second (or one value for both), and the warning below them."""
    h = [say("{bits:.3f} bits", bits=value) for value in found.entropies]
    delta = found.cliffs_delta
    sizes = say("{delta:.3f} ({size})", delta=delta, size=say(size_of(delta))).replace("-", "−")
    means = [f"{significant(float(values.mean()))} {found.unit}" for values in (found.a, found.b)]
    tests = [
        [f"{NAMES[name]}: {say(test.hypothesis)}", f"p = {significant(test.p)}"]
        for name, test in found.tests.items()
        if name in NAMES
    ]
    return {
        "names": [say(controls.shape) for controls in settings.values()],
        "rows": [
            [say("mean density"), *means],
            [say("Shannon entropy, {bins} common bins", bins=BINS), *h],
            [
                say("Jensen-Shannon divergence"),
                say("{bits:.4f} bits", bits=found.jensen_shannon),
            ],
            [say("effect size, Cliff’s delta"), sizes],
            *tests,
        ],
        "warning": say(GRID_WARNING, n=found.a.size, m=found.b.size),
    }
