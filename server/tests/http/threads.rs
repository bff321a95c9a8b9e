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
