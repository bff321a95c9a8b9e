//! How many people a respondent's background is shared with, as far as the last release tells:
//! worked out on the device, from a public file.

use partake_core::flow::{Body, Flow};

use crate::{
    Words,
    markup::{Element, el},
    told,
};

/// Most pairs that are named; they are the rarest.
const PAIRS: usize = 4;

/// One line of the public file.
struct Line<'a> {
    question: &'a str,
    code: &'a str,
    by: &'a str,
    by_code: &'a str,
    people: &'a str,
}

/// A background answer of the respondent.
struct Mine {
    question: String,
    code: String,
    title: String,
    label: String,
    /// Code and label of what can be said instead, when it is not said already.
    instead: Option<(String, String)>,
}

fn lines(csv: &str) -> impl Iterator<Item = Line<'_>> {
    csv.lines().skip(1).filter_map(|line| {
        let mut fields = line.split(',');
        Some(Line {
            question: fields.next()?,
            code: fields.next()?,
            by: fields.next()?,
            by_code: fields.next()?,
            people: fields.next()?,
        })
    })
}

/// From rare to common; what is not told may be anything.
fn rank(people: &str) -> u32 {
    match people {
        "0-9" => 0,
        "" => 1,
        other => other
            .split(['-', '+'])
            .next()
            .and_then(|low| low.parse().ok())
            .unwrap_or(1),
    }
}

fn said(words: &Words, people: &str) -> String {
    match people {
        "0-9" => words.get("company-few"),
        "" => words.get("company-hidden"),
        other => words.fill("company-people", &[("n", &other.replace('-', "–"))]),
    }
}

fn mine(csv: &str, flow: &Flow<'_>, words: &Words) -> Vec<Mine> {
    let mut found = Vec::new();
    for id in flow.sections() {
        let Some(section) = flow.section(id) else {
            continue;
        };
        for question in section.questions {
            let Body::Single(options) = &question.body else {
                continue;
            };
            if !lines(csv).any(|line| line.by.is_empty() && line.question == question.id) {
                continue;
            }
            let Some(partake_core::response::Answer::Code(code)) = flow.answers().get(&question.id)
            else {
                continue;
            };
            let Some(label) = told(words, &question, flow.answers()) else {
                continue;
            };
            // Whoever has not said it already tells nothing that could be told more coarsely.
            let said = options.iter().any(|o| o.code == *code && !o.missing);
            let instead = options.iter().rfind(|o| o.missing).filter(|_| said);
            let instead = instead.map(|o| (o.code.clone(), o.label.clone()));
            found.push(Mine {
                code: code.clone(),
                label: label.concat(),
                title: question.title.clone(),
                instead,
                question: question.id,
            });
        }
    }
    found
}

/// What could single the respondent out; `None` when the file says nothing about their answers.
#[must_use]
pub fn company(csv: &str, flow: &Flow<'_>, words: &Words, open: bool) -> Option<Element> {
    let mine = mine(csv, flow, words);
    let of = |question: &str, code: &str| {
        mine.iter()
            .find(|m| m.question == question && m.code == code)
    };
    let mut alone: Vec<(&Mine, &str)> = Vec::new();
    let mut pairs: Vec<(&Mine, &Mine, &str)> = Vec::new();
    for line in lines(csv) {
        let Some(one) = of(line.question, line.code) else {
            continue;
        };
        if line.by.is_empty() {
            alone.push((one, line.people));
        } else if let Some(other) = of(line.by, line.by_code) {
            let known = |(a, b, _): &(&Mine, &Mine, &str)| {
                a.question == line.by && b.question == line.question
            };
            if !pairs.iter().any(known) {
                let after = pairs.partition_point(|(.., people)| rank(people) <= rank(line.people));
                pairs.insert(after, (one, other, line.people));
            }
        }
    }
    if alone.is_empty() {
        return None;
    }
    let rare = |one: &Mine| {
        let by_itself = alone
            .iter()
            .any(|(m, people)| m.question == one.question && rank(people) < 10);
        let together = pairs.iter().take(PAIRS).any(|(a, b, people)| {
            rank(people) < 10 && (a.question == one.question || b.question == one.question)
        });
        by_itself || together
    };
    let mut list = el("dl").class("stored");
    for (one, people) in &alone {
        let mut line = el("dd").child(el("p").text(words.fill(
            "pair",
            &[("label", &one.label), ("item", &said(words, people))],
        )));
        if let Some((code, label)) = one.instead.as_ref().filter(|_| rare(one)) {
            line = line.child(
                el("button")
                    .attr("type", "button")
                    .class("link")
                    .attr("data-act", "coarsen")
                    .attr("value", format!("{}:{code}", one.question))
                    .text(words.fill("company-instead", &[("label", label)])),
            );
        }
        list = list.child(el("dt").text(one.title.as_str())).child(line);
    }
    let named: Vec<Element> = pairs
        .iter()
        .take(PAIRS)
        .map(|(a, b, people)| {
            let both = words.fill("company-both", &[("a", &a.label), ("b", &b.label)]);
            let people = said(words, people);
            el("li").text(words.fill("pair", &[("label", &both), ("item", &people)]))
        })
        .collect();
    let together = (!named.is_empty()).then(|| {
        el("div")
            .child(el("p").text(words.get("company-pairs")))
            .child(el("ul").children(named))
    });
    Some(
        el("details")
            .class("company")
            .flag("open", open)
            .child(el("summary").text(words.get("company-title")))
            .child(el("p").class("intro").text(words.get("company-text")))
            .child(list)
            .children(together)
            .child(el("p").text(words.get("company-all"))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_ranks_beside_what_is_rare() {
        assert!(rank("0-9") < rank("") && rank("") < rank("10-49"));
        assert!(rank("10-49") < rank("1000+"));
    }

    #[test]
    fn a_line_of_the_file_is_read_by_its_columns() {
        let csv = "question,code,by,by_code,people\nage,a18,,,10-49\nage,a18,gender,f,\n";
        let read: Vec<_> = lines(csv).map(|l| (l.by, l.by_code, l.people)).collect();
        assert_eq!(read, [("", "", "10-49"), ("gender", "f", "")]);
    }
}
