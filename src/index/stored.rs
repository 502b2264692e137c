//! What is kept of an article besides its figures, as it lies in the temporary file.

use std::io;

use serde::{Deserialize, Serialize};

use crate::agency::AgencyId;
use crate::clean::credit::{Credit, CreditKind, Dateline, Place, Role};
use crate::error::Result;
use crate::index::Entry;
use crate::spill::Spill;

/// The part of an [`Entry`] that is read back for the articles of stories alone. The headline comes first: it is read by
/// itself, of every article.
#[derive(Debug, Serialize, Deserialize)]
struct Stored<'a> {
    #[serde(borrow)]
    headline: Option<&'a str>,
    url: Option<&'a str>,
    /// Place and date.
    dateline: Option<(&'a str, Option<&'a str>)>,
    credits: Vec<StoredCredit<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredCredit<'a> {
    agency: u16,
    role: Role,
    kind: CreditKind,
    words: &'a str,
    /// The line that it stands in; none where it is the record's own field.
    line: Option<u32>,
}

impl<'a> Stored<'a> {
    fn of(entry: &'a Entry) -> Self {
        Stored {
            headline: entry.headline.as_deref(),
            url: entry.url.as_deref(),
            dateline: entry.dateline.as_ref().map(|dateline| (dateline.place.as_str(), dateline.date.as_deref())),
            credits: entry.credits.iter().map(StoredCredit::of).collect(),
        }
    }
}

impl<'a> StoredCredit<'a> {
    fn of(credit: &'a Credit) -> Self {
        let line = match credit.place {
            Place::Line { line } => Some(line),
            Place::Field { .. } => None,
        };
        StoredCredit { agency: credit.agency.0, role: credit.role, kind: credit.kind, words: &credit.words, line }
    }

    fn credit(&self) -> Credit {
        Credit {
            agency: AgencyId(self.agency),
            role: self.role,
            kind: self.kind,
            words: self.words.to_owned(),
            place: self.line.map_or(Place::AUTHOR, |line| Place::Line { line }),
        }
    }
}

/// Appends an entry's bytes. The other fields of an entry are kept by the index itself.
pub(super) fn encode(entry: &Entry, bytes: &mut Vec<u8>) {
    postcard::to_io(&Stored::of(entry), bytes).expect("memory takes all bytes, and the types have a known length");
}

/// The entry of these bytes, but for what the index keeps itself.
///
/// # Errors
/// Where the bytes are no entry's.
fn decode(bytes: &[u8]) -> postcard::Result<Entry> {
    let stored: Stored<'_> = postcard::from_bytes(bytes)?;
    let owned = |text: &str| text.to_owned();
    Ok(Entry {
        headline: stored.headline.map(owned),
        url: stored.url.map(owned),
        dateline: stored.dateline.map(|(place, date)| Dateline { place: owned(place), date: date.map(owned) }),
        credits: stored.credits.iter().map(StoredCredit::credit).collect(),
        ..Entry::default()
    })
}

/// Reads the entry at a place in the input back. `ends` says where those of all places end.
///
/// # Errors
/// [`Error::Read`](crate::error::Error::Read).
pub(super) fn read(file: &Spill, ends: &[u64], position: usize) -> Result<Entry> {
    let start = position.checked_sub(1).map_or(0, |before| ends[before]);
    let bytes = file.bytes(start, (ends[position] - start) as usize)?;
    decode(&bytes).map_err(|e| file.read_error(io::Error::other(e)))
}

/// The headline alone.
///
/// # Errors
/// Where the bytes are no entry's.
pub(super) fn headline(bytes: &[u8]) -> postcard::Result<Option<&str>> {
    Ok(postcard::take_from_bytes(bytes)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_comes_back() {
        let credit = |kind, place| Credit {
            agency: AgencyId(3),
            role: Role::Relay,
            kind,
            words: "(BSS/AFP) – é".to_owned(),
            place,
        };
        let entry = Entry {
            url: Some("https://ledger.example/1".to_owned()),
            headline: Some("Ferry «late»".to_owned()),
            dateline: Some(Dateline { place: "PORT ELLERY".to_owned(), date: Some("--09-19".to_owned()) }),
            credits: vec![
                credit(CreditKind::Author, Place::AUTHOR),
                credit(CreditKind::Tail, Place::Line { line: 300 }),
            ],
            ..Entry::default()
        };
        let mut bytes = b"before".to_vec();
        encode(&entry, &mut bytes);
        assert_eq!(decode(&bytes[6..]).unwrap(), entry);
        assert_eq!(headline(&bytes[6..]).unwrap(), Some("Ferry «late»"));
        assert!(decode(&bytes[..9]).is_err());
        bytes.clear();
        encode(&Entry::default(), &mut bytes);
        assert_eq!(decode(&bytes).unwrap(), Entry::default());
    }
}
