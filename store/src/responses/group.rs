//! Submissions that arrive together are committed together.
//!
//! SQLite makes a commit durable by one sync of its log, whatever the number of rows. Submissions
//! wait in a queue while the writer commits; then all that wait go into the next transaction, and
//! each is told only after the commit that holds it. PostgreSQL groups commits by itself.
//!
//! The writer has a thread and a connection of its own, and writes row by row: no statement waits
//! for another thread, and none could fail after some of its rows, so SQLite makes no file on the
//! side in which answers would stand until the commit.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};
use tokio::sync::{mpsc, oneshot};

use super::{
    NewResponse, NewText, NewVotes, SHEET, Submitted, TEXT, VOTES, insert_sheet, insert_texts,
    insert_votes, still_open,
};
use crate::{StoreError, db::Db, free_texts::PENDING, instruments::OPEN};

/// Most submissions of one transaction, so that whoever else wants to write does not wait long.
const MOST: usize = 200;
/// Submissions that may wait; who comes later waits for a place.
const ROOM: usize = 1000;

const STATUS: &str = "SELECT status FROM wave WHERE survey = ? AND version = ?";

enum Message {
    Submit {
        new: NewResponse,
        told: oneshot::Sender<Outcome>,
    },
    /// Told once the connection is closed.
    Close(oneshot::Sender<()>),
}

/// What became of a submission; given back if it cannot be stored with the others.
type Outcome = Result<Submitted, NewResponse>;

/// The queue in front of the writer.
#[derive(Clone, Debug)]
pub(crate) struct Queue(mpsc::Sender<Message>);

impl Queue {
    /// Starts the writer; it ends when the last queue is dropped.
    pub(crate) fn start(connection: Connection) -> Result<Self, StoreError> {
        let (sender, receiver) = mpsc::channel(ROOM);
        std::thread::Builder::new()
            .name("submissions".to_owned())
            .spawn(move || write(connection, receiver))
            .map_err(|error| StoreError::Thread(error.to_string()))?;
        Ok(Self(sender))
    }

    pub(super) async fn submit(&self, new: NewResponse) -> Result<Outcome, StoreError> {
        let (told, outcome) = oneshot::channel();
        let gone = || StoreError::inconsistent("the writer of submissions has ended");
        self.0
            .send(Message::Submit { new, told })
            .await
            .map_err(|_| gone())?;
        outcome.await.map_err(|_| gone())
    }

    /// Waits until what was submitted is stored, and the connection of the writer closed.
    pub(crate) async fn close(&self) {
        let (told, closed) = oneshot::channel();
        if self.0.send(Message::Close(told)).await.is_ok() {
            _ = closed.await;
        }
    }
}

fn write(mut connection: Connection, mut queue: mpsc::Receiver<Message>) {
    let mut messages = Vec::with_capacity(MOST);
    let mut closing = None;
    while closing.is_none() && queue.blocking_recv_many(&mut messages, MOST) > 0 {
        let (mut batch, mut tellers) = (Vec::new(), Vec::new());
        for message in messages.drain(..) {
            match message {
                Message::Submit { new, told } => {
                    batch.push(new);
                    tellers.push(told);
                }
                Message::Close(told) => closing = Some(told),
            }
        }
        let outcomes: Vec<Outcome> = match together(&mut connection, &batch) {
            Ok(Some(outcomes)) => outcomes.into_iter().map(Ok).collect(),
            // One that fails must not take the others with it; why it fails is found out alone.
            Ok(None) | Err(_) => batch.into_iter().map(Err).collect(),
        };
        for (told, outcome) in tellers.into_iter().zip(outcomes) {
            // Whoever asked may have gone; the response is stored all the same.
            _ = told.send(outcome);
        }
    }
    drop(connection);
    if let Some(told) = closing {
        _ = told.send(());
    }
}

/// Stores all of them in one transaction; nothing when one of them cannot be stored.
fn together(
    connection: &mut Connection,
    batch: &[NewResponse],
) -> rusqlite::Result<Option<Vec<Submitted>>> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut outcomes = Vec::with_capacity(batch.len());
    {
        let mut sheet = tx.prepare_cached(SHEET)?;
        let mut text = tx.prepare_cached(TEXT)?;
        let mut votes = tx.prepare_cached(VOTES)?;
        let mut status = tx.prepare_cached(STATUS)?;
        let mut open = BTreeSet::new();
        for new in batch {
            let NewResponse { survey, wave, .. } = new;
            if sheet.execute(params![new.id, survey, wave, new.sheet])? == 0 {
                outcomes.push(Submitted::Already);
                continue;
            }
            if open.insert((survey, wave)) {
                let status: Option<String> = status
                    .query_row(params![survey, wave], |row| row.get(0))
                    .optional()?;
                if status.as_deref() != Some(OPEN) {
                    return Ok(None);
                }
            }
            for NewText {
                id,
                item,
                text: body,
                may_show,
            } in &new.texts
            {
                text.execute(params![id, survey, wave, item, body, may_show, PENDING])?;
            }
            if let Some(NewVotes { id, body }) = &new.votes {
                votes.execute(params![id, survey, wave, body])?;
            }
            outcomes.push(Submitted::New);
        }
    }
    tx.commit()?;
    Ok(Some(outcomes))
}

/// One submission in a transaction of its own.
pub(super) async fn alone(db: &Db, new: &NewResponse) -> Result<Submitted, StoreError> {
    let tx = db.begin().await?;
    if !insert_sheet(&tx, new).await? {
        return Ok(Submitted::Already);
    }
    still_open(&tx, new).await?;
    insert_texts(&tx, new).await?;
    insert_votes(&tx, new).await?;
    tx.commit().await?;
    Ok(Submitted::New)
}
