//! Generated instruments as the other engine's surveys, each followed by people's answers with the
//! questions that are asked of them and those whose answers do not hold, one JSON value a line.

mod generated;

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use generated::{Dice, Range, answers, file};
use partake_core::{
    flow::{Flow, Seed, assign},
    instrument::{export::surveyjs_json, load},
    lang::Lang,
    response::{Answer, validate},
};
use serde_json::{Map, Value, json};

const INSTRUMENTS: u64 = 40;
const PEOPLE: u32 = 26;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    for number in 0..INSTRUMENTS {
        let mut dice = Dice::new(1_000 + number);
        let source = file(&mut dice, 14, Range::Common);
        let instrument = load(&source).map_err(|errors| format!("{errors:?}"))?;
        let survey: Value = serde_json::from_str(&surveyjs_json(&instrument)?)?;
        writeln!(out, "{survey}")?;
        for _ in 0..PEOPLE {
            let seed = Seed(dice.bits());
            let assignment = assign(&instrument, seed);
            let given = answers(&mut dice, &instrument, 0);
            let flow = Flow::new(&instrument, Lang::En, seed, &assignment, &given);
            let asked: Vec<&str> = instrument
                .questions()
                .map(|q| q.id.as_str())
                .filter(|id| flow.asked(id))
                .collect();
            let mut faulty = BTreeSet::new();
            for section in flow.sections() {
                let faults = validate(&flow, section, flow.answers());
                faulty.extend(faults.into_iter().map(|fault| fault.question));
            }
            let mut told = Map::new();
            told.insert("gate".to_owned(), json!("yes"));
            for (question, answer) in &given {
                told.insert(question.clone(), value(answer));
            }
            writeln!(
                out,
                "{}",
                json!({"answers": told, "asked": asked, "faulty": faulty})
            )?;
        }
    }
    Ok(())
}

fn value(answer: &Answer) -> Value {
    match answer {
        Answer::Code(code) => json!(code),
        Answer::Codes(codes) | Answer::Ranking(codes) => json!(codes),
        Answer::Number(number) => json!(number),
        Answer::Rows(rows) => json!(rows),
        Answer::Text(text) => json!(text),
        Answer::BestWorst(_) => Value::Null,
    }
}
