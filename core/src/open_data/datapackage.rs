//! The description of the files for programs: Data Package 2.0 with Table Schema, as published at
//! datapackage.org.

use serde_json::{Value, json};

use super::{
    cells::{NOT_ASKED, SKIPPED, states},
    text::header,
    variables::{Values, Variable},
};
use crate::{
    lang::{Lang, Text},
    microdata::ANY,
};

/// What is described.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Study {
    /// Id of the survey.
    pub survey: String,
    /// Its title.
    pub title: Text,
    /// Number of the release.
    pub release: u32,
    /// Day of the release, `YYYY-MM-DD`.
    pub date: String,
    /// Version of the instrument.
    pub wave: String,
    /// Responses in the tables, as published (rounded).
    pub n: u64,
    /// Rows of the file of single answers; 0 without one.
    pub rows: usize,
    /// Who publishes it, if they say so.
    pub publisher: Option<String>,
    /// Where it is published, if that is known.
    pub url: Option<String>,
}

impl Study {
    /// A name that no other release has, for files and identifiers.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}-release-{}", self.survey.replace('_', "-"), self.release)
    }

    /// Who publishes it.
    #[must_use]
    pub fn publisher(&self) -> &str {
        self.publisher.as_deref().unwrap_or("Partake")
    }

    /// Year of the release.
    #[must_use]
    pub fn year(&self) -> &str {
        self.date.split('-').next().unwrap_or_default()
    }
}

/// Endings of files that are no text.
const BINARY: [&str; 3] = [".xlsx", ".parquet", ".sav"];

/// A file of the package: name, media type, bytes, SHA-256.
pub type Resource<'a> = (&'a str, &'a str, u64, &'a str);

/// `datapackage.json`. `table` is the name of the file that has `variables` as its columns, and
/// `in_words` are those that tell the same with labels.
///
/// # Errors
/// None in practice: the types hold strings and numbers.
pub fn datapackage_json(
    study: &Study,
    variables: &[Variable],
    table: &str,
    in_words: &[&str],
    resources: &[Resource<'_>],
) -> Result<String, serde_json::Error> {
    let resources: Vec<Value> = resources
        .iter()
        .map(|(name, media_type, bytes, sha256)| {
            let mut resource = json!({
                "name": name.to_lowercase().replace(['.', '/'], "-"),
                "path": name,
                "mediatype": media_type,
                "bytes": bytes,
                "hash": format!("sha256:{sha256}"),
            });
            let text = media_type.starts_with("text/") || media_type.contains("json");
            if let (true, Value::Object(fields)) = (text, &mut resource) {
                fields.insert("encoding".to_owned(), json!("utf-8"));
            }
            if BINARY.iter().any(|ending| name.ends_with(ending))
                && let Value::Object(fields) = &mut resource
            {
                // Told by its ending, a validator would read the file as a second table, and not
                // its bytes.
                fields.insert("format".to_owned(), json!("binary"));
            }
            if *name == table
                && let Value::Object(fields) = &mut resource
            {
                fields.insert("type".to_owned(), json!("table"));
                fields.insert("format".to_owned(), json!("csv"));
                fields.insert("schema".to_owned(), schema(variables));
            }
            if in_words.contains(name)
                && let Value::Object(fields) = &mut resource
            {
                let names = header(variables);
                let any: Vec<Value> = names
                    .iter()
                    .map(|name| json!({"name": name, "type": "any"}))
                    .collect();
                fields.insert("type".to_owned(), json!("table"));
                fields.insert("schema".to_owned(), json!({ "fields": any }));
            }
            resource
        })
        .collect();
    serde_json::to_string_pretty(&json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": study.name(),
        "title": study.title.get(Lang::En),
        "version": format!("{}.0.0", study.release),
        "created": format!("{}T00:00:00Z", study.date),
        "licenses": [{
            "name": "CC-BY-4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
            "title": "Creative Commons Attribution 4.0",
        }],
        "resources": resources,
    }))
}

fn schema(variables: &[Variable]) -> Value {
    let head = [
        json!({"name": "id", "type": "string", "constraints": {"required": true, "unique": true}}),
        json!({"name": "cohort", "type": "integer", "constraints": {"required": true}}),
    ];
    let fields: Vec<Value> = head
        .into_iter()
        .chain(variables.iter().map(field))
        .collect();
    json!({ "fields": fields, "primaryKey": ["id"], "missingValues": [""] })
}

fn field(variable: &Variable) -> Value {
    let label = |lang| {
        let part = variable.part_label.as_ref().map(|p| p.get(lang));
        let title = variable.title.get(lang);
        part.map_or_else(|| title.to_owned(), |part| format!("{title} — {part}"))
    };
    let mut field = json!({
        "name": variable.name,
        "title": label(Lang::En),
        "description": label(Lang::Zh),
    });
    let codes = variable.values.codes().iter().map(|c| c.code.as_str());
    let more = match &variable.values {
        Values::Codes(_) => {
            let all: Vec<&str> = codes.chain([SKIPPED, NOT_ASKED, ANY]).collect();
            json!({"type": "string", "constraints": {"enum": all}})
        }
        Values::Sets(_) => json!({
            "type": "string",
            "constraints": {"pattern": "\\*|[a-z0-9_]+(;[a-z0-9_]+)*"},
        }),
        Values::Number { min, max, .. } => {
            let missing: Vec<&str> = codes.chain([SKIPPED, NOT_ASKED, ANY]).collect();
            json!({
                "type": "number",
                "constraints": {"minimum": min, "maximum": max},
                "missingValues": missing,
            })
        }
    };
    if let (Value::Object(field), Value::Object(more)) = (&mut field, more) {
        field.extend(more);
        // Numbers may stand beside codes, which this property has no place for: hence our own.
        let labels: Vec<Value> = variable
            .values
            .codes()
            .iter()
            .chain(&states())
            .map(|code| {
                json!({
                    "value": code.code,
                    "zh": code.label.get(Lang::Zh),
                    "en": code.label.get(Lang::En),
                    "missing": code.missing,
                })
            })
            .collect();
        field.insert("partake:labels".to_owned(), Value::Array(labels));
        let set = matches!(variable.values, Values::Sets(_));
        field.insert("partake:set".to_owned(), Value::Bool(set));
    }
    field
}
