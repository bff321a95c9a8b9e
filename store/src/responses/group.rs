//! Submissions that arrive together are committed together.
//!
//! SQLite makes a commit durable by one sync of its log, whatever the number of rows. Submissions
//! wait in a queue while the writer commits; then all that wait go into the next transaction, and
//! each is told only after the commit that holds it. PostgreSQL groups commits by itself.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use tokio::sync::{mpsc, oneshot};

use super::{
    NewResponse, Submitted, bytes, insert, insert_sheets, insert_texts, insert_votes, still_open,
};
use crate::{StoreError, db::Db, entity::response};

/// Most submissions of one transaction, so that whoever else wants to write does not wait long.
const MOST: usize = 200;
/// Submissions that may wait; who comes later waits for a place.
const ROOM: usize = 1000;

struct Waiting {
    new: NewResponse,
    told: oneshot::Sender<Result<Submitted, StoreError>>,
}

/// The queue in front of the writer.
#[derive(Clone, Debug)]
pub(crate) struct Queue(mpsc::Sender<Waiting>);

impl Queue {
    /// Starts the writer; it ends when the last queue is dropped.
    pub(crate) fn start(db: Db) -> Self {
        let (sender, receiver) = mpsc::channel(ROOM);
        tokio::spawn(write(db, receiver));
        Self(sender)
    }

    pub(super) async fn submit(&self, new: NewResponse) -> Result<Submitted, StoreError> {
        let (told, outcome) = oneshot::channel();
        let gone = || StoreError::inconsistent("the writer of submissions has ended");
        self.0
            .send(Waiting { new, told })
            .await
            .map_err(|_| gone())?;
        outcome.await.map_err(|_| gone())?
    }
}

async fn write(db: Db, mut queue: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::with_capacity(MOST);
    while queue.recv_many(&mut batch, MOST).await > 0 {
        let together = match batch.as_slice() {
            [_] => None,
            several => together(&db, several).await.ok(),
        };
        if let Some(outcomes) = together {
            for (waiting, outcome) in batch.drain(..).zip(outcomes) {
                // Whoever asked may have gone; the response is stored all the same.
                _ = waiting.told.send(Ok(outcome));
            }
        } else {
            // One that fails must not take the others with it.
            for waiting in batch.drain(..) {
                _ = waiting.told.send(alone(&db, &waiting.new).await);
            }
        }
    }
}

async fn together(db: &Db, batch: &[Waiting]) -> Result<Vec<Submitted>, StoreError> {
    let tx = db.begin().await?;
    let mut known = stored(&tx, batch).await?;
    let mut outcomes = Vec::with_capacity(batch.len());
    let mut fresh = Vec::with_capacity(batch.len());
    for waiting in batch {
        // The same submission may stand in one batch twice.
        if known.insert(waiting.new.id.to_vec()) {
            fresh.push(&waiting.new);
            outcomes.push(Submitted::New);
        } else {
            outcomes.push(Submitted::Already);
        }
    }
    let mut waves = BTreeSet::new();
    for new in &fresh {
        if waves.insert((&new.survey, &new.wave)) {
            still_open(&tx, new).await?;
        }
    }
    insert_sheets(&tx, &fresh).await?;
    insert_texts(&tx, &fresh).await?;
    insert_votes(&tx, &fresh).await?;
    tx.commit().await?;
    Ok(outcomes)
}

async fn stored(
    tx: &DatabaseTransaction,
    batch: &[Waiting],
) -> Result<BTreeSet<Vec<u8>>, StoreError> {
    let ids: Vec<_> = batch.iter().map(|waiting| waiting.new.id).collect();
    let found: Vec<Vec<u8>> = response::Entity::find()
        .select_only()
        .column(response::Column::Id)
        .filter(response::Column::Id.is_in(bytes(&ids)))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(found.into_iter().collect())
}

/// One submission in a transaction of its own.
pub(super) async fn alone(db: &Db, new: &NewResponse) -> Result<Submitted, StoreError> {
    let tx = db.begin().await?;
    let outcome = insert(&tx, new).await?;
    tx.commit().await?;
    Ok(outcome)
}
