//! What a posted section does to the answers: the same step on the server and in the runner.

use std::collections::BTreeMap;

use partake_core::{
    flow::{Body, Flow, SectionView, Seed},
    instrument::Instrument,
    lang::Lang,
    response::{Answers, Assignment, Fault, FaultCode, decode_section, validate},
};

use crate::steering;

/// By question, what was confirmed there although it is unlikely: the number as it was typed, or
/// nothing where the question was left blank on purpose. Nobody is asked about it twice.
pub type Confirmed = BTreeMap<String, String>;

/// One respondent's fixed circumstances.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    pub instrument: &'a Instrument,
    pub lang: Lang,
    pub seed: Seed,
    pub assignment: &'a Assignment,
}

/// What came of reading a section's form.
#[derive(Clone, Debug)]
pub struct Taken {
    /// All answers, those of this section replaced by what was posted.
    pub answers: Answers,
    /// Everything that stands in the way of going on.
    pub faults: Vec<Fault>,
    /// Questions that these answers brought up: they were not on the page.
    pub opened: Vec<String>,
    /// What was not confirmed yet: question, what was typed, and what to ask; for a question that
    /// was left blank the two are empty.
    pub doubts: Vec<(String, String, String)>,
    /// What was confirmed before, and with this form.
    pub confirmed: Confirmed,
}

impl<'a> Step<'a> {
    /// The flow that follows from `answers`.
    #[must_use]
    pub fn flow(self, answers: &Answers) -> Flow<'a> {
        Flow::new(
            self.instrument,
            self.lang,
            self.seed,
            self.assignment,
            answers,
        )
    }

    /// Reads the posted fields of `section`, which was shown under `answers`.
    #[must_use]
    pub fn take(
        self,
        answers: &Answers,
        confirmed: &Confirmed,
        section: &str,
        pairs: &[(String, String)],
    ) -> Taken {
        let fields: Vec<_> = pairs
            .iter()
            .filter(|(name, _)| !steering::ALL.contains(&name.as_str()))
            .cloned()
            .collect();
        let Self {
            instrument,
            lang,
            seed,
            assignment,
        } = self;
        let decoded = decode_section(
            instrument, lang, seed, assignment, answers, section, &fields,
        );

        let declared = instrument.section(section).map(|s| s.questions.as_slice());
        let replaced = |key: &str| {
            declared
                .unwrap_or_default()
                .iter()
                .any(|q| is_of(key, &q.id))
        };
        let mut merged = answers.clone();
        merged.retain(|key, _| !replaced(key));
        merged.extend(decoded.answers);

        let mut faults = decoded.faults;
        let mut opened = Vec::new();
        let mut doubts = Vec::new();
        let mut confirmed = confirmed.clone();
        let flow = self.flow(&merged);
        if let Some(now) = flow.section(section) {
            let before = self.flow(answers).section(section);
            let shown = |id: &str| {
                let mut before = before.iter().flat_map(|before| &before.questions);
                before.any(|question| question.id == id)
            };
            let ids = now.questions.iter().map(|question| &question.id);
            opened = ids.filter(|id| !shown(id)).cloned().collect();
            doubts = doubted(&now, &merged, pairs);
            // Nobody is asked why a question is blank before they have seen it.
            doubts.retain(|(question, ..)| shown(question));
            let said = |question: &str, value: &str| {
                let sure = format!("{question}={value}");
                pairs.iter().any(|(n, v)| n == steering::SURE && *v == sure)
            };
            doubts.retain(|(question, value, _)| {
                if said(question, value) {
                    confirmed.insert(question.clone(), value.clone());
                }
                confirmed.get(question) != Some(value)
            });
            for fault in validate(&flow, section, &merged) {
                // What could not be read is missing from the answers; one message is enough.
                let told = faults
                    .iter()
                    .any(|f| f.question == fault.question && f.row == fault.row);
                let unseen = fault.code == FaultCode::Required && !shown(&fault.question);
                if !told && !unseen {
                    faults.push(fault);
                }
            }
        }
        Taken {
            answers: merged,
            faults,
            opened,
            doubts,
            confirmed,
        }
    }
}

fn is_of(key: &str, question: &str) -> bool {
    key.strip_prefix(question)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("__"))
}

/// What is to be confirmed: what was left blank, and numbers that are unlikely.
fn doubted(
    shown: &SectionView,
    answers: &Answers,
    pairs: &[(String, String)],
) -> Vec<(String, String, String)> {
    let typed = |id: &str| {
        pairs
            .iter()
            .find(|(n, _)| n == id)
            .map_or("", |(_, v)| v.trim())
    };
    shown
        .questions
        .iter()
        .filter_map(|question| {
            if question.soft_required && !answers.contains_key(&question.id) {
                return Some((question.id.clone(), String::new(), String::new()));
            }
            let Body::Number {
                soft_max: Some(most),
                soft_message: Some(ask),
                ..
            } = &question.body
            else {
                return None;
            };
            let value = typed(&question.id);
            let unlikely = value.parse::<f64>().is_ok_and(|number| number > *most);
            unlikely.then(|| (question.id.clone(), value.to_owned(), ask.clone()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use partake_core::{flow::assign, instrument::load, response::Answer};

    use super::*;

    fn take(form: &[(&str, &str)]) -> Taken {
        take_in("occasion", form)
    }

    fn take_in(section: &str, form: &[(&str, &str)]) -> Taken {
        take_from(&[("used", "yes"), ("kind", "work")], section, form)
    }

    fn take_from(known: &[(&str, &str)], section: &str, form: &[(&str, &str)]) -> Taken {
        take_again(&Confirmed::new(), known, section, form)
    }

    fn take_again(
        confirmed: &Confirmed,
        known: &[(&str, &str)],
        section: &str,
        form: &[(&str, &str)],
    ) -> Taken {
        let source = include_str!("../../instruments/checking/instrument.yaml");
        let instrument = load(source).expect("the instrument loads");
        let seed = Seed(11);
        let assignment = assign(&instrument, seed);
        let pairs: Vec<(String, String)> = form
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let known = known
            .iter()
            .map(|(id, code)| ((*id).to_owned(), Answer::Code((*code).to_owned())))
            .collect();
        let step = Step {
            instrument: &instrument,
            lang: Lang::En,
            seed,
            assignment: &assignment,
        };
        step.take(&known, confirmed, section, &pairs)
    }

    #[test]
    fn a_blank_is_asked_about_once_and_then_allowed() {
        let blank = take(&[("used", "yes")]);
        assert_eq!(blank.faults, []);
        let asked = ("kind".to_owned(), String::new(), String::new());
        assert_eq!(blank.doubts, [asked]);
        let sure = take(&[("used", "yes"), (steering::SURE, "kind=")]);
        assert_eq!((sure.faults, sure.doubts), (vec![], vec![]));
        let answered = take(&[("used", "yes"), ("kind", "study")]);
        assert_eq!((answered.faults, answered.doubts), (vec![], vec![]));
    }

    #[test]
    fn who_comes_back_is_not_asked_about_the_same_blank_again() {
        let known = [("used", "yes"), ("kind", "work")];
        let sure = take(&[("used", "yes"), (steering::SURE, "kind=")]);
        let again = take_again(&sure.confirmed, &known, "occasion", &[("used", "yes")]);
        assert_eq!((again.faults, again.doubts), (vec![], vec![]));
    }

    #[test]
    fn nothing_is_confirmed_that_nobody_doubted() {
        let taken = take(&[
            ("used", "yes"),
            ("kind", "study"),
            (steering::SURE, "kind="),
            (steering::SURE, "another=7"),
        ]);
        assert_eq!(taken.confirmed, Confirmed::new());
    }

    #[test]
    fn a_question_may_be_called_what_a_field_of_the_page_might_be() {
        let taken = take_in("checking", &[("sure", "7"), (steering::SURE, "kind=")]);
        assert_eq!(taken.faults, []);
        assert_eq!(
            taken.answers.get("sure"),
            Some(&Answer::Code("7".to_owned()))
        );
    }

    #[test]
    fn nobody_is_asked_about_a_question_that_they_have_not_seen() {
        let first = take_from(&[], "occasion", &[("used", "yes")]);
        assert_eq!(first.opened, ["last_day", "kind"]);
        assert_eq!((first.faults, first.doubts), (vec![], vec![]));
    }

    #[test]
    fn a_blank_that_must_be_answered_is_never_allowed() {
        let blank = take(&[("kind", "study"), (steering::SURE, "used=")]);
        assert_eq!(blank.faults, [Fault::new("used", FaultCode::Required)]);
    }
}
