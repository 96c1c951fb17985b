"""A lesson that is changed, broken, or gone while it is served, to visitors who are in it."""

import shutil
from pathlib import Path

import pytest

from app.lab.visit import Visit
from app.stage.component import Scene
from lessons.library import OURS, Library
from tests.app.apart import run_apart


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The first lesson, in a folder of its own with the second."""
    first, second = Library().files()[:2]
    for one in (first, second):
        shutil.copy(OURS / one.name, tmp_path)
    return tmp_path / first.name


@pytest.mark.parametrize("arrives", ["nothing", "---\ntitle: [\n---\n", "\0", None])
def test_a_broken_lesson_that_arrives_is_told_and_stops_nobody(
    file: Path, monkeypatch: pytest.MonkeyPatch, arrives: str | None
) -> None:
    library = Library(file.parent)
    first, second = library.lessons()
    here = f"?lesson={first.slug}&step=1"
    visit = Visit(here, library)
    played: list[Scene] = []
    monkeypatch.setattr(visit.stage, "play", played.append)

    def go(address: str) -> str:
        visit.address = visit.guide.address = address
        run_apart(visit.open())
        return str(visit.guide.view["kind"])

    assert go(here) == "step"
    whole = file.read_text("utf-8")
    if arrives is None:
        file.unlink()
    else:
        file.write_text(arrives, "utf-8")
    run_apart(visit.solve())
    assert len(played) == 2, "who is in the lesson goes on in it"
    assert visit.stage.message == ""
    assert go(f"?lesson={first.slug}&step=2") == "fault"
    assert go("?lessons") == "index"
    assert [("broken" in one) for one in visit.guide.view["lessons"]] == (
        [False] if arrives is None else [True, False]
    )
    assert go(f"?lesson={second.slug}&step=1") == "step"
    file.write_text(whole, "utf-8")
    assert go(here) == "step"
