//! Each hypothesis with its rule and what a release says of it.

use partake_core::{
    disclosure::{Evidence, Tested, Verdict, index_sources, test},
    instrument::{Hypothesis, Measure},
    open_data::Found,
};

use super::{
    super::{
        experiments::arm_label,
        numbers::{grouped, joined},
        source::Source,
    },
    Claim,
    units::{Unit, said, span, unit_of, written},
};
use crate::i18n::{t, t_with};

pub(super) fn claim(source: &Source<'_>, hypothesis: &Hypothesis) -> Claim {
    let Tested { verdict, evidence } = test(
        source.instrument,
        source.aggregates,
        &source.parameters,
        source.relations,
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
                say("charts-difference", &span(difference, Unit::Fine)),
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
                say("charts-difference", &span(&net.interval, Unit::Whole)),
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
            lines.push(say("charts-fall", &span(fall, Unit::Whole)));
            lines
        }
        (Evidence::Beside(found, n), Some(Measure::Correlation { .. })) => {
            vec![
                beside(source, "charts-correlation", found, *n),
                t(source.lang, "charts-file-note"),
            ]
        }
        (Evidence::Beside(found, n), Some(Measure::Slopes { first, second, .. })) => {
            let mut lines: Vec<_> = [first, second]
                .into_iter()
                .zip(&found.parts)
                .map(|(name, slope)| {
                    say(
                        "charts-slope",
                        &[
                            ("name", scale_name(source, name)),
                            ("value", written(*slope, Unit::Correlation)),
                        ],
                    )
                })
                .collect();
            lines.push(beside(source, "charts-slopes", found, *n));
            lines.push(t(source.lang, "charts-file-note"));
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
        (_, Some(Measure::Correlation { .. } | Measure::Slopes { .. }))
            if verdict == Verdict::TooFew =>
        {
            vec![t(source.lang, "charts-few-file-why")]
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
        Measure::Correlation { first, second } => say(
            "charts-rule-correlation",
            &[
                ("first", scale_name(source, first)),
                ("second", scale_name(source, second)),
            ],
        ),
        Measure::Slopes { first, second, on } => say(
            "charts-rule-slopes",
            &[
                ("first", scale_name(source, first)),
                ("second", scale_name(source, second)),
                ("on", scale_name(source, on)),
            ],
        ),
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

/// An index by its name, a question by its words.
fn scale_name(source: &Source<'_>, id: &str) -> String {
    match source.instrument.question(id) {
        Some(question) => source.text(&question.title),
        None => name(source, id),
    }
}

/// A figure of the public file in a sentence.
fn beside(source: &Source<'_>, key: &str, found: &Found, n: u64) -> String {
    let told = |value| written(value, Unit::Correlation).into();
    t_with(
        source.lang,
        key,
        &[
            ("value", told(found.value)),
            ("low", told(found.low)),
            ("high", told(found.high)),
            ("n", grouped(n).into()),
        ],
    )
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
