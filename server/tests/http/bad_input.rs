//! What people, programs and attackers send to accounts and forms that they should not.

use std::time::{Duration, Instant};

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};

use crate::support::{Answer, TestSite, Visitor, form_body};

const PASSWORD: &str = "seven grey herons wait";

fn sign_up(handle: &str) -> [(&str, &str); 3] {
    [
        ("handle", handle),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ]
}

async fn thread(visitor: &mut Visitor<'_>, title: &str, body: &str) -> Answer {
    let form = [("about", ""), ("title", title), ("body", body)];
    visitor.post("/en/discuss/new", &form).await
}

fn path(answer: &Answer) -> String {
    answer
        .location()
        .split(['?', '#'])
        .next()
        .unwrap()
        .to_owned()
}

/// A sign-in from an address, as the proxy in front reports it.
async fn try_from(site: &TestSite, address: &str, handle: &str, password: &str) -> Answer {
    let body = form_body(&[("handle", handle), ("password", password)]);
    let request = Request::builder()
        .method(Method::POST)
        .uri("/en/account/sign-in")
        .header(header::HOST, "127.0.0.1:3000")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("x-forwarded-for", address)
        .body(Body::from(body))
        .unwrap();
    site.send(request).await
}

#[tokio::test]
async fn handles_that_hide_or_turn_their_letters_are_refused_beside_their_field() {
    let site = TestSite::new().await;
    for handle in [
        "mei\u{202E}nimda",
        "me\u{200B}i_x",
        "me\u{2060}i_x",
        "\u{2066}mei_x\u{2069}",
        "me\u{FEFF}i_x",
        "m\u{0435}i_latin",
        "mei_x\u{E0041}",
        "me\u{AD}i_x",
        "mei_x\u{3164}",
        "",
        &"x".repeat(100_000),
    ] {
        let answer = site
            .visitor()
            .post("/zh/account/sign-up", &sign_up(handle))
            .await;
        answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("new-handle-fault"), "{handle:?}");
    }
}

#[tokio::test]
async fn titles_and_comments_lose_what_turns_or_hides_text() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    ann.post("/en/account/sign-up", &sign_up("Annabel")).await;
    let title = "Who\u{202E} de\u{200B}cides\u{2066}?";
    let opened = thread(&mut ann, title, "a\u{202E}b\u{2069}\u{200B}c").await;
    let page = ann.get(&path(&opened)).await;
    assert!(page.body.contains("Who decides?") && page.body.contains("abc"));
    let hidden = ['\u{202E}', '\u{200B}', '\u{2066}', '\u{2069}'];
    assert!(!page.body.contains(hidden), "{}", page.body);
}

#[tokio::test]
async fn a_word_of_a_hundred_thousand_characters_is_refused_and_kept() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    ann.post("/en/account/sign-up", &sign_up("Annabel")).await;
    let opened = thread(&mut ann, "Who decides?", "I do").await;
    let word = "w".repeat(100_000);
    let reply = format!("{}/reply", path(&opened));
    let answer = ann.post(&reply, &[("body", &word)]).await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains(&word), "what was typed is still there");
    // More than any form of this site sends is turned away before it is read.
    let answer = ann.post(&reply, &[("body", &"w".repeat(300_000))]).await;
    answer.assert_status(StatusCode::PAYLOAD_TOO_LARGE);
    // A word as long as a comment may be is written, and its page is small.
    let answer = ann.post(&reply, &[("body", &"w".repeat(10_000))]).await;
    answer.assert_status(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn bombs_of_markup_are_written_and_shown_within_a_moment() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    ann.post("/en/account/sign-up", &sign_up("Annabel")).await;
    let bombs = [
        "[".repeat(9_999),
        "*a **".repeat(1_999),
        "> ".repeat(4_999),
        "![](".repeat(2_400),
        format!("{0}\n{1}\n{0}", "|a".repeat(1_600), "|-".repeat(1_600)),
        "`a``b".repeat(1_900),
        "<!--".repeat(2_400),
    ];
    for bomb in bombs {
        // How often somebody may write is another test's subject.
        site.advance(86_400_000);
        let start = Instant::now();
        let opened = thread(&mut ann, "A bomb", &bomb).await;
        opened.assert_status(StatusCode::SEE_OTHER);
        ann.get(&path(&opened)).await.assert_status(StatusCode::OK);
        let took = start.elapsed();
        let start: String = bomb.chars().take(8).collect();
        assert!(took < Duration::from_secs(5), "{start}: {took:?}");
    }
}

#[tokio::test]
async fn forms_of_other_sites_change_nothing() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    ann.post("/en/account/sign-up", &sign_up("Annabel")).await;
    let cookie = ann.cookie("partake").unwrap();
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
    ] {
        for target in [
            "sign-out",
            "sessions",
            "delete",
            "two-step",
            "recovery-codes",
        ] {
            let request = Request::builder()
                .method(Method::POST)
                .uri(format!("/en/account/{target}"))
                .header(header::HOST, "127.0.0.1:3000")
                .header(header::COOKIE, format!("partake={cookie}"))
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(name, value)
                .body(Body::from(form_body(&[
                    ("current", PASSWORD),
                    ("end", "others"),
                    ("act", "start"),
                ])))
                .unwrap();
            site.send(request)
                .await
                .assert_status(StatusCode::FORBIDDEN);
        }
    }
    let page = ann.get("/en/account").await;
    assert!(page.body.contains("Annabel"), "still signed in");
}

#[tokio::test]
async fn a_cookie_that_was_made_up_or_signed_out_opens_nothing() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    ann.post("/en/account/sign-up", &sign_up("Annabel")).await;
    let old = ann.cookie("partake").unwrap();
    ann.post("/en/account/sign-out", &[]).await;
    let flipped: String = old.chars().rev().collect();
    for value in [
        old.as_str(),
        &flipped,
        "AAAAAAAAAAAAAAAAAAAAAA",
        "",
        "null",
        "'; DROP TABLE session; --",
        &"A".repeat(5_000),
    ] {
        let request = Request::builder()
            .uri("/en/account/export")
            .header(header::HOST, "127.0.0.1:3000")
            .header(
                header::COOKIE,
                format!("partake={value}; partake-codes={value}"),
            )
            .body(Body::empty())
            .unwrap();
        let answer = site.send(request).await;
        answer.assert_status(StatusCode::SEE_OTHER);
        assert!(answer.location().starts_with("/en/account?next="));
    }
}

#[tokio::test]
async fn what_is_sent_twice_is_done_once() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    ann.post("/en/account/sign-up", &sign_up("Annabel")).await;
    let again = site
        .visitor()
        .post("/en/account/sign-up", &sign_up("Annabel"))
        .await;
    again.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    let mut ben = site.visitor();
    ben.post("/en/account/sign-up", &sign_up("Benedict")).await;
    let opened = thread(&mut ben, "Who decides?", "I do").await;
    let reply = ben
        .post(&format!("{}/reply", path(&opened)), &[("body", "or you")])
        .await;
    let comment = path(&reply);
    for _ in 0..3 {
        ann.post(&format!("{comment}/vote"), &[("vote", "up")])
            .await
            .assert_status(StatusCode::SEE_OTHER);
    }
    let votes = ann.get("/en/account/votes").await;
    assert_eq!(votes.body.matches("Who decides?").count(), 1);
    for _ in 0..2 {
        ann.post("/en/account/delete", &[("current", PASSWORD)])
            .await
            .assert_status(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn in_two_tabs_the_one_signed_out_in_the_other_keeps_its_text() {
    let site = TestSite::new().await;
    let mut ann = site.visitor();
    ann.post("/en/account/sign-up", &sign_up("Annabel")).await;
    let opened = thread(&mut ann, "Who decides?", "I do").await;
    let thread = path(&opened);
    ann.post("/en/account/sign-out", &[]).await;
    let answer = ann
        .post(
            &format!("{thread}/reply"),
            &[("body", "typed in the other tab")],
        )
        .await;
    answer.assert_status(StatusCode::UNAUTHORIZED);
    assert!(answer.body.contains("typed in the other tab"));
    // Somebody else signs in there: the text is still for sending, under the name that is shown.
    ann.post("/en/account/sign-up", &sign_up("Benedict")).await;
    let page = ann.get(&thread).await;
    assert!(page.body.contains("Benedict"));
}

#[tokio::test]
async fn a_flood_from_one_address_leaves_the_way_in_open_for_others() {
    let site = TestSite::with_options(&["--trusted-hops", "1"]).await;
    site.visitor()
        .post("/en/account/sign-up", &sign_up("Annabel"))
        .await;
    let start = Instant::now();
    let mut refused = 0;
    for n in 0..700 {
        // One network of IPv6 has more addresses than anybody counts.
        let address = format!("2001:db8::{n:x}");
        let answer = try_from(&site, &address, &format!("made-up-{n}"), "whatever it is").await;
        refused += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused > 600, "{refused} refused");
    assert!(
        start.elapsed() < Duration::from_secs(60),
        "{:?}",
        start.elapsed()
    );
    let answer = try_from(&site, "192.0.2.7", "Annabel", PASSWORD).await;
    answer.assert_status(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_handle_that_nobody_has_takes_as_long_as_a_wrong_password() {
    let site = TestSite::new().await;
    site.visitor()
        .post("/en/account/sign-up", &sign_up("Annabel"))
        .await;
    let fastest = async |handle: &str| {
        let mut best = Duration::MAX;
        for _ in 0..6 {
            site.advance(120_000);
            let form = [("handle", handle), ("password", "a plinth, an ox, a lamp")];
            let start = Instant::now();
            site.visitor().post("/en/account/sign-in", &form).await;
            best = best.min(start.elapsed());
        }
        best.as_secs_f64()
    };
    // A busy machine spoils single rounds; a difference that is there spoils all of them.
    let mut rounds = Vec::new();
    for _ in 0..6 {
        let (known, unknown) = (fastest("Annabel").await, fastest("Annabella").await);
        let ratio = known.max(unknown) / known.min(unknown);
        if ratio < 1.35 {
            return;
        }
        rounds.push((known, unknown));
    }
    panic!("known and unknown differ in every round: {rounds:?}");
}

#[tokio::test]
async fn an_old_hash_is_made_again_when_its_password_is_known() {
    let site = TestSite::new().await;
    site.visitor()
        .post("/en/account/sign-up", &sign_up("Annabel"))
        .await;
    let store = &site.state.store;
    let account = store.account_by_handle("annabel").await.unwrap().unwrap();
    // The same password at the cost of another time.
    let old = argon2::Argon2::new(
        argon2::Algorithm::Argon2id,
        argon2::Version::V0x13,
        argon2::Params::new(4_096, 3, 1, None).unwrap(),
    );
    let hash = {
        use argon2::password_hash::PasswordHasher as _;
        old.hash_password(PASSWORD.as_bytes()).unwrap().to_string()
    };
    store.set_password(&account.id, &hash).await.unwrap();
    for _ in 0..2 {
        let form = [("handle", "Annabel"), ("password", PASSWORD)];
        site.visitor()
            .post("/en/account/sign-in", &form)
            .await
            .assert_status(StatusCode::SEE_OTHER);
    }
    let account = store.account_by_handle("annabel").await.unwrap().unwrap();
    assert!(
        account.password_hash.contains("m=19456,t=2,p=1"),
        "{}",
        account.password_hash
    );
}
