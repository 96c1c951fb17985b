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


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The language is one in which all that is in a catalog stands between marks."""
    from lessons import library
    from locales import catalogs, language
    from tests.browser import marked as marks

    monkeypatch.setitem(language.LANGUAGES, marks.CODE, "Marked")
    for module in (catalogs, library):
        monkeypatch.setattr(module, "catalog_in", marks.known)
    with language.speaking(marks.CODE):
        yield
