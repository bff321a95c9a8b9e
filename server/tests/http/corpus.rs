//! The attack corpus, posted through the real forms, and every page that shows it read by an HTML
//! parser as browsers have it. `end2end/attacks.test.mjs` does the same with a browser.

use axum::http::StatusCode;
use scraper::{ElementRef, Html, Node, Selector};
use serde::Deserialize;

use crate::support::{START_MS, TestSite, Visitor};
use partake_core::forum::Role;

const PASSWORD: &str = "seven grey herons wait";

/// What a comment may consist of, and the attributes each element may have.
const PROSE: &[(&str, &[&str])] = &[
    ("a", &["href", "rel"]),
    ("blockquote", &[]),
    ("br", &[]),
    ("code", &[]),
    ("del", &[]),
    ("em", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("hr", &[]),
    ("li", &[]),
    ("ol", &["start"]),
    ("p", &[]),
    ("pre", &[]),
    ("strong", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &[]),
    ("th", &[]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &[]),
];

#[derive(Deserialize)]
pub(crate) struct Attack {
    pub(crate) class: String,
    pub(crate) payload: String,
}

/// Where the site of the test stands; pages name their other language by its whole address.
const SITE: &str = "http://127.0.0.1:3000/";

pub(crate) fn corpus() -> Vec<Attack> {
    serde_json::from_str(include_str!("../../../end2end/attacks/corpus.json")).unwrap()
}

fn is_prose(element: &ElementRef<'_>) -> bool {
    element.value().classes().any(|class| class == "prose")
}

/// Elements and attribute names of a page in their order, without what stands in comments: what a
/// text must not be able to change.
fn skeleton(page: &Html) -> String {
    fn walk(element: ElementRef<'_>, out: &mut String) {
        out.push('<');
        out.push_str(&element.value().name.ns);
        out.push_str(element.value().name());
        let mut names: Vec<&str> = element.value().attrs().map(|(name, _)| name).collect();
        names.sort_unstable();
        out.push_str(&names.join(" "));
        if !is_prose(&element) {
            for child in element.child_elements() {
                walk(child, out);
            }
        }
        out.push('>');
    }
    let mut out = String::new();
    walk(page.root_element(), &mut out);
    out
}

/// Everything in `html` that text must never become.
pub(crate) fn found_in(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let mut found = Vec::new();
    for node in page.tree.nodes() {
        let Some(element) = ElementRef::wrap(node) else {
            continue;
        };
        let name = element.value().name();
        let foreign = &*element.value().name.ns != "http://www.w3.org/1999/xhtml";
        let drawn =
            |e: ElementRef<'_>| e.value().name() == "svg" && e.value().attr("class").is_some();
        if foreign && !drawn(element) && !node.ancestors().filter_map(ElementRef::wrap).any(drawn) {
            found.push(format!("foreign <{name}>"));
        }
        let own = |path: &str| path.starts_with("/assets/");
        match name {
            "script"
                if element.value().attr("src").is_some_and(own)
                    && element.inner_html().is_empty() => {}
            "link"
                if element
                    .value()
                    .attr("href")
                    .is_some_and(|h| own(h) || h.starts_with('/') || h.starts_with(SITE)) => {}
            "meta" if element.value().attr("http-equiv").is_none() => {}
            "script" | "link" | "meta" | "style" | "iframe" | "frame" | "frameset" | "object"
            | "embed" | "applet" | "base" | "img" | "image" | "video" | "audio" | "source"
            | "template" | "noscript" | "plaintext" | "xmp" | "noembed" | "noframes" | "portal" => {
                found.push(format!("<{name}>"));
            }
            _ => {}
        }
        for (attribute, value) in element.value().attrs() {
            if attribute.starts_with("on")
                || matches!(
                    attribute,
                    "style" | "srcdoc" | "srcset" | "ping" | "background"
                )
            {
                found.push(format!("{name} {attribute}={value}"));
            }
            if matches!(
                attribute,
                "href" | "src" | "action" | "formaction" | "data" | "xlink:href"
            ) {
                let safe = value.starts_with("https://")
                    || value.starts_with("http://")
                    || value.starts_with("mailto:")
                    || value.starts_with('#')
                    || (value.starts_with('/')
                        && !value.starts_with("//")
                        && !value.contains('\\'));
                // Only a link that somebody presses may lead to another host.
                let stays = name == "a" || value.starts_with(SITE) || !value.contains("://");
                if !safe || !stays {
                    found.push(format!("{name} {attribute}={value}"));
                }
            }
        }
    }
    // A statement is the site's own; what it quotes stands in it as a text of somebody.
    for prose in page.select(&Selector::parse(".prose:not(.statement)").unwrap()) {
        for element in prose.descendants().filter_map(ElementRef::wrap).skip(1) {
            let name = element.value().name();
            let allowed = PROSE.iter().find(|(tag, _)| *tag == name);
            let extra = element
                .value()
                .attrs()
                .any(|(attribute, _)| allowed.is_none_or(|(_, list)| !list.contains(&attribute)));
            if allowed.is_none() || extra {
                found.push(format!("in a comment: {}", element.html()));
            }
        }
    }
    if page
        .tree
        .nodes()
        .any(|node| matches!(node.value(), Node::ProcessingInstruction(_)))
    {
        found.push("a processing instruction".to_owned());
    }
    found
}

pub(crate) async fn join<'a>(site: &'a TestSite, handle: &str, role: Role) -> Visitor<'a> {
    let mut visitor = site.visitor();
    let form = [
        ("handle", handle),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    visitor
        .post("/en/account/sign-up", &form)
        .await
        .assert_status(StatusCode::SEE_OTHER);
    let store = &site.state.store;
    let account = store.account_by_handle(&handle.to_lowercase()).await;
    let id = account.unwrap().unwrap().id;
    store.set_role(&id, role).await.unwrap();
    visitor
}

/// Threads that somebody new may open in a day.
const THREADS: usize = 5;

/// Somebody who writes, whose words are not held back, and somebody who reports them.
async fn pair(site: &TestSite, n: usize) -> (Visitor<'_>, Visitor<'_>) {
    let author = join(site, &format!("Writer_{n}_"), Role::Moderator).await;
    let reader = join(site, &format!("Reader_{n}_"), Role::Member).await;
    (author, reader)
}

fn path(location: &str) -> String {
    location.split(['?', '#']).next().unwrap().to_owned()
}

/// Fits a payload to what a title may be, so that it arrives.
fn titled(payload: &str) -> String {
    let line: String = payload.chars().take(110).collect();
    format!("Title {line}")
}

struct Scene {
    thread: String,
    reply: String,
}

/// Posts a text as title, opening, reply and note of a report.
async fn post(
    site: &TestSite,
    author: &mut Visitor<'_>,
    reader: &mut Visitor<'_>,
    text: &str,
) -> Scene {
    // The limit on writing is another test's subject.
    site.advance(60_000);
    let title = titled(text);
    let form = [("about", ""), ("title", title.as_str()), ("body", text)];
    let answer = author.post("/en/discuss/new", &form).await;
    answer.assert_status(StatusCode::SEE_OTHER);
    let thread = path(answer.location());
    // The same words twice would be held back.
    let again = format!("{text}\n\nsaid in reply");
    let answer = author
        .post(&format!("{thread}/reply"), &[("body", &again)])
        .await;
    answer.assert_status(StatusCode::SEE_OTHER);
    let reply = path(answer.location());
    let note: String = text.chars().take(400).collect();
    let report = [("reason", "other"), ("note", note.as_str())];
    reader
        .post(&format!("{reply}/report"), &report)
        .await
        .assert_status(StatusCode::SEE_OTHER);
    Scene { thread, reply }
}

#[tokio::test]
async fn no_payload_becomes_more_than_text_on_any_page_that_shows_it() {
    let site = TestSite::new().await;
    let (mut author, mut reader) = pair(&site, 0).await;
    let mut keeper = join(&site, "Constance", Role::Moderator).await;
    let plain = post(&site, &mut author, &mut reader, "plain words").await;
    let id = |scene: &Scene| scene.reply.rsplit('/').next().unwrap().to_owned();
    let pages = |scene: &Scene| {
        let (thread, reply) = (&scene.thread, &scene.reply);
        [
            thread.clone(),
            reply.clone(),
            format!("{reply}/edit"),
            format!("{reply}/delete"),
            format!("/en/moderation/comment/{}?act=remove", id(scene)),
        ]
    };
    let mut expected = Vec::new();
    for page in pages(&plain) {
        let who = if page.starts_with("/en/moderation") {
            &mut keeper
        } else {
            &mut author
        };
        let answer = who.get(&page).await;
        answer.assert_status(StatusCode::OK);
        expected.push(skeleton(&Html::parse_document(&answer.body)));
    }
    let attacks = corpus();
    let classes: std::collections::BTreeSet<&str> =
        attacks.iter().map(|attack| attack.class.as_str()).collect();
    assert!(attacks.len() >= 200 && classes.len() >= 15, "{classes:?}");
    let mut faults = Vec::new();
    for (n, Attack { class, payload }) in attacks.iter().enumerate() {
        if n % THREADS == 0 {
            (author, reader) = pair(&site, n + 1).await;
        }
        let scene = post(&site, &mut author, &mut reader, payload).await;
        for (page, expected) in pages(&scene).into_iter().zip(&expected) {
            let who = if page.starts_with("/en/moderation") {
                &mut keeper
            } else {
                &mut author
            };
            let answer = who.get(&page).await;
            answer.assert_status(StatusCode::OK);
            faults.extend(
                found_in(&answer.body)
                    .into_iter()
                    .map(|what| format!("{class}: {payload}: {page}: {what}")),
            );
            if skeleton(&Html::parse_document(&answer.body)) != *expected {
                faults.push(format!("{class}: {payload}: {page} is built differently"));
            }
        }
        // As a handle it is refused, and shown back in its field.
        let form = [
            ("handle", payload.as_str()),
            ("password", PASSWORD),
            ("again", PASSWORD),
        ];
        let answer = site.visitor().post("/en/account/sign-up", &form).await;
        answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
        faults.extend(
            found_in(&answer.body)
                .into_iter()
                .map(|what| format!("{class}: {payload}: as a handle: {what}")),
        );
    }
    // The decision's note is shown in the public log and to the author.
    for (n, Attack { class, payload }) in attacks.iter().enumerate() {
        if n % THREADS == 0 {
            (author, reader) = pair(&site, attacks.len() + n + 1).await;
        }
        let scene = post(&site, &mut author, &mut reader, "a plain remark").await;
        let note: String = payload.chars().take(400).collect();
        let form = [
            ("act", "remove"),
            ("reason", "other"),
            ("note", note.as_str()),
        ];
        keeper
            .post(&format!("/en/moderation/comment/{}", id(&scene)), &form)
            .await
            .assert_status(StatusCode::SEE_OTHER);
        let answer = author.get(&scene.reply).await;
        faults.extend(
            found_in(&answer.body)
                .into_iter()
                .map(|what| format!("{class}: {payload}: as a note: {what}")),
        );
    }
    for list in ["/en/discuss", "/en/account", "/en/moderation/log"] {
        let mut next = Some(list.to_owned());
        for _ in 0..40 {
            let Some(page) = next.take() else { break };
            let answer = author.get(&page).await;
            answer.assert_status(StatusCode::OK);
            faults.extend(
                found_in(&answer.body)
                    .into_iter()
                    .map(|what| format!("{page}: {what}")),
            );
            next = older(&answer.body);
        }
    }
    for (visitor, page) in [
        (&mut reader, "/en/account/reports"),
        (&mut keeper, "/en/moderation"),
    ] {
        let answer = visitor.get(page).await;
        answer.assert_status(StatusCode::OK);
        faults.extend(
            found_in(&answer.body)
                .into_iter()
                .map(|what| format!("{page}: {what}")),
        );
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
    assert!(site.state.clock.now_ms() > START_MS);
}

/// The link to the next page of a list.
fn older(body: &str) -> Option<String> {
    let page = Html::parse_document(body);
    let link = Selector::parse(".pages a[href*=cursor]").unwrap();
    page.select(&link)
        .next_back()
        .and_then(|link| link.value().attr("href"))
        .map(str::to_owned)
}

#[test]
fn the_judge_sees_what_it_looks_for() {
    for bad in [
        "<p onclick=x>",
        "<a href='javascript:x'>x</a>",
        "<svg><a/></svg>",
        "<script>x</script>",
        "<img src=x>",
        "<form action='https://evil.example'></form>",
        "<div class=prose><b>x</b></div>",
        "<div class=prose><p class=notice>x</p></div>",
        "<math></math>",
    ] {
        assert!(!found_in(bad).is_empty(), "{bad}");
    }
    assert!(found_in("<svg class=seal><path/></svg><div class=prose><p>x</p></div>").is_empty());
    let one = Html::parse_document("<p>x</p>");
    let other = Html::parse_document("<p title=y>x</p>");
    assert_ne!(skeleton(&one), skeleton(&other));
}
