//! The public file of single answers, as a site publishes it.

use axum::http::StatusCode;
use partake_core::disclosure::Parameters;
use partake_server::{release::Outcome, submission};
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
