"""Parquet as pyarrow and pandas write it: codecs, pages, types, folders, and the layout of Hugging Face's data sets."""

import datetime
import json

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from articles import articles

FIELDS = {"text": "text", "url": "url", "published": "date", "id": "id", "outlet": "outlet"}


def columns(of):
    return {
        "id": [one.id for one in of],
        "outlet": [one.outlet for one in of],
        "url": [one.url for one in of],
        "date": [one.published.isoformat() for one in of],
        "title": [one.title for one in of],
        "text": [one.text for one in of],
    }


def several():
    return [one for lang in ("en", "de", "fr", "ru") for one in articles(3, lang)]


def put(out, name, table, of, fields=FIELDS, expected=None, **how):
    """A table of three row groups or more."""
    pq.write_table(table, out.path(name), **({"row_group_size": 4} | how))
    add(out, name, of, fields, expected)


def add(out, name, of, fields=FIELDS, expected=None, **more):
    expected = expected or [one.expected() for one in of]
    out.add(name, expected, round_trip="table", format="Parquet", fields=fields, **more)


def write_codecs(out):
    of = several()
    table = pa.table(columns(of))
    codecs = {"none": None, "snappy": None, "gzip": 6, "brotli": 4, "zstd": 3, "lz4": None}
    for codec, level in codecs.items():
        for version in ("1.0", "2.0"):
            for use_dictionary in (True, False):
                name = f"{codec}-v{version[0]}-{'dictionary' if use_dictionary else 'plain'}.parquet"
                put(out, name, table, of, compression=codec, compression_level=level, data_page_version=version,
                    use_dictionary=use_dictionary)
    put(out, "checked.parquet", table, of, write_page_checksum=True, write_page_index=True, data_page_size=600)
    put(out, "one-group.pq", table, of, row_group_size=100, store_schema=False)
    put(out, "codec-a-column.parquet", table, of, compression={"text": "zstd", "id": "gzip", "url": "none"})
    delta = {name: "DELTA_BYTE_ARRAY" for name in ("url", "date", "id")} | {"text": "DELTA_LENGTH_BYTE_ARRAY"}
    for version in ("1.0", "2.0"):
        put(out, f"delta-v{version[0]}.parquet", table, of, column_encoding=delta, use_dictionary=False,
            data_page_version=version)


def with_dates(of, dates):
    table = pa.table(columns(of))
    return table.set_column(table.column_names.index("date"), "date", dates)


def write_types(out):
    of = several()
    table = pa.table(columns(of))
    for kind in (pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())):
        cast = table if kind == pa.string() else pa.table({n: pa.array(table[n].to_pylist(), kind) for n in table.column_names})
        put(out, f"{str(kind).split('<')[0]}.parquet", cast, of)
    moments = [one.published for one in of]
    for unit in ("s", "ms", "us", "ns"):
        put(out, f"timestamp-{unit}-utc.parquet", with_dates(of, pa.array(moments, pa.timestamp(unit, "UTC"))), of)
        plain = pa.array([moment.replace(tzinfo=None) for moment in moments], pa.timestamp(unit))
        put(out, f"timestamp-{unit}.parquet", with_dates(of, plain), of)
    put(out, "timestamp-zone.parquet", with_dates(of, pa.array(moments, pa.timestamp("us", "Europe/Berlin"))), of)
    for version in ("1.0", "2.6"):
        dates = pa.array(moments, pa.timestamp("us", "UTC"))
        put(out, f"timestamp-format-{version}.parquet", with_dates(of, dates), of, version=version,
            column_encoding={"date": "DELTA_BINARY_PACKED"}, use_dictionary=False)
    put(out, "int96.parquet", with_dates(of, pa.array([m.replace(tzinfo=None) for m in moments], pa.timestamp("ns"))), of,
        use_deprecated_int96_timestamps=True)
    days = [one.expected(published=one.published.strftime("%Y-%m-%dT00:00:00Z")) for one in of]
    put(out, "date32.parquet", with_dates(of, pa.array([m.date() for m in moments], pa.date32())), of, expected=days)
    write_nested(out, of)


def write_nested(out, of):
    table = pa.table(columns(of))
    authors = pa.array([one.authors if n % 4 else None for n, one in enumerate(of)], pa.list_(pa.string()))
    tags = pa.array([[("section", "harbor"), ("pages", str(n))] for n, _ in enumerate(of)], pa.map_(pa.string(), pa.string()))
    many = table.append_column("authors", authors).append_column("tags", tags)
    many = many.append_column("empty", pa.nulls(len(of))).append_column("score", pa.array([n / 3 for n, _ in enumerate(of)]))
    put(out, "lists.parquet", many, of)
    inner = [{"url": one.url, "date": one.published.isoformat(), "source": one.outlet, "authors": one.authors} for one in of]
    nested = pa.table({"id": table["id"], "text": table["text"], "metadata": pa.array(inner)})
    fields = {"text": "text", "url": "url", "published": "date", "outlet": "source"}
    put(out, "metadata.parquet", nested, of, fields=fields)
    as_text = nested.set_column(2, "metadata", pa.array([json.dumps(value) for value in inner]))
    put(out, "metadata-json.parquet", as_text.append_column("url", table["url"]), of, fields={"url": "url"},
        expected=[one.expected(published=None) for one in of])


def write_pandas(out):
    of = several()
    frame = pd.DataFrame(columns(of) | {"date": pd.to_datetime([one.published for one in of]), "words": [7] * len(of)})
    for name, index in [("pandas.parquet", None), ("pandas-index.parquet", "id")]:
        shown = frame if index is None else frame.set_index(index)
        shown.to_parquet(out.path(name), row_group_size=5)
        add(out, name, of)
    # A filter leaves the numbers of the rows as an index of its own.
    frame[frame.index % 2 == 0].to_parquet(out.path("pandas-filtered.parquet"), row_group_size=5)
    add(out, "pandas-filtered.parquet", of[::2])


def write_folders(out):
    """A data set in folders, as pyarrow and Spark lay it out: the year is in the name of a folder alone."""
    of = several()
    table = pa.table(columns(of) | {"year": [2026 - n % 2 for n, _ in enumerate(of)]})
    pq.write_to_dataset(table, out.path("set"), partition_cols=["year"], basename_template="part-{i}.parquet")
    for year, part in [(2026, of[::2]), (2025, of[1::2])]:
        add(out, f"set/year={year}/part-0.parquet", part)


def write_hugging_face(out):
    """`to_parquet` of a data set with the columns of cc_news; its types are told in the metadata of the file."""
    of = several()
    names = {"title": "title", "text": "text", "domain": "outlet", "date": "date", "description": "title", "url": "url"}
    own = columns(of) | {"date": [one.published.strftime("%Y-%m-%d %H:%M:%S") for one in of]}
    rows = {name: own[column] for name, column in names.items()} | {"image_url": [""] * len(of)}
    features = {name: {"dtype": "string", "_type": "Value"} for name in rows}
    metadata = {"huggingface": json.dumps({"info": {"features": features}})}
    table = pa.table(rows).replace_schema_metadata(metadata)
    name = "train-00000-of-00001.parquet"
    pq.write_table(table, out.path(name), row_group_size=5, write_page_index=True, use_content_defined_chunking=True)
    fields = {"text": "text", "url": "url", "published": "date", "outlet": "domain"}
    add(out, name, of, fields, [one.expected(id=one.url) for one in of], schema="Hugging Face cc_news")


def write_copies(out):
    """The last row of each is a copy of the second, at another outlet and later."""
    of = articles(7)
    rows = columns(of)
    late = (of[1].published + datetime.timedelta(hours=5)).isoformat()
    copy = {name: values[1] for name, values in rows.items()} | {"id": "copy", "outlet": "kellowbay.example", "date": late}
    table = pa.table({name: values + [copy[name]] for name, values in rows.items()})
    authors = pa.array([one.authors for one in of] + [None], pa.list_(pa.string()))
    table = table.append_column("authors", authors).replace_schema_metadata({"made by": "an invented newsroom"})
    at_end, alone = table.num_rows, table.num_rows - 1
    for codec in ("snappy", "zstd", "none"):
        for size in (at_end, alone, 3):
            name = f"copies-{codec}-{size}.parquet"
            pq.write_table(table, out.path(name), row_group_size=size, compression=codec)
            add(out, name, of, dropped="copy")


def write(out):
    write_codecs(out)
    write_types(out)
    write_pandas(out)
    write_folders(out)
    write_hugging_face(out)
    write_copies(out)
