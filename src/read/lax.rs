//! What Python's json module writes, and JSON has no word for: `NaN` and `Infinity`.
//!
//! pandas has `NaN` for what is missing, so it comes in any field. A record is only looked at here when it could not be
//! parsed.

/// The same with `null` in their place; `None` where there is none of them. O(bytes).
pub(crate) fn as_json(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut at, mut n_done, mut in_string) = (0, 0, false);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => in_string = !in_string,
            // What is escaped may be a quote.
            b'\\' if in_string => at += 1,
            _ if in_string => {}
            _ => {
                if let Some(word) = WORDS.iter().find(|word| bytes[at..].starts_with(word.as_bytes())) {
                    out.push_str(&text[n_done..at]);
                    out.push_str("null");
                    n_done = at + word.len();
                    at = n_done - 1;
                }
            }
        }
        at += 1;
    }
    (n_done > 0).then(|| out + &text[n_done..])
}

const WORDS: [&str; 3] = ["NaN", "Infinity", "-Infinity"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_replaced_outside_strings_alone() {
        let cases = [
            (r#"{"a": NaN, "b":[-Infinity,Infinity], "c": 1}"#, Some(r#"{"a": null, "b":[null,null], "c": 1}"#)),
            (r#"{"NaN": "say \"NaN\" é", "a":NaN}"#, Some(r#"{"NaN": "say \"NaN\" é", "a":null}"#)),
            (r#"{"a": "\\", "b": NaN}"#, Some(r#"{"a": "\\", "b": null}"#)),
            (r#"{"a": "\\ NaN \ud83d\ude00"}"#, None),
            ("{\"a\": \"é\\", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(as_json(text).as_deref(), expected, "{text}");
        }
    }
}
