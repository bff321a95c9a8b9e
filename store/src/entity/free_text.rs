//! Free texts, apart from the sheets they came with.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "free_text")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Vec<u8>,
    pub survey: String,
    pub wave: String,
    pub item: String,
    pub body: String,
    pub may_show: bool,
    pub state: String,
    pub release: Option<i64>,
    pub readable: bool,
    pub words: Option<String>,
    pub refusal: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
