"""Compiled kernels find a folder wherever the program runs, or are compiled anew."""

import math
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from solver import jit, warm

ROOT = Path(__file__).parents[2]
SCRIPT = """
from solver import RectangularBarrier, stationary
found = stationary(RectangularBarrier(height=6.0, width=0.4), [5.0])
print(float(found.transmission[0]))
"""
EXACT = 1 / (1 + 36 * math.sinh(0.4 * math.sqrt(1 / 0.0380998212)) ** 2 / 20)
"""T of a rectangle of 6 eV and 0.4 nm at 5 eV, in closed form."""

FULL = """
import pathlib
def refuse(*_, **__): raise OSError("read-only")
pathlib.Path.mkdir = refuse
"""
READ_ONLY = """
import tempfile
plain = tempfile.TemporaryFile
def refuse(*words, dir=None, **more):
    if "image" in str(dir): raise OSError("read-only")
    return plain(*words, dir=dir, **more)
tempfile.TemporaryFile = refuse
"""
NOWHERE = "/proc/nowhere"
"""A folder that nobody can make, not even root, whom a folder's permissions do not bind."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc")


def test_a_kernel_is_kept_once_its_file_is_there(tmp_path: Path) -> None:
    def kernel() -> None: ...

    assert jit.is_kept(kernel), "it is not compiled at all"
    kept: Any = kernel
    kept.stats = SimpleNamespace(cache_path=None)
    assert jit.is_kept(kernel), "no folder can be written"
    kept.stats = SimpleNamespace(cache_path=str(tmp_path / "later"))
    assert not jit.is_kept(kernel)
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "module.kernel-7.py311.nbi").touch()
    assert jit.is_kept(kernel)


@pytest.mark.parametrize("kept", [False, True])
def test_kernels_are_compiled_apart_unless_they_are_kept(
    monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    begun: list[list[str]] = []
    monkeypatch.setattr(warm, "is_kept", lambda kernel: kept)
    monkeypatch.setattr(subprocess, "run", lambda words, **_: begun.append(words))
    warm.compile_apart()
    assert [words[0] for words in begun] == ([] if kept else [sys.executable])


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the solver whose folder takes no kernels: a file stands in their place."""
    skipped = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "solver", tmp_path / "package" / "solver", ignore=skipped)
    (tmp_path / "package" / "solver" / "__pycache__").write_text("")
    return tmp_path / "package"


def start(
    package: Path, script: str = SCRIPT, **environment: str
) -> subprocess.CompletedProcess[str]:
    names = ("PATH", "LANG", "VIRTUAL_ENV")
    own = {name: os.environ[name] for name in names if name in os.environ}
    places = {"PYTHONPATH": str(package), "HOME": NOWHERE, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-c", script],
        env={**own, **places, **environment},
        cwd=package,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_without_package_and_home_kernels_are_kept_in_a_temporary_folder(
    package: Path, tmp_path: Path
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = start(package, TMPDIR=str(temporary), NUMBA_CACHE_DIR=NOWHERE)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) == pytest.approx(EXACT)
    (folder,) = temporary.iterdir()
    told = f"The usual folder for compiled kernels cannot be written; they are kept in {folder}.\n"
    assert done.stderr == told
    assert folder.stat().st_mode & 0o077 == 0
    assert list(folder.rglob("*.nbi"))


def test_without_any_folder_kernels_are_compiled_and_that_is_told(package: Path) -> None:
    done = start(package, script=FULL + "import solver", NUMBA_CACHE_DIR=NOWHERE)
    assert done.returncode == 0, done.stderr
    told = "No folder for compiled kernels can be written: they are compiled at every start.\n"
    assert done.stderr == told


def test_kernels_that_were_compiled_for_an_image_are_taken_along(
    package: Path, tmp_path: Path
) -> None:
    image, temporary = tmp_path / "image", tmp_path / "temporary"
    temporary.mkdir()
    done = start(package, NUMBA_CACHE_DIR=str(image))
    assert (done.returncode, done.stderr) == (0, "")
    before = sorted(file.name for file in image.rglob("*.nb?"))
    places = {"TMPDIR": str(temporary), "NUMBA_CACHE_DIR": str(image)}
    done = start(package, script=READ_ONLY + SCRIPT, **places)
    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in temporary.rglob("*.nb?")) == before


def test_a_folder_that_another_could_write_to_is_not_taken(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert jit.is_ours(tmp_path)
    tmp_path.chmod(0o777)
    assert not jit.is_ours(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path)
    assert not jit.is_ours(tmp_path / "link")
