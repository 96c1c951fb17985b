"""Numbers as people write them, against a table that the browser's reader is held to as well."""

import json
from contextlib import suppress
from math import isfinite
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.reading import read_number

CASES = json.loads((Path(__file__).parents[1] / "numbers.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "value"), CASES)
def test_a_text_is_read_as_its_number_or_refused(text: str, value: float | None) -> None:
    if value is None:
        with pytest.raises(ValueError, match="must be a number"):
            read_number(text)
    else:
        assert read_number(text) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_printed_number_is_read_back_exactly(value: float) -> None:
    assert read_number(repr(value)) == value
    assert read_number(repr(value).replace(".", ",").replace("-", "−")) == value


@given(st.text())
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert isfinite(read_number(text))
