//! Addresses for notices, and the post that is due. What is due is read from the notices
//! themselves and marked as sent only after it was taken, so a server that fails loses nothing.

use partake_core::lang::Lang;
use sea_orm::QueryResult;

use crate::{
    Store, StoreError,
    forum::{ForumError, NoticeKind, sql},
};

/// Between two messages to one person.
pub const PAUSE_MS: i64 = 60 * 60 * 1_000;
/// After which another instance may try what one has begun to send.
const CLAIM_MS: i64 = 10 * 60 * 1_000;
/// The first wait after a failure; each further one doubles it.
const AGAIN_MS: i64 = 60 * 1_000;
/// The longest wait.
const AGAIN_MOST_MS: i64 = 24 * 60 * 60 * 1_000;
/// Messages in one round.
const ROUND: usize = 50;

/// The address of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailAddress {
    /// Where to.
    pub address: String,
    /// Language of what is sent.
    pub lang: Lang,
    /// Whoever reads there has said so.
    pub confirmed: bool,
    /// UTC milliseconds at which it was given.
    pub asked_ms: i64,
}

/// What there is to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Post {
    /// The link that confirms the address.
    Link,
    /// Kinds of notices and how many of each.
    Notices {
        /// Of those not read yet.
        counts: Vec<(NoticeKind, i64)>,
        /// Id of the newest.
        up_to: i64,
    },
}

/// A message that is due, and taken by whoever asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueMail {
    /// Whose.
    pub account: String,
    /// The handle.
    pub handle: String,
    /// Where to.
    pub to: MailAddress,
    /// What.
    pub post: Post,
    failures: i64,
}

const COLUMNS: &str = "m.address, m.lang, m.confirmed, m.asked_ms";

impl Store {
    /// The address of an account, if it has one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn mail_of(&self, account: &str) -> Result<Option<MailAddress>, StoreError> {
        let query = format!("SELECT {COLUMNS} FROM account_mail m WHERE m.account_id = $1");
        let row = sql::one(self.db.read(), &query, [account.into()]).await?;
        row.as_ref().map(address).transpose()
    }

    /// Remembers an address that waits to be confirmed, in place of any earlier one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn ask_mail(
        &self,
        account: &str,
        address: &str,
        lang: Lang,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        sql::run(
            self.db.write(),
            "INSERT INTO account_mail (account_id, address, lang, confirmed, asked_ms, link_sent,
                told, failures, due_ms)
            VALUES ($1, $2, $3, false, $4, false, 0, 0, $4)
            ON CONFLICT (account_id) DO UPDATE SET address = excluded.address,
                lang = excluded.lang, confirmed = false, asked_ms = excluded.asked_ms,
                link_sent = false, told = 0, failures = 0, due_ms = excluded.due_ms",
            [
                account.into(),
                address.into(),
                lang.as_str().into(),
                now_ms.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// Confirms the address that was given at `asked_ms`; false when it is another one by now.
    /// What is told from then on is what happens from then on.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn confirm_mail(
        &self,
        account: &str,
        address: &str,
        asked_ms: i64,
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        let changed = sql::run(
            self.db.write(),
            "UPDATE account_mail SET confirmed = true, failures = 0, due_ms = $4,
                told = (SELECT coalesce(max(id), 0) FROM notice WHERE account_id = $1)
            WHERE account_id = $1 AND address = $2 AND asked_ms = $3",
            [
                account.into(),
                address.into(),
                asked_ms.into(),
                now_ms.into(),
            ],
        )
        .await?;
        Ok(changed > 0)
    }

    /// Forgets the address of an account. Doing it twice is doing it once.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn forget_mail(&self, account: &str) -> Result<(), StoreError> {
        sql::run(
            self.db.write(),
            "DELETE FROM account_mail WHERE account_id = $1",
            [account.into()],
        )
        .await?;
        Ok(())
    }

    /// Takes the messages that are due; nobody else gets them for a while.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub async fn take_due_mail(&self, now_ms: i64) -> Result<Vec<DueMail>, ForumError> {
        let query = format!(
            "SELECT m.account_id, {COLUMNS}, m.told, m.failures, m.due_ms, a.handle
            FROM account_mail m JOIN account a ON a.id = m.account_id
            WHERE m.due_ms <= $1 AND a.handle IS NOT NULL AND CASE WHEN m.confirmed
                THEN EXISTS (SELECT 1 FROM notice n WHERE n.account_id = m.account_id
                    AND n.id > m.told AND NOT n.seen)
                ELSE NOT m.link_sent END
            ORDER BY m.due_ms LIMIT {ROUND}"
        );
        let mut taken = Vec::new();
        for row in sql::all(self.db.read(), &query, [now_ms.into()]).await? {
            let account: String = row.try_get("", "account_id")?;
            let due_ms: i64 = row.try_get("", "due_ms")?;
            let claimed = sql::run(
                self.db.write(),
                "UPDATE account_mail SET due_ms = $1 WHERE account_id = $2 AND due_ms = $3",
                [
                    (now_ms + CLAIM_MS).into(),
                    account.as_str().into(),
                    due_ms.into(),
                ],
            )
            .await?;
            if claimed == 0 {
                continue;
            }
            let to = address(&row)?;
            let post = match to.confirmed {
                false => Post::Link,
                true => self.post_of(&account, row.try_get("", "told")?).await?,
            };
            taken.push(DueMail {
                account,
                handle: row.try_get("", "handle")?,
                to,
                post,
                failures: row.try_get("", "failures")?,
            });
        }
        Ok(taken)
    }

    async fn post_of(&self, account: &str, told: i64) -> Result<Post, ForumError> {
        let found = sql::all(
            self.db.read(),
            "SELECT kind, count(*) AS n, max(id) AS newest FROM notice
            WHERE account_id = $1 AND id > $2 AND NOT seen GROUP BY kind ORDER BY kind",
            [account.into(), told.into()],
        )
        .await?;
        let (mut counts, mut up_to) = (Vec::new(), told);
        for row in &found {
            let kind: String = row.try_get("", "kind")?;
            if let Some(kind) = NoticeKind::parse(&kind) {
                counts.push((kind, row.try_get("", "n")?));
            }
            up_to = up_to.max(row.try_get("", "newest")?);
        }
        Ok(Post::Notices { counts, up_to })
    }

    /// Says that a message was taken by a server for mail.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn mail_sent(&self, mail: &DueMail, now_ms: i64) -> Result<(), StoreError> {
        let told = match mail.post {
            Post::Link => 0,
            Post::Notices { up_to, .. } => up_to,
        };
        // Who has given another address meanwhile gets another link.
        sql::run(
            self.db.write(),
            "UPDATE account_mail SET link_sent = true, failures = 0, due_ms = $1,
                told = CASE WHEN told < $2 THEN $2 ELSE told END
            WHERE account_id = $3 AND asked_ms = $4",
            [
                (now_ms + PAUSE_MS).into(),
                told.into(),
                mail.account.as_str().into(),
                mail.to.asked_ms.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// Says that a message was not taken; it is due again after a while that grows.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn mail_failed(&self, mail: &DueMail, now_ms: i64) -> Result<(), StoreError> {
        let doubled = AGAIN_MS << mail.failures.clamp(0, 20);
        sql::run(
            self.db.write(),
            "UPDATE account_mail SET failures = failures + 1, due_ms = $1
            WHERE account_id = $2 AND asked_ms = $3",
            [
                (now_ms + doubled.min(AGAIN_MOST_MS)).into(),
                mail.account.as_str().into(),
                mail.to.asked_ms.into(),
            ],
        )
        .await?;
        Ok(())
    }
}

fn address(row: &QueryResult) -> Result<MailAddress, StoreError> {
    let lang: String = row.try_get("", "lang")?;
    Ok(MailAddress {
        address: row.try_get("", "address")?,
        lang: lang
            .parse()
            .map_err(|_| StoreError::inconsistent("language of an address"))?,
        confirmed: row.try_get("", "confirmed")?,
        asked_ms: row.try_get("", "asked_ms")?,
    })
}
