//! What may be published of single answers.

use super::{
    fields::{Fields, Reader},
    tree::{Entry, Node},
};
use crate::instrument::{Kind, Merge, PublicFile, Question, Rung};

/// Most background columns of a file, whatever its size: with more of them nearly every row is
/// the only one of its kind.
const MOST_COLUMNS: usize = 5;

impl<'t> Reader<'t> {
    pub(super) fn public_file(
        &mut self,
        node: &'t Node,
        questions: &[Question],
    ) -> Option<PublicFile> {
        let known = ["consent", "leave_out", "merge", "rungs"];
        let f = self.fields(node, "the public file", &known, &["note"])?;
        let consent = self
            .required(&f, "consent")
            .and_then(|n| self.consent_to_publish(n, questions));
        let leave_out = match f.get("leave_out") {
            Some(node) => self.questions_named(node, questions),
            None => Vec::new(),
        };
        let merges = match f.get("merge") {
            Some(node) => self.merges(node, questions),
            None => Vec::new(),
        };
        let rungs_node = self.required(&f, "rungs")?;
        let rungs = self.rungs(rungs_node, questions);
        self.background_is_placed(&f, questions, &leave_out, &rungs);
        let (consent, consent_code) = consent?;
        Some(PublicFile {
            consent,
            consent_code,
            leave_out,
            merges,
            rungs,
        })
    }

    fn consent_to_publish(
        &mut self,
        node: &'t Node,
        questions: &[Question],
    ) -> Option<(String, String)> {
        let f = self.fields(node, "the consent to publish", &["question", "code"], &[])?;
        let question_node = self.required(&f, "question")?;
        let question = self.word(question_node, "`question`")?;
        let single: Vec<&Question> = questions
            .iter()
            .filter(|q| matches!(q.kind, Kind::Single(_)))
            .collect();
        let names = single.iter().map(|q| q.id.as_str());
        self.must_be(
            question_node.at,
            "single-choice question",
            question,
            names.collect::<Vec<_>>(),
        )
        .then_some(())?;
        let asked = single.iter().find(|q| q.id == question)?;
        let code_node = self.required(&f, "code")?;
        let code = self.word(code_node, "`code`")?;
        let codes: Vec<&str> = asked.choices().iter().map(|c| c.code.as_str()).collect();
        self.must_be(code_node.at, "code", code, codes)
            .then(|| (question.to_owned(), code.to_owned()))
    }

    fn questions_named(&mut self, node: &'t Node, questions: &[Question]) -> Vec<String> {
        let names: Vec<&str> = questions.iter().map(|q| q.id.as_str()).collect();
        self.codes(node, "questions to leave out")
            .into_iter()
            .filter_map(|(at, id)| {
                self.must_be(at, "question", &id, names.iter().copied())
                    .then_some(id)
            })
            .collect()
    }

    fn merges(&mut self, node: &'t Node, questions: &[Question]) -> Vec<Merge> {
        let Some(f) = self.any_fields(node, "`merge`") else {
            return Vec::new();
        };
        let mut merges: Vec<Merge> = Vec::new();
        for entry in f.entries {
            let plain: Vec<&str> = questions
                .iter()
                .filter(|q| matches!(q.kind, Kind::Single(_)) && q.quasi_identifier.is_none())
                .map(|q| q.id.as_str())
                .collect();
            let what = "single-choice question outside the background";
            if !self.must_be(entry.at, what, &entry.key, plain) {
                continue;
            }
            let Some(groups) = self.any_fields(&entry.value, "the merged codes") else {
                continue;
            };
            for group in groups.entries {
                if let Some(merge) = self.merge(&entry.key, group, questions) {
                    for code in &merge.codes {
                        let again = merges
                            .iter()
                            .any(|m| m.question == merge.question && m.codes.contains(code));
                        if again {
                            let message = format!("`{code}` is merged twice; keep one");
                            self.error(group.at, message);
                        }
                    }
                    merges.push(merge);
                }
            }
        }
        merges
    }

    fn merge(&mut self, id: &str, group: &'t Entry, questions: &[Question]) -> Option<Merge> {
        let f = self.fields(&group.value, "a merged code", &["codes", "zh", "en"], &[])?;
        let question = questions.iter().find(|q| q.id == id)?;
        let known: Vec<&str> = question.choices().iter().map(|c| c.code.as_str()).collect();
        if known.contains(&group.key.as_str()) {
            let message = format!("`{}` is a code of `{id}` already; use another", group.key);
            self.error(group.at, message);
        }
        let codes_node = self.required(&f, "codes")?;
        let mut codes = Vec::new();
        for (at, code) in self.codes(codes_node, "`codes`") {
            if self.must_be(at, "code", &code, known.iter().copied()) {
                codes.push(code);
            }
        }
        Some(Merge {
            question: id.to_owned(),
            code: group.key.clone(),
            label: self.text_in(&f, "a merged code", "zh", "en")?,
            codes,
        })
    }

    fn rungs(&mut self, node: &'t Node, questions: &[Question]) -> Vec<Rung> {
        let mut rungs: Vec<Rung> = Vec::new();
        for item in self.list(node, "rungs") {
            let Some(rung) = self.rung(item, questions) else {
                continue;
            };
            if rungs.last().is_some_and(|last| last.from >= rung.from) {
                self.error(item.at, "rungs go from few rows to many; raise `from`");
            }
            rungs.push(rung);
        }
        rungs
    }

    fn rung(&mut self, node: &'t Node, questions: &[Question]) -> Option<Rung> {
        let f = self.fields(node, "a rung", &["from", "columns"], &["note"])?;
        let from = self
            .required(&f, "from")
            .and_then(|n| self.whole(n, "`from`"));
        let columns_node = self.required(&f, "columns")?;
        let background: Vec<&str> = questions
            .iter()
            .filter(|q| q.quasi_identifier.is_some())
            .map(|q| q.id.as_str())
            .collect();
        let mut columns = Vec::new();
        for entry in self.any_fields(columns_node, "`columns`")?.entries {
            let known = background.iter().copied();
            if !self.must_be(entry.at, "background question", &entry.key, known) {
                continue;
            }
            let Some(level) = self.whole(&entry.value, "a level") else {
                continue;
            };
            let levels = questions
                .iter()
                .find(|q| q.id == entry.key)
                .and_then(|q| q.quasi_identifier.as_ref())
                .map_or(0, |quasi| quasi.ladder.len());
            if level < 1 || usize::try_from(level).is_ok_and(|level| level > levels) {
                self.error(
                    entry.value.at,
                    format!(
                        "`{}` has the levels 1 to {levels}; level 0, the answer itself, is never \
                         published",
                        entry.key
                    ),
                );
                continue;
            }
            columns.push((entry.key.clone(), level));
        }
        Some(Rung {
            from: from?,
            columns,
        })
    }

    /// Every background question is either generalised or left out: none slips through.
    fn background_is_placed(
        &mut self,
        f: &Fields<'t>,
        questions: &[Question],
        leave_out: &[String],
        rungs: &[Rung],
    ) {
        let used = |id: &str| {
            let mut columns = rungs.iter().flat_map(|r| &r.columns);
            columns.any(|(column, _)| column == id)
        };
        let background = questions.iter().filter(|q| q.quasi_identifier.is_some());
        let mut count = 0;
        for question in background {
            let id = question.id.as_str();
            let out = leave_out.iter().any(|q| q == id);
            count += usize::from(used(id));
            if used(id) == out {
                self.error(
                    f.at,
                    format!(
                        "background question `{id}` must be either in `rungs` or in `leave_out`"
                    ),
                );
            }
        }
        if count > MOST_COLUMNS {
            self.error(
                f.at,
                format!(
                    "{count} background questions in `rungs`; a file has at most {MOST_COLUMNS}"
                ),
            );
        }
    }
}
