//! Comments over HTML: tables, strikethrough, and inputs that make careless parsers slow.
#![cfg(feature = "markdown")]

use std::time::{Duration, Instant};

use partake_core::forum::{markdown::render, text::body};

#[test]
fn tables_keep_their_rows_and_cells() {
    let html = render("| a | b |\n|---|:-:|\n| 1 | *2* |\n| 3 |\n| x \\| y | `|` |");
    assert_eq!(html.matches("<tr>").count(), 4, "{html}");
    assert_eq!(html.matches("<th>").count(), 2, "{html}");
    assert_eq!(html.matches("<td>").count(), 6, "{html}");
    assert!(
        html.contains("<em>2</em>") && html.contains("x | y"),
        "{html}"
    );
    let no_table = render("| a | b |\n| c | d |");
    assert!(!no_table.contains("<table"), "{no_table}");
}

#[test]
fn strikethrough_is_struck_through() {
    assert!(render("~~gone~~").contains("<del>gone</del>"));
    assert!(render("~gone~").contains("<del>gone</del>"));
    assert!(!render("~~~not\n~~~").contains("<del>"));
}

type Repeated = fn(usize) -> String;

/// Inputs in which each part looks like the beginning of something that has to be looked for to
/// the end.
const SLOW: &[(&str, Repeated)] = &[
    ("nested strong", |n| {
        format!("{}a{}", "*a **".repeat(n), " a** a*".repeat(n))
    }),
    ("emphasis that never closes", |n| "a* ".repeat(n)),
    ("emphasis that never opens", |n| "*a_ ".repeat(n)),
    ("links that never close", |n| "a[".repeat(n)),
    ("links that never open", |n| "a]".repeat(n)),
    ("brackets in each other", |n| {
        format!("{}a{}", "[".repeat(n), "]".repeat(n))
    }),
    ("links in links", |n| {
        format!("{}a{}", "[".repeat(n), "](x)".repeat(n))
    }),
    ("images in images", |n| {
        format!("{}a{}", "![".repeat(n), "](x)".repeat(n))
    }),
    ("mixed runs of emphasis", |n| "x*_*y".repeat(n)),
    ("quotes in quotes", |n| format!("{}a", "> ".repeat(n))),
    ("lists in lists", |n| {
        (0..n.min(400))
            .map(|i| format!("{}* a\n", " ".repeat(i)))
            .collect()
    }),
    ("backticks of every length", |n| {
        (1..n.min(1_500))
            .map(|i| format!("e{}", "`".repeat(i)))
            .collect()
    }),
    ("unclosed comments", |n| "<!-- a ".repeat(n)),
    ("unclosed processing instructions", |n| "<? a ".repeat(n)),
    ("unclosed declarations", |n| "<!A ".repeat(n)),
    ("unclosed sections", |n| "<![CDATA[ a ".repeat(n)),
    ("open angles", |n| "<a ".repeat(n)),
    ("addresses in brackets", |n| "<http:".repeat(n)),
    ("bare addresses", |n| "www.a.b/".repeat(n)),
    ("addresses with signs", |n| "a@".repeat(n)),
    ("open brackets of targets", |n| "[a](".repeat(n)),
    ("open angles of targets", |n| "[a](<b".repeat(n)),
    ("titles that never end", |n| "[a](b \"c".repeat(n)),
    ("definitions", |n| {
        (0..n).map(|i| format!("[{i}]: u\n")).collect()
    }),
    ("references to nothing", |n| {
        (0..n).map(|i| format!("[{i}] ")).collect()
    }),
    ("one definition, many uses", |n| {
        format!("[a]: u\n\n{}", "[a] ".repeat(n))
    }),
    ("wide tables", |n| {
        format!("{0}\n{1}\n{0}", "| a ".repeat(n), "|---".repeat(n))
    }),
    ("tables that are none", |n| "| a\n|---|---\n".repeat(n)),
    ("tildes", |n| "~~a ".repeat(n)),
    ("entities that are none", |n| "&a".repeat(n)),
    ("backslashes", |n| "\\".repeat(n)),
    ("headings underlined", |n| "a\n==\n".repeat(n)),
    ("thematic breaks that are none", |n| "* * * * a\n".repeat(n)),
    ("one long word", |n| "字".repeat(n)),
    ("empty lines", |n| "\n".repeat(n)),
    ("tabs", |n| format!("-{}a", "\t".repeat(n))),
    ("marks on one letter", |n| {
        format!("a{}", "\u{301}".repeat(n))
    }),
    ("emphasis in Chinese", |n| "**“系统”**替".repeat(n)),
];

fn time(source: &str) -> Duration {
    let start = Instant::now();
    let html = render(source);
    let took = start.elapsed();
    assert!(
        html.len() < 400 * source.len() + 1_000,
        "{} bytes",
        html.len()
    );
    took
}

#[test]
fn no_input_takes_more_than_linear_time() {
    for (name, make) in SLOW {
        // Once for what is made only once.
        time(&make(50));
        let best = |n: usize| {
            let source = make(n);
            (0..3).map(|_| time(&source)).min().unwrap_or_default()
        };
        // Eight times as much, and more than a comment may hold; quadratic would be sixty-four.
        // Times too short to compare pass, and who was disturbed may try again.
        let mut tries = (0..4).map(|_| (best(1_500), best(12_000)));
        let linear = |(small, large): &(Duration, Duration)| {
            *large < (*small).max(Duration::from_millis(4)) * 32
        };
        assert!(
            tries.any(|times| linear(&times)),
            "{name}: longer than linear four times"
        );
    }
}

#[test]
fn the_longest_comment_there_may_be_is_rendered_at_once() {
    for (name, make) in SLOW {
        let source: String = make(10_000).chars().take(10_000).collect();
        let Ok(source) = body(&source) else { continue };
        let took = time(&source);
        assert!(took < Duration::from_secs(2), "{name}: {took:?}");
    }
}

#[test]
fn a_word_of_a_hundred_thousand_characters_is_refused_with_its_length() {
    let fault = body(&"x".repeat(100_000));
    assert!(
        fault.is_err_and(|fault| fault.to_string().contains("100000")),
        "the length is said"
    );
}
