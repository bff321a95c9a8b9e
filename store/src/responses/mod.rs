//! Submissions: an answer sheet, and the texts and votes that are stored apart from it.
//!
//! Every id comes from the receipt by a one-way hash of its own. Only who has the receipt can name
//! the parts together, so every operation on a whole submission takes all of its ids.

mod group;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QuerySelect, Statement, Value, sea_query::Expr,
};

use crate::{
    Store, StoreError,
    entity::{free_text, response, vote_sheet, wave},
    error::is_orphan,
    free_texts::PENDING,
    instruments::OPEN,
};

pub(crate) use group::Queue;

/// Id of a part of a submission.
pub type PartId = [u8; 16];

/// A submission.
#[derive(Clone, Debug)]
pub struct NewResponse {
    /// Id of the sheet.
    pub id: PartId,
    /// The survey.
    pub survey: String,
    /// Version of the instrument that was answered.
    pub wave: String,
    /// The encoded sheet.
    pub sheet: Vec<u8>,
    /// Free texts.
    pub texts: Vec<NewText>,
    /// Votes on statements.
    pub votes: Option<NewVotes>,
}

/// A free text of a submission.
#[derive(Clone, Debug)]
pub struct NewText {
    /// Id of the text.
    pub id: PartId,
    /// Question id, or key of an option's text.
    pub item: String,
    /// As typed.
    pub text: String,
    /// The person agreed that it may be shown after a check.
    pub may_show: bool,
}

/// The votes of a submission.
#[derive(Clone, Debug)]
pub struct NewVotes {
    /// Id of the vote sheet.
    pub id: PartId,
    /// The encoded votes.
    pub body: Vec<u8>,
}

/// Outcome of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Submitted {
    /// Stored.
    New,
    /// The same submission was stored before; nothing was changed.
    Already,
}

/// Outcome of changing a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replaced {
    /// Changed.
    Done,
    /// It has entered a release and can only be withdrawn.
    Frozen,
    /// There is no such response.
    Missing,
}

/// A stored answer sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredResponse {
    /// Id of the sheet.
    pub id: PartId,
    /// The survey.
    pub survey: String,
    /// Version of the instrument that was answered.
    pub wave: String,
    /// The encoded sheet.
    pub sheet: Vec<u8>,
    /// The release that it entered.
    pub release: Option<i64>,
}

impl Store {
    /// Stores a submission, once: sending it again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::UnknownWave`] when the survey has no such version, [`StoreError::WaveClosed`]
    /// when it takes nothing any more and this submission is not stored yet.
    pub async fn submit(&self, new: NewResponse) -> Result<Submitted, StoreError> {
        let new = match &self.queue {
            Some(queue) => match queue.submit(new).await? {
                Ok(outcome) => return Ok(outcome),
                Err(new) => new,
            },
            None => new,
        };
        group::alone(&self.db, &new).await
    }

    /// The sheet of an id.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn response(&self, id: PartId) -> Result<Option<StoredResponse>, StoreError> {
        response::Entity::find_by_id(id.to_vec())
            .one(self.db.read())
            .await?
            .map(|row| {
                Ok(StoredResponse {
                    id: part_id(&row.id)?,
                    survey: row.survey,
                    wave: row.wave,
                    sheet: row.sheet,
                    release: row.release,
                })
            })
            .transpose()
    }

    /// Those of the named texts that exist, as the person wrote them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn response_texts(&self, ids: &[PartId]) -> Result<Vec<NewText>, StoreError> {
        free_text::Entity::find()
            .filter(free_text::Column::Id.is_in(bytes(ids)))
            .all(self.db.read())
            .await?
            .into_iter()
            .map(|row| {
                Ok(NewText {
                    id: part_id(&row.id)?,
                    item: row.item,
                    text: row.body,
                    may_show: row.may_show,
                })
            })
            .collect()
    }

    /// The encoded votes of an id.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn response_votes(&self, id: PartId) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(vote_sheet::Entity::find_by_id(id.to_vec())
            .one(self.db.read())
            .await?
            .map(|row| row.body))
    }

    /// Puts a new version in the place of a submission that has not entered a release. `texts` and
    /// `votes` are all ids that the receipt can have given, also of parts that are now empty.
    ///
    /// # Errors
    /// [`StoreError::UnknownWave`] when the survey has no such version, [`StoreError::WaveClosed`]
    /// when it takes nothing any more.
    pub async fn replace(
        &self,
        new: NewResponse,
        texts: &[PartId],
        votes: PartId,
    ) -> Result<Replaced, StoreError> {
        let tx = self.begin().await?;
        let changed = response::Entity::update_many()
            .col_expr(response::Column::Wave, Expr::value(new.wave.clone()))
            .col_expr(response::Column::Sheet, Expr::value(new.sheet.clone()))
            .filter(response::Column::Id.eq(new.id.to_vec()))
            .filter(response::Column::Survey.eq(new.survey.clone()))
            .filter(response::Column::Release.is_null())
            .exec(&tx)
            .await
            .map_err(wave_missing)?;
        if changed.rows_affected == 0 {
            let exists = response::Entity::find_by_id(new.id.to_vec())
                .one(&tx)
                .await?
                .is_some();
            return Ok(if exists {
                Replaced::Frozen
            } else {
                Replaced::Missing
            });
        }
        still_open(&tx, &new).await?;
        let voted = vote_sheet::Entity::find_by_id(votes.to_vec())
            .one(&tx)
            .await?;
        if voted.is_some_and(|row| row.release.is_some()) {
            return Ok(Replaced::Frozen);
        }
        vote_sheet::Entity::delete_by_id(votes.to_vec())
            .exec(&tx)
            .await?;
        // A text that stays as it was keeps its row, and with it the decision of whoever read it.
        let old = free_text::Entity::find()
            .filter(free_text::Column::Id.is_in(bytes(texts)))
            .all(&tx)
            .await?;
        let outdated: Vec<Vec<u8>> = old
            .into_iter()
            .filter(|row| !new.texts.iter().any(|text| is_same(row, text)))
            .map(|row| row.id)
            .collect();
        delete_texts(&tx, outdated).await?;
        insert_texts(&tx, &new).await?;
        insert_votes(&tx, &new).await?;
        tx.commit().await?;
        Ok(Replaced::Done)
    }

    /// Deletes a submission with all of its parts, released or not; false when there was none.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn withdraw(
        &self,
        id: PartId,
        texts: &[PartId],
        votes: PartId,
    ) -> Result<bool, StoreError> {
        let tx = self.begin().await?;
        let deleted = response::Entity::delete_by_id(id.to_vec())
            .exec(&tx)
            .await?;
        if deleted.rows_affected == 0 {
            return Ok(false);
        }
        delete_texts(&tx, bytes(texts)).await?;
        vote_sheet::Entity::delete_by_id(votes.to_vec())
            .exec(&tx)
            .await?;
        tx.commit().await?;
        // The log still holds the pages as they were. A reader may be in the way; the next call
        // of this or of the periodic one then does it, and the withdrawal stands either way.
        if let Err(error) = self.truncate_log().await {
            tracing::warn!(%error, "the log could not be truncated after a withdrawal");
        }
        Ok(true)
    }
}

/// Whoever began before the wave closed is told so; nothing slips in behind the last release.
async fn still_open(tx: &DatabaseTransaction, new: &NewResponse) -> Result<(), StoreError> {
    let open = wave::Entity::find_by_id((new.survey.clone(), new.wave.clone()))
        .filter(wave::Column::Status.eq(OPEN))
        .lock_shared()
        .one(tx)
        .await?;
    open.map(|_| ()).ok_or(StoreError::WaveClosed)
}

// On both engines, and through both libraries on SQLite.
const SHEET: &str = "INSERT INTO response (id, survey, wave, sheet) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (id) DO NOTHING";
const TEXT: &str = "INSERT INTO free_text (id, survey, wave, item, body, may_show, state) \
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING";
const VOTES: &str = "INSERT INTO vote_sheet (id, survey, wave, body) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (id) DO NOTHING";

/// False when it was there before.
async fn insert_sheet(tx: &DatabaseTransaction, new: &NewResponse) -> Result<bool, StoreError> {
    let values = [
        new.id.as_slice().into(),
        new.survey.as_str().into(),
        new.wave.as_str().into(),
        new.sheet.as_slice().into(),
    ];
    let inserted = insert(tx, SHEET, values).await.map_err(wave_missing)?;
    Ok(inserted > 0)
}

async fn insert_texts(tx: &DatabaseTransaction, new: &NewResponse) -> Result<(), StoreError> {
    for text in &new.texts {
        let values = [
            text.id.as_slice().into(),
            new.survey.as_str().into(),
            new.wave.as_str().into(),
            text.item.as_str().into(),
            text.text.as_str().into(),
            text.may_show.into(),
            PENDING.into(),
        ];
        insert(tx, TEXT, values).await?;
    }
    Ok(())
}

async fn insert_votes(tx: &DatabaseTransaction, new: &NewResponse) -> Result<(), StoreError> {
    if let Some(votes) = &new.votes {
        let values = [
            votes.id.as_slice().into(),
            new.survey.as_str().into(),
            new.wave.as_str().into(),
            votes.body.as_slice().into(),
        ];
        insert(tx, VOTES, values).await?;
    }
    Ok(())
}

async fn insert<const N: usize>(
    tx: &DatabaseTransaction,
    sql: &str,
    values: [Value; N],
) -> Result<u64, DbErr> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(tx.execute_raw(statement).await?.rows_affected())
}

async fn delete_texts<C: ConnectionTrait>(db: &C, ids: Vec<Vec<u8>>) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    free_text::Entity::delete_many()
        .filter(free_text::Column::Id.is_in(ids))
        .exec(db)
        .await?;
    Ok(())
}

fn is_same(row: &free_text::Model, text: &NewText) -> bool {
    row.id == text.id && row.body == text.text && row.may_show == text.may_show
}

fn wave_missing(error: DbErr) -> StoreError {
    if is_orphan(&error) {
        StoreError::UnknownWave
    } else {
        error.into()
    }
}

pub(crate) fn bytes(ids: &[PartId]) -> Vec<Vec<u8>> {
    ids.iter().map(|id| id.to_vec()).collect()
}

pub(crate) fn part_id(stored: &[u8]) -> Result<PartId, StoreError> {
    stored
        .try_into()
        .map_err(|_| StoreError::inconsistent("a submission's id is not 16 bytes long"))
}
