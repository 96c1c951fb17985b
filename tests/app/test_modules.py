"""The browser's code: joined to one module as it would run, and its pure parts tested with deno."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.component import Component
from app.lab.guide import Guide
from app.lab.model import Lab
from app.modules import ASSETS, module, sheets
from app.stage.cards.curves import spectrum
from app.stage.component import Stage
from app.stage.of_run import of_run
from app.stage.solved import film, one_frame
from app.stage.wire import unbundle

DENO = shutil.which("deno", path=str(Path(sys.executable).parent))
TESTS = sorted(ASSETS.rglob("*.test.js"))
ENTRIES = (
    "stage/stage.js",
    "guide/guide.js",
    "controls/controls.js",
    "navigation/navigation.js",
    "mystery/mystery.js",
)
QUIET = {"NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1"}


def deno(*words: str | Path, **environment: str) -> str:
    """Run deno, which may read files and the environment, and nothing else."""
    assert DENO
    command = [DENO, *map(str, words)]
    done = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | QUIET | environment, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Blocks that the app packs, and beside each what it reads in it."""
    folder = tmp_path_factory.mktemp("samples")
    draft = Lab(quality="draft")
    noisy = Lab(quality="draft", environment="Dephasing", t2=20.0).chosen.source()
    published = Lab(case="rectangular").chosen.experiment()
    blocks = {
        "run": film(draft.chosen.experiment()),
        "average": film(noisy),
        "published": film(published),
        "instant": one_frame(draft.chosen.experiment(), 7.0).block,
        "curves": spectrum({"run": draft.chosen}),
        "current": of_run("current", draft.chosen.experiment().run()),
    }
    for name, block in blocks.items():
        (folder / f"{name}.gz").write_bytes(block)
        (folder / f"{name}.json").write_text(json.dumps(contents(block)))
    return folder


def contents(block: bytes) -> dict[str, Any]:
    meta, arrays = unbundle(block)
    found = {
        name: {"dtype": array.dtype.name, "values": array.ravel().tolist()}
        for name, array in arrays.items()
    }
    if "times" not in arrays:
        return {"meta": meta, "arrays": found}
    size = arrays["re"].astype(float) ** 2 + arrays["im"].astype(float) ** 2
    v, times = arrays["barrier_v"].astype(float), arrays["times"].astype(float)
    axes = {
        "density": size.max() * meta["psi_scale"] ** 2,
        "top": max(0.0, v.max(), meta["energy"]),
        "bottom": min(0.0, v.min()),
    }
    asked = [*times, *(times[:-1] + np.diff(times) / 2), times[-1] + 1]
    at = np.searchsorted(times, np.add(asked, 1e-6), side="right") - 1
    frames = [[float(time), int(frame)] for time, frame in zip(asked, at, strict=True)]
    return {"meta": meta, "arrays": found, "axes": axes, "frames": frames}


@pytest.mark.parametrize("file", TESTS, ids=lambda file: str(file.relative_to(ASSETS)))
def test_the_pure_parts_do_what_they_say(file: Path, samples: Path) -> None:
    assert "0 failed" in deno(
        *("test", "--no-check", "--allow-read", "--allow-env", "--config", ASSETS / "deno.json"),
        file,
        TUNNELSCOPE_SAMPLES=str(samples),
    )


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_joined_module_runs_and_exports_what_its_entry_does(entry: str, tmp_path: Path) -> None:
    file = tmp_path / "joined.mjs"
    file.write_text(module(entry), encoding="utf-8")
    code = f"console.log(Object.keys(await import({json.dumps(file.as_uri())})).join())"
    assert deno("eval", code).split() == ["render"]


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")


def test_modules_keep_their_own_names_and_are_run_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        a='import { b as far, count } from "./b.js";\nimport {\n  c,\n} from "./c.js";\n'
        "const own = 1;\nexport const sum = own + far() + c;\nexport const runs = count.runs;\n",
        b='import { c } from "./c.js";\nconst own = 10;\nexport const count = { runs: c };\n'
        "export function b() {\n  return own;\n}\n",
        c="globalThis.runs = (globalThis.runs ?? 0) + 1;\nexport const c = globalThis.runs;\n",
    )
    joined = tmp_path / "joined.mjs"
    joined.write_text(module("a.js", tmp_path), encoding="utf-8")
    code = f"const a = await import({json.dumps(joined.as_uri())}); console.log(a.sum, a.runs)"
    assert deno("eval", code).split() == ["12", "1"]


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (
            {
                "a": 'import { b } from "./b.js";\n',
                "b": 'import { a } from "./a.js";\nexport const b = a;\n',
            },
            "a.js imports itself by way of b.js",
        ),
        ({"a": 'import { x } from "./b.js";\n', "b": "export const y = 1;\n"}, "exports no x"),
        ({"a": 'import b from "./b.js";\n', "b": ""}, "cannot be joined: import b"),
        ({"a": "export default 1;\n"}, "cannot be joined: export default"),
    ],
)
def test_what_cannot_be_joined_is_named(tmp_path: Path, files: dict[str, str], reason: str) -> None:
    write(tmp_path, **files)
    with pytest.raises(ValueError, match=reason):
        module("a.js", tmp_path)


@pytest.mark.parametrize(("part", "sheet"), [("guide", Guide), ("stage", Stage)])
def test_every_style_sheet_of_a_part_is_sent_once(part: str, sheet: type[Component]) -> None:
    (sent,) = sheet._stylesheets
    for file in (ASSETS / part).rglob("*.css"):
        assert sent.count(file.read_text("utf-8")) == 1, file.name


def test_a_card_s_styles_stand_beside_the_card() -> None:
    modules = {file.stem for file in (ASSETS / "stage" / "cards").glob("*.js")}
    assert {Path(name).stem for name in sheets("stage/cards")} <= modules
