"""The page keeps to its policy, and nothing that a person writes runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import WAITING, serving
from tests.kinds import Visit

pytestmark = pytest.mark.browser

STAGE, GUIDE = ".ts-stage", ".ts-guide"
HEARD = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});
"""
EVIL = '"><script>window.ran = 1</script><img src=x onerror="window.ran = 1" x="'
LINK = "[here](javascript:window.ran=1) ![there](https://elsewhere.example/x.png)"
HOSTILE = f"""---
title: '{EVIL}'
summary: '{EVIL} {LINK}'
level: '{EVIL}'
minutes: 10
misconception: '{EVIL}'
prerequisites: ['{EVIL}']
exact: ['{EVIL} {LINK}']
idealised: ['{EVIL}']
---

## {EVIL}

{EVIL} {LINK} <a href="javascript:window.ran=1">x</a> $\\href{{javascript:window.ran=1}}{{x}}$

<svg onload="window.ran = 1"></svg>

```step
runs:
  run: {{shape: Rectangular, height: 1.5, width: 0.3, energy: 1, sigma: 1.4}}
unlock: [width]
locked: '{EVIL}'
show: [phase space]
question:
  ask: '{EVIL} {LINK}'
  hints: ['{EVIL}']
  choices:
    - text: '{EVIL}'
      right: 1 > 0
      feedback: '{EVIL} {LINK}'
    - text: other
      right: 1 < 0
      feedback: '{EVIL}'
teach: '{EVIL} {LINK}'
```

{EVIL} {LINK}
"""
SCRIPT = """() => {
  const script = document.createElement("script");
  script.textContent = "window.ran = 1";
  document.body.append(script);
  document.body.insertAdjacentHTML("beforeend", "<p onclick='window.ran = 1' id=evil>x</p>");
  document.querySelector("#evil").click();
}"""


def violations(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.violations")
    return found


@pytest.mark.parametrize(
    "place", ["", "?lesson=what-tunneling-is&step=1", "?lesson=what-tunneling-is&print=1"]
)
def test_no_page_breaks_its_policy(visit: Visit, place: str) -> None:
    """A violation is an error of the console besides, which fails every test in the browser."""
    printed = "print" in place
    page = visit(place, ready=not printed, attached=True, script=HEARD)
    if printed:
        page.locator(f"{GUIDE} figure img").first.wait_for()
        page.emulate_media(media="print")
    else:
        page.keyboard.press("End")
        page.locator(f"{STAGE}[data-state=ready]").hover()
    assert violations(page) == []


def test_what_got_into_the_page_would_not_run(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.add_init_script(HEARD)
    page.goto(address)
    page.wait_for_selector(f"{STAGE}[data-state=ready]", timeout=60_000)
    page.evaluate(SCRIPT)
    found = violations(page)
    assert page.evaluate("window.ran") is None
    assert any(one.startswith("script-src-elem inline") for one in found), found
    assert any(one.startswith("script-src-attr inline") for one in found), found
    page.close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a lab is whose only lesson means harm."""
    folder: Path = tmp_path_factory.mktemp("lessons")
    (folder / "01-hostile.md").write_text(HOSTILE, "utf-8")
    with serving(*WAITING, "--lessons", str(folder)) as address:
        yield address


@pytest.mark.parametrize(
    "place",
    [
        "?lessons",
        "?lesson=hostile&step=1",
        "?lesson=hostile&step=1&teach=1",
        "?lesson=hostile&print=1",
        "?lesson=hostile&print=1&answers=1",
    ],
)
def test_a_lesson_carries_no_script(browser: Browser, hostile: str, place: str) -> None:
    """Nothing runs, and nothing was there for the policy to stop but a picture from elsewhere."""
    page = browser.new_page(reduced_motion="reduce")
    page.add_init_script(HEARD)
    page.goto(hostile + place)
    page.locator(f"{GUIDE}[data-view]").first.wait_for(timeout=60_000)
    text = page.locator(GUIDE).first
    text.get_by_text("window.ran = 1").first.wait_for()
    if "step=" in place:
        page.wait_for_selector(f"{STAGE}[data-state=ready]", timeout=60_000)
    assert page.evaluate("window.ran") is None
    assert [one for one in violations(page) if not one.startswith("img-src")] == []
    assert text.locator("script, [onerror], [onload], [href^='javascript']").count() == 0
    page.close()
