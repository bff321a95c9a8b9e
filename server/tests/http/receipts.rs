//! Receipts in their other forms, the brake on one address, and what is noted about how somebody
//! answered.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use partake_core::{disclosure::Parameters, response::receipt::Receipt};

use crate::{
    support::{TestSite, people},
    survey::{personas, walk},
};

fn parcel(site: &TestSite, secret: u8, pace: &str) -> Request<Body> {
    let wave = site.state.surveys.featured().expect("a survey");
    let parcel = serde_json::json!({
        "survey": wave.survey, "version": wave.version, "seed": 7, "pace": pace,
        "receipt": Receipt::from_bytes([secret; 16]).to_string(),
        "answers": { "employment": { "code": "retired" }, "ai_use": { "code": "never" } },
    });
    request(&parcel)
}

fn request(parcel: &serde_json::Value) -> Request<Body> {
    Request::post("/en/survey/receipt")
        .header(header::HOST, "127.0.0.1:3000")
        .header(header::CONTENT_TYPE, "application/json")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(parcel.to_string()))
        .expect("a request")
}

#[tokio::test]
async fn the_words_of_a_receipt_open_the_response_as_the_code_does() {
    let site = TestSite::new().await;
    let reply = site.send(parcel(&site, 9, "usual")).await;
    reply.assert_status(StatusCode::OK);
    let copies = reply.json()["copies"].clone();
    let words = copies["words"].as_str().expect("words");
    assert_eq!(words.split(' ').count(), 12);
    assert!(
        copies["qr"]["modules"]
            .as_str()
            .expect("a picture")
            .starts_with("fe")
    );
    let mut visitor = site.visitor();
    let page = visitor.post("/zh/response", &[("code", words)]).await;
    page.assert_status(StatusCode::OK);
    assert!(page.body.contains("已退休"));
    let wrong = words.replacen(' ', " zoo ", 1);
    let page = visitor.post("/zh/response", &[("code", &wrong)]).await;
    page.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_flags_are_shown_with_the_response_and_hold_no_time() {
    let site = TestSite::new().await;
    site.send(parcel(&site, 3, "fast"))
        .await
        .assert_status(StatusCode::OK);
    let receipt = Receipt::from_bytes([3; 16]).to_string();
    let mut visitor = site.visitor();
    let page = visitor.post("/en/response", &[("code", &receipt)]).await;
    assert!(
        page.body
            .contains("Much faster than the questions can be read")
    );
}

#[tokio::test]
async fn a_response_that_is_changed_keeps_the_pace_it_was_answered_at() {
    let site = TestSite::new().await;
    site.send(parcel(&site, 3, "fast")).await;
    let wave = site.state.surveys.featured().expect("a survey");
    let receipt = Receipt::from_bytes([3; 16]).to_string();
    let changed = serde_json::json!({
        "survey": wave.survey, "version": wave.version, "seed": 8, "pace": "unknown",
        "receipt": receipt, "replace": true,
        "answers": { "employment": { "code": "student" }, "ai_use": { "code": "never" } },
    });
    let reply = site.send(request(&changed)).await;
    assert_eq!(reply.json()["outcome"], "changed");
    let mut visitor = site.visitor();
    let page = visitor.post("/en/response", &[("code", &receipt)]).await;
    assert!(page.body.contains("Student"), "it was changed");
    assert!(
        page.body
            .contains("Much faster than the questions can be read")
    );
}

#[tokio::test]
async fn a_receipt_in_the_other_language_stores_nothing_again() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let (_, persona) = &personas()[4];
    let (receipt, _, mut last) = walk(&mut visitor, "zh", persona, 0).await;
    let id = Receipt::parse(&receipt).expect("a receipt").response_id();
    let before = site.state.store.response(id).await.expect("a store");
    last.push(("page-go".to_owned(), "stay".to_owned()));
    let pairs: Vec<_> = last.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let page = visitor.post("/en/survey/receipt", &pairs).await;
    page.assert_status(StatusCode::OK);
    assert!(page.body.contains(&receipt), "the code stays");
    assert!(page.body.contains("We already had this response"));
    let after = site.state.store.response(id).await.expect("a store");
    assert_eq!(after, before, "not even the language");

    let code = [("code", receipt.as_str()), ("sure", "yes")];
    let gone = visitor.post("/en/response/withdraw", &code).await;
    gone.assert_status(StatusCode::OK);
    let page = visitor.post("/zh/survey/receipt", &pairs).await;
    page.assert_status(StatusCode::OK);
    assert!(
        !page.body.contains(&receipt),
        "there is no response any more"
    );
    let page = visitor.post("/en/response", &code).await;
    page.assert_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn one_address_is_slowed_and_told_so() {
    let site = TestSite::with_options(&["--submissions-per-minute", "2"]).await;
    for secret in [1, 2] {
        let reply = site.send(parcel(&site, secret, "usual")).await;
        reply.assert_status(StatusCode::OK);
    }
    let reply = site.send(parcel(&site, 4, "usual")).await;
    reply.assert_status(StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(reply.json()["error"], "too_many_submissions");
    assert_eq!(reply.headers[header::RETRY_AFTER], "60");
    site.advance(61_000);
    let reply = site.send(parcel(&site, 4, "usual")).await;
    assert_eq!(reply.json()["outcome"], "new");
}

#[tokio::test]
async fn a_body_cut_off_half_way_is_refused_and_stores_nothing() {
    let site = TestSite::new().await;
    let request = Request::post("/en/survey/receipt")
        .header(header::HOST, "127.0.0.1:3000")
        .header(header::CONTENT_TYPE, "application/json")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(
            "{\"survey\":\"partake_core\",\"answers\":{\"empl",
        ))
        .expect("a request");
    let answer = site.send(request).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
}

#[tokio::test]
async fn the_tables_that_are_not_split_can_be_asked_for_alone() {
    let site = TestSite::new().await;
    people::submit(&site, 120, 1).await;
    people::released(&site, 1, &Parameters::default(), false).await;
    let mut visitor = site.visitor();
    let all = visitor.get("/api/v1/releases/1/aggregates").await.json();
    let some = visitor
        .get("/api/v1/releases/1/aggregates?by=none")
        .await
        .json();
    let of = |all: &serde_json::Value| all["tables"].as_array().expect("tables").clone();
    let mut expected = of(&all);
    expected.retain(|table| table["by"].is_null());
    assert!(!expected.is_empty());
    assert_eq!(of(&some), expected);
}

#[tokio::test]
async fn a_wrong_receipt_is_explained_and_guessing_is_slowed() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let page = visitor.post("/zh/response", &[("code", "ABCD-1234")]).await;
    page.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("不像一个回执码") && page.body.contains("value=\"ABCD-1234\""));
    let unknown = Receipt::from_bytes([5; 16]).to_string();
    let mut last = StatusCode::OK;
    for _ in 0..25 {
        let page = visitor.post("/zh/response", &[("code", &unknown)]).await;
        assert!(page.body.contains(&unknown), "what was typed is kept");
        last = page.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    site.advance(61_000);
    let page = visitor.post("/zh/response", &[("code", &unknown)]).await;
    page.assert_status(StatusCode::NOT_FOUND);
    assert!(page.body.contains("没有与这个回执码对应的回答"));
}
