//! Releases: what is published, as it was published.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

use crate::{
    Store, StoreError,
    entity::{release, release_file, wave},
    free_texts::open_texts,
    snapshot::Snapshot,
};

/// A release to be recorded.
#[derive(Clone, Debug)]
pub struct NewRelease {
    /// The survey.
    pub survey: String,
    /// [`Snapshot::next_number`].
    pub number: i64,
    /// Day, `YYYY-MM-DD`.
    pub day: String,
    /// Version of the instrument.
    pub wave: String,
    /// Responses, as published (rounded).
    pub n: i64,
    /// Rules under which it was made, as JSON.
    pub params: String,
    /// SHA-256 of the release, hexadecimal.
    pub sha256: String,
    /// Its files.
    pub files: Vec<NewFile>,
    /// Sheets that enter with it.
    pub responses: Vec<[u8; 16]>,
    /// Vote sheets that enter with it.
    pub votes: Vec<[u8; 16]>,
    /// Free texts on its lists, new ones and those that were on earlier ones.
    pub texts: Vec<[u8; 16]>,
    /// Texts of a question that come into the readers' hands with it, if they are at least so many.
    pub open_texts_from: u64,
    /// Released sheets that are taken into account for the public file with it.
    pub cohort: Vec<[u8; 16]>,
}

/// A file of a release.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// Name under which it is downloaded.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// SHA-256 of the content, hexadecimal.
    pub sha256: String,
    /// Content.
    pub content: Content,
}

/// Where a file's content lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// In the database: what pages are made of.
    Here(Vec<u8>),
    /// In the file storage, where it has to be complete before the release is recorded.
    Stored {
        /// Key.
        place: String,
        /// Bytes.
        size: i64,
    },
}

/// A file in the file storage that a recorded release refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Key in the file storage.
    pub place: String,
    /// SHA-256 of the content, hexadecimal.
    pub sha256: String,
    /// Bytes.
    pub size: i64,
}

/// A recorded release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The survey.
    pub survey: String,
    /// 1, 2, 3, …
    pub number: i64,
    /// Day, `YYYY-MM-DD`.
    pub day: String,
    /// Version of the instrument.
    pub wave: String,
    /// Responses, as published (rounded).
    pub n: i64,
    /// Rules under which it was made, as JSON.
    pub params: String,
    /// SHA-256 of the release, hexadecimal.
    pub sha256: String,
}

/// What is known of a release's file without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileInfo {
    /// Name under which it is downloaded.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// SHA-256 of the content, hexadecimal.
    pub sha256: String,
    /// Bytes.
    pub size: i64,
    /// Key in the file storage; `None` when the content is in the database.
    pub place: Option<String>,
}

/// A file of a release with its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseFile {
    /// What is known of it.
    pub info: FileInfo,
    /// Content; empty where [`FileInfo::place`] says that it lies elsewhere.
    pub body: Vec<u8>,
}

impl Store {
    /// Records a release that was computed from `seen`, all or nothing. Two instances may try at
    /// once: one of them succeeds. Call [`Store::rewrite_shuffled`] afterwards.
    ///
    /// # Errors
    /// [`StoreError::SnapshotStale`] when the release was made from something that is no longer
    /// stored.
    pub async fn record_release(&self, new: NewRelease, seen: &Snapshot) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        let newest = release::Entity::find()
            .filter(release::Column::Survey.eq(&new.survey))
            .order_by_desc(release::Column::Number)
            .limit(1)
            .one(&tx)
            .await?;
        if newest.map_or(1, |row| row.number + 1) != new.number {
            return Err(StoreError::SnapshotStale);
        }
        let row = release::ActiveModel {
            survey: Set(new.survey.clone()),
            number: Set(new.number),
            day: Set(new.day),
            wave: Set(new.wave),
            n: Set(new.n),
            params: Set(new.params),
            sha256: Set(new.sha256),
        };
        release::Entity::insert(row)
            .exec_without_returning(&tx)
            .await
            .map_err(|error| {
                if crate::error::is_duplicate(&error) {
                    StoreError::SnapshotStale
                } else {
                    error.into()
                }
            })?;
        seen.enter(
            &tx,
            new.number,
            &new.responses,
            &new.votes,
            &new.texts,
            &new.cohort,
        )
        .await?;
        open_texts(&tx, &new.survey, &seen.wave, new.open_texts_from).await?;
        for file in new.files {
            let (size, body, place) = match file.content {
                Content::Here(body) => {
                    let size = i64::try_from(body.len())
                        .map_err(|_| StoreError::inconsistent("a release file is too large"))?;
                    (size, body, None)
                }
                Content::Stored { place, size } => (size, Vec::new(), Some(place)),
            };
            let row = release_file::ActiveModel {
                survey: Set(new.survey.clone()),
                number: Set(new.number),
                name: Set(file.name),
                media_type: Set(file.media_type),
                sha256: Set(file.sha256),
                size: Set(size),
                body: Set(body),
                place: Set(place),
            };
            release_file::Entity::insert(row)
                .exec_without_returning(&tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Releases of a survey, newest first: those of a newer version of its instrument before those
    /// of an older one, whenever they were made.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn releases(&self, survey: &str) -> Result<Vec<Release>, StoreError> {
        let rows = newest_first(survey).all(self.db.read()).await?;
        Ok(rows.into_iter().map(read).collect())
    }

    /// One release.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn release(&self, survey: &str, number: i64) -> Result<Option<Release>, StoreError> {
        Ok(release::Entity::find_by_id((survey.to_owned(), number))
            .one(self.db.read())
            .await?
            .map(read))
    }

    /// The first of [`Store::releases`].
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn newest_release(&self, survey: &str) -> Result<Option<Release>, StoreError> {
        let row = newest_first(survey).limit(1).one(self.db.read()).await?;
        Ok(row.map(read))
    }

    /// Files of a release by name, without their content.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn release_files(
        &self,
        survey: &str,
        number: i64,
    ) -> Result<Vec<FileInfo>, StoreError> {
        let rows: Vec<(String, String, String, i64, Option<String>)> = release_file::Entity::find()
            .select_only()
            .columns([
                release_file::Column::Name,
                release_file::Column::MediaType,
                release_file::Column::Sha256,
                release_file::Column::Size,
                release_file::Column::Place,
            ])
            .filter(release_file::Column::Survey.eq(survey))
            .filter(release_file::Column::Number.eq(number))
            .order_by_asc(release_file::Column::Name)
            .into_tuple()
            .all(self.db.read())
            .await?;
        Ok(rows
            .into_iter()
            .map(|(name, media_type, sha256, size, place)| FileInfo {
                name,
                media_type,
                sha256,
                size,
                place,
            })
            .collect())
    }

    /// One file of a release.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn release_file(
        &self,
        survey: &str,
        number: i64,
        name: &str,
    ) -> Result<Option<ReleaseFile>, StoreError> {
        let key = (survey.to_owned(), number, name.to_owned());
        Ok(release_file::Entity::find_by_id(key)
            .one(self.db.read())
            .await?
            .map(|row| ReleaseFile {
                info: FileInfo {
                    name: row.name,
                    media_type: row.media_type,
                    sha256: row.sha256,
                    size: row.size,
                    place: row.place,
                },
                body: row.body,
            }))
    }

    /// Every file of every survey's releases that lies in the file storage.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn stored_files(&self) -> Result<Vec<StoredFile>, StoreError> {
        let rows: Vec<(Option<String>, String, i64)> = release_file::Entity::find()
            .select_only()
            .columns([
                release_file::Column::Place,
                release_file::Column::Sha256,
                release_file::Column::Size,
            ])
            .filter(release_file::Column::Place.is_not_null())
            .order_by_asc(release_file::Column::Place)
            .into_tuple()
            .all(self.db.read())
            .await?;
        Ok(rows
            .into_iter()
            .filter_map(|(place, sha256, size)| {
                Some(StoredFile {
                    place: place?,
                    sha256,
                    size,
                })
            })
            .collect())
    }
}

fn newest_first(survey: &str) -> Select<release::Entity> {
    let version = release::Entity::belongs_to(wave::Entity)
        .from((release::Column::Survey, release::Column::Wave))
        .to((wave::Column::Survey, wave::Column::Version));
    release::Entity::find()
        .join(JoinType::InnerJoin, version.into())
        .filter(release::Column::Survey.eq(survey))
        .order_by_desc(wave::Column::Number)
        .order_by_desc(release::Column::Number)
}

fn read(row: release::Model) -> Release {
    Release {
        survey: row.survey,
        number: row.number,
        day: row.day,
        wave: row.wave,
        n: row.n,
        params: row.params,
        sha256: row.sha256,
    }
}
