//! What people are told in the site of what was decided, in both languages.

use axum::http::StatusCode;
use partake_core::forum::Role;

use crate::{
    casework::{configure, newest_act},
    moderation::{Scene, account, scene},
    support::{TestSite, Visitor},
};

async fn told(visitor: &mut Visitor<'_>, lang: &str) -> String {
    let page = visitor.get(&format!("/{lang}/discuss/notices")).await;
    page.assert_status(StatusCode::OK);
    page.body
}

#[tokio::test]
async fn a_decision_is_told_with_its_rule_its_sentence_and_the_way_to_appeal() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { id, .. } = scene(&mut ann).await;
    let mut ben = account(&site, "Ben", Role::Member).await;
    ben.submit(
        &format!("/en/discuss/1/{id}/report"),
        &[("reason", "abuse")],
    )
    .await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let remove = [
        ("act", "remove"),
        ("reason", "abuse"),
        ("note", "Speak of <b>the claim</b>."),
    ];
    mia.submit(&format!("/en/moderation/comment/{id}"), &remove)
        .await;
    let act = newest_act(&site).await;

    let english = told(&mut ann, "en").await;
    assert!(english.contains("Your comment was removed"), "{english}");
    assert!(english.contains("Attacking someone · abuse@1"), "{english}");
    assert!(english.contains("Speak of &lt;b&gt;the claim&lt;/b&gt;."));
    assert!(english.contains(&format!("href=\"/en/moderation/statement/{act}\"")));
    let chinese = told(&mut ann, "zh").await;
    assert!(chinese.contains("你的评论被移除了") && chinese.contains("abuse@1"));
    assert!(!english.contains("Mia"), "nobody's name");

    let english = told(&mut ben, "en").await;
    assert!(english.contains("Your report of a comment in “Who decides?” was answered"));
    assert!(english.contains("The comment was removed."));
    let chinese = told(&mut ben, "zh").await;
    assert!(chinese.contains("你对“Who decides?”里一条评论的举报有了结果"));
}

#[tokio::test]
async fn sanctions_releases_and_moves_lead_to_where_they_are_explained() {
    let site = TestSite::new().await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    configure(&mut mia, &[("premoderate", "newcomers")]).await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let form = [("about", ""), ("title", "Who decides?"), ("body", "Begin")];
    let opened = ann.post("/en/discuss/new", &form).await;
    let thread = opened.location().split('?').next().unwrap().to_owned();
    let number = thread.rsplit('/').next().unwrap().to_owned();
    let store = &site.state.store;
    let opening = store
        .thread(number.parse().unwrap(), Default::default())
        .await
        .unwrap()
        .unwrap()
        .opening;
    let mut ben = account(&site, "Ben", Role::Member).await;
    let outside = ben.get(&thread).await.body;
    assert!(outside.contains("title not shown until a moderator has looked"));
    assert!(!outside.contains("Who decides?"));

    mia.submit(
        &format!("/en/moderation/comment/{opening}"),
        &[("act", "approve")],
    )
    .await;
    let page = told(&mut ann, "en").await;
    assert!(page.contains("Your comment is published") && page.contains("Who decides?"));
    assert!(page.contains(&format!("/en/discuss/{number}/{opening}#c{opening}")));

    let to = [
        ("act", "move"),
        ("value", "employment"),
        ("note", "It asks about work."),
    ];
    mia.submit(&format!("/en/moderation/thread/{number}"), &to)
        .await;
    let page = told(&mut ann, "zh").await;
    assert!(page.contains("你发起的话题被移到了别处") && page.contains("It asks about work."));
    let log = site.visitor().get("/en/moderation/log").await.body;
    assert!(log.contains("from The survey as a whole to"), "{log}");

    let id = store.account_by_handle("ann").await.unwrap().unwrap().id;
    let silence = [
        ("act", "silence"),
        ("reason", "spam"),
        ("days", "1"),
        ("note", "Enough for today."),
    ];
    mia.submit(&format!("/en/moderation/account/{id}"), &silence)
        .await;
    let act = newest_act(&site).await;
    let page = told(&mut ann, "en").await;
    assert!(page.contains("You cannot write for now") && page.contains("Enough for today."));
    assert!(page.contains("until 2026-"), "{page}");
    assert!(page.contains(&format!("/en/moderation/statement/{act}")));
}

#[tokio::test]
async fn the_owner_is_out_of_reach_and_the_last_one_stays() {
    let site = TestSite::new().await;
    let mut olu = account(&site, "Olu", Role::Owner).await;
    let mut ola = account(&site, "Ola", Role::Owner).await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let store = &site.state.store;
    let id = |handle: &'static str| async move {
        store.account_by_handle(handle).await.unwrap().unwrap().id
    };
    let (first, second) = (id("olu").await, id("ola").await);
    let ban = [("act", "ban"), ("reason", "abuse"), ("days", "")];
    let path = |account: &str| format!("/en/moderation/account/{account}");
    mia.post(&path(&first), &ban)
        .await
        .assert_status(StatusCode::FORBIDDEN);
    for owner in [&first, &second] {
        olu.post(&path(owner), &ban)
            .await
            .assert_status(StatusCode::FORBIDDEN);
    }
    let leave = [("current", "seven grey herons wait"), ("words", "keep")];
    ola.post("/en/account/delete", &leave)
        .await
        .assert_status(StatusCode::SEE_OTHER);
    olu.post("/en/account/delete", &leave)
        .await
        .assert_status(StatusCode::CONFLICT);
    assert!(store.is_last_owner(&first).await.unwrap());
}
