//! The pages about the site itself, asked over HTTP.

use crate::support::{Answer, TestSite};
use axum::{
    body::Body,
    http::{HeaderName, Request, StatusCode, header},
};

async fn get(site: &TestSite, path: &str, headers: &[(HeaderName, &str)]) -> Answer {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    site.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn the_entrance_leads_to_the_readers_language() {
    let site = TestSite::new().await;
    for (headers, to) in [
        (
            vec![(header::ACCEPT_LANGUAGE, "zh-CN,zh;q=0.9,en;q=0.8")],
            "/zh",
        ),
        (vec![(header::ACCEPT_LANGUAGE, "de")], "/en"),
        (
            vec![
                (header::ACCEPT_LANGUAGE, "zh-CN"),
                (header::COOKIE, "a=b; lang=en"),
            ],
            "/en",
        ),
        (vec![], "/en"),
    ] {
        let answer = get(&site, "/", &headers).await;
        answer.assert_status(StatusCode::SEE_OTHER);
        assert_eq!(answer.location(), to);
    }
}

#[tokio::test]
async fn a_language_is_remembered_only_when_it_is_not_the_browsers() {
    let site = TestSite::with_options(&["--base-url", "https://survey.example.org"]).await;
    let browser = [(header::ACCEPT_LANGUAGE, "zh-CN")];
    let same = get(&site, "/zh/about", &browser).await;
    assert!(!same.headers.contains_key(header::SET_COOKIE));

    let other = get(&site, "/en/about", &browser).await;
    let cookie = other.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("lang=en;"));
    assert!(cookie.contains("; Secure") && cookie.contains("; HttpOnly"));
    assert_eq!(other.headers[header::CACHE_CONTROL], "private, no-store");
}

#[tokio::test]
async fn the_first_page_says_that_nothing_is_released_yet() {
    let site = TestSite::new().await;
    let page = get(&site, "/en", &[]).await;
    page.assert_status(StatusCode::OK);
    assert!(page.body.contains("41 questions"));
    assert!(
        page.body
            .contains("No release yet: the first one needs at least 50 answers")
    );
    assert!(page.body.contains("No threads yet"));
    assert!(!page.body.contains(">site-"), "a text is missing");
}

#[tokio::test]
async fn a_language_that_the_site_does_not_speak_is_not_found() {
    let site = TestSite::new().await;
    get(&site, "/de", &[])
        .await
        .assert_status(StatusCode::NOT_FOUND);
    get(&site, "/de/privacy", &[])
        .await
        .assert_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_privacy_page_names_the_operator_or_says_that_it_cannot() {
    let site = TestSite::new().await;
    assert!(
        get(&site, "/zh/privacy", &[])
            .await
            .body
            .contains("运营者还没有填写名称")
    );

    let options = [
        "--operator-name",
        "示例研究小组",
        "--operator-contact",
        "hello@example.org",
    ];
    let site = TestSite::with_options(&options).await;
    let page = get(&site, "/zh/privacy", &[]).await;
    assert!(
        page.body
            .contains("示例研究小组，联系方式：hello@example.org")
    );
}

#[tokio::test]
async fn the_security_file_exists_once_there_is_somebody_to_write_to() {
    let path = "/.well-known/security.txt";
    let site = TestSite::new().await;
    get(&site, path, &[])
        .await
        .assert_status(StatusCode::NOT_FOUND);

    let site = TestSite::with_options(&["--operator-contact", "hello@example.org"]).await;
    let file = get(&site, path, &[]).await;
    assert!(file.body.contains("Contact: mailto:hello@example.org\n"));
    assert!(file.body.contains("Expires: 2027-05-22T00:00:00Z\n"));
}

#[tokio::test]
async fn the_site_calls_itself_by_the_address_it_listens_on_unless_told_another() {
    let contact = ["--operator-contact", "hello@example.org"];
    for (options, base) in [
        (&[][..], "http://127.0.0.1:3000"),
        (&["--addr", "127.0.0.1:4100"], "http://127.0.0.1:4100"),
        (&["--addr", "0.0.0.0:4100"], "http://127.0.0.1:4100"),
        (
            &[
                "--addr",
                "0.0.0.0:80",
                "--base-url",
                "https://survey.example.org/",
            ],
            "https://survey.example.org",
        ),
    ] {
        let site = TestSite::with_options(&[&contact, options].concat()).await;
        let file = get(&site, "/.well-known/security.txt", &[]).await;
        let line = format!("Canonical: {base}/.well-known/security.txt\n");
        assert!(file.body.contains(&line), "{}", file.body);
    }
}
