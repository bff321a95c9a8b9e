//! The author's guide: every example in it is what it says.

use partake_core::{
    flow::Seed,
    instrument::{check::check, load},
    simulate,
};

use crate::support::random;

const GUIDE: &str = include_str!("../../../docs/AUTHORING.md");

/// Blocks of the guide in this language, as the fence names them.
fn blocks(fence: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    for line in GUIDE.lines() {
        match &mut open {
            None if line.trim_end() == format!("```{fence}") => open = Some(String::new()),
            None => {}
            Some(_) if line.starts_with("```") => blocks.extend(open.take()),
            Some(block) => {
                block.push_str(line);
                block.push('\n');
            }
        }
    }
    blocks
}

#[test]
fn the_worked_example_grows_from_an_empty_file_to_a_survey() {
    let steps = blocks("yaml");
    assert!(steps.len() >= 3, "{}", steps.len());
    for (at, step) in steps.iter().enumerate() {
        let instrument = load(step).unwrap_or_else(|e| panic!("step {}: {e:?}", at + 1));
        assert_eq!(check(&instrument).findings, [], "step {}", at + 1);
        let mut draw = random(u64::try_from(at).unwrap());
        let lang = instrument.languages[0];
        let (Seed(_), answers) = simulate::respondent(&instrument, lang, &mut draw);
        assert!(!answers.is_empty());
    }
}

#[test]
fn every_question_in_the_guide_loads_where_it_belongs() {
    let questions = blocks("yaml question");
    assert!(questions.len() >= 10, "{}", questions.len());
    let frame = blocks("yaml").last().unwrap().clone();
    for question in questions {
        let indented: String = question.lines().map(|l| format!("      {l}\n")).collect();
        let file = frame.replacen("      # here\n", &indented, 1);
        assert_ne!(file, frame, "the frame has a place for it");
        load(&file).unwrap_or_else(|e| panic!("{e:?} in\n{question}"));
    }
}

#[test]
fn every_mistake_in_the_guide_is_told_as_it_says() {
    let mistakes = blocks("mistake");
    assert!(mistakes.len() >= 3, "{}", mistakes.len());
    let frame = blocks("yaml").last().unwrap().clone();
    for mistake in mistakes {
        let (question, message) = mistake.split_once("---\n").unwrap();
        let indented: String = question.lines().map(|l| format!("      {l}\n")).collect();
        let errors = load(&frame.replacen("      # here\n", &indented, 1)).unwrap_err();
        assert!(
            errors.iter().any(|e| e.message == message.trim()),
            "{errors:?} should say {message}"
        );
    }
}

#[test]
fn every_expression_in_the_guide_is_one() {
    let table: Vec<&str> = GUIDE
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` |").map(|(e, _)| e))
        .collect();
    assert!(table.len() >= 15, "{}", table.len());
    let frame = blocks("yaml").last().unwrap().clone();
    for expression in table {
        let quoted = serde_json::to_string(expression).unwrap();
        let derived =
            format!("\nderived:\n  - {{id: tried, label: {{en: Tried}}, expr: {quoted}}}\n");
        load(&format!("{frame}{derived}")).unwrap_or_else(|e| panic!("{e:?} in {expression}"));
    }
}
