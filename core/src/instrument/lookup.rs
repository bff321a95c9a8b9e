//! Finding parts of an instrument by id or code.

use crate::lang::Lang;

use super::{Choice, Computed, Derived, Factor, Instrument, Kind, Question, Section};

impl Instrument {
    /// The question with this id; the consent gate is one too.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions().find(|q| q.id == id).or_else(|| {
            let gate = &self.consent.gate;
            (gate.id == id).then_some(gate)
        })
    }

    /// The language in which this survey speaks to a reader of `lang`: that, if it has it, else its
    /// first.
    #[must_use]
    pub fn spoken(&self, lang: Lang) -> Lang {
        let first = self.languages.first().copied().unwrap_or(lang);
        if self.languages.contains(&lang) {
            lang
        } else {
            first
        }
    }

    /// The section with this id.
    #[must_use]
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|s| s.id == id)
    }

    /// The section in which a question stands.
    #[must_use]
    pub fn section_of(&self, question: &str) -> Option<&Section> {
        self.sections
            .iter()
            .find(|s| s.questions.iter().any(|q| q.id == question))
    }

    /// Every question of every section, in declared order; not the consent gate.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|s| &s.questions)
    }

    /// The factor with this id.
    #[must_use]
    pub fn factor(&self, id: &str) -> Option<&Factor> {
        self.factors.iter().find(|f| f.id == id)
    }

    /// The computed value with this id.
    #[must_use]
    pub fn computed(&self, id: &str) -> Option<&Computed> {
        self.computed.iter().find(|c| c.id == id)
    }

    /// The declared index with this id.
    #[must_use]
    pub fn derived(&self, id: &str) -> Option<&Derived> {
        self.derived.iter().find(|d| d.id == id)
    }
}

impl Question {
    /// The codes that an answer may consist of: options, scale points, missing codes of a slider,
    /// ballot. Empty for texts.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            Kind::Single(list) | Kind::Multiple(list) => &list.options,
            Kind::Matrix(matrix) => &matrix.scale,
            Kind::Slider(slider) => &slider.missing,
            Kind::Number(number) => &number.missing,
            Kind::Ranking(ranking) => &ranking.options,
            Kind::BestWorst(bw) => &bw.items,
            Kind::Votes(votes) => &votes.ballot,
            Kind::ShortText(_) | Kind::LongText(_) | Kind::Statement => &[],
        }
    }

    /// The choice with this code.
    #[must_use]
    pub fn choice(&self, code: &str) -> Option<&Choice> {
        self.choices().iter().find(|c| c.code == code)
    }

    /// True when there is something to answer.
    #[must_use]
    pub const fn is_answerable(&self) -> bool {
        !matches!(self.kind, Kind::Statement)
    }

    /// True when the answer is free text.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self.kind, Kind::ShortText(_) | Kind::LongText(_))
    }
}
