//! Whatever is changed of what the public log says, `verify_log` finds it and says where.

use std::collections::BTreeSet;

use partake_core::forum::{chain::START, rule::built_in};
use partake_store::forum::{ChainFault, Head};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use super::*;
use crate::engines::on_both_engines;

/// The entry that is tampered with, the id of its act, and the last entry.
const ENTRY: i64 = 2;
const LAST: i64 = 4;

/// Four entries; the second is a removal with everything that an entry can have.
async fn logged(store: Store) -> (Store, i64) {
    let site = site(store).await;
    let store = &site.store;
    store.publish_instrument("t", "1", "{}", 0).await.unwrap();
    let rules = built_in().unwrap();
    store.publish_first_rules(&rules, 0).await.unwrap();
    let (thread, _) = site.open().await;
    let comment = site.reply(BEN, thread, None).await;
    site.reply(BEN, thread, None).await;
    site.open().await;
    let pin = decision(Act::Pin, None);
    store.decide_thread(MOD, thread, pin).await.unwrap();
    let remove = decision(Act::Remove, Some(Reason::Abuse));
    let act = store.decide_comment(MOD, comment, remove).await.unwrap();
    for act in [Act::Lock, Act::Unlock] {
        let decision = decision(act, Some(Reason::OffTopic));
        store.decide_thread(MOD, thread, decision).await.unwrap();
    }
    // Those who are told refer to the act, and would keep its id where it is.
    run(store, "DELETE FROM notice").await;
    (site.store, act.unwrap())
}

async fn run(store: &Store, statement: &str) {
    let done = store.connection().execute_unprepared(statement).await;
    done.unwrap_or_else(|error| panic!("{statement}: {error}"));
}

async fn verify(store: &Store) -> Result<Head, ChainFault> {
    store.verify_log(&[]).await.unwrap()
}

/// The columns that the database has, whatever the test knows of them.
async fn columns(store: &Store, table: &str) -> BTreeSet<String> {
    let db = store.connection();
    let query = match db.get_database_backend() {
        DbBackend::Postgres => format!(
            "SELECT column_name AS name FROM information_schema.columns
            WHERE table_name = '{table}' AND table_schema = current_schema()"
        ),
        _ => format!("SELECT name FROM pragma_table_info('{table}')"),
    };
    let query = Statement::from_string(db.get_database_backend(), query);
    let rows = db.query_all_raw(query).await.unwrap();
    rows.iter()
        .map(|row| row.try_get("", "name").unwrap())
        .collect()
}

/// A table, how its row is found, and what each column is changed to.
type Table<'a> = (&'a str, &'a str, Vec<(&'a str, &'a [&'a str])>);

fn tables() -> Vec<Table<'static>> {
    const OTHER_HASH: &str = "(SELECT o.hash FROM moderation_chain o WHERE o.sequence = 1)";
    vec![
        (
            "moderation_act",
            "id = 2",
            vec![
                ("id", &["99"]),
                ("survey", &["'t'"]),
                ("act", &["'restore'"]),
                ("thread_id", &["2", "NULL"]),
                ("comment_id", &["3", "NULL"]),
                ("reason", &["'spam'", "NULL"]),
                ("note", &["'kind'"]),
                ("moderator_id", &["'ann'", "NULL"]),
                ("created_ms", &["77"]),
                ("detail", &["'rule=1 by=owner'", "''"]),
                ("subject_id", &["'ann'", "NULL"]),
            ],
        ),
        (
            "moderation_chain",
            "sequence = 2",
            vec![
                ("sequence", &["99"]),
                ("act_id", &["99"]),
                ("thread_ref", &["2"]),
                ("comment_ref", &["3", "NULL"]),
                ("moderator_mark", &["'0'", "NULL"]),
                ("subject_mark", &["'0'", "'-'", "NULL"]),
                ("wording_mark", &["'0'", "'-'", "NULL"]),
                ("hash", &[OTHER_HASH]),
            ],
        ),
        (
            "moderation_rule",
            "reason = 'abuse' AND version = 1",
            vec![
                ("reason", &["'abuses'"]),
                ("version", &["9"]),
                ("wording", &["'[]'"]),
                ("published_ms", &["77"]),
                ("retired", &["true"]),
            ],
        ),
        (
            "moderation_head",
            "id = 1",
            vec![("sequence", &["3"]), ("hash", &[OTHER_HASH])],
        ),
    ]
}

/// Where the fault is to be found.
fn expected(table: &str, column: &str) -> ChainFault {
    match (table, column) {
        ("moderation_act", "id") | ("moderation_chain", "act_id") => ChainFault::Removed(ENTRY),
        ("moderation_chain", "sequence") => ChainFault::Missing(ENTRY),
        ("moderation_rule", _) => ChainFault::Rule {
            entry: ENTRY,
            rule: "abuse@1".to_owned(),
        },
        ("moderation_head", "sequence") => ChainFault::Length {
            found: LAST,
            head: 3,
        },
        ("moderation_head", _) => ChainFault::Head(LAST),
        _ => ChainFault::Changed(ENTRY),
    }
}

on_both_engines! {
    async fn every_column_that_counts_is_found_when_it_alone_is_changed(store: Store) {
        let (store, act) = logged(store).await;
        assert_eq!(act, ENTRY);
        assert_eq!(verify(&store).await.unwrap().entries, LAST);
        for (table, row, changes) in tables() {
            let mut known: BTreeSet<String> =
                changes.iter().map(|(column, _)| (*column).to_owned()).collect();
            if table == "moderation_head" {
                // The schema allows no other.
                known.insert("id".to_owned());
            }
            assert_eq!(columns(&store, table).await, known, "{table}");
            run(&store, &format!("CREATE TABLE kept AS SELECT * FROM {table} WHERE {row}")).await;
            for (column, values) in changes {
                for value in values {
                    run(&store, &format!("UPDATE {table} SET {column} = {value} WHERE {row}")).await;
                    let found = verify(&store).await;
                    assert_eq!(found, Err(expected(table, column)), "{table}.{column} = {value}");
                    let changed = match row.split(" = ").next().unwrap() {
                        key if key == column => row.replacen(" = 2", " = 99", 1)
                            .replacen("'abuse'", "'abuses'", 1),
                        _ if column == "version" => row.replacen("version = 1", "version = 9", 1),
                        _ => row.to_owned(),
                    };
                    let back = format!(
                        "UPDATE {table} SET {column} = (SELECT {column} FROM kept) WHERE {changed}"
                    );
                    run(&store, &back).await;
                    assert!(verify(&store).await.is_ok(), "{table}.{column} put back");
                }
            }
            run(&store, "DROP TABLE kept").await;
        }
    }

    async fn a_rule_that_is_cited_cannot_be_deleted_unseen(store: Store) {
        let (store, _) = logged(store).await;
        run(&store, "DELETE FROM moderation_rule WHERE reason = 'abuse'").await;
        assert_eq!(verify(&store).await, Err(expected("moderation_rule", "version")));
    }

    async fn a_version_of_a_rule_that_was_never_published_is_found(store: Store) {
        let (store, _) = logged(store).await;
        run(
            &store,
            "INSERT INTO moderation_rule (reason, version, wording, published_ms, retired)
            SELECT reason, 2, wording, 9, retired FROM moderation_rule WHERE reason = 'spam'",
        )
        .await;
        let fault = ChainFault::Unpublished("spam@2".to_owned());
        assert_eq!(verify(&store).await, Err(fault));
    }

    async fn somebody_put_under_an_act_against_nobody_is_found(store: Store) {
        let (store, _) = logged(store).await;
        run(&store, "UPDATE moderation_act SET subject_id = 'ann' WHERE id = 1").await;
        assert_eq!(verify(&store).await, Err(ChainFault::Changed(1)));
    }

    async fn a_log_that_was_taken_away_as_a_whole_is_missed_also_after_a_restart(store: Store) {
        let (store, _) = logged(store).await;
        for table in ["moderation_head", "moderation_chain", "moderation_act"] {
            run(&store, &format!("DELETE FROM {table}")).await;
        }
        assert_eq!(verify(&store).await, Err(ChainFault::NoHead(0)));
        store.chain_earlier_acts().await.unwrap();
        assert_eq!(verify(&store).await, Err(ChainFault::NoHead(0)));
    }

    async fn a_log_cut_with_its_head_put_right_is_seen_by_a_head_noted_earlier(store: Store) {
        let (store, _) = logged(store).await;
        let noted = store.log_head().await.unwrap().hash;
        assert!(store.verify_log(&[START, noted]).await.unwrap().is_ok());
        run(&store, "DELETE FROM moderation_chain WHERE sequence > 3").await;
        run(&store, "DELETE FROM moderation_act WHERE id > 3").await;
        run(
            &store,
            "UPDATE moderation_head SET sequence = 3,
                hash = (SELECT hash FROM moderation_chain WHERE sequence = 3)",
        )
        .await;
        assert_eq!(verify(&store).await.unwrap().entries, 3);
        let hash = partake_core::forum::chain::hex(&noted);
        let found = store.verify_log(&[noted]).await.unwrap();
        assert_eq!(found, Err(ChainFault::Noted { hash, last: 3 }));
    }
}
