//! The closed table of agencies: who can be credited, under which names, and which sites are theirs.
//!
//! Closed, because an open rule ("capitals in brackets before a dash are an agency") takes station call signs, parties
//! and stock tickers for agencies. The rows are in `agency/table.tsv`, one agency a line, so that they can be read and
//! mended without reading code. Many codes are words as well (`MAP`, `APP`, `PA`, `Mehr`): the table says for each name
//! how much has to speak for it before it counts, see `Form`.

mod words;

use std::collections::HashMap;
use std::sync::LazyLock;

use words::Filter;
use words::FixedHash;
use words::with_lower;
pub(crate) use words::{Words, small};

/// An agency: its row in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgencyId(pub u16);

/// One agency.
#[derive(Debug)]
pub struct Agency {
    /// Short, stable, lower-case: `ap`, `afp`, `bss`.
    pub id: &'static str,
    /// In full.
    pub name: &'static str,
    /// How a table shows it: `AP`, `AFP`, `Reuters`.
    pub code: &'static str,
    /// What it does with texts.
    pub kind: Kind,
    /// Its own desks and services, as they stand beside its code: "lby" in "(dpa/lby)".
    parts: &'static str,
    /// The registrable domains of its sites.
    sites: &'static str,
}

/// What an agency does with texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// It writes them.
    Agency,
    /// It writes or gathers them and passes them on to other outlets.
    Syndicator,
    /// It spreads what companies write: never the origin of a text.
    PressRelease,
    /// It wrote them, and is gone: for archives.
    Historical,
}

/// How much has to speak for a name before it counts as the agency's, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Form {
    /// Hardly anything else bears it: in any case, anywhere where a credit may stand ("Associated Press").
    Name,
    /// Only as written in the table ("AP", "TT").
    Code,
    /// A word too: only as written, and not alone on a line as a byline ("MAP", "PA").
    Word,
    /// A common word: only as written, and only in brackets or after a word for "source" ("NA", "共同").
    Bracketed,
}

/// A name of an agency, recognized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// Whose name it is.
    pub(crate) id: AgencyId,
    /// How much has to speak for it.
    pub(crate) form: Form,
}

impl AgencyId {
    /// The agency's row. `self` comes from this module's functions: any other number has no row, and panics.
    pub fn agency(self) -> &'static Agency {
        &TABLE.agencies[usize::from(self.0)]
    }
}

impl Agency {
    /// Whether `text` is one of the agency's own desks or services.
    pub(crate) fn has_part(&self, text: &str) -> bool {
        list(self.parts).any(|part| part == text)
    }
}

/// Every agency, in the order of the table.
pub fn all() -> impl ExactSizeIterator<Item = (AgencyId, &'static Agency)> {
    TABLE.agencies.iter().enumerate().map(|(row, agency)| (AgencyId(row as u16), agency))
}

/// The agency with this short id: `ap`.
pub fn by_id(id: &str) -> Option<AgencyId> {
    all().find(|(_, agency)| agency.id == id).map(|(id, _)| id)
}

/// The agency that a text names, if it names one and nothing else: a code (in capitals where it is ambiguous), a name.
pub fn named(text: &str) -> Option<AgencyId> {
    find(text.trim()).filter(|found| found.form < Form::Bracketed).map(|found| found.id)
}

/// The agency whose own site a registrable domain is, or whose name or code an outlet's name is.
///
/// A host below the domain counts as well, and case does not matter, except for names that are common words: the field
/// that this is asked of says who published, so a code needs nothing else to speak for it.
pub fn by_outlet(outlet: &str) -> Option<AgencyId> {
    let outlet = outlet.trim();
    if outlet.len() > MAX_OUTLET_BYTES {
        return None;
    }
    if let Some(id) = named(outlet) {
        return Some(id);
    }
    with_lower(outlet, |lower| {
        if let Some(&id) = TABLE.sites.get(lower) {
            return Some(id);
        }
        if lower.contains('.') && !lower.contains(' ') {
            let id = psl::domain_str(lower).and_then(|domain| TABLE.sites.get(domain));
            return id.copied();
        }
        let names = TABLE.names.get(lower)?;
        names.iter().find(|name| name.form <= Form::Code).map(|name| name.id)
    })
}

/// The agency that exactly this text names, and what has to speak for it. O(length of the text).
pub(crate) fn find(text: &str) -> Option<Found> {
    if text.is_empty() || text.len() > TABLE.longest {
        return None;
    }
    find_as_written(text).or_else(|| {
        let rest =
            text.strip_prefix("The ").or_else(|| text.strip_prefix("the ")).or_else(|| text.strip_prefix("THE "))?;
        find_as_written(rest)
    })
}

/// Whether an agency's name may end with this word, in any case: a cheap look before a costly one.
pub(crate) fn may_end_with(word: &str) -> bool {
    TABLE.last_words.contains(word)
}

/// Whether an agency's name may start with this word, in any case: a cheap look before a costly one.
pub(crate) fn may_start_with(word: &str) -> bool {
    TABLE.first_words.contains(word)
}

/// The words that agencies' names start with, "The" aside, in lower case.
pub(crate) fn first_words() -> impl Iterator<Item = &'static str> {
    TABLE.first_words.iter()
}

/// The words that agencies' names end with, in lower case.
pub(crate) fn last_words() -> impl Iterator<Item = &'static str> {
    TABLE.last_words.iter()
}

/// The registrable domains of agencies' sites.
pub(crate) fn sites() -> impl Iterator<Item = &'static str> {
    TABLE.sites.keys().copied()
}

/// Whether the second word of an agency's name may start with these letters and go on with none, in any case.
pub(crate) fn may_go_on_with(letters: &str) -> bool {
    TABLE.second_words.contains(letters)
}

/// The letters that a text starts with, as far as they are ASCII.
pub(crate) fn leading_letters(text: &str) -> &str {
    &text[..text.bytes().position(|b| !b.is_ascii_alphabetic()).unwrap_or(text.len())]
}

/// Bytes of the longest text that [`find`] knows.
pub(crate) fn longest_name() -> usize {
    TABLE.longest
}

fn find_as_written(text: &str) -> Option<Found> {
    if !TABLE.may_be_name.passes_in_any_case(text) {
        return None;
    }
    with_lower(text, |lower| {
        let names = TABLE.may_be_name.passes(lower).then(|| TABLE.names.get(lower))??;
        let fits = |name: &&Name| name.form == Form::Name || name.written == text;
        names.iter().find(fits).map(|name| Found { id: name.id, form: name.form })
    })
}

/// A host name has at most 253 bytes; a longer outlet is neither a site nor an agency's name.
const MAX_OUTLET_BYTES: usize = 253;
/// Words that a name of the table has at most.
pub(crate) const MAX_NAME_WORDS: usize = 6;

const ROWS: &str = include_str!("agency/table.tsv");

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(ROWS));

/// The rows, and what they are looked up by.
#[derive(Default)]
struct Table {
    agencies: Vec<Agency>,
    /// By name in lower case, with a filter before them.
    names: HashMap<String, Vec<Name>, FixedHash>,
    may_be_name: Filter,
    sites: HashMap<&'static str, AgencyId, FixedHash>,
    first_words: Words,
    /// What second words start with.
    second_words: Words,
    last_words: Words,
    /// Bytes of the longest name.
    longest: usize,
}

/// A name of an agency.
struct Name {
    written: &'static str,
    id: AgencyId,
    form: Form,
}

impl Table {
    fn new(rows: &'static str) -> Self {
        let mut table = Self::default();
        for row in rows.lines().skip(1) {
            table.add(row);
        }
        table
    }

    /// Adds a row: id, kind, code, name, other names, codes, words, bracketed, parts, sites, a tab between.
    fn add(&mut self, row: &'static str) {
        let mut columns = row.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let (id, kind, code, name) = (next(), next(), next(), next());
        let (names, codes, words, bracketed) = (next(), next(), next(), next());
        // A name that is a word as well is listed as one.
        let plain = if list(words).any(|word| word == name) { "" } else { name };
        let forms = [
            (plain, Form::Name),
            (names, Form::Name),
            (codes, Form::Code),
            (words, Form::Word),
            (bracketed, Form::Bracketed),
        ];
        let agency = Agency { id, name, code, kind: Kind::new(kind), parts: next(), sites: next() };
        let id = AgencyId(self.agencies.len() as u16);
        for (names, form) in forms {
            list(names).for_each(|written| self.add_name(Name { written, id, form }));
        }
        self.sites.extend(list(agency.sites).map(|site| (site, id)));
        self.agencies.push(agency);
    }

    fn add_name(&mut self, name: Name) {
        let lower = name.written.to_lowercase();
        // "The" is taken off what is looked up, so a name is known without it too.
        if lower.starts_with("the ") && name.form < Form::Word {
            self.add_name(Name { written: &name.written["the ".len()..], id: name.id, form: name.form });
        }
        self.longest = self.longest.max("the ".len() + lower.len());
        // Who asks for the first word leaves "The" out.
        let bare = lower.strip_prefix("the ").unwrap_or(&lower);
        self.first_words.insert(first_word(bare));
        if let Some((_, rest)) = bare.split_once(' ') {
            self.second_words.insert(leading_letters(rest));
        }
        self.last_words.insert(last_word(&lower));
        self.may_be_name.insert(&lower);
        let names = self.names.entry(lower).or_default();
        names.push(name);
        names.sort_by_key(|name| name.form);
    }
}

impl Kind {
    fn new(text: &str) -> Self {
        match text {
            "syndicator" => Self::Syndicator,
            "press-release" => Self::PressRelease,
            "historical" => Self::Historical,
            _ => Self::Agency,
        }
    }
}

/// The entries of a column that may hold several.
fn list(column: &'static str) -> impl Iterator<Item = &'static str> {
    column.split('|').filter(|entry| !entry.is_empty())
}

fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or(text)
}

fn last_word(text: &str) -> &str {
    text.rsplit([' ', '/', '-']).next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use unicode_normalization::is_nfkc;

    fn id(found: Option<AgencyId>) -> &'static str {
        found.map_or("-", |id| id.agency().id)
    }

    #[test]
    fn lower_case_is_the_same_without_an_allocation() {
        for c in (0..=0x3_ffff).filter_map(char::from_u32) {
            let text = format!("É{c}Ж");
            with_lower(&text, |lower| assert_eq!(lower, text.to_lowercase()));
        }
    }

    #[test]
    fn every_row_is_whole() {
        let n_columns = ROWS.lines().next().unwrap().split('\t').count();
        let mut ids = HashSet::new();
        for row in ROWS.lines().skip(1) {
            let columns: Vec<_> = row.split('\t').collect();
            assert_eq!(columns.len(), n_columns, "{row}");
            assert!(columns[..4].iter().all(|column| !column.is_empty() && *column == column.trim()), "{row}");
            assert!(ids.insert(columns[0]), "{row}: the id is taken");
            assert!(["agency", "syndicator", "press-release", "historical"].contains(&columns[1]), "{row}");
            assert!(is_nfkc(row), "{row}: cleaned text would never match");
        }
        assert_eq!(all().len(), ids.len());
        assert!(ids.len() >= 114);
    }

    #[test]
    fn no_two_agencies_share_a_name_or_a_site() {
        for (lower, names) in &TABLE.names {
            assert!(names.iter().all(|name| name.id == names[0].id), "{lower}");
            assert!(lower.split(' ').count() <= MAX_NAME_WORDS, "{lower}");
        }
        let n_sites: usize = all().map(|(_, agency)| list(agency.sites).count()).sum();
        assert_eq!(n_sites, TABLE.sites.len());
    }

    #[test]
    fn every_agency_is_found_by_its_name_code_and_sites() {
        for (agency, row) in all() {
            assert_eq!(find(row.name).map(|found| found.id), Some(agency), "{}", row.name);
            assert_eq!(find(row.code).map(|found| found.id), Some(agency), "{}", row.code);
            assert_eq!(by_id(row.id), Some(agency));
            for site in list(row.sites) {
                assert_eq!(by_outlet(site), Some(agency), "{site}");
                assert_eq!(by_outlet(&format!("www.{site}")), Some(agency), "{site}");
                assert_eq!(psl::domain_str(site), Some(site), "not a registrable domain");
            }
        }
    }

    #[test]
    fn outlets_are_agencies_only_by_their_own_sites_and_names() {
        let cases = [
            ("apnews.com", "ap"),
            ("APNEWS.COM", "ap"),
            ("uk.reuters.com", "reuters"),
            ("agenciabrasil.ebc.com.br", "agbrasil"),
            ("tna.mcot.net", "tna"),
            ("BSS", "bss"),
            ("bss", "bss"),
            ("ap", "ap"),
            ("The Associated Press", "ap"),
            ("ТАСС", "tass"),
            ("PA", "pa"),
            ("pa", "-"),
            ("map", "-"),
            ("NA", "-"),
            ("ap.example", "-"),
            ("apnews.com.example", "-"),
            ("notapnews.com", "-"),
            ("com", "-"),
            ("Rivage Reuters Club", "-"),
            ("", "-"),
        ];
        for (outlet, expected) in cases {
            assert_eq!(id(by_outlet(outlet)), expected, "{outlet:?}");
        }
    }
}
