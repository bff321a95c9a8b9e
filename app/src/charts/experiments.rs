//! The arms of an experiment side by side.

use partake_core::{
    disclosure::{Aggregates, arms, level_label},
    instrument::{Factor, Question},
};

use super::{
    curve::curve,
    figure::{Chart, GroupChart, base, chart},
    groups::{same_order, same_scale},
    source::Source,
};
use crate::i18n::t;

/// What one experiment shows of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    pub title: String,
    pub charts: Vec<Chart>,
}

/// The experiments of a question that a release shows.
pub(super) fn experiments(
    source: &Source<'_>,
    question: &Question,
    whole: &Chart,
) -> Vec<Experiment> {
    arms(source.instrument)
        .into_iter()
        .filter(|(_, asked)| asked.id == question.id)
        .filter_map(|(factor, _)| experiment(source, factor, question, whole))
        .collect()
}

/// A level as the question's text shows it: with the unit that follows it there.
pub(super) fn arm_label(
    source: &Source<'_>,
    factor: &Factor,
    question: &Question,
    level: &str,
) -> String {
    let label = source.text(&level_label(factor, level));
    let pipe = format!("{{{{{}}}}}", factor.id);
    let title = question.title.get(source.lang);
    let unit = title
        .split_once(&pipe)
        .is_some_and(|(_, after)| after.starts_with('%'));
    if unit { label + "%" } else { label }
}

fn experiment(
    source: &Source<'_>,
    factor: &Factor,
    question: &Question,
    whole: &Chart,
) -> Option<Experiment> {
    let tables: Vec<(&String, Aggregates)> = factor
        .levels
        .iter()
        .map(|level| (level, source.aggregates.group(&factor.id, level)))
        .collect();
    // Releases made before experiments were published have no such table.
    if tables.iter().all(|(_, group)| group.tables.is_empty()) {
        return None;
    }
    let mut drawn: Vec<GroupChart> = tables
        .iter()
        .map(|(level, group)| {
            let arm = source.of(group);
            let tables = arm.tables(&question.id);
            GroupChart {
                label: arm_label(source, factor, question, level),
                base: base(&arm, &tables),
                chart: chart(&arm, question, &tables),
            }
        })
        .collect();
    same_scale(&mut drawn);
    same_order(&mut drawn, whole);
    let mut charts: Vec<_> = curve(source, factor, question)
        .map(Chart::Curve)
        .into_iter()
        .collect();
    charts.push(Chart::Groups(drawn));
    Some(Experiment {
        title: t(source.lang, "charts-experiment"),
        charts,
    })
}
