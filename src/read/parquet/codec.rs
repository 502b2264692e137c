//! Pages, decompressed into exactly as many bytes as their headers say.
//!
//! The parquet crate reads gzip and brotli to their end, however far it is; here the size is a limit.

use std::io::Read;

use parquet::basic::Compression;

/// Decompresses a page into `size` bytes; the caller has decided that these may be held. O(size).
pub(super) fn decompress(codec: Compression, packed: &[u8], size: usize) -> Result<Vec<u8>, String> {
    let bytes = match codec {
        Compression::UNCOMPRESSED => Some(packed.to_vec()),
        Compression::SNAPPY => snappy(packed, size),
        Compression::GZIP(_) => all(flate2::read::MultiGzDecoder::new(packed), size),
        Compression::BROTLI(_) => all(brotli::Decompressor::new(packed, 4096), size),
        Compression::ZSTD(_) => zstd::bulk::decompress(packed, size).ok(),
        Compression::LZ4_RAW => lz4(packed, size),
        Compression::LZ4 => hadoop_lz4(packed, size).or_else(|| lz4(packed, size)),
        Compression::LZO => return Err("compressed with LZO, which is not read".to_owned()),
    };
    match bytes {
        Some(bytes) if bytes.len() == size => Ok(bytes),
        Some(bytes) if bytes.len() < size => Err(format!("a page has {} bytes instead of {size}", bytes.len())),
        Some(_) => Err(format!("a page decompresses to more than the {size} bytes that it claims")),
        None => Err("a page cannot be decompressed".to_owned()),
    }
}

/// At most one byte more than the size: enough to see that there is too much.
fn all(decoder: impl Read, size: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(size);
    decoder.take(size as u64 + 1).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn snappy(packed: &[u8], size: usize) -> Option<Vec<u8>> {
    if snap::raw::decompress_len(packed).ok()? != size {
        return None;
    }
    let mut bytes = vec![0; size];
    let n_bytes = snap::raw::Decoder::new().decompress(packed, &mut bytes).ok()?;
    bytes.truncate(n_bytes);
    Some(bytes)
}

fn lz4(packed: &[u8], size: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; size];
    let n_bytes = lz4_flex::block::decompress_into(packed, &mut bytes).ok()?;
    bytes.truncate(n_bytes);
    Some(bytes)
}

/// The older LZ4 of Hadoop: blocks, each after its two sizes as big-endian numbers.
fn hadoop_lz4(mut packed: &[u8], size: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; size];
    let mut at = 0usize;
    while let Some((head, rest)) = packed.split_first_chunk::<8>() {
        let [a, b, c, d, e, f, g, h] = *head;
        let plain = u32::from_be_bytes([a, b, c, d]) as usize;
        let block = rest.get(..u32::from_be_bytes([e, f, g, h]) as usize)?;
        let into = bytes.get_mut(at..at.checked_add(plain)?)?;
        if lz4_flex::block::decompress_into(block, into).ok()? != plain {
            return None;
        }
        at += plain;
        packed = &rest[block.len()..];
    }
    (packed.is_empty() && at == size).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packings(text: &[u8]) -> Vec<(Compression, Vec<u8>)> {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
        gzip.write_all(text).unwrap();
        let mut brotli = Vec::new();
        brotli::CompressorWriter::new(&mut brotli, 4096, 5, 20).write_all(text).unwrap();
        let block = lz4_flex::block::compress(text);
        let sizes = [(text.len() as u32).to_be_bytes(), (block.len() as u32).to_be_bytes()].concat();
        vec![
            (Compression::UNCOMPRESSED, text.to_vec()),
            (Compression::SNAPPY, snap::raw::Encoder::new().compress_vec(text).unwrap()),
            (Compression::GZIP(Default::default()), gzip.finish().unwrap()),
            (Compression::BROTLI(Default::default()), brotli),
            (Compression::ZSTD(Default::default()), zstd::bulk::compress(text, 3).unwrap()),
            (Compression::LZ4_RAW, block.clone()),
            (Compression::LZ4, block.clone()),
            (Compression::LZ4, [sizes, block].concat()),
        ]
    }

    #[test]
    fn each_codec_gives_the_bytes_and_no_more_than_claimed() {
        let text = "The harbor council voted on Monday. ".repeat(1000);
        for (codec, packed) in packings(text.as_bytes()) {
            assert_eq!(decompress(codec, &packed, text.len()).unwrap(), text.as_bytes(), "{codec:?}");
            for size in [0, 1, text.len() - 1, text.len() + 1] {
                assert!(decompress(codec, &packed, size).is_err(), "{codec:?} {size}");
            }
            assert!(decompress(codec, &packed[..packed.len() / 2], text.len()).is_err(), "{codec:?}");
        }
    }

    #[test]
    fn a_bomb_stops_at_the_size_that_its_page_claims() {
        for (codec, packed) in packings(&vec![0; 64 << 20]) {
            let error = decompress(codec, &packed, 1000).unwrap_err();
            assert!(error.contains("more than the 1000 bytes") || error.contains("cannot be"), "{codec:?}: {error}");
        }
    }
}
