//! What a field of a record is by its name, found in about the time that comparing one name takes.
//!
//! Every key of every record is looked up here, and most stand for nothing. The names of [`FieldRole::known_names`] are
//! therefore put into a small table while the program is compiled, so that hardly a key is compared with more than one.

use crate::read::fields::FieldRole;

/// Objects whose members count as fields of the record, after the record's own; the preferred one first.
///
/// Data sets keep the url and the date of a page in `metadata` or `meta`, The Guardian keeps the text in `fields`.
pub(super) const CONTAINERS: [&str; 3] = ["metadata", "meta", "fields"];

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// The `rank`-th of the names that a role is looked for under.
    Field { role: FieldRole, rank: u8 },
    /// One of [`CONTAINERS`].
    Container(u8),
}

/// What a name stands for; `None` for most names.
pub(super) fn known(name: &str) -> Option<Known> {
    let mut at = bucket(name.as_bytes());
    while let Some((known, what)) = TABLE[at] {
        if known == name {
            return Some(what);
        }
        at = (at + 1) % N_BUCKETS;
    }
    None
}

/// Several times as many as there are names, so that runs of full buckets stay short, and never all full.
const N_BUCKETS: usize = 512;

type Table = [Option<(&'static str, Known)>; N_BUCKETS];

static TABLE: Table = table();

/// Where the search for a name begins: its length and three of its letters tell nearly all names apart.
const fn bucket(name: &[u8]) -> usize {
    let n = name.len();
    if n == 0 {
        return 0;
    }
    (n + 5 * name[0] as usize + 17 * name[n / 2] as usize + 41 * name[n - 1] as usize) % N_BUCKETS
}

const fn table() -> Table {
    let mut table = [None; N_BUCKETS];
    let mut at_role = 0;
    while at_role < FieldRole::ALL.len() {
        let role = FieldRole::ALL[at_role];
        let names = role.known_names();
        let mut rank = 0;
        while rank < names.len() {
            insert(&mut table, names[rank], Known::Field { role, rank: rank as u8 });
            rank += 1;
        }
        at_role += 1;
    }
    let mut at = 0;
    while at < CONTAINERS.len() {
        insert(&mut table, CONTAINERS[at], Known::Container(at as u8));
        at += 1;
    }
    table
}

const fn insert(table: &mut Table, name: &'static str, what: Known) {
    let mut at = bucket(name.as_bytes());
    while table[at].is_some() {
        at = (at + 1) % N_BUCKETS;
    }
    table[at] = Some((name, what));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_others_are_not() {
        for role in FieldRole::ALL {
            for (rank, name) in role.known_names().iter().enumerate() {
                assert_eq!(known(name), Some(Known::Field { role, rank: rank as u8 }), "{name}");
            }
        }
        for (at, name) in CONTAINERS.iter().enumerate() {
            assert_eq!(known(name), Some(Known::Container(at as u8)), "{name}");
        }
        for name in ["", "t", "texts", "Text", "language", "description", "image_url", "été", "metadata.url"] {
            assert_eq!(known(name), None, "{name}");
        }
    }

    #[test]
    fn hardly_a_name_is_compared_with_another() {
        let full = TABLE.iter().filter(|entry| entry.is_some()).count();
        let displaced = (0..N_BUCKETS).filter(|at| TABLE[*at].is_some_and(|(name, _)| bucket(name.as_bytes()) != *at));
        let n_displaced = displaced.count();
        assert!(full * 4 < N_BUCKETS && n_displaced * 5 < full, "{n_displaced} of {full}");
    }
}
