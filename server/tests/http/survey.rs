//! Answering over HTTP, without a script: every persona to the end, and everything that can go
//! wrong on the way.

use std::collections::{BTreeMap, BTreeSet};

use crate::form::Form;
use crate::support::{TestSite, Visitor};
use axum::http::{StatusCode, header};
use partake_core::{
    flow::{Flow, Seed},
    lang::Lang,
    response::{Answer, Answers, Pick, receipt::Receipt},
};
use partake_server::submission::{self, Opened};

pub(crate) type Persona = (&'static str, BTreeMap<&'static str, Vec<&'static str>>);

/// The personas that the instrument declares.
pub(crate) fn personas() -> Vec<Persona> {
    let persona = |fields: &[(&'static str, &[&'static str])]| {
        fields
            .iter()
            .map(|(name, values)| (*name, values.to_vec()))
            .collect()
    };
    vec![
        (
            "worker who uses AI",
            persona(&[
                ("employment", &["employee"]),
                ("supervise", &["s0"]),
                ("ai_use", &["daily"]),
                ("ai_tasks", &["write", "find"]),
                ("preset_by_system", &["draft"]),
            ]),
        ),
        (
            "manager",
            persona(&[
                ("employment", &["employee"]),
                ("supervise", &["s10"]),
                ("ai_use", &["weekly"]),
                ("ai_tasks", &["plan", "check"]),
                ("preset_by_system", &["score"]),
            ]),
        ),
        (
            "platform worker without AI",
            persona(&[
                ("employment", &["platform"]),
                ("supervise", &["s0"]),
                ("ai_use", &["never"]),
                ("preset_by_system", &["tasks", "price"]),
                ("open_condition", &[""]),
            ]),
        ),
        (
            "student",
            persona(&[
                ("employment", &["student"]),
                ("ai_use", &["many"]),
                ("ai_tasks", &["learn", "write"]),
                ("preset_by_system", &["feed"]),
            ]),
        ),
        (
            "retired",
            persona(&[
                ("employment", &["retired"]),
                ("ai_use", &["never"]),
                ("preset_by_system", &["none"]),
                ("open_condition", &[""]),
            ]),
        ),
    ]
}

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect()
}

/// Agrees, and returns the first section's form.
async fn begin(visitor: &mut Visitor<'_>, lang: &str) -> Form {
    let page = visitor
        .post(&format!("/{lang}/survey"), &[("consent_main", "yes")])
        .await;
    page.assert_status(StatusCode::OK);
    Form::read(&page.body)
}

async fn send(
    visitor: &mut Visitor<'_>,
    form: &Form,
    pairs: &[(String, String)],
) -> crate::support::Answer {
    visitor.post(&form.action, &borrowed(pairs)).await
}

fn receipt_in(page: &str) -> Option<String> {
    let at = page.find("class=\"code\"")?;
    let text = &page[at..];
    let code = &text[text.find('>')? + 1..text.find("</p>")?];
    Some(code.replace("<!>", ""))
}

/// Goes through the whole survey; returns the receipt and everything that was chosen.
pub(crate) async fn walk(
    visitor: &mut Visitor<'_>,
    lang: &str,
    persona: &BTreeMap<&str, Vec<&str>>,
    turn: usize,
) -> (String, Vec<(String, String)>, Vec<(String, String)>) {
    let mut form = begin(visitor, lang).await;
    let mut chosen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for _ in 0..30 {
        let pairs = form.fill(persona, turn);
        let mut names: BTreeSet<&String> = pairs.iter().map(|(n, _)| n).collect();
        names.retain(|n| !["page-state", "page-from"].contains(&n.as_str()));
        for name in names {
            let values = pairs
                .iter()
                .filter(|(n, _)| n == name)
                .map(|(_, v)| v.clone());
            chosen.insert(name.clone(), values.collect());
        }
        let page = send(visitor, &form, &pairs).await;
        page.assert_status(StatusCode::OK);
        assert!(
            !page.body.contains("<script>alert"),
            "typed text is escaped"
        );
        if let Some(receipt) = receipt_in(&page.body) {
            let flat = chosen
                .into_iter()
                .flat_map(|(n, vs)| vs.into_iter().map(move |v| (n.clone(), v)))
                .filter(|(_, v)| !v.is_empty())
                .collect();
            return (receipt, flat, pairs);
        }
        form = Form::read(&page.body);
    }
    panic!("the survey does not end");
}

async fn stored(site: &TestSite, receipt: &str) -> Option<Opened> {
    let receipt = Receipt::parse(receipt).expect("a receipt");
    let waves = |survey: &str, version: &str| site.state.surveys.wave(survey, version);
    let opened = submission::open(&site.state.store, waves, &receipt)
        .await
        .expect("the store");
    opened.map(|(opened, _)| opened)
}

/// Stored answers as the form fields that they came from.
fn as_fields(answers: &Answers) -> BTreeSet<(String, String)> {
    let mut fields = BTreeSet::new();
    for (id, answer) in answers {
        match answer {
            Answer::Code(v) | Answer::Text(v) => {
                fields.insert((id.clone(), v.clone()));
            }
            Answer::Codes(codes) => fields.extend(codes.iter().map(|c| (id.clone(), c.clone()))),
            Answer::Number(n) => {
                fields.insert((id.clone(), n.to_string()));
            }
            Answer::Rows(rows) => {
                fields.extend(rows.iter().map(|(r, c)| (format!("{id}__{r}"), c.clone())));
            }
            Answer::Ranking(codes) => fields.extend(
                codes
                    .iter()
                    .enumerate()
                    .map(|(i, c)| (format!("{id}.{}", i + 1), c.clone())),
            ),
            Answer::BestWorst(picks) => {
                for (i, Pick { best, worst }) in picks.iter().enumerate() {
                    let ends = [("best", best), ("worst", worst)];
                    fields.extend(ends.into_iter().filter_map(|(end, code)| {
                        Some((format!("{id}.{i}.{end}"), code.clone()?))
                    }));
                }
            }
        }
    }
    fields
}

#[tokio::test]
async fn every_persona_reaches_a_receipt_and_is_stored_as_chosen() {
    let site = TestSite::new().await;
    for lang in [Lang::Zh, Lang::En] {
        for (turn, (name, persona)) in personas().into_iter().enumerate() {
            let mut visitor = site.visitor();
            let (receipt, chosen, _) = walk(&mut visitor, lang.as_str(), &persona, turn).await;
            let opened = stored(&site, &receipt)
                .await
                .expect("the response is stored");
            assert_eq!(opened.sheet.lang, lang, "{name}");
            let mut kept = as_fields(&opened.answers);
            let chosen: BTreeSet<_> = chosen.into_iter().collect();
            // What follows by itself or by default was not chosen by anybody.
            let flow = Flow::new(
                &site.state.surveys.featured().expect("a survey").instrument,
                lang,
                Seed(0),
                &opened.sheet.assignment,
                &opened.answers,
            )
            .sections()
            .len();
            assert!(flow >= 6, "{name} in {lang} saw {flow} sections");
            kept.retain(|pair| chosen.contains(pair) || pair.0 != "quote_consent");
            let missing: Vec<_> = chosen
                .difference(&kept)
                .filter(|(n, _)| !n.ends_with("open_condition") || opened.answers.contains_key(n))
                .collect();
            assert!(
                missing.is_empty(),
                "{name} in {lang}: not stored: {missing:?}"
            );
            let extra: Vec<_> = kept.difference(&chosen).collect();
            assert!(extra.is_empty(), "{name} in {lang}: nobody chose {extra:?}");
        }
    }
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_response() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let (_, persona) = &personas()[0];
    let (receipt, _, last) = walk(&mut visitor, "zh", persona, 0).await;
    let again = visitor.post("/zh/survey/receipt", &borrowed(&last)).await;
    again.assert_status(StatusCode::OK);
    assert_eq!(receipt_in(&again.body), Some(receipt.clone()));
    assert!(again.body.contains("之前已经收到过"));
    let change = visitor.post("/zh/response", &[("code", &receipt)]).await;
    change.assert_status(StatusCode::OK);
}

#[tokio::test]
async fn consent_is_asked_before_anything_else() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let page = visitor.get("/zh/survey").await;
    page.assert_status(StatusCode::OK);
    assert!(
        page.body.contains("负责人：运营者尚未填写"),
        "what is not set is said to be not set"
    );
    assert!(!page.body.contains("{{"), "no placeholder is left");
    let nothing = visitor.post("/zh/survey", &[("shared", "yes")]).await;
    nothing.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.body.contains("请选“同意”或“不同意”"));
    let no = visitor.post("/en/survey", &[("consent_main", "no")]).await;
    no.assert_status(StatusCode::OK);
    assert!(no.body.contains("That is fine"));
    let yes = visitor.post("/en/survey", &[("consent_main", "yes")]).await;
    assert!(yes.body.contains("name=\"employment\""));
    assert_eq!(yes.headers[header::CACHE_CONTROL], "private, no-cache");
    assert!(
        !yes.headers.contains_key(header::SET_COOKIE),
        "the survey sets no cookie"
    );
}

#[tokio::test]
async fn a_required_question_left_blank_is_named_and_linked() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let form = begin(&mut visitor, "zh").await;
    let page = send(&mut visitor, &form, &form.with("age_band", &["a35_44"])).await;
    page.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("href=\"#q-employment\""));
    assert!(page.body.contains("id=\"e-employment\""));
    assert!(page.body.contains("这一题要选一项"));
    let again = Form::read(&page.body);
    assert_eq!(
        again.values_of("age_band"),
        ["a35_44"],
        "what was chosen is kept"
    );
}

/// The form of the section that asks `name`, for the first persona.
async fn form_with(visitor: &mut Visitor<'_>, name: &str) -> Form {
    let (_, persona) = &personas()[0];
    let mut form = begin(visitor, "en").await;
    for _ in 0..20 {
        if form.has(name) {
            return form;
        }
        let page = send(visitor, &form, &form.fill(persona, 0)).await;
        page.assert_status(StatusCode::OK);
        form = Form::read(&page.body);
    }
    panic!("no page asks {name}");
}

#[tokio::test]
async fn faults_are_told_beside_the_field_and_what_was_typed_stays() {
    let site = TestSite::new().await;
    let long = "长".repeat(801);
    let cases: &[(&str, &[&str], &str)] = &[
        ("employment", &["astronaut"], "not one of the options"),
        ("outlook_chance", &["140"], "from 0 to 100"),
        ("outlook_chance", &["half"], "give a number"),
        ("preset_by_system", &["tasks", "none"], "cannot go together"),
        (
            "open_condition",
            &[&long],
            "At most 800 characters; this has 801",
        ),
        (
            "bws_conditions.0.best",
            &["nonsense"],
            "not one of the options",
        ),
        ("change_rank.2", &["know"], "An earlier place is empty"),
    ];
    for (name, values, message) in cases {
        let mut visitor = site.visitor();
        let form = form_with(&mut visitor, name).await;
        let page = send(&mut visitor, &form, &form.with(name, values)).await;
        page.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            crate::form::unescape(&page.body).contains(message),
            "{name}: {message}"
        );
        let kind = form
            .controls
            .iter()
            .find(|c| c.name == *name)
            .map(|c| c.kind.clone());
        if matches!(kind.as_deref(), Some("text" | "textarea" | "checkbox")) {
            let kept = Form::read(&page.body).values_of(name);
            assert_eq!(kept, *values, "{name} keeps what was typed");
        }
    }
}

#[tokio::test]
async fn an_answer_to_a_question_that_is_not_asked_is_refused() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let form = begin(&mut visitor, "en").await;
    assert!(!form.has("supervise"), "nothing has been answered yet");
    let mut pairs = form.with("employment", &["retired"]);
    pairs.push(("supervise".to_owned(), "s10".to_owned()));
    let page = send(&mut visitor, &form, &pairs).await;
    page.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("this question is not asked"));
    pairs.pop();
    pairs.push(("no_such_question".to_owned(), "1".to_owned()));
    let page = send(&mut visitor, &form, &pairs).await;
    page.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("something we do not know"));
}

#[tokio::test]
async fn answers_that_open_questions_show_the_section_again_first() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let form = begin(&mut visitor, "en").await;
    let page = send(&mut visitor, &form, &form.with("employment", &["employee"])).await;
    page.assert_status(StatusCode::OK);
    assert!(page.body.contains("brought up further questions"));
    let again = Form::read(&page.body);
    assert!(again.has("occupation") && again.has("supervise"));
    assert_eq!(again.values_of("employment"), ["employee"]);
    let next = send(&mut visitor, &again, &again.untouched()).await;
    assert!(
        Form::read(&next.body).has("outlook_chance"),
        "then it goes on, questions may be skipped"
    );
}

#[tokio::test]
async fn back_never_blocks_and_loses_nothing() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let form = form_with(&mut visitor, "outlook_chance").await;
    let back = form.back.clone().expect("a way back");
    let mut pairs = form.with("outlook_chance", &["61"]);
    pairs.push(("page-go".to_owned(), "back".to_owned()));
    let page = visitor.post(&back, &borrowed(&pairs)).await;
    page.assert_status(StatusCode::OK);
    let first = Form::read(&page.body);
    assert_eq!(first.values_of("employment"), ["employee"]);
    let page = send(&mut visitor, &first, &first.untouched()).await;
    assert_eq!(Form::read(&page.body).values_of("outlook_chance"), ["61"]);
}

#[tokio::test]
async fn the_language_can_be_switched_on_the_way() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let form = begin(&mut visitor, "zh").await;
    let mut pairs = form.with("employment", &["student"]);
    pairs.push(("page-go".to_owned(), "stay".to_owned()));
    let page = visitor.post("/en/survey/s1_you", &borrowed(&pairs)).await;
    page.assert_status(StatusCode::OK);
    assert!(page.body.contains("Which of these best describes you"));
    assert_eq!(Form::read(&page.body).values_of("employment"), ["student"]);
}

#[tokio::test]
async fn a_choice_can_be_taken_back() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let form = begin(&mut visitor, "en").await;
    let mut pairs = form.with("gender", &["woman"]);
    pairs.push(("employment".to_owned(), "student".to_owned()));
    pairs.push(("page-clear".to_owned(), "gender".to_owned()));
    let page = visitor.post("/en/survey/s1_you", &borrowed(&pairs)).await;
    page.assert_status(StatusCode::OK);
    let form = Form::read(&page.body);
    assert!(form.values_of("gender").is_empty());
    assert_eq!(form.values_of("employment"), ["student"]);
}

#[tokio::test]
async fn an_unlikely_number_is_asked_about_once() {
    let site = TestSite::new().await;
    // The question belongs to one half of the respondents.
    for _ in 0..40 {
        let mut visitor = site.visitor();
        let form = form_with(&mut visitor, "outlook_chance").await;
        if !form.has("learn_hours") {
            continue;
        }
        let page = send(&mut visitor, &form, &form.with("learn_hours", &["60"])).await;
        page.assert_status(StatusCode::OK);
        assert!(page.body.contains("That is a lot of hours"));
        let again = Form::read(&page.body);
        assert_eq!(again.values_of("learn_hours"), ["60"]);
        let page = send(&mut visitor, &again, &again.untouched()).await;
        let next = Form::read(&page.body);
        assert!(next.has("ai_use"), "confirmed by sending it again");

        let mut back = next.untouched();
        back.push(("page-go".to_owned(), "back".to_owned()));
        let way = next.back.clone().expect("a way back");
        let page = visitor.post(&way, &borrowed(&back)).await;
        let form = Form::read(&page.body);
        let page = send(&mut visitor, &form, &form.untouched()).await;
        assert!(Form::read(&page.body).has("ai_use"), "it was confirmed");

        let page = send(&mut visitor, &form, &form.with("learn_hours", &["70"])).await;
        assert!(
            page.body.contains("That is a lot of hours"),
            "this number was not confirmed"
        );
        return;
    }
    panic!("nobody was asked for hours");
}

#[tokio::test]
async fn a_tampered_state_is_refused_in_the_pages_language() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let form = begin(&mut visitor, "zh").await;
    let state = form.values_of("page-state").remove(0);
    let half = &state[..state.len() / 2];
    for broken in [
        "",
        "x",
        half,
        &format!("{state}A"),
        &state.replace(&state[40..44], "AAAA"),
    ] {
        let page = send(&mut visitor, &form, &form.with("page-state", &[broken])).await;
        page.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains("对不上了") && page.body.contains("href=\"/zh/survey\""));
    }
}

#[tokio::test]
async fn a_version_superseded_on_the_way_can_be_finished() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let (_, persona) = &personas()[4];
    let mut form = begin(&mut visitor, "en").await;

    let old = site.state.surveys.featured().expect("a survey");
    let mut newer = old.instrument.clone();
    newer.version = "9.9.9".to_owned();
    newer.sections.truncate(2);
    let json = partake_core::instrument::canonical_json(&newer);
    let store = &site.state.store;
    store
        .publish_instrument(&newer.id, &newer.version, &json, crate::support::START_MS)
        .await
        .expect("published");
    site.state.surveys.reload(store).await.expect("reloaded");
    assert_eq!(
        site.state.surveys.featured().expect("a survey").version,
        "9.9.9"
    );

    let receipt = loop {
        let page = send(&mut visitor, &form, &form.fill(persona, 1)).await;
        page.assert_status(StatusCode::OK);
        if let Some(receipt) = receipt_in(&page.body) {
            break receipt;
        }
        form = Form::read(&page.body);
    };
    let opened = stored(&site, &receipt).await.expect("stored");
    assert_eq!(opened.stored.wave, old.version);
}

#[tokio::test]
async fn a_receipt_shows_changes_and_withdraws() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let (_, mut persona) = personas().remove(0);
    persona.insert("quote_consent", vec!["public"]);
    let (receipt, ..) = walk(&mut visitor, "en", &persona, 0).await;

    let page = visitor
        .post("/en/response", &[("code", &receipt.to_lowercase())])
        .await;
    page.assert_status(StatusCode::OK);
    assert!(page.body.contains("Employed (full-time or part-time)"));
    assert!(
        page.body.contains("&lt;/textarea"),
        "texts are shown, escaped"
    );

    let page = visitor
        .post("/en/response/change", &[("code", &receipt)])
        .await;
    page.assert_status(StatusCode::OK);
    let mut form = Form::read(&page.body);
    assert_eq!(form.values_of("employment"), ["employee"]);
    let mut pairs = form.with("age_band", &["a18_24"]);
    let changed = loop {
        let page = send(&mut visitor, &form, &pairs).await;
        page.assert_status(StatusCode::OK);
        if let Some(code) = receipt_in(&page.body) {
            assert!(page.body.contains("have replaced the old ones"));
            break code;
        }
        form = Form::read(&page.body);
        pairs = form.untouched();
    };
    assert_eq!(changed, receipt, "the receipt stays");
    let opened = stored(&site, &receipt).await.expect("stored");
    assert_eq!(
        opened.answers["age_band"],
        Answer::Code("a18_24".to_owned())
    );

    let page = visitor
        .post("/en/response/withdraw", &[("code", &receipt)])
        .await;
    page.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("tick this box"));
    let page = visitor
        .post(
            "/en/response/withdraw",
            &[("code", &receipt), ("sure", "yes")],
        )
        .await;
    page.assert_status(StatusCode::OK);
    assert!(stored(&site, &receipt).await.is_none());
    let gone = visitor.post("/en/response", &[("code", &receipt)]).await;
    gone.assert_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_address_without_answers_explains_itself() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let page = visitor.get("/zh/survey/s3_ai").await;
    page.assert_status(StatusCode::OK);
    assert!(page.body.contains("href=\"/zh/survey\""));
    visitor
        .get("/en/survey/receipt")
        .await
        .assert_status(StatusCode::OK);
    visitor
        .get("/en/survey/nowhere")
        .await
        .assert_status(StatusCode::NOT_FOUND);
}
