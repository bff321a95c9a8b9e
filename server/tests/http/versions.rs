//! A version of the instrument that another has followed: what people answered on it is released
//! as their own, and nothing of theirs is lost.

use axum::http::StatusCode;
use partake_core::{disclosure::Parameters, instrument::canonical_json};
use partake_server::release::{Cut, Outcome};
use partake_store::instruments::Wave;

use crate::support::{
    START_MS, TestSite,
    people::{A_MOMENT_MS, cut_of, publisher, submit},
};

const SURVEY: &str = "partake_core";
const FIRST: &str = "0.1.1-draft";
const SECOND: &str = "9.9";

/// People answered the first version, were counted, and then the second was published.
async fn superseded() -> TestSite {
    let site = TestSite::new().await;
    submit(&site, 700, 1).await;
    released(&site, FIRST, 2).await.expect("enough answered");
    let old = site.state.surveys.featured().expect("a survey");
    assert_eq!(old.version, FIRST);
    let mut newer = old.instrument.clone();
    SECOND.clone_into(&mut newer.version);
    let store = &site.state.store;
    store
        .publish_instrument(SURVEY, SECOND, &canonical_json(&newer), START_MS)
        .await
        .expect("published");
    site.state.surveys.reload(store).await.expect("reloaded");
    site
}

async fn wave(site: &TestSite, version: &str) -> Wave {
    let wave = site.state.store.wave(SURVEY, version).await;
    wave.expect("a store").expect("a version")
}

async fn released(site: &TestSite, version: &str, seed: u64) -> Option<Cut> {
    let wave = wave(site, version).await;
    let rules = Parameters::default();
    let outcome = cut_of(&publisher(site), &wave, seed, &rules, false).await;
    site.advance(A_MOMENT_MS);
    match outcome.expect("an outcome") {
        Outcome::Cut(cut) => Some(*cut),
        Outcome::TooFew => None,
    }
}

async fn unreleased(site: &TestSite, version: &str) -> usize {
    let snapshot = site.state.store.snapshot(SURVEY, version).await;
    let responses = snapshot.expect("a store").responses;
    responses
        .iter()
        .filter(|part| part.release.is_none())
        .count()
}

#[tokio::test]
async fn what_was_held_back_of_a_closed_version_is_released_after_the_next_has_begun() {
    let site = superseded().await;
    submit(&site, 400, 3).await;
    let second = released(&site, SECOND, 4).await.expect("enough answered");
    assert_eq!((second.release, second.n), (2, 380), "as if it were alone");

    assert_eq!(unreleased(&site, FIRST).await, 20);
    let store = &site.state.store;
    assert!(store.has_unreleased(SURVEY, FIRST).await.expect("a store"));
    store.close_wave(SURVEY, FIRST).await.expect("closed");
    let last = released(&site, FIRST, 5).await.expect("the last ones");
    assert_eq!((last.release, last.n), (3, 700));
    assert!(
        last.rows_new == 0 && last.rows > 0,
        "the file is carried on"
    );
    assert!(!store.has_unreleased(SURVEY, FIRST).await.expect("a store"));
}

#[tokio::test]
async fn the_pages_are_about_the_newest_version_and_the_others_stay_within_reach() {
    let site = superseded().await;
    let mut visitor = site.visitor();
    let page = visitor.get("/en/results").await;
    assert!(page.body.contains("Release 1"), "there is no other yet");
    submit(&site, 400, 3).await;
    released(&site, SECOND, 4).await.expect("enough answered");
    site.state
        .store
        .close_wave(SURVEY, FIRST)
        .await
        .expect("closed");
    released(&site, FIRST, 5).await.expect("the last ones");

    let listed = visitor.get("/api/v1/releases").await.json();
    let of = |at: usize| {
        let release = &listed["releases"][at];
        (release["release"].clone(), release["wave"].clone())
    };
    assert_eq!(of(0), (1.into(), FIRST.into()));
    assert_eq!(of(1), (2.into(), SECOND.into()));
    assert_eq!(of(2), (3.into(), FIRST.into()));
    let page = visitor.get("/en/results").await;
    page.assert_status(StatusCode::OK);
    assert!(page.body.contains("Release 2"));
    let page = visitor.get("/en/results/3").await;
    page.assert_status(StatusCode::OK);
    let data = visitor.get("/en/data").await;
    assert!(data.body.contains("/api/v1/releases/3/files/responses.csv"));
}

#[tokio::test]
async fn too_few_on_a_new_version_wait_however_many_answered_the_one_before() {
    let site = superseded().await;
    submit(&site, 49, 3).await;
    assert_eq!(released(&site, SECOND, 4).await.map(|cut| cut.n), None);
    submit(&site, 1, 6).await;
    let cut = released(&site, SECOND, 4).await.expect("enough answered");
    assert_eq!(cut.n, 30);
}
