"""What a file is called: its experiment, in letters that every file system takes."""

from solver.controls import DIRECTIONS, ENVIRONMENTS, Controls
from solver.ranges import RANGES


def name_of(controls: Controls) -> str:
    """Such as tunnelscope-rectangular-1.5eV-0.3nm-E1eV; what is unusual stands behind."""
    if controls.case != "none":
        return f"tunnelscope-published-{controls.case}"
    sizes = [size(controls, name) for name in controls.own if name in RANGES]
    return "-".join(["tunnelscope", controls.shape.lower(), *sizes, *packet(controls)])


def size(controls: Controls, name: str) -> str:
    """A number with its unit; the height and the width go without their names."""
    told = "" if name in ("height", "width") else name
    text = f"{told}{getattr(controls, name):.4g}{RANGES[name].unit}"
    return text.replace("-", "minus").replace("/", "per")


def packet(controls: Controls) -> list[str]:
    """The packet's energy, and what is not as usual."""
    unusual = {
        f"sigma{controls.sigma:.4g}nm": controls.sigma != RANGES["sigma"].default,
        f"start{controls.start or 0:.4g}nm".replace("-", "minus"): controls.start is not None,
        f"m{controls.mass:.4g}": controls.mass != 1,
        "from-the-right": DIRECTIONS[controls.direction] < 0,
        f"room{controls.room:.4g}nm": controls.room > 0,
        controls.edges.lower().replace(" ", "-"): controls.edges != "Absorbing layers",
        f"T2-{controls.t2:.4g}fs": controls.environment != ENVIRONMENTS[0],
        controls.quality: controls.quality != "standard",
    }
    return [f"E{controls.energy:.4g}eV", *(word for word, is_told in unusual.items() if is_told)]
