//! The public file of single answers: what was done to it, what that cost, its columns.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::i18n::{t, t_with};

/// What is told of the file.
#[derive(Clone, Debug)]
pub struct SingleAnswers {
    pub rows: String,
    /// Rows of the smallest group.
    pub k: u64,
    /// Rows without any background.
    pub suppressed: String,
    pub cohorts: Vec<Cohort>,
    /// Its columns; told once, for the newest release.
    pub columns: Vec<Column>,
}

/// Rows that entered together.
#[derive(Clone, Debug)]
pub struct Cohort {
    pub release: u64,
    pub rows: String,
    pub k: u64,
    pub classes: String,
    pub suppressed: String,
    /// Share of the detail of the background that is left, 0 to 1, and in words.
    pub kept: f64,
    pub kept_text: String,
    /// The background questions it tells.
    pub background: String,
}

/// A column with its codes.
#[derive(Clone, Debug)]
pub struct Column {
    pub name: String,
    pub title: String,
    /// Code and label.
    pub codes: Vec<(String, String)>,
}

pub(super) fn view(lang: Lang, release: i64, file: SingleAnswers) -> impl IntoView {
    let line = t_with(
        lang,
        "results-single-line",
        &[
            ("rows", file.rows.into()),
            ("k", file.k.into()),
            ("suppressed", file.suppressed.into()),
        ],
    );
    let cohorts: Vec<_> = file.cohorts.into_iter().map(|c| cohort(lang, c)).collect();
    let id = format!("single-{release}");
    let heads: Vec<_> = [
        "results-single-cohort",
        "results-single-rows",
        "results-single-k",
        "results-single-classes",
        "results-single-suppressed",
        "results-single-kept",
    ]
    .map(|key| view! { <th scope="col">{t(lang, key)}</th> })
    .into();
    view! {
        <h4 id=id>{t(lang, "results-single-title")}</h4>
        <p>{line}</p>
        <div class="table-frame" tabindex="0" role="group" aria-label=t(lang, "results-single-cost")>
            <table class="cost">
                <caption>{t(lang, "results-single-cost")}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{cohorts}</tbody>
            </table>
        </div>
        {(!file.columns.is_empty()).then(|| codebook(lang, file.columns))}
    }
}

fn cohort(lang: Lang, cohort: Cohort) -> impl IntoView {
    let name = t_with(
        lang,
        "results-single-cohort-of",
        &[("release", cohort.release.into())],
    );
    let kept = cohort.kept_text.clone();
    let width = format!("{:.1}", cohort.kept * 100.0);
    view! {
        <tr>
            <th scope="row">{name} <span class="told">{cohort.background}</span></th>
            <td>{cohort.rows}</td>
            <td>{cohort.k}</td>
            <td>{cohort.classes}</td>
            <td>{cohort.suppressed}</td>
            <td>
                {kept}
                <svg class="kept" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="track" width="100" height="8"></rect>
                    <rect class="mark" width=width height="8"></rect>
                </svg>
            </td>
        </tr>
    }
}

fn codebook(lang: Lang, columns: Vec<Column>) -> impl IntoView {
    let columns: Vec<_> = columns
        .into_iter()
        .map(|column| {
            let codes: Vec<_> = column
                .codes
                .into_iter()
                .map(|(code, label)| {
                    view! {
                        <li>
                            <code>{code}</code>
                            " "
                            {label}
                        </li>
                    }
                })
                .collect();
            view! {
                <dt>
                    <code>{column.name}</code>
                </dt>
                <dd>
                    {column.title}
                    {(!codes.is_empty()).then(|| view! { <ul>{codes}</ul> })}
                </dd>
            }
        })
        .collect();
    let loaders = [
        (
            "Python",
            "pandas.read_csv(\"responses.csv\", dtype=str, keep_default_na=False)",
        ),
        (
            "R",
            "read.csv(\"responses.csv\", colClasses = \"character\", na.strings = character())",
        ),
        (
            "Stata",
            "import delimited using responses.csv, stringcols(_all) varnames(1) clear",
        ),
    ]
    .map(|(program, code)| {
        view! {
            <p class="loader">
                {program} " " <code>{code}</code>
            </p>
        }
    });
    view! {
        <details class="codebook">
            <summary>{t(lang, "results-single-columns")}</summary>
            <p>{t(lang, "results-single-states")}</p>
            <dl>{columns}</dl>
        </details>
        <details class="codebook">
            <summary>{t(lang, "results-single-load")}</summary>
            {loaders.to_vec()}
        </details>
    }
}

/// The way to a file that tells single answers.
pub(super) fn terms(lang: Lang, href: String, name: String) -> impl IntoView {
    let button = t_with(lang, "results-terms-download", &[("file", name.into())]);
    view! {
        <form class="terms" method="get" action=href>
            <label>
                <input type="checkbox" name="terms" value="accepted" required=true/>
                <span>{t(lang, "results-terms-accept")}</span>
            </label>
            <button>{button}</button>
        </form>
    }
}
