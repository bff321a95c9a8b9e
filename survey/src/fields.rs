//! Form fields as they stand: what was typed, valid or not.

use std::collections::BTreeMap;

use partake_core::{
    date::Date,
    flow::{Body, OptionView, QuestionView},
    response::{Answer, Answers, other_key},
};

/// Values by field name. It is the common tongue of a posted form, of the browser's `FormData` and
/// of stored answers, so a widget needs no other source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<String, Vec<String>>);

impl Fields {
    /// The fields of a posted form.
    #[must_use]
    pub fn from_pairs(pairs: &[(String, String)]) -> Self {
        let mut fields = Self::default();
        for (name, value) in pairs {
            fields.push(name.clone(), value.clone());
        }
        fields
    }

    /// The fields that would give `answers` if `questions` were posted.
    #[must_use]
    pub fn from_answers(questions: &[QuestionView], answers: &Answers) -> Self {
        let mut fields = Self::default();
        for question in questions {
            if let Some(answer) = answers.get(&question.id) {
                fields.push_answer(&question.id, answer, &question.body);
            }
            for option in options(&question.body) {
                let key = other_key(&question.id, &option.code);
                if let Some(Answer::Text(text)) = answers.get(&key) {
                    fields.push(key, text.clone());
                }
            }
        }
        fields
    }

    /// The first value of `name`, or nothing.
    #[must_use]
    pub fn first(&self, name: &str) -> &str {
        self.0
            .get(name)
            .and_then(|values| values.first())
            .map_or("", String::as_str)
    }

    /// True when `name` carries `value`.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.0
            .get(name)
            .is_some_and(|values| values.iter().any(|v| v == value))
    }

    /// Forgets every field of question `id`.
    pub fn clear(&mut self, id: &str) {
        self.0.retain(|name, _| !belongs(name, id));
    }

    /// Takes over what `pairs` say about `questions`, and keeps what it knows about others.
    pub fn remember<'a>(
        &mut self,
        questions: impl IntoIterator<Item = &'a str>,
        pairs: &[(String, String)],
    ) {
        for id in questions {
            self.clear(id);
            for (name, value) in pairs.iter().filter(|(name, _)| belongs(name, id)) {
                self.push(name.clone(), value.clone());
            }
        }
    }

    /// True when it holds a field of question `id`.
    #[must_use]
    pub fn knows(&self, id: &str) -> bool {
        self.0.keys().any(|name| belongs(name, id))
    }

    /// Name and value of every field.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        let pair = |(name, values): (&String, &Vec<String>)| {
            values
                .iter()
                .map(|value| (name.clone(), value.clone()))
                .collect::<Vec<_>>()
        };
        self.0.iter().flat_map(pair).collect()
    }

    fn push(&mut self, name: String, value: String) {
        self.0.entry(name).or_default().push(value);
    }

    fn push_answer(&mut self, id: &str, answer: &Answer, body: &Body) {
        match answer {
            Answer::Code(code) if is_open(body) => self.push(format!("{id}.missing"), code.clone()),
            Answer::Code(text) | Answer::Text(text) => self.push(id.to_owned(), text.clone()),
            Answer::Codes(codes) => {
                for code in codes {
                    self.push(id.to_owned(), code.clone());
                }
            }
            Answer::Number(number) => {
                let date = matches!(body, Body::Number { date: true, .. });
                let day = Date::from_days(*number).filter(|_| date);
                let typed = day.map_or_else(|| number.to_string(), Date::iso);
                self.push(id.to_owned(), typed);
            }
            Answer::Rows(rows) => {
                for (row, code) in rows {
                    self.push(format!("{id}__{row}"), code.clone());
                }
            }
            Answer::Ranking(codes) => {
                for (place, code) in codes.iter().enumerate() {
                    self.push(format!("{id}.{}", place + 1), code.clone());
                }
            }
            Answer::BestWorst(picks) => {
                for (index, pick) in picks.iter().enumerate() {
                    for (end, code) in [("best", &pick.best), ("worst", &pick.worst)] {
                        if let Some(code) = code {
                            self.push(format!("{id}.{index}.{end}"), code.clone());
                        }
                    }
                }
            }
        }
    }
}

/// True when field `name` belongs to question `id`: no question id contains `.` or `__`.
fn belongs(name: &str, id: &str) -> bool {
    name.strip_prefix(id)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || rest.starts_with("__"))
}

fn is_open(body: &Body) -> bool {
    matches!(body, Body::Slider { .. } | Body::Number { .. })
}

fn options(body: &Body) -> &[OptionView] {
    match body {
        Body::Single(options) | Body::Multiple(options, _) => options,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clearing_a_question_leaves_questions_with_a_longer_name() {
        let mut fields = Fields::from_pairs(&[
            ("ai".to_owned(), "x".to_owned()),
            ("ai__row".to_owned(), "x".to_owned()),
            ("ai.1".to_owned(), "x".to_owned()),
            ("ai_use".to_owned(), "daily".to_owned()),
        ]);
        fields.clear("ai");
        assert_eq!(
            fields,
            Fields::from_pairs(&[("ai_use".to_owned(), "daily".to_owned())])
        );
    }

    #[test]
    fn what_is_no_longer_chosen_is_forgotten_and_what_is_hidden_is_kept() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut fields = Fields::from_pairs(&[pair("shown", "x"), pair("hidden", "y")]);
        fields.remember(["shown"], &[pair("other", "z"), pair("shown.1", "w")]);
        assert_eq!(
            fields,
            Fields::from_pairs(&[pair("hidden", "y"), pair("shown.1", "w")])
        );
        assert!(fields.knows("shown") && !fields.knows("other"));
    }
}
