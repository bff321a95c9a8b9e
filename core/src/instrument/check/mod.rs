//! What is in order for the loader and still wrong: questions nobody reaches, conditions that
//! decide nothing, texts that show a gap, answers that are never published; and how long it takes.

mod bounds;
mod domain;
mod finding;
mod model;
mod paths;
mod pipes;
mod reading;
mod space;
mod texts;
mod ways;
mod worlds;

pub use finding::{Concern, Doubt, Finding};
pub use paths::Times;

use self::{
    model::{Model, Placed},
    ways::Ways,
    worlds::{Decided, Wanted, Worlds},
};
use super::{ComputedValue, Instrument, Kind, Section};
use crate::{
    flow::{Expr, pipe_names},
    lang::{Lang, Text},
};

/// What there is to say of an instrument.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// Everything that an author should look at, in the order of the instrument.
    pub findings: Vec<Finding>,
    /// How long it takes.
    pub times: Times,
}

/// Looks for what is in order for the loader and still wrong.
#[must_use]
pub fn check(instrument: &Instrument) -> Checked {
    let model = Model::new(instrument);
    let drawn = ways::draw(&model);
    let ways = Ways::new(instrument, &drawn);
    Checked {
        findings: findings(&model, &ways),
        times: paths::times(&model, &ways),
    }
}

fn findings(model: &Model<'_>, ways: &Ways<'_>) -> Vec<Finding> {
    let instrument = model.instrument;
    let mut findings = Findings {
        worlds: Worlds::new(model, ways),
        found: Vec::new(),
    };
    for computed in &instrument.computed {
        if let ComputedValue::Cases(cases) = &computed.value {
            findings.cases(&computed.id, cases);
        }
    }
    let mut questions = model.questions.iter();
    for section in &instrument.sections {
        findings.section(section);
        for placed in questions.by_ref().take(section.questions.len()) {
            findings.question(placed);
        }
    }
    findings.found
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "seconds and years of school are small and not negative"
)]
fn rounded(number: f64) -> u32 {
    number.round() as u32
}

struct Findings<'a> {
    worlds: Worlds<'a>,
    found: Vec<Finding>,
}

impl Findings<'_> {
    fn find(&mut self, part: &str, what: Concern) {
        let finding = Finding {
            part: part.to_owned(),
            what,
        };
        if !self.found.contains(&finding) {
            self.found.push(finding);
        }
    }

    fn section(&mut self, section: &Section) {
        // It is shown as soon as one of its questions is.
        let conditions = section.questions.iter().map(|q| q.show_if.clone());
        let shown = conditions
            .collect::<Option<Vec<Expr>>>()
            .and_then(model::any);
        for text in [Some(&section.title), section.intro.as_ref()]
            .into_iter()
            .flatten()
        {
            self.text(&section.id, text);
            // The overview of the sections has the title before anything has to be answered.
            self.gaps(&section.id, text, shown.as_ref(), None, None);
        }
    }

    fn question(&mut self, placed: &Placed<'_>) {
        let question = placed.question;
        let id = question.id.as_str();
        let section = Some(placed.section);
        let shown = question.show_if.as_ref();
        let reached = shown.is_none_or(|condition| self.reached(id, condition, section));
        for (check, n) in question.checks.iter().zip(1..).filter(|_| reached) {
            let decided = self.worlds.decide(Wanted {
                condition: &check.that,
                under: shown,
                broken: None,
                there: None,
                complete: true,
                section: None,
            });
            match decided {
                Decided {
                    fail: Some(false), ..
                } => self.find(id, Concern::IdleCheck(n)),
                Decided {
                    hold: Some(false), ..
                } => self.find(id, Concern::ImpossibleCheck(n)),
                Decided {
                    hold: Some(true),
                    fail: Some(true),
                } => {}
                _ => self.find(id, Concern::Undecided(Doubt::Check(n))),
            }
        }
        if let Kind::Number(number) = &question.kind
            && number.bands.is_empty()
        {
            self.find(id, Concern::NeverPublished);
        }
        for text in texts::shown(question) {
            self.text(id, text);
            if reached {
                self.gaps(id, text, shown, None, section);
            }
        }
        for check in &question.checks {
            self.text(id, &check.message);
            if reached {
                self.gaps(id, &check.message, shown, Some(&check.that), section);
            }
        }
    }

    /// False when the question is never asked.
    fn reached(&mut self, id: &str, condition: &Expr, section: Option<usize>) -> bool {
        let decided = self.worlds.decide(Wanted {
            condition,
            under: None,
            broken: None,
            there: None,
            complete: false,
            section,
        });
        match decided {
            Decided {
                hold: Some(false), ..
            } => self.find(id, Concern::Unreachable),
            Decided {
                fail: Some(false), ..
            } => self.find(id, Concern::AlwaysAsked),
            Decided { hold: None, .. } => self.find(id, Concern::Undecided(Doubt::Asked)),
            Decided { fail: None, .. } => self.find(id, Concern::Undecided(Doubt::Skipped)),
            _ => {}
        }
        decided.hold != Some(false)
    }

    fn cases(&mut self, id: &str, cases: &[(Option<Expr>, Text)]) {
        for (at, (when, text)) in cases.iter().enumerate() {
            self.text(id, text);
            if when.is_none() {
                continue;
            }
            let Some(alone) = pipes::alone(cases, at) else {
                continue;
            };
            let decided = self.worlds.decide(Wanted {
                condition: &alone,
                under: None,
                broken: None,
                there: None,
                complete: false,
                section: None,
            });
            match decided.hold {
                Some(false) => self.find(id, Concern::IdleCase(at + 1)),
                None => self.find(id, Concern::Undecided(Doubt::Case(at + 1))),
                Some(true) => {}
            }
        }
    }

    fn text(&mut self, part: &str, text: &Text) {
        let names = |lang| {
            let mut names: Vec<String> = pipe_names(text)
                .into_iter()
                .filter(|(of, _)| *of == lang)
                .map(|(_, name)| name)
                .collect();
            names.sort();
            names.dedup();
            names
        };
        if text.zh.is_some() && text.en.is_some() && names(Lang::Zh) != names(Lang::En) {
            self.find(part, Concern::DifferentPipes);
        }
        for lang in Lang::ALL {
            let written = match lang {
                Lang::Zh => &text.zh,
                Lang::En => &text.en,
            };
            if let Some(level) = written
                .as_deref()
                .and_then(|text| reading::hard(text, lang))
            {
                self.find(part, Concern::HardToRead(lang, level));
            }
        }
    }

    /// A pipe is empty for those who are shown the text and have not answered what it names.
    fn gaps(
        &mut self,
        part: &str,
        text: &Text,
        shown: Option<&Expr>,
        broken: Option<&Expr>,
        section: Option<usize>,
    ) {
        let (gaps, left_out) = pipes::gaps(self.worlds.model, part, text, shown);
        if let Some(name) = left_out {
            self.find(part, Concern::Undecided(Doubt::Pipe(name)));
        }
        for gap in gaps {
            let named = Expr::Answered(Box::new(Expr::Question(gap.name.clone())));
            let wanted = Wanted {
                condition: &named,
                under: gap.shown.as_ref(),
                broken,
                there: None,
                complete: false,
                section,
            };
            let decided = self.worlds.decide(wanted);
            // A check is broken only once all that it reads is there, whatever else is not known.
            let there = || {
                self.worlds.decide(Wanted {
                    broken: None,
                    there: broken,
                    ..wanted
                })
            };
            let never = decided.fail.is_none() && there().fail == Some(false);
            match decided.fail.or(never.then_some(false)) {
                Some(true) => self.find(&gap.part, Concern::EmptyPipe(gap.name)),
                None => self.find(&gap.part, Concern::Undecided(Doubt::Pipe(gap.name))),
                Some(false) => {}
            }
        }
    }
}
