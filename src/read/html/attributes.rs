//! How many attributes a tag has that does not end.
//!
//! The tokenizer shows a tag when it is whole, and does not say what it is in the middle of: a tag, a quoted value, a
//! comment. So every `<` that might have begun a tag is followed, by the states of the HTML standard (13.2.5.6 to 40);
//! one that has come to its `>` was none, else the tokenizer would have shown it. Those in the same state go on the same
//! way, and only the one with the most attributes is kept: eight counts, whatever the page.

/// Where in a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    TagName,
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    DoubleQuoted,
    SingleQuoted,
    Unquoted,
}

impl At {
    const ALL: [At; 8] = [
        At::TagName,
        At::BeforeName,
        At::Name,
        At::AfterName,
        At::BeforeValue,
        At::DoubleQuoted,
        At::SingleQuoted,
        At::Unquoted,
    ];

    /// Where after one more byte; `None` after the end of the tag.
    fn after(self, byte: u8) -> Option<At> {
        let is_space = byte.is_ascii_whitespace();
        Some(match (self, byte) {
            (At::DoubleQuoted, b'"') | (At::SingleQuoted, b'\'') => At::BeforeName,
            (At::DoubleQuoted | At::SingleQuoted, _) => self,
            (_, b'>') => return None,
            (At::BeforeValue, b'"') => At::DoubleQuoted,
            (At::BeforeValue, b'\'') => At::SingleQuoted,
            (At::BeforeValue, _) => {
                if is_space {
                    self
                } else {
                    At::Unquoted
                }
            }
            (At::Unquoted, _) => {
                if is_space {
                    At::BeforeName
                } else {
                    self
                }
            }
            (_, b'/') => At::BeforeName,
            (At::Name | At::AfterName, b'=') => At::BeforeValue,
            (At::Name, _) => {
                if is_space {
                    At::AfterName
                } else {
                    self
                }
            }
            (At::TagName, _) => {
                if is_space {
                    At::BeforeName
                } else {
                    self
                }
            }
            (At::BeforeName | At::AfterName, _) => {
                if is_space {
                    self
                } else {
                    At::Name
                }
            }
        })
    }
}

/// The tags that may not have ended yet, with their numbers of attributes.
#[derive(Debug, Default)]
pub(super) struct OpenTags([Option<usize>; At::ALL.len()]);

impl OpenTags {
    /// Those that begin in a text and do not end in it.
    pub(super) fn begun_in(text: &str) -> Self {
        let mut tags = OpenTags::default();
        for (i, byte) in text.bytes().enumerate() {
            tags.byte(byte);
            let before = &text.as_bytes()[..i];
            if byte.is_ascii_alphabetic() && (before.ends_with(b"<") || before.ends_with(b"</")) {
                tags.meet(At::TagName, 0);
            }
        }
        tags
    }

    /// Follows them through more text.
    pub(super) fn go_on(&mut self, text: &str) {
        text.bytes().for_each(|byte| self.byte(byte));
    }

    /// The most attributes that one of them has.
    pub(super) fn most_attributes(&self) -> usize {
        self.0.iter().flatten().max().copied().unwrap_or(0)
    }

    fn byte(&mut self, byte: u8) {
        let before = std::mem::take(&mut self.0);
        for (at, n_attributes) in At::ALL.into_iter().zip(before) {
            if let (Some(n_attributes), Some(after)) = (n_attributes, at.after(byte)) {
                let begins = after == At::Name && at != At::Name;
                self.meet(after, n_attributes + usize::from(begins));
            }
        }
    }

    fn meet(&mut self, at: At, n_attributes: usize) {
        let known = &mut self.0[at as usize];
        *known = (*known).max(Some(n_attributes));
    }
}
