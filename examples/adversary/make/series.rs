//! Pages of a series: templates with other numbers, columns with one frame, releases with one footing, one outlet's furniture.

use super::chance::{Chance, mix};
use super::dispatch::{Dispatch, Paragraph, agency_style};
use super::grammar::Facts;
use super::plan::Negative;
use super::{Made, Newsroom, order};

impl Newsroom {
    pub(crate) fn of_series(&self, kind: Negative, language: usize, series: u64, chance: &mut Chance) -> Made {
        let name = match kind {
            Negative::Weather => "weather",
            Negative::Markets => "markets",
            Negative::Lottery => "lottery",
            Negative::BoxScore => "boxscore",
            Negative::Obituary => "obituary",
            Negative::Speech => "speech",
            Negative::Column => "column",
            _ => "release",
        };
        // What a language has no words for is told in English.
        let has = kind == Negative::Furniture || self.languages[language].grammar.event(name).is_some();
        let language = if has { language } else { 0 };
        let mut of_series = Chance::new(series);
        let outlet = self.any_outlet(language, kind == Negative::Furniture, &mut of_series);
        let mut page = self.ordered_nothing(language, chance.next());
        match kind {
            Negative::Furniture => {
                page = self.ordered(&order(page.about, language, (70, 150)));
                let paragraphs = self.told(&page, agency_style());
                self.finished(&outlet, &page, paragraphs, chance)
            }
            Negative::Speech => {
                page = self.ordered(&order(page.about, language, (150, 350)));
                page.day = (series % 60) as i64;
                let speech = self.pool(language, name, series, series, &outlet.name, &page);
                let mut paragraphs = self.told(&page, agency_style());
                // One quotes all of it, another leaves a sentence out; each between words of its own.
                let at = chance.between(1, paragraphs.len());
                let left_out = chance.below(2 * speech.len());
                let speech = speech.into_iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, text)| text);
                paragraphs.splice(at..at, speech.map(|text| Paragraph { sentences: vec![text], wire: true }));
                self.dress_any(&page, paragraphs, chance)
            }
            Negative::Column | Negative::Release => {
                let frame = self.pool(language, name, series, series, &outlet.name, &page);
                let tongue = &self.languages[language];
                let pools = [&tongue.own, &tongue.details, &tongue.quotes];
                let n = chance.between(8, 14);
                let mut paragraphs: Vec<Paragraph> =
                    (0..n).flat_map(|at| self.own_text(&page, pools[at % 3], 1, &outlet.name, chance)).collect();
                let mut frame = frame.into_iter().map(Paragraph::own);
                if kind == Negative::Column {
                    paragraphs.splice(0..0, frame.next());
                }
                paragraphs.extend(frame);
                self.finished(&outlet, &page, paragraphs, chance)
            }
            _ => {
                // One town's weather every day; box scores and deaths from many.
                if matches!(kind, Negative::Weather | Negative::Markets | Negative::Lottery) {
                    page.place = mix(series, 4);
                }
                let paragraphs = self.pool(language, name, page.about, series, &outlet.name, &page);
                self.finished(&outlet, &page, paragraphs.into_iter().map(Paragraph::own).collect(), chance)
            }
        }
    }

    fn dress_any(&self, page: &Dispatch, paragraphs: Vec<Paragraph>, chance: &mut Chance) -> Made {
        let outlet = self.any_outlet(page.language, false, chance);
        self.finished(&outlet, page, paragraphs, chance)
    }

    /// All sentences of a pool: about one thing, in the words of a series.
    fn pool(&self, language: usize, name: &str, about: u64, words: u64, outlet: &str, page: &Dispatch) -> Vec<String> {
        let grammar = &self.languages[language].grammar;
        let facts = Facts { dispatch: about, ..self.seeds(page, agency_style(), outlet) };
        let rules = grammar.event(name).map(|event| event.facts.as_slice()).unwrap_or_default();
        rules.iter().map(|&rule| grammar.sentence(rule, 0, about, mix(words, rule as u64), &facts)).collect()
    }
}
