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
    /// What was given and does not count.
    ignored: Answers,
    /// Questions that are asked, by id: what reads an answer needs its declaration too.
    asked: BTreeMap<&'a str, &'a Question>,
    /// The same as they are declared.
    questions: Vec<&'a Question>,
}

/// What comes of a question at its turn.
#[derive(Default)]
struct Visit<'g> {
    asked: bool,
    counts: Option<Cow<'g, Answer>>,
}

impl<'a> Flow<'a> {
    /// The way that follows from these answers. They are copied only if one of them does not count
    /// or counts as another.
    #[must_use]
    pub fn new(
        instrument: &'a Instrument,
        lang: Lang,
        seed: Seed,
        assignment: &'a Assignment,
        given: &'a Answers,
    ) -> Self {
        Self::walk(instrument, lang, seed, assignment, Cow::Borrowed(given))
    }

    /// The same for answers that nobody else needs.
    #[must_use]
    pub fn owning(
        instrument: &'a Instrument,
        lang: Lang,
        seed: Seed,
        assignment: &'a Assignment,
        given: Answers,
    ) -> Self {
        Self::walk(instrument, lang, seed, assignment, Cow::Owned(given))
    }

    /// The way that a stored sheet was answered on.
    #[must_use]
    pub fn of_sheet(instrument: &'a Instrument, sheet: &'a Sheet) -> Self {
        // Which questions are asked does not depend on the order in which options were shown.
        let seed = Seed(0);
        Self::new(
            instrument,
            sheet.lang,
            seed,
            &sheet.assignment,
            &sheet.answers,
        )
    }

    /// Goes through the questions as declared. Nothing depends on a question that comes later, so
    /// the answers that were not come to yet are in nobody's way.
    fn walk(
        instrument: &'a Instrument,
        lang: Lang,
        seed: Seed,
        assignment: &'a Assignment,
        answers: Cow<'a, Answers>,
    ) -> Self {
        let mut flow = Self {
            instrument,
            lang,
            seed,
            assignment,
            answers,
            ignored: Answers::new(),
            asked: BTreeMap::new(),
            questions: Vec::new(),
        };
        let mut counted = 0;
        let mut texts = Vec::new();
        for question in instrument.questions() {
            let visit = flow.visit(question, flow.answers.get(&question.id));
            let asked = visit.asked;
            match visit.counts {
                Some(answer) => {
                    counted += 1;
                    if asked {
                        flow.texts(question, &answer, &mut texts);
                    }
                    if let Cow::Owned(answer) = answer {
                        flow.answers.to_mut().insert(question.id.clone(), answer);
                    }
                }
                None if flow.answers.contains_key(&question.id) => flow.ignore(&question.id),
                None => {}
            }
            if asked {
                flow.asked.insert(&question.id, question);
                flow.questions.push(question);
            }
        }
        if counted + texts.len() < flow.answers.len() {
            flow.ignore_all_but(&texts);
        }
        flow
    }

    fn ignore(&mut self, key: &str) {
        if let Some((key, answer)) = self.answers.to_mut().remove_entry(key) {
            self.ignored.insert(key, answer);
        }
    }

    /// Ignores what belongs to no question, and texts of options that are not chosen.
    fn ignore_all_but(&mut self, texts: &[String]) {
        let declared = |id: &str| {
            self.instrument
                .questions()
                .any(|question| question.id == id)
        };
        let stray: Vec<String> = self
            .answers
            .keys()
            .filter(|key| !self.asked(key) && !texts.contains(key) && !declared(key))
            .cloned()
            .collect();
        for key in stray {
            self.ignore(&key);
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
                        let counts = match given {
                            Some(same @ Answer::Code(code)) if code == only => Cow::Borrowed(same),
                            _ => Cow::Owned(Answer::Code((*only).to_owned())),
                        };
                        return Visit {
                            asked: false,
                            counts: Some(counts),
                        };
                    }
                    _ => given.and_then(|answer| kept(answer, &offered, list)),
                }
            }
            _ => given.filter(|answer| !is_blank(answer)).map(one_zero),
        };
        Visit {
            asked: true,
            counts,
        }
    }

    /// Adds the keys of the texts that go with the options chosen.
    fn texts(&self, question: &Question, answer: &Answer, texts: &mut Vec<String>) {
        let chosen: &[String] = match answer {
            Answer::Code(code) => std::slice::from_ref(code),
            Answer::Codes(codes) => codes,
            _ => return,
        };
        for option in question.choices().iter().filter(|o| o.text_max.is_some()) {
            if chosen.contains(&option.code) {
                let key = other_key(&question.id, &option.code);
                if self.answers.get(&key).is_some_and(|text| !is_blank(text)) {
                    texts.push(key);
                }
            }
        }
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

    /// What was given and does not count: answers to questions that are not asked, fields that no
    /// question has, and what says nothing.
    pub(crate) const fn ignored(&self) -> &Answers {
        &self.ignored
    }

    /// The answers that count, when nothing else is asked of this way any more.
    #[must_use]
    pub fn into_answers(self) -> Answers {
        self.answers.into_owned()
    }

    /// The declaration of a question, asked or not.
    pub(crate) fn question(&self, id: &str) -> Option<&'a Question> {
        let asked = self.asked.get(id).copied();
        asked.or_else(|| self.instrument.question(id))
    }

    /// The questions that are asked, as the instrument declares them.
    pub(crate) fn questions(&self) -> &[&'a Question] {
        &self.questions
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

/// What is left of an answer when only these codes are offered. A code that the list does not know
/// at all stays, so that validation can refuse it.
fn kept<'g>(answer: &'g Answer, offered: &[&str], list: &ChoiceList) -> Option<Cow<'g, Answer>> {
    let stays = |code: &String| {
        offered.contains(&code.as_str()) || list.options.iter().all(|o| o.code != *code)
    };
    match answer {
        Answer::Code(code) => stays(code).then_some(Cow::Borrowed(answer)),
        Answer::Codes(codes) if !codes.iter().all(stays) => {
            let left: Vec<String> = codes.iter().filter(|c| stays(c)).cloned().collect();
            (!left.is_empty()).then_some(Cow::Owned(Answer::Codes(left)))
        }
        Answer::Codes(codes) => (!codes.is_empty()).then_some(Cow::Borrowed(answer)),
        other => Some(one_zero(other)),
    }
}

/// The same answer; of the two zeros of a number, one.
fn one_zero(answer: &Answer) -> Cow<'_, Answer> {
    match answer {
        Answer::Number(number) if *number == 0.0 && number.is_sign_negative() => {
            Cow::Owned(Answer::Number(0.0))
        }
        other => Cow::Borrowed(other),
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
