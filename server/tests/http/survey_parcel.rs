//! The runner's submission over HTTP: checked like a form, stored once.

use axum::{
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use partake_core::response::receipt::Receipt;
use tower::ServiceExt as _;

use crate::support::{TestSite, form_body};

fn json(lang: &str, body: &serde_json::Value) -> Request<Body> {
    Request::post(format!("/{lang}/survey/receipt"))
        .header(header::HOST, "127.0.0.1:3000")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body.to_string()))
        .expect("a request")
}

#[tokio::test]
async fn the_runners_parcel_is_checked_like_a_form_and_stored_once() {
    let site = TestSite::new().await;
    let wave = site.state.surveys.featured().expect("a survey");
    let receipt = Receipt::from_bytes([8; 16]).to_string();
    let mut parcel = serde_json::json!({
        "survey": wave.survey, "version": wave.version, "seed": 7, "receipt": receipt,
        "answers": { "employment": { "code": "retired" }, "ai_use": { "code": "never" } },
    });
    let answer = site.send(json("zh", &parcel)).await;
    answer.assert_status(StatusCode::OK);
    assert_eq!(answer.json()["outcome"], "new");
    assert_eq!(
        site.send(json("zh", &parcel)).await.json()["outcome"],
        "already"
    );

    parcel["answers"]["age_band"] = serde_json::json!({ "code": "a65" });
    assert_eq!(
        site.send(json("zh", &parcel)).await.json()["outcome"],
        "changed"
    );

    parcel["answers"]["ai_use"] = serde_json::json!({ "code": "sometimes" });
    let answer = site.send(json("en", &parcel)).await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    let body = answer.json();
    assert_eq!(body["error"], "invalid_answers");
    assert_eq!(body["faults"][0]["question"], "ai_use");
    assert!(
        body["message"]
            .as_str()
            .expect("text")
            .contains("not one of the options")
    );

    parcel["answers"] = serde_json::json!({
        "employment": { "code": "retired" }, "ai_use": { "code": "never" },
        "supervise": { "code": "s10" },
    });
    let answer = site.send(json("en", &parcel)).await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);

    parcel["version"] = serde_json::json!("0.0.0");
    assert_eq!(
        site.send(json("en", &parcel)).await.json()["error"],
        "unknown_version"
    );
    let cut_off = json("en", &serde_json::json!(1));
    assert!(site.send(cut_off).await.status.is_client_error());
}

#[tokio::test]
async fn two_answers_to_one_question_are_refused_and_neither_is_stored() {
    let site = TestSite::new().await;
    let wave = site.state.surveys.featured().expect("a survey");
    let receipt = Receipt::from_bytes([9; 16]).to_string();
    let once = serde_json::json!({
        "survey": wave.survey, "version": wave.version, "seed": 7, "receipt": receipt,
        "answers": { "employment": { "code": "retired" }, "ai_use": { "code": "never" } },
    });
    let twice = once
        .to_string()
        .replace(r#""ai_use":"#, r#""ai_use":{"code":"daily"},"ai_use":"#);
    let mut request = json("zh", &once);
    *request.body_mut() = Body::from(twice);
    let refused = site.send(request).await;
    refused.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json()["error"], "bad_request");
    let answer = site.send(json("zh", &once)).await;
    assert_eq!(answer.json()["outcome"], "new", "{}", answer.body);
}

#[tokio::test]
async fn signs_that_hide_or_turn_a_text_are_refused_and_alone_are_no_answer() {
    let site = TestSite::new().await;
    let wave = site.state.surveys.featured().expect("a survey");
    let parcel = |secret: u8, text: &str| {
        json(
            "en",
            &serde_json::json!({
                "survey": wave.survey, "version": wave.version, "seed": 7,
                "receipt": Receipt::from_bytes([secret; 16]).to_string(),
                "answers": { "employment": { "code": "retired" }, "ai_use": { "code": "never" },
                    "open_condition": { "text": text } },
            }),
        )
    };
    for text in [
        "a\u{202E}b",
        "a\u{200B}b",
        "\u{2066}ab",
        "a\u{FEFF}b",
        "a\u{FFFD}b",
    ] {
        let refused = site.send(parcel(1, text)).await;
        refused.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
        let body = refused.json();
        assert_eq!(body["faults"][0]["question"], "open_condition", "{text:?}");
        assert_eq!(body["faults"][0]["code"], "not_text");
    }
    for (secret, text) in [(2, "\u{200B}\u{2060}"), (3, "\u{200D}")] {
        let answer = site.send(parcel(secret, text)).await;
        answer.assert_status(StatusCode::OK);
        let code = Receipt::from_bytes([secret; 16]).to_string();
        let page = site
            .visitor()
            .post("/en/response", &[("code", &code)])
            .await;
        assert!(!page.body.contains(text), "{text:?} is stored");
    }
    let joined = "👨\u{200D}👩\u{200D}👧 می\u{200C}خواهم";
    let answer = site.send(parcel(4, joined)).await;
    answer.assert_status(StatusCode::OK);
    let code = Receipt::from_bytes([4; 16]).to_string();
    let page = site
        .visitor()
        .post("/en/response", &[("code", &code)])
        .await;
    assert!(page.body.contains(joined), "joiners belong to the text");
}

#[tokio::test]
async fn bytes_that_are_no_text_are_refused_and_nothing_is_stored() {
    let site = TestSite::new().await;
    let wave = site.state.surveys.featured().expect("a survey");
    let receipt = Receipt::from_bytes([5; 16]).to_string();
    let parcel = serde_json::json!({
        "survey": wave.survey, "version": wave.version, "seed": 7, "receipt": receipt,
        "answers": { "employment": { "code": "retired" }, "ai_use": { "code": "never" },
            "open_condition": { "text": "HERE" } },
    });
    let whole = parcel.to_string();
    let (before, after) = whole.split_once("HERE").expect("the text");
    let cut_in_half = [before.as_bytes(), b"\xE4\xBD", after.as_bytes()].concat();
    let half_a_pair = whole.replace("HERE", r"\ud83d").into_bytes();
    for bytes in [cut_in_half, half_a_pair] {
        let mut request = json("zh", &parcel);
        *request.body_mut() = Body::from(bytes);
        let refused = site.send(request).await;
        assert!(refused.status.is_client_error(), "{}", refused.status);
        assert_eq!(refused.json()["error"], "bad_request");
    }
    let page = site
        .visitor()
        .post("/en/response", &[("code", &receipt)])
        .await;
    page.assert_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_runner_gets_one_language_and_only_what_it_needs() {
    let site = TestSite::new().await;
    let wave = site.state.surveys.featured().expect("a survey");
    let path = format!("/en/survey/instrument/{}", wave.version);
    let request = Request::get(&path).header(header::HOST, "127.0.0.1:3000");
    let request = request.body(Body::empty()).expect("a request");
    let answer = site
        .router
        .clone()
        .oneshot(request)
        .await
        .expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
    let body = to_bytes(answer.into_body(), usize::MAX)
        .await
        .expect("a body");
    let chinese = "你".as_bytes();
    assert!(
        !body.windows(chinese.len()).any(|at| at == chinese),
        "no Chinese on an English page"
    );
    let sent = partake_core::instrument::from_wire(&body).expect("an instrument");
    assert_eq!(sent.sections.len(), wave.instrument.sections.len());
    let (sent, whole) = (body.len(), wave.json.len());
    assert!(sent * 2 < whole, "{sent} of {whole} bytes");
    site.visitor()
        .get("/en/survey/instrument/0")
        .await
        .assert_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn requests_that_no_form_makes_are_refused_in_the_pages_language() {
    let site = TestSite::new().await;
    let request = |method: Method, body: String, site_header: &str| {
        Request::builder()
            .method(method)
            .uri("/zh/survey/s1_you")
            .header(header::HOST, "127.0.0.1:3000")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", site_header)
            .body(Body::from(body))
            .expect("a request")
    };
    let large = form_body(&[("state", &"x".repeat(300_000))]);
    let answer = site.send(request(Method::POST, large, "same-origin")).await;
    answer.assert_status(StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("内容太大了"));
    let answer = site
        .send(request(Method::PUT, String::new(), "same-origin"))
        .await;
    answer.assert_status(StatusCode::METHOD_NOT_ALLOWED);
    assert!(answer.body.contains("这个地址不接受这种请求"));
    let answer = site
        .send(request(Method::POST, String::new(), "cross-site"))
        .await;
    answer.assert_status(StatusCode::FORBIDDEN);
    assert!(answer.body.contains("请求被拦下了"));
}
