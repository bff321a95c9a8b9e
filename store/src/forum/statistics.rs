//! Numbers about moderation, for everybody. They are of acts that stand in the public log.

use partake_core::forum::{Reason, agreement::kappa};

use super::{ForumError, rows, sql};
use crate::Store;

/// What the statistics page says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statistics {
    /// Reports that were answered.
    pub answered: i64,
    /// Half of them were answered within so many milliseconds.
    pub median_ms: Option<i64>,
    /// Reports under each rule, and how many led to a decision against the comment.
    pub by_rule: Vec<(Reason, i64, i64)>,
    /// Decisions one can appeal against.
    pub appealable: i64,
    /// Appeals that wait.
    pub open: i64,
    /// Appeals after which the decision stood.
    pub upheld: i64,
    /// Appeals after which it was taken back.
    pub overturned: i64,
    /// Comments that two moderators judged.
    pub reviewed: i64,
    /// How many of them alike.
    pub alike: i64,
    /// Cohen's kappa of keeping and not keeping.
    pub kappa: Option<f64>,
    /// Cohen's kappa for each rule: under it or not.
    pub kappa_by_rule: Vec<(Reason, i64, Option<f64>)>,
}

impl Store {
    /// The numbers as they are now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn moderation_statistics(&self) -> Result<Statistics, ForumError> {
        let db = self.db.snapshot().await?;
        let mut numbers = Statistics::default();
        let row = sql::one(
            &db,
            "SELECT count(*) AS n FROM report WHERE state = 'resolved' AND outcome <> 'deleted'",
            [],
        )
        .await?
        .ok_or(ForumError::NotFound)?;
        numbers.answered = row.try_get("", "n")?;
        if numbers.answered > 0 {
            let row = sql::one(
                &db,
                "SELECT resolved_ms - created_ms AS took FROM report
                WHERE state = 'resolved' AND outcome <> 'deleted'
                ORDER BY took LIMIT 1 OFFSET $1",
                [((numbers.answered - 1) / 2).into()],
            )
            .await?;
            numbers.median_ms = row.map(|row| row.try_get("", "took")).transpose()?;
        }
        let found = sql::all(
            &db,
            "SELECT reason, count(*) AS n,
                count(CASE WHEN outcome IN ('removed', 'withheld') THEN 1 END) AS against
            FROM report GROUP BY reason ORDER BY n DESC, reason",
            [],
        )
        .await?;
        for row in &found {
            let reason = rows::reason(row)?.ok_or_else(|| rows::broken("reason"))?;
            numbers
                .by_rule
                .push((reason, row.try_get("", "n")?, row.try_get("", "against")?));
        }
        let row = sql::one(
            &db,
            "SELECT (SELECT count(*) FROM moderation_act WHERE act IN ('remove', 'withhold', 'lock',
                    'lock_branch', 'warn', 'silence', 'suspend', 'ban')) AS appealable,
                count(CASE WHEN state = 'open' THEN 1 END) AS open,
                count(CASE WHEN state = 'upheld' THEN 1 END) AS upheld,
                count(CASE WHEN state = 'overturned' THEN 1 END) AS overturned
            FROM appeal",
            [],
        )
        .await?
        .ok_or(ForumError::NotFound)?;
        numbers.appealable = row.try_get("", "appealable")?;
        numbers.open = row.try_get("", "open")?;
        numbers.upheld = row.try_get("", "upheld")?;
        numbers.overturned = row.try_get("", "overturned")?;
        let found = sql::all(
            &db,
            "SELECT first_verdict, second_verdict FROM second_review",
            [],
        )
        .await?;
        let mut pairs = Vec::with_capacity(found.len());
        for row in &found {
            let first: String = row.try_get("", "first_verdict")?;
            let second: String = row.try_get("", "second_verdict")?;
            pairs.push((first, second));
        }
        db.commit().await?;
        agreement(&mut numbers, &pairs);
        Ok(numbers)
    }
}

fn agreement(numbers: &mut Statistics, pairs: &[(String, String)]) {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    numbers.reviewed = count(pairs.len());
    numbers.alike = count(pairs.iter().filter(|(a, b)| a == b).count());
    let by = |verdict: &str| -> Vec<(bool, bool)> {
        pairs
            .iter()
            .map(|(a, b)| (a == verdict, b == verdict))
            .collect()
    };
    numbers.kappa = kappa(&by("keep"));
    for reason in Reason::ALL {
        let named = by(reason.as_str());
        let n = named.iter().filter(|&&(a, b)| a || b).count();
        if n > 0 {
            numbers
                .kappa_by_rule
                .push((reason, count(n), kappa(&named)));
        }
    }
}
