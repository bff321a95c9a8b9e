//! Fills a database with a discussion of a million comments and proves that it is the one that
//! writing each of them would have made: `cargo run --release -p partake-store --example
//! discussion_at_size -- DATABASE_URL FACTS`. The file FACTS says what is where, a line each; the
//! database has to have a survey.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a program that measures says what it found, and ends when it cannot"
)]

mod draw;
mod language;
mod people;
mod recount;
mod talk;

use std::{fmt::Write as _, time::Instant};

use partake_store::Store;
use sea_orm::ConnectionTrait as _;

use crate::{
    draw::Draw,
    language::Language,
    talk::{LARGE, Plan},
};

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().expect("the address of a database");
    let facts = arguments.next().expect("a file for what is where");
    let store = Store::connect(&url).await.unwrap();
    partake_migrations::migrate(store.connection())
        .await
        .unwrap();
    let now_ms = now_ms();
    let mut draw = Draw::new(7);
    let language = Language::new(&mut draw);
    let survey = survey(&store).await;
    let people = people::create(&store, now_ms).await;

    let start = Instant::now();
    let mut written = 0;
    let mut at = String::new();
    for (number, size) in talk::sizes().into_iter().enumerate() {
        let plan = Plan {
            number,
            size,
            survey: &survey,
            people: &people.ids,
            now_ms,
        };
        let thread = talk::thread(&plan, &language, &mut draw);
        let id = store.import_thread(&thread).await.unwrap();
        let marks = talk::marks(size);
        if let Some(name) = talk::name(number) {
            writeln!(at, "thread {name} {id}").unwrap();
            let first = first_comment(&store, id).await;
            for (mark, index) in marks {
                writeln!(at, "comment {name}.{mark} {}", first + index).unwrap();
            }
        }
        written += size;
        if number == 0 || number % 500 == 499 {
            println!("{written} comments after {:.0?}", start.elapsed());
        }
    }
    store.analyse().await.unwrap();
    vacuum(&store).await;
    println!("{written} comments written in {:.0?}", start.elapsed());

    let start = Instant::now();
    recount::check(&store, &survey, &language, written).await;
    println!("recounted in {:.0?}", start.elapsed());

    for (name, words) in language.searches() {
        writeln!(at, "search {name} {words}").unwrap();
    }
    for session in &people.sessions {
        writeln!(at, "session {session}").unwrap();
    }
    writeln!(at, "size large {LARGE}").unwrap();
    std::fs::write(facts, at).unwrap();
    store.close().await.unwrap();
}

fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    i64::try_from(since.unwrap().as_millis()).unwrap()
}

async fn survey(store: &Store) -> String {
    let db = store.connection();
    let statement = sea_orm::Statement::from_string(
        db.get_database_backend(),
        "SELECT slug FROM survey ORDER BY slug LIMIT 1",
    );
    let row = db.query_one_raw(statement).await.unwrap();
    row.expect("a survey").try_get("", "slug").unwrap()
}

async fn first_comment(store: &Store, thread: i64) -> i64 {
    let reader = partake_store::forum::Reader::default();
    store.thread(thread, reader).await.unwrap().unwrap().opening
}

/// What PostgreSQL does by itself within minutes.
async fn vacuum(store: &Store) {
    let db = store.connection();
    if db.get_database_backend() == sea_orm::DbBackend::Postgres {
        db.execute_unprepared("VACUUM ANALYZE").await.unwrap();
    }
}
