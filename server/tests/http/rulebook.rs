//! The published rules where they are used: what is offered, what is refused, what is cited.

use axum::http::StatusCode;
use partake_core::forum::{Reason, Role};
use scraper::{Html, Selector};

use crate::{
    casework::{configure, newest_act},
    moderation::{Scene, account, scene},
    support::{TestSite, Visitor},
};

async fn retire(owner: &mut Visitor<'_>, reason: &str) -> StatusCode {
    let form = [("act", "retire"), ("seen", "1")];
    let to = format!("/en/moderation/rules/{reason}");
    owner.post(&to, &form).await.status
}

#[tokio::test]
async fn a_retired_rule_is_offered_nowhere_and_taken_nowhere() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { comment, id, .. } = scene(&mut ann).await;
    let mut ben = account(&site, "Ben", Role::Member).await;
    ben.submit(&format!("{comment}/report"), &[("reason", "spam")])
        .await;
    let mut owner = account(&site, "Olga", Role::Owner).await;
    assert_eq!(retire(&mut owner, "abuse").await, StatusCode::SEE_OTHER);

    let mut cem = account(&site, "Cem", Role::Member).await;
    let report = format!("{comment}/report");
    let form = cem.get(&report).await;
    assert!(!form.body.contains("value=\"abuse\""));
    assert!(form.body.contains("value=\"spam\"") && form.body.contains("#spam-1"));
    assert!(
        form.body.contains("Selling, posting the same thing"),
        "the rule’s text"
    );
    let sent = cem
        .post(&report, &[("reason", "abuse"), ("note", "here")])
        .await;
    sent.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.body.contains("This rule is retired") && sent.body.contains("here"));

    // So that there is something to look at a second time.
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    configure(&mut mia, &[]).await;
    let page = format!("/en/moderation/comment/{id}?act=remove");
    let seen = crate::casework::seen(&site, &mut mia, &id).await;
    let form = [
        ("act", "remove"),
        ("reason", "spam"),
        ("seen", seen.as_str()),
    ];
    mia.submit(page.split('?').next().unwrap(), &form).await;

    let store = &site.state.store;
    let person = store.account_by_handle("ann").await.unwrap().unwrap().id;
    for page in [
        "/en/moderation".to_owned(),
        format!("/en/moderation/comment/{id}?act=remove"),
        format!("/en/moderation/account/{person}"),
        "/en/moderation/settings".to_owned(),
        "/en/moderation/review".to_owned(),
    ] {
        let page = owner.get(&page).await;
        assert!(page.body.contains("value=\"spam\""));
        // The filter of the queue still finds what was reported under it.
        let decide = match page.body.split_once("class=\"filters\"") {
            Some((_, behind)) => behind.split_once("</form>").unwrap().1,
            None => page.body.as_str(),
        };
        assert!(!decide.contains("value=\"abuse\""));
    }
}

#[tokio::test]
async fn retiring_a_rule_is_called_so_where_it_is_told() {
    let site = TestSite::new().await;
    let mut owner = account(&site, "Olga", Role::Owner).await;
    retire(&mut owner, "abuse").await;
    let log = site.visitor().get("/en/moderation/log").await;
    assert!(log.body.contains("retired a rule") && log.body.contains("Attacking someone"));
    let page = owner.get("/en/moderation/rules/abuse").await;
    assert!(!page.body.contains("holds now") && page.body.contains("This rule is retired"));
}

#[tokio::test]
async fn the_last_rule_in_force_cannot_be_retired() {
    let site = TestSite::new().await;
    let mut owner = account(&site, "Olga", Role::Owner).await;
    for reason in Reason::ALL.into_iter().skip(1) {
        let status = retire(&mut owner, reason.as_str()).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
    }
    let form = [("act", "retire"), ("seen", "1")];
    let last = owner.post("/en/moderation/rules/abuse", &form).await;
    last.assert_status(StatusCode::CONFLICT);
    assert!(last.body.contains("last rule in force"));
}

#[tokio::test]
async fn a_rules_own_sentence_is_in_the_language_of_whoever_reads_it() {
    let site = TestSite::new().await;
    account(&site, "Ann", Role::Member).await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let store = &site.state.store;
    let person = store.account_by_handle("ann").await.unwrap().unwrap().id;
    let warn = [
        ("act", "warn"),
        ("reason", "abuse"),
        ("days", ""),
        ("note", ""),
    ];
    mia.submit(&format!("/zh/moderation/account/{person}"), &warn)
        .await;
    let act = newest_act(&site).await;
    let rule = store.rules().await.unwrap().remove(0).rule;
    for (lang, own, other) in [("en", &rule.en, &rule.zh), ("zh", &rule.zh, &rule.en)] {
        for page in [format!("statement/{act}"), "log".to_owned()] {
            let page = mia.get(&format!("/{lang}/moderation/{page}")).await;
            assert!(page.body.contains(&own.sentence), "{}", own.sentence);
            assert!(!page.body.contains(&other.sentence));
        }
    }
}

#[tokio::test]
async fn whoever_reports_an_opening_post_is_told_that_it_arrived() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { thread, .. } = scene(&mut ann).await;
    let mut ben = account(&site, "Ben", Role::Member).await;
    let page = ben.get(&thread).await;
    let report = page.body.split("/report\"").next().unwrap();
    let report = format!("{}/report", report.rsplit("href=\"").next().unwrap());
    let told = ben
        .submit(&report, &[("reason", "spam"), ("note", "")])
        .await;
    let told = ben.get(told.location()).await;
    assert!(told.body.contains("role=\"status\""), "{}", told.body);
}

#[tokio::test]
async fn a_report_keeps_the_version_of_the_rule_under_which_it_was_made() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { comment, .. } = scene(&mut ann).await;
    let mut ben = account(&site, "Ben", Role::Member).await;
    let report = format!("{comment}/report");
    ben.submit(&report, &[("reason", "spam")]).await;
    let mut owner = account(&site, "Olga", Role::Owner).await;
    let version = [
        ("act", "publish"),
        ("seen", "1"),
        ("zh_title", "推销"),
        ("zh_text", "不要推销。"),
        ("zh_breaks", "“买我的东西。”"),
        ("zh_sentence", "这是推销。"),
        ("en_title", "Peddling"),
        ("en_text", "Do not sell things."),
        ("en_breaks", "“Buy my things.”"),
        ("en_sentence", "This sells something."),
    ];
    owner.submit("/en/moderation/rules/spam", &version).await;
    let mut cem = account(&site, "Cem", Role::Member).await;
    cem.submit(&report, &[("reason", "spam")]).await;

    let reasons = |page: &str| -> Vec<String> {
        let page = Html::parse_document(page);
        let strong = Selector::parse("main li strong").unwrap();
        let texts = page.select(&strong).map(|it| it.text().collect());
        texts.collect()
    };
    let queue = owner.get("/en/moderation").await.body;
    let told = reasons(&queue);
    for title in ["Spam", "Peddling"] {
        let times = told.iter().filter(|told| *told == title).count();
        assert_eq!(times, 1, "{title}: {told:?}");
    }
    let mine = ben.get("/en/account/reports").await.body;
    assert!(mine.contains("Spam") && !mine.contains("Peddling"));
    let mine = cem.get("/en/account/reports").await.body;
    assert!(mine.contains("Peddling"));
}
