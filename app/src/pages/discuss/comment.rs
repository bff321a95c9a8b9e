//! One comment with the replies that were loaded.

use leptos::prelude::*;
use partake_core::{forum::CommentState, lang::Lang};

use super::compose::{Composer, composer};
use crate::{
    i18n::{t, t_with},
    ui::SafeHtml,
};

/// What the reader may do with it.
#[derive(Clone, Copy, Debug, Default)]
pub struct May {
    pub reply: bool,
    pub edit: bool,
    pub delete: bool,
    pub report: bool,
    pub vote: bool,
    pub remove: bool,
    pub restore: bool,
    pub withhold: bool,
    pub lock: bool,
}

/// A comment as it is shown.
#[derive(Clone, Debug)]
pub struct CommentView {
    pub id: i64,
    /// Path of its permalink.
    pub href: String,
    pub author: Option<String>,
    pub mine: bool,
    /// It and all below it are locked.
    pub branch_locked: bool,
    pub state: CommentState,
    pub reason: Option<String>,
    pub note: Option<String>,
    /// Sanitised; empty where masked.
    pub html: String,
    /// Language it is written in.
    pub lang: Lang,
    /// In a language that the reader does not read: shown on demand.
    pub folded: bool,
    /// Written since the reader's last visit.
    pub fresh: bool,
    /// Stands so deep that nothing can stand below.
    pub deepest: bool,
    /// Id and author of what it replies to, where that stands above it.
    pub answers: Option<(i64, String)>,
    pub score: i64,
    /// The reader's own vote: 1, -1, or 0 for none.
    pub my_vote: i8,
    /// Where to come back to after voting.
    pub here: String,
    pub when: String,
    pub datetime: String,
    pub edited: bool,
    pub reply_count: i64,
    pub may: May,
    pub replies: Vec<CommentView>,
    /// Path under which the replies that were not loaded are shown, and their number.
    pub more: Option<(String, i64)>,
}

impl CommentView {
    fn name(&self, lang: Lang) -> String {
        self.author
            .clone()
            .unwrap_or_else(|| t(lang, "forum-by-nobody"))
    }
}

/// The comment alone, without its replies.
pub(super) fn body(lang: Lang, comment: &CommentView) -> AnyView {
    let reason = comment.reason.clone().unwrap_or_default();
    let note = comment.note.clone().map(|note| {
        view! { <p>{t_with(lang, "forum-removed-note", &[("note", note.into())])}</p> }
    });
    match comment.state {
        CommentState::Visible => {
            let text = view! {
                <div lang=comment.lang.tag()>
                    <SafeHtml html=comment.html.clone() />
                </div>
            };
            if comment.folded {
                let key = format!("comment-folded-{}", comment.lang);
                view! {
                    <details class="folded">
                        <summary>{t(lang, &key)}</summary>
                        {text}
                    </details>
                }
                .into_any()
            } else {
                text.into_any()
            }
        }
        CommentState::Deleted => {
            view! { <p class="gone">{t(lang, "forum-deleted")}</p> }.into_any()
        }
        CommentState::Removed | CommentState::Withheld => {
            // Its author reads why, and what can be done.
            let told = comment.mine.then(|| {
                view! {
                    <p>
                        <a href=format!("/{lang}/moderation/mine/{}", comment.id)>
                            {t(lang, "mod-why-link")}
                        </a>
                    </p>
                }
            });
            let key = match comment.state {
                CommentState::Withheld if comment.mine => "mod-withheld-yours",
                CommentState::Withheld => "forum-withheld",
                _ if comment.mine => "forum-removed-yours",
                _ => "forum-removed",
            };
            let whose = match comment.state {
                CommentState::Withheld => "forum-withheld-text",
                _ => "forum-removed-text",
            };
            let revealed = (!comment.html.is_empty()).then(|| {
                view! {
                    <details>
                        <summary>{t(lang, whose)}</summary>
                        <SafeHtml html=comment.html.clone() />
                    </details>
                }
            });
            view! {
                <div class="gone">
                    <p>{t_with(lang, key, &[("reason", reason.into())])}</p>
                    {note}
                    {told}
                </div>
                {revealed}
            }
            .into_any()
        }
    }
}

/// Author, time, edits.
pub(super) fn byline(lang: Lang, comment: &CommentView) -> AnyView {
    let author = match comment.state {
        CommentState::Visible => Some(comment.name(lang)),
        _ => comment.author.clone(),
    };
    let author = author.map(|name| view! { <strong class="author">{name}</strong> });
    let mine = comment
        .mine
        .then(|| view! { <span class="tag">{t(lang, "forum-mine")}</span> });
    let locked = comment
        .branch_locked
        .then(|| view! { <span class="tag">{t(lang, "forum-locked")}</span> });
    let edited = comment.edited.then(|| {
        let href = format!("{}/history", comment.href);
        view! { <a class="edited" href=href rel="nofollow">{t(lang, "forum-edited")}</a> }
    });
    let fresh = comment
        .fresh
        .then(|| view! { <span class="tag fresh">{t(lang, "notices-new")}</span> });
    // Where a narrow screen draws no more levels, this says what is answered.
    let answers = comment.answers.clone().map(|(id, author)| {
        let text = t_with(lang, "comment-answers", &[("author", author.into())]);
        view! { <a class="answers" href=format!("#c{id}")>{text}</a> }
    });
    // With the buttons the number stands between them.
    let score = (comment.score != 0 && !comment.may.vote).then(|| {
        view! { <span>{t_with(lang, "forum-score", &[("n", comment.score.into())])}</span> }
    });
    view! {
        <p class="by">
            {author}
            {mine}
            <a href=comment.href.clone() aria-label=format!("{} · {}", comment.when, t(lang, "forum-permalink"))>
                <time datetime=comment.datetime.clone()>{comment.when.clone()}</time>
            </a>
            {edited}
            {locked}
            {score}
            {answers}
            {fresh}
        </p>
    }
    .into_any()
}

/// Voting for and against; pressing again takes the vote back.
fn votes(lang: Lang, comment: &CommentView) -> Option<AnyView> {
    if !comment.may.vote {
        return None;
    }
    let author = comment.name(lang);
    let button = |value: i8, name: &'static str, sign: &'static str, key: &str| {
        let pressed = comment.my_vote == value;
        let label = t_with(lang, key, &[("author", author.clone().into())]);
        view! {
            <button
                name="vote"
                value=if pressed { "none" } else { name }
                aria-pressed=if pressed { "true" } else { "false" }
                aria-label=label.clone()
                title=label
            >
                <span aria-hidden="true">{sign}</span>
            </button>
        }
    };
    let score = t_with(lang, "forum-score", &[("n", comment.score.into())]);
    Some(
        view! {
            <form class="vote" method="post" action=format!("{}/vote", comment.href)>
                <input type="hidden" name="next" value=comment.here.clone() />
                {button(1, "up", "▲", "forum-vote-up")}
                <span class="score">
                    <span aria-hidden="true">{comment.score}</span>
                    <span class="visually-hidden">{score}</span>
                </span>
                {button(-1, "down", "▼", "forum-vote-down")}
            </form>
        }
        .into_any(),
    )
}

/// What can be done, replying excepted.
pub(super) fn acts(lang: Lang, comment: &CommentView) -> AnyView {
    let May {
        edit,
        delete,
        report,
        remove,
        restore,
        withhold,
        lock,
        ..
    } = comment.may;
    let branch = if comment.branch_locked {
        "unlock_branch"
    } else {
        "lock_branch"
    };
    let href = comment.href.clone();
    let link =
        |show: bool, to: String, key: &str| show.then(|| view! { <a href=to>{t(lang, key)}</a> });
    let decide = format!("/{lang}/moderation/comment/{}", comment.id);
    view! {
        {votes(lang, comment)}
        {link(comment.may.reply && !comment.deepest, format!("{href}?quote=1#reply-here"), "comment-quote")}
        {link(edit, format!("{href}/edit"), "forum-edit")}
        {link(delete, format!("{href}/delete"), "forum-delete")}
        {link(report, format!("{href}/report"), "forum-report")}
        {link(remove, format!("{decide}?act=remove"), "forum-moderate")}
        {link(withhold, format!("{decide}?act=withhold"), "mod-do-withhold")}
        {link(restore, format!("{decide}?act=restore"), "moderation-restore")}
        {link(lock, format!("{decide}?act={branch}"), &format!("mod-do-{branch}"))}
    }
    .into_any()
}

/// The comment and, below it, its replies. `composer_for` is the form for a reply to it.
pub(super) fn tree(lang: Lang, comment: CommentView) -> AnyView {
    let gone = comment.state != CommentState::Visible;
    let reply = (comment.may.reply && !comment.deepest).then(|| {
        let author = comment.name(lang);
        let form = composer(
            lang,
            Composer {
                id: format!("reply-{}", comment.id),
                action: format!("{}/reply", comment.href),
                label: t_with(lang, "forum-reply-to", &[("author", author.into())]),
                ..Composer::default()
            },
        );
        view! {
            <details class="reply" data-reply=comment.id.to_string()>
                <summary>{t(lang, "forum-reply")}</summary>
                {form}
            </details>
        }
    });
    let deepest = (comment.may.reply && comment.deepest)
        .then(|| view! { <p class="hint">{t(lang, "forum-fault-too-deep")}</p> });
    let acts_line = acts(lang, &comment);
    let head = byline(lang, &comment);
    let text = body(lang, &comment);
    let fresh = comment.fresh;
    let (id, count, more) = (comment.id, comment.reply_count, comment.more.clone());
    let replies = comment
        .replies
        .into_iter()
        .map(|reply| tree(lang, reply))
        .collect_view();
    let more = more.map(|(href, n)| {
        let label = if n > 0 {
            t_with(lang, "forum-more-replies", &[("n", n.into())])
        } else {
            t(lang, "forum-continue")
        };
        view! { <p class="more"><a data-more=id.to_string() href=href>{label}</a></p> }
    });
    let below = (count > 0).then(|| {
        view! {
            <details class="replies" open=true>
                <summary>{t_with(lang, "forum-replies", &[("n", count.into())])}</summary>
                <div class="children">{replies}</div>
                {more}
            </details>
        }
    });
    view! {
        <article class="comment" class:gone-comment=gone class:fresh-comment=fresh id=format!("c{id}")>
            {head}
            {text}
            <div class="acts">{reply} {acts_line}</div>
            {deepest}
            {below}
        </article>
    }
    .into_any()
}
