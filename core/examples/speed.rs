//! How fast one full response is validated and routed, beside a bare JSON parse of the same bytes
//! in the same run. `cargo run --release -p partake-core --features yaml --example speed`

use std::{
    hint::black_box,
    io::{self, Write as _},
    time::Instant,
};

use partake_core::{
    flow::assign,
    instrument::{from_wire, load, to_wire},
    lang::Lang,
    response::{Answers, finish},
    simulate::respondent,
};
use serde_json::Value;

const PEOPLE: usize = 200;
const ROUNDS: usize = 25;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let source = include_str!("../../instruments/partake_core/instrument.yaml");
    let instrument = load(source).map_err(|errors| format!("{errors:?}"))?;
    let instrument = from_wire(&to_wire(&instrument)).ok_or("the wire form")?;
    let mut state = 7_u64;
    let mut draw = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as u32
    };
    let mut people = Vec::new();
    while people.len() < PEOPLE {
        let (seed, answers) = respondent(&instrument, Lang::En, &mut draw);
        let json = serde_json::to_string(&answers)?;
        people.push((seed, answers, json));
    }
    let bytes: usize = people.iter().map(|(_, _, json)| json.len()).sum();

    let begun = Instant::now();
    for _ in 0..ROUNDS {
        for (_, _, json) in &people {
            black_box(serde_json::from_str::<Value>(black_box(json))?);
        }
    }
    let parse = begun.elapsed();

    let begun = Instant::now();
    for _ in 0..ROUNDS {
        for (_, _, json) in &people {
            black_box(serde_json::from_str::<Answers>(black_box(json))?);
        }
    }
    let typed = begun.elapsed();

    let begun = Instant::now();
    for _ in 0..ROUNDS {
        for (seed, answers, _) in &people {
            let assignment = assign(&instrument, *seed);
            let done = finish(
                &instrument,
                Lang::En,
                *seed,
                &assignment,
                black_box(answers),
            );
            black_box(done.map_err(|faults| format!("{faults:?}"))?);
        }
    }
    let judged = begun.elapsed();

    let each = |time: std::time::Duration| (PEOPLE * ROUNDS) as f64 / time.as_secs_f64();
    let ratio = judged.as_secs_f64() / parse.as_secs_f64();
    let mut out = io::stdout().lock();
    writeln!(out, "{} bytes of JSON a response", bytes / PEOPLE)?;
    writeln!(out, "parsed:              {:>9.0} a second", each(parse))?;
    writeln!(out, "parsed into answers: {:>9.0} a second", each(typed))?;
    writeln!(
        out,
        "routed and checked:  {:>9.0} a second, {ratio:.2} times the parse",
        each(judged)
    )?;

    let begun = Instant::now();
    let read = load(source).map_err(|errors| format!("{errors:?}"))?;
    let found = partake_core::instrument::check::check(&read).len();
    let times = partake_core::instrument::check::times(&read);
    writeln!(
        out,
        "check: {found} findings, {times:?}, {:?}",
        begun.elapsed()
    )?;
    Ok(())
}
