//! Finding out whether the public log still says what was chained.

use std::collections::{BTreeMap, BTreeSet};

use partake_core::forum::{
    Reason,
    chain::{Hash, NONE, START, hex, mark, subject_mark},
    detail::Detail,
};
use sea_orm::{DatabaseTransaction, Value};
use tokio::sync::OnceCell;

use super::{
    Act as Kind, ForumError, Head,
    chain::{self, Act, Held},
    rules, sql,
};
use crate::{Store, StoreError};

/// Entries read at a time.
const PAGE: i64 = 10_000;

/// What is wrong with the log, at the first entry where it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainFault {
    /// What the entry says is not what was chained, or the one before it is not.
    #[error("entry {0} was changed, or an entry before it was exchanged")]
    Changed(i64),
    /// An entry of the chain is not where it belongs.
    #[error("entry {0} is missing")]
    Missing(i64),
    /// The act of an entry is not in the log any more.
    #[error("the act of entry {0} was removed")]
    Removed(i64),
    /// The rule that an entry cites is not what it was when it was cited.
    #[error("entry {entry} cites {rule}, and that version of the rule was changed or removed")]
    Rule {
        /// The entry.
        entry: i64,
        /// Code and version of the rule.
        rule: String,
    },
    /// A version of a rule was never published in the log.
    #[error("{0}, a version of a rule, was put there past the log")]
    Unpublished(String),
    /// The log has an act that was never chained.
    #[error("act {0} was inserted past the chain")]
    Inserted(i64),
    /// The head was taken away, and perhaps all entries with it.
    #[error("the log ends at entry {0} and its head was removed")]
    NoHead(i64),
    /// The chain ends before its head, or goes on behind it.
    #[error("the log ends at entry {found}, its head says {head}")]
    Length {
        /// Last entry found.
        found: i64,
        /// Last entry by the head.
        head: i64,
    },
    /// The last entry is not the one the head names.
    #[error("the head does not fit entry {0}, the last of the log")]
    Head(i64),
    /// A head that somebody noted is not in the chain.
    #[error(
        "no entry has the hash {hash}, which was noted as the head: the log was cut before it, or \
         written anew (it ends at entry {last})"
    )]
    Noted {
        /// The head that was noted, hexadecimal.
        hash: String,
        /// Last entry found.
        last: i64,
    },
}

impl Store {
    /// Goes through the whole log and compares it with its chain, and the chain with the heads that
    /// were noted earlier. Outer errors are the database's; the inner one is the first place at
    /// which the log does not hold.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn verify_log(&self, noted: &[Hash]) -> Result<Result<Head, ChainFault>, ForumError> {
        let tx = self.db.snapshot().await?;
        let outcome = Audit::begin(&tx, noted).await?.verify().await;
        tx.rollback().await.map_err(StoreError::from)?;
        outcome
    }
}

struct Audit<'a> {
    tx: &'a DatabaseTransaction,
    /// Heads that were not found yet.
    noted: BTreeSet<Hash>,
    /// The mark of each version of each rule, by its citation.
    rules: BTreeMap<String, String>,
    /// Versions that no entry has published yet.
    unpublished: BTreeSet<String>,
    /// Accounts that were not deleted; read when a reference is gone.
    accounts: OnceCell<Accounts>,
}

struct Accounts {
    ids: Vec<String>,
    marks: BTreeSet<String>,
}

impl<'a> Audit<'a> {
    async fn begin(tx: &'a DatabaseTransaction, noted: &[Hash]) -> Result<Self, ForumError> {
        let rules = rules::marks(tx).await?;
        // A site begins with first versions.
        let later = |citation: &&String| !citation.ends_with("@1");
        Ok(Self {
            tx,
            noted: noted
                .iter()
                .filter(|&&hash| hash != START)
                .copied()
                .collect(),
            unpublished: rules.keys().filter(later).cloned().collect(),
            rules,
            accounts: OnceCell::new(),
        })
    }

    async fn verify(mut self) -> Result<Result<Head, ChainFault>, ForumError> {
        let mut before = START;
        let mut last = 0;
        loop {
            let query = format!(
                "SELECT c.sequence, c.act_id, c.thread_ref, c.comment_ref, c.moderator_mark,
                    c.subject_mark, c.wording_mark, c.hash,
                    m.id, m.survey, m.act, m.thread_id, m.comment_id, m.reason, m.note,
                    m.moderator_id, m.created_ms, m.detail, m.subject_id
                FROM moderation_chain c LEFT JOIN moderation_act m ON m.id = c.act_id
                WHERE c.sequence > $1 ORDER BY c.sequence LIMIT {PAGE}"
            );
            let page = sql::all(self.tx, &query, [Value::from(last)]).await?;
            for row in &page {
                let held = Held::read(row)?;
                if held.sequence != last + 1 {
                    return Ok(Err(ChainFault::Missing(last + 1)));
                }
                last = held.sequence;
                if row.try_get::<Option<i64>>("", "id")?.is_none() {
                    return Ok(Err(ChainFault::Removed(last)));
                }
                let found = chain::hash(row, "hash")?;
                let act = Act::read(row)?;
                if act.entry(&held).hash(&before) != found || !self.refers(&act, &held).await? {
                    return Ok(Err(ChainFault::Changed(last)));
                }
                if let Err(rule) = self.cites(&act, &held) {
                    return Ok(Err(ChainFault::Rule { entry: last, rule }));
                }
                self.noted.remove(&found);
                before = found;
            }
            if i64::try_from(page.len()).unwrap_or(PAGE) < PAGE {
                break;
            }
        }
        self.end(last, before).await
    }

    /// What is left to be seen behind the last entry.
    async fn end(self, last: i64, hash: Hash) -> Result<Result<Head, ChainFault>, ForumError> {
        let query = "SELECT m.id FROM moderation_act m
            LEFT JOIN moderation_chain c ON c.act_id = m.id
            WHERE c.sequence IS NULL ORDER BY m.id LIMIT 1";
        if let Some(row) = sql::one(self.tx, query, []).await? {
            return Ok(Err(ChainFault::Inserted(row.try_get("", "id")?)));
        }
        let Some(head) = chain::head_now(self.tx).await? else {
            return Ok(Err(ChainFault::NoHead(last)));
        };
        Ok(if head.entries != last {
            Err(ChainFault::Length {
                found: last,
                head: head.entries,
            })
        } else if head.hash != hash {
            Err(ChainFault::Head(last))
        } else if let Some(noted) = self.noted.first() {
            let hash = hex(noted);
            Err(ChainFault::Noted { hash, last })
        } else if let Some(rule) = self.unpublished.into_iter().next() {
            Err(ChainFault::Unpublished(rule))
        } else {
            Ok(head)
        })
    }

    /// References may not lead elsewhere than they did, and are gone only with what they led to.
    async fn refers(&self, act: &Act, held: &Held) -> Result<bool, ForumError> {
        let thread = match act.thread {
            Some(id) => id == held.thread,
            None => held.thread == 0 || !self.exists("thread", held.thread).await?,
        };
        let comment = match (act.comment, held.comment) {
            (None, Some(chained)) => !self.exists("comment", chained).await?,
            (found, chained) => found == chained,
        };
        let moderator = match (&act.moderator, &held.moderator) {
            (Some(account), Some(chained)) => mark(account) == *chained,
            (None, Some(chained)) => !self.accounts().await?.marks.contains(chained),
            // Acts from before the chain have no mark.
            (Some(_), None) => held.subject.is_none(),
            (None, None) => true,
        };
        let subject = match (&act.subject, &held.subject) {
            (Some(account), Some(chained)) => subject_mark(act.id, account) == *chained,
            (None, Some(chained)) if chained == NONE => true,
            (None, Some(chained)) => {
                let ids = &self.accounts().await?.ids;
                !ids.iter().any(|id| subject_mark(act.id, id) == *chained)
            }
            (_, None) => true,
        };
        Ok(thread && comment && moderator && subject)
    }

    /// The rule that an entry cites says what it said then; otherwise gives its citation.
    fn cites(&mut self, act: &Act, held: &Held) -> Result<(), String> {
        let cited = act.reason.as_deref().zip(Detail::parse(&act.detail).rule);
        let Some((reason, version)) = cited else {
            return Ok(());
        };
        let citation = format!("{reason}@{version}");
        if act.act == Kind::Rule.as_str() {
            self.unpublished.remove(&citation);
        }
        match &held.wording {
            Some(chained) if chained != NONE && self.rules.get(&citation) != Some(chained) => {
                Err(citation)
            }
            _ => Ok(()),
        }
    }

    async fn exists(&self, table: &str, id: i64) -> Result<bool, ForumError> {
        let query = format!("SELECT id FROM {table} WHERE id = $1");
        Ok(sql::one(self.tx, &query, [id.into()]).await?.is_some())
    }

    async fn accounts(&self) -> Result<&Accounts, ForumError> {
        let read = async || {
            let query = "SELECT id FROM account WHERE state <> 'deleted'";
            let found = sql::all(self.tx, query, []).await?;
            let ids: Vec<String> = found
                .iter()
                .map(|row| row.try_get("", "id"))
                .collect::<Result<_, _>>()?;
            let marks = ids.iter().map(|id| mark(id)).collect();
            Ok(Accounts { ids, marks })
        };
        self.accounts.get_or_try_init(read).await
    }
}

/// The version of a rule as it is hashed with what cites it, when the site has it.
pub(super) async fn wording(
    tx: &DatabaseTransaction,
    reason: Option<Reason>,
    version: Option<i64>,
) -> Result<String, ForumError> {
    let mark = match reason.zip(version) {
        Some((reason, version)) => rules::mark(tx, reason, version).await?,
        None => None,
    };
    Ok(mark.unwrap_or_else(|| NONE.to_owned()))
}
