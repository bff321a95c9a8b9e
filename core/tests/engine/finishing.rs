//! From answers to what is stored.

use std::collections::BTreeMap;

use partake_core::{
    flow::assign,
    lang::Lang,
    response::{Answer, Fault, FaultCode, Submission, finish, finish_only_asked},
};

use crate::support::{SEED, answers, code, codes, core_instrument, exposed};

fn done(given: &[(&str, Answer)]) -> Result<Submission, Vec<Fault>> {
    let instrument = core_instrument();
    finish(
        instrument,
        Lang::En,
        SEED,
        &assign(instrument, SEED),
        answers(given),
    )
}

#[test]
fn answers_to_questions_not_asked_are_refused_on_request_and_cleared_at_the_end() {
    let given = answers(&[
        ("employment", code("retired")),
        ("ai_use", code("never")),
        ("occupation", code("isco2")),
    ]);
    let instrument = core_instrument();
    let assignment = assign(instrument, SEED);
    assert_eq!(
        finish_only_asked(instrument, Lang::En, SEED, &assignment, given.clone()).unwrap_err(),
        [Fault::new("occupation", FaultCode::NotAsked)]
    );
    let submission = finish(instrument, Lang::En, SEED, &assignment, given.clone()).unwrap();
    assert!(!submission.sheet.answers.contains_key("occupation"));
}

#[test]
fn nothing_unfinished_or_foreign_is_finished() {
    assert_eq!(done(&[]).unwrap_err().len(), 2, "both routing questions");
    let foreign = [
        ("employment", code("other")),
        ("ai_use", code("never")),
        ("shoe_size", Answer::Number(43.0)),
    ];
    assert_eq!(
        done(&foreign).unwrap_err(),
        [Fault::new("shoe_size", FaultCode::UnknownField)]
    );
    let refused = [
        ("consent_main", code("no")),
        ("employment", code("other")),
        ("ai_use", code("never")),
    ];
    assert_eq!(
        done(&refused).unwrap_err(),
        [Fault::new("consent_main", FaultCode::Required)]
    );
    let wrong = [
        ("employment", Answer::Number(1.0)),
        ("ai_use", code("never")),
    ];
    assert_eq!(
        done(&wrong).unwrap_err(),
        [Fault::new("employment", FaultCode::WrongType)]
    );
}

#[test]
fn levels_that_were_never_drawn_are_refused() {
    let instrument = core_instrument();
    let mut assignment = assign(instrument, SEED);
    assignment.insert("x_premium".to_owned(), "900".to_owned());
    let given = answers(&[("employment", code("other")), ("ai_use", code("never"))]);
    let faults = finish(instrument, Lang::En, SEED, &assignment, given.clone()).unwrap_err();
    assert_eq!(faults, [Fault::new("x_premium", FaultCode::UnknownCode)]);
}

#[test]
fn texts_and_votes_leave_the_sheet_with_the_consent_given() {
    let text = |t: &str| Answer::Text(t.to_owned());
    let base = |consent: Option<&str>| {
        let mut given = vec![
            ("employment", code("employee")),
            ("ai_use", code("never")),
            ("ai_nonuse_reason", codes(&["other"])),
            ("ai_nonuse_reason__other__text", text("too dear")),
            ("open_condition", text("time to think")),
            ("keep_human", text("cooking")),
            (
                "votes",
                Answer::Rows([("v01".to_owned(), "agree".to_owned())].into()),
            ),
            ("new_statement", text("Slow is fine.")),
        ];
        given.extend(consent.map(|c| ("quote_consent", code(c))));
        done(&given).unwrap()
    };
    let shown = |submission: &Submission| {
        submission
            .texts
            .iter()
            .map(|t| (t.item.clone(), t.may_show))
            .collect::<Vec<_>>()
    };
    let item = |name: &str, may_show| (name.to_owned(), may_show);
    let public = base(Some("public"));
    assert_eq!(
        shown(&public),
        [
            item("ai_nonuse_reason__other__text", false),
            item("open_condition", true),
            item("keep_human", false),
            item("new_statement", true)
        ]
    );
    assert_eq!(public.votes.len(), 1);
    assert!(
        public
            .sheet
            .answers
            .values()
            .all(|a| !matches!(a, Answer::Text(_)))
    );
    assert!(!public.sheet.answers.contains_key("votes"));
    assert!(
        !shown(&base(Some("delete")))
            .iter()
            .any(|(item, _)| item == "open_condition")
    );
    let skipped = base(None);
    assert!(shown(&skipped).contains(&item("open_condition", false)));
    assert_eq!(skipped.sheet.answers["quote_consent"], code("analysis"));
}

#[test]
fn flags_tell_attention_and_straight_lines() {
    let rows = |j: &str, att: &str| {
        let items = ["j1", "j2", "j3", "o1", "o2", "o3", "r1", "r2", "r3"];
        let mut rows: BTreeMap<String, String> = items
            .iter()
            .map(|r| ((*r).to_owned(), j.to_owned()))
            .collect();
        rows.insert("att".to_owned(), att.to_owned());
        rows
    };
    let flags = |rows| {
        let mut given = exposed();
        given.push(("agency", Answer::Rows(rows)));
        done(&given).unwrap().sheet.flags
    };
    let same = flags(rows("often", "rarely"));
    assert_eq!((same.attentive, same.straightlined), (Some(true), true));
    let mut varied = rows("often", "always");
    varied.insert("o2".to_owned(), "never".to_owned());
    let varied = flags(varied);
    assert_eq!(
        (varied.attentive, varied.straightlined),
        (Some(false), false)
    );
    assert_eq!(done(&exposed()).unwrap().sheet.flags.attentive, None);
}
