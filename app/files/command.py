"""The command that makes a run in a shell."""

import shlex
from typing import Any

from solver.absorber import Walls
from solver.barriers import SHAPES
from solver.controls import WORDED
from solver.description import describe

WORDS = {kind.__name__: shape.lower() for shape, kind in SHAPES.items()}


def command(table: dict[str, Any], file: str) -> str:
    """`tunnelscope run` with options; with the TOML file of this name where they cannot say it."""
    left = {k: dict(part) if isinstance(part, dict) else part for k, part in table.items()}
    words = [option(name.replace("_", "-"), value) for name, value in taken(left)]
    if any(part != {} for part in left.values()):
        return f"tunnelscope run {file}"
    return " ".join(["tunnelscope run", *words])


def option(name: str, value: str) -> str:
    """What begins with a minus must not stand alone; what has blanks or signs is quoted."""
    told = shlex.quote(value)
    return f"--{name}={told}" if value.startswith("-") else f"--{name} {told}"


def taken(left: dict[str, Any]) -> list[tuple[str, Any]]:
    """Options and their values, each taken out of what is left to be said."""
    barrier, packet = left["barrier"], left["packet"]
    shape = WORDS.get(barrier.pop("type"))
    if shape is None or barrier.pop("center"):
        return []
    worded = [(name, barrier.pop(name)) for name in WORDED if name in barrier]
    found = [("barrier", shape), *worded, *numbers(barrier, *barrier)]
    if packet.pop("direction") < 0:
        found.append(("direction", "left"))
    found += numbers(packet, "energy", "sigma", "center") + numbers(left, "mass")
    if (quality := left.pop("quality")) != "standard":
        found.append(("quality", quality))
    if left.get("layer") == describe(Walls()):
        found.append(("edges", left.pop("layer") and "walls"))
    return found + numbers(left, "dt", "t_end") + environment(left)


def environment(left: dict[str, Any]) -> list[tuple[str, Any]]:
    """Dephasing with its members and seed, if that is what surrounds the packet."""
    around = left.get("environment", {})
    if around.get("type") != "Dephasing":
        return []
    del around["type"]
    around["noise_length"] = around.pop("length")
    return numbers(around, "t2", "noise_length") + numbers(left, "members", "seed")


def numbers(table: dict[str, Any], *names: str) -> list[tuple[str, Any]]:
    """Those of these that the table has, as short as they can be and still be the same."""
    known = [name for name in names if name in table]
    return [(name, repr(table.pop(name)).removesuffix(".0")) for name in known]
