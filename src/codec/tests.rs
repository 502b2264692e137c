use std::fs::File;
use std::io::{Seek, Write};

use proptest::prelude::*;

use super::*;

const ALL: [Compression; 5] =
    [Compression::None, Compression::Gzip, Compression::Zstd, Compression::Bzip2, Compression::Xz];

fn packed(bytes: &[u8], compression: Compression) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new(), compression).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file
}

/// What is read in steps of `n` bytes, and why no more.
fn unpacked(bytes: &[u8], n: usize, limits: Expansion) -> (Vec<u8>, Option<String>) {
    let mut decoder = Decoder::new(Raw::file(file(bytes)), limits).unwrap();
    let mut out = Vec::new();
    loop {
        match decoder.append(&mut out, n) {
            Ok(0) => return (out, None),
            Ok(_) => {}
            Err(Broken::Damaged(reason)) => return (out, Some(reason)),
            Err(Broken::Read(error)) => panic!("{error}"),
        }
    }
}

fn text(n: usize) -> Vec<u8> {
    (0..n).flat_map(|i| format!("line {i} of {}\n", i * 7919 % 1000).into_bytes()).collect()
}

#[test]
fn members_are_one_stream() {
    for compression in ALL {
        let (a, b) = (text(3000), text(2000));
        let mut bytes = packed(&a, compression);
        bytes.extend(packed(b"", compression));
        bytes.extend(packed(&b, compression));
        let whole: Vec<u8> = a.iter().chain(&b).copied().collect();
        assert_eq!(Compression::of(&bytes), compression);
        for n in [1, 1000, 1 << 20] {
            let n = if bytes.len() > 20_000 { n.max(7) } else { n };
            assert_eq!(unpacked(&bytes, n, Expansion::default()), (whole.clone(), None), "{compression:?} {n}");
        }
    }
}

#[test]
fn what_is_before_a_break_is_read() {
    for compression in &ALL[1..] {
        let whole = text(200_000);
        let bytes = packed(&whole, *compression);
        let cut = &bytes[..bytes.len() * 2 / 3];
        let (out, reason) = unpacked(cut, 10_000, Expansion::default());
        assert!(whole.starts_with(&out), "{compression:?}");
        assert!(out.len() > whole.len() / 3, "{compression:?}: only {} of {}", out.len(), whole.len());
        assert_eq!(reason.unwrap(), "the file ends within its compressed data: it was cut off", "{compression:?}");
    }
}

#[test]
fn zeros_behind_gzip_are_padding_and_other_bytes_are_told() {
    let mut bytes = packed(b"abc", Compression::Gzip);
    bytes.extend([0; 300_000]);
    assert_eq!(unpacked(&bytes, 100, Expansion::default()), (b"abc".to_vec(), None));
    bytes.extend(b"junk");
    let (out, reason) = unpacked(&bytes, 100, Expansion::default());
    assert_eq!(out, b"abc");
    assert!(reason.unwrap().starts_with("after its gzip data come bytes"));
}

#[test]
fn a_bomb_is_stopped() {
    let zeros = vec![0u8; 80 << 20];
    for compression in [Compression::Gzip, Compression::Zstd, Compression::Bzip2] {
        let bytes = packed(&zeros, compression);
        let (out, reason) = unpacked(&bytes, 1 << 20, Expansion::default());
        let reason = reason.unwrap();
        assert!(reason.contains("--max-ratio"), "{reason}");
        assert!(out.len() as u64 <= Expansion::FREE_BYTES + (1 << 20), "{} bytes", out.len());
        let generous = Expansion { ratio: u64::MAX, ..Expansion::default() };
        assert_eq!(unpacked(&bytes, 1 << 20, generous), (zeros.clone(), None));
        let small = Expansion { bytes: 70 << 20, ..generous };
        assert!(unpacked(&bytes, 1 << 20, small).1.unwrap().contains("--max-unpacked"));
    }
}

#[test]
fn endings_of_compression_come_off_a_name() {
    for (path, stem, had) in
        [("a/b.jsonl.gz", "b.jsonl", true), ("b.ZST", "b", true), ("a/b.txt", "a/b.txt", false), (".gz", ".gz", false)]
    {
        assert_eq!(Compression::strip(Path::new(path)), (Path::new(stem), had), "{path}");
    }
}

proptest! {
    #[test]
    fn damage_never_panics(at in 0usize..2000, byte: u8, which in 1usize..5) {
        let whole = text(500);
        let mut bytes = packed(&whole, ALL[which]);
        let at = at % bytes.len();
        bytes[at] = byte;
        unpacked(&bytes, 1000, Expansion::default());
    }
}
