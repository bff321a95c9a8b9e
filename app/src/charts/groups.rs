//! A question split by a background question, or by attention: the same chart for each group, on
//! one scale.

use partake_core::{
    disclosure::{
        Aggregates, Attention, Cell, Planned, Status, Table, TableKind, attention, background,
    },
    instrument::{Instrument, Kind, Question},
    lang::Lang,
};

use super::{
    behind::kind_name,
    data_table::DataTable,
    figure::{Chart, GroupChart, base, chart},
    numbers::{grouped, joined},
    source::Source,
    withheld,
};
use crate::i18n::{t, t_with};

/// One group of a split and what a release says of it.
pub struct Group<'a> {
    pub label: String,
    pub source: Source<'a>,
    /// How the group's size is shown in the background question.
    pub status: Status,
}

/// What a release says of each group, by its code.
#[must_use]
pub fn group_tables(
    instrument: &Instrument,
    aggregates: &Aggregates,
    by: &str,
) -> Option<Vec<(String, Aggregates)>> {
    let codes: Vec<&str> = match attention_split(instrument, aggregates) {
        Some(attention) if attention.table == by => vec![attention.passed, Attention::OTHERWISE],
        _ => {
            let (_, options) = background(instrument).find(|(question, _)| question.id == by)?;
            options.iter().map(|option| option.code.as_str()).collect()
        }
    };
    let of = |code: &str| (code.to_owned(), aggregates.group(by, code));
    Some(codes.into_iter().map(of).collect())
}

/// The split by attention, where a release has it: those made before it was published do not.
fn attention_split<'i>(
    instrument: &'i Instrument,
    aggregates: &Aggregates,
) -> Option<Attention<'i>> {
    attention(instrument).filter(|attention| {
        let by = Some(attention.table.as_str());
        aggregates.tables.iter().any(|t| t.by.as_deref() == by)
    })
}

/// The groups as a chart needs them.
#[must_use]
pub fn groups<'a>(
    whole: &Source<'a>,
    by: &str,
    tables: &'a [(String, Aggregates)],
) -> Vec<Group<'a>> {
    let question = whole.instrument.question(by);
    let label = |code: &str| match question {
        Some(question) => question
            .choice(code)
            .map(|choice| whole.text(&choice.label))
            .unwrap_or_default(),
        None if code == Attention::OTHERWISE => whole.text(&Attention::otherwise_label()),
        None => t(whole.lang, "results-split-passed"),
    };
    tables
        .iter()
        .map(|(code, aggregates)| Group {
            label: label(code),
            status: whole
                .aggregates
                .table(by)
                .and_then(|table| table.cell(code))
                .map_or(Status::Withheld, |cell| cell.status),
            source: whole.of(aggregates),
        })
        .collect()
}

/// By what results can be split: id and title.
#[must_use]
pub fn choices(source: &Source<'_>) -> Vec<(String, String)> {
    let attention = attention_split(source.instrument, source.aggregates)
        .map(|split| (split.table, t(source.lang, "results-split-attention")));
    background(source.instrument)
        .map(|(question, _)| (question.id.clone(), source.text(&question.title)))
        .chain(attention)
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

/// The same charts for each group, in the order of `whole`, the chart of everyone.
pub(super) fn charts(split: &[Group<'_>], question: &Question, whole: &Chart) -> Charts {
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
    same_order(&mut drawn, whole);
    Charts::Drawn {
        charts: Box::new(Chart::Groups(drawn)),
        note,
    }
}

/// Every chart reaches as far as the one of any group that reaches farthest, or groups could not be
/// compared.
pub(super) fn same_scale(groups: &mut [GroupChart]) {
    let farthest = groups
        .iter()
        .filter_map(|group| match &group.chart {
            Chart::Strip(strip) => Some(strip.tallest),
            Chart::Diverging(chart) => Some(chart.reach),
            Chart::Scores(chart) => Some(chart.reach),
            _ => None,
        })
        .fold(1.0, f64::max);
    for group in groups {
        match &mut group.chart {
            Chart::Strip(strip) => strip.tallest = farthest,
            Chart::Diverging(chart) => chart.reach = farthest,
            Chart::Scores(chart) => chart.reach = farthest,
            _ => {}
        }
    }
}

/// Rows that stand by size stand in every group as they do for everyone.
pub(super) fn same_order(groups: &mut [GroupChart], whole: &Chart) {
    fn sort<T>(rows: &mut [T], whole: &[T], label: impl Fn(&T) -> &str) {
        let place = |row: &T| whole.iter().position(|w| label(w) == label(row));
        rows.sort_by_key(|row| place(row).unwrap_or(usize::MAX));
    }
    for group in groups {
        match (&mut group.chart, whole) {
            (Chart::Bars(rows), Chart::Bars(whole)) => sort(rows, whole, |bar| &bar.label),
            (Chart::Scores(rows), Chart::Scores(whole)) => {
                sort(&mut rows.rows, &whole.rows, |s| &s.label);
            }
            (Chart::Places { places: rows, .. }, Chart::Places { places: whole, .. }) => {
                sort(rows, whole, |place| &place.label);
            }
            _ => {}
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
        .filter(|(planned, _)| {
            let mut groups = split.iter().map(|group| group.source.aggregates);
            groups.any(|aggregates| aggregates.table(&planned.id).is_some())
        })
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
                            .and_then(|table| Some((table, table.cell(&cell.code)?)))
                            .map_or_else(String::new, |(table, cell)| {
                                counted(&group.source, planned, table, cell)
                            })
                    });
                    (whole.text(&cell.label), counts.collect())
                })
                .collect();
            let totals = split.iter().map(|group| {
                let table = group.source.aggregates.table(&planned.id);
                match (table.and_then(|table| table.base), group.status) {
                    (Some(base), _) => grouped(base),
                    (None, Status::FewerThan10) => t(lang, "results-fewer"),
                    (None, _) => table.map_or_else(
                        || t(lang, "results-withheld"),
                        |table| withheld::base(lang, table),
                    ),
                }
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

/// A count, with its share and the interval of that where the cells are people.
fn counted(source: &Source<'_>, planned: &Planned, table: &Table, cell: &Cell) -> String {
    let count = source.count_text(cell);
    let times = matches!(
        planned.kind,
        TableKind::Best | TableKind::Worst | TableKind::Shown
    );
    match source.known(table, &[cell]) {
        Some(known) if !times => format!("{count} · {}", source.known_text(known)),
        _ => count,
    }
}

fn caption(source: &Source<'_>, question: &Question, planned: &Planned, title: &str) -> String {
    let part = match (&planned.row_label, &question.kind) {
        (Some(label), _) => source.text(label),
        (None, Kind::BestWorst(_) | Kind::Ranking(_)) => kind_name(source, question, planned),
        _ => return title.to_owned(),
    };
    format!("{title} {part}")
}
