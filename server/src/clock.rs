//! The one place that reads the clock.

use std::{fmt, sync::Arc};

use time::{Date, OffsetDateTime};

/// A source of the current time; tests give their own.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the edge at which time enters"
        )]
        Self(Arc::new(|| {
            i64::try_from(OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000)
                .unwrap_or(i64::MAX)
        }))
    }

    /// A clock that reads `millis`.
    #[must_use]
    pub fn from_fn(millis: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(millis))
    }

    /// UTC milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        (self.0)()
    }

    /// Today's date in UTC.
    #[must_use]
    pub fn today(&self) -> Date {
        OffsetDateTime::from_unix_timestamp(self.now_ms() / 1000)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
            .date()
    }
}
