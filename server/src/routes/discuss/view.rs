//! From what is stored to what is shown.

use std::collections::{HashMap, HashSet};

use partake_app::{
    i18n::{t, t_with},
    pages::discuss::{AboutChoices, CommentView, May},
};
use partake_core::{
    disclosure::attention,
    forum::{
        About, Action, Actor, CommentState, MAX_DEPTH, Sort,
        draft::{self, Look},
        markdown, may, mention,
    },
    instrument::Instrument,
    lang::Lang,
};
use partake_store::forum::{Comment, Reader, Title, Vote};

use super::{
    RuleBook, figure,
    when::{minute, rfc3339},
};
use crate::{error::PageError, state::AppState, surveys::Wave};

/// Those whose names occur in the texts of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    /// Keys of their handles.
    pub(super) known: HashSet<String>,
    /// Path of the list of threads.
    pub(super) base: String,
}

impl People {
    /// Those in these comments and the replies that were loaded with them.
    pub(super) async fn of<'a>(
        state: &AppState,
        base: &str,
        comments: impl IntoIterator<Item = &'a Comment>,
    ) -> Result<Self, PageError> {
        let mut keys = Vec::new();
        let mut open: Vec<&Comment> = comments.into_iter().collect();
        while let Some(comment) = open.pop() {
            open.extend(&comment.replies);
            keys.extend(mention::candidates(&comment.body));
        }
        keys.sort_unstable();
        keys.dedup();
        keys.truncate(MOST_NAMES);
        Ok(Self {
            known: state.store.known_handles(&keys).await?,
            base: base.to_owned(),
        })
    }

    /// A text as HTML.
    pub(super) fn html(&self, source: &str) -> String {
        markdown::render_with(source, &self.known, &self.href())
    }

    /// How a draft will look.
    pub(super) fn look(&self, source: &str) -> Look {
        draft::look(source, &self.known, &self.href())
    }

    fn href(&self) -> String {
        format!("{}/search?by=", self.base)
    }
}

/// Names that one page looks up.
const MOST_NAMES: usize = 2_000;

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
    pub(super) people: &'a People,
    /// For the rules by which comments were removed.
    pub(super) book: &'a RuleBook,
    /// The language that is read; comments in others are folded.
    pub(super) only: Option<Lang>,
    /// Newest comment seen at an earlier visit.
    pub(super) since: Option<i64>,
    /// Path of the page, with its query.
    pub(super) here: &'a str,
}

impl Shown<'_> {
    pub(super) fn comment(&self, comment: Comment) -> CommentView {
        let href = format!("{}/{}", self.thread, comment.id);
        let me = Reader::of(self.actor).account.unwrap_or_default();
        // What stands in a locked branch is locked with it.
        let below = Shown {
            locked: self.locked || comment.branch_locked,
            ..*self
        };
        let allowed = |action| may(self.actor, action, comment.target(me, below.locked)).is_ok();
        let may = May {
            reply: allowed(Action::Reply),
            edit: allowed(Action::Edit),
            delete: allowed(Action::Delete),
            report: allowed(Action::Report),
            vote: allowed(Action::Vote),
            remove: allowed(Action::Remove),
            restore: allowed(Action::Restore),
            withhold: allowed(Action::Withhold),
            lock: allowed(Action::Lock),
        };
        let loaded = i64::try_from(comment.replies.len()).unwrap_or(i64::MAX);
        let left = (comment.reply_count - loaded).max(0);
        let more = comment.more.map(|cursor| {
            let only = only_query(self.only);
            (
                format!("{href}?sort={}{only}&cursor={cursor}", self.sort),
                left,
            )
        });
        let author = comment
            .author
            .clone()
            .unwrap_or_else(|| t(self.lang, "forum-by-nobody"));
        CommentView {
            id: comment.id,
            author: comment.author,
            mine: comment.mine,
            branch_locked: comment.branch_locked,
            state: comment.state,
            reason: comment.reason.map(|reason| self.book.title(reason, None)),
            note: comment.note,
            html: self.people.html(&comment.body),
            lang: comment.lang,
            folded: self.only.is_some_and(|only| only != comment.lang),
            fresh: self.since.is_some_and(|since| comment.id > since) && !comment.mine,
            deepest: comment.depth >= MAX_DEPTH,
            answers: None,
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
                .map(|reply| CommentView {
                    answers: Some((comment.id, author.clone())),
                    ..below.comment(reply)
                })
                .collect(),
            more,
            href,
        }
    }
}

/// The choice of a language as it is carried along in addresses.
pub(super) fn only_query(only: Option<Lang>) -> String {
    only.map(|lang| format!("&only={lang}")).unwrap_or_default()
}

/// A text as the beginning of an answer to it.
pub(super) fn quotation(body: &str) -> String {
    const MOST: usize = 1_000;
    let cut: String = body.chars().take(MOST).collect();
    let lines: Vec<String> = cut.lines().map(|line| format!("> {line}")).collect();
    format!("{}\n\n", lines.join("\n").replace("> \n", ">\n"))
}

/// A thread's title, or why it cannot be read.
pub(crate) fn title_text(lang: Lang, title: Title) -> String {
    match title {
        Title::Shown(text) => text,
        Title::Removed => t(lang, "forum-title-removed"),
        Title::Withheld => t(lang, "forum-title-withheld"),
    }
}

/// What a thread is about, in words. What a later version dropped keeps its id.
pub(crate) fn about_label(lang: Lang, instrument: &Instrument, about: &About) -> String {
    let question = |id: &str| {
        instrument
            .question(id)
            .map_or_else(|| id.to_owned(), |q| plain(q.title.get(lang)))
    };
    match about {
        About::Survey => t(lang, "forum-about-survey"),
        About::Section { section } => {
            let title = instrument
                .sections
                .iter()
                .find(|s| s.id == *section)
                .map_or_else(|| section.clone(), |s| s.title.get(lang).to_owned());
            t_with(lang, "thread-about-section", &[("section", title.into())])
        }
        About::Question { question: id } => question(id),
        About::Figure { release, table, by } => {
            let title = question(table.split("__").next().unwrap_or_default());
            let args = [
                ("release", i64::from(*release).into()),
                ("title", title.into()),
            ];
            match by {
                None => t_with(lang, "thread-about-figure", &args),
                Some(by) => {
                    let [release, title] = args;
                    let by = match attention(instrument) {
                        Some(attention) if attention.table == *by => {
                            t(lang, "results-split-attention")
                        }
                        _ => question(by),
                    };
                    let by = ("by", by.into());
                    t_with(lang, "thread-about-split", &[release, title, by])
                }
            }
        }
    }
}

/// What a field of a form says that a thread of this survey is about, if there is such a thing.
pub(crate) async fn known_about(
    state: &AppState,
    lang: Lang,
    survey_base: &str,
    wave: &Wave,
    field: &str,
) -> Result<Option<About>, PageError> {
    let Some(about) = About::from_field(field) else {
        return Ok(None);
    };
    let Wave {
        instrument, survey, ..
    } = wave;
    let exists = match &about {
        About::Survey => true,
        About::Section { section } => instrument.sections.iter().any(|s| s.id == *section),
        About::Question { question } => instrument.question(question).is_some(),
        About::Figure { .. } => figure::quoted(state, lang, survey_base, survey, &about)
            .await?
            .is_some(),
    };
    Ok(exists.then_some(about))
}

/// Every section and its questions, for a choice.
pub(crate) fn choices(lang: Lang, instrument: &Instrument) -> AboutChoices {
    instrument
        .sections
        .iter()
        .map(|section| {
            let whole = About::Section {
                section: section.id.clone(),
            };
            let mut options = vec![(whole.field(), t(lang, "thread-whole-section"))];
            options.extend(
                section
                    .questions
                    .iter()
                    .map(|q| (q.id.clone(), short(&plain(q.title.get(lang))))),
            );
            (section.title.get(lang).to_owned(), options)
        })
        .collect()
}

/// Figures among what is talked about, as a group of a choice.
pub(crate) fn figures<'a>(
    lang: Lang,
    instrument: &Instrument,
    about: impl IntoIterator<Item = &'a About>,
) -> Option<(String, Vec<(String, String)>)> {
    let options: Vec<(String, String)> = about
        .into_iter()
        .filter(|about| matches!(about, About::Figure { .. }))
        .map(|about| (about.field(), short(&about_label(lang, instrument, about))))
        .collect();
    (!options.is_empty()).then(|| (t(lang, "thread-figures"), options))
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
