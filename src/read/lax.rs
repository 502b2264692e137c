//! What Python's json module writes, and JSON has no word for.
//!
//! It writes `NaN` and `Infinity`, which pandas has for what is missing, and half of a pair of `\u` escapes for a text
//! that was cut within a letter. A record is only looked at here when it could not be parsed.

/// The same with `null` and the sign for a letter that is lost; `None` where there is nothing of this. O(bytes).
pub(crate) fn as_json(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut at, mut n_done, mut in_string) = (0, 0, false);
    while at < bytes.len() {
        let (length, instead) = match bytes[at] {
            b'"' => {
                in_string = !in_string;
                (1, None)
            }
            b'\\' if in_string => escape(&bytes[at..]),
            _ if in_string => (1, None),
            _ => word(&bytes[at..]),
        };
        if let Some(instead) = instead {
            out.push_str(&text[n_done..at]);
            out.push_str(instead);
            n_done = at + length;
        }
        at += length;
    }
    (n_done > 0).then(|| out + &text[n_done..])
}

/// How long a word is that JSON does not have, and what stands for it.
fn word(bytes: &[u8]) -> (usize, Option<&'static str>) {
    let found = ["NaN", "Infinity", "-Infinity"].iter().find(|word| bytes.starts_with(word.as_bytes()));
    found.map_or((1, None), |word| (word.len(), Some("null")))
}

/// The same of an escape.
fn escape(bytes: &[u8]) -> (usize, Option<&'static str>) {
    match unit(bytes) {
        Some(0xD800..=0xDBFF) if matches!(bytes.get(6..).and_then(unit), Some(0xDC00..=0xDFFF)) => (12, None),
        Some(0xD800..=0xDFFF) => (6, Some("\\ufffd")),
        Some(_) => (6, None),
        None => (2, None),
    }
}

/// The unit of UTF-16 that an escape stands for.
fn unit(escape: &[u8]) -> Option<u16> {
    let digits = escape.strip_prefix(b"\\u")?.get(..4)?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_half_letters_are_replaced_outside_and_inside_strings_alone() {
        let cases = [
            (r#"{"a": NaN, "b":[-Infinity,Infinity], "c": 1}"#, Some(r#"{"a": null, "b":[null,null], "c": 1}"#)),
            (r#"{"NaN": "say \"NaN\" é", "a":NaN}"#, Some(r#"{"NaN": "say \"NaN\" é", "a":null}"#)),
            (r#"{"a": "cut \ud83d"}"#, Some(r#"{"a": "cut \ufffd"}"#)),
            (r#"["\ud83d\ud83d\ude00\ude00"]"#, Some(r#"["\ufffd\ud83d\ude00\ufffd"]"#)),
            (r#"{"a": "\\ud83d NaN \ud83d\ude00"}"#, None),
            ("{\"a\": \"é\\é\\u", None),
            ("{\"a\": \"\\ud83d", Some("{\"a\": \"\\ufffd")),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(as_json(text).as_deref(), expected, "{text}");
        }
    }
}
