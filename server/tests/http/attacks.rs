//! Attacks on a release by somebody who takes part in it, through what the site publishes. Each is
//! run again with its protection turned off, where it has to succeed.

use std::collections::BTreeMap;

use partake_core::{
    disclosure::{Aggregates, Parameters, Status, tabulate},
    flow::assign,
    lang::Lang,
    response::{Sheet, finish, receipt::Receipt},
    simulate::respondent,
};
use partake_server::{
    release::{Outcome, calendar, cut},
    submission::{self, Candidate},
};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha20Rng;
use time::macros::date;

use crate::support::{TestSite, people::publisher};

/// Everybody but these is the attacker.
const OTHERS: usize = 20;
const ATTACKER: usize = 100;

/// Submits and returns what was submitted.
async fn submit(site: &TestSite, count: usize, seed: u64) -> Vec<Sheet> {
    let wave = site.state.surveys.featured().expect("a survey");
    let mut random = ChaCha20Rng::seed_from_u64(seed);
    let mut sheets = Vec::new();
    for _ in 0..count {
        let mut secret = [0; 16];
        random.fill_bytes(&mut secret);
        let (seed, answers) = respondent(&wave.instrument, Lang::En, &mut || random.next_u32());
        let assignment = assign(&wave.instrument, seed);
        let done = finish(&wave.instrument, Lang::En, seed, &assignment, &answers);
        sheets.push(done.expect("it holds").sheet);
        let candidate = Candidate {
            lang: Lang::En,
            seed,
            assignment,
            answers,
            receipt: Receipt::from_bytes(secret),
            pace: Default::default(),
        };
        submission::submit(&site.state.store, &wave, &candidate)
            .await
            .expect("it is stored");
    }
    sheets
}

async fn release(site: &TestSite, rules: &Parameters) {
    let survey = site.state.surveys.featured().expect("a survey");
    let mut random = ChaCha20Rng::seed_from_u64(1);
    let day = date!(2026 - 11 - 30);
    let made = cut(
        &publisher(site),
        &survey.survey,
        day,
        rules,
        &mut random,
        false,
    )
    .await;
    assert!(matches!(made, Ok(Outcome::Cut(_))), "{made:?}");
}

/// Counts of the others that the attacker can tell: in how many published cells the own answers,
/// taken away from the published count, leave a single possibility.
async fn told(site: &TestSite, own: &[Sheet], rules: &Parameters) -> usize {
    let wave = site.state.surveys.featured().expect("a survey");
    let published = site.visitor().get("/api/v1/releases/1/aggregates").await;
    let published: Aggregates = serde_json::from_value(published.json()).expect("aggregates");
    let mine: BTreeMap<_, _> = tabulate(&wave.instrument, own, [])
        .into_iter()
        .map(|table| (table.id.clone(), table))
        .collect();
    // The attacker does not know which of the answers wait, so as many of the own may be missing.
    let held_back = rules.hold_back;
    let others = u64::try_from(OTHERS).expect("small");
    let mut told = 0;
    for table in published.tables.iter().filter(|t| t.base.is_some()) {
        let Some(mine) = mine.get(&table.id) else {
            continue;
        };
        for (c, column) in mine.columns.iter().enumerate() {
            for (r, row) in mine.rows.iter().enumerate().filter(|(_, r)| r.possible) {
                let cell = table
                    .at(Some(&row.code), column.by_code.as_deref())
                    .expect("the cell is published");
                let (low, high) = match (cell.status, cell.count) {
                    (Status::Shown, Some(count)) => rules.unround(count),
                    (Status::FewerThan10, _) => (0, rules.min_cell - 1),
                    _ => (0, u64::MAX),
                };
                let known = mine.count(r, c);
                let least = low.saturating_sub(known);
                let missing = held_back.min(known);
                let most = high.saturating_sub(known - missing).min(others);
                told += usize::from(least == most);
            }
        }
    }
    told
}

#[tokio::test]
async fn whoever_sends_all_answers_but_twenty_learns_none_of_the_twenty() {
    let rules = Parameters::default();
    let site = TestSite::new().await;
    let own = submit(&site, ATTACKER, 1).await;
    submit(&site, OTHERS, 2).await;
    release(&site, &rules).await;
    assert_eq!(told(&site, &own, &rules).await, 0);
}

#[tokio::test]
async fn without_rounding_and_without_answers_that_wait_they_would_learn_them() {
    let rules = Parameters {
        hold_back: 0,
        round_to: 1,
        min_cell: 1,
        min_width: 0,
        ..Parameters::default()
    };
    let site = TestSite::new().await;
    let own = submit(&site, ATTACKER, 1).await;
    submit(&site, OTHERS, 2).await;
    release(&site, &rules).await;
    assert!(told(&site, &own, &rules).await > 100);
}

#[tokio::test]
async fn a_release_is_due_on_mondays_and_for_one_of_two_servers() {
    let site = TestSite::new().await;
    let store = &site.state.store;
    let claim = |day| calendar::claim(store, "partake_core", day, 7);
    let monday = date!(2026 - 11 - 30);
    assert_eq!(claim(date!(2026 - 11 - 27)).await.expect("a look"), None);
    let (one, other) = tokio::join!(claim(monday), claim(monday));
    let mut claims: Vec<_> = [one, other]
        .into_iter()
        .filter_map(|claim| claim.expect("a look"))
        .collect();
    assert_eq!(claims.len(), 1, "one of them makes the release");
    assert_eq!(claim(date!(2026 - 12 - 06)).await.expect("a look"), None);

    // An attempt that failed is made again.
    let failed = claims.remove(0);
    failed.give_back(store).await.expect("it is given back");
    assert!(claim(monday).await.expect("a look").is_some());
    assert!(
        claim(date!(2026 - 12 - 07))
            .await
            .expect("a look")
            .is_some()
    );
}
