//! What protects an account, over HTTP: recovery codes, sessions, the second step.

use axum::http::{StatusCode, header};
use partake_core::forum::Role;
use totp_rs::{Builder, Secret};

use crate::support::{Answer, START_MS, TestSite, Visitor};

const PASSWORD: &str = "seven grey herons wait";
const OTHER: &str = "a plinth, an ox, a lamp";

fn sign_in<'a>(handle: &'a str, password: &'a str) -> [(&'a str, &'a str); 2] {
    [("handle", handle), ("password", password)]
}

/// Signs up and gives the recovery codes of the page that follows.
async fn sign_up(visitor: &mut Visitor<'_>, handle: &str) -> Vec<String> {
    let form = [
        ("handle", handle),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    codes(&visitor.submit("/en/account/sign-up", &form).await)
}

fn codes(page: &Answer) -> Vec<String> {
    page.body
        .split("<li class=\"code\">")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('<')?.0.to_owned()))
        .collect()
}

fn recover<'a>(handle: &'a str, code: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("handle", handle),
        ("code", code),
        ("password", OTHER),
        ("again", OTHER),
    ]
}

/// The code that an authenticator shows at a time.
fn totp(secret: &str, now_ms: i64) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(now_ms / 1_000).unwrap())
        .to_string()
}

/// Turns the second step on and gives its secret.
async fn turn_on(visitor: &mut Visitor<'_>, now_ms: i64) -> String {
    let page = visitor
        .submit("/en/account/two-step", &[("act", "start")])
        .await;
    assert!(page.body.contains("<svg"), "{}", page.body);
    let rest = page
        .body
        .split_once("<p class=\"code\">")
        .expect("a secret");
    let secret = rest.1.split_once('<').unwrap().0.to_owned();
    let code = totp(&secret, now_ms);
    let form = [("act", "confirm"), ("current", PASSWORD), ("code", &code)];
    let page = visitor.submit("/en/account/two-step", &form).await;
    assert!(
        page.body.contains("Two-step sign-in is on"),
        "{}",
        page.body
    );
    secret
}

#[tokio::test]
async fn ten_codes_are_shown_once_after_signing_up() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    let shown = sign_up(&mut ann, "Annabel").await;
    assert_eq!(shown.len(), 10);
    let again = ann.get("/en/account/recovery-codes").await;
    assert!(codes(&again).is_empty() && again.body.contains("10 codes left"));
    assert_eq!(again.headers[header::CACHE_CONTROL], "private, no-store");
    // Saved without a script.
    let file = ann
        .post(
            "/en/account/recovery-codes/file",
            &[("codes", &shown.join("\n"))],
        )
        .await;
    file.assert_status(StatusCode::OK);
    assert!(shown.iter().all(|code| file.body.contains(code)));
    assert!(
        file.headers[header::CONTENT_TYPE]
            .to_str()
            .unwrap()
            .starts_with("text/plain")
    );
    let forged = [("codes", "<script>alert(1)</script>")];
    ann.post("/en/account/recovery-codes/file", &forged)
        .await
        .assert_status(StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_code_sets_a_new_password_once_and_signs_everybody_else_out() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    let code = sign_up(&mut ann, "Annabel").await.remove(0);
    let mut elsewhere = site.visitor();
    let page = elsewhere
        .submit(
            "/en/account/recover",
            &recover("annabel", &code.to_lowercase()),
        )
        .await;
    assert!(
        page.body.contains("Your new password is set"),
        "{}",
        page.body
    );
    assert!(page.body.contains("9 left"), "{}", page.body);
    let page = ann.get("/en/account").await;
    assert!(page.body.contains("name=\"password\""), "signed out");
    let answer = site
        .visitor()
        .post("/en/account/recover", &recover("annabel", &code))
        .await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("does not work again"));
    site.visitor()
        .post("/en/account/sign-in", &sign_in("Annabel", OTHER))
        .await
        .assert_status(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_code_opens_no_other_account_and_nobody_learns_which_handles_exist() {
    let site = TestSite::new().await;
    let code = sign_up(&mut site.visitor(), "Annabel").await.remove(0);
    sign_up(&mut site.visitor(), "Benedict").await;
    let other = site
        .visitor()
        .post("/en/account/recover", &recover("Benedict", &code))
        .await;
    let nobody = site
        .visitor()
        .post("/en/account/recover", &recover("Benedikt", &code))
        .await;
    other.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(other.body.replace("Benedict", "Benedikt"), nobody.body);
    let malformed = site
        .visitor()
        .post("/en/account/recover", &recover("Annabel", "not a code"))
        .await;
    assert!(
        malformed.body.contains("value=\"not a code\""),
        "it is kept"
    );
}

#[tokio::test]
async fn new_codes_void_the_old_ones_and_take_the_password() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    let old = sign_up(&mut ann, "Annabel").await;
    let wrong = ann
        .post("/en/account/recovery-codes", &[("current", OTHER)])
        .await;
    wrong.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    let page = ann
        .submit("/en/account/recovery-codes", &[("current", PASSWORD)])
        .await;
    let new = codes(&page);
    assert!(new.len() == 10 && new.iter().all(|code| !old.contains(code)));
    let refused = site
        .visitor()
        .post("/en/account/recover", &recover("Annabel", &old[3]))
        .await;
    refused.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    site.visitor()
        .post("/en/account/recover", &recover("Annabel", &new[3]))
        .await
        .assert_status(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn sessions_are_listed_by_their_days_and_ended_one_by_one_or_all() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    sign_up(&mut ann, "Annabel").await;
    site.advance(3 * 86_400_000);
    let mut second = site.visitor();
    let mut third = site.visitor();
    for visitor in [&mut second, &mut third] {
        visitor
            .post("/en/account/sign-in", &sign_in("Annabel", PASSWORD))
            .await;
    }
    let page = ann.get("/en/account/sessions").await;
    assert!(
        page.body.contains("Since 2026-11-23, last used 2026-11-26"),
        "{}",
        page.body
    );
    assert_eq!(page.body.matches("Since 2026-11-26").count(), 2);
    assert_eq!(page.body.matches("this one").count(), 1);
    let key = page
        .body
        .split("name=\"end\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .map(|(key, _)| key.to_owned())
        .find(|key| key != "others")
        .expect("a session to end");
    let page = ann.submit("/en/account/sessions", &[("end", &key)]).await;
    assert!(page.body.contains("That session is ended"));
    let signed_in = |page: &Answer| !page.body.contains("name=\"password\"");
    let still = [
        signed_in(&second.get("/en/account").await),
        signed_in(&third.get("/en/account").await),
    ];
    assert_eq!(still.iter().filter(|&&open| open).count(), 1);
    ann.submit("/en/account/sessions", &[("end", "others")])
        .await;
    assert!(!signed_in(&second.get("/en/account").await));
    assert!(!signed_in(&third.get("/en/account").await));
    assert!(signed_in(&ann.get("/en/account").await));
}

#[tokio::test]
async fn nobody_ends_somebody_elses_session() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    sign_up(&mut ann, "Annabel").await;
    let store = &site.state.store;
    let account = store.account_by_handle("annabel").await.unwrap().unwrap();
    let sessions = store.sessions_of(&account.id, START_MS).await.unwrap();
    let mut ben = site.visitor();
    sign_up(&mut ben, "Benedict").await;
    ben.submit("/en/account/sessions", &[("end", &sessions[0].key)])
        .await;
    let page = ann.get("/en/account").await;
    assert!(page.body.contains("Annabel"), "still signed in");
}

#[tokio::test]
async fn a_session_ended_while_somebody_writes_keeps_what_was_written() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    sign_up(&mut ann, "Annabel").await;
    let thread = ann
        .post(
            "/en/discuss/new",
            &[("about", ""), ("title", "Who decides?"), ("body", "I do")],
        )
        .await;
    let thread = thread
        .location()
        .split(['?', '#'])
        .next()
        .unwrap()
        .to_owned();
    let store = &site.state.store;
    let account = store.account_by_handle("annabel").await.unwrap().unwrap();
    store.delete_sessions_of(&account.id).await.unwrap();
    let reply = format!("{thread}/reply");
    let page = ann.post(&reply, &[("body", "half a thought & more")]).await;
    page.assert_status(StatusCode::UNAUTHORIZED);
    assert!(
        page.body.contains("half a thought &amp; more"),
        "{}",
        page.body
    );
    let next = thread.as_str();
    let form = [
        ("handle", "Annabel"),
        ("password", PASSWORD),
        ("next", next),
        ("draft_body", "half a thought & more"),
    ];
    let page = ann.submit("/en/account/sign-in", &form).await;
    assert!(
        page.body.contains("half a thought &amp; more"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn another_role_ends_the_sessions_that_began_without_it() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    sign_up(&mut ann, "Annabel").await;
    let store = &site.state.store;
    let account = store.account_by_handle("annabel").await.unwrap().unwrap();
    store
        .change_role(&account.id, Role::Moderator)
        .await
        .unwrap();
    let page = ann.get("/en/account").await;
    assert!(page.body.contains("name=\"password\""), "signed out");
}

#[tokio::test]
async fn with_the_second_step_the_password_alone_signs_nobody_in() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    let recovery = sign_up(&mut ann, "Annabel").await;
    let secret = turn_on(&mut ann, START_MS).await;

    let mut thief = site.visitor();
    let answer = thief
        .post("/en/account/sign-in", &sign_in("Annabel", PASSWORD))
        .await;
    assert!(answer.location().starts_with("/en/account/second-step"));
    let page = thief.get("/en/account").await;
    assert!(page.body.contains("name=\"password\""), "not signed in");
    // The code that turned it on was used.
    let used = totp(&secret, START_MS);
    let answer = thief
        .post("/en/account/second-step", &[("code", &used)])
        .await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);

    site.advance(30_000);
    let code = totp(&secret, START_MS + 30_000);
    let mut phone = site.visitor();
    let form = [
        ("handle", "Annabel"),
        ("password", PASSWORD),
        ("next", "/en/discuss/new"),
    ];
    let page = phone.submit("/en/account/sign-in", &form).await;
    assert!(
        page.body
            .contains("name=\"next\" value=\"/en/discuss/new\"")
    );
    let answer = phone
        .post(
            "/en/account/second-step",
            &[("code", &code), ("next", "/en/discuss/new")],
        )
        .await;
    assert_eq!(answer.location(), "/en/discuss/new");
    // Replayed by somebody who looked over a shoulder.
    let answer = thief
        .post("/en/account/second-step", &[("code", &code)])
        .await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    // A recovery code stands in for the telephone, once.
    let form = [("code", recovery[5].as_str())];
    let answer = thief.post("/en/account/second-step", &form).await;
    answer.assert_status(StatusCode::SEE_OTHER);
    let mut again = site.visitor();
    again
        .post("/en/account/sign-in", &sign_in("Annabel", PASSWORD))
        .await;
    again
        .post("/en/account/second-step", &form)
        .await
        .assert_status(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn codes_of_the_second_step_cannot_be_guessed_at() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    sign_up(&mut ann, "Annabel").await;
    let secret = turn_on(&mut ann, START_MS).await;
    let mut thief = site.visitor();
    thief
        .post("/en/account/sign-in", &sign_in("Annabel", PASSWORD))
        .await;
    for _ in 0..6 {
        thief
            .post("/en/account/second-step", &[("code", "000000")])
            .await
            .assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    site.advance(60_000);
    let code = totp(&secret, START_MS + 60_000);
    let answer = thief
        .post("/en/account/second-step", &[("code", &code)])
        .await;
    answer.assert_status(StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.headers.contains_key(header::RETRY_AFTER));
}

#[tokio::test]
async fn the_second_step_is_taken_off_with_the_password_and_a_code() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    sign_up(&mut ann, "Annabel").await;
    let secret = turn_on(&mut ann, START_MS).await;
    site.advance(30_000);
    let code = totp(&secret, START_MS + 30_000);
    for form in [
        [("act", "off"), ("current", OTHER), ("code", code.as_str())],
        [("act", "off"), ("current", PASSWORD), ("code", "000000")],
    ] {
        ann.post("/en/account/two-step", &form)
            .await
            .assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let form = [("act", "off"), ("current", PASSWORD), ("code", &code)];
    let page = ann.submit("/en/account/two-step", &form).await;
    assert!(
        page.body.contains("Two-step sign-in is off"),
        "{}",
        page.body
    );
    let answer = site
        .visitor()
        .post("/en/account/sign-in", &sign_in("Annabel", PASSWORD))
        .await;
    assert_eq!(answer.location(), "/en/account");
}

#[tokio::test]
async fn a_lost_password_does_not_open_the_way_round_the_second_step() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    let recovery = sign_up(&mut ann, "Annabel").await;
    turn_on(&mut ann, START_MS).await;
    let mut thief = site.visitor();
    let answer = thief
        .post("/en/account/recover", &recover("Annabel", &recovery[0]))
        .await;
    assert!(answer.location().starts_with("/en/account/second-step"));
}

#[tokio::test]
async fn where_it_is_required_a_moderator_without_a_second_step_is_a_member() {
    let site = TestSite::with_options(&["--require-second-step"]).await;
    let mut ann = site.visitor();
    sign_up(&mut ann, "Annabel").await;
    let store = &site.state.store;
    let account = store.account_by_handle("annabel").await.unwrap().unwrap();
    store.set_role(&account.id, Role::Moderator).await.unwrap();
    let answer = ann
        .post("/en/account/sign-in", &sign_in("Annabel", PASSWORD))
        .await;
    assert!(answer.location().starts_with("/en/account/two-step"));
    ann.get("/en/moderation")
        .await
        .assert_status(StatusCode::FORBIDDEN);
    let page = ann.get("/en/account").await;
    assert!(
        page.body.contains("Your role asks for two-step"),
        "{}",
        page.body
    );
    turn_on(&mut ann, START_MS).await;
    ann.get("/en/moderation")
        .await
        .assert_status(StatusCode::OK);
}

#[tokio::test]
async fn votes_and_reports_are_listed_with_what_became_of_them() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    sign_up(&mut ann, "Annabel").await;
    let form = [("about", ""), ("title", "Who decides?"), ("body", "I do")];
    let opened = ann.post("/en/discuss/new", &form).await;
    let thread = opened
        .location()
        .split(['?', '#'])
        .next()
        .unwrap()
        .to_owned();
    let reply = ann
        .post(&format!("{thread}/reply"), &[("body", "a rude word")])
        .await;
    let comment = reply
        .location()
        .split(['?', '#'])
        .next()
        .unwrap()
        .to_owned();
    let mut ben = site.visitor();
    sign_up(&mut ben, "Benedict").await;
    assert!(
        ben.get("/en/account/votes")
            .await
            .body
            .contains("not voted")
    );
    assert!(
        ben.get("/en/account/reports")
            .await
            .body
            .contains("not reported")
    );
    ben.post(&format!("{comment}/vote"), &[("vote", "down")])
        .await
        .assert_status(StatusCode::SEE_OTHER);
    let report = [("reason", "other"), ("note", "rude <b>")];
    ben.post(&format!("{comment}/report"), &report)
        .await
        .assert_status(StatusCode::SEE_OTHER);
    let votes = ben.get("/en/account/votes").await;
    assert!(votes.body.contains("against") && votes.body.contains("Who decides?"));
    let reports = ben.get("/en/account/reports").await;
    assert!(reports.body.contains("waiting") && reports.body.contains("rude &lt;b&gt;"));
    ann.post(&format!("{comment}/delete"), &[]).await;
    let reports = ben.get("/en/account/reports").await;
    assert!(
        reports.body.contains("taken back by its author"),
        "{}",
        reports.body
    );
}

#[tokio::test]
async fn who_leaves_chooses_whether_the_words_stay() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    sign_up(&mut ann, "Annabel").await;
    let mut ben = site.visitor();
    sign_up(&mut ben, "Benedict").await;
    let form = [
        ("about", ""),
        ("title", "Who decides?"),
        ("body", "the opening"),
    ];
    let opened = ben.post("/en/discuss/new", &form).await;
    let thread = opened
        .location()
        .split(['?', '#'])
        .next()
        .unwrap()
        .to_owned();
    let first = ann
        .post(&format!("{thread}/reply"), &[("body", "answered words")])
        .await;
    let first = first
        .location()
        .split(['?', '#'])
        .next()
        .unwrap()
        .to_owned();
    ann.post(&format!("{thread}/reply"), &[("body", "lonely words")])
        .await;
    ben.post(&format!("{first}/reply"), &[("body", "an answer")])
        .await
        .assert_status(StatusCode::SEE_OTHER);
    let page = ann
        .submit(
            "/en/account/delete",
            &[("current", PASSWORD), ("words", "erase")],
        )
        .await;
    assert!(page.body.contains("Your account is deleted"));
    let page = ben.get(&thread).await;
    assert!(page.body.contains("an answer") && page.body.contains("the opening"));
    assert!(!page.body.contains("answered words") && !page.body.contains("lonely words"));
    // Nothing of it is left in any file of the database.
    let words = site.bytes().await;
    for gone in ["answered words", "lonely words", "Annabel"] {
        let gone = gone.as_bytes();
        assert!(!words.windows(gone.len()).any(|part| part == gone));
    }
}

#[tokio::test]
async fn a_handle_that_looks_like_anothers_is_refused() {
    let site = TestSite::new().await;
    sign_up(&mut site.visitor(), "Bill_coco").await;
    for handle in ["Bi11_coco", "BILL_C0C0", "ＢＩＬＬ_coco"] {
        let form = [
            ("handle", handle),
            ("password", PASSWORD),
            ("again", PASSWORD),
        ];
        let answer = site.visitor().post("/en/account/sign-up", &form).await;
        answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("looks like it"), "{handle}");
    }
}
