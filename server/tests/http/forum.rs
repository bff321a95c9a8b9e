//! Discussion over HTTP: journeys, refusals, and what stored text can never become.

use std::collections::BTreeSet;

use crate::support::{START_MS, TestSite, Visitor};
use axum::http::{StatusCode, header};
use partake_server::simulate_forum::{self, Plan};
use serde_json::Value;

const PASSWORD: &str = "seven grey herons wait";
const ATTACKS: [&str; 6] = [
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "[x](javascript:alert(1)) <a href=\"javascript:alert(1)\">y</a>",
];

pub(crate) async fn member<'a>(site: &'a TestSite, handle: &str) -> Visitor<'a> {
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
    visitor
}

pub(crate) async fn thread(who: &mut Visitor<'_>, title: &str, body: &str) -> String {
    let answer = who
        .post(
            "/en/discuss/new",
            &[("about", ""), ("title", title), ("body", body)],
        )
        .await;
    answer.assert_status(StatusCode::SEE_OTHER);
    answer.location().split('?').next().unwrap().to_owned()
}

/// Replies and gives the path of the new comment.
pub(crate) async fn reply(who: &mut Visitor<'_>, to: &str, body: &str) -> String {
    let answer = who.post(&format!("{to}/reply"), &[("body", body)]).await;
    answer.assert_status(StatusCode::SEE_OTHER);
    answer.location().split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn people_open_threads_reply_edit_and_delete() {
    let site = TestSite::new().await;
    let empty = site.visitor().get("/en/discuss").await;
    assert!(
        empty.body.contains("Nobody has begun yet"),
        "{}",
        empty.body
    );

    let mut ann = member(&site, "Ann").await;
    let question = site.state.surveys.featured().unwrap();
    let question = question.instrument.questions().next().unwrap().id.clone();
    let form = ann.get(&format!("/zh/discuss/new?about={question}")).await;
    assert!(
        form.body
            .contains(&format!("value=\"{question}\" selected")),
        "prefilled"
    );
    let answer = ann
        .post(
            "/en/discuss/new",
            &[
                ("about", &question),
                ("title", "Who decides?"),
                ("body", "First *words*"),
            ],
        )
        .await;
    answer.assert_status(StatusCode::SEE_OTHER);
    let thread = answer.location().split('?').next().unwrap().to_owned();
    let page = site.visitor().get(&thread).await;
    assert!(page.body.contains("First <em>words</em>"), "{}", page.body);

    let mut ben = member(&site, "林小雨").await;
    let first = reply(&mut ben, &thread, "I **disagree**").await;
    let second = reply(&mut ann, &first, "Why?").await;
    let page = site.visitor().get(&second).await;
    assert!(
        page.body.contains("<strong>disagree</strong>"),
        "context above it"
    );
    let list = site
        .visitor()
        .get(&format!("/zh/discuss?about={question}"))
        .await;
    assert!(
        list.body.contains("Who decides?") && list.body.contains("2 条评论"),
        "{}",
        list.body
    );

    let edited = ben
        .submit(&format!("{first}/edit"), &[("body", "I agree")])
        .await;
    assert!(edited.body.contains("I agree") && edited.body.contains("edited"));
    ben.post(&format!("{first}/delete"), &[])
        .await
        .assert_status(StatusCode::SEE_OTHER);
    let page = site.visitor().get(&thread).await;
    assert!(page.body.contains("Taken back by its author") && page.body.contains("Why?"));
    assert!(!page.body.contains("I agree"));
    ann.post(&format!("{second}/delete"), &[])
        .await
        .assert_status(StatusCode::SEE_OTHER);
    ann.get(&second).await.assert_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_fault_stands_beside_its_field_and_what_was_typed_is_kept() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let answer = ann
        .post(
            "/en/discuss/new",
            &[("about", "no_such"), ("title", "ab"), ("body", "my words")],
        )
        .await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.body.contains("id=\"title-fault\"") && answer.body.contains("id=\"about-fault\"")
    );
    assert!(answer.body.contains("my words") && answer.body.contains("value=\"ab\""));

    let thread = thread(&mut ann, "Who decides?", "x").await;
    let long = "字".repeat(10_001);
    let answer = ann
        .post(&format!("{thread}/reply"), &[("body", &long)])
        .await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains(&long) && answer.body.contains("10,001 of at most 10,000"));
    let answer = ann.post(&format!("{thread}/reply"), &[("body", " ")]).await;
    answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Please write something"));
}

#[tokio::test]
async fn bad_requests_have_their_status() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let thread = thread(&mut ann, "Who decides?", "x").await;
    ann.get(&format!("{thread}/reply"))
        .await
        .assert_status(StatusCode::METHOD_NOT_ALLOWED);
    ann.get("/en/discuss/99999")
        .await
        .assert_status(StatusCode::NOT_FOUND);
    ann.get("/en/discuss/nonsense")
        .await
        .assert_status(StatusCode::NOT_FOUND);
    ann.get(&format!("{thread}?cursor=zz"))
        .await
        .assert_status(StatusCode::BAD_REQUEST);
    ann.get(&format!("{thread}?sort=worst"))
        .await
        .assert_status(StatusCode::BAD_REQUEST);
    let huge = "x".repeat(300 * 1024);
    let answer = ann
        .post(&format!("{thread}/reply"), &[("body", &huge)])
        .await;
    answer.assert_status(StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_post_from_another_site_is_refused() {
    let site = TestSite::new().await;
    let request = axum::http::Request::post("/en/account/sign-out")
        .header(header::HOST, "127.0.0.1:3000")
        .header("sec-fetch-site", "cross-site")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(axum::body::Body::empty())
        .unwrap();
    site.send(request)
        .await
        .assert_status(StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_text_survives_an_expired_session() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let thread = thread(&mut ann, "Who decides?", "x").await;
    ann.forget_cookies();
    let words = "what I was </textarea> writing";
    let answer = ann
        .post(&format!("{thread}/reply"), &[("body", words)])
        .await;
    answer.assert_status(StatusCode::UNAUTHORIZED);
    assert!(
        answer.body.contains("what I was &lt;/textarea&gt; writing"),
        "{}",
        answer.body
    );
    let page = ann
        .submit(
            "/en/account/sign-in",
            &[
                ("handle", "ann"),
                ("password", PASSWORD),
                ("next", &thread),
                ("draft_title", ""),
                ("draft_body", words),
            ],
        )
        .await;
    assert!(
        page.body
            .contains("what I was &lt;/textarea&gt; writing</textarea>"),
        "{}",
        page.body
    );
    reply(&mut ann, &thread, words).await;
    let page = ann.get(&thread).await;
    assert!(
        !page.body.contains("writing</textarea>"),
        "the draft is forgotten once sent"
    );
}

#[tokio::test]
async fn nobody_changes_what_is_not_theirs() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let thread = thread(&mut ann, "Who decides?", "x").await;
    let comment = reply(&mut ann, &thread, "mine").await;
    let mut ben = member(&site, "Ben").await;
    for act in ["edit", "delete"] {
        let answer = ben
            .post(&format!("{comment}/{act}"), &[("body", "theirs")])
            .await;
        answer.assert_status(StatusCode::FORBIDDEN);
        ben.get(&format!("{comment}/{act}"))
            .await
            .assert_status(StatusCode::FORBIDDEN);
    }
    let own = ann
        .post(&format!("{comment}/report"), &[("reason", "spam")])
        .await;
    own.assert_status(StatusCode::FORBIDDEN);
    let mut nobody = site.visitor();
    for act in ["delete", "report"] {
        let answer = nobody
            .post(&format!("{comment}/{act}"), &[("reason", "spam")])
            .await;
        answer.assert_status(StatusCode::SEE_OTHER);
        assert!(
            answer.location().starts_with("/en/account?next="),
            "{}",
            answer.location()
        );
    }
    assert!(ann.get(&comment).await.body.contains("mine"));
}

#[tokio::test]
async fn stored_text_is_never_markup() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let mut ben = member(&site, "Ben").await;
    let mut paths = vec!["/en/discuss".to_owned(), "/zh/account".to_owned()];
    for attack in ATTACKS {
        let thread = thread(&mut ann, attack, attack).await;
        // Not word for word the opening: a repetition would wait for a moderator.
        let comment = reply(&mut ann, &thread, &format!("{attack} again")).await;
        ben.post(
            &format!("{comment}/report"),
            &[("reason", "spam"), ("note", attack)],
        )
        .await
        .assert_status(StatusCode::SEE_OTHER);
        paths.push(thread);
        paths.push(format!("{comment}/edit"));
        paths.push(comment);
        let refused = ann
            .post(
                "/en/discuss/new",
                &[("about", attack), ("title", attack), ("body", attack)],
            )
            .await;
        harmless(&refused.body, attack);
        let refused = site
            .visitor()
            .post(
                "/en/account/sign-up",
                &[("handle", attack), ("password", attack)],
            )
            .await;
        harmless(&refused.body, attack);
        let refused = site
            .visitor()
            .post("/en/discuss/new", &[("title", attack), ("body", attack)])
            .await;
        harmless(&refused.body, attack);
        // A newcomer opens a few threads a day.
        site.advance(6 * 3_600_000);
    }
    for path in paths {
        let page = ann.get(&path).await;
        page.assert_status(StatusCode::OK);
        harmless(&page.body, &path);
    }
}

/// No script but the site's own module, no handler, no script address.
fn harmless(html: &str, what: &str) {
    let lower = html.to_lowercase();
    assert!(!lower.contains("<script>"), "{what}");
    assert!(
        !lower.contains("<img") && !lower.contains("<svg onload"),
        "{what}"
    );
    assert_eq!(lower.matches("</title>").count(), 1, "{what}");
    for tag in lower
        .split('<')
        .filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag))
    {
        assert!(!tag.contains("href=\"javascript:"), "{what}: {tag}");
        // Inside quotes an attribute's value is only a value.
        let outside: String = tag.split('"').step_by(2).collect();
        assert!(
            !outside.contains("onerror") && !outside.contains("onload"),
            "{what}: {tag}"
        );
    }
}

#[tokio::test]
async fn somebody_who_writes_very_fast_waits_and_keeps_the_text() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let thread = thread(&mut ann, "Who decides?", "x").await;
    for _ in 0..19 {
        reply(&mut ann, &thread, "again").await;
    }
    let answer = ann
        .post(&format!("{thread}/reply"), &[("body", "one more")])
        .await;
    answer.assert_status(StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.body.contains("one more") && answer.headers.contains_key(header::RETRY_AFTER));
    site.advance(10_000);
    reply(&mut ann, &thread, "one more").await;
}

#[tokio::test]
async fn the_api_gives_every_comment_once_in_the_contracts_shape() {
    let site = TestSite::new().await;
    let wave = site.state.surveys.featured().unwrap();
    let plan = Plan {
        threads: 3,
        comments: 4_000,
        reports: 25,
        seed: 7,
    };
    let written = simulate_forum::run(&site.state.store, &wave, plan, START_MS)
        .await
        .unwrap();
    assert_eq!(
        (written.threads, written.comments, written.reports),
        (3, 4_000, 25)
    );

    let mut visitor = site.visitor();
    let threads = visitor.get("/api/v1/threads").await.json();
    let threads = threads["threads"].as_array().unwrap();
    let largest = threads
        .iter()
        .max_by_key(|t| t["comment_count"].as_i64())
        .unwrap();
    assert_eq!(largest["comment_count"], 2_000);
    let id = largest["id"].as_str().unwrap();
    for sort in ["best", "new", "old"] {
        let mut seen = BTreeSet::new();
        let mut open = vec![format!("/api/v1/threads/{id}/comments?sort={sort}")];
        while let Some(path) = open.pop() {
            let page = visitor.get(&path).await;
            page.assert_status(StatusCode::OK);
            let page = page.json();
            let base = path.split('?').next().unwrap();
            let items = page["comments"]
                .as_array()
                .or(page["replies"].as_array())
                .unwrap();
            if let Some(next) = page["next"].as_str() {
                open.push(format!("{base}?sort={sort}&cursor={next}"));
            }
            let mut items: Vec<&Value> = items.iter().collect();
            while let Some(item) = items.pop() {
                let own = item["id"].as_str().unwrap();
                assert!(seen.insert(own.to_owned()), "{own} twice by {sort}");
                if let Some(more) = item["more"].as_str() {
                    open.push(format!(
                        "/api/v1/threads/{id}/comments/{own}/replies?sort={sort}&cursor={more}"
                    ));
                }
                items.extend(item["replies"].as_array().unwrap());
            }
        }
        assert_eq!(seen.len(), 2_000, "{sort}");
    }

    let page = visitor.get(&format!("/api/v1/threads/{id}/comments")).await;
    assert_eq!(page.headers[header::CACHE_CONTROL], "public, no-cache");
    let etag = page.headers[header::ETAG].clone();
    let json = page.json();
    for key in [
        "id",
        "parent_id",
        "depth",
        "author",
        "state",
        "body",
        "html",
        "score",
        "created_at",
        "edited",
        "reply_count",
        "descendant_count",
        "replies",
        "more",
    ] {
        assert!(json["comments"][0].get(key).is_some(), "{key}");
    }
    assert_eq!(json["thread"]["id"], id);
    let again = axum::http::Request::get(format!("/api/v1/threads/{id}/comments"))
        .header(header::IF_NONE_MATCH, etag)
        .body(axum::body::Body::empty())
        .unwrap();
    site.send(again)
        .await
        .assert_status(StatusCode::NOT_MODIFIED);

    for path in ["/api/v1/threads/999/comments", "/api/v1/threads/x/comments"] {
        let answer = visitor.get(path).await;
        answer.assert_status(StatusCode::NOT_FOUND);
        assert_eq!(answer.json()["error"], "not_found");
    }
    let forged = visitor
        .get(&format!("/api/v1/threads/{id}/comments?cursor=00ff"))
        .await;
    forged.assert_status(StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn pages_of_a_large_thread_lead_on_without_loading_it_whole() {
    let site = TestSite::new().await;
    let wave = site.state.surveys.featured().unwrap();
    let plan = Plan {
        threads: 1,
        comments: 3_000,
        reports: 0,
        seed: 3,
    };
    simulate_forum::run(&site.state.store, &wave, plan, START_MS)
        .await
        .unwrap();
    let mut visitor = site.visitor();
    let page = visitor.get("/en/discuss/1").await;
    page.assert_status(StatusCode::OK);
    let shown = page.body.matches("class=\"comment\"").count();
    assert!((20..600).contains(&shown), "{shown}");
    assert!(page.body.contains("data-more=") && page.body.contains("More comments"));
}

#[tokio::test]
async fn a_member_votes_turns_the_vote_and_takes_it_back() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let mut ben = member(&site, "Ben").await;
    let thread = thread(&mut ann, "Who decides?", "First words").await;
    let comment = reply(&mut ann, &thread, "Somebody has to.").await;
    let id = comment.rsplit('/').next().unwrap();
    let vote = format!("{comment}/vote");

    let page = ben.get(&thread).await;
    assert!(
        page.body
            .contains("aria-label=\"Vote for the comment by Ann\"")
    );
    let next = format!("{thread}?sort=new");
    let voted = ben.post(&vote, &[("vote", "up"), ("next", &next)]).await;
    voted.assert_status(StatusCode::SEE_OTHER);
    assert_eq!(voted.location(), format!("{next}#c{id}"));
    let page = ben.get(&thread).await;
    assert_eq!(page.body.matches("aria-pressed=\"true\"").count(), 1);
    let api = format!(
        "/api/v1/threads/{}/comments",
        &thread["/en/discuss/".len()..]
    );
    let score = async || {
        let tree = site.visitor().get(&api).await.json();
        let comments = tree["comments"].as_array().unwrap().clone();
        let found = comments.iter().find(|c| c["id"] == id).unwrap();
        found["score"].as_i64().unwrap()
    };
    assert_eq!(score().await, 1);
    ben.post(&vote, &[("vote", "down"), ("next", "")]).await;
    assert_eq!(score().await, -1);
    let export = ben.get("/en/account/export").await.json();
    assert_eq!(export["votes"][0]["vote"], "down");
    ben.post(&vote, &[("vote", "none")]).await;
    assert_eq!(score().await, 0);

    // Not on one's own, not signed out, and never off this site.
    assert!(!ann.get(&comment).await.body.contains("class=\"vote\""));
    ann.post(&vote, &[("vote", "up")])
        .await
        .assert_status(StatusCode::FORBIDDEN);
    assert!(
        !site
            .visitor()
            .get(&thread)
            .await
            .body
            .contains("class=\"vote\"")
    );
    ben.post(&vote, &[("vote", "sideways")])
        .await
        .assert_status(StatusCode::BAD_REQUEST);
    let away = ben
        .post(&vote, &[("vote", "up"), ("next", "//evil.example")])
        .await;
    assert_eq!(away.location(), format!("{thread}#c{id}"));
}
