"""A real browser beside a class: how smooth its own animation stays."""

import os
import shutil
from typing import Any

from playwright.sync_api import sync_playwright

COUNT = """(ms) => new Promise((done) => {
  const begin = performance.now();
  let count = 0;
  const next = (now) => {
    count += 1;
    if (now - begin < ms) requestAnimationFrame(next);
    else done(1000 * count / (now - begin));
  };
  requestAnimationFrame(next);
})"""


def frames_per_second(address: str, seconds: float) -> float:
    """Pictures a second, on average, while a run plays over and over."""
    path = os.environ.get("TUNNELSCOPE_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page: Any = browser.new_context(reduced_motion="reduce").new_page()
        page.goto(address)
        page.wait_for_selector(".ts-stage[data-state=ready]", timeout=60_000)
        page.get_by_role("button", name="Loop").click()
        page.get_by_role("button", name="Play", exact=True).click()
        found = float(page.evaluate(COUNT, 1e3 * seconds))
        browser.close()
    return found
