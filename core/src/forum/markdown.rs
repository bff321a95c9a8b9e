//! Source of a comment to safe HTML.
//!
//! The tree is built by a parser that knows where Chinese emphasis begins and ends, its HTML is
//! then reduced to an allow-list. The source is what is stored, so a stricter list tomorrow is
//! true of what was written yesterday.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::Builder;
use comrak::{Arena, Options, format_html, markdown_to_html, nodes::NodeValue, parse_document};

use super::mention;

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from([
            "a",
            "blockquote",
            "br",
            "code",
            "del",
            "em",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "li",
            "ol",
            "p",
            "pre",
            "strong",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
        ]))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .generic_attributes(HashSet::new())
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("nofollow ugc noopener"));
    builder
});

/// Renders the source of a comment.
#[must_use]
pub fn render(source: &str) -> String {
    sanitise(&flatten(&markdown_to_html(source, &options())))
}

/// Deepest nesting that is kept. A parser of HTML looks through all open elements at each new one,
/// so thousands in each other would take seconds, and nobody reads what stands so deep.
const DEEPEST: usize = 48;

/// Drops the tags of elements that stand deeper than [`DEEPEST`]; what they hold stays. The HTML is
/// the renderer's own, where every `<` begins a tag and every tag is closed.
fn flatten(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut depth = 0_usize;
    let mut rest = html;
    while let Some((before, tag, after)) = next_tag(rest) {
        out.push_str(before);
        let name = tag.trim_start_matches(['<', '/']);
        let void = ["br", "hr", "img", "input"].iter().any(|void| {
            name.starts_with(void) && !name[void.len()..].starts_with(char::is_alphanumeric)
        });
        let closes = tag.starts_with("</");
        if closes {
            depth = depth.saturating_sub(1);
        }
        if void || depth < DEEPEST {
            out.push_str(tag);
        }
        if !closes && !void {
            depth += 1;
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Text before the next tag, the tag, and what follows it.
fn next_tag(html: &str) -> Option<(&str, &str, &str)> {
    let start = html.find('<')?;
    let end = start + html[start..].find('>')? + 1;
    Some((&html[..start], &html[start..end], &html[end..]))
}

/// Reduces HTML to what a comment may be: the second half of [`render`].
#[must_use]
pub fn sanitise(html: &str) -> String {
    CLEANER.clean(&demote_headings(html)).to_string()
}

/// Stand around a name until its text has been sanitised. Private characters that no text has,
/// because they are taken out of it first.
const NAME: [char; 2] = ['\u{E000}', '\u{E001}'];

/// Renders the source of a comment, with the names in it as links to what those people wrote.
/// `known` are the keys of handles that exist, `href` is what a key is appended to.
#[must_use]
pub fn render_with(source: &str, known: &HashSet<String>, href: &str) -> String {
    if known.is_empty() {
        return render(source);
    }
    let source = source.replace(NAME, "");
    let arena = Arena::new();
    let root = parse_document(&arena, &source, &options());
    for node in root.descendants() {
        let linked = node
            .ancestors()
            .any(|above| matches!(above.data.borrow().value, NodeValue::Link(_)));
        if linked {
            continue;
        }
        if let NodeValue::Text(text) = &mut node.data.borrow_mut().value {
            let mut marked = String::new();
            let mut at = 0;
            for (range, _) in mention::places(text, |key| known.contains(key)) {
                marked.push_str(&text[at..range.start]);
                marked.push(NAME[0]);
                marked.push_str(&text[range.clone()]);
                marked.push(NAME[1]);
                at = range.end;
            }
            marked.push_str(&text[at..]);
            *text = marked.into();
        }
    }
    let mut html = String::new();
    if format_html(root, &options(), &mut html).is_err() {
        return render(&source);
    }
    let clean = CLEANER.clean(&demote_headings(&html)).to_string();
    link_names(&clean, known, href)
}

/// A name consists of letters, digits, `_` and `-`: nothing in it needs to be escaped.
fn link_names(html: &str, known: &HashSet<String>, href: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(NAME[0]) {
        out.push_str(before);
        let Some((name, tail)) = after.split_once(NAME[1]) else {
            rest = after;
            break;
        };
        let key = mention::places(name, |key| known.contains(key)).pop();
        match key {
            Some((range, key)) if range == (0..name.len()) => {
                out.push_str("<a class=\"mention\" href=\"");
                out.push_str(href);
                out.push_str(&key);
                out.push_str("\">");
                out.push_str(name);
                out.push_str("</a>");
            }
            _ => out.push_str(name),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// The words of a comment without its marks, for places that show a piece of it.
#[must_use]
pub fn plain(source: &str) -> String {
    let arena = Arena::new();
    let mut out = String::with_capacity(source.len());
    for node in parse_document(&arena, source, &options()).descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::CodeBlock(block) => out.push_str(&block.literal),
            // What the author wrote as HTML is shown as written.
            NodeValue::HtmlInline(html) => out.push_str(html),
            NodeValue::HtmlBlock(block) => out.push_str(&block.literal),
            NodeValue::SoftBreak
            | NodeValue::LineBreak
            | NodeValue::Paragraph
            | NodeValue::Item(_)
            | NodeValue::Heading(_)
            | NodeValue::TableCell => out.push(' '),
            _ => {}
        }
    }
    out.trim().to_owned()
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.cjk_friendly_emphasis = true;
    // Images become their text; what the author wrote as HTML is shown as written.
    options.render.escape = true;
    options.render.hardbreaks = true;
    options
}

/// The page has its own first two levels of headings.
fn demote_headings(html: &str) -> String {
    let mut out = html.to_owned();
    for level in (1..=4).rev() {
        for slash in ["", "/"] {
            out = out.replace(
                &format!("<{slash}h{level}>"),
                &format!("<{slash}h{}>", level + 2),
            );
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_emphasis_next_to_punctuation_is_emphasis() {
        let html = render("**“系统”**替我决定，**这不算选择。**但是");
        assert!(html.contains("<strong>“系统”</strong>替我"), "{html}");
        assert!(html.contains("<strong>这不算选择。</strong>但是"), "{html}");
    }

    #[test]
    fn links_leave_the_site_without_our_blessing() {
        let html = render("[a](https://example.org/x) <https://example.org>");
        assert_eq!(
            html.matches(r#"rel="nofollow ugc noopener""#).count(),
            2,
            "{html}"
        );
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//evil.example",
            "/en/x",
        ] {
            let html = render(&format!("[a]({bad})"));
            assert!(!html.contains("href"), "{bad}: {html}");
        }
    }

    #[test]
    fn images_are_not_fetched() {
        let html = render("![cat](https://example.org/cat.png)");
        assert!(!html.contains("<img") && !html.contains("src="), "{html}");
    }

    #[test]
    fn markup_is_text() {
        for attack in [
            "<script>alert(1)</script>",
            "</textarea><script>alert(1)</script>",
            "</title><script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
            "<a href=\"java\nscript:alert(1)\">x</a>",
            "<details ontoggle=alert(1) open>",
        ] {
            let html = render(attack);
            assert!(
                !html.contains("<script") && !html.contains("<img") && !html.contains("<svg"),
                "{html}"
            );
            assert!(
                !html.contains("<math")
                    && !html.contains("<style")
                    && !html.contains("<a href=\"java"),
                "{html}"
            );
            assert!(html.contains("&lt;"), "{html}");
        }
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        for source in [
            "a *b* `<c>` [d](https://e.example?f=1&g=2)",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "# 标题\n\n> 引用\n\n1. x",
        ] {
            let once = render(source);
            assert_eq!(CLEANER.clean(&once).to_string(), once);
        }
    }

    #[test]
    fn headings_stay_below_those_of_the_page() {
        let html = render("# one\n\n## two");
        assert!(
            html.contains("<h3>one</h3>") && html.contains("<h4>two</h4>"),
            "{html}"
        );
    }

    #[test]
    fn names_of_people_become_links_and_nothing_else_does() {
        let known = HashSet::from(["ann".to_owned(), "李雷".to_owned()]);
        let html = render_with(
            "@Ann **@李雷你好** `@ann` @nobody <@ann>",
            &known,
            "/en?by=",
        );
        assert!(
            html.contains("<a class=\"mention\" href=\"/en?by=ann\">@Ann</a>"),
            "{html}"
        );
        assert!(
            html.contains("href=\"/en?by=李雷\">@李雷</a>你好"),
            "{html}"
        );
        assert!(html.contains("<code>@ann</code> @nobody"), "{html}");
        let forged = render_with(
            "\u{E000}@ann\u{E001} [@ann](https://e.example)",
            &known,
            "/x",
        );
        assert_eq!(forged.matches("mention").count(), 1, "{forged}");
        let bare = render_with("no names <script>", &known, "/x");
        assert_eq!(bare, render("no names <script>"));
    }

    #[test]
    fn the_plain_words_have_no_marks() {
        let source = "# 标题\n\n**重** [x](https://e.example) `c`\n\n> 引用\n\n| a | b |\n|---|---|\n| 1 | 2 |";
        assert_eq!(plain(source), "标题 重 x c 引用 a b 1 2");
        assert_eq!(plain("<b>x</b>"), "<b>x</b>");
    }

    #[test]
    fn what_stands_too_deep_keeps_its_words_and_loses_its_marks() {
        let html = render(&format!("{}deep\n\nflat *x*", "> ".repeat(5_000)));
        assert_eq!(html.matches("<blockquote>").count(), DEEPEST);
        assert_eq!(html.matches("</blockquote>").count(), DEEPEST);
        assert!(
            html.contains("deep") && html.contains("<em>x</em>"),
            "{html}"
        );
        let usual = "> > 1. **a** `b<c>`\n\n| a |\n|---|\n| ![x](y) |\n\n---\n";
        let plain = markdown_to_html(usual, &options());
        assert_eq!(flatten(&plain), plain);
    }

    #[test]
    fn a_link_has_an_address_and_nothing_else() {
        let html = render("[x](https://example.org \"a title\")");
        assert!(!html.contains("title"), "{html}");
    }

    #[test]
    fn a_tables_cells_survive() {
        assert!(render("| a |\n|---|\n| 1 |").contains("<td>1</td>"));
    }
}
