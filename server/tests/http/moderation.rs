//! Moderation over HTTP: the queue, decisions, and who may see what.

use crate::support::{TestSite, Visitor};
use axum::http::StatusCode;
use partake_core::forum::{Role, chain::hex};
use sha2::{Digest as _, Sha256};

const PASSWORD: &str = "seven grey herons wait";

pub(crate) async fn account<'a>(site: &'a TestSite, handle: &str, role: Role) -> Visitor<'a> {
    let mut visitor = site.visitor();
    visitor
        .post(
            "/en/account/sign-up",
            &[
                ("handle", handle),
                ("password", PASSWORD),
                ("again", PASSWORD),
            ],
        )
        .await
        .assert_status(StatusCode::SEE_OTHER);
    let folded = handle.to_lowercase();
    let id = site
        .state
        .store
        .account_by_handle(&folded)
        .await
        .unwrap()
        .unwrap()
        .id;
    site.state.store.set_role(&id, role).await.unwrap();
    visitor
}

pub(crate) struct Scene {
    pub(crate) thread: String,
    pub(crate) comment: String,
    pub(crate) id: String,
}

pub(crate) async fn scene(author: &mut Visitor<'_>) -> Scene {
    let answer = author
        .post(
            "/en/discuss/new",
            &[("about", ""), ("title", "Who decides?"), ("body", "Begin")],
        )
        .await;
    let thread = answer.location().split('?').next().unwrap().to_owned();
    let answer = author
        .post(&format!("{thread}/reply"), &[("body", "rude words")])
        .await;
    let comment = answer.location().split('?').next().unwrap().to_owned();
    let id = comment.rsplit('/').next().unwrap().to_owned();
    Scene {
        thread,
        comment,
        id,
    }
}

#[tokio::test]
async fn a_report_leads_to_a_decision_that_its_author_can_read() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene {
        thread,
        comment,
        id,
    } = scene(&mut ann).await;
    let mut ben = account(&site, "Ben", Role::Member).await;
    let answer = ben
        .post(&format!("{comment}/report"), &[("note", "see there")])
        .await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("see there") && answer.body.contains("choose a rule"));
    let form = [("reason", "abuse"), ("note", "see there")];
    let page = ben.submit(&format!("{comment}/report"), &form).await;
    assert!(page.body.contains("Thank you"));
    let page = ben.submit(&format!("{comment}/report"), &form).await;
    assert!(page.body.contains("reported this comment already"));

    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let queue = mia.get("/en/moderation").await;
    assert!(queue.body.contains("rude words") && queue.body.contains("see there"));
    let decide = format!("/en/moderation/comment/{id}");
    let answer = mia
        .post(&decide, &[("act", "remove"), ("note", "calm down")])
        .await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("calm down"), "the note is kept");
    let form = [
        ("act", "remove"),
        ("reason", "abuse"),
        ("note", "Argue with the claim."),
    ];
    let page = mia.submit(&decide, &form).await;
    assert!(page.body.contains("The comment is removed") && page.body.contains("Undo"));
    assert!(page.body.contains("Nothing waits"));
    mia.post(&decide, &form)
        .await
        .assert_status(StatusCode::CONFLICT);

    let public = site.visitor().get(&thread).await;
    assert!(!public.body.contains("rude words"));
    assert!(
        public
            .body
            .contains("Removed by a moderator: Attacking someone")
    );
    let own = ann.get(&comment).await;
    assert!(own.body.contains("Your comment was removed") && own.body.contains("rude words"));
    let mine = ann.get("/en/account").await;
    assert!(mine.body.contains("Argue with the claim.") && mine.body.contains("Attacking someone"));
    let log = site.visitor().get("/zh/moderation/log").await;
    assert!(log.body.contains("移除评论") && log.body.contains("Mia"));
    assert!(!log.body.contains("rude words"));
    let api = site
        .visitor()
        .get(&format!(
            "/api/v1{}/comments",
            &thread[3..].replace("discuss", "threads")
        ))
        .await;
    assert!(!api.body.contains("rude words") && api.body.contains("\"state\":\"removed\""));

    mia.submit(&decide, &[("act", "restore"), ("note", "")])
        .await;
    let public = site.visitor().get(&thread).await;
    assert!(public.body.contains("rude words"));
    let entries = site.visitor().get("/api/v1/moderation/log").await.json();
    let acts: Vec<_> = entries["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| &e["act"])
        .collect();
    assert_eq!(acts, ["restore", "remove"]);

    // What a reader computes from the API alone is the head that the site shows.
    let mut hash = vec![0; 32];
    for entry in entries["entries"].as_array().unwrap().iter().rev() {
        let chained = &entry["chained"];
        let mut bytes = hash.clone();
        for field in [
            &entry["sequence"],
            &entry["id"],
            &entry["survey"],
            &entry["act"],
            &chained["thread"],
            &chained["comment"],
            &entry["reason"],
            &entry["note"],
            &chained["moderator"],
            &entry["created_ms"],
            &entry["detail"],
            &chained["subject"],
            &chained["wording"],
        ] {
            let text = match field {
                serde_json::Value::Null => {
                    bytes.extend([255; 8]);
                    continue;
                }
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            bytes.extend((text.len() as u64).to_be_bytes());
            bytes.extend(text.as_bytes());
        }
        hash = Sha256::digest(&bytes).to_vec();
        assert_eq!(entry["hash"], hex(&hash));
    }
    assert_eq!(entries["head"]["hash"], hex(&hash));
}

#[tokio::test]
async fn a_locked_thread_keeps_what_somebody_was_typing() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene {
        thread, comment, ..
    } = scene(&mut ann).await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let id = thread.rsplit('/').next().unwrap();
    let decide = format!("/en/moderation/thread/{id}");
    let page = mia.get(&format!("{decide}?act=lock")).await;
    assert!(page.body.contains("Lock this thread?"));
    let page = mia
        .submit(&decide, &[("act", "lock"), ("reason", "off_topic")])
        .await;
    assert!(page.body.contains("The thread is locked") && page.body.contains("Undo"));
    for path in [&thread, &comment] {
        let answer = ann
            .post(&format!("{path}/reply"), &[("body", "too late?")])
            .await;
        answer.assert_status(StatusCode::CONFLICT);
        assert!(answer.body.contains("too late?") && answer.body.contains("locked meanwhile"));
    }
    let answer = ann
        .post(&format!("{comment}/edit"), &[("body", "other words")])
        .await;
    answer.assert_status(StatusCode::CONFLICT);
    assert!(answer.body.contains("other words"));
    assert!(
        site.visitor()
            .get(&thread)
            .await
            .body
            .contains("locked this thread")
    );
    mia.submit(&decide, &[("act", "unlock")]).await;
    ann.post(&format!("{thread}/reply"), &[("body", "now")])
        .await
        .assert_status(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn every_route_of_moderation_is_closed_to_everyone_below_a_moderator() {
    let site = TestSite::new().await;
    let mut author = account(&site, "Ann", Role::Member).await;
    let Scene { thread, id, .. } = scene(&mut author).await;
    let thread_id = thread.rsplit('/').next().unwrap();
    let comment = format!("/en/moderation/comment/{id}");
    let thread = format!("/en/moderation/thread/{thread_id}");
    let gets = [
        "/en/moderation".to_owned(),
        format!("{comment}?act=remove"),
        format!("{comment}?act=dismiss"),
        format!("{thread}?act=lock"),
    ];
    let posts = [
        (&comment, "remove"),
        (&comment, "dismiss"),
        (&comment, "restore"),
        (&thread, "lock"),
        (&thread, "unlock"),
    ];
    let mut visitor = site.visitor();
    for path in &gets {
        visitor.get(path).await.assert_status(StatusCode::SEE_OTHER);
    }
    for (path, act) in posts {
        let answer = visitor
            .post(path, &[("act", act), ("reason", "spam")])
            .await;
        answer.assert_status(StatusCode::SEE_OTHER);
        assert!(answer.location().starts_with("/en/account?next="));
    }
    for (handle, role) in [("Bea", Role::Member), ("Rik", Role::Researcher)] {
        let mut person = account(&site, handle, role).await;
        for path in &gets {
            person.get(path).await.assert_status(StatusCode::FORBIDDEN);
        }
        for (path, act) in posts {
            let answer = person.post(path, &[("act", act), ("reason", "spam")]).await;
            answer.assert_status(StatusCode::FORBIDDEN);
        }
    }
    for (handle, role) in [("Mia", Role::Moderator), ("Olu", Role::Owner)] {
        let mut person = account(&site, handle, role).await;
        for path in &gets {
            person.get(path).await.assert_status(StatusCode::OK);
        }
    }
    let log = site.visitor().get("/en/moderation/log").await;
    assert!(log.body.contains("No moderator has had to act yet"));
}

#[tokio::test]
async fn a_suspended_account_reads_and_does_nothing_else() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Moderator).await;
    let Scene { thread, .. } = scene(&mut ann).await;
    let id = site
        .state
        .store
        .account_by_handle("ann")
        .await
        .unwrap()
        .unwrap()
        .id;
    site.state.store.suspend_account(&id).await.unwrap();
    ann.get(&thread).await.assert_status(StatusCode::OK);
    let answer = ann
        .post(&format!("{thread}/reply"), &[("body", "still here?")])
        .await;
    answer.assert_status(StatusCode::FORBIDDEN);
    assert!(answer.body.contains("still here?"), "{}", answer.body);
    ann.get("/en/moderation")
        .await
        .assert_status(StatusCode::FORBIDDEN);
    ann.get("/en/account/export")
        .await
        .assert_status(StatusCode::OK);
}

#[tokio::test]
async fn an_empty_log_has_a_head_too() {
    let site = TestSite::new().await;
    let log = site.visitor().get("/api/v1/moderation/log").await.json();
    assert_eq!(log["head"]["entries"], 0);
    assert_eq!(log["head"]["hash"], "0".repeat(64));
    for (lang, words) in [("en", "How to check this log"), ("zh", "怎样核对这份日志")] {
        let page = site.visitor().get(&format!("/{lang}/moderation/log")).await;
        assert!(page.body.contains(words));
        assert!(page.body.contains(&"0".repeat(64)));
    }
}
