"""Print the path of a Chromium that runs here; install one if there is none.

In this order: the system's, the one Playwright has already downloaded, the Debian package (as
root), Playwright's download. Of the system's the headless shell comes first: without the parts of a
browser that are for people it takes a sixth less of the processor for the same pages.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SYSTEM_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def runs(path: str | None) -> bool:
    """Whether `path` starts: a stub or a browser without its libraries does not count."""
    if not path or not Path(path).exists():
        return False
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and "Chrom" in answer.stdout


def system_chromium() -> str | None:
    found = (shutil.which(name) for name in SYSTEM_NAMES)
    return next((path for path in found if runs(path)), None)


def playwright_chromium() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if runs(path) else None


def install(*command: str) -> bool:
    """Run an installer with its output on stderr, for stdout carries only the answer."""
    print("Installing Chromium:", *command, file=sys.stderr)
    return subprocess.run(command, stdout=sys.stderr).returncode == 0


def install_from_debian() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    get = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")
    done = install("apt-get", "update", "-qq") and (
        install(*get, "chromium", "chromium-headless-shell") or install(*get, "chromium")
    )
    return system_chromium() if done else None


def install_from_playwright() -> str | None:
    with_libraries = ["--with-deps"] if os.geteuid() == 0 and shutil.which("apt-get") else []
    install(sys.executable, "-m", "playwright", "install", *with_libraries, "chromium")
    return playwright_chromium()


def main() -> int:
    ways = (system_chromium, playwright_chromium, install_from_debian, install_from_playwright)
    for way in ways:
        if path := way():
            print(path)
            return 0
    print(
        "The browser tests need Chromium, and none could be found or installed.\n"
        "Install your system's chromium package, then run make test again.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
