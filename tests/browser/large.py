"""Opens a report of five thousand stories: the list is there, and answers, within two seconds.

Usage: large.py REPORT STORIES
"""

import sys
import time
from pathlib import Path

from browser import Watched, chromium

REPORT, STORIES = sys.argv[1], int(sys.argv[2])
SECONDS = 2.0

size = Path(REPORT).stat().st_size
assert size < 20_000_000, size
with chromium() as browser:
    times = []
    # The best of a few: other tests run on the same cores.
    for _ in range(4):
        watched = Watched(browser, "light")
        start = time.monotonic()
        page = watched.open(REPORT)
        times.append(time.monotonic() - start)
        assert page.inner_text("#found").startswith(f"{STORIES:,} "), page.inner_text("#found")
        start = time.monotonic()
        page.fill("#f-search", "zz-never")
        page.fill("#f-search", "")
        page.locator("#list tbody a").first.click()
        page.wait_for_selector("#story h1")
        answer = time.monotonic() - start
        watched.close()
        if times[-1] < SECONDS:
            break
    print(f"{size / 1e6:.1f} MB, list after {min(times):.2f} s, search and a story in {answer:.2f} s")
    assert min(times) < SECONDS, times
    assert answer < SECONDS, answer
