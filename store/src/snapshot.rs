//! What a release is computed from: one state of a wave's submissions.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, SimpleExpr},
};

use crate::{
    Store, StoreError,
    entity::{free_text, release, response, vote_sheet},
    free_texts::{PUBLISHED, words},
    responses::{PartId, bytes, part_id},
};

/// Ids per statement; both engines limit how many values one may carry.
const CHUNK: usize = 500;
/// Rows per page of a snapshot.
const PAGE: u64 = 10_000;

/// Id, body, release, cohort.
type PartRow = (Vec<u8>, Vec<u8>, Option<i64>, Option<i64>);

/// A part of a submission, in the order of its random id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Id of the part.
    pub id: PartId,
    /// Encoded content: a sheet, or votes.
    pub body: Box<[u8]>,
    /// The release that it entered.
    pub release: Option<i64>,
    /// The release at which it was taken into account for the public file; votes never are.
    pub cohort: Option<i64>,
}

/// A text that was read and may be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPart {
    /// Id of the text.
    pub id: PartId,
    /// Question id, or key of an option's text.
    pub item: String,
    /// The words to be published.
    pub words: String,
    /// The release that it entered.
    pub release: Option<i64>,
}

/// One state of a wave's submissions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The survey.
    pub survey: String,
    /// Version of the instrument.
    pub wave: String,
    /// Number of the release that may be made from it.
    pub next_number: i64,
    /// Answer sheets.
    pub responses: Vec<Part>,
    /// Vote sheets.
    pub votes: Vec<Part>,
    /// Texts that may be published.
    pub texts: Vec<TextPart>,
}

impl Store {
    /// True when a version holds an answer sheet, votes or a cleared text that no release has yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn has_unreleased(&self, survey: &str, wave: &str) -> Result<bool, StoreError> {
        let db = self.db.read();
        let sheets = sheets_of(survey, wave).filter(response::Column::Release.is_null());
        let votes = votes_of(survey, wave).filter(vote_sheet::Column::Release.is_null());
        let texts = texts_of(survey, wave).filter(free_text::Column::Release.is_null());
        Ok(sheets.limit(1).one(db).await?.is_some()
            || votes.limit(1).one(db).await?.is_some()
            || texts.limit(1).one(db).await?.is_some())
    }

    /// Reads one state of a wave's submissions. Only the release engine has a use for it: nothing
    /// that is counted here may be shown before it is released.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn snapshot(&self, survey: &str, wave: &str) -> Result<Snapshot, StoreError> {
        let tx = self.db.snapshot_of_submissions().await?;
        let newest = release::Entity::find()
            .filter(release::Column::Survey.eq(survey))
            .order_by_desc(release::Column::Number)
            .limit(1)
            .one(&tx)
            .await?;
        let responses = parts(
            &tx,
            sheets_of(survey, wave),
            response::Column::Id,
            response::Column::Sheet,
            response::Column::Release,
            Expr::col(response::Column::Cohort),
        )
        .await?;
        let votes = parts(
            &tx,
            votes_of(survey, wave),
            vote_sheet::Column::Id,
            vote_sheet::Column::Body,
            vote_sheet::Column::Release,
            Expr::cust("CAST(NULL AS bigint)"),
        )
        .await?;
        let texts = texts_of(survey, wave)
            .order_by_asc(free_text::Column::Id)
            .all(&tx)
            .await?
            .into_iter()
            .map(|row| {
                Ok(TextPart {
                    id: part_id(&row.id)?,
                    item: row.item,
                    words: words(row.words)?,
                    release: row.release,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        tx.rollback().await?;
        Ok(Snapshot {
            survey: survey.to_owned(),
            wave: wave.to_owned(),
            next_number: newest.map_or(1, |row| row.number + 1),
            responses,
            votes,
            texts,
        })
    }
}

fn sheets_of(survey: &str, wave: &str) -> Select<response::Entity> {
    response::Entity::find()
        .filter(response::Column::Survey.eq(survey))
        .filter(response::Column::Wave.eq(wave))
}

fn votes_of(survey: &str, wave: &str) -> Select<vote_sheet::Entity> {
    vote_sheet::Entity::find()
        .filter(vote_sheet::Column::Survey.eq(survey))
        .filter(vote_sheet::Column::Wave.eq(wave))
}

/// Those that may be published.
fn texts_of(survey: &str, wave: &str) -> Select<free_text::Entity> {
    free_text::Entity::find()
        .filter(free_text::Column::Survey.eq(survey))
        .filter(free_text::Column::Wave.eq(wave))
        .filter(free_text::Column::MayShow.eq(true))
        .filter(free_text::Column::State.eq(PUBLISHED))
}

/// Reads parts in pages of their ids: a million of them fit into memory, but not a second time as
/// rows of the database.
async fn parts<E: EntityTrait, C: ColumnTrait>(
    tx: &DatabaseTransaction,
    of: Select<E>,
    id: C,
    body: C,
    release: C,
    cohort: impl Into<SimpleExpr>,
) -> Result<Vec<Part>, StoreError> {
    let mut parts: Vec<Part> = Vec::new();
    let cohort = cohort.into();
    loop {
        let mut page = of
            .clone()
            .select_only()
            .columns([id, body, release])
            .expr_as(cohort.clone(), "cohort")
            .order_by_asc(id)
            .limit(PAGE);
        if let Some(last) = parts.last() {
            page = page.filter(id.gt(last.id.to_vec()));
        }
        let rows: Vec<PartRow> = page.into_tuple().all(tx).await?;
        let complete = u64::try_from(rows.len()).is_ok_and(|read| read < PAGE);
        for (id, body, release, cohort) in rows {
            parts.push(Part {
                id: part_id(&id)?,
                body: body.into_boxed_slice(),
                release,
                cohort,
            });
        }
        if complete {
            return Ok(parts);
        }
    }
}

impl Snapshot {
    /// Marks the named parts as released, if every one of them still is what it was.
    pub(crate) async fn enter(
        &self,
        tx: &DatabaseTransaction,
        number: i64,
        responses: &[PartId],
        votes: &[PartId],
        texts: &[PartId],
        cohort: &[PartId],
    ) -> Result<(), StoreError> {
        let seen: HashMap<&[u8], &[u8]> = by_id(&self.responses);
        let file: HashSet<&PartId> = cohort.iter().collect();
        for ids in in_key_order(responses).chunks(CHUNK) {
            let rows: Vec<(Vec<u8>, Vec<u8>)> = response::Entity::find()
                .select_only()
                .columns([response::Column::Id, response::Column::Sheet])
                .filter(response::Column::Id.is_in(bytes(ids)))
                .filter(response::Column::Survey.eq(&self.survey))
                .filter(response::Column::Wave.eq(&self.wave))
                .filter(response::Column::Release.is_null())
                .lock_exclusive()
                .into_tuple()
                .all(tx)
                .await?;
            let same = rows
                .iter()
                .all(|(id, sheet)| seen.get(id.as_slice()) == Some(&sheet.as_slice()));
            agreed(same, rows.len(), ids.len())?;
            let (joining, others): (Vec<PartId>, Vec<PartId>) =
                ids.iter().copied().partition(|id| file.contains(id));
            for (ids, joins) in [(joining, true), (others, false)] {
                if ids.is_empty() {
                    continue;
                }
                let mut update = response::Entity::update_many()
                    .col_expr(response::Column::Release, Expr::value(number))
                    .filter(response::Column::Id.is_in(bytes(&ids)))
                    .filter(response::Column::Release.is_null());
                if joins {
                    update = update
                        .col_expr(response::Column::Cohort, Expr::value(number))
                        .filter(response::Column::Cohort.is_null());
                }
                changed(update.exec(tx).await?.rows_affected, ids.len())?;
            }
        }
        let new: HashSet<&PartId> = responses.iter().collect();
        let earlier: Vec<PartId> = cohort
            .iter()
            .filter(|id| !new.contains(id))
            .copied()
            .collect();
        for ids in in_key_order(&earlier).chunks(CHUNK) {
            let done = response::Entity::update_many()
                .col_expr(response::Column::Cohort, Expr::value(number))
                .filter(response::Column::Id.is_in(bytes(ids)))
                .filter(response::Column::Survey.eq(&self.survey))
                .filter(response::Column::Wave.eq(&self.wave))
                .filter(response::Column::Release.is_not_null())
                .filter(response::Column::Cohort.is_null())
                .exec(tx)
                .await?;
            // One that was withdrawn meanwhile must not enter the file.
            changed(done.rows_affected, ids.len())?;
        }
        let seen = by_id(&self.votes);
        for ids in in_key_order(votes).chunks(CHUNK) {
            let rows: Vec<(Vec<u8>, Vec<u8>)> = vote_sheet::Entity::find()
                .select_only()
                .columns([vote_sheet::Column::Id, vote_sheet::Column::Body])
                .filter(vote_sheet::Column::Id.is_in(bytes(ids)))
                .filter(vote_sheet::Column::Survey.eq(&self.survey))
                .filter(vote_sheet::Column::Wave.eq(&self.wave))
                .filter(vote_sheet::Column::Release.is_null())
                .lock_exclusive()
                .into_tuple()
                .all(tx)
                .await?;
            let same = rows
                .iter()
                .all(|(id, body)| seen.get(id.as_slice()) == Some(&body.as_slice()));
            let done = vote_sheet::Entity::update_many()
                .col_expr(vote_sheet::Column::Release, Expr::value(number))
                .filter(vote_sheet::Column::Id.is_in(bytes(ids)))
                .filter(vote_sheet::Column::Release.is_null())
                .exec(tx)
                .await?;
            agreed(same, rows.len(), ids.len())?;
            changed(done.rows_affected, ids.len())?;
        }
        self.list(tx, number, texts).await
    }

    /// Marks the listed texts. Those that were on a list before have to be there still: a list
    /// must not hold words that were withdrawn while it was made.
    async fn list(
        &self,
        tx: &DatabaseTransaction,
        number: i64,
        texts: &[PartId],
    ) -> Result<(), StoreError> {
        let seen: HashMap<&[u8], &TextPart> = self
            .texts
            .iter()
            .map(|text| (text.id.as_slice(), text))
            .collect();
        for ids in texts.chunks(CHUNK) {
            let rows = free_text::Entity::find()
                .filter(free_text::Column::Id.is_in(bytes(ids)))
                .filter(free_text::Column::Survey.eq(&self.survey))
                .filter(free_text::Column::Wave.eq(&self.wave))
                .filter(free_text::Column::State.eq(PUBLISHED))
                .lock_exclusive()
                .all(tx)
                .await?;
            let same = rows.iter().all(|row| {
                seen.get(row.id.as_slice()).is_some_and(|text| {
                    row.words.as_deref() == Some(&text.words) && row.release == text.release
                })
            });
            let new = rows.iter().filter(|row| row.release.is_none()).count();
            let done = free_text::Entity::update_many()
                .col_expr(free_text::Column::Release, Expr::value(number))
                .filter(free_text::Column::Id.is_in(bytes(ids)))
                .filter(free_text::Column::Release.is_null())
                .exec(tx)
                .await?;
            agreed(same, rows.len(), ids.len())?;
            changed(done.rows_affected, new)?;
        }
        Ok(())
    }
}

fn by_id(parts: &[Part]) -> HashMap<&[u8], &[u8]> {
    parts
        .iter()
        .map(|part| (part.id.as_slice(), part.body.as_ref()))
        .collect()
}

/// As the rows lie on the disk: a statement then touches few pages, and two that run at once lock
/// in one order.
fn in_key_order(ids: &[PartId]) -> Vec<PartId> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids
}

/// What was found is what the snapshot holds.
fn agreed(same: bool, found: usize, named: usize) -> Result<(), StoreError> {
    if same && found == named {
        Ok(())
    } else {
        Err(StoreError::SnapshotStale)
    }
}

fn changed(rows: u64, named: usize) -> Result<(), StoreError> {
    if u64::try_from(named).ok() == Some(rows) {
        Ok(())
    } else {
        Err(StoreError::SnapshotStale)
    }
}
