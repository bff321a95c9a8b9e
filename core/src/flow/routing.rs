//! Which questions are asked, and which answers count.

use std::{borrow::Cow, collections::BTreeMap};

use super::{QuestionView, Scope, SectionView, Seed};
use crate::{
    instrument::{ChoiceList, Instrument, Kind, Question, Section},
    invisible::is_unseen,
    lang::Lang,
    response::{Answer, Answers, Assignment, Sheet, other_key},
};

/// One respondent's way through the instrument, given the answers so far. It is a value, not a
/// session: make a new one when an answer changes.
///
/// An answer counts only while its question is asked. A question that is no longer asked, or whose
/// chosen option is no longer offered because an earlier answer changed, is as if it had never
/// been answered, and so are the questions that depended on it.
#[derive(Clone, Debug)]
pub struct Flow<'a> {
    pub(super) instrument: &'a Instrument,
    pub(crate) lang: Lang,
    pub(super) seed: Seed,
    pub(crate) assignment: &'a Assignment,
    answers: Cow<'a, Answers>,
    /// Questions that are asked, with their declarations: what reads an answer needs both.
    asked: BTreeMap<&'a str, &'a Question>,
}

/// What comes of a question at its turn.
#[derive(Default)]
struct Visit<'g> {
    asked: bool,
    counts: Option<Cow<'g, Answer>>,
}

impl<'a> Flow<'a> {
    /// The way that follows from these answers.
    #[must_use]
    pub fn new(
        instrument: &'a Instrument,
        lang: Lang,
        seed: Seed,
        assignment: &'a Assignment,
        given: &Answers,
    ) -> Self {
        let mut flow = Self::begin(instrument, lang, seed, assignment, Cow::default());
        for question in instrument.questions() {
            let visit = flow.visit(question, given.get(&question.id));
            match visit.counts {
                Some(answer) if visit.asked => flow.count(question, answer.into_owned(), given),
                Some(answer) => {
                    let answers = flow.answers.to_mut();
                    answers.insert(question.id.clone(), answer.into_owned());
                }
                None => {}
            }
            flow.passed(question, visit.asked);
        }
        flow
    }

    /// The way that a stored sheet was answered on. Its answers are those that counted, so they
    /// are not copied.
    #[must_use]
    pub fn of_sheet(instrument: &'a Instrument, sheet: &'a Sheet) -> Self {
        // Which questions are asked does not depend on the order in which options were shown.
        let (seed, answers) = (Seed(0), Cow::Borrowed(&sheet.answers));
        let begun = Self::begin(instrument, sheet.lang, seed, &sheet.assignment, answers);
        begun.settle().0
    }

    /// The way that follows from answers that nobody else needs, and what of them does not count:
    /// answers to questions that are not asked, fields that no question has, and what says nothing.
    pub(crate) fn owning(
        instrument: &'a Instrument,
        lang: Lang,
        seed: Seed,
        assignment: &'a Assignment,
        given: Answers,
    ) -> (Self, Answers) {
        Self::begin(instrument, lang, seed, assignment, Cow::Owned(given)).settle()
    }

    /// Takes from the answers what does not count. Nothing depends on a question that comes later,
    /// so the answers that were not come to yet are in nobody's way.
    fn settle(mut self) -> (Self, Answers) {
        let mut ignored = Answers::new();
        let mut counted = Vec::new();
        for question in self.instrument.questions() {
            let visit = self.visit(question, self.answers.get(&question.id));
            let asked = visit.asked;
            if let Some(answer) = visit.counts {
                if asked {
                    let texts = texts(question, &answer, &self.answers);
                    counted.extend(texts.map(|(key, _)| Cow::Owned(key)));
                }
                let changed = match answer {
                    Cow::Owned(answer) => Some(answer),
                    // There is one zero.
                    Cow::Borrowed(Answer::Number(zero))
                        if *zero == 0.0 && zero.is_sign_negative() =>
                    {
                        Some(Answer::Number(0.0))
                    }
                    Cow::Borrowed(_) => None,
                };
                if let Some(answer) = changed {
                    self.answers.to_mut().insert(question.id.clone(), answer);
                }
                counted.push(question.id.as_str().into());
            } else if self.answers.contains_key(&question.id) {
                ignored.extend(self.answers.to_mut().remove_entry(&question.id));
            }
            self.passed(question, asked);
        }
        if counted.len() < self.answers.len() {
            counted.sort_unstable();
            let is_counted = |key: &str| counted.binary_search_by(|c| (**c).cmp(key)).is_ok();
            let stray: Vec<String> = self
                .answers
                .keys()
                .filter(|key| !is_counted(key))
                .cloned()
                .collect();
            for key in stray {
                ignored.extend(self.answers.to_mut().remove_entry(&key));
            }
        }
        (self, ignored)
    }

    const fn begin(
        instrument: &'a Instrument,
        lang: Lang,
        seed: Seed,
        assignment: &'a Assignment,
        answers: Cow<'a, Answers>,
    ) -> Self {
        Self {
            instrument,
            lang,
            seed,
            assignment,
            answers,
            asked: BTreeMap::new(),
        }
    }

    fn passed(&mut self, question: &'a Question, asked: bool) {
        if asked {
            self.asked.insert(&question.id, question);
        }
    }

    /// Whether a question is asked after those before it, and which answer to it counts.
    fn visit<'g>(&self, question: &Question, given: Option<&'g Answer>) -> Visit<'g> {
        let hidden = question.show_if.as_ref();
        if hidden.is_some_and(|condition| !self.scope().truth(condition)) {
            return Visit::default();
        }
        let counts = match &question.kind {
            Kind::Single(list) | Kind::Multiple(list) if list.only_chosen_in.is_some() => {
                let offered = self.offered(list);
                match offered.as_slice() {
                    [] => return Visit::default(),
                    [only] if list.auto_answer_if_single => {
                        let code = (*only).to_owned();
                        return Visit {
                            asked: false,
                            counts: Some(Cow::Owned(Answer::Code(code))),
                        };
                    }
                    _ => given
                        .and_then(|answer| kept(answer, &offered, list))
                        .map(Cow::Owned),
                }
            }
            _ => given.filter(|answer| !is_blank(answer)).map(Cow::Borrowed),
        };
        Visit {
            asked: true,
            counts,
        }
    }

    /// Takes an answer into account, with the text that goes with its "other" option.
    fn count(&mut self, question: &Question, mut answer: Answer, given: &Answers) {
        if let Answer::Number(number) = &mut answer {
            // There is one zero.
            *number += 0.0;
        }
        let answers = self.answers.to_mut();
        for (key, text) in texts(question, &answer, given) {
            answers.insert(key, text.clone());
        }
        answers.insert(question.id.clone(), answer);
    }

    fn offered<'l>(&self, list: &'l ChoiceList) -> Vec<&'l str> {
        let options = list.options.iter().map(|option| option.code.as_str());
        options.filter(|code| self.offers(list, code)).collect()
    }

    /// True when the option is declared, and chosen where it has to be to be offered.
    pub(crate) fn offers(&self, list: &ChoiceList, code: &str) -> bool {
        let chosen = match &list.only_chosen_in {
            None => true,
            Some(source) => match self.answers.get(source) {
                Some(Answer::Codes(codes)) => codes.iter().any(|c| c == code),
                _ => false,
            },
        };
        chosen && list.options.iter().any(|option| option.code == code)
    }

    /// The instrument.
    #[must_use]
    pub const fn instrument(&self) -> &'a Instrument {
        self.instrument
    }

    /// Where conditions and pipes get their values.
    #[must_use]
    pub fn scope(&self) -> Scope<'_> {
        Scope {
            asked: Some(&self.asked),
            ..Scope::new(self.instrument, self.assignment, &self.answers)
        }
    }

    /// The answers that count: those to questions that are asked, and those that follow by
    /// themselves.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The same, when nothing else is asked of this way any more.
    #[must_use]
    pub fn into_answers(self) -> Answers {
        self.answers.into_owned()
    }

    /// The declaration of a question, asked or not.
    pub(crate) fn question(&self, id: &str) -> Option<&'a Question> {
        let asked = self.asked.get(id).copied();
        asked.or_else(|| self.instrument.question(id))
    }

    /// True when the question is asked now.
    #[must_use]
    pub fn asked(&self, question: &str) -> bool {
        self.asked.contains_key(question)
    }

    /// Ids of the sections with at least one asked question, in order.
    #[must_use]
    pub fn sections(&self) -> Vec<&'a str> {
        self.instrument
            .sections
            .iter()
            .filter(|section| section.questions.iter().any(|q| self.asked(&q.id)))
            .map(|section| section.id.as_str())
            .collect()
    }

    /// The questions of a section that are asked, in the respondent's order.
    pub(crate) fn shown(&self, section: &'a Section) -> Vec<&'a Question> {
        let mut questions = self.in_order(section);
        questions.retain(|question| self.asked(&question.id));
        questions
    }

    /// A section as this respondent sees it; `None` when it is unknown or nothing in it is asked.
    #[must_use]
    pub fn section(&self, id: &str) -> Option<SectionView> {
        let section = self.instrument.section(id)?;
        let questions: Vec<QuestionView> = self
            .shown(section)
            .into_iter()
            .map(|question| self.view(question))
            .collect();
        if questions.is_empty() {
            return None;
        }
        let scope = self.scope();
        Some(SectionView {
            id: section.id.clone(),
            title: scope.fill(&section.title, self.lang),
            intro: section
                .intro
                .as_ref()
                .map(|intro| scope.fill(intro, self.lang)),
            optional: section.optional,
            questions,
        })
    }

    /// The consent gate. Its first option accepts.
    #[must_use]
    pub fn gate(&self) -> QuestionView {
        self.view(&self.instrument.consent.gate)
    }

    /// The section after this one; the first for an id that is not asked.
    #[must_use]
    pub fn next(&self, id: &str) -> Option<&'a str> {
        let sections = self.sections();
        match sections.iter().position(|s| *s == id) {
            Some(at) => sections.get(at + 1).copied(),
            None => self.after_declared(id),
        }
    }

    /// The section before this one.
    #[must_use]
    pub fn previous(&self, id: &str) -> Option<&'a str> {
        let sections = self.sections();
        let at = sections.iter().position(|s| *s == id)?;
        sections.get(at.checked_sub(1)?).copied()
    }

    /// A section may drop out while a respondent is in it; what follows it by declaration then
    /// comes next.
    fn after_declared(&self, id: &str) -> Option<&'a str> {
        let asked = self.sections();
        let declared = &self.instrument.sections;
        let from = declared
            .iter()
            .position(|s| s.id == id)
            .map_or(0, |at| at + 1);
        declared
            .iter()
            .skip(from)
            .map(|s| s.id.as_str())
            .find(|s| asked.contains(s))
    }
}

/// Texts that go with the options chosen, by their keys.
fn texts<'g>(
    question: &Question,
    answer: &Answer,
    given: &'g Answers,
) -> impl Iterator<Item = (String, &'g Answer)> {
    let chosen: &[String] = match answer {
        Answer::Code(code) => std::slice::from_ref(code),
        Answer::Codes(codes) => codes,
        _ => &[],
    };
    let with_text = question.choices().iter().filter(|o| o.text_max.is_some());
    with_text
        .filter(|option| chosen.contains(&option.code))
        .filter_map(|option| {
            let key = other_key(&question.id, &option.code);
            let text = given.get(&key).filter(|text| !is_blank(text))?;
            Some((key, text))
        })
}

/// What is left of an answer when only these codes are offered. A code that the list does not know
/// at all stays, so that validation can refuse it.
fn kept(answer: &Answer, offered: &[&str], list: &ChoiceList) -> Option<Answer> {
    let stays = |code: &String| {
        offered.contains(&code.as_str()) || list.options.iter().all(|o| o.code != *code)
    };
    match answer {
        Answer::Code(code) if stays(code) => Some(answer.clone()),
        Answer::Codes(codes) => {
            let left: Vec<String> = codes.iter().filter(|c| stays(c)).cloned().collect();
            (!left.is_empty()).then_some(Answer::Codes(left))
        }
        Answer::Code(_) => None,
        other => Some(other.clone()),
    }
}

/// True when the answer says nothing: it is then the same as no answer.
pub(crate) fn is_blank(answer: &Answer) -> bool {
    match answer {
        Answer::Code(code) => code.is_empty(),
        Answer::Codes(codes) | Answer::Ranking(codes) => codes.is_empty(),
        Answer::Number(_) => false,
        Answer::Rows(rows) => rows.is_empty(),
        Answer::BestWorst(picks) => picks.iter().all(|p| p.best.is_none() && p.worst.is_none()),
        Answer::Text(text) => is_unseen(text),
    }
}
