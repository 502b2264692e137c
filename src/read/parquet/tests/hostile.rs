//! Files that are cut, damaged, or made to do harm.

use super::*;

/// A small file with every kind of column, of two row groups.
fn small(version: WriterVersion, codec: Compression) -> Vec<u8> {
    let mut names = ListBuilder::new(StringBuilder::new());
    (0..40).for_each(|i| names.append_value([Some(format!("Reporter {i}")), None]));
    let texts: Vec<String> = (0..40).map(|i| format!("{TEXT} {}", i * i)).collect();
    let dates = TimestampMicrosecondArray::from_iter_values((0..40).map(|i| i * 1_000_000_000_000));
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(Int64Array::from_iter((0..40).map(|i| (i % 3 > 0).then_some(i))))),
        ("text", Arc::new(StringArray::from(texts))),
        ("outlet", strings(&["The Example Gazette"; 40])),
        ("date", Arc::new(dates)),
        ("authors", Arc::new(names.finish())),
    ];
    let properties = WriterProperties::builder()
        .set_writer_version(version)
        .set_compression(codec)
        .set_max_row_group_row_count(Some(25))
        .set_data_page_row_count_limit(10)
        .set_write_batch_size(10);
    write(columns, properties.build())
}

#[test]
fn a_file_that_was_cut_off_says_so() {
    let bytes = small(WriterVersion::PARQUET_1_0, Compression::SNAPPY);
    for len in 0..bytes.len() {
        let reason = open(&bytes[..len]).unwrap_err();
        assert_eq!(reason, "the file has no Parquet footer: it may have been cut off", "{len}");
    }
}

#[test]
fn a_footer_that_lies_is_refused() {
    let bytes = small(WriterVersion::PARQUET_1_0, Compression::SNAPPY);
    let end = bytes.len();
    for (at, with, expected) in [
        (end - 8, &[0xFF, 0xFF, 0xFF, 0xFF][..], "footer claims 4294967295 bytes"),
        (end - 8, &[0, 0, 0, 0], "footer"),
        (end - 8, &[7, 0, 0, 0], "footer"),
        (end - 4, b"PAR2", "no Parquet footer"),
        (end - 4, b"PARE", "encrypted"),
        (0, b"XXXX", "does not begin"),
    ] {
        let mut bytes = bytes.clone();
        bytes[at..at + with.len()].copy_from_slice(with);
        let reason = open(&bytes).unwrap_err();
        assert!(reason.contains(expected), "{reason}");
    }
}

#[test]
fn the_rows_before_the_damage_are_given() {
    let texts: ArrayRef = Arc::new(StringArray::from_iter_values((0..400).map(|i| format!("{} {TEXT}", i * i))));
    let columns = vec![("text", texts.clone())];
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(Default::default()))
        .set_dictionary_enabled(false)
        .set_data_page_row_count_limit(10)
        .set_write_batch_size(10)
        .build();
    let bytes = write(columns, properties);
    let (start, len) = footer::read(&file(&bytes)).unwrap().row_group(0).column(0).byte_range();
    for eighth in 1..8 {
        let mut bytes = bytes.clone();
        let at = (start + len * eighth / 8) as usize;
        bytes[at..at + 100].fill(0xAA);
        let (outcomes, failed) = read_all(&bytes, 1 << 20);
        let reason = failed.unwrap();
        assert_eq!(outcomes.len() % 10, 0);
        assert!(reason.starts_with(&format!("row {} of 400, and those after it", outcomes.len() + 1)), "{reason}");
        assert!(outcomes.len() as u64 + 30 > 50 * eighth, "{eighth}: {}", outcomes.len());
        assert!(outcomes.iter().all(Result::is_ok));
    }
}

#[test]
fn a_text_that_all_rows_share_is_read_only_so_far() {
    let keys = Int32Array::from(vec![0; 3000]);
    let texts = DictionaryArray::<Int32Type>::new(keys, strings(&[&"x".repeat(1 << 20)]));
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(Default::default()))
        .set_dictionary_page_size_limit(4 << 20)
        .build();
    let bytes = write(vec![("text", Arc::new(texts))], properties);
    let mut rows = open(&bytes).unwrap();
    let mut given = 0;
    let reason = loop {
        match rows.next(8 << 20) {
            Ok(Some(batch)) => given += (0..batch.len()).map(|row| batch.weight(row) as u64).sum::<u64>(),
            Ok(None) => panic!("all of it was read"),
            Err(reason) => break reason,
        }
    };
    assert!(reason.contains("more than 1000 times as many"), "{reason}");
    assert!(given < FREE_BYTES + (64 << 20), "{given}");
}

#[test]
fn rows_without_columns_are_not_counted_without_end() {
    let bytes = plain(vec![("other", Arc::new(NullArray::new(1 << 24)))]);
    let mut rows = open(&bytes).unwrap();
    let reason = loop {
        if let Err(reason) = rows.next(1 << 30) {
            break reason;
        }
    };
    assert!(reason.contains("more than 1000 times as many"), "{reason}");
}

#[test]
fn a_page_that_is_nothing_but_zeros_is_not_decompressed() {
    let bytes = write(
        vec![("text", strings(&[&"\0".repeat(66 << 20)]))],
        WriterProperties::builder()
            .set_compression(Compression::ZSTD(Default::default()))
            .set_dictionary_enabled(false)
            .build(),
    );
    let (outcomes, failed) = read_all(&bytes, 1 << 20);
    assert_eq!(outcomes.len(), 0);
    assert!(failed.unwrap().contains("more than 250 times as many"));
}

#[test]
fn what_a_header_claims_is_weighed() {
    let bytes = small(WriterVersion::PARQUET_1_0, Compression::UNCOMPRESSED);
    let metadata = footer::read(&file(&bytes)).unwrap();
    let text = metadata.row_group(0).column(1);
    let at = text.byte_range().0 as usize;
    // Field 1 is the kind; field 2 the size, here made 2 GB in as many bytes as it had.
    assert_eq!((bytes[at], bytes[at + 2]), (0x15, 0x15));
    let mut claims = bytes[..at + 3].to_vec();
    claims.extend([0xFE, 0xFF, 0xFF, 0xFF, 0x0F]);
    claims.extend(&bytes[at + 8..]);
    let (_, failed) = read_all(&claims, 1 << 20);
    let reason = failed.unwrap();
    assert!(reason.contains("a page claims 2147483647 bytes") || reason.contains("header"), "{reason}");
}

/// Reads a file to its end or to its first fault. Nothing may come of it but rows and reasons.
fn survive(bytes: &[u8]) -> (usize, Option<String>) {
    let (outcomes, failed) = read_all(bytes, 1 << 20);
    (outcomes.len(), failed)
}

#[test]
fn no_mutation_is_more_than_a_reason() {
    use parquet::basic::Compression::*;
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !crate::read::is_catching() {
            before(info);
        }
    }));
    let mut random = 0x9E37_79B9_7F4A_7C15u64;
    let mut next = move |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % below
    };
    let (mut n_panics, mut n_failed, mut n_files) = (0, 0, 0);
    for (version, codec) in [
        (WriterVersion::PARQUET_1_0, UNCOMPRESSED),
        (WriterVersion::PARQUET_1_0, SNAPPY),
        (WriterVersion::PARQUET_2_0, UNCOMPRESSED),
        (WriterVersion::PARQUET_2_0, ZSTD(Default::default())),
    ] {
        let whole = small(version, codec);
        let n_mutations = std::env::var("PARQUET_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(500);
        for _ in 0..n_mutations {
            let mut bytes = whole.clone();
            for _ in 0..1 + next(3) {
                let at = next(bytes.len());
                bytes[at] = match next(3) {
                    0 => 0xFF,
                    1 => bytes[at] ^ (1 << next(8)),
                    _ => next(256) as u8,
                };
            }
            let (_, failed) = survive(&bytes);
            n_files += 1;
            n_failed += usize::from(failed.is_some());
            n_panics += usize::from(failed.is_some_and(|reason| reason.contains("damaged (")));
        }
    }
    if std::env::var_os("PARQUET_MUTATIONS").is_some() {
        panic!("{n_files} files, {n_failed} failed, {n_panics} of them by panic");
    }
    assert!(n_failed > n_files / 5, "{n_failed} of {n_files}: are the files mutated at all?");
}
