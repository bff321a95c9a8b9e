//! How fast one full response is validated and routed, beside a bare JSON parse of the same bytes
//! in the same run, and how fast an instrument is checked. Fails when a bar is missed. The bar for
//! responses is held to the real instrument: one of 1,000 questions that are little but conditions
//! has almost nothing to parse, and its figure is printed only.
//!
//!     cargo run --release -p partake-core --features yaml --example speed

mod large;

use std::{
    error::Error,
    hint::black_box,
    io::{self, Write as _},
    process::ExitCode,
    time::{Duration, Instant},
};

use partake_core::{
    flow::{Seed, assign},
    instrument::{Instrument, check, from_wire, load, to_wire},
    lang::Lang,
    response::{Answers, finish},
    simulate::respondent,
};
use serde_json::Value;

const REAL: &str = include_str!("../../instruments/partake_core/instrument.yaml");

/// Most times that routing and checking a response may take what parsing its JSON takes.
const PARSES: f64 = 5.0;
const FREE: f64 = f64::INFINITY;
const ROUNDS: usize = 31;

struct Person {
    seed: Seed,
    answers: Answers,
    json: String,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let large = large::large();
    let mut held = true;
    for (name, source, people, parses, limit) in [
        ("the real instrument", REAL, 200, PARSES, 100),
        ("1,000 questions, 2,000 conditions", &large, 8, FREE, 1_000),
    ] {
        let instrument = load(source).map_err(|errors| format!("{errors:?}"))?;
        held &= response(name, &instrument, people)? <= parses;
        held &= checking(name, source, Duration::from_millis(limit))?;
    }
    writeln!(
        io::stdout(),
        "the bar: {PARSES} times the parse for the real instrument"
    )?;
    Ok(if held {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn response(name: &str, instrument: &Instrument, people: usize) -> Result<f64, Box<dyn Error>> {
    let instrument = from_wire(&to_wire(instrument)).ok_or("the wire form")?;
    let mut state = 7_u64;
    let mut draw = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as u32
    };
    let mut crowd = Vec::new();
    while crowd.len() < people {
        let (seed, answers) = respondent(&instrument, Lang::En, &mut draw);
        let json = serde_json::to_string(&answers)?;
        crowd.push(Person {
            seed,
            answers,
            json,
        });
    }
    // Side by side, so that whatever else the machine does falls on both.
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let parse = timed(&crowd, |person| {
            black_box(serde_json::from_str::<Value>(black_box(&person.json))?);
            Ok(())
        })?;
        let judge = timed(&crowd, |person| {
            let assignment = assign(&instrument, person.seed);
            let answers = black_box(&person.answers);
            let done = finish(
                &instrument,
                Lang::En,
                person.seed,
                &assignment,
                answers.clone(),
            );
            black_box(done.map_err(|faults| format!("{faults:?}"))?);
            Ok(())
        })?;
        rounds.push((judge / parse, parse, judge));
    }
    rounds.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (ratio, parse, judge) = *rounds.get(ROUNDS / 2).ok_or("no rounds")?;
    let bytes = crowd.iter().map(|person| person.json.len()).sum::<usize>() / people;
    writeln!(
        io::stdout(),
        "{name}: {bytes} bytes of JSON are parsed {:.0} times a second; a response is routed and \
         checked {:.0} times a second: {ratio:.2} times the parse",
        1.0 / parse,
        1.0 / judge,
    )?;
    Ok(ratio)
}

/// Seconds for one person.
fn timed(
    crowd: &[Person],
    mut work: impl FnMut(&Person) -> Result<(), Box<dyn Error>>,
) -> Result<f64, Box<dyn Error>> {
    let begun = Instant::now();
    for person in crowd {
        work(person)?;
    }
    Ok(begun.elapsed().as_secs_f64() / crowd.len() as f64)
}

fn checking(name: &str, source: &str, limit: Duration) -> Result<bool, Box<dyn Error>> {
    let begun = Instant::now();
    let instrument = load(source).map_err(|errors| format!("{errors:?}"))?;
    let check::Checked { findings, times } = check::check(&instrument);
    let found = findings.len();
    let time = begun.elapsed();
    writeln!(
        io::stdout(),
        "{name}: read and checked in {time:.1?}, at most {limit:?}; {found} findings, {times:?}"
    )?;
    Ok(time <= limit)
}
