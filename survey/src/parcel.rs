//! What the runner sends, and what it gets back.

use std::fmt;

use partake_core::response::{Answer, Answers, Pace};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error as _, MapAccess, Visitor},
};

use crate::{Copies, ReceiptKind};

/// A finished response on its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parcel {
    pub survey: String,
    pub version: String,
    pub seed: u32,
    pub receipt: String,
    #[serde(deserialize_with = "one_each")]
    pub answers: Answers,
    /// True when an earlier response with this receipt is to be replaced; the server then keeps
    /// the question versions that were drawn for it.
    #[serde(default)]
    pub replace: bool,
    /// How fast it was answered, as the device measured it.
    #[serde(default)]
    pub pace: Pace,
}

/// Of two answers to one question, nobody could say which was meant.
fn one_each<'de, D: Deserializer<'de>>(from: D) -> Result<Answers, D::Error> {
    struct OneEach;

    impl<'de> Visitor<'de> for OneEach {
        type Value = Answers;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("answers by question")
        }

        fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Answers, M::Error> {
            let mut answers = Answers::new();
            while let Some((question, answer)) = map.next_entry::<String, Answer>()? {
                if answers.insert(question, answer).is_some() {
                    return Err(M::Error::custom("two answers to one question"));
                }
            }
            Ok(answers)
        }
    }

    from.deserialize_map(OneEach)
}

/// What the server says about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reply {
    pub outcome: ReceiptKind,
    /// The receipt in its other forms.
    pub copies: Copies,
}

/// Machine-readable code of a refusal: the survey takes nothing any more.
pub const CLOSED: &str = "survey_closed";

/// What it says when it refuses.
#[derive(Clone, Debug, Serialize)]
pub struct Refusal {
    /// Machine-readable code.
    pub error: &'static str,
    pub message: String,
    pub faults: Vec<RefusedAnswer>,
}

/// An answer that was refused, in the page's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RefusedAnswer {
    pub question: String,
    pub row: Option<String>,
    /// Machine-readable code.
    pub code: String,
    pub message: String,
}

#[cfg(any(test, feature = "browser"))]
mod browser {
    use serde_json::Value;

    use super::{Parcel, RefusedAnswer, Reply};
    use crate::{ReceiptKind, json};

    impl Parcel {
        pub(crate) fn to_json(&self) -> String {
            json::object(&[
                ("survey", Value::String(self.survey.clone())),
                ("version", Value::String(self.version.clone())),
                ("seed", Value::from(self.seed)),
                ("receipt", Value::String(self.receipt.clone())),
                ("answers", json::from_answers(&self.answers)),
                ("replace", Value::Bool(self.replace)),
                ("pace", Value::String(json::pace(self.pace).to_owned())),
            ])
            .to_string()
        }
    }

    /// The outcome in a reply.
    pub(crate) fn outcome(reply: &str) -> Option<Reply> {
        let value: Value = serde_json::from_str(reply).ok()?;
        let outcome = match value.get("outcome")?.as_str()? {
            "new" => ReceiptKind::New,
            "already" => ReceiptKind::Already,
            "changed" => ReceiptKind::Changed,
            "frozen" => ReceiptKind::Frozen,
            _ => return None,
        };
        let copies = json::copies(value.get("copies")?)?;
        Some(Reply { outcome, copies })
    }

    /// What a refusal says.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub(crate) struct Refused {
        /// Machine-readable code.
        pub(crate) error: String,
        pub(crate) message: String,
        pub(crate) faults: Vec<RefusedAnswer>,
    }

    /// A refusal as it was read. One that is not ours, of a proxy for example, says nothing.
    pub(crate) fn refusal(reply: &str) -> Refused {
        let value: Value = serde_json::from_str(reply).unwrap_or_default();
        let text =
            |value: &Value, name: &str| value.get(name).and_then(json::text).unwrap_or_default();
        let mut faults = Vec::new();
        for fault in value
            .get("faults")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            faults.push(RefusedAnswer {
                question: text(fault, "question"),
                row: fault.get("row").and_then(json::text),
                code: text(fault, "code"),
                message: text(fault, "message"),
            });
        }
        Refused {
            error: text(&value, "error"),
            message: text(&value, "message"),
            faults,
        }
    }
}
#[cfg(any(test, feature = "browser"))]
pub(crate) use browser::{outcome, refusal};

#[cfg(test)]
mod tests {
    use partake_core::response::Answer;

    use super::*;
    use crate::QrCode;

    #[test]
    fn a_parcel_reads_on_the_server_as_the_runner_wrote_it() {
        let parcel = Parcel {
            survey: "one".to_owned(),
            version: "1.0.0".to_owned(),
            seed: 7,
            receipt: "abc".to_owned(),
            answers: [("t".to_owned(), Answer::Text("“引”\n".to_owned()))].into(),
            replace: true,
            pace: Pace::Fast,
        };
        let read: Parcel = serde_json::from_str(&parcel.to_json()).expect("a parcel");
        assert_eq!(read, parcel);
    }

    #[test]
    fn the_runner_reads_what_the_server_says() {
        for kind in [
            ReceiptKind::New,
            ReceiptKind::Already,
            ReceiptKind::Changed,
            ReceiptKind::Frozen,
        ] {
            let copies = Copies {
                words: "一 二".to_owned(),
                response: "https://example.org/zh/response".to_owned(),
                qr: (kind == ReceiptKind::New).then(|| QrCode {
                    size: 21,
                    modules: "fe3f8".to_owned(),
                }),
            };
            let reply = Reply {
                outcome: kind,
                copies,
            };
            let said = serde_json::to_string(&reply).expect("JSON");
            assert_eq!(outcome(&said), Some(reply));
        }
        let faults = vec![RefusedAnswer {
            question: "age".to_owned(),
            row: Some("r".to_owned()),
            code: "required".to_owned(),
            message: "缺".to_owned(),
        }];
        let said = serde_json::to_string(&Refusal {
            error: "invalid_answers",
            message: "no".to_owned(),
            faults: faults.clone(),
        });
        let read = refusal(&said.expect("JSON"));
        assert_eq!(
            (read.error.as_str(), read.message.as_str()),
            ("invalid_answers", "no")
        );
        assert_eq!(read.faults, faults);
        assert_eq!(refusal("<html>"), browser::Refused::default());
    }
}
