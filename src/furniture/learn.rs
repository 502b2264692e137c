//! Which lines and phrases are an outlet's furniture.
//!
//! In three steps, so that the cost is that of counting where nothing recurs: within each outlet, what recurs on enough
//! of its pages; over all outlets, what of that is hardly printed elsewhere; and for what is left, a look at some of the
//! pages that have it, whether they are otherwise different.

use std::sync::atomic::{AtomicUsize, Ordering};

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use rayon::prelude::*;

use super::{Furniture, is_short, mark};
use crate::error::Result;
use crate::minhash::{ScaledSketch, n_common};
use crate::shingle::{Token, shingles};

/// The pages of a corpus, by number, and their units in groups: all pages of an outlet are in one of them.
pub trait Pages: Sync {
    /// How many groups there are.
    fn n_groups(&self) -> usize;
    /// The [`units`](super::units) of a group's pages.
    ///
    /// # Errors
    /// Those of wherever they are kept.
    fn group(&self, group: usize) -> Result<PageUnits>;
    /// Who published a page; empty where nobody knows.
    fn outlet(&self, page: usize) -> &str;
    /// A hash of its words: pages with the same are one, and their order follows from it.
    fn content(&self, page: usize) -> u64;
    /// Its words.
    ///
    /// # Errors
    /// Those of wherever they are kept.
    fn tokens(&self, page: usize) -> Result<Vec<Token>>;
}

/// Pages and the units of each.
#[derive(Debug, Default)]
pub struct PageUnits {
    pages: Vec<(u32, usize)>,
    units: Vec<u64>,
}

impl PageUnits {
    /// No pages, and room for so many units.
    pub fn with_room_for(n_units: usize) -> Self {
        PageUnits { pages: Vec::new(), units: Vec::with_capacity(n_units) }
    }

    /// Adds a page and its units.
    pub fn push(&mut self, page: u32, units: impl IntoIterator<Item = u64>) {
        self.units.extend(units);
        self.pages.push((page, self.units.len()));
    }

    /// The pages, each with its units.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &[u64])> {
        (0..self.pages.len()).map(|at| (self.pages[at].0, self.units(at)))
    }

    /// The number of the page at a place, and its units.
    fn page(&self, at: u32) -> usize {
        self.pages[at as usize].0 as usize
    }

    fn units(&self, at: usize) -> &[u64] {
        let start = at.checked_sub(1).map_or(0, |before| self.pages[before].1);
        &self.units[start..self.pages[at].1]
    }
}

/// Different pages that must have a short line, and prose. Three is the least that is a habit; three reports on one
/// matter may end with the same background, five that are otherwise different seldom do.
const LEAST_SHORT: usize = 3;
const LEAST_PROSE: usize = 5;
/// Of the pages that have a unit one in so many may be other outlets': a footer that somebody quotes is still one.
const ONE_ELSEWHERE: usize = 10;
/// Pages that are looked at for a unit. The same ones for all units that are on the same pages.
const JUDGES: usize = 48;
/// Of the pages looked at one in so many must be different, by what they count: in an outlet that runs every story in
/// ten versions, a few of them are unlike by accident.
const ONE_DIFFERENT: usize = 4;
/// Share of a page's words that recur up to which the page counts whole. Versions of one story share more.
const MAX_LIGHT_SHARE: f64 = 0.25;
/// How much such a page counts, against one that is largely made of what recurs.
const LIGHT_WEIGHT: usize = 3;
/// Words of its own that a page must have for its difference to mean something, and the share of all its words.
const MIN_OWN_WORDS: usize = 20;
const MIN_OWN_SHARE: f64 = 1.0 / 3.0;
/// Share of the smaller page's own shingles from which two pages are alike. Strangers on one subject share two or three
/// in a hundred.
const ALIKE: f64 = 0.1;
/// Shingles by which pages are held to be alike: of four words, one in four sampled.
const SHINGLE_WORDS: usize = 4;
const SCALE: u64 = 4;

/// Learns the furniture of every outlet from pages that are read already.
///
/// O(units · log(units of an outlet)), in parallel over groups, of which as many are held as there are threads; the words of
/// a page are read only where something recurs that no other outlet has.
///
/// # Errors
/// What [`Pages::group`] and [`Pages::tokens`] return.
pub fn learn(pages: &impl Pages) -> Result<Furniture> {
    let found: Vec<Vec<Recurring<'_>>> =
        groups(pages).map(|group| recurring_in(&group?, pages)).collect::<Result<_>>()?;
    let mut found: Vec<Recurring<'_>> = found.into_iter().flatten().collect();
    if found.is_empty() {
        return Ok(Furniture::default());
    }
    let counts = Counts::of(&found, pages)?;
    for unit in found.iter_mut().flat_map(|outlet| &mut outlet.units) {
        unit.elsewhere = (counts.n_pages_with(unit.hash) - unit.n_pages) * ONE_ELSEWHERE > unit.n_pages;
    }
    let judged: Vec<(String, HashSet<u64>)> = found
        .into_par_iter()
        .map(|outlet| Ok((outlet.outlet.to_owned(), judge(&outlet.units, pages)?)))
        .collect::<Result<_>>()?;
    Ok(Furniture { of_outlet: judged.into_iter().filter(|(_, units)| !units.is_empty()).collect() })
}

fn groups(pages: &impl Pages) -> impl ParallelIterator<Item = Result<PageUnits>> {
    (0..pages.n_groups()).into_par_iter().with_max_len(1).map(|group| pages.group(group))
}

/// What recurs in the outlets of a group.
fn recurring_in<'a>(group: &PageUnits, pages: &'a impl Pages) -> Result<Vec<Recurring<'a>>> {
    let by_outlet = by_outlet(group, pages).into_par_iter();
    Ok(by_outlet.filter_map(|(outlet, own)| recurring(outlet, &own, group, pages)).collect())
}

/// The pages of each named outlet of a group that has enough of them, by their places in it, in an order that follows from
/// what they say.
fn by_outlet<'a, P: Pages>(group: &PageUnits, pages: &'a P) -> Vec<(&'a str, Vec<u32>)> {
    let mut by_outlet: HashMap<&str, Vec<u32>> = HashMap::new();
    for at in 0..group.pages.len() as u32 {
        let outlet = pages.outlet(group.page(at));
        if !outlet.is_empty() {
            by_outlet.entry(outlet).or_default().push(at);
        }
    }
    by_outlet.retain(|_, own| own.len() >= LEAST_SHORT);
    let mut by_outlet: Vec<_> = by_outlet.into_iter().collect();
    by_outlet.par_iter_mut().for_each(|(_, own)| own.sort_unstable_by_key(|&at| pages.content(group.page(at))));
    by_outlet
}

/// What recurs on the pages of an outlet.
struct Recurring<'a> {
    outlet: &'a str,
    units: Vec<Unit>,
}

struct Unit {
    hash: u64,
    /// Pages of the outlet that have it, repeated ones too.
    n_pages: usize,
    /// Whether other outlets print it.
    elsewhere: bool,
    /// Some of the pages, each content once, the first in the order of contents.
    judges: Vec<u32>,
}

/// Pages, each content once, that must have a unit for it to be looked at, in an outlet of so many.
///
/// A share of the pages would ask too much of a section's furniture in a large outlet, a number too little of one in
/// which everything recurs: the square root lies between.
fn least(unit: u64, n_pages: usize) -> usize {
    let root = (n_pages as f64).sqrt();
    if is_short(unit) { LEAST_SHORT.max((root / 2.0).ceil() as usize) } else { LEAST_PROSE.max(root.ceil() as usize) }
}

fn recurring<'a>(outlet: &'a str, own: &[u32], group: &PageUnits, pages: &impl Pages) -> Option<Recurring<'a>> {
    let content = |at: u32| pages.content(group.page(at));
    let n_contents = own.chunk_by(|&x, &y| content(x) == content(y)).count();
    let mut hashes = repeated(own, group);
    hashes.par_sort_unstable();
    let often = hashes.chunk_by(|x, y| x == y).filter(|same| same.len() >= least(same[0], n_contents));
    let mut with: HashMap<u64, Vec<u32>> = often.map(|same| (same[0], Vec::with_capacity(same.len()))).collect();
    drop(hashes);
    if with.is_empty() {
        return None;
    }
    for &at in own {
        for unit in group.units(at as usize) {
            if let Some(pages) = with.get_mut(unit) {
                pages.push(group.page(at) as u32);
            }
        }
    }
    let units = with.into_iter().filter_map(|(hash, mut judges)| {
        let n_pages = judges.len();
        judges.dedup_by_key(|page| pages.content(*page as usize));
        let enough = judges.len() >= least(hash, n_contents);
        judges.truncate(JUDGES);
        enough.then_some(Unit { hash, n_pages, elsewhere: false, judges })
    });
    let units: Vec<Unit> = units.collect();
    (!units.is_empty()).then_some(Recurring { outlet, units })
}

/// The units that are on two of the pages or more, once for each, and a few that are on one. Most are on one, and are so
/// passed over before anything is sorted: two bits are kept for each place that hashes fall on, met and met again.
fn repeated(own: &[u32], group: &PageUnits) -> Vec<u64> {
    let units = || own.iter().flat_map(|&at| group.units(at as usize)).copied();
    let n_words = own.iter().map(|&at| group.units(at as usize).len()).sum::<usize>().next_power_of_two();
    let mut met = vec![[0u16; 2]; n_words];
    // The last bit of a unit says what it is, not which.
    let place = |unit: u64| ((unit >> 5) as usize & (n_words - 1), 1 << (unit >> 1 & 15));
    for unit in units() {
        let (word, bit) = place(unit);
        let [once, again] = &mut met[word];
        *again |= *once & bit;
        *once |= bit;
    }
    let is_met_again = |unit: &u64| {
        let (word, bit) = place(*unit);
        met[word][1] & bit != 0
    };
    units().filter(is_met_again).collect()
}

/// How many pages of the corpus have each unit that recurs in some outlet.
struct Counts {
    counts: HashMap<u64, AtomicUsize>,
    /// A bit for each place that their hashes fall on: most units of most pages are passed over by it.
    seen: Vec<u64>,
}

impl Counts {
    fn of(found: &[Recurring<'_>], pages: &impl Pages) -> Result<Self> {
        let counts: HashMap<u64, AtomicUsize> =
            found.iter().flat_map(|outlet| &outlet.units).map(|unit| (unit.hash, AtomicUsize::new(0))).collect();
        let mut seen = vec![0; (counts.len() / 4).next_power_of_two()];
        for &unit in counts.keys() {
            let (word, bit) = place(unit, seen.len());
            seen[word] |= bit;
        }
        let counts = Counts { counts, seen };
        groups(pages).try_for_each(|group| {
            group?.units.iter().for_each(|unit| counts.add(*unit));
            Ok(())
        })?;
        Ok(counts)
    }

    fn add(&self, unit: u64) {
        let (word, bit) = place(unit, self.seen.len());
        if self.seen[word] & bit != 0
            && let Some(count) = self.counts.get(&unit)
        {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn n_pages_with(&self, unit: u64) -> usize {
        self.counts.get(&unit).map_or(0, |count| count.load(Ordering::Relaxed))
    }
}

/// Which bit of so many words of 64 a unit falls on.
fn place(unit: u64, n_words: usize) -> (usize, u64) {
    ((unit >> 7) as usize & (n_words - 1), 1 << (unit >> 1 & 63))
}

/// A page that is looked at.
struct Judge {
    /// How much it counts.
    weight: usize,
    /// A sample of its own shingles, ascending.
    own: Vec<u64>,
}

impl Judge {
    fn new(tokens: &[Token], recurring: &HashSet<u64>) -> Self {
        let marks = mark(tokens, recurring);
        let own: Vec<Token> = tokens.iter().zip(marks).filter(|(_, mark)| mark.is_none()).map(|(t, _)| *t).collect();
        let share = 1.0 - own.len() as f64 / tokens.len().max(1) as f64;
        let weight = match share {
            _ if own.len() < MIN_OWN_WORDS || share > 1.0 - MIN_OWN_SHARE => 0,
            _ if share <= MAX_LIGHT_SHARE => LIGHT_WEIGHT,
            _ => 1,
        };
        let own = ScaledSketch::new(shingles(&own, SHINGLE_WORDS), SCALE).hashes().to_vec();
        Judge { weight, own }
    }

    fn is_like(&self, other: &Judge) -> bool {
        let smaller = self.own.len().min(other.own.len());
        n_common(&self.own, &other.own) as f64 >= (ALIKE * smaller as f64).max(1.0)
    }
}

/// The units that are on enough pages which are otherwise different.
fn judge(units: &[Unit], pages: &impl Pages) -> Result<HashSet<u64>> {
    // What others print too is no page's own either.
    let recurring: HashSet<u64> = units.iter().map(|unit| unit.hash).collect();
    let asked = || units.iter().filter(|unit| !unit.elsewhere);
    let numbers: HashSet<u32> = asked().flat_map(|unit| unit.judges.iter().copied()).collect();
    let judges: HashMap<u32, Judge> = numbers
        .into_par_iter()
        .map(|page| Ok((page, Judge::new(&pages.tokens(page as usize)?, &recurring))))
        .collect::<Result<_>>()?;
    // Furniture comes in sets: all of a footer is on the same pages, which are looked at once.
    let mut weights: HashMap<&[u32], Weights> = HashMap::new();
    let mut furniture = HashSet::new();
    for unit in asked() {
        let weights = weights.entry(&unit.judges).or_insert_with(|| Weights::of(&unit.judges, &judges));
        let least = if is_short(unit.hash) { LEAST_SHORT } else { LEAST_PROSE };
        if weights.different >= (LIGHT_WEIGHT * least).max(weights.all.div_ceil(ONE_DIFFERENT)) {
            furniture.insert(unit.hash);
        }
    }
    Ok(furniture)
}

/// What some pages count.
struct Weights {
    /// All of them.
    all: usize,
    /// Those no two of which are alike.
    different: usize,
}

impl Weights {
    fn of(pages: &[u32], judges: &HashMap<u32, Judge>) -> Self {
        let mut counted: Vec<&Judge> = Vec::new();
        let mut all = 0;
        for judge in pages.iter().map(|page| &judges[page]).filter(|judge| judge.weight > 0) {
            all += judge.weight;
            if !counted.iter().any(|other| other.is_like(judge)) {
                counted.push(judge);
            }
        }
        Weights { all, different: counted.iter().map(|judge| judge.weight).sum() }
    }
}
