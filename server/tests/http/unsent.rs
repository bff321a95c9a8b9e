//! What somebody wrote is given back when it could not be taken at all.

use axum::http::StatusCode;
use partake_core::forum::Role;
use scraper::{Html, Selector};

use crate::{
    moderation::{Scene, account, scene},
    support::{Answer, TestSite},
};

const WRITTEN: &str = "A sentence </textarea><b>of mine</b>\nin two lines";

/// The texts of the page's fields, and the hidden ones as name and value.
fn fields(answer: &Answer) -> (Vec<String>, Vec<(String, String)>) {
    let page = Html::parse_document(&answer.body);
    let all = |css: &str| Selector::parse(css).unwrap();
    let texts = page
        .select(&all("main textarea"))
        .map(|area| area.text().collect::<String>())
        .map(|text| text.trim_start_matches('\n').to_owned())
        .collect();
    let hidden = page
        .select(&all("main input[type=hidden]"))
        .map(|input| {
            let of = |name| input.value().attr(name).unwrap_or_default().to_owned();
            (of("name"), of("value"))
        })
        .collect();
    (texts, hidden)
}

#[tokio::test]
async fn a_moderator_who_is_one_no_longer_keeps_the_sentence_and_decides_nothing() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { comment, id, .. } = scene(&mut ann).await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let decide = format!("/zh/moderation/comment/{id}");
    mia.get(&format!("{decide}?act=remove")).await;
    let store = &site.state.store;
    let mias = store.account_by_handle("mia").await.unwrap().unwrap().id;
    store.set_role(&mias, Role::Member).await.unwrap();
    let form = [
        ("act", "remove"),
        ("reason", "spam"),
        ("seen", "0"),
        ("note", WRITTEN),
    ];
    let refused = mia.post(&decide, &form).await;
    refused.assert_status(StatusCode::FORBIDDEN);
    assert!(refused.body.contains("没有做这件事的权限"));
    let (texts, _) = fields(&refused);
    assert_eq!(texts, [WRITTEN]);
    assert!(!refused.body.contains("再发一次"), "it would not help");
    assert!(!mia.get(&comment).await.body.contains("removed"));
}

#[tokio::test]
async fn who_was_signed_out_meanwhile_can_sign_in_elsewhere_and_send_it_again() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { id, .. } = scene(&mut ann).await;
    let decide = format!("/en/moderation/comment/{id}");
    let form = [
        ("act", "remove"),
        ("reason", "spam"),
        ("seen", "0"),
        ("note", WRITTEN),
    ];
    let mut nobody = site.visitor();
    let refused = nobody.post(&decide, &form).await;
    refused.assert_status(StatusCode::UNAUTHORIZED);
    assert!(refused.body.contains("href=\"/en/account?next="));
    let (texts, hidden) = fields(&refused);
    assert_eq!(texts, [WRITTEN]);
    let sent: Vec<_> = form[..3]
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    assert_eq!(hidden, sent);
    assert!(refused.body.contains(&format!("action=\"{decide}\"")));
    assert_eq!(
        refused.headers["cache-control"], "no-store",
        "nobody else finds it"
    );
}

#[tokio::test]
async fn a_sentence_that_is_too_long_to_be_kept_at_hand_is_still_in_its_field() {
    let site = TestSite::new().await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let long = "words and more words ".repeat(500);
    let form = [
        ("act", "add"),
        ("reason", "identifies"),
        ("lang", "zh"),
        ("body", &long),
    ];
    let refused = mia.post("/en/moderation/settings/sentences", &form).await;
    refused.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    let (texts, _) = fields(&refused);
    assert!(texts.contains(&long));
}
