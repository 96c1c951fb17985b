"""What a visitor costs the server, and how fast the picture moves, in a real browser."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from app.cli.bench import Bounds
from tests.browser.serving import LAB

START = [sys.executable, "-u", *LAB]
STAGE = ".ts-stage"
SETTLE = 6.0
"""Seconds in which a new server works out the lessons behind the first visitors."""
IDLE = 20.0
"""Milliseconds of CPU in two seconds of a server that has nothing to do."""
SLIDER = "Barrier height (eV)"
UNLIMITED = ["--no-sandbox", "--disable-frame-rate-limit", "--disable-gpu-vsync"]
"""Pictures as fast as they are drawn: at a display's rate one of 1 ms is like one of 16."""


def cpu_ms(pid: int) -> float:
    """Processor time of a process so far, to the microsecond (Linux)."""
    # Trap: the number of another process's clock, as clock_getcpuclockid makes it.
    return 1e3 * time.clock_gettime(~pid << 3 | 2)


def number(page: Any, name: str) -> float:
    return float(page.locator(STAGE).get_attribute(f"data-{name}") or 0)


def release(page: Any, key: str) -> float:
    """Milliseconds from a key on the slider to the new run in the browser."""
    stage, runs = page.locator(STAGE).element_handle(), number(page, "runs")
    start = time.perf_counter()
    page.keyboard.press(key)
    page.wait_for_function("([s, n]) => Number(s.dataset.runs) > n", arg=[stage, runs], polling=5)
    return 1e3 * (time.perf_counter() - start)


def lesson_clicks(page: Any) -> list[float]:
    """Milliseconds from a click on each lesson to its first picture."""
    taken = []
    page.get_by_role("link", name="Lessons").first.click()
    links = page.locator(".ts-guide .whole")
    links.first.wait_for()
    stage = page.locator(STAGE).element_handle()
    for i in range(links.count()):
        runs, start = number(page, "runs"), time.perf_counter()
        links.nth(i).click()
        page.wait_for_function(
            "([s, n]) => Number(s.dataset.runs) > n && s.offsetParent",
            arg=[stage, runs],
            polling=5,
        )
        taken.append(1e3 * (time.perf_counter() - start))
        time.sleep(0.5)
        page.go_back()
        links.first.wait_for()
        time.sleep(0.3)
    return taken


def from_frame_to_frame(page: Any) -> float:
    """Milliseconds a picture while it plays."""
    page.get_by_role("button", name="Loop").click()
    page.get_by_role("button", name="Play", exact=True).click()
    time.sleep(1)
    first, start = number(page, "drawn"), time.perf_counter()
    time.sleep(5)
    drawn, taken = number(page, "drawn") - first, time.perf_counter() - start
    page.get_by_role("button", name="Pause").click()
    return 1e3 * taken / drawn


def ready(server: subprocess.Popen[str]) -> str:
    """The address that a server tells once it can be asked."""
    assert server.stdout
    lines = (re.search(r"ready at (http://\S+)", line) for line in server.stdout)
    return next(found[1] for found in lines if found)


def measure_browser(report: Bounds) -> None:
    path = os.environ.get("TUNNELSCOPE_CHROMIUM") or shutil.which("chromium")
    server = subprocess.Popen(START, stdout=subprocess.PIPE, text=True)
    address = ready(server)
    time.sleep(SETTLE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=UNLIMITED)
        context = browser.new_context(
            reduced_motion="reduce", viewport={"width": 1440, "height": 900}
        )

        def visit() -> Any:
            page = context.new_page()
            page.goto(address)
            page.wait_for_selector(f"{STAGE}[data-state=ready]")
            return page

        alone = visit()
        rest(server.pid)
        report.measure_machine()
        report("from frame to frame while it plays", from_frame_to_frame(alone), 20, "ms")
        alone.get_by_role("slider", name=SLIDER).focus()
        report(
            "release of a slider to the new run",
            median(release(alone, "ArrowRight") for _ in range(9)),
            150,
            "ms",
        )
        report(
            "first picture of a lesson after a click",
            median(lesson_clicks(alone)),
            300,
            "ms",
        )
        crowd(report, visit, server.pid)
        browser.close()
    server.terminate()


def rest(pid: int) -> None:
    """Until what a server works out behind its first visitors is done: it is no part of a visit."""
    while True:
        before = cpu_ms(pid)
        time.sleep(2)
        if cpu_ms(pid) - before < IDLE:
            return


def crowd(report: Bounds, visit: Callable[[], Any], pid: int) -> None:
    """The same with 12 other sessions open."""
    others = [visit() for _ in range(12)]
    loads, releases = [], []
    for _ in range(5):
        before, page = cpu_ms(pid), visit()
        time.sleep(1)
        loads.append(cpu_ms(pid) - before)
        page.close()
    report("server CPU of a page load, 12 other sessions", median(loads), 220, "ms")
    page = others[-1]
    page.get_by_role("slider", name=SLIDER).focus()
    for _ in range(9):
        before = cpu_ms(pid)
        release(page, "ArrowLeft")  # to heights that no run was made for yet
        time.sleep(0.6)
        releases.append(cpu_ms(pid) - before)
    report("server CPU of a released slider, 12 other sessions", median(releases), 25, "ms")
