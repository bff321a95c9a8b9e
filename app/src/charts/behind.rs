//! The numbers behind a chart, with the interval of each share and score.

use partake_core::{
    disclosure::{Cell, Planned, Table, TableKind},
    instrument::{Kind, Question},
};

use super::{
    data_table::DataTable,
    diverging,
    numbers::{grouped, signed},
    scores::scores,
    source::Source,
    withheld,
};
use crate::i18n::{t, t_with};

type Tables<'t> = [(&'t Planned, &'t Table)];

pub(super) fn data_table(
    source: &Source<'_>,
    question: &Question,
    tables: &Tables<'_>,
    title: &str,
) -> DataTable {
    let mut head = vec![t(source.lang, "results-head-answer")];
    let (columns, rows) = match (tables, &question.kind) {
        ([], _) => (vec![], vec![]),
        ([(first, _), ..], _) if first.row.is_some() => of_rows(source, question, tables),
        ([(planned, table)], _) => of_answers(source, planned, table),
        (_, Kind::BestWorst(_)) => of_items(source, question, tables),
        _ => of_places(source, question, tables),
    };
    head.extend(columns);
    DataTable {
        caption: t_with(
            source.lang,
            "results-table-caption",
            &[("question", title.to_owned().into())],
        ),
        head,
        rows,
    }
}

type Content = (Vec<String>, Vec<(String, Vec<String>)>);

/// One table: a line for each answer.
fn of_answers(source: &Source<'_>, planned: &Planned, table: &Table) -> Content {
    let head = [
        "results-head-count",
        "results-head-share",
        "charts-head-interval",
    ];
    let rows = planned
        .cells
        .iter()
        .filter_map(|planned| {
            let cell = table.cell(&planned.code)?;
            let cells = vec![
                source.count_text(cell),
                source.share_text(table, cell),
                source.interval_text(table, cell),
            ];
            Some((source.text(&planned.label), cells))
        })
        .collect();
    (head.map(|key| t(source.lang, key)).into(), rows)
}

/// Tables with the same cells: a line for each row, with the shares that its chart is read by, then
/// the counts.
fn of_rows(source: &Source<'_>, question: &Question, tables: &Tables<'_>) -> Content {
    let lang = source.lang;
    let points: Vec<&str> = match &question.kind {
        Kind::Matrix(matrix) => {
            let points = matrix.scale.iter().filter(|c| c.missing.is_none());
            points.map(|c| c.code.as_str()).collect()
        }
        _ => vec![],
    };
    let shares = |table: &Table| -> Vec<String> {
        if table.withheld() {
            return vec![];
        }
        if points.is_empty() {
            let cells = table.cells.iter();
            return cells.map(|cell| source.cell_text(table, cell)).collect();
        }
        diverging::sides(&points)
            .map(|side| {
                diverging::side(source, &points, side, table).map_or_else(
                    || t(lang, "results-part-withheld"),
                    |known| source.known_text(known),
                )
            })
            .into()
    };
    let names: Vec<String> = tables.first().map_or_else(Vec::new, |(first, _)| {
        first.cells.iter().map(|c| source.text(&c.label)).collect()
    });
    let share_names: Vec<String> = if points.is_empty() {
        let share = |name: &String| {
            t_with(
                lang,
                "results-head-share-of",
                &[("answer", name.clone().into())],
            )
        };
        names.iter().map(share).collect()
    } else {
        ["results-head-below", "results-head-above"]
            .map(|key| t(lang, key))
            .into()
    };
    let rows = tables
        .iter()
        .map(|(planned, table)| {
            let label = planned.row_label.as_ref().map(|l| source.text(l));
            let mut cells = shares(table);
            cells.resize(share_names.len(), String::new());
            cells.extend(table.cells.iter().map(|c| source.count_text(c)));
            cells.push(
                table
                    .base
                    .map_or_else(|| withheld::base(lang, table), grouped),
            );
            (label.unwrap_or_default(), cells)
        })
        .collect();
    let mut head = share_names;
    head.extend(names);
    head.push(t(lang, "results-head-base"));
    (head, rows)
}

/// A best-worst question: how often an item was best, worst and shown, and its score.
fn of_items(source: &Source<'_>, question: &Question, tables: &Tables<'_>) -> Content {
    let lang = source.lang;
    let mut head = kinds(source, question, tables);
    head.extend(["results-head-score", "charts-head-interval"].map(|key| t(lang, key)));
    let scores = scores(source, tables).rows;
    let rows = lines(source, tables, |code, cells| {
        let mut line: Vec<_> = cells
            .iter()
            .map(|(_, cell)| source.count_text(cell))
            .collect();
        let score = scores.iter().find(|score| score.code == code);
        line.push(score.map(|s| s.figure.clone()).unwrap_or_default());
        let interval = score.and_then(|s| s.interval);
        line.push(interval.map_or_else(String::new, |(low, high)| {
            let ends = [("low", signed(low).into()), ("high", signed(high).into())];
            t_with(lang, "results-score-between", &ends)
        }));
        line
    });
    (head, rows)
}

/// A ranking: each way of counting as people and as a share.
fn of_places(source: &Source<'_>, question: &Question, tables: &Tables<'_>) -> Content {
    let share = |name: String| {
        let share = t_with(
            source.lang,
            "results-head-share-of",
            &[("answer", name.clone().into())],
        );
        [name, share]
    };
    let head = kinds(source, question, tables).into_iter().flat_map(share);
    let rows = lines(source, tables, |_, cells| {
        let pair = |(table, cell): &(&Table, &Cell)| {
            [source.count_text(cell), source.cell_text(table, cell)]
        };
        cells.iter().flat_map(pair).collect()
    });
    (head.collect(), rows)
}

fn kinds(source: &Source<'_>, question: &Question, tables: &Tables<'_>) -> Vec<String> {
    let name = |(planned, _): &(&Planned, &Table)| kind_name(source, question, planned);
    tables.iter().map(name).collect()
}

/// A line for each option with its cell in each table.
fn lines(
    source: &Source<'_>,
    tables: &Tables<'_>,
    line: impl Fn(&str, &[(&Table, &Cell)]) -> Vec<String>,
) -> Vec<(String, Vec<String>)> {
    let options = tables.first().map(|(first, _)| &first.cells);
    options
        .into_iter()
        .flatten()
        .map(|option| {
            let cells: Vec<(&Table, &Cell)> = tables
                .iter()
                .filter_map(|(_, table)| Some((*table, table.cell(&option.code)?)))
                .collect();
            (source.text(&option.label), line(&option.code, &cells))
        })
        .collect()
}

pub(super) fn kind_name(source: &Source<'_>, question: &Question, planned: &Planned) -> String {
    match (planned.kind, &question.kind) {
        (TableKind::Best, Kind::BestWorst(bw)) => source.text(&bw.best),
        (TableKind::Worst, Kind::BestWorst(bw)) => source.text(&bw.worst),
        (TableKind::InTop, Kind::Ranking(ranking)) => t_with(
            source.lang,
            "results-in-top",
            &[("places", ranking.places.into())],
        ),
        (TableKind::FirstPlace, _) => t(source.lang, "results-first-place"),
        (TableKind::Shown, _) => t(source.lang, "results-head-shown"),
        _ => t(source.lang, "results-head-count"),
    }
}
