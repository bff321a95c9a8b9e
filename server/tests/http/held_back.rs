//! What people are told before they run into a limit, and when something holds them back.

use axum::http::StatusCode;
use partake_core::forum::Role;

use crate::{
    casework::{configure, newest_act},
    moderation::{Scene, account, scene},
    support::TestSite,
};

#[tokio::test]
async fn whoever_is_held_back_is_told_how_far_until_when_and_what_to_do() {
    let site = TestSite::new().await;
    let mut host = account(&site, "Hostess", Role::Member).await;
    let Scene {
        thread, comment, ..
    } = scene(&mut host).await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    for (act, days, said, link) in [
        ("warn", "", "You have been warned", "Read and acknowledge"),
        ("silence", "7", "cannot write until 20", "Read why"),
        ("suspend", "7", "is suspended until 20", "Read why"),
        ("ban", "", "is banned: you can read", "Read why"),
    ] {
        let handle = format!("Some-{act}");
        let mut person = account(&site, &handle, Role::Member).await;
        let store = &site.state.store;
        let id = store
            .account_by_handle(&handle.to_lowercase())
            .await
            .unwrap();
        let id = id.unwrap().id;
        let form = [
            ("act", act),
            ("reason", "abuse"),
            ("days", days),
            ("note", ""),
        ];
        mia.submit(&format!("/en/moderation/account/{id}"), &form)
            .await;
        let statement = format!("/en/moderation/statement/{}", newest_act(&site).await);
        for page in [
            thread.as_str(),
            comment.as_str(),
            "/en/discuss/new",
            "/en/moderation/mine",
        ] {
            let told = person.get(page).await.body;
            assert!(told.contains(said), "{act} on {page}");
            assert!(told.contains(link) && told.contains(&statement), "{act}");
            assert!(
                !told.contains("name=\"body\""),
                "{act}: no form that leads to nothing"
            );
            assert!(!told.contains("may still"), "{act}: no promise");
        }
    }
}

#[tokio::test]
async fn a_newcomer_knows_the_limits_before_writing() {
    let site = TestSite::new().await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let Scene { thread, .. } = scene(&mut mia).await;
    configure(&mut mia, &[("premoderate", "newcomers"), ("rate", "2")]).await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    for page in [thread.as_str(), "/en/discuss/new"] {
        let page = ann.get(page).await.body;
        assert!(page.contains("first comments of newcomers"));
        assert!(
            page.contains("may have 2 links") || page.contains("may have \u{2068}2\u{2069} links")
        );
        assert!(page.contains("are published at once; further ones wait"));
    }
}

#[tokio::test]
async fn whoever_reports_their_own_words_is_told_what_to_do_instead() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { comment, .. } = scene(&mut ann).await;
    let report = format!("{comment}/report");
    let sent = [("reason", "spam"), ("note", "")];
    for answer in [ann.get(&report).await, ann.post(&report, &sent).await] {
        answer.assert_status(StatusCode::FORBIDDEN);
        assert!(
            answer
                .body
                .contains("This is your own comment: there is no need")
        );
    }
}
