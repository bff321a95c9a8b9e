//! What protects an account: recovery codes, the second step, sessions that can be told apart by
//! their days, and the shapes of handles.
//!
//! A session knows the day on which it began and the day on which it was last used, and nothing of
//! the device or the network: a finer time would tell when somebody was here.

use crate::sql::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261125_000001_account",
    up: UP,
    down: DOWN,
};

const UP: &[&str] = &[
    "CREATE TABLE recovery_code (
        code_hash {bytes} NOT NULL PRIMARY KEY CHECK (length(code_hash) = 32),
        account_id text NOT NULL REFERENCES account (id) ON DELETE CASCADE
    ){keyed}",
    "CREATE INDEX recovery_code_account ON recovery_code (account_id)",
    "CREATE TABLE second_step (
        account_id text NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
        secret {bytes} NOT NULL CHECK (length(secret) = 20),
        last_step bigint NOT NULL
    ){keyed}",
    // Two handles that look the same have one shape.
    "CREATE TABLE handle_shape (
        shape text NOT NULL PRIMARY KEY,
        account_id text NOT NULL UNIQUE REFERENCES account (id) ON DELETE CASCADE
    ){keyed}",
    "ALTER TABLE session ADD COLUMN created_day text",
    "ALTER TABLE session ADD COLUMN used_day text",
];

const DOWN: &[&str] = &[
    "ALTER TABLE session DROP COLUMN used_day",
    "ALTER TABLE session DROP COLUMN created_day",
    "DROP TABLE handle_shape",
    "DROP TABLE second_step",
    "DROP TABLE recovery_code",
];
