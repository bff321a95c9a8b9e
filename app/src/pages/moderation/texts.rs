//! Free texts of the survey, for those who read them first.

use leptos::prelude::*;
use partake_core::{forum::Reason, lang::Lang};

use crate::{
    i18n::{t, t_with},
    pages::{
        discuss::RuleChoice,
        field::{Field, area, notice, select},
    },
};

/// What a reader sees of the texts.
#[derive(Clone, Debug)]
pub struct TextsView {
    pub lang: Lang,
    /// Path of the page.
    pub base: String,
    /// What was just done, or could not be done any more.
    pub done: Option<String>,
    pub minimum: u64,
    pub mark: &'static str,
    pub counts: Vec<CountLine>,
    /// Only texts of this question are listed.
    pub question: Option<String>,
    /// Texts that wait are listed; otherwise those that were decided on.
    pub waiting: bool,
    pub page: u64,
    pub more: bool,
    pub texts: Vec<TextEntry>,
    /// The rules in force.
    pub rules: Vec<RuleChoice>,
}

/// How far the texts of a question have come.
#[derive(Clone, Debug)]
pub struct CountLine {
    pub question: String,
    pub title: String,
    pub waiting: u64,
    pub cleared: u64,
    pub released: u64,
    pub refused: u64,
}

/// A text.
#[derive(Clone, Debug)]
pub struct TextEntry {
    pub id: String,
    pub title: String,
    pub body: String,
    /// What a reader typed or left of it.
    pub words: String,
    pub words_fault: Option<String>,
    pub reason: String,
    pub reason_fault: Option<String>,
    /// Why it was refused, if it was.
    pub refused: Option<String>,
}

impl TextsView {
    fn href(&self, question: Option<&str>, waiting: bool, page: u64) -> String {
        let question = question.map(|q| format!("question={q}"));
        let view = (!waiting).then(|| "view=decided".to_owned());
        let page = (page > 0).then(|| format!("page={}", page + 1));
        let query: Vec<String> = [question, view, page].into_iter().flatten().collect();
        if query.is_empty() {
            self.base.clone()
        } else {
            format!("{}?{}", self.base, query.join("&"))
        }
    }

    fn sum(&self, of: impl Fn(&CountLine) -> u64) -> i64 {
        let lines = self.counts.iter();
        let sum: u64 = lines
            .filter(|line| self.question.as_ref().is_none_or(|q| *q == line.question))
            .map(of)
            .sum();
        i64::try_from(sum).unwrap_or(i64::MAX)
    }
}

#[component]
pub fn TextsPage(view: TextsView) -> impl IntoView {
    let lang = view.lang;
    let body = if view.counts.iter().all(|line| line.all() == 0) {
        empty(&view, "texts-none")
    } else {
        let list = match (view.texts.is_empty(), view.waiting) {
            (true, true) => empty(&view, "texts-read"),
            (true, false) => empty(&view, "texts-undecided"),
            _ => list(&view),
        };
        view! { {counts(&view)} {views(&view)} {list} {pages(&view)} }.into_any()
    };
    view! {
        <div class="page-head">
            <h1>{t(lang, "texts-review-title")}</h1>
            <p>{t(lang, "texts-review-lede")}</p>
        </div>
        {notice(view.done.clone())}
        {rules(&view)}
        {body}
    }
}

impl CountLine {
    const fn all(&self) -> u64 {
        self.waiting + self.cleared + self.released + self.refused
    }
}

fn minimum(view: &TextsView) -> i64 {
    i64::try_from(view.minimum).unwrap_or(i64::MAX)
}

fn rules(view: &TextsView) -> impl IntoView + use<> {
    let lang = view.lang;
    let mark = [("mark", view.mark.into())];
    let least = [("minimum", minimum(view).into())];
    view! {
        <details class="text-rules">
            <summary>{t(lang, "texts-review-rules")}</summary>
            <ul>
                <li>{t(lang, "texts-review-rules-names")}</li>
                <li>{t(lang, "texts-review-rules-rare")}</li>
                <li>{t_with(lang, "texts-review-rules-mark", &mark)}</li>
                <li>{t_with(lang, "texts-review-rules-when", &least)}</li>
            </ul>
        </details>
    }
}

fn empty(view: &TextsView, key: &str) -> AnyView {
    let lang = view.lang;
    let least = [("minimum", minimum(view).into())];
    view! {
        <div class="empty">
            <h2>{t(lang, &format!("{key}-heading"))}</h2>
            <p>{t_with(lang, &format!("{key}-text"), &least)}</p>
        </div>
    }
    .into_any()
}

fn counts(view: &TextsView) -> impl IntoView + use<> {
    let lang = view.lang;
    let rows = view
        .counts
        .iter()
        .map(|line| {
            let current = view.question.as_ref() == Some(&line.question);
            view! {
                <tr>
                    <th scope="row">
                        <a
                            href=view.href(Some(&line.question), view.waiting, 0)
                            aria-current=current.then_some("true")
                        >
                            {line.title.clone()}
                        </a>
                    </th>
                    <td>{line.waiting}</td>
                    <td>{line.cleared}</td>
                    <td>{line.released}</td>
                    <td>{line.refused}</td>
                </tr>
            }
        })
        .collect_view();
    let all = view.question.is_some().then(|| {
        view! {
            <p><a href=view.href(None, view.waiting, 0)>{t(lang, "texts-all-questions")}</a></p>
        }
    });
    view! {
        <div class="scroll" role="region" aria-label=t(lang, "texts-counts") tabindex="0">
            <table class="text-counts">
                <thead>
                    <tr>
                        <th scope="col">{t(lang, "texts-count-question")}</th>
                        <th scope="col">{t(lang, "texts-count-waiting")}</th>
                        <th scope="col">{t(lang, "texts-count-cleared")}</th>
                        <th scope="col">{t(lang, "texts-count-released")}</th>
                        <th scope="col">{t(lang, "texts-count-refused")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {all}
    }
}

fn views(view: &TextsView) -> impl IntoView + use<> {
    let lang = view.lang;
    let question = view.question.as_deref();
    let link = |waiting: bool, key: &str, n: i64| {
        view! {
            <a
                href=view.href(question, waiting, 0)
                aria-current=(view.waiting == waiting).then_some("page")
            >
                {t_with(lang, key, &[("n", n.into())])}
            </a>
        }
    };
    view! {
        <nav class="sorts" aria-label=t(lang, "texts-review-title")>
            {link(true, "texts-view-waiting", view.sum(|line| line.waiting))}
            {link(false, "texts-view-decided", view.sum(|line| line.cleared + line.refused))}
        </nav>
    }
}

fn pages(view: &TextsView) -> impl IntoView + use<> {
    let lang = view.lang;
    let question = view.question.as_deref();
    let before = view.page.checked_sub(1).map(|page| {
        view! { <a rel="prev" href=view.href(question, view.waiting, page)>{t(lang, "texts-fewer")}</a> }
    });
    let after = view.more.then(|| {
        let href = view.href(question, view.waiting, view.page + 1);
        view! { <a rel="next" href=href>{t(lang, "texts-more")}</a> }
    });
    (before.is_some() || after.is_some())
        .then(|| view! { <p class="pages">{before} " " {after}</p> })
}

fn list(view: &TextsView) -> AnyView {
    let items = view
        .texts
        .iter()
        .enumerate()
        .map(|(at, text)| item(view, at, text))
        .collect_view();
    view! { <ol class="plain-list queue texts">{items}</ol> }.into_any()
}

fn item(view: &TextsView, at: usize, text: &TextEntry) -> impl IntoView + use<> {
    let lang = view.lang;
    let heading = format!("t{at}");
    let number = i64::try_from(at).unwrap_or(0) + 1;
    let below = if view.waiting {
        decide(view, at, text).into_any()
    } else {
        decided(view, text).into_any()
    };
    view! {
        <li>
            <article aria-labelledby=heading.clone()>
                <h2 id=heading.clone()>{t_with(lang, "texts-text-number", &[("n", number.into())])}</h2>
                <p class="by">{text.title.clone()}</p>
                <h3>{t(lang, "texts-written")}</h3>
                <blockquote class="quoted"><p class="as-written" lang="">{text.body.clone()}</p></blockquote>
                {below}
            </article>
        </li>
    }
}

/// What every form carries: which text, and which list to come back to.
fn carried(view: &TextsView, text: &TextEntry, act: &'static str) -> impl IntoView + use<> {
    let question = view
        .question
        .clone()
        .map(|q| view! { <input type="hidden" name="question" value=q /> });
    let decided =
        (!view.waiting).then(|| view! { <input type="hidden" name="view" value="decided" /> });
    view! {
        <input type="hidden" name="act" value=act />
        <input type="hidden" name="text" value=text.id.clone() />
        <input type="hidden" name="page" value=(view.page + 1).to_string() />
        {question}
        {decided}
    }
}

fn decide(view: &TextsView, at: usize, text: &TextEntry) -> impl IntoView + use<> {
    let lang = view.lang;
    let rows = u32::try_from(text.body.chars().count() / 60 + 2).map_or(8, |rows| rows.min(12));
    let mut reasons = vec![(String::new(), "—".to_owned())];
    reasons.extend(
        view.rules
            .iter()
            .filter(|rule| rule.code != Reason::Other.as_str())
            .map(|rule| (rule.code.to_owned(), rule.title.clone())),
    );
    view! {
        <div class="decide">
            <form method="post" action=view.base.clone() novalidate=true>
                {carried(view, text, "publish")}
                {area(
                    Field {
                        id: format!("words-{at}"),
                        name: "words",
                        label: t(lang, "texts-words"),
                        value: text.words.clone(),
                        hint: Some(t(lang, "texts-words-hint")),
                        fault: text.words_fault.clone(),
                        ..Field::default()
                    },
                    rows,
                )}
                <button type="submit">{t(lang, "texts-publish")}</button>
            </form>
            <form method="post" action=view.base.clone() novalidate=true>
                {carried(view, text, "refuse")}
                {select(
                    Field {
                        id: format!("reason-{at}"),
                        name: "reason",
                        label: t(lang, "texts-reason"),
                        value: text.reason.clone(),
                        fault: text.reason_fault.clone(),
                        ..Field::default()
                    },
                    vec![(None, reasons)],
                )}
                <button type="submit" class="quiet">{t(lang, "texts-refuse")}</button>
            </form>
        </div>
    }
}

fn decided(view: &TextsView, text: &TextEntry) -> impl IntoView + use<> {
    let lang = view.lang;
    let outcome = match &text.refused {
        Some(reason) => {
            let args = [("reason", reason.clone().into())];
            view! { <p>{t_with(lang, "texts-refused-for", &args)}</p> }.into_any()
        }
        None => view! {
            <h3>{t(lang, "texts-will-read")}</h3>
            <blockquote class="quoted"><p class="as-written" lang="">{text.words.clone()}</p></blockquote>
        }
        .into_any(),
    };
    view! {
        {outcome}
        <form method="post" action=view.base.clone()>
            {carried(view, text, "reopen")}
            <button type="submit" class="quiet">{t(lang, "texts-reopen")}</button>
        </form>
    }
}
