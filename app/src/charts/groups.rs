//! A question split by a background question: the same chart for each group, on one scale.

use partake_core::{
    disclosure::{Aggregates, Planned, Status, Table, background},
    instrument::{Instrument, Kind, Question},
    lang::Lang,
};

use super::{
    data_table::DataTable,
    figure::{Chart, GroupChart, base, chart, kind_name},
    numbers::{grouped, joined},
    source::Source,
};
use crate::i18n::{t, t_with};

/// One group of a split and what a release says of it.
pub struct Group<'a> {
    pub label: String,
    pub source: Source<'a>,
    /// How the group's size is shown in the background question.
    pub status: Status,
}

/// What a release says of each group of a background question, by its code.
#[must_use]
pub fn group_tables(
    instrument: &Instrument,
    aggregates: &Aggregates,
    by: &str,
) -> Option<Vec<(String, Aggregates)>> {
    let (_, options) = background(instrument).find(|(question, _)| question.id == by)?;
    Some(
        options
            .iter()
            .map(|option| (option.code.clone(), aggregates.group(by, &option.code)))
            .collect(),
    )
}

/// The groups as a chart needs them.
#[must_use]
pub fn groups<'a>(
    whole: &Source<'a>,
    by: &str,
    tables: &'a [(String, Aggregates)],
) -> Vec<Group<'a>> {
    let question = whole.instrument.question(by);
    tables
        .iter()
        .map(|(code, aggregates)| Group {
            label: question
                .and_then(|q| q.choice(code))
                .map(|choice| whole.text(&choice.label))
                .unwrap_or_default(),
            status: whole
                .aggregates
                .table(by)
                .and_then(|table| table.cell(code))
                .map_or(Status::Withheld, |cell| cell.status),
            source: whole.of(aggregates),
        })
        .collect()
}

/// The background questions by which results can be split: id and title.
#[must_use]
pub fn choices(source: &Source<'_>) -> Vec<(String, String)> {
    background(source.instrument)
        .map(|(question, _)| (question.id.clone(), source.text(&question.title)))
        .collect()
}

pub(super) enum Charts {
    /// The question is not split; why.
    Apart(&'static str),
    Drawn {
        charts: Box<Chart>,
        note: Option<String>,
    },
}

pub(super) fn charts(split: &[Group<'_>], question: &Question) -> Charts {
    if matches!(question.kind, Kind::Votes(_)) {
        return Charts::Apart("results-split-votes");
    }
    let mut drawn = vec![];
    let mut hidden = vec![];
    let mut any = false;
    let mut lang = Lang::En;
    for group in split {
        lang = group.source.lang;
        let tables = group.source.tables(&question.id);
        any |= !tables.is_empty();
        let shown = |table: &Table| table.cells.iter().any(|c| c.count.is_some_and(|n| n > 0));
        if !tables
            .iter()
            .any(|(_, table)| !table.withheld() && shown(table))
        {
            hidden.push(group.label.clone());
            continue;
        }
        drawn.push(GroupChart {
            label: group.label.clone(),
            base: base(&group.source, &tables),
            chart: chart(&group.source, question, &tables),
        });
    }
    if !any {
        return Charts::Apart("results-split-itself");
    }
    let note = (!hidden.is_empty()).then(|| {
        let groups = joined(lang, &hidden);
        t_with(lang, "results-split-hidden", &[("groups", groups.into())])
    });
    if drawn.is_empty() {
        return Charts::Drawn {
            charts: Box::new(Chart::Withheld(t(lang, "results-split-none"))),
            note: None,
        };
    }
    same_scale(&mut drawn);
    Charts::Drawn {
        charts: Box::new(Chart::Groups(drawn)),
        note,
    }
}

/// Columns are as tall as the tallest of any group, or groups could not be compared.
pub(super) fn same_scale(groups: &mut [GroupChart]) {
    let tallest = groups
        .iter()
        .filter_map(|group| match &group.chart {
            Chart::Strip(strip) => Some(strip.tallest),
            _ => None,
        })
        .fold(1.0, f64::max);
    for group in groups {
        if let Chart::Strip(strip) = &mut group.chart {
            strip.tallest = tallest;
        }
    }
}

/// The numbers behind the charts: for each table of the question a line for each answer and a
/// column for each group.
pub(super) fn tables(
    whole: &Source<'_>,
    split: &[Group<'_>],
    question: &Question,
    title: &str,
) -> Vec<DataTable> {
    let lang = whole.lang;
    whole
        .tables(&question.id)
        .into_iter()
        .map(|(planned, _)| {
            let mut head = vec![t(lang, "results-head-answer")];
            head.extend(split.iter().map(|group| group.label.clone()));
            let mut rows: Vec<(String, Vec<String>)> = planned
                .cells
                .iter()
                .map(|cell| {
                    let counts = split.iter().map(|group| {
                        group
                            .source
                            .aggregates
                            .table(&planned.id)
                            .and_then(|table| table.cell(&cell.code))
                            .map_or_else(String::new, |cell| group.source.count_text(cell))
                    });
                    (whole.text(&cell.label), counts.collect())
                })
                .collect();
            let totals = split.iter().map(|group| {
                let table = group.source.aggregates.table(&planned.id);
                table.and_then(|table| table.base).map_or_else(
                    || match group.status {
                        Status::FewerThan10 => t(lang, "results-fewer"),
                        Status::Withheld | Status::Shown => t(lang, "results-withheld"),
                    },
                    grouped,
                )
            });
            rows.push((t(lang, "results-head-base"), totals.collect()));
            DataTable {
                caption: t_with(
                    lang,
                    "results-table-caption",
                    &[("question", caption(whole, question, planned, title).into())],
                ),
                head,
                rows,
            }
        })
        .collect()
}

fn caption(source: &Source<'_>, question: &Question, planned: &Planned, title: &str) -> String {
    let part = match (&planned.row_label, &question.kind) {
        (Some(label), _) => source.text(label),
        (None, Kind::BestWorst(_) | Kind::Ranking(_)) => kind_name(source, question, planned),
        _ => return title.to_owned(),
    };
    format!("{title} {part}")
}
