//! The findings of a release in words.

use partake_core::{
    disclosure::{Finding, MedianBand, findings},
    instrument::{Kind, Question},
};

use crate::{charts::Source, i18n::t_with};

/// One sentence for each finding; none where the release cannot carry one.
#[must_use]
pub fn sentences(source: &Source<'_>) -> Vec<String> {
    findings(source.instrument, source.aggregates, &source.parameters)
        .iter()
        .filter_map(|finding| sentence(source, finding))
        .collect()
}

fn sentence(source: &Source<'_>, finding: &Finding) -> Option<String> {
    let question = |id: &str| source.instrument.question(id);
    let whole = |percent: f64| format!("{percent:.0}%");
    match finding {
        Finding::Rows {
            question: id,
            points,
            most,
            least,
        } => {
            let q = question(id)?;
            Some(t_with(
                source.lang,
                "results-finding-rows",
                &[
                    ("question", source.text(&q.title).into()),
                    ("lower", choice(source, q, &points[0])?.into()),
                    ("higher", choice(source, q, &points[1])?.into()),
                    ("most", row(source, q, &most.0)?.into()),
                    ("mostshare", whole(most.1).into()),
                    ("least", row(source, q, &least.0)?.into()),
                    ("leastshare", whole(least.1).into()),
                ],
            ))
        }
        Finding::Pair { first, second } => {
            let (a, b) = (question(&first.0)?, question(&second.0)?);
            Some(t_with(
                source.lang,
                "results-finding-pair",
                &[
                    ("first", source.text(&a.title).into()),
                    ("firstband", band(source, a, first.1)?.into()),
                    ("second", source.text(&b.title).into()),
                    ("secondband", band(source, b, second.1)?.into()),
                ],
            ))
        }
        Finding::Middle {
            question: id,
            median,
        } => {
            let q = question(id)?;
            let Kind::Slider(slider) = &q.kind else {
                return None;
            };
            Some(t_with(
                source.lang,
                "charts-finding-middle",
                &[
                    ("question", source.text(&q.title).into()),
                    ("band", band(source, q, *median)?.into()),
                    ("low", source.text(&slider.low).into()),
                    ("high", source.text(&slider.high).into()),
                ],
            ))
        }
        Finding::BestWorst {
            question: id,
            most,
            least,
        } => {
            let q = question(id)?;
            Some(t_with(
                source.lang,
                "results-finding-best-worst",
                &[
                    ("most", choice(source, q, most)?.into()),
                    ("least", choice(source, q, least)?.into()),
                ],
            ))
        }
        Finding::Ranking {
            question: id,
            code,
            percent,
            places,
        } => {
            let q = question(id)?;
            Some(t_with(
                source.lang,
                "results-finding-ranking",
                &[
                    ("option", choice(source, q, code)?.into()),
                    ("share", whole(*percent).into()),
                    ("places", (*places).into()),
                ],
            ))
        }
        Finding::Agreement {
            question: id,
            statement,
            percent,
        } => {
            let q = question(id)?;
            Some(t_with(
                source.lang,
                "results-finding-agreement",
                &[
                    ("statement", row(source, q, statement)?.into()),
                    ("share", whole(*percent).into()),
                ],
            ))
        }
    }
}

fn choice(source: &Source<'_>, question: &Question, code: &str) -> Option<String> {
    question
        .choice(code)
        .map(|choice| source.text(&choice.label))
}

fn row(source: &Source<'_>, question: &Question, code: &str) -> Option<String> {
    let label = match &question.kind {
        Kind::Matrix(matrix) => &matrix.rows.iter().find(|row| row.code == code)?.label,
        Kind::Votes(votes) => &votes.statements.iter().find(|s| s.code == code)?.label,
        _ => return None,
    };
    Some(source.text(label))
}

/// The band, or the range of bands, of a slider's median.
fn band(source: &Source<'_>, question: &Question, median: MedianBand) -> Option<String> {
    let Kind::Slider(slider) = &question.kind else {
        return None;
    };
    let width = (slider.max - slider.min) / 10.0;
    let place = |i: usize| u32::try_from(i).ok().map(f64::from);
    let low = slider.min + width * place(median.low)?;
    let high = if median.high == 9 {
        slider.max
    } else {
        slider.min + width * (place(median.high)? + 1.0) - slider.step
    };
    Some(t_with(
        source.lang,
        "results-band",
        &[("low", low.into()), ("high", high.into())],
    ))
}
