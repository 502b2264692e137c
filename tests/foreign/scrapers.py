"""Articles as scrapers hand them out: what trafilatura says of a page, and the files that news-please leaves."""

import json

import trafilatura

from articles import articles, page


def write_trafilatura(out):
    """Its own output, of pages that are invented."""
    of = [one for lang in ("en", "de", "fr") for one in articles(3, lang)]
    found = [
        trafilatura.extract(page(one, "utf-8"), url=one.url, output_format="json", with_metadata=True) for one in of
    ]
    # Of a date it keeps the day.
    expected = [one.expected(id=one.url, published=one.published.strftime("%Y-%m-%dT00:00:00Z")) for one in of]
    fields = {"text": "text", "url": "source", "published": "date", "outlet": "hostname"}
    more = {"fields": fields, "schema": "trafilatura"}
    out.write("trafilatura.jsonl", "\n".join(found) + "\n", expected, **more)
    out.write("trafilatura.json", found[0], expected[:1], **more)


def write_news_please(out):
    """One file a page, with its keys in the order in which it writes them."""
    for one in articles(3):
        crawled = "2026-04-02 10:00:00"
        content = {
            "authors": one.authors,
            "date_download": crawled,
            "date_modify": crawled,
            "date_publish": one.published.strftime("%Y-%m-%d %H:%M:%S"),
            "description": None,
            "filename": f"{one.id}.json",
            "image_url": None,
            "language": one.lang,
            "localpath": None,
            "maintext": one.text,
            "source_domain": one.outlet,
            "text": None,
            "title": one.title,
            "title_page": None,
            "title_rss": None,
            "url": one.url,
        }
        fields = {"text": "maintext", "url": "url", "published": "date_publish", "outlet": "source_domain"}
        out.write(
            f"{one.outlet}/{one.id}.json", json.dumps(content, indent=4, sort_keys=True), [one.expected(id=one.url)],
            fields=fields, schema="news-please",
        )


def write(out):
    write_trafilatura(out)
    write_news_please(out)
