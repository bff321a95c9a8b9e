//! The feeds against RFC 4287, read by an XML parser that forgives nothing.

use std::collections::BTreeSet;

use axum::http::{StatusCode, header};
use partake_core::forum::Role;
use roxmltree::{Document, Node};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    moderation::{Scene, account, scene},
    support::TestSite,
};

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// Elements that an element may hold, with the fewest and the most of each (RFC 4287, 4.1).
type Grammar = &'static [(&'static str, usize, usize)];

const MANY: usize = usize::MAX;
const FEED: Grammar = &[
    ("author", 0, MANY),
    ("category", 0, MANY),
    ("contributor", 0, MANY),
    ("entry", 0, MANY),
    ("generator", 0, 1),
    ("icon", 0, 1),
    ("id", 1, 1),
    ("link", 0, MANY),
    ("logo", 0, 1),
    ("rights", 0, 1),
    ("subtitle", 0, 1),
    ("title", 1, 1),
    ("updated", 1, 1),
];
const ENTRY: Grammar = &[
    ("author", 0, MANY),
    ("category", 0, MANY),
    ("content", 0, 1),
    ("contributor", 0, MANY),
    ("id", 1, 1),
    ("link", 0, MANY),
    ("published", 0, 1),
    ("rights", 0, 1),
    ("source", 0, 1),
    ("summary", 0, 1),
    ("title", 1, 1),
    ("updated", 1, 1),
];
const PERSON: Grammar = &[("email", 0, 1), ("name", 1, 1), ("uri", 0, 1)];

fn children<'a, 'b>(of: Node<'a, 'b>, name: &'static str) -> impl Iterator<Item = Node<'a, 'b>> {
    of.children()
        .filter(move |child| child.has_tag_name((ATOM, name)))
}

fn text(of: Node<'_, '_>, name: &'static str) -> String {
    let child = children(of, name).next();
    child
        .and_then(|child| child.text())
        .unwrap_or_default()
        .to_owned()
}

/// What an element holds against its grammar.
fn hold(of: Node<'_, '_>, grammar: Grammar, faults: &mut Vec<String>) {
    for child in of.children() {
        if child.is_text() {
            if !child.text().unwrap_or_default().trim().is_empty() {
                faults.push(format!("text in {}", of.tag_name().name()));
            }
            continue;
        }
        let name = child.tag_name();
        let known = grammar.iter().any(|(known, ..)| *known == name.name());
        if name.namespace() != Some(ATOM) || !known {
            faults.push(format!("{} in {}", name.name(), of.tag_name().name()));
        }
    }
    for (name, least, most) in grammar {
        let n = children(of, name).count();
        if n < *least || n > *most {
            faults.push(format!("{n} {name} in {}", of.tag_name().name()));
        }
    }
}

/// Everything in which a document is no Atom feed.
pub(crate) fn faults_of(xml: &str) -> Vec<String> {
    let document = match Document::parse(xml) {
        Ok(document) => document,
        Err(error) => return vec![format!("not well-formed: {error}")],
    };
    let mut faults = Vec::new();
    let feed = document.root_element();
    if !feed.has_tag_name((ATOM, "feed")) {
        faults.push("no feed".to_owned());
    }
    hold(feed, FEED, &mut faults);
    let mut ids = BTreeSet::new();
    let all = std::iter::once(feed).chain(children(feed, "entry"));
    for (n, of) in all.enumerate() {
        if n > 0 {
            hold(of, ENTRY, &mut faults);
            let authors = children(of, "author").chain(children(feed, "author"));
            if authors.count() == 0 {
                faults.push("an entry of nobody".to_owned());
            }
        }
        let id = text(of, "id");
        if !id.starts_with("http://") && !id.starts_with("https://") {
            faults.push(format!("{id:?} is no address"));
        }
        if !ids.insert(id.clone()) {
            faults.push(format!("{id} twice"));
        }
        for (name, optional) in [("updated", false), ("published", true)] {
            let date = text(of, name);
            let absent = optional && date.is_empty();
            if !absent && OffsetDateTime::parse(&date, &Rfc3339).is_err() {
                faults.push(format!("{name} {date:?}"));
            }
        }
        for author in children(of, "author") {
            hold(author, PERSON, &mut faults);
            if text(author, "name").is_empty() {
                faults.push("an author without a name".to_owned());
            }
        }
        let mut alternates = BTreeSet::new();
        for link in children(of, "link") {
            let href = link.attribute("href").unwrap_or_default();
            if !href.starts_with("http") {
                faults.push(format!("a link to {href:?}"));
            }
            let alternate = link.attribute("rel").unwrap_or("alternate") == "alternate";
            let of_kind = (link.attribute("type"), link.attribute("hreflang"));
            if alternate && !alternates.insert(of_kind) {
                faults.push(format!("{href} is a second alternate of its kind"));
            }
        }
        if alternates.is_empty() {
            faults.push("no page to read it on".to_owned());
        }
        for content in ["title", "subtitle", "content"]
            .into_iter()
            .flat_map(|name| children(of, name))
        {
            let kind = content.attribute("type").unwrap_or("text");
            let plain = content.children().all(|child| child.is_text());
            if !matches!(kind, "text" | "html") || !plain {
                faults.push(format!("content of type {kind}"));
            }
        }
    }
    faults
}

#[tokio::test]
async fn every_feed_is_valid_and_named_by_the_page_it_follows() {
    let site = TestSite::new().await;
    let mut ann = account(&site, "Ann", Role::Member).await;
    let Scene { thread, id, .. } = scene(&mut ann).await;
    for body in [
        "]]> & <b>\u{1}\u{fffe}</b> “引号” 🎉",
        "| a | b |\n|---|---|\n| 1 | <i>2</i> |",
        "# 标题\n\n```\n<script>alert(1)</script>\n```",
    ] {
        site.advance(60_000);
        ann.post(&format!("{thread}/reply"), &[("body", body)])
            .await
            .assert_status(StatusCode::SEE_OTHER);
    }
    let mut mia = account(&site, "Mia", Role::Moderator).await;
    let remove = [
        ("act", "remove"),
        ("reason", "abuse"),
        ("note", "<b>]]></b> & “so”"),
    ];
    mia.submit(&format!("/en/moderation/comment/{id}"), &remove)
        .await;
    let thread = thread.trim_start_matches("/en");
    for lang in ["en", "zh"] {
        for page in ["/discuss", thread, "/moderation/log"] {
            let page = format!("/{lang}{page}");
            let html = site.visitor().get(&page).await.body;
            let link = html
                .split("<link ")
                .find(|link| link.contains("application/atom+xml"))
                .unwrap_or_else(|| panic!("{page} names no feed"));
            let href = link.split("href=\"").nth(1).unwrap();
            let feed = href.split('"').next().unwrap();
            let atom = site.visitor().get(feed).await;
            atom.assert_status(StatusCode::OK);
            let kind = atom.headers[header::CONTENT_TYPE].to_str().unwrap();
            assert!(kind.starts_with("application/atom+xml"), "{kind}");
            assert!(atom.body.contains("<entry"), "{}", atom.body);
            assert_eq!(faults_of(&atom.body), Vec::<String>::new(), "{feed}");
        }
    }
}

#[tokio::test]
async fn feeds_of_nothing_are_valid_too() {
    let site = TestSite::new().await;
    for feed in ["/en/discuss/feed.atom", "/zh/moderation/log.atom"] {
        let atom = site.visitor().get(feed).await;
        assert_eq!(faults_of(&atom.body), Vec::<String>::new(), "{feed}");
    }
}

#[test]
fn the_judge_sees_what_is_wrong() {
    let good = "<feed xmlns='http://www.w3.org/2005/Atom'><id>http://a/</id><title>t</title>\
        <updated>2026-11-26T00:00:00Z</updated><link href='http://a/'/></feed>";
    assert_eq!(faults_of(good), Vec::<String>::new());
    for (from, to) in [
        ("<title>t</title>", ""),
        ("<title>t</title>", "<title><b/></title>"),
        ("T00:00:00Z", ""),
        ("http://a/</id>", "a</id>"),
        ("<link href='http://a/'/>", ""),
        (
            "<link href='http://a/'/>",
            "<link href='http://a/'/><link href='http://b/'/>",
        ),
        ("</feed>", "<item/></feed>"),
        ("</feed>", "words</feed>"),
        ("</feed>", ""),
        ("2005/Atom", "2005/Otherwise"),
    ] {
        assert!(
            !faults_of(&good.replace(from, to)).is_empty(),
            "{from} → {to}"
        );
    }
}
