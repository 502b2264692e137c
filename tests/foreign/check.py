"""Reads with other people's tools what wirecopy wrote: `check.py JOBS`.

The jobs are a list of lists in JSON: what to check, the file that was read, the one that was written, and for some the id
or address of the record that had to go. Ends with 1 and the reasons if something is not as it should be.
"""

import json
import sys
import traceback


def same_table(read, written):
    """Rows, types, metadata, row groups and codecs are the same."""
    import pyarrow.parquet as pq

    a, b = pq.ParquetFile(read), pq.ParquetFile(written)
    expect(a.read().equals(b.read(), check_metadata=True), "the tables differ")
    groups(a, b, [a.metadata.row_group(n).num_rows for n in range(a.metadata.num_row_groups)])


def filtered_table(read, written, dropped):
    """The row with an id is gone, from its row group too, and nothing else."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    a, b = pq.ParquetFile(read), pq.ParquetFile(written)

    def left(table):
        return table.filter(pc.not_equal(table["id"].cast("string"), dropped))

    expect(a.metadata.num_rows == b.metadata.num_rows + 1, "not one row is gone")
    expect(left(a.read()).equals(b.read(), check_metadata=True), "the tables differ")
    sizes = [left(a.read_row_group(n)).num_rows for n in range(a.metadata.num_row_groups)]
    groups(a, b, [size for size in sizes if size])


def annotated_table(read, written, dropped):
    """All rows and columns are as they were, and four more columns say what was found."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    a, b = pq.ParquetFile(read), pq.ParquetFile(written)
    groups(a, b, [a.metadata.row_group(n).num_rows for n in range(a.metadata.num_row_groups)])
    a, b = a.read(), b.read()
    expect(b.select(a.column_names).equals(a, check_metadata=True), "a column of the input differs")
    added = [(field.name, field.type, field.nullable) for field in list(b.schema)[a.num_columns :]]
    notes = [("story", pa.string()), ("version", pa.string()), ("relation", pa.string()), ("keep", pa.bool_())]
    expect(added == [(*note, True) for note in notes], f"added: {added}")
    rows = b.select(["id", "story", "keep"]).to_pylist()
    copy = next(row for row in rows if row["id"] == dropped)
    expect([row["id"] for row in rows if not row["keep"]] == [dropped], f"kept: {rows}")
    expect(sum(row["story"] == copy["story"] for row in rows) == 2, f"stories: {rows}")


def groups(a, b, sizes):
    found = [b.metadata.row_group(n).num_rows for n in range(b.metadata.num_row_groups)]
    expect(found == sizes, f"row groups of {found} rows, not of {sizes}")
    codecs = [{f.metadata.row_group(0).column(c).compression for c in range(f.metadata.num_columns)} for f in (a, b)]
    expect(codecs[0] == codecs[1], f"codecs {codecs}")


def archive(read, written, dropped):
    """warcio reads each record and finds its digests right; those of one address are gone and all others there."""
    from warcio.archiveiterator import ArchiveIterator

    def records(path):
        with open(path, "rb") as file:
            archive = ArchiveIterator(file, check_digests="raise")
            for record in archive:
                # A digest is checked when the content was read to its end.
                content = record.raw_stream.read()
                headers = record.rec_headers
                yield record.rec_type, headers.get_header("WARC-Target-URI"), headers.headers, content
            expect(archive.err_count == 0, f"{path}: {archive.err_count} faults")

    a, b = list(records(read)), list(records(written))
    gone = [record for record in a if record[1] == dropped]
    expect(sorted(kind for kind, *_ in gone)[-2:] == ["request", "response"], f"{dropped}: {gone}")
    left = [record for record in a if record not in gone or record[0] not in DROPPED_WITH]
    expect(b == left, f"{len(b)} records, not {len(left)}: {[(r[0], r[1]) for r in b]}")


DROPPED_WITH = ("response", "request", "metadata")


def graph(lines, written):
    """networkx has the nodes, edges and values that the JSON lines of the same run have."""
    import networkx

    with open(lines, encoding="utf-8") as file:
        kinds = {}
        for line in map(json.loads, file):
            kinds.setdefault(line["kind"], []).append(line)
    read = networkx.read_gexf if written.endswith(".gexf") else networkx.read_graphml
    found = read(written)
    expect(found.is_directed() and not found.is_multigraph(), "not one directed edge from one node to another")
    agencies = {f"agency-{agency['agency']}" for agency in kinds["agency"]}
    labels = {label: node for node, label in found.nodes("label") if node not in agencies}
    expect(agencies < set(found.nodes) and len(found) == len(agencies) + len(kinds["outlet"]), f"nodes {found.nodes}")
    edges = {}
    for outlet in kinds["outlet"]:
        node = labels[outlet["outlet"]]
        for key in ("articles", "stories", "agency_copies", "originality", "median_lag_seconds", "share_credited"):
            value = found.nodes[node].get(key)
            expect(value == outlet[key], f"{outlet['outlet']}: {key} is {value!r}, not {outlet[key]!r}")
        for agency in outlet["agencies"]:
            edges[f"agency-{agency['agency']}", node] = ("reprints", agency["agency_copies"], agency["uncredited"])
    for pair in kinds["pair"]:
        a, b = (labels[name] for name in pair["outlets"])
        ahead = pair["of_others"]["ahead"]
        edges.update({edge: ("ahead", n, None) for edge, n in zip([(a, b), (b, a)], ahead) if n})
    seen = {(a, b): (edge["kind"], edge["weight"], edge.get("uncredited")) for a, b, edge in found.edges(data=True)}
    expect(seen == edges, f"{len(seen)} edges, {len(edges)} expected: {set(seen.items()) ^ set(edges.items())}")
    expect({kind for kind, _, _ in seen.values()} == {"reprints", "ahead"}, "a kind of edge is missing")


class Wrong(Exception):
    """What is not as it should be."""


def expect(is_so, reason):
    if not is_so:
        raise Wrong(reason)


KINDS = {
    "same-table": same_table,
    "filtered-table": filtered_table,
    "annotated-table": annotated_table,
    "archive": archive,
    "graph": graph,
}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        jobs = json.load(file)
    wrong = []
    for kind, read, *more in jobs:
        try:
            KINDS[kind](read, *more)
        except Wrong as reason:
            wrong.append(f"{kind}, {read}: {reason}")
        except Exception:
            wrong.append(f"{kind}, {read}: {traceback.format_exc()}")
    if wrong:
        sys.exit("\n".join(wrong))


main()
