"""The settings of a step as sources that can stand side by side, and their names."""

from locales.language import say
from solver.controls import Controls
from solver.ensemble import Ensemble
from solver.experiment import Experiment


def names_on_stage(settings: dict[str, Controls]) -> tuple[str, ...]:
    """A name for each run: its shape and width, or its edges or environment where they differ."""
    chosen = list(settings.values())
    if len({surroundings(controls) for controls in chosen}) > 1:
        return tuple(map(surroundings, chosen))
    if len({controls.edges for controls in chosen}) > 1:
        return tuple(say(controls.edges) for controls in chosen)
    return tuple(map(barrier_told, chosen))


def barrier_told(controls: Controls) -> str:
    """Such as: Rectangular, 0.3 nm wide."""
    shape = say(controls.shape)
    if "width" not in controls.own:
        return shape
    return say("{shape}, {width:.3g} nm wide", shape=shape, width=controls.width)


def surroundings(controls: Controls) -> str:
    return say("alone") if controls.alone else say("T2 = {time:.3g} fs", time=controls.t2)


def sources(settings: dict[str, Controls]) -> list[Experiment | Ensemble]:
    """One experiment or ensemble for each; two share window and start, and so axes and clock."""
    chosen = list(settings.values())
    if len(chosen) == 1:
        return [chosen[0].source()]
    first, second = chosen
    return [first.source(beside=second), second.source(beside=first)]
