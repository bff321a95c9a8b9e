//! What the public sees of the answers: nothing before a release, one release after it, and not a
//! byte in between.

use crate::support::{
    Answer, TestSite,
    people::{released, submit},
};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use partake_core::{
    disclosure::Parameters, flow::assign, lang::Lang, response::receipt::Receipt,
    simulate::respondent,
};
use partake_server::{
    assets::sha256_hex,
    release::Outcome,
    submission::{self, Candidate},
};
use serde_json::Value;

const PUBLIC: &[&str] = &[
    "/zh/results",
    "/en/results",
    "/zh/data",
    "/en/data",
    "/api/v1/instrument",
    "/api/v1/releases",
    "/api/v1/surveys",
    "/zh/results/1",
    "/en/results/1",
    "/api/v1/releases/1/aggregates",
    "/api/v1/releases/1/files/aggregates.csv",
    "/api/v1/releases/1/files/aggregates.json",
    "/api/v1/releases/1/files/audit.json",
    "/en/results?by=gender",
    "/en/results/1/charts/employment",
    "/zh/results/1/charts/agency__j1.svg",
    "/zh/survey/background.csv",
    "/api/v1/releases/1/files/background.csv",
    "/api/v1/releases/1/files/codebook.csv",
    "/api/v1/releases/1/files/codebook.json",
    "/api/v1/releases/1/files/instrument.json",
    "/api/v1/releases/1/files/release.json",
    "/api/v1/releases/1/files/SHA256SUMS",
    "/zh/results/2",
    "/api/v1/releases/2/aggregates",
];

async fn release(site: &TestSite, seed: u64, dry_run: bool) -> Outcome {
    released(site, seed, &Parameters::default(), dry_run).await
}

async fn get(site: &TestSite, path: &str) -> Answer {
    site.visitor().get(path).await
}

async fn everything(site: &TestSite) -> Vec<(String, StatusCode, String)> {
    let mut all = Vec::new();
    for path in PUBLIC {
        let answer = get(site, path).await;
        let tag = answer
            .headers
            .get(header::ETAG)
            .map(|v| format!("{v:?}"))
            .unwrap_or_default();
        all.push(((*path).to_owned() + &tag, answer.status, answer.body));
    }
    all
}

#[tokio::test]
async fn before_the_first_release_the_page_says_why_it_waits_and_counts_only_in_tens_at_attempts() {
    let site = TestSite::new().await;
    let empty = get(&site, "/en/results").await;
    empty.assert_status(StatusCode::OK);
    assert!(empty.body.contains("No results yet"));
    assert!(!empty.body.contains("missing"));
    submit(&site, 41, 1).await;
    assert_eq!(get(&site, "/en/results").await.body, empty.body);
    assert_eq!(release(&site, 1, false).await, Outcome::TooFew);
    let waiting = get(&site, "/en/results").await.body;
    assert!(waiting.contains("up to 10 more answers were missing"));
    submit(&site, 8, 2).await;
    assert_eq!(release(&site, 2, false).await, Outcome::TooFew);
    assert_eq!(
        get(&site, "/en/results").await.body,
        waiting,
        "nine or one are both \"up to ten\""
    );
    assert_eq!(
        get(&site, "/en/results/1").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        get(&site, "/api/v1/releases").await.json()["releases"],
        Value::Array(vec![])
    );
}

#[tokio::test]
async fn fifty_answers_make_a_release_of_thirty() {
    let site = TestSite::new().await;
    submit(&site, 50, 1).await;
    let Outcome::Cut(cut) = release(&site, 1, false).await else {
        panic!("a release")
    };
    assert_eq!((cut.release, cut.n), (1, 30));
    assert_eq!(
        release(&site, 2, false).await,
        Outcome::TooFew,
        "twenty wait and are too few"
    );
}

#[tokio::test]
async fn a_dry_run_changes_nothing() {
    let site = TestSite::new().await;
    submit(&site, 60, 1).await;
    let before = everything(&site).await;
    let Outcome::Cut(cut) = release(&site, 1, true).await else {
        panic!("a release")
    };
    assert!(cut.dry_run);
    assert_eq!(everything(&site).await, before);
}

#[tokio::test]
async fn the_same_answers_and_the_same_draw_make_the_same_release() {
    let mut hashes = Vec::new();
    for _ in 0..2 {
        let site = TestSite::new().await;
        submit(&site, 80, 3).await;
        let Outcome::Cut(cut) = release(&site, 9, false).await else {
            panic!("a release")
        };
        hashes.push(cut.sha256);
    }
    assert_eq!(hashes[0], hashes[1]);
}

#[tokio::test]
async fn five_hundred_answers_make_a_release_that_every_route_shows() {
    let site = TestSite::new().await;
    submit(&site, 500, 1).await;
    let Outcome::Cut(cut) = release(&site, 1, false).await else {
        panic!("a release")
    };
    assert_eq!(cut.n, 480);

    let list = get(&site, "/api/v1/releases").await.json();
    assert_eq!(list["releases"][0]["n"], 480);
    assert_eq!(list["releases"][0]["date"], "2026-11-30");

    let aggregates = get(&site, "/api/v1/releases/1/aggregates").await;
    assert_eq!(
        list["releases"][0]["sha256"],
        sha256_hex(aggregates.body.as_bytes())
    );
    let tables = aggregates.json();
    assert_eq!((&tables["release"], &tables["n"]), (&1.into(), &480.into()));
    let mut shown = 0;
    for table in tables["tables"].as_array().expect("tables") {
        let split = !table["by"].is_null();
        assert!(
            table["base"].is_null()
                || table["base"]
                    .as_u64()
                    .is_some_and(|b| b >= 30 && b % 5 == 0)
        );
        for cell in table["cells"].as_array().expect("cells") {
            match cell["status"].as_str() {
                Some("shown") => {
                    shown += 1;
                    let count = cell["count"].as_u64().expect("a count");
                    assert!(count % 5 == 0 && count >= 10, "{table}");
                    assert_eq!(split, cell["by_code"].is_string(), "{table}");
                }
                Some("fewer_than_10") => assert!(cell["count"].is_null()),
                Some("withheld") => assert!(cell["count"].is_null() && cell["reason"].is_string()),
                other => panic!("{other:?}"),
            }
        }
    }
    assert!(shown > 200, "{shown}");
    assert!(
        tables["tables"]
            .as_array()
            .expect("tables")
            .iter()
            .any(|t| t["id"] == "agency__j1")
    );
    let total = tables["tables"]
        .as_array()
        .expect("tables")
        .iter()
        .filter(|t| t["id"] == "ai_use__by_gender" && t["by"] == "gender")
        .flat_map(|t| t["cells"].as_array().expect("cells"))
        .find(|c| c["by_code"] == "woman" && c["code"].is_null())
        .expect("the total of a group");
    assert!(total["count"].as_u64().is_some_and(|count| count > 100));

    let wave = site.state.surveys.featured().expect("a survey");
    for lang in ["zh", "en"] {
        let page = get(&site, &format!("/{lang}/results")).await;
        page.assert_status(StatusCode::OK);
        assert!(page.body.contains("480"));
        assert!(!page.body.contains("style=\""), "no inline style");
        assert!(!page.body.contains("{{"), "no open pipe");
        for missing in [">results-", "aria-label=\"results-"] {
            assert!(
                !page.body.contains(missing),
                "a text is missing: {}",
                around(&page.body, missing)
            );
        }
        for question in wave.instrument.questions().filter(|q| !q.is_text()) {
            let id = &question.id;
            assert!(page.body.contains(&format!("id=\"{id}\"")), "{id}");
            assert!(
                page.body
                    .contains(&format!("/{lang}/discuss/new?about=r1.{id}")),
                "{id}"
            );
        }
    }
}

/// A little of the text around a word, for the message.
fn around(text: &str, word: &str) -> String {
    text.find(word)
        .map(|at| {
            text.chars()
                .skip(text[..at].chars().count().saturating_sub(60))
                .take(160)
                .collect()
        })
        .unwrap_or_default()
}

#[tokio::test]
async fn the_downloads_are_what_their_checksums_say() {
    let site = TestSite::new().await;
    submit(&site, 60, 1).await;
    release(&site, 1, false).await;
    let sums = get(&site, "/api/v1/releases/1/files/SHA256SUMS").await;
    assert!(sums.body.lines().count() >= 6);
    let page = get(&site, "/en/data").await;
    for line in sums.body.lines() {
        let (sum, name) = line.split_once("  ").expect("sum and name");
        let file = get(&site, &format!("/api/v1/releases/1/files/{name}")).await;
        file.assert_status(StatusCode::OK);
        assert_eq!(sha256_hex(file.body.as_bytes()), sum, "{name}");
        assert_eq!(file.headers[header::ETAG], format!("\"{sum}\""));
        let disposition = file.headers[header::CONTENT_DISPOSITION]
            .to_str()
            .expect("ASCII");
        let (_, last) = name.rsplit_once('/').unwrap_or(("", name));
        assert!(disposition.contains(last), "{name}: {disposition}");
        assert!(page.body.contains(sum), "{name}");
    }
    let csv = get(&site, "/api/v1/releases/1/files/aggregates.csv").await;
    assert!(csv.body.starts_with("\u{feff}release,n,table,"));
}

#[tokio::test]
async fn a_caller_who_has_it_is_told_so() {
    let site = TestSite::new().await;
    submit(&site, 60, 1).await;
    release(&site, 1, false).await;
    for path in [
        "/api/v1/instrument",
        "/api/v1/releases",
        "/api/v1/surveys",
        "/api/v1/releases/1/aggregates",
    ] {
        let first = get(&site, path).await;
        let etag = first.headers.get(header::ETAG).expect("a tag").clone();
        let request = Request::builder()
            .method(Method::GET)
            .uri(path)
            .header(header::IF_NONE_MATCH, etag)
            .body(Body::empty())
            .expect("a request");
        let again = site.send(request).await;
        assert_eq!(
            (again.status, again.body.len()),
            (StatusCode::NOT_MODIFIED, 0),
            "{path}"
        );
        let caching = first.headers[header::CACHE_CONTROL]
            .to_str()
            .expect("ASCII");
        assert_eq!(
            caching.contains("immutable"),
            path.contains("aggregates"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_in_the_language_asked_for() {
    let site = TestSite::new().await;
    for path in [
        "/api/v1/releases/1/aggregates",
        "/api/v1/releases/x/aggregates",
        "/api/v1/releases/0/aggregates",
        "/api/v1/releases/1/files/aggregates.json",
        "/api/v1/surveys/nowhere/releases",
    ] {
        let answer = get(&site, &format!("{path}?lang=zh")).await;
        answer.assert_status(StatusCode::NOT_FOUND);
        assert_eq!(answer.json()["error"], "not_found", "{path}");
        assert!(
            answer.json()["message"]
                .as_str()
                .is_some_and(|m| !m.is_ascii()),
            "{path}"
        );
    }
}

#[tokio::test]
async fn every_survey_answers_under_its_own_name_too() {
    let site = TestSite::new().await;
    submit(&site, 60, 1).await;
    release(&site, 1, false).await;
    let survey = site
        .state
        .surveys
        .featured()
        .expect("a survey")
        .survey
        .clone();
    for tail in [
        "instrument",
        "releases",
        "releases/1/aggregates",
        "releases/1/files/codebook.csv",
    ] {
        let short = get(&site, &format!("/api/v1/{tail}")).await;
        let long = get(&site, &format!("/api/v1/surveys/{survey}/{tail}")).await;
        short.assert_status(StatusCode::OK);
        assert_eq!(short.body, long.body, "{tail}");
    }
    let page = get(&site, &format!("/zh/s/{survey}/results")).await;
    page.assert_status(StatusCode::OK);
    assert!(
        page.body
            .contains(&format!("/zh/s/{survey}/discuss/new?about=r1.employment"))
    );
    get(&site, &format!("/zh/s/{survey}/data"))
        .await
        .assert_status(StatusCode::OK);
}

#[tokio::test]
async fn one_more_answer_moves_no_public_byte_until_a_release_is_made() {
    let site = TestSite::new().await;
    let empty = everything(&site).await;
    submit(&site, 99, 1).await;
    assert_eq!(everything(&site).await, empty, "before the first release");
    release(&site, 1, false).await;
    let first = everything(&site).await;
    assert_ne!(first, empty);
    for seed in 100..105 {
        submit(&site, 1, seed).await;
        assert_eq!(everything(&site).await, first, "after one more answer");
    }
    submit(&site, 100, 7).await;
    assert_eq!(everything(&site).await, first);
    release(&site, 2, false).await;
    let second = everything(&site).await;
    assert_ne!(second, first);
    // What was released before stays as it was, the list of releases on its page aside.
    for ((path, _, body), (_, _, before)) in second.iter().zip(&first) {
        if path.starts_with("/api/v1/releases/1/") {
            assert_eq!(body, before, "{path}");
        }
    }
}

#[tokio::test]
async fn a_withdrawn_answer_leaves_the_later_releases_and_not_the_earlier_ones() {
    let site = TestSite::new().await;
    let receipts = submit(&site, 50, 1).await;
    release(&site, 1, false).await;
    let before = get(&site, "/api/v1/releases/1/aggregates").await.body;
    let wave = site.state.surveys.featured().expect("a survey");
    for receipt in &receipts {
        submission::withdraw(&site.state.store, &wave.instrument, receipt)
            .await
            .expect("withdrawn");
    }
    assert_eq!(
        get(&site, "/api/v1/releases/1/aggregates").await.body,
        before
    );
    submit(&site, 60, 2).await;
    let Outcome::Cut(cut) = release(&site, 2, false).await else {
        panic!("a release")
    };
    assert_eq!(
        cut.n, 40,
        "the fifty are gone, and twenty of the sixty wait"
    );
}

#[tokio::test]
async fn a_released_answer_cannot_be_changed_but_can_still_be_withdrawn() {
    let site = TestSite::new().await;
    let receipts = submit(&site, 60, 5).await;
    release(&site, 1, false).await;

    let mut frozen = Vec::new();
    for receipt in &receipts {
        let code = receipt.to_string();
        let page = site
            .visitor()
            .post("/en/response/change", &[("code", &code)])
            .await;
        if page.status == StatusCode::CONFLICT {
            assert!(page.body.contains("it can no longer be changed"));
            frozen.push(code);
        } else {
            page.assert_status(StatusCode::OK);
        }
    }
    assert_eq!(frozen.len(), 40, "20 wait and can be changed");

    let code = &frozen[0];
    let gone = site
        .visitor()
        .post("/en/response/withdraw", &[("code", code), ("sure", "yes")])
        .await;
    gone.assert_status(StatusCode::OK);
    assert!(gone.body.contains("cannot be recalled"));
    let looked_up = site.visitor().post("/en/response", &[("code", code)]).await;
    looked_up.assert_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_results_can_be_split_by_a_background_question_and_by_nothing_else() {
    let site = TestSite::new().await;
    submit(&site, 500, 1).await;
    release(&site, 1, false).await;
    let page = get(&site, "/en/results?by=gender").await;
    page.assert_status(StatusCode::OK);
    assert!(page.body.contains("aria-label=\"Woman\""));
    assert!(page.body.contains("Not shown: "), "small groups are named");
    assert!(page.body.contains("cannot be split"), "votes say why");
    assert!(!page.body.contains(">results-"), "a text is missing");
    for by in ["ai_use", "nothing", "agency__j1", ""] {
        get(&site, &format!("/en/results?by={by}"))
            .await
            .assert_status(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn those_who_passed_the_attention_check_are_shown_beside_everybody_else() {
    let site = TestSite::new().await;
    submit(&site, 1_000, 1).await;
    release(&site, 1, false).await;
    for (lang, choice, passed, rest, flag) in [
        (
            "en",
            ">Attention check<",
            "Passed the attention check",
            "Everyone else",
            "Nobody is left out",
        ),
        (
            "zh",
            ">注意力检查<",
            "通过了注意力检查的人",
            "其余的人",
            "不会因此剔除任何人",
        ),
    ] {
        let whole = get(&site, &format!("/{lang}/results")).await;
        assert!(whole.body.contains(choice), "it can be chosen");
        assert!(!whole.body.contains(flag));
        let page = get(&site, &format!("/{lang}/results?by=agency__att")).await;
        page.assert_status(StatusCode::OK);
        for said in [passed, rest, flag] {
            assert!(page.body.contains(said), "{lang}: {said}");
        }
    }
    let csv = get(&site, "/api/v1/releases/1/files/tables/ai_use.csv").await;
    csv.assert_status(StatusCode::OK);
    assert!(
        csv.body
            .contains("agency__att,otherwise,其余的人,Everyone else")
    );

    let published = get(&site, "/api/v1/releases/1/aggregates").await.json();
    let tables = published["tables"].as_array().expect("tables");
    let shown = tables
        .iter()
        .filter(|t| t["by"] == "agency__att" && !t["base"].is_null());
    assert!(shown.count() > 20, "most tables have the split");
}

#[tokio::test]
async fn the_audit_names_every_hidden_cell_of_the_tables_that_are_shown() {
    let site = TestSite::new().await;
    submit(&site, 500, 1).await;
    release(&site, 1, false).await;
    let published = get(&site, "/api/v1/releases/1/aggregates").await.json();
    let audit = get(&site, "/api/v1/releases/1/files/audit.json")
        .await
        .json();
    let of = |table: &Value, field: &str| -> Vec<String> {
        let cells = table[field].as_array().expect("cells").iter();
        cells
            .filter(|c| c["status"] != "shown")
            .map(|c| format!("{} {} {}", table["id"], c["code"], c["by_code"]))
            .collect()
    };
    let tables = |json: &Value| json["tables"].as_array().expect("tables").clone();
    let hidden: Vec<_> = tables(&published)
        .iter()
        .filter(|t| !t["base"].is_null())
        .flat_map(|t| of(t, "cells"))
        .collect();
    let audited: Vec<_> = tables(&audit).iter().flat_map(|t| of(t, "cells")).collect();
    assert_eq!(hidden, audited);
    assert_eq!(audit["hidden"], hidden.len());
    for table in tables(&audit) {
        for cell in table["cells"].as_array().expect("cells") {
            let bound = |name: &str| cell[name].as_u64().expect("a bound");
            assert!(bound("high") - bound("low") >= 5, "{table}");
        }
    }
}

#[tokio::test]
async fn once_a_survey_is_closed_the_rest_goes_out_and_nothing_comes_in() {
    let site = TestSite::new().await;
    submit(&site, 60, 1).await;
    release(&site, 1, false).await;
    let wave = site.state.surveys.featured().expect("a survey");
    let store = &site.state.store;
    store
        .close_wave(&wave.survey, &wave.version)
        .await
        .expect("it closes");
    site.state.surveys.reload(store).await.expect("it is seen");

    let page = get(&site, "/en/survey").await;
    assert!(page.body.contains("This survey is closed"));
    get(&site, "/en/results")
        .await
        .assert_status(StatusCode::OK);
    let Outcome::Cut(last) = release(&site, 2, false).await else {
        panic!("the twenty that were held back")
    };
    assert_eq!((last.release, last.n), (2, 60));
    let manifest = get(&site, "/api/v1/releases/2/files/release.json").await;
    assert_eq!(manifest.json()["closing"], true);
    assert_eq!(manifest.json()["looser_than_promised"], false);
    assert_eq!(release(&site, 3, false).await, Outcome::TooFew);

    let (seed, answers) = respondent(&wave.instrument, Lang::En, &mut || 7);
    let late = Candidate {
        lang: Lang::En,
        seed,
        assignment: assign(&wave.instrument, seed),
        answers,
        only_asked: false,
        receipt: Receipt::from_bytes([9; 16]),
        pace: Default::default(),
    };
    let refused = submission::submit(store, &wave, late).await;
    assert!(matches!(refused, Err(submission::SubmissionError::Closed)));
}

#[tokio::test]
async fn a_looser_rule_is_named_on_the_page_and_in_the_file() {
    let site = TestSite::new().await;
    submit(&site, 60, 1).await;
    let rules = Parameters {
        hold_back: 5,
        ..Parameters::default()
    };
    released(&site, 1, &rules, false).await;
    let manifest = get(&site, "/api/v1/releases/1/files/release.json").await;
    assert_eq!(manifest.json()["looser_than_promised"], true);
    let page = get(&site, "/en/results").await;
    assert!(page.body.contains("a looser rule"));
    let page = get(&site, "/zh/data").await;
    assert!(page.body.contains("宽松"));
}
