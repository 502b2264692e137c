"""Web archives as warcio writes them: what a crawler stores, and the texts that Common Crawl makes of it."""

import gzip
import io

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from articles import article, articles, page

FETCHED = "2026-04-02T10:00:00Z"


def chunked(content, size=700):
    parts = [content[at : at + size] for at in range(0, len(content), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


class Crawl:
    """An archive being written."""

    def __init__(self, path, version="1.0"):
        self.out = open(path, "wb")
        self.writer = WARCWriter(self.out, gzip=str(path).endswith(".gz"), warc_version=version)
        info = {"software": "an invented crawler", "format": f"WARC File Format {version}"}
        self.writer.write_record(self.writer.create_warcinfo_record("crawl.warc", info))

    def record(self, url, kind, payload, http=None, content_type=None, **more):
        headers = {"WARC-Date": FETCHED} | more
        record = self.writer.create_warc_record(
            url, kind, payload=io.BytesIO(payload), http_headers=http, warc_headers_dict=headers,
            warc_content_type=content_type or "",
        )
        self.writer.write_record(record)
        return record.rec_headers.get_header("WARC-Record-ID")

    def fetched(self, url, payload, content_type, status="200 OK", more=()):
        """Response and request, as warcio's own recorder writes them."""
        headers = [("Content-Type", content_type)] if content_type else []
        http = StatusAndHeaders(status, headers + list(more), protocol="HTTP/1.1")
        response = self.record(url, "response", payload, http)
        host, path = url.split("/", 3)[2:]
        request = StatusAndHeaders(f"GET /{path} HTTP/1.1", [("Host", host)], is_http_request=True)
        self.record(url, "request", b"", request, **{"WARC-Concurrent-To": response})
        self.record(url, "metadata", b"fetchTimeMs: 12\r\n", content_type="application/warc-fields",
                    **{"WARC-Concurrent-To": response})

    def close(self):
        self.out.close()


def found(article, **but):
    """In an archive, the address is the id."""
    return article.expected(**({"id": article.url} | but))


FIELDS = {"url": "WARC-Target-URI", "id": "WARC-Target-URI", "outlet": "WARC-Target-URI"}


def pages():
    """Articles, each with its bytes, its content type and further headers: charsets and the forms of a transfer."""
    gzipped = ("Content-Encoding", "gzip")
    in_chunks = ("Transfer-Encoding", "chunked")
    en, de, fr, ru = (articles(4, lang) for lang in ("en", "de", "fr", "ru"))
    html = "text/html"
    yield en[0], page(en[0], "utf-8").encode(), html, ()
    yield en[1], chunked(page(en[1]).encode()), f"{html}; charset=utf-8", [in_chunks]
    yield en[2], gzip.compress(page(en[2]).encode()), f"{html}; charset=utf-8", [gzipped]
    yield de[0], chunked(gzip.compress(page(de[0]).encode())), f"{html};charset=UTF-8", [gzipped, in_chunks]
    yield de[1], page(de[1]).encode("iso-8859-1"), f"{html}; charset=iso-8859-1", ()
    yield de[2], page(de[2], "iso-8859-1").encode("iso-8859-1"), html, ()
    yield fr[0], page(fr[0], "windows-1252").encode("windows-1252"), html, ()
    yield fr[1], chunked(page(fr[1]).encode("iso-8859-15")), f'{html}; charset="ISO-8859-15"', [in_chunks]
    yield ru[0], page(ru[0]).encode("windows-1251"), f"{html}; charset=windows-1251", ()
    yield ru[1], page(ru[1], "windows-1251").encode("windows-1251"), html, ()
    yield ru[2], page(ru[2], "koi8-r").encode("koi8-r"), html, ()
    # No charset is named anywhere, and headers tell of a form that the crawler had taken off already.
    yield ru[3], page(ru[3]).encode("windows-1251"), html, ()
    yield fr[2], page(fr[2]).encode(), html, [gzipped, in_chunks]
    yield de[3], page(de[3], "utf-8").encode("utf-8-sig"), "application/xhtml+xml", ()


def write_crawl(out, name, version="1.0"):
    crawl = Crawl(out.path(name), version)
    expected = []
    for one, payload, content_type, more in pages():
        crawl.fetched(one.url, payload, content_type, more=more)
        expected.append(found(one))
    other = "https://varnpost.example/other/"
    crawl.fetched(other + "gone", page(article(20)).encode(), "text/html", status="404 Not Found")
    crawl.fetched(other + "moved", b"", "text/html", "301 Moved Permanently", [("Location", other)])
    crawl.fetched(other + "image", b"\x89PNG\r\n\x1a\n\0\0", "image/png")
    crawl.record("dns:varnpost.example", "response", b"20260402\nvarnpost.example. 60 IN A 203.0.113.7\n",
                 content_type="text/dns")
    again = expected[0]["id"]
    revisit = crawl.writer.create_revisit_record(again, "sha1:" + "A" * 32, again, FETCHED)
    crawl.writer.write_record(revisit)
    stored = article(21)
    crawl.record(stored.url, "resource", page(stored, "utf-8").encode(), content_type="text/html")
    expected.append(found(stored))
    # What wget appends to its archives.
    crawl.record("metadata://gnu.org/software/wget/warc/wget.log", "resource", article(22).text.encode(),
                 content_type="text/plain")
    crawl.close()
    compression = "gzip" if name.endswith(".gz") else "not compressed"
    out.add(name, expected, format="WARC", compression=compression, fields=FIELDS)


def write_texts(out, name):
    """Texts of pages; they have no date but that of the crawl, which stands in for it."""
    crawl = Crawl(out.path(name))
    expected = []
    for lang in ("en", "de", "fr", "ru"):
        for one in articles(3, lang):
            crawl.record(one.url, "conversion", one.text.encode(), content_type="text/plain")
            expected.append(found(one, published=FETCHED))
    crawl.close()
    out.add(name, expected, format="WARC", compression="gzip" if name.endswith(".gz") else "not compressed", fields=FIELDS)


def write_copies(out, name):
    """The last page is a copy of the first at another outlet, a day later."""
    crawl = Crawl(out.path(name))
    kept = articles(3)
    for one in kept:
        crawl.fetched(one.url, page(one).encode(), "text/html; charset=utf-8")
    copy = "https://kellowbay.example/reprint.html"
    late = page(kept[0]).replace("2026-03-01T", "2026-03-02T")
    crawl.fetched(copy, chunked(gzip.compress(late.encode())), "text/html; charset=utf-8",
                  more=[("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")])
    crawl.close()
    out.add(name, [found(one) for one in kept], dropped=copy)


def write(out):
    for name, version in [("crawl.warc", "1.0"), ("crawl.warc.gz", "1.0"), ("crawl-11.warc.gz", "1.1")]:
        write_crawl(out, name, version)
    for name in ["texts.warc.wet", "texts.warc.wet.gz", "texts.wet"]:
        write_texts(out, name)
    for name in ["copies.warc", "copies.warc.gz"]:
        write_copies(out, name)
