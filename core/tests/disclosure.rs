//! What leaves the disclosure rules, and what never does.
#![cfg(feature = "release")]
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests fail by panicking"
)]

use std::collections::BTreeMap;

use partake_core::{
    disclosure::{
        Aggregates, Finding, Parameters, RawColumn, RawRow, RawTable, Reason, Status, Sum, Table,
        TableKind, Tabulator, aggregates_csv, codebook_csv, findings, plan, protect, public_text,
        share, tabulate,
    },
    instrument::{
        BestWorst, Choice, ChoiceList, Computed, ComputedValue, Consent, FreeText, Instrument,
        Kind, Matrix, Number, Question, Ranking, Row, Section, Slider, TextRelease, Votes,
    },
    lang::{Lang, Text},
    response::{Answer, Answers, Flags, Pick, Sheet},
};
use proptest::prelude::*;

fn text(s: &str) -> Text {
    Text::new(s, s)
}

fn choice(code: &str, value: Option<f64>, missing: Option<&str>) -> Choice {
    Choice {
        code: code.to_owned(),
        label: text(code),
        value,
        missing: missing.map(str::to_owned),
        exclusive: false,
        pipe: None,
        text_max: None,
    }
}

fn choices(codes: &[&str]) -> Vec<Choice> {
    codes.iter().map(|c| choice(c, None, None)).collect()
}

fn list(codes: &[&str]) -> ChoiceList {
    ChoiceList {
        options: choices(codes),
        randomise: false,
        keep_last: vec![],
        flip_with: None,
        only_chosen_in: None,
        max_selected: None,
        ends: None,
        auto_answer_if_single: false,
    }
}

fn question(id: &str, kind: Kind) -> Question {
    Question {
        id: id.to_owned(),
        kind,
        stem: None,
        title: text(id),
        help: None,
        required: false,
        soft_required: false,
        own_screen: false,
        show_if: None,
        checks: vec![],
        default_if_skipped: None,
        order_group: None,
        quasi_identifier: None,
        sensitive: false,
        est_seconds: 5.0,
    }
}

fn instrument() -> Instrument {
    let scale = (1..=5)
        .map(|v| choice(&format!("p{v}"), Some(f64::from(v)), None))
        .chain([choice("na", None, Some("na"))])
        .collect();
    let row = |code: &str| Row {
        code: code.to_owned(),
        label: text(code),
        expected: None,
        pin: None,
    };
    let questions = vec![
        question("work", Kind::Single(list(&["a", "b", "c"]))),
        question("uses", Kind::Multiple(list(&["x", "y", "none"]))),
        question(
            "agency",
            Kind::Matrix(Matrix {
                rows: vec![row("j"), row("o")],
                scale,
                randomise: false,
            }),
        ),
        question(
            "line",
            Kind::Slider(Slider {
                min: 0.0,
                max: 100.0,
                step: 1.0,
                low: text("low"),
                high: text("high"),
                missing: vec![choice("dk", None, Some("dk"))],
            }),
        ),
        question(
            "hours",
            Kind::Number(Number {
                min: 0.0,
                max: 80.0,
                integer: true,
                soft_max: None,
                soft_message: None,
                unit: None,
                bands: vec![0.0, 1.0, 3.0],
                date: false,
                missing: vec![],
            }),
        ),
        question(
            "rank",
            Kind::Ranking(Ranking {
                options: choices(&["r1", "r2", "r3", "r4"]),
                randomise: false,
                places: 3,
            }),
        ),
        question(
            "bw",
            Kind::BestWorst(BestWorst {
                items: choices(&["i1", "i2", "i3", "never"]),
                best: text("best"),
                worst: text("worst"),
                factor: "cls".to_owned(),
                classes: vec![(
                    "only".to_owned(),
                    vec![vec!["i1".to_owned(), "i2".to_owned(), "i3".to_owned()]],
                )],
            }),
        ),
        question(
            "words",
            Kind::LongText(FreeText {
                max_chars: 80,
                min_chars: None,
                pattern: None,
                placeholder: None,
                release: TextRelease::Never,
            }),
        ),
        question(
            "votes",
            Kind::Votes(Votes {
                statements: choices(&["v1", "v2"]),
                ballot: choices(&["agree", "disagree", "pass"]),
                show_at_most: 2,
            }),
        ),
    ];
    Instrument {
        id: "small".to_owned(),
        version: "1".to_owned(),
        languages: vec![Lang::Zh, Lang::En],
        title: text("Small"),
        intro: text(""),
        terms: text(""),
        outro: text(""),
        missing: vec![],
        consent: Consent {
            text: text(""),
            gate: question("ok", Kind::Single(list(&["yes"]))),
        },
        computed: vec![
            Computed {
                id: "ctx".to_owned(),
                value: ComputedValue::Cases(vec![
                    (None, Text::new("工作", "work")),
                    (None, Text::new("日常生活", "daily life")),
                ]),
            },
            Computed {
                id: "scene".to_owned(),
                value: ComputedValue::Cases(vec![(None, Text::new("{{x}}", "{{x}}"))]),
            },
        ],
        factors: vec![],
        sections: vec![Section {
            id: "s".to_owned(),
            title: text("s"),
            intro: None,
            optional: false,
            shuffled: vec![],
            questions,
        }],
        derived: vec![],
        hypotheses: vec![],
        public_file: None,
    }
}

fn sheet(answers: impl IntoIterator<Item = (&'static str, Answer)>) -> Sheet {
    Sheet {
        lang: Lang::En,
        assignment: BTreeMap::from([("cls".to_owned(), "only".to_owned())]),
        answers: answers
            .into_iter()
            .map(|(id, a)| (id.to_owned(), a))
            .collect::<Answers>(),
        flags: Flags::default(),
    }
}

fn codes(list: &[&str]) -> Vec<String> {
    list.iter().map(|&s| s.to_owned()).collect()
}

fn full_sheet() -> Sheet {
    sheet([
        ("work", Answer::Code("a".to_owned())),
        ("uses", Answer::Codes(codes(&["x", "y"]))),
        (
            "agency",
            Answer::Rows(
                [
                    ("j".to_owned(), "p5".to_owned()),
                    ("o".to_owned(), "p1".to_owned()),
                ]
                .into(),
            ),
        ),
        ("line", Answer::Number(100.0)),
        ("hours", Answer::Number(2.0)),
        ("rank", Answer::Ranking(codes(&["r2", "r1"]))),
        (
            "bw",
            Answer::BestWorst(vec![Pick {
                best: Some("i1".to_owned()),
                worst: Some("i3".to_owned()),
            }]),
        ),
        ("words", Answer::Text("secret words".to_owned())),
    ])
}

fn count(tables: &[RawTable], id: &str, code: &str) -> u64 {
    let table = tables
        .iter()
        .find(|t| t.id == id)
        .expect("the table is planned");
    let row = table.rows.iter().position(|r| r.code == code);
    table.count(row.expect("the cell is planned"), 0)
}

#[test]
fn every_kind_of_answer_is_counted_where_the_plan_says() {
    let votes = BTreeMap::from([("v1".to_owned(), "agree".to_owned())]);
    let tables = tabulate(&instrument(), [&full_sheet()], [&votes]);
    for (id, code) in [
        ("work", "a"),
        ("uses", "x"),
        ("uses", "y"),
        ("agency__j", "p5"),
        ("agency__o", "p1"),
        ("line", "90_100"),
        ("hours", "1_2"),
        ("rank__first", "r2"),
        ("rank__top", "r1"),
        ("rank__top", "r2"),
        ("bw__best", "i1"),
        ("bw__worst", "i3"),
        ("bw__shown", "i2"),
        ("votes__v1", "agree"),
    ] {
        assert_eq!(count(&tables, id, code), 1, "{id} {code}");
    }
    let all: u64 = tables
        .iter()
        .flat_map(|t| &t.columns)
        .flat_map(|c| &c.counts)
        .sum();
    assert_eq!(all, 1 + 2 + 2 + 1 + 1 + 1 + 2 + 1 + 1 + 3 + 1);
    assert!(tables.iter().all(|t| t.base() <= 1));
}

#[test]
fn shares_counted_apart_and_joined_are_what_is_counted_together() {
    let instrument = instrument();
    let mut sheets = working(&[("a", 7), ("b", 5)]);
    sheets.extend([full_sheet(), sheet([]), full_sheet()]);
    let whole = tabulate(&instrument, &sheets, []);
    for share in [1, 4, 14] {
        let mut joined = Tabulator::new(&instrument);
        for share in sheets.chunks(share) {
            let mut counted = Tabulator::new(&instrument);
            share.iter().for_each(|sheet| counted.add(sheet));
            joined.join(counted);
        }
        assert_eq!(joined.sheets(), 15);
        assert_eq!(joined.finish(), whole);
    }
}

#[test]
fn free_text_has_no_table() {
    assert!(plan(&instrument()).iter().all(|t| t.question != "words"));
}

#[test]
fn a_missing_slider_answer_is_its_own_cell() {
    let tables = tabulate(
        &instrument(),
        [&sheet([("line", Answer::Code("dk".to_owned()))])],
        [],
    );
    assert_eq!(count(&tables, "line", "dk"), 1);
}

#[test]
fn nothing_of_a_small_table_is_shown_and_a_structural_zero_is() {
    let sheets = vec![full_sheet(); 29];
    let tables = tabulate(&instrument(), &sheets, []);
    for table in protected(29, &tables).tables {
        assert_eq!(table.base, None, "{}", table.id);
        for cell in &table.cells {
            if cell.code.as_deref() == Some("never") {
                assert_eq!((cell.count, cell.status), (Some(0), Status::Shown));
            } else {
                assert_eq!(cell.reason, Some(Reason::BaseBelowMinimum));
                assert_eq!(cell.count, None);
            }
        }
    }
}

fn aggregates(sheets: &[Sheet], votes: &[BTreeMap<String, String>]) -> Aggregates {
    let tables = tabulate(&instrument(), sheets, votes);
    protected(u64::try_from(sheets.len()).unwrap(), &tables)
}

fn working(groups: &[(&'static str, usize)]) -> Vec<Sheet> {
    groups
        .iter()
        .flat_map(|&(code, times)| vec![sheet([("work", Answer::Code(code.to_owned()))]); times])
        .collect()
}

fn protected(n: u64, tables: &[RawTable]) -> Aggregates {
    protect(1, n, tables, &[], &Parameters::default(), 1).aggregates
}

fn alone(raw: &RawTable) -> Table {
    let mut tables = protected(raw.base(), std::slice::from_ref(raw)).tables;
    tables.remove(0)
}

#[test]
fn the_json_has_the_shape_that_is_promised() {
    let aggregates = aggregates(&working(&[("a", 33), ("b", 20), ("c", 4)]), &[]);
    let json: serde_json::Value = serde_json::from_str(&aggregates.to_json().unwrap()).unwrap();
    assert_eq!(
        json["tables"][0],
        serde_json::json!({
            "id": "work", "question": "work", "by": null, "kind": "count", "sum": "base",
            "base": 55,
            "cells": [
                {"code": "a", "by_code": null, "count": 35, "status": "shown"},
                {"code": "b", "by_code": null, "count": null, "status": "withheld",
                 "reason": "complementary"},
                {"code": "c", "by_code": null, "count": null, "status": "fewer_than_10"},
            ]
        })
    );
    let back: Aggregates = serde_json::from_value(json).unwrap();
    assert_eq!(back, aggregates);
}

#[test]
fn the_csv_has_a_line_for_each_cell() {
    let aggregates = aggregates(&working(&[("a", 33), ("b", 20)]), &[]);
    let csv = aggregates_csv(&aggregates);
    let cells: usize = aggregates.tables.iter().map(|t| t.cells.len()).sum();
    assert_eq!(csv.lines().count(), cells + 1);
    assert!(csv.contains("1,55,work,work,,count,55,a,,35,shown,\r\n"));
    assert_eq!(codebook_csv(&instrument()).lines().count(), cells + 1);
}

#[test]
fn pipes_are_spelled_out_or_left_open() {
    let source = Text::new("在{{ctx}}中，{{scene|x}}", "In {{ctx}}, {{scene|x}}?");
    let public = public_text(&instrument(), &source);
    assert_eq!(public.get(Lang::Zh), "在工作／日常生活中，…");
    assert_eq!(public.get(Lang::En), "In work / daily life, …?");
}

#[test]
fn a_sentence_is_given_where_the_lead_is_clear_and_nowhere_else() {
    let pick = |best: &str, worst: &str| {
        let pick = Pick {
            best: Some(best.to_owned()),
            worst: Some(worst.to_owned()),
        };
        sheet([("bw", Answer::BestWorst(vec![pick]))])
    };
    let sheets: Vec<Sheet> = [
        vec![pick("i1", "i3"); 60],
        vec![pick("i2", "i1"); 20],
        vec![pick("i3", "i2"); 20],
    ]
    .concat();
    let found = findings(
        &instrument(),
        &aggregates(&sheets, &[]),
        &Parameters::default(),
    );
    let expected = Finding::BestWorst {
        question: "bw".to_owned(),
        most: "i1".to_owned(),
        least: "i3".to_owned(),
    };
    assert_eq!(found, [expected]);
}

#[test]
fn no_sentence_is_given_of_people_who_all_said_the_same() {
    // Which option leads would be told by what is withheld.
    let found = findings(
        &instrument(),
        &aggregates(&vec![full_sheet(); 100], &[]),
        &Parameters::default(),
    );
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn no_sentence_chooses_between_equals() {
    let votes: Vec<BTreeMap<String, String>> = vec![
        [
            ("v1".to_owned(), "agree".to_owned()),
            ("v2".to_owned(), "agree".to_owned())
        ]
        .into();
        100
    ];
    let found = findings(
        &instrument(),
        &aggregates(&[], &votes),
        &Parameters::default(),
    );
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn the_statement_that_leads_is_named() {
    let sheet = |v1: &str, v2: &str| -> BTreeMap<String, String> {
        [
            ("v1".to_owned(), v1.to_owned()),
            ("v2".to_owned(), v2.to_owned()),
        ]
        .into()
    };
    let votes: Vec<BTreeMap<String, String>> = [
        vec![sheet("agree", "disagree"); 60],
        vec![sheet("disagree", "agree"); 20],
        vec![sheet("pass", "pass"); 15],
    ]
    .concat();
    let found = findings(
        &instrument(),
        &aggregates(&[], &votes),
        &Parameters::default(),
    );
    let [Finding::Agreement { statement, .. }] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(statement, "v1");
}

fn raw(counts: Vec<u64>) -> RawTable {
    RawTable {
        id: "q".to_owned(),
        question: "q".to_owned(),
        by: None,
        kind: TableKind::Count,
        sum: Sum::Base,
        sensitive: false,
        inputs: vec![],
        rows: (0..counts.len())
            .map(|i| RawRow {
                code: format!("c{i}"),
                possible: true,
                missing: false,
            })
            .collect(),
        columns: vec![RawColumn {
            by_code: None,
            base: counts.iter().sum(),
            counts,
        }],
    }
}

proptest! {
    #[test]
    fn no_small_or_exact_count_is_published(
        counts in prop::collection::vec(0_u64..400, 1..12),
    ) {
        let raw = raw(counts);
        let table = alone(&raw);
        prop_assert!(table.base.is_none_or(|base| base % 5 == 0 && base >= 30));
        for (cell, &exact) in table.cells.iter().zip(&raw.columns[0].counts) {
            prop_assert!(cell.count.is_none_or(|c| c % 5 == 0 && c >= 10), "{cell:?}");
            prop_assert_eq!(cell.count.is_some(), cell.status == Status::Shown);
            if let Some(count) = cell.count {
                prop_assert!(count.abs_diff(exact) <= 2);
            }
            prop_assert!(exact >= 10 || cell.count.is_none());
            if !table.withheld() {
                prop_assert_eq!(cell.status == Status::FewerThan10, exact < 10);
            }
        }
    }

    #[test]
    fn a_share_is_computed_from_what_is_published(
        counts in prop::collection::vec(0_u64..400, 1..12),
    ) {
        let rules = Parameters::default();
        let raw = raw(counts);
        let table = alone(&raw);
        for (cell, &exact) in table.cells.iter().zip(&raw.columns[0].counts) {
            let Some(share) = share(&table, cell, &rules) else { continue };
            let (count, base) = (cell.count.unwrap(), table.base.unwrap());
            let published = (count as f64 / base as f64 * 100.0).min(100.0);
            prop_assert!((share.percent - published).abs() < 1e-9);
            // The bounds given for the rounding hold the exact share.
            let exact = exact as f64 / raw.base() as f64 * 100.0;
            prop_assert!(share.rounding.low - 1e-9 <= exact && exact <= share.rounding.high + 1e-9);
        }
    }

    #[test]
    fn tables_that_round_alike_publish_alike(base in 100_u64..300, part in 20_u64..80) {
        // What is published depends on the exact counts only through the rounding.
        let rules = Parameters::default();
        let one = alone(&raw(vec![part, base - part]));
        let other = alone(&raw(vec![rules.round(part), rules.round(base - part)]));
        prop_assert_eq!(one.cells, other.cells);
    }
}
