"""Tables and JSON as Python's csv and json modules and pandas write them, packed with its modules for compression."""

import bz2
import csv
import gzip
import io
import json
import lzma
from dataclasses import replace

import pandas as pd
import zstandard

from articles import articles

FIELDS = {"text": "text", "url": "url", "published": "date", "id": "id", "outlet": "outlet"}
COLUMNS = ["id", "outlet", "url", "date", "title", "text"]


def rows(of):
    return [
        {"id": one.id, "outlet": one.outlet, "url": one.url, "date": one.published.isoformat(), "title": one.title,
         "text": one.text}
        for one in of
    ]


def several():
    return [one for lang in ("en", "de", "fr", "ru") for one in articles(3, lang)]


def table(of, names=COLUMNS, **how):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, **how)
    writer.writeheader()
    writer.writerows(rows(of))
    return out.getvalue()


def write_tables(out):
    of = several()
    expected = [one.expected() for one in of]
    unix = {"lineterminator": "\n"}
    forms = {
        "minimal.csv": {},
        "all.csv": {"quoting": csv.QUOTE_ALL},
        "nonnumeric.csv": {"quoting": csv.QUOTE_NONNUMERIC} | unix,
        "unix.csv": {"dialect": "unix"},
        "semicolon.csv": {"delimiter": ";"},
        "bars.csv": {"delimiter": "|"} | unix,
        "tabs.tsv": {"dialect": "excel-tab"},
        "tabs.csv": {"delimiter": "\t"} | unix,
        "tabs.tab": {"delimiter": "\t", "quoting": csv.QUOTE_ALL},
    }
    kinds = {";": "semicolon", "|": "bar", "\t": "tab"}
    for name, how in forms.items():
        kind = "tab" if name == "tabs.tsv" else kinds.get(how.get("delimiter"), "comma")
        out.write(name, table(of, **how), expected, fields=FIELDS, format=f"{kind}-separated values")
    out.write("order.csv", table(of, COLUMNS[::-1]), expected, fields=FIELDS)
    out.write("mark.csv", table(of).encode("utf-8-sig"), expected, fields=FIELDS)
    out.write("quotes.csv", table(quoting_people(of)), [one.expected() for one in quoting_people(of)], fields=FIELDS)
    frame = pd.DataFrame(rows(of)).assign(date=pd.to_datetime([one.published for one in of]))
    for name, how in [("pandas.csv", {}), ("pandas-plain.csv", {"index": False}), ("pandas.csv.gz", {}), ("pandas.tsv.xz", {"sep": "\t"})]:
        frame.to_csv(out.path(name), **how)
        out.add(name, expected, fields=FIELDS)


def quoting_people(of):
    """Quotation marks at the edges of fields and of lines, and doubled, with separators and line breaks about."""

    def quoted(text):
        first, rest = text.split(" ", 1)
        return f'"{first}", "; {rest}"'

    return [replace(one, paragraphs=[quoted(text) for text in one.paragraphs]) for one in of[:3]]


def write_json(out):
    of = several()
    expected = [one.expected() for one in of]
    all_rows = rows(of)
    for name, how in [
        ("array.json", {}),
        ("indented.json", {"indent": 2}),
        ("tabs.json", {"indent": "\t", "ensure_ascii": False}),
        ("compact.json", {"separators": (",", ":"), "sort_keys": True}),
    ]:
        out.write(name, json.dumps(all_rows, **how), expected, fields=FIELDS, format="JSON")
    out.write("one.json", json.dumps(all_rows[0], indent=4), expected[:1], fields=FIELDS)
    out.write("several.json", "\n".join(json.dumps(row, indent=1) for row in all_rows), expected, fields=FIELDS)
    out.write("lines.jsonl", lines(all_rows), expected, fields=FIELDS, format="JSON lines")
    out.write("escaped.ndjson", "\r\n".join(json.dumps(row) for row in all_rows), expected, fields=FIELDS)
    out.write("lines.json", lines(all_rows), expected, fields=FIELDS)
    # For what is missing, json writes what JSON does not have.
    lacking = [row | {"byline": float("nan"), "score": [float("inf"), -float("inf")]} for row in all_rows]
    out.write("nan.jsonl", "\n".join(json.dumps(row) for row in lacking), expected, fields=FIELDS, schema="common names")
    out.write("nan.json", json.dumps(lacking, indent=1), expected, fields=FIELDS)
    frame = pd.DataFrame(all_rows).assign(date=pd.to_datetime([one.published for one in of]))
    # Dates come as milliseconds; so does `to_json` of a data set of Hugging Face write them.
    frame.to_json(out.path("pandas.jsonl"), orient="records", lines=True)
    out.add("pandas.jsonl", expected, fields=FIELDS)
    frame.to_json(out.path("pandas.json"), orient="records", date_format="iso", force_ascii=False, indent=2)
    out.add("pandas.json", expected, fields=FIELDS)
    frame.to_json(out.path("pandas.jsonl.bz2"), orient="records", lines=True)
    out.add("pandas.jsonl.bz2", expected, fields=FIELDS, compression="bzip2")


def lines(of):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in of)


def gzip_with_name(content):
    """With name and time in its head, as `gzip` itself writes it."""
    packed = io.BytesIO()
    with gzip.GzipFile("lines.jsonl", "wb", fileobj=packed, mtime=1772600000) as file:
        file.write(content)
    return packed.getvalue()


def zstd_stream(content):
    """A frame that does not say how long it will be."""
    packer = zstandard.ZstdCompressor(level=3, write_checksum=True).compressobj()
    return packer.compress(content[:500]) + packer.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK) + packer.compress(content[500:]) + packer.flush()


PACKERS = {
    "gz": [gzip.compress, gzip_with_name, lambda content: gzip.compress(content, 0)],
    "bz2": [bz2.compress, lambda content: bz2.compress(content, 1)],
    "xz": [
        lzma.compress,
        lambda content: lzma.compress(content, check=lzma.CHECK_SHA256, preset=1),
        lambda content: lzma.compress(content, check=lzma.CHECK_CRC32, preset=6 | lzma.PRESET_EXTREME),
    ],
    "zst": [zstandard.compress, zstd_stream],
}
NAMES = {"gz": "gzip", "bz2": "bzip2", "xz": "xz", "zst": "zstd"}


def write_packed(out):
    of = several()
    expected = [one.expected() for one in of]
    contents = {
        "lines.jsonl": lines(rows(of)).encode(),
        "array.json": json.dumps(rows(of), indent=1).encode(),
        "rows.csv": table(of).encode(),
    }
    for ending, packers in PACKERS.items():
        more = {"fields": FIELDS, "compression": NAMES[ending]}
        for name, content in contents.items():
            for n, pack in enumerate(packers):
                out.write(f"{n}-{name}.{ending}", pack(content), expected, **more)
            # One member breaks off within a record, in the middle of a letter, as `split | pack` makes them.
            at = content.index("ü".encode()) + 1 if "ü".encode() in content else len(content) // 2
            parts = [content[:at], content[at : at + 9], content[at + 9 :]]
            members = b"".join(packers[n % len(packers)](part) for n, part in enumerate(parts))
            out.write(f"members-{name}.{ending}", members, expected, **more)
        out.write(f"unnamed-{ending}.jsonl", packers[0](contents["lines.jsonl"]), expected, **more)


def write(out):
    write_tables(out)
    write_json(out)
    write_packed(out)
