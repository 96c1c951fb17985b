"""Colors are told apart by eyes of every kind, and by who sees, or prints, none of them.

How a color looks to an eye that lacks one kind of cones is worked out as Machado, Oliveira and
Fernandes did (2009), in linear RGB; how far apart two colors are, as CIE 1976 measures it in
L*a*b*.
"""

import gzip
from itertools import combinations, pairwise

import numpy as np
import pytest

from app.stage.drawn import figures_block
from app.theme import DRAWN, LINES, PALETTES, THEMES, USUAL, Palette, dyed, maps, page_sheet
from solver.grid import Array

EYES = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array(
    [[0.412456, 0.357576, 0.180437], [0.212673, 0.715152, 0.072175], [0.019334, 0.119192, 0.950304]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])

APART = 18.0
"""Where one sees a difference side by side, it is about 2.3."""
LIGHTER = 7.5
"""Steps of lightness L* between lines that have no color."""

ROUND_OFF = 0.3
"""Of L*, where a color has whole numbers up to 255."""

ALL = [(f"{name} {theme}", colors) for name, of in PALETTES.items() for theme, colors in of.items()]
every_palette = pytest.mark.parametrize("colors", [one for _, one in ALL], ids=[n for n, _ in ALL])


def linear(color: str) -> Array:
    """Linear RGB of a color such as #1f5fc4."""
    part = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def lab(color: str, eye: Array) -> Array:
    """L*a*b* of a color as an eye sees it."""
    t = TO_XYZ @ np.clip(eye @ linear(color), 0, 1) / WHITE
    f = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def lightness(color: str) -> float:
    return float(lab(color, np.eye(3))[0])


def contrast(one: str, other: str) -> float:
    """As WCAG has it, from 1 to 21."""
    low, high = sorted(float(TO_XYZ[1] @ linear(color)) for color in (one, other))
    return (high + 0.05) / (low + 0.05)


def test_colors_are_measured_as_others_measure_them() -> None:
    assert lab("#ffffff", np.eye(3)) == pytest.approx([100, 0, 0], abs=0.02)
    assert lab("#ff0000", np.eye(3)) == pytest.approx([53.24, 80.09, 67.20], abs=0.02)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    for eye in EYES.values():
        assert lab("#808080", eye)[1:] == pytest.approx([0, 0], abs=0.1)


@every_palette
@pytest.mark.parametrize("eye", EYES)
def test_lines_are_told_apart_by_every_eye(colors: Palette, eye: str) -> None:
    seen = {name: lab(getattr(colors, name), EYES[eye]) for name in LINES}
    close = {
        pair: distance
        for pair in combinations(LINES, 2)
        if (distance := float(np.linalg.norm(seen[pair[0]] - seen[pair[1]]))) < APART
    }
    assert close == {}


@every_palette
def test_a_line_stands_out_and_a_word_can_be_read(colors: Palette) -> None:
    assert contrast(colors.barrier, colors.card) >= 3
    for ground in (colors.card, colors.page):
        for name in ("text", "muted", "accent", "energy", "real", "imaginary"):
            assert contrast(getattr(colors, name), ground) >= (4.5 if ground == colors.card else 4)


@pytest.mark.parametrize("theme", THEMES)
def test_high_contrast_is_higher(theme: str) -> None:
    usual, high = PALETTES[USUAL][theme], PALETTES["contrast"][theme]
    assert contrast(high.text, high.card) == pytest.approx(21)
    for name in (*LINES, "muted", "line"):
        ratios = [contrast(getattr(one, name), one.card) for one in (high, usual)]
        assert ratios[0] > ratios[1], name


@pytest.mark.parametrize("theme", THEMES)
def test_without_any_color_lines_and_maps_have_their_lightness(theme: str) -> None:
    colors = PALETTES["gray"][theme]
    steps = sorted(lightness(getattr(colors, name)) for name in LINES)
    assert min(b - a for a, b in pairwise(steps)) > LIGHTER
    for ramp in maps(colors):
        slope = np.diff([lightness(color) for color in ramp])
        assert min(slope.max(), -slope.min()) < ROUND_OFF


@every_palette
@pytest.mark.parametrize("eye", EYES)
def test_both_signs_of_a_map_are_told_apart_by_every_eye(colors: Palette, eye: str) -> None:
    ramp, _ = maps(colors)
    for i in range(64):
        low, high = (lab(ramp[j], EYES[eye]) for j in (i, 255 - i))
        assert np.linalg.norm(low - high) > APART


def test_figures_are_drawn_once_and_dyed() -> None:
    usual, gray = PALETTES[USUAL]["dark"], PALETTES["gray"]["dark"]
    drawn = {"line_color": {"value": usual.energy}, "width": 2, "palette": maps(usual)[0]}
    found = dyed([drawn, "x", ["#000001"], []], usual, gray)
    dressed = {"line_color": {"value": gray.energy}, "width": 2, "palette": maps(gray)[0]}
    assert found == [dressed, "x", ["#000001"], []]
    assert figures_block("dark", "gray") is figures_block("dark", "gray")
    assert figures_block("dark") == figures_block("dark", USUAL)


@pytest.mark.parametrize("theme", THEMES)
def test_no_usual_color_is_left_where_others_were_chosen(theme: str) -> None:
    for name in PALETTES:
        sheet = page_sheet().split(f'[data-palette="{name}"]')[-1]
        assert name == USUAL or f"--ts-real: {PALETTES[name]['projector'].real};" in sheet
    usual, high = PALETTES[USUAL][theme], PALETTES["contrast"][theme]
    text = gzip.decompress(figures_block(theme, "contrast")).decode()
    for name in DRAWN:
        old, new = getattr(usual, name), getattr(high, name)
        assert old == new or f'"{old}"' not in text, name
