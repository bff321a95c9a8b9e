//! Statements with `$1`, `$2`, …: the one form of parameter that both engines read.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement, Value};

pub(crate) async fn all<C: ConnectionTrait>(
    db: &C,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<QueryResult>, DbErr> {
    db.query_all_raw(statement(db, sql, values)).await
}

pub(crate) async fn one<C: ConnectionTrait>(
    db: &C,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<QueryResult>, DbErr> {
    db.query_one_raw(statement(db, sql, values)).await
}

/// Runs a statement and says how many rows it touched.
pub(crate) async fn run<C: ConnectionTrait>(
    db: &C,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64, DbErr> {
    Ok(db
        .execute_raw(statement(db, sql, values))
        .await?
        .rows_affected())
}

/// `$from, $from+1, …` for a list of `n` values.
pub(crate) fn places(from: usize, n: usize) -> String {
    (from..from + n)
        .map(|i| format!("${i}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The numbers of [`list`], where it is parameter `$at`. Long lists are one parameter: a statement
/// for each length would be planned again and again.
pub(crate) fn listed<C: ConnectionTrait>(db: &C, at: usize) -> String {
    match db.get_database_backend() {
        DbBackend::Sqlite => format!("SELECT value FROM json_each('[' || ${at} || ']')"),
        _ => format!("SELECT unnest(CAST(string_to_array(${at}, ',') AS bigint[]))"),
    }
}

pub(crate) fn list(numbers: &[i64]) -> Value {
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    numbers.join(",").into()
}

fn statement<C: ConnectionTrait>(
    db: &C,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}
