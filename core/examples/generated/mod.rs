//! Instruments and answers that nobody wrote: every kind of question under conditions of every
//! form, and answers of which most are valid. All of it follows from one number.

use std::fmt::Write as _;

use partake_core::{
    instrument::{Instrument, Kind, Question},
    response::{Answer, Answers, Pick},
};

/// A generator whose numbers are the same on every machine.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub(crate) fn bits(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap_or_default()
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.bits()).unwrap_or_default() % n.max(1)
    }

    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        self.bits() % 100 < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

/// Which kinds of questions occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Range {
    /// All of them.
    Everything,
    /// Those that other programs know too.
    Common,
    /// Those that ODK knows.
    Forms,
}

/// What later parts of an instrument can speak of.
#[derive(Default)]
struct Said {
    /// Conditions.
    atoms: Vec<String>,
    /// Numbers.
    numbers: Vec<String>,
    /// Questions whose answer has a name.
    named: Vec<String>,
    /// Texts that follow from answers, as they are declared.
    texts: Vec<String>,
}

const CODES: [&str; 5] = ["a", "b", "c", "d", "e"];

/// An instrument as a file.
pub(crate) fn file(dice: &mut Dice, questions: usize, range: Range) -> String {
    let mut out = String::from(
        "instrument:
  id: made
  version: \"1\"
  languages: [zh-Hans, en]
  title: {zh: 题, en: Title}
  intro: {zh: 介绍, en: Intro}
  terms: {zh: 词, en: Terms}
  outro: {zh: 谢谢, en: Thanks}
consent:
  text: {zh: 说明, en: Information}
  gate:
    {id: gate, type: yes_no, title: {zh: 同意吗, en: Agree?}, required: true, est_seconds: 1}
scales:
  five:
    points:
      - {code: p1, value: 1, zh: 一, en: One}
      - {code: p2, value: 2, zh: 二, en: Two}
      - {code: p3, value: 3, zh: 三, en: Three}
    extra:
      - {code: dk, missing: dk, zh: 不知道, en: Don't know}
  line: {min: 0, max: 100, step: 5}
experiments:
  factors:
    - {id: half, levels: [h1, h2]}
sections:
",
    );
    let mut said = Said::default();
    if range == Range::Everything {
        said.atoms.push("half == \"h1\"".to_owned());
    }
    for n in 0..questions {
        if n % 6 == 0 {
            _ = write!(
                out,
                "  - id: s{n}\n    title: {{zh: 节, en: Section}}\n    questions:\n"
            );
        }
        question(&mut out, dice, n, range, &mut said);
    }
    calculated(&mut out, dice, &said);
    out
}

fn question(out: &mut String, dice: &mut Dice, n: usize, range: Range, said: &mut Said) {
    let id = format!("q{n}");
    let kinds: &[&str] = match range {
        Range::Everything => &[
            "single",
            "multiple",
            "numeric",
            "slider",
            "matrix",
            "yes_no",
            "scale",
            "date",
            "short_text",
            "statement",
            "ranking",
            "shown",
        ],
        Range::Common => &[
            "single",
            "multiple",
            "numeric",
            "slider",
            "matrix",
            "yes_no",
            "short_text",
        ],
        Range::Forms => &[
            "single",
            "multiple",
            "numeric",
            "slider",
            "matrix",
            "yes_no",
            "scale",
            "date",
            "short_text",
            "statement",
        ],
    };
    let kind = dice.pick(kinds).copied().unwrap_or("single");
    let declared = if kind == "shown" { "single" } else { kind };
    let (zh, en) = earlier(dice, n, said);
    let condition =
        (dice.chance(60) && !said.atoms.is_empty()).then(|| condition(dice, &said.atoms, 2));
    _ = write!(
        out,
        "      - id: {id}\n        type: {declared}\n        title: {{zh: '问 {n}{zh}', en: 'Question {n}{en}'}}\n        est_seconds: {}\n",
        1 + dice.below(20)
    );
    if let Some(condition) = condition {
        _ = writeln!(out, "        show_if: '{condition}'");
    }
    if declared != "statement" && range != Range::Common && dice.chance(20) {
        let soft = dice.chance(50) && range == Range::Everything;
        _ = writeln!(
            out,
            "        required: {}",
            if soft { "soft" } else { "true" }
        );
    }
    body(out, dice, &id, kind, range, said);
}

fn body(out: &mut String, dice: &mut Dice, id: &str, kind: &str, range: Range, said: &mut Said) {
    let options = 2 + dice.below(4);
    let list = |out: &mut String, exclusive: bool| {
        _ = writeln!(out, "        options:");
        for (n, code) in CODES.iter().take(options).enumerate() {
            _ = writeln!(
                out,
                "          - {{code: {code}, value: {n}, zh: 选 {n}, en: Option {n}}}"
            );
        }
        if exclusive {
            _ = writeln!(
                out,
                "          - {{code: none, exclusive: true, value: 9, zh: 无, en: None}}"
            );
        }
        _ = writeln!(
            out,
            "          - {{code: pnts, missing: pnts, zh: 不说, en: No answer}}"
        );
    };
    match kind {
        "single" => {
            list(out, false);
            if range == Range::Everything && dice.chance(50) {
                _ = writeln!(out, "        randomise: options\n        keep_last: [b]");
            }
            let (one, other) = (code(dice, options), code(dice, options));
            said.atoms.push(format!("{id} == \"{one}\""));
            said.numbers.push(format!("val({id})"));
            said.named.push(id.to_owned());
            said.atoms.push(format!("{id} != \"{one}\""));
            said.atoms.push(format!("{id} in [\"{one}\", \"{other}\"]"));
            said.atoms
                .push(format!("{id} not in [\"{one}\", \"{other}\"]"));
            said.atoms.push(format!("answered({id})"));
        }
        "multiple" => {
            list(out, true);
            let most = 1 + dice.below(3);
            _ = writeln!(out, "        validation: {{max_selected: {most}}}");
            said.atoms
                .push(format!("has({id}, \"{}\")", code(dice, options)));
            said.atoms.push(format!("count({id}) >= {}", dice.below(3)));
            said.numbers.push(format!("count({id})"));
            said.atoms.push(format!("answered({id})"));
        }
        "numeric" => {
            let whole = dice.chance(70);
            _ = writeln!(
                out,
                "        validation: {{integer: {whole}, min: 0, max: 40}}"
            );
            _ = writeln!(out, "        bands: [0, 10, 20]");
            if dice.chance(40) {
                _ = writeln!(
                    out,
                    "        checks:\n          - {{that: '{id} + {id} <= 60', message: {{zh: 太多, en: Too much}}}}"
                );
            }
            said.atoms.push(format!("{id} > {}", dice.below(40)));
            said.numbers.push(format!("val({id})"));
            said.atoms
                .push(format!("{id} * 2 + 1 <= {}", dice.below(80)));
            said.atoms.push(format!("answered({id})"));
        }
        "slider" => {
            _ = writeln!(
                out,
                "        scale: line\n        anchors: {{min: {{zh: 低, en: Low}}, max: {{zh: 高, en: High}}}}"
            );
            said.atoms.push(format!("{id} >= {}", dice.below(100)));
            said.numbers.push(format!("rescale(val({id}), 0, 50)"));
        }
        "matrix" => {
            _ = writeln!(out, "        scale: five\n        rows:");
            for row in 0..2 + dice.below(4) {
                _ = writeln!(
                    out,
                    "          - {{code: r{row}, zh: 行 {row}, en: Row {row}}}"
                );
            }
            if range == Range::Everything {
                _ = writeln!(out, "        randomise: rows");
            }
            said.atoms.push(format!("mean(1, {id}__r0, {id}__r1) > 1"));
            said.atoms
                .push(format!("rev({id}__r1) + val({id}__r0) == 4"));
            said.atoms
                .push(format!("{id}__r0 == \"p{}\"", 1 + dice.below(3)));
            said.atoms.push(format!("{id}__r1 != \"p2\""));
            said.numbers.push(format!("rev({id}__r0)"));
            said.numbers
                .push(format!("mean(2, {id}__r0, rev({id}__r1))"));
            said.atoms.push(format!("answered({id}__r1)"));
        }
        "yes_no" => said.atoms.push(format!("{id} == \"yes\"")),
        "scale" => {
            _ = writeln!(
                out,
                "        from: 0\n        to: 10\n        ends: {{low: {{zh: 低, en: Low}}, high: {{zh: 高, en: High}}}}"
            );
            said.atoms.push(if range == Range::Forms {
                format!("{id} == \"{}\"", dice.below(11))
            } else {
                format!("val({id}) / 2 >= {}", dice.below(6))
            });
        }
        "date" => {
            _ = writeln!(
                out,
                "        validation: {{min: \"1950-01-01\", max: \"2020-12-31\"}}\n        bands: [1950, 1980]"
            );
            if range == Range::Everything {
                said.atoms
                    .push(format!("year({id}) < {}", 1950 + dice.below(70)));
                said.atoms.push(format!("{id} >= date(\"1985-06-30\")"));
            }
        }
        "short_text" => {
            _ = writeln!(
                out,
                "        release: never\n        validation: {{max_chars: 12, min_chars: 2, pattern: \"[^0-9]+\", message: {{zh: 别写数字, en: No digits}}}}"
            );
            if range == Range::Everything {
                said.atoms.push(format!("answered({id})"));
            }
        }
        "ranking" => {
            list(out, false);
            _ = writeln!(out, "        rank_top: 2\n        randomise: options");
        }
        // A choice whose text names an earlier answer.
        "shown" => {
            list(out, false);
            _ = writeln!(
                out,
                "        help: {{zh: '半 {{{{half}}}}', en: 'Half {{{{half|none}}}}'}}"
            );
            said.atoms.push(format!("{id} == \"a\""));
        }
        _ => {}
    }
}

/// An earlier answer or a text that follows from some, to be said in a title.
fn earlier(dice: &mut Dice, n: usize, said: &mut Said) -> (String, String) {
    if dice.chance(50) && !said.atoms.is_empty() && !said.named.is_empty() {
        if dice.chance(50) {
            let id = dice.pick(&said.named).cloned().unwrap_or_default();
            return (
                format!("，{{{{{id}|没说}}}}"),
                format!(", {{{{{id}|not said}}}}"),
            );
        }
        let when = condition(dice, &said.atoms, 1);
        said.texts.push(format!(
            "  - id: t{n}\n    cases:\n      - {{when: '{when}', zh: 甲 {n}, en: One {n}}}\n      - {{when: else, zh: 乙 {n}, en: Other {n}}}\n"
        ));
        return (format!("，{{{{t{n}}}}}"), format!(", {{{{t{n}}}}}"));
    }
    (String::new(), String::new())
}

/// Texts that follow from answers, and indices of everything that has a number.
fn calculated(out: &mut String, dice: &mut Dice, said: &Said) {
    if !said.texts.is_empty() {
        _ = writeln!(out, "computed:\n{}", said.texts.concat().trim_end());
    }
    if said.numbers.is_empty() || said.atoms.is_empty() {
        return;
    }
    _ = writeln!(out, "derived:");
    for n in 0..6 {
        let one = dice.pick(&said.numbers).cloned().unwrap_or_default();
        let other = dice.pick(&said.numbers).cloned().unwrap_or_default();
        let formula = match n {
            0 => format!("{one} + {other} * 2"),
            1 => format!("{one} - {other}"),
            2 => format!("{one} / {other}"),
            3 => format!("mean(1, {one}, {other})"),
            4 => condition(dice, &said.atoms, 1),
            _ => format!("not ({})", condition(dice, &said.atoms, 2)),
        };
        _ = writeln!(
            out,
            "  - {{id: d{n}, label: {{zh: 数, en: Index}}, expr: '{formula}'}}"
        );
    }
}

fn code(dice: &mut Dice, options: usize) -> &'static str {
    CODES.get(dice.below(options)).copied().unwrap_or("a")
}

fn condition(dice: &mut Dice, atoms: &[String], depth: u32) -> String {
    if depth == 0 || dice.chance(45) {
        let atom = dice.pick(atoms).cloned().unwrap_or_default();
        return if dice.chance(15) {
            format!("not {atom}")
        } else {
            atom
        };
    }
    let left = condition(dice, atoms, depth - 1);
    let right = condition(dice, atoms, depth - 1);
    let word = if dice.chance(50) { "and" } else { "or" };
    format!("({left}) {word} ({right})")
}

/// Answers to most of the questions, whether or not they would be asked. `spoilt` percent of them
/// are none that the question takes.
pub(crate) fn answers(dice: &mut Dice, instrument: &Instrument, spoilt: u32) -> Answers {
    let mut given = Answers::new();
    for question in instrument.questions() {
        if dice.chance(15) {
            continue;
        }
        let answer = if dice.chance(spoilt) {
            match dice.below(4) {
                0 => Answer::Code("nothing".to_owned()),
                1 => Answer::Number(f64::from(dice.bits()) / 7.0),
                2 => Answer::Text("\u{7}12".to_owned()),
                _ => Answer::Codes(vec!["a".to_owned(), "a".to_owned()]),
            }
        } else {
            let Some(answer) = answer(dice, question) else {
                continue;
            };
            answer
        };
        given.insert(question.id.clone(), answer);
    }
    given
}

fn answer(dice: &mut Dice, question: &Question) -> Option<Answer> {
    let codes: Vec<String> = question.choices().iter().map(|c| c.code.clone()).collect();
    Some(match &question.kind {
        Kind::Single(_) => Answer::Code(dice.pick(&codes)?.clone()),
        Kind::Multiple(_) => {
            let chosen: Vec<String> = codes.into_iter().filter(|_| dice.chance(35)).collect();
            Answer::Codes(chosen)
        }
        Kind::Matrix(matrix) => Answer::Rows(
            matrix
                .rows
                .iter()
                .filter_map(|row| Some((row.code.clone(), dice.pick(&codes)?.clone())))
                .collect(),
        ),
        Kind::Slider(_) => Answer::Number(f64::from(dice.bits() % 21) * 5.0),
        Kind::Number(number) if number.date => {
            Answer::Number(number.min + f64::from(dice.bits() % 25_000))
        }
        Kind::Number(number) => {
            let n = f64::from(dice.bits() % 45);
            Answer::Number(if number.integer { n } else { n + 0.5 })
        }
        Kind::Ranking(_) => Answer::Ranking(vec![dice.pick(&codes)?.clone()]),
        Kind::BestWorst(_) => Answer::BestWorst(vec![Pick::default()]),
        Kind::ShortText(_) | Kind::LongText(_) => {
            let texts = ["好的", "fine", "x", "much longer than that", "with 1 digit"];
            Answer::Text((*dice.pick(&texts)?).to_owned())
        }
        Kind::Votes(_) | Kind::Statement => return None,
    })
}
