//! What charts are drawn from: one release and the instrument it answers.

use partake_core::{
    disclosure::{
        Aggregates, Cell, Parameters, Planned, Share, Table, plan, public_text, share,
        share_together,
    },
    instrument::{Instrument, Question},
    lang::{Lang, Text},
    open_data::Relation,
};

use super::{
    numbers::{between, grouped, percent},
    withheld,
};
use crate::i18n::t_with;

/// A release, its instrument, and the language in which it is shown.
pub struct Source<'a> {
    pub lang: Lang,
    pub instrument: &'a Instrument,
    pub aggregates: &'a Aggregates,
    pub parameters: Parameters,
    /// What the public file of the release says of hypotheses.
    pub relations: &'a [Relation],
    /// Prefix of the survey's pages: `/zh`.
    pub survey_base: String,
    plan: Vec<Planned>,
    /// One table of a matrix, when the others are not to be shown.
    only: Option<String>,
}

/// A share with where it can lie, in per cent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Known {
    pub(super) percent: f64,
    pub(super) interval: (f64, f64),
}

impl<'a> Source<'a> {
    #[must_use]
    pub fn new(
        lang: Lang,
        instrument: &'a Instrument,
        aggregates: &'a Aggregates,
        parameters: Parameters,
        survey_base: String,
    ) -> Self {
        Self {
            lang,
            instrument,
            aggregates,
            parameters,
            relations: &[],
            survey_base,
            plan: plan(instrument),
            only: None,
        }
    }

    /// With what the public file says.
    #[must_use]
    pub fn with_relations(mut self, relations: &'a [Relation]) -> Self {
        self.relations = relations;
        self
    }

    /// The question that an address names, by itself or by one row of its matrix; then only that
    /// row is shown.
    pub fn chart(&mut self, id: &str) -> Option<&'a Question> {
        let instrument = self.instrument;
        if let Some(question) = instrument.questions().find(|q| q.id == id) {
            return Some(question);
        }
        let planned = self.plan.iter().find(|p| p.id == id && p.row.is_some())?;
        let question = instrument.question(&planned.question)?;
        self.only = Some(id.to_owned());
        Some(question)
    }

    /// The same for other numbers on the same instrument: those of one group.
    pub(super) fn of<'b>(&self, aggregates: &'b Aggregates) -> Source<'b>
    where
        'a: 'b,
    {
        self.at(aggregates, self.parameters)
    }

    /// The same for another release.
    pub(super) fn at<'b>(&self, aggregates: &'b Aggregates, parameters: Parameters) -> Source<'b>
    where
        'a: 'b,
    {
        Source {
            lang: self.lang,
            instrument: self.instrument,
            aggregates,
            parameters,
            relations: self.relations,
            survey_base: self.survey_base.clone(),
            plan: self.plan.clone(),
            only: self.only.clone(),
        }
    }

    /// The planned tables of a question with what was published of them.
    pub(super) fn tables(&self, question: &str) -> Vec<(&Planned, &Table)> {
        self.plan
            .iter()
            .filter(|planned| planned.question == question)
            .filter(|planned| self.only.as_ref().is_none_or(|only| *only == planned.id))
            .filter_map(|planned| Some((planned, self.aggregates.table(&planned.id)?)))
            .collect()
    }

    /// A text of the instrument without open pipes.
    #[must_use]
    pub fn text(&self, text: &Text) -> String {
        public_text(self.instrument, text).get(self.lang).to_owned()
    }

    pub(super) fn share(&self, table: &Table, cell: &Cell) -> Option<Share> {
        share(table, cell, &self.parameters)
    }

    /// The share of some cells together, in per cent, and where it can lie, given the rounding, for
    /// a random sample of that size.
    pub(super) fn known(&self, table: &Table, cells: &[&Cell]) -> Option<Known> {
        let share = share_together(table, cells, &self.parameters)?;
        let low = share.sampling.low - (share.percent - share.rounding.low);
        let high = share.sampling.high + (share.rounding.high - share.percent);
        Some(Known {
            percent: share.percent,
            interval: (low.clamp(0.0, 100.0), high.clamp(0.0, 100.0)),
        })
    }

    /// The interval of one cell.
    pub(super) fn interval(&self, table: &Table, cell: &Cell) -> Option<(f64, f64)> {
        self.known(table, &[cell]).map(|known| known.interval)
    }

    /// The same as text; empty where nothing is shown.
    pub(super) fn interval_text(&self, table: &Table, cell: &Cell) -> String {
        self.interval(table, cell).map_or_else(String::new, between)
    }

    /// Share and interval as text: `43% (38–48%)`.
    pub(super) fn known_text(&self, known: Known) -> String {
        t_with(
            self.lang,
            "results-known",
            &[
                ("share", percent(known.percent).into()),
                ("interval", between(known.interval).into()),
            ],
        )
    }

    /// Share and interval of a cell, or why there are none.
    pub(super) fn cell_text(&self, table: &Table, cell: &Cell) -> String {
        self.known(table, &[cell])
            .map_or_else(|| self.hidden(cell), |known| self.known_text(known))
    }

    /// The share of a cell as text: `43%`, or why there is none.
    pub(super) fn share_text(&self, table: &Table, cell: &Cell) -> String {
        self.share(table, cell)
            .map_or_else(|| self.hidden(cell), |share| percent(share.percent))
    }

    /// The count of a cell as text, or why it is not shown.
    pub(super) fn count_text(&self, cell: &Cell) -> String {
        cell.count
            .map_or_else(|| withheld::told(self.lang, cell), grouped)
    }

    /// That a cell has no number, in few words.
    pub(super) fn hidden(&self, cell: &Cell) -> String {
        withheld::short(self.lang, cell)
    }

    /// One cell in a sentence: label, count, share and interval.
    pub(super) fn detail(&self, label: &str, table: &Table, cell: &Cell) -> String {
        let Some((share, (count, base))) = self.share(table, cell).zip(cell.count.zip(table.base))
        else {
            return t_with(
                self.lang,
                "results-detail-hidden",
                &[
                    ("label", label.to_owned().into()),
                    ("why", withheld::why(self.lang, cell).into()),
                ],
            );
        };
        let (low, high) = self.interval(table, cell).unwrap_or_default();
        t_with(
            self.lang,
            "results-detail",
            &[
                ("label", label.to_owned().into()),
                ("count", grouped(count).into()),
                ("base", grouped(base).into()),
                ("share", percent(share.percent).into()),
                ("low", percent(low).into()),
                ("high", percent(high).into()),
            ],
        )
    }
}
