//! What is asked, in which order, with which words.

use std::collections::BTreeSet;

use partake_core::{
    flow::{Body, Flow, Scope, Seed, assign},
    instrument::Kind,
    lang::Lang,
    response::{Answer, Answers, Assignment},
    simulate,
};
use proptest::prelude::*;

use crate::support::{answers, code, codes, core_instrument, random};

fn flow_of(assignment: &Assignment, lang: Lang, given: &[(&str, Answer)]) -> Flow<'static> {
    let assignment: &'static Assignment = Box::leak(Box::new(assignment.clone()));
    Flow::new(
        core_instrument(),
        lang,
        Seed(1),
        assignment,
        &answers(given),
    )
}

fn drawn(seed: u32, level: &[(&str, &str)]) -> Assignment {
    let mut assignment = assign(core_instrument(), Seed(seed));
    for (factor, level) in level {
        assignment.insert((*factor).to_owned(), (*level).to_owned());
    }
    assignment
}

fn title(flow: &Flow<'_>, section: &str, question: &str) -> String {
    let view = flow.section(section).unwrap();
    view.questions
        .iter()
        .find(|q| q.id == question)
        .unwrap()
        .title
        .clone()
}

fn codes_of(flow: &Flow<'_>, section: &str, question: &str) -> Vec<String> {
    let view = flow.section(section).unwrap();
    let question = view
        .questions
        .into_iter()
        .find(|q| q.id == question)
        .unwrap();
    let options = match question.body {
        Body::Single(options) | Body::Multiple(options, _) => options,
        Body::Matrix { rows, .. } => rows,
        Body::Ranking { options, .. } => options,
        other => panic!("{other:?}"),
    };
    options.into_iter().map(|o| o.code).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_question_is_asked_only_while_its_condition_holds(seed: u64, zh: bool) {
        let lang = if zh { Lang::Zh } else { Lang::En };
        let instrument = core_instrument();
        let (seed, given) = simulate::respondent(instrument, lang, &mut random(seed));
        let assignment = assign(instrument, seed);
        let flow = Flow::new(instrument, lang, seed, &assignment, &given);
        let scope = Scope::new(instrument, &assignment, flow.answers());
        let mut shown = BTreeSet::new();
        for section in flow.sections() {
            for view in flow.section(section).unwrap().questions {
                let question = instrument.question(&view.id).unwrap();
                prop_assert!(question.show_if.as_ref().is_none_or(|c| scope.truth(c)), "{}", view.id);
                prop_assert!(!view.title.contains("{{"), "{}", view.title);
                shown.insert(view.id);
            }
        }
        for question in instrument.questions() {
            prop_assert_eq!(flow.asked(&question.id), shown.contains(&question.id));
        }
        for key in flow.answers().keys() {
            let counts = key.contains("__") || shown.contains(key) || key == "ai_main_task";
            prop_assert!(counts, "{}", key);
        }
    }

    #[test]
    fn order_keeps_every_option_and_its_tail(seed: u32) {
        let instrument = core_instrument();
        let assignment = assign(instrument, Seed(seed));
        let given = answers(&[
            ("employment", code("employee")),
            ("supervise", code("s10")),
            ("ai_use", code("daily")),
        ]);
        let flow = Flow::new(instrument, Lang::En, Seed(seed), &assignment, &given);
        for section in flow.sections() {
            for view in flow.section(section).unwrap().questions {
                let declared = instrument.question(&view.id).unwrap();
                match (&declared.kind, &view.body) {
                    (Kind::Single(list) | Kind::Multiple(list), Body::Single(shown) | Body::Multiple(shown, _)) => {
                        let mut a: Vec<&str> = list.options.iter().map(|o| o.code.as_str()).collect();
                        let mut b: Vec<&str> = shown.iter().map(|o| o.code.as_str()).collect();
                        if list.randomise {
                            let tail = &b[b.len() - list.keep_last.len()..];
                            prop_assert_eq!(tail, list.keep_last.as_slice());
                        } else if list.flip_with.is_none() {
                            prop_assert_eq!(&a, &b);
                        }
                        a.sort_unstable();
                        b.sort_unstable();
                        prop_assert_eq!(a, b);
                    }
                    (Kind::Matrix(matrix), Body::Matrix { rows, scale }) => {
                        prop_assert_eq!(rows.len(), matrix.rows.len());
                        prop_assert_eq!(scale.len(), matrix.scale.len());
                        for row in &matrix.rows {
                            let at = rows.iter().position(|r| r.code == row.code).unwrap() + 1;
                            let (first, last) = row.pin.unwrap_or((1, 99));
                            prop_assert!((first as usize..=last as usize).contains(&at));
                        }
                    }
                    (Kind::BestWorst(_), Body::BestWorst { tasks, .. }) => {
                        let items: BTreeSet<&str> =
                            tasks.iter().flat_map(|t| &t.items).map(|i| i.code.as_str()).collect();
                        prop_assert_eq!(items.len(), 9);
                        let places: BTreeSet<u32> = tasks.iter().map(|t| t.index).collect();
                        prop_assert_eq!(places, BTreeSet::from([0, 1, 2]));
                    }
                    (Kind::Votes(votes), Body::Votes { statements, .. }) => {
                        prop_assert_eq!(statements.len(), votes.statements.len());
                    }
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_order_and_another_seed_another() {
    let order = |seed| {
        let instrument = core_instrument();
        let assignment = assign(instrument, Seed(seed));
        let flow = Flow::new(
            instrument,
            Lang::Zh,
            Seed(seed),
            &assignment,
            &Answers::new(),
        );
        codes_of(&flow, "s6_change", "change_rank")
    };
    assert_eq!(order(5), order(5));
    assert!((0..10).map(order).collect::<BTreeSet<_>>().len() > 5);
}

#[test]
fn a_chosen_task_is_piped_in_both_languages() {
    let given = [
        ("employment", code("student")),
        ("ai_use", code("daily")),
        ("ai_tasks", codes(&["write", "find"])),
        ("ai_main_task", code("write")),
    ];
    let drawn = drawn(1, &[]);
    let en = flow_of(&drawn, Lang::En, &given);
    assert_eq!(
        title(&en, "s3_ai", "ai_mode"),
        "When you use AI for writing, how is the work usually split?"
    );
    let zh = flow_of(&drawn, Lang::Zh, &given);
    assert_eq!(
        title(&zh, "s3_ai", "ai_mode"),
        "用 AI 写东西的时候，通常怎么分工？"
    );
    assert!(title(&zh, "s3_ai", "ai_use").contains("学习中"));
}

#[test]
fn the_vignette_and_the_offer_follow_the_levels_drawn() {
    let levels = [
        ("x_vig_role", "confirm"),
        ("x_vig_check", "short"),
        ("x_premium", "30"),
    ];
    let flow = flow_of(&drawn(1, &levels), Lang::En, &[]);
    let section = flow.section("s4_role").unwrap();
    let stem = section
        .questions
        .iter()
        .find_map(|q| q.stem.clone())
        .unwrap();
    assert!(
        stem.contains("press “Confirm”") || stem.contains("“Confirm”"),
        "{stem}"
    );
    assert!(stem.contains("ten minutes"), "{stem}");
    assert!(title(&flow, "s5_conditions", "tradeoff_offer").contains("30% more pay"));
}

#[test]
fn the_order_of_credit_and_blame_follows_its_factor() {
    let place = |level| {
        let flow = flow_of(&drawn(1, &[("x_vig_order", level)]), Lang::Zh, &[]);
        let ids: Vec<String> = flow
            .section("s4_role")
            .unwrap()
            .questions
            .into_iter()
            .map(|q| q.id)
            .collect();
        let at = |id: &str| ids.iter().position(|x| x == id).unwrap();
        (at("v_credit"), at("v_blame"))
    };
    let (credit, blame) = place("credit_first");
    assert_eq!(credit + 1, blame);
    let (credit, blame) = place("blame_first");
    assert_eq!(blame + 1, credit);
}

#[test]
fn a_reversed_scale_keeps_its_missing_code_last() {
    let hope = |level| {
        let flow = flow_of(&drawn(1, &[("x_option_flip", level)]), Lang::Zh, &[]);
        codes_of(&flow, "s6_change", "hope")
    };
    assert_eq!(hope("as_listed"), ["w2", "w1", "mix", "h1", "h2", "flat"]);
    assert_eq!(hope("reversed"), ["h2", "h1", "mix", "w1", "w2", "flat"]);
}

#[test]
fn only_chosen_tasks_are_offered_and_one_alone_answers_by_itself() {
    let base = [("employment", code("employee")), ("ai_use", code("daily"))];
    let drawn = drawn(1, &[]);
    let with = |tasks: Answer, main: Option<&str>| {
        let mut given = base.to_vec();
        given.push(("ai_tasks", tasks));
        given.extend(main.map(|m| ("ai_main_task", code(m))));
        flow_of(&drawn, Lang::En, &given)
    };
    let two = with(codes(&["code", "plan"]), None);
    assert_eq!(codes_of(&two, "s3_ai", "ai_main_task"), ["code", "plan"]);
    let one = with(codes(&["plan"]), None);
    assert!(!one.asked("ai_main_task"));
    assert_eq!(one.answers().get("ai_main_task"), Some(&code("plan")));
    let none = with(codes(&["none"]), None);
    assert!(!none.asked("ai_main_task"));
    assert_eq!(none.answers().get("ai_main_task"), None);
    let withdrawn = with(codes(&["code", "plan"]), Some("media"));
    assert_eq!(withdrawn.answers().get("ai_main_task"), None);
}

#[test]
fn an_answer_that_a_change_has_hidden_no_longer_counts() {
    let given = [
        ("employment", code("retired")),
        ("supervise", code("s10")),
        ("ai_use", code("never")),
        ("ai_tasks", codes(&["write"])),
        ("mgr_practice", codes(&["train"])),
    ];
    let flow = flow_of(&drawn(1, &[]), Lang::Zh, &given);
    for id in ["supervise", "ai_tasks", "mgr_practice", "agency"] {
        assert!(!flow.asked(id), "{id}");
        assert_eq!(flow.answers().get(id), None, "{id}");
    }
}

#[test]
fn a_missing_value_makes_every_comparison_false() {
    let flow = flow_of(&drawn(1, &[]), Lang::Zh, &[("employment", code("pnts"))]);
    assert!(!flow.asked("occupation"));
    let given = [("preset_by_system", codes(&["dk"]))];
    let flow = flow_of(&drawn(1, &[]), Lang::Zh, &given);
    assert!(
        !flow.asked("agency"),
        "a don't-know does not count as exposure"
    );
}

#[test]
fn sections_follow_each_other_both_ways() {
    let flow = flow_of(&drawn(1, &[]), Lang::Zh, &[]);
    let mut forwards = Vec::new();
    let mut at = flow.next("");
    while let Some(id) = at {
        forwards.push(id);
        at = flow.next(id);
    }
    assert_eq!(forwards, flow.sections());
    let mut backwards = Vec::new();
    let mut at = forwards.last().copied();
    while let Some(id) = at {
        backwards.insert(0, id);
        at = flow.previous(id);
    }
    assert_eq!(backwards, forwards);
}

#[test]
fn progress_runs_from_nothing_to_the_end_and_leaves_optional_sections_out() {
    let flow = flow_of(
        &drawn(1, &[]),
        Lang::Zh,
        &[("employment", code("employee"))],
    );
    let steps: Vec<_> = flow
        .sections()
        .into_iter()
        .map(|s| flow.progress(s))
        .collect();
    assert!(steps[0].percent < 10, "only consent lies behind");
    assert_eq!((steps[0].index, steps[0].total), (1, 7));
    assert!(steps.windows(2).all(|w| w[0].percent <= w[1].percent));
    assert!(
        steps[5].seconds_left < 120,
        "the votes are not counted before they begin"
    );
    assert!(steps[6].seconds_left >= 60);
    assert!(steps[0].minutes_left() >= 4);
}
