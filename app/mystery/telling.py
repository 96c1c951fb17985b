"""What the browser is told of a round: of the trials before the reveal, of the barrier after it."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.stage.wire import bundle
from lessons.mystery.hidden import ALL, GAP, HEIGHTS, KINDS, WIDTHS, Hidden
from lessons.mystery.passing import ENERGIES, curves
from lessons.mystery.posterior import BITS, LEVELS, Posterior, posterior
from lessons.mystery.trials import MOST, SHOTS, Trial
from locales.language import once_spoken, say
from solver.controls import CHOICES
from solver.ranges import ENERGY, SIGMA, Range
from solver.units import ELECTRON

POINTS = 401
"""Of a profile."""

FAINT = 8.0
"""So many times likelier than even the likeliest must be to have its full color."""


@once_spoken
def about() -> dict[str, Any]:
    """What can be chosen on the page, and what may be hidden."""
    return {
        "energy": number(ENERGY),
        "sigma": number(SIGMA),
        "directions": list(CHOICES["direction"].options),
        "shots": list(SHOTS),
        "shapes": list(KINDS),
        "heights": list(HEIGHTS),
        "widths": list(WIDTHS),
        "gap": GAP,
        "count": len(ALL),
        "bits": BITS,
        "most": MOST,
    }


def number(span: Range) -> dict[str, Any]:
    """A number as assets/controls/number.js takes it."""
    names = ("name", "low", "high", "default", "step", "scale", "unit")
    label = say(span.label)
    words = {"label": label, "doc": say(span.doc), "full": f"{label} ({span.unit})"}
    return {**{name: getattr(span, name) for name in names}, **words}


def told(word: str, trials: Sequence[Trial], sigma: float) -> bytes:
    """The round before its reveal: what its trials counted, and the posterior of these alone."""
    return bundle(*of_trials(word, trials, sigma, posterior(trials)))


def revealed(
    word: str, trials: Sequence[Trial], sigma: float, guess: Hidden, truth: Hidden
) -> bytes:
    """The same with the truth beside the guess, and what both were worth."""
    found = posterior(trials)
    meta, arrays = of_trials(word, trials, sigma, found)
    part, x = curves(sigma), extent(guess, truth)
    meta["reveal"] = {
        "truth": sizes(truth),
        "guess": sizes(guess),
        "truth_p": found.of(truth),
        "guess_p": found.of(guess),
        "inside": [bool(found.credible(level)[truth.place]) for level in LEVELS],
    }
    arrays |= {
        "truth": part[:, truth.place],
        "guess": part[:, guess.place],
        "x": x,
        "v_truth": truth.barrier.profile(x),
        "v_guess": guess.barrier.profile(x),
    }
    return bundle(meta, as_float32(arrays))


def of_trials(
    word: str, trials: Sequence[Trial], sigma: float, found: Posterior
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Meta and arrays of what the trials say."""
    meta = {
        "kind": "round",
        "word": word,
        "trials": [counted(trial) for trial in trials],
        "sigma": sigma,
        "gained": found.gained,
        "shots": sum(trial.design.shots for trial in trials),
        "shapes": found.shapes,
        "best": sizes(found.best),
        "best_p": found.of(found.best),
        "height": found.interval("height"),
        "width": found.interval("width"),
        "left_over": [int(found.credible(level).sum()) for level in LEVELS],
        "reveal": None,
    }
    likely = found.sizes
    arrays = {
        "energy": ENERGIES,
        "bands": found.bands(sigma),
        "sizes": likely / max(likely.max(), FAINT / likely.size),
    }
    return meta, as_float32(arrays)


def as_float32(arrays: dict[str, Any]) -> dict[str, Any]:
    return {name: np.ascontiguousarray(array, np.float32) for name, array in arrays.items()}


def sizes(hidden: Hidden) -> dict[str, Any]:
    return {"shape": hidden.shape, "height": hidden.height, "width": hidden.width}


def counted(trial: Trial) -> dict[str, Any]:
    """A row of the notebook; the energies of its packet, one standard deviation to either side."""
    design = trial.design
    k0, s = design.packet.wavenumber(ELECTRON), design.packet.sigma_k
    low, high = trial.interval
    return {
        "energy": design.energy,
        "sigma": design.sigma,
        "direction": design.direction,
        "shots": design.shots,
        "left": trial.left,
        "right": trial.right,
        "part": trial.part,
        "low": low,
        "high": high,
        "slow": ELECTRON.kinetic * max(k0 - s, 0.0) ** 2,
        "fast": ELECTRON.kinetic * (k0 + s) ** 2,
    }


def extent(*both: Hidden) -> Any:
    """Places (nm) at which both profiles are drawn."""
    ends = [abs(end) for hidden in both for end in hidden.barrier.support]
    reach = 1.2 * max(ends)
    return np.linspace(-reach, reach, POINTS)
