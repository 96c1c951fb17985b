"""Runs of the published program as NetCDF files: what it computed, and its configuration."""

from dataclasses import asdict
from pathlib import Path

from solver.grid import Array
from solver.netcdf import Variable, frame, number, write_netcdf
from solver.numbers import Number
from solver.observables import density
from solver.published.program import PublishedResult

PUBLISHED = {
    number.name: number
    for number in (
        Number(
            name="T",
            unit="",
            label="T as published",
            meaning="probability right of the barrier and before the mask, in the last snapshot",
        ),
        Number(
            name="R",
            unit="",
            label="R as published",
            meaning="probability left of the barrier and before the mask, in the last snapshot",
        ),
        Number(
            name="A",
            unit="",
            label="A as published",
            meaning="probability that the mask has taken on both sides",
        ),
        Number(name="steps", unit="", label="steps", meaning="time steps of the run"),
        Number(name="dt_first", unit="", label="first dt", meaning="first time step"),
        Number(
            name="dt_mean",
            unit="",
            label="mean dt",
            meaning="mean time step by the program's clock",
        ),
        Number(
            name="norm_error",
            unit="",
            label="error of the norm",
            meaning="largest deviation of the norm from sqrt(1 - A)",
        ),
    )
}
"""The numbers of a published run by name; natural units are numbers without a unit."""


def save_published(result: PublishedResult, file: Path) -> None:
    """Frames in float32, numbers in float64; natural units, so everything has the unit 1."""
    write_netcdf(
        file,
        {
            "x": line("x", result.x, "position"),
            "time": line("time", result.times, "time by the program's labels"),
            "elapsed": line("time", result.elapsed, "time that psi has evolved"),
            "potential": line("x", result.potential, "potential at the grid points"),
            "psi_real": frame(result.psi.real, "1", "real part of the wave function"),
            "psi_imag": frame(result.psi.imag, "1", "imaginary part of the wave function"),
            "density": frame(density(result.psi), "1", "probability density"),
            **{
                name: number(getattr(result, name), "1", known.meaning)
                for name, known in PUBLISHED.items()
            },
        },
        title=result.config.scenario_name,
        comment="natural units, hbar = 1, whatever units the published program put beside them",
        **settings(result),
    )


def line(dim: str, values: Array, long_name: str) -> Variable:
    return Variable((dim,), values, "1", long_name)


def settings(result: PublishedResult) -> dict[str, str | int | float]:
    """The configuration as attributes, yes and no as 1 and 0."""
    known = {key: value for key, value in asdict(result.config).items() if key != "ignored"}
    if result.seed is not None:
        known["seed"] = result.seed
    return {key: int(value) if isinstance(value, bool) else value for key, value in known.items()}
