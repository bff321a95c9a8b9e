//! The figure that a thread is about, as the release published it.

use partake_app::{
    charts::{Figure, FigureWords, Source, Threads, date, figure, group_tables, grouped, groups},
    i18n::{t, t_with},
    pages::discuss::QuotedFigure,
};
use partake_core::{forum::About, lang::Lang};

use crate::{error::PageError, state::AppState};

/// The figure, or `None` for what is no figure of a release. It never changes, because the release
/// does not.
pub(super) async fn quoted(
    state: &AppState,
    lang: Lang,
    survey_base: &str,
    survey: &str,
    about: &About,
) -> Result<Option<QuotedFigure>, PageError> {
    let About::Figure { release, by, .. } = about else {
        return Ok(None);
    };
    let Some(release) = state.store.release(survey, i64::from(*release)).await? else {
        return Ok(None);
    };
    let published = state
        .published
        .get(&state.store, &release)
        .await
        .map_err(PageError::internal)?;
    let source = Source::new(
        lang,
        &published.instrument,
        &published.aggregates,
        published.parameters,
        survey_base.to_owned(),
    );
    let tables = match by {
        None => vec![],
        Some(by) => match group_tables(&published.instrument, &published.aggregates, by) {
            Some(tables) => tables,
            None => return Ok(None),
        },
    };
    let split = groups(&source, by.as_deref().unwrap_or_default(), &tables);
    let question = about
        .question()
        .and_then(|id| published.instrument.question(id));
    let Some(drawn) =
        question.and_then(|question| figure(&source, &split, question, Threads::default()))
    else {
        return Ok(None);
    };
    let split_query = by
        .as_ref()
        .map(|by| format!("?by={by}"))
        .unwrap_or_default();
    let href = format!(
        "{survey_base}/results/{}{split_query}#{}",
        release.number, drawn.id
    );
    let line = t_with(
        lang,
        "results-release-line",
        &[
            ("release", release.number.into()),
            ("date", date(lang, &release.day).into()),
            ("n", grouped(published.aggregates.n).into()),
        ],
    );
    Ok(Some(QuotedFigure {
        figure: Figure {
            // This is where it is discussed; the way goes back.
            discuss: href,
            words: FigureWords {
                discuss: t(lang, "thread-quoted-link"),
                discuss_label: t(lang, "thread-quoted-link"),
                ..drawn.words
            },
            ..drawn
        },
        line,
    }))
}

/// The figures of a survey's newest release, one for each question that has any.
pub(crate) async fn newest(state: &AppState, survey: &str) -> Result<Vec<About>, PageError> {
    let Some(release) = state.store.newest_release(survey).await? else {
        return Ok(Vec::new());
    };
    let published = state
        .published
        .get(&state.store, &release)
        .await
        .map_err(PageError::internal)?;
    let mut questions: Vec<&str> = published
        .aggregates
        .tables
        .iter()
        .filter(|table| table.by.is_none())
        .map(|table| table.question.as_str())
        .collect();
    questions.dedup();
    Ok(questions
        .into_iter()
        .map(|question| About::Figure {
            release: published.aggregates.release,
            table: question.to_owned(),
            by: None,
        })
        .collect())
}
