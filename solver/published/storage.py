"""Runs of the published program as NetCDF files: what it computed, and its configuration."""

from dataclasses import asdict
from pathlib import Path

from solver.grid import Array
from solver.netcdf import Variable, frame, number, write_netcdf
from solver.observables import density
from solver.published.program import PublishedResult

NUMBERS = {
    "T": "probability right of the barrier and before the mask, in the last snapshot",
    "R": "probability left of the barrier and before the mask, in the last snapshot",
    "A": "probability that the mask has taken on both sides",
    "steps": "time steps of the run",
    "dt_first": "first time step",
    "dt_mean": "mean time step by the program's clock",
    "norm_error": "largest deviation of the norm from sqrt(1 - A)",
}


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
            **{name: number(getattr(result, name), "1", text) for name, text in NUMBERS.items()},
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
