//! Generated instruments as the other engine's surveys, each followed by people's answers with what
//! our engine makes of them, one JSON value a line.

mod generated;
mod judged;

use std::io::{self, Write as _};

use generated::{Dice, Range, answers, file};
use judged::{Judged, language};
use partake_core::{
    flow::Seed,
    instrument::{
        export::{Target, surveyjs_json},
        load,
    },
};
use serde_json::Value;

const INSTRUMENTS: u64 = 40;
const PEOPLE: usize = 26;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    for number in 0..INSTRUMENTS {
        let mut dice = Dice::new(1_000 + number);
        let source = file(&mut dice, 14, Range::Common);
        let instrument = load(&source).map_err(|errors| format!("{errors:?}"))?;
        let survey: Value = serde_json::from_str(&surveyjs_json(&instrument)?)?;
        writeln!(out, "{survey}")?;
        let judged = Judged::new(&instrument, Target::SurveyJs);
        for n in 0..PEOPLE {
            let seed = Seed(dice.bits());
            let given = answers(&mut dice, &instrument, 0);
            writeln!(out, "{}", judged.case(language(n), seed, given)?)?;
        }
    }
    Ok(())
}
