//! Nothing joins an account to a response: somebody signs in, answers, posts, votes and reports in
//! one session, and then everything that is stored is searched.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use partake_core::response::receipt::Receipt;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{
    support::{START_MS, TestSite},
    survey::{personas, walk},
};

const PASSWORD: &str = "seven grey herons wait";
/// Tables that hold parts of responses.
const RESPONSES: [&str; 3] = ["response", "free_text", "vote_sheet"];
/// Between two values of a row.
const BETWEEN: char = '\u{1f}';

/// Every value of every table, as text; bytes as lower-case hexadecimal.
async fn values(site: &TestSite) -> BTreeMap<String, Vec<Vec<String>>> {
    let db = site.state.store.connection();
    let backend = db.get_database_backend();
    let rows = async |sql: String| {
        db.query_all_raw(Statement::from_string(backend, sql))
            .await
            .expect("rows")
    };
    let postgres = backend == DbBackend::Postgres;
    let tables = if postgres {
        "SELECT table_name::text AS name FROM information_schema.tables
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
    } else {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
        AND sql NOT LIKE '%VIRTUAL%'"
    };
    let mut all = BTreeMap::new();
    for table in rows(tables.to_owned()).await {
        let table: String = table.try_get("", "name").expect("a name");
        let columns = if postgres {
            format!(
                "SELECT column_name::text AS name FROM information_schema.columns
                WHERE table_schema = 'public' AND table_name = '{table}'"
            )
        } else {
            format!("SELECT name FROM pragma_table_info('{table}')")
        };
        let columns: Vec<String> = rows(columns)
            .await
            .iter()
            .map(|row| row.try_get("", "name").expect("a name"))
            .map(|name: String| {
                if postgres {
                    format!("coalesce(\"{name}\"::text, '')")
                } else {
                    format!(
                        "CASE typeof(\"{name}\") WHEN 'blob' THEN lower(hex(\"{name}\"))
                        ELSE coalesce(\"{name}\", '') END"
                    )
                }
            })
            .collect();
        let between = if postgres { "chr(31)" } else { "char(31)" };
        let line = columns.join(&format!(" || {between} || "));
        let found = rows(format!("SELECT {line} AS line FROM \"{table}\"")).await;
        let found = found
            .iter()
            .map(|row| {
                let line: String = row.try_get("", "line").expect("a line");
                line.split(BETWEEN)
                    .map(|value| value.trim_start_matches("\\x").to_owned())
                    .collect()
            })
            .collect();
        all.insert(table, found);
    }
    all
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn nothing_joins(site: &TestSite) {
    let mut ann = site.visitor();
    let form = [
        ("handle", "Annabel"),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    ann.post("/en/account/sign-up", &form)
        .await
        .assert_status(StatusCode::SEE_OTHER);
    // Somebody else, who wrote what she votes on and reports.
    let mut ben = site.visitor();
    let form = [
        ("handle", "Benedict"),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    ben.post("/en/account/sign-up", &form).await;
    let form = [("about", ""), ("title", "Who decides?"), ("body", "I do")];
    let opened = ben.post("/en/discuss/new", &form).await;
    let thread = opened
        .location()
        .split(['?', '#'])
        .next()
        .unwrap()
        .to_owned();
    let answer = ben
        .post(&format!("{thread}/reply"), &[("body", "or you")])
        .await;
    let comment = answer
        .location()
        .split(['?', '#'])
        .next()
        .unwrap()
        .to_owned();

    let persona = personas().remove(0).1;
    let (receipt, _, _) = walk(&mut ann, "en", &persona, 0).await;
    for (path, form) in [
        (format!("{thread}/reply"), [("body", "after my answers")]),
        (format!("{comment}/vote"), [("vote", "up")]),
        (format!("{comment}/report"), [("reason", "other")]),
    ] {
        let mut form = form.to_vec();
        form.push(("note", "a note of hers"));
        ann.post(&path, &form)
            .await
            .assert_status(StatusCode::SEE_OTHER);
    }
    let cookie = ann.cookie("partake").expect("a session");

    let all = values(site).await;
    let store = &site.state.store;
    let account = store.account_by_handle("annabel").await.unwrap().unwrap();
    let session = &store.sessions_of(&account.id, START_MS).await.unwrap()[0];
    let hers = [
        account.id.as_str(),
        &session.key,
        &cookie,
        "Annabel",
        "annabel",
    ];
    let parsed = Receipt::parse(&receipt).expect("a receipt");
    let response = hex(&parsed.response_id());

    // What was searched is really there.
    let count = |table: &str| all[table].len();
    assert_eq!(count("response"), 1, "{:?}", all.keys());
    assert!(count("free_text") > 0 && count("vote_sheet") == 1);
    assert!(all["response"][0].contains(&response));
    let names = |table: &str| {
        all[table]
            .iter()
            .flatten()
            .any(|value| *value == account.id)
    };
    for table in ["account", "session", "comment", "comment_vote", "report"] {
        assert!(names(table), "{table} knows the account");
    }

    let mut of_responses = BTreeSet::new();
    let mut of_people = BTreeSet::new();
    for (table, rows) in &all {
        for row in rows {
            let line = row.join(" ");
            if RESPONSES.contains(&table.as_str()) {
                for name in hers {
                    assert!(!line.contains(name), "{table} names {name}: {line}");
                }
                // No time: neither as a number nor as bytes, in either order.
                let bytes = [
                    hex(&START_MS.to_be_bytes()[2..]),
                    hex(&START_MS.to_le_bytes()[..6]),
                ];
                let seconds = (START_MS / 100_000).to_string();
                for time in bytes.iter().chain([&seconds]) {
                    assert!(
                        !line.contains(time.as_str()),
                        "{table} knows a time: {line}"
                    );
                }
                of_responses.extend(row.iter().filter(|v| v.len() >= 6).cloned());
            } else {
                for secret in [&response, &receipt, &receipt.replace('-', "")] {
                    assert!(!line.contains(secret.as_str()), "{table} knows {secret}");
                }
                if !["survey", "wave", "seaql_migrations"].contains(&table.as_str()) {
                    of_people.extend(row.iter().filter(|v| v.len() >= 6).cloned());
                }
            }
        }
    }
    // No value stands in a response and with a person; the survey and its version are everybody's.
    let wave = site.state.surveys.featured().expect("a survey");
    let shared: Vec<&String> = of_responses
        .intersection(&of_people)
        .filter(|value| **value != wave.survey && **value != wave.version)
        .collect();
    assert!(shared.is_empty(), "both sides have {shared:?}");

    if store.connection().get_database_backend() == DbBackend::Sqlite {
        let bytes = site.bytes().await;
        let contains = |needle: &[u8]| bytes.windows(needle.len()).any(|part| part == needle);
        assert!(contains(account.id.as_bytes()) && contains(&parsed.response_id()));
        for secret in [receipt.as_str(), &receipt.replace('-', ""), &cookie] {
            assert!(!contains(secret.as_bytes()), "a file holds {secret}");
        }
    }
}

#[tokio::test]
async fn nothing_stored_joins_an_account_to_a_response() {
    nothing_joins(&TestSite::new().await).await;
}

#[tokio::test]
async fn nothing_stored_on_postgresql_joins_an_account_to_a_response() {
    if let Some(site) = TestSite::on_postgres().await {
        nothing_joins(&site).await;
        site.drop_database().await;
    }
}
