//! The codebook as DDI-Codebook 2.6, the form in which archives exchange them.

use std::fmt::Write as _;

use super::{
    cells::states,
    datapackage::Study,
    variables::{Values, Variable},
    xml::escaped,
};
use crate::lang::{Lang, Text};

/// `codebook.xml` for the file of single answers.
#[must_use]
pub fn codebook_xml(study: &Study, variables: &[Variable]) -> String {
    let title = &study.title;
    let id = study.name();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<codeBook xmlns=\"ddi:codebook:2_6\" version=\"2.6\" xml:lang=\"en\">\n");
    xml.push_str("<stdyDscr>\n<citation>\n<titlStmt>\n");
    push(&mut xml, "titl", Some(Lang::En), title.get(Lang::En));
    push(&mut xml, "parTitl", Some(Lang::Zh), title.get(Lang::Zh));
    push(&mut xml, "IDNo", None, &id);
    xml.push_str("</titlStmt>\n<distStmt>\n");
    xml.push_str(&format!(
        "<distDate date=\"{0}\">{0}</distDate>\n",
        escaped(&study.date)
    ));
    xml.push_str("</distStmt>\n<verStmt>\n");
    push(&mut xml, "version", None, &study.release.to_string());
    xml.push_str("</verStmt>\n</citation>\n</stdyDscr>\n");
    xml.push_str("<fileDscr ID=\"F1\">\n<fileTxt>\n");
    push(&mut xml, "fileName", None, "responses.csv");
    xml.push_str("<dimensns>\n");
    push(&mut xml, "caseQnty", None, &study.rows.to_string());
    push(
        &mut xml,
        "varQnty",
        None,
        &(variables.len() + 2).to_string(),
    );
    xml.push_str("</dimensns>\n</fileTxt>\n</fileDscr>\n<dataDscr>\n");
    for variable in variables {
        describe(&mut xml, variable);
    }
    xml.push_str("</dataDscr>\n</codeBook>\n");
    xml
}

fn describe(xml: &mut String, variable: &Variable) {
    let name = escaped(&variable.name);
    // Writing to memory cannot fail.
    _ = writeln!(xml, "<var ID=\"V_{name}\" name=\"{name}\" files=\"F1\">");
    let label = variable.part_label.as_ref().unwrap_or(&variable.title);
    in_both(xml, "labl", label);
    xml.push_str("<qstn>\n");
    in_both(xml, "qstnLit", &variable.title);
    xml.push_str("</qstn>\n");
    if let Values::Number { min, max, .. } = &variable.values {
        _ = writeln!(xml, "<valrng><range min=\"{min}\" max=\"{max}\"/></valrng>");
    }
    for code in variable.values.codes().iter().chain(&states()) {
        let missing = if code.missing { " missing=\"Y\"" } else { "" };
        _ = writeln!(xml, "<catgry{missing}>");
        push(xml, "catValu", None, &code.code);
        in_both(xml, "labl", &code.label);
        xml.push_str("</catgry>\n");
    }
    let kind = match variable.values {
        Values::Number { .. } => "numeric",
        Values::Codes(_) | Values::Sets(_) => "character",
    };
    _ = writeln!(xml, "<varFormat type=\"{kind}\"/>\n</var>");
}

fn in_both(xml: &mut String, element: &str, text: &Text) {
    for (lang, written) in [(Lang::Zh, &text.zh), (Lang::En, &text.en)] {
        if let Some(written) = written {
            push(xml, element, Some(lang), written);
        }
    }
}

fn push(xml: &mut String, element: &str, lang: Option<Lang>, text: &str) {
    let lang = match lang {
        Some(Lang::Zh) => " xml:lang=\"zh-Hans\"",
        Some(Lang::En) => " xml:lang=\"en\"",
        None => "",
    };
    let text = escaped(text);
    _ = writeln!(xml, "<{element}{lang}>{text}</{element}>");
}
