//! Free texts from the respondent to the public list: read first, redacted, shuffled, and never by
//! fewer than ten.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use partake_core::{disclosure::Parameters, forum::Role, response::receipt::Receipt};
use partake_server::{release::Outcome, submission};
use serde_json::Value;

use crate::support::{
    Answer, TestSite, Visitor,
    people::{account, released, submit},
};

const QUESTION: &str = "open_condition";
const PAGE: &str = "/en/moderation/texts?question=open_condition";

/// No table is shown under these rules, so none has to be protected, which takes time.
fn texts_only() -> Parameters {
    Parameters {
        min_base: 1_000_000,
        min_split_base: 1_000_000,
        min_cohort: 1_000_000,
        ..Parameters::default()
    }
}

async fn release(site: &TestSite) -> (u32, usize, usize) {
    cut(site, &texts_only()).await
}

async fn cut(site: &TestSite, rules: &Parameters) -> (u32, usize, usize) {
    match released(site, 7, rules, false).await {
        Outcome::Cut(cut) => (cut.release, cut.texts, cut.texts_new),
        Outcome::TooFew => panic!("a release"),
    }
}

/// The list of the question in a release's file.
async fn list(site: &TestSite, release: u32) -> Vec<String> {
    let path = format!("/api/v1/releases/{release}/files/texts.json");
    let file = site.visitor().get(&path).await.json();
    let questions = file["questions"].as_array().expect("questions").iter();
    let of: Vec<&Value> = questions.filter(|q| q["question"] == QUESTION).collect();
    let texts = of[0]["texts"].as_array().expect("texts").iter();
    texts
        .map(|text| text.as_str().expect("a text").to_owned())
        .collect()
}

/// Ids and words of the texts that a page of the readers shows.
fn shown(page: &Answer) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for item in page.body.split("<article").skip(1) {
        let id = between(item, "name=\"text\" value=\"", "\"");
        let words = between(item, "class=\"as-written\">", "</p>");
        found.push((id, words));
    }
    found
}

fn between(text: &str, before: &str, after: &str) -> String {
    let (_, rest) = text.split_once(before).expect("the beginning");
    rest.split_once(after).expect("the end").0.to_owned()
}

/// Clears up to `count` texts of the question as they are.
async fn clear(reader: &mut Visitor<'_>, count: usize) -> usize {
    let mut cleared = 0;
    while cleared < count {
        let page = reader.get(PAGE).await;
        let texts = shown(&page);
        if texts.is_empty() {
            break;
        }
        for (id, words) in texts.into_iter().take(count - cleared) {
            let words = words.replace("&amp;", "&").replace("&#39;", "'");
            let form = [
                ("act", "publish"),
                ("text", id.as_str()),
                ("words", words.as_str()),
            ];
            let answer = reader.post("/en/moderation/texts", &form).await;
            answer.assert_status(StatusCode::SEE_OTHER);
            cleared += 1;
        }
    }
    cleared
}

#[tokio::test]
async fn texts_are_read_cleared_and_published_as_a_list_of_at_least_ten() {
    let site = TestSite::new().await;
    submit(&site, 150, 1).await;
    let mut rik = account(&site, "Rik", Role::Researcher).await;
    let page = rik.get("/en/moderation/texts").await;
    assert!(
        page.body.contains("No texts yet"),
        "nobody sees them come in"
    );
    assert!(rik.get("/en").await.body.contains("/en/moderation/texts"));

    release(&site).await;
    let page = rik.get(PAGE).await;
    assert_eq!(shown(&page).len(), 10, "a page of them");
    assert_eq!(clear(&mut rik, 9).await, 9);
    submit(&site, 60, 2).await;
    assert_eq!(release(&site).await.1, 0, "nine wait");
    let waits = site.visitor().get("/en/results/2/texts").await;
    assert!(waits.body.contains("There is no list yet"));
    let results = site.visitor().get("/en/results/2").await;
    assert!(results.body.contains("/en/results/2/texts#open_condition"));

    assert_eq!(clear(&mut rik, 3).await, 3);
    submit(&site, 60, 3).await;
    assert_eq!(release(&site).await, (3, 12, 12));
    let first = list(&site, 3).await;
    assert_eq!(first.len(), 12);
    let public = site.visitor().get("/zh/results/3/texts").await;
    assert_eq!(public.body.matches("class=\"as-written\"").count(), 12);

    // Fewer than ten more stay where they are; ten more join, and the order is another one.
    assert_eq!(clear(&mut rik, 9).await, 9);
    submit(&site, 60, 4).await;
    assert_eq!(release(&site).await, (4, 12, 0));
    let (before, again): (BTreeSet<_>, BTreeSet<_>) = (
        first.iter().cloned().collect(),
        list(&site, 4).await.into_iter().collect(),
    );
    assert_eq!(before, again);
    assert_eq!(clear(&mut rik, 1).await, 1);
    submit(&site, 60, 5).await;
    assert_eq!(release(&site).await, (5, 22, 10));
    assert_eq!(list(&site, 3).await, first, "a release never changes");
}

#[tokio::test]
async fn a_withdrawn_response_takes_its_texts_out_of_later_lists() {
    let site = TestSite::new().await;
    let receipts = submit(&site, 200, 1).await;
    release(&site).await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let cleared = clear(&mut mia, 400).await;
    submit(&site, 60, 2).await;
    assert_eq!(release(&site).await.2, cleared);
    let wave = site.state.surveys.featured().expect("a survey");
    let mut gone = 0;
    for receipt in &receipts[..100] {
        let id = [receipt.text_id(QUESTION)];
        let texts = site.state.store.response_texts(&id).await.unwrap();
        gone += texts.iter().filter(|text| text.may_show).count();
        submission::withdraw(&site.state.store, &wave.instrument, receipt)
            .await
            .unwrap();
    }
    assert!(gone > 5);
    submit(&site, 60, 3).await;
    assert_eq!(release(&site).await.1, cleared - gone);
}

#[tokio::test]
async fn words_that_were_not_written_are_refused_and_nothing_typed_is_lost() {
    let site = TestSite::new().await;
    submit(&site, 150, 1).await;
    release(&site).await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let texts = shown(&mia.get(PAGE).await);
    let (id, words) = &texts[0];
    let post = |words: &str| {
        let form = [("act", "publish"), ("text", id), ("words", words)];
        form.map(|(name, value)| (name, value.to_owned()))
    };
    for (typed, fault) in [
        ("I love <b>robots</b>", "are not the writer’s"),
        ("[…]", "Nothing would be left"),
        ("", "Nothing would be left"),
    ] {
        let form = post(typed);
        let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let answer = mia.post("/en/moderation/texts", &form).await;
        answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(fault), "{typed}: {}", answer.body);
        assert!(!answer.body.contains("<b>robots"), "it is escaped");
        if typed.starts_with('I') {
            assert!(answer.body.contains("I love &lt;b&gt;robots"), "it is kept");
        }
    }
    let half: String = words.chars().take(6).collect();
    let form = post(&format!("{half}[...]"));
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let page = mia.submit("/en/moderation/texts", &form).await;
    assert!(
        page.body
            .contains("Cleared. It will be on a list when at least 10")
    );
    let decided = mia.get("/en/moderation/texts?view=decided").await;
    assert!(decided.body.contains(&format!("{half}[…]")));

    let undo = [
        ("act", "reopen"),
        ("text", id.as_str()),
        ("view", "decided"),
    ];
    let page = mia.submit("/en/moderation/texts", &undo).await;
    assert!(page.body.contains("Taken back") && page.body.contains("Nothing decided yet"));
    mia.post("/en/moderation/texts", &undo)
        .await
        .assert_status(StatusCode::CONFLICT);

    let refuse = [("act", "refuse"), ("text", id.as_str())];
    let answer = mia.post("/zh/moderation/texts", &refuse).await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("请选一条规则"));
    let refuse = [refuse[0], refuse[1], ("reason", "identifies")];
    let page = mia.submit("/zh/moderation/texts", &refuse).await;
    assert!(page.body.contains("已拒绝"));
    let decided = mia.get("/zh/moderation/texts?view=decided").await;
    assert!(decided.body.contains("不展示："));
}

#[tokio::test]
async fn whoever_holds_the_code_of_a_text_sees_what_became_of_it() {
    let site = TestSite::new().await;
    let receipts = submit(&site, 150, 1).await;
    let told = async |receipt: &Receipt| {
        let form = [("code", receipt.to_string())];
        let form = form.each_ref().map(|(name, code)| (*name, code.as_str()));
        site.visitor().post("/en/response", &form).await.body
    };
    let agreed = async |receipt: &Receipt| {
        let id = [receipt.text_id(QUESTION)];
        let texts = site.state.store.response_texts(&id).await.unwrap();
        texts.first().map(|text| text.may_show)
    };
    let mut willing = Vec::new();
    let mut unwilling = None;
    for receipt in &receipts {
        match agreed(receipt).await {
            Some(true) => willing.push(receipt),
            Some(false) => unwilling = Some(receipt),
            None => {}
        }
    }
    let private = told(unwilling.expect("somebody who wants no reader")).await;
    assert!(private.contains("You did not allow it to be shown"));
    assert!(told(willing[0]).await.contains("Nobody has read it."));

    release(&site).await;
    assert!(told(willing[0]).await.contains("It waits to be read"));
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let hex =
        |receipt: &Receipt| format!("{:032x}", u128::from_be_bytes(receipt.text_id(QUESTION)));
    let refused = hex(willing[0]);
    let refuse = [
        ("act", "refuse"),
        ("text", refused.as_str()),
        ("reason", "identifies"),
    ];
    mia.submit("/en/moderation/texts", &refuse).await;
    let answer = told(willing[0]).await;
    assert!(
        answer.contains("is not shown: reveals who somebody is"),
        "{answer}"
    );

    assert!(clear(&mut mia, 400).await >= 10);
    assert!(told(willing[1]).await.contains("It was read and cleared"));
    submit(&site, 60, 2).await;
    release(&site).await;
    assert!(
        told(willing[1])
            .await
            .contains("on the public list since release 2")
    );
}

#[tokio::test]
async fn texts_are_closed_to_members_and_visitors() {
    let site = TestSite::new().await;
    submit(&site, 150, 1).await;
    release(&site).await;
    let mut visitor = site.visitor();
    let answer = visitor.get("/en/moderation/texts").await;
    answer.assert_status(StatusCode::SEE_OTHER);
    assert!(answer.location().contains("next=/en/moderation/texts"));
    let mut bea = account(&site, "Bea", Role::Member).await;
    bea.get("/en/moderation/texts")
        .await
        .assert_status(StatusCode::FORBIDDEN);
    let form = [("act", "publish"), ("text", "00"), ("words", "x")];
    let id = "0".repeat(32);
    let known = [("act", "publish"), ("text", id.as_str()), ("words", "x")];
    bea.post("/en/moderation/texts", &known)
        .await
        .assert_status(StatusCode::FORBIDDEN);
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    mia.post("/en/moderation/texts", &form)
        .await
        .assert_status(StatusCode::BAD_REQUEST);
    mia.post("/en/moderation/texts", &known)
        .await
        .assert_status(StatusCode::CONFLICT);
}

#[tokio::test]
async fn texts_that_were_read_after_the_survey_closed_still_come_out() {
    let site = TestSite::new().await;
    let receipts = submit(&site, 200, 1).await;
    cut(&site, &Parameters::default()).await;
    let wave = site.state.surveys.featured().expect("a survey");
    let store = &site.state.store;
    store.close_wave(&wave.survey, &wave.version).await.unwrap();
    site.state.surveys.reload(store).await.unwrap();
    cut(&site, &Parameters::default()).await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    assert_eq!(clear(&mut mia, 30).await, 30);
    let before = aggregates(&site, 2).await;
    // Somebody withdraws: the figures must not show the difference.
    withdraw(&site, &receipts[0]).await;
    let (number, all, new) = cut(&site, &Parameters::default()).await;
    assert!(number == 3 && new >= 29 && all == new, "{all} {new}");
    let mut after = aggregates(&site, 3).await;
    after["release"] = before["release"].clone();
    assert_eq!(after, before, "the figures are those of the release before");
    let again = released(&site, 8, &Parameters::default(), false).await;
    assert_eq!(again, Outcome::TooFew, "nothing new");
}

async fn aggregates(site: &TestSite, release: u32) -> Value {
    let path = format!("/api/v1/releases/{release}/aggregates");
    site.visitor().get(&path).await.json()
}

async fn withdraw(site: &TestSite, receipt: &Receipt) {
    let wave = site.state.surveys.featured().expect("a survey");
    submission::withdraw(&site.state.store, &wave.instrument, receipt)
        .await
        .unwrap();
}
