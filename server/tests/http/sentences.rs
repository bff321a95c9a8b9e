//! The sentences of the first screen as they are written, in either language, against the tables on
//! the same page.

use scraper::{ElementRef, Html, Selector};

use crate::support::people::released_site;

/// A figure of the page: its title, the labels of what is drawn, and the head and the rows of the
/// table behind it.
struct Figure {
    title: String,
    drawn: Vec<String>,
    head: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
}

struct Page {
    sentences: Vec<String>,
    figures: Vec<Figure>,
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("a selector")
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

fn texts(within: ElementRef<'_>, css: &str) -> Vec<String> {
    within.select(&selector(css)).map(text).collect()
}

fn read(html: &str) -> Page {
    let document = Html::parse_document(html);
    let figures = document
        .select(&selector("figure.result"))
        .filter_map(|figure| {
            let table = figure.select(&selector(".behind table")).next()?;
            let lines = selector("tbody tr");
            let rows = table.select(&lines);
            let row = |row: ElementRef<'_>| (texts(row, "th").concat(), texts(row, "td"));
            Some(Figure {
                title: texts(figure, ".figure-title").concat(),
                drawn: texts(figure, ".row-label"),
                head: texts(table, "thead th"),
                rows: rows.map(row).collect(),
            })
        })
        .collect();
    Page {
        sentences: texts(document.root_element(), ".findings li"),
        figures,
    }
}

/// A sentence as what stands in quotation marks and what stands between; quotations can hold others.
fn parts(sentence: &str) -> Vec<(bool, String)> {
    let mut parts = vec![(false, String::new())];
    let mut depth = 0_u32;
    for c in sentence.chars() {
        match c {
            '“' => {
                depth += 1;
                if depth == 1 {
                    parts.push((true, String::new()));
                    continue;
                }
            }
            '”' => {
                depth -= 1;
                if depth == 0 {
                    parts.push((false, String::new()));
                    continue;
                }
            }
            _ => {}
        }
        parts.last_mut().expect("a part").1.push(c);
    }
    parts
}

/// Numbers in a text: `64%`, `50–59`, `3`.
fn numbers(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_ascii_digit() || c == '%' || c == '–'))
        .filter(|part| part.contains(|c: char| c.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

fn leading(cell: &str) -> Option<f64> {
    let digits = cell.replace('−', "-").replace(['+', ','], "");
    let end = digits.find(|c: char| !(c.is_ascii_digit() || c == '-'));
    digits[..end.unwrap_or(digits.len())].parse().ok()
}

impl Page {
    /// The figure that has all these rows.
    fn with_rows(&self, labels: &[&str]) -> Option<&Figure> {
        self.figures.iter().find(|figure| {
            let has = |label: &&str| figure.rows.iter().any(|(row, _)| row == label);
            labels.iter().all(has)
        })
    }

    /// What was compared with the tables.
    fn check(&self, sentence: &str) -> usize {
        let parts = parts(sentence);
        let quotes: Vec<&str> = parts
            .iter()
            .filter(|(quoted, _)| *quoted)
            .map(|(_, text)| text.as_str())
            .collect();
        let labels: Vec<&str> = quotes
            .iter()
            .copied()
            .filter(|quote| self.with_rows(&[quote]).is_some())
            .collect();
        let (mut checked, mut shares) = (0, vec![]);
        let mut before: Option<&str> = None;
        for (quoted, text) in &parts {
            if *quoted {
                before = Some(text);
                continue;
            }
            for number in numbers(text) {
                if number.ends_with('%') {
                    let label = before.or(quotes.first().copied()).expect("a label");
                    shares.push((label, number));
                } else if number.contains('–') {
                    self.median(before.expect("a question"), &number);
                    checked += 1;
                } else if number != "100" {
                    let in_head = |figure: &Figure| {
                        figure.is_named_by(&quotes)
                            && figure
                                .head
                                .iter()
                                .any(|head| numbers(head).contains(&number))
                    };
                    assert!(self.figures.iter().any(in_head), "{number}: {sentence}");
                }
            }
        }
        match (shares.as_slice(), labels.as_slice()) {
            ([], [most, least]) => {
                let figure = self.with_rows(&[most, least]).expect("a table");
                let score = figure.head.len() - 2;
                assert!(figure.leads(most, score - 1, 1.0), "{sentence}");
                assert!(figure.leads(least, score - 1, -1.0), "{sentence}");
                checked += 2;
            }
            (shares, _) => {
                assert!(
                    shares.len() <= 2,
                    "a share that nobody looks at: {sentence}"
                );
                let named: Vec<&str> = shares.iter().map(|(label, _)| *label).collect();
                for ((label, share), sign) in shares.iter().zip([1.0, -1.0]) {
                    let figure = self.with_rows(&named).expect(sentence);
                    let cells = figure.cells(label).iter().enumerate();
                    let leading = cells
                        .filter(|(_, cell)| cell.starts_with(share.as_str()))
                        .any(|(column, _)| figure.leads(label, column, sign));
                    assert!(leading, "{share} of {label}: {sentence}");
                    checked += 1;
                }
            }
        }
        checked
    }

    /// The counts behind a slider put the middle answer into this range of bands.
    fn median(&self, question: &str, band: &str) {
        let figure = self.figures.iter().find(|figure| figure.title == question);
        let figure = figure.expect(question);
        let bands: Vec<(f64, f64, f64)> = figure
            .rows
            .iter()
            .filter_map(|(label, cells)| {
                let (low, high) = label.split_once('–')?;
                // What is hidden is between none and nine.
                let count = leading(&cells[0]).filter(|_| cells[1].ends_with('%'));
                Some((low.parse().ok()?, high.parse().ok()?, count.unwrap_or(4.0)))
            })
            .collect();
        let all: f64 = bands.iter().map(|b| b.2).sum();
        let mut below = 0.0;
        let middle = bands.iter().find(|b| {
            below += b.2;
            2.0 * below >= all
        });
        let (low, high) = band.split_once('–').expect("a range");
        let (low, high): (f64, f64) = (low.parse().expect("low"), high.parse().expect("high"));
        let middle = middle.expect("a median");
        assert!(low <= middle.0 && middle.1 <= high, "{question}: {band}");
    }
}

impl Figure {
    /// Its title or one of its rows is quoted.
    fn is_named_by(&self, quotes: &[&str]) -> bool {
        let row = |quote: &&str| self.rows.iter().any(|(row, _)| row == quote);
        quotes
            .iter()
            .any(|quote| self.title == *quote || row(quote))
    }

    fn cells(&self, label: &str) -> &[String] {
        let row = self.rows.iter().find(|(row, _)| row == label);
        &row.expect(label).1
    }

    /// No other row that is drawn has a greater number in that column (a smaller one, for minus one).
    fn leads(&self, label: &str, column: usize, sign: f64) -> bool {
        let value = |cells: &[String]| leading(&cells[column]).map(|value| sign * value);
        let own = value(self.cells(label)).expect(label);
        self.rows
            .iter()
            .filter(|(other, _)| other != label && self.drawn.contains(other))
            .all(|(_, cells)| value(cells).is_none_or(|value| value <= own))
    }
}

#[tokio::test]
async fn every_number_of_a_sentence_stands_in_the_tables_and_leads_where_it_is_said_to() {
    let mut checked = 0;
    for (people, seed) in [(150, 1), (320, 2), (480, 3)] {
        let site = released_site(people, seed).await;
        let mut said = vec![];
        for lang in ["zh", "en"] {
            let page = read(&site.visitor().get(&format!("/{lang}/results")).await.body);
            checked += page.sentences.iter().map(|s| page.check(s)).sum::<usize>();
            said.push(page.sentences.len());
        }
        assert_eq!(said[0], said[1], "as much in either language");
    }
    assert!(checked >= 20, "{checked}");
}
