//! The public file of single answers: what was done to it and what that cost.

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
    /// How finely the newest cohort tells the background.
    pub levels: Vec<Level>,
    /// What the groups give away of each sensitive column.
    pub sensitive: Vec<Closeness>,
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

/// How finely a background column is told.
#[derive(Clone, Debug)]
pub struct Level {
    pub column: String,
    pub title: String,
    /// Steps of its ladder that are left, of so many; 0 when it is not told.
    pub left: usize,
    pub of: usize,
}

/// How far groups differ from everyone in a sensitive column.
#[derive(Clone, Debug)]
pub struct Closeness {
    pub column: String,
    pub title: String,
    pub l: u64,
    /// 0 to 1.
    pub t: f64,
}

/// A column with its codes.
#[derive(Clone, Debug)]
pub struct Column {
    pub name: String,
    pub title: String,
    /// The numbers that can stand in it, in words.
    pub range: Option<String>,
    /// Code and label.
    pub codes: Vec<(String, String)>,
}

pub(super) fn view(lang: Lang, release: i64, file: &SingleAnswers) -> impl IntoView + use<> {
    let line = t_with(
        lang,
        "results-single-line",
        &[
            ("rows", file.rows.clone().into()),
            ("k", file.k.into()),
            ("suppressed", file.suppressed.clone().into()),
        ],
    );
    let cohorts: Vec<_> = file.cohorts.iter().map(|c| cohort(lang, c)).collect();
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
        <h4 id=id>{t(lang, "data-utility")}</h4>
        <p>{line} " " {t(lang, "data-utility-about")}</p>
        <div class="table-frame" tabindex="0" role="group" aria-label=t(lang, "results-single-cost")>
            <table class="cost">
                <caption>{t(lang, "results-single-cost")}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{cohorts}</tbody>
            </table>
        </div>
        {(!file.levels.is_empty()).then(|| levels(lang, file))}
        {(!file.sensitive.is_empty()).then(|| sensitive(lang, file))}
    }
}

fn cohort(lang: Lang, cohort: &Cohort) -> impl IntoView + use<> {
    let name = t_with(
        lang,
        "results-single-cohort-of",
        &[("release", cohort.release.into())],
    );
    view! {
        <tr>
            <th scope="row">{name} <span class="told">{cohort.background.clone()}</span></th>
            <td>{cohort.rows.clone()}</td>
            <td>{cohort.k}</td>
            <td>{cohort.classes.clone()}</td>
            <td>{cohort.suppressed.clone()}</td>
            <td>{cohort.kept_text.clone()} {bar(cohort.kept, 1)}</td>
        </tr>
    }
}

/// A share as a bar, in so many steps. The number stands beside it as text.
fn bar(share: f64, steps: usize) -> impl IntoView {
    let width = format!("{:.1}", share * 100.0);
    let marks: Vec<_> = (1..steps)
        .map(|step| {
            let x = format!("{:.1}", 100.0 * step as f64 / steps as f64);
            view! { <rect class="step" x=x width="1.5" height="8"></rect> }
        })
        .collect();
    view! {
        <svg class="kept" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="track" width="100" height="8"></rect>
            <rect class="mark" width=width height="8"></rect>
            {marks}
        </svg>
    }
}

fn levels(lang: Lang, file: &SingleAnswers) -> impl IntoView + use<> {
    let newest = file.cohorts.last().map_or(0, |cohort| cohort.release);
    let rows: Vec<_> = file
        .levels
        .iter()
        .map(|level| {
            let (left, of) = (level.left, level.of.max(1));
            let text = if left == 0 {
                t(lang, "data-utility-level-none")
            } else {
                t_with(
                    lang,
                    "data-utility-level",
                    &[("level", (of - left + 1).into()), ("of", of.into())],
                )
            };
            view! {
                <tr>
                    <th scope="row">
                        <code>{level.column.clone()}</code>
                        <span class="told">{level.title.clone()}</span>
                    </th>
                    <td>{text} {bar(left as f64 / of as f64, of)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <h5>{t(lang, "data-utility-levels")}</h5>
        <p>{t_with(lang, "data-utility-levels-newest", &[("release", newest.into())])}</p>
        <table class="cost">
            <thead>
                <tr>
                    <th scope="col">{t(lang, "data-utility-column")}</th>
                    <th scope="col">{t(lang, "data-utility-levels")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn sensitive(lang: Lang, file: &SingleAnswers) -> impl IntoView + use<> {
    let rows: Vec<_> = file
        .sensitive
        .iter()
        .map(|column| {
            let l = t_with(lang, "data-utility-l", &[("l", column.l.into())]);
            let distance = format!("{:.2}", column.t);
            view! {
                <tr>
                    <th scope="row">
                        <code>{column.column.clone()}</code>
                        <span class="told">{column.title.clone()}</span>
                    </th>
                    <td>{l}</td>
                    <td>
                        {t_with(lang, "data-utility-t", &[("t", distance.into())])}
                        {bar(column.t, 1)}
                    </td>
                </tr>
            }
        })
        .collect();
    view! {
        <details class="codebook">
        <summary>{t(lang, "data-utility-sensitive")}</summary>
        <p>{t(lang, "data-utility-sensitive-about")}</p>
        <div class="table-frame" tabindex="0" role="group" aria-label=t(lang, "data-utility-sensitive")>
            <table class="cost">
                <thead>
                    <tr>
                        <th scope="col">{t(lang, "data-utility-column")}</th>
                        <th scope="col">{t(lang, "data-utility-least")}</th>
                        <th scope="col">{t(lang, "data-utility-spread")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        </details>
    }
}
