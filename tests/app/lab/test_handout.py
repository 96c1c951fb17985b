"""Pictures of runs for paper."""

import base64
import io
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

from PIL import Image

from app.lab.address import read_address
from app.lab.guide_view import view_of
from app.lab.handout import pictures, pictures_of
from lessons.library import Library
from solver.controls import Controls

BASE = Controls(quality="draft")
PAIR = {"a": BASE, "b": BASE.changed(shape="Gaussian")}


def opened(address: str) -> Image.Image:
    kind, data = address.split(",")
    assert kind == "data:image/png;base64"
    return Image.open(io.BytesIO(base64.b64decode(data)))


def test_each_run_has_its_name_its_start_and_its_course() -> None:
    first, second = pictures_of(PAIR)
    assert (first["name"], second["name"]) == (
        "Rectangular, 0.3 nm wide",
        "Gaussian, 0.3 nm wide",
    )
    assert first["course"] != second["course"]
    assert opened(first["course"]).width > 2 * opened(first["start"]).width - 100


def test_a_run_is_drawn_once() -> None:
    source = BASE.source()
    assert pictures(source, "en") is pictures(BASE.source(), "en")


def test_threads_that_draw_at_the_same_time_draw_the_same() -> None:
    sources = [BASE.changed(energy=1.0 + 0.1 * i).source() for i in range(3)]
    alone = [pictures(source, "en") for source in sources]
    pictures.cache_clear()
    with ThreadPoolExecutor(3) as pool:
        assert [*pool.map(pictures, sources, repeat("en"))] == alone


def test_an_average_over_runs_is_drawn_too() -> None:
    noisy = BASE.changed(environment="Dephasing", t2=10.0)
    (picture,) = pictures_of({"run": noisy})
    assert opened(picture["course"]).height > 100


def test_every_step_of_a_printed_lesson_has_its_pictures() -> None:
    lesson = Library().lessons()[0]
    view = view_of(read_address(f"?lesson={lesson.slug}&print=1"), Library())
    drawn = [len(step["pictures"]) for step in view["steps"]]
    assert drawn == [len(step.settings) for step in lesson.steps]
