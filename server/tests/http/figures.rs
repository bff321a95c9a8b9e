//! What a figure of the results says besides its numbers: how sure they are, why one is missing, in
//! which order they stand, and by which rule an index is computed.

use scraper::{ElementRef, Html, Selector};

use crate::support::{TestSite, people::released_site};

async fn page(site: &TestSite, path: &str) -> Html {
    Html::parse_document(&site.visitor().get(path).await.body)
}

fn all<'h>(within: ElementRef<'h>, css: &str) -> Vec<ElementRef<'h>> {
    let selector = Selector::parse(css).expect("a selector");
    within.select(&selector).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

fn texts(within: ElementRef<'_>, css: &str) -> Vec<String> {
    all(within, css).into_iter().map(text).collect()
}

fn figure<'h>(page: &'h Html, id: &str) -> ElementRef<'h> {
    let found = all(page.root_element(), &format!("figure#{id}"));
    *found.first().expect(id)
}

#[tokio::test]
async fn a_withheld_cell_says_why_in_its_row_in_the_table_and_under_the_chart() {
    let site = released_site(300, 1).await;
    for (lang, short, why, told, note) in [
        (
            "en",
            "not shown",
            "not shown, because",
            "would give something away",
            "“Not shown”",
        ),
        ("zh", "不显示", "不显示，因为", "会泄露别的数字", "“不显示”"),
    ] {
        let page = page(&site, &format!("/{lang}/results?by=gender")).await;
        let (mut with, mut without, mut rows) = (0, 0, 0);
        for figure in all(page.root_element(), "figure.result") {
            let hidden: Vec<_> = all(figure, "li.row")
                .into_iter()
                .filter(|row| texts(*row, ".row-figure").concat() == short)
                .collect();
            let explained = texts(figure, ".note").iter().any(|n| n.starts_with(note));
            if !explained {
                assert!(hidden.is_empty(), "{lang}: a cell without its reason");
                assert!(!text(figure).contains(told), "{lang}: a table without it");
                without += 1;
                continue;
            }
            with += 1;
            assert!(
                texts(figure, ".behind td").iter().any(|t| t.contains(told)),
                "{lang}"
            );
            for row in hidden.iter().flat_map(|row| all(*row, "svg")) {
                let label = row.value().attr("aria-label").unwrap_or_default();
                let detail = row.value().attr("data-detail").unwrap_or_default();
                rows += 1;
                // Of a score the counts say it, each for itself.
                assert!(label.contains(why) || label.contains(told), "{label}");
                assert_eq!(label, detail);
            }
        }
        assert!(
            with > 3 && without > 0 && rows > 0,
            "{lang}: {with}, {without}, {rows}"
        );
    }
}

#[tokio::test]
async fn the_scores_of_all_groups_are_drawn_on_one_scale() {
    let site = released_site(1_000, 1).await;
    let page = page(&site, "/en/results?by=employment").await;
    let figure = figure(&page, "bws_conditions");
    let groups = all(figure, "ul.rows").len();
    let mut scales: Vec<_> = all(figure, "svg.dots")
        .iter()
        .filter_map(|svg| svg.value().attr("viewBox"))
        .collect();
    scales.dedup();
    assert!(groups > 1, "{groups}");
    assert_eq!(scales.len(), 1, "{scales:?}");
}

#[tokio::test]
async fn a_picture_says_why_a_cell_is_withheld_only_where_there_is_one() {
    let site = released_site(300, 1).await;
    let whole = page(&site, "/en/results").await;
    let (mut with, mut without) = (0, 0);
    for figure in all(whole.root_element(), "figure.result").iter().take(20) {
        let id = figure.value().attr("id").expect("an id");
        let svg = site
            .visitor()
            .get(&format!("/en/results/1/charts/{id}.svg"))
            .await
            .body;
        let explained = texts(*figure, ".note")
            .iter()
            .any(|n| n.starts_with("“Not shown"));
        assert_eq!(svg.contains("“Not shown"), explained, "{id}");
        with += usize::from(explained);
        without += usize::from(!explained);
    }
    assert!(with > 0 && without > 0, "{with}, {without}");
}

#[tokio::test]
async fn every_kind_of_chart_draws_where_its_figures_can_lie_and_tells_it_in_its_table() {
    let site = released_site(300, 1).await;
    let page = page(&site, "/en/results").await;
    for id in [
        "employment",
        "agency",
        "change3y",
        "outlook_chance",
        "bws_conditions",
        "change_rank",
        "votes",
    ] {
        let figure = figure(&page, id);
        let whiskers = all(figure, ".chart path.whisker").len();
        let rows = all(figure, ".chart li.row, .chart .columns g").len();
        assert!(
            whiskers > 0 && whiskers * 2 >= rows,
            "{id}: {whiskers} for {rows}"
        );
        let heads = texts(figure, ".behind thead th");
        assert!(
            heads.iter().any(|h| h.contains("95% interval")),
            "{id}: {heads:?}"
        );
        let cells = texts(figure, ".behind td");
        let told = |c: &String| c.contains('–') || c.contains(" to ");
        assert!(cells.iter().filter(|c| told(c)).count() >= 3, "{id}");
        let svg = site
            .visitor()
            .get(&format!("/en/results/1/charts/{id}.svg"))
            .await;
        let drawn = svg
            .body
            .matches("stroke=\"#1d1a16\" stroke-width=\"1.5\"")
            .count();
        assert_eq!(drawn, whiskers, "{id}: as many in the picture");
    }
    let strip = figure(&page, "outlook_chance");
    assert_eq!(
        all(strip, "path.median-reach").len(),
        1,
        "where the median lies"
    );
}

#[tokio::test]
async fn every_index_says_of_which_answers_it_is_made_and_how() {
    let site = released_site(120, 1).await;
    let wave = site.state.surveys.featured().expect("a survey");
    for (lang, parts) in [
        (
            "en",
            [
                "at least 7 of the 9",
                "at least 2 of the 3",
                "reversed “",
                "was answered with “Rarely”",
            ],
        ),
        (
            "zh",
            [
                "9 项里至少答了 7 项",
                "3 项里至少答了 2 项",
                "反向计分的“",
                "回答的是“很少”",
            ],
        ),
    ] {
        let page = page(&site, &format!("/{lang}/results")).await;
        let rule = |id: &str| {
            let found = all(page.root_element(), &format!("#index-{id} details"));
            text(*found.first().expect(id))
        };
        let [whole, third, reversed, attention] = parts;
        assert!(
            rule("agency_index").contains(whole),
            "{}",
            rule("agency_index")
        );
        assert!(rule("agency_index").contains(reversed));
        let thirds = ["agency_judge", "agency_create", "agency_answer"].map(rule);
        for rule in &thirds {
            assert!(rule.contains(third), "{rule}");
        }
        assert!(thirds[0] != thirds[1] && thirds[1] != thirds[2]);
        assert!(rule("quality_attention").contains(attention));
        for derived in &wave.instrument.derived {
            let found = all(
                page.root_element(),
                &format!("#index-{} details", derived.id),
            );
            for details in found {
                assert!(
                    texts(details, "p").len() == 2,
                    "{}: {}",
                    derived.id,
                    text(details)
                );
                assert!(!all(details, "ul a").is_empty(), "{}", derived.id);
            }
        }
        assert!(
            !text(page.root_element()).contains("charts-index"),
            "a text is missing"
        );
    }
}

#[tokio::test]
async fn lists_without_an_order_stand_by_share_and_their_tail_last() {
    let site = released_site(300, 1).await;
    let wave = site.state.surveys.featured().expect("a survey");
    let page = page(&site, "/en/results").await;
    for (id, tail) in [
        ("employment", 2),
        ("occupation", 2),
        ("region", 1),
        ("ai_main_task", 1),
        ("who_first", 2),
    ] {
        let figures = texts(figure(&page, id), ".chart .row-figure");
        let shares: Vec<u32> = figures[..figures.len() - tail]
            .iter()
            .map_while(|figure| figure.trim_end_matches('%').parse().ok())
            .collect();
        assert!(
            shares.len() > 1 && shares.is_sorted_by(|a, b| a >= b),
            "{id}: {shares:?}"
        );
    }
    let labels = |id: &str| texts(figure(&page, id), ".chart .row-label");
    for (id, last) in [
        ("employment", "Prefer not to say"),
        ("ai_main_task", "Other"),
        ("who_first", "Don't know"),
    ] {
        assert_eq!(labels(id).last().map(String::as_str), Some(last), "{id}");
    }
    for id in ["age_band", "education", "supervise", "ai_use", "hope"] {
        let asked = wave.instrument.question(id).expect(id).choices();
        let asked: Vec<_> = asked
            .iter()
            .map(|choice| choice.label.get(partake_core::lang::Lang::En))
            .collect();
        assert_eq!(labels(id), asked, "{id}: as they were asked");
    }
}

#[tokio::test]
async fn a_question_of_which_nothing_is_shown_has_no_empty_table() {
    let site = released_site(60, 1).await;
    let page = page(&site, "/en/results").await;
    let (withheld, shown): (Vec<_>, Vec<_>) = all(page.root_element(), "figure.result")
        .into_iter()
        .partition(|figure| {
            // An arm of an experiment can be withheld by itself.
            let own = |p: &ElementRef<'_>| p.parent().map(|node| node.id()) == Some(figure.id());
            all(*figure, ".withheld").iter().any(own)
        });
    assert!(!withheld.is_empty() && !shown.is_empty());
    for figure in withheld {
        assert!(all(figure, ".behind").is_empty(), "{}", text(figure));
    }
    for figure in shown {
        assert!(!all(figure, ".behind table").is_empty(), "{}", text(figure));
    }
}
