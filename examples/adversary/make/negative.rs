//! Pages that share words with others and are stories of their own, or carry several.

use super::chance::{Chance, mix};
use super::dispatch::{Dispatch, Fact, Paragraph, Purpose, agency_style};
use super::edit::limit;
use super::plan::{NEGATIVES, Negative};
use super::{Made, Newsroom, order};

impl Newsroom {
    /// The `member`-th page of a series of one kind.
    pub(crate) fn negative(&self, kind: usize, series: u64, family: u64, member: usize) -> Made {
        let (negative, label, eval_kind, _) = NEGATIVES[kind];
        let of_series = mix(mix(self.seed ^ 0x4e67, kind as u64), series);
        let mut chance = Chance::new(mix(of_series, member as u64));
        let base = || self.dispatch(family);
        let mut made = match negative {
            Negative::Independent => {
                let told = self.retold(&base(), &mut chance);
                self.dressed(&told, self.told(&told, agency_style()), &mut chance)
            }
            Negative::FollowUp => {
                let next = self.followed(&base(), member, &mut chance);
                self.dressed(&next, self.told(&next, agency_style()), &mut chance)
            }
            Negative::Explainer => self.explainer(&base(), &mut chance),
            Negative::Lifted => self.lifted(&base(), &mut chance),
            Negative::Brief => {
                let brief = self.ordered(&order(chance.next(), self.language_of(family), (40, 50)));
                let mut paragraphs = self.told(&brief, agency_style());
                limit(&mut paragraphs, 58);
                let outlet = self.any_outlet(brief.language, false, &mut chance);
                self.finished(&outlet, &brief, paragraphs, &mut chance)
            }
            Negative::Roundup
            | Negative::WholeRoundup
            | Negative::Aggregator
            | Negative::InBrief
            | Negative::LiveBlog
            | Negative::MergedEven => self.carrier(negative, self.language_of(family), &mut chance),
            _ => self.of_series(negative, self.language_of(family), of_series, &mut chance),
        };
        (made.truth.edit, made.truth.kind) = (label, eval_kind);
        made
    }

    fn dressed(&self, dispatch: &Dispatch, paragraphs: Vec<Paragraph>, chance: &mut Chance) -> Made {
        let outlet = self.any_outlet(dispatch.language, false, chance);
        self.finished(&outlet, dispatch, paragraphs, chance)
    }

    /// "What we know": the facts of an event in other words, under questions, with its background as it was.
    fn explainer(&self, base: &Dispatch, chance: &mut Chance) -> Made {
        let mut told = self.followed(base, 0, chance);
        (told.event, told.day) = (base.event, base.day);
        let retold = self.retold(base, chance);
        let background: Vec<Fact> =
            told.paragraphs.concat().into_iter().filter(|fact| fact.purpose == Purpose::Background).collect();
        told.paragraphs = retold.paragraphs;
        told.paragraphs.retain(|paragraph| paragraph[0].purpose != Purpose::Background);
        told.paragraphs.extend(background.into_iter().map(|fact| vec![fact]));
        let mut paragraphs = self.told(&told, agency_style());
        let language = &self.languages[told.language];
        let questions = language.grammar.words(language.rules.explainer);
        for (at, question) in questions.into_iter().enumerate() {
            paragraphs.insert((3 * at).min(paragraphs.len()), Paragraph::own(question));
        }
        self.dressed(&told, paragraphs, chance)
    }

    /// An outlet's own article with two paragraphs of a dispatch in it.
    fn lifted(&self, base: &Dispatch, chance: &mut Chance) -> Made {
        let language = &self.languages[base.language];
        let outlet = self.any_outlet(base.language, false, chance);
        let pools = [&language.own, &language.locals, &language.own];
        let mut paragraphs: Vec<Paragraph> = (0..chance.between(9, 15))
            .flat_map(|at| self.own_text(base, pools[at % 3], 1, &outlet.name, chance))
            .collect();
        let wire = self.told(base, agency_style());
        let from = chance.between(1, wire.len().saturating_sub(2).max(1));
        let at = chance.between(1, paragraphs.len());
        paragraphs.splice(at..at, wire.into_iter().skip(from).take(2));
        let mut own = self.ordered_nothing(base.language, chance.next());
        (own.event, own.day) = (base.event, base.day);
        self.finished(&outlet, &own, paragraphs, chance)
    }

    /// A page that carries several stories.
    fn carrier(&self, kind: Negative, language: usize, chance: &mut Chance) -> Made {
        let tongue = &self.languages[language];
        let n = match kind {
            Negative::MergedEven => 2,
            Negative::WholeRoundup => chance.between(2, 4),
            Negative::LiveBlog => chance.between(3, 5),
            Negative::Aggregator => chance.between(8, 14),
            _ => chance.between(4, 8),
        };
        let mut page = self.ordered_nothing(language, chance.next());
        let mut paragraphs = Vec::new();
        for at in 0..n {
            let story = self.other_story(language, page.about, chance);
            if at == 0 {
                (page.event, page.day, page.agency) = (story.event, story.day, story.agency);
            }
            let mut told = self.told(&story, agency_style());
            match kind {
                Negative::Roundup => {
                    told.truncate(chance.between(2, 4));
                    paragraphs.push(Paragraph::own(self.headline(&story)));
                }
                Negative::WholeRoundup => paragraphs.push(Paragraph::own(self.headline(&story))),
                Negative::InBrief => told.truncate(2),
                Negative::Aggregator => {
                    paragraphs.push(Paragraph::own(self.headline(&story)));
                    told.truncate(1);
                    for sentence in &mut told[0].sentences {
                        let end = sentence.char_indices().nth(160).map_or(sentence.len(), |(end, _)| end);
                        sentence.truncate(end);
                        sentence.push_str(" ...");
                    }
                }
                Negative::LiveBlog => {
                    let first = chance.between(6, 18);
                    told.truncate(chance.between(3, 6));
                    for (hour, paragraph) in (first..).zip(&mut told) {
                        paragraph.sentences.insert(0, format!("{hour:02}:{:02}", chance.below(60)));
                    }
                }
                _ => {}
            }
            paragraphs.extend(told);
        }
        if kind == Negative::LiveBlog {
            // Entries stand in order of time, stories mixed.
            paragraphs.sort_by(|x, y| y.sentences[0].cmp(&x.sentences[0]));
        }
        if kind != Negative::MergedEven {
            let title = tongue.grammar.any(tongue.rules.brief, chance.next(), &self.seeds(&page, agency_style(), ""));
            paragraphs.insert(0, Paragraph::own(title));
        }
        self.dressed(&page, paragraphs, chance)
    }
}
