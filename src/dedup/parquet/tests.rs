//! Files written again, held against what they were made from.

use std::collections::HashMap;
use std::io::Seek;

use arrow_array::builder::{Int64Builder, ListBuilder, MapBuilder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::*;
use arrow_schema::{DataType, Field, Schema};
use arrow_select::filter::filter_record_batch;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::metadata::{KeyValue, RowGroupMetaData};
use parquet::file::properties::WriterProperties;

use super::*;

/// A table with columns of many types, 100 rows of it.
fn table() -> RecordBatch {
    let n = 0..100;
    let mut lists = ListBuilder::new(ListBuilder::new(Int64Builder::new()));
    let mut maps = MapBuilder::new(None, StringBuilder::new(), Int64Builder::new());
    for i in n.clone() {
        for k in 0..i % 4 {
            lists.values().append_value((0..k).map(|v| (v != 1).then_some(v * i)));
            maps.keys().append_value(format!("key {k}"));
            maps.values().append_option((k > 0).then_some(k));
        }
        lists.append(i % 5 != 0);
        maps.append(true).unwrap();
    }
    let words: DictionaryArray<Int32Type> =
        n.clone().map(|i| (i % 7 > 0).then_some(["update", "correction"][i as usize % 2])).collect();
    let text = StringArray::from_iter(n.clone().map(|i| (i % 9 > 0).then(|| format!("Ferry {i} was late again."))));
    let metadata = |field: Field| field.with_metadata(HashMap::from([("unit".to_owned(), "words".to_owned())]));
    let inner = StructArray::from(vec![
        (
            Arc::new(Field::new("a", DataType::Int64, false)),
            Arc::new(Int64Array::from_iter_values(n.clone())) as ArrayRef,
        ),
        (Arc::new(Field::new("text", DataType::Utf8, true)), Arc::new(text.clone())),
    ]);
    let moments = TimestampMicrosecondArray::from_iter_values(n.clone()).with_timezone("Asia/Kolkata");
    let decimals =
        Decimal128Array::from_iter_values(n.clone().map(i128::from)).with_precision_and_scale(20, 3).unwrap();
    let columns: Vec<(Field, ArrayRef)> = vec![
        (Field::new("id", DataType::Int64, false), Arc::new(Int64Array::from_iter_values(n.clone()))),
        (metadata(Field::new("text", DataType::Utf8, true)), Arc::new(text.clone())),
        (Field::new("large", DataType::LargeUtf8, true), Arc::new(LargeStringArray::from_iter(text.iter()))),
        (Field::new("view", DataType::Utf8View, true), Arc::new(StringViewArray::from_iter(text.iter()))),
        (Field::new("kind", words.data_type().clone(), true), Arc::new(words)),
        (Field::new("moment", moments.data_type().clone(), true), Arc::new(moments)),
        (Field::new("decimal", decimals.data_type().clone(), true), Arc::new(decimals)),
        (
            Field::new("small", DataType::UInt8, true),
            Arc::new(UInt8Array::from_iter_values(n.clone().map(|i| i as u8))),
        ),
        (Field::new("float", DataType::Float32, true), Arc::new(Float32Array::from_iter_values(n.map(|i| i as f32)))),
        (Field::new("nothing", DataType::Null, true), Arc::new(NullArray::new(100))),
    ];
    let nested: Vec<ArrayRef> = vec![Arc::new(lists.finish()), Arc::new(maps.finish()), Arc::new(inner)];
    let nested = nested.into_iter().zip(["lists", "maps", "inner"]);
    let nested = nested.map(|(array, name)| (Field::new(name, array.data_type().clone(), true), array));
    let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) = columns.into_iter().chain(nested).unzip();
    let notes = HashMap::from([("pandas".to_owned(), "{}".to_owned())]);
    RecordBatch::try_new(Arc::new(Schema::new_with_metadata(fields, notes)), arrays).unwrap()
}

/// The table in row groups of 30.
fn whole() -> Vec<u8> {
    let table = table();
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(30))
        .set_compression(Compression::ZSTD(Default::default()))
        .set_column_compression("id".into(), Compression::UNCOMPRESSED)
        .set_column_compression("text".into(), Compression::SNAPPY)
        .set_key_value_metadata(Some(vec![KeyValue::new("maker".to_owned(), "a newsroom".to_owned())]));
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, table.schema(), Some(properties.build())).unwrap();
    writer.write(&table).unwrap();
    writer.close().unwrap();
    bytes
}

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file
}

/// The rows of a file as Arrow's own reader gives them.
fn read(bytes: &[u8]) -> RecordBatch {
    let reader = ParquetRecordBatchReaderBuilder::try_new(file(bytes)).unwrap();
    let schema = reader.schema().clone();
    let reader: ParquetRecordBatchReader = reader.with_batch_size(1000).build().unwrap();
    let batches: Vec<RecordBatch> = reader.map(Result::unwrap).collect();
    arrow_select::concat::concat_batches(&schema, &batches).unwrap()
}

fn group_rows(bytes: &[u8]) -> Vec<i64> {
    metadata(&file(bytes)).unwrap().row_groups().iter().map(RowGroupMetaData::num_rows).collect()
}

fn compressions(bytes: &[u8]) -> Vec<Compression> {
    metadata(&file(bytes)).unwrap().row_group(0).columns().iter().map(|column| column.compression()).collect()
}

fn rewritten(bytes: &[u8], keep: impl FnMut(u64) -> bool) -> (Vec<u8>, u64) {
    let mut out = Vec::new();
    let n_rows = rewrite(file(bytes), &mut out, keep).unwrap();
    (out, n_rows)
}

#[test]
fn a_file_of_which_all_is_kept_is_the_same() {
    let whole = whole();
    let (copy, n_rows) = rewritten(&whole, |_| true);
    assert_eq!(n_rows, 100);
    assert_eq!(read(&copy), read(&whole));
    assert_eq!(read(&copy).schema().fields(), table().schema().fields());
    assert_eq!(group_rows(&copy), [30, 30, 30, 10]);
    assert_eq!(compressions(&copy), compressions(&whole));
    let (a, b) = (metadata(&file(&whole)).unwrap(), metadata(&file(&copy)).unwrap());
    assert_eq!(a.file_metadata().key_value_metadata(), b.file_metadata().key_value_metadata());
    assert_eq!(a.file_metadata().schema(), b.file_metadata().schema());
}

#[test]
fn rows_are_left_out_within_their_groups() {
    let whole = whole();
    let mut asked = Vec::new();
    let (copy, n_rows) = rewritten(&whole, |row| {
        asked.push(row);
        row.is_multiple_of(3) && !(30..60).contains(&row)
    });
    assert_eq!(asked, (0..100).collect::<Vec<_>>());
    assert_eq!(group_rows(&copy), [10, 10, 4]);
    assert_eq!(n_rows, 24);
    let kept: BooleanArray = (0..100u64).map(|row| Some(row.is_multiple_of(3) && !(30..60).contains(&row))).collect();
    assert_eq!(read(&copy), filter_record_batch(&read(&whole), &kept).unwrap());
    let (none, n_rows) = rewritten(&whole, |_| false);
    assert_eq!((read(&none).num_rows(), n_rows), (0, 0));
    assert_eq!(read(&none).schema(), read(&whole).schema());
    assert_eq!(rewritten(&none, |_| true).1, 0);
}

fn note(row: u64) -> Option<Note> {
    row.is_multiple_of(2).then(|| Note {
        story: format!("story-{row}"),
        version: "1".to_owned(),
        relation: "verbatim",
        keep: row.is_multiple_of(4),
    })
}

const NAMES: [&str; 4] = ["wire_story", "wire_version", "wire_relation", "wire_keep"];

#[test]
fn columns_are_added_behind_the_others() {
    let whole = whole();
    let mut out = Vec::new();
    assert_eq!(annotate(file(&whole), &mut out, NAMES, note).unwrap(), 100);
    let (before, after) = (read(&whole), read(&out));
    let n_columns = before.num_columns();
    assert_eq!(after.project(&(0..n_columns).collect::<Vec<_>>()).unwrap().columns(), before.columns());
    assert_eq!(after.schema().fields()[..n_columns], before.schema().fields()[..]);
    assert_eq!(after.schema().metadata(), before.schema().metadata());
    let story = after.column_by_name("wire_story").unwrap().as_any().downcast_ref::<StringArray>().unwrap();
    assert_eq!((story.value(98), story.is_null(99), story.null_count()), ("story-98", true, 50));
    let keep = after.column_by_name("wire_keep").unwrap().as_any().downcast_ref::<BooleanArray>().unwrap();
    assert_eq!((keep.true_count(), keep.null_count()), (25, 50));
    assert_eq!(group_rows(&out), [30, 30, 30, 10]);
    assert_eq!(compressions(&out)[..compressions(&whole).len()], compressions(&whole));
    // What was added is there now.
    let again = annotate(file(&out), Vec::new(), NAMES, note).unwrap_err();
    assert!(matches!(again, RewriteError::Column(name) if name == "wire_story"));
}

/// A disk with room for so many bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_told_as_such() {
    let whole = whole();
    for room in [0, 3, 4, 100, whole.len() / 2] {
        let error = rewrite(file(&whole), Full(room), |_| true).unwrap_err();
        assert!(
            matches!(&error, RewriteError::Write(e) if e.kind() == io::ErrorKind::StorageFull),
            "{room}: {error:?}"
        );
    }
}

#[test]
fn a_damaged_file_is_a_fault_of_the_input() {
    let whole = whole();
    let reason = |bytes: &[u8]| match rewrite(file(bytes), io::sink(), |row| row != 40).unwrap_err() {
        RewriteError::Input(reason) => reason,
        other => panic!("{other:?}"),
    };
    assert!(reason(&whole[..whole.len() - 9]).contains("no Parquet footer"));
    let (start, _) = metadata(&file(&whole)).unwrap().row_group(1).column(1).byte_range();
    let mut damaged = whole.clone();
    damaged[start as usize..start as usize + 40].fill(0xAA);
    assert!(!reason(&damaged).is_empty());
}

#[test]
fn no_mutation_is_more_than_a_fault_of_the_input() {
    let whole = whole();
    let mut random = 7u64;
    let mut next = move |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % below
    };
    let n_mutations = std::env::var("PARQUET_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    let mut n_failed = 0;
    for _ in 0..n_mutations {
        let mut damaged = whole.clone();
        for _ in 0..1 + next(3) {
            let at = next(damaged.len());
            damaged[at] = next(256) as u8;
        }
        match rewrite(file(&damaged), io::sink(), |row| row % 7 > 0) {
            Ok(n_rows) => assert!(n_rows <= 100),
            Err(RewriteError::Input(_)) => n_failed += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(n_failed > n_mutations / 10, "{n_failed} of {n_mutations}: are the files damaged at all?");
}
