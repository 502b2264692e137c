//! Whether a text has any of some words: mostly it has none, and searching for each takes long.

/// Words to look for, each of two bytes or more.
pub(super) struct AnyOf {
    words: &'static [&'static str],
    /// For each byte whether a word has it first (1) or second (2).
    starts: [u8; 256],
}

impl AnyOf {
    pub(super) const fn new(words: &'static [&'static str]) -> Self {
        let mut starts = [0; 256];
        let mut at = 0;
        while at < words.len() {
            let word = words[at].as_bytes();
            starts[word[0] as usize] |= 1;
            starts[word[1] as usize] |= 2;
            at += 1;
        }
        AnyOf { words, starts }
    }

    /// Whether any of the words stands in a text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let text = text.as_bytes();
        let starts = |b: u8, bit: u8| self.starts[usize::from(b)] & bit != 0;
        let is_here = |at: usize| self.words.iter().any(|word| text[at..].starts_with(word.as_bytes()));
        text.windows(2).enumerate().any(|(at, pair)| starts(pair[0], 1) && starts(pair[1], 2) && is_here(at))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WORDS: &[&str] = &[", ", " a ", " and ", "、", " و"];
    const ANY: AnyOf = AnyOf::new(WORDS);

    proptest! {
        #[test]
        fn any_is_found_where_one_is(text in "[ ,and、و]{0,12}") {
            prop_assert_eq!(ANY.is_in(&text), WORDS.iter().any(|word| text.contains(word)));
        }
    }
}
