//! Versions of the rules. None is ever deleted.

use std::collections::BTreeMap;

use partake_core::{
    forum::{
        Action, Actor, Reason, Target,
        chain::wording_mark,
        detail::Detail,
        may,
        rule::{Rule, Wording},
    },
    lang::Lang,
};
use sea_orm::{ConnectionTrait, QueryResult};

use super::{
    Act, ForumError,
    log::{self, Entering, Place},
    rows, sql,
};
use crate::{Store, StoreError, error::is_duplicate};

/// A version of a rule as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRule {
    /// What it says.
    pub rule: Rule,
    /// UTC milliseconds.
    pub published_ms: i64,
    /// Nothing is reported or decided under it any more.
    pub retired: bool,
}

impl Store {
    /// Publishes the rules a site begins with, where it has none yet.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn publish_first_rules(&self, rules: &[Rule], now_ms: i64) -> Result<(), ForumError> {
        let known = sql::one(
            self.db.read(),
            "SELECT count(*) AS n FROM moderation_rule",
            [],
        )
        .await?
        .ok_or(ForumError::NotFound)?;
        if known.try_get::<i64>("", "n")? > 0 {
            return Ok(());
        }
        let tx = self.begin().await?;
        for rule in rules {
            sql::run(
                &tx,
                "INSERT INTO moderation_rule (reason, version, wording, published_ms, retired)
                VALUES ($1, $2, $3, $4, false) ON CONFLICT (reason, version) DO NOTHING",
                [
                    rule.reason.as_str().into(),
                    rule.version.into(),
                    encode(rule)?.into(),
                    now_ms.into(),
                ],
            )
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The newest version of each rule, in the order in which they are offered.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn rules(&self) -> Result<Vec<StoredRule>, ForumError> {
        let mut newest: Vec<StoredRule> = Vec::new();
        for version in self.rule_versions(None).await? {
            newest.retain(|other| other.rule.reason != version.rule.reason);
            newest.push(version);
        }
        let place = |stored: &StoredRule| {
            Reason::ALL
                .iter()
                .position(|&reason| reason == stored.rule.reason)
        };
        newest.sort_by_key(place);
        Ok(newest)
    }

    /// Every version, oldest first; of one rule or of all.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn rule_versions(
        &self,
        reason: Option<Reason>,
    ) -> Result<Vec<StoredRule>, ForumError> {
        let found = sql::all(
            self.db.read(),
            "SELECT reason, version, wording, published_ms, retired FROM moderation_rule
            WHERE $1 = '' OR reason = $1 ORDER BY version, reason",
            [reason.map_or("", Reason::as_str).into()],
        )
        .await?;
        found.iter().map(read).collect()
    }

    /// Publishes another version of a rule, which takes the place of the last; or, without
    /// wordings, retires it. What cites an earlier version goes on citing it.
    ///
    /// # Errors
    /// [`ForumError::Denied`]; [`ForumError::Stale`] when `seen` is not the newest version any more;
    /// [`ForumError::LastRule`] when nothing would be left to report or decide under.
    pub async fn publish_rule(
        &self,
        actor: Actor<'_>,
        survey: &str,
        reason: Reason,
        wordings: Option<(Wording, Wording)>,
        seen: i64,
        now_ms: i64,
    ) -> Result<(), ForumError> {
        may(actor, Action::PublishRule, Target::Site)?;
        let tx = self.begin().await?;
        let current = current(&tx, reason).await?;
        if current.as_ref().map_or(0, |c| c.rule.version) != seen {
            return Err(ForumError::Stale);
        }
        let retired = wordings.is_none();
        if retired && !any_other_in_force(&tx, reason).await? {
            return Err(ForumError::LastRule);
        }
        let (zh, en) = match (wordings, current) {
            (Some(wordings), _) => wordings,
            (None, Some(current)) => (current.rule.zh, current.rule.en),
            (None, None) => return Err(ForumError::NotFound),
        };
        let rule = Rule {
            reason,
            version: seen + 1,
            zh,
            en,
        };
        let written = sql::run(
            &tx,
            "INSERT INTO moderation_rule (reason, version, wording, published_ms, retired)
            VALUES ($1, $2, $3, $4, $5)",
            [
                reason.as_str().into(),
                rule.version.into(),
                encode(&rule)?.into(),
                now_ms.into(),
                retired.into(),
            ],
        )
        .await;
        match written {
            Ok(_) => {}
            Err(error) if is_duplicate(&error) => return Err(ForumError::Stale),
            Err(error) => return Err(error.into()),
        }
        let entering = Entering {
            act: Act::Rule,
            place: Place::Survey(survey),
            reason: Some(reason),
            note: "",
            detail: Detail {
                rule: Some(rule.version),
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

async fn any_other_in_force(db: &impl ConnectionTrait, reason: Reason) -> Result<bool, ForumError> {
    let other = sql::one(
        db,
        "SELECT r.reason FROM moderation_rule r WHERE r.reason <> $1 AND NOT r.retired
            AND NOT EXISTS (SELECT 1 FROM moderation_rule later
                WHERE later.reason = r.reason AND later.version > r.version) LIMIT 1",
        [reason.as_str().into()],
    )
    .await?;
    Ok(other.is_some())
}

/// The newest version of a rule.
pub(super) async fn current(
    db: &impl ConnectionTrait,
    reason: Reason,
) -> Result<Option<StoredRule>, ForumError> {
    let row = sql::one(
        db,
        "SELECT reason, version, wording, published_ms, retired FROM moderation_rule
        WHERE reason = $1 ORDER BY version DESC LIMIT 1",
        [reason.as_str().into()],
    )
    .await?;
    row.as_ref().map(read).transpose()
}

/// The version that a decision cites now, and the words that go to the author: the moderator's
/// own, or else the rule's.
pub(super) async fn cite(
    db: &impl ConnectionTrait,
    reason: Reason,
    note: &str,
    lang: Lang,
) -> Result<(i64, String), ForumError> {
    let current = current(db, reason).await?;
    if current.as_ref().is_some_and(|rule| rule.retired) {
        return Err(ForumError::Retired);
    }
    let version = current.as_ref().map_or(1, |stored| stored.rule.version);
    let sentence = if note.is_empty() {
        current
            .map(|stored| stored.rule.wording(lang).sentence.clone())
            .unwrap_or_default()
    } else {
        note.to_owned()
    };
    if sentence.is_empty() {
        return Err(ForumError::NoSentence);
    }
    Ok((version, sentence))
}

/// What the chain of the log holds fast of a version of a rule.
pub(super) async fn mark(
    db: &impl ConnectionTrait,
    reason: Reason,
    version: i64,
) -> Result<Option<String>, ForumError> {
    let row = sql::one(
        db,
        "SELECT reason, version, wording, published_ms, retired FROM moderation_rule
        WHERE reason = $1 AND version = $2",
        [reason.as_str().into(), version.into()],
    )
    .await?;
    let row = row.as_ref().map(citation_and_mark).transpose()?;
    Ok(row.map(|(_, mark)| mark))
}

/// The same of every version of every rule, by its citation.
pub(super) async fn marks(
    db: &impl ConnectionTrait,
) -> Result<BTreeMap<String, String>, ForumError> {
    let query = "SELECT reason, version, wording, published_ms, retired FROM moderation_rule";
    let found = sql::all(db, query, []).await?;
    found.iter().map(citation_and_mark).collect()
}

fn citation_and_mark(row: &QueryResult) -> Result<(String, String), ForumError> {
    let reason: String = row.try_get("", "reason")?;
    let version: i64 = row.try_get("", "version")?;
    let words: String = row.try_get("", "wording")?;
    let citation = format!("{reason}@{version}");
    let (published_ms, retired) = (
        row.try_get("", "published_ms")?,
        row.try_get("", "retired")?,
    );
    let mark = wording_mark(&citation, &words, published_ms, retired);
    Ok((citation, mark))
}

fn encode(rule: &Rule) -> Result<String, ForumError> {
    serde_json::to_string(&(&rule.zh, &rule.en))
        .map_err(|error| StoreError::inconsistent(error.to_string()).into())
}

fn read(row: &QueryResult) -> Result<StoredRule, ForumError> {
    let wording: String = row.try_get("", "wording")?;
    let (zh, en) = serde_json::from_str(&wording).map_err(|_| rows::broken("wording"))?;
    let reason = rows::reason(row)?.ok_or_else(|| rows::broken("reason"))?;
    Ok(StoredRule {
        rule: Rule {
            reason,
            version: row.try_get("", "version")?,
            zh,
            en,
        },
        published_ms: row.try_get("", "published_ms")?,
        retired: row.try_get("", "retired")?,
    })
}
