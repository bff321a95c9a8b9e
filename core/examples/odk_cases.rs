//! Cases for a comparison with ODK, one JSON value a line: the worksheets of an exported form, then
//! people's answers to it with what our engine makes of them: which questions are asked, whose
//! answers do not hold, and what a person reads in one of the languages.
//!
//! First the real instrument, answered by simulated people, then generated ones.

mod generated;

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    io::{self, Write},
};

use generated::{Dice, Range, answers, file};
use partake_core::{
    date::Date,
    flow::{Body, Flow, OptionView, QuestionView, Seed, assign},
    instrument::{Instrument, Kind, export::xlsform, load},
    lang::Lang,
    response::{Answer, Answers, validate},
    simulate::respondent,
};
use serde_json::{Map, Value, json};

const REAL_PEOPLE: usize = 60;
const INSTRUMENTS: u64 = 40;
const PEOPLE: u32 = 26;

fn main() -> Result<(), Box<dyn Error>> {
    let source = include_str!("../../instruments/partake_core/instrument.yaml");
    let instrument = load(source).map_err(|errors| format!("{errors:?}"))?;
    form(&instrument)?;
    let mut dice = Dice::new(7);
    let mut before = Answers::new();
    for n in 0..REAL_PEOPLE {
        let lang = language(n);
        let (seed, answers) = respondent(&instrument, lang, &mut || dice.bits());
        // Some answers are another person's or missing, so that ways are walked that nobody would.
        let mut given = answers.clone();
        for (question, answer) in before {
            match dice.below(20) {
                0 => _ = given.insert(question, answer),
                1 => _ = given.remove(&question),
                _ => {}
            }
        }
        before = answers;
        case(&instrument, lang, seed, given)?;
    }
    for number in 0..INSTRUMENTS {
        let mut dice = Dice::new(5_000 + number);
        let source = file(&mut dice, 14, Range::Forms);
        let instrument = load(&source).map_err(|errors| format!("{errors:?}"))?;
        form(&instrument)?;
        for n in 0..PEOPLE {
            let seed = Seed(dice.bits());
            let given = answers(&mut dice, &instrument, 0);
            case(&instrument, language(usize::try_from(n)?), seed, given)?;
        }
    }
    Ok(())
}

fn language(n: usize) -> Lang {
    if n.is_multiple_of(2) {
        Lang::Zh
    } else {
        Lang::En
    }
}

fn form(instrument: &Instrument) -> io::Result<()> {
    let sheets: Map<String, Value> = xlsform(instrument)
        .into_iter()
        .map(|sheet| (sheet.name.to_owned(), json!(sheet.rows)))
        .collect();
    let questions: Vec<&str> = instrument.questions().map(|q| q.id.as_str()).collect();
    let form = json!({"name": instrument.id, "questions": questions, "sheets": sheets});
    writeln!(io::stdout(), "{form}")
}

fn case(
    instrument: &Instrument,
    lang: Lang,
    seed: Seed,
    mut given: Answers,
) -> Result<(), Box<dyn Error>> {
    let gate = &instrument.consent.gate;
    let accepting = gate.choices().first().ok_or("a gate without options")?;
    given.insert(gate.id.clone(), Answer::Code(accepting.code.clone()));
    let assignment = assign(instrument, seed);
    let flow = Flow::new(instrument, lang, seed, &assignment, &given);
    let mut asked = Vec::new();
    let mut faulty = BTreeSet::new();
    let mut read = BTreeMap::new();
    for section in flow.sections() {
        for fault in validate(&flow, section, flow.answers()) {
            faulty.insert(fault.question);
        }
        for view in flow.section(section).into_iter().flat_map(|s| s.questions) {
            let declared = instrument.question(&view.id).ok_or("an unknown question")?;
            let piped = declared.title.get(lang).contains("{{");
            let mut texts = options(&view);
            if !piped {
                texts.insert("title".to_owned(), view.title);
            }
            read.insert(view.id.clone(), texts);
            asked.push(view.id);
        }
    }
    let mut told = Map::new();
    for (id, answer) in &given {
        let date = instrument
            .question(id)
            .is_some_and(|q| matches!(&q.kind, Kind::Number(number) if number.date));
        told.insert(id.clone(), value(answer, date));
    }
    let language = match lang {
        Lang::Zh => "中文 (zh)",
        Lang::En => "English (en)",
    };
    let case = json!({
        "answers": told, "asked": asked, "faulty": faulty, "language": language, "read": read,
    });
    Ok(writeln!(io::stdout(), "{case}")?)
}

/// What stands at the options and rows, by code.
fn options(view: &QuestionView) -> BTreeMap<String, String> {
    let labelled = |kind: &'static str, list: &[OptionView]| {
        let one =
            move |option: &OptionView| (format!("{kind} {}", option.code), option.label.clone());
        list.iter().map(one).collect::<Vec<_>>()
    };
    let all = match &view.body {
        Body::Single(list) | Body::Multiple(list, _) => labelled("option", list),
        Body::Matrix { rows, scale } => [labelled("row", rows), labelled("option", scale)].concat(),
        _ => Vec::new(),
    };
    all.into_iter().collect()
}

fn value(answer: &Answer, date: bool) -> Value {
    match answer {
        Answer::Number(days) if date => json!(Date::from_days(*days).map(Date::iso)),
        Answer::Code(code) => json!(code),
        Answer::Codes(codes) | Answer::Ranking(codes) => json!(codes),
        Answer::Number(number) => json!(number),
        Answer::Rows(rows) => json!(rows),
        Answer::Text(text) => json!(text),
        Answer::BestWorst(_) => Value::Null,
    }
}
