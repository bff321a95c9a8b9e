//! Cases for a comparison with another survey engine, one JSON value a line: first the exported
//! survey, then answers of simulated people with the questions that are asked of them.
//!
//! Some answers are taken away or exchanged between people, so that ways are walked that nobody
//! would walk.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use partake_core::{
    flow::{Flow, assign},
    instrument::{export::surveyjs_json, load},
    lang::Lang,
    response::{Answer, Answers},
    simulate::respondent,
};
use serde_json::{Value, json};

const CASES: u64 = 1_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let source = include_str!("../../instruments/partake_core/instrument.yaml");
    let instrument = load(source).map_err(|errors| format!("{errors:?}"))?;
    let mut out = io::stdout().lock();
    let survey: Value = serde_json::from_str(&surveyjs_json(&instrument)?)?;
    writeln!(out, "{survey}")?;
    let mut state = 1_u64;
    let mut draw = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as u32
    };
    let mut before = Answers::new();
    for _ in 0..CASES {
        let (seed, answers) = respondent(&instrument, Lang::En, &mut draw);
        let mut given = answers.clone();
        for (question, answer) in &before {
            // Who has not agreed is asked nothing there and is not let in here.
            if *question == instrument.consent.gate.id {
                continue;
            }
            match draw() % 20 {
                0 => _ = given.insert(question.clone(), answer.clone()),
                1 => _ = given.remove(question),
                _ => {}
            }
        }
        before = answers;
        let assignment = assign(&instrument, seed);
        let flow = Flow::new(&instrument, Lang::En, seed, &assignment, &given);
        let asked: Vec<&str> = instrument
            .questions()
            .map(|q| q.id.as_str())
            .filter(|id| flow.asked(id))
            .collect();
        let told: BTreeMap<&String, Value> = given
            .iter()
            .filter_map(|(question, answer)| Some((question, value(answer)?)))
            .collect();
        writeln!(out, "{}", json!({"answers": told, "asked": asked}))?;
    }
    Ok(())
}

fn value(answer: &Answer) -> Option<Value> {
    Some(match answer {
        Answer::Code(code) => json!(code),
        Answer::Codes(codes) | Answer::Ranking(codes) => json!(codes),
        Answer::Number(number) => json!(number),
        Answer::Rows(rows) => json!(rows),
        Answer::Text(text) => json!(text),
        Answer::BestWorst(_) => return None,
    })
}
