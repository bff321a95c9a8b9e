//! The attack corpus where texts are told, quoted, searched, judged and fed: in the words of
//! decisions, appeals and answers, private notes, versions, feeds, and in the free texts of a
//! survey.

use axum::http::StatusCode;
use partake_core::{disclosure::Parameters, forum::Role, response::Answer};
use partake_server::{error::percent_encode, release::Outcome};
use scraper::{Html, Selector};

use crate::{
    atom::faults_of,
    casework::newest_act,
    corpus::{Attack, corpus, found_in, join},
    support::{
        TestSite, Visitor,
        people::{released, submit_saying},
    },
};

/// What stands on these pages, as the judge of [`found_in`] sees it.
struct Faults(Vec<String>);

impl Faults {
    async fn look(&mut self, who: &mut Visitor<'_>, page: &str, attack: &Attack) {
        let answer = who.get(page).await;
        answer.assert_status(StatusCode::OK);
        let Attack { class, payload } = attack;
        self.0.extend(
            found_in(&answer.body)
                .into_iter()
                .map(|what| format!("{class}: {payload}: {page}: {what}")),
        );
    }

    /// The entries of a feed, each read as a page of its own.
    async fn feed(&mut self, site: &TestSite, path: &str) {
        let atom = site.visitor().get(path).await;
        atom.assert_status(StatusCode::OK);
        self.0.extend(
            faults_of(&atom.body)
                .into_iter()
                .map(|what| format!("{path}: {what}")),
        );
        let Ok(document) = roxmltree::Document::parse(&atom.body) else {
            return;
        };
        for content in document.descendants().filter(|n| n.has_tag_name("content")) {
            let html = content.text().unwrap_or_default();
            if content.attribute("type") == Some("html") {
                let page = format!("<div class=\"prose\">{html}</div>");
                self.0.extend(
                    found_in(&page)
                        .into_iter()
                        .map(|what| format!("{path}: {what}")),
                );
            }
        }
    }

    #[track_caller]
    fn assert_none(self) {
        let Self(faults) = self;
        let n = faults.len();
        assert!(faults.is_empty(), "{n} faults:\n{}", faults.join("\n"));
    }
}

fn path(location: &str) -> String {
    location.split(['?', '#']).next().unwrap().to_owned()
}

/// Fits a payload to a field of this many characters.
fn cut(payload: &str, most: usize) -> String {
    payload.chars().take(most).collect()
}

/// Threads that somebody may open in a day, and comments that nobody takes for a flood.
const EACH: usize = 5;

#[tokio::test]
async fn no_payload_becomes_more_than_text_where_it_is_told_quoted_or_found() {
    let site = TestSite::new().await;
    let mut keeper = join(&site, "Constance", Role::Moderator).await;
    let mut other = join(&site, "Prudence", Role::Moderator).await;
    let form = [("about", ""), ("title", "A thread"), ("body", "Begin")];
    let opened = keeper.post("/en/discuss/new", &form).await;
    let thread = path(opened.location());
    let mut faults = Faults(Vec::new());
    let mut author = join(&site, "Author_0_", Role::Moderator).await;
    let attacks = corpus();
    for (n, attack) in attacks.iter().enumerate() {
        let payload = attack.payload.as_str();
        site.advance(60_000);
        if n % EACH == 0 {
            author = join(&site, &format!("Author_{}_", n + 1), Role::Moderator).await;
        }
        // Written, changed, and found again.
        let written = [("body", payload)];
        let answer = author.post(&format!("{thread}/reply"), &written).await;
        answer.assert_status(StatusCode::SEE_OTHER);
        let comment = path(answer.location());
        let id = comment.rsplit('/').next().unwrap().to_owned();
        let changed = format!("{payload}\n\nsaid later");
        author
            .post(&format!("{comment}/edit"), &[("body", &changed)])
            .await
            .assert_status(StatusCode::SEE_OTHER);
        faults
            .look(&mut author, &format!("{comment}/history"), attack)
            .await;
        let search = format!("/en/discuss/search?q={}", percent_encode(payload));
        faults.look(&mut author, &search, attack).await;

        // Decided with a private note and a sentence, appealed against, and answered.
        let note = cut(payload, 400);
        keeper
            .post(
                &format!("/en/moderation/case/{id}"),
                &[("act", "note"), ("private_note", &note)],
            )
            .await
            .assert_status(StatusCode::SEE_OTHER);
        faults
            .look(&mut keeper, &format!("/en/moderation/case/{id}"), attack)
            .await;
        let decision = [("act", "remove"), ("reason", "other"), ("note", &note)];
        keeper
            .post(&format!("/en/moderation/comment/{id}"), &decision)
            .await
            .assert_status(StatusCode::SEE_OTHER);
        let act = newest_act(&site).await;
        let statement = format!("/en/moderation/statement/{act}");
        author
            .post(&statement, &[("body", &changed)])
            .await
            .assert_status(StatusCode::SEE_OTHER);
        let appeal = format!("/en/moderation/appeals/{act}");
        faults.look(&mut other, &appeal, attack).await;
        let answer = [("outcome", "uphold"), ("answer", changed.as_str())];
        other
            .post(&appeal, &answer)
            .await
            .assert_status(StatusCode::SEE_OTHER);
        faults.look(&mut author, &statement, attack).await;
        let last = n + 1 == attacks.len();
        if n % EACH == EACH - 1 || last {
            for page in [
                "/en/discuss/notices",
                "/zh/moderation/mine",
                "/en/account",
                "/en/account/votes",
            ] {
                faults.look(&mut author, page, attack).await;
            }
            let (store, handle) = (
                &site.state.store,
                format!("author_{}_", n / EACH * EACH + 1),
            );
            let account = store.account_by_handle(&handle).await.unwrap().unwrap();
            let person = format!("/en/moderation/account/{}", account.id);
            for page in [person.as_str(), "/en/moderation/review"] {
                faults.look(&mut keeper, page, attack).await;
            }
        }
        if n % 25 == 24 || last {
            faults.feed(&site, "/en/moderation/log.atom").await;
        }
    }
    faults.assert_none();
}

#[tokio::test]
async fn no_payload_becomes_more_than_text_in_a_feed_or_the_queue() {
    let site = TestSite::new().await;
    let mut keeper = join(&site, "Constance", Role::Moderator).await;
    let mut faults = Faults(Vec::new());
    let mut author = join(&site, "Author_0_", Role::Moderator).await;
    let mut reader = join(&site, "Reader_0_", Role::Member).await;
    let attacks = corpus();
    for (n, attack) in attacks.iter().enumerate() {
        let payload = attack.payload.as_str();
        site.advance(60_000);
        let title = format!("Title {}", cut(payload, 110));
        let form = [("about", ""), ("title", title.as_str()), ("body", payload)];
        if n % EACH == 0 {
            author = join(&site, &format!("Author_{}_", n + 1), Role::Moderator).await;
            reader = join(&site, &format!("Reader_{}_", n + 1), Role::Member).await;
        }
        let opened = author.post("/en/discuss/new", &form).await;
        opened.assert_status(StatusCode::SEE_OTHER);
        let thread = path(opened.location());
        let id = thread.rsplit('/').next().unwrap();
        let opening = site
            .state
            .store
            .thread(id.parse().unwrap(), Default::default())
            .await
            .unwrap()
            .unwrap()
            .opening;
        let note = cut(payload, 400);
        let report = [("reason", "other"), ("note", note.as_str())];
        reader
            .post(&format!("{thread}/{opening}/report"), &report)
            .await
            .assert_status(StatusCode::SEE_OTHER);
        faults.feed(&site, &format!("{thread}/feed.atom")).await;
        if n % 20 == 19 || n + 1 == attacks.len() {
            faults.look(&mut keeper, "/en/moderation", attack).await;
            faults
                .look(&mut reader, "/en/moderation/mine", attack)
                .await;
            faults.feed(&site, "/zh/discuss/feed.atom").await;
            for decided in keeper_queue(&mut keeper).await {
                keeper
                    .post(
                        &format!("/en/moderation/comment/{decided}"),
                        &[("act", "dismiss")],
                    )
                    .await
                    .assert_status(StatusCode::SEE_OTHER);
            }
            faults
                .look(&mut reader, "/zh/discuss/notices", attack)
                .await;
        }
    }
    faults.assert_none();
}

/// Comments on the first page of the queue.
async fn keeper_queue(keeper: &mut Visitor<'_>) -> Vec<String> {
    let queue = keeper.get("/en/moderation").await;
    let page = Html::parse_document(&queue.body);
    let cases = Selector::parse("[data-case]").unwrap();
    page.select(&cases)
        .filter_map(|case| case.value().attr("data-case").map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn no_payload_becomes_more_than_text_among_the_free_texts_of_a_survey() {
    const PAGE: &str = "/en/moderation/texts?question=open_condition";
    let site = TestSite::new().await;
    let attacks = corpus();
    let say = |n: usize, answers: &mut partake_core::response::Answers| {
        // A text with control characters in it is refused, which is another test's subject.
        let mut words = cut(&attacks[n % attacks.len()].payload, 300);
        words.retain(|c| !c.is_control() || c == '\n');
        answers.insert("open_condition".to_owned(), Answer::Text(words));
    };
    submit_saying(&site, attacks.len(), 1, say).await;
    // No table is shown under these rules, so none has to be protected, which takes time.
    let rules = Parameters {
        min_base: 1_000_000,
        min_split_base: 1_000_000,
        min_cohort: 1_000_000,
        ..Parameters::default()
    };
    assert!(matches!(
        released(&site, 7, &rules, false).await,
        Outcome::Cut(_)
    ));
    let mut reader = join(&site, "Rik", Role::Researcher).await;
    let (mut faults, mut cleared) = (Faults(Vec::new()), 0);
    loop {
        faults.look(&mut reader, PAGE, &attacks[0]).await;
        let texts = waiting(&reader.get(PAGE).await.body);
        if texts.is_empty() {
            break;
        }
        for (id, words) in texts {
            let form = [
                ("act", "publish"),
                ("text", id.as_str()),
                ("words", words.as_str()),
            ];
            reader
                .post("/en/moderation/texts", &form)
                .await
                .assert_status(StatusCode::SEE_OTHER);
            cleared += 1;
        }
    }
    assert!(cleared > 100, "{cleared} texts were read");
    submit_saying(&site, 60, 2, say).await;
    assert!(matches!(
        released(&site, 8, &rules, false).await,
        Outcome::Cut(_)
    ));
    for page in ["/en/results/2/texts", "/zh/results/2/texts"] {
        let mut visitor = site.visitor();
        let public = visitor.get(page).await;
        assert!(
            public.body.matches("class=\"as-written\"").count() > 100,
            "{page}"
        );
        faults.look(&mut visitor, page, &attacks[0]).await;
    }
    faults.assert_none();
}

/// Ids and words of the texts that a page of the readers shows.
fn waiting(body: &str) -> Vec<(String, String)> {
    let page = Html::parse_document(body);
    let (text, id, words) = (
        Selector::parse("article").unwrap(),
        Selector::parse("input[name=text]").unwrap(),
        Selector::parse(".as-written").unwrap(),
    );
    page.select(&text)
        .filter_map(|text| {
            let id = text.select(&id).next()?.value().attr("value")?.to_owned();
            let words = text.select(&words).next()?.text().collect();
            Some((id, words))
        })
        .collect()
}
