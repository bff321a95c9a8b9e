//! Releases by the calendar: the days on which a release is attempted do not depend on who
//! answered when.

use partake_store::{Store, StoreError};
use time::Date;

/// A Monday before any survey, so that weekly attempts fall on Mondays.
const MONDAY: i32 = 2_440_592;

/// Claims the attempt that is due for a version of a survey, if there is one and no other instance
/// has it. The first look at it only notes the day: nothing is released because a server started.
pub async fn claim(
    store: &Store,
    survey: &str,
    version: &str,
    today: Date,
    every_days: u32,
) -> Result<Option<Claim>, StoreError> {
    let Some(period) = period(today, every_days) else {
        return Ok(None);
    };
    let name = format!("release_period/{survey}/{version}");
    let last = store
        .setting_or_insert(&name, period.to_string().as_bytes())
        .await?;
    let due = std::str::from_utf8(&last)
        .ok()
        .and_then(|text| text.parse::<i32>().ok())
        .is_none_or(|last| last < period);
    if !due {
        return Ok(None);
    }
    let claimed = store
        .setting_exchange(&name, &last, period.to_string().as_bytes())
        .await?;
    Ok(claimed.then_some(Claim { name, last, period }))
}

/// An attempt that is ours to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    name: String,
    last: Vec<u8>,
    period: i32,
}

impl Claim {
    /// Gives the attempt back, for this instance or another to try again.
    pub async fn give_back(self, store: &Store) -> Result<(), StoreError> {
        store
            .setting_exchange(&self.name, self.period.to_string().as_bytes(), &self.last)
            .await?;
        Ok(())
    }
}

/// Number of the period in which a day lies; `None` when releases are made by hand only.
fn period(day: Date, every_days: u32) -> Option<i32> {
    let days = i32::try_from(every_days).ok().filter(|&d| d > 0)?;
    Some((day.to_julian_day() - MONDAY).div_euclid(days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::{Weekday, macros::date};

    #[test]
    fn a_week_begins_on_monday() {
        let mut day = date!(2026 - 11 - 20);
        for _ in 0..30 {
            let next = day.next_day().unwrap_or(day);
            let changes = period(day, 7) != period(next, 7);
            assert_eq!(changes, next.weekday() == Weekday::Monday, "{next}");
            day = next;
        }
    }

    #[test]
    fn without_an_interval_nothing_is_due() {
        assert_eq!(period(date!(2026 - 11 - 20), 0), None);
    }
}
