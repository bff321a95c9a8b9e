//! Accounts over HTTP.

use crate::support::TestSite;
use axum::http::{StatusCode, header};
use partake_server::auth::FirstOwner;

const PASSWORD: &str = "seven grey herons wait";
const OTHER: &str = "a plinth, an ox, a lamp";

fn sign_up<'a>(handle: &'a str, password: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("handle", handle),
        ("password", password),
        ("again", password),
    ]
}

fn sign_in<'a>(handle: &'a str, password: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("handle", handle), ("password", password)]
}

#[tokio::test]
async fn people_sign_up_out_and_in() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    let page = ann
        .submit("/zh/account/sign-up", &sign_up("林小雨", PASSWORD))
        .await;
    assert!(
        page.body.contains("账号注册好了") && page.body.contains("林小雨"),
        "{}",
        page.body
    );
    assert_eq!(page.headers[header::CACHE_CONTROL], "private, no-store");
    let page = ann.submit("/zh/account/sign-out", &[]).await;
    assert!(page.body.contains("已退出登录"));
    let page = ann
        .submit("/zh/account/sign-in", &sign_in("林小雨", PASSWORD))
        .await;
    assert!(page.body.contains("我写过的"));
}

#[tokio::test]
async fn a_session_gets_a_new_id_when_it_is_signed_in() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    let first = ann
        .post("/en/account/sign-up", &sign_up("Ann", PASSWORD))
        .await;
    let second = ann
        .post("/en/account/sign-in", &sign_in("Ann", PASSWORD))
        .await;
    let cookie = |answer: &crate::support::Answer| {
        let mut cookies = answer.headers.get_all(header::SET_COOKIE).iter();
        let cookie = cookies.find_map(|c| c.to_str().ok().filter(|c| c.starts_with("partake=")));
        cookie.expect("a session").to_owned()
    };
    let name = |cookie: &str| cookie.split(';').next().unwrap().to_owned();
    assert_ne!(name(&cookie(&first)), name(&cookie(&second)));
    let attributes = cookie(&first);
    assert!(
        attributes.contains("HttpOnly") && attributes.contains("SameSite=Lax"),
        "{attributes}"
    );
}

#[tokio::test]
async fn sign_in_leads_back_to_a_page_of_this_site_only() {
    let site = TestSite::new().await;
    site.visitor()
        .post("/en/account/sign-up", &sign_up("Ann", PASSWORD))
        .await;
    for (next, to) in [
        (
            "/en/discuss/new?about=employment",
            "/en/discuss/new?about=employment",
        ),
        ("//evil.example/", "/en/account"),
        ("https://evil.example/", "/en/account"),
    ] {
        let mut form = sign_in("Ann", PASSWORD);
        form.push(("next", next));
        let answer = site.visitor().post("/en/account/sign-in", &form).await;
        assert_eq!(answer.location(), to);
    }
    let form = site.visitor().get("/en/account?next=/en/discuss/new").await;
    assert!(
        form.body
            .contains("name=\"next\" value=\"/en/discuss/new\""),
        "{}",
        form.body
    );
}

#[tokio::test]
async fn faults_of_a_new_account_stand_beside_their_fields() {
    let site = TestSite::new().await;
    site.visitor()
        .post("/en/account/sign-up", &sign_up("Ann", PASSWORD))
        .await;
    for (handle, password, text) in [
        ("ＡＮＮ", PASSWORD, "Somebody has this handle already"),
        ("a b", PASSWORD, "cannot be part of a handle"),
        ("admin", PASSWORD, "taken for the site"),
        ("Ben", "short", "at least 10 characters"),
        ("Ben", "password123", "tried first"),
        ("Ben", "abcdefghijkl", "neighbouring"),
    ] {
        let answer = site
            .visitor()
            .post("/en/account/sign-up", &sign_up(handle, password))
            .await;
        answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.body.contains(text),
            "{handle} {password}: {}",
            answer.body
        );
        assert!(
            answer.body.contains(&format!("value=\"{handle}\"")),
            "{handle} is kept"
        );
        assert!(
            !answer.body.contains(&format!("value=\"{password}\"")),
            "a password never is"
        );
    }
    let form = [("handle", "Ben"), ("password", PASSWORD), ("again", OTHER)];
    let answer = site.visitor().post("/en/account/sign-up", &form).await;
    assert!(answer.body.contains("not the same"));
}

#[tokio::test]
async fn a_wrong_handle_and_a_wrong_password_are_told_apart_by_nobody() {
    let site = TestSite::new().await;
    site.visitor()
        .post("/en/account/sign-up", &sign_up("Ann", PASSWORD))
        .await;
    let wrong = site
        .visitor()
        .post("/en/account/sign-in", &sign_in("Ann", OTHER))
        .await;
    let unknown = site
        .visitor()
        .post("/en/account/sign-in", &sign_in("Ant", OTHER))
        .await;
    wrong.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    unknown.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.body.replace("Ann", "Ant"), unknown.body);
}

#[tokio::test]
async fn guessing_at_one_account_is_slowed_down_and_others_still_sign_in() {
    let site = TestSite::new().await;
    for handle in ["Ann", "Ben"] {
        site.visitor()
            .post("/en/account/sign-up", &sign_up(handle, PASSWORD))
            .await;
    }
    for _ in 0..10 {
        let answer = site
            .visitor()
            .post("/en/account/sign-in", &sign_in("ann", OTHER))
            .await;
        answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let answer = site
        .visitor()
        .post("/en/account/sign-in", &sign_in("ann", PASSWORD))
        .await;
    answer.assert_status(StatusCode::TOO_MANY_REQUESTS);
    assert!(
        answer.body.contains("Please wait 60 seconds"),
        "{}",
        answer.body
    );
    assert_eq!(answer.headers[header::RETRY_AFTER], "60");
    let answer = site
        .visitor()
        .post("/en/account/sign-in", &sign_in("Ben", PASSWORD))
        .await;
    answer.assert_status(StatusCode::SEE_OTHER);
    site.advance(60_000);
    let answer = site
        .visitor()
        .post("/en/account/sign-in", &sign_in("Ann", PASSWORD))
        .await;
    answer.assert_status(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn another_password_ends_the_other_sessions() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    ann.post("/en/account/sign-up", &sign_up("Ann", PASSWORD))
        .await;
    let mut elsewhere = site.visitor();
    elsewhere
        .post("/en/account/sign-in", &sign_in("Ann", PASSWORD))
        .await;
    let form = |current| [("current", current), ("password", OTHER), ("again", OTHER)];
    let answer = ann.post("/en/account/password", &form(OTHER)).await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("not your current password"));
    let page = ann.submit("/en/account/password", &form(PASSWORD)).await;
    assert!(
        page.body.contains("Your password is changed"),
        "{}",
        page.body
    );
    let page = elsewhere.get("/en/account").await;
    assert!(
        page.body.contains("name=\"password\""),
        "signed out elsewhere"
    );
    let answer = site
        .visitor()
        .post("/en/account/sign-in", &sign_in("Ann", PASSWORD))
        .await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_account_is_exported_and_deleted_and_its_words_stay_without_a_name() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    ann.post("/en/account/sign-up", &sign_up("Annabel", PASSWORD))
        .await;
    let opened = ann
        .post(
            "/en/discuss/new",
            &[("about", ""), ("title", "Who decides?"), ("body", "I do")],
        )
        .await;
    let thread = opened.location().to_owned();
    let export = ann.get("/en/account/export").await;
    assert!(
        export.headers[header::CONTENT_DISPOSITION]
            .to_str()
            .unwrap()
            .contains("attachment")
    );
    let json = export.json();
    assert_eq!(
        (&json["handle"], &json["comments"][0]["body"]),
        (&"Annabel".into(), &"I do".into())
    );
    assert!(!export.body.contains("argon2"));

    let answer = ann.post("/en/account/delete", &[("current", OTHER)]).await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    let page = ann
        .submit("/en/account/delete", &[("current", PASSWORD)])
        .await;
    assert!(page.body.contains("Your account is deleted"));
    let page = ann.get(&thread).await;
    assert!(page.body.contains("I do") && page.body.contains("account deleted"));
    assert!(!page.body.contains("Annabel"));
    let answer = site
        .visitor()
        .post("/en/account/sign-in", &sign_in("Annabel", PASSWORD))
        .await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_first_owner_can_do_nothing_until_the_password_is_their_own() {
    let site = TestSite::new().await;
    let owner = FirstOwner::create(&site.state).await.unwrap();
    let mut keeper = site.visitor();
    let form = sign_in(&owner.handle, &owner.password);
    let page = keeper.submit("/en/account/sign-in", &form).await;
    assert!(
        page.body.contains("Choose your own password"),
        "{}",
        page.body
    );
    let answer = keeper.get("/en/moderation").await;
    answer.assert_status(StatusCode::SEE_OTHER);
    let same = [
        ("password", owner.password.as_str()),
        ("again", owner.password.as_str()),
    ];
    let answer = keeper.post("/en/account/first-password", &same).await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    let own = [("password", PASSWORD), ("again", PASSWORD)];
    let page = keeper.submit("/en/account/first-password", &own).await;
    assert!(page.body.contains("Owner"), "{}", page.body);
    keeper
        .get("/en/moderation")
        .await
        .assert_status(StatusCode::OK);
    let page = keeper.get("/en/account/delete").await;
    assert!(page.body.contains("only owner"), "{}", page.body);
    let answer = keeper
        .post("/en/account/delete", &[("current", PASSWORD)])
        .await;
    answer.assert_status(StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_is_ones_own_needs_a_session() {
    let site = TestSite::new().await;
    for path in [
        "/en/account/password",
        "/en/account/export",
        "/en/account/delete",
    ] {
        let answer = site.visitor().get(path).await;
        answer.assert_status(StatusCode::SEE_OTHER);
        assert!(answer.location().starts_with("/en/account?next="));
    }
}
