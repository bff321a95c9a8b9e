//! Every text of a question in which a pipe is drawn.

use std::collections::BTreeSet;

use crate::{
    flow::{pipe_names, pipes_without_fallback},
    instrument::{Kind, Question},
    lang::{Lang, Text},
};

/// Texts that are drawn whenever the question is shown.
pub(super) fn shown(question: &Question) -> Vec<&Text> {
    let mut texts = vec![&question.title];
    texts.extend(&question.stem);
    texts.extend(&question.help);
    let statements = match &question.kind {
        Kind::Votes(votes) => votes.statements.as_slice(),
        _ => &[],
    };
    let choices = question.choices().iter().chain(statements);
    texts.extend(choices.map(|choice| &choice.label));
    match &question.kind {
        Kind::Single(list) => texts.extend(list.ends.iter().flat_map(|(low, high)| [low, high])),
        Kind::Matrix(matrix) => texts.extend(matrix.rows.iter().map(|row| &row.label)),
        Kind::Slider(slider) => texts.extend([&slider.low, &slider.high]),
        Kind::Number(number) => texts.extend(number.unit.iter().chain(&number.soft_message)),
        Kind::BestWorst(sets) => texts.extend([&sets.best, &sets.worst]),
        Kind::ShortText(text) | Kind::LongText(text) => {
            texts.extend(&text.placeholder);
            texts.extend(text.pattern.as_ref().map(|pattern| &pattern.message));
        }
        Kind::Multiple(_) | Kind::Ranking(_) | Kind::Votes(_) | Kind::Statement => {}
    }
    texts
}

/// Names without a fallback in either language of a text.
pub(super) fn bare_pipes(text: &Text) -> BTreeSet<String> {
    let texts = [Lang::Zh, Lang::En].into_iter();
    texts
        .flat_map(|lang| pipes_without_fallback(text.get(lang)))
        .collect()
}

/// All names in either language.
pub(super) fn pipes(text: &Text) -> BTreeSet<String> {
    pipe_names(text).into_iter().map(|(_, name)| name).collect()
}
