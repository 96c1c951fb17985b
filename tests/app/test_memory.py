"""Memory that is freed stays at hand for the next film."""

import os
import subprocess
import sys
from types import ModuleType

import numpy as np
import psutil
import pytest

from app import memory
from app.cli import entry
from app.memory import TOLD, begin_anew_on_c_memory, clear_away, give_back_freed_memory
from app.stage.cards.curves import scan, transmitted
from lessons.lesson import Varied
from lessons.quantities import exact
from solver.controls import Controls

OURS = ("app", "lessons", "locales", "solver")

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


OBJECTS = """
import sys

import psutil

from app.memory import TOLD, begin_anew_on_c_memory, give_back_freed_memory, keep_freed_memory

if "anew" in sys.argv:
    begin_anew_on_c_memory()
keep_freed_memory()
objects = [bytes(400) for _ in range(200_000)]  # 87 MB
held = objects[::2000]  # one for each megabyte
full = psutil.Process().memory_info().rss
del objects
give_back_freed_memory()
print(full - psutil.Process().memory_info().rss, *sys.argv[1:])
"""


PIECES = """
import psutil

from app.memory import give_back_freed_memory, keep_freed_memory

keep_freed_memory()
process = psutil.Process()
before = process.memory_info().rss
pages = [(bytes(4000), bytes(size), bytes(4000)) for size in range(200, 980, 2)]
del pages
give_back_freed_memory()
print(process.memory_info().rss - before)
"""


def told_of(program: str, *words: str, **told: str) -> int:
    """The bytes that a program tells, which begins with these variables."""
    environment = {name: value for name, value in os.environ.items() if name not in TOLD} | told
    called = [sys.executable, "-c", program, *words]
    output = subprocess.run(called, env=environment, capture_output=True, text=True, check=True)
    found, *same = output.stdout.split()
    assert same == list(words)
    return int(found)


@pytest.mark.skipif(sys.platform != "linux", reason="asks glibc")
def test_a_server_that_begins_anew_gives_back_objects_beside_those_that_stay() -> None:
    assert told_of(OBJECTS) < 20e6 < 70e6 < told_of(OBJECTS, "anew")


@pytest.mark.skipif(sys.platform != "linux", reason="asks glibc")
def test_no_thread_keeps_pieces_of_each_size() -> None:
    """Seven of each: some hundred pages of 4 kB for each thread, and all around them is free."""
    usual = TOLD | {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=7"}
    assert told_of(PIECES, **TOLD) < told_of(PIECES, **usual) - 0.8e6


def test_names_that_were_looked_for_once_are_let_go() -> None:
    name = "".join(["look", "_for_", "once"])
    alone = sys.getrefcount(name)
    assert not hasattr(Controls, name)
    assert sys.getrefcount(name) > alone
    clear_away()
    assert sys.getrefcount(name) == alone


def test_a_server_begins_anew_once(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[str, list[str], dict[str, str]]] = []
    monkeypatch.setattr(os, "execve", lambda *words: called.append(words))
    monkeypatch.setattr(memory, "c_library", lambda name: name)
    for name in TOLD:
        monkeypatch.delenv(name, raising=False)
    begin_anew_on_c_memory()
    ((program, words, environment),) = called
    assert (program, words[1:]) == (sys.executable, sys.orig_argv[1:])
    assert environment == {**os.environ, **TOLD}
    for name in TOLD:
        with monkeypatch.context() as told:
            told.setenv(name, environment[name])
            begin_anew_on_c_memory()
    assert len(called) == 1


def test_the_command_that_serves_begins_anew_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    monkeypatch.setattr(entry, "begin_anew_on_c_memory", lambda: begun.append(sys.argv[1]))
    monkeypatch.setattr("app.cli.main.main", lambda: None)
    for words in (["run", "serve"], ["serve", "--port", "0"], []):
        monkeypatch.setattr(sys, "argv", ["tunnelscope", *words])
        entry.main()
    assert begun == ["serve"]


DROPPED = """
import psutil

from app.lab.compute import ByteCache
from app.memory import keep_freed_memory

keep_freed_memory()
process, cache, beside = psutil.Process(), ByteCache(), []
for number in range(250):
    cache.put(number, bytes([1]) * 400_000)
    beside.append(bytearray(10_000))
full = process.memory_info().rss
del cache
print(full - process.memory_info().rss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks glibc")
def test_a_result_that_is_dropped_leaves_no_memory_to_what_lies_beside_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", DROPPED], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) > 95e6


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


def kept_in(module: ModuleType) -> dict[str, int]:
    """How many results each function of a module keeps at most, where that is bounded."""
    found = {
        f"{module.__name__}.{name}": one.cache_info().maxsize
        for name, one in vars(module).items()
        if hasattr(one, "cache_info")
    }
    return {name: most for name, most in found.items() if most is not None}


MOST_KEPT = 256
"""Results of one function: each holds the page of memory that it lies in, of 4 kB or more."""


def test_no_function_keeps_thousands_of_results() -> None:
    """They lie scattered where the pages of a class were, and hold that memory when it has left."""
    import app.server  # noqa: F401

    ours = [one for name, one in sys.modules.items() if name.split(".")[0] in OURS]
    kept = {name: most for one in ours for name, most in kept_in(one).items()}
    assert len(kept) > 20
    assert {name: most for name, most in kept.items() if most > MOST_KEPT} == {}


def test_a_curve_against_a_control_is_kept_as_one_result() -> None:
    """Not one for each of its points, nor for each run on it, nor what is told of such a run."""
    asked = Varied(vary="width", low=0.1, high=0.6)
    curve, told = transmitted.cache_info().currsize, exact.cache_info()
    for width in (0.2, 0.3, 0.7):
        scan({"run": Controls(height=2.345, width=width)}, asked)
    assert transmitted.cache_info().currsize == curve + 1
    assert exact.cache_info() == told
