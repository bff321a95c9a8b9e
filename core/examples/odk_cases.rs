//! Cases for a comparison with ODK, one JSON value a line: the worksheets of an exported form, then
//! people's answers to it with what our engine makes of them. First the real instrument, answered
//! by simulated people, then generated ones.

mod generated;
mod judged;
mod strays;

use std::{
    error::Error,
    io::{self, Write as _},
};

use generated::{Dice, Range, answers, file};
use judged::{Judged, language};
use partake_core::{
    flow::Seed,
    instrument::{
        Instrument,
        export::{Target, xlsform},
        load,
    },
};
use serde_json::{Map, Value, json};
use strays::Strays;

const REAL_PEOPLE: usize = 60;
const INSTRUMENTS: u64 = 40;
const PEOPLE: usize = 26;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let source = include_str!("../../instruments/partake_core/instrument.yaml");
    let instrument = load(source).map_err(|errors| format!("{errors:?}"))?;
    writeln!(out, "{}", form(&instrument))?;
    let judged = Judged::new(&instrument, Target::XlsForm);
    let mut people = Strays::new(&instrument, 7);
    for n in 0..REAL_PEOPLE {
        let lang = language(n);
        let (seed, given) = people.next(lang);
        writeln!(out, "{}", judged.case(lang, seed, given)?)?;
    }
    for number in 0..INSTRUMENTS {
        let mut dice = Dice::new(5_000 + number);
        let source = file(&mut dice, 14, Range::Forms);
        let instrument = load(&source).map_err(|errors| format!("{errors:?}"))?;
        writeln!(out, "{}", form(&instrument))?;
        let judged = Judged::new(&instrument, Target::XlsForm);
        for n in 0..PEOPLE {
            let seed = Seed(dice.bits());
            let given = answers(&mut dice, &instrument, 0);
            writeln!(out, "{}", judged.case(language(n), seed, given)?)?;
        }
    }
    Ok(())
}

fn form(instrument: &Instrument) -> Value {
    let sheets: Map<String, Value> = xlsform(instrument)
        .into_iter()
        .map(|sheet| (sheet.name.to_owned(), json!(sheet.rows)))
        .collect();
    let questions: Vec<&str> = instrument.questions().map(|q| q.id.as_str()).collect();
    json!({"name": instrument.id, "questions": questions, "sheets": sheets})
}
