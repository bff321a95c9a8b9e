//! People who answer, and releases of what they said.

use axum::http::StatusCode;
use partake_core::{
    disclosure::Parameters,
    flow::assign,
    forum::Role,
    lang::Lang,
    response::{Answers, receipt::Receipt},
    simulate::respondent,
};
use partake_server::{
    release::{CutError, Outcome, Publisher, cut, unwatched},
    submission::{self, Candidate},
};
use partake_store::instruments::Wave;
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha20Rng;
use time::macros::date;

use super::{TestSite, Visitor};

const PASSWORD: &str = "seven grey herons wait";

/// Submits `count` plausible responses, the same for the same `seed`.
pub(crate) async fn submit(site: &TestSite, count: usize, seed: u64) -> Vec<Receipt> {
    submit_saying(site, count, seed, |_, _| {}).await
}

/// The same, with answers of one's own in each.
pub(crate) async fn submit_saying(
    site: &TestSite,
    count: usize,
    seed: u64,
    say: impl Fn(usize, &mut Answers),
) -> Vec<Receipt> {
    let wave = site.state.surveys.featured().expect("a survey");
    let mut random = ChaCha20Rng::seed_from_u64(seed);
    let mut receipts = Vec::new();
    for n in 0..count {
        let mut secret = [0; 16];
        random.fill_bytes(&mut secret);
        let receipt = Receipt::from_bytes(secret);
        let (seed, mut answers) = respondent(&wave.instrument, Lang::Zh, &mut || random.next_u32());
        say(n, &mut answers);
        let candidate = Candidate {
            lang: Lang::Zh,
            seed,
            assignment: assign(&wave.instrument, seed),
            answers,
            only_asked: false,
            receipt: Receipt::from_bytes(secret),
            pace: Default::default(),
        };
        submission::submit(&site.state.store, &wave, candidate)
            .await
            .expect("it is stored");
        receipts.push(receipt);
    }
    receipts
}

/// Who publishes what people said.
pub(crate) fn publisher(site: &TestSite) -> Publisher {
    Publisher {
        store: site.state.store.clone(),
        files: site.state.files.clone(),
        name: None,
        url: None,
    }
}

/// After this every page shows a release that was made by another program.
pub(crate) const A_MOMENT_MS: i64 = 1_000;

pub(crate) async fn released(
    site: &TestSite,
    seed: u64,
    rules: &Parameters,
    dry_run: bool,
) -> Outcome {
    let outcome = attempt(&publisher(site), seed, rules, dry_run).await;
    site.advance(A_MOMENT_MS);
    outcome.expect("an outcome")
}

/// A site on which so many answered, with a release.
pub(crate) async fn released_site(count: usize, seed: u64) -> TestSite {
    let site = TestSite::new().await;
    submit(&site, count, seed).await;
    released(&site, 1, &Parameters::default(), false).await;
    site
}

/// Attempts a release of the version on which people start.
pub(crate) async fn attempt(
    publisher: &Publisher,
    seed: u64,
    rules: &Parameters,
    dry_run: bool,
) -> Result<Outcome, CutError> {
    let wave = publisher.store.current_wave("partake_core").await;
    let wave = wave.expect("a store").expect("a survey");
    cut_of(publisher, &wave, seed, rules, dry_run).await
}

/// Attempts a release of one version.
pub(crate) async fn cut_of(
    publisher: &Publisher,
    wave: &Wave,
    seed: u64,
    rules: &Parameters,
    dry_run: bool,
) -> Result<Outcome, CutError> {
    let (day, mut random) = (date!(2026 - 11 - 30), ChaCha20Rng::seed_from_u64(seed));
    cut(
        publisher,
        wave,
        day,
        rules,
        &mut random,
        dry_run,
        unwatched(),
    )
    .await
}

/// Signs somebody up who has this role.
pub(crate) async fn account<'a>(site: &'a TestSite, handle: &str, role: Role) -> Visitor<'a> {
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
    let found = store.account_by_handle(&handle.to_lowercase()).await;
    let id = found.unwrap().unwrap().id;
    store.set_role(&id, role).await.unwrap();
    visitor
}
