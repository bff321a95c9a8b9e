//! From what is stored to what is shown.

use std::collections::HashMap;

use partake_app::{
    i18n::t,
    pages::discuss::{AboutChoices, CommentView, May},
};
use partake_core::{
    forum::{About, Action, Actor, CommentState, Reason, Sort, markdown, may},
    instrument::Instrument,
    lang::Lang,
};
use partake_store::forum::{Comment, Reader, Vote};

use super::when::{minute, rfc3339};

/// How comments of one thread are shown to one reader.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) lang: Lang,
    pub(super) actor: Actor<'a>,
    pub(super) locked: bool,
    /// Path of the thread.
    pub(super) thread: &'a str,
    pub(super) sort: Sort,
    /// The reader's votes in the thread.
    pub(super) votes: &'a HashMap<i64, Vote>,
    /// Path of the page, with its query.
    pub(super) here: &'a str,
}

impl Shown<'_> {
    pub(super) fn comment(&self, comment: Comment) -> CommentView {
        let href = format!("{}/{}", self.thread, comment.id);
        let me = Reader::of(self.actor).account.unwrap_or_default();
        let allowed = |action| may(self.actor, action, comment.target(me, self.locked)).is_ok();
        let may = May {
            reply: allowed(Action::Reply),
            edit: allowed(Action::Edit),
            delete: allowed(Action::Delete),
            report: allowed(Action::Report),
            vote: allowed(Action::Vote),
            remove: allowed(Action::Remove),
            restore: allowed(Action::Restore),
        };
        let loaded = i64::try_from(comment.replies.len()).unwrap_or(i64::MAX);
        let left = (comment.reply_count - loaded).max(0);
        let more = comment
            .more
            .map(|cursor| (format!("{href}?sort={}&cursor={cursor}", self.sort), left));
        CommentView {
            id: comment.id,
            author: comment.author,
            mine: comment.mine,
            state: comment.state,
            reason: comment.reason.map(|reason| reason_label(self.lang, reason)),
            note: comment.note,
            html: markdown::render(&comment.body),
            score: comment.score,
            my_vote: match self.votes.get(&comment.id) {
                Some(Vote::Up) => 1,
                Some(Vote::Down) => -1,
                None => 0,
            },
            here: self.here.to_owned(),
            when: minute(comment.created_ms),
            datetime: rfc3339(comment.created_ms),
            edited: comment.edited_ms.is_some() && comment.state == CommentState::Visible,
            reply_count: comment.reply_count,
            may,
            replies: comment
                .replies
                .into_iter()
                .map(|reply| self.comment(reply))
                .collect(),
            more,
            href,
        }
    }
}

/// A rule in words.
pub(crate) fn reason_label(lang: Lang, reason: Reason) -> String {
    t(lang, &format!("forum-reason-{reason}"))
}

/// What a thread is about, in words. A question that a later version dropped keeps its id.
pub(super) fn about_label(lang: Lang, instrument: &Instrument, about: &About) -> String {
    match about {
        About::Survey => t(lang, "forum-about-survey"),
        About::Question { question } => instrument
            .question(question)
            .map_or_else(|| question.clone(), |q| plain(q.title.get(lang))),
    }
}

/// Every question by section, for a choice.
pub(super) fn choices(lang: Lang, instrument: &Instrument) -> AboutChoices {
    instrument
        .sections
        .iter()
        .map(|section| {
            let questions = section
                .questions
                .iter()
                .map(|q| (q.id.clone(), short(&plain(q.title.get(lang)))))
                .collect();
            (section.title.get(lang).to_owned(), questions)
        })
        .collect()
}

/// A title without its pipes: each gives its fallback, or a gap.
fn plain(title: &str) -> String {
    let mut out = String::new();
    let mut rest = title;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let Some((pipe, tail)) = after.split_once("}}") else {
            rest = after;
            break;
        };
        out.push_str(
            pipe.split_once('|')
                .map_or("…", |(_, fallback)| fallback.trim()),
        );
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// Fits into a line of a select.
fn short(title: &str) -> String {
    const MOST: usize = 60;
    if title.chars().count() <= MOST {
        return title.to_owned();
    }
    title.chars().take(MOST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_gives_its_fallback() {
        assert_eq!(
            plain("How do you use {{tool|AI}} at {{place}}?"),
            "How do you use AI at …?"
        );
        assert_eq!(plain("no pipe {{"), "no pipe ");
    }
}
