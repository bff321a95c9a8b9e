//! Accounts of the discussion. Nothing joins them to responses.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub handle: Option<String>,
    #[sea_orm(unique)]
    pub handle_folded: Option<String>,
    pub password_hash: Option<String>,
    pub role: String,
    pub state: String,
    pub created_ms: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
