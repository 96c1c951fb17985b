"""The language that is spoken belongs to who speaks it; numbers are written as it writes them."""

import ast
import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.telling import place, refusal, require_short, subject
from lessons.content import step_content
from lessons.library import Library
from lessons.prose import formatted
from locales.asked import language_asked
from locales.catalogs import catalog_in
from locales.language import LANGUAGES, once_spoken, say, say_many, speaking, spoken
from solver import Experiment, GaussianPacket, InvalidInput, RectangularBarrier
from solver.controls import Controls
from tests.app.apart import run_apart
from tests.texts import ROOT, sources

WALL, PACKET = RectangularBarrier(height=6.0, width=0.4), GaussianPacket(energy=5.0, sigma=1.0)


def test_what_all_pages_share_is_made_once_in_each_language() -> None:
    made: list[str] = []

    @once_spoken
    def header() -> list[str]:
        made.append(spoken())
        return [say("Lessons")]

    english = header()
    with speaking("id"):
        assert header() == ["Pelajaran"]
        assert header() is header()
    assert english == ["Lessons"]
    assert header() is english
    assert made == ["en", "id"]


def test_a_text_is_said_in_the_language_that_is_spoken() -> None:
    assert say("Lessons") == "Lessons"
    with speaking("id"):
        assert say("Lessons") == "Pelajaran"
        assert say("There is no lesson “{slug}”.", slug="{x}") == "Tidak ada pelajaran “{x}”."
        assert say("nobody has translated this {n}", n=1.5) == "nobody has translated this 1,5"
    assert spoken() == "en"


def test_threads_speak_the_language_of_who_asked_them() -> None:
    async def asked(language: str) -> str:
        with speaking(language):
            return await asyncio.to_thread(say, "Lessons")

    async def both() -> list[str]:
        return list(await asyncio.gather(asked("id"), asked("en")))

    assert run_apart(both()) == ["Pelajaran", "Lessons"]
    with speaking("id"), ThreadPoolExecutor(1) as others:
        assert others.submit(spoken).result() == "en"


def test_a_text_that_counts_has_the_plural_of_its_language(tmp_path: Path) -> None:
    one, many = "{count} step", "{count} steps"
    assert [say_many(one, many, count=n) for n in (0, 1, 2)] == ["0 steps", "1 step", "2 steps"]
    slavic = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);"
    (tmp_path / "xx.po").write_text(
        f'msgid ""\nmsgstr ""\n"Plural-Forms: {slavic}\\n"\n\n'
        f'msgid "{one}"\nmsgid_plural "{many}"\nmsgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n'
    )
    known = catalog_in(tmp_path, "xx")
    assert [known.lines[one][known.plural(n)] for n in (1, 2, 5, 11, 21)] == [*"abcca"]


def test_numbers_are_written_as_the_language_writes_them() -> None:
    with speaking("id"):
        assert place(0.341934) == "34,19 %"
        assert formatted(0.25, "nm") == "0,25 nm"
        assert formatted(-2.5e-7, "sci") == "-2,5 × 10⁻⁷"
        told = subject(Experiment(barrier=WALL, packet=PACKET))
        assert told == "Penghalang persegi, tinggi 6 eV, lebar 0,4 nm; energi paket 5 eV"


def test_what_the_solver_refuses_is_told_in_the_language() -> None:
    with pytest.raises(InvalidInput) as far:
        Controls(width=7.5)
    with pytest.raises(InvalidInput) as dear:
        Experiment(barrier=WALL, packet=PACKET, budget=1e4)
    with pytest.raises(InvalidInput) as long:
        require_short(100.0, 2.5)
    assert refusal(far.value) == "width must be from 0.05 to 3, got 7.5 nm"
    with speaking("id"):
        assert refusal(far.value) == "lebar harus dari 0,05 sampai 3; yang diberikan 7,5 nm"
        assert "berbiaya paling banyak 1e+04 titik-langkah" in refusal(dear.value)
        assert "sebuah simulasi boleh berlangsung 2,5 s" in refusal(long.value)


@pytest.mark.parametrize(
    ("named", "accepted", "language"),
    [
        (None, "", "en"),
        (None, "id-ID,id;q=0.9,en-US;q=0.8,en;q=0.7", "id"),
        (None, "de;q=0.9, en;q=0.1, id;q=0.2", "id"),
        (None, "id;q=0, en", "en"),
        (None, "id;q=much", "en"),
        ("ID", "en", "id"),
        ("en", "id", "en"),
        ("xx", "id", "id"),
        (None, "*;;;=,,;q", "en"),
    ],
)
def test_a_person_is_spoken_to_as_asked(named: str | None, accepted: str, language: str) -> None:
    assert language_asked(named, accepted) == language


def test_a_lesson_is_in_the_language_with_its_own_numbers() -> None:
    with speaking("id"):
        lesson = Library().find("what-tunneling-is")
        content = step_content(lesson, 0)
    english = step_content(Library().find("what-tunneling-is"), 0)
    assert "0,3\u00a0nm" in content["introduction"]
    assert "0.3\u00a0nm" in english["introduction"]
    assert content["question"]["ask"] != english["question"]["ask"]
    key = [choice["right"] for choice in english["question"]["choices"]]
    assert [choice["right"] for choice in content["question"]["choices"]] == key
    with speaking("id"):
        assert Library().find("what-tunneling-is") is lesson


def test_a_lesson_that_has_no_catalog_stays_as_it_is(tmp_path: Path) -> None:
    source = (ROOT / "lessons" / "01-what-tunneling-is.md").read_text("utf-8")
    (tmp_path / "01-own.md").write_text(source, "utf-8")
    with speaking("id"):
        assert Library(tmp_path).lessons()[0].title == "What tunneling is"
        (tmp_path / "id").mkdir()
        (tmp_path / "id" / "01-own.po").write_text(
            'msgid ""\nmsgstr "Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
            'msgid "What tunneling is"\nmsgstr "Judul sendiri"\n'
        )
        assert Library(tmp_path).lessons()[0].title == "Judul sendiri"


def test_every_language_has_a_name_of_its_own() -> None:
    assert list(LANGUAGES) == ["en", "id"]
    files = {file.stem for file in (ROOT / "locales").glob("*.po")}
    assert files == {*LANGUAGES} - {"en"}


TOLD = {"say": (0,), "say_many": (0, 1), "Rule": (0,), "InvalidInput": (1,), "mark": (0,)}


def glued(tree: ast.AST) -> Iterator[int]:
    """Lines in which a text is made of pieces before it is said."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            for place in TOLD.get(call.func.id, ()):
                said = call.args[place] if place < len(call.args) else None
                if isinstance(said, (ast.JoinedStr, ast.BinOp, ast.IfExp)):
                    yield call.lineno


def unmarked(tree: ast.AST) -> Iterator[int]:
    """Lines in which a name is given a text that nobody has marked, and then it is said."""
    for body in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        given = [
            call.args[place]
            for call in ast.walk(body)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
            for place in TOLD.get(call.func.id, ())
            if place < len(call.args)
        ]
        said = {name.id for name in given if isinstance(name, ast.Name)}
        for node in ast.walk(body):
            match node:
                case ast.Assign(
                    targets=[ast.Name(id=name)], value=ast.Constant() | ast.JoinedStr()
                ):
                    if name in said:
                        yield node.lineno


@pytest.mark.parametrize(
    "file", [f for f in sources() if f.suffix == ".py"], ids=lambda f: str(f.relative_to(ROOT))
)
def test_a_text_is_whole_where_it_is_said(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    assert [*glued(tree), *unmarked(tree)] == []
