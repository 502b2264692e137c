//! Attribution: the agency of a story, from what its copies claim.
//!
//! A credit is a page's claim; an agency is inferred from all of them. The answers are the agencies that some copy names
//! as the writer, and *none of them*: an outlet of its own, or somebody whom the table does not know. They are weighed as
//! a naive Bayes classifier weighs them: each outlet is one witness, and what it says multiplies the odds of the agency
//! that it names by r / (1 − r), where r is how often a claim of that kind, alone, names the writer ([`reliability`]). All
//! answers start alike, so a story with one page and one credit has the probability r.
//!
//! What that rests on, and what is done about it:
//!
//! - Outlets are taken for independent, copies of one outlet are not: a site that runs a story a thousand times took it
//!   from one feed. So an outlet has one vote, the mean of its pages that name anybody, and all pages whose outlet is not
//!   known share one.
//! - Silence is no evidence. Pages without a credit are as common among copies of agencies' texts as outlets that share a
//!   text without an agency are rare, and the two outweigh each other.
//! - A page that credits BSS for what another credits to "BSS/AFP" is no witness against AFP: it names who passed the text
//!   on. It speaks for AFP nearly as much as for BSS.
//! - Even a thousand witnesses are wrong where pages were put together that do not belong together: [`DOUBT`].
//!
//! Services that spread what companies write are never the answer, whoever credits them.

use std::collections::{BTreeMap, BTreeSet};

use crate::agency::{self, AgencyId, Kind};
use crate::clean::credit::{Credit, Role};
use crate::story::{Attribution, Evidence, EvidenceKind, Rival};

/// How often a claim of a kind, alone, names the writer, 0 to 1.
///
/// The author's field and the byline are filled by whoever took the text over, the dateline comes with it. A site that an
/// agency runs carries others' texts too. A line at the end may be said of a part, material that was used mostly is one
/// part of several, and a notice of rights may be the whole site's. Who passes texts on writes some as well.
pub fn reliability(kind: EvidenceKind) -> f64 {
    match kind {
        EvidenceKind::Author => 0.95,
        EvidenceKind::Byline => 0.93,
        EvidenceKind::Dateline => 0.92,
        EvidenceKind::OwnSite => 0.90,
        EvidenceKind::Tail => 0.85,
        EvidenceKind::Contribution => 0.65,
        EvidenceKind::Copyright => 0.60,
        EvidenceKind::Relay => 0.30,
    }
}

/// How much of a claim counts for the second agency that a page names in one breath, the third, and so on: who is named
/// first wrote most of it.
const LATER: f64 = 0.8;
/// How much of a claim for who passed a text on counts for who wrote it.
const PASSED_ON: f64 = 0.9;
/// The share of stories whose copies were put together wrongly: no confidence is higher than 1 less this.
pub const DOUBT: f64 = 0.001;

/// What one copy says of its agency.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// The record's id.
    pub id: &'a str,
    /// The outlet, as a registrable domain or a name.
    pub outlet: &'a str,
    /// Its credits.
    pub credits: &'a [Credit],
}

/// The agency that a page credits with having written its text: the story's, where one of its credits names it, else the
/// origin of its strongest credit. Who passed the text on by one credit is not its writer by another.
pub fn credited(credits: &[Credit], of_story: Option<AgencyId>) -> Option<AgencyId> {
    let strongest = || origins(credits).min_by_key(|credit| credit.kind).map(|credit| credit.agency);
    of_story.filter(|agency| origins(credits).any(|credit| credit.agency == *agency)).or_else(strongest)
}

/// Whether a copy of an agency's story says so nowhere: it names neither the agency nor one that passed the story on, and
/// does not stand on the agency's own site.
pub fn is_uncredited(claim: &Claim<'_>, attribution: &Attribution) -> bool {
    let passed_on = |rival: &Rival| rival.evidence.iter().any(|evidence| evidence.kind == EvidenceKind::Relay);
    let relays = || attribution.others.iter().filter(|rival| passed_on(rival)).map(|rival| rival.agency);
    let is_involved = |id: AgencyId| id == attribution.agency || relays().any(|relay| relay == id);
    !claim.credits.iter().any(|credit| is_involved(credit.agency))
        && agency::by_outlet(claim.outlet) != Some(attribution.agency)
}

/// The agency of a story: the likeliest answer, or `None` where no copy names any, and where *none of them* is as likely.
///
/// Of two agencies that are equally likely the one that comes first in the table is named. O(credits · log agencies).
pub fn attribute<'a>(copies: impl IntoIterator<Item = Claim<'a>>) -> Option<Attribution> {
    let claims: Vec<(Claim<'a>, Vec<Statement<'a>>)> =
        copies.into_iter().map(|claim| (claim, statements(&claim))).filter(|(_, all)| !all.is_empty()).collect();
    // Most stories are a page that says nothing.
    if claims.is_empty() {
        return None;
    }
    let mut answers = probabilities(&claims);
    let mut evidence = evidence(&claims);
    let none = answers.remove(&None).unwrap_or_default();
    let mut rivals: Vec<Rival> = answers
        .into_iter()
        .filter_map(|(id, probability)| {
            let agency = id?;
            Some(Rival { agency, probability, evidence: evidence.remove(&agency).unwrap_or_default() })
        })
        .collect();
    rivals.sort_by(|x, y| y.probability.total_cmp(&x.probability).then(x.agency.cmp(&y.agency)));
    let mut rivals = rivals.into_iter();
    let Rival { agency, probability, evidence } = rivals.next().filter(|best| best.probability > none)?;
    Some(Attribution { agency, confidence: probability, evidence, others: rivals.collect(), none })
}

/// What a page says of one agency, by one of its credits or by being its site.
#[derive(Debug, Clone, Copy)]
struct Statement<'a> {
    agency: AgencyId,
    kind: EvidenceKind,
    /// `None` for an own site.
    credit: Option<&'a Credit>,
}

fn statements<'a>(claim: &Claim<'a>) -> Vec<Statement<'a>> {
    let of_credit = |credit: &'a Credit| {
        let is_origin = credit.role == Role::Origin && !passes_on(claim.credits, credit.agency);
        let kind = if is_origin { credit.kind.into() } else { EvidenceKind::Relay };
        Statement { agency: credit.agency, kind, credit: Some(credit) }
    };
    let mut all: Vec<Statement<'a>> = claim.credits.iter().map(of_credit).collect();
    if let Some(agency) = agency::by_outlet(claim.outlet).filter(|id| !spreads_only(*id)) {
        // An agency's site also carries what it relays: its own page says so in the credit.
        if origins(claim.credits).all(|credit| credit.agency == agency) {
            all.push(Statement { agency, kind: EvidenceKind::OwnSite, credit: None });
        }
    }
    all
}

/// The credits of a page to who wrote its text.
fn origins(credits: &[Credit]) -> impl Iterator<Item = &Credit> {
    credits.iter().filter(|credit| credit.role == Role::Origin && !passes_on(credits, credit.agency))
}

/// Whether a page says of an agency that it passed on what another wrote.
fn passes_on(credits: &[Credit], id: AgencyId) -> bool {
    credits.iter().any(|credit| credit.agency == id && credit.role == Role::Relay)
        && credits.iter().any(|credit| credit.agency != id && credit.role == Role::Origin)
}

fn spreads_only(id: AgencyId) -> bool {
    id.agency().kind == Kind::PressRelease
}

/// The probability of each answer; that of the key `None` is none of the agencies.
fn probabilities(claims: &[(Claim<'_>, Vec<Statement<'_>>)]) -> BTreeMap<Option<AgencyId>, f64> {
    let relayed = relayed(claims);
    let mut votes: BTreeMap<&str, (BTreeMap<AgencyId, f64>, f64)> = BTreeMap::new();
    for (claim, statements) in claims {
        let vote = votes.entry(claim.outlet).or_default();
        vote.1 += 1.0;
        page_weights(statements, &relayed).into_iter().for_each(|(id, w)| *vote.0.entry(id).or_default() += w);
    }
    let mut scores: BTreeMap<Option<AgencyId>, f64> = BTreeMap::from([(None, 0.0)]);
    for (weights, n_pages) in votes.into_values() {
        weights.into_iter().for_each(|(id, weight)| *scores.entry(Some(id)).or_default() += weight / n_pages);
    }
    let most = scores.values().copied().fold(f64::MIN, f64::max);
    let total: f64 = scores.values().map(|score| (score - most).exp()).sum();
    let share = |score: f64| (1.0 - DOUBT) * (score - most).exp() / total;
    scores.into_iter().map(|(id, score)| (id, share(score) + if id.is_none() { DOUBT } else { 0.0 })).collect()
}

/// Who passed whose texts on, as any of the pages says.
fn relayed(claims: &[(Claim<'_>, Vec<Statement<'_>>)]) -> BTreeSet<(AgencyId, AgencyId)> {
    let pairs = claims.iter().flat_map(|(_, all)| {
        let relays = all.iter().filter(|one| one.kind == EvidenceKind::Relay);
        relays.flat_map(|relay| {
            all.iter().filter(|one| one.kind != EvidenceKind::Relay).map(|one| (relay.agency, one.agency))
        })
    });
    pairs.collect()
}

/// What a page adds to the log odds of each agency: its strongest statement on it.
fn page_weights(all: &[Statement<'_>], relayed: &BTreeSet<(AgencyId, AgencyId)>) -> BTreeMap<AgencyId, f64> {
    let mut weights: BTreeMap<AgencyId, f64> = BTreeMap::new();
    let mut add = |id: AgencyId, weight: f64| {
        let best = weights.entry(id).or_insert(weight);
        *best = best.max(weight);
    };
    for (at, one) in all.iter().enumerate().filter(|(_, one)| !spreads_only(one.agency)) {
        let earlier = all[..at].iter().filter(|other| other.kind == one.kind && other.agency != one.agency).count();
        let r = reliability(one.kind);
        let weight = (r / (1.0 - r)).ln() * if r > 0.5 { LATER.powi(earlier as i32) } else { 1.0 };
        add(one.agency, weight);
        if one.kind != EvidenceKind::Relay {
            let writers = relayed.iter().filter(|(relay, _)| *relay == one.agency);
            writers.for_each(|(_, writer)| add(*writer, PASSED_ON * weight));
        }
    }
    weights
}

/// What speaks for each agency, strongest first: each kind once, with the first copy that has it.
fn evidence(claims: &[(Claim<'_>, Vec<Statement<'_>>)]) -> BTreeMap<AgencyId, Vec<Evidence>> {
    let mut found: BTreeMap<(AgencyId, EvidenceKind), (Evidence, BTreeSet<&str>)> = BTreeMap::new();
    for (claim, all) in claims {
        for (at, one) in all.iter().enumerate() {
            // A page counts once for each kind.
            if all[..at].iter().any(|other| (other.agency, other.kind) == (one.agency, one.kind)) {
                continue;
            }
            let first = || Evidence {
                kind: one.kind,
                words: one.credit.map_or_else(|| claim.outlet.to_owned(), |credit| credit.words.clone()),
                id: claim.id.to_owned(),
                place: one.credit.map(|credit| credit.place),
                copies: 0,
                outlets: 0,
            };
            let (evidence, outlets) = found.entry((one.agency, one.kind)).or_insert_with(|| (first(), BTreeSet::new()));
            evidence.copies += 1;
            outlets.extend(Some(claim.outlet).filter(|outlet| !outlet.is_empty()));
            evidence.outlets = outlets.len();
        }
    }
    let mut by_agency: BTreeMap<AgencyId, Vec<Evidence>> = BTreeMap::new();
    for ((id, _), (evidence, _)) in found {
        by_agency.entry(id).or_default().push(evidence);
    }
    by_agency
}

#[cfg(test)]
mod tests;
