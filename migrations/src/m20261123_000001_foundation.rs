//! Surveys, responses, releases, accounts, sessions, settings.
//!
//! `response`, `free_text` and `vote_sheet` hold parts of one submission and have no column in
//! common that would join them: their ids come from the receipt by separate one-way hashes, and
//! the receipt is not stored. None of them carries a time or a number that grows.

use crate::sql::Step;

pub(crate) const STEP: Step = Step {
    name: "m20261123_000001_foundation",
    up: UP,
    down: DOWN,
};

const UP: &[&str] = &[
    "CREATE TABLE survey (
        slug text NOT NULL PRIMARY KEY CHECK (length(slug) BETWEEN 1 AND 64),
        featured boolean NOT NULL
    ){keyed}",
    "CREATE UNIQUE INDEX survey_one_featured ON survey (featured) WHERE featured",
    "CREATE TABLE wave (
        survey text NOT NULL REFERENCES survey (slug),
        version text NOT NULL CHECK (length(version) BETWEEN 1 AND 64),
        number bigint NOT NULL CHECK (number > 0),
        instrument text NOT NULL,
        status text NOT NULL CHECK (status IN ('open', 'closed')),
        created text NOT NULL CHECK (length(created) = 10),
        PRIMARY KEY (survey, version),
        UNIQUE (survey, number)
    ){keyed}",
    "CREATE TABLE response (
        id {bytes} NOT NULL PRIMARY KEY CHECK (length(id) = 16),
        survey text NOT NULL,
        wave text NOT NULL,
        sheet {bytes} NOT NULL,
        release bigint,
        FOREIGN KEY (survey, wave) REFERENCES wave (survey, version)
    ){keyed}",
    "CREATE TABLE free_text (
        id {bytes} NOT NULL PRIMARY KEY CHECK (length(id) = 16),
        survey text NOT NULL,
        wave text NOT NULL,
        item text NOT NULL,
        body text NOT NULL,
        may_show boolean NOT NULL,
        state text NOT NULL CHECK (state IN ('pending', 'published', 'refused')),
        release bigint,
        FOREIGN KEY (survey, wave) REFERENCES wave (survey, version)
    ){keyed}",
    "CREATE TABLE vote_sheet (
        id {bytes} NOT NULL PRIMARY KEY CHECK (length(id) = 16),
        survey text NOT NULL,
        wave text NOT NULL,
        body {bytes} NOT NULL,
        release bigint,
        FOREIGN KEY (survey, wave) REFERENCES wave (survey, version)
    ){keyed}",
    "CREATE TABLE release (
        survey text NOT NULL,
        number bigint NOT NULL CHECK (number > 0),
        day text NOT NULL CHECK (length(day) = 10),
        wave text NOT NULL,
        n bigint NOT NULL CHECK (n >= 0),
        params text NOT NULL,
        sha256 text NOT NULL CHECK (length(sha256) = 64),
        PRIMARY KEY (survey, number),
        FOREIGN KEY (survey, wave) REFERENCES wave (survey, version)
    ){keyed}",
    "CREATE TABLE release_file (
        survey text NOT NULL,
        number bigint NOT NULL,
        name text NOT NULL,
        media_type text NOT NULL,
        sha256 text NOT NULL CHECK (length(sha256) = 64),
        size bigint NOT NULL CHECK (size >= 0),
        body {bytes} NOT NULL,
        PRIMARY KEY (survey, number, name),
        FOREIGN KEY (survey, number) REFERENCES release (survey, number)
    ){keyed}",
    "CREATE TABLE account (
        id text NOT NULL PRIMARY KEY,
        handle text,
        handle_folded text UNIQUE,
        password_hash text,
        role text NOT NULL CHECK (role IN ('member', 'researcher', 'moderator', 'owner')),
        state text NOT NULL CHECK (state IN ('active', 'suspended', 'deleted')),
        created_ms bigint NOT NULL,
        CHECK (state = 'deleted'
            OR (handle IS NOT NULL AND handle_folded IS NOT NULL AND password_hash IS NOT NULL))
    ){keyed}",
    "CREATE TABLE session (
        id_hash {bytes} NOT NULL PRIMARY KEY CHECK (length(id_hash) = 32),
        account_id text,
        data text NOT NULL,
        expires_ms bigint NOT NULL
    ){keyed}",
    "CREATE INDEX session_account ON session (account_id)",
    "CREATE INDEX session_expiry ON session (expires_ms)",
    "CREATE TABLE setting (
        name text NOT NULL PRIMARY KEY,
        value {bytes} NOT NULL
    ){keyed}",
];

const DOWN: &[&str] = &[
    "DROP TABLE setting",
    "DROP TABLE session",
    "DROP TABLE account",
    "DROP TABLE release_file",
    "DROP TABLE release",
    "DROP TABLE vote_sheet",
    "DROP TABLE free_text",
    "DROP TABLE response",
    "DROP TABLE wave",
    "DROP TABLE survey",
];
