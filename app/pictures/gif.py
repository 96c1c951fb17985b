"""|psi|^2 of a run before its barrier, as a panel and as an animated GIF."""

import math
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from matplotlib import style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from app.pictures.panels import STYLE, Line, Panel, draw
from app.stage.film import density_on_display, outline
from app.telling import subject
from app.theme import LIGHT
from locales.language import say, written
from solver.errors import InvalidInput, Rule
from solver.experiment import Experiment
from solver.trajectory import Result
from solver.units import NATURAL
from solver.writing import require_suffix, writing

COLORS, APART = 256, 8
"""Colors of a GIF at most, and the least difference between two of them, of 255."""

PICTURES = 121
"""Frames of a GIF at most: every second one of the main part."""

FASTEST = 50
"""Browsers slow down a GIF of more frames per second than this."""

PAUSE = 1000
"""Milliseconds for which the last frame stays longer."""

REGIONS = {"left": LIGHT.imaginary, "inside": LIGHT.barrier, "right": LIGHT.density}
WORDS = (
    (0.09, LIGHT.text),
    (0.38, LIGHT.text),
    *zip((0.52, 0.65, 0.8), REGIONS.values(), strict=True),
)
"""Where the words above the picture begin, in parts of its width, and their colors."""


def density_label(experiment: Experiment) -> str:
    unit = experiment.units.length
    return f"|ψ|² ({unit})" if unit == NATURAL.length else f"|ψ|² (1/{unit})"


def barrier_panel(experiment: Experiment, lines: Sequence[Line], peak: float) -> Panel:
    """Densities up to `peak` on the left axis; V and the energy on the right, zero at one height.

    A deep well takes no more than two fifths of the height.
    """
    units, (low, high) = experiment.units, experiment.barrier.extremes
    level = experiment.wave.start_level + experiment.packet.packet_energy(units)
    name = say("total energy") if experiment.wave.start_level else say("packet energy")
    low = min(1.15 * low, 0.0)
    high = max(1.15 * high, 1.15 * level, -1.5 * low)
    return Panel(
        x_label=f"x ({units.length})",
        y_label=density_label(experiment),
        lines=lines,
        limits=(1.1 * peak * low / high, 1.1 * peak),
        right_label=f"V ({units.energy})",
        right=(
            Line(say("barrier V"), *outline(experiment), LIGHT.barrier, filled=True),
            Line(name, experiment.used_window, (level, level), LIGHT.energy, dashed=True),
        ),
        right_limits=(low, high),
    )


def write_gif(
    run: Result,
    file: Path,
    progress: Callable[[float], None] | None = None,
    fps: int = 30,
) -> None:
    """The main part of a run for ever, 800 x 450; `progress` is told the part that is done."""
    require_suffix(file, ".gif")
    if not 1 <= fps <= FASTEST:
        raise InvalidInput("fps", Rule("be from {low:g} to {high:g}", low=1, high=FASTEST), fps)
    with writing(file) as beside:
        beside.write_bytes(gif_of(run, progress, fps))


def gif_of(
    run: Result,
    progress: Callable[[float], None] | None = None,
    fps: int = 30,
    comment: str = "",
) -> bytes:
    """What `write_gif` writes, in memory; no program shows the comment."""
    memory = BytesIO()
    with style.context(["default", STYLE]):
        animation = Animation(run)
        lengths = durations(animation.times.size, fps)
        animation.save(memory, lengths, progress or (lambda part: None), comment)
    return memory.getvalue()


def durations(count: int, fps: int) -> list[int]:
    """Milliseconds of each frame in whole hundredths of a second that keep to `fps` on average."""
    ends = [10 * round(100 * j / fps) for j in range(count + 1)]
    lengths = [late - early for early, late in pairwise(ends)]
    return [*lengths[:-1], lengths[-1] + PAUSE]


def distinct(counted: list[Any]) -> list[int]:
    """The most frequent colors that Pillow's search for the nearest, in cells of 4, keeps apart."""
    left = np.array([color for _, color in sorted(counted, reverse=True)])
    kept: list[int] = []
    while left.size and len(kept) < 3 * COLORS:
        kept.extend(map(int, left[0]))
        left = left[np.abs(left - left[0]).max(axis=1) > APART]
    return kept


class Animation:
    """A background that is drawn once, and what is drawn on it in every frame."""

    def __init__(self, run: Result) -> None:
        last = min(run.experiment.frames, run.times.size - 1)
        chosen = np.linspace(0, last, min(PICTURES, last + 1)).round().astype(int)
        self.times, self.regions = run.times[chosen], run.regions[chosen]
        self.unit = run.experiment.units.time
        self.digits = max(0, 2 - math.floor(math.log10(self.times[-1])))
        self.x, shown = density_on_display(run)
        self.density = shown[chosen]
        self._draw_background(run.experiment)

    def _draw_background(self, experiment: Experiment) -> None:
        figure = Figure(figsize=(8, 4.5), dpi=100)
        self.canvas = FigureCanvasAgg(figure)
        figure.subplots_adjust(left=0.09, right=0.91, top=0.78, bottom=0.13)
        axes = figure.subplots()
        wave = Line("|ψ|²", self.x, self.density[0], LIGHT.density, filled=True)
        self.line, *_ = draw(barrier_panel(experiment, [wave], float(self.density.max())), axes)
        self.area: Any = axes.collections[0]
        figure.text(0.09, 0.94, subject(experiment), fontsize=12)
        self.words = [figure.text(x, 0.88, "", color=color) for x, color in WORDS]
        self.moving = [self.area, self.line, *self.words]
        for artist in self.moving:
            artist.set_animated(True)
        self.canvas.draw()
        self.background = self.canvas.copy_from_bbox(figure.bbox)

    def told(self, j: int) -> tuple[str, ...]:
        """The time, and where the packet is then."""
        left, inside, right = self.regions[j]
        return (
            f"t = {written(f'{self.times[j]:.{self.digits}f}')} {self.unit}",
            say("Probability:"),
            say("left {part:.3f}", part=left),
            say("inside {part:.3f}", part=inside),
            say("right {part:.3f}", part=right),
        )

    def frame(self, j: int) -> Image.Image:
        """The picture of one frame in full color."""
        self.line.set_ydata(self.density[j])
        self.area.set_data(self.x, self.density[j], 0)
        for text, word in zip(self.words, self.told(j), strict=True):
            text.set_text(word)
        self.canvas.restore_region(self.background)
        for artist in self.moving:
            self.canvas.figure.draw_artist(artist)
        pixels = bytes(self.canvas.buffer_rgba())
        return Image.frombytes("RGBA", self.canvas.get_width_height(), pixels).convert("RGB")

    def palette(self) -> Image.Image:
        """The most frequent colors of a few frames."""
        chosen = [self.frame(j) for j in range(0, self.times.size, max(1, self.times.size // 4))]
        width, height = chosen[0].size
        sheet = Image.new("RGB", (width, height * len(chosen)))
        for place, picture in enumerate(chosen):
            sheet.paste(picture, (0, place * height))
        palette = Image.new("P", (1, 1))
        palette.putpalette(distinct(sheet.getcolors(width * sheet.height) or []))
        return palette

    def save(
        self,
        file: BinaryIO,
        milliseconds: list[int],
        progress: Callable[[float], None],
        comment: str,
    ) -> None:
        first, *others = self.pictures(progress)
        told = {"duration": milliseconds, "loop": 0, "comment": comment.encode()}
        first.save(file, "GIF", save_all=True, append_images=others, **told)

    def pictures(self, progress: Callable[[float], None]) -> Iterator[Image.Image]:
        """Every frame in the colors of one palette."""
        palette = self.palette()
        for j in range(self.times.size):
            yield self.frame(j).quantize(palette=palette, dither=Image.Dither.NONE)
            progress((j + 1) / self.times.size)
