//! What the public file of single answers tells, and what it never does.
#![cfg(feature = "yaml")]
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests fail by panicking"
)]

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use partake_core::{
    disclosure::Parameters,
    flow::assign,
    instrument::{Instrument, PublicFile, load},
    lang::Lang,
    open_data::{
        Cohort, Format, Measuring, NOT_ASKED, Role, SKIPPED, Values, Variable, Waits, consents,
        form, variables,
    },
    response::{Answer, Sheet, decode_sheet, encode_sheet, finish},
    simulate::respondent,
};
use proptest::prelude::*;

struct Setting {
    instrument: Instrument,
    file: PublicFile,
    variables: Vec<Variable>,
}

fn setting() -> Setting {
    let source = include_str!("../../instruments/partake_core/instrument.yaml");
    let instrument = load(source).unwrap();
    let file = instrument.public_file.clone().expect("a public file");
    let variables = variables(&instrument, &file);
    Setting {
        instrument,
        file,
        variables,
    }
}

/// Small, seeded, and good enough to draw people.
fn bits(mut state: u64) -> impl FnMut() -> u32 {
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from(z >> 32).unwrap()
    }
}

fn below(seed: u64) -> impl FnMut(usize) -> usize {
    let mut next = bits(seed);
    move |n| usize::try_from(next()).unwrap() % n
}

/// Sheets of `count` people who said yes.
fn sheets(setting: &Setting, count: usize, seed: u64) -> Vec<Sheet> {
    let mut draw = bits(seed);
    let mut sheets = Vec::new();
    while sheets.len() < count {
        let (seed, answers) = respondent(&setting.instrument, Lang::Zh, &mut draw);
        let assignment = assign(&setting.instrument, seed);
        let done = finish(
            &setting.instrument,
            Lang::Zh,
            seed,
            &assignment,
            answers.clone(),
        )
        .unwrap();
        if consents(&setting.file, &done.sheet) {
            sheets.push(done.sheet);
        }
    }
    sheets
}

fn encoded(setting: &Setting, sheets: &[Sheet]) -> Vec<Vec<u8>> {
    let encode = |sheet| encode_sheet(&setting.instrument, sheet);
    sheets.iter().map(encode).collect()
}

fn formed<'a>(
    setting: &'a Setting,
    bodies: &'a [Vec<u8>],
    rules: &Parameters,
    seed: u64,
) -> Result<Cohort<'a>, Waits> {
    let members = bodies.iter().map(Vec::as_slice).collect();
    form(
        &setting.instrument,
        &setting.file,
        &setting.variables,
        members,
        rules,
        2,
        &mut below(seed),
    )
    .unwrap()
}

fn rows(cohort: &Cohort<'_>) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut at = 0;
    let owned = |row: usize, cells: &[Cow<'_, str>]| {
        let cells = cells.iter().map(|cell| cell.clone().into_owned());
        (row, cells.collect::<Vec<_>>())
    };
    let read = cohort.each_row(2, owned, |(row, cells)| {
        assert_eq!(row, at, "rows come in the order of publication");
        at += 1;
        rows.push(cells);
        Ok::<(), partake_core::response::DecodeError>(())
    });
    read.unwrap();
    rows
}

fn places(setting: &Setting, role: Role) -> Vec<usize> {
    let named = setting.variables.iter().enumerate();
    named
        .filter(|(_, v)| v.role == role)
        .map(|(at, _)| at)
        .collect()
}

fn place(setting: &Setting, name: &str) -> usize {
    setting
        .variables
        .iter()
        .position(|v| v.name == name)
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn every_published_combination_has_k_rows_and_l_answers(
        count in 360_usize..1500,
        k in 5_u64..25,
        l in 1_u64..4,
        seed: u64,
    ) {
        let setting = setting();
        let bodies = encoded(&setting, &sheets(&setting, count, seed));
        let rules = Parameters { k, l, ..Parameters::default() };
        let cohort = formed(&setting, &bodies, &rules, seed).unwrap();
        let rows = rows(&cohort);
        let background = places(&setting, Role::QuasiIdentifier);
        let sensitive = places(&setting, Role::Sensitive);
        prop_assert!(background.len() <= 5 && !sensitive.is_empty());
        let mut classes: BTreeMap<Vec<&String>, Vec<&Vec<String>>> = BTreeMap::new();
        for row in &rows {
            let class = background.iter().map(|&at| &row[at]).collect();
            classes.entry(class).or_default().push(row);
        }
        for (class, rows) in &classes {
            prop_assert!(u64::try_from(rows.len()).unwrap() >= k, "{class:?}");
            for &at in &sensitive {
                let answers: BTreeSet<&String> = rows.iter().map(|row| &row[at]).collect();
                prop_assert!(u64::try_from(answers.len()).unwrap() >= l, "{class:?} {at}");
            }
        }
        let mut measuring = Measuring::new(&setting.variables);
        for row in &rows {
            measuring.add(|at| row[at].as_str());
        }
        let measured = measuring.finish(10).unwrap();
        let mut own = cohort.measures.clone();
        // The file does not tell how fine a value could have been.
        own.figures.gcp = measured.figures.gcp;
        own.figures.c_avg = measured.figures.c_avg;
        prop_assert_eq!(measured, own);
    }

    #[test]
    fn no_cell_holds_anything_but_what_its_column_declares(count in 360_usize..800, seed: u64) {
        let setting = setting();
        let bodies = encoded(&setting, &sheets(&setting, count, seed));
        let cohort = formed(&setting, &bodies, &Parameters::default(), seed).unwrap();
        for row in rows(&cohort) {
            for (variable, cell) in setting.variables.iter().zip(&row) {
                let code = |cell: &str| {
                    [SKIPPED, NOT_ASKED, "*"].contains(&cell)
                        || variable.values.codes().iter().any(|c| c.code == cell)
                };
                let declared = match &variable.values {
                    Values::Codes(_) => code(cell),
                    Values::Sets(_) => cell.split(';').all(code),
                    Values::Number { min, max, .. } => {
                        code(cell) || cell.parse::<f64>().is_ok_and(|n| n >= *min && n <= *max)
                    }
                };
                prop_assert!(declared, "{}: {cell}", variable.name);
            }
        }
    }
}

#[test]
fn a_skip_tells_no_more_of_the_background_than_its_column() {
    let setting = setting();
    let bodies = encoded(&setting, &sheets(&setting, 2500, 5));
    let cohort = formed(&setting, &bodies, &Parameters::default(), 5).unwrap();
    let employment = place(&setting, "employment");
    let active = place(&setting, "compare_with");
    let (mut told, mut kept) = (0, 0);
    for row in rows(&cohort) {
        match row[employment].as_str() {
            // All of them are asked, or none.
            "working" | "studying" => {
                assert_ne!(row[active], "*");
                told += 1;
            }
            // Some are looking for work and are asked, the others are not.
            _ => {
                assert_eq!(row[active], "*", "{}", row[employment]);
                kept += 1;
            }
        }
    }
    assert!(told > 0 && kept > 0);
}

#[test]
fn the_order_of_the_file_does_not_follow_the_order_of_the_responses() {
    let setting = setting();
    let mut sheets = sheets(&setting, 1000, 9);
    let standing = |sheet: &Sheet| match sheet.answers.get("taking_part") {
        Some(Answer::Number(n)) => Some(*n),
        _ => None,
    };
    sheets.retain(|sheet| standing(sheet).is_some());
    sheets.sort_by(|a, b| standing(a).partial_cmp(&standing(b)).unwrap());
    let bodies = encoded(&setting, &sheets);
    let cohort = formed(&setting, &bodies, &Parameters::default(), 1).unwrap();
    let at = place(&setting, "taking_part");
    let order: Vec<f64> = rows(&cohort)
        .iter()
        .map(|row| row[at].parse().unwrap())
        .collect();
    let (mut concordant, mut pairs) = (0_i64, 0_i64);
    for (i, a) in order.iter().enumerate() {
        for b in &order[i + 1..] {
            pairs += i64::from(a != b);
            concordant += match a.partial_cmp(b) {
                Some(std::cmp::Ordering::Less) => 1,
                Some(std::cmp::Ordering::Greater) => -1,
                _ => 0,
            };
        }
    }
    let tau = concordant as f64 / pairs as f64;
    assert!(tau.abs() < 0.1, "{tau}");
}

#[test]
fn some_of_those_who_consented_are_left_out_by_lot() {
    let setting = setting();
    let bodies = encoded(&setting, &sheets(&setting, 400, 3));
    let cohort = formed(&setting, &bodies, &Parameters::default(), 3).unwrap();
    assert_eq!(rows(&cohort).len(), 340);
}

#[test]
fn too_few_wait_and_small_files_tell_less() {
    let setting = setting();
    let rules = Parameters::default();
    let bodies = encoded(&setting, &sheets(&setting, 1300, 4));
    let of = |count: usize| formed(&setting, &bodies[..count], &rules, 4);
    assert_eq!(of(199).map(|_| ()), Err(Waits::TooFew));
    // 85 % of 350 is below the first rung.
    assert_eq!(of(350).map(|_| ()), Err(Waits::TooFew));
    let columns = |cohort: Cohort<'_>| -> Vec<String> {
        cohort.node.into_iter().map(|(name, _)| name).collect()
    };
    assert_eq!(columns(of(400).unwrap()), ["employment", "occupation"]);
    assert_eq!(
        columns(of(1300).unwrap()),
        ["employment", "occupation", "age_band", "region"]
    );
}

#[test]
fn a_cohort_in_which_all_agree_on_something_sensitive_waits() {
    let setting = setting();
    let one = sheets(&setting, 1, 8).remove(0);
    let bodies = encoded(&setting, &vec![one; 400]);
    let refused = formed(&setting, &bodies, &Parameters::default(), 8).map(|_| ());
    assert!(matches!(refused, Err(Waits::Rules(_))), "{refused:?}");
}

#[test]
fn background_texts_and_votes_are_not_among_the_columns() {
    let setting = setting();
    let names: BTreeSet<&str> = setting
        .variables
        .iter()
        .map(|v| v.question.as_str())
        .collect();
    for question in setting.instrument.questions() {
        let left_out = question.is_text()
            || [
                "supervise",
                "gender",
                "mgr_practice",
                "quote_consent",
                "consent_open_data",
                "votes",
            ]
            .contains(&question.id.as_str());
        if left_out {
            assert!(!names.contains(question.id.as_str()), "{}", question.id);
        }
    }
}

#[test]
fn every_form_of_a_row_says_the_same() {
    let setting = setting();
    let bodies = encoded(&setting, &sheets(&setting, 400, 6));
    let cohort = formed(&setting, &bodies, &Parameters::default(), 6).unwrap();
    let mut row = vec!["id".to_owned(), "1".to_owned()];
    row.extend(rows(&cohort).remove(0));
    let line = |format: Format| {
        let mut line = String::new();
        let cells = row.iter().map(String::as_str);
        format.lines(&setting.variables).push(&mut line, cells);
        line
    };
    let codes = line(Format::Csv);
    assert_eq!(
        codes.trim_end().split(',').count(),
        setting.variables.len() + 2
    );
    let object: serde_json::Value = serde_json::from_str(&line(Format::JsonLines)).unwrap();
    for (variable, cell) in setting.variables.iter().zip(&row[2..]) {
        let told = match &object[&variable.name] {
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Array(codes) => {
                let codes: Vec<_> = codes.iter().map(|c| c.as_str().unwrap()).collect();
                codes.join(";")
            }
            number => number.to_string().trim_end_matches(".0").to_owned(),
        };
        assert_eq!(&told, cell, "{}", variable.name);
    }
    let words = line(Format::Spreadsheet);
    assert!(!words.contains("isco"), "labels instead of codes: {words}");
}

#[test]
fn the_sheet_that_was_stored_is_the_one_that_is_published() {
    let setting = setting();
    let sheets = sheets(&setting, 400, 7);
    let bodies = encoded(&setting, &sheets);
    let cohort = formed(&setting, &bodies, &Parameters::default(), 7).unwrap();
    let hope = place(&setting, "hope");
    let count = |cells: Vec<String>| {
        cells.into_iter().fold(BTreeMap::new(), |mut counts, cell| {
            *counts.entry(cell).or_insert(0_usize) += 1;
            counts
        })
    };
    let published = count(
        rows(&cohort)
            .into_iter()
            .map(|mut row| row.swap_remove(hope))
            .collect(),
    );
    let stored = count(
        bodies
            .iter()
            .map(|body| decode_sheet(&setting.instrument, body).unwrap())
            .map(|sheet| match sheet.answers.get("hope") {
                Some(Answer::Code(code)) => code.clone(),
                _ => SKIPPED.to_owned(),
            })
            .collect(),
    );
    for (code, count) in published {
        assert!(count <= stored[&code], "{code}");
    }
}
