//! `GET /{lang}/survey/instrument/{version}`: what the runner needs, and no more.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use partake_core::lang::Lang;
use serde_json::{Map, Value};

use crate::{
    error::PageError,
    extract::{CurrentSurvey, PageLang},
    state::AppState,
};

/// A published version never changes, so a browser may keep it for good.
pub(super) async fn show(
    State(state): State<AppState>,
    PageLang(lang): PageLang,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let version = path.get("version").map(String::as_str).unwrap_or_default();
    let wave = state.surveys.wave(&survey.wave.survey, version).ok_or(PageError::NotFound)?;
    let mut instrument: Value = serde_json::from_str(&wave.json).map_err(PageError::internal)?;
    if let Value::Object(fields) = &mut instrument {
        leave_out(fields);
    }
    slim(&mut instrument, lang);
    let caching = [(header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((caching, Json(instrument)).into_response())
}

/// Empties what only the results or the server's own pages use.
fn leave_out(fields: &mut Map<String, Value>) {
    for list in ["derived", "hypotheses"] {
        fields.insert(list.to_owned(), Value::Array(Vec::new()));
    }
    for text in ["intro", "terms"] {
        fields.insert(text.to_owned(), Value::Object(Map::new()));
    }
    if let Some(Value::Object(consent)) = fields.get_mut("consent") {
        consent.insert("text".to_owned(), Value::Object(Map::new()));
    }
    let sections = fields.get_mut("sections").and_then(Value::as_array_mut);
    for section in sections.into_iter().flatten() {
        let questions = section.get_mut("questions").and_then(Value::as_array_mut);
        for question in questions.into_iter().flatten().filter_map(Value::as_object_mut) {
            question.insert("quasi_identifier".to_owned(), Value::Null);
        }
    }
}

/// Keeps one language of every text that has it, and no field that says nothing.
fn slim(value: &mut Value, lang: Lang) {
    match value {
        Value::Object(fields) => {
            if fields.contains_key(lang.as_str()) {
                fields.remove(lang.other().as_str());
            }
            fields.retain(|_, inner| !inner.is_null());
            fields.values_mut().for_each(|inner| slim(inner, lang));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| slim(item, lang)),
        _ => {}
    }
}
