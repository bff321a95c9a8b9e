//! `GET /{lang}/discuss/{thread}/{comment}/history`.

use std::{collections::HashMap, time::Duration};

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use partake_app::{
    i18n::{t, t_with},
    pages::discuss::{HistoryPage, HistoryPageProps, Piece, VersionView},
    shell::Nav,
};
use similar::{ChangeTag, TextDiff};

use super::{
    InThread,
    when::{minute, rfc3339},
};
use crate::{error::PageError, extract::CurrentSurvey, page::PageContext, state::AppState};

/// Longer than this nobody searches for the shortest difference.
const PATIENCE: Duration = Duration::from_millis(100);

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let here = InThread::load(&state, &context, &survey, &path).await?;
    let comment = here.comment(&state, &context, &path).await?;
    let versions = state.store.versions(&comment).await?;
    // A comment that may not be read has no versions to be read either.
    if versions.is_empty() {
        return Err(PageError::NotFound);
    }
    let author = comment
        .author
        .clone()
        .unwrap_or_else(|| t(lang, "forum-by-nobody"));
    let shown = versions
        .iter()
        .enumerate()
        .map(|(i, version)| VersionView {
            when: minute(version.written_ms),
            datetime: rfc3339(version.written_ms),
            pieces: match versions.get(i + 1) {
                Some(before) => pieces(&before.body, &version.body),
                None => vec![(Piece::Same, version.body.clone())],
            },
        })
        .collect();
    let tail = format!("{}/{}/history", here.tail, comment.id);
    let title = t_with(lang, "history-title", &[("author", author.clone().into())]);
    let mut shell = context.shell(tail, title, Nav::Discuss);
    shell.private = true;
    let props = HistoryPageProps {
        lang,
        href: format!("{}/{id}#c{id}", here.href(), id = comment.id),
        author,
        versions: shown,
        comment_lang: comment.lang.tag(),
    };
    Ok(context.respond(StatusCode::OK, shell, move || HistoryPage(props)))
}

/// What was dropped and added, word by word; Chinese character by character.
fn pieces(before: &str, after: &str) -> Vec<(Piece, String)> {
    let diff = TextDiff::configure()
        .timeout(PATIENCE)
        .diff_unicode_words(before, after);
    let mut out: Vec<(Piece, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        let piece = match change.tag() {
            ChangeTag::Equal => Piece::Same,
            ChangeTag::Insert => Piece::Added,
            ChangeTag::Delete => Piece::Dropped,
        };
        match out.last_mut() {
            Some((last, text)) if *last == piece => text.push_str(change.value()),
            _ => out.push((piece, change.value().to_owned())),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_names_what_was_dropped_and_added() {
        assert_eq!(
            pieces("we decide", "we approve"),
            [
                (Piece::Same, "we ".to_owned()),
                (Piece::Dropped, "decide".to_owned()),
                (Piece::Added, "approve".to_owned()),
            ]
        );
        let zh = pieces("人来决定", "人不决定");
        assert!(zh.contains(&(Piece::Dropped, "来".to_owned())), "{zh:?}");
        assert!(zh.contains(&(Piece::Added, "不".to_owned())), "{zh:?}");
    }
}
