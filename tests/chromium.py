"""The browser of this machine, for tests that need a real one.

Chromium comes from the system's packages (`make test` installs it where it may); nothing is
fetched by the tests themselves.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

ARGUMENTS = [
    "--no-sandbox",  # containers mostly lack user namespaces, and we open our own pages only
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_chromium() -> str | None:
    """The path of Chromium: what CHROMIUM names, else the first one on the search path."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else _NAMES
    return next((path for name in candidates if (path := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser. Skips the test where there is none, and fails it where CI=true."""
    path = find_chromium()
    if path is None:
        reason = "no Chromium here: install it, or name its path in CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def _draws(language: str) -> bool:
    """Whether a font for the language is installed; assumed where nothing can tell."""
    listing = shutil.which("fc-list")
    if listing is None:
        return True
    command = [listing, f":lang={language}", "family"]
    return bool(subprocess.run(command, capture_output=True, check=False).stdout.strip())


if __name__ == "__main__":  # asked by `make browser`: is there anything to install?
    sys.exit(find_chromium() is None or not all(map(_draws, ("ta", "hi", "ar"))))
