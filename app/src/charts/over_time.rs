//! The same question in every release: each release's figure with its interval, side by side.

use leptos::prelude::*;
use partake_core::{
    disclosure::{Aggregates, Parameters, Planned, Table, TableKind, item_scores, scale_mean},
    instrument::{Kind, Question},
};

use super::{
    data_table::{DataTable, DataTableView},
    numbers::{coordinate, percent, signed},
    source::Source,
};
use crate::i18n::{t, t_with};

/// One release, as far as a line needs it.
#[derive(Clone, Copy, Debug)]
pub struct Earlier<'a> {
    /// `Release 3`.
    pub label: &'a str,
    pub aggregates: &'a Aggregates,
    pub parameters: Parameters,
}

/// Lines over releases.
#[derive(Clone, Debug, PartialEq)]
pub struct OverTime {
    pub title: String,
    pub lede: String,
    /// From where to where each strip reaches.
    pub range: String,
    pub lines: Vec<Line>,
    /// First and last release.
    pub ends: [String; 2],
    pub table_label: String,
    pub table: DataTable,
}

/// One answer, row or item.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub label: String,
    /// First and last figure.
    pub figure: String,
    /// By release; `None` where nothing is shown.
    pub points: Vec<Option<Point>>,
    pub summary: String,
}

/// A figure in one release.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    pub value: f64,
    pub interval: (f64, f64),
    pub figure: String,
    pub detail: String,
}

/// What a line is of.
enum Measured<'a> {
    /// The share of a cell of a table.
    Share(&'a Planned, String),
    /// The mean of a scale.
    Mean(&'a Planned),
    /// The score of an item.
    Score(String),
}

/// The lines of a question; `None` with a single release, or when none shows anything.
#[must_use]
pub fn over_time(
    source: &Source<'_>,
    question: &Question,
    releases: &[Earlier<'_>],
) -> Option<OverTime> {
    let (first, last) = (releases.first()?, releases.last()?);
    if releases.len() < 2 {
        return None;
    }
    let tables = source.tables(&question.id);
    let (unit, named) = lines_of(source, question, &tables);
    let lines: Vec<Line> = named
        .into_iter()
        .map(|(label, measured)| {
            let points = releases
                .iter()
                .map(|release| point(source, question, release, &unit, &label, &measured))
                .collect();
            line(source, label, points)
        })
        .collect();
    let shown = lines.iter().flat_map(|line| line.points.iter().flatten());
    let (least, most) = shown.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), p| {
        (low.min(p.interval.0), high.max(p.interval.1))
    });
    if !least.is_finite() {
        return None;
    }
    let (low, high) = unit.strip(least, most);
    let caption = t_with(
        source.lang,
        "charts-time-caption",
        &[("question", source.text(&question.title).into())],
    );
    let mut head = vec![t(source.lang, "results-head-answer")];
    head.extend(releases.iter().map(|r| r.label.to_owned()));
    let rows = lines
        .iter()
        .map(|line| {
            let cells = line.points.iter().map(|point| match point {
                Some(point) => point.figure.clone() + &unit.between(point.interval),
                None => t(source.lang, "results-withheld"),
            });
            (line.label.clone(), cells.collect())
        })
        .collect();
    Some(OverTime {
        title: t(source.lang, "charts-time-title"),
        lede: t(source.lang, "charts-time-lede"),
        range: t_with(
            source.lang,
            "charts-time-range",
            &[
                ("what", t(source.lang, unit.name()).into()),
                ("low", unit.written(low).into()),
                ("high", unit.written(high).into()),
            ],
        ),
        lines: lines
            .into_iter()
            .map(|line| line.scaled(low, high))
            .collect(),
        ends: [first.label.to_owned(), last.label.to_owned()],
        table_label: t(source.lang, "results-table"),
        table: DataTable {
            caption,
            head,
            rows,
        },
    })
}

/// What a figure counts.
enum Unit {
    Share,
    /// The mean on a scale from here to there.
    Mean(f64, f64),
    Score,
}

impl Unit {
    const fn name(&self) -> &'static str {
        match self {
            Self::Share => "charts-time-share",
            Self::Mean(..) => "charts-time-mean",
            Self::Score => "charts-time-score",
        }
    }

    /// Shares stand on zero; the ends of a strip are round numbers.
    fn strip(&self, least: f64, most: f64) -> (f64, f64) {
        match self {
            Self::Share => (0.0, ((most / 10.0).ceil() * 10.0).clamp(10.0, 100.0)),
            Self::Mean(low, high) => (*low, *high),
            Self::Score => {
                let reach = (least.abs().max(most.abs()) / 10.0).ceil() * 10.0;
                (-reach.max(10.0), reach.max(10.0))
            }
        }
    }

    fn written(&self, value: f64) -> String {
        match self {
            Self::Share => percent(value),
            Self::Mean(low, high) if high - low <= 10.0 => format!("{value:.1}"),
            Self::Mean(..) => format!("{value:.0}"),
            Self::Score => signed(value),
        }
    }

    fn between(&self, (low, high): (f64, f64)) -> String {
        format!(" ({}–{})", self.written(low), self.written(high))
    }
}

/// What is followed: the shares of one list of answers, the means of several rows of a scale, the
/// shares of one answer in several tables.
fn lines_of<'t>(
    source: &Source<'_>,
    question: &Question,
    tables: &[(&'t Planned, &Table)],
) -> (Unit, Vec<(String, Measured<'t>)>) {
    let scale = || {
        let values = question
            .choices()
            .iter()
            .filter(|c| c.missing.is_none())
            .filter_map(|c| c.value);
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
            (low.min(v), high.max(v))
        });
        Unit::Mean(low, high)
    };
    let row = |planned: &Planned| {
        let label = planned.row_label.as_ref().unwrap_or(&question.title);
        source.text(label)
    };
    let shares = |planned: &'t Planned| -> Vec<_> {
        planned
            .cells
            .iter()
            .map(|cell| {
                let measured = Measured::Share(planned, cell.code.clone());
                (source.text(&cell.label), measured)
            })
            .collect()
    };
    let of_kind = |kind| tables.iter().find(|(planned, _)| planned.kind == kind);
    match (&question.kind, tables) {
        (Kind::Slider(slider), [(planned, _)]) => (
            Unit::Mean(slider.min, slider.max),
            vec![(row(planned), Measured::Mean(planned))],
        ),
        (Kind::Matrix(matrix), [_, _, ..]) => {
            let asked = |planned: &Planned| {
                let checks = |r: &&partake_core::instrument::Row| r.expected.is_some();
                !matrix
                    .rows
                    .iter()
                    .filter(checks)
                    .any(|r| Some(&r.code) == planned.row.as_ref())
            };
            let lines = tables
                .iter()
                .filter(|(planned, _)| asked(planned))
                .map(|(planned, _)| (row(planned), Measured::Mean(planned)));
            (scale(), lines.collect())
        }
        (Kind::Votes(votes), [_, _, ..]) => {
            let agree = votes.ballot.first().map(|c| c.code.clone());
            let lines = tables.iter().filter_map(|(planned, _)| {
                Some((row(planned), Measured::Share(planned, agree.clone()?)))
            });
            (Unit::Share, lines.collect())
        }
        (Kind::BestWorst(sets), _) => {
            let items = sets.items.iter();
            let lines =
                items.map(|item| (source.text(&item.label), Measured::Score(item.code.clone())));
            (Unit::Score, lines.collect())
        }
        (Kind::Ranking(_), _) => {
            let top = of_kind(TableKind::InTop);
            (
                Unit::Share,
                top.map(|(planned, _)| shares(planned)).unwrap_or_default(),
            )
        }
        (_, [(planned, _), ..]) => (Unit::Share, shares(planned)),
        (_, []) => (Unit::Share, vec![]),
    }
}

fn point(
    source: &Source<'_>,
    question: &Question,
    release: &Earlier<'_>,
    unit: &Unit,
    label: &str,
    measured: &Measured<'_>,
) -> Option<Point> {
    let then = source.at(release.aggregates, release.parameters);
    let table = |planned: &Planned| {
        let table = release.aggregates.table(&planned.id)?;
        (!table.withheld()).then_some(table)
    };
    let (value, interval) = match measured {
        Measured::Share(planned, code) => {
            let table = table(planned)?;
            let cell = table.cell(code)?;
            let share = then.share(table, cell)?;
            (share.percent, then.interval(table, cell)?)
        }
        Measured::Mean(planned) => {
            let mean = scale_mean(question, table(planned)?, &release.parameters)?;
            (mean.value, (mean.interval.low, mean.interval.high))
        }
        Measured::Score(code) => {
            let scores = item_scores(release.aggregates, &release.parameters, &question.id)?;
            let (_, score) = scores.into_iter().find(|(item, _)| item == code)?;
            (score.value, (score.interval.low, score.interval.high))
        }
    };
    let figure = unit.written(value);
    let detail = t_with(
        source.lang,
        "charts-time-detail",
        &[
            ("label", label.to_owned().into()),
            ("release", release.label.to_owned().into()),
            ("value", figure.clone().into()),
            ("low", unit.written(interval.0).into()),
            ("high", unit.written(interval.1).into()),
        ],
    );
    Some(Point {
        value,
        interval,
        figure,
        detail,
    })
}

fn line(source: &Source<'_>, label: String, points: Vec<Option<Point>>) -> Line {
    let hidden = || t(source.lang, "results-withheld");
    let figure = |point: Option<&Option<Point>>| {
        let shown = point.and_then(Option::as_ref);
        shown.map_or_else(hidden, |p| p.figure.clone())
    };
    let (first, last) = (figure(points.first()), figure(points.last()));
    let said: Vec<&str> = points.iter().flatten().map(|p| p.detail.as_str()).collect();
    Line {
        figure: format!("{first} → {last}"),
        summary: if said.is_empty() {
            hidden()
        } else {
            said.join(" ")
        },
        label,
        points,
    }
}

impl Line {
    /// The same, in per cent of the height of the strip.
    fn scaled(mut self, low: f64, high: f64) -> Self {
        let place = |value: f64| ((value - low) / (high - low) * 100.0).clamp(0.0, 100.0);
        for point in self.points.iter_mut().flatten() {
            point.value = place(point.value);
            point.interval = (place(point.interval.0), place(point.interval.1));
        }
        self
    }
}

/// Height of a strip in its own coordinates; its marks keep off the edge.
const HEIGHT: f64 = 44.0;
const EDGE: f64 = 6.0;

fn y(place: f64) -> String {
    coordinate(HEIGHT - EDGE - place / 100.0 * (HEIGHT - 2.0 * EDGE))
}

#[component]
pub fn OverTimeView(chart: OverTime) -> impl IntoView {
    let OverTime {
        title,
        lede,
        range,
        lines,
        ends,
        table_label,
        table,
    } = chart;
    let lines: Vec<_> = lines.into_iter().map(line_view).collect();
    let [first, last] = ends;
    view! {
        <section class="over-time" aria-labelledby="over-time">
            <h2 id="over-time">{title}</h2>
            <p class="rule">{lede}</p>
            <p class="rule">{range}</p>
            <ul class="rows">{lines}</ul>
            <div class="ends" aria-hidden="true">
                <span>{first}</span>
                <span>{last}</span>
            </div>
            <details class="behind">
                <summary>{table_label}</summary>
                <DataTableView table />
            </details>
        </section>
    }
}

fn line_view(line: Line) -> impl IntoView {
    let steps = f64::from(u32::try_from(line.points.len()).unwrap_or(1)).max(1.0);
    let x = |at: usize| {
        let at = f64::from(u32::try_from(at).unwrap_or(0));
        coordinate((at + 0.5) / steps * 100.0)
    };
    let mut path = String::new();
    let mut joined = false;
    for (at, point) in line.points.iter().enumerate() {
        if let Some(point) = point {
            path.push(if joined { 'L' } else { 'M' });
            path.push_str(&format!("{} {}", x(at), y(point.value)));
        }
        // A release that shows nothing is a gap, not a straight line.
        joined = point.is_some();
    }
    let marks: Vec<_> = line
        .points
        .iter()
        .enumerate()
        .filter_map(|(at, point)| Some((x(at), point.as_ref()?)))
        .map(|(x, point)| {
            let (low, high) = point.interval;
            view! {
                <g data-detail=point.detail.clone()>
                    <path class="whisker" d=format!("M{x} {}V{}", y(low), y(high)) />
                    <path class="dot" d=format!("M{x} {}h0", y(point.value)) />
                </g>
            }
        })
        .collect();
    view! {
        <li class="row">
            <span class="row-label" aria-hidden="true">{line.label}</span>
            <span class="row-figure" aria-hidden="true">{line.figure}</span>
            <svg
                class="row-marks strip-marks"
                viewBox=format!("0 0 100 {HEIGHT}")
                preserveAspectRatio="none"
                role="img"
                aria-label=line.summary
            >
                <path class="floor" d=format!("M0 {HEIGHT}H100") />
                <path class="line" d=path />
                {marks}
            </svg>
        </li>
    }
}
