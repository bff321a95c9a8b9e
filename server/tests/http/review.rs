//! Looking over the answers before they are sent, and going straight to any part of them.

use axum::http::StatusCode;

use crate::{
    form::Form,
    support::{TestSite, Visitor},
};

const RETIRED: [(&str, &str); 2] = [("employment", "retired"), ("ai_use", "never")];

async fn send(visitor: &mut Visitor<'_>, to: &str, pairs: &[(String, String)]) -> String {
    let borrowed: Vec<_> = pairs
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let page = visitor.post(to, &borrowed).await;
    page.assert_status(StatusCode::OK);
    page.body
}

/// Answers what is required and goes on until the answers are shown.
async fn to_the_review(visitor: &mut Visitor<'_>) -> String {
    let begun = visitor
        .post("/en/survey", &[("consent_main", "yes")])
        .await
        .body;
    let mut form = Form::read(&begun);
    for _ in 0..20 {
        let mut pairs = form.untouched();
        for (name, value) in RETIRED {
            if form.has(name) && form.values_of(name).is_empty() {
                pairs.push((name.to_owned(), value.to_owned()));
            }
        }
        let body = send(visitor, &form.action, &pairs).await;
        form = Form::read(&body);
        if form.values_of("page-from") == ["review"] {
            return body;
        }
    }
    panic!("the review never comes");
}

async fn jump(visitor: &mut Visitor<'_>, form: &Form, to: &str) -> String {
    let mut pairs = form.untouched();
    pairs.push(("page-go".to_owned(), "jump".to_owned()));
    send(visitor, &format!("/en/survey/{to}"), &pairs).await
}

#[tokio::test]
async fn nothing_is_stored_before_the_answers_were_looked_over() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let review = to_the_review(&mut visitor).await;
    assert!(review.contains("Nothing has been sent yet"));
    assert!(review.contains("Retired") && review.contains("(no answer)"));
    let wave = site.state.surveys.featured().expect("a survey");
    let stored = site.state.store.snapshot(&wave.survey, &wave.version).await;
    assert!(stored.expect("a snapshot").responses.is_empty());
}

#[tokio::test]
async fn a_part_can_be_changed_from_the_review_and_back_again() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let review = Form::read(&to_the_review(&mut visitor).await);
    let section = Form::read(&jump(&mut visitor, &review, "s1_you").await);
    let mut pairs = section.with("age_band", &["a65"]);
    pairs.push(("page-go".to_owned(), "jump".to_owned()));
    let review = send(&mut visitor, "/en/survey/review", &pairs).await;
    assert!(
        review.contains("65 or over"),
        "what was changed on the way is shown"
    );
    let form = Form::read(&review);
    let receipt = send(&mut visitor, &form.action, &form.untouched()).await;
    assert!(receipt.contains("class=\"code\""));
}

#[tokio::test]
async fn the_review_can_be_read_in_the_other_language() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let review = Form::read(&to_the_review(&mut visitor).await);
    let mut pairs = review.untouched();
    pairs.push(("page-go".to_owned(), "stay".to_owned()));
    let page = send(&mut visitor, "/zh/survey/review", &pairs).await;
    assert!(page.contains("提交前，再看一遍") && page.contains("已退休"));
}
