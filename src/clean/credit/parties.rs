//! Lists of agencies: "BSS/AFP", "dpa/lby", "AFP=時事", "Reuters and AP", "With inputs from ANI".
//!
//! A slash or a hyphen stands between one who passed a text on and the one who wrote it, who is last: BSS relays AFP's
//! text in "(BSS/AFP)". An equals sign, as in Japan and Korea, has the writer first. A comma or an "and" joins equals.

use crate::agency::{self, AgencyId, Form, Kind, small};

use super::any::AnyOf;
use super::words::{CLOSERS, CONTRIBUTED, JOINTS, OPENERS, SOURCES, USED};
use super::{Credit, CreditKind, Place, Role};

/// Bytes that a list of agencies has at most.
const MAX_BYTES: usize = 100;
/// Agencies and initials that a list has at most.
const MAX_PARTS: usize = 8;

/// An agency and what it did.
pub(super) type Party = (AgencyId, Role);

/// The agencies that a text lists, if it does nothing else.
///
/// A single name must have `form` or one that needs less; together with another agency a word counts as well.
pub(super) fn parties(text: &str, form: Form) -> Option<Vec<Party>> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_BYTES {
        return None;
    }
    if let Some(found) = agency::find(text) {
        return (found.form <= form).then(|| vec![(found.id, role(found.id, true))]);
    }
    if let Some(parties) = chain(text, form) {
        return Some(parties);
    }
    joined(text, form)
}

/// The agencies that a text credits inside brackets, after a dash or alone: a list, or a list with words around it that
/// say what was taken from them.
pub(super) fn phrase(text: &str, form: Form) -> Option<Vec<Party>> {
    let text = text.trim();
    if text.len() > MAX_BYTES {
        return None;
    }
    parties(text, form).or_else(|| opened(text))
}

/// "With inputs from ANI", "avec AFP", "with PTI inputs".
pub(super) fn opened(text: &str) -> Option<Vec<Party>> {
    if let Some(all) = USED.iter().find_map(|used| parties(strip_suffix(text, used)?, Form::Code)) {
        return Some(all);
    }
    let rest = OPENERS.iter().chain(SOURCES).find_map(|opener| strip_prefix(text, opener))?;
    let rest = CLOSERS.iter().find_map(|closer| strip_suffix(rest, closer)).unwrap_or(rest);
    parties(rest, Form::Bracketed)
}

/// Whether a credit says that an agency's material was used, not that it wrote the text.
pub(super) fn is_contribution(words: &str) -> bool {
    let inner = words.trim_matches(|c: char| !c.is_alphanumeric());
    OPENERS.iter().any(|opener| strip_prefix(inner, opener).is_some())
        || CONTRIBUTED.iter().any(|closer| inner.ends_with(closer))
        || (inner.ends_with("inputs") || inner.ends_with("साथ"))
}

/// The credits of a list of agencies.
pub(super) fn credits(parties: &[Party], kind: CreditKind, words: &str) -> Vec<Credit> {
    let place = Place::Line { line: 1 };
    parties.iter().map(|&(agency, role)| Credit { agency, role, kind, words: words.to_owned(), place }).collect()
}

/// What an agency does that stands last in its list, or before another. Who spreads companies' words wrote none.
pub(super) fn role(id: AgencyId, last: bool) -> Role {
    if last && id.agency().kind != Kind::PressRelease { Role::Origin } else { Role::Relay }
}

/// Strips a prefix in any case; `prefix` is in lower case.
pub(super) fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    if !may_be_same(text, prefix) {
        return None;
    }
    let (head, rest) = text.split_at_checked(prefix.len())?;
    let same = if prefix.is_ascii() {
        head.eq_ignore_ascii_case(prefix)
    } else {
        !head.is_ascii() && head.to_lowercase() == prefix
    };
    same.then_some(rest)
}

/// A cheap look at the first character.
fn may_be_same(text: &str, prefix: &str) -> bool {
    let (Some(a), Some(b)) = (text.as_bytes().first(), prefix.as_bytes().first()) else { return prefix.is_empty() };
    if a.is_ascii() || b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    text.chars().next().and_then(small).is_none_or(|c| prefix.starts_with(c))
}

fn strip_suffix<'a>(text: &'a str, suffix: &str) -> Option<&'a str> {
    let (rest, end) = text.split_at_checked(text.len().checked_sub(suffix.len())?)?;
    (end == suffix || end.eq_ignore_ascii_case(suffix)).then_some(rest)
}

/// "BSS/AFP", "sda/afp/dpa", "dpa/lby", "TT-AFP", "BSS/AFP/SR/2139", "AFP=時事".
fn chain(text: &str, form: Form) -> Option<Vec<Party>> {
    if !text.contains(['/', '=', '-', '–']) {
        return None;
    }
    if let Some((left, right)) = text.split_once('=') {
        let (origin, relay) = (parties(left, form)?, agency::find(right.trim())?);
        return Some(origin.into_iter().chain([(relay.id, Role::Relay)]).collect());
    }
    let mut ids = Vec::new();
    let mut signs = Signs::default();
    for part in text.split('/').map(str::trim) {
        if ids.len() + signs.n > MAX_PARTS {
            return None;
        }
        match agency::find(part) {
            Some(found) => ids.push(found),
            None if part.contains(['-', '–']) => {
                for piece in part.split(['-', '–']).map(str::trim) {
                    match agency::find(piece) {
                        Some(found) => ids.push(found),
                        None => signs.add(piece, ids.last().map(|found| found.id))?,
                    }
                }
            }
            None if ids.is_empty() && signs.is_desk_of_next(part) => {}
            None => signs.add(part, ids.last().map(|found| found.id))?,
        }
    }
    if !signs.desks.iter().all(|desk| ids.first().is_some_and(|found| found.id.agency().has_part(desk))) {
        return None;
    }
    let several = ids.len() > 1;
    // Capitals beside a single agency are as likely a picture's source: "AFP/GPO".
    if signs.capitals && !signs.number && !several {
        return None;
    }
    let fits = |found: &agency::Found| found.form <= form || (several && found.form <= Form::Word);
    if ids.is_empty() || !ids.iter().all(fits) {
        return None;
    }
    // "AFP - Agence France-Presse" is one agency said twice.
    ids.dedup_by_key(|found| found.id);
    let writer = writer(text, &ids);
    Some(ids.iter().enumerate().map(|(at, found)| (found.id, role(found.id, at == writer))).collect())
}

/// Who of a chain wrote the text: the last, as in "TT-AFP"; but Japan's agencies sign behind the one that they pass on, as
/// in "AFP-Jiji".
fn writer(text: &str, ids: &[agency::Found]) -> usize {
    let is_japans = |found: &agency::Found| matches!(found.id.agency().id, "jiji" | "kyodo");
    match ids {
        [_, second] if !text.contains('/') && is_japans(second) => 0,
        _ => ids.len() - 1,
    }
}

/// What else stands in a list of agencies: desks, initials, the minute of the report.
#[derive(Default)]
struct Signs<'a> {
    /// Desks that stand before their agency: "(Pol/Adnkronos)".
    desks: Vec<&'a str>,
    n: usize,
    capitals: bool,
    number: bool,
}

impl<'a> Signs<'a> {
    /// Notes a part that can only be a desk of the agency after it: a short word with one capital.
    fn is_desk_of_next(&mut self, part: &'a str) -> bool {
        let mut letters = part.chars();
        let fits = part.len() <= 4 && letters.next().is_some_and(char::is_uppercase) && part.len() > 1;
        let is_desk = fits && letters.all(char::is_lowercase) && self.desks.is_empty();
        if is_desk {
            self.desks.push(part);
        }
        is_desk
    }

    /// Notes a part that names no agency, or refuses the list for it.
    fn add(&mut self, part: &str, before: Option<AgencyId>) -> Option<()> {
        self.n += 1;
        if before.is_some_and(|id| id.agency().has_part(part)) {
            return Some(());
        }
        let only = |fits: fn(&u8) -> bool| !part.is_empty() && part.bytes().all(|b| fits(&b));
        if part.is_empty() {
            // "MNA/": the initials are left off.
            return before.map(|_| ());
        }
        if (only(u8::is_ascii_lowercase) && part.len() <= 4) || is_site(part) {
            return Some(());
        }
        if only(u8::is_ascii_digit) && part.len() <= 4 {
            self.number = true;
            return before.map(|_| ());
        }
        if only(u8::is_ascii_uppercase) && part.len() <= 4 {
            self.capitals = true;
            return before.map(|_| ());
        }
        None
    }
}

/// "Reuters and AP", "AFP, dpa", "APA, Reuters, 19.9.2025".
fn joined(text: &str, form: Form) -> Option<Vec<Party>> {
    static ANY_JOINT: AnyOf = AnyOf::new(JOINTS);
    if !ANY_JOINT.is_in(text) {
        return None;
    }
    let mut parts = vec![text];
    for joint in JOINTS {
        if text.contains(joint) {
            parts = parts.iter().flat_map(|part| part.split(joint)).collect();
        }
        if parts.len() > MAX_PARTS {
            return None;
        }
    }
    if parts.len() < 2 {
        return None;
    }
    let mut all = Vec::new();
    let mut n_agencies = 0;
    for part in parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()) {
        let one = agency::find(part).map(|found| (vec![(found.id, role(found.id, true))], found.form));
        let several = || chain(part, form).or_else(|| opened(part)).map(|parties| (parties, form));
        match one.or_else(several) {
            Some((parties, needs)) if needs <= form.max(Form::Word) => {
                n_agencies += 1;
                all.extend(parties);
            }
            Some(_) => return None,
            // A day, or the initials of who put the list together.
            None if part.bytes().all(|b| b.is_ascii_digit() || b == b'.') => {}
            None if part.len() <= 4 && part.bytes().all(|b| b.is_ascii_lowercase()) => {}
            None if is_site(part) => {}
            None => return None,
        }
    }
    // "AFP, Agence France-Presse" is one agency said twice.
    all.dedup();
    (n_agencies > 0).then_some(all)
}

/// "tagesschau.de": a site that signs along with the agencies whose material it used.
fn is_site(part: &str) -> bool {
    let labels = part.split('.').filter(|label| !label.is_empty()).count();
    labels >= 2
        && part.split('.').count() == labels
        && part
            .rsplit('.')
            .next()
            .is_some_and(|last| (2..=3).contains(&last.len()) && !last.contains(char::is_uppercase))
        && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
}
