"""Opens a report as a reader would, in each look; screenshots are left in a folder.

Usage: report.py REPORT FOLDER STORIES, with STORIES as `wirecopy stories --format json` writes them.
"""

import json
import re
import sys
from pathlib import Path

from browser import LOOKS, Watched, check_accessibility, chromium

REPORT, FOLDER, STORIES = sys.argv[1:4]
STORIES = [json.loads(line) for line in Path(STORIES).read_text(encoding="utf-8").splitlines()]


def shown(page):
    """The rows of the list as texts of cells."""
    return [[cell.strip() for cell in row] for row in page.eval_on_selector_all(
        "#list tbody tr", "rows => rows.map(row => [...row.children].map(cell => cell.innerText))")]


def status(page):
    return page.inner_text("#found")



def overview(page):
    assert page.inner_text("h1") == "Who reprinted what"
    tiles = dict(zip(page.locator(".tiles dt").all_inner_texts(), page.locator(".tiles dd").all_inner_texts()))
    assert tiles["reprinted stories"] == f"{len(STORIES):,}", tiles
    assert tiles["copies of them"] == f"{sum(len(story['copies']) for story in STORIES):,}", tiles
    assert page.locator(".chart g").count() > 3, "bars over time"
    assert status(page) == f"{len(STORIES)} stories"
    assert len(shown(page)) == min(100, len(STORIES))


def filters(page):
    whole = status(page)
    page.select_option("#f-agency", "Reuters")
    rows = shown(page)
    assert rows and all(row[1] == "Reuters" for row in rows), rows
    wanted = sum((story["agency"] or {}).get("id") == "reuters" for story in STORIES)
    assert status(page).startswith(f"{wanted} "), (status(page), wanted)

    page.click("text=Clear")
    page.wait_for_function("whole => document.querySelector('#found').textContent === whole", arg=whole)
    outlet = STORIES[0]["copies"][1]["outlet"]
    page.fill("#f-outlet", outlet)
    wanted = sum(any(copy["outlet"] == outlet for copy in story["copies"]) for story in STORIES)
    assert status(page).startswith(f"{wanted} "), (status(page), wanted, outlet)

    page.fill("#f-outlet", "")
    page.select_option("#f-language", label="German")
    german = len(shown(page))
    assert 0 < german < len(STORIES), german
    page.select_option("#f-language", "")

    first, last = page.get_attribute("#f-from", "min"), page.get_attribute("#f-to", "max")
    page.fill("#f-to", first)
    assert 0 < len(shown(page)) < len(STORIES)
    page.fill("#f-to", last)
    page.fill("#f-from", first)
    assert status(page) == whole

    headline = STORIES[3]["headline"]
    page.fill("#f-search", headline.upper())
    assert [row[0] for row in shown(page)] == [headline], shown(page)
    page.fill("#f-search", "no such story anywhere")
    assert shown(page) == [] and status(page).startswith("0 stories")
    page.click("text=Clear")
    page.wait_for_function("whole => document.querySelector('#found').textContent === whole", arg=whole)


def sorting(page):
    """Each column sorts both ways; what is not known comes last."""
    order = """(rows, column, number) => {
        const values = rows.map((row) => row.children[column].innerText).filter((text) => text !== 'unknown');
        const compare = (a, b) => (number ? a - b : a.localeCompare(b));
        const sorted = (sign) => values.every((value, at) => at === 0 || sign * compare(values[at - 1], value) <= 0);
        return [sorted(1), sorted(-1)];
    }"""
    for column, number in ((4, True), (0, False), (1, False)):
        button = page.locator("#list thead button").nth(column)
        directions = []
        for _ in range(2):
            button.click()
            direction = page.locator("#list thead th").nth(column).get_attribute("aria-sort")
            rises, falls = page.evaluate(f"([c, n]) => ({order})([...document.querySelectorAll('#list tbody tr')], c, n)", [column, number])
            assert rises if direction == "ascending" else falls, (column, direction)
            assert rises != falls, "all values are equal"
            directions.append(direction)
        assert sorted(directions) == ["ascending", "descending"], directions
        agencies = [row[1] for row in shown(page)]
        assert "unknown" not in agencies[:-agencies.count("unknown") or None] or column != 1, agencies
    page.locator("#list thead button").nth(3).click()


def way_back(page):
    """The browser's back leads to the list as it was left."""
    link = page.locator("#list tbody a").nth(25)
    name = link.inner_text()
    page.evaluate("scrollTo(0, 1500)")
    link.evaluate("link => link.click()")
    page.wait_for_selector("#story h1")
    page.go_back()
    page.wait_for_selector("#list", state="visible")
    assert page.evaluate("document.activeElement.innerText") == name
    assert page.evaluate("scrollY") == 1500


def keyboard(page):
    """The search by its key, a story by Enter, back by the browser's own key."""
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "f-search"
    page.keyboard.type(STORIES[1]["story"])
    link = page.locator("#list tbody a").first
    for _ in range(40):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#story h1")
    assert page.evaluate("document.activeElement.textContent") == STORIES[1]["headline"]
    page.go_back()
    page.wait_for_selector("#list", state="visible")
    page.click("text=Clear")


def story(page, wanted):
    page.evaluate("id => { location.hash = `#story=${id}`; }", wanted["story"])
    page.wait_for_selector("#story h1")
    assert page.inner_text("#story h1") == wanted["headline"]
    copies = wanted["copies"]
    assert page.locator("#story .copies tbody tr").count() == len(copies)
    dated = sum(copy["lag_seconds"] is not None for copy in copies)
    assert page.locator("#story .dot").count() == dated, "a dot for each dated copy"
    assert page.locator("#story .lane").count() == len(wanted["versions"]), "a lane for each version"
    silent = page.locator("#story .copies .silent").count()
    assert silent == wanted["uncredited"], (silent, wanted["uncredited"])
    lags = page.locator("#story .copies tbody td:nth-child(2)").all_inner_texts()
    assert "first" in lags, lags


def beside(page, wanted):
    """A copy that was edited beside its origin: what is marked is what the figures say."""
    at = next(n for n, copy in enumerate(wanted["copies"]) if copy["relation"] == "edited" and copy["added"] > 0.02)
    page.locator("#story .copies tbody tr").nth(at).locator("a").first.click()
    page.wait_for_selector("#story .beside")
    assert page.evaluate("document.activeElement.id") == "beside-title"
    assert page.locator("tr[aria-current=true]").get_attribute("data-copy") == str(at)
    marked = page.evaluate("""() => {
        const text = (selector) => [...document.querySelectorAll(selector)].map((node) => node.textContent).join(' ');
        return {
            before: text('.beside tbody td:nth-child(1)'), after: text('.beside tbody td:nth-child(3)'),
            cut: text('.beside td:nth-child(1) :is(del, .changed)'), added: text('.beside td:nth-child(3) :is(ins, .changed)'),
        };
    }""")
    words = lambda text: len(re.findall(r"\w+", text))
    kept = 1 - words(marked["cut"]) / words(marked["before"])
    added = words(marked["added"]) / words(marked["after"])
    copy = wanted["copies"][at]
    assert abs(kept - copy["kept"]) < 0.06 and abs(added - copy["added"]) < 0.06, (kept, added, copy)
    page.check("#only-changes")
    assert page.locator('.beside tr[data-sign="="]:visible').count() == 0
    page.uncheck("#only-changes")
    page.click("text=Next copy")
    assert page.locator("tr[aria-current=true]").get_attribute("data-copy") == str(at + 1)
    page.click("text=Previous copy")


def same_words(browser):
    """The script puts figures and times into the words in which the list for readers without scripts has them."""
    plain = Watched(browser, "light", java_script_enabled=False)
    page = plain.open(REPORT, ready=False)
    listed = page.eval_on_selector_all("noscript > section > section", """sections => sections.map((section) => [
        section.id.slice('story='.length), [...section.querySelectorAll('li')].map((item) => item.textContent)])""")
    plain.close()
    assert len(listed) == len(STORIES), (len(listed), len(STORIES))
    watched = Watched(browser, "light")
    page = watched.open(REPORT)
    n_copies = 0
    for story_id, items in listed:
        page.evaluate("id => { location.hash = `#story=${id}`; }", story_id)
        page.wait_for_selector(f'#story .copies a[href^="#story={story_id}&"]')
        rows = page.eval_on_selector_all("#story .copies tbody tr", "rows => rows.map(row => [...row.children].map(cell => cell.textContent.trim()))")
        for (outlet, lag, credit, kept, added, _, relation, published, _), item in zip(rows, items, strict=True):
            when = "undated" if lag == "undated" else f"{published}, {lag}"
            shown = f"{outlet}: {when}; {relation}, kept {kept}, added {added}"
            assert item.startswith(shown), (item, shown)
            assert item.endswith(", uncredited") == credit.startswith("uncredited"), (item, credit)
            n_copies += 1
    watched.close()
    assert n_copies == sum(len(story["copies"]) for story in STORIES), n_copies


def without_scripts(browser):
    watched = Watched(browser, "light", java_script_enabled=False)
    page = watched.open(REPORT, ready=False)
    assert page.locator("#list tbody tr").count() == len(STORIES)
    assert not page.locator(".filter").is_visible()
    page.locator("#list tbody a").first.click()
    target = page.locator(f'section[id="story={STORIES[0]["story"]}"]')
    assert target.is_visible() and target.locator("li").count() == len(STORIES[0]["copies"])
    watched.close()


def main():
    edited = next(story for story in STORIES if len(story["versions"]) > 1
                  and any(copy["relation"] == "edited" and copy["added"] > 0.02 for copy in story["copies"][:-1]))
    with chromium() as browser:
        for look in LOOKS:
            watched = Watched(browser, look)
            page = watched.open(REPORT)
            overview(page)
            watched.fits()
            watched.shoot(FOLDER, f"overview-{look}")
            filters(page)
            if look in ("light", "dark"):
                sorting(page)
                keyboard(page)
                way_back(page)
            story(page, edited)
            watched.fits()
            watched.shoot(FOLDER, f"story-{look}")
            beside(page, edited)
            watched.fits()
            watched.shoot(FOLDER, f"beside-{look}")
            page.evaluate("() => { location.hash = '#outlets'; }")
            page.wait_for_selector("#outlets", state="visible")
            watched.fits()
            watched.shoot(FOLDER, f"outlets-{look}")
            watched.close()
            check_accessibility(browser, REPORT, look, ["", "#stories", f"#story={edited['story']}&copy=2", "#outlets", "#about"])
        without_scripts(browser)
        same_words(browser)


main()
