//! `/{lang}/moderation/texts`: free texts of the survey, for those who read them first.
//!
//! Ids of texts travel in the bodies of requests only: what stands in an address ends up in the
//! logs of proxies, beside a time.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::{t, t_with},
    pages::moderation::{CountLine, TextEntry, TextsPage, TextsPageProps, TextsView},
    shell::Nav,
};
use partake_core::{
    disclosure::public_text,
    forum::{Action, Reason, Target, may},
    free_text::{MARK, RedactionFault, publishable, redact},
    lang::Lang,
};
use partake_store::{
    PartId,
    forum::ForumError,
    free_texts::{ReviewList, ReviewText, TextDecision, TextState},
};
use serde::Deserialize;

use crate::{
    auth::actor, error::PageError, extract::CurrentSurvey, page::PageContext,
    routes::discuss::RuleBook, state::AppState,
};

const PATH: &str = "/moderation/texts";
/// Texts on a page.
const TEXTS: u64 = 10;

/// Which texts are looked at, in an address and in every form.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Place {
    question: Option<String>,
    view: Option<String>,
    page: Option<u64>,
}

/// A decision as a form sends it.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    act: String,
    text: String,
    words: String,
    reason: String,
    question: Option<String>,
    view: Option<String>,
    page: Option<u64>,
}

/// What could not be accepted of a text.
struct Refused {
    text: ReviewText,
    typed: Typed,
    words_fault: Option<String>,
    reason_fault: Option<String>,
}

impl Place {
    fn waiting(&self) -> bool {
        self.view.as_deref() != Some("decided")
    }

    fn page(&self) -> u64 {
        self.page.unwrap_or(1).saturating_sub(1)
    }
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    Query(place): Query<Place>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let done = match query.get("done").map(String::as_str) {
        Some(act @ ("publish" | "refuse" | "reopen")) => {
            let minimum = i64::try_from(minimum(&state)).unwrap_or(i64::MAX);
            let key = format!("texts-done-{act}");
            Some(t_with(lang, &key, &[("minimum", minimum.into())]))
        }
        _ => None,
    };
    page(
        &state,
        &context,
        &survey,
        &place,
        done,
        None,
        StatusCode::OK,
    )
    .await
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let place = Place {
        question: typed.question.clone(),
        view: typed.view.clone(),
        page: typed.page,
    };
    let base = format!("{}{PATH}", survey.base(lang));
    let viewer = context.signed_in(&base)?;
    let actor = actor(Some(viewer));
    // Before anything is read of the form: its faults are nobody else's business.
    may(actor, Action::ReviewTexts, Target::Site).map_err(ForumError::from)?;
    let id = part_id(&typed.text).ok_or(PageError::BadRequest)?;
    let late = Some(t(lang, "texts-late"));
    let Some(text) = state.store.review_text(actor, id).await? else {
        let status = StatusCode::CONFLICT;
        return page(&state, &context, &survey, &place, late, None, status).await;
    };
    let mut refused = Refused {
        text: text.clone(),
        typed: typed.clone(),
        words_fault: None,
        reason_fault: None,
    };
    let decision = match typed.act.as_str() {
        "publish" => match redact(&text.body, &typed.words) {
            Ok(words) => TextDecision::Publish(words),
            Err(fault) => {
                refused.words_fault = Some(words_fault(lang, fault));
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return page(
                    &state,
                    &context,
                    &survey,
                    &place,
                    None,
                    Some(refused),
                    status,
                )
                .await;
            }
        },
        "refuse" => match typed.reason.parse::<Reason>() {
            Ok(reason) => TextDecision::Refuse(reason),
            Err(_) => {
                refused.reason_fault = Some(t(lang, "texts-fault-reason"));
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return page(
                    &state,
                    &context,
                    &survey,
                    &place,
                    None,
                    Some(refused),
                    status,
                )
                .await;
            }
        },
        "reopen" => TextDecision::Reopen,
        _ => return Err(PageError::BadRequest),
    };
    if !state.store.decide_text(actor, &text, decision).await? {
        let status = StatusCode::CONFLICT;
        return page(&state, &context, &survey, &place, late, None, status).await;
    }
    let mut to = format!("{base}?done={}", typed.act);
    if let Some(question) = &place.question {
        to += &format!("&question={}", crate::error::percent_encode(question));
    }
    if !place.waiting() {
        to += "&view=decided";
    }
    if place.page() > 0 {
        to += &format!("&page={}", place.page() + 1);
    }
    Ok(Redirect::to(&to).into_response())
}

async fn page(
    state: &AppState,
    context: &PageContext,
    survey: &CurrentSurvey,
    place: &Place,
    done: Option<String>,
    refused: Option<Refused>,
    status: StatusCode,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let base = format!("{}{PATH}", survey.base(lang));
    let viewer = context.signed_in(&base)?;
    let actor = actor(Some(viewer));
    let wave = &survey.wave;
    let titles: HashMap<&str, String> = publishable(&wave.instrument)
        .map(|question| {
            let title = public_text(&wave.instrument, &question.title);
            (question.id.as_str(), title.get(lang).to_owned())
        })
        .collect();
    let mut counted = state
        .store
        .review_counts(actor, &wave.survey, &wave.version)
        .await?;
    let counts = publishable(&wave.instrument)
        .map(|question| {
            let of = counted.remove(&question.id).unwrap_or_default();
            CountLine {
                question: question.id.clone(),
                title: titles
                    .get(question.id.as_str())
                    .cloned()
                    .unwrap_or_default(),
                waiting: of.waiting,
                cleared: of.cleared,
                released: of.released,
                refused: of.refused,
            }
        })
        .collect();
    let question = place
        .question
        .clone()
        .filter(|question| titles.contains_key(question.as_str()));
    let list = ReviewList {
        survey: &wave.survey,
        wave: &wave.version,
        item: question.as_deref(),
        waiting: place.waiting(),
        page: place.page(),
        limit: TEXTS,
    };
    let texts = state.store.review_texts(actor, list).await?;
    let next = ReviewList {
        page: place.page() + 1,
        ..list
    };
    let more = !state.store.review_texts(actor, next).await?.is_empty();
    let title = |text: &ReviewText| titles.get(text.item.as_str()).cloned().unwrap_or_default();
    let book = RuleBook::load(state, lang).await?;
    let mut entries: Vec<TextEntry> = Vec::new();
    if let Some(refused) = &refused {
        entries.push(TextEntry {
            words: if refused.words_fault.is_some() {
                refused.typed.words.clone()
            } else {
                words(&refused.text)
            },
            words_fault: refused.words_fault.clone(),
            reason: refused.typed.reason.clone(),
            reason_fault: refused.reason_fault.clone(),
            ..entry(&book, &refused.text, title(&refused.text))
        });
    }
    let shown = |text: &&ReviewText| refused.as_ref().is_none_or(|r| r.text.id != text.id);
    entries.extend(
        texts
            .iter()
            .filter(shown)
            .map(|text| entry(&book, text, title(text))),
    );
    let mut shell = context.shell(
        format!("{}{PATH}", survey.prefix),
        t(lang, "texts-review-title"),
        Nav::Moderation,
    );
    shell.private = true;
    let view = TextsView {
        lang,
        base,
        done,
        minimum: minimum(state),
        mark: MARK,
        counts,
        question,
        waiting: place.waiting(),
        page: place.page(),
        more,
        texts: entries,
        rules: book.offered(),
    };
    Ok(context.respond(status, shell, move || TextsPage(TextsPageProps { view })))
}

fn minimum(state: &AppState) -> u64 {
    state.config.site.rules.parameters().min_texts
}

fn words(text: &ReviewText) -> String {
    text.words.clone().unwrap_or_else(|| text.body.clone())
}

fn entry(book: &RuleBook, text: &ReviewText, title: String) -> TextEntry {
    TextEntry {
        id: text.id.iter().map(|byte| format!("{byte:02x}")).collect(),
        title,
        body: text.body.clone(),
        words: words(text),
        words_fault: None,
        reason: String::new(),
        reason_fault: None,
        refused: match text.state {
            TextState::Refused(reason) => Some(book.title(reason, None)),
            TextState::Waiting | TextState::Cleared => None,
        },
    }
}

fn words_fault(lang: Lang, fault: RedactionFault) -> String {
    match fault {
        RedactionFault::Empty => t(lang, "texts-fault-empty"),
        RedactionFault::NotTheWriters(words) => {
            t_with(lang, "texts-fault-words", &[("words", words.into())])
        }
    }
}

fn part_id(text: &str) -> Option<PartId> {
    if text.len() != 32 || !text.is_ascii() {
        return None;
    }
    let mut id = [0; 16];
    for (byte, at) in id.iter_mut().zip((0..32).step_by(2)) {
        *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
    }
    Some(id)
}
