//! How the discussion is moderated, as moderators set it.

use partake_core::forum::{Action, Actor, Target, detail::Detail, may, pipeline::Settings};
use sea_orm::ConnectionTrait;

use super::{
    Act, ForumError,
    log::{self, Entering, Place},
    moderation::actor_now,
    rows, sql,
};
use crate::{Store, StoreError};

const NAME: &str = "moderation";

pub(super) async fn settings(db: &impl ConnectionTrait) -> Result<Settings, ForumError> {
    Ok(stored(db).await?.0)
}

/// The settings, and what stands for this version of them.
async fn stored(db: &impl ConnectionTrait) -> Result<(Settings, Vec<u8>), ForumError> {
    let row = sql::one(
        db,
        "SELECT value FROM setting WHERE name = $1",
        [NAME.into()],
    )
    .await?;
    let Some(row) = row else {
        return Ok((Settings::default(), Vec::new()));
    };
    let value: Vec<u8> = row.try_get("", "value")?;
    let settings = serde_json::from_slice(&value).map_err(|_| rows::broken("settings"))?;
    Ok((settings, value))
}

impl Store {
    /// How the discussion is moderated.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn moderation_settings(&self) -> Result<Settings, ForumError> {
        settings(self.db.read()).await
    }

    /// Changes it, if it still is what `seen` says.
    ///
    /// # Errors
    /// [`ForumError::Denied`], [`ForumError::Stale`].
    pub async fn configure_moderation(
        &self,
        actor: Actor<'_>,
        seen: &Settings,
        settings: &Settings,
        survey: &str,
        now_ms: i64,
    ) -> Result<(), ForumError> {
        let tx = self.begin().await?;
        let actor = actor_now(&tx, actor, now_ms).await?;
        may(actor, Action::Configure, Target::Site)?;
        let (now, before) = stored(&tx).await?;
        if now != *seen {
            return Err(ForumError::Stale);
        }
        if now == *settings {
            return Ok(());
        }
        let value = serde_json::to_vec(settings)
            .map_err(|error| StoreError::inconsistent(error.to_string()))?;
        let changed = if before.is_empty() {
            sql::run(
                &tx,
                "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
                [NAME.into(), value.into()],
            )
            .await?
        } else {
            sql::run(
                &tx,
                "UPDATE setting SET value = $1 WHERE name = $2 AND value = $3",
                [value.into(), NAME.into(), before.into()],
            )
            .await?
        };
        if changed == 0 {
            return Err(ForumError::Stale);
        }
        let entering = Entering {
            act: Act::Configure,
            place: Place::Survey(survey),
            reason: None,
            note: "",
            detail: Detail {
                settings: now.changes(settings),
                ..Detail::default()
            },
            subject: None,
            tell: None,
            now_ms,
        };
        log::enter(&tx, Some(actor), &entering).await?;
        tx.commit().await?;
        Ok(())
    }
}
