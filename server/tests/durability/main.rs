//! What was acknowledged is there, whatever happens to the server and however many there are; and
//! how fast that is.
//!
//! The numbers are small in the daily run. `PARTAKE_CRASH_RESPONSES` and `PARTAKE_CRASH_KILLS` set
//! them; `PARTAKE_BIN` names another binary than the one built with the tests.
#![expect(clippy::expect_used, reason = "a test may give up")]

mod client;
mod database;
mod together;

use std::{collections::BTreeSet, path::Path, process::Command, time::Instant};

use client::{Sent, Server, request, send};
use database::Database;
use partake_core::{
    flow::{Flow, assign},
    instrument::{Instrument, load},
    lang::Lang,
    response::{Answer, receipt::Receipt},
    simulate::respondent,
};
use partake_server::{submission, surveys::Surveys};
use partake_store::Store;
use partake_survey::Parcel;
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;

const BUILTIN: &str = include_str!("../../../instruments/partake_core/instrument.yaml");
const CLIENTS: usize = 16;

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).map_or(usual, |value| value.parse().expect("a number"))
}

/// Plausible responses as the runner sends them, with their receipts.
fn parcels(count: usize, seed: u64) -> Vec<(Receipt, String)> {
    let instrument: Instrument = load(BUILTIN).expect("the built-in instrument");
    let mut random = ChaCha20Rng::seed_from_u64(seed);
    let mut parcels = Vec::with_capacity(count);
    for _ in 0..count {
        let mut secret = [0; 16];
        random.fill_bytes(&mut secret);
        let receipt = Receipt::from_bytes(secret);
        let (seed, answers) = respondent(&instrument, Lang::Zh, &mut || random.next_u32());
        let assignment = assign(&instrument, seed);
        let flow = Flow::new(&instrument, Lang::Zh, seed, &assignment, &answers);
        let parcel = Parcel {
            survey: instrument.id.clone(),
            version: instrument.version.clone(),
            seed: seed.0,
            receipt: receipt.to_string(),
            answers: flow.answers().clone(),
            replace: false,
            pace: Default::default(),
        };
        parcels.push((receipt, serde_json::to_string(&parcel).expect("JSON")));
    }
    parcels
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().expect("a runtime")
}

/// Kills the server again and again while many submit; whoever got no answer sends again.
fn survives_kills(database: &str, folder: &Path) {
    let (total, kills) = (
        number("PARTAKE_CRASH_RESPONSES", 300),
        number("PARTAKE_CRASH_KILLS", 3),
    );
    let parcels = parcels(total, 11);
    let mut random = ChaCha20Rng::seed_from_u64(5);
    let mut acknowledged: BTreeSet<usize> = BTreeSet::new();
    let mut before_a_kill = 0;
    for round in 0..=kills {
        let server = std::sync::Mutex::new(Server::start(folder, database));
        let address = server.lock().expect("ours").address;
        let waiting: Vec<(usize, Vec<u8>)> = (0..total)
            .filter(|at| !acknowledged.contains(at))
            .map(|at| (at, request(address, &parcels[at].1)))
            .collect();
        // A share of what is left, and at no round number.
        let share = waiting.len() / (kills + 1 - round).max(1);
        let fatal = (round < kills)
            .then(|| 1 + usize::try_from(random.next_u32()).expect("small") % share.max(1));
        let Sent {
            acknowledged: now, ..
        } = send(address, &waiting, CLIENTS, |done| {
            if Some(done) == fatal {
                server.lock().expect("ours").kill();
            }
        });
        before_a_kill = acknowledged.len() + now.len();
        acknowledged.extend(now);
    }
    assert_eq!(before_a_kill, total, "the last server takes the rest");
    runtime().block_on(check(database, &parcels));
}

/// Everything is there, once, whole, and the file is sound.
async fn check(database: &str, parcels: &[(Receipt, String)]) {
    let store = Store::connect(database).await.expect("it opens");
    let surveys = Surveys::default();
    surveys.reload(&store).await.expect("the survey is there");
    let wave = surveys.featured().expect("a survey");
    let snapshot = store.snapshot(&wave.survey, &wave.version).await;
    let snapshot = snapshot.expect("it can be read");
    assert_eq!(snapshot.responses.len(), parcels.len(), "each once");
    let ids: BTreeSet<_> = snapshot.responses.iter().map(|part| part.id).collect();
    for (receipt, json) in parcels {
        assert!(ids.contains(&receipt.response_id()));
        let waves = |survey: &str, version: &str| surveys.wave(survey, version);
        let opened = submission::open(&store, waves, receipt).await;
        let (opened, _) = opened.expect("it decodes").expect("it is there");
        let sent: Parcel = serde_json::from_str(json).expect("ours");
        for (id, answer) in &sent.answers {
            let kept = opened.answers.get(id);
            let whole = match (answer, kept) {
                // A text whose author asked for its deletion is not kept.
                (Answer::Text(_), _) => true,
                // Codes are kept in the order in which the question has them.
                (Answer::Codes(sent), Some(Answer::Codes(kept))) => {
                    BTreeSet::from_iter(sent) == BTreeSet::from_iter(kept)
                }
                _ => kept == Some(answer),
            };
            assert!(whole, "{id}: {answer:?}, kept: {kept:?}");
        }
    }
    store.close().await.expect("it closes");
}

#[test]
fn kill_9_loses_nothing_acknowledged_on_sqlite() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("partake.db");
    survives_kills(
        &format!("sqlite://{}?mode=rwc", file.display()),
        folder.path(),
    );
    let checked = Command::new("python3")
        .args(["-c", "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('PRAGMA integrity_check').fetchone()[0])"])
        .arg(&file)
        .output();
    if let Ok(checked) = checked {
        assert_eq!(String::from_utf8_lossy(&checked.stdout).trim(), "ok");
    }
}

#[test]
fn kill_9_loses_nothing_acknowledged_on_postgresql() {
    let Some(database) = Database::create("crash") else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    survives_kills(&database.url(), folder.path());
}

/// Submissions over HTTP beside plain inserts of the same rows; run by
/// `cargo xtask test --only durability`.
#[test]
#[ignore = "takes minutes, and says something only of a release build"]
fn submissions_reach_half_of_what_plain_grouped_inserts_reach() {
    let total = number("PARTAKE_BENCH_RESPONSES", 20_000);
    let clients = number("PARTAKE_BENCH_CLIENTS", 128);
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("partake.db");
    let server = Server::start(
        folder.path(),
        &format!("sqlite://{}?mode=rwc", file.display()),
    );
    let parcels = parcels(total, 3);
    let list: Vec<(usize, Vec<u8>)> = parcels
        .iter()
        .enumerate()
        .map(|(at, (_, json))| (at, request(server.address, json)))
        .collect();
    let warm = list.len() / 10;
    send(server.address, &list[..warm], clients, |_| {});
    let begun = server.resident();
    let since = Instant::now();
    let mut sent = send(server.address, &list[warm..], clients, |_| {});
    let seconds = since.elapsed().as_secs_f64();
    assert_eq!(sent.acknowledged.len(), total - warm);
    sent.latencies.sort();
    let rate = f64::from(u32::try_from(total - warm).expect("small")) / seconds;
    let p99 = sent.latencies[sent.latencies.len() * 99 / 100];
    let ended = server.resident();
    drop(server);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/judge/plain_inserts.py");
    let plain = Command::new("python3").arg(script).arg(&file).output();
    let plain = String::from_utf8(plain.expect("python3 runs").stdout).expect("text");
    let rates: Vec<f64> = plain
        .split_whitespace()
        .map(|rate| rate.parse().expect("a rate"))
        .collect();
    let [one_by_one, grouped] = rates.as_slice() else {
        unreachable!("two rates: {plain}")
    };
    let report = format!(
        "{rate:.0} submissions/s over HTTP, {clients} clients, p99 {} ms; the same rows inserted \
         plainly: {one_by_one:.0}/s one by one, {grouped:.0}/s in groups; memory {begun} MB after \
         {warm}, {ended} MB after {total}",
        p99.as_millis()
    );
    std::fs::write(folder.path().join("report"), &report).expect("written");
    assert!(rate * 2.0 >= *grouped && ended <= begun + 30, "{report}");
    // Seen with --no-capture.
    std::io::Write::write_all(&mut std::io::stderr(), format!("{report}\n").as_bytes())
        .expect("told");
}
