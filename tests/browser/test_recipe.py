"""CONTRIBUTING's recipe for a figure: a new card, put into a copy of the source, is on the page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage

from tests.browser.seen import attribute
from tests.browser.serving import LAB, serving
from tests.changed import changed_copy

pytestmark = pytest.mark.browser

NEW = {
    "app/stage/cards/wavenumbers.py": '''"""|phi(k)|^2 through the run."""

from app.stage.card import Card
from app.stage.figures import holoviews, rendered
from app.stage.wire import bundle


def wavenumbers_figure(colors):
    curve = holoviews().Curve(([0.0, 1.0], [0.0, 0.0]), "k", "phi").opts(responsive=True)
    return rendered(curve.opts(color=colors.density), ("wavenumbers",), colors)


WAVENUMBERS = Card(
    name="wavenumbers",
    title="Wavenumbers density",
    figures={"wavenumbers": wavenumbers_figure},
    feed=lambda step, settings, solved: bundle({"told": "of the packet"}, {}),
)
''',
    "assets/stage/cards/wavenumbers.js": """import { embed } from "../embed.js";

export class Wavenumbers {
  constructor(root) {
    this.root = root;
    this.slot = root.querySelector(".slot");
  }

  async mount({ wavenumbers }) {
    Object.assign(this, await embed(wavenumbers, this.slot));
  }

  load({ runs: [run], block }) {
    this.run = run;
    this.root.dataset.told = block.told;
  }

  draw({ frames: [i] }) {
    const k = Float64Array.from(this.run.wigner_k), w = Math.floor(i / 3) * k.length;
    const phi = Float64Array.from(this.run.density_k.subarray(w, w + k.length));
    this.sources.wavenumbers.source.data = { k, phi };
    this.root.dataset.frame = i;
  }
}
""",
}
EDITS = {
    "app/stage/cards/__init__.py": (
        (
            "from app.stage.cards.phase_space",
            "from app.stage.cards.wavenumbers import WAVENUMBERS\nfrom app.stage.cards.phase_space",
        ),
        ("*(ENERGY, WAVE,", "*(WAVENUMBERS, ENERGY, WAVE,"),
    ),
    "assets/stage/cards/all.js": (
        (
            "import { PhaseSpace }",
            'import { Wavenumbers } from "./wavenumbers.js";\nimport { PhaseSpace }',
        ),
        ("  scan: Curves,", "  scan: Curves,\n  wavenumbers: Wavenumbers,"),
    ),
    "lessons/lesson.py": (('    "phase space",', '    "wavenumbers",\n    "phase space",'),),
}
"""What the recipe changes."""

LESSON = """---
title: Wavenumbers
summary: A new card.
level: first course
minutes: 5
misconception: none
prerequisites: []
exact: []
idealised: []
---

## Wavenumbers

Look at it.

```step
runs:
  run: {height: 2, width: 0.3, quality: draft}
unlock: [height]
show: [wavenumbers, phase space]
```
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that runs from the changed copy."""
    folder = tmp_path_factory.mktemp("copy")
    environment = changed_copy(folder, EDITS, {**NEW, "own/01-wavenumbers.md": LESSON})
    with serving(*LAB, "--lessons", "own", cwd=folder, environment=environment) as address:
        yield address


def test_a_new_figure_touches_at_most_five_files_and_is_on_the_page(
    browser: Browser, served: str
) -> None:
    assert len(NEW | EDITS) <= 5
    page = browser.new_page(reduced_motion="reduce")
    faults: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            faults.append(message.text)

    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", heard)
    page.goto(served + "?lesson=wavenumbers&step=1")
    page.locator(".ts-stage[data-state=ready]").wait_for()
    card = page.get_by_role("region", name="Wavenumbers density")
    card.locator("canvas").first.wait_for()
    assert card.get_attribute("data-told") == "of the packet"
    page.keyboard.press("End")
    page.locator(".ts-stage.settled").wait_for()
    assert int(attribute(card, "data-frame")) > 10
    drawn = page.evaluate(
        """() => {
          const renderers = [...Bokeh.index.roots].flatMap(({ model }) => model.renderers ?? []);
          const found = renderers.map((r) => r.data_source).find((s) => s.name === "wavenumbers");
          return [...found.data.phi];
        }"""
    )
    assert max(drawn) > 0.1
    assert faults == []
    page.close()
