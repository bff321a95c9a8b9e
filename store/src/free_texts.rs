//! Free texts on their way to publication: a person reads each one first.
//!
//! Nothing here says when a text came, when it was read or by whom, and nothing lists texts in an
//! order that would: they come in the order of their random ids, and only once a release has
//! opened them together with others.

use std::collections::BTreeMap;

use partake_core::forum::{Action, Actor, Reason, Target, may};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait as _},
};

use crate::{
    Store, StoreError,
    entity::free_text,
    forum::ForumError,
    responses::{PartId, part_id},
};

pub(crate) const PENDING: &str = "pending";
pub(crate) const PUBLISHED: &str = "published";
const REFUSED: &str = "refused";

/// How far a text has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextState {
    /// Waits for a reader.
    Waiting,
    /// Will be published, or is.
    Cleared,
    /// Is never shown, for this reason.
    Refused(Reason),
}

/// What became of a text, for whoever holds the code of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextFate {
    /// It is shown to nobody, as its writer wanted.
    Private,
    /// No release has opened it to the readers yet.
    Unopened,
    /// It waits for a reader.
    Waiting,
    /// It was cleared in these words and waits for others to join a list with it.
    Cleared(String),
    /// It stands in these words on the list of this release and of those after it.
    Listed(String, i64),
    /// A reader refused it.
    Refused(Reason),
}

/// A text whose writer agreed that it may be shown after a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewText {
    /// Id of the text.
    pub id: PartId,
    /// Question id.
    pub item: String,
    /// As it was written.
    pub body: String,
    /// The words that a reader left of it.
    pub words: Option<String>,
    /// How far it has come.
    pub state: TextState,
    /// It is on the list of a release.
    pub released: bool,
}

/// How many texts of a question have come how far. Texts that no release has opened yet are not
/// counted anywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewCounts {
    /// Wait for a reader.
    pub waiting: u64,
    /// Are cleared and wait for a release.
    pub cleared: u64,
    /// Are on a list.
    pub released: u64,
    /// Were refused.
    pub refused: u64,
}

/// Which texts to look at.
#[derive(Clone, Copy, Debug)]
pub struct ReviewList<'a> {
    /// The survey.
    pub survey: &'a str,
    /// Version of the instrument.
    pub wave: &'a str,
    /// Of one question only.
    pub item: Option<&'a str>,
    /// Those that wait for a reader; otherwise those decided on that are on no list yet.
    pub waiting: bool,
    /// Page, from 0.
    pub page: u64,
    /// Texts on a page.
    pub limit: u64,
}

/// Decision on a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextDecision {
    /// May be published, in these words (identifying details taken out).
    Publish(String),
    /// Is never shown.
    Refuse(Reason),
    /// Waits for a reader again; possible for as long as it is on no list.
    Reopen,
}

impl Store {
    /// What became of those of the named texts that exist, by question. The ids come from the code
    /// of the person who wrote them; nothing else leads from one text of a person to the next.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn text_fates(
        &self,
        ids: &[PartId],
    ) -> Result<BTreeMap<String, TextFate>, StoreError> {
        let ids = ids.iter().map(|id| id.to_vec());
        let rows = free_text::Entity::find()
            .filter(free_text::Column::Id.is_in(ids))
            .all(self.db.read())
            .await?;
        rows.into_iter()
            .map(|row| Ok((row.item.clone(), fate(row)?)))
            .collect()
    }

    /// Counts of the texts of a wave, by question.
    ///
    /// # Errors
    /// [`ForumError::Denied`].
    pub async fn review_counts(
        &self,
        actor: Actor<'_>,
        survey: &str,
        wave: &str,
    ) -> Result<BTreeMap<String, ReviewCounts>, ForumError> {
        may(actor, Action::ReviewTexts, Target::Site)?;
        let rows: Vec<(String, String, bool, i64)> = readable(survey, wave)
            .select_only()
            .column(free_text::Column::Item)
            .column(free_text::Column::State)
            .expr_as(
                Expr::col(free_text::Column::Release).is_not_null(),
                "released",
            )
            .expr_as(Expr::cust("count(*)"), "n")
            .group_by(free_text::Column::Item)
            .group_by(free_text::Column::State)
            .group_by(Expr::col(free_text::Column::Release).is_not_null())
            .into_tuple()
            .all(self.db.read())
            .await?;
        let mut counts: BTreeMap<String, ReviewCounts> = BTreeMap::new();
        for (item, state, released, n) in rows {
            let of = counts.entry(item).or_default();
            let place = match (state.as_str(), released) {
                (PENDING, _) => &mut of.waiting,
                (REFUSED, _) => &mut of.refused,
                (_, true) => &mut of.released,
                (_, false) => &mut of.cleared,
            };
            *place += u64::try_from(n).unwrap_or(0);
        }
        Ok(counts)
    }

    /// A page of texts in the order of their random ids.
    ///
    /// # Errors
    /// [`ForumError::Denied`].
    pub async fn review_texts(
        &self,
        actor: Actor<'_>,
        list: ReviewList<'_>,
    ) -> Result<Vec<ReviewText>, ForumError> {
        may(actor, Action::ReviewTexts, Target::Site)?;
        let mut texts =
            readable(list.survey, list.wave).filter(free_text::Column::Release.is_null());
        texts = texts.filter(if list.waiting {
            free_text::Column::State.eq(PENDING)
        } else {
            free_text::Column::State.ne(PENDING)
        });
        if let Some(item) = list.item {
            texts = texts.filter(free_text::Column::Item.eq(item));
        }
        let rows = texts
            .order_by_asc(free_text::Column::Id)
            .offset(list.page.saturating_mul(list.limit))
            .limit(list.limit)
            .all(self.db.read())
            .await?;
        rows.into_iter().map(|row| Ok(review_text(row)?)).collect()
    }

    /// One text, if a release has opened it.
    ///
    /// # Errors
    /// [`ForumError::Denied`].
    pub async fn review_text(
        &self,
        actor: Actor<'_>,
        id: PartId,
    ) -> Result<Option<ReviewText>, ForumError> {
        may(actor, Action::ReviewTexts, Target::Site)?;
        let row = free_text::Entity::find_by_id(id.to_vec())
            .filter(free_text::Column::MayShow.eq(true))
            .filter(free_text::Column::Readable.eq(true))
            .one(self.db.read())
            .await?;
        Ok(row.map(review_text).transpose()?)
    }

    /// Decides on a text, as it was seen; false when it is not where it was any more.
    ///
    /// # Errors
    /// [`ForumError::Denied`].
    pub async fn decide_text(
        &self,
        actor: Actor<'_>,
        seen: &ReviewText,
        decision: TextDecision,
    ) -> Result<bool, ForumError> {
        may(actor, Action::ReviewTexts, Target::Site)?;
        let reopen = decision == TextDecision::Reopen;
        let (state, refusal) = match &decision {
            TextDecision::Publish(_) => (PUBLISHED, None),
            TextDecision::Refuse(reason) => (REFUSED, Some(reason.as_str())),
            TextDecision::Reopen => (PENDING, None),
        };
        let mut update = free_text::Entity::update_many()
            .col_expr(free_text::Column::State, Expr::value(state))
            .col_expr(free_text::Column::Refusal, Expr::value(refusal));
        if let TextDecision::Publish(words) = &decision {
            update = update.col_expr(free_text::Column::Words, Expr::value(words.as_str()));
        }
        let done = update
            .filter(free_text::Column::Id.eq(seen.id.to_vec()))
            .filter(free_text::Column::Body.eq(seen.body.as_str()))
            .filter(free_text::Column::MayShow.eq(true))
            .filter(free_text::Column::Readable.eq(true))
            .filter(free_text::Column::Release.is_null())
            .filter(if reopen {
                free_text::Column::State.ne(PENDING)
            } else {
                free_text::Column::State.eq(PENDING)
            })
            .exec(self.db.write())
            .await?;
        Ok(done.rows_affected == 1)
    }
}

fn readable(survey: &str, wave: &str) -> Select<free_text::Entity> {
    free_text::Entity::find()
        .filter(free_text::Column::Survey.eq(survey))
        .filter(free_text::Column::Wave.eq(wave))
        .filter(free_text::Column::MayShow.eq(true))
        .filter(free_text::Column::Readable.eq(true))
}

/// Puts the texts of every question of which at least `from` have come into the readers' hands.
pub(crate) async fn open_texts(
    tx: &DatabaseTransaction,
    survey: &str,
    wave: &str,
    from: u64,
) -> Result<(), StoreError> {
    let closed = || {
        [
            free_text::Column::Survey.eq(survey),
            free_text::Column::Wave.eq(wave),
            free_text::Column::MayShow.eq(true),
            free_text::Column::Readable.eq(false),
        ]
        .into_iter()
        .fold(sea_orm::Condition::all(), sea_orm::Condition::add)
    };
    let counts: Vec<(String, i64)> = free_text::Entity::find()
        .select_only()
        .column(free_text::Column::Item)
        .expr_as(Expr::cust("count(*)"), "n")
        .filter(closed())
        .group_by(free_text::Column::Item)
        .into_tuple()
        .all(tx)
        .await?;
    for (item, n) in counts {
        if u64::try_from(n).is_ok_and(|n| n >= from) {
            free_text::Entity::update_many()
                .col_expr(free_text::Column::Readable, Expr::value(true))
                .filter(closed())
                .filter(free_text::Column::Item.eq(item))
                .exec(tx)
                .await?;
        }
    }
    Ok(())
}

fn fate(row: free_text::Model) -> Result<TextFate, StoreError> {
    if !row.may_show {
        return Ok(TextFate::Private);
    }
    if !row.readable {
        return Ok(TextFate::Unopened);
    }
    let release = row.release;
    let seen = review_text(row)?;
    Ok(match (seen.state, release) {
        (TextState::Waiting, _) => TextFate::Waiting,
        (TextState::Refused(reason), _) => TextFate::Refused(reason),
        (TextState::Cleared, None) => TextFate::Cleared(words(seen.words)?),
        (TextState::Cleared, Some(release)) => TextFate::Listed(words(seen.words)?, release),
    })
}

fn review_text(row: free_text::Model) -> Result<ReviewText, StoreError> {
    let state = match row.state.as_str() {
        PENDING => TextState::Waiting,
        REFUSED => TextState::Refused(
            row.refusal
                .as_deref()
                .and_then(|reason| reason.parse().ok())
                .unwrap_or(Reason::Other),
        ),
        _ => TextState::Cleared,
    };
    Ok(ReviewText {
        id: part_id(&row.id)?,
        item: row.item,
        body: row.body,
        words: row.words,
        state,
        released: row.release.is_some(),
    })
}

/// The words of a text that may be published.
pub(crate) fn words(stored: Option<String>) -> Result<String, StoreError> {
    stored.ok_or_else(|| StoreError::inconsistent("a published text without words"))
}
