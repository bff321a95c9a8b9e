//! The description of the API against the routes.

use axum::http::{StatusCode, header};

use crate::support::TestSite;

#[tokio::test]
async fn every_described_list_answers_with_json_and_an_etag() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let description = visitor.get("/api/v1/openapi.json").await.json();
    let paths = description["paths"].as_object().expect("paths");
    let lists = paths
        .keys()
        .map(|path| path.replace("{survey}", "partake_core"))
        .filter(|path| !path.contains('{'));
    let mut asked = 0;
    for path in lists {
        let answer = visitor.get(&path).await;
        answer.assert_status(StatusCode::OK);
        answer.json();
        assert!(answer.headers.contains_key(header::ETAG), "{path}");
        asked += 1;
    }
    assert!(asked >= 7, "{asked} paths");
}

#[tokio::test]
async fn an_unknown_thing_is_refused_with_a_code_and_a_message_in_the_asked_language() {
    let site = TestSite::new().await;
    let answer = site
        .visitor()
        .get("/api/v1/releases/9/aggregates?lang=zh")
        .await;
    answer.assert_status(StatusCode::NOT_FOUND);
    assert_eq!(answer.json()["error"], "not_found");
    let message = answer.json()["message"].to_string();
    assert!(message.contains("地址"), "{message}");
}
