//! The pipeline, the tools for threads, rules, second looks, the feed and the limits, over HTTP.

use axum::http::StatusCode;
use partake_core::forum::Role;

use crate::{
    casework::{configure, newest_act},
    moderation::{Scene, account, scene},
    support::TestSite,
};

#[tokio::test]
async fn what_is_noticed_automatically_is_explained_and_left_to_a_person() {
    let site = TestSite::new().await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let Scene { thread, .. } = scene(&mut mia).await;
    let bad = configure(&mut mia, &[("words", "---"), ("rate", "many")]).await;
    assert_eq!(bad, StatusCode::UNPROCESSABLE_ENTITY);
    let words = "casin*\n加微信\n(a+)+$";
    configure(&mut mia, &[("words", words), ("named", "role")]).await;

    let mut ann = account(&site, "Ann", Role::Member).await;
    let reply = format!("{thread}/reply");
    let mut held = Vec::new();
    for body in [
        "Visit the CASINOS downtown",
        "详情请加微信",
        "https://a.example https://b.example https://c.example",
    ] {
        let answer = ann.post(&reply, &[("body", body)]).await;
        assert!(answer.location().contains("done=held"), "{body}");
        held.push(answer.location().split('?').next().unwrap().to_owned());
    }
    let id = held[0].rsplit('/').next().unwrap();
    let why = ann.get(&format!("/en/moderation/mine/{id}")).await;
    assert!(
        why.body.contains("CASIN") && why.body.contains("casin*"),
        "{}",
        why.body
    );
    assert!(why.body.contains("This is not a decision"));
    let slow = "a".repeat(9_000);
    let answer = ann.post(&reply, &[("body", &slow)]).await;
    assert!(
        answer.location().contains("done=posted"),
        "no pattern backtracks"
    );
    let twice = "The very same words once more.";
    let answer = ann.post(&reply, &[("body", twice)]).await;
    assert!(answer.location().contains("done=posted"));
    let answer = ann.post(&reply, &[("body", twice)]).await;
    assert!(answer.location().contains("done=held"), "said before");

    let log = site.visitor().get("/en/moderation/log").await;
    assert!(log.body.contains("automatic, until a moderator looks"));
    assert!(log.body.contains("word list") && !log.body.contains("CASIN"));
    assert!(!log.body.contains(">Mia<"), "moderators are named by role");
    mia.submit(
        &format!("/en/moderation/comment/{id}"),
        &[("act", "approve")],
    )
    .await;
    assert!(site.visitor().get(&thread).await.body.contains("CASINOS"));
}

#[tokio::test]
async fn reports_that_weigh_enough_withhold_and_a_moderator_who_looked_has_the_last_word() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { comment, id, .. } = scene(&mut ann).await;
    let report = format!("{comment}/report");
    // Newcomers weigh half: six of them make three.
    for number in 0..6 {
        assert!(
            site.visitor()
                .get(&comment)
                .await
                .body
                .contains("rude words")
        );
        let mut reporter = account(&site, &format!("rep{number}"), Role::Member).await;
        reporter.submit(&report, &[("reason", "abuse")]).await;
    }
    assert!(
        !site
            .visitor()
            .get(&comment)
            .await
            .body
            .contains("rude words")
    );
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let queue = mia.get("/en/moderation").await;
    assert!(queue.body.contains("reported by 6 people") && queue.body.contains("6 reports"));
    assert!(
        queue.body.contains("1 comment waits"),
        "folded into one case"
    );
    site.advance(1_000);
    mia.submit(
        &format!("/en/moderation/comment/{id}"),
        &[("act", "approve")],
    )
    .await;
    site.advance(1_000);
    for number in 6..12 {
        let mut reporter = account(&site, &format!("rep{number}"), Role::Member).await;
        reporter.submit(&report, &[("reason", "abuse")]).await;
    }
    assert!(
        site.visitor()
            .get(&comment)
            .await
            .body
            .contains("rude words")
    );
}

#[tokio::test]
async fn the_log_says_which_settings_were_changed_and_keeps_the_word_list_to_itself() {
    let site = TestSite::new().await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let changes = [
        ("premoderate", "newcomers"),
        ("rate", "7"),
        ("repetition", ""),
        ("review_percent", "10"),
        ("words", "sirloin\nbrisket"),
    ];
    assert_eq!(configure(&mut mia, &changes).await, StatusCode::SEE_OTHER);
    for (lang, told) in [
        (
            "en",
            [
                "Look at comments before they are published: nobody’s → those of newcomers",
                "Withhold beyond so many comments in ten minutes: 15 → 7",
                "Withhold what somebody has said before within a day: yes → no",
                "Words that make a text wait: 0 entries → 2 entries",
            ],
        ),
        (
            "zh",
            [
                "先审后发：都不 → 只对新来的",
                "十分钟内超过多少条就暂缓：15 → 7",
                "一天内重复说过的话，自动暂缓：是 → 否",
                "出现就暂缓的词：0 条 → 2 条",
            ],
        ),
    ] {
        let log = site.visitor().get(&format!("/{lang}/moderation/log")).await;
        for line in told {
            assert!(log.body.contains(line), "{line}: {}", log.body);
        }
        assert!(!log.body.contains("sirloin"));
        assert!(!log.body.contains("申诉期限") && !log.body.contains("Days to appeal"));
    }
    let entries = site.visitor().get("/api/v1/moderation/log").await.json();
    let detail = entries["entries"][0]["detail"].as_str().unwrap();
    assert!(detail.contains("set.rate=15:7") && detail.contains("set.words=0:2"));
}

#[tokio::test]
async fn threads_are_slowed_pinned_premoderated_moved_and_locked_by_the_branch() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene {
        thread,
        comment,
        id,
    } = scene(&mut ann).await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let number = thread.rsplit('/').next().unwrap();
    let decide = format!("/en/moderation/thread/{number}");
    mia.submit(&decide, &[("act", "slow"), ("value", "60")])
        .await;
    let slow = ann
        .post(&format!("{thread}/reply"), &[("body", "too soon")])
        .await;
    slow.assert_status(StatusCode::TOO_MANY_REQUESTS);
    assert!(slow.body.contains("too soon") && slow.body.contains("slow mode"));
    site.advance(61_000);
    ann.submit(&format!("{thread}/reply"), &[("body", "in time")])
        .await;
    mia.submit(&decide, &[("act", "slow"), ("value", "0")])
        .await;
    mia.post(&decide, &[("act", "slow"), ("value", "17")])
        .await
        .assert_status(StatusCode::UNPROCESSABLE_ENTITY);

    mia.submit(
        &format!("/en/moderation/comment/{id}"),
        &[("act", "lock_branch"), ("reason", "off_topic")],
    )
    .await;
    ann.post(&format!("{comment}/reply"), &[("body", "below")])
        .await
        .assert_status(StatusCode::CONFLICT);
    ann.submit(&format!("{thread}/reply"), &[("body", "beside it")])
        .await;

    mia.submit(&decide, &[("act", "premoderate")]).await;
    let answer = ann
        .post(&format!("{thread}/reply"), &[("body", "looked at first")])
        .await;
    assert!(answer.location().contains("done=held"));

    ann.post(
        "/en/discuss/new",
        &[
            ("about", ""),
            ("title", "A later thread"),
            ("body", "Newer"),
        ],
    )
    .await;
    mia.submit(&decide, &[("act", "pin")]).await;
    let list = site.visitor().get("/en/discuss").await.body;
    assert!(list.find("Who decides?").unwrap() < list.find("A later thread").unwrap());
    mia.submit(&decide, &[("act", "move"), ("value", "employment")])
        .await;
    let list = site
        .visitor()
        .get("/en/discuss?about=employment")
        .await
        .body;
    assert!(list.contains("Who decides?") && !list.contains("A later thread"));
    mia.post(&decide, &[("act", "move"), ("value", "no_such")])
        .await
        .assert_status(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_rule_gets_versions_and_stays_citable_when_superseded_or_retired() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { id, .. } = scene(&mut ann).await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let decide = format!("/en/moderation/comment/{id}");
    mia.submit(&decide, &[("act", "remove"), ("reason", "spam")])
        .await;
    let act = newest_act(&site).await;
    mia.get("/en/moderation/rules/spam")
        .await
        .assert_status(StatusCode::FORBIDDEN);
    let mut olu = account(&site, "Olu", Role::Owner).await;
    let edit = "/en/moderation/rules/spam";
    let version = [
        ("act", "publish"),
        ("seen", "1"),
        ("zh_title", "广告"),
        ("zh_text", "不要推销。"),
        ("zh_breaks", "“买我的东西。”"),
        ("zh_sentence", "这是推销。"),
        ("en_title", "Selling"),
        ("en_text", "Do not sell things."),
        ("en_breaks", "“Buy my <b>things</b>.”"),
        ("en_sentence", "This sells something."),
    ];
    olu.post(edit, &version[..2])
        .await
        .assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    olu.submit(edit, &version).await;
    olu.post(edit, &version)
        .await
        .assert_status(StatusCode::CONFLICT);
    let rules = site.visitor().get("/en/rules").await.body;
    assert!(rules.contains("spam@2") && rules.contains("spam@1"));
    assert!(rules.contains("Buy my &lt;b&gt;things") && !rules.contains("<b>things"));
    let old = ann.get(&format!("/en/moderation/statement/{act}")).await;
    assert!(old.body.contains("spam@1") && old.body.contains("mass-produced"));

    olu.submit(edit, &[("act", "retire"), ("seen", "2")]).await;
    mia.submit(&decide, &[("act", "restore")]).await;
    let refused = mia
        .post(&decide, &[("act", "remove"), ("reason", "spam")])
        .await;
    refused.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("retired"));
    let old = ann.get(&format!("/en/moderation/statement/{act}")).await;
    assert!(old.body.contains("spam@1"));
}

#[tokio::test]
async fn a_second_look_is_blind_and_makes_a_number() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { id, .. } = scene(&mut ann).await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    configure(&mut mia, &[("review_percent", "100")]).await;
    configure(&mut mia, &[("reports", "4")]).await;
    let decide = format!("/en/moderation/comment/{id}");
    let note = "An attack on somebody.";
    mia.submit(
        &decide,
        &[("act", "remove"), ("reason", "abuse"), ("note", note)],
    )
    .await;
    let act = newest_act(&site).await;
    let own = mia.get("/en/moderation/review").await;
    assert!(own.body.contains("Nothing waits for a second look"));
    let judged = [("act", act.as_str()), ("verdict", "keep")];
    mia.post("/en/moderation/review", &judged)
        .await
        .assert_status(StatusCode::FORBIDDEN);
    let mut noa = account(&site, "Noa", Role::Moderator).await;
    let page = noa.get("/en/moderation/review").await;
    assert!(page.body.contains("rude words") && !page.body.contains(note));
    noa.post("/en/moderation/review", &judged[..1])
        .await
        .assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    noa.submit("/en/moderation/review", &judged).await;
    let numbers = site.state.store.moderation_statistics().await.unwrap();
    assert_eq!((numbers.reviewed, numbers.alike), (1, 0));
    let page = site.visitor().get("/zh/moderation/statistics").await;
    assert!(page.body.contains("科恩"));
}

#[tokio::test]
async fn the_feed_carries_the_head_of_the_chain_and_escapes_what_people_wrote() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { id, .. } = scene(&mut ann).await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    mia.submit(
        &format!("/en/moderation/comment/{id}"),
        &[
            ("act", "remove"),
            ("reason", "spam"),
            ("note", "<script>1 & 2</script>"),
        ],
    )
    .await;
    let head = site.visitor().get("/api/v1/moderation/log").await.json();
    let hash = head["head"]["hash"].as_str().unwrap().to_owned();
    for lang in ["en", "zh"] {
        let feed = site
            .visitor()
            .get(&format!("/{lang}/moderation/log.atom"))
            .await;
        feed.assert_status(StatusCode::OK);
        assert!(
            feed.headers["content-type"]
                .to_str()
                .unwrap()
                .starts_with("application/atom+xml")
        );
        assert!(feed.body.contains(&hash) && feed.body.contains("spam@1"));
        assert!(feed.body.contains("&lt;script&gt;1 &amp; 2") && !feed.body.contains("<script>"));
    }
}

#[tokio::test]
async fn the_limits_of_a_level_are_told_before_and_when_they_are_hit() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { thread, .. } = scene(&mut ann).await;
    let page = ann.get(&thread).await;
    assert!(
        page.body.contains("You can write 38 more comments"),
        "{}",
        page.body
    );
    for number in 0..38 {
        site.advance(60_000);
        ann.post(
            &format!("{thread}/reply"),
            &[("body", &format!("number {number}"))],
        )
        .await
        .assert_status(StatusCode::SEE_OTHER);
    }
    site.advance(60_000);
    let answer = ann
        .post(&format!("{thread}/reply"), &[("body", "one more")])
        .await;
    answer.assert_status(StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.body.contains("one more") && answer.body.contains("newcomer"));
    site.advance(86_400_000);
    ann.post(&format!("{thread}/reply"), &[("body", "a day later")])
        .await
        .assert_status(StatusCode::SEE_OTHER);
    let mine = ann.get("/en/moderation/mine").await;
    assert!(mine.body.contains(">member<"), "trust has grown");
}
