//! The real instrument as the other engine's survey, then answers of people who lose their way with
//! what our engine makes of them, one JSON value a line.

mod judged;
mod strays;

use std::io::{self, Write as _};

use judged::{Judged, language};
use partake_core::instrument::{
    export::{Target, surveyjs_json},
    load,
};
use serde_json::Value;
use strays::Strays;

const CASES: usize = 400;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let source = include_str!("../../instruments/partake_core/instrument.yaml");
    let instrument = load(source).map_err(|errors| format!("{errors:?}"))?;
    let mut out = io::stdout().lock();
    let survey: Value = serde_json::from_str(&surveyjs_json(&instrument)?)?;
    writeln!(out, "{survey}")?;
    let judged = Judged::new(&instrument, Target::SurveyJs);
    let mut people = Strays::new(&instrument, 1);
    for n in 0..CASES {
        let lang = language(n);
        let (seed, given) = people.next(lang);
        writeln!(out, "{}", judged.case(lang, seed, given)?)?;
    }
    Ok(())
}
