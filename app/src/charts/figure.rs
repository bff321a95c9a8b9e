//! One question of the results: its chart, the table behind it, and the rules it is shown under.

use leptos::prelude::*;
use partake_core::{
    disclosure::{Aggregates, Planned, Reason, Table, arms},
    instrument::{Kind, Question},
};

use super::{
    asked::asked,
    bars::{Bar, BarsView, bars},
    behind::data_table,
    curve::{Curve, CurveView},
    data_table::{DataTable, DataTableView},
    diverging::{Diverging, DivergingView, diverging},
    experiments::{Experiment, experiments},
    groups::{self, Group},
    numbers::grouped,
    ranking::{Place, PlacesView, places},
    scores::{Scores, ScoresView, scores},
    source::Source,
    stacked::{Stacked, StackedView, stacked},
    strip::{Strip, StripView, strip},
    withheld,
};
use crate::{
    i18n::{t, t_with},
    islands::ChartDetail,
};

/// The drawing of one question.
#[derive(Clone, Debug, PartialEq)]
pub enum Chart {
    Bars(Vec<Bar>),
    Diverging(Diverging),
    Strip(Strip),
    Scores(Scores),
    Places {
        places: Vec<Place>,
        first: String,
        top: String,
    },
    Stacked(Stacked),
    Curve(Curve),
    /// The same chart for each group, on one scale.
    Groups(Vec<GroupChart>),
    /// Nothing of it is shown, and why.
    Withheld(String),
}

/// The chart of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupChart {
    pub label: String,
    pub base: String,
    pub chart: Chart,
}

/// One question of the results.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Question id; also the anchor.
    pub id: String,
    pub stem: Option<String>,
    pub title: String,
    /// `n = 325`, or how many answered each row.
    pub base: String,
    /// What the figures are.
    pub reading: String,
    /// Who was asked, when not everyone.
    pub asked: Option<String>,
    pub chart: Chart,
    /// Arms of experiments, side by side.
    pub experiments: Vec<Experiment>,
    /// The numbers behind the chart; none where nothing of it is shown.
    pub tables: Vec<DataTable>,
    /// Why some of its cells are withheld.
    pub hidden: Option<String>,
    /// What a split cannot show.
    pub note: Option<String>,
    /// Page of this chart alone, in this release.
    pub page: String,
    pub discuss: String,
    pub words: FigureWords,
}

/// How much is said about a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Threads {
    pub threads: i64,
    pub comments: i64,
}

/// Words around every figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureWords {
    pub asked: String,
    pub table: String,
    pub discuss: String,
    pub discuss_label: String,
    pub link: String,
    pub link_label: String,
    pub rule: String,
    pub hint: String,
}

/// The figure of a question; `None` for questions that have no table (free text).
#[must_use]
pub fn figure(
    source: &Source<'_>,
    split: &[Group<'_>],
    question: &Question,
    threads: Threads,
) -> Option<Figure> {
    let tables = source.tables(&question.id);
    tables.first()?;
    let lang = source.lang;
    let title = source.text(&question.title);
    let whole = chart(source, question, &tables);
    let behind = || vec![data_table(source, question, &tables, &title)];
    let (chart, mut data, note, apart) = match groups::charts(split, question, &whole) {
        _ if split.is_empty() => (whole, behind(), None, true),
        groups::Charts::Apart(note) => (whole, behind(), Some(t(lang, note)), true),
        groups::Charts::Drawn { charts, note } => {
            let data = groups::tables(source, split, question, &title);
            (*charts, data, note, false)
        }
    };
    let drawn = !matches!(chart, Chart::Withheld(_));
    if !drawn {
        data.clear();
    }
    let shown: Vec<&Aggregates> = if apart {
        vec![source.aggregates]
    } else {
        split.iter().map(|group| group.source.aggregates).collect()
    };
    let experiments = if split.is_empty() {
        experiments(source, question, &chart)
    } else {
        vec![]
    };
    // Arms that are drawn below the chart have their cells in tables of their own.
    let arms: Vec<_> = arms(source.instrument)
        .into_iter()
        .filter(|_| !experiments.is_empty())
        .filter(|(_, asked)| asked.id == question.id)
        .map(|(factor, _)| factor.id.as_str())
        .collect();
    let here = |table: &&Table| {
        let of_chart = drawn && table.by.is_none();
        let of_arm = table.by.as_deref().is_some_and(|by| arms.contains(&by));
        let id = table.whole_id();
        (of_chart || of_arm) && tables.iter().any(|(planned, _)| planned.id == id)
    };
    let hidden = withheld::note(
        lang,
        shown
            .into_iter()
            .flat_map(|aggregates| &aggregates.tables)
            .filter(here),
    );
    let quoted = |key| t_with(lang, key, &[("question", title.clone().into())]);
    let talk = if threads.threads > 0 {
        let counts = [
            ("threads", threads.threads.into()),
            ("comments", threads.comments.into()),
        ];
        t_with(lang, "charts-threads", &counts)
    } else {
        t(lang, "charts-start-thread")
    };
    Some(Figure {
        id: question.id.clone(),
        stem: question.stem.as_ref().map(|stem| source.text(stem)),
        base: base(source, &tables),
        note,
        reading: t(lang, reading(&question.kind)),
        asked: asked(source, question),
        chart,
        experiments,
        tables: data,
        hidden,
        page: format!(
            "{}/results/{}/charts/{}",
            source.survey_base, source.aggregates.release, question.id
        ),
        discuss: if threads.threads > 0 {
            format!("{}/discuss?about={}", source.survey_base, question.id)
        } else {
            format!(
                "{}/discuss/new?about=r{}.{}",
                source.survey_base, source.aggregates.release, question.id
            )
        },
        words: FigureWords {
            asked: t(lang, "results-asked-only"),
            table: t(lang, "results-table"),
            discuss_label: t_with(
                lang,
                "charts-about",
                &[
                    ("what", talk.clone().into()),
                    ("question", title.clone().into()),
                ],
            ),
            discuss: talk,
            link: t(lang, "results-link"),
            link_label: quoted("results-link-label"),
            rule: t(lang, "results-rule"),
            hint: t(lang, "results-chart-hint"),
        },
        title,
    })
}

/// The chart that fits the question.
pub(super) fn chart(
    source: &Source<'_>,
    question: &Question,
    tables: &[(&Planned, &Table)],
) -> Chart {
    let lang = source.lang;
    let why = nothing_shown(question, tables);
    let (Some((first_planned, first)), None) = (tables.first(), why) else {
        return Chart::Withheld(t(lang, why.unwrap_or("results-withheld-base")));
    };
    match &question.kind {
        Kind::Matrix(matrix) => Chart::Diverging(diverging(source, matrix, tables)),
        Kind::Slider(slider) => Chart::Strip(strip(source, slider, first_planned, first)),
        Kind::BestWorst(_) => Chart::Scores(scores(source, tables)),
        Kind::Ranking(ranking) => Chart::Places {
            places: places(source, tables),
            first: t(lang, "results-first-place"),
            top: t_with(lang, "results-in-top", &[("places", ranking.places.into())]),
        },
        Kind::Votes(votes) => Chart::Stacked(stacked(source, votes, tables)),
        _ => Chart::Bars(bars(source, question, first_planned, first)),
    }
}

/// Why there is no figure to draw; `None` when there is one. Of an arm of an experiment the size can
/// be known where its answers wait.
fn nothing_shown(question: &Question, tables: &[(&Planned, &Table)]) -> Option<&'static str> {
    let cells = || tables.iter().flat_map(|(_, table)| &table.cells);
    if cells().any(|cell| cell.count.is_some_and(|count| count > 0)) {
        return None;
    }
    if cells().any(|cell| cell.reason == Some(Reason::Waits)) {
        return Some("results-withheld-waits");
    }
    if tables.iter().all(|(_, table)| table.withheld()) {
        return Some("results-withheld-base");
    }
    // A list of answers says of each why it is not shown; a distribution would be an empty frame.
    matches!(question.kind, Kind::Slider(_)).then_some("results-withheld-all")
}

const fn reading(kind: &Kind) -> &'static str {
    match kind {
        Kind::Multiple(_) => "results-reading-multiple",
        Kind::Matrix(_) => "results-reading-matrix",
        Kind::Slider(_) => "results-reading-slider",
        Kind::BestWorst(_) => "results-reading-best-worst",
        Kind::Ranking(_) => "results-reading-ranking",
        Kind::Votes(_) => "results-reading-votes",
        _ => "results-reading-single",
    }
}

/// The base of the tables: one number, or the range over rows.
pub(super) fn base(source: &Source<'_>, tables: &[(&Planned, &Table)]) -> String {
    let bases: Vec<_> = tables.iter().filter_map(|(_, table)| table.base).collect();
    let (Some(least), Some(most)) = (bases.iter().min(), bases.iter().max()) else {
        return t(source.lang, "results-n-small");
    };
    if least == most {
        t_with(source.lang, "results-n", &[("n", grouped(*most).into())])
    } else {
        t_with(
            source.lang,
            "results-n-range",
            &[
                ("least", grouped(*least).into()),
                ("most", grouped(*most).into()),
            ],
        )
    }
}

/// What a figure stands in: its title is a heading of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// A section of a page.
    Section,
    /// A page of its own.
    Page,
}

impl Level {
    fn title(self, id: String, text: String) -> AnyView {
        match self {
            Self::Section => view! { <h3 id=id class="figure-title">{text}</h3> }.into_any(),
            Self::Page => view! { <h1 id=id class="figure-title">{text}</h1> }.into_any(),
        }
    }

    /// A heading below the title.
    fn part(self, inner: impl IntoView + 'static) -> AnyView {
        match self {
            Self::Section => view! { <h4 class="part-title">{inner}</h4> }.into_any(),
            Self::Page => view! { <h2 class="part-title">{inner}</h2> }.into_any(),
        }
    }
}

/// The figure as HTML.
#[component]
pub fn FigureView(figure: Figure, #[prop(default = Level::Section)] level: Level) -> impl IntoView {
    let Figure {
        id,
        stem,
        title,
        base,
        reading,
        asked,
        chart,
        experiments,
        tables,
        hidden,
        note,
        page,
        discuss,
        words,
    } = figure;
    let heading = format!("{id}-title");
    let labelled = heading.clone();
    let drawn = !matches!(chart, Chart::Withheld(_));
    let chart = chart_view(chart, level);
    let chart = if drawn {
        view! { <ChartDetail hint=words.hint>{chart}</ChartDetail> }.into_any()
    } else {
        chart
    };
    let experiments: Vec<_> = experiments
        .into_iter()
        .map(|experiment| {
            let charts: Vec<_> = experiment
                .charts
                .into_iter()
                .map(|chart| chart_view(chart, level))
                .collect();
            view! {
                <section class="experiment">
                    {level.part(experiment.title)}
                    {charts}
                </section>
            }
        })
        .collect();
    let behind = (!tables.is_empty()).then(|| {
        let tables: Vec<_> = tables
            .into_iter()
            .map(|table| view! { <DataTableView table /> })
            .collect();
        view! {
            <details class="behind">
                <summary>{words.table}</summary>
                {tables}
                <p class="rule">{words.rule}</p>
            </details>
        }
    });
    view! {
        <figure class="result" id=id.clone() aria-labelledby=labelled>
            <figcaption>
                {stem.map(|stem| view! { <p class="stem-text">{stem}</p> })}
                {level.title(heading, title)}
                <p class="reading">
                    <span class="base">{base}</span>
                    " · "
                    {reading}
                </p>
                {asked.map(|asked| {
                    view! {
                        <details class="asked">
                            <summary>{words.asked}</summary>
                            <p>{asked}</p>
                        </details>
                    }
                })}
            </figcaption>
            {note.map(|note| view! { <p class="note">{note}</p> })}
            {chart}
            {hidden.map(|hidden| view! { <p class="note">{hidden}</p> })}
            {experiments}
            {behind}
            <p class="under">
                <a href=discuss aria-label=words.discuss_label>{words.discuss}</a>
                <a href=page aria-label=words.link_label>{words.link}</a>
            </p>
        </figure>
    }
}

fn chart_view(chart: Chart, level: Level) -> AnyView {
    match chart {
        Chart::Bars(bars) => view! { <BarsView bars /> }.into_any(),
        Chart::Diverging(chart) => view! { <DivergingView chart /> }.into_any(),
        Chart::Strip(strip) => view! { <StripView strip /> }.into_any(),
        Chart::Scores(scores) => view! { <ScoresView scores /> }.into_any(),
        Chart::Places { places, first, top } => {
            view! { <PlacesView places first top /> }.into_any()
        }
        Chart::Stacked(chart) => view! { <StackedView chart /> }.into_any(),
        Chart::Curve(curve) => view! { <CurveView curve /> }.into_any(),
        Chart::Groups(groups) => {
            let groups: Vec<_> = groups
                .into_iter()
                .map(|group| {
                    let label = group.label.clone();
                    view! {
                        <section class="group" aria-label=label>
                            {level
                                .part(
                                    view! {
                                        {group.label}
                                        " "
                                        <span class="base">{group.base}</span>
                                    },
                                )}
                            {chart_view(group.chart, level)}
                        </section>
                    }
                })
                .collect();
            view! { <div class="groups">{groups}</div> }.into_any()
        }
        Chart::Withheld(why) => view! { <p class="withheld">{why}</p> }.into_any(),
    }
}
