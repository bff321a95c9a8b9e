//! Surveys and the published versions of their instruments.

use partake_core::instrument::Instrument;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select, sea_query::Expr, sea_query::OnConflict,
};
use time::{OffsetDateTime, macros::format_description};

use crate::{
    Store, StoreError,
    entity::{survey, wave},
    error::is_duplicate,
};

pub(crate) const OPEN: &str = "open";
const CLOSED: &str = "closed";

/// Outcome of publishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// The version is new and now the one that people start on.
    New,
    /// The same version with the same content was there.
    Already,
    /// The same version was there, and how some of its hypotheses are computed was added.
    Completed,
}

/// A survey of this site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Its name in paths.
    pub slug: String,
    /// Shown at the unprefixed paths.
    pub featured: bool,
}

/// What can change of a published version, and nothing else: cheap to look at often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub survey: String,
    pub version: String,
    /// The survey is shown at the unprefixed paths.
    pub featured: bool,
    /// It is the version that the survey's pages are about.
    pub current: bool,
    /// Accepts responses.
    pub open: bool,
    /// Characters of its instrument: it only ever grows, by what completes it.
    pub length: i64,
}

/// A published version of an instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    /// The survey.
    pub survey: String,
    /// The instrument's own version.
    pub version: String,
    /// 1, 2, 3, … in the order of publication.
    pub number: i64,
    /// The instrument as canonical JSON.
    pub instrument: String,
    /// Accepts responses.
    pub open: bool,
    /// Day of publication, `YYYY-MM-DD`.
    pub created: String,
}

impl Store {
    /// Publishes a version of an instrument. The first survey of a site becomes the featured one.
    /// Of a version that is published only what [`Instrument::completes`] allows is added.
    ///
    /// # Errors
    /// [`StoreError::VersionChanged`] when the version exists with other content.
    pub async fn publish_instrument(
        &self,
        survey: &str,
        version: &str,
        json: &str,
        now_ms: i64,
    ) -> Result<Published, StoreError> {
        // Two instances that start on an empty database publish the same file at once; the one
        // that loses finds the other's row when it looks again.
        match self.try_publish(survey, version, json, now_ms).await {
            Err(StoreError::Database(error)) if is_duplicate(&error) => {
                self.try_publish(survey, version, json, now_ms).await
            }
            other => other,
        }
    }

    async fn try_publish(
        &self,
        survey: &str,
        version: &str,
        json: &str,
        now_ms: i64,
    ) -> Result<Published, StoreError> {
        let tx = self.begin().await?;
        if let Some(existing) = wave::Entity::find_by_id((survey.to_owned(), version.to_owned()))
            .one(&tx)
            .await?
        {
            if existing.instrument == json {
                return Ok(Published::Already);
            }
            if !completes(json, &existing.instrument) {
                return Err(StoreError::VersionChanged(version.to_owned()));
            }
            let mut row = existing.into_active_model();
            row.instrument = Set(json.to_owned());
            row.update(&tx).await?;
            tx.commit().await?;
            return Ok(Published::Completed);
        }
        let featured = survey::Entity::find()
            .filter(survey::Column::Featured.eq(true))
            .one(&tx)
            .await?
            .is_none();
        survey::Entity::insert(survey::ActiveModel {
            slug: Set(survey.to_owned()),
            featured: Set(featured),
        })
        .on_conflict(
            OnConflict::column(survey::Column::Slug)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(&tx)
        .await?;
        let newest = wave::Entity::find()
            .filter(wave::Column::Survey.eq(survey))
            .order_by_desc(wave::Column::Number)
            .one(&tx)
            .await?;
        wave::Entity::insert(wave::ActiveModel {
            survey: Set(survey.to_owned()),
            version: Set(version.to_owned()),
            number: Set(newest.map_or(1, |row| row.number + 1)),
            instrument: Set(json.to_owned()),
            status: Set(OPEN.to_owned()),
            created: Set(day(now_ms)?),
        })
        .exec_without_returning(&tx)
        .await?;
        tx.commit().await?;
        Ok(Published::New)
    }

    /// The surveys of this site, the featured one first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn surveys(&self) -> Result<Vec<Survey>, StoreError> {
        Ok(survey::Entity::find()
            .order_by_desc(survey::Column::Featured)
            .order_by_asc(survey::Column::Slug)
            .all(self.db.read())
            .await?
            .into_iter()
            .map(|row| Survey {
                slug: row.slug,
                featured: row.featured,
            })
            .collect())
    }

    /// Makes a survey the featured one.
    ///
    /// # Errors
    /// [`StoreError::UnknownSurvey`].
    pub async fn feature_survey(&self, survey: &str) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        survey::Entity::update_many()
            .col_expr(survey::Column::Featured, Expr::value(false))
            .filter(survey::Column::Featured.eq(true))
            .exec(&tx)
            .await?;
        let done = survey::Entity::update_many()
            .col_expr(survey::Column::Featured, Expr::value(true))
            .filter(survey::Column::Slug.eq(survey))
            .exec(&tx)
            .await?;
        if done.rows_affected == 0 {
            return Err(StoreError::UnknownSurvey);
        }
        tx.commit().await?;
        Ok(())
    }

    /// The version that the survey's pages are about: the newest that is open, on which people
    /// start, or the newest of all once every one is closed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn current_wave(&self, survey: &str) -> Result<Option<Wave>, StoreError> {
        Ok(current_first(wave::Entity::find())
            .filter(wave::Column::Survey.eq(survey))
            .limit(1)
            .one(self.db.read())
            .await?
            .map(read))
    }

    /// Every version of every survey as it stands, the featured survey first, the instruments left
    /// out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn standings(&self) -> Result<Vec<Standing>, StoreError> {
        let rows: Vec<(String, String, String, i64)> = current_first(wave::Entity::find())
            .select_only()
            .columns([
                wave::Column::Survey,
                wave::Column::Version,
                wave::Column::Status,
            ])
            .expr_as(Expr::cust("CAST(LENGTH(instrument) AS bigint)"), "length")
            .into_tuple()
            .all(self.db.read())
            .await?;
        let mut standings = Vec::new();
        for survey in self.surveys().await? {
            let versions = rows.iter().filter(|(slug, ..)| *slug == survey.slug);
            standings.extend(
                versions
                    .enumerate()
                    .map(|(at, (_, version, status, length))| Standing {
                        survey: survey.slug.clone(),
                        version: version.clone(),
                        featured: survey.featured,
                        current: at == 0,
                        open: status == OPEN,
                        length: *length,
                    }),
            );
        }
        Ok(standings)
    }

    /// One version; people finish on the one they started.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn wave(&self, survey: &str, version: &str) -> Result<Option<Wave>, StoreError> {
        Ok(
            wave::Entity::find_by_id((survey.to_owned(), version.to_owned()))
                .one(self.db.read())
                .await?
                .map(read),
        )
    }

    /// Every version of a survey, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn waves(&self, survey: &str) -> Result<Vec<Wave>, StoreError> {
        Ok(wave::Entity::find()
            .filter(wave::Column::Survey.eq(survey))
            .order_by_asc(wave::Column::Number)
            .all(self.db.read())
            .await?
            .into_iter()
            .map(read)
            .collect())
    }

    /// Ends the collection of a survey: no version of it accepts responses any more, those included
    /// that people may still be answering. The number of versions that were open is returned.
    ///
    /// # Errors
    /// [`StoreError::UnknownSurvey`].
    pub async fn close_survey(&self, survey: &str) -> Result<u64, StoreError> {
        let tx = self.begin().await?;
        let closed = wave::Entity::update_many()
            .col_expr(wave::Column::Status, Expr::value(CLOSED))
            .filter(wave::Column::Survey.eq(survey))
            .filter(wave::Column::Status.eq(OPEN))
            .exec(&tx)
            .await?
            .rows_affected;
        let known = survey::Entity::find_by_id(survey).one(&tx).await?;
        if known.is_none() {
            return Err(StoreError::UnknownSurvey);
        }
        tx.commit().await?;
        Ok(closed)
    }

    /// Stops one version from accepting responses.
    ///
    /// # Errors
    /// [`StoreError::UnknownWave`].
    pub async fn close_wave(&self, survey: &str, version: &str) -> Result<(), StoreError> {
        let done = wave::Entity::update_many()
            .col_expr(wave::Column::Status, Expr::value(CLOSED))
            .filter(wave::Column::Survey.eq(survey))
            .filter(wave::Column::Version.eq(version))
            .exec(self.db.write())
            .await?;
        match done.rows_affected {
            0 => Err(StoreError::UnknownWave),
            _ => Ok(()),
        }
    }
}

/// Of each survey, the version that its pages are about comes first.
fn current_first(waves: Select<wave::Entity>) -> Select<wave::Entity> {
    waves
        .order_by_asc(wave::Column::Status.ne(OPEN))
        .order_by_desc(wave::Column::Number)
}

fn read(row: wave::Model) -> Wave {
    Wave {
        survey: row.survey,
        version: row.version,
        number: row.number,
        instrument: row.instrument,
        open: row.status == OPEN,
        created: row.created,
    }
}

/// True when `json` is the instrument `before`, at most with more said of how it is evaluated.
fn completes(json: &str, before: &str) -> bool {
    let read = serde_json::from_str::<Instrument>;
    match (read(json), read(before)) {
        (Ok(instrument), Ok(before)) => instrument.completes(&before),
        _ => false,
    }
}

fn day(ms: i64) -> Result<String, StoreError> {
    OffsetDateTime::from_unix_timestamp(ms.div_euclid(1000))
        .ok()
        .and_then(|at| at.format(format_description!("[year]-[month]-[day]")).ok())
        .ok_or_else(|| StoreError::inconsistent(format!("time out of range: {ms}")))
}
