//! Named values, such as the server's keys.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::{Store, StoreError, entity::setting};

impl Store {
    /// The value of a setting, if it has one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(setting::Entity::find_by_id(name)
            .one(self.db.read())
            .await?
            .map(|row| row.value))
    }

    /// The value of a setting; `value` becomes it when it has none. Instances that start together
    /// all get the same one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn setting_or_insert(&self, name: &str, value: &[u8]) -> Result<Vec<u8>, StoreError> {
        let row = setting::ActiveModel {
            name: Set(name.to_owned()),
            value: Set(value.to_owned()),
        };
        setting::Entity::insert(row)
            .on_conflict(
                OnConflict::column(setting::Column::Name)
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(self.db.write())
            .await?;
        setting::Entity::find_by_id(name)
            .one(self.db.write())
            .await?
            .map(|row| row.value)
            .ok_or_else(|| StoreError::inconsistent(format!("setting {name} vanished")))
    }

    /// Replaces a value by another if it still is what the caller saw; false when it is not.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn setting_exchange(
        &self,
        name: &str,
        seen: &[u8],
        value: &[u8],
    ) -> Result<bool, StoreError> {
        let done = setting::Entity::update_many()
            .col_expr(setting::Column::Value, Expr::value(value.to_owned()))
            .filter(setting::Column::Name.eq(name))
            .filter(setting::Column::Value.eq(seen.to_owned()))
            .exec(self.db.write())
            .await?;
        Ok(done.rows_affected == 1)
    }
}
