//! `load.do`: Stata commands that read the rows, turn codes into numbers, and label them in both
//! languages.

use std::{collections::BTreeSet, fmt::Write as _};

use crate::{
    lang::Lang,
    open_data::{
        datapackage::Study,
        numeric::{Numeric, numeric_columns},
        variables::Variable,
    },
};

/// Longest name, and longest label of a column, in characters.
const NAME: usize = 32;
const LABEL: usize = 80;
/// Names that Stata keeps for itself, as far as they look like ours.
const RESERVED: [&str; 11] = [
    "byte", "double", "float", "if", "in", "int", "long", "strl", "using", "with", "id",
];

/// The commands for the columns `variables`.
#[must_use]
pub fn load_stata(study: &Study, variables: &[Variable]) -> String {
    let mut commands = format!(
        "* {}: reads responses.csv with labels in both languages. Stata 14 or later.\n\
         *\n\
         *   do load.do\n\
         *   label language zh        // the labels in Chinese; \"en\" is the other\n\
         *\n\
         * Why there is no answer: .a left blank, .b not asked, .c not told to protect anonymity;\n\
         * from .d on, what the questionnaire offers instead of an answer.\n\n\
         version 14\n\
         clear\n\
         import delimited using \"responses.csv\", delimiters(\",\") bindquotes(strict) ///\n    \
         varnames(nonames) rowrange(2) stringcols(_all) encoding(\"UTF-8\")\n\
         rename v# raw_#\n\
         rename raw_1 id\n\
         rename raw_2 cohort\n\
         destring cohort, replace\n\
         label variable id \"id\"\n\
         label language en, rename\n\
         label language zh, new copy\n\
         label language en\n",
        study.name()
    );
    let mut taken: BTreeSet<String> = RESERVED.map(str::to_owned).into();
    taken.insert("cohort".to_owned());
    for (at, column) in numeric_columns(variables).iter().enumerate() {
        let name = name(&column.name, at, &mut taken);
        fill(&mut commands, column, &name);
        for lang in [Lang::En, Lang::Zh] {
            label(&mut commands, column, &name, at, lang);
        }
    }
    commands.push_str("\ndrop raw_*\nlabel language en\ncompress\ndescribe, short\n");
    commands
}

fn fill(commands: &mut String, column: &Numeric, name: &str) {
    // Id and cohort stand before the variables, and Stata counts from 1.
    let raw = format!("raw_{}", column.place + 3);
    // Writing to memory cannot fail.
    _ = match &column.option {
        _ if column.plain => writeln!(commands, "\ngenerate double {name} = real({raw})"),
        Some(option) => writeln!(
            commands,
            "\ngenerate int {name} = strpos(\";\" + {raw} + \";\", {}) > 0",
            text(&format!(";{option};"))
        ),
        None => writeln!(commands, "\ngenerate int {name} = ."),
    };
    for (number, code, _) in &column.labels {
        if *number < 0 || column.option.is_none() {
            let value = value(*number, column);
            _ = writeln!(
                commands,
                "replace {name} = {value} if {raw} == {}",
                text(code)
            );
        }
    }
}

fn label(commands: &mut String, column: &Numeric, name: &str, at: usize, lang: Lang) {
    let title: String = column.label.get(lang).chars().take(LABEL).collect();
    _ = writeln!(commands, "label language {lang}");
    _ = writeln!(commands, "label variable {name} {}", text(&title));
    let set = format!("labels_{}_{lang}", at + 1);
    for (number, _, label) in &column.labels {
        _ = writeln!(
            commands,
            "label define {set} {} {}, add",
            value(*number, column),
            text(label.get(lang))
        );
    }
    _ = writeln!(commands, "label values {name} {set}");
}

/// A missing answer is one of Stata's own kinds, of which there are 26.
fn value(number: i32, column: &Numeric) -> String {
    if number >= 0 {
        return number.to_string();
    }
    let own = column.labels.iter().filter(|(n, _, _)| *n < -3);
    let place = match number {
        -3..=-1 => usize::try_from(-1 - number).ok(),
        _ => own
            .map(|(n, _, _)| *n)
            .position(|n| n == number)
            .map(|at| at + 3),
    };
    let letter = place.and_then(|place| ('a'..='z').nth(place));
    letter.map_or_else(|| number.to_string(), |letter| format!(".{letter}"))
}

/// A name that Stata takes and that no other column has.
fn name(wanted: &str, at: usize, taken: &mut BTreeSet<String>) -> String {
    let mut name = wanted.to_owned();
    let fits = name.len() <= NAME && !name.starts_with("raw_") && !taken.contains(&name);
    if !fits {
        let end = format!("_{}", at + 1);
        let start: String = wanted.chars().take(NAME - end.len()).collect();
        name = format!("{start}{end}");
    }
    taken.insert(name.clone());
    name
}

/// A text in plain quotes, which Stata cannot escape: its own quotes become typographic ones.
fn text(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => out.push('”'),
            '`' => out.push('‘'),
            // A macro would be expanded here.
            '$' => out.push('＄'),
            '\\' => out.push('＼'),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{name, text};

    #[test]
    fn a_text_runs_nothing_and_stays_on_its_line() {
        let text = text("a\" `=1+1' $S_DATE \\\nb");
        assert_eq!(text, "\"a” ‘=1+1' ＄S_DATE ＼ b\"");
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let mut taken = BTreeSet::new();
        let long = "a".repeat(40);
        let names = [name(&long, 8, &mut taken), name(&long, 9, &mut taken)];
        assert_ne!(names[0], names[1]);
        assert!(names.iter().all(|name| name.len() <= 32));
    }
}
