//! Files of a release, as they are downloaded.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "release_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub survey: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub media_type: String,
    pub sha256: String,
    pub size: i64,
    /// Empty where `place` is given.
    pub body: Vec<u8>,
    /// Key in the file storage.
    pub place: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
