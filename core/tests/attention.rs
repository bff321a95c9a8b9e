//! The split of every table by attention.
#![cfg(all(feature = "yaml", feature = "release"))]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use partake_core::{
    disclosure::{Attention, TableKind, attention, crossings, tabulate},
    instrument::{Instrument, load},
    lang::Lang,
    response::{Answer, Answers, Assignment, Flags, Sheet},
};

const BY: &str = "agency__att";

fn core() -> Instrument {
    load(include_str!(
        "../../instruments/partake_core/instrument.yaml"
    ))
    .unwrap()
}

fn sheet(attentive: Option<bool>, use_of_ai: &str) -> Sheet {
    Sheet {
        lang: Lang::En,
        assignment: Assignment::new(),
        answers: Answers::from([("ai_use".to_owned(), Answer::Code(use_of_ai.to_owned()))]),
        flags: Flags {
            attentive,
            ..Flags::default()
        },
    }
}

#[test]
fn everybody_is_among_those_who_answered_as_asked_or_among_the_rest() {
    let sheets = [
        vec![sheet(Some(true), "daily"); 3],
        vec![sheet(Some(true), "never"); 2],
        vec![sheet(Some(false), "daily"); 1],
        vec![sheet(None, "never"); 4],
    ]
    .concat();
    let tables = tabulate(&core(), &sheets, []);
    let split = tables.iter().find(|t| t.id == "ai_use__by_agency__att");
    let split = split.expect("the split is planned");
    let columns: Vec<_> = split
        .columns
        .iter()
        .map(|c| (c.by_code.as_deref().unwrap(), c.base))
        .collect();
    assert_eq!(columns, [("rarely", 5), (Attention::OTHERWISE, 5)]);
    let row = |code| split.rows.iter().position(|r| r.code == code).unwrap();
    let (daily, never) = (row("daily"), row("never"));
    assert_eq!((split.count(daily, 0), split.count(never, 0)), (3, 2));
    assert_eq!((split.count(daily, 1), split.count(never, 1)), (1, 4));
    assert_eq!(split.kind, TableKind::Count);
}

#[test]
fn neither_votes_nor_the_row_itself_are_split_by_attention() {
    let splits = crossings(&core());
    let tables: Vec<_> = splits.iter().filter(|s| s.by == BY).collect();
    assert!(tables.len() > 20);
    let apart = |split: &&&partake_core::disclosure::Crossing| {
        split.table.starts_with("votes") || split.table == BY
    };
    assert_eq!(tables.iter().find(apart), None);
}

#[test]
fn an_instrument_without_such_a_row_is_not_split_by_attention() {
    let other = load(include_str!("../../instruments/checking/instrument.yaml")).unwrap();
    assert_eq!(attention(&other), None);
}
