//! The part of an instrument that the browser's runner needs.

use super::{Instrument, Kind, Question};
use crate::lang::{Lang, Text};

impl Instrument {
    /// A copy with one language of every text, and without what only the results or the server's
    /// own pages use. It asks the same questions in the same way.
    #[must_use]
    pub fn for_runner(&self, lang: Lang) -> Self {
        let mut slim = self.clone();
        slim.derived.clear();
        slim.hypotheses.clear();
        slim.public_file = None;
        for text in [&mut slim.intro, &mut slim.terms, &mut slim.consent.text] {
            *text = Text::default();
        }
        let texts = slim.missing.iter_mut().map(|missing| &mut missing.label);
        texts.for_each(|text| text.keep(lang));
        for text in [&mut slim.title, &mut slim.outro] {
            text.keep(lang);
        }
        for section in &mut slim.sections {
            section.title.keep(lang);
            keep(&mut section.intro, lang);
            section
                .questions
                .iter_mut()
                .for_each(|question| question.keep(lang));
        }
        slim.consent.gate.keep(lang);
        slim
    }
}

fn keep(text: &mut Option<Text>, lang: Lang) {
    if let Some(text) = text {
        text.keep(lang);
    }
}

impl Question {
    fn keep(&mut self, lang: Lang) {
        self.quasi_identifier = None;
        self.title.keep(lang);
        keep(&mut self.stem, lang);
        keep(&mut self.help, lang);
        for check in &mut self.checks {
            check.message.keep(lang);
        }
        let choices = match &mut self.kind {
            Kind::Single(list) | Kind::Multiple(list) => {
                if let Some((low, high)) = &mut list.ends {
                    low.keep(lang);
                    high.keep(lang);
                }
                &mut list.options
            }
            Kind::Matrix(matrix) => {
                matrix.rows.iter_mut().for_each(|row| row.label.keep(lang));
                &mut matrix.scale
            }
            Kind::Slider(slider) => {
                slider.low.keep(lang);
                slider.high.keep(lang);
                &mut slider.missing
            }
            Kind::Ranking(ranking) => &mut ranking.options,
            Kind::BestWorst(sets) => {
                sets.best.keep(lang);
                sets.worst.keep(lang);
                &mut sets.items
            }
            Kind::Votes(votes) => {
                votes
                    .ballot
                    .iter_mut()
                    .for_each(|choice| choice.label.keep(lang));
                &mut votes.statements
            }
            Kind::Number(number) => {
                keep(&mut number.unit, lang);
                keep(&mut number.soft_message, lang);
                &mut number.missing
            }
            Kind::ShortText(text) | Kind::LongText(text) => {
                keep(&mut text.placeholder, lang);
                if let Some(pattern) = &mut text.pattern {
                    pattern.message.keep(lang);
                }
                return;
            }
            Kind::Statement => return,
        };
        for choice in choices {
            choice.label.keep(lang);
            keep(&mut choice.pipe, lang);
        }
    }
}
