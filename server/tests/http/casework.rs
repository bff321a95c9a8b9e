//! Statements, appeals, the queue's order of work, sanctions and the pipeline, over HTTP.

use axum::http::StatusCode;
use partake_core::forum::Role;

use crate::{
    moderation::{Scene, account, scene},
    support::{TestSite, Visitor},
};

/// The act that the newest entry of the log is about.
pub(crate) async fn newest_act(site: &TestSite) -> String {
    let log = site.visitor().get("/api/v1/moderation/log").await.json();
    log["entries"][0]["id"].as_str().unwrap().to_owned()
}

pub(crate) async fn seen(site: &TestSite, moderator: &mut Visitor<'_>, id: &str) -> String {
    let _ = site;
    let page = moderator
        .get(&format!("/en/moderation/comment/{id}?act=remove"))
        .await;
    let value = page.body.split("name=\"seen\" value=\"").nth(1).unwrap();
    value.split('"').next().unwrap().to_owned()
}

pub(crate) async fn configure(moderator: &mut Visitor<'_>, changes: &[(&str, &str)]) -> StatusCode {
    let page = moderator.get("/en/moderation/settings").await;
    let seen = page.body.split("name=\"seen\" value=\"").nth(1).unwrap();
    let seen = seen.split('"').next().unwrap().replace("&quot;", "\"");
    let mut form = vec![
        ("seen", seen.as_str()),
        ("premoderate", "nobody"),
        ("named", "handle"),
        ("repetition", "on"),
        ("reports", "3"),
        ("rate", "15"),
        ("newcomer_links", "2"),
        ("appeal_days", "14"),
        ("answer_days", "7"),
        ("review_percent", "100"),
        ("words", ""),
    ];
    for (name, value) in changes {
        form.retain(|(known, _)| known != name);
        form.push((name, value));
    }
    moderator
        .post("/en/moderation/settings", &form)
        .await
        .status
}

#[tokio::test]
async fn a_newcomer_waits_mends_appeals_and_another_moderator_restores() {
    let site = TestSite::new().await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let Scene { thread, .. } = scene(&mut mia).await;
    assert_eq!(
        configure(&mut mia, &[("premoderate", "newcomers")]).await,
        StatusCode::SEE_OTHER
    );

    let mut ann = account(&site, "Ann", Role::Member).await;
    let answer = ann
        .post(
            &format!("{thread}/reply"),
            &[("body", "You fool, it works.")],
        )
        .await;
    assert!(
        answer.location().contains("done=held"),
        "{}",
        answer.location()
    );
    let comment = answer.location().split('?').next().unwrap().to_owned();
    let id = comment.rsplit('/').next().unwrap().to_owned();
    let own = ann.get(answer.location()).await;
    assert!(own.body.contains("waits for a moderator") && own.body.contains("You fool"));
    let why = ann.get(&format!("/en/moderation/mine/{id}")).await;
    assert!(why.body.contains("first comments of newcomers"));
    assert!(!site.visitor().get(&thread).await.body.contains("You fool"));

    // Withheld for a change: under a rule and version, with a sentence, and one chance.
    let queue = mia.get("/en/moderation").await;
    assert!(queue.body.contains("You fool") && queue.body.contains("before publication"));
    let decide = format!("/en/moderation/comment/{id}");
    let withhold = [("act", "withhold"), ("reason", "abuse"), ("note", "")];
    mia.submit(&decide, &withhold).await;
    let act = newest_act(&site).await;
    let statement = ann.get(&format!("/en/moderation/statement/{act}")).await;
    assert!(statement.body.contains("abuse@1"));
    assert!(
        statement.body.contains("aimed at a person"),
        "the rule’s own sentence"
    );
    let mine = format!("/en/moderation/mine/{id}");
    ann.post(&mine, &[("body", "You fool, it works.")])
        .await
        .assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    let page = ann.submit(&mine, &[("body", "It works, you dolt.")]).await;
    assert!(page.body.contains("look at it again"));

    // The second time it is removed; it cannot be withheld for another change.
    let queue = mia.get("/en/moderation?kind=mended").await;
    assert!(queue.body.contains("you dolt"));
    mia.post(&decide, &withhold)
        .await
        .assert_status(StatusCode::CONFLICT);
    let remove = [
        ("act", "remove"),
        ("reason", "abuse"),
        ("note", "Still an insult."),
    ];
    mia.submit(&decide, &remove).await;
    let act = newest_act(&site).await;
    let statement = format!("/en/moderation/statement/{act}");

    // One appeal, by whom it concerns, with words.
    ann.post(&statement, &[("body", " ")])
        .await
        .assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    let page = ann
        .submit(&statement, &[("body", "It was a joke among friends.")])
        .await;
    assert!(page.body.contains("Your appeal is in"));
    let again = ann.post(&statement, &[("body", "Please!")]).await;
    again.assert_status(StatusCode::CONFLICT);
    assert!(again.body.contains("already"));
    let mut ben = account(&site, "Ben", Role::Member).await;
    ben.get(&statement)
        .await
        .assert_status(StatusCode::NOT_FOUND);

    // Not by the first moderator, and not without an answer.
    let appeal = format!("/en/moderation/appeals/{act}");
    let list = mia.get("/en/moderation/appeals").await;
    assert!(list.body.contains("You took this decision"));
    mia.post(&appeal, &[("outcome", "uphold"), ("answer", "No.")])
        .await
        .assert_status(StatusCode::FORBIDDEN);
    let mut noa = account(&site, "Noa", Role::Moderator).await;
    noa.post(&appeal, &[("outcome", "overturn"), ("answer", "")])
        .await
        .assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    let answer = [
        ("outcome", "overturn"),
        ("answer", "The friend agrees with you."),
    ];
    noa.submit(&appeal, &answer).await;
    noa.post(&appeal, &answer)
        .await
        .assert_status(StatusCode::CONFLICT);

    let told = ann.get(&statement).await;
    assert!(told.body.contains("The friend agrees with you."));
    assert!(site.visitor().get(&thread).await.body.contains("you dolt"));
    let log = site.visitor().get("/en/moderation/log").await;
    assert!(log.body.contains("took a decision back after an appeal"));
    assert!(!log.body.contains("Ann") && !log.body.contains("friend agrees"));
    let numbers = site.visitor().get("/en/moderation/statistics").await;
    assert!(numbers.body.contains("100 %"), "the overturn rate");
    assert!(site.state.store.verify_log(&[]).await.unwrap().is_ok());
}

#[tokio::test]
async fn an_appeal_that_comes_too_late_keeps_what_was_typed() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { id, .. } = scene(&mut ann).await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let remove = [("act", "remove"), ("reason", "abuse"), ("note", "")];
    mia.submit(&format!("/en/moderation/comment/{id}"), &remove)
        .await;
    let statement = format!("/en/moderation/statement/{}", newest_act(&site).await);
    site.advance(15 * 86_400_000);
    let answer = ann.post(&statement, &[("body", "but why?")]).await;
    answer.assert_status(StatusCode::CONFLICT);
    assert!(answer.body.contains("over"), "{}", answer.body);
    assert!(answer.body.contains("but why?"));
}

#[tokio::test]
async fn a_second_moderator_is_told_and_overwrites_nothing() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { comment, id, .. } = scene(&mut ann).await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let mut noa = account(&site, "Noa", Role::Moderator).await;
    let decide = format!("/en/moderation/comment/{id}");
    let first = seen(&site, &mut noa, &id).await;
    mia.submit(
        &decide,
        &[("act", "remove"), ("reason", "abuse"), ("seen", &first)],
    )
    .await;
    let late = noa
        .post(&decide, &[("act", "restore"), ("seen", &first)])
        .await;
    late.assert_status(StatusCode::CONFLICT);
    assert!(late.body.contains("Somebody decided this meanwhile"));
    assert!(
        !site
            .visitor()
            .get(&comment)
            .await
            .body
            .contains("rude words")
    );

    // An author who edits meanwhile counts as well.
    mia.submit(&decide, &[("act", "restore")]).await;
    let second = seen(&site, &mut noa, &id).await;
    site.advance(1_000);
    ann.submit(&format!("{comment}/edit"), &[("body", "kind words")])
        .await;
    noa.post(
        &decide,
        &[("act", "remove"), ("reason", "abuse"), ("seen", &second)],
    )
    .await
    .assert_status(StatusCode::CONFLICT);

    // A claim holds for half an hour, unless it is taken over.
    let mut ben = account(&site, "Ben", Role::Member).await;
    ben.submit(&format!("{comment}/report"), &[("reason", "abuse")])
        .await;
    let case = format!("/en/moderation/case/{id}");
    mia.submit(&case, &[("act", "claim")]).await;
    let page = noa.submit(&case, &[("act", "claim")]).await;
    assert!(page.body.contains("Mia is at this case"));
    let refused = noa.post(&decide, &[("act", "dismiss")]).await;
    refused.assert_status(StatusCode::CONFLICT);
    noa.submit(&case, &[("act", "take")]).await;
    noa.submit(&decide, &[("act", "dismiss")]).await;
    let told = ben.get("/en/moderation/mine").await;
    assert!(
        told.body.contains("no rule was broken"),
        "the reporter is told"
    );
}

#[tokio::test]
async fn a_batch_waits_ten_seconds_and_can_be_taken_back() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { thread, id, .. } = scene(&mut ann).await;
    let answer = ann
        .post(&format!("{thread}/reply"), &[("body", "more rude words")])
        .await;
    let second = answer
        .location()
        .split('?')
        .next()
        .unwrap()
        .rsplit('/')
        .next();
    let second = second.unwrap().to_owned();
    let mut ben = account(&site, "Ben", Role::Member).await;
    for comment in [&id, &second] {
        ben.submit(
            &format!("{thread}/{comment}/report"),
            &[("reason", "abuse")],
        )
        .await;
    }
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let items = [
        format!("{id}:{}", seen(&site, &mut mia, &id).await),
        format!("{second}:{}", seen(&site, &mut mia, &second).await),
    ];
    let form = [
        ("act", "remove"),
        ("reason", "abuse"),
        ("note", ""),
        ("item", items[0].as_str()),
        ("item", items[1].as_str()),
    ];
    let nothing = mia.submit("/en/moderation/batch", &form[..3]).await;
    assert!(nothing.body.contains("Nothing was selected"));

    let answer = mia.post("/en/moderation/batch", &form).await;
    let page = mia.get(answer.location()).await;
    assert!(page.body.contains("2 comments are removed in 10 seconds"));
    assert!(
        !page.body.contains("more rude words"),
        "no longer in the queue"
    );
    assert!(
        site.visitor()
            .get(&thread)
            .await
            .body
            .contains("more rude words")
    );
    let batch = answer.location().rsplit('=').next().unwrap().to_owned();
    let undo = format!("/en/moderation/batch/{batch}/undo");
    let page = mia.submit(&undo, &[]).await;
    assert!(page.body.contains("nothing was decided") && page.body.contains("more rude words"));
    site.advance(11_000);
    let now = || site.state.clock.now_ms();
    let store = &site.state.store;
    assert_eq!(store.apply_due_batches(now()).await.unwrap(), 0);
    assert!(
        site.visitor()
            .get(&thread)
            .await
            .body
            .contains("more rude words")
    );

    let answer = mia.post("/en/moderation/batch", &form).await;
    assert_eq!(store.apply_due_batches(now()).await.unwrap(), 0, "not yet");
    site.advance(11_000);
    assert_eq!(store.apply_due_batches(now()).await.unwrap(), 1);
    let page = mia.get(answer.location()).await;
    assert!(
        page.body.contains("2 comments were removed"),
        "{}",
        page.body
    );
    assert!(
        !site
            .visitor()
            .get(&thread)
            .await
            .body
            .contains("more rude words")
    );
    let batch = answer.location().rsplit('=').next().unwrap().to_owned();
    let page = mia
        .submit(&format!("/en/moderation/batch/{batch}/undo"), &[])
        .await;
    assert!(page.body.contains("decided already"));
    assert_eq!(site.state.store.reported_comments().await.unwrap(), 0);
}

#[tokio::test]
async fn who_is_demoted_before_a_batch_is_applied_decides_nothing() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { comment, id, .. } = scene(&mut ann).await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let item = format!("{id}:{}", seen(&site, &mut mia, &id).await);
    mia.post(
        "/en/moderation/batch",
        &[("act", "remove"), ("reason", "spam"), ("item", &item)],
    )
    .await
    .assert_status(StatusCode::SEE_OTHER);
    let store = &site.state.store;
    let account = store.account_by_handle("mia").await.unwrap().unwrap();
    store.set_role(&account.id, Role::Member).await.unwrap();
    site.advance(11_000);
    let now = site.state.clock.now_ms();
    assert_eq!(store.apply_due_batches(now).await.unwrap(), 1);
    assert!(
        site.visitor()
            .get(&comment)
            .await
            .body
            .contains("rude words")
    );
    assert_eq!(store.apply_due_batches(now).await.unwrap(), 0, "once only");
}

#[tokio::test]
async fn a_warning_is_acknowledged_and_silence_ends_by_itself() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { thread, .. } = scene(&mut ann).await;
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let store = &site.state.store;
    let id = store.account_by_handle("ann").await.unwrap().unwrap().id;
    let person = format!("/en/moderation/account/{id}");
    mia.get(&person).await.assert_status(StatusCode::OK);
    let bare = mia.post(&person, &[("act", "warn")]).await;
    bare.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    mia.submit(
        &person,
        &[
            ("act", "warn"),
            ("reason", "abuse"),
            ("note", "Last reminder."),
        ],
    )
    .await;
    let act = newest_act(&site).await;
    let reply = format!("{thread}/reply");
    let held = ann.post(&reply, &[("body", "let me speak")]).await;
    held.assert_status(StatusCode::FORBIDDEN);
    assert!(held.body.contains("let me speak") && held.body.contains("acknowledge"));
    let statement = format!("/en/moderation/statement/{act}");
    let page = ann.get(&statement).await;
    assert!(page.body.contains("Last reminder.") && page.body.contains("I have read this"));
    ann.submit(&format!("{statement}/acknowledge"), &[]).await;
    ann.post(&reply, &[("body", "thank you for the reminder")])
        .await
        .assert_status(StatusCode::SEE_OTHER);

    mia.submit(
        &person,
        &[("act", "silence"), ("reason", "spam"), ("days", "1")],
    )
    .await;
    let log = site.visitor().get("/en/moderation/log").await;
    assert!(log.body.contains("silenced a member") && !log.body.contains(&id));
    let held = ann.post(&reply, &[("body", "and now?")]).await;
    held.assert_status(StatusCode::FORBIDDEN);
    site.advance(86_400_001);
    ann.post(&reply, &[("body", "a day later")])
        .await
        .assert_status(StatusCode::SEE_OTHER);

    // Neither oneself, nor one's equals, nor the owner; a suspension has an end.
    let mut olu = account(&site, "Olu", Role::Owner).await;
    let (me, owner) = (
        store.account_by_handle("mia").await.unwrap().unwrap().id,
        store.account_by_handle("olu").await.unwrap().unwrap().id,
    );
    let ban = [("act", "ban"), ("reason", "abuse"), ("days", "")];
    for other in [&me, &owner] {
        mia.post(&format!("/en/moderation/account/{other}"), &ban)
            .await
            .assert_status(StatusCode::FORBIDDEN);
    }
    olu.post(&format!("/en/moderation/account/{owner}"), &ban)
        .await
        .assert_status(StatusCode::FORBIDDEN);
    let endless = [("act", "suspend"), ("reason", "abuse"), ("days", "")];
    mia.post(&person, &endless)
        .await
        .assert_status(StatusCode::UNPROCESSABLE_ENTITY);

    // A ban leaves reading and the appeal; overturning it gives everything back.
    mia.submit(&person, &ban).await;
    let act = newest_act(&site).await;
    ann.post(&reply, &[("body", "x")])
        .await
        .assert_status(StatusCode::FORBIDDEN);
    ann.submit(
        &format!("/en/moderation/statement/{act}"),
        &[("body", "A mistake.")],
    )
    .await;
    olu.submit(
        &format!("/en/moderation/appeals/{act}"),
        &[("outcome", "overturn"), ("answer", "Indeed.")],
    )
    .await;
    ann.post(&reply, &[("body", "back again")])
        .await
        .assert_status(StatusCode::SEE_OTHER);
}
