"""The settings of a step as sources that can stand side by side, and their names."""

from solver.controls import Controls
from solver.ensemble import Ensemble
from solver.experiment import Experiment


def names_on_stage(settings: dict[str, Controls]) -> tuple[str, ...]:
    """A name for each run: its shape and width, or its edges or environment where they differ."""
    chosen = list(settings.values())
    if len({surroundings(controls) for controls in chosen}) > 1:
        return tuple(map(surroundings, chosen))
    if len({controls.edges for controls in chosen}) > 1:
        return tuple(controls.edges for controls in chosen)
    return tuple(
        f"{c.shape}, {c.width:.3g} nm wide" if "width" in c.own else c.shape for c in chosen
    )


def surroundings(controls: Controls) -> str:
    return "alone" if controls.alone else f"T2 = {controls.t2:.3g} fs"


def sources(settings: dict[str, Controls]) -> list[Experiment | Ensemble]:
    """One experiment or ensemble for each; two share window and start, and so axes and clock."""
    chosen = list(settings.values())
    if len(chosen) == 1:
        return [chosen[0].source()]
    first, second = chosen
    return [first.source(beside=second), second.source(beside=first)]
