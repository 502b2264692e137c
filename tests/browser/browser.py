"""A browser that a test watches: whatever a page says, asks for, or breaks is kept, and fails the test."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

LOOKS = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "tablet": {"viewport": {"width": 768, "height": 1024}, "color_scheme": "light"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "has_touch": True, "is_mobile": True},
}
# How long a page may take to answer, in milliseconds: CI shares its cores.
PATIENCE = 20_000


@contextmanager
def chromium():
    """The system's Chromium: Playwright's own would have to be fetched."""
    path = os.environ.get("WIRECOPY_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        # CI runs as root, where Chromium has no sandbox; the pages are files that the test made.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Watched:
    """A page in one look, and what went wrong on it."""

    def __init__(self, browser, look, **context):
        self.context = browser.new_context(**LOOKS[look], **context)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.wrong = []
        self.page.on("console", lambda message: self.wrong.append(f"console: {message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: (self.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked(request.url))

    def asked(self, url):
        if not url.startswith("file://") or not url.split("#")[0].endswith(".html"):
            self.wrong.append(f"request: {url[:120]}")

    def open(self, path, fragment="", ready=True):
        self.page.goto(Path(path).resolve().as_uri() + fragment)
        if ready:
            self.page.wait_for_selector("html[data-ready]", state="attached")
        return self.page

    def shoot(self, folder, name, full=False):
        self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=full)

    def fits(self):
        """No part of the page is wider than the window."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{wide} pixels too wide at {self.page.url}"

    def close(self):
        self.context.close()
        assert not self.wrong, self.wrong


def check_accessibility(browser, path, look, fragments):
    """Axe, with the rules of WCAG 2.2 A and AA: nothing serious or critical."""
    # Axe is a script of its own, which the page's policy would not let in.
    watched = Watched(browser, look, bypass_csp=True)
    found = []
    for fragment in fragments:
        watched.open(path, fragment)
        watched.page.wait_for_timeout(200)
        results = Axe().run(watched.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        for violation in results.response["violations"]:
            nodes = [node["html"][:160] for node in violation["nodes"][:3]]
            found.append((violation["impact"], look, fragment, violation["id"], violation["help"], nodes))
    watched.close()
    for violation in found:
        print(*violation)
    serious = [violation for violation in found if violation[0] in ("serious", "critical")]
    assert not serious, serious
