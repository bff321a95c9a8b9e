//! Measures moderation at size, on SQLite: `cargo run --release -p partake-store --example
//! moderation_bars -- FOLDER`. Prints a line for each bar and fails when one is missed.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program that measures says what it found, and ends when it cannot"
)]

use std::time::{Duration, Instant};

use partake_core::{
    forum::{
        About, Actor, Reason, Role,
        chain::{Entry, NONE, START, mark},
        pipeline::{Circumstances, Settings, WordList, judge},
    },
    lang::Lang,
};
use partake_store::{
    NewAccount, Store,
    forum::{Act, BulkComment, BulkReport, BulkThread, Decision, NewComment, QueueFilter, UNDO_MS},
};
use sea_orm::{ConnectionTrait as _, TransactionTrait as _, Value};

const COMMENTS: usize = 1_000_000;
const THREADS: usize = 20;
const REPORTS: usize = 10_000;
const ENTRIES: i64 = 1_000_000;
const NOW: i64 = 1_795_435_200_000;
const MODERATOR: Actor<'static> = Actor::Account {
    id: "moderator",
    role: Role::Moderator,
};
const MEMBER: Actor<'static> = Actor::Account {
    id: "p0",
    role: Role::Member,
};

#[tokio::main]
async fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let url = format!("sqlite://{folder}/bars.db?mode=rwc");
    let store = Store::connect(&url).await.unwrap();
    partake_migrations::migrate(store.connection())
        .await
        .unwrap();
    store.publish_instrument("s", "1", "{}", 0).await.unwrap();
    people(&store).await;
    let thread = discussion(&store).await;
    let met = [
        queue(&store).await,
        bulk(&store).await,
        pipeline(&store, thread).await,
        verify(&store).await,
    ];
    if met.contains(&false) {
        std::process::exit(1);
    }
}

fn say(bar: &str, is: Duration, most: Duration) -> bool {
    let met = is <= most;
    let verdict = if met { "ok    " } else { "MISSED" };
    println!("{verdict} {bar}: {is:.1?}, at most {most:?}");
    met
}

async fn people(store: &Store) {
    for number in 0..51 {
        let (id, role) = match number {
            50 => ("moderator".to_owned(), Role::Moderator),
            n => (format!("p{n}"), Role::Member),
        };
        let new = NewAccount {
            id: id.clone(),
            handle: id.clone(),
            handle_folded: id,
            password_hash: "x".to_owned(),
            role,
            created_ms: 0,
        };
        store.create_account(new).await.unwrap();
    }
}

async fn discussion(store: &Store) -> i64 {
    let size = COMMENTS / THREADS;
    let every = COMMENTS / REPORTS;
    let mut last = 0;
    for _ in 0..THREADS {
        let comments = (0..size)
            .map(|n| BulkComment {
                parent: (n > 1 && n % 3 > 0).then(|| n / 2 + 1).filter(|&p| p < n),
                author: format!("p{}", n % 50),
                lang: Lang::En,
                body: format!("Comment number {n}, neither long nor short, as comments are."),
                created_ms: NOW - 1_000_000_000 + i64::try_from(n).unwrap(),
                votes: Vec::new(),
                report: (n % every == every - 1).then(|| BulkReport {
                    reporter: format!("p{}", (n + 1) % 50),
                    reason: Reason::ALL[n / every % 8],
                    note: String::new(),
                }),
            })
            .collect();
        let thread = BulkThread {
            survey: "s".to_owned(),
            about: About::Survey,
            title: "A thread".to_owned(),
            comments,
        };
        last = store.import_thread(&thread).await.unwrap();
    }
    store.analyse().await.unwrap();
    last
}

fn p95(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() * 95 / 100]
}

async fn queue(store: &Store) -> bool {
    let mut times = Vec::new();
    let filters = [
        QueueFilter::default(),
        QueueFilter {
            reason: Some(Reason::Spam),
            lang: Some(Lang::En),
            ..QueueFilter::default()
        },
    ];
    for round in 0..200 {
        let start = Instant::now();
        let page = store
            .moderation_queue(MODERATOR, filters[round % 2], None, NOW)
            .await
            .unwrap();
        let counts = store.queue_counts(NOW).await.unwrap();
        times.push(start.elapsed());
        assert_eq!(page.items.len(), 20);
        assert_eq!(counts.all, i64::try_from(REPORTS).unwrap());
    }
    let bar = "first page of 10,000 open cases over 1,000,000 comments, p95";
    say(bar, p95(times), Duration::from_millis(50))
}

async fn bulk(store: &Store) -> bool {
    let mut items = Vec::new();
    let mut cursor = None;
    while items.len() < 200 {
        let page = store
            .moderation_queue(MODERATOR, QueueFilter::default(), cursor.as_deref(), NOW)
            .await
            .unwrap();
        items.extend(page.items.into_iter().map(|i| (i.comment.id, i.seen)));
        cursor = page.next;
    }
    let decision = Decision {
        act: Act::Remove,
        reason: Some(Reason::Spam),
        note: "measured",
        seen: None,
        now_ms: NOW,
    };
    let start = Instant::now();
    let id = store.put_batch(MODERATOR, &items, &decision).await.unwrap();
    store.apply_due_batches(NOW + UNDO_MS).await.unwrap();
    let time = start.elapsed();
    let batch = store.batch(MODERATOR, id).await.unwrap().unwrap();
    assert_eq!((batch.applied, batch.refused), (200, 0));
    say("a bulk action on 200", time, Duration::from_secs(1))
}

async fn publish(store: &Store, thread: i64, n: i64, looked_at: bool) -> Duration {
    let body = format!(
        "What I mean by number {n} is this: {}",
        "words ".repeat(200)
    );
    let now_ms = NOW + n * 1_000_000;
    let start = Instant::now();
    if looked_at {
        // As the server does it, settings and word list included.
        let standing = store.standing("p0", now_ms).await.unwrap();
        let mut settings: Settings = store.moderation_settings().await.unwrap();
        settings.words = (0..2_000).map(|w| format!("listed{w}*")).collect();
        let circumstances = Circumstances {
            level: standing.level,
            moderates: false,
            thread_premoderated: false,
            recent: standing.recent,
            repeats: store.said_before("p0", &body, now_ms).await.unwrap(),
        };
        let words = WordList::new(&settings.words);
        assert_eq!(judge(&body, &circumstances, &settings, &words), []);
    }
    let new = NewComment {
        thread,
        parent: None,
        body: &body,
        lang: Lang::En,
        findings: &[],
        now_ms,
    };
    store.add_comment(MEMBER, new).await.unwrap();
    start.elapsed()
}

async fn pipeline(store: &Store, thread: i64) -> bool {
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for n in 0..100 {
        without.push(publish(store, thread, 2 * n, false).await);
        with.push(publish(store, thread, 2 * n + 1, true).await);
    }
    let (with, without) = (p95(with), p95(without));
    println!("       publishing p95: {without:.1?} without, {with:.1?} with the pipeline");
    let cost = with.saturating_sub(without);
    say("the pipeline’s cost", cost, Duration::from_millis(10))
}

/// Writes entries as `enter` would, many at a time, and then verifies the log.
async fn verify(store: &Store) -> bool {
    let db = store.connection();
    let number = async |query: &str| -> i64 {
        let statement = sea_orm::Statement::from_string(db.get_database_backend(), query);
        let row = db.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get("", "n").unwrap()
    };
    let written = number("SELECT count(*) AS n FROM moderation_act").await;
    let first = number("SELECT max(id) AS n FROM moderation_act").await + 1;
    let head = store.log_head().await.unwrap();
    assert!(head.entries == written && head.hash != START);
    let (mut hash, mark) = (head.hash, mark("moderator"));
    let mut id = first;
    while id < first + ENTRIES - written {
        let tx = db.begin().await.unwrap();
        let end = (id + 10_000).min(first + ENTRIES - written);
        for act in id..end {
            let sequence = written + 1 + act - first;
            let entry = Entry {
                sequence,
                id: act,
                survey: "s",
                act: "dismiss",
                thread: 1,
                comment: None,
                reason: None,
                note: "",
                moderator: Some(&mark),
                created_ms: NOW,
                detail: "by=moderator",
                subject: Some(NONE),
                wording: Some(NONE),
            };
            hash = entry.hash(&hash);
            let run = async |query: &str, values: Vec<Value>| {
                let backend = tx.get_database_backend();
                let statement = sea_orm::Statement::from_sql_and_values(backend, query, values);
                tx.execute_raw(statement).await.unwrap();
            };
            run(
                "INSERT INTO moderation_act (id, survey, act, thread_id, note, moderator_id,
                    created_ms, detail)
                VALUES ($1, 's', 'dismiss', 1, '', 'moderator', $2, 'by=moderator')",
                vec![act.into(), NOW.into()],
            )
            .await;
            run(
                "INSERT INTO moderation_chain (sequence, act_id, thread_ref, moderator_mark,
                    subject_mark, wording_mark, hash)
                VALUES ($1, $2, 1, $3, '-', '-', $4)",
                vec![
                    sequence.into(),
                    act.into(),
                    mark.as_str().into(),
                    hash.to_vec().into(),
                ],
            )
            .await;
        }
        let statement = sea_orm::Statement::from_sql_and_values(
            tx.get_database_backend(),
            "UPDATE moderation_head SET sequence = $1, hash = $2",
            [(written + end - first).into(), hash.to_vec().into()],
        );
        tx.execute_raw(statement).await.unwrap();
        tx.commit().await.unwrap();
        id = end;
    }
    let start = Instant::now();
    let head = store.verify_log(&[]).await.unwrap().unwrap();
    let time = start.elapsed();
    assert_eq!(head.entries, ENTRIES);
    let bar = "verifying a log of 1,000,000 entries";
    say(bar, time, Duration::from_secs(30))
}
