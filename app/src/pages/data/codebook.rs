//! The codebook of the single answers, and how to load them.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::{Column, to_copy};
use crate::i18n::{t, t_with};

const PYTHON: &str = "from load import load\nanswers = load(\".\", lang=\"en\")";
const R: &str = "source(\"load.R\", encoding = \"UTF-8\")\nanswers <- load_answers(lang = \"en\")";
const STATA: &str = "do load.do\nlabel language en";

/// Every column and its codes, closed until somebody looks: opened, it is several screens long.
pub(super) fn codebook(lang: Lang, columns: Vec<Column>) -> impl IntoView {
    let count = columns.len();
    let columns: Vec<_> = columns
        .into_iter()
        .map(|column| {
            let codes: Vec<_> = column
                .codes
                .into_iter()
                .map(|(code, label)| {
                    view! {
                        <tr>
                            <th scope="row">
                                <code>{code}</code>
                            </th>
                            <td>{label}</td>
                        </tr>
                    }
                })
                .collect();
            let id = format!("column-{}", column.name);
            view! {
                <details id=id>
                    <summary>
                        <code>{column.name}</code>
                        <span>{column.title}</span>
                    </summary>
                    {column.range.map(|range| view! { <p>{range}</p> })}
                    {(!codes.is_empty())
                        .then(|| view! { <table class="codes"><tbody>{codes}</tbody></table> })}
                </details>
            }
        })
        .collect();
    view! {
        <section aria-labelledby="codebook">
            <h2 id="codebook">{t(lang, "data-codebook")}</h2>
            <p>{t(lang, "data-codebook-about")}</p>
            <p>{t(lang, "results-single-states")}</p>
            <details class="codebook">
                <summary>{t_with(lang, "data-columns", &[("count", count.into())])}</summary>
                <div class="columns-list">{columns}</div>
            </details>
        </section>
    }
}

/// What to type in the program of one's choice.
pub(super) fn loaders(lang: Lang) -> impl IntoView {
    let language = |code: &str| code.replace("\"en\"", &format!("\"{lang}\""));
    let loaders: Vec<_> = [
        ("R", language(R)),
        ("Python", language(PYTHON)),
        (
            "Stata",
            STATA.replace("language en", &format!("language {lang}")),
        ),
    ]
    .into_iter()
    .map(|(program, code)| {
        view! {
            <h3>{program}</h3>
            {to_copy(lang, code)}
        }
    })
    .collect();
    view! {
        <section aria-labelledby="load">
            <h2 id="load">{t(lang, "data-load")}</h2>
            <p>{t(lang, "data-load-about")}</p>
            {loaders}
            <p class="rule">{t(lang, "data-load-own")}</p>
        </section>
    }
}
