//! Charts by themselves, what was declared beforehand, and how it is explained.

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use partake_core::disclosure::Parameters;
use partake_server::release::Outcome;
use tower::ServiceExt as _;

use crate::support::{
    TestSite,
    people::{released, released_site, submit},
};

#[tokio::test]
async fn every_chart_has_a_page_a_picture_and_a_way_back() {
    let site = released_site(120, 1).await;
    let mut visitor = site.visitor();
    let wave = site.state.surveys.featured().expect("a survey");
    let results = visitor.get("/en/results").await.body;
    for question in ["employment", "agency", "taking_part", "bws_conditions"] {
        let path = format!("/en/results/1/charts/{question}");
        assert!(results.contains(&format!("href=\"{path}\"")), "{question}");
        let page = visitor.get(&path).await;
        page.assert_status(StatusCode::OK);
        assert!(page.body.contains("property=\"og:title\""));
        assert!(page.body.contains(&format!("{path}.svg")));
        assert!(page.body.contains(&format!("/en/results/1#{question}")));
        assert!(
            page.body
                .contains(&format!("/en/discuss/new?about=r1.{question}"))
        );
        assert!(!page.body.contains("style=\""), "no inline style");
        let h1 = page.body.split("<h1").nth(1).expect("a first heading");
        assert!(!h1.contains("<h1"), "one of them");
        assert!(!page.body.contains("<h3"), "no level is left out");

        let svg = visitor.get(&format!("{path}.svg")).await;
        svg.assert_status(StatusCode::OK);
        let kind = svg.headers[header::CONTENT_TYPE].to_str().expect("ASCII");
        assert!(kind.starts_with("image/svg+xml"));
        assert!(svg.headers.contains_key(header::ETAG));
        assert!(svg.body.contains("Release 1") && svg.body.contains("n = "));
        assert!(!svg.body.contains("style="), "no inline style");
        let title = wave
            .instrument
            .question(question)
            .map(|q| q.title.get(partake_core::lang::Lang::En))
            .expect("a question");
        let start: String = title
            .split(&[' ', '{'][..])
            .take(3)
            .collect::<Vec<_>>()
            .join(" ");
        assert!(svg.body.contains(&start), "{question}: {start}");
    }
}

#[tokio::test]
async fn the_first_chart_stands_for_the_results_where_their_address_is_passed_on() {
    let site = released_site(120, 1).await;
    let mut visitor = site.visitor();
    for path in ["/zh/results", "/en/results", "/en/results/1"] {
        let page = visitor.get(path).await.body;
        let (_, rest) = page
            .split_once("property=\"og:image\" content=\"")
            .expect(path);
        let address = rest.split('"').next().expect("an end");
        let own = site.state.config.base_url();
        let picture = address.strip_prefix(own).expect("a whole address");
        assert!(picture.contains("/results/1/charts/"), "{picture}");
        let request = Request::get(picture)
            .body(Body::empty())
            .expect("a request");
        let png = site.router.clone().oneshot(request).await;
        assert_eq!(png.expect("an answer").status(), StatusCode::OK);
    }
}

/// The system that runs the tests has Chinese letters; `cargo xtask test` sees to it.
#[tokio::test]
async fn every_chart_is_a_picture_to_pass_on() {
    let site = released_site(120, 1).await;
    let mut visitor = site.visitor();
    for lang in ["zh", "en"] {
        let path = format!("/{lang}/results/1/charts/employment");
        let page = visitor.get(&path).await.body;
        let place = format!("{}{path}.png", site.state.config.base_url());
        assert!(page.contains(&format!("property=\"og:image\" content=\"{place}\"")));
        assert!(
            page.contains(&format!("href=\"{path}.png\"")),
            "without scripts too"
        );
        let request = Request::get(format!("{path}.png"))
            .body(Body::empty())
            .expect("a request");
        let png = site
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer");
        assert_eq!(png.status(), StatusCode::OK);
        assert_eq!(png.headers()[header::CONTENT_TYPE], "image/png");
        assert!(png.headers().contains_key(header::ETAG));
        let bytes = to_bytes(png.into_body(), usize::MAX).await.expect("a body");
        assert_eq!(&bytes[1..4], b"PNG");
        assert_eq!(bytes[16..20], 1760_u32.to_be_bytes(), "two points for one");
    }
}

#[tokio::test]
async fn a_chart_shows_its_figures_release_by_release() {
    let site = released_site(150, 1).await;
    let mut visitor = site.visitor();
    let path = |release: u32, chart: &str| format!("/en/results/{release}/charts/{chart}");
    let title = "Release by release";
    let alone = visitor.get(&path(1, "employment")).await.body;
    assert!(!alone.contains(title), "one release is no line");
    for seed in [2, 3] {
        submit(&site, 120, seed).await;
        released(&site, seed, &Parameters::default(), false).await;
    }
    for chart in ["employment", "agency", "agency__j1", "taking_part"] {
        let page = visitor.get(&path(3, chart)).await.body;
        let (_, lines) = page.split_once("class=\"over-time\"").expect(chart);
        let (lines, _) = lines.split_once("</section>").expect("its end");
        assert!(
            lines.contains("Release 1") && lines.contains("Release 3"),
            "{chart}"
        );
        let strips = lines.matches("strip-marks").count();
        assert!(
            strips > 0 && lines.matches("class=\"dot\"").count() > strips,
            "{chart}"
        );
        assert!(lines.contains("between"), "{chart}: intervals in words");
    }
    let second = visitor.get(&path(2, "employment")).await.body;
    assert!(second.contains(title) && !second.contains("<th scope=\"col\">Release 3</th>"));
}

#[tokio::test]
async fn one_row_of_a_matrix_is_a_chart_too() {
    let site = released_site(120, 1).await;
    let mut visitor = site.visitor();
    let whole = visitor.get("/en/results/1/charts/agency").await.body;
    let row = visitor.get("/en/results/1/charts/agency__j1").await;
    row.assert_status(StatusCode::OK);
    let rows = |page: &str| page.matches("class=\"row wide\"").count();
    assert_eq!((rows(&row.body), rows(&whole)), (1, 9));
}

#[tokio::test]
async fn what_is_no_chart_is_not_found() {
    let site = released_site(120, 1).await;
    let mut visitor = site.visitor();
    for chart in [
        "nothing",
        "nothing.svg",
        "agency__nothing",
        "open_condition",
    ] {
        let path = format!("/zh/results/1/charts/{chart}");
        visitor
            .get(&path)
            .await
            .assert_status(StatusCode::NOT_FOUND);
    }
    let later = visitor.get("/zh/results/2/charts/employment").await;
    later.assert_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_hypothesis_stands_with_its_rule_and_says_when_there_is_not_enough() {
    let site = released_site(80, 1).await;
    let wave = site.state.surveys.featured().expect("a survey");
    for (lang, few) in [("en", "not enough data yet"), ("zh", "数据还不够")] {
        let page = site.visitor().get(&format!("/{lang}/results")).await.body;
        for hypothesis in &wave.instrument.hypotheses {
            assert!(page.contains(&format!("<li id=\"{}\"", hypothesis.id)));
        }
        assert!(page.contains(few));
        for missing in [">charts-", "\"charts-"] {
            assert!(!page.contains(missing), "a text is missing in {lang}");
        }
    }
}

#[tokio::test]
async fn the_method_is_explained_and_linked_from_where_it_matters() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    for lang in ["zh", "en"] {
        let path = format!("/{lang}/results/method");
        let page = visitor.get(&path).await;
        page.assert_status(StatusCode::OK);
        assert!(page.body.contains("audit.json") && page.body.contains("34"));
        assert!(!page.body.contains("charts-method"), "a text is missing");
        for from in ["data", "privacy"] {
            let from = visitor.get(&format!("/{lang}/{from}")).await;
            assert!(from.body.contains(&path));
        }
    }
}

#[tokio::test]
async fn a_device_can_read_how_common_a_background_is_and_learns_no_count() {
    let site = TestSite::new().await;
    let before = site.visitor().get("/zh/survey/background.csv").await;
    before.assert_status(StatusCode::NO_CONTENT);
    submit(&site, 200, 1).await;
    released(&site, 1, &Parameters::default(), false).await;
    let file = site.visitor().get("/zh/survey/background.csv").await;
    file.assert_status(StatusCode::OK);
    let public = "/api/v1/releases/1/files/background.csv";
    assert_eq!(file.body, site.visitor().get(public).await.body);
    let bands = ["", "0-9", "10-49", "50-199", "200-999", "1000+"];
    let mut pairs = 0;
    for line in file.body.lines().skip(1) {
        let fields: Vec<_> = line.split(',').collect();
        assert_eq!(fields.len(), 5, "{line}");
        assert!(bands.contains(&fields[4]), "{line}");
        pairs += usize::from(!fields[2].is_empty());
    }
    assert!(pairs > 100, "{pairs}");
}

#[tokio::test]
async fn what_is_missing_for_a_first_release_is_told_in_tens_and_only_when_it_was_looked_at() {
    let site = TestSite::new().await;
    let rules = Parameters::default();
    let look = async || released(&site, 1, &rules, false).await;
    let told = async || {
        let page = site.visitor().get("/en/results").await.body;
        let (_, rest) = page.split_once("up to ")?;
        let number = rest.split(' ').next()?;
        number.parse::<u64>().ok()
    };
    submit(&site, 12, 1).await;
    assert_eq!(told().await, None, "nobody has looked");
    assert_eq!(look().await, Outcome::TooFew);
    assert_eq!(told().await, Some(40));
    submit(&site, 15, 2).await;
    assert_eq!(told().await, Some(40), "it does not move with answers");
    assert_eq!(look().await, Outcome::TooFew);
    assert_eq!(told().await, Some(30));
    submit(&site, 40, 3).await;
    assert!(matches!(look().await, Outcome::Cut(_)));
    assert_eq!(told().await, None);
}
