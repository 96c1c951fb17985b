"""NetCDF files: variables with names, units and descriptions, written whole or not at all.

Nothing is compressed: zlib takes longer than the run and saves 6 % of a wave function.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.errors import InvalidInput
from solver.writing import writing

CONVENTIONS = "CF-1.11"


@dataclass(frozen=True, eq=False)
class Variable:
    """An array over named dimensions with its unit ("1" for none) and a sentence about it."""

    dims: tuple[str, ...]
    values: NDArray[Any]
    units: str
    long_name: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


def number(value: float, units: str, long_name: str) -> Variable:
    """A variable of no dimension, float64."""
    return Variable((), np.asarray(value, dtype=np.float64), units, long_name)


def frame(values: NDArray[Any], units: str, long_name: str) -> Variable:
    """A variable over time and x, float32."""
    return Variable(("time", "x"), values.astype(np.float32), units, long_name)


def write_netcdf(file: Path, variables: Mapping[str, Variable], **attributes: Any) -> None:
    """Write a NetCDF-4 file that appears when it is complete; InvalidInput if it cannot.

    HDF5 does not survive a full disk: it writes into memory, and the bytes go to the disk after.
    """
    with writing(file) as beside, beside.open("wb") as stream:
        stream.write(encoded(variables, attributes))


def encoded(variables: Mapping[str, Variable], attributes: Mapping[str, Any]) -> memoryview:
    """The bytes of a NetCDF-4 file."""
    import h5netcdf

    memory = BytesIO()
    with h5netcdf.File(memory, "w") as data:
        for name, value in {**provenance(), **attributes}.items():
            data.attrs[name] = text_or_number(value)
        for name, size in sizes(variables).items():
            data.dimensions[name] = size
        for name, variable in variables.items():
            add(data, name, variable)
    return memory.getbuffer()


def provenance() -> dict[str, str]:
    made = datetime.now(UTC).isoformat(timespec="seconds")
    program = f"Tunnelscope {version('tunnelscope')}"
    return {"Conventions": CONVENTIONS, "source": program, "history": f"{made}: {program}"}


def sizes(variables: Mapping[str, Variable]) -> dict[str, int]:
    """Length of each dimension."""
    found: dict[str, int] = {}
    for variable in variables.values():
        found |= dict(zip(variable.dims, variable.values.shape, strict=True))
    return found


def add(data: Any, name: str, variable: Variable) -> None:
    made = data.create_variable(name, variable.dims, data=variable.values)
    own = {"long_name": variable.long_name, "units": variable.units, **variable.attributes}
    for key, value in own.items():
        made.attrs[key] = text_or_number(value)


def text_or_number(value: Any) -> Any:
    """Text as characters of fixed length, which the oldest readers know, too."""
    return np.bytes_(value.encode()) if isinstance(value, str) else value


def read_netcdf(file: Path, arrays: bool = True) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Arrays by name, and the attributes of the file; InvalidInput if it is no such file."""
    import h5netcdf

    try:
        with h5netcdf.File(file, "r") as data:
            names = data.variables if arrays else ()
            return {name: np.asarray(data[name][...]) for name in names}, dict(data.attrs)
    except (OSError, KeyError, RuntimeError, TypeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no NetCDF-4 file, or a damaged one"
        raise InvalidInput("file", f"be a NetCDF file that can be read ({reason})", file) from None
