//! Warnings, silence, suspension and bans: what is decided about an account.

use partake_core::{
    forum::{Action, Actor, Reason, Restriction, Role, Target, detail::Detail, may},
    lang::Lang,
};
use sea_orm::{ConnectionTrait, QueryResult};

use super::{
    Act, Decision, ForumError, Reader,
    log::{self, Entering, Place},
    moderation::{actor_now, grounds},
    rows, sql,
};
use crate::Store;

/// Something decided about an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sanction {
    /// Id.
    pub id: i64,
    /// The act by which it was decided.
    pub act: i64,
    /// What it is.
    pub kind: Act,
    /// Under which rule.
    pub reason: Option<Reason>,
    /// The moderator's words.
    pub note: String,
    /// UTC milliseconds of its beginning.
    pub created_ms: i64,
    /// UTC milliseconds of its end; none when somebody has to end it.
    pub until_ms: Option<i64>,
    /// UTC milliseconds at which it was lifted or acknowledged.
    pub ended_ms: Option<i64>,
}

impl Sanction {
    /// It still holds.
    #[must_use]
    pub fn holds(&self, now_ms: i64) -> bool {
        self.ended_ms.is_none() && self.until_ms.is_none_or(|until| until > now_ms)
    }
}

/// What is decided about an account.
#[derive(Clone, Copy, Debug)]
pub struct Sentence<'a> {
    /// [`Act::Warn`], [`Act::Silence`], [`Act::Suspend`] or [`Act::Ban`].
    pub act: Act,
    /// Under which rule.
    pub reason: Reason,
    /// Words to the person.
    pub note: &'a str,
    /// Language of the rule's own words, when there are no others.
    pub lang: Lang,
    /// UTC milliseconds of its end. A suspension needs one, a warning has none.
    pub until_ms: Option<i64>,
    /// Survey in whose log it stands.
    pub survey: &'a str,
    /// UTC milliseconds.
    pub now_ms: i64,
}

/// What holds an account back now: the gravest of what was decided about it.
pub(super) async fn restriction(
    db: &impl ConnectionTrait,
    account: &str,
    now_ms: i64,
) -> Result<Option<Restriction>, ForumError> {
    let found = sql::all(
        db,
        "SELECT DISTINCT kind FROM sanction WHERE account_id = $1 AND ended_ms IS NULL
            AND (until_ms IS NULL OR until_ms > $2)",
        [account.into(), now_ms.into()],
    )
    .await?;
    let mut gravest = None;
    for row in &found {
        let kind: String = row.try_get("", "kind")?;
        let by = match kind.as_str() {
            "warn" => Restriction::Warned,
            "silence" => Restriction::Silenced,
            "suspend" => Restriction::Suspended,
            "ban" => Restriction::Banned,
            _ => return Err(rows::broken("kind")),
        };
        gravest = gravest.max(Some(by));
    }
    Ok(gravest)
}

impl Store {
    /// What holds an account back now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn restriction(
        &self,
        account: &str,
        now_ms: i64,
    ) -> Result<Option<Restriction>, ForumError> {
        restriction(self.db.read(), account, now_ms).await
    }

    /// Warns, silences, suspends or bans an account, and gives the id of the act.
    ///
    /// # Errors
    /// [`ForumError::Denied`], [`ForumError::NotFound`].
    pub async fn sanction(
        &self,
        actor: Actor<'_>,
        account: &str,
        sentence: &Sentence<'_>,
    ) -> Result<i64, ForumError> {
        let Sentence { act, now_ms, .. } = *sentence;
        if !act.is_sanction() {
            return Err(ForumError::NotFound);
        }
        let tx = self.begin().await?;
        let actor = actor_now(&tx, actor, now_ms).await?;
        let role = role_of(&tx, account).await?;
        may(actor, act.action(), Target::Account { id: account, role })?;
        let decision = Decision {
            act,
            reason: Some(sentence.reason),
            note: sentence.note,
            seen: None,
            now_ms,
        };
        let (rule, words) = grounds(&tx, &decision, sentence.lang).await?;
        let entering = Entering {
            act,
            place: Place::Survey(sentence.survey),
            reason: Some(sentence.reason),
            note: &words,
            detail: Detail {
                rule,
                until_ms: sentence.until_ms,
                ..Detail::default()
            },
            subject: Some(account),
            tell: Some(account),
            now_ms,
        };
        let id = log::enter(&tx, Some(actor), &entering).await?;
        sql::run(
            &tx,
            "INSERT INTO sanction (account_id, kind, act_id, until_ms) VALUES ($1, $2, $3, $4)",
            [
                account.into(),
                act.as_str().into(),
                id.into(),
                sentence.until_ms.into(),
            ],
        )
        .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Ends a sanction before its time.
    ///
    /// # Errors
    /// [`ForumError::Denied`], [`ForumError::NotFound`]; [`ForumError::DecidedBefore`] when it has
    /// ended.
    pub async fn lift_sanction(
        &self,
        actor: Actor<'_>,
        sanction: i64,
        survey: &str,
        now_ms: i64,
    ) -> Result<(), ForumError> {
        let tx = self.begin().await?;
        let actor = actor_now(&tx, actor, now_ms).await?;
        let row = sql::one(
            &tx,
            "SELECT account_id FROM sanction WHERE id = $1",
            [sanction.into()],
        )
        .await?
        .ok_or(ForumError::NotFound)?;
        let account: String = row.try_get("", "account_id")?;
        let role = role_of(&tx, &account).await?;
        may(actor, Action::Lift, Target::Account { id: &account, role })?;
        let ended = sql::run(
            &tx,
            "UPDATE sanction SET ended_ms = $1 WHERE id = $2 AND ended_ms IS NULL",
            [now_ms.into(), sanction.into()],
        )
        .await?;
        if ended == 0 {
            return Err(ForumError::DecidedBefore);
        }
        let entering = Entering {
            act: Act::Lift,
            place: Place::Survey(survey),
            reason: None,
            note: "",
            detail: Detail::default(),
            subject: Some(&account),
            tell: Some(&account),
            now_ms,
        };
        log::enter(&tx, Some(actor), &entering).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Says that the person has read a warning. Doing it twice is doing it once.
    ///
    /// # Errors
    /// [`ForumError::Denied`], [`ForumError::NotFound`].
    pub async fn acknowledge(
        &self,
        actor: Actor<'_>,
        act: i64,
        now_ms: i64,
    ) -> Result<(), ForumError> {
        let tx = self.begin().await?;
        let row = sql::one(
            &tx,
            "SELECT account_id FROM sanction WHERE act_id = $1 AND kind = 'warn'",
            [act.into()],
        )
        .await?
        .ok_or(ForumError::NotFound)?;
        let subject: String = row.try_get("", "account_id")?;
        let target = Target::Decision {
            subject: Some(&subject),
            moderator: None,
        };
        may(actor, Action::Acknowledge, target)?;
        sql::run(
            &tx,
            "UPDATE sanction SET ended_ms = $1 WHERE act_id = $2 AND ended_ms IS NULL",
            [now_ms.into(), act.into()],
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// What was decided about an account, newest first; for moderators and for the account.
    ///
    /// # Errors
    /// [`ForumError::Denied`].
    pub async fn sanctions_of(
        &self,
        actor: Actor<'_>,
        account: &str,
    ) -> Result<Vec<Sanction>, ForumError> {
        if Reader::of(actor).account != Some(account) {
            may(actor, Action::SeeQueue, Target::Site)?;
        }
        let found = sql::all(
            self.db.read(),
            "SELECT s.id, s.act_id, s.kind AS act, s.until_ms, s.ended_ms, m.reason, m.note,
                m.created_ms
            FROM sanction s JOIN moderation_act m ON m.id = s.act_id
            WHERE s.account_id = $1 ORDER BY s.id DESC",
            [account.into()],
        )
        .await?;
        found.iter().map(read).collect()
    }
}

async fn role_of(db: &impl ConnectionTrait, account: &str) -> Result<Role, ForumError> {
    let row = sql::one(
        db,
        "SELECT role FROM account WHERE id = $1 AND state <> 'deleted'",
        [account.into()],
    )
    .await?
    .ok_or(ForumError::NotFound)?;
    let role: String = row.try_get("", "role")?;
    role.parse().map_err(|_| rows::broken("role"))
}

fn read(row: &QueryResult) -> Result<Sanction, ForumError> {
    Ok(Sanction {
        id: row.try_get("", "id")?,
        act: row.try_get("", "act_id")?,
        kind: log::act(row)?,
        reason: rows::reason(row)?,
        note: row.try_get("", "note")?,
        created_ms: row.try_get("", "created_ms")?,
        until_ms: row.try_get("", "until_ms")?,
        ended_ms: row.try_get("", "ended_ms")?,
    })
}
