"""Every test runs with floating-point errors raised (underflow to zero excepted)."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

DRAWN = "TUNNELSCOPE_TESTS_DRAWN"
"""Names the file of the figures that the servers of a test run share: tests/browser/drawn.py."""


def pytest_configure(config: pytest.Config) -> None:
    """Interrupts reach what tests start, even if a shell runs them in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if DRAWN not in os.environ:  # else this process is one of several of a run
        folder = TemporaryDirectory()
        config.add_cleanup(folder.cleanup)
        os.environ[DRAWN] = str(Path(folder.name) / "figures")


@pytest.fixture(autouse=True)
def floating_point_errors_raise() -> Iterator[None]:
    with np.errstate(all="raise", under="ignore"):
        yield
