//! What the instrument declared before anyone answered: hypotheses and indices, each with its rule
//! and its result.

use leptos::prelude::*;
use partake_core::{
    disclosure::{
        Evidence, Figure, IndexFigure, IndexForm, Interval, Tested, Verdict, index_figure,
        index_form, index_sources, test,
    },
    instrument::{Derived, Hypothesis, Measure},
};

use super::{
    bars::whisker,
    experiments::arm_label,
    numbers::{coordinate, grouped, joined},
    source::Source,
};
use crate::i18n::{t, t_with};

/// Hypotheses and indices of a release.
#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    pub title: String,
    pub lede: String,
    pub claims: Vec<Claim>,
    pub indices_title: String,
    pub indices_lede: String,
    pub indices: Vec<Index>,
    pub registered: String,
}

/// One hypothesis.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub id: String,
    pub claim: String,
    pub verdict: String,
    /// Class that tells the results apart beside their words.
    pub class: &'static str,
    /// The figures that decide it, and where there are none, why.
    pub figures: Vec<String>,
    /// The rule in words.
    pub rule: String,
    /// Measure and rule as they were registered.
    pub registered: [String; 2],
}

/// One index.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    pub id: String,
    pub label: String,
    pub figure: String,
    pub detail: String,
    /// Value, what is certain, and the interval, in per cent of the range.
    pub marks: Option<(f64, (f64, f64))>,
    /// Where zero lies, when it lies inside of the range.
    pub zero: Option<f64>,
    pub rule: String,
    /// Title and chart of each question that it reads.
    pub sources: Vec<(String, String)>,
}

/// `None` when the instrument declares nothing.
#[must_use]
pub fn declared(source: &Source<'_>) -> Option<Declared> {
    let instrument = source.instrument;
    if instrument.hypotheses.is_empty() && instrument.derived.is_empty() {
        return None;
    }
    let word = |key| t(source.lang, key);
    Some(Declared {
        title: word("charts-declared"),
        lede: word("charts-declared-lede"),
        claims: instrument
            .hypotheses
            .iter()
            .map(|h| claim(source, h))
            .collect(),
        indices_title: word("charts-indices"),
        indices_lede: word("charts-indices-lede"),
        indices: instrument
            .derived
            .iter()
            .filter_map(|d| index(source, d))
            .collect(),
        registered: word("charts-registered"),
    })
}

fn claim(source: &Source<'_>, hypothesis: &Hypothesis) -> Claim {
    let Tested { verdict, evidence } = test(
        source.instrument,
        source.aggregates,
        &source.parameters,
        hypothesis,
    );
    let (key, class) = match verdict {
        Verdict::Supported => ("charts-verdict-supported", "met"),
        Verdict::NotSupported => ("charts-verdict-not", "unmet"),
        Verdict::TooFew => ("charts-verdict-few", "open"),
        Verdict::Described => ("charts-verdict-described", "open"),
        Verdict::Together => ("charts-verdict-together", "open"),
        Verdict::Undeclared => ("charts-verdict-undeclared", "open"),
    };
    Claim {
        id: hypothesis.id.clone(),
        claim: source.text(&hypothesis.claim),
        verdict: t(source.lang, key),
        class,
        figures: figures(source, hypothesis, verdict, &evidence),
        rule: hypothesis
            .measure
            .as_ref()
            .map(|m| rule(source, m))
            .unwrap_or_default(),
        registered: [hypothesis.metric.clone(), hypothesis.test.clone()],
    }
}

fn figures(
    source: &Source<'_>,
    hypothesis: &Hypothesis,
    verdict: Verdict,
    evidence: &Evidence,
) -> Vec<String> {
    let say = |key: &str, args: &[(&'static str, String)]| {
        let args: Vec<_> = args.iter().map(|(k, v)| (*k, v.clone().into())).collect();
        t_with(source.lang, key, &args)
    };
    let measure = hypothesis.measure.as_ref();
    match (evidence, measure) {
        (Evidence::Above(figure, _), Some(Measure::Share { index, .. })) => {
            vec![said(source, &name(source, index), figure, Unit::Percent)]
        }
        (Evidence::Above(figure, _), Some(Measure::Mean { index, .. })) => {
            vec![said(
                source,
                &name(source, index),
                figure,
                unit_of(source, index),
            )]
        }
        (
            Evidence::Groups(group, rest, difference),
            Some(Measure::Groups {
                group: code, by, ..
            }),
        ) => {
            let label = group_label(source, by, code);
            vec![
                said(source, &label, group, Unit::Fine),
                said(source, &t(source.lang, "charts-rest"), rest, Unit::Fine),
                say("charts-difference", &span(source, difference, Unit::Fine)),
            ]
        }
        (
            Evidence::Arms(first, second, net),
            Some(Measure::Arms {
                first: a,
                second: b,
                ..
            }),
        ) => {
            vec![
                said(source, &fall(source, a), first, Unit::Whole),
                said(source, &fall(source, b), second, Unit::Whole),
                say(
                    "charts-difference",
                    &span(source, &net.interval, Unit::Whole),
                ),
                t(source.lang, "charts-arms-note"),
            ]
        }
        (Evidence::Trend(arms, fall), Some(Measure::Trend { factor, index })) => {
            let mut lines: Vec<_> = arms
                .iter()
                .map(|(level, share)| {
                    let label = arm(source, factor, index, level).unwrap_or_default();
                    said(source, &label, share, Unit::Percent)
                })
                .collect();
            lines.push(say("charts-fall", &span(source, fall, Unit::Whole)));
            lines
        }
        (Evidence::Order { above, below }, Some(Measure::Order { question })) => {
            let list = |codes: &[String]| {
                let labels: Vec<_> = codes
                    .iter()
                    .filter_map(|code| {
                        let choice = source.instrument.question(question)?.choice(code)?;
                        Some(source.text(&choice.label))
                    })
                    .collect();
                joined(source.lang, &labels)
            };
            vec![
                say("charts-foremost", &[("list", list(above))]),
                say("charts-hindmost", &[("list", list(below))]),
            ]
        }
        _ if verdict == Verdict::Together => vec![t(source.lang, "charts-together-why")],
        _ if verdict == Verdict::TooFew => vec![t(source.lang, "charts-few-why")],
        _ => vec![],
    }
}

fn rule(source: &Source<'_>, measure: &Measure) -> String {
    let number = |value: f64| value.to_string();
    let say = |key: &str, args: &[(&'static str, String)]| {
        let args: Vec<_> = args.iter().map(|(k, v)| (*k, v.clone().into())).collect();
        t_with(source.lang, key, &args)
    };
    match measure {
        Measure::Share { index, above } => say(
            "charts-rule-share",
            &[("index", name(source, index)), ("above", number(*above))],
        ),
        Measure::Mean { index, above } => say(
            "charts-rule-mean",
            &[("index", name(source, index)), ("above", number(*above))],
        ),
        Measure::Groups {
            by,
            group,
            above,
            within,
            ..
        } => say(
            "charts-rule-groups",
            &[
                ("group", group_label(source, by, group)),
                ("above", number(*above)),
                ("within", number(*within)),
            ],
        ),
        Measure::Arms { .. } => say("charts-rule-arms", &[]),
        Measure::Trend { index, .. } => say("charts-rule-trend", &[("index", name(source, index))]),
        Measure::Order { .. } => say("charts-rule-order", &[]),
        Measure::Together { .. } => say("charts-rule-together", &[]),
    }
}

/// An arm as the question shows it that the index reads.
fn arm(source: &Source<'_>, factor: &str, index: &str, level: &str) -> Option<String> {
    let derived = source.instrument.derived(index)?;
    let (question, _) = index_sources(source.instrument, derived)
        .into_iter()
        .next()?;
    let question = source.instrument.question(&question)?;
    Some(arm_label(
        source,
        source.instrument.factor(factor)?,
        question,
        level,
    ))
}

fn name(source: &Source<'_>, index: &str) -> String {
    source
        .instrument
        .derived(index)
        .map(|d| source.text(&d.label))
        .unwrap_or_default()
}

fn fall(source: &Source<'_>, question: &str) -> String {
    let title = source
        .instrument
        .question(question)
        .map(|q| source.text(&q.title))
        .unwrap_or_default();
    t_with(source.lang, "charts-fall-of", &[("question", title.into())])
}

fn group_label(source: &Source<'_>, by: &str, group: &str) -> String {
    source
        .instrument
        .question(by)
        .and_then(|q| q.quasi_identifier.as_ref())
        .and_then(|ladder| ladder.labels.iter().find(|(code, _)| code == group))
        .map_or_else(|| group.to_owned(), |(_, label)| source.text(label))
}

/// How many digits a figure carries: no more than its scale bears.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Percent,
    Whole,
    Fine,
}

fn unit_of(source: &Source<'_>, index: &str) -> Unit {
    let range = source.instrument.derived(index).and_then(|d| d.range);
    match range {
        Some((low, high)) if high - low <= 10.0 => Unit::Fine,
        _ => Unit::Whole,
    }
}

fn written(value: f64, unit: Unit) -> String {
    let text = match unit {
        Unit::Percent => format!("{:.0}%", value.clamp(-100.0, 100.0)),
        Unit::Whole => format!("{value:.0}"),
        Unit::Fine => format!("{value:.1}"),
    };
    let zero = text.trim_end_matches('%').parse() == Ok(0.0_f64);
    if zero {
        text.replace('-', "")
    } else {
        text.replace('-', "−")
    }
}

fn span(_source: &Source<'_>, interval: &Interval, unit: Unit) -> [(&'static str, String); 2] {
    [
        ("low", written(interval.low, unit)),
        ("high", written(interval.high, unit)),
    ]
}

/// A figure in a sentence.
fn said(source: &Source<'_>, label: &str, figure: &Figure, unit: Unit) -> String {
    t_with(
        source.lang,
        "charts-figure",
        &[
            ("label", label.to_owned().into()),
            ("value", written(figure.value, unit).into()),
            ("low", written(figure.interval.low, unit).into()),
            ("high", written(figure.interval.high, unit).into()),
            ("n", grouped(figure.n).into()),
        ],
    )
}

fn index(source: &Source<'_>, derived: &Derived) -> Option<Index> {
    let form = index_form(source.instrument, derived);
    if form == IndexForm::Apart {
        return None;
    }
    let found = index_figure(
        source.instrument,
        source.aggregates,
        derived,
        &source.parameters,
    );
    let (low, high) = match (&form, derived.range) {
        (_, Some(range)) => range,
        (_, None) => (0.0, 100.0),
    };
    let unit = match found {
        Some(IndexFigure::Share(_)) => Unit::Percent,
        _ => unit_of(source, &derived.id),
    };
    let label = source.text(&derived.label);
    let place = |value: f64| ((value - low) / (high - low) * 100.0).clamp(0.0, 100.0);
    let rule = match form {
        IndexForm::Bands { .. } => "charts-index-bands",
        IndexForm::Count { .. } => "charts-index-count",
        _ => "charts-index-table",
    };
    let sources = sources(source, derived);
    Some(Index {
        id: format!("index-{}", derived.id),
        figure: found.map_or_else(
            || t(source.lang, "charts-verdict-few"),
            |f| written(f.figure().value, unit),
        ),
        detail: found.map_or_else(
            || t(source.lang, "charts-index-few"),
            |f| said(source, &label, f.figure(), unit),
        ),
        marks: found.map(|f| {
            let figure = f.figure();
            let (from, to) = (figure.interval.low, figure.interval.high);
            (place(figure.value), (place(from), place(to)))
        }),
        zero: (low < 0.0 && high > 0.0).then(|| place(0.0)),
        rule: t_with(
            source.lang,
            rule,
            &[
                ("low", written(low, Unit::Whole).into()),
                ("high", written(high, Unit::Whole).into()),
            ],
        ),
        label,
        sources,
    })
}

/// The charts that an index reads.
fn sources(source: &Source<'_>, derived: &Derived) -> Vec<(String, String)> {
    let mut questions: Vec<String> = index_sources(source.instrument, derived)
        .into_iter()
        .map(|(question, _)| question)
        .collect();
    questions.dedup();
    questions
        .into_iter()
        .filter_map(|id| {
            let question = source.instrument.question(&id)?;
            Some((source.text(&question.title), format!("#{id}")))
        })
        .collect()
}

#[component]
pub fn DeclaredView(declared: Declared) -> impl IntoView {
    let Declared {
        title,
        lede,
        claims,
        indices_title,
        indices_lede,
        indices,
        registered,
    } = declared;
    let claims: Vec<_> = claims
        .into_iter()
        .map(|claim| claim_view(claim, &registered))
        .collect();
    let indices: Vec<_> = indices.into_iter().map(index_view).collect();
    view! {
        <section class="result-section declared" id="declared" aria-labelledby="declared-title">
            <h2 id="declared-title">{title}</h2>
            <p class="lede">{lede}</p>
            <ol class="claims">{claims}</ol>
            <h3 class="indices-title" id="indices">{indices_title}</h3>
            <p class="rule">{indices_lede}</p>
            <ul class="rows indices">{indices}</ul>
        </section>
    }
    .into_any()
}

fn claim_view(claim: Claim, registered: &str) -> impl IntoView + use<> {
    let [metric, test] = claim.registered;
    let anchor = claim.id.clone();
    let figures: Vec<_> = claim
        .figures
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect();
    view! {
        <li id=anchor>
            <p class="claim"><b>{claim.id}</b> " " {claim.claim}</p>
            <p class=format!("verdict {}", claim.class)>{claim.verdict}</p>
            <ul class="evidence">{figures}</ul>
            <p class="rule">{claim.rule}</p>
            <details>
                <summary>{registered.to_owned()}</summary>
                <p lang="en"><code>{metric}</code></p>
                <p lang="en"><code>{test}</code></p>
            </details>
        </li>
    }
}

fn index_view(index: Index) -> impl IntoView {
    let hidden = index.marks.is_none();
    let zero = index.zero.map(|at| {
        view! { <path class="middle" d=format!("M{} -1V11", coordinate(at)) /> }
    });
    let drawing = index.marks.map(|(value, interval)| {
        view! {
            <svg
                class="row-marks dots"
                viewBox="0 0 100 10"
                preserveAspectRatio="none"
                role="img"
                aria-label=index.detail.clone()
            >
                <path class="floor" d="M0 5H100" />
                {zero}
                {whisker(Some(interval))}
                <path class="dot" d=format!("M{} 5h0", coordinate(value)) />
            </svg>
        }
    });
    let sources: Vec<_> = index
        .sources
        .into_iter()
        .map(|(title, href)| view! { <li><a href=href>{title}</a></li> })
        .collect();
    view! {
        <li class="row index" id=index.id>
            <span class="row-label">{index.label}</span>
            <span class="row-figure" class:hidden-figure=hidden>{index.figure}</span>
            {drawing}
            <details class="row-note">
                <summary>{index.detail}</summary>
                <p>{index.rule}</p>
                <ul>{sources}</ul>
            </details>
        </li>
    }
}
