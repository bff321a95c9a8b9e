//! What the discussion makes of requests that come too late, twice, or from nowhere.

use axum::http::StatusCode;
use partake_store::forum::Reader;
use sea_orm::ConnectionTrait as _;

use crate::{
    forum::{member, reply, thread},
    support::{TestSite, Visitor},
};

async fn score(site: &TestSite, path: &str) -> i64 {
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let comment = site.state.store.comment(id, Reader::default()).await;
    comment.unwrap().unwrap().score
}

#[tokio::test]
async fn a_vote_that_is_replayed_counts_once_for_an_opening_as_for_a_comment() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let mut ben = member(&site, "Ben").await;
    let path = thread(&mut ann, "Who decides?", "opening").await;
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let store = &site.state.store;
    let opening = store
        .thread(id, Reader::default())
        .await
        .unwrap()
        .unwrap()
        .opening;
    let comment = reply(&mut ann, &path, "we do").await;
    for voted in [format!("{path}/{opening}"), comment] {
        let act = format!("{voted}/vote");
        for (vote, counts) in [("up", 1), ("down", -1), ("up", 1), ("none", 0)] {
            for _ in 0..3 {
                ben.post(&act, &[("vote", vote)])
                    .await
                    .assert_status(StatusCode::SEE_OTHER);
                assert_eq!(score(&site, &voted).await, counts, "{voted} {vote}");
            }
        }
        ann.post(&act, &[("vote", "up")])
            .await
            .assert_status(StatusCode::FORBIDDEN);
        ben.post(&act, &[("vote", "1000")])
            .await
            .assert_status(StatusCode::BAD_REQUEST);
        assert_eq!(score(&site, &voted).await, 0);
    }
}

#[tokio::test]
async fn a_vote_of_a_session_that_ended_or_on_what_is_gone_counts_nothing() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let mut ben = member(&site, "Ben").await;
    let path = thread(&mut ann, "Who decides?", "opening").await;
    let comment = reply(&mut ann, &path, "we do").await;
    reply(&mut ben, &comment, "so that it stays as a placeholder").await;
    ben.post("/en/account/sign-out", &[]).await;
    let vote = format!("{comment}/vote");
    let answer = ben.post(&vote, &[("vote", "up")]).await;
    answer.assert_status(StatusCode::SEE_OTHER);
    assert!(answer.location().starts_with("/en/account"), "to sign in");
    assert_eq!(score(&site, &comment).await, 0);
    ann.post(&format!("{comment}/delete"), &[]).await;
    let mut annabel = member(&site, "Annabel").await;
    annabel
        .post(&vote, &[("vote", "up")])
        .await
        .assert_status(StatusCode::CONFLICT);
    annabel
        .post(&format!("{path}/999999/vote"), &[("vote", "up")])
        .await
        .assert_status(StatusCode::NOT_FOUND);
    assert_eq!(score(&site, &comment).await, 0);
}

#[tokio::test]
async fn a_reply_to_what_was_deleted_or_is_missing_keeps_its_text_and_can_go_to_the_thread() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let mut ben = member(&site, "Ben").await;
    let path = thread(&mut ann, "Who decides?", "opening").await;
    let placeholder = reply(&mut ann, &path, "stays as a placeholder").await;
    reply(&mut ben, &placeholder, "because of this").await;
    let missing = reply(&mut ann, &path, "leaves nothing").await;
    for comment in [&placeholder, &missing] {
        ann.post(&format!("{comment}/delete"), &[])
            .await
            .assert_status(StatusCode::SEE_OTHER);
    }
    for comment in [&placeholder, &missing, &format!("{path}/999999")] {
        let answer = ben
            .post(&format!("{comment}/reply"), &[("body", "a long <thought>")])
            .await;
        answer.assert_status(StatusCode::CONFLICT);
        assert!(
            answer.body.contains("a long &lt;thought&gt;"),
            "{}",
            answer.body
        );
        assert!(answer.body.contains("you can post it to the thread"));
        assert!(answer.body.contains(&format!("action=\"{path}/reply\"")));
    }
    // A comment of another thread is missing in this one.
    let other = thread(&mut ann, "Another thread", "opening").await;
    let elsewhere = reply(&mut ann, &other, "elsewhere").await;
    let id = elsewhere.rsplit('/').next().unwrap();
    ben.post(&format!("{path}/{id}/reply"), &[("body", "kept")])
        .await
        .assert_status(StatusCode::CONFLICT);
    ben.post("/en/discuss/999999/1/reply", &[("body", "kept")])
        .await
        .assert_status(StatusCode::NOT_FOUND);
}

/// A cursor in which one digit after the other was changed, cut off or added.
fn forgeries(good: &str) -> Vec<String> {
    let mut forged: Vec<String> = (0..good.len())
        .flat_map(|at| ["0", "8", "f", "z"].map(|digit| (at, digit)))
        .map(|(at, digit)| {
            let mut text = good.to_owned();
            text.replace_range(at..=at, digit);
            text
        })
        .collect();
    forged.extend([
        good[1..].to_owned(),
        format!("{good}0"),
        good.to_uppercase(),
        "%00".to_owned(),
        "%E4%BD%A0".repeat(36),
        "ff".repeat(36),
        "' OR 1=1 --".replace(' ', "%20"),
    ]);
    forged
}

async fn read_or_refused(visitor: &mut Visitor<'_>, path: &str) {
    let answer = visitor.get(path).await;
    assert!(
        matches!(answer.status, StatusCode::OK | StatusCode::BAD_REQUEST),
        "{path}: {}",
        answer.status
    );
}

#[tokio::test]
async fn a_cursor_that_was_made_up_gives_a_page_or_a_refusal_on_every_list() {
    let site = TestSite::new().await;
    let wave = site.state.surveys.featured().unwrap();
    let plan = partake_server::simulate_forum::Plan {
        threads: 40,
        comments: 800,
        reports: 0,
        seed: 3,
    };
    let now = site.state.clock.now_ms();
    partake_server::simulate_forum::run(&site.state.store, &wave, plan, now)
        .await
        .unwrap();
    let mut visitor = site.visitor();
    for sort in ["best", "new", "old", "active"] {
        let first = format!("/api/v1/threads/1/comments?sort={sort}");
        let answer = visitor.get(&first).await.json();
        let next = answer["next"].as_str().unwrap().to_owned();
        for forged in forgeries(&next).into_iter().step_by(5) {
            read_or_refused(&mut visitor, &format!("{first}&cursor={forged}")).await;
        }
        let page = format!("/zh/discuss/1?sort={sort}");
        for forged in forgeries(&next).into_iter().step_by(31) {
            read_or_refused(&mut visitor, &format!("{page}&cursor={forged}")).await;
        }
    }
    let threads = visitor.get("/api/v1/threads").await.json();
    let next = threads["next"].as_str().unwrap();
    for forged in forgeries(next).into_iter().step_by(3) {
        read_or_refused(&mut visitor, &format!("/api/v1/threads?cursor={forged}")).await;
        // A cursor of one list is worth nothing in another.
        read_or_refused(
            &mut visitor,
            &format!("/api/v1/moderation/log?cursor={forged}"),
        )
        .await;
    }
    for list in [
        "/en/discuss?",
        "/en/discuss/search?q=%E8%B4%A3%E4%BB%BB&",
        "/en/moderation/log?",
    ] {
        for forged in forgeries(next).into_iter().step_by(17) {
            read_or_refused(&mut visitor, &format!("{list}cursor={forged}")).await;
        }
    }
    let mut ann = member(&site, "Ann").await;
    for list in [
        "/en/discuss/notices?",
        "/en/account/votes?",
        "/en/account/reports?",
    ] {
        for forged in forgeries(next).into_iter().step_by(17) {
            read_or_refused(&mut ann, &format!("{list}cursor={forged}")).await;
        }
    }
}

#[tokio::test]
async fn an_edit_whose_session_was_revoked_meanwhile_is_kept_until_after_signing_in() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let path = thread(&mut ann, "Who decides?", "opening").await;
    let comment = reply(&mut ann, &path, "the first version").await;
    let edit = format!("{comment}/edit");
    ann.get(&edit).await.assert_status(StatusCode::OK);
    let store = &site.state.store;
    let account = store.account_by_handle("ann").await.unwrap().unwrap();
    store.delete_sessions_of(&account.id).await.unwrap();
    let answer = ann
        .post(&edit, &[("body", "the second & better version")])
        .await;
    answer.assert_status(StatusCode::UNAUTHORIZED);
    assert!(
        answer.body.contains("the second &amp; better version"),
        "{}",
        answer.body
    );
    let form = [
        ("handle", "Ann"),
        ("password", "seven grey herons wait"),
        ("next", edit.as_str()),
        ("draft_body", "the second & better version"),
    ];
    let page = ann.submit("/en/account/sign-in", &form).await;
    assert!(
        page.body.contains("the second &amp; better version"),
        "{}",
        page.body
    );
    let read = site.visitor().get(&comment).await;
    assert!(
        read.body.contains("the first version"),
        "nothing was changed"
    );
}

#[tokio::test]
async fn edits_from_two_tabs_both_stand_in_the_history() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let path = thread(&mut ann, "Who decides?", "opening").await;
    let comment = reply(&mut ann, &path, "version one").await;
    let edit = format!("{comment}/edit");
    // Both tabs were opened on the first version.
    for body in ["version two", "version three"] {
        ann.post(&edit, &[("body", body)])
            .await
            .assert_status(StatusCode::SEE_OTHER);
    }
    let read = site.visitor().get(&comment).await;
    assert!(read.body.contains("version three"));
    let history = site.visitor().get(&format!("{comment}/history")).await;
    for word in ["one", "two", "three"] {
        assert!(history.body.contains(word), "{word}: {}", history.body);
    }
}

#[tokio::test]
async fn instances_whose_clocks_differ_show_every_comment_once_and_take_every_act() {
    let site = TestSite::new().await;
    let behind = site.instance(180_000).await;
    let mut ann = member(&site, "Ann").await;
    let mut ben = member(&site, "Ben").await;
    let path = thread(&mut ann, "Who decides?", "opening").await;
    let first = reply(&mut ann, &path, "first").await;
    ben.get(&path).await.assert_status(StatusCode::OK);
    let (mut ann_there, mut ben_there) = (ann.at(&behind), ben.at(&behind));
    let answered = reply(&mut ann_there, &first, "an answer").await;
    let own = reply(&mut ben_there, &path, "another voice").await;
    ben_there
        .post(&format!("{first}/vote"), &[("vote", "up")])
        .await
        .assert_status(StatusCode::SEE_OTHER);
    ann_there
        .post(&format!("{first}/edit"), &[("body", "first, edited")])
        .await
        .assert_status(StatusCode::SEE_OTHER);
    let number = |path: &str| path.rsplit('/').next().unwrap().parse::<i64>().unwrap();
    let store = &site.state.store;
    let begun = store.thread(number(&path), Reader::default()).await;
    let mut expected = vec![begun.unwrap().unwrap().opening];
    expected.extend([&first, &answered, &own].map(|path| number(path)));
    expected.sort_unstable();
    let api = format!("/api/v1/threads/{}/comments", number(&path));
    for sort in ["best", "new", "old", "active"] {
        for instance in [&site, &behind] {
            let page = instance.visitor().get(&format!("{api}?sort={sort}")).await;
            let mut shown = ids(&page.json()["comments"]);
            shown.sort_unstable();
            assert_eq!(shown, expected, "{sort}");
        }
    }
    assert_eq!(score(&site, &first).await, 1);
    let since = format!("{path}?since={}", number(&first));
    let again = ben.get(&since).await.body;
    assert!(again.contains("first, edited"));
    // His own is nothing new to him.
    assert_eq!(again.matches("tag fresh").count(), 1);
}

#[tokio::test]
async fn slow_mode_counts_no_comment_that_an_instance_ahead_has_taken() {
    let site = TestSite::new().await;
    let behind = site.instance(180_000).await;
    let mut ann = member(&site, "Ann").await;
    let path = thread(&mut ann, "Who decides?", "opening").await;
    reply(&mut ann, &path, "first").await;
    let slow = "UPDATE thread SET slow_seconds = 60";
    let connection = site.state.store.connection();
    connection.execute_unprepared(slow).await.unwrap();
    let mut there = ann.at(&behind);
    reply(&mut there, &path, "second").await;
    there
        .post(&format!("{path}/reply"), &[("body", "third")])
        .await
        .assert_status(StatusCode::TOO_MANY_REQUESTS);
}

/// Numbers of comments and of the replies below them.
fn ids(comments: &serde_json::Value) -> Vec<i64> {
    let each = comments.as_array().into_iter().flatten();
    each.flat_map(|comment| {
        let own = comment["id"].as_str().and_then(|id| id.parse().ok());
        own.into_iter().chain(ids(&comment["replies"]))
    })
    .collect()
}
