//! The codebook as a page that stands alone: no script, nothing loaded from elsewhere.

use std::fmt::Write as _;

use crate::{
    disclosure::Entry,
    lang::{Lang, Text},
    open_data::{
        cells::states,
        datapackage::Study,
        variables::{Role, Values, Variable},
        xml::escaped,
    },
};

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{margin:0 auto;max-width:52rem;padding:1.5rem 1rem 4rem;font:1rem/1.6 system-ui,sans-serif}\
h1{line-height:1.25}h2{margin-top:3rem}h3{margin:2rem 0 .25rem;overflow-wrap:anywhere}\
code{font-family:ui-monospace,monospace;font-size:.9em}\
p{margin:.25rem 0}.about{color:GrayText}\
table{border-collapse:collapse;margin:.5rem 0}\
th,td{padding:.3rem 1rem .3rem 0;text-align:start;vertical-align:top;border-bottom:1px solid #8884}\
nav ul{columns:16rem;padding:0;list-style:none}nav li{overflow-wrap:anywhere}";

struct Words {
    title: &'static str,
    release: &'static str,
    of: &'static str,
    contents: &'static str,
    rows: &'static str,
    rows_about: &'static str,
    states: &'static str,
    tables: &'static str,
    tables_about: &'static str,
    code: &'static str,
    meaning: &'static str,
    quasi: &'static str,
    sensitive: &'static str,
    factor: &'static str,
    set: &'static str,
    number: &'static str,
    missing: &'static str,
    some: &'static str,
}

const ZH: Words = Words {
    title: "编码手册",
    release: "次公布",
    of: "第",
    contents: "目录",
    rows: "responses.csv 的列",
    rows_about: "每一行是一位同意公开并被抽中的人。前两列是 id（随机，不指向任何人）和 cohort（这一行随哪一次公布进入文件）。",
    states: "每一列都可能出现的状态",
    tables: "汇总表",
    tables_about: "tables 文件夹和 aggregates.csv 里的代码。",
    code: "代码",
    meaning: "含义",
    quasi: "背景：为了不让人被认出，已经合并成组",
    sensitive: "敏感：每一组里至少有两种回答",
    factor: "随机分到的版本",
    set: "可以多选，代码之间用分号隔开",
    number: "数字，范围",
    missing: "没有回答的原因",
    some: "只问一部分人",
};

const EN: Words = Words {
    title: "Codebook",
    release: "",
    of: "Release",
    contents: "Contents",
    rows: "Columns of responses.csv",
    rows_about: "Each row is a person who agreed and was drawn. The first two columns are id (random, it leads to nobody) and cohort (the release with which the row entered the file).",
    states: "States that can stand in every column",
    tables: "Tables",
    tables_about: "The codes in the folder tables and in aggregates.csv.",
    code: "Code",
    meaning: "Meaning",
    quasi: "Background: grouped, so that nobody can be recognised",
    sensitive: "Sensitive: every group holds at least two different answers",
    factor: "Version drawn at random",
    set: "Several answers possible, codes separated by semicolons",
    number: "Number, from",
    missing: "reason for no answer",
    some: "Asked of some only",
};

/// `codebook.zh.html` or `codebook.en.html`: the columns of the single answers, where there are
/// any, and the codes of the tables.
#[must_use]
pub fn codebook_html(
    lang: Lang,
    study: &Study,
    variables: &[Variable],
    tables: &[Entry],
) -> String {
    let words = match lang {
        Lang::Zh => &ZH,
        Lang::En => &EN,
    };
    let title = escaped(study.title.get(lang));
    let release = match lang {
        Lang::Zh => format!("{} {} {}", words.of, study.release, words.release),
        Lang::En => format!("{} {}", words.of, study.release),
    };
    // Writing to memory cannot fail.
    let mut html = String::new();
    _ = write!(
        html,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title} — {}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <h1>{title}<br>{}</h1>\n<p class=\"about\">{release} · {}</p>\n\
         <nav aria-label=\"{}\">\n<ul>\n",
        lang.tag(),
        words.title,
        words.title,
        escaped(&study.date),
        words.contents,
    );
    for name in variables.iter().map(|v| &v.name) {
        link(&mut html, "c", name);
    }
    for name in tables.iter().map(|t| &t.table) {
        link(&mut html, "t", name);
    }
    html.push_str("</ul>\n</nav>\n");
    if !variables.is_empty() {
        _ = writeln!(
            html,
            "<h2>{}</h2>\n<p>{}</p>\n<h3>{}</h3>",
            words.rows, words.rows_about, words.states
        );
        let states = states().map(|state| (state.code, state.label, false));
        codes(&mut html, lang, words, states.into_iter());
    }
    for variable in variables {
        column(&mut html, lang, words, variable);
    }
    _ = writeln!(
        html,
        "<h2>{}</h2>\n<p>{}</p>",
        words.tables, words.tables_about
    );
    for table in tables {
        head(
            &mut html,
            lang,
            "t",
            &table.table,
            &table.text,
            table.row_text.as_ref(),
        );
        if !table.asked_of_all {
            about(&mut html, words.some);
        }
        let cells = table.cells.iter();
        let cells = cells.map(|c| (c.code.clone(), c.label.clone(), c.missing));
        codes(&mut html, lang, words, cells);
    }
    html.push_str("</body>\n</html>\n");
    html
}

fn link(html: &mut String, kind: &str, name: &str) {
    let name = escaped(name);
    _ = writeln!(
        html,
        "<li><a href=\"#{kind}-{name}\"><code>{name}</code></a></li>"
    );
}

fn column(html: &mut String, lang: Lang, words: &Words, variable: &Variable) {
    head(
        html,
        lang,
        "c",
        &variable.name,
        &variable.title,
        variable.part_label.as_ref(),
    );
    match variable.role {
        Role::QuasiIdentifier => about(html, words.quasi),
        Role::Sensitive => about(html, words.sensitive),
        Role::Factor => about(html, words.factor),
        Role::Plain => {}
    }
    match &variable.values {
        Values::Sets(_) => about(html, words.set),
        Values::Number { min, max, .. } => about(html, &format!("{} {min}–{max}", words.number)),
        Values::Codes(_) => {}
    }
    let all = variable.values.codes().iter();
    codes(
        html,
        lang,
        words,
        all.map(|c| (c.code.clone(), c.label.clone(), c.missing)),
    );
}

fn head(html: &mut String, lang: Lang, kind: &str, name: &str, title: &Text, part: Option<&Text>) {
    let name = escaped(name);
    _ = writeln!(
        html,
        "<h3 id=\"{kind}-{name}\"><code>{name}</code></h3>\n<p>{}</p>",
        escaped(title.get(lang))
    );
    if let Some(part) = part {
        _ = writeln!(html, "<p>{}</p>", escaped(part.get(lang)));
    }
}

fn about(html: &mut String, what: &str) {
    _ = writeln!(html, "<p class=\"about\">{}</p>", escaped(what));
}

fn codes(
    html: &mut String,
    lang: Lang,
    words: &Words,
    codes: impl Iterator<Item = (String, Text, bool)>,
) {
    let mut codes = codes.peekable();
    if codes.peek().is_none() {
        return;
    }
    _ = writeln!(
        html,
        "<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>",
        words.code, words.meaning
    );
    for (code, label, missing) in codes {
        let why = if missing {
            format!(" <span class=\"about\">({})</span>", words.missing)
        } else {
            String::new()
        };
        _ = writeln!(
            html,
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}{why}</td></tr>",
            escaped(&code),
            escaped(label.get(lang))
        );
    }
    html.push_str("</tbody>\n</table>\n");
}
