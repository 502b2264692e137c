"""Opens a report of pages that attack their reader: their text is shown, and does nothing.

Usage: hostile.py REPORT FOLDER
"""

import sys

from browser import Watched, chromium

REPORT, FOLDER = sys.argv[1:3]
NAMES = ["A+B News", "50%25 Post", "Who? Weekly & Co", "a=b#c"]

with chromium() as browser:
    for look in ("light", "phone"):
        watched = Watched(browser, look)
        page = watched.open(REPORT)
        watched.fits()
        # The attacks set this where they run.
        hacked = lambda: page.evaluate("window.hacked")
        assert hacked() is None
        assert "<script>" in page.inner_text("#list tbody"), "the markup is shown as text"
        page.locator("#list tbody a").get_by_text("<script>").click()
        page.wait_for_selector("#story .copies tbody tr")
        watched.fits()
        page.locator("#story .copies tbody a").nth(1).click()
        page.wait_for_selector("#story .beside, #story .text")
        shown = page.inner_text("#story")
        assert "<img src=x onerror=" in shown and "</script>" in shown, shown[:2000]
        assert not set(shown) & set("\u202e\u2066\u001b\u0007\u009b"), "characters that act on others"
        assert page.locator("#story img, #story iframe, #story form, #story style").count() == 0
        schemes = page.eval_on_selector_all("a", "links => links.map(link => new URL(link.href.baseVal ?? link.href, location).protocol)")
        assert set(schemes) <= {"file:", "http:", "https:"}, set(schemes)
        watched.fits()
        watched.shoot(FOLDER, f"hostile-{look}")
        page.evaluate("() => { location.hash = '#outlets'; }")
        page.wait_for_selector("#outlets", state="visible")
        watched.fits()
        assert hacked() is None
        # Names that mean something in an address lead to the outlet all the same.
        for name in NAMES:
            page.evaluate("() => { location.hash = '#outlets'; }")
            page.locator(".outlets a").get_by_text(name, exact=True).click()
            page.wait_for_selector("#list", state="visible")
            assert page.input_value("#f-outlet") == name and page.inner_text("#found").startswith("1 story"), name
        page.evaluate("() => { location.hash = '#%'; }")
        page.wait_for_selector("#overview", state="visible")
        # What the policy forbids is not possible even to whoever finds a way to write markup.
        page.evaluate("""() => {
            const script = document.createElement('script');
            try { script.text = 'window.hacked = 1'; document.body.append(script); } catch {}
        }""")
        assert hacked() is None
        blocked = [wrong for wrong in watched.wrong if "Content Security Policy" in wrong or "Trusted" in wrong]
        assert blocked, "the policy has said nothing"
        watched.wrong = [wrong for wrong in watched.wrong if wrong not in blocked]
        watched.close()
