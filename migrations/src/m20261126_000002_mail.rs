//! Addresses to which an account has notices sent, and how far that has come. There is none unless
//! the person gives one, and it goes with the account.

use crate::sql::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261126_000002_mail",
    up: UP,
    down: DOWN,
};

const UP: &[&str] = &[
    "CREATE TABLE account_mail (
        account_id text NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
        address text NOT NULL,
        lang text NOT NULL CHECK (lang IN ('zh', 'en')),
        confirmed boolean NOT NULL,
        asked_ms bigint NOT NULL,
        link_sent boolean NOT NULL,
        told bigint NOT NULL,
        failures bigint NOT NULL CHECK (failures >= 0),
        due_ms bigint NOT NULL
    ){keyed}",
    "CREATE INDEX account_mail_due ON account_mail (due_ms)",
];

const DOWN: &[&str] = &["DROP TABLE account_mail"];
