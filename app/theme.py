"""Colors and type, once for the page, the stage and the figures."""

from dataclasses import dataclass, replace
from typing import Any

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif'


@dataclass(frozen=True)
class Palette:
    """Colors of one theme; wigner runs from most negative over zero to most positive.

    Of figures besides: pixels of the axes' labels and of their numbers, about how many of these
    there are, and pixels of the thinnest line and of an axis.
    """

    page: str
    card: str
    line: str
    text: str
    muted: str
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
    accent="#1f5fc4",
    on_accent="#ffffff",
    density="#1f5fc4",
    barrier="#b86e00",
    energy="#8a1c4a",
    real="#00796b",
    imaginary="#7b3fb5",
    wigner=("#053061", "#2f79b5", "#9ac8e0", "#ffffff", "#fdb874", "#d9631e", "#6f2203"),
)
DARK = Palette(
    page="#0f131b",
    card="#181e29",
    line="#2c3545",
    text="#e8ecf4",
    muted="#a3aec2",
    accent="#82b1ff",
    on_accent="#0f131b",
    density="#82b1ff",
    barrier="#f0a93b",
    energy="#ff8fb4",
    real="#4fd1bd",
    imaginary="#cf9bff",
    wigner=("#d4ecff", "#6db7f2", "#2a5f94", "#181e29", "#8c4a14", "#f0913a", "#ffe3bd"),
)
PROJECTOR = replace(
    LIGHT,
    page="#ffffff",
    line="#aab3c2",
    text="#0b101a",
    muted="#333c4d",
    label=22,
    tick=22,
    ticks=4,
    thinnest=3.0,
    frame=2.0,
)
"""The light one for the back row of a bright room."""

THEMES = {"light": LIGHT, "dark": DARK, "projector": PROJECTOR}


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


def custom_properties(palette: Palette) -> str:
    """CSS declarations --ts-name: color for every single color of the palette."""
    plain = {k: v for k, v in vars(palette).items() if isinstance(v, str)}
    return " ".join(f"--ts-{name}: {value};" for name, value in plain.items())


def page_sheet() -> str:
    """All palettes as custom properties of the whole page; on paper always the light one."""
    light, dark, projector = (
        f"{custom_properties(palette)} --ts-map: {', '.join(blend(palette.wigner, 15))};"
        for palette in THEMES.values()
    )
    font = f"--ts-font: {FONT};"
    return (
        "html:root body { background-color: var(--ts-page); color: var(--ts-text) }\n"
        f"html:root {{ color-scheme: light; background-color: var(--ts-page); {light} {font} }}\n"
        f'@media screen {{ html:root[data-theme="dark"] {{ color-scheme: dark; {dark} }} }}\n'
        f'@media screen {{ html:root[data-projector="yes"] {{ {projector} }} }}\n'
        "@page { margin: 15mm }"
    )


BAR = {
    "backgroundColor": "var(--ts-card) !important",
    "backgroundImage": "none",
    "boxShadow": "none",
    "borderBottom": "1px solid var(--ts-line)",
    "& *": {"color": "var(--ts-text) !important"},
    "& .title": {"fontSize": "var(--ts-title, 1.5rem)"},
    "@media (max-width: 28em)": {"& .title": {"fontSize": "1.15rem"}},
    "@media (max-width: 19em)": {"& .title": {"position": "absolute", "clipPath": "inset(50%)"}},
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
