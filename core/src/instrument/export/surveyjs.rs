//! The JSON of SurveyJS, as its public documentation describes it.

use serde_json::{Value, json};

use super::{
    Carried, Target, before,
    expression::{condition, held, iso, value, whole},
    pipes::{Pipes, localised},
};
use crate::{
    flow::Expr,
    instrument::{Choice, ComputedValue, FreeText, Instrument, Kind, Question},
    lang::Text,
};

/// The instrument, without what [`super::lost`] lists.
///
/// # Errors
/// None in practice: the types hold strings and numbers.
pub fn surveyjs_json(instrument: &Instrument) -> Result<String, serde_json::Error> {
    let mut form = Form {
        carried: Carried::new(instrument, Target::SurveyJs),
        pipes: Pipes::default(),
    };
    let gate = &instrument.consent.gate;
    let accepted = gate
        .choices()
        .first()
        .map(|accepting| format!("{{{}}} = '{}'", gate.id, accepting.code));
    let mut consent: Vec<Value> = before(instrument)
        .into_iter()
        .map(|(name, text)| json!({"type": "html", "name": name, "html": form.html(&text)}))
        .collect();
    consent.push(form.element(gate));
    let mut pages = Vec::new();
    for section in &instrument.sections {
        let mut elements = Vec::new();
        for question in &section.questions {
            if form.carried.questions.contains(question.id.as_str()) {
                elements.push(form.element(question));
            }
        }
        let mut page = json!({
            "name": section.id,
            "title": form.text(&section.title),
            "elements": elements,
        });
        set(&mut page, "visibleIf", accepted.as_ref().map(|a| json!(a)));
        let intro = section.intro.as_ref();
        set(&mut page, "description", intro.map(|i| form.text(i)));
        pages.push(page);
    }
    let title = form.text(&instrument.title);
    let description = form.text(&instrument.intro);
    let thanks = form.html(&instrument.outro);
    let calculated = form.calculated();
    consent.extend(form.pipes.questions());
    pages.insert(0, json!({"name": "consent", "elements": consent}));
    serde_json::to_string_pretty(&json!({
        "title": title,
        "description": description,
        "completedHtml": thanks,
        "calculatedValues": calculated,
        // An answer to a question that is not asked any more does not count.
        "clearInvisibleValues": "onHidden",
        "pages": pages,
    }))
}

struct Form<'a> {
    carried: Carried<'a>,
    pipes: Pipes,
}

impl Form<'_> {
    fn text(&mut self, source: &Text) -> Value {
        localised(&self.pipes.text(&self.carried, source))
    }

    /// A text where markup is expected: as it is written, a paragraph for each of its own.
    fn html(&mut self, source: &Text) -> Value {
        let marked = |written: &String| {
            written
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .split("\n\n")
                .map(|paragraph| format!("<p>{}</p>", paragraph.trim().replace('\n', "<br>")))
                .collect()
        };
        let Text { zh, en } = self.pipes.text(&self.carried, source);
        localised(&Text {
            zh: zh.as_ref().map(marked),
            en: en.as_ref().map(marked),
        })
    }

    /// Computed values and indices that can be written there; empty when something is missing.
    fn calculated(&self) -> Vec<Value> {
        let instrument = self.carried.instrument;
        let computed = instrument.computed.iter().filter_map(|c| match &c.value {
            ComputedValue::Expr(expr) => Some((&c.id, expr)),
            ComputedValue::Cases(_) => None,
        });
        let derived = instrument
            .derived
            .iter()
            .filter_map(|d| Some((&d.id, d.expr.as_ref()?)));
        let written = |(id, expr): (&String, &Expr)| {
            Some(json!({"name": id, "expression": value(&self.carried, expr)?}))
        };
        computed.chain(derived).filter_map(written).collect()
    }

    fn element(&mut self, question: &Question) -> Value {
        let mut element = self.kind(question);
        set(&mut element, "name", Some(json!(question.id)));
        let title = self.text(&question.title);
        set(&mut element, "title", Some(title));
        let help = question.help.as_ref().or(question.stem.as_ref());
        set(&mut element, "description", help.map(|h| self.text(h)));
        set(
            &mut element,
            "isRequired",
            question.required.then_some(json!(true)),
        );
        let visible = question.show_if.as_ref();
        let visible = visible.and_then(|expr| condition(&self.carried, expr));
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
                    "text": self.text(&pattern.message),
                }));
            }
        }
        for check in &question.checks {
            if let Some(that) = held(&self.carried, &check.that) {
                let message = self.text(&check.message);
                validators.push(json!({"type": "expression", "expression": that, "text": message}));
            }
        }
        if !validators.is_empty() {
            set(&mut element, "validators", Some(json!(validators)));
        }
        element
    }

    fn choices(&mut self, choices: &[Choice]) -> Vec<Value> {
        choices
            .iter()
            .map(|c| json!({"value": c.code, "text": self.text(&c.label)}))
            .collect()
    }

    fn written(&mut self, kind: &str, free: &FreeText) -> Value {
        let mut element = json!({"type": kind, "maxLength": free.max_chars});
        let example = free.placeholder.as_ref().map(|example| self.text(example));
        set(&mut element, "placeholder", example);
        element
    }

    fn kind(&mut self, question: &Question) -> Value {
        match &question.kind {
            Kind::Single(list) => {
                json!({"type": "radiogroup", "choices": self.choices(&list.options)})
            }
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
                    "choices": self.choices(&list.options),
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
                    .map(|row| json!({"value": row.code, "text": self.text(&row.label)}))
                    .collect();
                json!({"type": "matrix", "columns": self.choices(&matrix.scale), "rows": rows})
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
                "type": "ranking", "choices": self.choices(&ranking.options),
                "selectToRankEnabled": true, "maxSelectedChoices": ranking.places,
            }),
            Kind::ShortText(free) => self.written("text", free),
            Kind::LongText(free) => self.written("comment", free),
            Kind::Statement => json!({"type": "html", "html": self.html(&question.title)}),
            // Not carried; the caller leaves them out.
            Kind::BestWorst(_) | Kind::Votes(_) => json!({}),
        }
    }
}

fn set(object: &mut Value, key: &str, value: Option<Value>) {
    if let (Value::Object(fields), Some(value)) = (object, value) {
        fields.insert(key.to_owned(), value);
    }
}
