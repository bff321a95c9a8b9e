//! Answers as JSON, written and read by hand. The shapes are those that serde derives in the core,
//! which the server uses; a test holds them together.

use std::collections::BTreeMap;

use partake_core::response::{Answer, Answers, Pick};
use serde_json::Value;
#[cfg(any(test, feature = "browser"))]
use serde_json::{Map, Number};

#[cfg(any(test, feature = "browser"))]
use {
    crate::{Copies, QrCode},
    partake_core::response::Pace,
};

pub(crate) fn text(value: &Value) -> Option<String> {
    value.as_str().map(ToOwned::to_owned)
}

pub(crate) fn seed(value: &Value) -> Option<u32> {
    u32::try_from(value.as_u64()?).ok()
}

pub(crate) fn texts(value: &Value) -> Option<BTreeMap<String, String>> {
    let mut texts = BTreeMap::new();
    for (key, value) in value.as_object()? {
        texts.insert(key.clone(), text(value)?);
    }
    Some(texts)
}

fn list(value: &Value) -> Option<Vec<String>> {
    let mut list = Vec::new();
    for value in value.as_array()? {
        list.push(text(value)?);
    }
    Some(list)
}

pub(crate) fn answers(value: &Value) -> Option<Answers> {
    let mut answers = Answers::new();
    for (id, value) in value.as_object()? {
        answers.insert(id.clone(), answer(value)?);
    }
    Some(answers)
}

fn answer(value: &Value) -> Option<Answer> {
    let (kind, value) = value.as_object()?.iter().next()?;
    Some(match kind.as_str() {
        "code" => Answer::Code(text(value)?),
        "codes" => Answer::Codes(list(value)?),
        "number" => Answer::Number(value.as_f64()?),
        "rows" => Answer::Rows(texts(value)?),
        "ranking" => Answer::Ranking(list(value)?),
        "best_worst" => {
            let mut picks = Vec::new();
            for pick in value.as_array()? {
                let end = |name: &str| pick.get(name).and_then(text);
                picks.push(Pick {
                    best: end("best"),
                    worst: end("worst"),
                });
            }
            Answer::BestWorst(picks)
        }
        "text" => Answer::Text(text(value)?),
        _ => return None,
    })
}

#[cfg(any(test, feature = "browser"))]
pub(crate) const fn pace(pace: Pace) -> &'static str {
    match pace {
        Pace::Unknown => "unknown",
        Pace::Usual => "usual",
        Pace::Fast => "fast",
    }
}

#[cfg(any(test, feature = "browser"))]
pub(crate) fn copies(value: &Value) -> Option<Copies> {
    let qr = value.get("qr").and_then(|qr| {
        Some(QrCode {
            size: seed(qr.get("size")?)?,
            modules: text(qr.get("modules")?)?,
        })
    });
    Some(Copies {
        words: text(value.get("words")?)?,
        response: text(value.get("response")?)?,
        qr,
    })
}

#[cfg(feature = "browser")]
pub(crate) fn from_copies(copies: &Copies) -> Value {
    let string = |text: &String| Value::String(text.clone());
    let qr = copies.qr.as_ref().map_or(Value::Null, |qr| {
        object(&[
            ("size", Value::from(qr.size)),
            ("modules", string(&qr.modules)),
        ])
    });
    object(&[
        ("words", string(&copies.words)),
        ("response", string(&copies.response)),
        ("qr", qr),
    ])
}

#[cfg(any(test, feature = "browser"))]
pub(crate) fn from_texts(texts: &BTreeMap<String, String>) -> Value {
    let mut object = Map::new();
    for (key, text) in texts {
        object.insert(key.clone(), Value::String(text.clone()));
    }
    Value::Object(object)
}

#[cfg(any(test, feature = "browser"))]
pub(crate) fn from_answers(answers: &Answers) -> Value {
    let mut object = Map::new();
    for (id, answer) in answers {
        object.insert(id.clone(), from_answer(answer));
    }
    Value::Object(object)
}

#[cfg(any(test, feature = "browser"))]
fn from_answer(answer: &Answer) -> Value {
    let string = |text: &String| Value::String(text.clone());
    let strings = |texts: &[String]| Value::Array(texts.iter().map(string).collect());
    let (kind, value) = match answer {
        Answer::Code(code) => ("code", string(code)),
        Answer::Codes(codes) => ("codes", strings(codes)),
        Answer::Number(number) => (
            "number",
            Number::from_f64(*number).map_or(Value::Null, Value::Number),
        ),
        Answer::Rows(rows) => ("rows", from_texts(rows)),
        Answer::Ranking(codes) => ("ranking", strings(codes)),
        Answer::BestWorst(picks) => {
            let end = |code: &Option<String>| code.as_ref().map_or(Value::Null, string);
            let pick =
                |pick: &Pick| object(&[("best", end(&pick.best)), ("worst", end(&pick.worst))]);
            ("best_worst", Value::Array(picks.iter().map(pick).collect()))
        }
        Answer::Text(text) => ("text", string(text)),
    };
    object(&[(kind, value)])
}

#[cfg(any(test, feature = "browser"))]
pub(crate) fn object(fields: &[(&str, Value)]) -> Value {
    let mut object = Map::new();
    for (name, value) in fields {
        object.insert((*name).to_owned(), value.clone());
    }
    Value::Object(object)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_written_and_read_as_the_server_does() {
        let code = |text: &str| text.to_owned();
        let all: Answers = [
            ("a", Answer::Code(code("x"))),
            ("b", Answer::Codes(vec![code("x"), code("y")])),
            ("c", Answer::Number(12.5)),
            ("d", Answer::Number(40.0)),
            ("e", Answer::Rows([(code("r"), code("s"))].into())),
            ("f", Answer::Ranking(vec![code("z")])),
            (
                "g",
                Answer::BestWorst(vec![
                    Pick {
                        best: Some(code("x")),
                        worst: None,
                    },
                    Pick::default(),
                ]),
            ),
            ("h", Answer::Text("“引号” \\ \n".to_owned())),
        ]
        .map(|(id, answer)| (id.to_owned(), answer))
        .into();
        let derived = serde_json::to_value(&all).expect("JSON");
        assert_eq!(from_answers(&all), derived);
        assert_eq!(answers(&derived), Some(all));
        assert_eq!(answers(&serde_json::json!({ "a": { "nothing": 1 } })), None);
    }
}
