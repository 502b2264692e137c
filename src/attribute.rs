//! Attribution: the agency of a story, from what its copies claim.
//!
//! A credit is a page's claim; an agency is inferred from all of them. Each copy speaks once for each agency that it
//! credits as origin, with the weight of its strongest credit. The weights say how often such a credit is right on
//! pages of the web: a byline or a dateline is put there by whoever took the story, a line at the end may be said of a
//! part of it, a copyright notice of the whole site.

use std::collections::BTreeMap;

use crate::agency::{self, AgencyId};
use crate::clean::credit::{Credit, CreditKind, Role};
use crate::story::{Attribution, Evidence};

/// How much a credit of a kind weighs, 0 to 1.
fn weight(kind: CreditKind) -> f64 {
    match kind {
        CreditKind::Byline => 0.9,
        CreditKind::Dateline => 0.9,
        CreditKind::Tail => 0.6,
        CreditKind::Copyright => 0.4,
    }
}

/// The weight of a story's publication on an agency's own site.
const OWN_SITE_WEIGHT: f64 = 0.9;
/// What the evidence must outweigh before confidence comes near 1: half a credit.
const DOUBT: f64 = 0.5;

/// What one copy says of its agency.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// The outlet, as a registrable domain or a name.
    pub outlet: &'a str,
    /// Its credits.
    pub credits: &'a [Credit],
}

/// The agency that a page credits with having written its text: the origin of its strongest credit.
pub fn credited(credits: &[Credit]) -> Option<AgencyId> {
    credits.iter().filter(|c| c.role == Role::Origin).min_by_key(|c| c.kind).map(|c| c.agency)
}

/// The agency of a story, or `None` where no copy credits any.
///
/// Of two agencies with equal weight the one that comes first in the table is named. O(credits · log agencies).
pub fn attribute<'a>(copies: impl IntoIterator<Item = Claim<'a>>) -> Option<Attribution> {
    let mut weights: BTreeMap<AgencyId, f64> = BTreeMap::new();
    let mut evidence: BTreeMap<(AgencyId, CreditKind), Evidence> = BTreeMap::new();
    for copy in copies {
        let mut own: BTreeMap<AgencyId, f64> = BTreeMap::new();
        if let Some(agency) = agency::by_outlet(copy.outlet) {
            // An agency's site also carries what it relays: its own page says so in the credit.
            if copy.credits.iter().all(|c| c.role != Role::Origin || c.agency == agency) {
                own.insert(agency, OWN_SITE_WEIGHT);
            }
        }
        for credit in copy.credits.iter().filter(|c| c.role == Role::Origin) {
            let best = own.entry(credit.agency).or_default();
            *best = best.max(weight(credit.kind));
        }
        own.into_iter().for_each(|(agency, weight)| *weights.entry(agency).or_default() += weight);
        note(&mut evidence, copy.credits);
    }
    let total: f64 = weights.values().sum();
    let (agency, best) = weights.into_iter().rev().max_by(|x, y| x.1.total_cmp(&y.1))?;
    let evidence = evidence.into_iter().filter(|((a, _), _)| *a == agency).map(|(_, e)| e).collect();
    Some(Attribution { agency, confidence: best / (total + DOUBT), evidence })
}

/// Counts each kind of credit to each agency once a copy.
fn note(evidence: &mut BTreeMap<(AgencyId, CreditKind), Evidence>, credits: &[Credit]) {
    let mut seen = Vec::new();
    for credit in credits.iter().filter(|c| c.role == Role::Origin) {
        let key = (credit.agency, credit.kind);
        if !seen.contains(&key) {
            seen.push(key);
            evidence
                .entry(key)
                .or_insert_with(|| Evidence { kind: credit.kind, words: credit.words.clone(), copies: 0 })
                .copies += 1;
        }
    }
}
