//! Files that the parquet crate wrote, read: what is in them, and what is wrong with them.

use std::io::{Seek, Write};
use std::sync::Arc;

use arrow_array::builder::{Int32Builder, ListBuilder, StringBuilder, StructBuilder};
use arrow_array::types::Int32Type;
use arrow_array::*;
use arrow_schema::{DataType, Field, Fields as ArrowFields};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::{WriterProperties, WriterVersion};

use super::*;

mod hostile;

const TEXT: &str = "The harbor council voted on Monday to close the old fish market for good.";

/// A file with these columns, in row groups of so many rows.
fn write(columns: Vec<(&str, ArrayRef)>, properties: WriterProperties) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, c)| (name, c, true))).unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

fn plain(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    write(columns, WriterProperties::default())
}

fn strings(values: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file
}

fn open(bytes: &[u8]) -> Result<Rows, String> {
    Rows::open(file(bytes), &Fields::default())
}

type Outcome = Result<crate::read::Parsed, String>;

/// Every row, and what came after them.
fn read_all(bytes: &[u8], want_bytes: usize) -> (Vec<Outcome>, Option<String>) {
    let mut rows = match open(bytes) {
        Ok(rows) => rows,
        Err(reason) => return (Vec::new(), Some(reason)),
    };
    let mut outcomes = Vec::new();
    loop {
        match rows.next(want_bytes) {
            Ok(Some(batch)) => {
                for row in 0..batch.len() {
                    let place = format!("row {}", outcomes.len() + 1);
                    outcomes.push(batch.parse(row, &Fields::default(), || place));
                }
            }
            Ok(None) => return (outcomes, None),
            Err(reason) => {
                assert!(rows.next(want_bytes).unwrap().is_none());
                return (outcomes, Some(reason));
            }
        }
    }
}

/// The articles of a file that is whole.
fn articles(bytes: &[u8]) -> Vec<crate::article::Article> {
    let (outcomes, failed) = read_all(bytes, 1 << 20);
    assert_eq!(failed, None);
    outcomes.into_iter().map(|outcome| outcome.unwrap().article).collect()
}

#[test]
fn batches_go_from_thread_to_thread() {
    fn check<T: Send + Sync + std::fmt::Debug>() {}
    fn check_send<T: Send>() {}
    check::<RowBatch>();
    check_send::<Rows>();
}

#[test]
fn a_row_is_an_article() {
    let bytes = plain(vec![
        ("url", strings(&["https://ledger.example/a"])),
        ("text", strings(&[TEXT])),
        ("title", strings(&["Market closes"])),
        ("score", Arc::new(Float64Array::from(vec![0.5]))),
        ("author", strings(&["Ines Ottoway"])),
        ("date", strings(&["2025-09-19T21:39:00Z"])),
    ]);
    let rows = open(&bytes).unwrap();
    assert_eq!(rows.n_rows(), 1);
    assert_eq!(rows.layout.leaves.len(), 5, "the score is not read");
    let article = articles(&bytes).remove(0);
    assert_eq!(article.text, TEXT);
    assert_eq!(article.id, "https://ledger.example/a");
    assert_eq!(article.outlet.as_deref(), Some("ledger.example"));
    assert_eq!(article.headline.as_deref(), Some("Market closes"));
    assert_eq!(article.byline.as_deref(), Some("Ines Ottoway"));
    assert_eq!(article.published.unwrap().to_rfc3339(), "2025-09-19T21:39:00Z");
}

/// The date of an article whose column `date` is this, and whether its zone was stated.
fn published(column: ArrayRef) -> Option<(String, bool)> {
    let article = articles(&plain(vec![("text", strings(&[TEXT])), ("date", column)])).remove(0);
    let published = article.published?;
    Some((published.to_rfc3339(), published.zone == crate::article::Zone::Stated))
}

#[test]
fn dates_of_every_type_are_read() {
    let seconds = 1_758_317_940;
    let cases: Vec<(ArrayRef, &str, bool)> = vec![
        (Arc::new(Date32Array::from(vec![20_350])), "2025-09-19T00:00:00Z", false),
        // Stored without an annotation, it is a number of milliseconds, whose zone is known.
        (Arc::new(Date64Array::from(vec![20_350 * 86_400_000])), "2025-09-19T00:00:00Z", true),
        (Arc::new(TimestampSecondArray::from(vec![seconds])), "2025-09-19T21:39:00Z", true),
        (Arc::new(TimestampMillisecondArray::from(vec![seconds * 1000])), "2025-09-19T21:39:00Z", false),
        (Arc::new(TimestampMicrosecondArray::from(vec![seconds * 1_000_000])), "2025-09-19T21:39:00Z", false),
        (Arc::new(TimestampNanosecondArray::from(vec![seconds * 1_000_000_000])), "2025-09-19T21:39:00Z", false),
        (
            Arc::new(TimestampMicrosecondArray::from(vec![seconds * 1_000_000]).with_timezone("UTC")),
            "2025-09-19T21:39:00Z",
            true,
        ),
        (
            Arc::new(TimestampMillisecondArray::from(vec![seconds * 1000]).with_timezone("America/New_York")),
            "2025-09-19T21:39:00Z",
            true,
        ),
        (Arc::new(Int64Array::from(vec![seconds])), "2025-09-19T21:39:00Z", true),
        (Arc::new(UInt32Array::from(vec![seconds as u32])), "2025-09-19T21:39:00Z", true),
        (strings(&["19 Sep 2025, 21:39"]), "2025-09-19T21:39:00Z", false),
    ];
    for (column, expected, is_stated) in cases {
        let kind = column.data_type().clone();
        assert_eq!(published(column), Some((expected.to_owned(), is_stated)), "{kind}");
    }
    assert_eq!(published(Arc::new(TimestampMicrosecondArray::from(vec![None]))), None);
    assert_eq!(published(Arc::new(TimestampMicrosecondArray::from(vec![i64::MIN]))), None);
}

#[test]
fn ids_and_texts_of_every_type_are_read() {
    let dictionary: DictionaryArray<Int32Type> = [TEXT].into_iter().collect();
    let texts: Vec<ArrayRef> = vec![
        Arc::new(LargeStringArray::from(vec![TEXT])),
        Arc::new(StringViewArray::from(vec![TEXT])),
        Arc::new(BinaryArray::from(vec![TEXT.as_bytes()])),
        Arc::new(LargeBinaryArray::from(vec![TEXT.as_bytes()])),
        Arc::new(FixedSizeBinaryArray::try_from_iter([TEXT.as_bytes()].into_iter()).unwrap()),
        Arc::new(dictionary),
    ];
    for text in texts {
        let kind = text.data_type().clone();
        assert_eq!(articles(&plain(vec![("text", text)]))[0].text, TEXT, "{kind}");
    }
    let ids: Vec<(ArrayRef, &str)> = vec![
        (Arc::new(Int8Array::from(vec![-7])), "-7"),
        (Arc::new(UInt64Array::from(vec![u64::MAX])), "18446744073709551615"),
        (Arc::new(Float64Array::from(vec![0.5])), "0.5"),
        (Arc::new(Decimal128Array::from(vec![1234]).with_precision_and_scale(38, 0).unwrap()), "1234"),
        (Arc::new(Decimal128Array::from(vec![1234]).with_precision_and_scale(9, 2).unwrap()), "12.34"),
        (Arc::new(BooleanArray::from(vec![true])), "row 1"),
        (Arc::new(Float64Array::from(vec![f64::NAN])), "row 1"),
        (Arc::new(NullArray::new(1)), "row 1"),
    ];
    for (id, expected) in ids {
        let kind = id.data_type().clone();
        assert_eq!(articles(&plain(vec![("id", id), ("body", strings(&[TEXT]))]))[0].id, expected, "{kind}");
    }
}

fn source(name: Option<&str>, id: Option<i32>) -> StructBuilder {
    let fields = vec![Field::new("id", DataType::Int32, true), Field::new("name", DataType::Utf8, true)];
    let mut source = StructBuilder::from_fields(fields, 1);
    source.field_builder::<Int32Builder>(0).unwrap().append_option(id);
    source.field_builder::<StringBuilder>(1).unwrap().append_option(name);
    source.append(true);
    source
}

#[test]
fn lists_and_objects_are_read_by_their_names() {
    let mut names = ListBuilder::new(StringBuilder::new());
    names.append_value([Some("Ines Ottoway"), None, Some("Paul Mbeki")]);
    let mut empty = ListBuilder::new(StringBuilder::new());
    empty.append(true);
    let mut people = ListBuilder::new(source(Some("Ines Ottoway"), None));
    people.values().field_builder::<Int32Builder>(0).unwrap().append_value(7);
    people.values().field_builder::<StringBuilder>(1).unwrap().append_null();
    people.values().append(true);
    people.append(true);
    let cases: Vec<(ArrayRef, Option<&str>)> = vec![
        (Arc::new(names.finish()), Some("Ines Ottoway, Paul Mbeki")),
        (Arc::new(empty.finish()), None),
        (Arc::new(people.finish()), Some("Ines Ottoway, 7")),
        (Arc::new(source(None, Some(7)).finish()), Some("7")),
        (Arc::new(source(Some("Paul Mbeki"), Some(7)).finish()), Some("Paul Mbeki")),
        (Arc::new(source(None, None).finish()), None),
    ];
    for (authors, expected) in cases {
        let kind = authors.data_type().clone();
        let article = articles(&plain(vec![("text", strings(&[TEXT])), ("authors", authors)])).remove(0);
        assert_eq!(article.byline.as_deref(), expected, "{kind}");
    }
}

#[test]
fn lists_of_many_rows_keep_to_their_rows() {
    let mut names = ListBuilder::new(StringBuilder::new());
    let expected: Vec<Option<String>> = (0..5000)
        .map(|i| {
            if i % 7 == 0 {
                names.append_null();
                return None;
            }
            let row: Vec<Option<String>> = (0..i % 4).map(|k| (k != 2).then(|| format!("Reporter {i}-{k}"))).collect();
            names.append_value(row.clone());
            Some(row.into_iter().flatten().collect::<Vec<_>>().join(", ")).filter(|joined| !joined.is_empty())
        })
        .collect();
    let columns = || -> Vec<(&str, ArrayRef)> {
        vec![("text", strings(&[TEXT; 5000])), ("authors", Arc::new(names.finish_cloned()))]
    };
    for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
        let properties = WriterProperties::builder().set_writer_version(version).set_data_page_row_count_limit(300);
        let bytes = write(columns(), properties.set_max_row_group_row_count(Some(2000)).build());
        let found: Vec<Option<String>> = articles(&bytes).into_iter().map(|article| article.byline).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn members_of_metadata_count_where_the_row_has_nothing() {
    let fields: ArrowFields =
        ["url", "title", "text"].map(|name| Field::new(name, DataType::Utf8, true)).to_vec().into();
    let members =
        |title: &str| vec![strings(&["https://gazette.example/1"]), strings(&[title]), strings(&["Other words."])];
    let metadata = || -> ArrayRef { Arc::new(StructArray::new(fields.clone(), members("Inner"), None)) };
    let article = articles(&plain(vec![("metadata", metadata()), ("body", strings(&[TEXT]))])).remove(0);
    assert_eq!(article.text, TEXT);
    assert_eq!(article.url.as_deref(), Some("https://gazette.example/1"));
    assert_eq!(article.headline.as_deref(), Some("Inner"));
    let article =
        articles(&plain(vec![("meta", metadata()), ("body", strings(&[" "])), ("headline", strings(&["Outer"]))]))
            .remove(0);
    assert_eq!(article.text, "Other words.");
    assert_eq!(article.headline.as_deref(), Some("Outer"));
}

/// Why each row is no article.
fn reasons(bytes: &[u8]) -> Vec<String> {
    let (outcomes, failed) = read_all(bytes, 1 << 20);
    assert_eq!(failed, None);
    outcomes
        .into_iter()
        .map(|outcome| outcome.map(|_| "an article".to_owned()).unwrap_or_else(|reason| reason))
        .collect()
}

#[test]
fn rows_without_text_say_what_there_is() {
    let bytes = plain(vec![("headline", strings(&["x"])), ("page\u{7}", strings(&[TEXT]))]);
    let reason = reasons(&bytes).remove(0);
    assert!(reason.starts_with("no text: looked for `text`, "), "{reason}");
    assert!(reason.ends_with("the record has `headline`, `page\\u{7}`; name the field with --text-field"), "{reason}");
    assert_eq!(
        reasons(&plain(vec![("text", Arc::new(Int32Array::from(vec![7])))])),
        ["the text (field `text`) should be a string, but is a number"]
    );
    let text: ArrayRef = Arc::new(StringArray::from(vec![Some(" "), None]));
    let reasons = reasons(&plain(vec![("text", text)]));
    assert_eq!(reasons[0], "the text (field `text`) is empty");
    assert!(reasons[1].starts_with("no text: looked for"), "{}", reasons[1]);
}

#[test]
fn a_row_that_is_not_utf8_is_refused_alone() {
    let texts: ArrayRef = Arc::new(BinaryArray::from(vec![TEXT.as_bytes(), b"caf\xE9 closed", TEXT.as_bytes()]));
    let reasons = reasons(&plain(vec![("text", texts)]));
    assert_eq!(reasons[1], "column `text`: not UTF-8: byte 4 (0xE9) does not belong there");
    assert_eq!((reasons[0].as_str(), reasons[2].as_str()), ("an article", "an article"));
}

#[test]
fn a_row_of_more_than_a_record_may_have_is_refused_alone() {
    let long = "x ".repeat(crate::read::MAX_RECORD_BYTES / 2 + 1);
    let reasons = reasons(&plain(vec![("text", strings(&[TEXT, &long, TEXT]))]));
    assert!(reasons[1].starts_with("a record of 16777218 bytes; at most 16777216"), "{}", reasons[1]);
    assert_eq!((reasons[0].as_str(), reasons[2].as_str()), ("an article", "an article"));
}

#[test]
fn batches_have_about_what_was_asked_for() {
    let long = TEXT.repeat(1000);
    let bytes = plain(vec![("text", strings(&[long.as_str(); 200]))]);
    let mut rows = open(&bytes).unwrap();
    let mut n_rows = 0;
    while let Some(batch) = rows.next(1 << 20).unwrap() {
        let weights: usize = (0..batch.len()).map(|row| batch.weight(row)).sum();
        assert!(weights < (1 << 20) + (1 << 19), "{weights}");
        n_rows += batch.len();
    }
    assert_eq!(n_rows, 200);
    let bytes = plain(vec![("text", strings(&[TEXT; 10_000]))]);
    let first = open(&bytes).unwrap().next(1 << 30).unwrap().unwrap();
    assert_eq!(first.len(), MOST_ROWS);
}

#[test]
fn rows_are_the_same_whatever_the_codec_version_and_encoding() {
    use parquet::basic::Encoding::*;
    let texts: Vec<String> = (0..3000).map(|i| format!("{TEXT} It was item {i}.")).collect();
    let texts: ArrayRef =
        Arc::new(StringArray::from_iter(texts.iter().enumerate().map(|(i, t)| (i % 5 > 0).then_some(t))));
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..3000));
    let columns = || vec![("text", texts.clone()), ("id", ids.clone())];
    let show = |bytes: &[u8]| {
        let (outcomes, failed) = read_all(bytes, 1 << 16);
        assert_eq!(failed, None);
        outcomes.into_iter().map(|o| o.map(|p| (p.article.id, p.article.text)).map_err(|_| ())).collect::<Vec<_>>()
    };
    let expected = show(&plain(columns()));
    assert_eq!(expected.iter().filter(|o| o.is_ok()).count(), 2400);
    let codecs = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(Default::default()),
        Compression::BROTLI(Default::default()),
        Compression::ZSTD(Default::default()),
        Compression::LZ4_RAW,
        Compression::LZ4,
    ];
    for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
        for codec in codecs {
            for encoding in [PLAIN, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY] {
                let properties = WriterProperties::builder()
                    .set_writer_version(version)
                    .set_compression(codec)
                    .set_max_row_group_row_count(Some(700))
                    .set_data_page_row_count_limit(100)
                    .set_dictionary_enabled(encoding == PLAIN && codec != Compression::SNAPPY)
                    .set_column_encoding("text".into(), encoding)
                    .set_column_encoding("id".into(), if encoding == PLAIN { PLAIN } else { DELTA_BINARY_PACKED });
                assert!(show(&write(columns(), properties.build())) == expected, "{version:?} {codec:?} {encoding}");
            }
        }
    }
}
