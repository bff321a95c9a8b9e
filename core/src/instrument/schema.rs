//! What an instrument file looks like, as a JSON Schema (draft 2020-12), for editors that complete
//! and check while one types. The names of types and fields are the loader's own; what a schema
//! cannot say (that a name exists, that a text is there in every declared language) only the loader
//! checks.

use serde_json::{Map, Value, json};

use super::load::{
    LANGUAGES, MISSING, QUESTION_FIELDS, QUESTION_NOTES, TOP_FIELDS, TOP_NOTES, TYPES, known_fields,
};

/// The schema, always the same text.
#[must_use]
pub fn json_schema() -> String {
    let mut text = format!("{:#}", schema());
    text.push('\n');
    text
}

fn schema() -> Value {
    let mut top = Map::new();
    for field in TOP_FIELDS {
        top.insert(field.to_owned(), part(field));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "/api/v1/instrument/schema.json",
        "title": "Partake instrument",
        "description": "A survey: what is asked, in which order, under which conditions, and what may be published.",
        "type": "object",
        "properties": with_notes(top, &TOP_NOTES),
        "required": ["instrument", "consent", "sections"],
        "additionalProperties": false,
        "$defs": definitions(),
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn list(items: &Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn mapping(values: &Value) -> Value {
    json!({ "type": "object", "additionalProperties": values })
}

/// A mapping with these fields; those marked with `!` have to be there. Notes are for people.
fn object(fields: &[(&str, Value)], notes: &[&str]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, value) in fields {
        let bare = name.trim_end_matches('!');
        if bare != *name {
            required.push(json!(bare));
        }
        properties.insert(bare.to_owned(), value.clone());
    }
    json!({
        "type": "object",
        "properties": with_notes(properties, notes),
        "required": required,
        "additionalProperties": false,
    })
}

fn with_notes(mut properties: Map<String, Value>, notes: &[&str]) -> Value {
    for note in notes {
        properties.insert((*note).to_owned(), json!(true));
    }
    Value::Object(properties)
}

fn part(name: &str) -> Value {
    match name {
        "instrument" => object(
            &[
                ("id!", reference("id")),
                ("version!", reference("word")),
                (
                    "languages!",
                    json!({ "type": "array", "items": { "enum": LANGUAGES }, "minItems": 1, "uniqueItems": true }),
                ),
                ("title!", reference("text")),
                ("intro!", reference("text")),
                ("terms!", reference("text")),
                ("outro!", reference("text")),
            ],
            &[
                "date",
                "status",
                "source_language",
                "item_licence_proposed",
                "item_licence",
                "length",
            ],
        ),
        "missing_codes" => json!({
            "type": "object",
            "description": "Labels of the codes that stand for a missing answer; `skipped` and `not_shown` are described for people.",
            "additionalProperties": { "anyOf": [reference("text"), reference("word")] },
        }),
        "consent" => object(
            &[
                ("text!", reference("text")),
                ("gate!", reference("question")),
            ],
            &["render"],
        ),
        "scales" => mapping(&reference("scale")),
        "computed" => list(&reference("computed")),
        "experiments" => object(&[("factors!", list(&reference("factor")))], &["allocation"]),
        "conditions" => list(&object(
            &[
                ("code!", reference("code")),
                ("zh", reference("string")),
                ("en", reference("string")),
                ("zh_long", reference("string")),
                ("en_long", reference("string")),
            ],
            &["pillar", "note"],
        )),
        "sections" => list(&reference("section")),
        "derived" => list(&json!({ "type": "object", "properties": {
            "id": reference("id"), "label": reference("text"), "range": true, "expr": reference("expression") },
            "required": ["id"] })),
        "hypotheses" => object(
            &[(
                "items!",
                list(&json!({ "type": "object", "required": ["id", "metric", "test"] })),
            )],
            &["rule"],
        ),
        _ => json!({ "type": "object" }),
    }
}

fn definitions() -> Value {
    let texts = [("zh", reference("string")), ("en", reference("string"))];
    let own_texts = |mut fields: Vec<(&'static str, Value)>, notes: &[&str]| {
        fields.extend(texts.clone());
        object(&fields, notes)
    };
    json!({
        "word": { "type": ["string", "number", "boolean"] },
        "string": { "type": ["string", "number", "boolean"], "minLength": 1 },
        "text": {
            "description": "A text in every declared language. {{id}} or {{id|fallback}} inserts an answer.",
            "type": "object",
            "properties": { "zh": reference("string"), "en": reference("string") },
            "minProperties": 1,
            "additionalProperties": false,
        },
        "id": { "type": "string", "pattern": "^[a-z](?!.*__)[a-z0-9_]*$" },
        "code": { "type": ["string", "integer", "boolean"], "pattern": "^(?!.*__)[a-z0-9_]+$" },
        "expression": { "type": ["string", "boolean", "number"], "maxLength": 8_000,
            "description": "Conditions and formulas: names, \"codes\", numbers; == != < <= > >= in, not in; and, or, not; + - * /; answered(q), has(q, \"code\"), count(q), val(q), rev(q), mean(n, …), rescale(x, low, high), date('2026-01-31'), year(q)." },
        "day": { "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" },
        "option": own_texts(vec![
            ("code!", reference("code")),
            ("value", json!({ "type": "number" })),
            ("missing", json!({ "enum": MISSING })),
            ("exclusive", json!({ "type": "boolean" })),
            ("pipe", reference("text")),
            ("text", object(&[("max_chars!", json!({ "type": "integer", "minimum": 0 }))], &["free_text"])),
        ], &["range", "note", "construct"]),
        "scale": object(&[
            ("points", list(&reference("option"))),
            ("extra", list(&reference("option"))),
            ("min", json!({ "type": "number" })),
            ("max", json!({ "type": "number" })),
            ("step", json!({ "type": "number", "exclusiveMinimum": 0 })),
        ], &["kind", "labelled", "display", "start", "ticks", "accessible_alternative"]),
        "computed": object(&[
            ("id!", reference("id")),
            ("type", reference("word")),
            ("expr", reference("expression")),
            ("cases", list(&own_texts(vec![("when!", reference("expression"))], &[]))),
        ], &["note"]),
        "factor": object(&[
            ("id!", reference("id")),
            ("levels!", json!({ "type": "array", "items": reference("code"), "minItems": 1 })),
            ("texts", mapping(&reference("text"))),
            ("fixed", reference("code")),
            ("may_fix", list(&reference("code"))),
        ], &["used_in", "note", "override_note"]),
        "section": object(&[
            ("id!", reference("id")),
            ("title!", reference("text")),
            ("intro", reference("text")),
            ("intro_ref", json!({ "const": "instrument.terms" })),
            ("optional", json!({ "type": "boolean" })),
            ("randomise", json!({ "const": "questions" })),
            ("keep_first", list(&reference("id"))),
            ("keep_last", list(&reference("id"))),
            ("questions!", list(&reference("question"))),
        ], &["essay_link", "note"]),
        "question": question(),
    })
}

/// A question: fields of every type here, those of one type in its branch.
fn question() -> Value {
    let branches: Vec<Value> = TYPES
        .iter()
        .map(|kind| {
            let own = known_fields(kind);
            let mut properties = Map::new();
            for field in own {
                properties.insert((*field).to_owned(), own_field(kind, field));
            }
            for field in QUESTION_FIELDS.iter().chain(&QUESTION_NOTES) {
                properties.insert((*field).to_owned(), json!(true));
            }
            json!({
                "if": { "properties": { "type": { "const": kind } }, "required": ["type"] },
                "then": {
                    "properties": properties,
                    "required": needed(kind),
                    "additionalProperties": false,
                },
            })
        })
        .collect();
    let mut properties = Map::new();
    for field in QUESTION_FIELDS {
        properties.insert(field.to_owned(), common_field(field));
    }
    json!({
        "type": "object",
        "properties": properties,
        "required": ["id", "type", "title", "est_seconds"],
        "allOf": branches,
    })
}

fn common_field(field: &str) -> Value {
    match field {
        "id" => reference("id"),
        "type" => json!({ "enum": TYPES }),
        "title" | "stem" | "help" => reference("text"),
        "required" => json!({ "enum": [true, false, "soft"],
            "description": "true: the section cannot be left without an answer; soft: a blank is asked about once." }),
        "show_if" => reference("expression"),
        "checks" => list(&object(
            &[
                ("that!", reference("expression")),
                ("message!", reference("text")),
            ],
            &[],
        )),
        "default_if_skipped" => reference("code"),
        "order_group" => object(
            &[
                ("id!", reference("code")),
                ("factor!", reference("word")),
                ("position_if!", reference("word")),
            ],
            &[],
        ),
        "est_seconds" => json!({ "type": "number", "exclusiveMinimum": 0 }),
        "flags" => json!({ "type": "object" }),
        _ => json!(true),
    }
}

fn own_field(kind: &str, field: &str) -> Value {
    let whole = json!({ "type": "integer", "minimum": 0 });
    match (kind, field) {
        (_, "options" | "extra_options" | "vote_options") => list(&reference("option")),
        ("matrix", "rows") => {
            json!({ "type": "array", "minItems": 1, "items": { "type": "object", "required": ["code"] } })
        }
        ("matrix" | "slider", "scale") => reference("word"),
        (_, "keep_last") => list(&reference("code")),
        (_, "auto_answer_if_single") => json!({ "type": "boolean" }),
        (_, "rank_top" | "show_at_most" | "from" | "to") => whole,
        (_, "ends") => object(
            &[("low!", reference("text")), ("high!", reference("text"))],
            &[],
        ),
        (_, "anchors") => object(
            &[("min!", reference("text")), ("max!", reference("text"))],
            &[],
        ),
        ("yes_no", "labels") => object(
            &[("yes", reference("text")), ("no", reference("text"))],
            &[],
        ),
        (_, "labels") => object(
            &[("best!", reference("text")), ("worst!", reference("text"))],
            &[],
        ),
        (_, "unit" | "placeholder") => reference("text"),
        (_, "bands") => list(&json!({ "type": "number" })),
        ("single" | "multiple" | "year_band", "validation") => {
            object(&[("max_selected", whole)], &[])
        }
        ("date", "validation") => object(
            &[("min!", reference("day")), ("max!", reference("day"))],
            &[],
        ),
        ("numeric", "validation") => object(
            &[
                ("integer", json!({ "type": "boolean" })),
                ("min!", json!({ "type": "number" })),
                ("max!", json!({ "type": "number" })),
                ("soft_max", json!({ "type": "number" })),
                ("soft_message", reference("text")),
            ],
            &[],
        ),
        ("short_text" | "long_text", "validation") => object(
            &[
                ("max_chars!", whole.clone()),
                ("min_chars", whole),
                ("pattern", json!({ "type": "string", "maxLength": 500 })),
                ("message", reference("text")),
            ],
            &[],
        ),
        ("short_text" | "long_text", "release") => json!({ "anyOf": [
            { "enum": ["never", "after_review"] },
            object(&[("asked!", reference("code")), ("show!", reference("code")), ("delete!", reference("code"))], &[]),
        ] }),
        _ => json!(true),
    }
}

fn needed(kind: &str) -> Vec<&'static str> {
    match kind {
        "matrix" => vec!["scale", "rows"],
        "slider" => vec!["scale", "anchors"],
        "numeric" | "date" => vec!["validation"],
        "scale" => vec!["from", "to", "ends"],
        "ranking" => vec!["options", "rank_top"],
        "best_worst" => vec!["items_from", "labels", "design"],
        "short_text" | "long_text" => vec!["validation", "release"],
        "statement_vote" => vec!["statements", "vote_options", "show_at_most"],
        _ => Vec::new(),
    }
}
