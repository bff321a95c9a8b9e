//! What `check` has to say.

use std::fmt;

use crate::lang::Lang;

/// Something that an author should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Id of the question, computed value or section.
    pub part: String,
    /// What it is.
    pub what: Concern,
}

/// What an author should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concern {
    /// No answers lead to the question.
    Unreachable,
    /// The condition holds whatever is answered.
    AlwaysAsked,
    /// This case of a computed text can never be the one, from 1.
    IdleCase(usize),
    /// The check can never be broken, from 1.
    IdleCheck(usize),
    /// The check is broken by every answer, from 1.
    ImpossibleCheck(usize),
    /// The pipe has no text for some people, and no fallback: its name.
    EmptyPipe(String),
    /// There are too many ways of answering to say this.
    Undecided(Doubt),
    /// The languages have different pipes.
    DifferentPipes,
    /// A number or day without bands is asked and never published.
    NeverPublished,
    /// The text is hard to read in this language: the grade of school it takes, or the length of
    /// its longest sentence.
    HardToRead(Lang, u32),
}

/// What was not decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Whether the question can be asked.
    Asked,
    /// Whether its condition can fail.
    Skipped,
    /// Whether the check can be broken and can be kept, from 1.
    Check(usize),
    /// Whether this case of a computed text can be the one, from 1.
    Case(usize),
    /// Whether the pipe can be empty: its name.
    Pipe(String),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = &self.part;
        match &self.what {
            Concern::Unreachable => write!(f, "`{part}` is never asked: its condition cannot hold"),
            Concern::AlwaysAsked => {
                write!(
                    f,
                    "`{part}` is always asked: its condition always holds; remove it"
                )
            }
            Concern::IdleCase(n) => write!(f, "`{part}`: case {n} can never be the one"),
            Concern::IdleCheck(n) => write!(f, "`{part}`: check {n} can never be broken"),
            Concern::ImpossibleCheck(n) => {
                write!(f, "`{part}`: check {n} is broken by every answer")
            }
            Concern::EmptyPipe(name) => write!(
                f,
                "`{part}`: `{{{{{name}}}}}` can be empty; give it a fallback, `{{{{{name}|…}}}}`"
            ),
            Concern::Undecided(doubt) => {
                const WHY: &str = "it depends on too many answers";
                match doubt {
                    Doubt::Asked => write!(f, "not decided whether `{part}` can be asked: {WHY}"),
                    Doubt::Skipped => {
                        write!(f, "not decided whether `{part}` is always asked: {WHY}")
                    }
                    Doubt::Check(n) => {
                        write!(
                            f,
                            "`{part}`: not decided whether check {n} can be kept and broken: {WHY}"
                        )
                    }
                    Doubt::Case(n) => {
                        write!(
                            f,
                            "`{part}`: not decided whether case {n} can be the one: {WHY}"
                        )
                    }
                    Doubt::Pipe(name) => write!(
                        f,
                        "`{part}`: not decided whether `{{{{{name}}}}}` can be empty: {WHY}; give it \
                         a fallback, `{{{{{name}|…}}}}`"
                    ),
                }
            }
            Concern::DifferentPipes => {
                write!(f, "`{part}`: the languages have different pipes")
            }
            Concern::NeverPublished => write!(
                f,
                "`{part}` has no `bands`: what is answered is stored and never published"
            ),
            Concern::HardToRead(Lang::En, grade) => {
                write!(
                    f,
                    "`{part}`: the English takes {grade} years of school to read"
                )
            }
            Concern::HardToRead(Lang::Zh, length) => {
                write!(
                    f,
                    "`{part}`: a sentence of the Chinese has {length} characters"
                )
            }
        }
    }
}
