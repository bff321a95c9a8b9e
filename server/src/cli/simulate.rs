//! `partake simulate`.

use std::time::Instant;

use anyhow::{Context as _, bail};
use clap::Args;
use partake_core::{
    flow::assign,
    lang::Lang,
    response::{Pace, receipt::Receipt},
    simulate::respondent,
};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha20Rng;
use sha2::{Digest as _, Sha256};
use tokio::task::JoinSet;

use super::{Context, print_line};
use crate::{
    simulate_forum,
    submission::{self, Candidate, SubmissionError},
};

/// Submissions under way at once: enough to keep the writer busy while others are being made.
const AT_ONCE: usize = 16;
/// Three of four simulated people answer in Chinese.
const IN_ENGLISH: u32 = 4;

/// Options of `simulate`.
#[derive(Args, Debug)]
pub struct SimulateCommand {
    /// Number of responses
    #[arg(long, env = "PARTAKE_SIMULATE_RESPONSES", default_value_t = 0)]
    responses: u32,
    /// Number of discussion threads
    #[arg(long, env = "PARTAKE_SIMULATE_THREADS", default_value_t = 0)]
    threads: u32,
    /// Number of comments; half of them go into the first thread
    #[arg(long, env = "PARTAKE_SIMULATE_COMMENTS", default_value_t = 0)]
    comments: u32,
    /// Number of reports on comments
    #[arg(long, env = "PARTAKE_SIMULATE_REPORTS", default_value_t = 0)]
    reports: u32,
    /// Seed: the same seed gives the same people, and running it again adds nothing
    #[arg(long, env = "PARTAKE_SIMULATE_SEED")]
    seed: u64,
    /// Survey to answer, if not the featured one
    #[arg(long, env = "PARTAKE_SIMULATE_SURVEY")]
    survey: Option<String>,
}

impl SimulateCommand {
    pub async fn run(self, context: &Context) -> anyhow::Result<()> {
        let started = Instant::now();
        if self.responses > 0 {
            let stored = self.respond(context).await?;
            print_line(&format!(
                "{stored} responses stored, {} were there before, in {:.1} s",
                self.responses - stored,
                started.elapsed().as_secs_f64(),
            ))?;
        }
        if self.threads > 0 || self.comments > 0 {
            self.discuss(context).await?;
        }
        Ok(())
    }

    async fn discuss(&self, context: &Context) -> anyhow::Result<()> {
        let started = Instant::now();
        let wave = match &self.survey {
            Some(slug) => context.surveys.current(slug),
            None => context.surveys.featured(),
        };
        let wave = wave
            .context("no such survey is published: run `partake instrument publish FILE` first")?;
        let plan = simulate_forum::Plan {
            threads: self.threads,
            comments: self.comments,
            reports: self.reports,
            seed: self.seed,
        };
        let now = context.clock.now_ms();
        let written = simulate_forum::run(&context.store, &wave, plan, now).await?;
        print_line(&format!(
            "{} threads, {} comments and {} reports written in {:.1} s",
            written.threads,
            written.comments,
            written.reports,
            started.elapsed().as_secs_f64(),
        ))
    }

    /// Submits every response by the path that a browser's submission takes.
    async fn respond(&self, context: &Context) -> anyhow::Result<u32> {
        let wave = match &self.survey {
            Some(slug) => context.surveys.current(slug),
            None => context.surveys.featured(),
        };
        let wave = wave
            .context("no such survey is published: run `partake instrument publish FILE` first")?;
        let mut under_way = JoinSet::new();
        let mut stored = 0;
        for number in 0..self.responses {
            if under_way.len() >= AT_ONCE {
                stored += landed(under_way.join_next().await)?;
            }
            let (store, wave) = (context.store.clone(), wave.clone());
            let mut random = ChaCha20Rng::from_seed(self.seed_of(number));
            under_way.spawn(async move {
                let lang = if random.next_u32().is_multiple_of(IN_ENGLISH) {
                    Lang::En
                } else {
                    Lang::Zh
                };
                let mut secret = [0; 16];
                random.fill_bytes(&mut secret);
                let (seed, answers) = respondent(&wave.instrument, lang, &mut || random.next_u32());
                let candidate = Candidate {
                    lang,
                    seed,
                    assignment: assign(&wave.instrument, seed),
                    answers,
                    only_asked: false,
                    receipt: Receipt::from_bytes(secret),
                    pace: Pace::default(),
                };
                submission::submit(&store, &wave, candidate).await
            });
        }
        while let Some(done) = under_way.join_next().await {
            stored += landed(Some(done))?;
        }
        Ok(stored)
    }

    /// Each respondent has a generator of their own, so that running in parallel changes nothing.
    fn seed_of(&self, number: u32) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"partake simulate responses");
        hash.update(self.seed.to_le_bytes());
        hash.update(number.to_le_bytes());
        hash.finalize().into()
    }
}

type Landed = Result<partake_survey::ReceiptKind, SubmissionError>;

/// 1 for a response that was new.
fn landed(done: Option<Result<Landed, tokio::task::JoinError>>) -> anyhow::Result<u32> {
    match done {
        Some(Ok(Ok(partake_survey::ReceiptKind::New))) => Ok(1),
        Some(Ok(Err(SubmissionError::Faults(faults)))) => {
            bail!("a simulated respondent gave answers that do not hold: {faults:?}")
        }
        Some(Ok(Err(error))) => Err(error.into()),
        Some(Err(error)) => Err(error.into()),
        Some(Ok(Ok(_))) | None => Ok(0),
    }
}
