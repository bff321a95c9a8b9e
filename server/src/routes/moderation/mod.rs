//! Moderation: the queue, decisions, statements and appeals, settings, the public log.

mod account;
mod appeals;
mod batch;
mod case;
mod comment;
mod decision;
mod feed;
mod log;
mod mine;
mod queue;
mod review;
mod rules;
mod settings;
mod statement;
mod statistics;
mod texts;
mod thread;
mod words;

use axum::{Router, routing::get, routing::post};

pub(super) use log::noted;
pub(super) use words::finding;

use crate::state::AppState;

pub fn router() -> Router<AppState> {
    Router::new()
        .route("/{lang}/moderation", get(queue::show))
        .route("/{lang}/moderation/batch", post(batch::put))
        .route("/{lang}/moderation/batch/{batch}/undo", post(batch::undo))
        .route(
            "/{lang}/moderation/case/{comment}",
            get(case::show).post(case::act),
        )
        .route(
            "/{lang}/moderation/texts",
            get(texts::show).post(texts::act),
        )
        .route(
            "/{lang}/s/{survey}/moderation/texts",
            get(texts::show).post(texts::act),
        )
        .route(
            "/{lang}/moderation/comment/{comment}",
            get(comment::show).post(comment::act),
        )
        .route(
            "/{lang}/moderation/thread/{thread}",
            get(thread::show).post(thread::act),
        )
        .route(
            "/{lang}/moderation/account/{account}",
            get(account::show).post(account::act),
        )
        .route("/{lang}/moderation/appeals", get(appeals::list))
        .route(
            "/{lang}/moderation/appeals/{act}",
            get(appeals::show).post(appeals::decide),
        )
        .route("/{lang}/moderation/mine", get(mine::show))
        .route(
            "/{lang}/moderation/mine/{comment}",
            get(mine::held).post(mine::mend),
        )
        .route(
            "/{lang}/moderation/statement/{act}",
            get(statement::show).post(statement::appeal),
        )
        .route(
            "/{lang}/moderation/statement/{act}/acknowledge",
            post(statement::acknowledge),
        )
        .route(
            "/{lang}/moderation/review",
            get(review::show).post(review::judge),
        )
        .route(
            "/{lang}/moderation/settings",
            get(settings::show).post(settings::save),
        )
        .route(
            "/{lang}/moderation/settings/sentences",
            post(settings::sentences),
        )
        .route(
            "/{lang}/moderation/rules/{reason}",
            get(rules::show).post(rules::publish),
        )
        .route("/{lang}/moderation/statistics", get(statistics::show))
        .route("/{lang}/moderation/log", get(log::show))
        .route("/{lang}/moderation/log.atom", get(feed::show))
}
