//! What is the same for every visitor is answered again for a moment, and for nobody else.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use partake_core::disclosure::Parameters;

use crate::{
    forum::member,
    support::{
        Answer, TestSite,
        people::{A_MOMENT_MS, attempt, publisher, released_site, submit},
    },
};

const PAGE: &str = "/en/results";

async fn asked(site: &TestSite) -> Answer {
    site.visitor().get(PAGE).await
}

#[tokio::test]
async fn a_page_is_answered_again_with_every_header_and_shows_a_new_release_a_moment_later() {
    let site = released_site(120, 1).await;
    let made = asked(&site).await;
    let again = asked(&site).await;
    assert_eq!(again.body, made.body);
    assert_eq!(again.headers, made.headers);
    assert!(again.headers.contains_key(header::CONTENT_SECURITY_POLICY));

    submit(&site, 120, 2).await;
    let cut = attempt(&publisher(&site), 2, &Parameters::default(), false).await;
    cut.unwrap();
    // Still the same moment, for a clock that stands still.
    assert!(!asked(&site).await.body.contains("Release 2 "));
    site.advance(A_MOMENT_MS);
    assert!(asked(&site).await.body.contains("Release 2 "));
}

#[tokio::test]
async fn who_is_signed_in_gets_a_page_of_their_own() {
    let site = released_site(120, 1).await;
    let everyones = asked(&site).await.body;
    let mut ann = member(&site, "Ann").await;
    let hers = ann.get(PAGE).await;
    assert!(hers.body.contains(">Ann<") && !everyones.contains(">Ann<"));
    assert_eq!(hers.headers[header::CACHE_CONTROL], "private, no-store");
    assert_eq!(asked(&site).await.body, everyones);
}

#[tokio::test]
async fn every_reader_gets_the_coding_that_they_asked_for() {
    let site = released_site(120, 1).await;
    for _ in 0..2 {
        for (codings, given) in [
            ("identity", None),
            ("gzip", Some("gzip")),
            ("br;q=0, identity", None),
            ("gzip, br", Some("br")),
        ] {
            let mut request = Request::get(PAGE).header(header::ACCEPT_ENCODING, codings);
            request = request.header(header::HOST, "127.0.0.1:3000");
            let request = request.body(Body::empty()).unwrap();
            let response = tower::ServiceExt::oneshot(site.router.clone(), request)
                .await
                .unwrap();
            assert_eq!(response.status(), StatusCode::OK);
            let coding = response.headers().get(header::CONTENT_ENCODING);
            assert_eq!(coding.map(|c| c.to_str().unwrap()), given, "{codings}");
        }
    }
}
