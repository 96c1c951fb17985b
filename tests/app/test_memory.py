"""Memory that is freed stays at hand for the next film."""

import subprocess
import sys

import pytest

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
