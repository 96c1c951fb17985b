"""NetCDF files: all inputs and numbers, round trips, and nothing half written."""

from dataclasses import replace
from pathlib import Path

import netCDF4
import numpy as np
import pytest
import xarray

from solver import Dephasing, Ensemble, InvalidInput
from solver.experiment import Experiment
from solver.netcdf import Variable, write_netcdf
from solver.numbers import NUMBERS
from solver.published.cases import CASES
from solver.storage import load_experiment, open_run, save_run
from tests.solver.test_description import EXPERIMENTS, PLAIN


@pytest.mark.parametrize(
    "experiment", [PLAIN, EXPERIMENTS[2], EXPERIMENTS[9]], ids=lambda e: e.barrier.name
)
def test_a_file_reruns_to_the_same_fate(experiment: Experiment, tmp_path: Path) -> None:
    file = tmp_path / "run.nc"
    run = replace(experiment, quality="draft").run()
    save_run(run, file)
    again = load_experiment(file).run()
    assert again.fate == run.fate
    with open_run(file) as data:
        assert float(data.transmitted) == run.fate.transmitted
        assert bool(data.separated) == run.fate.separated
        assert data.time.values == pytest.approx(run.times, rel=0)
        psi = data.psi_real.values + 1j * data.psi_imag.values
        assert psi == pytest.approx(run.psi, abs=1e-7)
        assert data.density.sum("x").values * run.grid.dx == pytest.approx(run.norm, abs=1e-6)
        assert set(run.summary()) - {"seconds"} <= set(data.data_vars)


def test_names_units_and_types_follow_the_conventions(tmp_path: Path) -> None:
    file = tmp_path / "run.nc"
    save_run(replace(PLAIN, quality="draft").run(), file)
    with xarray.open_dataset(file) as data:
        assert data.attrs["Conventions"].startswith("CF-")
        assert data.attrs["source"].startswith("Tunnelscope ")
        assert data.attrs["barrier_height"] == 1.5
        assert data.attrs["packet_energy"] == 1.0
        assert (data.x.units, data.time.units, data.potential.units) == ("nm", "fs", "eV")
        assert (data.density.dtype, data.transmitted.dtype) == (np.float32, np.float64)
        assert data.density.dims == ("time", "x")
        for variable in data.variables.values():
            assert variable.attrs["long_name"]
            assert "units" in variable.attrs


def test_the_c_library_reads_the_same(tmp_path: Path) -> None:
    """The library behind ncdump, Panoply and most other readers."""
    file = tmp_path / "run.nc"
    run = replace(PLAIN, quality="draft").run()
    save_run(run, file)
    with netCDF4.Dataset(file) as data:
        assert data.data_model == "NETCDF4"
        assert data["x"].axis == "X"
        assert data["density"].dimensions == ("time", "x")
        assert float(data["transmitted"][...]) == run.fate.transmitted
        assert np.asarray(data["time"][:]) == pytest.approx(run.times, rel=0)


def test_natural_units_are_never_called_nm(tmp_path: Path) -> None:
    file = tmp_path / "case.nc"
    save_run(replace(CASES["rectangular"], t_end=0.1).run(), file)
    with open_run(file) as data:
        assert {variable.attrs["units"] for variable in data.variables.values()} == {"1"}


def test_an_ensemble_is_kept_with_its_errors(tmp_path: Path) -> None:
    file = tmp_path / "ensemble.nc"
    ensemble = Ensemble(
        experiment=replace(PLAIN, quality="draft"),
        environment=Dephasing(t2=20.0, length=1.0),
        members=4,
    )
    run = ensemble.run()
    save_run(run, file)
    assert load_experiment(file) == ensemble
    with open_run(file) as data:
        assert data.density_error.values == pytest.approx(run.density_error, abs=1e-6)
        assert float(data.transmitted_error) == run.fate_error.transmitted
        assert {*run.summary()} - {"seconds"} <= set(NUMBERS)


def test_nothing_is_left_half_written(tmp_path: Path) -> None:
    file = tmp_path / "x.nc"
    file.write_text("old")
    bad = {"a": Variable(("x",), np.array([object()]), "1", "not a number")}
    with pytest.raises(TypeError):
        write_netcdf(file, bad)
    assert list(tmp_path.iterdir()) == [file]
    assert file.read_text() == "old"
    with pytest.raises(InvalidInput, match="file must be a file that can be written"):
        write_netcdf(tmp_path / "no" / "x.nc", {})


def test_other_files_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.nc"
    file.write_text("text")
    with pytest.raises(InvalidInput, match="file must be a NetCDF file that can be read"):
        load_experiment(file)
    write_netcdf(file, {})
    with pytest.raises(InvalidInput, match="file must hold a run"):
        load_experiment(file)
