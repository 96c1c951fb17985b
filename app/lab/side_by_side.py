"""The runs of a step as experiments that can stand side by side, and their names."""

from solver.controls import Controls
from solver.ensemble import Ensemble
from solver.experiment import Experiment


def names_on_stage(runs: dict[str, Controls]) -> tuple[str, ...]:
    """A name for each run: its shape and width, or its edges or environment where they differ."""
    settings = list(runs.values())
    if len({surroundings(controls) for controls in settings}) > 1:
        return tuple(map(surroundings, settings))
    if len({controls.edges for controls in settings}) > 1:
        return tuple(controls.edges for controls in settings)
    return tuple(
        f"{c.shape}, {c.width:.3g} nm wide" if "width" in c.own else c.shape for c in settings
    )


def surroundings(controls: Controls) -> str:
    return "alone" if controls.alone else f"T2 = {controls.t2:.3g} fs"


def experiments(runs: dict[str, Controls]) -> list[Experiment | Ensemble]:
    """One experiment or ensemble a run; two share window and start, and so axes and clock."""
    settings = list(runs.values())
    if len(settings) == 1:
        return [settings[0].source()]
    first, second = settings
    return [first.source(beside=second), second.source(beside=first)]
