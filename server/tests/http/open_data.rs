//! The public file of single answers, as a site publishes it.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use partake_core::{
    disclosure::Parameters,
    flow::assign,
    instrument::Kind,
    lang::Lang,
    open_data::{NOT_ASKED, Role, SKIPPED, Values, variables},
    response::{Answer, Sheet, finish, receipt::Receipt},
    simulate::respondent,
};
use partake_server::{
    release::Outcome,
    submission::{self, Candidate},
};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha20Rng;
use serde_json::Value;

use crate::support::{
    TestSite,
    people::{released, submit},
};

async fn file(site: &TestSite, release: u32, name: &str) -> Option<String> {
    let path = format!("/api/v1/releases/{release}/files/{name}");
    let answer = site.visitor().get(&path).await;
    (answer.status == StatusCode::OK).then_some(answer.body)
}

async fn release(site: &TestSite) -> (usize, usize) {
    match released(site, 7, &Parameters::default(), false).await {
        Outcome::Cut(cut) => (cut.rows, cut.rows_new),
        Outcome::TooFew => panic!("too few"),
    }
}

#[tokio::test]
async fn a_small_survey_publishes_tables_and_no_single_answers() {
    let site = TestSite::new().await;
    submit(&site, 120, 1).await;
    assert_eq!(release(&site).await, (0, 0));
    assert_eq!(file(&site, 1, "responses.csv").await, None);
    assert_eq!(file(&site, 1, "datapackage.json").await, None);
    let page = site.visitor().get("/en/data").await;
    assert!(!page.body.contains("name=\"terms\""));
}

#[tokio::test]
async fn rows_that_were_published_stand_unchanged_and_nobody_enters_twice() {
    let site = TestSite::new().await;
    submit(&site, 650, 1).await;
    let (rows, new) = release(&site).await;
    assert!(rows > 300 && new == rows);
    let first = file(&site, 1, "responses.csv").await.unwrap();
    assert_eq!(first.lines().count(), rows + 1);
    submit(&site, 60, 2).await;
    assert_eq!(
        release(&site).await,
        (rows, 0),
        "too few new ones for a cohort"
    );
    assert_eq!(file(&site, 2, "responses.csv").await.unwrap(), first);
    submit(&site, 640, 3).await;
    let (all, new) = release(&site).await;
    assert_eq!(all, rows + new);
    let third = file(&site, 3, "responses.csv").await.unwrap();
    assert!(new > 300 && third.starts_with(&first));
    let ids: std::collections::BTreeSet<&str> = third
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .collect();
    assert_eq!(ids.len(), all);
}

#[tokio::test]
async fn an_answer_that_was_withdrawn_before_enters_no_cohort() {
    let site = TestSite::new().await;
    let receipts = submit(&site, 600, 1).await;
    let wave = site.state.surveys.featured().expect("a survey");
    for receipt in receipts.iter().skip(100) {
        submission::withdraw(&site.state.store, &wave.instrument, receipt)
            .await
            .expect("withdrawn");
    }
    let left = released(&site, 7, &Parameters::default(), false).await;
    assert!(matches!(left, Outcome::Cut(cut) if cut.rows == 0));
}

#[tokio::test]
async fn what_the_file_claims_is_what_was_asked_for() {
    let site = TestSite::new().await;
    submit(&site, 700, 4).await;
    let rules = Parameters {
        k: 25,
        ..Parameters::default()
    };
    released(&site, 1, &rules, false).await;
    let utility: Value =
        serde_json::from_str(&file(&site, 1, "utility.json").await.unwrap()).unwrap();
    assert!(utility["k"].as_u64().unwrap() >= 25);
    assert!(
        utility["l"]
            .as_object()
            .unwrap()
            .values()
            .all(|l| l.as_u64().unwrap() >= 2)
    );
    let manifest: Value =
        serde_json::from_str(&file(&site, 1, "release.json").await.unwrap()).unwrap();
    assert_eq!(manifest["parameters"]["k"], 25);
    assert_eq!(manifest["looser_than_promised"], false);
}

#[tokio::test]
async fn hypotheses_that_compare_answers_of_one_person_are_read_off_the_file() {
    let site = TestSite::new().await;
    submit(&site, 120, 1).await;
    release(&site).await;
    let results = async || site.visitor().get("/en/results").await.body;
    let none = "There is no such file yet";
    assert_eq!(results().await.matches(none).count(), 3);
    submit(&site, 1_000, 2).await;
    release(&site).await;
    let relations: Value =
        serde_json::from_str(&file(&site, 2, "relations.json").await.unwrap()).unwrap();
    let rows = file(&site, 2, "responses.csv")
        .await
        .unwrap()
        .lines()
        .count() as u64
        - 1;
    let said = relations.as_array().unwrap();
    let named: Vec<_> = said
        .iter()
        .map(|r| r["hypothesis"].as_str().unwrap())
        .collect();
    assert_eq!(named, ["H3", "H5", "H0"]);
    for relation in said {
        let n = relation["n"].as_u64().unwrap();
        assert!((100..=rows).contains(&n), "{relation}");
        let found = |key: &str| relation["found"][key].as_f64().unwrap();
        assert!(found("low") < found("value") && found("value") < found("high"));
    }
    let page = results().await;
    assert!(!page.contains(none));
    assert_eq!(page.matches("Anyone can compute it again").count(), 3);
}

#[tokio::test]
async fn the_page_asks_for_the_terms_before_single_answers_and_shows_the_columns() {
    let site = TestSite::new().await;
    submit(&site, 700, 4).await;
    release(&site).await;
    for (lang, word) in [("en", "Smallest group"), ("zh", "最小的组")] {
        let page = site.visitor().get(&format!("/{lang}/data")).await;
        assert_eq!(page.body.matches("name=\"terms\"").count(), 2);
        assert_eq!(page.body.matches("formaction=").count(), 6);
        assert!(page.body.contains(word));
        assert!(page.body.contains("agency__j1"), "the codebook");
        assert!(
            !page
                .body
                .contains("href=\"/api/v1/releases/1/files/responses.csv\"")
        );
    }
    let answer = site
        .visitor()
        .get("/api/v1/releases/1/files/responses.csv?terms=accepted")
        .await;
    answer.assert_status(StatusCode::OK);
    assert!(answer.body.starts_with("id,cohort,employment,"));
}

/// Submits people one after the other and returns what they answered, in this order.
async fn in_order(site: &TestSite, count: usize) -> Vec<Sheet> {
    let wave = site.state.surveys.featured().expect("a survey");
    let mut random = ChaCha20Rng::seed_from_u64(12);
    let mut sheets = Vec::new();
    for _ in 0..count {
        let mut secret = [0; 16];
        random.fill_bytes(&mut secret);
        let (seed, answers) = respondent(&wave.instrument, Lang::En, &mut || random.next_u32());
        let assignment = assign(&wave.instrument, seed);
        let done = finish(
            &wave.instrument,
            Lang::En,
            seed,
            &assignment,
            answers.clone(),
        );
        sheets.push(done.expect("it holds").sheet);
        let receipt = Receipt::from_bytes(secret);
        let candidate = Candidate {
            lang: Lang::En,
            seed,
            assignment,
            answers,
            only_asked: false,
            receipt,
            pace: Default::default(),
        };
        let stored = submission::submit(&site.state.store, &wave, candidate).await;
        stored.expect("it is stored");
    }
    sheets
}

/// Places of the rows in the order of submission, for rows that fit exactly one person in all
/// that is published as it was answered: what somebody knows who watched everybody answer.
fn places(site: &TestSite, file: &str, sheets: &[Sheet]) -> Vec<usize> {
    let wave = site.state.surveys.featured().expect("a survey");
    let public = wave.instrument.public_file.as_ref().expect("a public file");
    let variables = variables(&wave.instrument, public);
    let merged = |id: &str| public.merges.iter().any(|merge| merge.question == id);
    let plain: Vec<_> = variables
        .iter()
        .enumerate()
        .filter(|(_, v)| {
            let question = wave.instrument.question(&v.question);
            let single =
                question.is_some_and(|q| matches!(q.kind, Kind::Single(_) | Kind::Matrix(_)));
            single
                && v.role != Role::QuasiIdentifier
                && matches!(v.values, Values::Codes(_))
                && !merged(&v.question)
        })
        .collect();
    let told = |sheet: &Sheet| -> Vec<Option<String>> {
        let answer = |v: &&(usize, &partake_core::open_data::Variable)| match sheet
            .answers
            .get(&v.1.question)?
        {
            Answer::Code(code) => Some(code.clone()),
            Answer::Rows(rows) => rows.get(v.1.part.as_deref()?).cloned(),
            _ => None,
        };
        plain.iter().map(|v| answer(&v)).collect()
    };
    let people: Vec<_> = sheets.iter().map(told).collect();
    let mut places = Vec::new();
    for line in file.lines().skip(1) {
        // None of these codes holds a comma or a quotation mark.
        let cells: Vec<&str> = line.split(',').collect();
        let fits = |person: &&Vec<Option<String>>| {
            plain.iter().zip(person.iter()).all(|((at, _), answer)| {
                let cell = cells.get(at + 2).copied().unwrap_or_default();
                matches!(cell, SKIPPED | NOT_ASKED | "*") || answer.as_deref() == Some(cell)
            })
        };
        let fitting: Vec<usize> = people
            .iter()
            .enumerate()
            .filter(|(_, person)| fits(person))
            .map(|(at, _)| at)
            .collect();
        if let [only] = fitting[..] {
            places.push(only);
        }
    }
    places
}

fn kendall(order: &[usize]) -> f64 {
    let mut sum = 0_i64;
    for (at, first) in order.iter().enumerate() {
        for second in &order[at + 1..] {
            sum += if first < second { 1 } else { -1 };
        }
    }
    let pairs = order.len() * (order.len() - 1) / 2;
    sum as f64 / pairs as f64
}

#[tokio::test]
async fn the_order_of_the_rows_says_nothing_of_the_order_of_the_answers() {
    let site = TestSite::new().await;
    let sheets = in_order(&site, 900).await;
    let (rows, _) = release(&site).await;
    let places = places(
        &site,
        &file(&site, 1, "responses.csv").await.unwrap(),
        &sheets,
    );
    assert!(
        places.len() > 300,
        "{} of {rows} rows are somebody's",
        places.len()
    );
    let distinct: BTreeMap<usize, ()> = places.iter().map(|place| (*place, ())).collect();
    assert_eq!(distinct.len(), places.len(), "nobody stands twice");
    assert!(kendall(&places).abs() < 0.1, "{}", kendall(&places));
    let mut sorted = places;
    sorted.sort_unstable();
    assert!(kendall(&sorted) > 0.9, "the attack would see an order");
}
