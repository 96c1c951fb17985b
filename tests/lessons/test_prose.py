"""Numbers in prose."""

import math

import pytest

from lessons.prose import bare_numbers, filled, formatted, html
from lessons.quantities import FUNCTIONS, Facts
from solver.controls import Controls

NAMES = {"run": Facts(Controls()), **FUNCTIONS}


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.341934, "percent", "34.2 %"),
        (0.341934, "percent:2", "34.19 %"),
        (3.1e-9, "percent", "3.1 × 10⁻⁷ %"),
        (1.5, "eV", "1.5 eV"),
        (-1.5, "eV", "−1.5 eV"),
        (0.61, "nm:2", "0.61 nm"),
        (3.62263, "per_nm", "3.62 1/nm"),
        (0.000012345, "", "1.23 × 10⁻⁵"),
        (2, "fixed:1", "2.0"),
        (1234.0, "", "1234"),
        (0.0, "percent", "0 %"),
        ("Gaussian", "", "Gaussian"),
        (6.9e-6, "time", "6.9 µs"),
        (0.00031, "time", "310 µs"),
        (15.2, "time", "15 s"),
        (7200.0, "time", "2 hours"),
        (3.15576e8, "time", "10 years"),
        (2e-15, "time", "2 fs"),
        (math.inf, "time", "for ever"),
    ],
)
def test_formats(value: float | str, form: str, text: str) -> None:
    assert formatted(value, form) == text


def test_references_are_filled_and_tex_is_kept() -> None:
    assert filled("{{ run.height | eV }}, {{run.width|nm}}", NAMES) == "1.5\u00a0eV, 0.3\u00a0nm"
    page = html("It is $\\kappa$ = {{ run.kappa | per_nm }}.", NAMES)
    assert '<span class="math inline">\\kappa</span>' in page
    assert "3.62\u00a01/nm" in page


def test_a_teacher_s_html_stays_text() -> None:
    assert "<script>" not in html("<script>alert(1)</script>", NAMES)
    assert "href" not in html("[x](javascript:alert(1))", NAMES)


@pytest.mark.parametrize(
    "text",
    ["34 %", "34%", "about 1.5 eV high", "0.3 nm", "or 12 fs", "5 percent"],
)
def test_typed_results_are_found(text: str) -> None:
    assert bare_numbers(text)


@pytest.mark.parametrize(
    "text",
    ["{{ run.exact | percent }}", "step 3 of 4", "per nm", "$e^{-2 L}$", "1.5 fold"],
)
def test_other_numbers_are_not(text: str) -> None:
    assert bare_numbers(text) == []
