//! Which articles a newsroom has: stories of many copies, single articles, and pages that look like copies and are none.

use super::chance::{Chance, mix};

/// Of a hundred articles, those that are copies of a story on several pages.
const COPIED: usize = 35;
/// Of a thousand articles, those of each kind that is no copy.
const OF_EACH_NEGATIVE: usize = 11;

/// A kind of page that is like others and a story of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Negative {
    Independent,
    FollowUp,
    Explainer,
    Lifted,
    Speech,
    Weather,
    Markets,
    Lottery,
    BoxScore,
    Obituary,
    Column,
    Release,
    Furniture,
    Brief,
    Roundup,
    WholeRoundup,
    Aggregator,
    InBrief,
    LiveBlog,
    MergedEven,
}

/// All of them with their labels, the kind that `eval` knows, and how many pages of one series there are.
pub(crate) const NEGATIVES: [(Negative, &str, &str, (usize, usize)); 20] = [
    (Negative::Independent, "independent", "original", (1, 1)),
    (Negative::FollowUp, "follow-up", "original", (1, 2)),
    (Negative::Explainer, "explainer", "original", (1, 1)),
    (Negative::Lifted, "lifted", "partial", (1, 1)),
    (Negative::Speech, "shared-speech", "original", (2, 3)),
    (Negative::Weather, "weather", "original", (3, 9)),
    (Negative::Markets, "markets", "original", (3, 9)),
    (Negative::Lottery, "lottery", "original", (3, 9)),
    (Negative::BoxScore, "box-score", "original", (3, 9)),
    (Negative::Obituary, "obituary", "original", (3, 9)),
    (Negative::Column, "column", "original", (3, 8)),
    (Negative::Release, "press-release", "original", (2, 6)),
    (Negative::Furniture, "furniture", "original", (2, 6)),
    (Negative::Brief, "brief", "original", (1, 1)),
    (Negative::Roundup, "roundup", "roundup", (1, 1)),
    (Negative::WholeRoundup, "roundup-whole", "roundup", (1, 1)),
    (Negative::Aggregator, "aggregator", "aggregator", (1, 1)),
    (Negative::InBrief, "in-brief", "roundup", (1, 1)),
    (Negative::LiveBlog, "live-blog", "roundup", (1, 1)),
    (Negative::MergedEven, "merged-even", "roundup", (1, 1)),
];

/// What one article is.
#[derive(Clone, Copy)]
pub(crate) enum Role {
    /// The `member`-th copy of a story.
    Copy { family: u64, member: usize },
    /// A dispatch, or an outlet's own article, that nobody else has.
    Single { family: u64 },
    /// The `member`-th page of a series, about the story `family` where its kind is about one.
    Not { kind: usize, series: u64, family: u64, member: usize },
}

pub(crate) struct Plan {
    /// In the order of the corpus, which says nothing.
    pub(crate) roles: Vec<Role>,
    /// Dispatches with copies: the first of the families.
    pub(crate) n_stories: u64,
    /// All dispatches.
    pub(crate) n_families: u64,
}

pub(crate) fn plan(n_articles: usize, seed: u64) -> Plan {
    let mut chance = Chance::new(mix(seed, 0x91a4));
    let mut roles = Vec::with_capacity(n_articles);
    let (n_copies, mut n_stories) = (n_articles * COPIED / 100, 0);
    while roles.len() < n_copies {
        let size = story_size(&mut chance).min((n_copies - roles.len()).max(2));
        roles.extend((0..size).map(|member| Role::Copy { family: n_stories, member }));
        n_stories += 1;
    }
    let mut retold: u64 = 0;
    for (kind, (negative, _, _, (least, most))) in NEGATIVES.iter().enumerate() {
        let end = roles.len() + (n_articles * OF_EACH_NEGATIVE / 1000).max(*least);
        let mut series = 0;
        while roles.len() < end {
            let size = chance.between(*least, *most).min((end - roles.len()).max(*least));
            let family = match negative {
                // Two accounts of one event must differ from the dispatch and from each other, and there are two
                // wordings of each fact: so an event is told again only once.
                Negative::Independent | Negative::FollowUp | Negative::Explainer => {
                    retold += 1;
                    (retold - 1) % n_stories.max(1)
                }
                _ => chance.below(n_stories as usize) as u64,
            };
            roles.extend((0..size).map(|member| Role::Not { kind, series, family, member }));
            series += 1;
        }
    }
    let n_single = n_articles.saturating_sub(roles.len()) as u64;
    roles.extend((0..n_single).map(|at| Role::Single { family: n_stories + at }));
    roles.truncate(n_articles);
    chance.shuffle(&mut roles);
    Plan { roles, n_stories, n_families: n_stories + n_single }
}

/// 2 to 60: most stories have few copies, some many.
fn story_size(chance: &mut Chance) -> usize {
    let draw = chance.below(1 << 10) as u128;
    2 + ((59 * draw.pow(6)) >> 60) as usize
}
