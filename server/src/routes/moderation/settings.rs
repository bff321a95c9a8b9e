//! `/{lang}/moderation/settings`.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::{t, t_with},
    pages::moderation::{
        NumberSetting, SentenceTyped, SettingsPage, SettingsPageProps, SnippetLine,
    },
    shell::Nav,
};
use partake_core::{
    forum::{
        Action, Reason, Target, may,
        pipeline::{Named, Premoderate, Settings, SettingsFault, WORD_MAX, WORDS_MAX},
        text,
    },
    lang::Lang,
};
use partake_store::forum::ForumError;

use crate::{
    auth::actor, error::PageError, page::PageContext, routes::discuss::RuleBook, state::AppState,
};

/// What was typed, field by field.
type Typed = HashMap<String, String>;

#[derive(Default)]
struct Faults {
    whole: Option<String>,
    words: Option<String>,
    snippet: Option<String>,
    /// The sentence that was refused.
    sentence: SentenceTyped,
    numbers: HashMap<&'static str, String>,
}

fn typed_of(settings: &Settings) -> Typed {
    let mut typed: Typed = Settings::RANGES
        .iter()
        .zip(settings.numbers())
        .map(|(&(name, ..), n)| (name.to_owned(), n.to_string()))
        .collect();
    for (name, value) in [
        ("premoderate", settings.premoderate.as_str()),
        ("named", settings.named.as_str()),
        ("repetition", if settings.repetition { "on" } else { "" }),
    ] {
        typed.insert(name.to_owned(), value.to_owned());
    }
    typed.insert("words".to_owned(), settings.words.join("\n"));
    typed
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let settings = state.store.moderation_settings().await?;
    let said = match query.get("done").map(String::as_str) {
        Some("saved") => Some(t(lang, "mod-settings-saved")),
        Some("rule") => Some(t(lang, "moderation-done-rule")),
        _ => None,
    };
    let typed = typed_of(&settings);
    page(
        &state,
        &context,
        said,
        &settings,
        typed,
        Faults::default(),
        StatusCode::OK,
    )
    .await
}

async fn page(
    state: &AppState,
    context: &PageContext,
    said: Option<String>,
    seen: &Settings,
    typed: Typed,
    faults: Faults,
    status: StatusCode,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/moderation/settings"))?;
    let actor = actor(Some(viewer));
    may(actor, Action::Configure, Target::Site).map_err(ForumError::from)?;
    let get = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let snippets = state.store.snippets(actor).await?;
    let rules = if may(actor, Action::PublishRule, Target::Site).is_ok() {
        state
            .store
            .rules()
            .await?
            .into_iter()
            .map(|stored| {
                (
                    stored.rule.reason.as_str(),
                    stored.rule.version,
                    stored.retired,
                )
            })
            .collect()
    } else {
        Vec::new()
    };
    let mut shell = context.shell(
        "/moderation/settings",
        t(lang, "mod-settings"),
        Nav::Moderation,
    );
    shell.private = true;
    let book = RuleBook::load(state, lang).await?;
    let props = SettingsPageProps {
        lang,
        said,
        fault: faults.whole,
        seen: serde_json::to_string(seen).map_err(PageError::internal)?,
        premoderate: get("premoderate"),
        named: get("named"),
        repetition: get("repetition") == "on",
        numbers: Settings::RANGES
            .iter()
            .map(|&(name, ..)| NumberSetting {
                name,
                value: get(name),
                fault: faults.numbers.get(name).cloned(),
            })
            .collect(),
        words: get("words"),
        words_fault: faults.words,
        snippets: snippets
            .into_iter()
            .map(|snippet| SnippetLine {
                id: snippet.id,
                reason: book.title(snippet.reason, None),
                lang: snippet.lang.as_str(),
                body: snippet.body,
            })
            .collect(),
        snippet_fault: faults.snippet,
        offered: book.offered(),
        sentence: faults.sentence,
        rules,
    };
    Ok(context.respond(status, shell, move || SettingsPage(props)))
}

pub(super) async fn save(
    State(state): State<AppState>,
    context: PageContext,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/moderation/settings"))?;
    let actor = actor(Some(viewer));
    may(actor, Action::Configure, Target::Site).map_err(ForumError::from)?;
    let seen: Settings = typed
        .get("seen")
        .and_then(|json| serde_json::from_str(json).ok())
        .ok_or(PageError::BadRequest)?;
    let choice = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
    // No form offers anything else.
    let premoderate = choice("premoderate")
        .parse()
        .map_err(|()| PageError::BadRequest)?;
    let named = choice("named")
        .parse()
        .map_err(|()| PageError::BadRequest)?;
    let settings = match read(lang, &typed, premoderate, named) {
        Ok(settings) => settings,
        Err(faults) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return page(&state, &context, None, &seen, typed, *faults, status).await;
        }
    };
    let survey = super::account::survey(&state)?;
    let now_ms = state.clock.now_ms();
    let saved = state
        .store
        .configure_moderation(actor, &seen, &settings, &survey, now_ms)
        .await;
    match saved {
        Ok(()) => {
            let to = format!("/{lang}/moderation/settings?done=saved");
            Ok(Redirect::to(&to).into_response())
        }
        Err(ForumError::Stale) => {
            let faults = Faults {
                whole: Some(t(lang, "mod-settings-stale")),
                ..Faults::default()
            };
            // A second try is about what is there now.
            let now = state.store.moderation_settings().await?;
            page(
                &state,
                &context,
                None,
                &now,
                typed,
                faults,
                StatusCode::CONFLICT,
            )
            .await
        }
        Err(error) => Err(error.into()),
    }
}

fn read(
    lang: Lang,
    typed: &Typed,
    premoderate: Premoderate,
    named: Named,
) -> Result<Settings, Box<Faults>> {
    let get = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
    let number = |name: &str| get(name).trim().parse().unwrap_or(-1);
    let settings = Settings {
        premoderate,
        reports: number("reports"),
        rate: number("rate"),
        repetition: get("repetition") == "on",
        newcomer_links: number("newcomer_links"),
        words: get("words").lines().map(ToOwned::to_owned).collect(),
        named,
        appeal_days: number("appeal_days"),
        answer_days: number("answer_days"),
        review_percent: number("review_percent"),
    };
    settings.check().map_err(|found| {
        let mut faults = Faults::default();
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        for fault in found {
            match fault {
                SettingsFault::Range { field, min, max } => {
                    let args = [("min", min.into()), ("max", max.into())];
                    let text = t_with(lang, "mod-fault-range", &args);
                    faults.numbers.insert(field, text);
                }
                SettingsFault::TooManyWords => {
                    let args = [("max", count(WORDS_MAX).into())];
                    faults.words = Some(t_with(lang, "mod-fault-words", &args));
                }
                SettingsFault::BadWord(word) => {
                    let args = [("word", word.into()), ("max", count(WORD_MAX).into())];
                    faults.words = Some(t_with(lang, "mod-fault-word", &args));
                }
            }
        }
        Box::new(faults)
    })
}

pub(super) async fn sentences(
    State(state): State<AppState>,
    context: PageContext,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/moderation/settings"))?;
    let actor = actor(Some(viewer));
    let get = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
    match get("act") {
        "drop" => {
            let id = get("id").parse().map_err(|_| PageError::BadRequest)?;
            state.store.drop_snippet(actor, id).await?;
        }
        "add" => {
            let reason: Reason = get("reason").parse().map_err(|_| PageError::BadRequest)?;
            let language: Lang = get("lang").parse().map_err(|_| PageError::BadRequest)?;
            let body = text::note(get("body"));
            let fault = match &body {
                Ok(body) if body.is_empty() => Some(t(lang, "forum-fault-body-empty")),
                Ok(_) => None,
                Err(_) => Some(t(lang, "mod-fault-snippet")),
            };
            may(actor, Action::Configure, Target::Site).map_err(ForumError::from)?;
            if let Some(fault) = fault {
                let settings = state.store.moderation_settings().await?;
                let faults = Faults {
                    snippet: Some(fault),
                    sentence: SentenceTyped {
                        reason: reason.to_string(),
                        lang: language.as_str().to_owned(),
                        body: get("body").to_owned(),
                    },
                    ..Faults::default()
                };
                let typed = typed_of(&settings);
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return page(&state, &context, None, &settings, typed, faults, status).await;
            }
            let body = body.unwrap_or_default();
            state
                .store
                .add_snippet(actor, reason, language, &body)
                .await?;
        }
        _ => return Err(PageError::BadRequest),
    }
    let to = format!("/{lang}/moderation/settings?done=saved#sentences");
    Ok(Redirect::to(&to).into_response())
}
