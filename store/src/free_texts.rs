//! Free texts on their way to publication: a person reads each one first.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use crate::{
    Store, StoreError,
    entity::free_text,
    responses::{PartId, part_id},
};

pub(crate) const PENDING: &str = "pending";
pub(crate) const PUBLISHED: &str = "published";
const REFUSED: &str = "refused";

/// A text whose writer agreed that it may be shown after a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingText {
    /// Id of the text.
    pub id: PartId,
    /// Question id, or key of an option's text.
    pub item: String,
    /// The text.
    pub body: String,
}

/// Decision on a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextDecision {
    /// May be published, in these words (identifying details taken out).
    Publish(String),
    /// Is never shown.
    Refuse,
}

impl Store {
    /// Texts that wait for a reader, in the order of their random ids.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn pending_texts(
        &self,
        survey: &str,
        limit: u64,
    ) -> Result<Vec<PendingText>, StoreError> {
        free_text::Entity::find()
            .filter(free_text::Column::Survey.eq(survey))
            .filter(free_text::Column::MayShow.eq(true))
            .filter(free_text::Column::State.eq(PENDING))
            .order_by_asc(free_text::Column::Id)
            .limit(limit)
            .all(self.db.read())
            .await?
            .into_iter()
            .map(|row| {
                Ok(PendingText {
                    id: part_id(&row.id)?,
                    item: row.item,
                    body: row.body,
                })
            })
            .collect()
    }

    /// Decides on a text; false when it is not waiting any more.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn decide_text(
        &self,
        id: PartId,
        decision: TextDecision,
    ) -> Result<bool, StoreError> {
        let update = match decision {
            TextDecision::Publish(words) => free_text::Entity::update_many()
                .col_expr(free_text::Column::Body, Expr::value(words))
                .col_expr(free_text::Column::State, Expr::value(PUBLISHED)),
            TextDecision::Refuse => free_text::Entity::update_many()
                .col_expr(free_text::Column::State, Expr::value(REFUSED)),
        };
        let done = update
            .filter(free_text::Column::Id.eq(id.to_vec()))
            .filter(free_text::Column::MayShow.eq(true))
            .filter(free_text::Column::State.eq(PENDING))
            .exec(self.db.write())
            .await?;
        Ok(done.rows_affected == 1)
    }
}
