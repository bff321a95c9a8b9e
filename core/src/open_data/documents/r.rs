//! `load.R`: a script of base R with the labels inside.

use std::fmt::Write as _;

use crate::{
    lang::{Lang, Text},
    open_data::{
        cells::states,
        datapackage::Study,
        variables::{Code, Values, Variable},
    },
};

const HEAD: &str = r#"# Reads responses.csv with its labels. Base R, nothing else needed:
#
#   source("load.R", encoding = "UTF-8")
#   answers <- load_answers(lang = "en")        # or "zh"
#
# Columns of codes become factors with their labels, columns of numbers become numbers (no answer
# is NA), and a column in which several answers could be chosen becomes one logical column for each
# of them. The question behind a column is attr(answers$column, "label").

load_answers <- function(file = "responses.csv", lang = c("en", "zh")) {
  lang <- match.arg(lang)
  rows <- read.csv(file, colClasses = "character", na.strings = character(),
                   check.names = FALSE, encoding = "UTF-8")
  told <- rows[c("id", "cohort")]
  for (name in names(answer_columns)) {
    column <- answer_columns[[name]]
    cells <- rows[[name]]
    title <- column$title[[lang]]
    if (column$kind == "number") {
      told[[name]] <- suppressWarnings(as.numeric(cells))
      attr(told[[name]], "label") <- title
    } else if (column$kind == "set") {
      chosen <- strsplit(cells, ";", fixed = TRUE)
      silent <- cells %in% answer_states$codes
      for (i in seq_along(column$codes)) {
        code <- column$codes[[i]]
        answer <- vapply(chosen, function(codes) code %in% codes, logical(1))
        answer[silent] <- NA
        attr(answer, "label") <- paste(column[[lang]][[i]], title, sep = " | ")
        told[[paste(name, code, sep = "__")]] <- answer
      }
    } else {
      codes <- c(column$codes, answer_states$codes)
      labels <- c(column[[lang]], answer_states[[lang]])
      twice <- labels %in% labels[duplicated(labels)]
      labels[twice] <- paste0(labels[twice], " (", codes[twice], ")")
      told[[name]] <- factor(cells, levels = codes, labels = labels)
      attr(told[[name]], "label") <- title
    }
  }
  told
}

"#;

/// The loader for the columns `variables`.
#[must_use]
pub fn load_r(study: &Study, variables: &[Variable]) -> String {
    let mut script = format!("# {}\n#\n{HEAD}", study.name());
    script.push_str("answer_states <- list(\n");
    lists(&mut script, &states());
    script.push_str("\n)\n\nanswer_columns <- list(\n");
    for (at, variable) in variables.iter().enumerate() {
        let kind = match variable.values {
            Values::Codes(_) => "code",
            Values::Sets(_) => "set",
            Values::Number { .. } => "number",
        };
        let title = |lang| {
            let part = variable.part_label.as_ref().map(|part| part.get(lang));
            let title = variable.title.get(lang);
            part.map_or_else(|| title.to_owned(), |part| format!("{part} | {title}"))
        };
        // Writing to memory cannot fail.
        _ = writeln!(
            script,
            "  {} = list(\n  kind = \"{kind}\",\n  title = list(en = {}, zh = {}),",
            text(&variable.name),
            text(&title(Lang::En)),
            text(&title(Lang::Zh)),
        );
        lists(&mut script, variable.values.codes());
        script.push_str(if at + 1 == variables.len() {
            ")\n"
        } else {
            "),\n"
        });
    }
    script.push_str(")\n");
    script
}

fn lists(script: &mut String, codes: &[Code]) {
    let list = |of: &dyn Fn(&Code) -> String| {
        let all: Vec<String> = codes.iter().map(of).collect();
        format!("character(0){}", all.concat())
    };
    let label = |lang: Lang| list(&|code: &Code| item(Text::get(&code.label, lang)));
    _ = write!(
        script,
        "  codes = c({}),\n  en = c({}),\n  zh = c({})",
        list(&|code: &Code| item(&code.code)),
        label(Lang::En),
        label(Lang::Zh),
    );
}

fn item(value: &str) -> String {
    format!(",\n    {}", text(value))
}

/// A text as R reads it.
fn text(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_text_cannot_end_the_string_that_holds_it() {
        assert_eq!(text("a\"); q(\\\n"), r#""a\"); q(\\\n""#);
    }
}
