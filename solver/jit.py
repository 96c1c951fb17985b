"""numba's `njit` and `prange`, with a folder for compiled kernels that can be written.

numba keeps kernels beside their source or in the home of the person, and raises when it can write
to neither, as in a container whose disk is read-only. Then they go to a folder for temporary files,
which begins as a copy of NUMBA_CACHE_DIR if there is one; without any folder they are compiled at
every start.
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from logging import getLogger
from pathlib import Path
from typing import Any

import numba
from numba import njit, prange
from numba.core.dispatcher import Dispatcher

__all__ = ["is_kept", "njit", "prange"]

NAME = "NUMBA_CACHE_DIR"
SHARED_MEMORY = Path("/dev/shm")


def is_writable(folder: Path) -> bool:
    """Whether files can be made in a folder, which is made if it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True


def usual_places() -> Iterator[Path]:
    """Where numba looks: what was set, beside the source, in the person's home."""
    if os.environ.get(NAME):
        yield Path(os.environ[NAME])
    yield Path(__file__).parent / "__pycache__"
    with suppress(RuntimeError):
        yield Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "numba"


def is_ours(folder: Path) -> bool:
    """Whether nobody else can have put a file there: kernels are code."""
    found = folder.lstat()
    mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return mine and stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o022


def temporary_bases() -> Iterator[Path]:
    """Folders for temporary files, but not the one where the person works."""
    with suppress(OSError):
        base = Path(tempfile.gettempdir())
        if base != Path.cwd():
            yield base
    yield SHARED_MEMORY


def temporary_place() -> Path | None:
    """This person's folder for kernels, the same at every start; None if there can be none."""
    for base in temporary_bases():
        folder = base / f"tunnelscope-kernels-{getattr(os, 'getuid', int)()}"
        with suppress(OSError):
            folder.mkdir(mode=0o700, exist_ok=True)
            if is_ours(folder) and is_writable(folder):
                return folder
    return None


def provide() -> str:
    """Give numba a folder if it has none; what was done, in a sentence, or nothing."""
    if any(map(is_writable, usual_places())):
        return ""
    folder = temporary_place()
    if folder is None:
        # Trap: there is no other way to have cache=True mean "if it can be".
        dispatcher.enable_caching = lambda self: None
        return "No folder for compiled kernels can be written: they are compiled at every start."
    known = os.environ.get(NAME)
    if known and not any(folder.iterdir()):
        with suppress(OSError, shutil.Error):
            shutil.copytree(known, folder, dirs_exist_ok=True)
    # Nor is the home writable: matplotlib, which draws the pictures, would say so at every start.
    os.environ.setdefault("MPLCONFIGDIR", str(folder))
    os.environ[NAME] = config.CACHE_DIR = str(folder)
    return f"The usual folder for compiled kernels cannot be written; they are kept in {folder}."


def is_kept(kernel: Any) -> bool:
    """Whether an earlier process has left this kernel compiled, or no process can."""
    place = getattr(kernel, "stats", None) and kernel.stats.cache_path
    return not place or any(Path(place).glob(f"*.{kernel.__name__}-*.nbi"))


config: Any = numba.config
dispatcher: Any = Dispatcher
told = provide()
if told:
    getLogger(__name__).warning(told)
