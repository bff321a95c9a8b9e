//! Several surveys on one site: each has its own pages, and none borrows from another.

use std::path::Path;

use axum::http::StatusCode;
use partake_server::bootstrap;

use crate::support::TestSite;

async fn two() -> TestSite {
    let site = TestSite::new().await;
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../instruments/checking/instrument.yaml");
    bootstrap::publish_file(&site.state.store, &file, &site.state.clock)
        .await
        .expect("published");
    site.state
        .surveys
        .reload(&site.state.store)
        .await
        .expect("reloaded");
    site
}

#[tokio::test]
async fn the_second_survey_has_every_page_of_the_first_under_its_own_path() {
    let site = two().await;
    let mut visitor = site.visitor();
    for tail in ["", "/survey", "/response", "/results", "/discuss", "/data"] {
        let page = visitor.get(&format!("/en/s/checking{tail}")).await;
        page.assert_status(StatusCode::OK);
        assert!(
            page.body.contains("Checking what a machine wrote"),
            "{tail} names its survey"
        );
        for own in ["survey", "results", "discuss", "data"] {
            let link = format!("href=\"/en/s/checking/{own}\"");
            assert!(page.body.contains(&link), "{tail} leads to its own {own}");
        }
    }
    visitor
        .get("/en/s/nothing/survey")
        .await
        .assert_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_front_page_leads_to_the_other_surveys() {
    let site = two().await;
    let page = site.visitor().get("/zh").await;
    assert!(page.body.contains("href=\"/zh/s/checking\""));
    let page = TestSite::new().await.visitor().get("/zh").await;
    assert!(!page.body.contains("other-surveys"), "there is none");
}

#[tokio::test]
async fn a_page_in_a_language_that_the_survey_lacks_says_so_and_leads_to_the_one_it_has() {
    let site = two().await;
    let mut visitor = site.visitor();
    let page = visitor.get("/zh/s/checking/survey").await;
    page.assert_status(StatusCode::OK);
    assert!(page.body.contains("这份问卷只有英文版"));
    assert!(page.body.contains("href=\"/en/s/checking/survey\""));
    assert!(
        page.body
            .contains("<main id=\"main\" tabindex=\"-1\" lang=\"en\">")
    );
    let page = visitor.get("/en/s/checking/survey").await;
    assert!(!page.body.contains("surveys-bar-only") && !page.body.contains("in English only"));
    let page = visitor.get("/zh/survey").await;
    assert!(!page.body.contains("survey-bar"), "the first speaks both");
}

#[tokio::test]
async fn the_api_lists_both_and_has_each_under_its_name() {
    let site = two().await;
    let mut visitor = site.visitor();
    let list = visitor.get("/api/v1/surveys").await.json();
    let names: Vec<_> = list["surveys"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|survey| survey["survey"].as_str().expect("a name").to_owned())
        .collect();
    assert_eq!(names, ["partake_core", "checking"]);
    let instrument = visitor
        .get("/api/v1/surveys/checking/instrument")
        .await
        .json();
    assert_eq!(instrument["id"], "checking");
    let first = visitor.get("/api/v1/instrument").await.json();
    assert_eq!(first["id"], "partake_core");
}

#[tokio::test]
async fn the_schema_of_instruments_is_served() {
    let site = TestSite::new().await;
    let schema = site.visitor().get("/api/v1/instrument/schema.json").await;
    schema.assert_status(StatusCode::OK);
    assert_eq!(
        schema.json()["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
}
