//! Submissions that arrive together are committed together.
//!
//! SQLite makes a commit durable by one sync of its log, whatever the number of rows. Submissions
//! wait in a queue while the writer commits; then all that wait go into the next transaction, and
//! each is told only after the commit that holds it. PostgreSQL groups commits by itself.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use tokio::sync::{mpsc, oneshot};

use super::{NewResponse, Submitted, bytes, insert_sheets, insert_texts, insert_votes, still_open};
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
    /// Starts the writer; it ends when the last queue is dropped. It has a thread of its own: among
    /// the tasks of the server it would wait for its turn after every statement, behind all who want
    /// to submit, and those would wait for it.
    pub(crate) fn start(db: Db) -> Result<Self, StoreError> {
        let no_thread = |error: std::io::Error| StoreError::Thread(error.to_string());
        let (sender, receiver) = mpsc::channel(ROOM);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .map_err(no_thread)?;
        std::thread::Builder::new()
            .name("submissions".to_owned())
            .spawn(move || runtime.block_on(write(db, receiver)))
            .map_err(no_thread)?;
        Ok(Self(sender))
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
    let all: Vec<&NewResponse> = batch.iter().map(|waiting| &waiting.new).collect();
    let inserted = insert_sheets(&tx, &all).await?;
    if usize::try_from(inserted) != Ok(all.len()) {
        tx.rollback().await?;
        return with_repetitions(db, &all).await;
    }
    rest(tx, &all).await?;
    Ok(vec![Submitted::New; all.len()])
}

/// The same for a batch of which something is stored already, or that holds something twice.
async fn with_repetitions(db: &Db, all: &[&NewResponse]) -> Result<Vec<Submitted>, StoreError> {
    let tx = db.begin().await?;
    let mut known = stored(&tx, all).await?;
    let mut outcomes = Vec::with_capacity(all.len());
    let mut fresh = Vec::with_capacity(all.len());
    for new in all {
        if known.insert(new.id.to_vec()) {
            fresh.push(*new);
            outcomes.push(Submitted::New);
        } else {
            outcomes.push(Submitted::Already);
        }
    }
    insert_sheets(&tx, &fresh).await?;
    rest(tx, &fresh).await?;
    Ok(outcomes)
}

/// What is done once the sheets are inserted.
async fn rest(tx: DatabaseTransaction, fresh: &[&NewResponse]) -> Result<(), StoreError> {
    let mut waves = BTreeSet::new();
    for new in fresh {
        if waves.insert((&new.survey, &new.wave)) {
            still_open(&tx, new).await?;
        }
    }
    insert_texts(&tx, fresh).await?;
    insert_votes(&tx, fresh).await?;
    tx.commit().await?;
    Ok(())
}

async fn stored(
    tx: &DatabaseTransaction,
    all: &[&NewResponse],
) -> Result<BTreeSet<Vec<u8>>, StoreError> {
    let ids: Vec<_> = all.iter().map(|new| new.id).collect();
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
    if insert_sheets(&tx, &[new]).await? == 0 {
        return Ok(Submitted::Already);
    }
    rest(tx, &[new]).await?;
    Ok(Submitted::New)
}
