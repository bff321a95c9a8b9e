//! The document around every page.

use std::sync::Arc;

use hydration_context::SsrSharedContext;
use leptos::{prelude::*, reactive::owner::Owner};
use partake_core::{forum::Role, lang::Lang};
use partake_survey::steering;

use crate::{
    i18n::{t, t_with},
    ui::{PageTitle, Seal},
};

/// Paths of the site's assets, hash included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssetPaths {
    /// Address of the site, for links that have to be whole.
    pub origin: String,
    /// The style sheet.
    pub style: String,
    /// The script that loads a module.
    pub boot: String,
    /// What Leptos runs in the browser: the thread, the charts.
    pub islands: ModulePaths,
    /// What runs a survey.
    pub survey: ModulePaths,
    /// What shows how a draft will look; the islands fetch it when somebody writes.
    pub composer: ModulePaths,
}

/// A WebAssembly module and the script around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModulePaths {
    pub js: String,
    pub wasm: String,
}

/// The module that makes a page react. A page loads one or none: what a phone does not need for
/// answering, it does not load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Module {
    Islands,
    Survey,
}

/// Who is looking at the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    pub handle: String,
    pub role: Role,
    /// Notices not marked as read.
    pub unread: i64,
}

/// The part of the site a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nav {
    None,
    Answer,
    Results,
    Discuss,
    Data,
    Account,
    Moderation,
}

/// The survey that a page belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyPlace {
    /// What stands between the language and the rest of its paths: `/s/other`, empty for the
    /// featured one.
    pub prefix: String,
    pub title: String,
    /// The one language of a survey that does not have the page's.
    pub foreign: Option<Lang>,
}

/// A picture that stands for a page where its address is passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedPicture {
    /// Path after `/{lang}`.
    pub path: String,
    /// What it shows.
    pub about: String,
}

/// What surrounds a page.
#[derive(Clone, Debug)]
pub struct Shell {
    pub lang: Lang,
    /// Path after `/{lang}`, with its leading slash and without a trailing one; empty for the
    /// landing page. The language switch leads to the same path in the other language.
    pub path: String,
    pub title: String,
    pub description: Option<String>,
    pub viewer: Option<Viewer>,
    pub active: Nav,
    pub module: Option<Module>,
    pub assets: Arc<AssetPaths>,
    /// The form that holds what the page shows, where an address alone would lose it: the language
    /// switch then sends it to the same path in the other language.
    pub language_form: Option<&'static str>,
    /// True for pages that search engines should leave out.
    pub private: bool,
    /// The survey in question, where there is one.
    pub survey: Option<SurveyPlace>,
    /// Address of the site, when the page is made to be passed on.
    pub shared_from: Option<String>,
    /// Feeds that follow the page: path and title.
    pub feeds: Vec<(String, String)>,
    /// What is shown of it there.
    pub picture: Option<SharedPicture>,
}

/// The whole document as HTML. `page` is built inside the reactive owner that its components need.
pub fn render<V: IntoView + 'static>(shell: Shell, page: impl FnOnce() -> V) -> String {
    // Nothing of the interface is asynchronous, so the executor that Leptos asks for is only ever
    // given work that has already finished.
    _ = any_spawner::Executor::init_tokio();
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        let page = page().into_any();
        document(shell, page).to_html()
    });
    owner.unset_with_forced_cleanup();
    format!("<!DOCTYPE html>{html}")
}

fn document(shell: Shell, page: AnyView) -> impl IntoView {
    let Shell {
        lang,
        path,
        title,
        description,
        viewer,
        active,
        module,
        assets,
        language_form,
        private,
        survey,
        shared_from,
        feeds,
        picture,
    } = shell;
    let name = t(lang, "shell-name");
    // Most of what stands on an answering page are the survey's own words.
    let asked_in = survey
        .as_ref()
        .and_then(|survey| survey.foreign)
        .filter(|_| active == Nav::Answer);
    let social = shared_from.map(|site| {
        let about = description.clone().unwrap_or_default();
        let locale = match lang {
            Lang::Zh => "zh_CN",
            Lang::En => "en_GB",
        };
        let card = match picture {
            Some(_) => "summary_large_image",
            None => "summary",
        };
        let tag = |name: &'static str, content: String| {
            leptos::html::meta().attr("property", name).content(content)
        };
        view! {
            {tag("og:type", "article".to_owned())}
            {tag("og:site_name", name.clone())}
            {tag("og:locale", locale.to_owned())}
            {tag("og:title", title.clone())}
            {tag("og:description", about)}
            {tag("og:url", format!("{site}/{lang}{path}"))}
            {picture.map(|picture| {
                view! {
                    {tag("og:image", format!("{site}/{lang}{}", picture.path))}
                    {tag("og:image:type", "image/png".to_owned())}
                    {tag("og:image:alt", picture.about)}
                }
            })}
            <link rel="canonical" href=format!("{site}/{lang}{path}") />
            <meta name="twitter:card" content=card />
        }
    });
    let full_title = if path.is_empty() {
        title
    } else {
        format!("{title} · {name}")
    };
    // Search engines take whole addresses only.
    let alternates = Lang::ALL.map(|l| {
        let address = format!("{}/{l}{path}", assets.origin);
        view! { <link rel="alternate" hreflang=l.tag() href=address /> }
    });
    let feeds = feeds
        .into_iter()
        .map(|(href, title)| {
            view! { <link rel="alternate" type="application/atom+xml" title=title href=href /> }
        })
        .collect_view();
    let scripts = module.map(|module| {
        let (ModulePaths { js, wasm }, composer) = match module {
            Module::Islands => (assets.islands.clone(), Some(assets.composer.clone())),
            Module::Survey => (assets.survey.clone(), None),
        };
        view! {
            <link rel="modulepreload" href=js.clone() />
            <script
                type="module"
                src=assets.boot.clone()
                data-js=js
                data-wasm=wasm
                data-composer-js=composer.as_ref().map(|module| module.js.clone())
                data-composer-wasm=composer.map(|module| module.wasm)
            ></script>
        }
    });
    view! {
        <html lang=lang.tag() translate="no" class="notranslate">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <PageTitle text=full_title />
                {description.map(|text| view! { <meta name="description" content=text /> })}
                {social}
                {private.then(|| view! { <meta name="robots" content="noindex" /> })}
                <meta name="color-scheme" content="light dark" />
                <link rel="stylesheet" href=assets.style.clone() />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                {alternates}
                {feeds}
                {scripts}
            </head>
            <body>
                <a class="skip" href="#main">{t(lang, "shell-skip")}</a>
                {header(
                    lang,
                    &name,
                    language_switch(lang, &path, language_form),
                    viewer.as_ref(),
                    active,
                    survey.as_ref(),
                )}
                {survey.as_ref().and_then(|survey| survey_bar(lang, &path, survey))}
                <main id="main" tabindex="-1" lang=asked_in.map(Lang::tag)>{page}</main>
                {footer(lang)}
            </body>
        </html>
    }
}

fn header(
    lang: Lang,
    name: &str,
    language: AnyView,
    viewer: Option<&Viewer>,
    active: Nav,
    survey: Option<&SurveyPlace>,
) -> impl IntoView + use<> {
    let link = |to: Nav, tail: &str, text: String| {
        let of_survey = matches!(to, Nav::Answer | Nav::Results | Nav::Discuss | Nav::Data);
        let prefix = survey
            .filter(|_| of_survey)
            .map_or("", |s| s.prefix.as_str());
        view! {
            <a href=format!("/{lang}{prefix}{tail}") aria-current=(active == to).then_some("page")>
                {text}
            </a>
        }
    };
    let moderation = viewer.and_then(|v| match v.role {
        Role::Member => None,
        Role::Researcher => Some(("/moderation/texts", "texts-review-title")),
        Role::Moderator | Role::Owner => Some(("/moderation", "shell-moderation")),
    });
    let moderation = moderation.map(|(path, key)| link(Nav::Moderation, path, t(lang, key)));
    let notices = viewer.filter(|v| v.unread > 0).map(|v| {
        view! {
            <a class="unread" href=format!("/{lang}/discuss/notices")>
                {t_with(lang, "shell-notices", &[("n", v.unread.into())])}
            </a>
        }
    });
    let account = viewer.map_or_else(|| t(lang, "shell-sign-in"), |v| v.handle.clone());
    let links = view! {
        {link(Nav::Answer, "/survey", t(lang, "shell-answer"))}
        {link(Nav::Results, "/results", t(lang, "shell-results"))}
        {link(Nav::Discuss, "/discuss", t(lang, "shell-discuss"))}
        {link(Nav::Data, "/data", t(lang, "shell-data"))}
        {moderation}
        {notices}
        {link(Nav::Account, "/account", account)}
    };
    view! {
        <header class="site">
            <a class="name" href=format!("/{lang}")>
                <Seal />
                <span>{name.to_owned()}</span>
            </a>
            <nav aria-label=t(lang, "shell-nav")>{links} {language}</nav>
        </header>
    }
}

/// The same page in the other language: its address, or, where the address is not enough, the form
/// that holds what it shows.
fn language_switch(lang: Lang, path: &str, form: Option<&'static str>) -> AnyView {
    let other = lang.other();
    let to = format!("/{other}{path}");
    let label = t(lang, "shell-language-label");
    let name = t(lang, "shell-language");
    match form {
        Some(form) => view! {
            <button
                class="language"
                type="submit"
                form=form
                formaction=to
                formnovalidate=true
                name=steering::GO
                value="stay"
                lang=other.tag()
                aria-label=label
            >
                {name}
            </button>
        }
        .into_any(),
        None => view! {
            <a class="language" href=to hreflang=other.tag() lang=other.tag() aria-label=label>
                {name}
            </a>
        }
        .into_any(),
    }
}

/// Which survey a page is about, when it is not the site's first, and that it lacks the language.
fn survey_bar(lang: Lang, path: &str, survey: &SurveyPlace) -> Option<AnyView> {
    let SurveyPlace {
        prefix,
        title,
        foreign,
    } = survey;
    if prefix.is_empty() && foreign.is_none() {
        return None;
    }
    let named = (!prefix.is_empty()).then(|| {
        view! {
            <a href=format!("/{lang}")>{t(lang, "surveys-bar-home")}</a>
            <a
                href=format!("/{lang}{prefix}")
                lang=foreign.map(Lang::tag)
                aria-current=(path == prefix.as_str()).then_some("page")
            >
                {title.clone()}
            </a>
        }
    });
    let lacking = foreign.map(|foreign| {
        view! {
            <p>
                {t(lang, &format!("surveys-only-{foreign}"))} " "
                <a href=format!("/{foreign}{path}") hreflang=foreign.tag()>
                    {t(lang, "surveys-only-switch")}
                </a>
            </p>
        }
    });
    let bar = view! {
        <nav class="survey-bar" aria-label=t(lang, "surveys-bar-label")>
            {named}
            {lacking}
        </nav>
    };
    Some(bar.into_any())
}

fn footer(lang: Lang) -> impl IntoView {
    let link = |tail: &str, key: &str| {
        view! { <a href=format!("/{lang}{tail}")>{t(lang, key)}</a> }
    };
    view! {
        <footer class="site">
            <p>{t(lang, "shell-promise")}</p>
            <nav aria-label=t(lang, "shell-footer")>
                {link("/about", "shell-about")} {link("/accessibility", "shell-accessibility")}
                {link("/privacy", "shell-privacy")}
                {link("/rules", "shell-rules")} {link("/moderation/log", "shell-log")}
                {link("/response", "shell-response")}
            </nav>
        </footer>
    }
}
