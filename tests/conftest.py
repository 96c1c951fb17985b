"""Every test runs with floating-point errors raised (underflow to zero excepted)."""

import signal
from collections.abc import Iterator

import numpy as np
import pytest


def pytest_configure() -> None:
    """Interrupts reach what tests start, even if a shell runs them in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def floating_point_errors_raise() -> Iterator[None]:
    with np.errstate(all="raise", under="ignore"):
        yield
