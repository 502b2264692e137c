"""Reads with other people's tools what wirecopy wrote: `check.py KIND WRITTEN READ [WORD]`. Ends with 1 and the reason."""

import sys


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


def annotated_table(read, written):
    """All columns are as they were, and four more say what was found, as text, number and truth."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    a, b = pq.read_table(read), pq.read_table(written)
    expect(b.select(a.column_names).equals(a), "a column of the input differs")
    added = [b.schema.field(name) for name in b.column_names if name not in a.column_names]
    print([(field.name, str(field.type)) for field in added])
    expect([field.name for field in added] == NOTES, f"added: {added}")
    expect(all(field.nullable for field in added), "a column of notes takes no null")
    kinds = [pa.types.is_string(field.type) or pa.types.is_large_string(field.type) for field in added]
    expect(kinds == [True, True, True, False], f"added: {added}")
    expect(pa.types.is_floating(added[3].type), f"added: {added}")


NOTES = []


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
                content = record.raw_stream.read()
                yield record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), dict(record.rec_headers.headers), content
            expect(archive.err_count == 0, f"{path}: {archive.err_count} faults")

    a, b = list(records(read)), list(records(written))
    gone = [record for record in a if record[1] == dropped]
    expect(sorted(kind for kind, *_ in gone)[-2:] == ["request", "response"], f"{dropped}: {gone}")
    left = [record for record in a if record not in gone or record[0] not in DROPPED_WITH]
    expect(b == left, f"{len(b)} records, not {len(left)}: {[(r[0], r[1]) for r in b]}")


DROPPED_WITH = ("response", "request", "metadata")


def expect(is_so, reason):
    if not is_so:
        sys.exit(reason)


def main():
    kinds = {"same-table": same_table, "filtered-table": filtered_table, "annotated-table": annotated_table,
             "archive": archive}
    kinds[sys.argv[1]](*sys.argv[2:])


main()
