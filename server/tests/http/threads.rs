//! Threads beside their words: what they are about, search.

use axum::http::StatusCode;
use partake_core::disclosure::Parameters;

use crate::{
    forum::{member, reply, thread},
    support::{TestSite, people},
};

#[tokio::test]
async fn words_are_found_in_both_languages_and_marked() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let first = thread(&mut ann, "Who decides at work?", "人工智能与人的角色").await;
    let second = reply(&mut ann, &first, "It **decides**; <b>roles</b> stay").await;
    let mut visitor = site.visitor();
    let zh = visitor.get("/zh/discuss/search?q=%E8%A7%92%E8%89%B2").await;
    zh.assert_status(StatusCode::OK);
    assert!(zh.body.contains("<mark>角色</mark>"), "{}", zh.body);
    let en = visitor.get("/en/discuss/search?q=roles+DECIDE").await;
    assert!(
        en.body
            .contains("<mark>decides</mark>; &lt;b&gt;<mark>roles</mark>&lt;/b&gt; stay"),
        "{}",
        en.body
    );
    assert!(
        en.body.contains(&format!("href=\"{second}#c")),
        "{}",
        en.body
    );
    let by = visitor.get("/en/discuss/search?by=%40ann").await;
    assert!(by.body.contains("Who decides at work?"));
    let nobody = visitor
        .get("/en/discuss/search?q=roles&by=nobodyhere")
        .await;
    nobody.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        nobody.body.contains("Nobody has this handle") && nobody.body.contains("value=\"roles\"")
    );
    let date = visitor
        .get("/en/discuss/search?q=roles&from=yesterday")
        .await;
    date.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    for (dates, found) in [
        ("from=2026-11-23&until=2026-11-23", true),
        ("until=2026-11-22", false),
        ("from=2026-11-24", false),
    ] {
        let page = visitor
            .get(&format!("/en/discuss/search?q=roles&{dates}"))
            .await;
        assert_eq!(page.body.contains("<mark>"), found, "{dates}");
    }
    let none = visitor.get("/en/discuss/search?q=%22%27%28%29%3A%2A").await;
    none.assert_status(StatusCode::OK);
    let bad = visitor.get("/en/discuss/search?q=roles&cursor=zz").await;
    bad.assert_status(StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_thread_about_a_figure_shows_it_as_its_release_published_it() {
    let site = TestSite::new().await;
    people::submit(&site, 120, 1).await;
    people::released(&site, 1, &Parameters::default(), false).await;
    let mut ann = member(&site, "Ann").await;
    let form = ann.get("/zh/discuss/new?about=r1.gender").await;
    form.assert_status(StatusCode::OK);
    assert!(
        form.body.contains("value=\"r1.gender\" selected"),
        "{}",
        form.body
    );
    assert!(form.body.contains("class=\"quoted-figure\""));
    let opened = ann
        .post(
            "/zh/discuss/new",
            &[
                ("about", "r1.gender"),
                ("title", "谁在回答？"),
                ("body", "看这张图"),
            ],
        )
        .await;
    opened.assert_status(StatusCode::SEE_OTHER);
    let path = opened.location().split('?').next().unwrap().to_owned();
    let before = site.visitor().get(&path).await;
    assert!(before.body.contains("第 1 期结果"), "{}", before.body);
    let figure = |page: &str| {
        let start = page.find("class=\"quoted-figure\"").unwrap();
        page[start..].split("</section>").next().unwrap().to_owned()
    };

    people::submit(&site, 200, 2).await;
    people::released(&site, 2, &Parameters::default(), false).await;
    let after = site.visitor().get(&path).await;
    assert_eq!(
        figure(&after.body),
        figure(&before.body),
        "pinned to its release"
    );

    let listed = site.visitor().get("/en/discuss?about=r1.gender").await;
    assert!(listed.body.contains("谁在回答？") && listed.body.contains("release 1:"));
    let question = site.visitor().get("/en/discuss?about=gender").await;
    assert!(question.body.contains("谁在回答？"));
    let api = site.visitor().get("/api/v1/threads?about=r1.gender").await;
    assert_eq!(api.json()["threads"][0]["about"]["release"], 1);

    for missing in [
        "r9.gender",
        "r1.nothing",
        "section.nothing",
        "nothing",
        "r1.gender.nothing",
        "../x",
    ] {
        let refused = ann
            .post(
                "/en/discuss/new",
                &[
                    ("about", missing),
                    ("title", "A title"),
                    ("body", "kept words"),
                ],
            )
            .await;
        refused.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("kept words"), "{missing}");
    }
}

#[tokio::test]
async fn a_draft_is_previewed_before_it_is_published() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let path = thread(&mut ann, "Who decides at work?", "opening").await;
    let draft = [
        ("body", "**我选了**第二项 <script>x</script> @Ann"),
        ("act", "preview"),
    ];
    for form in [format!("{path}/reply"), "/en/discuss/new".to_owned()] {
        let shown = ann.post(&form, &draft).await;
        shown.assert_status(StatusCode::OK);
        assert!(
            shown
                .body
                .contains("<strong>我选了</strong>第二项 &lt;script&gt;"),
            "{}",
            shown.body
        );
        assert!(
            shown.body.contains("**我选了**第二项 &lt;script&gt;"),
            "the draft is kept"
        );
        assert!(
            shown
                .body
                .contains("class=\"mention\" href=\"/en/discuss/search?by=ann\"")
        );
        assert!(
            shown.body.contains("comes near a rule") && shown.body.contains("of 10,000 characters")
        );
    }
    assert!(
        !site.visitor().get(&path).await.body.contains("我选了"),
        "nothing was published"
    );
    let json = ann.post("/en/discuss/preview", &draft).await.json();
    assert!(
        json["html"].as_str().unwrap().contains("<strong>"),
        "{json}"
    );
    let long = "字".repeat(10_001);
    let json = ann
        .post("/zh/discuss/preview", &[("body", &long)])
        .await
        .json();
    assert_eq!(
        (json["over"].as_bool(), json["html"].as_str()),
        (Some(true), Some(""))
    );
    site.visitor()
        .post("/en/discuss/preview", &draft)
        .await
        .assert_status(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_comment_is_quoted_voted_on_and_its_versions_are_shown() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let mut ben = member(&site, "Ben").await;
    let path = thread(&mut ann, "Who decides at work?", "opening").await;
    let comment = reply(&mut ann, &path, "we decide\nalone").await;
    let quoting = ben.get(&format!("{comment}?quote=1")).await;
    assert!(
        quoting.body.contains("&gt; we decide\n&gt; alone"),
        "{}",
        quoting.body
    );

    ann.post(
        &format!("{comment}/edit"),
        &[("body", "we <b>approve</b> alone")],
    )
    .await
    .assert_status(StatusCode::SEE_OTHER);
    let page = site.visitor().get(&path).await;
    assert!(
        page.body.contains(&format!("href=\"{comment}/history\"")),
        "{}",
        page.body
    );
    let history = site.visitor().get(&format!("{comment}/history")).await;
    history.assert_status(StatusCode::OK);
    assert!(
        history.body.contains("<del>") && history.body.contains("&lt;b&gt;"),
        "{}",
        history.body
    );
    assert!(!history.body.contains("<b>"), "a version is data");
    ann.post(&format!("{comment}/delete"), &[]).await;
    let gone = site.visitor().get(&format!("{comment}/history")).await;
    gone.assert_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn people_follow_threads_and_are_told_in_the_site() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let mut ben = member(&site, "Ben").await;
    let path = thread(&mut ann, "Who decides at work?", "opening").await;
    assert!(ben.get(&path).await.body.contains("Follow this thread"));
    let followed = ben
        .submit(&format!("{path}/follow"), &[("follow", "on")])
        .await;
    assert!(
        followed.body.contains("Stop following"),
        "{}",
        followed.body
    );
    reply(&mut ann, &path, "news").await;
    let told = ben.get("/en/discuss/notices").await;
    assert!(
        told.body.contains("which you follow, has a new comment"),
        "{}",
        told.body
    );
    assert!(told.body.contains("1 notice"), "in the head of the page");
    let comment = reply(&mut ben, &path, "thanks @Ann").await;
    let told = ann.get("/zh/discuss/notices").await;
    assert!(
        told.body.contains("Ben 在“Who decides at work?”里回复了你"),
        "{}",
        told.body
    );
    assert!(
        told.body
            .contains(&format!("/{}#c", comment.rsplit('/').next().unwrap()))
    );
    let read = ann.submit("/zh/discuss/notices", &[]).await;
    assert!(!read.body.contains("条通知"), "{}", read.body);
    site.visitor()
        .get("/en/discuss/notices")
        .await
        .assert_status(StatusCode::SEE_OTHER);
    ben.post(&format!("{path}/follow"), &[("follow", "maybe")])
        .await
        .assert_status(StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn one_language_can_be_read_and_what_that_folds_is_counted() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let path = thread(&mut ann, "Who decides at work?", "opening words").await;
    let english = ann.get(&path).await;
    assert!(
        !english.body.contains("Only Chinese"),
        "one language needs no choice"
    );
    reply(&mut ann, &path, "机器替我决定").await;
    reply(&mut ann, &path, "a reply in English").await;
    let all = site.visitor().get(&path).await;
    assert!(
        all.body.contains("Only Chinese (1)") && all.body.contains("Only English (2)"),
        "{}",
        all.body
    );
    assert!(all.body.contains("<div lang=\"zh-Hans\">"));
    let only = site.visitor().get(&format!("{path}?only=en")).await;
    assert!(
        only.body
            .contains("1 comment in the other language is folded"),
        "{}",
        only.body
    );
    assert!(only.body.contains("A comment in Chinese") && only.body.contains("机器替我决定"));
}

#[tokio::test]
async fn feeds_are_atom_and_are_asked_for_by_their_tag() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let path = thread(&mut ann, "Who <decides> & why?", "opening").await;
    let removed = reply(&mut ann, &path, "a & b <script>\u{0}").await;
    for feed in [
        "/zh/discuss/feed.atom".to_owned(),
        format!("{path}/feed.atom"),
    ] {
        let atom = site.visitor().get(&feed).await;
        atom.assert_status(StatusCode::OK);
        let kind = atom.headers[axum::http::header::CONTENT_TYPE]
            .to_str()
            .unwrap();
        assert!(kind.starts_with("application/atom+xml"));
        assert!(atom.headers.contains_key(axum::http::header::ETAG));
        assert_eq!(atom.body.matches("<entry").count(), 2, "{}", atom.body);
        assert!(atom.body.contains("Who &lt;decides&gt; &amp; why?"));
        assert!(
            atom.body
                .contains("&lt;p&gt;a &amp;amp; b &amp;lt;script&amp;gt;&lt;/p&gt;"),
            "{}",
            atom.body
        );
        assert!(atom.body.contains("<link rel=\"self\"") && atom.body.contains("</feed>"));
    }
    ann.post(&format!("{removed}/delete"), &[]).await;
    let atom = site.visitor().get(&format!("{path}/feed.atom")).await;
    assert_eq!(atom.body.matches("<entry").count(), 1);
}

#[tokio::test]
async fn news_of_a_thread_reach_whoever_listens_and_nobody_else() {
    use axum::{body::Body, http::Request};
    use tower::ServiceExt as _;
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let path = thread(&mut ann, "Who decides at work?", "opening").await;
    let other = thread(&mut ann, "Another thread", "opening").await;
    let request = Request::get(format!("{path}/live"))
        .body(Body::empty())
        .unwrap();
    let answer = site.router.clone().oneshot(request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    reply(&mut ann, &other, "elsewhere").await;
    let comment = reply(&mut ann, &path, "here").await;
    // Closing ends the stream after what was said, so it can be read whole.
    tokio::task::yield_now().await;
    let mut stream = answer.into_body().into_data_stream();
    let first = std::future::poll_fn(|cx| {
        futures_util::Stream::poll_next(std::pin::Pin::new(&mut stream), cx)
    })
    .await
    .unwrap()
    .unwrap();
    let event = String::from_utf8(first.to_vec()).unwrap();
    let id = comment.rsplit('/').next().unwrap();
    assert!(
        event.contains("event: comment") && event.contains(&format!("data: {id}")),
        "{event}"
    );
    site.state.live.close();
    let request = Request::get(format!("{path}/live"))
        .body(Body::empty())
        .unwrap();
    let refused = site.router.clone().oneshot(request).await.unwrap();
    assert_eq!(refused.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn programs_search_what_everybody_may_read() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let path = thread(&mut ann, "Who decides at work?", "opening words").await;
    let comment = reply(&mut ann, &path, "人工智能替我**决定**").await;
    let mut visitor = site.visitor();
    let search = "/api/v1/search?q=%E5%86%B3%E5%AE%9A";
    let found = visitor.get(search).await.json();
    let one = &found["found"][0];
    assert_eq!(one["id"], comment.rsplit('/').next().unwrap());
    assert_eq!(one["thread"], path.rsplit('/').next().unwrap());
    assert_eq!(one["thread_title"], "Who decides at work?");
    assert_eq!(
        (&one["lang"], &one["opens_thread"]),
        (&"zh".into(), &false.into())
    );
    assert!(one["html"].as_str().unwrap().contains("<strong>"));
    assert!(found["next"].is_null());
    let by = visitor.get("/api/v1/search?by=ann").await.json();
    assert_eq!(by["found"].as_array().unwrap().len(), 2);
    let nothing = visitor.get("/api/v1/search").await.json();
    assert_eq!(nothing["found"].as_array().unwrap().len(), 0);
    for bad in ["q=a&from=yesterday", "q=a&by=nobodyhere", "q=a&cursor=zz"] {
        visitor
            .get(&format!("/api/v1/search?{bad}"))
            .await
            .assert_status(StatusCode::BAD_REQUEST);
    }
    ann.post(&format!("{comment}/delete"), &[]).await;
    let gone = visitor.get(search).await.json();
    assert_eq!(gone["found"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn an_author_corrects_the_language_of_a_comment() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let mut ben = member(&site, "Ben").await;
    let path = thread(&mut ann, "Who decides at work?", "opening").await;
    let comment = reply(&mut ann, &path, "OK, Python 3.12 / Rust").await;
    let edit = format!("{comment}/edit");
    let form = [("body", "OK, Python 3.12 / Rust"), ("lang", "zh")];
    ann.submit(&edit, &form).await;
    let page = site.visitor().get(&comment).await.body;
    assert!(page.contains("<div lang=\"zh-Hans\">"), "{page}");
    assert!(!page.contains("/history\""), "no other words, no version");
    let again = ann.get(&edit).await.body;
    assert!(
        again.contains("<option value=\"zh\" selected"),
        "what was chosen is kept: {again}"
    );
    ann.submit(&edit, &[("body", "OK, Python"), ("lang", "")])
        .await;
    let page = site.visitor().get(&comment).await.body;
    assert!(page.contains("<div lang=\"en\">"), "{page}");
    ben.post(&edit, &[("body", "mine"), ("lang", "zh")])
        .await
        .assert_status(StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_comment_read_by_itself_shows_what_stands_beside_it() {
    let site = TestSite::new().await;
    let mut ann = member(&site, "Ann").await;
    let path = thread(&mut ann, "Who decides at work?", "the opening").await;
    let first = reply(&mut ann, &path, "first root").await;
    reply(&mut ann, &path, "second root").await;
    let below = reply(&mut ann, &first, "below the first").await;
    let page = site.visitor().get(&first).await.body;
    let (above, beside) = page.split_once("Other replies beside it").unwrap();
    assert!(above.contains("first root") && above.contains("below the first"));
    assert!(beside.contains("second root") && !beside.contains("the opening"));
    let page = site.visitor().get(&below).await.body;
    assert!(!page.contains("Other replies beside it"), "it is alone");
}
