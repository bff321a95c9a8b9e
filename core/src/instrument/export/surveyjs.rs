//! The JSON of SurveyJS, as its public documentation describes it.

use serde_json::{Map, Value, json};

use super::{
    Carried, Target,
    expression::{condition, held, iso, whole},
};
use crate::{
    disclosure::public_text,
    instrument::{Choice, Instrument, Kind, Question},
    lang::Text,
};

/// The instrument, without what [`super::lost`] lists.
///
/// # Errors
/// None in practice: the types hold strings and numbers.
pub fn surveyjs_json(instrument: &Instrument) -> Result<String, serde_json::Error> {
    let carried = Carried::new(instrument, Target::SurveyJs);
    let gate = &instrument.consent.gate;
    let accepted = gate
        .choices()
        .first()
        .map(|accepting| format!("{{{}}} = '{}'", gate.id, accepting.code));
    let mut pages = vec![json!({
        "name": "consent",
        "elements": [element(&carried, gate)],
    })];
    for section in &instrument.sections {
        let elements: Vec<Value> = section
            .questions
            .iter()
            .filter(|q| carried.questions.contains(q.id.as_str()))
            .map(|q| element(&carried, q))
            .collect();
        let mut page = json!({
            "name": section.id,
            "title": text(instrument, &section.title),
            "elements": elements,
        });
        set(&mut page, "visibleIf", accepted.as_ref().map(|a| json!(a)));
        let intro = section.intro.as_ref();
        set(&mut page, "description", intro.map(|i| text(instrument, i)));
        pages.push(page);
    }
    serde_json::to_string_pretty(&json!({
        "title": text(instrument, &instrument.title),
        "description": text(instrument, &instrument.intro),
        // An answer to a question that is not asked any more does not count.
        "clearInvisibleValues": "onHidden",
        "pages": pages,
    }))
}

fn element(carried: &Carried<'_>, question: &Question) -> Value {
    let instrument = carried.instrument;
    let mut element = kind(instrument, question);
    set(&mut element, "name", Some(json!(question.id)));
    set(
        &mut element,
        "title",
        Some(text(instrument, &question.title)),
    );
    let help = question.help.as_ref().or(question.stem.as_ref());
    set(
        &mut element,
        "description",
        help.map(|h| text(instrument, h)),
    );
    set(
        &mut element,
        "isRequired",
        question.required.then_some(json!(true)),
    );
    let visible = question.show_if.as_ref();
    let visible = visible.and_then(|expr| condition(carried, expr));
    set(&mut element, "visibleIf", visible.map(|v| json!(v)));
    let mut validators = match element.get("validators") {
        Some(Value::Array(present)) => present.clone(),
        _ => Vec::new(),
    };
    if let Kind::ShortText(free) | Kind::LongText(free) = &question.kind {
        let mut length = json!({"type": "text", "maxLength": free.max_chars});
        set(
            &mut length,
            "minLength",
            free.min_chars.map(|min| json!(min)),
        );
        validators.push(length);
        if let Some(pattern) = &free.pattern {
            validators.push(json!({
                "type": "regex",
                "regex": whole(&pattern.source),
                "text": text(instrument, &pattern.message),
            }));
        }
    }
    for check in &question.checks {
        if let Some(that) = held(carried, &check.that) {
            let message = text(instrument, &check.message);
            validators.push(json!({"type": "expression", "expression": that, "text": message}));
        }
    }
    if !validators.is_empty() {
        set(&mut element, "validators", Some(json!(validators)));
    }
    element
}

fn kind(instrument: &Instrument, question: &Question) -> Value {
    let choices = |choices: &[Choice]| -> Vec<Value> {
        choices
            .iter()
            .map(|c| json!({"value": c.code, "text": text(instrument, &c.label)}))
            .collect()
    };
    match &question.kind {
        Kind::Single(list) => json!({"type": "radiogroup", "choices": choices(&list.options)}),
        Kind::Multiple(list) => {
            let id = &question.id;
            let alone = list.options.iter().filter(|o| o.exclusive).map(|o| {
                let code = &o.code;
                json!({
                    "type": "expression",
                    "expression": format!("!({{{id}}} contains '{code}') or {{{id}.length}} = 1"),
                })
            });
            // The limit alone only keeps further boxes from being ticked.
            let few = list.max_selected.map(|max| {
                json!({
                    "type": "expression",
                    "expression": format!("{{{id}.length}} <= {max}"),
                })
            });
            let mut element = json!({
                "type": "checkbox",
                "choices": choices(&list.options),
                "validators": alone.chain(few).collect::<Vec<_>>(),
            });
            let most = list.max_selected.map(|max| json!(max));
            set(&mut element, "maxSelectedChoices", most);
            element
        }
        Kind::Matrix(matrix) => {
            let rows: Vec<Value> = matrix
                .rows
                .iter()
                .map(|row| json!({"value": row.code, "text": text(instrument, &row.label)}))
                .collect();
            json!({"type": "matrix", "columns": choices(&matrix.scale), "rows": rows})
        }
        Kind::Slider(slider) => json!({
            "type": "text", "inputType": "number",
            "min": slider.min, "max": slider.max, "step": slider.step,
        }),
        Kind::Number(number) if number.date => json!({
            "type": "text", "inputType": "date",
            "min": iso(number.min), "max": iso(number.max),
        }),
        Kind::Number(number) => json!({
            "type": "text", "inputType": "number",
            "min": number.min, "max": number.max,
            "step": if number.integer { json!(1) } else { json!("any") },
        }),
        Kind::Ranking(ranking) => json!({
            "type": "ranking", "choices": choices(&ranking.options),
            "selectToRankEnabled": true, "maxSelectedChoices": ranking.places,
        }),
        Kind::ShortText(free) => json!({"type": "text", "maxLength": free.max_chars}),
        Kind::LongText(free) => json!({"type": "comment", "maxLength": free.max_chars}),
        Kind::Statement => json!({"type": "html", "html": text(instrument, &question.title)}),
        // Not carried; the caller leaves them out.
        Kind::BestWorst(_) | Kind::Votes(_) => json!({}),
    }
}

fn set(object: &mut Value, key: &str, value: Option<Value>) {
    if let (Value::Object(fields), Some(value)) = (object, value) {
        fields.insert(key.to_owned(), value);
    }
}

/// A text by language; its pipes are written out.
fn text(instrument: &Instrument, source: &Text) -> Value {
    let Text { zh, en } = public_text(instrument, source);
    match (zh, en) {
        (Some(zh), Some(en)) => {
            let mut by_language = Map::new();
            by_language.insert("default".to_owned(), json!(en));
            by_language.insert("zh-cn".to_owned(), json!(zh));
            Value::Object(by_language)
        }
        (one, other) => json!(one.or(other).unwrap_or_default()),
    }
}
