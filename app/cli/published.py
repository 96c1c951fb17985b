"""`tunnelscope run FILE` with a configuration of the published program: run as what it was."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import typer

from app.cli.terminal import plain_table, print_table, progress_bar, wrote
from solver.barriers import GaussianBarrier, RectangularBarrier
from solver.errors import InvalidInput
from solver.packet import GaussianPacket
from solver.packet_average import packet_average
from solver.potential import Barrier
from solver.published.config import KINDS, PublishedConfig, entries
from solver.published.program import PublishedResult, run_published
from solver.published.storage import PUBLISHED, save_published
from solver.units import NATURAL

ROWS = {
    **{name: number.label for name, number in PUBLISHED.items()},
    "sum": "T + R + A",
    "exact": "T by exact theory",
    "seconds": "seconds",
}


def run_configuration(
    file: Path, seed: int | None, as_json: bool, outputs: dict[str, Path | None]
) -> None:
    """Run a configuration file and print T, R and A as the published program did."""
    for name in ("csv", "gif", "plot"):
        if outputs[name] is not None:
            raise InvalidInput(f"--{name}", "not stand beside a published configuration", file)
    if not any(key in KINDS for _, key, _ in entries(file)):
        rule = "set a key of the published program, such as barrier_height = 4.5"
        raise InvalidInput("configuration", rule, file)
    config = PublishedConfig.read(file)
    if seed is not None and not (config.noise_amplitude or config.decoherence_rate):
        raise InvalidInput("--seed", "stand beside a configuration with noise", seed)
    for key in config.ignored:
        typer.echo(f"Passed over: {file}: {key} means nothing to the program", err=True)
    with progress_bar("Running") as told:
        result = run_published(config, seed, told)
    target = outputs["netcdf"]
    if target is not None:
        save_published(result, target)
        wrote(target)
    numbers = numbers_of(result)
    if as_json:
        typer.echo(json.dumps(numbers))
        return
    print_table(plain_table([(ROWS[key], value) for key, value in numbers.items()]))
    typer.echo("Natural units (hbar = 1), as the published program computed.")


def numbers_of(result: PublishedResult) -> dict[str, Any]:
    """The numbers of ROWS that there are."""
    own = {name: getattr(result, name) for name in ("T", "R", "A")}
    theory = exact(result.config)
    return {
        **own,
        "sum": sum(own.values()),
        **({} if theory is None else {"exact": theory}),
        "steps": result.steps,
        "dt_mean": result.dt_mean,
        "norm_error": result.norm_error,
        "seconds": result.seconds,
    }


def exact(config: PublishedConfig) -> float | None:
    """What theory lets through without noise; None if nothing comes near, or beyond all numbers."""
    comes = (config.barrier_center - config.x0) * config.k0 > 0
    if not comes or config.noise_amplitude or config.decoherence_rate:
        return None
    units = NATURAL.with_mass(config.particle_mass)
    packet = GaussianPacket(
        k0=abs(config.k0), sigma=config.sigma, direction=1 if config.k0 > 0 else -1
    )
    try:
        with np.errstate(over="raise", invalid="raise", divide="raise"):
            return packet_average(ideal(config), packet, units).transmitted
    except ArithmeticError:
        return None


def ideal(config: PublishedConfig) -> Barrier:
    """The barrier that is meant; the width of a Gaussian one was its standard deviation."""
    height, width = config.barrier_height, config.barrier_width
    if config.barrier_type == "gaussian":
        return GaussianBarrier(height=height, width=width * math.sqrt(2 * math.pi))
    return RectangularBarrier(height=height, width=width)
