"""Memory that is freed stays at hand for the next film."""

import subprocess
import sys

import numpy as np
import psutil
import pytest

from app.memory import give_back_freed_memory

FAULTS = """
import resource
import sys

import numpy as np

from app.memory import keep_freed_memory

if "keep" in sys.argv:
    keep_freed_memory()


def use():
    arrays = [np.ones(size << 17) for size in (2, 2, 4, 4, 1, 1)]  # 14 MB
    return len(arrays)


use()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    use()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(*asked: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", FAULTS, *asked], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="asks glibc")
def test_arrays_take_the_memory_of_those_before() -> None:
    """Not a page is fetched again; without asking it is each of 14 MB, twenty times."""
    assert faults("keep") < 100 < 1000 < faults()


@pytest.mark.skipif(sys.platform != "linux", reason="asks glibc")
def test_what_is_given_back_is_no_longer_held() -> None:
    """Freed arrays below others that are held stay, until all is given back."""
    process = psutil.Process()
    arrays = [np.ones(1 << 13) for _ in range(2000)]  # 131 MB, none large enough for its own map
    held, full = arrays[::100], process.memory_info().rss
    del arrays
    give_back_freed_memory()
    assert full - process.memory_info().rss > 100e6
    assert len(held) == 20


KEPT = """
from threading import Barrier, Thread

import numpy as np
import psutil

from app.memory import give_back_freed_memory, keep_freed_memory

keep_freed_memory()
process, all_here = psutil.Process(), Barrier(4)
before = process.memory_info().rss


def use():
    arrays = [np.ones(1 << 17) for _ in range(40)]
    all_here.wait()
    del arrays
    all_here.wait()


threads = [Thread(target=use) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
give_back_freed_memory()
print(process.memory_info().rss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks glibc")
def test_what_threads_have_freed_is_given_back_too() -> None:
    """160 MB by four threads; else each would keep what it may."""
    done = subprocess.run([sys.executable, "-c", KEPT], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 10e6


LOADED = """
import sys

import app.cli.main
import app.server
from app.stage.drawn import figures_blocks

assert all(figures_blocks().values())
print(*sys.modules)
"""


def test_a_server_loads_nothing_that_no_visitor_needs() -> None:
    """Figures are drawn elsewhere; files and pictures are for the command line and for paper."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    rare = {"colorcet", "h5py", "holoviews", "matplotlib", "pandas", "xarray"}
    assert "panel" in done.stdout.split()
    assert rare.isdisjoint(done.stdout.split())
