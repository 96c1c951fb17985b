"""Colors and type, once for the page, the stage and the figures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif'


@dataclass(frozen=True)
class Palette:
    """Colors of one theme; wigner runs from most negative over zero to most positive.

    The five that lines have, density to imaginary, are told apart by everybody, whichever cones an
    eye lacks (tests/app/test_theme.py). What can be written is 4.5 times as light as the card, or
    as dark; the barrier, which is drawn only, 3 times.
    `track` is what a bar fills. Of figures besides: pixels of the axes' labels and of their
    numbers, about how many of these there are, and pixels of the thinnest line and of an axis.
    """

    page: str
    card: str
    line: str
    text: str
    muted: str
    track: str
    accent: str
    on_accent: str
    density: str
    barrier: str
    energy: str
    real: str
    imaginary: str
    wigner: tuple[str, ...]
    label: int = 14
    tick: int = 13
    ticks: int = 6
    thinnest: float = 0.0
    frame: float = 1.0


LIGHT = Palette(
    page="#f3f5f9",
    card="#ffffff",
    line="#d9dee8",
    text="#1a2233",
    muted="#566074",
    track="#d9dee8",
    accent="#1f5fc4",
    on_accent="#ffffff",
    density="#1f5fc4",
    barrier="#b86e00",
    energy="#8a1c4a",
    real="#587e50",
    imaginary="#611c8c",
    wigner=("#053061", "#2f79b5", "#9ac8e0", "#ffffff", "#fdb874", "#d9631e", "#6f2203"),
)
DARK = Palette(
    page="#0f131b",
    card="#181e29",
    line="#2c3545",
    text="#e8ecf4",
    muted="#a3aec2",
    track="#2c3545",
    accent="#82b1ff",
    on_accent="#0f131b",
    density="#82b1ff",
    barrier="#f0a93b",
    energy="#f57c9b",
    real="#49d8ca",
    imaginary="#b070c3",
    wigner=("#d4ecff", "#6db7f2", "#2a5f94", "#181e29", "#8c4a14", "#f0913a", "#ffe3bd"),
)


def enlarged(colors: Palette) -> Palette:
    """The same with large type and thick lines."""
    return replace(colors, label=22, tick=22, ticks=4, thinnest=3.0, frame=2.0)


def for_a_bright_room(light: Palette) -> Palette:
    """A light palette for the back row."""
    large = enlarged(light)
    return replace(large, page="#ffffff", line="#aab3c2", text="#0b101a", muted="#333c4d")


THEMES = {"light": LIGHT, "dark": DARK, "projector": for_a_bright_room(LIGHT)}
PROJECTOR = THEMES["projector"]

CONTRAST_LIGHT = replace(
    LIGHT,
    page="#ffffff",
    line="#6b7485",
    text="#000000",
    muted="#2b3240",
    track="#e3e7ee",
    accent="#0b3c93",
    density="#0b3c93",
    barrier="#8a4a00",
    energy="#5b002a",
    real="#006b58",
    imaginary="#35005c",
)
CONTRAST_DARK = replace(
    DARK,
    page="#000000",
    card="#000000",
    line="#8d97a8",
    text="#ffffff",
    muted="#d5dbe6",
    track="#39414f",
    accent="#87b6fc",
    on_accent="#000000",
    density="#87b6fc",
    barrier="#ffc04d",
    energy="#f284a4",
    real="#7bffd6",
    imaginary="#ffc9ff",
    wigner=(*DARK.wigner[:3], "#000000", *DARK.wigner[4:]),
)
RISING = ("#001a33", "#17456b", "#4a6d8c", "#8f9399", "#c9a886", "#ecd3b4", "#fff6e6")
"""From the darkest to the lightest, so that a map says the same without its hues."""

GRAY_LIGHT = replace(
    LIGHT,
    text="#000000",
    density="#00175f",
    barrier="#c4771b",
    energy="#6f0e42",
    real="#008273",
    imaginary="#7739b0",
    wigner=RISING,
)
GRAY_DARK = replace(
    DARK,
    density="#84b2ff",
    barrier="#ffbf4e",
    energy="#e7789c",
    real="#79fae9",
    imaginary="#b26db9",
    wigner=RISING,
)

USUAL = "usual"
PALETTES = {
    USUAL: THEMES,
    "contrast": {
        "light": CONTRAST_LIGHT,
        "dark": CONTRAST_DARK,
        "projector": enlarged(CONTRAST_LIGHT),
    },
    "gray": {
        "light": GRAY_LIGHT,
        "dark": GRAY_DARK,
        "projector": for_a_bright_room(GRAY_LIGHT),
    },
}
"""What a person may choose: each theme in other colors, at its own sizes."""


def blend(colors: tuple[str, ...], count: int = 256) -> list[str]:
    """`count` colors along straight lines in RGB between the given ones."""
    stops = [[int(color[i : i + 2], 16) for i in (1, 3, 5)] for color in colors]
    result = []
    for j in range(count):
        place = j * (len(stops) - 1) / (count - 1)
        i = min(int(place), len(stops) - 2)
        mix = [a + (b - a) * (place - i) for a, b in zip(stops[i], stops[i + 1], strict=True)]
        result.append("#" + "".join(f"{round(value):02x}" for value in mix))
    return result


def maps(palette: Palette) -> list[list[str]]:
    """The maps of figures: of W, and of a density from nothing to the most."""
    return [blend(palette.wigner), blend((palette.card, palette.density, palette.text))]


LINES = ("density", "barrier", "energy", "real", "imaginary")
DRAWN = (*LINES, "text", "muted", "line", "card")
"""What figures are drawn in: the colors of their lines first."""


def dyed(drawn: Any, old: Palette, new: Palette) -> Any:
    """Figures as JSON that were drawn in one palette, in the colors of another."""
    colors = {getattr(old, name): getattr(new, name) for name in DRAWN}
    ramps = {tuple(one): other for one, other in zip(maps(old), maps(new), strict=True)}

    def dye(part: Any) -> Any:
        if isinstance(part, dict):
            return {name: dye(inner) for name, inner in part.items()}
        if isinstance(part, list):
            words = all(isinstance(inner, str) for inner in part)
            return (words and ramps.get(tuple(part))) or [dye(inner) for inner in part]
        return colors.get(part, part) if isinstance(part, str) else part

    return dye(drawn)


def custom_properties(palette: Palette) -> str:
    """CSS declarations --ts-name: color for every single color of the palette."""
    plain = {k: v for k, v in vars(palette).items() if isinstance(v, str)}
    return " ".join(f"--ts-{name}: {value};" for name, value in plain.items())


def theme_sheet(themes: Mapping[str, Palette], chosen: str = "") -> str:
    """The palettes of all themes as custom properties; on paper always the light one."""
    light, dark, projector = (
        f"{custom_properties(palette)} --ts-map: {', '.join(blend(palette.wigner, 15))};"
        for palette in themes.values()
    )
    return (
        f"html:root{chosen} {{ color-scheme: light; {light} }}\n"
        f'@media screen {{ html:root{chosen}[data-theme="dark"] {{ color-scheme: dark; {dark} }}\n'
        f'html:root{chosen}[data-projector="yes"] {{ {projector} }} }}\n'
    )


def page_sheet() -> str:
    """All that may be chosen of colors, for the whole page."""
    other = [name for name in PALETTES if name != USUAL]
    sheets = [theme_sheet(PALETTES[name], f'[data-palette="{name}"]') for name in other]
    return (
        "html:root body { background-color: var(--ts-page); color: var(--ts-text) }\n"
        f"html:root {{ background-color: var(--ts-page); --ts-font: {FONT}; }}\n"
        f"{theme_sheet(THEMES)}{''.join(sheets)}@page {{ margin: 15mm }}"
    )


BAR = {
    "backgroundColor": "var(--ts-card) !important",
    "backgroundImage": "none",
    "boxShadow": "none",
    "borderBottom": "1px solid var(--ts-line)",
    "& *": {"color": "var(--ts-text) !important"},
    "& .title": {"fontSize": "var(--ts-title, 1.5rem)"},
    "@media (max-width: 28em)": {
        "& .title": {"position": "absolute", "clipPath": "inset(50%)"},
        "& :focus-visible .title": {
            "clipPath": "none",
            "inset": "0 auto 0 16px",
            "zIndex": 1,
            "alignContent": "center",
            "background": "var(--ts-card)",
            "outline": "3px solid var(--ts-accent)",
        },
    },
}
"""The header: quiet, so that the picture is what one sees."""


NO_HEADINGS = {"h3": "div", "h5": "div"}
"""What Page makes of the title in the header, and of the room below it, which is empty."""


def material(palette: Palette) -> dict[str, Any]:
    """The palette in Material UI's words."""
    return {
        "palette": {
            "primary": {"main": palette.accent, "contrastText": palette.on_accent},
            "background": {"default": "var(--ts-page)", "paper": "var(--ts-page)"},
            "text": {"primary": palette.text, "secondary": palette.muted},
            "divider": palette.line,
        },
        "typography": {"fontFamily": FONT},
        "shape": {"borderRadius": 10},
        # Trap: without a busy indicator Page still draws an empty bar, and one without a name.
        "components": {
            "MuiTypography": {"defaultProps": {"variantMapping": NO_HEADINGS}},
            "MuiAppBar": {"styleOverrides": {"root": BAR}},
            "MuiLinearProgress": {"styleOverrides": {"root": {"display": "none"}}},
        },
    }


theme_config = {"light": material(LIGHT), "dark": material(DARK)}
